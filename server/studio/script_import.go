package studio

import (
	"cmp"
	"fmt"
	"slices"

	"chouka/server/studio/script"
	"chouka/store"
)

// importPlan is what a script would do to the outline of a title. What is shown and what is applied are made by one
// function, so that they cannot differ.
type importPlan struct {
	titleID  string
	episodes []*plannedEpisode
	scenes   []*plannedScene // of the file, in its order
	gone     []*plannedScene // live scenes that are archived
	goneEp   []*Episode
	added    int
	changed  int
	stale    int
	shots    map[string][]*Shot // live ones by scene
}

type plannedEpisode struct {
	have   *Episode // nil: new
	read   *script.Episode
	front  []script.Line
	scenes []*plannedScene
	left   []*Scene // of this number, but not in the script: added by hand, archived before or now
}

func (e *plannedEpisode) locked() bool { return e.have != nil && e.have.Locked }

// plannedScene is a scene of the plan with what the applying needs.
type plannedScene struct {
	PlannedScene
	have    *Scene // nil: new
	read    *script.Scene
	ids     []string // of the lines as they are read
	order   int64
	text    bool // its lines, its heading or parts of it are written
	retired bool // the file says that this number is empty (删, 空号)
	marks   []plannedMark
}

// plannedMark is what a shot's Stale becomes; no lines: it fits again.
type plannedMark struct {
	shot    *Shot
	lines   []StaleLine
	changed bool // it differs from the mark that the shot has
	fresh   bool // there is something new to look at
}

// outlineNow is what is there before an import.
type outlineNow struct {
	episodes map[int]*Episode
	scenes   []*Scene // in order
}

