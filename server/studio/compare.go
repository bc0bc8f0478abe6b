package studio

import (
	"context"

	"chouka/server/studio/tally"
)

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

// CompareTitles puts up to eight titles side by side.
func (s *Studio) CompareTitles(ctx context.Context, by Actor, titles []string, metric, platform string) ([]CompareLine, error) {
	return nil, nil
}

// Groups takes the released titles that the actor sees together by company, kind, platform or team (the lead or else the
// producer of the title), most plays first.
func (s *Studio) Groups(ctx context.Context, by Actor, how string) ([]Group, error) {
	return nil, nil
}
