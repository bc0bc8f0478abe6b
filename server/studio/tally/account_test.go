package tally_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"time"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

func playsBasis(levels ...int64) tally.Basis {
	return tally.Basis{Metric: tally.MetricPlays, Levels: levels, Since: "2026-03-06", Zone: shanghai(),
		Days: map[string]string{"a": "2026-03-06", "b": "2026-03-08"}}
}

// drawCourse draws readings of one metric over some days, totals and figures of periods, that mostly rise.
func drawCourse(t *rapid.T, metric string) []tally.Reading {
	n := rapid.IntRange(0, 60).Draw(t, "readings")
	readings := make([]tally.Reading, n)
	for i := range readings {
		at := rapid.IntRange(0, 40).Draw(t, "at")
		readings[i] = tally.Reading{
			ID: fmt.Sprintf("%02d", i), Release: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "release"), Metric: metric,
			Increment: rapid.IntRange(0, 5).Draw(t, "increment") == 0, Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
			Observed: hour(9 * at), Entered: hour(rapid.IntRange(0, 2).Draw(t, "entered")),
			Figure:  tally.Figure{Value: int64(at) * rapid.Int64Range(0, 400_000).Draw(t, "value"), Step: 1, Bound: tally.Exact},
			Checked: rapid.IntRange(0, 9).Draw(t, "checked") == 0,
		}
		if tally.UnitOf(metric) == tally.UnitMoney {
			readings[i].Currency = rapid.SampledFrom([]string{"CNY", "CNY", "USD"}).Draw(t, "currency")
		}
	}
	return readings
}

// keepsLevels are the thresholds of these tests.
func keepsLevels() []int64 { return []int64{1, 500_000, 2_000_000, 9_000_000, 10_000_000, 30_000_000} }

func metricBasis(metric string) tally.Basis {
	b := playsBasis(keepsLevels()...)
	b.Metric = metric
	return b
}

func TestAppendingInWhateverPartsEqualsTheFullWorking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := metricBasis(rapid.SampledFrom([]string{tally.MetricPlays, tally.MetricHeat, tally.MetricRevenue}).Draw(t, "metric"))
		readings := drawCourse(t, b.Metric)
		want, wantReached := tally.NewAccount(b, readings)
		slices.SortStableFunc(readings, func(x, y tally.Reading) int { return x.Observed.Compare(y.Observed) })
		got, reached := tally.NewAccount(b, nil)
		for len(readings) > 0 {
			n := rapid.IntRange(1, len(readings)).Draw(t, "part")
			for n < len(readings) && readings[n].Observed.Equal(readings[n-1].Observed) {
				n++
			}
			before, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			next, more, ok := got.Append(b, readings[:n])
			if !ok {
				t.Fatalf("refused %+v after %s", readings[:n], before)
			}
			if again, _ := json.Marshal(got); string(again) != string(before) {
				t.Fatalf("the account appended to became %s, was %s", again, before)
			}
			kept, _ := json.Marshal(next) // what is kept between two imports
			got = tally.Account{}
			if err := json.Unmarshal(kept, &got); err != nil {
				t.Fatal(err)
			}
			reached, readings = append(reached, more...), readings[n:]
		}
		wantText, _ := json.Marshal(want)
		if text, _ := json.Marshal(got); string(text) != string(wantText) {
			t.Fatalf("appended %s\nfull     %s", text, wantText)
		}
		if len(tally.Compare(reached, wantReached)) > 0 {
			t.Fatalf("appended reached %+v\nfull reached %+v", reached, wantReached)
		}
	})
}

func TestAnAccountAgreesWithTheWorkingFromReadings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := metricBasis(rapid.SampledFrom([]string{tally.MetricPlays, tally.MetricHeat}).Draw(t, "metric"))
		readings := drawReadings(t)
		for i := range readings {
			readings[i].Figure.Value *= 1000
		}
		a, reached := tally.NewAccount(b, readings)
		want := slices.DeleteFunc(tally.Milestones(readings, only(b.Levels...)), func(m tally.Milestone) bool { return m.Metric != b.Metric })
		if len(want)+len(reached) > 0 && !reflect.DeepEqual(reached, want) {
			t.Fatalf("account %+v\nreadings %+v", reached, want)
		}
		parts, sum := tally.Current(readings, b.Metric)
		for _, l := range a.Lines {
			if l.Last == nil {
				continue
			}
			if p := parts[l.Release]; p.Value != l.Last.Figure.Value || p.Reading != l.Last.Reading || !p.At.Equal(l.Last.At) {
				t.Fatalf("last of %s: %+v, want %+v", l.Release, l.Last, p)
			}
			delete(parts, l.Release)
		}
		if len(parts) > 0 {
			t.Fatalf("no lines for %+v", parts)
		}
		if b.Metric == tally.MetricPlays && (a.Sum == nil) != (sum == tally.Point{}) || a.Sum != nil && a.Sum.Last != sum {
			t.Fatalf("sum %+v, want %+v", a.Sum, sum)
		}
	})
}

