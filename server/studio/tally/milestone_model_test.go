package tally_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"sort"
	"testing"
	"time"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

// The model below looks every question up afresh in all readings, once for each
// instant, so that it shares no shortcut with the package.

// lastFigure is the figure of a release that holds at a moment.
func lastFigure(readings []tally.Reading, metric, release string, at time.Time) (best tally.Reading, found bool) {
	for _, r := range readings {
		if r.Withdrawn || r.Increment || r.Metric != metric || r.Release != release || r.Observed.After(at) {
			continue
		}
		later := r.Observed.After(best.Observed)
		same := r.Observed.Equal(best.Observed)
		newer := r.Entered.After(best.Entered) || r.Entered.Equal(best.Entered) && r.ID > best.ID
		if !found || later || same && newer {
			best, found = r, true
		}
	}
	return best, found
}

func modelInstants(readings []tally.Reading, metric string, releases []string) []time.Time {
	var instants []time.Time
	for _, r := range readings {
		if !r.Withdrawn && !r.Increment && r.Metric == metric && slices.Contains(releases, r.Release) {
			instants = append(instants, r.Observed.UTC())
		}
	}
	sort.Slice(instants, func(i, j int) bool { return instants[i].Before(instants[j]) })
	return slices.CompactFunc(instants, time.Time.Equal)
}

func modelPoint(readings []tally.Reading, metric string, releases []string, at time.Time) (p tally.Point, halfSteps float64, lower bool) {
	p.At = at
	most := int64(-1 << 62)
	for _, release := range releases {
		now, ok := lastFigure(readings, metric, release, at)
		if !ok {
			continue
		}
		p.Value += now.Figure.Value
		if now.Figure.Bound == tally.Lower {
			lower = true
		} else if now.Figure.Step > 1 {
			halfSteps += float64(now.Figure.Step) / 2
		}
		before, _ := lastFigure(readings, metric, release, at.Add(-1))
		if raised := now.Figure.Value - before.Figure.Value; now.Observed.Equal(at) && raised > most {
			most, p.Reading = raised, now.ID
		}
	}
	return p, halfSteps, lower
}

func modelScope(readings []tally.Reading, scope, metric string, releases []string, levels []int64) []tally.Milestone {
	var out []tally.Milestone
	for _, level := range levels {
		var before *tally.Point
		for _, at := range modelInstants(readings, metric, releases) {
			p, halfSteps, lower := modelPoint(readings, metric, releases, at)
			if p.Value < level {
				before = &p
				continue
			}
			mark := tally.MarkExact
			if lower {
				mark = tally.MarkLower
			}
			if float64(p.Value)-halfSteps < float64(level) {
				mark = tally.MarkProvisional
			}
			out = append(out, tally.Milestone{
				Scope: scope, Metric: metric, Threshold: level, At: at,
				Reading: p.Reading, Previous: before, Value: p.Value, Mark: mark,
			})
			break
		}
	}
	return out
}

func model(readings []tally.Reading, levels []int64) []tally.Milestone {
	releases := []string{"a", "b", "c"}
	out := modelScope(readings, "", tally.MetricPlays, releases, levels)
	for _, release := range releases {
		for _, metric := range []string{tally.MetricHeat, tally.MetricPlays} {
			out = append(out, modelScope(readings, release, metric, []string{release}, levels)...)
		}
	}
	return out
}

func drawReadings(t *rapid.T) []tally.Reading {
	n := rapid.IntRange(0, 30).Draw(t, "readings")
	readings := make([]tally.Reading, n)
	for i := range readings {
		step := rapid.SampledFrom([]int64{1, 10, 100, 7}).Draw(t, "step")
		readings[i] = tally.Reading{
			ID:        fmt.Sprintf("%02d", i),
			Release:   rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "release"),
			Metric:    rapid.SampledFrom([]string{tally.MetricPlays, tally.MetricPlays, tally.MetricHeat}).Draw(t, "metric"),
			Increment: rapid.IntRange(0, 9).Draw(t, "increment") == 0,
			Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
			Observed:  hour(rapid.IntRange(0, 7).Draw(t, "observed")),
			Entered:   hour(rapid.IntRange(0, 2).Draw(t, "entered")),
			Figure: tally.Figure{
				Value: rapid.Int64Range(0, 40).Draw(t, "value") * step,
				Step:  step,
				Bound: rapid.SampledFrom([]tally.Bound{tally.Exact, tally.Exact, tally.Lower}).Draw(t, "bound"),
			},
		}
		if rapid.Bool().Draw(t, "local") {
			readings[i].Observed = readings[i].Observed.In(shanghai())
		}
	}
	return readings
}

func TestMilestonesAgreeWithASlowModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		levels := []int64{1, 20, 50, 100, 102, 105, 1000, 3000}
		want := model(readings, levels)
		got := tally.Milestones(readings, only(levels...))
		if len(want)+len(got) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v\nof   %+v", got, want, readings)
		}
	})
}

func TestTheOrderOfReadingsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		mixed := slices.Clone(readings)
		seed := rapid.Int64().Draw(t, "order")
		rand.New(rand.NewSource(seed)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		levels := only(20, 100, 1000)
		if a, b := tally.Milestones(readings, levels), tally.Milestones(mixed, levels); !reflect.DeepEqual(a, b) {
			t.Fatalf("milestones differ:\n%+v\n%+v", a, b)
		}
		for _, metric := range []string{tally.MetricPlays, tally.MetricHeat} {
			a, aSum := tally.Current(readings, metric)
			b, bSum := tally.Current(mixed, metric)
			if !reflect.DeepEqual(a, b) || aSum != bSum {
				t.Fatalf("current %s differs: %+v %+v, %+v %+v", metric, a, aSum, b, bSum)
			}
			if a, b := tally.Curve(readings, metric), tally.Curve(mixed, metric); !reflect.DeepEqual(a, b) {
				t.Fatalf("curve of %s differs: %+v, %+v", metric, a, b)
			}
		}
	})
}

func TestCurveEndsAtTheCurrentSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		_, sum := tally.Current(readings, tally.MetricPlays)
		curve := tally.Curve(readings, tally.MetricPlays)
		for i, at := range modelInstants(readings, tally.MetricPlays, []string{"a", "b", "c"}) {
			want, _, _ := modelPoint(readings, tally.MetricPlays, []string{"a", "b", "c"}, at)
			if i >= len(curve) || curve[i] != want {
				t.Fatalf("point %d: got %+v, want %+v", i, curve, want)
			}
		}
		if len(curve) > 0 && curve[len(curve)-1] != sum {
			t.Fatalf("curve ends at %+v, sum is %+v", curve[len(curve)-1], sum)
		}
	})
}
