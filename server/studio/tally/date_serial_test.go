package tally_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

func TestFromSerial(t *testing.T) {
	for _, c := range []struct {
		text     string
		from1904 bool
		want     string
		day      bool
	}{
		{"46087", false, dayEnd, true},
		{"46087.0", false, dayEnd, true},
		{" 46087 ", false, dayEnd, true},
		{"44625", true, dayEnd, true},
		{"46087.604166666664", false, "2026-03-06T14:30:00+08:00", false},
		{"46087.5", false, "2026-03-06T12:00:00+08:00", false},
		{"46087.999999999", false, "2026-03-07T00:00:00+08:00", false},
		{"44625.604166666664", true, "2026-03-06T14:30:00+08:00", false},
		{"25569", false, "1970-01-01T23:59:59.999999999+08:00", true},
	} {
		got, err := tally.FromSerial(c.text, c.from1904, nil)
		if err != nil || got.At.Format(time.RFC3339Nano) != c.want || got.Day != c.day {
			t.Errorf("%q: got %s, %v, %v, want %s, %v", c.text, got.At.Format(time.RFC3339Nano), got.Day, err, c.want, c.day)
		}
	}
	for code, texts := range map[string][]string{
		tally.DateEmpty:      {"", " "},
		tally.DateRange:      {"1000", "25568", "999999", "0060"},
		tally.DateUnreadable: {"1", "60", "-46087", "4.6087E4", "46087.", ".5", "abc", "46087,5", "1234567", "２００", "NaN", "46087.123456789012345678"},
	} {
		for _, text := range texts {
			got, err := tally.FromSerial(text, false, shanghai())
			var refused *tally.DateError
			if !errors.As(err, &refused) || refused.Code != code || got != (tally.Instant{}) {
				t.Errorf("%q: got %+v, %v, want code %s", text, got, err, code)
			}
		}
	}
}

func TestASerialReadsAsTheMinuteThatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minute := rapid.IntRange(1, 24*60-1).Draw(t, "minute")
		day := rapid.IntRange(25569, 100_000).Draw(t, "day")
		text := strconv.FormatFloat(float64(day)+float64(minute)/(24*60), 'f', -1, 64)
		got, err := tally.FromSerial(text, false, shanghai())
		want := time.Date(1899, 12, 30+day, 0, minute, 0, 0, shanghai())
		if err != nil || !got.At.Equal(want) || got.Day {
			t.Fatalf("%s: got %v, %v, %v, want %v", text, got.At, got.Day, err, want)
		}
	})
}

func FuzzFromSerial(f *testing.F) {
	for _, text := range []string{"46087", "46087.604166666664", "0", "99999.9", "-1", "1e5"} {
		f.Add(text, false)
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, from1904 bool) {
		got, err := tally.FromSerial(text, from1904, shanghai())
		var refused *tally.DateError
		if err != nil && (!errors.As(err, &refused) || refused.Code == "" || got != (tally.Instant{})) {
			t.Fatalf("%q is refused with %+v, %v", text, got, err)
		}
		if err == nil && (got.At.Year() < 1970 || got.At.Year() > 2999) {
			t.Fatalf("%q reads as %v", text, got.At)
		}
	})
}
