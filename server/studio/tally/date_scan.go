package tally

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clock is a time of day; hour 24 stands only with zeros behind it.
type clock struct {
	hour, minute, second, nano int
}

var (
	dayShape      = regexp.MustCompile(`^(\d{4}) ?([-/.]) ?(\d{1,2}) ?([-/.]) ?(\d{1,2})(?:$|[ t](.+)$)`)
	chineseShape  = regexp.MustCompile(`^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号](.*)$`)
	compactShape  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:$|[ t](.+)$|(\d{4}|\d{6})$)`)
	noYearShape   = regexp.MustCompile(`^\d{1,2} ?(?:月 ?\d{1,2}|[-/.] ?\d{1,2}(?:$| ))`)
	noDayShape    = regexp.MustCompile(`^\d{4}(?: ?年(?: ?\d{1,2} ?月?)?| ?[-/.] ?\d{1,2})?$`)
	yearLastShape = regexp.MustCompile(`^\d{1,2} ?[-/.年] ?\d{1,2} ?[-/.月] ?(?:\d{4}|\d{1,2})`)
	clockShape    = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(.*)$`)
	hoursShape    = regexp.MustCompile(`^(\d{1,2}) ?[时点](?: ?(\d{1,2}) ?分(?: ?(\d{1,2}) ?秒)?)?(.*)$`)
	digitsShape   = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})?()()$`)
	zoneShape     = regexp.MustCompile(`^([+-])(\d{2}):?(\d{2})$`)
)

// readDay takes the day off the front and gives what stands behind it.
func readDay(plain string) (day, string, error) {
	var d day
	var rest string
	switch m := match(plain); m.shape {
	case dayShape:
		if m.part[2] != m.part[4] {
			return day{}, "", refuseDate(DateUnreadable)
		}
		d, rest = day{number(m.part[1]), number(m.part[3]), number(m.part[5])}, m.part[6]
	case chineseShape:
		d, rest = day{number(m.part[1]), number(m.part[2]), number(m.part[3])}, m.part[4]
	case compactShape:
		d, rest = day{number(m.part[1]), number(m.part[2]), number(m.part[3])}, m.part[4]+m.part[5]
	case yearLastShape:
		return day{}, "", refuseDate(DateAmbiguous)
	case noYearShape:
		return day{}, "", refuseDate(DateNoYear)
	case noDayShape:
		return day{}, "", refuseDate(DateNoDay)
	default:
		return day{}, "", refuseDate(DateUnreadable)
	}
	if !d.known() {
		return day{}, "", refuseDate(DateRange)
	}
	return d, strings.TrimSpace(rest), nil
}

type matched struct {
	shape *regexp.Regexp
	part  []string
}

func match(plain string) matched {
	for _, shape := range []*regexp.Regexp{dayShape, chineseShape, compactShape, yearLastShape, noYearShape, noDayShape} {
		if part := shape.FindStringSubmatch(plain); part != nil {
			return matched{shape, part}
		}
	}
	return matched{}
}

// readClock reads the time of day and a zone behind it, if there is one.
func readClock(d day, text string, zone *time.Location) (time.Time, error) {
	part := clockShape.FindStringSubmatch(text)
	if part == nil {
		part = compactClock(text)
	}
	if part == nil {
		return time.Time{}, refuseDate(DateUnreadable)
	}
	c := clock{hour: number(part[1]), minute: number(part[2]), second: number(part[3])}
	c.nano = number((part[4] + "000000000")[:9])
	given, err := readZone(strings.TrimSpace(part[5]), zone)
	if err != nil {
		return time.Time{}, err
	}
	if c == (clock{hour: 24}) {
		t, err := d.end(given)
		return t.In(zone), err
	}
	if c.hour > 23 || c.minute > 59 || c.second > 59 {
		return time.Time{}, refuseDate(DateRange)
	}
	t, err := d.at(c, given)
	if err != nil {
		return time.Time{}, err
	}
	return t.In(zone), nil
}

// compactClock gives the parts of 14时30分05秒 and of 143005, in clockShape's order.
func compactClock(text string) []string {
	if part := hoursShape.FindStringSubmatch(text); part != nil {
		return []string{text, part[1], part[2], part[3], "", part[4]}
	}
	return digitsShape.FindStringSubmatch(text)
}

func readZone(text string, zone *time.Location) (*time.Location, error) {
	switch text {
	case "":
		return zone, nil
	case "z", "utc", "gmt":
		return time.UTC, nil
	}
	m := zoneShape.FindStringSubmatch(text)
	if m == nil {
		return nil, refuseDate(DateUnreadable)
	}
	hours, minutes := number(m[2]), number(m[3])
	if hours > 14 || minutes > 59 {
		return nil, refuseDate(DateRange)
	}
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), nil
}

// number reads a part that its shape has already found to be a few digits; an absent part is 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
