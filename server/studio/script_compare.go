package studio

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"chouka/server/studio/script"
	"chouka/store"
)

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

// versionText is what a version says, scene by scene in its order. Its id is that of the version.
type versionText struct {
	store.Meta
	TitleID string         `json:"title_id"`
	Scenes  []versionScene `json:"scenes"`
}

// versionScene is one scene of a version; its text is kept beside, once for all versions in which it is the same.
type versionScene struct {
	SceneID string `json:"scene_id,omitempty"` // empty: it came for a locked episode and is none that is there
	SceneHead
	Locked bool   `json:"locked,omitempty"` // it was not applied
	TextID string `json:"text_id"`
}

// sceneText is a text that scenes of a title have or had.
type sceneText struct {
	store.Meta
	TitleID string        `json:"title_id"`
	Hash    string        `json:"hash"`
	Lines   []script.Line `json:"lines"`
}

// sceneText keeps lines, without their numbers in the file, and gives their id. Known holds what was kept in this change.
func (c *change) sceneText(titleID string, lines []script.Line, known map[string]string) (string, error) {
	plain := append([]script.Line{}, lines...)
	for i := range plain {
		plain[i].N = 0
	}
	raw, err := json.Marshal(plain)
	if err != nil {
		return "", fmt.Errorf("keeping a text: %w", err)
	}
	h := sha256.Sum256(raw)
	t := sceneText{TitleID: titleID, Hash: hex.EncodeToString(h[:]), Lines: plain}
	if id := known[t.Hash]; id != "" {
		return id, nil
	}
	switch have, err := c.s.r.sceneTexts.By(c.tx, "text", store.K().ID(titleID).Text(t.Hash)); {
	case err == nil:
		known[t.Hash] = have.ID
		return have.ID, nil
	case !errors.Is(err, store.ErrNotFound):
		return "", fmt.Errorf("looking for a text: %w", err)
	}
	t.Meta = c.meta()
	known[t.Hash] = t.ID
	if err := c.s.r.sceneTexts.Insert(c.tx, &t); err != nil {
		return "", fmt.Errorf("keeping a text: %w", err)
	}
	return t.ID, nil
}

// CompareScripts lays two versions of a title side by side, scene by scene in the order of the newer one.
func (s *Studio) CompareScripts(ctx context.Context, by Actor, a, b string) ([]ComparedScene, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	var out []ComparedScene
	err := s.view(ctx, func(tx store.Txn) error {
		was, err := s.textOf(tx, by, a)
		if err != nil {
			return err
		}
		is, err := s.textOf(tx, by, b)
		if err != nil {
			return err
		}
		if was.version.TitleID != is.version.TitleID {
			return wrong("other", "只能比较同一部剧的两个版本", "only two versions of one title can be compared")
		}
		if was.version.Number > is.version.Number {
			was, is = is, was
		}
		out = compareVersions(was, is)
		return nil
	})
	return out, err
}

// shownText is a version with its texts read.
type shownText struct {
	version *ScriptVersion
	scenes  []versionScene
	lines   [][]script.Line
}

func (s *Studio) textOf(tx store.Txn, by Actor, id string) (*shownText, error) {
	v, err := found(s.r.scripts.Get(tx, id))("script")
	if err != nil {
		return nil, err
	}
	if err := by.readsTitle(v.TitleID, "script"); err != nil {
		return nil, err
	}
	text, err := s.r.texts.Get(tx, id)
	if errors.Is(err, store.ErrNotFound) {
		return s.readText(v)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a version: %w", err)
	}
	out := shownText{version: v, scenes: text.Scenes}
	for _, x := range text.Scenes {
		t, err := s.r.sceneTexts.Get(tx, x.TextID)
		if err != nil {
			return nil, fmt.Errorf("reading a version's text: %w", err)
		}
		out.lines = append(out.lines, t.Lines)
	}
	return &out, nil
}

// readText reads a version that an older program imported out of its file again. Its scenes have no ids.
func (s *Studio) readText(v *ScriptVersion) (*shownText, error) {
	read, err := s.rereadScript(v)
	if err != nil {
		return nil, err
	}
	out := shownText{version: v}
	for i := range read.Episodes {
		e := &read.Episodes[i]
		for j := range e.Scenes {
			x := &e.Scenes[j]
			out.scenes = append(out.scenes, versionScene{SceneHead: SceneHead{e.Number, x.Label, x.Heading}})
			out.lines = append(out.lines, x.Lines)
		}
	}
	return &out, nil
}

