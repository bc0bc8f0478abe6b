package studio

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"chouka/server/studio/script"
	"chouka/store"
)

// importPlan is what a script would do to the outline of a title.
type importPlan struct {
	titleID  string
	episodes []plannedEpisode
	gone     []*Scene // no longer in the script: archived with their work
	goneEp   []*Episode
	added    int
	changed  int
}

type plannedEpisode struct {
	have   *Episode // nil: new
	read   *script.Episode
	front  []script.Line
	scenes []plannedScene
	left   []*Scene // of this episode, but not in the script: added by hand, archived before or now
}

type plannedScene struct {
	have  *Scene // nil: new
	read  *script.Scene
	order int64
}

// planImport matches what was read with what is there: episodes by number,
// scenes by episode and label, the n-th of equal labels with the n-th.
func (s *Studio) planImport(tx store.Txn, titleID string, read *script.Script) (*importPlan, error) {
	p := &importPlan{titleID: titleID}
	episodes, scenes, err := s.outlineRecords(tx, titleID)
	if err != nil {
		return nil, err
	}
	met := map[int]int{}
	for i := range read.Episodes {
		e := &read.Episodes[i]
		// Two episodes with one number become one: the second's scenes follow the first's.
		at, again := met[e.Number]
		if !again {
			at = len(p.episodes)
			met[e.Number] = at
			p.episodes = append(p.episodes, plannedEpisode{have: episodes[e.Number], read: e})
		}
		p.episodes[at].front = append(p.episodes[at].front, e.Front...)
		p.planScenes(&p.episodes[at], e, scenes)
	}
	for key, left := range scenes {
		if at, ok := met[key.episode]; ok {
			p.episodes[at].left = append(p.episodes[at].left, left...)
		}
		if key.handmade {
			continue
		}
		for _, x := range left {
			if !x.Archived {
				p.gone = append(p.gone, x)
			}
		}
	}
	slices.SortFunc(p.gone, func(a, b *Scene) int { return int(a.Order - b.Order) })
	for n, e := range episodes {
		if _, in := met[n]; !in && !e.Archived && e.Label != "" {
			p.goneEp = append(p.goneEp, e)
		}
	}
	return p, nil
}

// sceneKey is what scenes are matched by. Scenes added by hand are never archived by an import.
type sceneKey struct {
	episode  int
	label    string
	handmade bool
}

// matchLabel is what a scene is recognised by: its label, or its whole heading where it has none.
func matchLabel(label, heading string) string {
	if label == "" {
		label = heading
	}
	return script.Fold(label)
}

