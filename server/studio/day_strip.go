package studio

import (
	"context"
	"slices"

	"chouka/store"
)

// MoveStrip puts a scene on a day, moves it or takes it off. New soft conflicts need a reason: Conflict day.soft. A scene
// that goes back to where it was lately stands there as it did, and needs no reason for what was in its way then.
func (s *Studio) MoveStrip(ctx context.Context, by Actor, titleID string, in StripMove) (StripMoved, error) {
	if err := by.must(BookPlace, titleID, "title"); err != nil {
		return StripMoved{}, err
	}
	var out StripMoved
	if in.Dry {
		err := s.view(ctx, func(tx store.Txn) error {
			m, err := s.planMove(tx, by, titleID, in)
			if err == nil {
				out, err = m.answer()
			}
			return err
		})
		return out, err
	}
	err := s.update(ctx, by, func(c *change) error {
		m, err := s.planMove(c.tx, by, titleID, in)
		if err != nil {
			return err
		}
		why := ""
		if m.to != nil {
			if why, err = c.letStand(m.to, m.fresh, in.Reason); err != nil {
				return err
			}
		}
		for _, d := range m.changed {
			if err := c.putDay(d); err != nil {
				return err
			}
		}
		if err := c.noteMove(m, why); err != nil {
			return err
		}
		out, err = m.answer()
		return err
	})
	return out, err
}

// move is a strip on its way: the days as they are after it, and what is newly in its way on the day that it goes to.
type move struct {
	p        *plan
	x        *Scene
	from, to *ShootDay // nil: the pool
	changed  []*ShootDay
	fresh    []Clash
}

// planMove checks a move and makes it in a plan. Nothing is written.
func (s *Studio) planMove(tx store.Txn, by Actor, titleID string, in StripMove) (*move, error) {
	p, err := s.openPlan(tx, by, titleID)
	if err != nil {
		return nil, err
	}
	m := &move{p: p}
	if m.x, err = p.scene(in.SceneID); err != nil {
		return nil, err
	}
	if m.from, m.to, err = p.ends(in); err != nil {
		return nil, err
	}
	if err := p.mayMove(m, in); err != nil {
		return nil, err
	}
	on := DayScene{SceneID: in.SceneID}
	if m.from != nil {
		on = m.from.Scenes[m.from.at(in.SceneID)]
	}
	if in.Keep { // shot again, or in two parts
		on.Done, on.DoneBy = nil, ""
	}
	target, was := m.to, []Clash(nil)
	if target != nil {
		if was, err = p.clashes(p.day(target.ID)); err != nil {
			return nil, err
		}
	}
	let := letStandBefore(target, in.SceneID)
	if m.from != nil && !in.Keep {
		if err := m.leave(in.SceneID); err != nil {
			return nil, err
		}
	}
	if target == nil {
		return m, nil
	}
	if m.from == nil {
		on = target.lately(on)
	}
	return m, m.arrive(on, in.At, was, let)
}

// ends finds the days of a move and clones them, one of both where they are the same.
func (p *plan) ends(in StripMove) (from, to *ShootDay, err error) {
	get := func(id string) (*ShootDay, error) {
		if id == "" {
			return nil, nil
		}
		d := p.day(id)
		if d == nil {
			return nil, unknown("day")
		}
		out := *d
		out.Scenes, out.Left = slices.Clone(d.Scenes), slices.Clone(d.Left)
		return &out, nil
	}
	if from, err = get(in.From); err != nil {
		return nil, nil, err
	}
	if in.From == in.To {
		return from, from, nil
	}
	to, err = get(in.To)
	return from, to, err
}

