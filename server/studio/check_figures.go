package studio

import (
	"encoding/json"
	"errors"
	"fmt"

	"chouka/server/studio/tally"
	"chouka/store"
)

// figures works every title's figures out from all its readings and compares that with what is kept, which may have gone on
// step by step.
func (r *recount) figures() error {
	r.want[figuresOwner+"\x00"+countOdd] += 0
	r.want[figuresOwner+"\x00"+countUnsure] += 0
	var ids []string
	err := r.s.r.summaries.All(r.tx, func(x *summary) error {
		ids = append(ids, x.ID)
		return nil
	})
	for _, id := range ids {
		if err != nil {
			return err
		}
		err = r.title(id)
	}
	return err
}

// title compares one title. The reading that a milestone's row shows is of when it was written.
func (r *recount) title(id string) error {
	l, err := r.s.ledger(r.tx, id)
	if errors.Is(err, store.ErrNotFound) {
		r.wrong("summary "+id, "of a title that is not there")
		return nil
	}
	if err != nil {
		return err
	}
	kept := *l.summary
	for _, metric := range Metrics() {
		was, there := l.accounts.By[metric]
		if there && was.Zone != l.zone.String() {
			r.count(&kept) // the studio moved; the next reading works it out again
			return nil
		}
		readings, err := l.book.readings(metric)
		if err != nil {
			return err
		}
		now, _ := tally.NewAccount(l.basis(metric, was.Levels), readings) // other thresholds may count by now
		switch {
		case there:
			if err := r.alike("figures "+metric+" of title "+id, was.Account, now); err != nil {
				return err
			}
		case !now.Newest.IsZero():
			r.wrong("figures "+metric+" of title "+id, "are not kept")
		}
		l.accounts.By[metric] = figureAccount{Account: now}
	}
	if err := l.readMilestones(); err != nil {
		return err
	}
	if err := l.sumUp(); err != nil {
		return err
	}
	r.count(l.summary)
	kept.Last, l.summary.Last = nil, nil
	return errors.Join(r.alike("summary "+id, kept, *l.summary), r.groupPart(l))
}

// groupPart compares what groups read of a title. It has no record before its first release.
func (r *recount) groupPart(l *ledger) error {
	want, err := l.groupPart()
	if err != nil {
		return err
	}
	have, err := r.s.r.groupParts.GetMany(r.tx, []string{want.ID})
	if err != nil {
		return err
	}
	if have[0] == nil {
		r.wrong("group part "+want.ID, "is not kept")
		return nil
	}
	want.Meta = have[0].Meta
	return r.alike("group part "+want.ID, have[0], want)
}

func (r *recount) count(x *summary) {
	r.want[figuresOwner+"\x00"+countOdd] += int64(x.Odd + x.OddMoney)
	r.want[figuresOwner+"\x00"+countUnsure] += int64(x.Unsure + x.UnsureMoney)
}

// alike compares what is kept with what it should be.
func (r *recount) alike(where string, have, want any) error {
	a, err := json.Marshal(have)
	if err != nil {
		return fmt.Errorf("comparing %s: %w", where, err)
	}
	b, err := json.Marshal(want)
	if err != nil {
		return fmt.Errorf("comparing %s: %w", where, err)
	}
	if string(a) != string(b) {
		r.wrong(where, "says %s, not %s", a, b)
	}
	return nil
}
