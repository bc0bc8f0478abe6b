package studio

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"chouka/server/studio/tally"
)

// ThresholdsIn gives a title thresholds of its own for one metric, or (Usual) the studio's again.
type ThresholdsIn struct {
	Metric     string  `json:"metric" enum:"plays,heat,followers,likes,revenue"`
	Thresholds []int64 `json:"thresholds"` // rising, in single units, money in 1/10,000
	Usual      bool    `json:"usual,omitempty"`
}

// Thresholds are those that count for one metric of a title.
type Thresholds struct {
	Metric     string  `json:"metric"`
	Thresholds []int64 `json:"thresholds"`
	Own        bool    `json:"own"` // the title's; else the studio's
	// Currencies are those of the title's figures of money: a threshold counts in each. Absent for other metrics.
	Currencies []string `json:"currencies,omitempty"`
}

// thresholdMetrics are those of which milestones are told.
func thresholdMetrics() []string {
	return []string{tally.MetricPlays, tally.MetricHeat, tally.MetricFollowers, tally.MetricLikes, tally.MetricRevenue}
}

// SetThresholds changes a title's own thresholds and works its milestones out again. rev is the title's. A milestone of a
// threshold that was dropped is withdrawn, and stands again once the threshold is back.
func (s *Studio) SetThresholds(ctx context.Context, by Actor, titleID string, rev int64, in ThresholdsIn) (Title, error) {
	if err := by.must(EditRelease, titleID, "title"); err != nil {
		return Title{}, err
	}
	var out Title
	err := s.update(ctx, by, func(c *change) error {
		t, err := found(s.r.titles.Get(c.tx, titleID))("title")
		if err != nil {
			return err
		}
		if err := base(t.Rev, rev); err != nil {
			return err
		}
		if err := t.setThresholds(in); err != nil {
			return err
		}
		t.Updated = c.now
		if err := s.r.titles.Put(c.tx, t); err != nil {
			return fmt.Errorf("keeping thresholds: %w", err)
		}
		out = *t
		err = c.note(event{Verb: "thresholds.set", Kind: "title", Object: t.ID, TitleID: t.ID, Params: map[string]string{"title": t.Name, "metric": in.Metric}})
		if err != nil {
			return err
		}
		l, err := s.ledger(c.tx, titleID)
		if err != nil || len(l.releases) == 0 {
			return err
		}
		_, err = c.rework(l, "", []string{in.Metric})
		return err
	})
	return out, err
}

func (t *Title) setThresholds(in ThresholdsIn) error {
	if !slices.Contains(thresholdMetrics(), in.Metric) {
		return noMetric()
	}
	own := maps.Clone(t.Thresholds)
	if own == nil {
		own = map[string][]int64{}
	}
	if in.Usual {
		delete(own, in.Metric)
	} else {
		list, err := metricThresholds(in.Metric, in.Thresholds)
		if err != nil {
			return err
		}
		own[in.Metric] = list
	}
	t.Thresholds = own
	return nil
}

// metricThresholds checks a list for one metric; an empty one means that nothing is told.
func metricThresholds(metric string, in []int64) ([]int64, error) {
	if len(in) == 0 {
		return []int64{}, nil
	}
	if tally.UnitOf(metric) == tally.UnitMoney {
		return rising(in, tally.Largest)
	}
	return risingThresholds(in)
}

// thresholdsFor are a title's own thresholds, else the studio's; plays and heat have the usual ones where nobody set any.
func thresholdsFor(t *Title, set *Settings, metric string) Thresholds {
	out := Thresholds{Metric: metric, Thresholds: []int64{}}
	if own, ok := t.Thresholds[metric]; ok {
		out.Thresholds, out.Own = slices.Clone(own), true
		return out
	}
	switch list, ok := set.MetricThresholds[metric]; {
	case metric == tally.MetricPlays:
		out.Thresholds = slices.Clone(set.Thresholds)
	case ok:
		out.Thresholds = slices.Clone(list)
	case metric == tally.MetricHeat:
		out.Thresholds = tally.DefaultThresholds()
	}
	return out
}

// allThresholds are those of each metric that has any, or that the title has none of on purpose.
func (l *ledger) allThresholds(by Actor) []Thresholds {
	out, shown := []Thresholds{}, shownTo(by)
	for _, metric := range thresholdMetrics() {
		if x := thresholdsFor(l.title, l.settings, metric); (x.Own || len(x.Thresholds) > 0) && shown(metric, l.title.ID) {
			x.Currencies = l.currencies(metric)
			out = append(out, x)
		}
	}
	return out
}

// currencies are those in which the title has figures of a metric of money; without any that of figures which name none.
func (l *ledger) currencies(metric string) []string {
	if tally.UnitOf(metric) != tally.UnitMoney {
		return nil
	}
	var out []string
	for _, line := range l.accounts.of(metric).Lines {
		now, _ := line.Now()
		for _, x := range now {
			out = append(out, x.Currency)
		}
	}
	if len(out) == 0 {
		return []string{usualCurrency}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
