package tally

import (
	"slices"
	"time"
)

// stepsKept is how many growths the search for jumps looks back at.
const stepsKept = 10

// walk takes an account through readings, one instant after the other.
type walk struct {
	*Account
	with    Basis
	reached []Milestone
}

// instant enters all readings of one moment.
func (w *walk) instant(now []Reading) {
	w.Newest = now[0].Observed
	var (
		fresh, any bool
		by         string
		most       int64
	)
	for _, r := range now {
		i, known := w.find(r.Release)
		if !known {
			w.Lines = slices.Insert(w.Lines, i, Line{Release: r.Release, Since: w.with.since(r.Release)})
		}
		l := &w.Lines[i]
		if r.Increment {
			l.period(r)
			continue
		}
		raised := r.Figure.Value
		if l.Last != nil {
			raised -= l.Last.Figure.Value
		}
		if !any || raised > most {
			most, by = raised, r.ID
		}
		fresh, any = fresh || l.Last == nil, true
		w.total(l, r)
	}
	if any && Summable(w.Metric) {
		w.sum(now[0].Observed, by, fresh)
	}
}

// period adds a figure of a period up.
func (l *Line) period(r Reading) {
	i := slices.IndexFunc(l.Periods, func(p Last) bool { return p.Currency == r.Currency })
	if i < 0 {
		l.Periods = append(l.Periods, Last{Currency: r.Currency, Figure: Figure{Step: 1, Bound: Exact}})
		i = len(l.Periods) - 1
	}
	p := &l.Periods[i]
	p.At, p.Reading = r.Observed, r.ID
	p.Figure = added(p.Figure, r.Figure)
}

// added is a sum of two figures, as coarse as the coarser and a lower bound where either is.
func added(a, b Figure) Figure {
	out := Figure{Value: min(a.Value+b.Value, Largest), Step: max(a.Step, b.Step), Bound: Exact}
	if a.Bound == Lower || b.Bound == Lower {
		out.Bound = Lower
	}
	return out
}

// total enters a running total of one release.
func (w *walk) total(l *Line, r Reading) {
	var before *Point
	if l.Last != nil {
		before = &Point{At: l.Last.At, Value: l.Last.Figure.Value, Reading: l.Last.Reading, Currency: l.Last.Currency}
		w.fit(l, r)
	}
	now := standing{point: Point{At: r.Observed, Value: r.Figure.Value, Reading: r.ID, Currency: r.Currency}, doubt: rounding(r.Figure), lower: r.Figure.Bound == Lower}
	w.reach(r.Release, now, before, l.Peak)
	l.Peak = max(l.Peak, r.Figure.Value)
	l.AtDay = atDays(l.AtDay, l.Since, now.point, w.with.zone())
	l.Last = &Last{At: r.Observed, Reading: r.ID, Figure: r.Figure, Text: r.Text, Currency: r.Currency}
}

// fit keeps the step to a new total and says so where it does not fit.
func (w *walk) fit(l *Line, r Reading) {
	if l.Last.Currency != r.Currency {
		l.Steps = nil
		return
	}
	if kind := misfit(w.Metric, l.Last.Figure, r.Figure, l.Steps); kind != "" && !r.Checked {
		w.Misfit++
		w.Misfits = append(w.Misfits, Misfit{Release: r.Release, Metric: w.Metric, Kind: kind,
			From: Point{At: l.Last.At, Value: l.Last.Figure.Value, Reading: l.Last.Reading},
			To:   Point{At: r.Observed, Value: r.Figure.Value, Reading: r.ID}, Currency: r.Currency})
		if len(w.Misfits) > MisfitsKept {
			w.Misfits = slices.Delete(w.Misfits, 0, 1)
		}
	}
	l.Steps = append(l.Steps, r.Figure.Value-l.Last.Figure.Value)
	if more := len(l.Steps) - stepsKept; more > 0 {
		l.Steps = slices.Delete(l.Steps, 0, more)
	}
}

// reach gives the milestones between the highest value so far and the new one (R2).
func (w *walk) reach(scope string, now standing, before *Point, peak int64) {
	for _, level := range w.Levels {
		if level > peak && level <= now.point.Value {
			w.reached = append(w.reached, Milestone{Scope: scope, Metric: w.Metric, Threshold: level, At: now.point.At,
				Reading: now.point.Reading, Value: now.point.Value, Previous: before, Mark: mark(now, level), Currency: now.point.Currency})
		}
	}
}

// sum adds the releases up after all figures of an instant (R5).
func (w *walk) sum(at time.Time, by string, fresh bool) {
	now := standing{point: Point{At: at, Reading: by}}
	for _, l := range w.Lines {
		if l.Last != nil {
			now.point.Value += l.Last.Figure.Value
			now.doubt += rounding(l.Last.Figure)
			now.lower = now.lower || l.Last.Figure.Bound == Lower
		}
	}
	var before *Point
	if w.Sum == nil {
		w.Sum = &Sum{}
	} else {
		last := w.Sum.Last
		before = &last
	}
	w.reach("", now, before, w.Sum.Peak)
	w.Sum.Last, w.Sum.Peak = now.point, max(w.Sum.Peak, now.point.Value)
	w.Sum.Days = tailOf(w.Sum.Days, DayPoint{Point: now.point, Fresh: fresh}, w.with.zone())
	w.Sum.AtDay = atDays(w.Sum.AtDay, w.Since, now.point, w.with.zone())
}

// tailOf adds a point to the last points of days and drops those that growth over a week will never ask for again.
func tailOf(days []DayPoint, p DayPoint, zone *time.Location) []DayPoint {
	if n := len(days); n > 0 && dayOf(days[n-1].At, zone).Equal(dayOf(p.At, zone)) {
		p.Fresh = p.Fresh || days[n-1].Fresh
		days[n-1] = p
		return days
	}
	days = append(days, p)
	from := dayOf(p.At, zone).AddDate(0, 0, -week)
	for len(days) > 1 && !dayOf(days[1].At, zone).After(from) {
		days = slices.Delete(days, 0, 1)
	}
	return days
}

// atDays keeps the figure at the end of the days at which titles are compared. One from long before that day would not be
// the figure of it: it may be a tenth of the days old, and a day.
func atDays(kept []DaySum, first string, p Point, zone *time.Location) []DaySum {
	since, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return kept
	}
	day := int(dayOf(p.At, zone).Sub(since) / (24 * time.Hour))
	for _, n := range AtDays() {
		if day > n || day < n-max(1, n/10) {
			continue
		}
		i := slices.IndexFunc(kept, func(d DaySum) bool { return d.Day == n })
		if i < 0 {
			kept = append(kept, DaySum{Day: n})
			i = len(kept) - 1
		}
		kept[i].Value, kept[i].At = p.Value, p.At
	}
	return kept
}

// dayOf is the calendar day of a moment in a zone, as midnight UTC.
func dayOf(at time.Time, zone *time.Location) time.Time {
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
