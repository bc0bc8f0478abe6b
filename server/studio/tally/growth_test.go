package tally_test

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

// daily has a figure at the end of each day from 6 March on, in UTC+8; negative values are days without one.
func daily(release string, values ...int64) []tally.Reading {
	var out []tally.Reading
	for i, v := range values {
		if v >= 0 {
			out = append(out, tally.Reading{ID: release + strconv.Itoa(i), Release: release, Metric: tally.MetricPlays,
				Observed: hour(24*i + 15), Figure: tally.Figure{Value: v, Step: 1, Bound: tally.Exact}})
		}
	}
	return out
}

func TestForecastIsARangeFromTheLastWeek(t *testing.T) {
	late := daily("r", 0, 1e6, 2e6, 3e6)
	late = append(late, tally.Reading{ID: "late", Release: "r", Metric: tally.MetricPlays, Observed: hour(24*3 + 15).Add(time.Minute), Figure: tally.Figure{Value: 3_000_001, Step: 1}})
	for _, c := range []struct {
		name             string
		readings         []tally.Reading
		days             int
		fast, slow, left int64
		earliest, latest string
		why              string // where there is no range
	}{
		{"two days are not enough", daily("r", 0, 1e6, 2e6), 2, 1e6, 1e6, 8e6, "", "", tally.WhyFew},
		{"three are", daily("r", 0, 1e6, 3e6, 6e6), 3, 3e6, 1e6, 4e6, "2026-03-11", "2026-03-13", ""},
		{"a whole number of days stays it", daily("r", 1e6, 2e6, 3e6, 4e6), 3, 1e6, 1e6, 6e6, "2026-03-15", "2026-03-15", ""},
		{"only the last week counts", daily("r", 0, 5e6, 5_100_000, 5_200_000, 5_300_000, 5_400_000, 5_500_000, 5_600_000, 5_700_000), 7, 1e5, 1e5, 4_300_000, "2026-04-26", "2026-04-26", ""},
		{"a gap makes no daily growth", daily("r", 0, 1e6, -1, -1, 2e6, 3e6), 2, 1e6, 1e6, 7e6, "", "", tally.WhyFew},
		{"a slow day may never get there", daily("r", 0, 1e6, 1e6, 3e6), 3, 2e6, 0, 7e6, "2026-03-13", "", ""},
		{"nor may all", daily("r", 1e6, 1e6, 1e6, 1e6), 3, 0, 0, 9e6, "", "", tally.WhyStill},
		{"less every day", daily("r", 4e6, 3e6, 2e6, 1e6), 3, -1e6, -1e6, 9e6, "", "", tally.WhyStill},
		{"more than a year is not foretold", daily("r", 1, 2, 3, 4), 3, 1, 1, 9_999_996, "", "", tally.WhyFar},
		{"a year to the day is", daily("r", 1e7-368e4, 1e7-367e4, 1e7-366e4, 1e7-365e4), 3, 1e4, 1e4, 365e4, "2027-03-09", "2027-03-09", ""},
		{"nothing left to reach", daily("r", 1e9, 2e9, 3e9, 4e9), 3, 1e9, 1e9, 0, "", "", tally.WhyPast},
		{"a new platform brings what it had before", append(daily("r", 0, 1e6, 2e6, 3e6, 4e6), daily("s", -1, -1, -1, 2e6, 2_500_000)...), 3, 1_500_000, 1e6, 3_500_000, "2026-03-13", "2026-03-14", ""},
		{"the last point of a day is the day's", late, 3, 1_000_001, 1e6, 6_999_999, "2026-03-16", "2026-03-16", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := tally.NewAccount(playsBasis(1e7), c.readings)
			got := a.Next(shanghai())
			want := tally.Forecast{Why: c.why, Threshold: 1e7, Left: c.left, Days: c.days, Fast: c.fast, Slow: c.slow, Earliest: c.earliest, Latest: c.latest}
			if c.why == tally.WhyPast {
				want.Threshold = 0
			}
			if got == nil || *got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestForecastWithoutThresholdsOrFigures(t *testing.T) {
	a, _ := tally.NewAccount(playsBasis(), daily("r", 1e6, 2e6, 3e6, 4e6))
	if got := a.Next(shanghai()); got == nil || got.Why != tally.WhyNone || got.Earliest != "" {
		t.Errorf("got %+v", got)
	}
	a, _ = tally.NewAccount(playsBasis(1e7), nil)
	if got := a.Next(shanghai()); got != nil {
		t.Errorf("got %+v, want none", got)
	}
}

func TestForecastNeverEndsBeforeItBegins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := tally.NewAccount(playsBasis(keepsLevels()...), daily("r", rapid.SliceOfN(rapid.Int64Range(-3_000_000, 9_000_000), 0, 20).Draw(t, "values")...))
		got := a.Next(shanghai())
		if got == nil || got.Why != "" {
			return
		}
		last := a.Sum.Last.At.In(shanghai()).Format(time.DateOnly)
		if got.Earliest <= last || got.Latest != "" && got.Latest < got.Earliest || got.Fast < got.Slow || got.Left < 1 || got.Days < 3 || got.Days > 7 {
			t.Fatalf("%+v after %s", got, last)
		}
	})
}

