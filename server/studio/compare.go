package studio

import (
	"context"
	"maps"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// CompareLine is one title beside others, from its own first day of release.
type CompareLine struct {
	TitleID string `json:"title_id"`
	Title   string `json:"title"`
	Company string `json:"company"`
	Kind    string `json:"kind"`
	Since   string `json:"since,omitempty"`
	// Points are of the metric asked for: the sum of plays, or of the platform asked for. Money has Amounts instead.
	Points  []tally.Point `json:"points"`
	Amounts []AmountLine  `json:"amounts"` // a line for each currency, which never share an axis
	// Hidden says that money was asked for and that the asking person may not see that of this title.
	Hidden bool        `json:"hidden"`
	AtDay  []DayFigure `json:"at_day"` // after 1, 7, 30 and 90 days
	Plays  *Plays      `json:"plays,omitempty"`
	Return *Return     `json:"return,omitempty"` // for those who may see money; without entries
}

// AmountLine is what a title brought in or took in one currency, over time.
type AmountLine struct {
	Currency string        `json:"currency"`
	Points   []tally.Point `json:"points"`
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

// CompareTitles puts up to eight titles side by side. Of a title whose money somebody may not see the amounts are left out.
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
	case nameKey(platform) == "" && !tally.Summable(metric) && tally.UnitOf(metric) != tally.UnitMoney:
		return nil, inQuery(wrong("platform", "除播放量和金额外，各平台的数字不能相加，请选一个平台", "only plays and amounts are added up over platforms; choose one platform"))
	}
	for _, id := range ids {
		if err := by.readsTitle(id, "title"); err != nil {
			return nil, err
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
	rich, money := by.Can(ViewMoney, l.title.ID), tally.UnitOf(metric) == tally.UnitMoney
	out := CompareLine{TitleID: l.title.ID, Title: l.title.Name, Company: l.title.Company, Kind: l.title.Kind, Since: l.since(platform),
		Points: []tally.Point{}, Amounts: []AmountLine{}, Hidden: money && !rich, AtDay: dayFigures(l.atDay()), Plays: l.plays()}
	readings, err := l.book.readings(metric)
	if err != nil {
		return out, err
	}
	switch {
	case out.Hidden:
	case money:
		out.Amounts = l.amountsOn(platform, readings, metric)
	case nameKey(platform) == "":
		out.Points = thinned(tally.Curve(readings, metric), l.zone)
	default:
		out.Points = thinned(l.pointsOn(platform, readings, metric), l.zone)
	}
	if rich {
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
	for _, r := range l.on(platform) {
		if r.Date != "" && (first == "" || r.Date < first) {
			first = r.Date
		}
	}
	return first
}

// on tells which releases are on a platform; all are where none is asked for.
func (l *ledger) on(platform string) []*Release {
	var out []*Release
	for _, r := range l.releases {
		if nameKey(platform) == "" || nameKey(r.Platform) == nameKey(platform) {
			out = append(out, r)
		}
	}
	return out
}

// pointsOn are the points on one platform. Plays of several regions are added up; of anything else the first region with
// figures is shown.
func (l *ledger) pointsOn(platform string, readings []tally.Reading, metric string) []tally.Point {
	var lines [][]tally.Point
	courses := tally.Courses(readings, metric)
	for _, r := range l.on(platform) {
		if i := slices.IndexFunc(courses, func(c tally.Course) bool { return c.Release == r.ID }); i >= 0 {
			lines = append(lines, courses[i].Points)
		}
	}
	if !tally.Summable(metric) {
		lines = lines[:min(1, len(lines))]
	}
	return tally.AddUp(lines...)
}

// amountsOn adds a metric of money up over the releases on a platform, or over all, each currency for itself.
func (l *ledger) amountsOn(platform string, readings []tally.Reading, metric string) []AmountLine {
	lines := coursesIn(readings, metric, l.on(platform))
	out := []AmountLine{}
	for _, currency := range slices.SortedFunc(maps.Keys(lines), compareCurrencies) {
		out = append(out, AmountLine{Currency: currency, Points: thinned(tally.AddUp(lines[currency]...), l.zone)})
	}
	return out
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
