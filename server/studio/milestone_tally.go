package studio

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// last is the standing milestone that was reached last; of one instant the highest. Those of money are not for everybody.
// Where only new ones were looked at, the one before is known.
func (l *ledger) last() (*MilestoneRow, error) {
	var last *Milestone
	if !l.complete && l.summary.Last != nil {
		last = &l.summary.Last.Milestone
	}
	echo := echoes(l.milestones)
	for _, m := range l.milestones {
		if m.State == Stands && tally.UnitOf(m.Metric) != tally.UnitMoney && !echo(m) && (last == nil || m.before(last) < 0) {
			last = m
		}
	}
	if last == nil || l.summary.Last != nil && last == &l.summary.Last.Milestone {
		if last == nil {
			return nil, nil
		}
		return l.summary.Last, nil
	}
	row, err := l.sourced(last)
	return &row, err
}

// crossing is one change to a title's milestones: the record that ended or changed and the one that came.
type crossing struct {
	verb     string // empty: nothing that is announced
	old, new *Milestone
}

// rework works the milestones of some metrics out again (R4), keeps what moved or no
// longer holds with its reason, and announces it.
func (c *change) rework(l *ledger, why string, metrics []string) ([]MilestoneRow, error) {
	steps, err := l.work(c.now, why, metrics)
	if err != nil {
		return nil, err
	}
	for _, x := range steps {
		if err := c.take(x); err != nil {
			return nil, fmt.Errorf("keeping a milestone: %w", err)
		}
	}
	rows, told, err := l.tell(steps)
	if err != nil {
		return nil, err
	}
	for _, x := range told {
		if err := c.announce(l, x); err != nil {
			return nil, err
		}
	}
	return rows, c.summarize(l)
}

// work works out what changes in the milestones of some metrics. Nothing is written, but what is in memory is what it will be.
func (l *ledger) work(now time.Time, why string, metrics []string) ([]crossing, error) {
	accounts := l.accounts.By
	var steps []crossing
	for _, metric := range metrics {
		next, changes, ok := l.goOn(metric)
		if !ok {
			var err error
			if next, changes, err = l.anew(metric); err != nil {
				return nil, err
			}
		}
		if accounts[metric] = next; next.Newest.IsZero() {
			delete(accounts, metric)
		}
		steps = append(steps, l.plan(changes, now, why)...)
	}
	return steps, nil
}

// basis is what a metric is worked out with.
func (l *ledger) basis(metric string, levels []int64) tally.Basis {
	out := tally.Basis{Metric: metric, Levels: levels, Zone: l.zone}
	if len(l.releases) > 0 {
		out.Since = l.releases[0].Date
	}
	return out
}

// goOn works out what readings add that are all later than everything before them; ok is false where they are not.
func (l *ledger) goOn(metric string) (next figureAccount, changes []tally.Change, ok bool) {
	have, known := l.accounts.By[metric]
	if !known {
		return next, nil, false
	}
	added, only := l.book.added(metric)
	if !only || !slices.Equal(have.Told, thresholdsFor(l.title, l.settings, metric).Thresholds) {
		return next, nil, false
	}
	next = have
	var reached []tally.Milestone
	if next.Account, reached, ok = have.Append(l.basis(metric, have.Levels), added); ok {
		changes = tally.Compare(nil, reached)
	}
	return next, changes, ok
}

// anew works a metric out from all its readings.
func (l *ledger) anew(metric string) (next figureAccount, changes []tally.Change, err error) {
	if err := l.readMilestones(); err != nil {
		return next, nil, err
	}
	readings, err := l.book.readings(metric)
	if err != nil {
		return next, nil, err
	}
	var was, is []tally.Milestone
	for _, m := range l.milestones {
		if m.State == Stands && m.Metric == metric {
			was = append(was, m.tally())
		}
	}
	next.Told = thresholdsFor(l.title, l.settings, metric).Thresholds
	next.Account, is = tally.NewAccount(l.basis(metric, l.thresholds(metric)), readings)
	next.Levels = slices.Clone(next.Told) // one that was dropped and holds no more counts no longer
	for _, m := range is {
		next.Levels = append(next.Levels, m.Threshold)
	}
	slices.Sort(next.Levels)
	next.Levels = slices.Compact(next.Levels)
	return next, tally.Compare(was, is), nil
}

