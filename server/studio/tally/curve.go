package tally

import (
	"cmp"
	"slices"
)

// Course is one release's figures of a metric over time.
type Course struct {
	Release  string
	Currency string // of money
	Summed   bool   // figures of periods added up, where no running total is known
	Points   []Point
}

// Courses gives the running figures of each release: its totals, or where it has none of a currency its periods added up.
// Completion and heat have no periods.
func Courses(readings []Reading, metric string) []Course {
	var out []Course
	has := make(map[string]bool)
	for _, r := range totals(readings, metric) {
		has[r.Release] = true
		out = entered(out, r, false)
	}
	if Grows(metric) {
		for _, r := range periods(readings, metric) {
			if !has[r.Release] {
				out = entered(out, r, true)
			}
		}
	}
	slices.SortFunc(out, func(a, b Course) int {
		return cmp.Or(cmp.Compare(a.Release, b.Release), cmp.Compare(a.Currency, b.Currency))
	})
	return out
}

func entered(all []Course, r Reading, summed bool) []Course {
	i := slices.IndexFunc(all, func(c Course) bool { return c.Release == r.Release && c.Currency == r.Currency })
	if i < 0 {
		all = append(all, Course{Release: r.Release, Currency: r.Currency, Summed: summed})
		i = len(all) - 1
	}
	c, value := &all[i], r.Figure.Value
	if n := len(c.Points); summed && n > 0 {
		value = min(value+c.Points[n-1].Value, Largest)
	}
	c.Points = append(c.Points, Point{At: r.Observed, Value: value, Reading: r.ID})
	return all
}

// AddUp gives the sum of several courses after each instant, every one carried forward from its last point. The reading
// named is the one that raised the sum most, of the first course among equals.
func AddUp(courses ...[]Point) []Point {
	type step struct {
		Point
		raised int64
	}
	var steps []step
	for _, points := range courses {
		last := int64(0)
		for _, p := range points {
			steps = append(steps, step{p, p.Value - last})
			last = p.Value
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int { return a.At.Compare(b.At) })
	var out []Point
	most := int64(0)
	for _, x := range steps {
		n := len(out)
		if n > 0 && out[n-1].At.Equal(x.At) {
			out[n-1].Value += x.raised
			if x.raised > most {
				out[n-1].Reading, most = x.Reading, x.raised
			}
			continue
		}
		p := x.Point
		if p.Value = x.raised; n > 0 {
			p.Value += out[n-1].Value
		}
		out, most = append(out, p), x.raised
	}
	return out
}

// Payback is the first point of the revenue so far at which it is at or above all costs and what was spent up to then.
// All three are of one currency; without revenue nothing is paid back.
func Payback(revenue, spend []Point, costs int64) (Point, bool) {
	spent := int64(0)
	for _, p := range revenue {
		for len(spend) > 0 && !spend[0].At.After(p.At) {
			spent, spend = spend[0].Value, spend[1:]
		}
		if p.Value > 0 && p.Value-spent >= costs {
			return p, true
		}
	}
	return Point{}, false
}

// periods keeps the figures of periods that count, one for each key, in order of observed time, then release.
func periods(readings []Reading, metric string) []Reading {
	return kept(readings, metric, true)
}
