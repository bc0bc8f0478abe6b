package studio

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"chouka/server/studio/script"
	"chouka/store"
)

// importStep is what an import changed, as it was before: with it the import can be taken back. Its id is that of the version.
type importStep struct {
	store.Meta
	TitleID       string     `json:"title_id"`
	Scenes        []Scene    `json:"scenes"`
	Episodes      []Episode  `json:"episodes"`
	Marks         []shotMark `json:"marks"`
	Added         []string   `json:"added"` // ids of scenes
	AddedEpisodes []string   `json:"added_episodes"`
}

// shotMark is a shot's mark before an import.
type shotMark struct {
	ShotID string     `json:"shot_id"`
	Stale  *Staleness `json:"stale,omitempty"`
}

// importing is one plan being applied.
type importing struct {
	c    *change
	p    *importPlan
	v    *ScriptVersion
	step *importStep
	text *versionText
	seen map[string]bool // scenes whose former state is kept
}

// keep notes what a scene was before, the first time that it is changed.
func (m *importing) keep(x *Scene) {
	if !m.seen[x.ID] {
		m.seen[x.ID] = true
		m.step.Scenes = append(m.step.Scenes, *x)
	}
}

// applyImport does what the plan says and keeps the way back and the version's own text.
func (c *change) applyImport(p *importPlan, v *ScriptVersion) error {
	head := store.Meta{ID: v.ID, Created: c.now, Updated: c.now}
	m := importing{c: c, p: p, v: v, step: &importStep{Meta: head, TitleID: p.titleID}, text: &versionText{Meta: head, TitleID: p.titleID}, seen: map[string]bool{}}
	for _, e := range p.episodes {
		if e.locked() {
			continue
		}
		if err := m.episode(e); err != nil {
			return err
		}
	}
	for _, x := range p.gone {
		if err := m.archive(x); err != nil {
			return err
		}
	}
	for _, e := range p.goneEp {
		m.step.Episodes = append(m.step.Episodes, *e)
		if err := c.archiveEpisode(e, true); err != nil {
			return err
		}
	}
	if err := m.keepText(); err != nil {
		return err
	}
	return errors.Join(c.s.r.steps.Insert(c.tx, m.step), c.s.r.texts.Insert(c.tx, m.text))
}

// archiveEpisode takes an episode out of the count of live ones, or brings it back.
func (c *change) archiveEpisode(e *Episode, archived bool) error {
	if e.Archived != archived {
		if err := c.countAll("episodes", map[bool]int64{true: -1, false: 1}[archived], e.TitleID); err != nil {
			return err
		}
	}
	e.Archived, e.Updated = archived, c.now
	if err := c.s.r.episodes.Put(c.tx, e); err != nil {
		return fmt.Errorf("updating an episode: %w", err)
	}
	return nil
}

func (m *importing) episode(p *plannedEpisode) error {
	c := m.c
	if p.have == nil {
		p.have = &Episode{TitleID: m.p.titleID, Number: p.read.Number, Label: p.read.Label, Name: p.read.Name, Front: p.front}
		if err := c.addEpisode(p.have); err != nil {
			return err
		}
		m.step.AddedEpisodes = append(m.step.AddedEpisodes, p.have.ID)
	} else if err := m.updateEpisode(p); err != nil {
		return err
	}
	codes, err := c.sceneCodes(m.p.titleID, p.read.Number)
	if err != nil {
		return err
	}
	for i, x := range p.scenes {
		if x.retired {
			continue
		}
		if err := m.scene(p.have, x, i+1, codes); err != nil {
			return err
		}
	}
	taken := map[int64]bool{}
	for _, x := range p.scenes {
		taken[x.order] = true
	}
	return c.makeWay(p.left, taken, m.keep)
}

func (m *importing) updateEpisode(p *plannedEpisode) error {
	e := p.have
	name := cmp.Or(p.read.Name, e.Name)
	if !e.Archived && e.Label == p.read.Label && e.Name == name && slices.EqualFunc(e.Front, p.front, sameLine) {
		return nil
	}
	m.step.Episodes = append(m.step.Episodes, *e)
	e.Label, e.Name, e.Front = p.read.Label, name, p.front
	return m.c.archiveEpisode(e, false)
}

// sceneCodes are the codes that shot labels with an episode's number carry already, wherever their scenes stand now.
func (c *change) sceneCodes(titleID string, episode int) (map[string]bool, error) {
	out := map[string]bool{}
	err := c.s.r.scenes.Keys(c.tx, "code", store.K().ID(titleID).Int(int64(episode)), func(key store.Key, _ string) error {
		code, ok := key[len(store.K().ID(titleID).Int(int64(episode))):].Texts()
		if !ok || len(code) != 1 {
			return fmt.Errorf("reading scene codes: %w", store.ErrDamaged)
		}
		out[code[0]] = true
		return nil
	})
	return out, err
}

// makeWay moves scenes off the places that others take: no two scenes stand in one place.
func (c *change) makeWay(left []*Scene, taken map[int64]bool, before func(*Scene)) error {
	slices.SortFunc(left, func(a, b *Scene) int { return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID)) })
	for _, x := range left {
		order := x.Order
		for taken[order] {
			order++
		}
		taken[order] = true
		if order == x.Order {
			continue
		}
		before(x)
		x.Order, x.Updated = order, c.now
		if err := errors.Join(c.s.r.scenes.Put(c.tx, x), c.followScene(x)); err != nil {
			return fmt.Errorf("moving a scene: %w", err)
		}
	}
	return nil
}

