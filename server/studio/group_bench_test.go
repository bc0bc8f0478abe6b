package studio

import (
	"fmt"
	"testing"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// BenchmarkGroups takes titles together that are out on six platforms each. Summaries are written as the ledger keeps them.
func BenchmarkGroups(b *testing.B) {
	for _, titles := range []int{50, 5000} {
		s := benchStudio(b, false)
		fillGroups(b, s, titles)
		for _, how := range []string{groupCompany, groupPlatform, groupTeam} {
			b.Run(fmt.Sprintf("%s/%d", how, titles), func(b *testing.B) {
				for b.Loop() {
					got, err := s.Groups(b.Context(), Console(), how)
					if err != nil || len(got) == 0 {
						b.Fatal(len(got), err)
					}
				}
			})
		}
	}
}

func fillGroups(b *testing.B, s *Studio, titles int) {
	b.Helper()
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for from := 0; from < titles; from += 500 {
		err := s.update(b.Context(), Console(), func(c *change) error {
			for i := from; i < min(from+500, titles); i++ {
				t := Title{Meta: c.meta(), Name: fmt.Sprintf("剧 %d", i), Company: fmt.Sprintf("公司 %d", i%40), Kind: "AI漫剧", Stage: StageOn, Aliases: []string{}, Facts: []Fact{}}
				if err := s.r.titles.Insert(c.tx, &t); err != nil {
					return err
				}
				plays := int64(i+1) * 40_000
				x := summary{Meta: store.Meta{ID: t.ID, Created: c.now, Updated: c.now}, Releases: 6, Plays: &Plays{Value: plays, At: at, Parts: 6}, Wall: &Wall{Since: "2026-01-01"},
					AtDay: []tally.DaySum{{Day: 1, Value: plays / 9, At: at}, {Day: 7, Value: plays / 3, At: at}, {Day: 30, Value: plays / 2, At: at}}}
				for k := range 6 {
					id := s.ids()
					now := make([]Latest, 0, 4)
					for _, metric := range []string{tally.MetricPlays, tally.MetricHeat, tally.MetricFollowers, tally.MetricLikes} {
						now = append(now, Latest{Metric: metric, Figure: tally.Figure{Value: plays / 6, Step: 1, Bound: tally.Exact}, Text: "123456", Observed: at, ReadingID: id})
					}
					x.Wall.Platforms = append(x.Wall.Platforms, PlatformFigure{ReleaseID: id, Platform: fmt.Sprintf("平台 %d", k), Region: "CN", Fresh: &at, Now: now})
					x.Money = append(x.Money, releaseMoney{id, tally.MetricRevenue, Money{1_000_0000, "CNY"}}, releaseMoney{id, tally.MetricSpend, Money{400_0000, "CNY"}})
				}
				if err := s.r.summaries.Insert(c.tx, &x); err != nil {
					return err
				}
				if _, err := s.r.counts.Add(c.tx, costKey(t.ID, "labour", "CNY"), 3_000_0000); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
