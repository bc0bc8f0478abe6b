package studio

import (
	"context"
	"errors"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// Cost is something that a title cost besides its attempts.
type Cost struct {
	store.Meta
	TitleID string `json:"title_id"`
	Kind    string `json:"kind" enum:"labour,bought,place,other"`
	Amount  Money  `json:"amount"`
	Date    string `json:"date,omitempty"` // 2006-01-02
	Note    string `json:"note"`
	By      string `json:"by"`
	ByName  string `json:"by_name"`
}

// CostIn enters or changes a cost; nil leaves a part as it is.
type CostIn struct {
	Kind     *string `json:"kind,omitempty" enum:"labour,bought,place,other"`
	Text     *string `json:"text,omitempty" doc:"the amount as people write it: 3万, 12,000.50"`
	Currency *string `json:"currency,omitempty" doc:"ISO 4217; CNY when absent"`
	Date     *string `json:"date,omitempty" doc:"a day in any usual spelling"`
	Note     *string `json:"note,omitempty"`
}

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

// CompareLine is one title beside others, from its own first day of release.
type CompareLine struct {
	TitleID string        `json:"title_id"`
	Title   string        `json:"title"`
	Company string        `json:"company"`
	Kind    string        `json:"kind"`
	Since   string        `json:"since,omitempty"`
	Points  []tally.Point `json:"points"` // of the metric asked for: the sum of plays, or of the platform asked for
	AtDay   []DayFigure   `json:"at_day"` // after 1, 7, 30 and 90 days
	Plays   *Plays        `json:"plays,omitempty"`
	Return  *Return       `json:"return,omitempty"` // for those who may see money; without entries
}

// DayFigure is the sum of plays at the end of a day counted from the first day of release (that day is 0).
type DayFigure struct {
	Day   int   `json:"day"`
	Value int64 `json:"value"`
}

// Group is several titles taken together.
type Group struct {
	Name   string `json:"name"` // a company, a kind, a platform, a person; empty: not said
	Titles int    `json:"titles"`
	Plays  int64  `json:"plays"`  // of all of them
	Median int64  `json:"median"` // plays of the middle title
	Best   string `json:"best"`   // name of the title with most plays
	BestID string `json:"best_id"`
	// Day7 and Day30 are the medians of the plays after so many days; N7 and N30 how many titles have been out so long.
	Day7  int64 `json:"day7"`
	N7    int   `json:"n7"`
	Day30 int64 `json:"day30"`
	N30   int   `json:"n30"`
	// Costs, Spend and Revenue are added up by currency; empty for those who may not see money.
	Costs   []Money `json:"costs"`
	Spend   []Money `json:"spend"`
	Revenue []Money `json:"revenue"`
}

// TitleReturn works out a title's cost against what it brought in.
func (s *Studio) TitleReturn(ctx context.Context, by Actor, titleID string) (Return, error) {
	return Return{}, errors.New("seam")
}

// AddCost enters a cost.
func (s *Studio) AddCost(ctx context.Context, by Actor, titleID string, in CostIn) (Cost, error) {
	return Cost{}, errors.New("seam")
}

// EditCost changes a cost.
func (s *Studio) EditCost(ctx context.Context, by Actor, id string, rev int64, in CostIn) (Cost, error) {
	return Cost{}, errors.New("seam")
}

// RemoveCost removes a cost.
func (s *Studio) RemoveCost(ctx context.Context, by Actor, id string, rev int64) error {
	return errors.New("seam")
}

// CompareTitles puts up to eight titles side by side.
func (s *Studio) CompareTitles(ctx context.Context, by Actor, titles []string, metric, platform string) ([]CompareLine, error) {
	return nil, errors.New("seam")
}

// Groups takes the released titles that the actor sees together by company, kind, platform or team (the lead or else the
// producer of the title), most plays first.
func (s *Studio) Groups(ctx context.Context, by Actor, how string) ([]Group, error) {
	return nil, errors.New("seam")
}
