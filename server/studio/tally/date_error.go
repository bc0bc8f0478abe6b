package tally

import "fmt"

// The codes of a DateError.
const (
	DateEmpty      = "empty"
	DateNoYear     = "no_year"
	DateNoDay      = "no_day"
	DateAmbiguous  = "ambiguous"
	DateRange      = "range"
	DateRelative   = "relative"
	DateBidi       = "bidi"
	DateUnreadable = "unreadable"
)

// DateError tells why a text is not a moment. It carries one of the Date codes
// and never the text itself, so it may be shown and logged.
type DateError struct {
	Code string
}

// Error says what was tried and what stood in the way.
func (e *DateError) Error() string {
	return fmt.Sprintf("read date: %s", dateReason(e.Code))
}

func dateReason(code string) string {
	switch code {
	case DateEmpty:
		return "no date given"
	case DateNoYear:
		return "the year is missing"
	case DateNoDay:
		return "the day is missing"
	case DateAmbiguous:
		return "could be read two ways, write the year first and the clock in 24 hours"
	case DateRange:
		return "no such day or time"
	case DateRelative:
		return "counted from a day that is not named"
	case DateBidi:
		return "hidden direction marks in the text"
	}
	return "not a date"
}
