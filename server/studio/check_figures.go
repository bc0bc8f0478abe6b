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
	r.want[workOwner+"\x00"+countDue] += 0
	r.want[workOwner+"\x00"+countStuck] += 0
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
	if err := l.readMilestones(); err != nil {
		return err
	}
	switch l.standing() {
	case "due":
		r.add(countDue, workOwner)
	case "stuck":
		r.add(countStuck, workOwner)
	}
	for _, metric := range Metrics() {
		was, there := l.accounts.By[metric]
		if there && was.Zone != l.zone.String() && l.due() {
			r.count(&kept) // the studio moved
			return nil
		}
		readings, err := l.book.readings(metric)
		if err != nil {
			return err
		}
		levels := l.told(metric)
		if l.due() { // others count by now
			levels = was.Levels
		}
		now, reached := tally.NewAccount(l.basis(metric, levels), readings)
		if n := len(tally.Compare(l.stand(metric), reached)); n > 0 && !l.due() {
			r.wrong("milestones of "+metric+" of title "+id, "%d are not as the readings have them", n)
		}
		switch {
		case there:
			if err := r.alike("figures "+metric+" of title "+id, was, now); err != nil {
				return err
			}
		case !now.Newest.IsZero():
			r.wrong("figures "+metric+" of title "+id, "are not kept")
		}
		l.accounts.By[metric] = now
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
