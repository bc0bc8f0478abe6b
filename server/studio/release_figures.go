package studio

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// outing is a title with its releases: what the names and days of a milestone need.
type outing struct {
	title    *Title
	releases []*Release // by date, those without one last
	zone     *time.Location
}

// ledger is everything that a title's figures are worked out from.
type ledger struct {
	outing
	settings   *Settings
	readings   map[string]*Reading // by id
	milestones []*Milestone
}

func (s *Studio) outing(tx store.Txn, titleID string) (outing, error) {
	var out outing
	var err error
	if out.title, err = found(s.r.titles.Get(tx, titleID))("title"); err != nil {
		return out, err
	}
	if out.zone, err = s.zone(tx); err != nil {
		return out, err
	}
	err = s.r.releases.Each(tx, "place", store.K().ID(titleID), func(r *Release) error {
		out.releases = append(out.releases, r)
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("reading a title's releases: %w", err)
	}
	slices.SortStableFunc(out.releases, func(a, b *Release) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Date, "9"), cmp.Or(b.Date, "9")), cmp.Compare(a.Platform, b.Platform))
	})
	return out, nil
}

func (s *Studio) ledger(tx store.Txn, titleID string) (*ledger, error) {
	out := &ledger{readings: map[string]*Reading{}}
	var err error
	if out.outing, err = s.outing(tx, titleID); err != nil {
		return nil, err
	}
	if out.settings, err = s.settings(tx); err != nil {
		return nil, err
	}
	err = s.r.readings.Each(tx, "title", store.K().ID(titleID), func(r *Reading) error {
		out.readings[r.ID] = r
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading a title's readings: %w", err)
	}
	err = s.r.milestones.Each(tx, "title", store.K().ID(titleID), func(m *Milestone) error {
		out.milestones = append(out.milestones, m)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading a title's milestones: %w", err)
	}
	return out, nil
}

// Figures is what a title's releases show now, the summed curve of its plays and
// every milestone, newest first, each with where it comes from.
func (s *Studio) Figures(ctx context.Context, by Actor, titleID string) (Figures, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return Figures{}, err
	}
	var out Figures
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := s.ledger(tx, titleID)
		if err != nil {
			return err
		}
		out = Figures{Releases: []ReleaseRow{}, Plays: l.plays(), Milestones: l.rows(), Thresholds: []Thresholds{}, Anomalies: []Anomaly{},
			Curve: append([]tally.Point{}, tally.Curve(l.tally(), tally.MetricPlays)...)}
		out.Releases = l.releaseRows()
		return nil
	})
	return out, err
}

// tally gives the readings as the pure rules take them.
func (l *ledger) tally() []tally.Reading {
	out := make([]tally.Reading, 0, len(l.readings))
	for _, r := range l.readings {
		out = append(out, tally.Reading{ID: r.ID, Release: r.ReleaseID, Metric: r.Metric, Increment: r.Increment,
			Observed: r.Observed, Entered: r.Now.At, Figure: r.Now.Figure, Withdrawn: r.Withdrawn})
	}
	return out
}

// plays is the title's sum over its platforms, nil without a figure (R5).
func (l *ledger) plays() *Plays {
	parts, sum := tally.Current(l.tally(), tally.MetricPlays)
	if len(parts) == 0 {
		return nil
	}
	out := &Plays{Value: sum.Value, At: sum.At, Parts: len(parts)}
	for _, p := range parts {
		if r := l.readings[p.Reading]; r != nil && r.Now.Figure.Bound == tally.Lower {
			out.Lower = true
		}
	}
	return out
}

// releaseRows are the releases with the last figure of each metric, in the order of Metrics.
func (l *ledger) releaseRows() []ReleaseRow {
	out, all := make([]ReleaseRow, len(l.releases)), l.tally()
	for i, r := range l.releases {
		out[i] = ReleaseRow{Release: *r, Title: l.title.Name, Now: []Latest{}}
	}
	for _, metric := range Metrics() {
		parts, _ := tally.Current(all, metric)
		for i := range out {
			r := l.readings[parts[out[i].Release.ID].Reading]
			if r == nil {
				continue
			}
			out[i].Now = append(out[i].Now, Latest{Metric: metric, Figure: r.Now.Figure, Text: r.Now.Text, Observed: r.Observed, ReadingID: r.ID})
		}
	}
	return out
}