// TestGrowthFromTheTailIsGrowthFromAllPoints asks the whole curve afresh.
func TestGrowthFromTheTailIsGrowthFromAllPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawCourse(t, tally.MetricPlays)
		a, _ := tally.NewAccount(playsBasis(keepsLevels()...), readings)
		curve := tally.Curve(readings, tally.MetricPlays)
		for _, days := range []int{1, 7} {
			var want *tally.Growth
			if n := len(curve); n > 0 {
				y, m, d := curve[n-1].At.In(shanghai()).Date()
				end := time.Date(y, m, d-days+1, 0, 0, 0, 0, shanghai())
				for _, p := range curve {
					if p.At.Before(end) {
						want = &tally.Growth{Value: curve[n-1].Value - p.Value, From: p, To: curve[n-1]}
					}
				}
			}
			if got := a.Grown(days, shanghai()); !reflect.DeepEqual(got, want) {
				t.Fatalf("%d days: got %+v, want %+v of %+v", days, got, want, curve)
			}
		}
	})
}

func TestAppendRefusesWhatIsNotLater(t *testing.T) {
	b := playsBasis(1e7)
	a, _ := tally.NewAccount(b, []tally.Reading{plays(t, "a", "r", 3, "5000000")})
	other := func(change func(*tally.Basis)) tally.Basis {
		x := b
		change(&x)
		return x
	}
	for name, c := range map[string]struct {
		b    tally.Basis
		r    tally.Reading
		want bool
	}{
		"later":                 {b, plays(t, "b", "r", 4, "6000000"), true},
		"the same moment":       {b, plays(t, "b", "s", 3, "6000000"), false},
		"earlier":               {b, plays(t, "b", "r", 2, "6000000"), false},
		"another threshold":     {other(func(x *tally.Basis) { x.Levels = []int64{1e6} }), plays(t, "b", "r", 4, "6000000"), false},
		"another day":           {other(func(x *tally.Basis) { x.Since = "2026-03-05" }), plays(t, "b", "r", 4, "6000000"), false},
		"another zone":          {other(func(x *tally.Basis) { x.Zone = time.UTC }), plays(t, "b", "r", 4, "6000000"), false},
		"earlier but withdrawn": {b, func() tally.Reading { r := plays(t, "b", "r", 2, "1"); r.Withdrawn = true; return r }(), true},
	} {
		if _, _, ok := a.Append(c.b, []tally.Reading{c.r}); ok != c.want {
			t.Errorf("%s: %v, want %v", name, ok, c.want)
		}
	}
}

// TestFiveFilesInEveryOrder says what five files say, corrections too, in 120 orders: of each key the last statement holds (R3).
func TestFiveFilesInEveryOrder(t *testing.T) {
	type said struct {
		release string
		at      int
		tally.Statement
	}
	source := func(file, minute int, rows ...[3]int64) []said { // rows: release, hour, value
		var out []said
		for i, r := range rows {
			out = append(out, said{string(rune('a' + r[0])), int(r[1]), tally.Statement{
				Said: hour(200).Add(time.Duration(minute) * time.Minute), Source: fmt.Sprint("file", file), Row: i + 1,
				Figure: tally.Figure{Value: r[2], Step: 1, Bound: tally.Exact}}})
		}
		return out
	}
	files := [][]said{
		source(1, 10, [3]int64{0, 24, 9_000_000}, [3]int64{0, 48, 12_000_000}, [3]int64{1, 24, 1_000_000}),
		source(2, 30, [3]int64{0, 48, 9_500_000}, [3]int64{0, 72, 11_000_000}),  // takes a milestone back
		source(3, 20, [3]int64{0, 48, 30_000_000}, [3]int64{1, 48, 2_000_000}),  // older than file 2
		source(4, 30, [3]int64{1, 24, 1_500_000}, [3]int64{1, 48, 2_000_000}),   // as late as file 2
		source(5, 40, [3]int64{0, 72, 10_500_000}, [3]int64{0, 72, 10_600_000}), // corrects itself
	}
	files[4][1].Withdrawn = true
	state := func(order []int) string {
		type key struct {
			release string
			at      int
		}
		sets, readings := map[key][]tally.Statement{}, []tally.Reading{}
		for _, f := range order {
			for _, x := range files[f] {
				sets[key{x.release, x.at}] = append(sets[key{x.release, x.at}], x.Statement)
			}
		}
		for k, set := range sets {
			held := slices.MaxFunc(set, tally.CompareStatements)
			readings = append(readings, tally.Reading{ID: fmt.Sprint(k), Release: k.release, Metric: tally.MetricPlays, Observed: hour(k.at),
				Figure: held.Figure, Withdrawn: held.Withdrawn})
		}
		a, reached := tally.NewAccount(playsBasis(1e7, 2e7), readings)
		text, err := json.Marshal([]any{a, reached})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want, orders := state([]int{0, 1, 2, 3, 4}), 0
	permute([]int{0, 1, 2, 3, 4}, 0, func(order []int) {
		orders++
		if got := state(order); got != want {
			t.Errorf("order %v ends in %s, not %s", order, got, want)
		}
	})
	t.Logf("%d orders of five files end in one state", orders)
	if orders != 120 {
		t.Errorf("%d orders", orders)
	}
}

func permute(of []int, from int, do func([]int)) {
	if from == len(of) {
		do(of)
		return
	}
	for i := from; i < len(of); i++ {
		of[from], of[i] = of[i], of[from]
		permute(of, from+1, do)
		of[from], of[i] = of[i], of[from]
	}
}

func TestAnyOrderOfStatementsGivesOneState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawCourse(t, tally.MetricPlays)
		mixed := slices.Clone(readings)
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "order"))).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		a, _ := tally.NewAccount(playsBasis(keepsLevels()...), readings)
		b, _ := tally.NewAccount(playsBasis(keepsLevels()...), mixed)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}