func TestSumsAtTheDaysAfterRelease(t *testing.T) {
	for _, c := range []struct {
		name     string
		readings []tally.Reading
		want     map[int]int64
	}{
		{"every day", daily("r", 10, 20, 30, 40, 50, 60, 70, 80, 90), map[int]int64{1: 20, 7: 80}},
		{"the day before stands in", daily("r", 10, -1, -1, -1, -1, -1, 70, -1, 90), map[int]int64{1: 10, 7: 70}},
		{"an older one does not", daily("r", -1, -1, 30, 40, 50, 60, -1, -1, 90), map[int]int64{}},
		{"platforms are added up", append(daily("r", 10, 20), daily("s", 5, 6)...), map[int]int64{1: 26}},
	} {
		a, _ := tally.NewAccount(playsBasis(), c.readings)
		got := map[int]int64{}
		for _, d := range a.Sum.AtDay {
			got[d.Day] = d.Value
		}
		if len(got) != len(c.want) || got[1] != c.want[1] || got[7] != c.want[7] {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	unknown, _ := tally.NewAccount(tally.Basis{Metric: tally.MetricPlays}, daily("r", 10, 20))
	if len(unknown.Sum.AtDay) > 0 {
		t.Errorf("without a day of release: %v", unknown.Sum.AtDay)
	}
}

func TestMisfits(t *testing.T) {
	steady := []int64{0, 1e4, 2e4, 3e4}
	printed := daily("r", 210e6, 209_999_000)
	printed[0].Figure.Step = 1e7
	less := daily("r", 123_456, 100_000)
	less[1].Figure.Bound = tally.Lower
	checked := daily("r", append(steady, 1e7)...)
	checked[4].Checked = true
	completion := daily("r", 5000, 3000)
	heat := daily("r", 5000, 3000)
	for i := range completion {
		completion[i].Metric, heat[i].Metric = tally.MetricCompletion, tally.MetricHeat
	}
	for _, c := range []struct {
		name     string
		metric   string
		readings []tally.Reading
		want     string
	}{
		{"a steady climb", tally.MetricPlays, daily("r", steady...), ""},
		{"a fall", tally.MetricPlays, daily("r", 100, 99), tally.Drop},
		{"a fall within the rounding", tally.MetricPlays, printed, ""},
		{"a figure that only says less", tally.MetricPlays, less, ""},
		{"twenty times the median", tally.MetricPlays, daily("r", append(steady, 3e4+2e5)...), ""},
		{"more than twenty times", tally.MetricPlays, daily("r", append(steady, 3e4+2e5+1)...), tally.Jump},
		{"somebody found it right", tally.MetricPlays, checked, ""},
		{"two steps are no habit", tally.MetricPlays, daily("r", 0, 1e4, 2e4, 1e8), ""},
		{"a hundred thousand is nothing", tally.MetricPlays, daily("r", 0, 1, 2, 3, 100_003), ""},
		{"another platform has its own habit", tally.MetricPlays, append(daily("r", steady...), daily("s", -1, -1, -1, -1, 1e9)...), ""},
		{"a rate may fall", tally.MetricCompletion, completion, ""},
		{"heat may fall", tally.MetricHeat, heat, ""},
	} {
		b := playsBasis()
		b.Metric = c.metric
		a, _ := tally.NewAccount(b, c.readings)
		switch {
		case c.want == "" && a.Misfit == 0 && len(a.Misfits) == 0:
		case c.want != "" && a.Misfit == 1 && a.Misfits[0].Kind == c.want && a.Misfits[0].To.Reading == c.readings[len(c.readings)-1].ID:
		default:
			t.Errorf("%s: got %d %+v, want %q", c.name, a.Misfit, a.Misfits, c.want)
		}
	}
	var zigzag []int64
	for i := range int64(1000) {
		zigzag = append(zigzag, i%2)
	}
	if a, _ := tally.NewAccount(playsBasis(), daily("r", zigzag...)); a.Misfit != 499 || len(a.Misfits) != tally.MisfitsKept {
		t.Errorf("%d misfits, %d of them named", a.Misfit, len(a.Misfits))
	}
}

func course(values ...int64) []tally.Point {
	var out []tally.Point
	for i, v := range values {
		if v >= 0 {
			out = append(out, tally.Point{At: hour(24 * i), Value: v, Reading: strconv.Itoa(i)})
		}
	}
	return out
}

func TestPayback(t *testing.T) {
	for _, c := range []struct {
		name           string
		revenue, spend []tally.Point
		costs          int64
		at             int // day; -1: never
	}{
		{"costs alone", course(5, 10, 20), nil, 10, 1},
		{"spend counts up to the day", course(5, 10, 20, 40), course(0, 5, 6, 7), 10, 2},
		{"spend of the same day counts", course(10), course(1), 10, -1},
		{"later spend does not take it back", course(10, 11, 12), course(0, 0, 100), 10, 0},
		{"not yet", course(5, 6), nil, 10, -1},
		{"nothing earned pays nothing back", course(0, 0), nil, 0, -1},
		{"no revenue", nil, course(1), 0, -1},
	} {
		got, ok := tally.Payback(c.revenue, c.spend, c.costs)
		if ok != (c.at >= 0) || ok && got.Reading != strconv.Itoa(c.at) {
			t.Errorf("%s: got %+v, %v", c.name, got, ok)
		}
	}
}

func TestPaybackIsTheFirstDayOnWhichItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-5, 50), 0, 12)
		revenue, spend := course(values.Draw(t, "revenue")...), course(values.Draw(t, "spend")...)
		costs := rapid.Int64Range(0, 40).Draw(t, "costs")
		got, ok := tally.Payback(revenue, spend, costs)
		for _, p := range revenue {
			spent := int64(0)
			for _, s := range spend {
				if !s.At.After(p.At) {
					spent = s.Value
				}
			}
			if p.Value > 0 && p.Value >= costs+spent {
				if !ok || got != p {
					t.Fatalf("got %+v, %v, want %+v", got, ok, p)
				}
				return
			}
		}
		if ok {
			t.Fatalf("got %+v, want none", got)
		}
	})
}