// pairs finds for each scene of the newer version its place in the older one: by id, and where a side has none, by its text.
func (is *shownText) pairs(was *shownText) []int {
	at, set := map[string]int{}, map[int]int{}
	for i, x := range was.scenes {
		if x.SceneID != "" {
			at[x.SceneID] = i
		}
	}
	for j, x := range is.scenes {
		if x.SceneID == "" || len(at) == 0 {
			continue
		}
		i, ok := at[x.SceneID]
		if !ok {
			i = -1
		}
		set[j] = i
	}
	return script.Match(was.known(), is.known(), set)
}

func (t *shownText) known() []script.Known {
	out := make([]script.Known, len(t.scenes))
	for i, x := range t.scenes {
		out[i] = script.Known{Episode: x.Episode, Label: x.Label, Heading: x.Heading, Lines: t.lines[i]}
	}
	return out
}

func compareVersions(was, is *shownText) []ComparedScene {
	pairs := is.pairs(was)
	pairAt := make([]int, len(was.scenes))
	for i := range pairAt {
		pairAt[i] = -1
	}
	for j, i := range pairs {
		if i >= 0 {
			pairAt[i] = j
		}
	}
	// What is gone stands behind what stood before it, and never in front of an earlier episode.
	gone := map[int][]int{}
	behind := -1
	for i := range was.scenes {
		if pairAt[i] >= 0 {
			behind = pairAt[i]
			continue
		}
		for behind+1 < len(is.scenes) && is.scenes[behind+1].Episode < was.scenes[i].Episode {
			behind++
		}
		gone[behind] = append(gone[behind], i)
	}
	moved := movedScenes(was, is, pairs)
	out := []ComparedScene{}
	for j := -1; j < len(is.scenes); j++ {
		if j >= 0 {
			out = append(out, compareScene(was, is, pairs[j], j, moved[j]))
		}
		for _, i := range gone[j] {
			out = append(out, compareScene(was, is, i, -1, false))
		}
	}
	return out
}

// movedScenes marks scenes that stand elsewhere among their neighbours, or in another episode.
func movedScenes(was, is *shownText, pairs []int) []bool {
	out := make([]bool, len(pairs))
	byEpisode := map[int][]int{}
	for j, i := range pairs {
		switch {
		case i < 0:
		case was.scenes[i].Episode != is.scenes[j].Episode:
			out[j] = true
		default:
			byEpisode[is.scenes[j].Episode] = append(byEpisode[is.scenes[j].Episode], j)
		}
	}
	for _, at := range byEpisode {
		keep := script.Rising(len(at), func(n int) int { return pairs[at[n]] })
		for n, j := range at {
			out[j] = !keep[n]
		}
	}
	return out
}

// compareScene lays one scene of either side beside the other; -1: that side lacks it.
func compareScene(was, is *shownText, i, j int, moved bool) ComparedScene {
	out := ComparedScene{Moved: moved, Lines: []ComparedLine{}}
	var a, b []script.Line
	locked := false
	if i >= 0 {
		out.SceneID, out.Was, a = was.scenes[i].SceneID, &was.scenes[i].SceneHead, was.lines[i]
	}
	if j >= 0 {
		out.SceneID, out.Is, b = cmp.Or(is.scenes[j].SceneID, out.SceneID), &is.scenes[j].SceneHead, is.lines[j]
		locked = is.scenes[j].Locked
	}
	switch {
	case i < 0:
		out.Change = SceneAdded
	case j < 0:
		out.Change = SceneRemoved
	default:
		out.Change = sceneChange(&Scene{Label: out.Was.Label, Heading: out.Was.Heading, Lines: a}, &script.Scene{Label: out.Is.Label, Heading: out.Is.Heading, Lines: b})
	}
	if locked && out.Change != SceneSame {
		out.Change = SceneLockedAway
	}
	out.Lines = compareLines(a, b)
	return out
}

// compareLines puts two texts in one row of lines. A line that stands elsewhere is gone in one place and new in another.
func compareLines(a, b []script.Line) []ComparedLine {
	out := []ComparedLine{}
	align := script.Align(a, b)
	at := 0
	for j, i := range align {
		if i >= at {
			for ; at < i; at++ {
				out = append(out, ComparedLine{Was: a[at].Text})
			}
			out = append(out, ComparedLine{Was: a[i].Text, Is: b[j].Text, Same: a[i].Text == b[j].Text})
			at++
			continue
		}
		out = append(out, ComparedLine{Is: b[j].Text})
	}
	for ; at < len(a); at++ {
		out = append(out, ComparedLine{Was: a[at].Text})
	}
	return out
}