// scene adds a scene or writes what changed of it, with its place and the marks on its shots.
func (m *importing) scene(e *Episode, p *plannedScene, place int, codes map[string]bool) error {
	c, x := m.c, p.have
	if x == nil {
		p.have = &Scene{TitleID: e.TitleID, EpisodeID: e.ID, Episode: e.Number, Order: p.order, Code: sceneCode(p.read.Label, place, codes)}
		readScene(p.have, p, m.v.ID)
		if err := c.addScene(p.have); err != nil {
			return err
		}
		p.SceneID = p.have.ID
		m.step.Added = append(m.step.Added, p.have.ID)
		return nil
	}
	if !p.text && !x.Archived && x.Order == p.order && x.EpisodeID == e.ID {
		return nil
	}
	m.keep(x)
	if p.text {
		readScene(x, p, m.v.ID)
	}
	return m.write(x, e, p)
}

// write puts a changed scene in its place, with its shots.
func (m *importing) write(x *Scene, e *Episode, p *plannedScene) error {
	c := m.c
	marks := map[string]*plannedMark{}
	for i := range p.marks {
		marks[p.marks[i].shot.ID] = &p.marks[i]
	}
	if err := c.countScene(x, false); err != nil {
		return err
	}
	x.EpisodeID, x.Episode, x.Order = e.ID, e.Number, p.order
	if err := c.writeScene(x, p.text || p.Returned); err != nil {
		return err
	}
	for _, sh := range m.p.shots[x.ID] {
		mark := marks[sh.ID]
		if mark != nil {
			m.step.Marks = append(m.step.Marks, shotMark{sh.ID, sh.Stale})
			mark.set(m.v, c.now)
		}
		if err := c.followShot(sh, x, mark != nil); err != nil {
			return err
		}
	}
	return nil
}

// writeScene writes a scene; where its text changed, what it needs is found anew.
func (c *change) writeScene(x *Scene, text bool) error {
	if text {
		if err := c.breakDown(x); err != nil {
			return err
		}
	}
	x.Updated = c.now
	if err := c.s.r.scenes.Put(c.tx, x); err != nil {
		return fmt.Errorf("updating a scene: %w", err)
	}
	return nil
}

// followShot puts a shot where its scene stands and writes it if that, or something else of it, changed.
func (c *change) followShot(x *Shot, scene *Scene, changed bool) error {
	if from := x.EpisodeID; from != scene.EpisodeID {
		if err := errors.Join(c.countAll("shots", -1, from), c.countAll("shots", 1, scene.EpisodeID)); err != nil {
			return err
		}
	}
	if !changed && x.EpisodeID == scene.EpisodeID && x.SceneAt == scene.Order && x.Episode == scene.Episode {
		return nil
	}
	x.EpisodeID, x.Episode, x.SceneAt = scene.EpisodeID, scene.Episode, scene.Order
	return c.putShot(x)
}

// followScene moves the shots of a scene with it in the order of the title.
func (c *change) followScene(x *Scene) error {
	shots, err := c.s.sceneShots(c.tx, x.ID)
	for _, sh := range shots {
		err = errors.Join(err, c.followShot(sh, x, false))
	}
	return err
}

func (m *importing) archive(p *plannedScene) error {
	m.keep(p.have)
	return m.c.archiveScene(p.have)
}

// archiveScene takes a scene out of the script. All its work stays.
func (c *change) archiveScene(x *Scene) error {
	return errors.Join(c.countScene(x, true), c.writeScene(x, false))
}

// countScene makes a scene an archived or a live one in the title's count. It does not write the scene.
func (c *change) countScene(x *Scene, archived bool) error {
	if x.Archived == archived {
		return nil
	}
	x.Archived = archived
	return c.countAll("scenes", map[bool]int64{true: -1, false: 1}[archived], x.TitleID)
}

func readScene(x *Scene, p *plannedScene, scriptID string) {
	r := p.read
	x.Label, x.Heading, x.Place, x.Time, x.Interior = r.Label, r.Heading, r.Place, r.Time, r.Interior
	x.Cast, x.Lines, x.ScriptID = append([]string{}, r.Cast...), append([]script.Line{}, r.Lines...), scriptID
	x.LineIDs = append([]string{}, p.ids...)
}

// keepText keeps what the version says, scene by scene. Equal texts are kept once.
func (m *importing) keepText() error {
	hashes := map[string]string{}
	for _, x := range m.p.scenes {
		if x.retired {
			continue
		}
		id, err := m.c.sceneText(m.p.titleID, x.read.Lines, hashes)
		if err != nil {
			return err
		}
		m.text.Scenes = append(m.text.Scenes, versionScene{SceneID: x.SceneID, SceneHead: x.Is, Locked: x.Change == SceneLockedAway, TextID: id})
	}
	return nil
}

// liveIn reports whether an episode has a scene that is not archived.
func (c *change) liveIn(titleID string, episode int) (bool, error) {
	scenes, err := c.episodeScenes(titleID, episode)
	return slices.ContainsFunc(scenes, func(x *Scene) bool { return !x.Archived }), err
}

func (c *change) episodeScenes(titleID string, episode int) ([]*Scene, error) {
	var out []*Scene
	err := c.s.r.scenes.Each(c.tx, "order", store.K().ID(titleID).Int(int64(episode)), func(x *Scene) error {
		out = append(out, x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading an episode's scenes: %w", err)
	}
	return out, nil
}

// numbersOf lists each key once, in order.
func numbersOf(set map[int]bool) []int { return slices.Sorted(maps.Keys(set)) }
