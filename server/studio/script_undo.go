package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"chouka/store"
)

// UndoImport takes the newest import back: scenes, their places, the ids of their lines and the marks on shots are as
// they were before. Nothing that was drawn is lost: scenes that the import added are archived with whatever they hold by
// now, never deleted, and importing the file again brings them back as the same scenes. A shot that was linked or added
// since to lines that go is marked with them.
func (s *Studio) UndoImport(ctx context.Context, by Actor, id string) (ScriptVersion, error) {
	return create(ctx, s, by, func(c *change) (ScriptVersion, error) {
		if err := by.here(); err != nil {
			return ScriptVersion{}, err
		}
		v, err := found(s.r.scripts.Get(c.tx, id))("script")
		if err != nil {
			return ScriptVersion{}, err
		}
		if err := by.must(ImportScript, v.TitleID, "script"); err != nil {
			return ScriptVersion{}, err
		}
		step, err := c.undoable(v)
		if err != nil {
			return ScriptVersion{}, err
		}
		u := undoing{c: c, v: v, step: step, marked: map[string]bool{}, touched: map[int]bool{}, placed: map[string]bool{}}
		if err := u.all(); err != nil {
			return ScriptVersion{}, err
		}
		now := c.now
		v.Undone, v.Updated = &now, now
		if err := s.r.scripts.Put(c.tx, v); err != nil {
			return ScriptVersion{}, fmt.Errorf("taking an import back: %w", err)
		}
		return *v, c.note(event{Verb: "script.undone", Kind: "script", Object: v.ID, TitleID: v.TitleID,
			Params: map[string]string{"number": strconv.FormatInt(v.Number, 10), "file": v.File}})
	})
}

