package studio

import (
	"context"
	"fmt"
	"time"

	"chouka/store"
)

// The counters of working figures out anew: titles that wait, and those that failed too often. The total is that of the
// last change, for the progress.
const (
	countDue   = "figures_due"
	countStuck = "figures_stuck"
	dueTotal   = "figures_total"
)

// stepFigures names this work among the steps that failed.
const stepFigures = "figures"

// stuck reports whether the figures are not tried again until somebody asks.
func (x *summary) stuck() bool { return x.Tries >= maxTries }

// basisKey puts what was worked out under the oldest settings first, and of it what failed least. What is stuck waits for
// somebody.
func (x *summary) basisKey() (store.Key, bool) {
	return store.K().Int(x.Basis).Int(int64(x.Tries)).Time(x.Created), !x.stuck()
}

// olderBasis is the part of the index that is due.
func olderBasis(basis int64) (from, to store.Key) { return store.K().Int(0), store.K().Int(basis) }

// reckonAll makes every title due that is out. It writes none of them: what was worked out under an earlier basis is due.
func (c *change) reckonAll(basis int64) error {
	if err := c.unstick(func(*summary) bool { return true }); err != nil {
		return err
	}
	due := int64(0)
	err := c.s.r.summaries.Keys(c.tx, "basis", store.K(), func(store.Key, string) error {
		due++
		return nil
	})
	if err != nil {
		return fmt.Errorf("counting the titles to work out anew: %w", err)
	}
	return c.setDue(due)
}

// setDue says how many titles wait, and that this is where the progress begins.
func (c *change) setDue(due int64) error {
	for _, what := range []string{countDue, dueTotal} {
		have, err := c.s.r.counts.Value(c.tx, countKey(workOwner, what))
		if err != nil {
			return fmt.Errorf("reading the work counters: %w", err)
		}
		if _, err := c.count(workOwner, what, due-have); err != nil {
			return err
		}
	}
	return nil
}

// unstick gives those that failed too often and that pass another try.
func (c *change) unstick(pass func(*summary) bool) error {
	var all []*summary
	err := c.s.r.summaries.Each(c.tx, "stuck", store.K(), func(x *summary) error {
		if pass(x) {
			all = append(all, x)
		}
		return nil
	})
	for _, x := range all {
		if err != nil {
			break
		}
		x.Tries, x.TriedAt, x.Updated = 0, nil, c.now
		err = c.s.r.summaries.Put(c.tx, x)
	}
	if err != nil {
		return fmt.Errorf("giving figures another try: %w", err)
	}
	n := int64(len(all))
	if _, err := c.count(workOwner, countStuck, -n); err != nil {
		return err
	}
	_, err = c.count(workOwner, countDue, n)
	return err
}

