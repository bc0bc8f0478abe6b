package studio

import (
	"context"
	"slices"
	"time"

	"chouka/server/studio/tally"
)

// CorrectReading replaces what a reading says; the old value stays with it. The
// same figure again changes nothing. A withdrawn one is Conflict reading.withdrawn.
func (s *Studio) CorrectReading(ctx context.Context, by Actor, id string, in CorrectIn) (ReadingOut, error) {
	return s.changeReading(ctx, by, id, in.Why, func(c *change, b *book, r *Reading, why string) (ReadingOut, error) {
		x := c.answers(r)
		var err error
		x.Text, x.Figure, x.Currency, err = readFigure(r.Metric, in.Text, r.Now.Currency)
		if err != nil {
			return ReadingOut{}, err
		}
		x.Origin, x.Why = r.Now.Origin.typed(), why
		return c.enter(b, r, x)
	})
}

// WithdrawReading takes a reading out of the reckoning. It stays visible, and
// entering the same moment again brings it back.
func (s *Studio) WithdrawReading(ctx context.Context, by Actor, id string, in WithdrawIn) (ReadingOut, error) {
	return s.changeReading(ctx, by, id, in.Why, func(c *change, b *book, r *Reading, why string) (ReadingOut, error) {
		x := c.answers(r)
		x.Text, x.Figure, x.Currency = r.Now.Text, r.Now.Figure, r.Now.Currency
		x.Origin, x.Why, x.Withdrawn = Origin{Kind: "typed"}, why, true
		return c.state(b, r, x)
	})
}

// typed is the origin of a figure that a person gives instead of what came from somewhere: a file does not say it.
func (o Origin) typed() Origin {
	if o.Kind == "file" {
		return Origin{Kind: "typed"}
	}
	o.Evidence = slices.Clone(o.Evidence)
	o.Import, o.File, o.Row = "", "", 0
	return o
}

// changeReading is what a correction and a withdrawal have in common: the right, a reason, a reading that still counts.
func (s *Studio) changeReading(ctx context.Context, by Actor, id, why string, fn func(*change, *book, *Reading, string) (ReadingOut, error)) (ReadingOut, error) {
	if by.Person.ID == "" {
		return ReadingOut{}, by.must(EnterReading, "", "reading")
	}
	return create(ctx, s, by, func(c *change) (ReadingOut, error) {
		r, err := found(s.readingCalled(c.tx, id))("reading")
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
		return fn(c, s.openBook(c.tx, r.TitleID), r, reason)
	})
}

// enter states a figure, or leaves the reading alone where it says the same.
func (c *change) enter(b *book, held *Reading, x stated) (ReadingOut, error) {
	if held != nil && !held.Withdrawn && held.Now.Figure == x.Figure && held.Now.Currency == x.Currency {
		return ReadingOut{Reading: *held, Outcome: "duplicate", Changes: []MilestoneRow{}}, nil
	}
	return c.state(b, held, x)
}

// state says something of a reading, notes it and works out what that did to the milestones (R4). A person who looks at what
// a file says has the last word, even where the file claims to be of a later time.
func (c *change) state(b *book, held *Reading, x stated) (ReadingOut, error) {
	if held != nil {
		last, err := b.lastSaid(held)
		if err != nil {
			return ReadingOut{}, err
		}
		if !x.Said.After(last) {
			x.Said = last.Add(time.Nanosecond)
		}
	}
	did, now, _, err := b.say(x)
	if err != nil {
		return ReadingOut{}, err
	}
	out := ReadingOut{Reading: *now}
	verb := ""
	switch did {
	case heardNew:
		out.Outcome, verb = "new", "reading.entered"
	case heardWithdrawn:
		out.Outcome, verb = "withdrawn", "reading.withdrawn"
	default:
		out.Outcome, verb = "corrected", "reading.corrected"
	}
	if err := c.noteReading(now, verb, x.Why); err != nil {
		return ReadingOut{}, err
	}
	out.Changes, err = c.keepBook(b, x.Why)
	return out, err
}

// lastSaid is when the latest statement about a reading was made.
func (b *book) lastSaid(r *Reading) (time.Time, error) {
	p, l, err := b.spot(r.ID)
	if l == nil || err != nil {
		return time.Time{}, err
	}
	return p.tally(&l.Said[len(l.Said)-1]).Said, nil
}

// noteReading notes what happened to one reading.
func (c *change) noteReading(r *Reading, verb, why string) error {
	o, err := c.s.outing(c.tx, r.TitleID)
	if err != nil {
		return err
	}
	params := map[string]string{"title": o.title.Name, "platform": o.platform(r.ReleaseID), "metric": r.Metric, "text": r.Now.Text,
		"value": tally.Show(r.Now.Figure.Value, "zh")}
	if r.Now.Currency != "" {
		params["currency"] = r.Now.Currency
	}
	if why != "" {
		params["why"] = why
	}
	return c.note(event{Verb: verb, Kind: "reading", Object: r.ID, TitleID: r.TitleID, Params: params})
}