// plan turns changes into what is written.
func (l *ledger) plan(changes []tally.Change, now time.Time, why string) []crossing {
	standing := map[tallyKey]*Milestone{}
	for _, m := range l.milestones {
		if m.State == Stands {
			standing[tallyKey{m.ReleaseID, m.Metric, m.Threshold}] = m
		}
	}
	var steps []crossing
	for _, ch := range changes {
		m := cmp.Or(ch.Old, ch.New)
		x := crossing{old: standing[tallyKey{m.Scope, m.Metric, m.Threshold}]}
		if ch.New != nil && ch.Kind != tally.Changed {
			x.new = &Milestone{Meta: store.Meta{ID: l.book.s.ids(), Created: now, Updated: now}, TitleID: l.title.ID, State: Stands}
			x.new.set(ch.New)
			l.milestones = append(l.milestones, x.new)
		}
		x.turn(ch, now, why)
		steps = append(steps, x)
	}
	return steps
}

// tallyKey says which milestone is meant, whenever it was reached.
type tallyKey struct {
	scope, metric string
	threshold     int64
}

func (m *Milestone) tally() tally.Milestone {
	return tally.Milestone{Scope: m.ReleaseID, Metric: m.Metric, Threshold: m.Threshold, At: m.At, Reading: m.ReadingID,
		Previous: m.Previous, Value: m.Value, Mark: m.Mark}
}

func (m *Milestone) set(n *tally.Milestone) {
	m.ReleaseID, m.Metric, m.Threshold, m.At, m.ReadingID = n.Scope, n.Metric, n.Threshold, n.At, n.Reading
	m.Previous, m.Value, m.Mark = n.Previous, n.Value, n.Mark
}

// turn does to the old record what a change does to it, and says what is announced.
func (x *crossing) turn(ch tally.Change, now time.Time, why string) {
	switch ch.Kind {
	case tally.Reached:
		x.verb = "milestone.reached"
		return
	case tally.Changed:
		if x.old.Mark != ch.New.Mark {
			x.new = x.old
		}
		x.old.set(ch.New)
		x.old.Updated = now
		return
	case tally.Moved:
		x.verb, x.old.State, x.old.Became = "milestone.moved", Moved, x.new.ID
	case tally.Withdrawn:
		x.verb, x.old.State = "milestone.withdrawn", Withdrawn
	}
	x.old.EndedAt, x.old.Why, x.old.Updated = &now, why, now
}

// take writes one change.
func (c *change) take(x crossing) error {
	if x.new != nil && x.new != x.old {
		if err := c.s.r.milestones.Insert(c.tx, x.new); err != nil {
			return err
		}
	}
	if x.old == nil {
		return nil
	}
	return c.s.r.milestones.Put(c.tx, x.old)
}

// tell gives what happened as rows, without what only repeats the sum of a title on one platform.
func (l *ledger) tell(steps []crossing) (rows []MilestoneRow, told []crossing, err error) {
	rows = []MilestoneRow{}
	echo := echoes(l.milestones)
	for _, x := range steps {
		if echo(cmp.Or(x.new, x.old)) {
			continue
		}
		var of []*Milestone
		if x.old != nil && x.old.State != Stands {
			of = append(of, x.old)
		}
		if x.new != nil {
			of = append(of, x.new)
		}
		for _, m := range of {
			row, err := l.sourced(m)
			if err != nil {
				return nil, nil, err
			}
			rows = append(rows, row)
		}
		told = append(told, x)
	}
	return rows, told, nil
}

// announce notes one change.
func (c *change) announce(l *ledger, x crossing) error {
	if x.verb == "" {
		return nil
	}
	m := cmp.Or(x.new, x.old)
	params := map[string]string{"title": l.title.Name, "metric": m.Metric, "threshold": strconv.FormatInt(m.Threshold, 10)}
	if m.ReleaseID != "" {
		params["platform"] = l.platform(m.ReleaseID)
	}
	return c.note(event{Verb: x.verb, Kind: "milestone", Object: m.ID, TitleID: l.title.ID, Params: params})
}
