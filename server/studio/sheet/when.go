package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"chouka/server/studio/charset"
)

// Day is a calendar day as a sheet writes it. Year is 0 where it does not say one.
type Day struct{ Year, Month, Day int }

// When is a point in time as a sheet writes it: a day, a time of day, or both.
type When struct {
	Day    *Day
	Minute int  // of the day, to 1440; -1: no time is said
	Next   bool // 次日: of the day after
}

// The bounds of a cell with a date or a time.
const (
	maxWhen   = 80 // bytes
	firstDay  = 36526
	lastDay   = 73415 // 2000-01-01 and 2100-12-31 as Excel counts days
	dayLength = 24 * 60
)

var (
	fullDate   = regexp.MustCompile(`^((?:19|20|21)[0-9]{2})\s?(?:[-/.年])\s?([0-9]{1,2})\s?[-/.月]\s?([0-9]{1,2})(?:\s?[日号])?`)
	packedDate = regexp.MustCompile(`^(20[0-9]{2})([01][0-9])([0-3][0-9])(?:[^0-9:]|$)`)
	monthDay   = regexp.MustCompile(`^([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?[日号]?`)
	shortDate  = regexp.MustCompile(`^([0-9]{1,2})([-/])([0-9]{1,2})[-/]([0-9]{2})(?:[^0-9:]|$)`)
	slashDate  = regexp.MustCompile(`^([0-9]{1,2})/([0-9]{1,2})(?:[^0-9/]|$)`)
	weekday    = regexp.MustCompile(`^[,，]?\s?\(?\s?(?:(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday)?\b\.?)\s?\)?`)
	clockTime  = regexp.MustCompile(`^([0-9]{1,2})(?::([0-9]{2})(?::[0-9]{2})?|[点點时時](?:([0-9]{1,2})分?|(半|一刻|三刻|整|钟|鐘))?)`)
	wordTime   = regexp.MustCompile(`^([零〇一二两三四五六七八九十]{1,3})[点點时時](?:(半|一刻|三刻|整|钟|鐘)|([0-9]{1,2}|[零〇一二三四五六七八九十]{1,3})分?)?`)
	bareHour   = regexp.MustCompile(`^([0-9]{1,2})(?:[^0-9.]|$)`)
	serial     = regexp.MustCompile(`^[0-9]{1,5}(?:\.[0-9]{1,16})?$`)
	between    = regexp.MustCompile(`^\s?(?:-+|至|到|→|->|>|to\b)\s?`)
)

// ReadWhen reads a cell with a day, a time, both, or two of them with a dash between: 2026-12-03, 12月3日, 8:00,
// 08:00-18:00, 上午8点, 20:00–次日02:00, 24:00; also the numbers that a workbook has for dates without a format.
func ReadWhen(cell string) ([]When, bool) {
	if len(cell) > maxWhen {
		return nil, false
	}
	s := strings.ToLower(charset.Fold(cell))
	if w, ok := counted(s); ok {
		return []When{w}, true
	}
	first, rest, ok := point(s)
	if !ok {
		return nil, false
	}
	if rest == "" {
		return []When{first}, true
	}
	dash := between.FindString(rest)
	if dash == "" {
		return nil, false
	}
	second, rest, ok := point(rest[len(dash):])
	if !ok || rest != "" {
		return nil, false
	}
	return []When{first, second}, true
}

// counted reads the number that a workbook keeps for a date (days since 1900) or a time (a part of a day).
func counted(s string) (When, bool) {
	if !serial.MatchString(s) {
		return When{}, false
	}
	n, err := strconv.ParseFloat(s, 64)
	days, part := math.Modf(n)
	minute := int(math.Round(part * dayLength))
	switch {
	case err != nil || math.Abs(part*dayLength-float64(minute)) > 0.05:
		return When{}, false // no whole minute
	case n < 1 && strings.Contains(s, "."):
		return When{Minute: minute}, true
	case days < firstDay || days > lastDay:
		return When{}, false
	}
	d := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days))
	w := When{Day: &Day{d.Year(), int(d.Month()), d.Day()}, Minute: -1}
	if strings.Contains(s, ".") {
		w.Minute = minute
	}
	return w, true
}

// point takes one point in time off the front.
func point(s string) (When, string, bool) {
	w := When{Minute: -1}
	day, rest, ok := dayOf(s)
	if !ok {
		return w, "", false
	}
	w.Day = day
	if day != nil {
		rest = strings.TrimPrefix(strings.TrimSpace(rest[len(weekday.FindString(rest)):]), "t")
	}
	rest = strings.TrimSpace(rest)
	w.Next, rest = cutNext(rest)
	said, rest := cutPart(rest)
	minute, rest, ok := clock(rest)
	if !ok && (day == nil || w.Next || said != "") || minute > dayLength {
		return w, "", false
	}
	if !ok {
		return w, rest, true
	}
	if tail, after := cutPart(strings.TrimSpace(rest)); said == "" && (tail == "am" || tail == "pm") {
		said, rest = tail, after
	}
	if w.Minute, ok = inPart(said, minute); !ok {
		return w, "", false
	}
	if next, after := cutNext(strings.TrimSpace(rest)); next {
		w.Next, rest = true, after
	}
	return w, strings.TrimSpace(rest), true
}

