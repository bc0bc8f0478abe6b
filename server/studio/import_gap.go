package studio

import (
	"slices"
	"time"

	"chouka/server/studio/tally"
)

// FigureGap is a span over which the increments of a release would not add up to what its running totals grew by (R6).
type FigureGap struct {
	TitleID    string    `json:"title_id"`
	Title      string    `json:"title"`
	ReleaseID  string    `json:"release_id"`
	Platform   string    `json:"platform"`
	Metric     string    `json:"metric"`
	Currency   string    `json:"currency,omitempty"`
	From       time.Time `json:"from"`
	To         time.Time `json:"to"`
	Increments int64     `json:"increments"` // added up over the span
	Totals     int64     `json:"totals"`     // what they grew by, negative where they fell
	Row        int       `json:"row"`        // the first in the file that says something of the span
}

// gaps are the spans that what was said to the book has to do with. Only of a release that has both are the readings read.
func (l *ledger) gaps() ([]FigureGap, error) {
	out := []FigureGap{}
	for _, metric := range l.book.touched() {
		both := func(x tally.Line) bool { return x.Last != nil && len(x.Periods) > 0 }
		if !tally.Grows(metric) || !slices.ContainsFunc(l.accounts.of(metric).Lines, both) {
			continue
		}
		readings, err := l.book.readings(metric)
		if err != nil {
			return nil, err
		}
		for _, g := range tally.Gaps(readings, metric) {
			if row := l.book.saidWithin(g); row > 0 {
				out = append(out, FigureGap{TitleID: l.title.ID, Title: l.title.Name, ReleaseID: g.Release, Platform: l.platform(g.Release), Metric: metric,
					Currency: g.Currency, From: g.From, To: g.To, Increments: g.Increments, Totals: g.Totals, Row: row})
			}
		}
	}
	return out, nil
}

// saidWithin gives the first row that said something of a span, 0 where none did.
func (b *book) saidWithin(g tally.Gap) int {
	first := 0
	for _, x := range b.said {
		p := x.page
		begins := x.observed.Equal(g.From) && !p.Increment
		if p.ReleaseID != g.Release || p.Metric != g.Metric || x.observed.After(g.To) || !x.observed.After(g.From) && !begins {
			continue
		}
		if at, there := p.find(x.observed); there {
			line := &p.Lines[at]
			if row := line.Said[line.standing()].Row; first == 0 || row < first {
				first = row
			}
		}
	}
	return first
}

// seen leaves out what the person may not see of the store, and names the platforms of releases that are not listed yet.
func (p *figurePlan) seen(t *figureTitle, gaps []FigureGap) []FigureGap {
	shown := shownTo(p.by)
	gaps = slices.DeleteFunc(gaps, func(g FigureGap) bool { return !shown(g.Metric, g.TitleID) })
	for i := range gaps {
		for _, x := range t.spots {
			if x.release.ID == gaps[i].ReleaseID {
				gaps[i].Platform = x.release.Platform
			}
		}
	}
	return gaps
}
