package tally_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio/tally"
)

func shanghai() *time.Location {
	return time.FixedZone("Asia/Shanghai", 8*60*60)
}

const dayEnd = "2026-03-06T23:59:59.999999999+08:00"

// daySpellings are all of dates without a time, and their moment.
func daySpellings() map[string]string {
	table := map[string]string{
		"2028-02-29": "2028-02-29T23:59:59.999999999+08:00",
		"2026-12-31": "2026-12-31T23:59:59.999999999+08:00",
	}
	for _, text := range []string{
		"2026-03-06", "2026-3-6", "2026/03/06", "2026/3/6", "2026.3.6", "2026.03.06", "20260306", "2026年3月6日", "2026年03月06日",
		"2026年3月6号", "2026 年 3 月 6 日", " 2026-03-06 ", "２０２６－０３－０６", "２０２６年３月６日", "２０２６／３／６", "2026—03—06", "2026 - 3 - 6",
	} {
		table[text] = dayEnd
	}
	return table
}

// timeSpellings gives the moment of each spelling in RFC 3339, as it must come out in UTC+8.
func timeSpellings() map[string]string {
	table := map[string]string{
		"2026-03-06 24:00":              dayEnd,
		"2026-03-06 24:00:00":           dayEnd,
		"2026-03-06T24:00":              dayEnd,
		"2026年3月6日24时":                  dayEnd,
		"2026-03-06 00:00":              "2026-03-06T00:00:00+08:00",
		"2026-03-06 14:30:05":           "2026-03-06T14:30:05+08:00",
		"2026-03-06T14:30:05":           "2026-03-06T14:30:05+08:00",
		"2026-03-06 14:30:05.5":         "2026-03-06T14:30:05.5+08:00",
		"2026-03-06 14:30:05.123456789": "2026-03-06T14:30:05.123456789+08:00",
		"2026年3月6日14时30分5秒":             "2026-03-06T14:30:05+08:00",
		"20260306143005":                "2026-03-06T14:30:05+08:00",
		"20260306 143005":               "2026-03-06T14:30:05+08:00",
		"2026年3月6日14时":                  "2026-03-06T14:00:00+08:00",
		"2026-3-6 9:05":                 "2026-03-06T09:05:00+08:00",
		"2026-03-06T16:30:00Z":          "2026-03-07T00:30:00+08:00",
		"2026年3月6日凌晨1点":                 "2026-03-06T01:00:00+08:00",
		"2026年3月6日 凌晨12:05":             "2026-03-06T00:05:00+08:00",
		"2026-03-06 早上8:00":             "2026-03-06T08:00:00+08:00",
		"2026-03-06 上午9点05分":            "2026-03-06T09:05:00+08:00",
		"2026-03-06 中午12点":              "2026-03-06T12:00:00+08:00",
		"2026-03-06 中午1点":               "2026-03-06T13:00:00+08:00",
		"2026-03-06 下午12:30":            "2026-03-06T12:30:00+08:00",
		"2026-03-06 晚上11:59":            "2026-03-06T23:59:00+08:00",
		"2026-03-06 12:00 AM":           "2026-03-06T00:00:00+08:00",
		"2026-03-06 12:00 PM":           "2026-03-06T12:00:00+08:00",
		"2026-03-06 9:05 AM":            "2026-03-06T09:05:00+08:00",
		"2026-03-06 2:30 PM UTC":        "2026-03-06T22:30:00+08:00",
		"2026-03-06 2pm":                "2026-03-06T14:00:00+08:00",
		"2026-03-06 16:30 UTC":          "2026-03-07T00:30:00+08:00",
		"2026-03-06T24:00Z":             "2026-03-07T07:59:59.999999999+08:00",
		"2026-03-06T14:30:05.25+01:00":  "2026-03-06T21:30:05.25+08:00",
		"2026-12-31T20:00:00-05:00":     "2027-01-01T09:00:00+08:00",
	}
	for _, text := range []string{
		"2026年3月6日 下午2点30分", "2026年3月6日下午2:30", "2026-03-06 下午14:30", "2026/3/6 下午 2:30", "2026-03-06 2:30 PM", "2026/3/6 2:30pm", "2026-03-06 02:30:00 pm", "２０２６／３／６　２：３０　ＰＭ",
		"2026-03-06 14:30", "2026/3/6 14:30", "2026.3.6 14:30", "2026-03-06T14:30", "2026-03-06t14:30", "2026-03-06  14:30", "2026年3月6日14时30分",
		"2026年3月6日 14:30", "2026年3月6日14点30分", "2026年3月6日 14 时 30 分", "20260306 14:30", "20260306 1430", "202603061430", "20260306T1430",
		"２０２６－０３－０６　１４：３０", "2026-03-06 14：30", "2026-03-06T14:30+08:00", "2026-03-06T14:30:00+0800", "2026-03-06 14:30:00 +08:00",
		"2026-03-06T06:30:00Z", "2026-03-06T06:30:00z", "2026-03-06T01:30:00-05:00",
	} {
		table[text] = "2026-03-06T14:30:00+08:00"
	}
	return table
}

