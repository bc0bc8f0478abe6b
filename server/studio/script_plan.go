package studio

import "chouka/server/studio/script"

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
	Returned   bool        `json:"returned"`   // it was archived and comes back with its work
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

// SceneLink sets by hand which scene of the title a scene of the file is; an empty id: a new one.
type SceneLink struct {
	Index   int    `json:"index"`
	SceneID string `json:"scene_id"`
}

// Document is a file made for a download. Its bytes are no original and are made anew each time.
type Document struct {
	Name string
	Type string
	Data []byte
}
