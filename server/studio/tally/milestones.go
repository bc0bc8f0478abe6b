package tally

import "slices"

// Summable reports whether a metric may be added up over platforms: only plays (R5).
func Summable(metric string) bool {
	return metric == MetricPlays
}

// DefaultThresholds are 1千万, 5千万, 1亿, 2亿, 5亿 and 10亿, in single units
// (product.md "Readings and milestones").
func DefaultThresholds() []int64 {
	return []int64{10_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000, 1_000_000_000}
}

// Milestones works out what one title's readings have reached (R2, R5 to R7), by
// scope, metric and threshold: the sum (scope "") for a summable metric, even over
// one release, and each release. The answer does not depend on the order given.
//
// Increments, withdrawn readings and readings without a release count for nothing.
// Of rows with one key the newest Entered holds, then the greater ID (R3). A
// milestone of a sum is provisional where the half-steps of all its exact figures
// together reach below the threshold; otherwise lower where any figure carried is
// a lower bound. Thresholds below 1 are left out; nil asks for DefaultThresholds.
func Milestones(readings []Reading, thresholds func(metric string) []int64) []Milestone {
	var summed, single []Milestone
	for _, metric := range metrics(readings) {
		steps := levels(metric, thresholds)
		if len(steps) == 0 {
			continue
		}
		kept := totals(readings, metric)
		if Summable(metric) {
			summed = append(summed, reached("", metric, series(kept), steps)...)
		}
		names, split := byRelease(kept)
		for _, name := range names {
			single = append(single, reached(name, metric, series(split[name]), steps)...)
		}
	}
	slices.SortStableFunc(single, compareMilestones)
	return append(summed, single...)
}

func metrics(readings []Reading) []string {
	var found []string
	seen := make(map[string]bool)
	for _, r := range readings {
		if !seen[r.Metric] {
			seen[r.Metric] = true
			found = append(found, r.Metric)
		}
	}
	slices.Sort(found)
	return found
}

func levels(metric string, thresholds func(metric string) []int64) []int64 {
	if thresholds == nil {
		return DefaultThresholds()
	}
	own := slices.Clone(thresholds(metric))
	slices.Sort(own)
	own = slices.Compact(own)
	return slices.DeleteFunc(own, func(level int64) bool { return level < 1 })
}

// reached walks a series once: a later fall takes nothing back (R2, R5).
func reached(scope, metric string, walk []standing, levels []int64) []Milestone {
	var out []Milestone
	for i, s := range walk {
		for len(levels) > 0 && s.point.Value >= levels[0] {
			m := Milestone{
				Scope: scope, Metric: metric, Threshold: levels[0],
				At: s.point.At, Reading: s.point.Reading, Value: s.point.Value,
				Mark: mark(s, levels[0]), Currency: s.point.Currency,
			}
			if i > 0 {
				before := walk[i-1].point
				m.Previous = &before
			}
			out = append(out, m)
			levels = levels[1:]
		}
	}
	return out
}

// mark compares without doubling: 2×(value-threshold) < step, in whole numbers.
func mark(s standing, threshold int64) Mark {
	switch over := s.point.Value - threshold; {
	case over < s.doubt/2+s.doubt%2:
		return MarkProvisional
	case s.lower:
		return MarkLower
	}
	return MarkExact
}