// TestDateSpellings prints every spelling with what it reads as: go test -run Spellings -v.
func TestDateSpellings(t *testing.T) {
	var lines []string
	tables := map[bool]map[string]string{true: daySpellings(), false: timeSpellings()}
	for day, table := range tables {
		for text, want := range table {
			got, err := tally.ParseInstant(text, shanghai())
			if err != nil || got.At.Format(time.RFC3339Nano) != want || got.Day != day {
				t.Errorf("%q: got %s, day only %v, %v, want %s, %v", text, got.At.Format(time.RFC3339Nano), got.Day, err, want, day)
			}
			lines = append(lines, fmt.Sprintf("%s  day only %-5v  %q", got.At.Format(time.RFC3339Nano), got.Day, text))
		}
	}
	for code, texts := range refusedDates() {
		for _, text := range texts {
			got, err := tally.ParseInstant(text, shanghai())
			var refused *tally.DateError
			if !errors.As(err, &refused) || refused.Code != code || got != (tally.Instant{}) {
				t.Errorf("%q: got %+v, %v, want code %s", text, got, err, code)
			}
			lines = append(lines, fmt.Sprintf("refused: %-40s  %q", code, text))
		}
	}
	printSpellings(t, "dates", lines, 40)
}

// printSpellings logs a table of spellings and holds it to a size.
func printSpellings(t *testing.T, what string, lines []string, least int) {
	t.Helper()
	slices.Sort(lines)
	t.Logf("%d spellings of %s:\n%s", len(lines), what, strings.Join(lines, "\n"))
	if len(lines) < least {
		t.Errorf("%d spellings of %s, want at least %d", len(lines), what, least)
	}
}

func refusedDates() map[string][]string {
	return map[string][]string{
		tally.DateEmpty:     {"", "  ", "-", "--", "—", "暂无", "N/A"},
		tally.DateNoYear:    {"3月6日", "3月6日14时", "3月6日 14:30", "03-06", "3/6", "3.6", "03-06 14:30", "１２月３１日"},
		tally.DateNoDay:     {"2026", "2026年", "2026年3月", "2026-03", "2026/3", "2026.3"},
		tally.DateAmbiguous: {"3/6/2026", "03-06-2026", "6.3.2026", "2026-03-06 晚上12点", "2026-03-06 晚上0:30", "2026-03-06 上午12:00", "26-03-06", "26/3/6", "26年3月6日", "3/6/26", "12/31/2026 14:30"},
		tally.DateRange: {"2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "20260431", "2026年2月30日", "0001-01-01", "9999-01-01",
			"2026-03-06 25:00", "2026-03-06 24:01", "2026-03-06 13:30 PM", "2026-03-06 0:30 AM", "2026-03-06 上午14:30", "2026-03-06 凌晨8点", "2026-03-06 下午24:00", "2026-03-06 中午9:30", "2026-03-06 24:00:01", "2026-03-06 14:60", "2026-03-06 14:30:60", "2026-03-06T14:30:00+15:00", "2026-03-06T14:30:00+08:60"},
		tally.DateRelative: {"昨天", "今天", "昨天 14:30", "昨日", "前天", "3天前", "5分钟前", "刚刚", "yesterday", "today", "3 days ago"},
		tally.DateBidi:     {"2026-03-06\u202e", "\u200f2026-03-06"},
		tally.DateUnreadable: {"后天", "2026-03/06", "2026-03-06x", "2026-03-06 14", "2026-03-06 2", "2026-03-06 2px", "下午3点", "2026-03-06 14:30 CST", "2026-03-06 14:3", "2026-03-06 下午", "2026-03-06 pm", "2026-03-06 下午2:30pm", "46087",
			"2026-03-06 14:30:05.1234567890", "2026年3月6日x", "2026-03-06T", "2026-003-06", "1772755200", "２０２６年三月六日", "2026-03-06 14:30:00+8", "2026\xff-03-06", "-2026-03-06"},
	}
}

