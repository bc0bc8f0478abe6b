package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chouka/store"
)

// AttemptEdit corrects an attempt by hand; nil leaves a field as it is. What is typed is marked as typed.
type AttemptEdit struct {
	Status    *Status `json:"status,omitempty" enum:"queued,running,succeeded,failed,refused,cancelled"`
	Service   *string `json:"service,omitempty"`
	Model     *string `json:"model,omitempty"`
	Prompt    *string `json:"prompt,omitempty"`
	Negative  *string `json:"negative,omitempty"`
	Seed      *string `json:"seed,omitempty"`
	Size      *string `json:"size,omitempty"`
	Steps     *string `json:"steps,omitempty"`
	CFG       *string `json:"cfg,omitempty"`
	Sampler   *string `json:"sampler,omitempty"`
	Scheduler *string `json:"scheduler,omitempty"`
	Denoise   *string `json:"denoise,omitempty"`
	Duration  *string `json:"duration,omitempty"`
	Ratio     *string `json:"ratio,omitempty"`
	Mode      *string `json:"mode,omitempty"`
	TaskID    *string `json:"task_id,omitempty"`
	Cost      *Money  `json:"cost,omitempty"`
	Reason    *string `json:"reason,omitempty"`
	Remark    *string `json:"remark,omitempty"`
	// Sheets are all that it was drawn from; what its own files show stays besides.
	Sheets *[]SheetIn `json:"sheets,omitempty"`
}

// attemptFor reads an attempt that the actor may change: their own, or any for those who may pick.
func (s *Studio) attemptFor(tx store.Txn, by Actor, id string) (*Attempt, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	a, err := found(s.r.attempts.Get(tx, id))("attempt")
	if err != nil {
		return nil, err
	}
	if err := by.must(LogAttempt, a.TitleID, "attempt"); err != nil {
		return nil, err
	}
	if a.Operator != by.Person.ID && !by.Can(PickTake, a.TitleID) {
		return nil, othersAttempt()
	}
	return a, nil
}

func othersAttempt() error {
	return refuse(Forbidden, "attempt.others", "这是别人的抽卡记录，只有制片或导演能改", "this attempt is somebody else's; a producer or director can change it")
}

// EditAttempt corrects an attempt by hand. Every field that changes is marked as typed.
func (s *Studio) EditAttempt(ctx context.Context, by Actor, id string, rev int64, in AttemptEdit) (Attempt, error) {
	var out Attempt
	err := s.update(ctx, by, func(c *change) error {
		a, err := s.attemptFor(c.tx, by, id)
		if err != nil {
			return err
		}
		if a.Deleted != nil {
			return unknown("attempt")
		}
		if err := base(a.Rev, rev); err != nil {
			return err
		}
		if err := applyAttempt(a, in); err != nil {
			return err
		}
		if in.Sheets != nil {
			if err := c.rechoose(a, *in.Sheets); err != nil {
				return err
			}
		}
		if err := c.putAttempt(a); err != nil {
			return err
		}
		x, err := found(s.r.shots.Get(c.tx, a.ShotID))("shot")
		if err != nil {
			return err
		}
		out = *a
		return c.noteAttempt("attempt.edited", x, a)
	})
	return out, err
}

func applyAttempt(a *Attempt, in AttemptEdit) error {
	if in.Status != nil && *in.Status != a.Status {
		if !slices.Contains(statusMoves(a.Status), *in.Status) {
			return conflict("attempt.status", "这条抽卡已有结果，不能改成那个状态", "this attempt has ended; it cannot take that status")
		}
		a.Status = *in.Status
	}
	fields := generationFields(&a.Generation)
	for name, v := range map[string]*string{"service": in.Service, "model": in.Model, "prompt": in.Prompt, "negative": in.Negative,
		"seed": in.Seed, "size": in.Size, "steps": in.Steps, "cfg": in.CFG, "sampler": in.Sampler, "scheduler": in.Scheduler,
		"denoise": in.Denoise, "duration": in.Duration, "ratio": in.Ratio, "mode": in.Mode, "task_id": in.TaskID} {
		if v != nil && *v != *fields[name] {
			*fields[name] = *v
			a.Sources[name] = Source{From: "typed", Certainty: "exact"}
		}
	}
	if in.Cost != nil && *in.Cost != a.Cost {
		a.Cost = *in.Cost
		a.Sources["cost"] = Source{From: "typed", Certainty: "exact"}
	}
	var x setter
	x.line("reason", &a.Reason, in.Reason)
	x.prose("remark", &a.Remark, in.Remark)
	return errors.Join(x.err, cleanGeneration(&a.Generation))
}

// DeleteAttempt takes an attempt and its takes out of every list. Files and
// marks stay: RestoreAttempt brings all of it back. A picked take is not deleted.
func (s *Studio) DeleteAttempt(ctx context.Context, by Actor, id string, rev int64) (Attempt, error) {
	var out Attempt
	err := s.update(ctx, by, func(c *change) error {
		a, err := s.attemptFor(c.tx, by, id)
		if err != nil {
			return err
		}
		if a.Deleted != nil {
			return unknown("attempt")
		}
		if err := base(a.Rev, rev); err != nil {
			return err
		}
		x, err := c.leave(a)
		if err != nil {
			return err
		}
		gone := c.now
		a.Deleted, a.Updated = &gone, c.now
		a.settle()
		if err := s.r.attempts.Put(c.tx, a); err != nil {
			return fmt.Errorf("deleting an attempt: %w", err)
		}
		out = *a
		return c.noteAttempt("attempt.deleted", x, a)
	})
	return out, err
}