// undoable checks that a version is the newest of its title that stands, and gives the way back.
func (c *change) undoable(v *ScriptVersion) (*importStep, error) {
	if v.Undone != nil {
		return nil, conflict("script.undone", "这一版已经撤销过了", "this version has been undone already")
	}
	newest := v
	err := c.s.r.scripts.Each(c.tx, "title", store.K().ID(v.TitleID), func(o *ScriptVersion) error {
		if o.Undone == nil && o.Number > newest.Number {
			newest = o
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading versions: %w", err)
	}
	if newest.ID != v.ID {
		return nil, conflict("script.not_newest", "只能撤销最新的导入；请先撤销第 %d 版", "only the newest import can be undone; undo version %d first", newest.Number)
	}
	step, err := c.s.r.steps.Get(c.tx, v.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, conflict("script.no_way_back", "第 %d 版是升级以前导入的，不能撤销；请重新导入更早的原件", "version %d was imported by an older program and cannot be undone; import the earlier file again", v.Number)
	}
	if err != nil {
		return nil, fmt.Errorf("reading what an import changed: %w", err)
	}
	return step, nil
}

// undoing is one import being taken back.
type undoing struct {
	c       *change
	v       *ScriptVersion
	step    *importStep
	marked  map[string]bool // shots whose marks the import changed
	touched map[int]bool    // numbers of episodes
	placed  map[string]bool // scenes that are back in their place
}

func (u *undoing) all() error {
	for _, m := range u.step.Marks {
		u.marked[m.ShotID] = true
	}
	scenes, err := u.scenes()
	if err != nil {
		return err
	}
	for i := range u.step.Scenes {
		if err := u.scene(scenes[u.step.Scenes[i].ID], &u.step.Scenes[i]); err != nil {
			return err
		}
	}
	for _, id := range u.step.Added {
		if err := u.c.archiveScene(scenes[id]); err != nil {
			return err
		}
	}
	for _, n := range numbersOf(u.touched) {
		if err := u.makeWay(n); err != nil {
			return err
		}
	}
	return errors.Join(u.marks(), u.episodes())
}

// scenes reads what the import touched as it is now. A locked episode keeps what is in it, so nothing is taken back then.
func (u *undoing) scenes() (map[string]*Scene, error) {
	c, out := u.c, map[string]*Scene{}
	ids := slices.Clone(u.step.Added)
	for i := range u.step.Scenes {
		ids = append(ids, u.step.Scenes[i].ID)
		u.touched[u.step.Scenes[i].Episode] = true
	}
	for _, id := range ids {
		x, err := found(c.s.r.scenes.Get(c.tx, id))("scene")
		if err != nil {
			return nil, err
		}
		out[id], u.touched[x.Episode] = x, true
	}
	err := c.s.r.episodes.Each(c.tx, "number", store.K().ID(u.v.TitleID), func(e *Episode) error {
		changed := slices.ContainsFunc(u.step.Episodes, func(o Episode) bool { return o.ID == e.ID }) || slices.Contains(u.step.AddedEpisodes, e.ID)
		if e.Locked && (changed || u.touched[e.Number]) {
			return conflict("script.locked", "第 %d 集已锁定，这次导入改过它；请先解锁再撤销", "episode %d is locked and was changed by this import; unlock it, then undo", e.Number)
		}
		return nil
	})
	return out, err
}

// scene gives a scene back what it was, but for what people have added to it since.
func (u *undoing) scene(x, old *Scene) error {
	c := u.c
	shots, err := c.s.sceneShots(c.tx, x.ID)
	if err != nil {
		return err
	}
	d := diffByID(x, old)
	if err := c.countScene(x, old.Archived); err != nil {
		return err
	}
	x.EpisodeID, x.Episode, x.Order, x.Label, x.Heading = old.EpisodeID, old.Episode, old.Order, old.Label, old.Heading
	x.Place, x.Time, x.Interior, x.Cast, x.Lines, x.LineIDs, x.ScriptID = old.Place, old.Time, old.Interior, old.Cast, old.Lines, old.LineIDs, old.ScriptID
	u.placed[x.ID] = true
	if err := c.writeScene(x, !old.Archived); err != nil {
		return err
	}
	for _, sh := range shots {
		mark := plannedMark{}
		if !u.marked[sh.ID] && u.madeFor(sh, old) {
			mark = d.mark(sh)
		}
		if mark.changed {
			mark.set(u.v, c.now)
		}
		if err := c.followShot(sh, x, mark.changed); err != nil {
			return err
		}
	}
	return nil
}

// madeFor says whether a shot was made or linked for the text that goes.
func (u *undoing) madeFor(x *Shot, old *Scene) bool {
	return !x.Created.Before(u.v.Created) || slices.ContainsFunc(x.Lines, func(id string) bool { return !slices.Contains(old.LineIDs, id) })
}

// makeWay moves what else stands in an episode off the places that are taken again.
func (u *undoing) makeWay(number int) error {
	scenes, err := u.c.episodeScenes(u.v.TitleID, number)
	if err != nil {
		return err
	}
	taken := map[int64]bool{}
	var left []*Scene
	for _, x := range scenes {
		if u.placed[x.ID] {
			taken[x.Order] = true
		} else {
			left = append(left, x)
		}
	}
	return u.c.makeWay(left, taken, func(*Scene) {})
}

// marks gives shots the marks back that they had, deleted ones too.
func (u *undoing) marks() error {
	for _, m := range u.step.Marks {
		x, err := found(u.c.s.r.shots.Get(u.c.tx, m.ShotID))("shot")
		if err != nil {
			return err
		}
		x.Stale = m.Stale
		if err := u.c.putShot(x); err != nil {
			return err
		}
	}
	return nil
}

// episodes gives episodes back what they were. One that holds live scenes by now stays.
func (u *undoing) episodes() error {
	c := u.c
	put := func(id string, old *Episode) error {
		e, err := found(c.s.r.episodes.Get(c.tx, id))("episode")
		if err != nil {
			return err
		}
		archived := old == nil || old.Archived
		if archived {
			live, err := c.liveIn(e.TitleID, e.Number)
			if err != nil {
				return err
			}
			archived = !live
		}
		if old != nil {
			e.Label, e.Name, e.Front = old.Label, old.Name, old.Front
		}
		return c.archiveEpisode(e, archived)
	}
	for i := range u.step.Episodes {
		if err := put(u.step.Episodes[i].ID, &u.step.Episodes[i]); err != nil {
			return err
		}
	}
	for _, id := range u.step.AddedEpisodes {
		if err := put(id, nil); err != nil {
			return err
		}
	}
	return nil
}