func TestParseInstantWithoutAZoneReadsInTheStudiosDefault(t *testing.T) {
	got, err := tally.ParseInstant("2026-03-06", nil)
	want := time.Date(2026, 3, 6, 23, 59, 59, 999_999_999, shanghai())
	if err != nil || !got.At.Equal(want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestParseInstantWhereTheClockChanges(t *testing.T) {
	newYork, havana := zone(t, "America/New_York"), zone(t, "America/Havana")
	apia := zone(t, "Pacific/Apia")
	t.Run("a time that is left out is refused", func(t *testing.T) {
		wantRange(t, "2026-03-08 02:30", newYork)
	})
	t.Run("a day that is left out is refused", func(t *testing.T) {
		wantRange(t, "2011-12-30", apia)
	})
	t.Run("a day without a midnight still has an end", func(t *testing.T) {
		wantNextDay(t, "2026-03-07", havana)
	})
	t.Run("the day ends with the second of two like hours", func(t *testing.T) {
		wantNextDay(t, "2011-04-01", apia)
		wantNextDay(t, "2018-02-17", zone(t, "America/Sao_Paulo"))
	})
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Skipf("no time zone data for %s here", name)
	}
	return z
}

func wantRange(t *testing.T, text string, zone *time.Location) {
	t.Helper()
	got, err := tally.ParseInstant(text, zone)
	var refused *tally.DateError
	if !errors.As(err, &refused) || refused.Code != tally.DateRange {
		t.Errorf("%s: got %v, %v, want out of range", text, got, err)
	}
}

// wantNextDay checks that one nanosecond after the end of the day is another day.
func wantNextDay(t *testing.T, text string, zone *time.Location) {
	t.Helper()
	got, err := tally.ParseInstant(text, zone)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if day := got.At.Format("2006-01-02"); day != text {
		t.Errorf("%s ends on %s", text, got.At)
	}
	if after := got.At.Add(1); after.Day() == got.At.Day() {
		t.Errorf("%s ends at %s, and the day goes on", text, got.At)
	}
}

func FuzzParseInstant(f *testing.F) {
	for _, table := range []map[string]string{daySpellings(), timeSpellings()} {
		for text := range table {
			f.Add(text)
		}
	}
	for _, texts := range refusedDates() {
		for _, text := range texts {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := tally.ParseInstant(text, shanghai())
		var refused *tally.DateError
		switch {
		case err != nil:
			if !errors.As(err, &refused) || refused.Code == "" || got != (tally.Instant{}) {
				t.Fatalf("%q is refused with %+v, %v", text, got, err)
			}
		case got.At.Year() < 1969 || got.At.Year() > 3000:
			t.Fatalf("%q reads as %v", text, got.At)
		default:
			again, err := tally.ParseInstant(got.At.Format(time.RFC3339Nano), time.UTC)
			if got.At.Year() >= 1970 && got.At.Year() < 3000 && (err != nil || !again.At.Equal(got.At)) {
				t.Fatalf("%q reads as %v, which reads as %v, %v", text, got.At, again.At, err)
			}
		}
	})
}
