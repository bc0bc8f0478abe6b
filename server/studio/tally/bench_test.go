package tally_test

import (
	"strconv"
	"testing"

	"chouka/server/studio/tally"
)

func BenchmarkParseFigure(b *testing.B) {
	for b.Loop() {
		if _, err := tally.ParseFigure("2亿3000万"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMilestones is one title on six platforms with a figure a day for 400 days.
func BenchmarkMilestones(b *testing.B) {
	var readings []tally.Reading
	for day := range 400 {
		for release := range 6 {
			id := strconv.Itoa(release)
			readings = append(readings, tally.Reading{
				ID: id + "-" + strconv.Itoa(day), Release: id, Metric: tally.MetricPlays, Observed: hour(24 * day),
				Figure: tally.Figure{Value: int64(day) * 1_000_000, Step: 1, Bound: tally.Exact},
			})
		}
	}
	for b.Loop() {
		if len(tally.Milestones(readings, nil)) == 0 {
			b.Fatal("no milestones")
		}
	}
}
