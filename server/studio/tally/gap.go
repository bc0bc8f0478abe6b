package tally

import (
	"cmp"
	"slices"
	"time"
)

// Gap is a span over which the increments of a release do not add up to what its running totals grew by (R6). No figure is
// thrown away for it, a person looks.
type Gap struct {
	Release    string
	Metric     string
	Currency   string // of money
	From       time.Time
	To         time.Time // of the two totals
	Increments int64     // added up
	Totals     int64     // their difference, negative where they fell
}

const (
	gapParts = 50 // more than one in so many is no rounding: 2 %
	gapSteps = 2  // as many equal ones tell how long a period is; for days one is enough
	gapDay   = 24 * time.Hour
)

// Gaps compares increments with the totals at their ends, wherever both are known of a release. What was not said is not
// missed: only increments that follow one another without a hole are added up, and a lower bound counts for neither side.
// Spans that meet and err the same way are one.
func Gaps(readings []Reading, metric string) []Gap {
	if !Grows(metric) {
		return nil
	}
	type whose struct{ release, currency string }
	added, total := map[whose][]Reading{}, map[whose][]Reading{}
	for _, r := range periods(readings, metric) {
		if at := (whose{r.Release, r.Currency}); r.Figure.Bound != Lower {
			added[at] = append(added[at], r)
		}
	}
	if len(added) == 0 {
		return nil
	}
	for _, r := range totals(readings, metric) {
		if at := (whose{r.Release, r.Currency}); len(added[at]) > 0 && r.Figure.Bound != Lower {
			total[at] = append(total[at], r)
		}
	}
	var out []Gap
	for at, all := range total {
		out = append(out, gapsOf(added[at], all)...)
	}
	slices.SortFunc(out, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.Release, b.Release), cmp.Compare(a.Currency, b.Currency), a.From.Compare(b.From))
	})
	return out
}

// gapsOf cuts the increments of one release where one is missing, and compares each part.
func gapsOf(added, totals []Reading) []Gap {
	usual := time.Duration(0)
	for i := 1; i < len(added); i++ {
		if step := added[i].Observed.Sub(added[i-1].Observed); usual == 0 || step < usual {
			usual = step
		}
	}
	if usual == 0 { // of a single one nobody knows the period
		return nil
	}
	var out []Gap
	for start := 0; start < len(added); {
		end := start + 1
		for end < len(added) && added[end].Observed.Sub(added[end-1].Observed) <= usual+usual/4 {
			end++
		}
		steps := end - start - 1
		if steps >= gapSteps || steps > 0 && usual == gapDay {
			out = append(out, compared(added[start:end], totals, usual)...)
		}
		start = end
	}
	return out
}

// span is what lies between two totals.
type span struct {
	from, to   Reading
	increments int64
	doubt      int64 // that the rounding of the increments leaves
}

func (s span) add(o span) span {
	s.to, s.increments, s.doubt = o.to, min(s.increments+o.increments, Largest), min(s.doubt+o.doubt, Largest)
	return s
}

// off is by how much the increments say more than the totals; 0 where both may be right.
func (s span) off() int64 {
	grown := s.to.Figure.Value - s.from.Figure.Value
	off := s.increments - grown
	apart := max(off, -off)
	if apart <= max(rounding(s.from.Figure), rounding(s.to.Figure))+s.doubt || apart*gapParts <= max(grown, 0) {
		return 0
	}
	return off
}

// compared holds increments without a hole against the totals at their ends: each two that follow one another, and where
// these agree, the first and the last, whose rounding hides less.
func compared(added, totals []Reading, usual time.Duration) []Gap {
	var found []span
	var whole, now span
	begun := false
	end := func(at time.Time) {
		i, there := slices.BinarySearchFunc(totals, at, func(r Reading, t time.Time) int { return r.Observed.Compare(t) })
		if !there {
			return
		}
		if now.to = totals[i]; begun {
			found, whole = joined(found, now), whole.add(now)
		} else {
			begun, whole = true, span{from: totals[i]}
		}
		now = span{from: totals[i]}
	}
	end(added[0].Observed.Add(-usual))
	for _, r := range added {
		now.increments, now.doubt = min(now.increments+r.Figure.Value, Largest), min(now.doubt+rounding(r.Figure), Largest)
		end(r.Observed)
	}
	if len(found) == 0 && whole.to.Release != "" && whole.off() != 0 {
		found = append(found, whole)
	}
	out := make([]Gap, len(found))
	for i, s := range found {
		out[i] = Gap{Release: s.to.Release, Metric: s.to.Metric, Currency: s.to.Currency, From: s.from.Observed, To: s.to.Observed,
			Increments: s.increments, Totals: s.to.Figure.Value - s.from.Figure.Value}
	}
	return out
}

// joined adds a span that is off, to the one before where they meet and err the same way.
func joined(found []span, s span) []span {
	off := s.off()
	if off == 0 {
		return found
	}
	if n := len(found); n > 0 && found[n-1].to.Observed.Equal(s.from.Observed) && found[n-1].off() > 0 == (off > 0) {
		if both := found[n-1].add(s); both.off() != 0 {
			found[n-1] = both
			return found
		}
	}
	return append(found, s)
}
