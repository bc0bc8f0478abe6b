package tally

import (
	"cmp"
	"slices"
)

// totals keeps the cumulative readings of metric that count (R3, R6): not
// withdrawn, one per key, in order of observed time, then release. A withdrawn
// correction lets the older row of its key hold again.
func totals(readings []Reading, metric string) []Reading {
	return kept(readings, metric, false)
}

func kept(readings []Reading, metric string, increment bool) []Reading {
	all := make([]Reading, 0, len(readings))
	for _, r := range readings {
		if r.Withdrawn || r.Increment != increment || r.Metric != metric || r.Release == "" {
			continue
		}
		r.Observed = r.Observed.Round(0).UTC()
		r.Figure.Value = min(max(r.Figure.Value, 0), Largest)
		r.Figure.Step = min(max(r.Figure.Step, 1), Largest)
		all = append(all, r)
	}
	slices.SortStableFunc(all, compareKeys)
	held := all[:0]
	for _, r := range all {
		switch n := len(held); {
		case n == 0 || compareKeys(held[n-1], r) != 0:
			held = append(held, r)
		case supersedes(r, held[n-1]):
			held[n-1] = r
		}
	}
	return held
}

// compareKeys orders readings of one metric by observed time, then release: R3's identity of a reading.
func compareKeys(a, b Reading) int {
	return cmp.Or(a.Observed.Compare(b.Observed), cmp.Compare(a.Release, b.Release))
}

// supersedes orders rows of one key by the time they were entered, then by id; the
// figure itself comes last, so that even rows with one id have one answer.
func supersedes(a, b Reading) bool {
	return cmp.Or(
		a.Entered.Compare(b.Entered),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Figure.Value, b.Figure.Value),
		cmp.Compare(a.Figure.Step, b.Figure.Step),
		cmp.Compare(b.Figure.Bound, a.Figure.Bound),
	) > 0
}

// standing is the state of a scope at one instant, after all its figures.
type standing struct {
	point Point
	doubt int64
	lower bool
}

// running carries the last figure of each release forward (R5).
type running struct {
	last   map[string]Reading
	sum    int64
	doubt  int64
	lowers int
}

// series applies all figures of one instant together and gives the standing after
// each instant. The reading named is the one that raised the sum most, and the
// first release by id among equals.
func series(kept []Reading) []standing {
	s := running{last: make(map[string]Reading)}
	var out []standing
	for start := 0; start < len(kept); {
		end := start + 1
		for end < len(kept) && kept[end].Observed.Equal(kept[start].Observed) {
			end++
		}
		by := s.apply(kept[start:end])
		out = append(out, standing{
			point: Point{At: kept[start].Observed, Value: s.sum, Reading: by, Currency: kept[start].Currency},
			doubt: s.doubt,
			lower: s.lowers > 0,
		})
		start = end
	}
	return out
}

func (s *running) apply(instant []Reading) (by string) {
	most := int64(0)
	for i, r := range instant {
		before := s.last[r.Release]
		raised := r.Figure.Value - before.Figure.Value
		if i == 0 || raised > most {
			most, by = raised, r.ID
		}
		s.sum += raised
		s.doubt += rounding(r.Figure) - rounding(before.Figure)
		s.lowers += lowers(r.Figure) - lowers(before.Figure)
		s.last[r.Release] = r
	}
	return by
}

// rounding is the step that may hide a smaller count: none where every digit is
// printed, and none below a lower bound.
func rounding(f Figure) int64 {
	if f.Bound == Lower || f.Step <= 1 {
		return 0
	}
	return f.Step
}

func lowers(f Figure) int {
	if f.Bound == Lower {
		return 1
	}
	return 0
}

// byRelease splits readings that are in order, and names the releases in order.
func byRelease(kept []Reading) (names []string, split map[string][]Reading) {
	split = make(map[string][]Reading)
	for _, r := range kept {
		split[r.Release] = append(split[r.Release], r)
	}
	for name := range split {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, split
}
