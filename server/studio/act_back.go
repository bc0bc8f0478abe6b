package studio

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chouka/store"
)

// ActOut is what taking an act back, or doing it again, has changed. Where all of it was skipped, nothing has changed and
// the act is off the stack, so that the one below it is next; Changed then says why. That is no refusal, because a
// refused call keeps nothing and the same act would stand in the way for ever.
type ActOut struct {
	Act     Act      `json:"act"`
	Takes   []Take   `json:"takes"`
	Shot    *Shot    `json:"shot,omitempty"`
	Skipped int      `json:"skipped"` // takes, or the shot, that somebody has changed since; they stay as they are
	Changed *Changed `json:"changed,omitempty"`
	// Changes are what taking back a step with figures did to the milestones.
	Changes []MilestoneRow `json:"changes"`
}

// Changed says who changed what was skipped, and when: the newest such change.
type Changed struct {
	ByName string    `json:"by_name"` // empty: nobody in particular, as when the take itself is gone
	At     time.Time `json:"at"`
}

// UndoIn narrows what is taken back; empty: the person's newest act of reviewing. A step with figures is named by its id,
// and is refused where something later rests on it.
type UndoIn struct {
	TitleID string `json:"title_id,omitempty"`
	ActID   string `json:"act_id,omitempty"`
}

// Undo takes the asking person's newest act back. What somebody else has changed since is not touched.
func (s *Studio) Undo(ctx context.Context, by Actor, in UndoIn) (ActOut, error) {
	return s.turn(ctx, by, in, true)
}

// Redo does the act again that was taken back last. A new act ends what can be done again.
func (s *Studio) Redo(ctx context.Context, by Actor, in UndoIn) (ActOut, error) {
	return s.turn(ctx, by, in, false)
}

// turn moves the top of one of the asking person's stacks over to the other. It is repeatable by its Idempotency-Key,
// so that an answer that got lost does not take back two acts.
func (s *Studio) turn(ctx context.Context, by Actor, in UndoIn, back bool) (ActOut, error) {
	if err := by.here(); err != nil {
		return ActOut{}, err
	}
	if in.TitleID != "" {
		if err := by.must(ViewTitle, in.TitleID, "title"); err != nil {
			return ActOut{}, err
		}
	}
	return create(ctx, s, by, func(c *change) (ActOut, error) {
		c.turning = map[bool]string{true: "undo", false: "redo"}[back]
		if in.ActID != "" {
			return c.turnFigures(in.ActID, back)
		}
		a, err := c.topAct(in.TitleID, back)
		if err != nil {
			return ActOut{}, err
		}
		right := PickTake
		if a.Shot == nil {
			right = RateTake
		}
		if err := by.must(right, a.TitleID, "title"); err != nil {
			return ActOut{}, err
		}
		out := ActOut{Takes: []Take{}, Changes: []MilestoneRow{}}
		if a.Shot != nil {
			err = c.turnShot(a, back, &out)
		} else {
			err = c.turnMarks(a, back, &out)
		}
		if err == nil {
			err = c.putAct(a, back, &out)
		}
		return out, err
	})
}

// topAct is the act that is next: the newest that stands, or the one that was taken back last. Acts on titles that the
// person no longer sees stay where they are.
func (c *change) topAct(titleID string, back bool) (*keptAct, error) {
	idx, prefix := "person", store.K().ID(c.by.Person.ID)
	if titleID != "" {
		idx, prefix = "title", prefix.ID(titleID)
	}
	p := Page{Limit: 1, Reverse: true}
	for {
		got, err := c.s.r.acts.List(c.tx, idx, prefix.Bool(!back), p)
		if err != nil {
			return nil, fmt.Errorf("looking for the newest act: %w", err)
		}
		if len(got.Items) > 0 && c.by.sees(got.Items[0].TitleID) && !got.Items[0].figures() {
			return got.Items[0], nil
		}
		if p.After = got.Next; got.Next == "" {
			break
		}
	}
	if back {
		return nil, conflict("undo.nothing", "没有可撤销的操作", "there is nothing to undo")
	}
	return nil, conflict("redo.nothing", "没有可重做的操作", "there is nothing to redo")
}

// putAct lays the act on the other stack, or drops it where nothing of it could be turned.
func (c *change) putAct(a *keptAct, back bool, out *ActOut) error {
	out.Act = a.Act
	if len(out.Takes) == 0 && out.Shot == nil {
		if err := c.s.r.acts.Delete(c.tx, a.ID); err != nil {
			return fmt.Errorf("dropping an act: %w", err)
		}
		return nil
	}
	var err error
	if a.Turn, err = c.count(a.PersonID, "act", 1); err != nil {
		return err
	}
	if a.Undone = nil; back {
		at := c.now
		a.Undone = &at
	}
	a.Updated = c.now
	if err := c.s.r.acts.Put(c.tx, a); err != nil {
		return fmt.Errorf("keeping an act: %w", err)
	}
	out.Act = a.Act
	return nil
}

// skip counts what stays as it is, and remembers the newest reason.
func (out *ActOut) skip(by string, at time.Time) {
	if out.Skipped++; out.Changed == nil || at.After(out.Changed.At) {
		out.Changed = &Changed{ByName: by, At: at}
	}
}

