package tally

import "slices"

// MisfitsKept is how many readings that do not fit an account names, the newest ones; it counts them all.
const MisfitsKept = 200

// The kinds of misfits.
const (
	// Drop is a running total below the one before by more than their rounding.
	Drop = "drop"
	// Jump is a growth far beyond the usual steps.
	Jump = "jump"
)

const (
	jumpTimes  = 20      // the median step
	jumpSteps  = 3       // so many are needed for a median
	jumpSmall  = 100_000 // single units: smaller growths are none
	moneyScale = 10_000  // parts of a currency unit
)

// Misfit is a running total that does not fit the one before on its release: no figure is thrown away for it, a person looks.
type Misfit struct {
	Release string `json:"release"`
	Metric  string `json:"metric"`
	Kind    string `json:"kind"`
	From    Point  `json:"from"`
	To      Point  `json:"to"`
	// Currency is that of money, the same at both ends: figures of two currencies are not compared.
	Currency string `json:"currency,omitempty"`
}

// misfit judges a total against the one before it and the steps up to that one.
func misfit(metric string, before, now Figure, steps []int64) string {
	unit := UnitOf(metric)
	if unit != UnitCount && unit != UnitMoney {
		return ""
	}
	if fell(before, now) {
		return Drop
	}
	small, grown := int64(jumpSmall), now.Value-before.Value
	if unit == UnitMoney {
		small *= moneyScale
	}
	if len(steps) >= jumpSteps && grown > small && grown > jumpTimes*median(steps) {
		return Jump
	}
	return ""
}

// fell compares what two printed figures allow at most: 2.1亿 and then 209,999,000 is no fall, and neither is 10w+ after
// 123,456, which only says less.
func fell(before, now Figure) bool {
	if now.Bound == Lower {
		return false
	}
	return now.Value+half(now) < before.Value-half(before)
}

// half is the half-step of a figure, rounded up (R7).
func half(f Figure) int64 {
	d := rounding(f)
	return d/2 + d%2
}

// median is the middle one, of an even number the greater of the two.
func median(of []int64) int64 {
	var room [stepsKept]int64
	sorted := append(room[:0], of...)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}
