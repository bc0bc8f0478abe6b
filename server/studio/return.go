package studio

import (
	"context"
	"time"

	"chouka/server/studio/tally"
)

// Return is a title's cost against what it brought in. Amounts of different currencies are never added up.
type Return struct {
	Entries []Cost      `json:"entries"` // the newest first
	Parts   []CostPart  `json:"parts"`   // all costs by kind and currency
	Costs   []Money     `json:"costs"`   // by currency, without spend
	Spend   []MoneyFrom `json:"spend"`   // 投流, by currency
	Revenue []MoneyFrom `json:"revenue"` // by currency
	Seconds int64       `json:"seconds"` // of finished film; 0: not known
	// SecondsFrom is typed on the title, or the length of its current picks.
	SecondsFrom string `json:"seconds_from" enum:",typed,picks"`
	PerMinute   *Money `json:"per_minute,omitempty"` // costs / minutes, cut
	ROI         *ROI   `json:"roi,omitempty"`
	// Payback is the first day on which revenue so far was at or above all costs and the spend so far.
	Payback *Payback `json:"payback,omitempty"`
	// Lacking is why something is not worked out: cost, seconds, spend, revenue, currencies (several that do not compare), not_yet.
	Lacking []string `json:"lacking"`
}

// CostPart is the cost of one kind; generation is that of the attempts.
type CostPart struct {
	Kind   string `json:"kind" enum:"generation,labour,bought,place,other"`
	Amount Money  `json:"amount"`
}

// MoneyFrom is an amount with the readings that it is added up from.
type MoneyFrom struct {
	Amount Money     `json:"amount"`
	At     time.Time `json:"at"`    // of the newest
	Parts  []Latest  `json:"parts"` // of each release
}

// ROI is revenue / spend, in 1/1,000, cut (domain-api-security.md §1.4).
type ROI struct {
	Milli    int64  `json:"milli"`
	Currency string `json:"currency"`
}

// Payback is when a title had earned back what it cost.
type Payback struct {
	At   tally.Point `json:"at"`
	Days *int        `json:"days,omitempty"` // from the first day of release
}

// TitleReturn works out a title's cost against what it brought in.
func (s *Studio) TitleReturn(ctx context.Context, by Actor, titleID string) (Return, error) {
	return Return{}, nil
}
