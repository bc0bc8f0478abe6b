package studio

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"chouka/server/studio/tally"

	"github.com/google/uuid"
)

// bookBench are titles, each on six platforms since 1 March 2026.
func bookBench(b testing.TB, s *Studio, titles int) []*Release {
	b.Helper()
	var out []*Release
	for part := range slices.Chunk(make([]struct{}, titles), 500) {
		err := s.update(b.Context(), Console(), func(c *change) error {
			for range part {
				t := &Title{Meta: c.meta(), Name: fmt.Sprint("剧", len(out)), Aliases: []string{}, Stage: StageOn}
				if err := s.r.titles.Insert(c.tx, t); err != nil {
					return err
				}
				for p := range 6 {
					r := &Release{Meta: c.meta(), TitleID: t.ID, Platform: fmt.Sprint("平台", p), Region: "CN", Date: "2026-03-01", Aliases: []string{}}
					if err := s.r.releases.Insert(c.tx, r); err != nil {
						return err
					}
					out = append(out, r)
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return out
}

// sayDays says the plays of some days for every release, title by title, in one transaction.
func sayDays(b testing.TB, s *Studio, releases []*Release, from, days int) error {
	sha := uuid.NewString()
	return s.update(b.Context(), Console(), func(c *change) error {
		for of := range slices.Chunk(releases, 6) {
			book := s.openBook(c.tx, of[0].TitleID)
			for day := from; day < from+days; day++ {
				for i, r := range of {
					_, _, _, err := book.say(stated{ReleaseID: r.ID, Metric: tally.MetricPlays, DayOnly: true, At: c.now, By: "p", ByName: "李丽",
						Observed: time.Date(2026, 3, 1+day, 15, 59, 59, 999_999_999, time.UTC), Text: fmt.Sprint((day + 1) * 1_234_567),
						Statement: tally.Statement{Said: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Source: sha, Row: 1 + day*6 + i,
							Figure: tally.Figure{Value: int64(day+1) * 1_234_567, Step: 1, Bound: tally.Exact}},
						Origin: Origin{Kind: "file", Import: sha, File: "后台数据.csv"}})
					if err != nil {
						return err
					}
				}
			}
			if _, err := c.keepBook(book, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// BenchmarkBook says 50,400 figures of 280 titles in one transaction, and one more day of many titles.
func BenchmarkBook(b *testing.B) {
	b.Run("50k", func(b *testing.B) {
		for range b.N {
			s := benchStudio(b, false)
			releases := bookBench(b, s, 280)
			report(b, "first", func() error { return sayDays(b, s, releases, 0, 30) })
			report(b, "again", func() error { return sayDays(b, s, releases, 0, 30) })
			size, lines, err := s.KeptReadingBytes(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(size)/float64(lines), "bytes/reading")
		}
	})
	b.Run("day", func(b *testing.B) {
		titles := 500
		if os.Getenv("CHOUKA_BENCH") != "" {
			titles = 5000
		}
		for range b.N {
			s := benchStudio(b, false)
			releases := bookBench(b, s, titles)
			for part := range slices.Chunk(releases, 6*100) {
				if err := sayDays(b, s, part, 0, 30); err != nil {
					b.Fatal(err)
				}
			}
			report(b, "day", func() error { return sayDays(b, s, releases, 30, 1) })
		}
	})
}
