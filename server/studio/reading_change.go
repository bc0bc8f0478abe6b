package studio

import (
	"context"
	"fmt"
	"slices"

	"chouka/server/studio/tally"
)

// CorrectReading replaces what a reading says; the old value stays with it. The
// same figure again changes nothing. A withdrawn one is Conflict reading.withdrawn.
func (s *Studio) CorrectReading(ctx context.Context, by Actor, id string, in CorrectIn) (ReadingOut, error) {
	return s.changeReading(ctx, by, id, in.Why, func(c *change, r *Reading, why string) (ReadingOut, error) {
		v, err := c.readValue(in.Text)
		if err != nil {
			return ReadingOut{}, err
		}
		v.Origin, v.Why = r.Now.Origin, why
		return c.replace(r, v)
	})
}

// WithdrawReading takes a reading out of the reckoning. It stays visible, and
// entering the same moment again brings it back.
func (s *Studio) WithdrawReading(ctx context.Context, by Actor, id string, in WithdrawIn) (ReadingOut, error) {
	return s.changeReading(ctx, by, id, in.Why, func(c *change, r *Reading, why string) (ReadingOut, error) {
		r.Withdrawn, r.Why, r.Updated = true, why, c.now
		if err := c.s.r.readings.Put(c.tx, r); err != nil {
			return ReadingOut{}, fmt.Errorf("withdrawing a reading: %w", err)
		}
		return c.settle(r, "withdrawn", "reading.withdrawn", why)
	})
}

// changeReading is what a correction and a withdrawal have in common: the right, a reason, a reading that still counts.
func (s *Studio) changeReading(ctx context.Context, by Actor, id, why string, fn func(*change, *Reading, string) (ReadingOut, error)) (ReadingOut, error) {
	if by.Person.ID == "" {
		return ReadingOut{}, by.must(EnterReading, "", "reading")
	}
	return create(ctx, s, by, func(c *change) (ReadingOut, error) {
		r, err := found(s.r.readings.Get(c.tx, id))("reading")
		if err != nil {
			return ReadingOut{}, err
		}
		if err := by.must(EnterReading, r.TitleID, "reading"); err != nil {
			return ReadingOut{}, err
		}
		reason, err := needed("why", why)
		if err != nil {
			return ReadingOut{}, err
		}
		if r.Withdrawn {
			return ReadingOut{}, conflict("reading.withdrawn", "这条读数已撤回，需要时请重新录入", "this reading was withdrawn; enter it anew if it is needed")
		}
		return fn(c, r, reason)
	})
}

// replace puts another value on a reading, or leaves it alone where it says the same.
func (c *change) replace(r *Reading, v ReadingValue) (ReadingOut, error) {
	if r.Now.Figure == v.Figure && !r.Withdrawn {
		return ReadingOut{Reading: *r, Outcome: "duplicate", Changes: []MilestoneRow{}}, nil
	}
	r.Past = slices.Insert(r.Past, 0, r.Now)
	r.Now, r.Withdrawn, r.Why, r.Updated = v, false, "", c.now
	if err := c.s.r.readings.Put(c.tx, r); err != nil {
		return ReadingOut{}, fmt.Errorf("correcting a reading: %w", err)
	}
	return c.settle(r, "corrected", "reading.corrected", v.Why)
}

// settle notes a changed reading and works out what that did to the milestones (R4).
func (c *change) settle(r *Reading, outcome, verb, why string) (ReadingOut, error) {
	l, err := c.s.ledger(c.tx, r.TitleID)
	if err != nil {
		return ReadingOut{}, err
	}
	params := map[string]string{"title": l.title.Name, "platform": l.platform(r.ReleaseID), "metric": r.Metric, "text": r.Now.Text,
		"value": tally.Show(r.Now.Figure.Value, "zh")}
	if why != "" {
		params["why"] = why
	}
	if err := c.note(event{Verb: verb, Kind: "reading", Object: r.ID, TitleID: r.TitleID, Params: params}); err != nil {
		return ReadingOut{}, err
	}
	changes, err := c.rework(l, why)
	return ReadingOut{Reading: *r, Outcome: outcome, Changes: changes}, err
}
