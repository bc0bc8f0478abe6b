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
	book       *book
	readings   []tally.Reading
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

// ledger reads all of a title.
func (s *Studio) ledger(tx store.Txn, titleID string) (*ledger, error) {
	return s.ledgerOf(s.openBook(tx, titleID))
}

// ledgerOf is the ledger with what was said to a book, written or not.
func (s *Studio) ledgerOf(b *book) (*ledger, error) {
	out := &ledger{book: b}
	tx, titleID := b.tx, b.titleID
	var err error
	if out.outing, err = s.outing(tx, titleID); err != nil {
		return nil, err
	}
	if out.settings, err = s.settings(tx); err != nil {
		return nil, err
	}
	if err := b.readAll(); err != nil {
		return nil, err
	}
	out.readings = b.readings()
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
		out = Figures{Plays: l.plays(), Thresholds: l.allThresholds(by), Anomalies: []Anomaly{},
			Curve: append([]tally.Point{}, tally.Curve(l.readings, tally.MetricPlays)...)}
		if out.Milestones, err = l.rows(shownTo(by)); err != nil {
			return err
		}
		out.Releases, err = l.releaseRows(shownTo(by))
		return err
	})
	return out, err
}

// shownTo tells which metrics of which titles a person sees: money is not for everybody.
func shownTo(by Actor) func(metric, titleID string) bool {
	return func(metric, titleID string) bool {
		return tally.UnitOf(metric) != tally.UnitMoney || by.Can(ViewMoney, titleID)
	}
}

// plays is the title's sum over its platforms, nil without a figure (R5).
func (l *ledger) plays() *Plays {
	parts, sum := tally.Current(l.readings, tally.MetricPlays)
	if len(parts) == 0 {
		return nil
	}
	out := &Plays{Value: sum.Value, At: sum.At, Parts: len(parts)}
	for i := range l.readings {
		r := &l.readings[i]
		if parts[r.Release].Reading == r.ID && r.Figure.Bound == tally.Lower {
			out.Lower = true
		}
	}
	return out
}

// releaseRows are the releases with the last figure of each metric that is shown, in the order of Metrics.
func (l *ledger) releaseRows(shown func(metric, titleID string) bool) ([]ReleaseRow, error) {
	out := make([]ReleaseRow, len(l.releases))
	for i, r := range l.releases {
		out[i] = ReleaseRow{Release: *r, Title: l.title.Name, Now: []Latest{}}
	}
	for _, metric := range Metrics() {
		if !shown(metric, l.title.ID) {
			continue
		}
		parts, _ := tally.Current(l.readings, metric)
		for i := range out {
			r, err := l.book.reading(parts[out[i].Release.ID].Reading)
			if err != nil {
				return nil, err
			}
			if r == nil {
				continue
			}
			out[i].Now = append(out[i].Now, Latest{Metric: metric, Figure: r.Now.Figure, Text: r.Now.Text, Observed: r.Observed, ReadingID: r.ID, Currency: r.Now.Currency})
		}
	}
	return out, nil
}
