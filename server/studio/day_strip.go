package studio

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"chouka/store"
)

// MoveStrip puts a scene on a day, moves it or takes it off. New soft conflicts need a reason: Conflict day.soft. A scene
// that goes back to where it was lately stands there as it did, and needs no reason for what was in its way then.
func (s *Studio) MoveStrip(ctx context.Context, by Actor, titleID string, in StripMove) (StripMoved, error) {
	one := stripStep{StripGo: StripGo{SceneID: in.SceneID, From: in.From, To: in.To, At: in.At}, keep: in.Keep}
	return s.moveStrips(ctx, by, titleID, []stripStep{one}, in.Dry, in.Reason)
}

// MoveStrips moves several scenes as one: what is newly in the way of any of them needs one reason, and where one cannot
// go none does. It is the way back from itself.
func (s *Studio) MoveStrips(ctx context.Context, by Actor, titleID string, in StripsMove) (StripMoved, error) {
	steps := make([]stripStep, len(in.Strips))
	for i, x := range in.Strips {
		steps[i].StripGo = x
	}
	return s.moveStrips(ctx, by, titleID, steps, in.Dry, in.Reason)
}

func (s *Studio) moveStrips(ctx context.Context, by Actor, titleID string, steps []stripStep, dry bool, reason string) (StripMoved, error) {
	if err := by.must(BookPlace, titleID, "title"); err != nil {
		return StripMoved{}, err
	}
	var out StripMoved
	if dry {
		err := s.view(ctx, func(tx store.Txn) error {
			m, err := s.planMove(tx, by, titleID, steps)
			if err == nil {
				out, err = m.answer()
			}
			return err
		})
		return out, err
	}
	err := s.update(ctx, by, func(c *change) error {
		m, err := s.planMove(c.tx, by, titleID, steps)
		if err != nil {
			return err
		}
		why := ""
		for _, e := range m.ends {
			given, err := c.letStand(e.day, e.fresh, reason)
			if err != nil {
				return err
			}
			why = cmp.Or(why, given)
		}
		for _, e := range m.ends {
			if !e.changed {
				continue
			}
			if err := c.putDay(e.day); err != nil {
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

// move is one or more strips on their way: the days as they are after it, and what is newly in the way on each.
type move struct {
	p     *plan
	steps []stripStep
	ends  []*moveEnd // the days that change, in the order in which they are named
}

// stripStep is one strip of a move.
type stripStep struct {
	StripGo
	keep     bool // it stays on the day that it comes from, too
	x        *Scene
	from, to *moveEnd // nil: the pool
	on       DayScene // as it arrives
}

// moveEnd is a day that strips leave or reach.
type moveEnd struct {
	day     *ShootDay // a copy
	changed bool      // it does, when a strip leaves or reaches it
	was     []Clash   // before the move
	let     []string  // what was let stand before, of scenes that come back; as keys
	fresh   []Clash   // what the move brings
}

// planMove checks a move and makes it in a plan: all strips leave, then they arrive. Nothing is written.
func (s *Studio) planMove(tx store.Txn, by Actor, titleID string, steps []stripStep) (*move, error) {
	if len(steps) == 0 || len(steps) > stripsMost {
		return nil, wrong("strips", "一次移动 1 到 300 场", "move 1 to 300 scenes at once")
	}
	p, err := s.openPlan(tx, by, titleID)
	if err != nil {
		return nil, err
	}
	m := &move{p: p, steps: steps}
	for i := range m.steps {
		if err := m.aim(i); err != nil {
			return nil, err
		}
	}
	if err := m.leave(); err != nil {
		return nil, err
	}
	return m, m.arrive()
}

// aim finds what a step names, and checks it by itself.
func (m *move) aim(i int) error {
	st := &m.steps[i]
	var err error
	if st.x, err = m.p.scene(st.SceneID); err != nil {
		return err
	}
	if st.from, err = m.end(st.From); err != nil {
		return err
	}
	if st.to, err = m.end(st.To); err != nil {
		return err
	}
	for _, o := range m.steps[:i] {
		if o.SceneID == st.SceneID && o.from == st.from {
			return wrong("strips", "同一场写了两次", "a scene stands in the list twice")
		}
	}
	if err := st.mayGo(); err != nil || st.to == nil {
		return err
	}
	st.to.let = append(st.to.let, letStandBefore(st.to.day, st.SceneID)...)
	return nil
}

// end is a day that the move changes: a copy, the same one however often it is named; nil for the pool.
func (m *move) end(id string) (*moveEnd, error) {
	if id == "" {
		return nil, nil
	}
	if i := slices.IndexFunc(m.ends, func(e *moveEnd) bool { return e.day.ID == id }); i >= 0 {
		return m.ends[i], nil
	}
	d := m.p.day(id)
	if d == nil {
		return nil, unknown("day")
	}
	e := &moveEnd{day: new(ShootDay)}
	*e.day = *d
	e.day.Scenes, e.day.Left = slices.Clone(d.Scenes), slices.Clone(d.Left)
	var err error
	e.was, err = m.p.clashes(d)
	m.ends = append(m.ends, e)
	return e, err
}

// mayGo refuses what cannot be done with the strip as it stands.
func (st *stripStep) mayGo() error {
	switch {
	case st.from == nil && st.to == nil:
		return wrong("to", "请选择要排到哪一天", "choose the day that it goes to")
	case st.keep && (st.from == nil || st.to == nil || st.from == st.to):
		return wrong("keep", "两天都要有，才能在原来那天也保留", "a scene is kept only when it goes from one day to another")
	case st.At < 0:
		return wrong("at", "位置不能小于 0", "a place on the day is 0 or more")
	case st.from != nil && st.from.day.at(st.SceneID) < 0:
		return conflict("day.moved", "第 %s 场已不在那一天了，请刷新后再试", "scene %s is no longer on that day; look again", st.x.Label)
	case st.to != nil && st.from != st.to && st.to.day.at(st.SceneID) >= 0:
		return standsThere(st.x)
	case st.from != nil && st.from != st.to && !st.keep && st.from.day.Scenes[st.from.day.at(st.SceneID)].Done != nil:
		return conflict("day.done", "第 %s 场已标为拍完，请先取消再移动；补拍请保留原来那天", "scene %s is marked as shot; take the mark off first, or keep it on its day to shoot it again", st.x.Label)
	}
	return nil
}

func standsThere(x *Scene) error {
	return conflict("day.standing", "第 %s 场已经排在那一天了", "scene %s stands on that day already", x.Label)
}

// letStandBefore are the keys of what was in a scene's way on a day when it stood there lately.
func letStandBefore(d *ShootDay, sceneID string) []string {
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

// leave takes the scenes off their days, and lets each day remember how they stood and what goes with them.
func (m *move) leave() error {
	for i := range m.steps {
		st := &m.steps[i]
		if st.from == nil {
			st.on = DayScene{SceneID: st.SceneID}
			continue
		}
		at := st.from.day.at(st.SceneID)
		if st.on = st.from.day.Scenes[at]; st.keep { // shot again, or in two parts
			st.on.Done, st.on.DoneBy = nil, ""
			continue
		}
		st.from.changed = true
		st.from.day.Scenes = slices.Delete(st.from.day.Scenes, at, at+1)
	}
	for _, e := range m.ends {
		m.p.put(e.day)
	}
	for _, e := range m.ends {
		left := func(st stripStep) bool { return st.from == e && st.to != e && !st.keep }
		if !slices.ContainsFunc(m.steps, left) {
			continue // at most places on the same day: arrive sees to it
		}
		after, err := m.p.clashes(e.day)
		if err != nil {
			return err
		}
		gone := newIn(e.was, after, nil)
		for _, st := range m.steps {
			if left(st) {
				e.day.remember(st.on, gone)
			}
		}
	}
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

// arrive puts the scenes on their days, in order, and finds what is newly in the way.
func (m *move) arrive() error {
	for i := range m.steps {
		st := &m.steps[i]
		if st.to == nil {
			continue
		}
		d := st.to.day
		switch {
		case d.at(st.SceneID) >= 0:
			return standsThere(st.x)
		case len(d.Scenes) >= dayScenes:
			return conflict("day.full", "一天最多排 60 场，请排到别的日子或另一组", "a day has at most 60 scenes; put it on another day or unit")
		case st.from == nil:
			st.on = d.lately(st.on)
		}
		st.to.changed = true
		d.Scenes = slices.Insert(d.Scenes, min(st.At, len(d.Scenes)), st.on)
	}
	for _, e := range m.ends {
		m.p.put(e.day)
	}
	for _, e := range m.ends {
		if !slices.ContainsFunc(m.steps, func(st stripStep) bool { return st.to == e }) {
			continue
		}
		is, err := m.p.clashes(e.day)
		if err != nil {
			return err
		}
		e.fresh = newIn(is, e.was, e.let)
		gone := newIn(e.was, is, nil)
		for _, st := range m.steps {
			if st.to != e {
				continue
			}
			if e.day.forget(st.SceneID); st.from == e {
				e.day.remember(st.on, gone)
			}
		}
	}
	return nil
}

func (m *move) answer() (StripMoved, error) {
	out := StripMoved{Conflicts: []Clash{}, Days: []DayRow{}}
	for _, e := range m.ends {
		if !e.changed {
			continue
		}
		out.Conflicts = append(out.Conflicts, e.fresh...)
		row, err := m.p.row(e.day)
		if err != nil {
			return StripMoved{}, err
		}
		out.Days = append(out.Days, row)
	}
	return out, nil
}

// noteMove says what a move is called: onto a day, off it, from one to another, or to another place on it.
func (c *change) noteMove(m *move, why string) error {
	if len(m.steps) > 1 {
		return c.noteMoves(m, why)
	}
	st := m.steps[0]
	params := map[string]string{"label": st.x.Label, "reason": why}
	switch {
	case st.to == nil:
		return c.noteDay("day.scene_removed", st.from.day, params)
	case st.from == nil:
		return c.noteDay("day.scene_added", st.to.day, params)
	case st.from == st.to:
		return c.noteDay("day.scene_ordered", st.to.day, params)
	}
	params["from"] = st.from.day.mark()
	return c.noteDay("day.scene_moved", st.to.day, params)
}

// noteMoves says how many scenes moved, which, and to which days; off them where none goes to a day.
func (c *change) noteMoves(m *move, why string) error {
	var labels, days []string
	var at *ShootDay
	for _, st := range m.steps {
		labels = append(labels, st.x.Label)
		if st.to == nil {
			continue
		}
		if at = cmp.Or(at, st.to.day); !slices.Contains(days, st.to.day.mark()) {
			days = append(days, st.to.day.mark())
		}
	}
	verb := "day.scenes_moved"
	if at == nil {
		verb = "day.scenes_removed"
		for _, e := range m.ends {
			at, days = cmp.Or(at, e.day), append(days, e.day.mark())
		}
	}
	params := map[string]string{"n": strconv.Itoa(len(labels)), "labels": shortList(labels), "day": strings.Join(days, "、"), "reason": why}
	return c.noteDay(verb, at, params)
}

// shortList names the first few of many scenes.
func shortList(labels []string) string {
	const most = 8
	if len(labels) > most {
		labels = append(slices.Clone(labels[:most]), "…")
	}
	return strings.Join(labels, "、")
}
