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
	halvedShape   = regexp.MustCompile(`^(\d{1,2}) ?()()()([ap]m\b.*)$`)
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
		if relative(plain) {
			return day{}, "", refuseDate(DateRelative)
		}
		return day{}, "", refuseDate(DateUnreadable)
	}
	if !d.known() {
		return day{}, "", refuseDate(DateRange)
	}
	return d, strings.TrimSpace(rest), nil
}

// relative tells words that count from a day which the text does not name.
func relative(plain string) bool {
	for _, w := range []string{"今天", "今日", "昨天", "昨日", "前天", "明天", "刚刚", "刚才", "today", "yesterday"} {
		if strings.HasPrefix(plain, w) {
			return true
		}
	}
	return strings.HasSuffix(plain, "前") || strings.HasSuffix(plain, " ago")
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

// readClock reads the time of day with the half of the day that it is in and a zone behind it, if there are any.
func readClock(d day, text string, zone *time.Location) (time.Time, error) {
	half, text := readHalf(text)
	part := clockShape.FindStringSubmatch(text)
	if part == nil {
		part = compactClock(text)
	}
	if part == nil {
		return time.Time{}, refuseDate(DateUnreadable)
	}
	c := clock{hour: number(part[1]), minute: number(part[2]), second: number(part[3])}
	c.nano = number((part[4] + "000000000")[:9])
	behind := strings.TrimSpace(part[5])
	if half == "" {
		half, behind = cutHalf(behind)
	}
	hour, err := hourOf(c.hour, half)
	if err != nil {
		return time.Time{}, err
	}
	c.hour = hour
	given, err := readZone(behind, zone)
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
	if part := halvedShape.FindStringSubmatch(text); part != nil {
		return part
	}
	return digitsShape.FindStringSubmatch(text)
}

// readHalf takes a half of the day off the front, as Chinese writes it.
func readHalf(text string) (half, rest string) {
	for _, w := range []string{"凌晨", "早上", "上午", "中午", "下午", "晚上"} {
		if rest, ok := strings.CutPrefix(text, w); ok {
			return w, strings.TrimSpace(rest)
		}
	}
	return "", text
}

// cutHalf takes it off what stands behind the digits, as English writes it.
func cutHalf(text string) (half, rest string) {
	for _, w := range []string{"am", "pm"} {
		if rest, ok := strings.CutPrefix(text, w); ok {
			return w, strings.TrimSpace(rest)
		}
	}
	return "", text
}

// hourOf gives the hour of 24. Exports write 下午14:30 too. 晚上12点 is one midnight or the other, and
// 上午12:00 noon to people and midnight to Windows: both are refused.
func hourOf(hour int, half string) (int, error) {
	switch half {
	case "":
		return hour, nil
	case "am", "pm":
		if hour < 1 || hour > 12 {
			return 0, refuseDate(DateRange)
		}
		hour %= 12
		if half == "pm" {
			hour += 12
		}
		return hour, nil
	case "凌晨":
		if hour == 12 {
			hour = 0
		}
		return hour, between(hour, 0, 6)
	case "早上", "上午":
		if hour == 12 {
			return 0, refuseDate(DateAmbiguous)
		}
		return hour, between(hour, 0, 11)
	case "中午":
		if hour < 10 {
			hour += 12
		}
		return hour, between(hour, 11, 14)
	case "晚上":
		if hour == 12 || hour == 0 {
			return 0, refuseDate(DateAmbiguous)
		}
	}
	if hour < 12 {
		hour += 12
	}
	return hour, between(hour, 12, 23)
}

func between(hour, from, to int) error {
	if hour < from || hour > to {
		return refuseDate(DateRange)
	}
	return nil
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