func TestCoursesAddUpToTheCurve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		var courses [][]tally.Point
		for _, c := range tally.Courses(readings, tally.MetricPlays) {
			if !c.Summed {
				courses = append(courses, c.Points)
			}
		}
		got, want := tally.AddUp(courses...), tally.Curve(readings, tally.MetricPlays)
		if len(got) != len(want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("point %d: got %+v, want %+v", i, got[i], want[i])
			}
		}
	})
}

func TestFiguresOfPeriodsAreAddedUpWhereNoTotalIs(t *testing.T) {
	earned := func(id, release string, at int, value int64, currency string, increment bool) tally.Reading {
		return tally.Reading{ID: id, Release: release, Metric: tally.MetricRevenue, Observed: hour(at), Increment: increment, Currency: currency,
			Figure: tally.Figure{Value: value, Step: 1, Bound: tally.Exact}}
	}
	readings := []tally.Reading{
		earned("1", "a", 24, 100, "CNY", true), earned("2", "a", 48, 50, "CNY", true), earned("3", "a", 48, 7, "CNY", false),
		earned("4", "b", 24, 100, "USD", true), earned("5", "b", 48, 50, "USD", true), earned("6", "b", 72, 1, "CNY", true),
	}
	want := []tally.Course{
		{Release: "a", Currency: "CNY", Points: []tally.Point{{At: hour(48), Value: 7, Reading: "3"}}},
		{Release: "b", Currency: "CNY", Summed: true, Points: []tally.Point{{At: hour(72), Value: 1, Reading: "6"}}},
		{Release: "b", Currency: "USD", Summed: true, Points: []tally.Point{{At: hour(24), Value: 100, Reading: "4"}, {At: hour(48), Value: 150, Reading: "5"}}},
	}
	got := tally.Courses(readings, tally.MetricRevenue)
	if text, wanted := asText(got), asText(want); text != wanted {
		t.Errorf("got  %s\nwant %s", text, wanted)
	}
	b := playsBasis()
	b.Metric = tally.MetricRevenue
	a, reached := tally.NewAccount(b, readings)
	now, summed := a.Line("b").Now()
	if len(reached) > 0 || !summed || len(now) != 2 || now[0].Figure.Value != 150 || now[0].Currency != "USD" || now[1].Figure.Value != 1 {
		t.Errorf("got %+v, %v, reached %v", now, summed, reached)
	}
	if now, summed := a.Line("a").Now(); summed || len(now) != 1 || now[0].Figure.Value != 7 {
		t.Errorf("got %+v, %v", now, summed)
	}
	if !a.Line("b").Fresh().Equal(hour(72)) || !a.Line("c").Fresh().IsZero() {
		t.Errorf("fresh: %v", a.Line("b").Fresh())
	}
}

func asText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