// turnMarks sets the marks of takes to what they were before the act, or after it. A take that is skipped leaves the
// act for good: from then on its marks are somebody else's.
func (c *change) turnMarks(a *keptAct, back bool, out *ActOut) error {
	var turned []markStep
	for _, m := range a.Marks {
		from, to := m.Was, m.Is
		if back {
			from, to = m.Is, m.Was
		}
		t, err := c.s.r.takes.Get(c.tx, m.TakeID)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("reading a take: %w", err)
		}
		if err != nil {
			out.skip("", c.now)
			continue
		}
		if !same(marksOf(t), from, to) {
			if err := c.skipTake(t, out); err != nil {
				return err
			}
			continue
		}
		got, err := c.judge(m.TakeID, verdictTo(from, to))
		switch {
		case err == nil:
			out.Takes, turned = append(out.Takes, *got), append(turned, m)
		case IsKind(err, Unknown): // it is deleted, or is where the person sees nothing
			out.skip("", t.Updated)
		case IsKind(err, Conflict): // it is the pick by now and cannot be rejected
			x, err := c.s.r.shots.Get(c.tx, t.ShotID)
			if err != nil {
				return fmt.Errorf("reading a shot: %w", err)
			}
			if err := c.skipShot(x, out); err != nil {
				return err
			}
		default:
			return err
		}
	}
	if len(turned) > 0 {
		a.Marks = turned
	}
	return nil
}

// same reports whether the parts that an act changed between from and to still are as in from.
func same(have, from, to marks) bool {
	verdict := from.Verdict == to.Verdict && from.Reason == to.Reason && from.ReasonText == to.ReasonText
	return (verdict || have.Verdict == from.Verdict && have.Reason == from.Reason && have.ReasonText == from.ReasonText) &&
		(from.Stars == to.Stars || have.Stars == from.Stars) && (from.Colour == to.Colour || have.Colour == from.Colour)
}

// verdictTo judges a take as in to, and leaves what is the same in from.
func verdictTo(from, to marks) VerdictIn {
	var in VerdictIn
	if from.Verdict != to.Verdict || from.Reason != to.Reason || from.ReasonText != to.ReasonText {
		in.Verdict, in.Reason, in.ReasonText = &to.Verdict, to.Reason, to.ReasonText
	}
	if from.Stars != to.Stars {
		in.Stars = &to.Stars
	}
	if from.Colour != to.Colour {
		in.Colour = &to.Colour
	}
	return in
}

// skipTake says who marked a take since.
func (c *change) skipTake(t *Take, out *ActOut) error {
	p, err := c.s.r.people.Get(c.tx, t.JudgedBy)
	switch {
	case err == nil && t.JudgedAt != nil:
		out.skip(p.Name, *t.JudgedAt)
	case err == nil || errors.Is(err, store.ErrNotFound):
		out.skip("", t.Updated)
	default:
		return fmt.Errorf("reading a person: %w", err)
	}
	return nil
}

// turnShot brings a shot back to where it stood before the act, or to where it stood after it, by the same rules as a
// pick or a move by hand.
func (c *change) turnShot(a *keptAct, back bool, out *ActOut) error {
	from, to := a.Shot.Was, a.Shot.Is
	if back {
		from, to = to, from
	}
	x, err := c.s.r.shots.Get(c.tx, a.ShotID)
	if err != nil {
		return fmt.Errorf("reading a shot: %w", err)
	}
	if x.Deleted != nil {
		out.skip("", x.Updated)
		return nil
	}
	can := stands(x, from)
	if can && to.TakeID != "" && to.TakeID != from.TakeID {
		if can, err = c.pickable(x, to.TakeID); err != nil {
			return err
		}
	}
	if !can {
		return c.skipShot(x, out)
	}
	if err := c.bring(x, a, to); err != nil {
		return err
	}
	out.Shot = x
	return nil
}

// stands reports whether a shot still stands as an act left it. Without a pick what counts is that there is none: new
// attempts may have moved it on, but for one that was sent back, where they are the answer to that.
func stands(x *Shot, as standing) bool {
	have := standingOf(x)
	switch {
	case as.TakeID != "" || as.State == ShotRework:
		return have.TakeID == as.TakeID && have.State == as.State
	}
	return have.TakeID == "" && have.State != ShotRework
}

// pickable reports whether a take may be picked for a shot.
func (c *change) pickable(x *Shot, takeID string) (bool, error) {
	t, err := c.s.r.takes.Get(c.tx, takeID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading a take: %w", err)
	}
	return t.ShotID == x.ID && t.Deleted == nil && t.Verdict != Rejected, nil
}

// bring moves a shot to where it is to stand.
func (c *change) bring(x *Shot, a *keptAct, to standing) error {
	switch {
	case to.TakeID == "" && to.State == ShotRework && a.Verb != "shot.rework":
		return c.unpick(x, "unpicked", ShotRework, to.Reason) // it was picked while it was sent back
	case to.TakeID == "" && to.State != ShotRework:
		return c.unpick(x, "unpicked", ShotToReview, "")
	case to.TakeID != "" && (x.Pick == nil || x.Pick.TakeID != to.TakeID):
		if err := c.pick(x, to.TakeID); err != nil {
			return err
		}
	}
	return c.moveByHand(x, to.State, to.Reason)
}

// skipShot says who decided last on a shot.
func (c *change) skipShot(x *Shot, out *ActOut) error {
	got, err := c.s.r.activity.List(c.tx, "shot", store.K().ID(x.ID), Page{Limit: 1, Reverse: true})
	if err != nil {
		return fmt.Errorf("reading the last decision: %w", err)
	}
	if len(got.Items) == 0 || got.Items[0].At.Before(x.StateAt) { // new attempts moved it on
		out.skip("", x.StateAt)
		return nil
	}
	out.skip(got.Items[0].ByName, got.Items[0].At)
	return nil
}
