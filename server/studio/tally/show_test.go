package tally_test

import (
	"math"
	"testing"

	"chouka/server/studio/tally"
)

func TestShowCutsAndNeverRoundsUp(t *testing.T) {
	cases := []struct {
		value  int64
		zh, en string
	}{
		{0, "0", "0"},
		{7, "7", "7"},
		{999, "999", "999"},
		{1000, "1000", "1K"},
		{1999, "1999", "1.9K"},
		{9999, "9999", "9.9K"},
		{10000, "1万", "10K"},
		{10999, "1万", "10.9K"},
		{12345, "1.2万", "12.3K"},
		{999_999, "99.9万", "999.9K"},
		{1_000_000, "100万", "1M"},
		{20_500_000, "2050万", "20.5M"},
		{99_999_500, "9999.9万", "99.9M"},
		{99_999_999, "9999.9万", "99.9M"},
		{100_000_000, "1亿", "100M"},
		{109_999_999, "1亿", "109.9M"},
		{210_000_000, "2.1亿", "210M"},
		{219_999_999, "2.1亿", "219.9M"},
		{999_999_999, "9.9亿", "999.9M"},
		{25_157_000_000, "251.5亿", "25.1B"},
		{tally.Largest, "10000000亿", "1000000B"},
		{-5, "-5", "-5"},
		{-99_999_500, "-9999.9万", "-99.9M"},
		{math.MinInt64, "-92233720368.5亿", "-9223372036.8B"},
		{math.MaxInt64, "92233720368.5亿", "9223372036.8B"},
	}
	for _, c := range cases {
		if got := tally.Show(c.value, "zh"); got != c.zh {
			t.Errorf("%d in zh: got %s, want %s", c.value, got, c.zh)
		}
		if got := tally.Show(c.value, "en"); got != c.en {
			t.Errorf("%d in en: got %s, want %s", c.value, got, c.en)
		}
	}
}

func TestShowTakesARegionForItsLanguage(t *testing.T) {
	if got := tally.Show(210_000_000, "zh-CN"); got != "2.1亿" {
		t.Errorf("zh-CN: got %s", got)
	}
	if got := tally.Show(210_000_000, "en-GB"); got != "210M" {
		t.Errorf("en-GB: got %s", got)
	}
}