func (s *Studio) outlineRecords(tx store.Txn, titleID string) (outlineNow, error) {
	out := outlineNow{episodes: map[int]*Episode{}}
	err := s.r.episodes.Each(tx, "number", store.K().ID(titleID), func(e *Episode) error {
		out.episodes[e.Number] = e
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("reading the outline: %w", err)
	}
	err = s.r.scenes.Each(tx, "order", store.K().ID(titleID), func(x *Scene) error {
		out.scenes = append(out.scenes, x)
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("reading the outline: %w", err)
	}
	return out, nil
}

func (now *outlineNow) locked(number int) bool {
	e := now.episodes[number]
	return e != nil && e.Locked
}

// planImport matches what was read with what is there, over the whole title: a scene may stand in another episode now.
// Locked episodes are left out of it on both sides.
func (s *Studio) planImport(tx store.Txn, titleID string, read *script.Script, links []SceneLink) (*importPlan, error) {
	now, err := s.outlineRecords(tx, titleID)
	if err != nil {
		return nil, err
	}
	p := &importPlan{titleID: titleID, shots: map[string][]*Shot{}}
	err = s.r.shots.Each(tx, "title", store.K().ID(titleID), func(x *Shot) error {
		p.shots[x.SceneID] = append(p.shots[x.SceneID], x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading a title's shots: %w", err)
	}
	p.episodesOf(read, &now)
	if err := p.match(&now, links); err != nil {
		return nil, err
	}
	for _, x := range p.scenes {
		p.judge(s, x, x.Change == SceneLockedAway)
	}
	p.place(&now)
	p.leave(&now)
	p.sum()
	return p, nil
}

// episodesOf lists the file's episodes and scenes. Two episodes with one number become one: the second's scenes follow the first's.
func (p *importPlan) episodesOf(read *script.Script, now *outlineNow) {
	met := map[int]*plannedEpisode{}
	for i := range read.Episodes {
		e := &read.Episodes[i]
		to := met[e.Number]
		if to == nil {
			to = &plannedEpisode{have: now.episodes[e.Number], read: e}
			met[e.Number] = to
			p.episodes = append(p.episodes, to)
		}
		to.front = append(to.front, e.Front...)
		for j := range e.Scenes {
			x := &plannedScene{read: &e.Scenes[j]}
			x.Index, x.Change, x.Stale = len(p.scenes), SceneAdded, []string{}
			x.Is = SceneHead{e.Number, x.read.Label, x.read.Heading}
			if to.locked() {
				x.Change = SceneLockedAway
			}
			to.scenes = append(to.scenes, x)
			p.scenes = append(p.scenes, x)
		}
	}
}

// match finds for each scene of the file which one it is. The scenes of locked episodes are matched among themselves, for the eye alone.
func (p *importPlan) match(now *outlineNow, links []SceneLink) error {
	for _, locked := range []bool{false, true} {
		var was []*Scene
		var is []*plannedScene
		for _, x := range now.scenes {
			if now.locked(x.Episode) == locked {
				was = append(was, x)
			}
		}
		for _, x := range p.scenes {
			if (x.Change == SceneLockedAway) == locked {
				is = append(is, x)
			}
		}
		set := map[int]int{}
		if !locked {
			var err error
			if set, err = p.linked(was, is, links); err != nil {
				return err
			}
		}
		for i, at := range script.Match(knownScenes(was), knownReads(is), set) {
			if at >= 0 {
				is[i].have = was[at]
			}
		}
	}
	return nil
}

func knownScenes(scenes []*Scene) []script.Known {
	out := make([]script.Known, len(scenes))
	for i, x := range scenes {
		out[i] = script.Known{Episode: x.Episode, Label: x.Label, Heading: x.Heading, Place: x.Place, Lines: x.Lines, Last: x.Archived}
	}
	return out
}

func knownReads(scenes []*plannedScene) []script.Known {
	out := make([]script.Known, len(scenes))
	for i, x := range scenes {
		out[i] = script.Known{Episode: x.Is.Episode, Label: x.read.Label, Heading: x.read.Heading, Place: x.read.Place, Lines: x.read.Lines}
	}
	return out
}

// linked checks what was matched by hand and gives it as places in the two lists.
func (p *importPlan) linked(was []*Scene, is []*plannedScene, links []SceneLink) (map[int]int, error) {
	set, used := map[int]int{}, map[string]bool{}
	if len(links) > len(p.scenes) {
		return nil, wrong("links", "指定的场比文件里的场还多，请重新预览", "more scenes are linked than the file has; preview it again")
	}
	for _, l := range links {
		i := slices.IndexFunc(is, func(x *plannedScene) bool { return x.Index == l.Index })
		if i < 0 {
			return nil, wrong("links", "指定的场不在文件里，或者那一集已锁定", "a linked scene is not in the file, or its episode is locked")
		}
		if _, twice := set[i]; twice || l.SceneID != "" && used[l.SceneID] {
			return nil, wrong("links", "同一场被指定了两次，请只留一处", "a scene is linked twice; keep one of the links")
		}
		set[i] = -1
		if l.SceneID == "" {
			continue
		}
		used[l.SceneID] = true
		if set[i] = slices.IndexFunc(was, func(x *Scene) bool { return x.ID == l.SceneID }); set[i] < 0 {
			return nil, wrong("links", "指定对应的场不在这部剧里，或者那一集已锁定", "a scene that is linked to is not in this title, or its episode is locked")
		}
	}
	return set, nil
}

// place gives every scene its order, says which ones moved, and gathers what else stands in the episodes.
func (p *importPlan) place(now *outlineNow) {
	taken := map[string]bool{}
	byNumber := map[int]*plannedEpisode{}
	for _, e := range p.episodes {
		byNumber[e.read.Number] = e
		if e.locked() {
			continue
		}
		var stayed []*plannedScene
		n := int64(0)
		for _, x := range e.scenes {
			if x.retired {
				continue
			}
			n++
			x.order = n * orderStep
			if x.have == nil {
				continue
			}
			taken[x.have.ID] = true
			switch {
			case x.have.Archived:
			case x.have.Episode != e.read.Number:
				x.Moved = true
			default:
				stayed = append(stayed, x)
			}
		}
		keep := script.Rising(len(stayed), func(i int) int { return int(stayed[i].have.Order) })
		for i, x := range stayed {
			x.Moved = !keep[i]
		}
	}
	for _, x := range now.scenes {
		if e := byNumber[x.Episode]; e != nil && !taken[x.ID] {
			e.left = append(e.left, x)
		}
	}
}

// leave finds what is no longer in the script: scenes that came from one, and episodes in which nothing stays.
func (p *importPlan) leave(now *outlineNow) {
	kept, known := map[int]bool{}, map[string]bool{}
	for _, x := range p.scenes {
		if x.have == nil {
			continue
		}
		if known[x.have.ID] = true; x.retired && !x.have.Archived {
			p.gone = append(p.gone, x)
		}
	}
	for _, x := range now.scenes {
		switch {
		case known[x.ID] || x.Archived || now.locked(x.Episode):
		case x.ScriptID == "":
			kept[x.Episode] = true
		default:
			g := &plannedScene{have: x}
			g.Index, g.Change, g.SceneID, g.Stale = -1, SceneRemoved, x.ID, []string{}
			g.Was, g.Removed = headOf(x), len(x.Lines)
			p.gone = append(p.gone, g)
		}
	}
	for _, e := range p.episodes {
		kept[e.read.Number] = true
	}
	for n, e := range now.episodes {
		if !kept[n] && !e.Archived && !e.Locked && e.Label != "" {
			p.goneEp = append(p.goneEp, e)
		}
	}
	slices.SortFunc(p.goneEp, func(a, b *Episode) int { return cmp.Compare(a.Number, b.Number) })
}

func headOf(x *Scene) SceneHead { return SceneHead{x.Episode, x.Label, x.Heading} }

// sum counts what the version says about itself.
func (p *importPlan) sum() {
	for _, x := range p.scenes {
		p.stale += len(x.Stale)
		switch {
		case x.Change == SceneAdded:
			p.added++
		case x.retired || x.Change == SceneLockedAway:
		case x.Returned, x.Change == SceneHeading, x.Change == SceneEdited:
			p.changed++
		}
	}
}

// shown is the plan as people see it: the file's scenes in order, then those that are no longer in it.
func (p *importPlan) shown() []PlannedScene {
	out := []PlannedScene{}
	add := func(x *plannedScene) {
		if x.have != nil {
			x.Shots = int64(len(p.shots[x.have.ID]))
		}
		out = append(out, x.PlannedScene)
	}
	for _, x := range p.scenes {
		add(x)
	}
	for _, x := range p.gone {
		if x.Index < 0 {
			add(x)
		}
	}
	return out
}
