package tally

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// serialShape is a serial date as workbooks keep it: days with a part of a day.
var serialShape = regexp.MustCompile(`^(\d{4,6})(?:\.(\d{1,17}))?$`)

// milliseconds of a day.
const dayMilli = 24 * 60 * 60 * 1000

// FromSerial reads the serial date of a workbook's cell, in its 1900 or its 1904 system, as a day or a time in zone (nil:
// the studio's default). A whole number is a day, which ends with it (R1); parts are read to the millisecond, which is
// closer than a workbook keeps them. A number means a date only where the column is known to hold dates: the caller says so.
func FromSerial(text string, from1904 bool, zone *time.Location) (Instant, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Instant{}, refuseDate(DateEmpty)
	}
	part := serialShape.FindStringSubmatch(text)
	if part == nil {
		return Instant{}, refuseDate(DateUnreadable)
	}
	if zone == nil {
		zone = time.FixedZone("UTC+8", 8*60*60)
	}
	milli, err := strconv.ParseFloat("0."+part[2]+"0", 64)
	if err != nil {
		return Instant{}, refuseDate(DateUnreadable)
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC) // so that the 29 February 1900 of that system, which never was, does no harm
	if from1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	at := first.AddDate(0, 0, number(part[1])).Add(time.Duration(milli*dayMilli+0.5) * time.Millisecond)
	d := day{at.Year(), int(at.Month()), at.Day()}
	if !d.known() {
		return Instant{}, refuseDate(DateRange)
	}
	read := Instant{Day: strings.Trim(part[2], "0") == ""}
	if read.Day {
		read.At, err = d.end(zone)
	} else {
		read.At, err = d.at(clock{at.Hour(), at.Minute(), at.Second(), at.Nanosecond()}, zone)
	}
	if err != nil {
		return Instant{}, err
	}
	return read, nil
}