// mayMove refuses what cannot be done with the strips as they stand.
func (p *plan) mayMove(m *move, in StripMove) error {
	switch {
	case m.from == nil && m.to == nil:
		return wrong("to", "请选择要排到哪一天", "choose the day that it goes to")
	case in.Keep && (m.from == nil || m.to == nil || m.from == m.to):
		return wrong("keep", "两天都要有，才能在原来那天也保留", "a scene is kept only when it goes from one day to another")
	case in.At < 0:
		return wrong("at", "位置不能小于 0", "a place on the day is 0 or more")
	case m.from != nil && m.from.at(in.SceneID) < 0:
		return conflict("day.moved", "第 %s 场已不在那一天了，请刷新后再试", "scene %s is no longer on that day; look again", m.x.Label)
	case m.to == nil || m.from == m.to:
	case m.to.at(in.SceneID) >= 0:
		return conflict("day.standing", "第 %s 场已经排在那一天了", "scene %s stands on that day already", m.x.Label)
	case len(m.to.Scenes) >= dayScenes:
		return conflict("day.full", "一天最多排 60 场，请排到别的日子或另一组", "a day has at most 60 scenes; put it on another day or unit")
	}
	if m.from != nil && m.from != m.to && !in.Keep && m.from.Scenes[m.from.at(in.SceneID)].Done != nil {
		return conflict("day.done", "第 %s 场已标为拍完，请先取消再移动；补拍请保留原来那天", "scene %s is marked as shot; take the mark off first, or keep it on its day to shoot it again", m.x.Label)
	}
	return nil
}

// letStandBefore are the keys of what was in a scene's way on a day when it stood there lately.
func letStandBefore(d *ShootDay, sceneID string) []string {
	if d == nil {
		return nil
	}
	for _, l := range d.Left {
		if l.Was.SceneID == sceneID {
			return l.Clashes
		}
	}
	return nil
}

// lately is a scene as it stood on the day before it was moved to the pool.
func (d *ShootDay) lately(on DayScene) DayScene {
	for _, l := range d.Left {
		if l.Was.SceneID == on.SceneID {
			return l.Was
		}
	}
	return on
}

// leave takes the scene off its day, and lets the day remember how it stood and what goes with it.
func (m *move) leave(sceneID string) error {
	before, err := m.p.clashes(m.p.day(m.from.ID))
	if err != nil {
		return err
	}
	i := m.from.at(sceneID)
	was := m.from.Scenes[i]
	m.from.Scenes = slices.Delete(m.from.Scenes, i, i+1)
	m.p.put(m.from)
	if m.from == m.to {
		return nil // a place in the same day: arrive sees to it
	}
	after, err := m.p.clashes(m.from)
	if err != nil {
		return err
	}
	m.from.remember(was, newIn(before, after, nil))
	m.changed = append(m.changed, m.from)
	return nil
}

// remember keeps how a scene stood, the newest at the end.
func (d *ShootDay) remember(was DayScene, gone []Clash) {
	left := LeftScene{Was: was}
	for _, x := range gone {
		left.Clashes = append(left.Clashes, x.key())
	}
	d.forget(was.SceneID)
	d.Left = append(d.Left, left)
	d.Left = d.Left[max(len(d.Left)-keptLeft, 0):]
}

func (d *ShootDay) forget(sceneID string) {
	d.Left = slices.DeleteFunc(d.Left, func(l LeftScene) bool { return l.Was.SceneID == sceneID })
}

// arrive puts the scene on its day and finds what is newly in its way.
func (m *move) arrive(on DayScene, at int, was []Clash, let []string) error {
	at = min(at, len(m.to.Scenes))
	m.to.Scenes = slices.Insert(m.to.Scenes, at, on)
	m.p.put(m.to)
	is, err := m.p.clashes(m.to)
	if err != nil {
		return err
	}
	m.fresh = newIn(is, was, let)
	if m.to.forget(on.SceneID); m.from == m.to {
		m.to.remember(on, newIn(was, is, nil))
	}
	m.changed = append(m.changed, m.to)
	return nil
}

func (m *move) answer() (StripMoved, error) {
	out := StripMoved{Conflicts: append([]Clash{}, m.fresh...), Days: []DayRow{}}
	for _, d := range m.changed {
		row, err := m.p.row(d)
		if err != nil {
			return StripMoved{}, err
		}
		out.Days = append(out.Days, row)
	}
	return out, nil
}

// noteMove says what a move is called: onto a day, off it, from one to another, or to another place on it.
func (c *change) noteMove(m *move, why string) error {
	params := map[string]string{"label": m.x.Label, "reason": why}
	switch {
	case m.to == nil:
		return c.noteDay("day.scene_removed", m.from, params)
	case m.from == nil:
		return c.noteDay("day.scene_added", m.to, params)
	case m.from == m.to:
		return c.noteDay("day.scene_ordered", m.to, params)
	}
	params["from"] = m.from.mark()
	return c.noteDay("day.scene_moved", m.to, params)
}
