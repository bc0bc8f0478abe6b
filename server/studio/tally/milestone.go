package tally

import "time"

// Reading is one observed figure of one release (product.md R3). Release joins
// platform and title; Increment marks a figure of a period instead of a total (R6).
type Reading struct {
	ID        string    `json:"id"`
	Release   string    `json:"release"`
	Metric    string    `json:"metric"`
	Increment bool      `json:"increment"`
	Observed  time.Time `json:"observed"`
	Entered   time.Time `json:"entered"`
	Figure    Figure    `json:"figure"`
	Withdrawn bool      `json:"withdrawn"`
	Currency  string    `json:"currency,omitempty"` // of money
	Checked   bool      `json:"checked,omitempty"`  // somebody looked at it and found it right
	Text      string    `json:"text,omitempty"`     // as written, where that is not the digits of the value
}

// Mark says how firmly a milestone stands (R7).
type Mark string

// The three marks of R7.
const (
	// MarkExact is a milestone whose figures leave no doubt.
	MarkExact Mark = "exact"
	// MarkLower is a milestone shown by a figure that is itself a lower bound.
	MarkLower Mark = "lower"
	// MarkProvisional is a milestone that the rounding of its figures may undo.
	MarkProvisional Mark = "provisional"
)

// Point is a value at a moment, in UTC, and the reading that brought it.
type Point struct {
	At      time.Time `json:"at"`
	Value   int64     `json:"value"`
	Reading string    `json:"reading"`
	// Currency is that of money, at the ends of an interval; a curve has one of its own.
	Currency string `json:"currency,omitempty"`
}

// Milestone is a threshold reached (R2). Scope is a release's id, or empty for
// the sum over the title's releases; Previous, nil at the first reading, is the other end of the interval.
type Milestone struct {
	Scope     string    `json:"scope"`
	Metric    string    `json:"metric"`
	Threshold int64     `json:"threshold"`
	At        time.Time `json:"at"`
	Reading   string    `json:"reading"`
	Previous  *Point    `json:"previous,omitempty"`
	Value     int64     `json:"value"`
	Mark      Mark      `json:"mark"`
	Currency  string    `json:"currency,omitempty"` // of money: that of the reading
}
