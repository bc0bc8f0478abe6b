package tally

import "time"

const (
	week         = 7
	forecastDays = 3   // observed days that a forecast needs
	forecastFar  = 365 // days: what lies further off is not foretold
	shortDay     = 18 * time.Hour
	longDay      = 30 * time.Hour
)

// Growth is how a sum of plays grew between two points that were observed; nothing is interpolated (R2).
type Growth struct {
	Value int64 `json:"value"` // may be negative after a correction
	From  Point `json:"from"`  // the last figure up to the end of the day before, or of seven days before
	To    Point `json:"to"`
}

// The reasons why there is no forecast.
const (
	// WhyNone is that no threshold counts at all.
	WhyNone = "none"
	// WhyPast is that every threshold is reached.
	WhyPast = "past"
	// WhyFew is that fewer than three days of the last week can be compared with the day before.
	WhyFew = "few"
	// WhyStill is that the sum did not grow on any of these days.
	WhyStill = "still"
	// WhyFar is that even the fastest of these days would take more than a year.
	WhyFar = "far"
)

// Forecast is when the next threshold may be reached if the next days are like the fastest and like the slowest day of the
// last week. It is a range, never a date; where it cannot be told, it says why.
type Forecast struct {
	// Why is empty where there is a range.
	Why       string `json:"why,omitempty" enum:"none,past,few,still,far"`
	Threshold int64  `json:"threshold"` // 0 where there is none above
	Left      int64  `json:"left"`      // plays still to come
	Days      int    `json:"days"`      // observed days that it is worked out from, up to 7; with a range at least 3
	Fast      int64  `json:"fast"`      // plays of the fastest of these days
	Slow      int64  `json:"slow"`
	// Earliest and Latest are days (2006-01-02), empty without a range; Latest is empty where the slowest day would take
	// more than a year, too.
	Earliest string `json:"earliest,omitempty"`
	Latest   string `json:"latest,omitempty"`
}

// Grown is the growth of the sum since so many days (1 or 7) before the day of its last figure; nil where nobody looked then.
func (a Account) Grown(days int, zone *time.Location) *Growth {
	if a.Sum == nil {
		return nil
	}
	to := a.Sum.Last
	until := dayOf(to.At, zone).AddDate(0, 0, -days)
	for i := len(a.Sum.Days) - 1; i >= 0; i-- {
		if from := a.Sum.Days[i]; !dayOf(from.At, zone).After(until) {
			return &Growth{Value: to.Value - from.Value, From: from.Point, To: to}
		}
	}
	return nil
}

// Next is the forecast for the lowest threshold above the sum, or why there is none; nil without a figure.
func (a Account) Next(zone *time.Location) *Forecast {
	if a.Sum == nil {
		return nil
	}
	out := &Forecast{}
	for _, level := range a.Levels {
		if level > a.Sum.Peak {
			out.Threshold, out.Left = level, level-a.Sum.Last.Value
			break
		}
	}
	for i, grown := range a.dayGrowths(zone) {
		if i == 0 {
			out.Fast, out.Slow = grown, grown
		}
		out.Days, out.Fast, out.Slow = i+1, max(out.Fast, grown), min(out.Slow, grown)
	}
	soonest := daysTo(out.Left, out.Fast)
	if out.Why = out.why(len(a.Levels), soonest); out.Why != "" {
		return out
	}
	last := dayOf(a.Sum.Last.At, zone)
	out.Earliest = last.AddDate(0, 0, soonest).Format(time.DateOnly)
	if n := daysTo(out.Left, out.Slow); n > 0 {
		out.Latest = last.AddDate(0, 0, n).Format(time.DateOnly)
	}
	return out
}

// why tells what stands in the way of a range.
func (f *Forecast) why(levels, soonest int) string {
	switch {
	case levels == 0:
		return WhyNone
	case f.Threshold == 0:
		return WhyPast
	case f.Days < forecastDays:
		return WhyFew
	case f.Fast <= 0:
		return WhyStill
	case soonest == 0:
		return WhyFar
	}
	return ""
}

// dayGrowths are the growths of the days of the last week from the observed day before, about a day apart. A day on which
// a release had its first figure is none: the sum grew by what was there before.
func (a Account) dayGrowths(zone *time.Location) []int64 {
	var out []int64
	after := dayOf(a.Sum.Last.At, zone).AddDate(0, 0, -week)
	for i := 1; i < len(a.Sum.Days); i++ {
		from, to := a.Sum.Days[i-1], a.Sum.Days[i]
		apart := to.At.Sub(from.At)
		if dayOf(to.At, zone).After(after) && !to.Fresh && apart >= shortDay && apart <= longDay {
			out = append(out, to.Value-from.Value)
		}
	}
	return out
}

// daysTo is how many whole days a growth takes, 0 where it never or hardly gets there.
func daysTo(left, daily int64) int {
	if daily <= 0 {
		return 0
	}
	n := (left-1)/daily + 1
	if n < 1 || n > forecastFar {
		return 0
	}
	return int(n)
}
