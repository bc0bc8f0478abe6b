package studio

import (
	"context"
	"errors"
	"time"
)

// SeriesIn repeats a slot on weekdays: the first booking's wall times on every day that is meant.
type SeriesIn struct {
	BookingIn
	Weekdays []int  `json:"weekdays" doc:"1 Monday … 7 Sunday"`
	Until    string `json:"until" doc:"2006-01-02, the last day on which one may start"`
	Skip     bool   `json:"skip,omitempty" doc:"leave out slots that somebody holds, instead of refusing all"`
	Dry      bool   `json:"dry,omitempty" doc:"only say what would happen"`
}

// SeriesSlot is one slot of a series with what is in its way.
type SeriesSlot struct {
	Start     time.Time   `json:"start"`
	End       time.Time   `json:"end"`
	Conflicts []Clash     `json:"conflicts"`
	Booking   *BookingRow `json:"booking,omitempty"` // once it is made
}

// Series is what a repeated booking makes, all or nothing.
type Series struct {
	SeriesID string       `json:"series_id,omitempty"`
	Slots    []SeriesSlot `json:"slots"`
	Made     int          `json:"made"`
	Skipped  int          `json:"skipped"`
}

// SeriesEnd says which bookings of a series are cancelled.
type SeriesEnd struct {
	From time.Time `json:"from" doc:"those that start from then on"`
}

// BookSeries books a slot on weekdays, at most 200 times.
func (s *Studio) BookSeries(ctx context.Context, by Actor, in SeriesIn) (Series, error) {
	return Series{}, errors.New("seam")
}

// EndSeries cancels the bookings of a series from a time on, and gives those that it cancelled.
func (s *Studio) EndSeries(ctx context.Context, by Actor, seriesID string, in SeriesEnd) ([]BookingRow, error) {
	return nil, errors.New("seam")
}
