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
	if err := c.reckoned(l); err != nil {
		return nil, err
	}
	return rows, c.summarize(l)
}

// work works out what changes in the milestones of some metrics, or of all where the studio's settings have changed. Nothing
// is written, but what is in memory is what it will be.
func (l *ledger) work(now time.Time, why string, metrics []string) ([]crossing, error) {
	accounts, due := l.accounts.By, l.due()
	if due {
		metrics = Metrics()
	}
	var steps []crossing
	for _, metric := range metrics {
		next, changes, ok := l.goOn(metric)
		if !ok || due {
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
	out := tally.Basis{Metric: metric, Levels: levels, Zone: l.zone, Days: map[string]string{}}
	for i, r := range l.releases {
		if i == 0 {
			out.Since = r.Date
		}
		out.Days[r.ID] = r.Date
	}
	return out
}

// told are the thresholds that count for a metric of the title.
func (l *ledger) told(metric string) []int64 {
	return thresholdsFor(l.title, l.settings, metric).Thresholds
}

// goOn works out what readings add that are all later than everything before them; ok is false where they are not, or where
// other thresholds count by now.
func (l *ledger) goOn(metric string) (next tally.Account, changes []tally.Change, ok bool) {
	have, known := l.accounts.By[metric]
	if !known {
		return next, nil, false
	}
	added, only := l.book.added(metric)
	if !only {
		return next, nil, false
	}
	next, reached, ok := have.Append(l.basis(metric, l.told(metric)), added)
	if ok {
		changes = tally.Compare(nil, reached)
	}
	return next, changes, ok
}

// anew works a metric out from all its readings.
func (l *ledger) anew(metric string) (next tally.Account, changes []tally.Change, err error) {
	if err := l.readMilestones(); err != nil {
		return next, nil, err
	}
	readings, err := l.book.readings(metric)
	if err != nil {
		return next, nil, err
	}
	var is []tally.Milestone
	next, is = tally.NewAccount(l.basis(metric, l.told(metric)), readings)
	return next, tally.Compare(l.stand(metric), is), nil
}

// stand are the milestones of a metric that stand, of those that are read.
func (l *ledger) stand(metric string) []tally.Milestone {
	var out []tally.Milestone
	for _, m := range l.milestones {
		if m.State == Stands && m.Metric == metric {
			out = append(out, m.tally())
		}
	}
	return out
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
		if m := l.revive(ch, now); m != nil {
			steps = append(steps, crossing{verb: "milestone.reached", old: m, new: m})
			continue
		}
		m := cmp.Or(ch.Old, ch.New)
		x := crossing{old: standing[tallyKey{m.Scope, m.Metric, m.Threshold}]}
		if ch.New != nil && ch.Kind != tally.Changed {
			x.new = &Milestone{Meta: store.Meta{ID: l.book.s.ids(), Created: now, Updated: now}, TitleID: l.title.ID, State: Stands}
			x.new.set(ch.New)
			l.milestones = append(l.milestones, x.new)
		}
		x.turn(ch, now, why)
		if ch.Kind == tally.Withdrawn && !slices.Contains(l.told(m.Metric), m.Threshold) {
			x.old.Dropped, x.old.Why = true, ""
		}
		steps = append(steps, x)
	}
	return steps
}

// revive makes a milestone stand again whose threshold was dropped and counts again, where it is reached as it was; nil
// where a change is another one.
func (l *ledger) revive(ch tally.Change, now time.Time) *Milestone {
	if ch.Kind != tally.Reached {
		return nil
	}
	for _, m := range l.milestones {
		if m.State == Withdrawn && m.Dropped && len(tally.Compare([]tally.Milestone{m.tally()}, []tally.Milestone{*ch.New})) == 0 {
			m.State, m.EndedAt, m.Dropped, m.Updated = Stands, nil, false, now
			return m
		}
	}
	return nil
}

// tallyKey says which milestone is meant, whenever it was reached.
type tallyKey struct {
	scope, metric string
	threshold     int64
}

func (m *Milestone) tally() tally.Milestone {
	return tally.Milestone{Scope: m.ReleaseID, Metric: m.Metric, Threshold: m.Threshold, At: m.At, Reading: m.ReadingID,
		Previous: m.Previous, Value: m.Value, Mark: m.Mark, Currency: m.Currency}
}

func (m *Milestone) set(n *tally.Milestone) {
	m.ReleaseID, m.Metric, m.Threshold, m.At, m.ReadingID = n.Scope, n.Metric, n.Threshold, n.At, n.Reading
	m.Previous, m.Value, m.Mark, m.Currency = n.Previous, n.Value, n.Mark, n.Currency
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
	if m.Currency != "" {
		params["currency"] = m.Currency
	}
	if m.Dropped {
		params["because"] = "thresholds"
	}
	return c.note(event{Verb: x.verb, Kind: "milestone", Object: m.ID, TitleID: l.title.ID, Params: params})
}
