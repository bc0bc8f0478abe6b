package studio

import (
	"context"
	"errors"
	"time"

	"chouka/server/studio/tally"
)

// Wall is what the lead's page shows of a title besides its sum: kept in the summary, so that a page of titles reads nothing else.
type Wall struct {
	Since     string           `json:"since,omitempty"` // the first day of release
	Days      *int             `json:"days,omitempty"`  // from that day to today
	Platforms []PlatformFigure `json:"platforms"`       // most plays first
	Yesterday *Growth          `json:"yesterday,omitempty"`
	Week      *Growth          `json:"week,omitempty"`
	Next      *Forecast        `json:"next,omitempty"`
	// Provisional is how many standing milestones rounding may undo (R7), Anomalies how many readings wait for a person.
	Provisional int `json:"provisional"`
	Anomalies   int `json:"anomalies"`
}

// PlatformFigure is a release with its last figures.
type PlatformFigure struct {
	ReleaseID string     `json:"release_id"`
	Platform  string     `json:"platform"`
	Region    string     `json:"region"`
	Date      string     `json:"date,omitempty"`
	Quiet     bool       `json:"quiet"`           // no more figures are expected
	Fresh     *time.Time `json:"fresh,omitempty"` // when its newest figure was observed
	Now       []Latest   `json:"now"`             // by metric, in the order of Metrics, without money
}

// Growth is how a sum of plays grew between two points that were observed; nothing is interpolated (R2).
type Growth struct {
	Value int64       `json:"value"` // may be negative after a correction
	From  tally.Point `json:"from"`  // the last figure up to the end of the day before, or of seven days before
	To    tally.Point `json:"to"`
}

// Forecast is when the next threshold may be reached if the next days are like the fastest and like the slowest day of the
// last week. It is a range, never a date.
type Forecast struct {
	Threshold int64 `json:"threshold"`
	Left      int64 `json:"left"` // plays still to come
	Days      int   `json:"days"` // observed days that it is worked out from, 3 to 7
	Fast      int64 `json:"fast"` // plays of the fastest of these days
	Slow      int64 `json:"slow"`
	// Earliest and Latest are days (2006-01-02); Latest is empty where the slowest day would take more than a year.
	Earliest string `json:"earliest"`
	Latest   string `json:"latest,omitempty"`
}

// Anomaly is a reading that does not fit the one before and waits for a person to confirm, correct or withdraw it.
type Anomaly struct {
	TitleID   string      `json:"title_id"`
	Title     string      `json:"title"`
	ReleaseID string      `json:"release_id"`
	Platform  string      `json:"platform"`
	Metric    string      `json:"metric"`
	Kind      string      `json:"kind" enum:"drop,jump"`
	From      tally.Point `json:"from"`
	To        tally.Point `json:"to"`
	ReadingID string      `json:"reading_id,omitempty"` // of To; empty in a preview
	Row       int         `json:"row,omitempty"`        // in the file that would bring it
}

// Checked says that somebody looked at an anomaly and found the figure right.
type Checked struct {
	By     string    `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
	Why    string    `json:"why"`
}

// CheckIn confirms an anomaly.
type CheckIn struct {
	Why string `json:"why"`
}

// StaleRelease is a release that has had no figure for days although more are expected.
type StaleRelease struct {
	TitleID   string     `json:"title_id"`
	Title     string     `json:"title"`
	ReleaseID string     `json:"release_id"`
	Platform  string     `json:"platform"`
	Fresh     *time.Time `json:"fresh,omitempty"` // the newest figure; nil: none yet
	Days      int        `json:"days"`            // since then, or since the day of release
}

// Health is what keeps the figures from being trusted. Lists are cut at 100; the counts are whole.
type Health struct {
	Stale        []StaleRelease `json:"stale"` // the longest silent first
	StaleCount   int            `json:"stale_count"`
	Strays       []StrayRow     `json:"strays"`
	StrayCount   int            `json:"stray_count"`
	Anomalies    []Anomaly      `json:"anomalies"`
	AnomalyCount int            `json:"anomaly_count"`
	Provisional  []MilestoneRow `json:"provisional"`
	// ProvisionalCount is how many standing milestones rounding may undo.
	ProvisionalCount int `json:"provisional_count"`
}

// Curves are a title's figures of one metric over time, a line for each release and, for plays, the sum (R5).
type Curves struct {
	Metric string        `json:"metric"`
	Lines  []CurveLine   `json:"lines"`
	Sum    []tally.Point `json:"sum"` // empty where the metric is not added up
}

// CurveLine is the curve of one release.
type CurveLine struct {
	ReleaseID string        `json:"release_id"`
	Platform  string        `json:"platform"`
	Region    string        `json:"region"`
	Date      string        `json:"date,omitempty"`
	Currency  string        `json:"currency,omitempty"` // of money
	Summed    bool          `json:"summed"`             // added up from figures of periods
	Points    []tally.Point `json:"points"`
}

// The orders of the wall.
const (
	WallNewest   = "released" // the latest released first
	WallPlays    = "plays"
	WallDay      = "yesterday" // most growth since the day before
	staleAfter   = 3           // days without a figure
	healthListed = 100
)

// Curves reads a title's figures of one metric over time. Money is for those who may see it.
func (s *Studio) Curves(ctx context.Context, by Actor, titleID, metric string) (Curves, error) {
	return Curves{}, errors.New("seam")
}

// Health tells what keeps the figures of the titles that the actor sees from being trusted.
func (s *Studio) Health(ctx context.Context, by Actor) (Health, error) {
	return Health{}, errors.New("seam")
}

// CheckReading confirms that a figure which does not fit is right as it is.
func (s *Studio) CheckReading(ctx context.Context, by Actor, id string, in CheckIn) (ReadingOut, error) {
	return ReadingOut{}, errors.New("seam")
}