func (s *Studio) outlineRecords(tx store.Txn, titleID string) (map[int]*Episode, map[sceneKey][]*Scene, error) {
	episodes, scenes := map[int]*Episode{}, map[sceneKey][]*Scene{}
	err := s.r.episodes.Each(tx, "number", store.K().ID(titleID), func(e *Episode) error {
		episodes[e.Number] = e
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the outline: %w", err)
	}
	err = s.r.scenes.Each(tx, "order", store.K().ID(titleID), func(x *Scene) error {
		k := sceneKey{x.Episode, matchLabel(x.Label, x.Heading), x.ScriptID == ""}
		scenes[k] = append(scenes[k], x)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the outline: %w", err)
	}
	return episodes, scenes, nil
}

func (p *importPlan) planScenes(to *plannedEpisode, e *script.Episode, have map[sceneKey][]*Scene) {
	for i := range e.Scenes {
		x := plannedScene{read: &e.Scenes[i], order: int64(len(to.scenes)+1) * orderStep}
		for _, handmade := range []bool{false, true} {
			k := sceneKey{e.Number, matchLabel(x.read.Label, x.read.Heading), handmade}
			if left := have[k]; x.have == nil && len(left) > 0 {
				x.have, have[k] = left[0], left[1:]
			}
		}
		switch {
		case x.have == nil:
			p.added++
		case sceneDiffers(x.have, x.read):
			p.changed++
		}
		to.scenes = append(to.scenes, x)
	}
}

func sceneDiffers(have *Scene, read *script.Scene) bool {
	text := func(lines []script.Line) []string {
		var out []string
		for _, l := range lines {
			out = append(out, script.Fold(l.Text))
		}
		return out
	}
	return have.Archived || have.Heading != read.Heading || !slices.Equal(text(have.Lines), text(read.Lines))
}

func (c *change) applyImport(p *importPlan, scriptID string) error {
	for i := range p.episodes {
		if err := c.applyEpisode(p.titleID, &p.episodes[i], scriptID); err != nil {
			return err
		}
	}
	for _, x := range p.gone {
		x.Archived, x.Updated = true, c.now
		if err := c.s.r.scenes.Put(c.tx, x); err != nil {
			return fmt.Errorf("archiving a scene: %w", err)
		}
		if err := c.countAll("scenes", -1, p.titleID); err != nil {
			return err
		}
	}
	for _, e := range p.goneEp {
		e.Archived, e.Updated = true, c.now
		if err := c.s.r.episodes.Put(c.tx, e); err != nil {
			return fmt.Errorf("archiving an episode: %w", err)
		}
		if err := c.countAll("episodes", -1, p.titleID); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) applyEpisode(titleID string, p *plannedEpisode, scriptID string) error {
	e := p.have
	switch {
	case e == nil:
		e = &Episode{TitleID: titleID, Number: p.read.Number, Label: p.read.Label, Name: p.read.Name, Front: p.front}
		if err := c.addEpisode(e); err != nil {
			return err
		}
	default:
		if e.Archived {
			if err := c.countAll("episodes", 1, titleID); err != nil {
				return err
			}
		}
		e.Label, e.Front, e.Archived, e.Updated = p.read.Label, p.front, false, c.now
		if p.read.Name != "" {
			e.Name = p.read.Name
		}
		if err := c.s.r.episodes.Put(c.tx, e); err != nil {
			return fmt.Errorf("updating an episode: %w", err)
		}
	}
	codes := map[string]bool{}
	for i := range p.scenes {
		if x := p.scenes[i].have; x != nil {
			codes[x.Code] = true
		}
	}
	for _, x := range p.left {
		codes[x.Code] = true
	}
	for i := range p.scenes {
		if err := c.applyScene(e, &p.scenes[i], i+1, codes, scriptID); err != nil {
			return err
		}
	}
	return c.makeWay(p)
}

// makeWay moves scenes that are not in the script off the places that it takes: no two scenes stand in one place.
func (c *change) makeWay(p *plannedEpisode) error {
	taken := map[int64]bool{}
	for _, x := range p.scenes {
		taken[x.order] = true
	}
	slices.SortFunc(p.left, func(a, b *Scene) int { return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID)) })
	for _, x := range p.left {
		order := x.Order
		for taken[order] {
			order++
		}
		taken[order] = true
		if order == x.Order {
			continue
		}
		x.Order, x.Updated = order, c.now
		if err := errors.Join(c.s.r.scenes.Put(c.tx, x), c.followScene(x)); err != nil {
			return fmt.Errorf("moving a scene: %w", err)
		}
	}
	return nil
}

func (c *change) applyScene(e *Episode, p *plannedScene, place int, codes map[string]bool, scriptID string) error {
	x := p.have
	if x == nil {
		x = &Scene{TitleID: e.TitleID, EpisodeID: e.ID, Episode: e.Number, Order: p.order, Code: sceneCode(p.read.Label, place, codes)}
		readScene(x, p.read, scriptID)
		return c.addScene(x)
	}
	if x.Archived {
		if err := c.countAll("scenes", 1, x.TitleID); err != nil {
			return err
		}
	}
	moved := x.Order != p.order
	x.Order, x.Archived, x.Updated = p.order, false, c.now
	readScene(x, p.read, scriptID)
	if err := c.breakDown(x); err != nil {
		return err
	}
	if err := c.s.r.scenes.Put(c.tx, x); err != nil {
		return fmt.Errorf("updating a scene: %w", err)
	}
	if !moved {
		return nil
	}
	return c.followScene(x)
}

func readScene(x *Scene, r *script.Scene, scriptID string) {
	x.Label, x.Heading, x.Place, x.Time, x.Interior = r.Label, r.Heading, r.Place, r.Time, r.Interior
	x.Cast, x.Lines, x.ScriptID = append([]string{}, r.Cast...), append([]script.Line{}, r.Lines...), scriptID
}

// followScene moves the shots of a scene with it in the order of the title.
func (c *change) followScene(x *Scene) error {
	shots, err := c.s.sceneShots(c.tx, x.ID)
	for _, sh := range shots {
		sh.SceneAt, sh.Updated = x.Order, c.now
		err = errors.Join(err, c.s.r.shots.Put(c.tx, sh))
	}
	return err
}
