package studio

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chouka/store"
)

// See notes that a reviewer has looked at takes. The first look counts; who may not pick leaves no trace. Takes that are
// gone or that the caller knows nothing of are passed over without a word.
func (s *Studio) See(ctx context.Context, by Actor, takes []string) error {
	if err := by.here(); err != nil {
		return err
	}
	if len(takes) > store.MaxPage {
		return wrong("takes", "一次最多 500 条", "at most 500 takes at once")
	}
	return s.update(ctx, by, func(c *change) error {
		for _, id := range takes {
			if err := c.see(id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *change) see(id string) error {
	t, err := c.s.r.takes.Get(c.tx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading a take: %w", err)
	}
	if t.Deleted != nil || !c.by.Can(PickTake, t.TitleID) || !t.look(c.by.Person.ID, c.now) {
		return nil
	}
	return c.putTake(t)
}

// look notes the first look at a take and reports whether it was the first.
func (t *Take) look(by string, at time.Time) bool {
	if t.SeenAt != nil {
		return false
	}
	t.SeenBy, t.SeenAt = by, &at
	return true
}

// advance notes how far a verdict brings a take; a later one takes nothing away.
func (t *Take) advance(by string, at time.Time) {
	if t.Verdict != Unseen {
		t.look(by, at)
	}
	if t.Verdict == Shortlisted && t.ShortlistedAt == nil {
		t.ShortlistedAt = &at
	}
}