// dayOf takes a day off the front; nil when there is none. A day that no calendar has is not ok.
func dayOf(s string) (*Day, string, bool) {
	n := func(t string) int { v, _ := strconv.Atoi(t); return v }
	var d Day
	var used int
	if m := fullDate.FindStringSubmatch(s); m != nil {
		d, used = Day{n(m[1]), n(m[2]), n(m[3])}, len(m[0])
	} else if m := packedDate.FindStringSubmatch(s); m != nil {
		d, used = Day{n(m[1]), n(m[2]), n(m[3])}, 8
	} else if m := monthDay.FindStringSubmatch(s); m != nil {
		d, used = Day{0, n(m[1]), n(m[2])}, len(m[0])
	} else if m := shortDate.FindStringSubmatch(s); m != nil { // as workbooks show their short date: 12-03-26
		d, used = Day{2000 + n(m[4]), n(m[1]), n(m[3])}, len(m[1])+len(m[3])+4
		if n(m[1]) > 12 {
			d = Day{2000 + n(m[1]), n(m[3]), n(m[4])}
		}
	} else if m := slashDate.FindStringSubmatch(s); m != nil {
		d, used = Day{0, n(m[1]), n(m[2])}, len(m[1])+len(m[2])+1
	} else {
		return nil, s, true
	}
	return &d, s[used:], d.exists()
}

// exists reports whether a calendar has the day; without a year the 29th of February may be meant.
func (d Day) exists() bool {
	year := d.Year
	if year == 0 {
		year = 2000
	}
	t := time.Date(year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	return d.Month >= 1 && d.Month <= 12 && t.Day() == d.Day && int(t.Month()) == d.Month
}

// cutNext takes a word for the day after off the front.
func cutNext(s string) (bool, string) {
	for _, w := range []string{"(次日)", "(翌日)", "(第二天)", "(+1)", "次日", "翌日", "第二天", "隔天", "隔日", "次晨", "+1"} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			if w == "次晨" {
				rest = "凌晨" + rest
			}
			return true, strings.TrimSpace(rest)
		}
	}
	for _, w := range []string{"当日", "当天", "同日"} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			return false, strings.TrimSpace(rest)
		}
	}
	return false, s
}

// cutPart takes a word for a part of the day off the front.
func cutPart(s string) (string, string) {
	for _, w := range []string{"凌晨", "清晨", "早晨", "早上", "早", "上午", "中午", "下午", "傍晚", "晚上", "夜里", "夜间", "晚", "夜", "am", "pm"} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			return w, strings.TrimSpace(rest)
		}
	}
	return "", s
}

// clock takes a time of day off the front, in minutes.
func clock(s string) (int, string, bool) {
	hour, minute, half, used := "", "", "", 0
	if m := clockTime.FindStringSubmatch(s); m != nil {
		hour, minute, half, used = m[1], m[2]+m[3], m[4], len(m[0])
	} else if m := wordTime.FindStringSubmatch(s); m != nil {
		hour, minute, half, used = m[1], m[3], m[2], len(m[0])
	} else if m := bareHour.FindStringSubmatch(s); m != nil {
		hour, used = m[1], len(m[1])
	} else {
		return 0, s, false
	}
	h, ok1 := charset.Numeral(hour)
	m, ok2 := 0, true
	if minute != "" {
		m, ok2 = charset.Numeral(minute)
	}
	switch half {
	case "半":
		m = 30
	case "一刻":
		m = 15
	case "三刻":
		m = 45
	}
	if !ok1 || !ok2 || m > 59 || h*60+m > dayLength {
		return dayLength + 1, s, true // said, but no time of a day
	}
	return h*60 + m, s[used:], true
}

// inPart puts a time into the part of the day that is said. What may be meant in two ways is refused: 上午12点, 晚上2点.
func inPart(said string, minute int) (int, bool) {
	hour, noon := minute/60, 12*60
	switch said {
	case "":
		return minute, true
	case "am":
		if hour == 12 {
			return minute - noon, true
		}
		return minute, hour < 12
	case "pm", "下午":
		if hour < 12 {
			return minute + noon, hour > 0
		}
		return minute, hour < 24
	case "凌晨":
		if hour == 12 {
			return minute - noon, true
		}
		return minute, hour <= 6
	case "中午":
		if hour < 3 {
			return minute + noon, hour > 0
		}
		return minute, hour >= 10 && hour <= 14
	case "傍晚", "晚上", "夜里", "夜间", "晚", "夜":
		if hour < 12 {
			return minute + noon, hour >= 5
		}
		if hour == 12 {
			return minute + noon, minute == noon
		}
		return minute, hour >= 17
	}
	return minute, hour < 12 // the morning
}
