package studio

import (
	"context"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// CompareLine is one title beside others, from its own first day of release.
type CompareLine struct {
	TitleID string        `json:"title_id"`
	Title   string        `json:"title"`
	Company string        `json:"company"`
	Kind    string        `json:"kind"`
	Since   string        `json:"since,omitempty"`
	Points  []tally.Point `json:"points"` // of the metric asked for: the sum of plays, or of the platform asked for
	AtDay   []DayFigure   `json:"at_day"` // after 1, 7, 30 and 90 days
	Plays   *Plays        `json:"plays,omitempty"`
	Return  *Return       `json:"return,omitempty"` // for those who may see money; without entries
}

// DayFigure is the sum of plays at the end of a day counted from the first day of release (that day is 0).
type DayFigure struct {
	Day   int   `json:"day"`
	Value int64 `json:"value"`
}

const (
	comparedTitles = 8
	comparedPoints = 1000 // of one line; of a longer one only the last point of each day is shown
)

// CompareTitles puts up to eight titles side by side.
func (s *Studio) CompareTitles(ctx context.Context, by Actor, titles []string, metric, platform string) ([]CompareLine, error) {
	if err := by.reads(); err != nil {
		return nil, err
	}
	if metric == "" {
		metric = tally.MetricPlays
	}
	ids := unrepeated(slices.DeleteFunc(slices.Clone(titles), func(id string) bool { return id == "" }))
	switch {
	case len(ids) == 0 || len(ids) > comparedTitles:
		return nil, inQuery(wrong("titles", "请选 1 到 8 部剧来对比", "choose 1 to 8 titles to compare"))
	case !slices.Contains(Metrics(), metric):
		return nil, inQuery(noMetric())
	case nameKey(platform) == "" && !tally.Summable(metric):
		return nil, inQuery(wrong("platform", "除播放量外，各平台的数字不能相加，请选一个平台", "only plays are added up over platforms; choose one platform"))
	}
	for _, id := range ids {
		if err := by.readsTitle(id, "title"); err != nil {
			return nil, err
		}
		if tally.UnitOf(metric) == tally.UnitMoney {
			if err := by.must(ViewMoney, id, "title"); err != nil {
				return nil, err
			}
		}
	}
	out := make([]CompareLine, len(ids))
	err := s.view(ctx, func(tx store.Txn) error {
		for i, id := range ids {
			l, err := s.ledger(tx, id)
			if err != nil {
				return err
			}
			if out[i], err = s.compareLine(tx, by, l, metric, platform); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *Studio) compareLine(tx store.Txn, by Actor, l *ledger, metric, platform string) (CompareLine, error) {
	out := CompareLine{TitleID: l.title.ID, Title: l.title.Name, Company: l.title.Company, Kind: l.title.Kind, Since: l.since(platform),
		AtDay: dayFigures(l.summary.AtDay), Plays: l.plays()}
	readings, err := l.book.readings(metric)
	if err != nil {
		return out, err
	}
	if platform == "" {
		out.Points = tally.Curve(readings, metric)
	} else {
		out.Points = l.pointsOn(platform, readings, metric)
	}
	out.Points = thinned(out.Points, l.zone)
	if by.Can(ViewMoney, l.title.ID) {
		r, err := s.returnOf(tx, l)
		if err != nil {
			return out, err
		}
		out.Return = &r
	}
	return out, nil
}

// since is the first day of release, on one platform or on any.
func (l *ledger) since(platform string) string {
	first := ""
	for _, r := range l.releases {
		if r.Date != "" && (platform == "" || nameKey(r.Platform) == nameKey(platform)) && (first == "" || r.Date < first) {
			first = r.Date
		}
	}
	return first
}

// pointsOn are the points on one platform. Plays of several regions are added up; of anything else the first region with
// figures is shown, and of money its first currency.
func (l *ledger) pointsOn(platform string, readings []tally.Reading, metric string) []tally.Point {
	var lines [][]tally.Point
	courses := tally.Courses(readings, metric)
	slices.SortStableFunc(courses, func(a, b tally.Course) int { return compareCurrencies(a.Currency, b.Currency) })
	for _, r := range l.releases {
		if nameKey(r.Platform) != nameKey(platform) {
			continue
		}
		if i := slices.IndexFunc(courses, func(c tally.Course) bool { return c.Release == r.ID }); i >= 0 {
			lines = append(lines, courses[i].Points)
		}
	}
	if !tally.Summable(metric) {
		lines = lines[:min(1, len(lines))]
	}
	return tally.AddUp(lines...)
}

// thinned leaves the last point of each day of a long line.
func thinned(points []tally.Point, zone *time.Location) []tally.Point {
	out := []tally.Point{}
	for i, p := range points {
		if len(points) > comparedPoints && i+1 < len(points) && sameDay(p.At, points[i+1].At, zone) {
			continue
		}
		out = append(out, p)
	}
	return out
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	return todayIn(a, zone).Equal(todayIn(b, zone))
}

func dayFigures(in []tally.DaySum) []DayFigure {
	out := make([]DayFigure, len(in))
	for i, d := range in {
		out[i] = DayFigure{Day: d.Day, Value: d.Value}
	}
	return out
}
