package tally_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

// both reads lines of a release by day: a total, an increment, and "-" where there is none.
func both(t testing.TB, lines ...string) []tally.Reading {
	t.Helper()
	var out []tally.Reading
	for day, line := range lines {
		for i, text := range strings.Fields(line) {
			if text == "-" {
				continue
			}
			f, err := tally.ParseFigure(text)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, tally.Reading{ID: fmt.Sprint(day, ".", i), Release: "r", Metric: tally.MetricPlays, Increment: i == 1, Observed: hour(24*day + 15), Figure: f})
		}
	}
	return out
}

func TestIncrementsAreHeldAgainstTotals(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string // day>day increments/totals
	}{
		"they agree":                            {[]string{"1000 -", "1100 100", "1250 150"}, ""},
		"two in a hundred are let pass":         {[]string{"1000 -", "1100 100", "2100 1020"}, ""},
		"three are not":                         {[]string{"1000 -", "1100 100", "2100 1030"}, "1>2 1030/1000"},
		"too few, too":                          {[]string{"1000 -", "1100 100", "2100 970"}, "1>2 970/1000"},
		"spans that meet and err alike are one": {[]string{"1000 -", "1100 200", "1200 200", "1300 100", "1400 50"}, "0>2 400/200, 3>4 50/100"},
		"those that err apart are two":          {[]string{"1000 -", "1100 200", "1200 0"}, "0>1 200/100, 1>2 0/100"},
		"the rounding of the totals hides it":   {[]string{"1万 -", "1万 90", "1万 80"}, ""},
		"but not over a longer span": {[]string{"1.0万 -", "1.1万 1900", "1.2万 1900", "1.3万 1900"},
			"0>3 5700/3000"},
		"the rounding of the increments hides it":    {[]string{"1000 -", "5900 1万", "10900 1万"}, ""},
		"a total that is missing is stepped over":    {[]string{"1000 -", "- 100", "1300 100"}, "0>2 200/300"},
		"an increment that is missing ends the span": {[]string{"1000 -", "1100 100", "5000 -", "5100 100", "5200 100"}, ""},
		"a single one is of nobody knows what":       {[]string{"1000 -", "1100 700"}, ""},
		"a lower bound is no increment":              {[]string{"1000 -", "1100 100", "1200 500+", "1300 100"}, ""},
		"nor is it an end":                           {[]string{"1000 -", "1100+ 500", "2100 600"}, ""},
		"totals that fall agree with none":           {[]string{"1000 -", "1100 100", "900 50"}, "1>2 50/-200"},
		"nothing to hold them against":               {[]string{"- 100", "- 100"}, ""},
		"only totals":                                {[]string{"1000", "9000"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, g := range tally.Gaps(both(t, c.lines...), tally.MetricPlays) {
				day := func(at time.Time) int { return int(at.Sub(hour(15)).Hours()) / 24 }
				got = append(got, fmt.Sprintf("%d>%d %d/%d", day(g.From), day(g.To), g.Increments, g.Totals))
			}
			if text := strings.Join(got, ", "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

func TestWeeksAreKnownByThree(t *testing.T) {
	weeks := func(n int) []tally.Reading {
		out := []tally.Reading{}
		for i := range n + 1 {
			at := hour(7 * 24 * i)
			out = append(out, tally.Reading{ID: strconv.Itoa(i), Release: "r", Metric: tally.MetricPlays, Observed: at, Figure: tally.Figure{Value: int64(i) * 1000, Step: 1}})
			if i > 0 {
				out = append(out, tally.Reading{ID: "m" + strconv.Itoa(i), Release: "r", Metric: tally.MetricPlays, Increment: true, Observed: at, Figure: tally.Figure{Value: 500, Step: 1}})
			}
		}
		return out
	}
	if got := tally.Gaps(weeks(2), tally.MetricPlays); len(got) != 0 {
		t.Errorf("two weeks: %+v", got)
	}
	if got := tally.Gaps(weeks(3), tally.MetricPlays); len(got) != 1 || got[0].Increments != 1500 || got[0].Totals != 3000 {
		t.Errorf("three weeks: %+v", got)
	}
}

func TestGapsKeepReleasesMetricsAndCurrenciesApart(t *testing.T) {
	readings := both(t, "1000 -", "1100 500", "1200 500")
	for _, metric := range []string{tally.MetricHeat, tally.MetricFollowers, tally.MetricRevenue} {
		if got := tally.Gaps(readings, metric); len(got) != 0 {
			t.Errorf("%s: %+v", metric, got)
		}
	}
	money := slices.Clone(readings)
	for i := range money {
		money[i].Metric, money[i].Currency = tally.MetricRevenue, "CNY"
		if money[i].Increment {
			money[i].Currency = "USD"
		}
	}
	if got := tally.Gaps(money, tally.MetricRevenue); len(got) != 0 {
		t.Errorf("of another currency: %+v", got)
	}
	for i := range readings {
		if readings[i].Increment {
			readings[i].Release = "s"
		}
	}
	if got := tally.Gaps(readings, tally.MetricPlays); len(got) != 0 {
		t.Errorf("of another release: %+v", got)
	}
}

// TestGapsFindWhatWasPutWrong draws a release whose increments are the differences of its totals, prints both as coarsely as
// platforms do, and then says one day wrong: only that day is told, in whatever order the readings come.
func TestGapsFindWhatWasPutWrong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.SampledFrom([]int64{1, 1, 10_000}).Draw(t, "step")
		days := rapid.IntRange(2, 30).Draw(t, "days")
		var readings []tally.Reading
		enter := func(day int, increment bool, value int64) {
			readings = append(readings, tally.Reading{ID: fmt.Sprint(day, increment), Release: "r", Metric: tally.MetricPlays, Increment: increment,
				Observed: hour(24 * day), Figure: tally.Figure{Value: value / step * step, Step: step, Bound: tally.Exact}})
		}
		total := rapid.Int64Range(0, 1e9).Draw(t, "begin")
		enter(0, false, total)
		wrong := rapid.IntRange(0, days).Draw(t, "wrong") // 0: none
		for day := 1; day <= days; day++ {
			grown := rapid.Int64Range(0, 1e7).Draw(t, "grown")
			total += grown
			enter(day, false, total)
			if day == wrong {
				grown += grown/10 + 5*step + 10
			}
			enter(day, true, grown)
		}
		got := tally.Gaps(rapid.Permutation(readings).Draw(t, "order"), tally.MetricPlays)
		switch {
		case wrong == 0 && len(got) != 0:
			t.Fatalf("nothing was wrong: %+v", got)
		case wrong > 0 && (len(got) != 1 || !got[0].From.Equal(hour(24*(wrong-1))) || !got[0].To.Equal(hour(24*wrong))):
			t.Fatalf("day %d was wrong: %+v", wrong, got)
		}
	})
}

// TestGapsAreWhatTheySay adds every span that is told up again, whatever the readings are.
func TestGapsAreWhatTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		metric := rapid.SampledFrom([]string{tally.MetricPlays, tally.MetricRevenue}).Draw(t, "metric")
		readings := drawCourse(t, metric)
		for i := range readings {
			readings[i].Increment = i%2 == 0
		}
		for _, g := range tally.Gaps(readings, metric) {
			sum, grown := int64(0), int64(0)
			for _, c := range tally.Courses(slices.DeleteFunc(slices.Clone(readings), func(r tally.Reading) bool { return r.Increment }), metric) {
				for _, p := range c.Points {
					if c.Release == g.Release && c.Currency == g.Currency && p.At.Equal(g.From) {
						grown -= p.Value
					}
					if c.Release == g.Release && c.Currency == g.Currency && p.At.Equal(g.To) {
						grown += p.Value
					}
				}
			}
			last := int64(0)
			for _, c := range tally.Courses(slices.DeleteFunc(slices.Clone(readings), func(r tally.Reading) bool { return !r.Increment }), metric) {
				for _, p := range c.Points {
					if c.Release == g.Release && c.Currency == g.Currency && p.At.After(g.From) && !p.At.After(g.To) {
						sum += p.Value - last
					}
					if last = p.Value; p.At.After(g.To) {
						break
					}
				}
				last = 0
			}
			if off := max(sum-grown, grown-sum); sum != g.Increments || grown != g.Totals || off*50 <= grown {
				t.Fatalf("%+v, but %d and %d", g, sum, grown)
			}
		}
	})
}
