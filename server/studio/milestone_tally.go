package studio

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

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
	x.Updated, x.Releases, x.Plays, x.Last = c.now, len(l.releases), l.plays(), l.last()
	if err := write(c.tx, x); err != nil {
		return fmt.Errorf("keeping a title's summary: %w", err)
	}
	return nil
}

// last is the standing milestone that was reached last; of one instant the highest.
func (l *ledger) last() *MilestoneRow {
	for _, m := range l.rows() {
		if m.State == Stands {
			return &m
		}
	}
	return nil
}

// thresholds are the studio's for plays and the usual ones for heat. A threshold
// that the studio dropped later still counts where it was reached before.
func (l *ledger) thresholds(metric string) []int64 {
	var out []int64
	switch metric {
	case tally.MetricPlays:
		out = slices.Clone(l.settings.Thresholds)
	case tally.MetricHeat:
		out = tally.DefaultThresholds()
	}
	for _, m := range l.milestones {
		if m.State == Stands && m.Metric == metric {
			out = append(out, m.Threshold)
		}
	}
	return out
}

// crossing is one change to a title's milestones: the record that ended and the one that came.
type crossing struct {
	verb     string // empty: nothing that is announced
	old, new *Milestone
}

// rework works every milestone of the title out again (R4), keeps what moved or no
// longer holds with its reason, and announces it.
func (c *change) rework(l *ledger, why string) ([]MilestoneRow, error) {
	standing, was := map[tallyKey]*Milestone{}, []tally.Milestone{}
	for _, m := range l.milestones {
		if m.State == Stands {
			standing[tallyKey{m.ReleaseID, m.Metric, m.Threshold}] = m
			was = append(was, m.tally())
		}
	}
	var steps []crossing
	for _, ch := range tally.Compare(was, tally.Milestones(l.tally(), l.thresholds)) {
		m := cmp.Or(ch.Old, ch.New)
		next, err := c.take(l, ch, standing[tallyKey{m.Scope, m.Metric, m.Threshold}], why)
		if err != nil {
			return nil, err
		}
		steps = append(steps, next)
	}
	rows, err := c.announce(l, steps)
	if err != nil {
		return nil, err
	}
	return rows, c.summarize(l)
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

// take writes one change; old is the standing record it concerns, nil for a new one.
func (c *change) take(l *ledger, ch tally.Change, old *Milestone, why string) (crossing, error) {
	out := crossing{old: old}
	if ch.Kind == tally.Changed {
		if old.Mark != ch.New.Mark {
			out.new = old
		}
		old.set(ch.New)
		old.Updated = c.now
		return out, c.s.r.milestones.Put(c.tx, old)
	}
	if ch.New != nil {
		out.new = &Milestone{Meta: c.meta(), TitleID: l.title.ID, State: Stands}
		out.new.set(ch.New)
		if err := c.s.r.milestones.Insert(c.tx, out.new); err != nil {
			return crossing{}, fmt.Errorf("keeping a milestone: %w", err)
		}
		l.milestones = append(l.milestones, out.new)
	}
	switch ch.Kind {
	case tally.Reached:
		out.verb = "milestone.reached"
		return out, nil
	case tally.Moved:
		out.verb, old.State, old.Became = "milestone.moved", Moved, out.new.ID
	case tally.Withdrawn:
		out.verb, old.State = "milestone.withdrawn", Withdrawn
	}
	ended := c.now
	old.EndedAt, old.Why, old.Updated = &ended, why, c.now
	return out, c.s.r.milestones.Put(c.tx, old)
}

// announce notes what happened and gives it back as rows, without those that only
// repeat the sum of a title on one platform.
func (c *change) announce(l *ledger, steps []crossing) ([]MilestoneRow, error) {
	rows, echo := []MilestoneRow{}, echoes(l.milestones)
	for _, x := range steps {
		m := x.old
		if x.new != nil {
			m = x.new
		}
		if echo(m) {
			continue
		}
		if x.old != nil && x.old.State != Stands {
			rows = append(rows, l.row(x.old, l.readings[x.old.ReadingID]))
		}
		if x.new != nil {
			rows = append(rows, l.row(x.new, l.readings[x.new.ReadingID]))
		}
		if x.verb == "" {
			continue
		}
		params := map[string]string{"title": l.title.Name, "metric": m.Metric, "threshold": strconv.FormatInt(m.Threshold, 10)}
		if m.ReleaseID != "" {
			params["platform"] = l.platform(m.ReleaseID)
		}
		if err := c.note(event{Verb: x.verb, Kind: "milestone", Object: m.ID, TitleID: l.title.ID, Params: params}); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
