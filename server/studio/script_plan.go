package studio

import (
	"context"
	"errors"
	"time"

	"chouka/server/studio/script"
)

// SceneChange says what an import does to one scene.
type SceneChange string

// What an import may do to a scene. Cosmetic differences vanish when punctuation and blanks are folded.
const (
	SceneSame       SceneChange = "same"
	SceneCosmetic   SceneChange = "cosmetic"
	SceneHeading    SceneChange = "heading" // the heading alone differs
	SceneEdited     SceneChange = "edited"
	SceneAdded      SceneChange = "added"
	SceneRemoved    SceneChange = "removed" // archived with all its work
	SceneLockedAway SceneChange = "locked"  // the episode is locked: nothing of it changes
)

// PlannedScene is one scene of an import before it is applied: what is there, what came, and what that does.
type PlannedScene struct {
	Index      int         `json:"index" doc:"place among the scenes of the file, from 0; -1 for one that is no longer in it"`
	SceneID    string      `json:"scene_id,omitempty"` // the scene it was matched with
	Change     SceneChange `json:"change" enum:"same,cosmetic,heading,edited,added,removed,locked"`
	Moved      bool        `json:"moved"`      // it stands elsewhere among its neighbours, or in another episode
	Renumbered bool        `json:"renumbered"` // its label differs
	Was        SceneHead   `json:"was"`
	Is         SceneHead   `json:"is"`
	Likeness   int         `json:"likeness" doc:"of the two texts, in percent"`
	Added      int         `json:"added"`   // lines
	Changed    int         `json:"changed"` // lines
	Removed    int         `json:"removed"` // lines
	Shots      int64       `json:"shots"`
	Stale      []string    `json:"stale"` // labels of the shots that become stale
}

// SceneHead is how a scene is called in one version.
type SceneHead struct {
	Episode int    `json:"episode"`
	Label   string `json:"label"`
	Heading string `json:"heading"`
}

// Staleness says why a shot may no longer fit its script. Confirming it, or drawing anew, is the operator's or producer's act.
type Staleness struct {
	VersionID string      `json:"version_id"`
	Version   int64       `json:"version"` // number
	At        time.Time   `json:"at"`
	Lines     []StaleLine `json:"lines"` // what changed of what the shot is linked to
}

// StaleLine is one line that changed; Is is empty for a line that is gone, Was for one that is new.
type StaleLine struct {
	Was string `json:"was"`
	Is  string `json:"is"`
}

// Correction sets a line's kind by hand.
type Correction struct {
	Line int         `json:"line"` // number in the file, from 1
	Kind script.Kind `json:"kind" enum:"title,bio,contents,episode,scene,cast,action,speech,note,end,unknown"`
}

// KeptScript is a file that was previewed before and is kept under its hash for a day, with how to read it.
type KeptScript struct {
	SHA256      string       `json:"sha256"`
	Name        string       `json:"name"`
	Encoding    Encoding     `json:"encoding,omitempty"`
	Corrections []Correction `json:"corrections,omitempty"`
	Links       []SceneLink  `json:"links,omitempty"`
	Note        string       `json:"note,omitempty"`
}

// PreviewKept previews a kept file again, with corrections and links.
func (s *Studio) PreviewKept(ctx context.Context, by Actor, titleID string, in KeptScript) (Preview, error) {
	return Preview{}, errors.New("seam")
}

// ImportKept imports a kept file as it was previewed.
func (s *Studio) ImportKept(ctx context.Context, by Actor, titleID string, in KeptScript) (ScriptVersion, error) {
	return ScriptVersion{}, errors.New("seam")
}

// SceneLink sets by hand which scene of the title a scene of the file is; an empty id: a new one.
type SceneLink struct {
	Index   int    `json:"index"`
	SceneID string `json:"scene_id"`
}

// ComparedScene is a scene in two versions, line by line; a side that lacks it is nil.
type ComparedScene struct {
	SceneID string         `json:"scene_id"`
	Change  SceneChange    `json:"change" enum:"same,cosmetic,heading,edited,added,removed,locked"`
	Moved   bool           `json:"moved"`
	Was     *SceneHead     `json:"was,omitempty"`
	Is      *SceneHead     `json:"is,omitempty"`
	Lines   []ComparedLine `json:"lines"`
}

// ComparedLine is one line of either side, or the same of both.
type ComparedLine struct {
	Was  string `json:"was"`
	Is   string `json:"is"`
	Same bool   `json:"same"`
}

// CompareScripts lays two versions of a title side by side, scene by scene in the order of the newer one.
func (s *Studio) CompareScripts(ctx context.Context, by Actor, a, b string) ([]ComparedScene, error) {
	return nil, errors.New("seam")
}

// UndoImport takes the newest import back: scenes and marks on shots are as they were before. Nothing that was drawn is lost.
func (s *Studio) UndoImport(ctx context.Context, by Actor, id string) (ScriptVersion, error) {
	return ScriptVersion{}, errors.New("seam")
}

// LockEpisode keeps an episode from every import, or opens it again.
func (s *Studio) LockEpisode(ctx context.Context, by Actor, id string, locked bool) (Episode, error) {
	return Episode{}, errors.New("seam")
}

// ClearStale says that a shot fits the changed script as it is.
func (s *Studio) ClearStale(ctx context.Context, by Actor, shotID string) (Shot, error) {
	return Shot{}, errors.New("seam")
}

// LinkLines links a shot to lines of its scene by their ids, replacing what it was linked to.
func (s *Studio) LinkLines(ctx context.Context, by Actor, shotID string, lines []string) (Shot, error) {
	return Shot{}, errors.New("seam")
}

// ProposeShots proposes shots for a scene out of its action and speech, by plain rules. Nothing is written.
func (s *Studio) ProposeShots(ctx context.Context, by Actor, sceneID string) ([]ProposedShot, error) {
	return nil, errors.New("seam")
}

// AddShots adds several shots to a scene at once, all or none, as they were accepted from a proposal.
func (s *Studio) AddShots(ctx context.Context, by Actor, sceneID string, in []ProposedShot) ([]Shot, error) {
	return nil, errors.New("seam")
}

// ProposedShot is a shot as it may be added, with the lines of the scene it stands for.
type ProposedShot struct {
	ShotText
	Lines []string `json:"lines"` // ids of the scene's lines
}

// Document is a file made for a download. Its bytes are no original and are made anew each time.
type Document struct {
	Name string
	Type string
	Data []byte
}
