package tally

import "time"

// Instant is a moment read from text. Day is true where only a date was given;
// At is then the last nanosecond of that day, 23:59:59.999999999 (R1).
type Instant struct {
	At  time.Time `json:"at"`
	Day bool      `json:"day"`
}

// ParseInstant reads a date with the year first, with or without a time, in zone;
// a time with its own zone is converted to it. A nil zone is UTC+8, the studio's
// default (R1). 24:00 is the end of its day. Errors are *DateError.
func ParseInstant(text string, zone *time.Location) (Instant, error) {
	if len(text) > longestText {
		return Instant{}, refuseDate(DateUnreadable)
	}
	plain, bidi := fold(text)
	switch {
	case bidi:
		return Instant{}, refuseDate(DateBidi)
	case missing(plain):
		return Instant{}, refuseDate(DateEmpty)
	}
	if zone == nil {
		zone = time.FixedZone("UTC+8", 8*60*60)
	}
	d, rest, err := readDay(plain)
	if err != nil {
		return Instant{}, err
	}
	read := Instant{Day: rest == ""}
	if read.Day {
		read.At, err = d.end(zone)
	} else {
		read.At, err = readClock(d, rest, zone)
	}
	if err != nil {
		return Instant{}, err
	}
	return read, nil
}

func refuseDate(code string) error {
	return &DateError{Code: code}
}

// day is a calendar day that exists.
type day struct {
	year, month, day int
}

// known limits years to those that a figure can be of, which also catches digits
// that only look like a date.
func (d day) known() bool {
	if d.year < 1970 || d.year > 2999 || d.month < 1 || d.month > 12 || d.day < 1 {
		return false
	}
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Day() == d.day
}

// end is the last nanosecond of the day in zone, the second one where a clock
// change lets the last hour pass twice.
func (d day) end(zone *time.Location) (time.Time, error) {
	t, err := d.at(clock{hour: 23, minute: 59, second: 59, nano: 999_999_999}, zone)
	if err != nil {
		return time.Time{}, err
	}
	if later := t.Add(time.Hour); later.Day() == t.Day() {
		return later, nil
	}
	return t, nil
}

// at refuses a time that a clock change leaves out.
func (d day) at(c clock, zone *time.Location) (time.Time, error) {
	t := time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, c.second, c.nano, zone)
	if t.Day() != d.day || t.Hour() != c.hour || t.Minute() != c.minute {
		return time.Time{}, refuseDate(DateRange)
	}
	return t, nil
}
