package tally_test

import (
	"reflect"
	"testing"
	"time"

	"chouka/server/studio/tally"
)

// hour gives a moment some hours into 6 March 2026, in UTC.
func hour(n int) time.Time {
	return time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Hour)
}

// plays is a reading with the figure that a text reads as.
func plays(t *testing.T, id, release string, at int, text string) tally.Reading {
	t.Helper()
	f, err := tally.ParseFigure(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return tally.Reading{ID: id, Release: release, Metric: tally.MetricPlays, Observed: hour(at), Entered: hour(at), Figure: f}
}

func only(levels ...int64) func(string) []int64 {
	return func(string) []int64 { return levels }
}

// of keeps the milestones of one scope.
func of(scope string, all []tally.Milestone) []tally.Milestone {
	var kept []tally.Milestone
	for _, m := range all {
		if m.Scope == scope {
			kept = append(kept, m)
		}
	}
	return kept
}

func wantMilestones(t *testing.T, got []tally.Milestone, want ...tally.Milestone) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d milestones %+v, want %d", len(got), got, len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("milestone %d: got %+v (before it %+v), want %+v (before it %+v)", i, got[i], got[i].Previous, want[i], want[i].Previous)
		}
	}
}

func milestone(scope string, threshold int64, at int, reading string, value int64, mark tally.Mark, before *tally.Point) tally.Milestone {
	return tally.Milestone{
		Scope: scope, Metric: tally.MetricPlays, Threshold: threshold, At: hour(at),
		Reading: reading, Value: value, Mark: mark, Previous: before,
	}
}

func TestMilestoneStandsAtTheFirstReadingAtOrAbove(t *testing.T) {
	readings := []tally.Reading{
		plays(t, "c", "红果", 3, "120000000"), plays(t, "a", "红果", 1, "99999999"),
		plays(t, "b", "红果", 2, "100000000"), plays(t, "d", "红果", 4, "50000000"),
	}
	before := &tally.Point{At: hour(1), Value: 99_999_999, Reading: "a"}
	want := milestone("红果", 1e8, 2, "b", 1e8, tally.MarkExact, before)
	summed := want
	summed.Scope = ""
	wantMilestones(t, tally.Milestones(readings, only(1e8, 2e8)), summed, want)
}

func TestFirstReadingMayReachManyThresholdsAndHasNoInterval(t *testing.T) {
	readings := []tally.Reading{plays(t, "a", "红果", 1, "210000000")}
	got := of("红果", tally.Milestones(readings, nil))
	wantMilestones(t, got,
		milestone("红果", 1e7, 1, "a", 210e6, tally.MarkExact, nil),
		milestone("红果", 5e7, 1, "a", 210e6, tally.MarkExact, nil),
		milestone("红果", 1e8, 1, "a", 210e6, tally.MarkExact, nil),
		milestone("红果", 2e8, 1, "a", 210e6, tally.MarkExact, nil))
}

func TestMarks(t *testing.T) {
	cases := []struct {
		name, text string
		threshold  int64
		want       tally.Mark
	}{
		{"a counted figure is exact", "100000000", 1e8, tally.MarkExact},
		{"a rounded figure on the threshold is provisional", "1亿", 1e8, tally.MarkProvisional},
		{"a finer figure on the threshold is provisional too", "10000.0万", 1e8, tally.MarkProvisional},
		{"a half-step that ends on the threshold is exact", "1.5亿", 145e6, tally.MarkExact},
		{"a half-step that ends one below is provisional", "1.5亿", 145e6 + 1, tally.MarkProvisional},
		{"a rounded figure well above is exact", "2.1亿", 2e8, tally.MarkExact},
		{"a lower bound on the threshold is lower", "破亿", 1e8, tally.MarkLower},
		{"a lower bound above is lower", "10亿+", 5e8, tally.MarkLower},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := tally.Milestones([]tally.Reading{plays(t, "a", "r", 1, c.text)}, only(c.threshold))
			if len(got) != 2 || got[0].Mark != c.want || got[1].Mark != c.want {
				t.Errorf("got %+v, want mark %s twice", got, c.want)
			}
		})
	}
}

func TestSumCarriesEachReleaseForwardAndAppliesAnInstantTogether(t *testing.T) {
	readings := []tally.Reading{
		plays(t, "a1", "a", 1, "60000000"), plays(t, "b1", "b", 2, "30000000"),
		plays(t, "a2", "a", 3, "40000000"), plays(t, "b2", "b", 3, "65000000"),
	}
	got := of("", tally.Milestones(readings, only(9e7, 1e8)))
	wantMilestones(t, got,
		milestone("", 9e7, 2, "b1", 9e7, tally.MarkExact, &tally.Point{At: hour(1), Value: 6e7, Reading: "a1"}),
		milestone("", 1e8, 3, "b2", 105e6, tally.MarkExact, &tally.Point{At: hour(2), Value: 9e7, Reading: "b1"}))
}

func TestSumNamesTheReadingThatRaisedItMost(t *testing.T) {
	readings := []tally.Reading{
		plays(t, "z", "a", 1, "50000000"), plays(t, "y", "b", 1, "70000000"), plays(t, "x", "c", 1, "70000000"),
	}
	if got := of("", tally.Milestones(readings, only(1e8))); len(got) != 1 || got[0].Reading != "y" {
		t.Errorf("got %+v, want the reading y", got)
	}
}

