package tally

// Current gives the last figure of each release that has one, and their sum. The
// sum is the zero Point where there is no figure or the metric is not summable.
func Current(readings []Reading, metric string) (perRelease map[string]Point, sum Point) {
	kept := totals(readings, metric)
	perRelease = make(map[string]Point)
	for _, r := range kept {
		perRelease[r.Release] = Point{At: r.Observed, Value: r.Figure.Value, Reading: r.ID}
	}
	if walk := series(kept); Summable(metric) && len(walk) > 0 {
		sum = walk[len(walk)-1].point
	}
	return perRelease, sum
}

// Curve gives the sum over releases after each instant that has a figure, every
// release carried forward from its last one (R5). A metric that is not summable
// has a curve only where the readings are of one release; otherwise it is nil.
func Curve(readings []Reading, metric string) []Point {
	kept := totals(readings, metric)
	if !Summable(metric) {
		for _, r := range kept {
			if r.Release != kept[0].Release {
				return nil
			}
		}
	}
	var points []Point
	for _, s := range series(kept) {
		points = append(points, s.point)
	}
	return points
}
