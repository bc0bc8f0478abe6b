package studio

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// summary is what the board of a title shows of its releases, kept so that the
// home page reads one record instead of every figure. Its id is the title's.
type summary struct {
	store.Meta
	Releases int           `json:"releases"`
	Plays    *Plays        `json:"plays,omitempty"`
	Last     *MilestoneRow `json:"last,omitempty"`
}

// summaryOf reads a title's summary, nil before the first release.
func (s *Studio) summaryOf(tx store.Txn, titleID string) (*summary, error) {
	x, err := s.r.summaries.Get(tx, titleID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading a title's summary: %w", err)
	}
	return x, nil
}

// summarize writes the summary of a title anew.
func (c *change) summarize(l *ledger) error {
	x, err := c.s.summaryOf(c.tx, l.title.ID)
	if err != nil {
		return err
	}
	write := c.s.r.summaries.Put
	if x == nil {
		x, write = &summary{Meta: store.Meta{ID: l.title.ID, Created: c.now}}, c.s.r.summaries.Insert
	}
	x.Updated, x.Releases, x.Plays = c.now, len(l.releases), l.plays()
	if x.Last, err = l.last(); err != nil {
		return err
	}
	if err := write(c.tx, x); err != nil {
		return fmt.Errorf("keeping a title's summary: %w", err)
	}
	return nil
}

// last is the standing milestone that was reached last; of one instant the highest. Those of money are not for everybody.
func (l *ledger) last() (*MilestoneRow, error) {
	var last *Milestone
	echo := echoes(l.milestones)
	for _, m := range l.milestones {
		if m.State == Stands && tally.UnitOf(m.Metric) != tally.UnitMoney && !echo(m) && (last == nil || m.before(last) < 0) {
			last = m
		}
	}
	if last == nil {
		return nil, nil
	}
	row, err := l.sourced(last)
	return &row, err
}

// crossing is one change to a title's milestones: the record that ended or changed and the one that came.
type crossing struct {
	verb     string // empty: nothing that is announced
	old, new *Milestone
}

// rework works every milestone of the title out again (R4), keeps what moved or no
// longer holds with its reason, and announces it.
func (c *change) rework(l *ledger, why string) ([]MilestoneRow, error) {
	steps := l.plan(c.s, c.now, why)
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

// plan works out what changes. Nothing is written, but the milestones in memory are what they will be.
func (l *ledger) plan(s *Studio, now time.Time, why string) []crossing {
	standing, was := map[tallyKey]*Milestone{}, []tally.Milestone{}
	for _, m := range l.milestones {
		if m.State == Stands {
			standing[tallyKey{m.ReleaseID, m.Metric, m.Threshold}] = m
			was = append(was, m.tally())
		}
	}
	var steps []crossing
	for _, ch := range tally.Compare(was, tally.Milestones(l.readings, l.thresholds)) {
		m := cmp.Or(ch.Old, ch.New)
		x := crossing{old: standing[tallyKey{m.Scope, m.Metric, m.Threshold}]}
		if ch.New != nil && ch.Kind != tally.Changed {
			x.new = &Milestone{Meta: store.Meta{ID: s.ids(), Created: now, Updated: now}, TitleID: l.title.ID, State: Stands}
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