func TestMarkOfASum(t *testing.T) {
	cases := []struct {
		name, first, second string
		want                tally.Mark
	}{
		{"counted figures are exact", "50000000", "50000000", tally.MarkExact},
		{"half-steps add up", "5500.0万", "4500.0万", tally.MarkProvisional},
		{"half-steps that end on the threshold are exact", "5501万", "4500万", tally.MarkExact},
		{"one lower bound makes the sum lower", "破5000万", "50000000", tally.MarkLower},
		{"rounding beside a lower bound is provisional", "破5000万", "5000万", tally.MarkProvisional},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := of("", tally.Milestones([]tally.Reading{plays(t, "a", "a", 1, c.first), plays(t, "b", "b", 2, c.second)}, only(1e8)))
			if len(got) != 1 || got[0].Mark != c.want {
				t.Errorf("got %+v, want mark %s", got, c.want)
			}
		})
	}
}

func TestHeatIsNeverSummedAndAFallWithdrawsNothing(t *testing.T) {
	readings := []tally.Reading{
		plays(t, "a", "a", 1, "60000000"), plays(t, "b", "b", 1, "70000000"),
		plays(t, "c", "a", 2, "120000000"), plays(t, "d", "a", 3, "10000000"),
	}
	for i := range readings {
		readings[i].Metric = tally.MetricHeat
	}
	want := milestone("a", 1e8, 2, "c", 12e7, tally.MarkExact, &tally.Point{At: hour(1), Value: 6e7, Reading: "a"})
	want.Metric = tally.MetricHeat
	wantMilestones(t, tally.Milestones(readings, only(1e8)), want)
	perRelease, sum := tally.Current(readings, tally.MetricHeat)
	if perRelease["a"].Value != 1e7 || perRelease["b"].Value != 7e7 || sum != (tally.Point{}) {
		t.Errorf("current heat: got %+v and sum %+v", perRelease, sum)
	}
	if got := tally.Curve(readings, tally.MetricHeat); got != nil {
		t.Errorf("heat of two releases has a curve: %+v", got)
	}
	if got := tally.Curve([]tally.Reading{readings[0], readings[2]}, tally.MetricHeat); len(got) != 2 || got[1].Value != 12e7 {
		t.Errorf("heat of one release: got %+v", got)
	}
}

func TestWhatCountsForNothing(t *testing.T) {
	reading := plays(t, "a", "r", 1, "2亿")
	cases := map[string]func(*tally.Reading){
		"an increment":              func(r *tally.Reading) { r.Increment = true },
		"a withdrawn reading":       func(r *tally.Reading) { r.Withdrawn = true },
		"a reading of no release":   func(r *tally.Reading) { r.Release = "" },
		"a reading below every one": func(r *tally.Reading) { r.Figure.Value = -5 },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			r := reading
			change(&r)
			if got := tally.Milestones([]tally.Reading{r}, only(1, 1e8)); got != nil {
				t.Errorf("got %+v", got)
			}
		})
	}
	t.Run("a metric without thresholds", func(t *testing.T) {
		if got := tally.Milestones([]tally.Reading{reading}, only()); got != nil {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("thresholds below one and given twice", func(t *testing.T) {
		if got := of("r", tally.Milestones([]tally.Reading{reading}, only(1e8, 0, -1, 1e8))); len(got) != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestRowsOfOneKey(t *testing.T) {
	older, newer := plays(t, "b", "r", 1, "210000000"), plays(t, "a", "r", 1, "90000000")
	newer.Entered = hour(5)
	newer.Observed = newer.Observed.In(shanghai())
	t.Run("the newest entered holds, in whatever zone it is written", func(t *testing.T) {
		if got := tally.Milestones([]tally.Reading{newer, older}, only(1e8)); got != nil {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("of rows entered together the greater id holds", func(t *testing.T) {
		twin := newer
		twin.Entered = older.Entered
		if got := of("r", tally.Milestones([]tally.Reading{older, twin}, only(1e8))); len(got) != 1 || got[0].Reading != "b" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a withdrawn correction lets the older row hold again", func(t *testing.T) {
		gone := newer
		gone.Withdrawn = true
		if got := of("r", tally.Milestones([]tally.Reading{gone, older}, only(1e8))); len(got) != 1 || got[0].Reading != "b" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestCurrentAndCurve(t *testing.T) {
	readings := []tally.Reading{
		plays(t, "b2", "b", 3, "65000000"), plays(t, "a2", "a", 3, "40000000"),
		plays(t, "b1", "b", 2, "30000000"), plays(t, "a1", "a", 1, "60000000"),
	}
	perRelease, sum := tally.Current(readings, tally.MetricPlays)
	if want := (tally.Point{At: hour(3), Value: 4e7, Reading: "a2"}); perRelease["a"] != want || len(perRelease) != 2 {
		t.Errorf("current: got %+v", perRelease)
	}
	if want := (tally.Point{At: hour(3), Value: 105e6, Reading: "b2"}); sum != want {
		t.Errorf("sum: got %+v, want %+v", sum, want)
	}
	want := []tally.Point{{At: hour(1), Value: 6e7, Reading: "a1"}, {At: hour(2), Value: 9e7, Reading: "b1"}, {At: hour(3), Value: 105e6, Reading: "b2"}}
	if got := tally.Curve(readings, tally.MetricPlays); !reflect.DeepEqual(got, want) {
		t.Errorf("curve: got %+v, want %+v", got, want)
	}
	if perRelease, sum := tally.Current(nil, tally.MetricPlays); len(perRelease) != 0 || sum != (tally.Point{}) {
		t.Errorf("current of nothing: got %+v, %+v", perRelease, sum)
	}
}
