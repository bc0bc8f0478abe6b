package tally

import (
	"cmp"
	"slices"
)

// Kind says what happened to a milestone between two workings (R4).
type Kind string

// The kinds of change of R4.
const (
	// Reached is a milestone that only the new working has.
	Reached Kind = "reached"
	// Moved is a milestone whose moment is another one.
	Moved Kind = "moved"
	// Withdrawn is a milestone that no longer holds.
	Withdrawn Kind = "withdrawn"
	// Changed is a milestone at the same moment with another value, currency, mark, reading or interval.
	Changed Kind = "changed"
)

// Change is one visible event after a correction (R4). Old is nil for Reached
// and New is nil for Withdrawn.
type Change struct {
	Kind Kind       `json:"kind"`
	Old  *Milestone `json:"old,omitempty"`
	New  *Milestone `json:"new,omitempty"`
}

// Compare tells what a new working changed against an old one, by scope, metric
// and threshold, in that order. Milestones that are alike in everything give no change.
func Compare(old, new []Milestone) []Change {
	before, after := slices.Clone(old), slices.Clone(new)
	slices.SortStableFunc(before, compareMilestones)
	slices.SortStableFunc(after, compareMilestones)
	var changes []Change
	for len(before) > 0 || len(after) > 0 {
		switch order := compareHeads(before, after); {
		case order < 0:
			changes = append(changes, Change{Kind: Withdrawn, Old: &before[0]})
			before = before[1:]
		case order > 0:
			changes = append(changes, Change{Kind: Reached, New: &after[0]})
			after = after[1:]
		default:
			if kind := difference(before[0], after[0]); kind != "" {
				changes = append(changes, Change{Kind: kind, Old: &before[0], New: &after[0]})
			}
			before, after = before[1:], after[1:]
		}
	}
	return changes
}

func compareMilestones(a, b Milestone) int {
	return cmp.Or(
		cmp.Compare(a.Scope, b.Scope),
		cmp.Compare(a.Metric, b.Metric),
		cmp.Compare(a.Threshold, b.Threshold),
	)
}

// compareHeads puts an exhausted side last.
func compareHeads(before, after []Milestone) int {
	switch {
	case len(before) == 0:
		return 1
	case len(after) == 0:
		return -1
	}
	return compareMilestones(before[0], after[0])
}

func difference(a, b Milestone) Kind {
	switch {
	case !a.At.Equal(b.At):
		return Moved
	case a.Value != b.Value, a.Mark != b.Mark, a.Reading != b.Reading, a.Currency != b.Currency,
		!samePoint(a.Previous, b.Previous):
		return Changed
	}
	return ""
}

func samePoint(a, b *Point) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.At.Equal(b.At) && a.Value == b.Value && a.Reading == b.Reading && a.Currency == b.Currency
}