// leave takes an attempt's takes off their shot and sets the shot back where nothing is left on it.
func (c *change) leave(a *Attempt) (*Shot, error) {
	x, err := found(c.s.r.shots.Get(c.tx, a.ShotID))("shot")
	if err != nil {
		return nil, err
	}
	takes, err := c.s.r.takes.List(c.tx, "attempt", store.K().ID(a.ID), Page{Limit: store.MaxPage})
	if err != nil {
		return nil, err
	}
	for _, t := range takes.Items {
		if x.Pick != nil && x.Pick.TakeID == t.ID {
			return nil, conflict("take.is_pick", "这条是当前选片，请先撤下选片", "this take is the current pick; take the pick away first")
		}
		if err := c.countTake(t, a.Day, -1); err != nil {
			return nil, err
		}
		gone := c.now
		t.Deleted, t.Updated = &gone, c.now
		if err := c.putTake(t); err != nil {
			return nil, err
		}
		if err := c.followTake(t); err != nil {
			return nil, err
		}
	}
	if err := c.countAttempt(x, a, -1); err != nil {
		return nil, err
	}
	return x, c.undrawn(x)
}

// undrawn sets a shot back when its last take or its last attempt went.
func (c *change) undrawn(x *Shot) error {
	n, err := c.s.r.counts.Values(c.tx, []store.Key{countKey(x.ID, "takes"), countKey(x.ID, "attempts")})
	if err != nil {
		return err
	}
	to := x.State
	switch {
	case n[0] == 0 && n[1] == 0 && (x.State == ShotToReview || x.State == ShotDrawing):
		to = ShotTodo
	case n[0] == 0 && x.State == ShotToReview:
		to = ShotDrawing
	}
	if to == x.State {
		return nil
	}
	if err := c.move(x, to, ""); err != nil {
		return err
	}
	return c.putShot(x)
}

// RestoreAttempt undoes DeleteAttempt.
func (s *Studio) RestoreAttempt(ctx context.Context, by Actor, id string) (AttemptRow, error) {
	var out AttemptRow
	err := s.update(ctx, by, func(c *change) error {
		a, err := s.attemptFor(c.tx, by, id)
		if err != nil {
			return err
		}
		if a.Deleted == nil {
			out, err = s.attemptRow(c.tx, a)
			return err
		}
		x, err := s.drawable(c.tx, by, a.ShotID)
		if err != nil {
			return err
		}
		a.Deleted, a.Updated = nil, c.now
		if err := s.r.attempts.Put(c.tx, a); err != nil {
			return fmt.Errorf("restoring an attempt: %w", err)
		}
		if err := c.arrive(x, a, false); err != nil {
			return err
		}
		if out, err = s.attemptRow(c.tx, a); err != nil {
			return err
		}
		return c.noteAttempt("attempt.restored", x, a)
	})
	return out, err
}

// arrive puts an attempt's takes onto a shot, with new numbers where they come from another one.
func (c *change) arrive(x *Shot, a *Attempt, renumber bool) error {
	takes, err := c.s.r.takes.List(c.tx, "attempt", store.K().ID(a.ID), Page{Limit: store.MaxPage})
	if err != nil {
		return err
	}
	for _, t := range takes.Items {
		held, err := c.heldAlready(x, t.Media.SHA256)
		if err != nil {
			return err
		}
		if held != nil {
			return conflict("take.held", "这个镜头已有同一个文件，不能再记一次", "this shot holds the same file already; it is not booked twice")
		}
		t.Deleted, t.ShotID, t.TitleID, t.Updated = nil, x.ID, x.TitleID, c.now
		if renumber {
			if t.Number, err = c.count(x.ID, "take_no", 1); err != nil {
				return err
			}
		}
		if err := c.putTake(t); err != nil {
			return err
		}
		if err := c.followTake(t); err != nil {
			return err
		}
		if err := c.countTake(t, a.Day, 1); err != nil {
			return err
		}
	}
	if err := c.countAttempt(x, a, 1); err != nil {
		return err
	}
	return c.drawn(x, len(takes.Items) > 0)
}

// MoveAttempt moves an attempt that was logged to the wrong shot.
func (s *Studio) MoveAttempt(ctx context.Context, by Actor, id, shotID string) (AttemptRow, error) {
	var out AttemptRow
	err := s.update(ctx, by, func(c *change) error {
		a, err := s.attemptFor(c.tx, by, id)
		if err != nil {
			return err
		}
		if a.Deleted != nil {
			return unknown("attempt")
		}
		if a.ShotID == shotID {
			out, err = s.attemptRow(c.tx, a)
			return err
		}
		to, err := s.drawable(c.tx, by, shotID)
		if err != nil {
			return err
		}
		if _, err := c.leave(a); err != nil {
			return err
		}
		elsewhere := a.TitleID != to.TitleID
		a.ShotID, a.TitleID, a.Updated = to.ID, to.TitleID, c.now
		if elsewhere {
			if err := c.resheet(a); err != nil {
				return err
			}
		}
		if a.Number, err = c.count(to.ID, "attempt_no", 1); err != nil {
			return err
		}
		if err := s.r.attempts.Put(c.tx, a); err != nil {
			return fmt.Errorf("moving an attempt: %w", err)
		}
		if err := c.arrive(to, a, true); err != nil {
			return err
		}
		if out, err = s.attemptRow(c.tx, a); err != nil {
			return err
		}
		return c.noteAttempt("attempt.moved", to, a)
	})
	return out, err
}
