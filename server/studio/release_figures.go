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

// ledger is what a title's milestones are worked out from. Readings and milestones are read when they are needed.
type ledger struct {
	outing
	settings   *Settings
	book       *book
	summary    *summary
	accounts   *accounts
	milestones []*Milestone // those that are read, and new ones
	complete   bool         // all are read
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

// ledger begins with a title's figures.
func (s *Studio) ledger(tx store.Txn, titleID string) (*ledger, error) {
	return s.ledgerOf(s.openBook(tx, titleID))
}

// ledgerOf is the ledger with what was said to a book, written or not.
func (s *Studio) ledgerOf(b *book) (*ledger, error) {
	out := &ledger{book: b}
	var err error
	if out.outing, err = s.outing(b.tx, b.titleID); err != nil {
		return nil, err
	}
	if out.settings, err = s.settings(b.tx); err != nil {
		return nil, err
	}
	if out.summary, err = s.summaryOf(b.tx, b.titleID); err != nil {
		return nil, err
	}
	if out.summary == nil {
		out.summary = &summary{Meta: store.Meta{ID: b.titleID}}
	}
	out.accounts, err = s.accountsOf(b.tx, b.titleID)
	return out, err
}

// readMilestones reads all that the title has.
func (l *ledger) readMilestones() error {
	if l.complete {
		return nil
	}
	l.complete = true
	err := l.book.s.r.milestones.Each(l.book.tx, "title", store.K().ID(l.title.ID), func(m *Milestone) error {
		l.milestones = append(l.milestones, m)
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading a title's milestones: %w", err)
	}
	return nil
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
		shown := shownTo(by)
		plays, err := l.book.readings(tally.MetricPlays)
		if err != nil {
			return err
		}
		out = Figures{Plays: l.plays(), Thresholds: l.allThresholds(by), Curve: append([]tally.Point{}, tally.Curve(plays, tally.MetricPlays)...)}
		out.Anomalies = slices.DeleteFunc(l.anomalies(), func(a Anomaly) bool { return !shown(a.Metric, titleID) })
		out.Releases, out.Due, out.Next = l.releaseRows(shown), l.standing(), l.accounts.of(tally.MetricPlays).Next(l.zone)
		out.Milestones, err = l.rows(shown)
		return err
	})
	return out, err
}

// relist brings the summary up to date with a title's releases. Where a day of release is another one, so is what is counted from it.
func (c *change) relist(l *ledger) error {
	var metrics []string
	for _, metric := range Metrics() {
		if a, there := l.accounts.By[metric]; there && !a.Counts(l.basis(metric, nil)) {
			metrics = append(metrics, metric)
		}
	}
	_, err := c.rework(l, "", metrics)
	return err
}

// shownTo tells which metrics of which titles a person sees: money is not for everybody.
func shownTo(by Actor) func(metric, titleID string) bool {
	return func(metric, titleID string) bool {
		return tally.UnitOf(metric) != tally.UnitMoney || by.Can(ViewMoney, titleID)
	}
}

// plays is the title's sum over its platforms, nil without a figure (R5).
func (l *ledger) plays() *Plays {
	a := l.accounts.of(tally.MetricPlays)
	if a.Sum == nil {
		return nil
	}
	out := &Plays{Value: a.Sum.Last.Value, At: a.Sum.Last.At}
	for _, line := range a.Lines {
		if line.Last != nil {
			out.Parts++
			out.Lower = out.Lower || line.Last.Figure.Bound == tally.Lower
		}
	}
	return out
}

// releaseRows are the releases with the last figure of each metric that is shown, in the order of Metrics.
func (l *ledger) releaseRows(shown func(metric, titleID string) bool) []ReleaseRow {
	out := make([]ReleaseRow, len(l.releases))
	for i, r := range l.releases {
		out[i] = ReleaseRow{Release: *r, Title: l.title.Name, Now: []Latest{}}
		for _, metric := range Metrics() {
			if !shown(metric, l.title.ID) {
				continue
			}
			out[i].Now = append(out[i].Now, latest(metric, l.accounts.of(metric).Line(r.ID))...)
		}
	}
	return out
}

// anomalies are the readings that do not fit and that nobody has confirmed.
func (l *ledger) anomalies() []Anomaly {
	out := []Anomaly{}
	for _, metric := range Metrics() {
		for _, x := range l.accounts.of(metric).Misfits {
			out = append(out, Anomaly{TitleID: l.title.ID, Title: l.title.Name, ReleaseID: x.Release, Platform: l.platform(x.Release), Metric: x.Metric,
				Kind: x.Kind, From: x.From, To: x.To, Currency: x.Currency, ReadingID: x.To.Reading})
		}
	}
	return out
}