// reckonOnce works the figures out anew of the title that is due longest, in a transaction of its own.
func (s *Studio) reckonOnce(ctx context.Context) (int, error) {
	var due []string
	err := s.view(ctx, func(tx store.Txn) error {
		set, err := s.r.settings.GetMany(tx, []string{settingsID})
		if err != nil || set[0] == nil {
			return err
		}
		from, to := olderBasis(set[0].Basis)
		page, err := s.r.summaries.ListRange(tx, "basis", from, to, Page{Limit: 1})
		for _, x := range page.Items {
			due = append(due, x.ID)
		}
		return err
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	err = s.update(ctx, Actor{}, func(c *change) error { return c.reckon(due[0]) })
	if err == nil || ctx.Err() != nil {
		return 1, nil
	}
	s.log.Error("working figures out anew", "title", due[0], "err", err)
	return 1, s.update(ctx, Actor{}, func(c *change) error { return c.reckonFailed(due[0]) })
}

// reckon works all figures of a title out anew, unless a reading that came meanwhile has done it.
func (c *change) reckon(titleID string) error {
	l, err := c.s.ledger(c.tx, titleID)
	if err != nil || !l.due() {
		return err
	}
	_, err = c.rework(l, "", nil)
	return err
}

// reckonFailed counts a turn that failed.
func (c *change) reckonFailed(titleID string) error {
	x, err := c.s.summaryOf(c.tx, titleID)
	if err != nil || x == nil || x.stuck() {
		return err
	}
	at := c.now
	x.Tries, x.TriedAt, x.Updated = x.Tries+1, &at, c.now
	if err := c.s.r.summaries.Put(c.tx, x); err != nil {
		return fmt.Errorf("counting a turn of figures: %w", err)
	}
	if !x.stuck() {
		return nil
	}
	if _, err := c.count(workOwner, countStuck, 1); err != nil {
		return err
	}
	return c.dueDone()
}

// due reports whether the figures were worked out under earlier settings.
func (l *ledger) due() bool { return l.summary.Rev > 0 && l.summary.Basis < l.settings.Basis }

// standing says how far a title is with new settings.
func (l *ledger) standing() string {
	switch {
	case !l.due():
		return ""
	case l.summary.stuck():
		return "stuck"
	}
	return "due"
}

// reckoned remembers under which settings all figures of a title stand.
func (c *change) reckoned(l *ledger) error {
	due, stuck := l.due(), l.summary.stuck()
	l.summary.Basis, l.summary.Tries, l.summary.TriedAt = l.settings.Basis, 0, nil
	switch {
	case !due:
		return nil
	case stuck:
		_, err := c.count(workOwner, countStuck, -1)
		return err
	}
	return c.dueDone()
}

// dueDone counts a title that waits no longer; with the last of them the work is said to be done, unless some failed.
func (c *change) dueDone() error {
	left, err := c.count(workOwner, countDue, -1)
	if err != nil || left > 0 {
		return err
	}
	if n, err := c.s.r.counts.Value(c.tx, countKey(workOwner, countStuck)); err != nil || n > 0 {
		return err
	}
	return c.note(event{Verb: "studio.reckoned", Kind: "studio", Object: settingsID, Params: map[string]string{}})
}

// figureTroubles lists the titles whose figures failed too often, of those that the actor sees.
func (s *Studio) figureTroubles(tx store.Txn, by Actor) ([]Trouble, error) {
	out := []Trouble{}
	err := s.r.summaries.Each(tx, "stuck", store.K(), func(x *summary) error {
		if !by.sees(x.ID) {
			return nil
		}
		t, err := found(s.r.titles.Get(tx, x.ID))("title")
		if err == nil {
			out = append(out, Trouble{TitleID: t.ID, File: t.Name, Step: stepFigures, Code: fault, At: *x.TriedAt})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for figures that failed: %w", err)
	}
	return out, nil
}

// retryFigures gives the figures of titles another try: of one, or of all whose figures the actor enters.
func (s *Studio) retryFigures(ctx context.Context, by Actor, titleID string) error {
	defer s.wake()
	return s.update(ctx, by, func(c *change) error {
		return c.unstick(func(x *summary) bool {
			return (titleID == "" || x.ID == titleID) && by.Can(EnterReading, x.ID)
		})
	})
}

// migrateReckoning brings a store to figures that know under which settings they were worked out. All are worked out once
// more in the background: thresholds may have changed since, and money got its currency.
func migrateReckoning(tx store.Txn, r records) error {
	if err := store.AddIndex(tx, r.summaries, "basis"); err != nil {
		return fmt.Errorf("finding figures by their settings: %w", err)
	}
	got, err := r.settings.GetMany(tx, []string{settingsID})
	if err != nil || got[0] == nil {
		return err
	}
	got[0].Basis = 1
	if err := r.settings.Put(tx, got[0]); err != nil {
		return fmt.Errorf("counting the changes of settings: %w", err)
	}
	c := &change{s: &Studio{r: r, ids: newID}, tx: tx, now: time.Now()}
	return c.reckonAll(1)
}
