package studio

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// BenchmarkWalls reads the pages of figures with 50 titles and with many (CHOUKA_TITLES, 100 when not set), each on six
// platforms with 400 days of plays, and tells the ratio.
func BenchmarkWalls(b *testing.B) {
	many := 100
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_TITLES")); err == nil {
		many = n
	}
	few := wallTimes(b, 50)
	all := wallTimes(b, many)
	for _, page := range wallPages() {
		ratio := float64(all[page.name]) / float64(few[page.name])
		b.ReportMetric(ratio, page.name+"-ratio")
		b.Logf("%-8s %8.2f ms with 50 titles, %8.2f ms with %d: ratio %.2f", page.name, few[page.name].Seconds()*1e3, all[page.name].Seconds()*1e3, many, ratio)
	}
}

// wallPage is one page, of a title in the middle.
type wallPage struct {
	name string
	read func(b *testing.B, s *Studio, by Actor, title string) error
}

func wallPages() []wallPage {
	wall := func(order string) func(*testing.B, *Studio, Actor, string) error {
		return func(b *testing.B, s *Studio, by Actor, _ string) error {
			got, err := s.Releases(b.Context(), by, order, Page{Limit: 50})
			if err == nil && len(got.Items) != 50 {
				err = fmt.Errorf("%d titles on the wall", len(got.Items))
			}
			return err
		}
	}
	return []wallPage{
		{"home", func(b *testing.B, s *Studio, by Actor, _ string) error {
			_, err := s.Home(b.Context(), by, Page{Limit: 50})
			return err
		}},
		{"wall", wall(WallNewest)}, {"plays", wall(WallPlays)}, {"day", wall(WallDay)},
		{"figures", func(b *testing.B, s *Studio, by Actor, title string) error {
			_, err := s.Figures(b.Context(), by, title)
			return err
		}},
		{"curves", func(b *testing.B, s *Studio, by Actor, title string) error {
			_, err := s.Curves(b.Context(), by, title, "")
			return err
		}},
		{"health", func(b *testing.B, s *Studio, by Actor, _ string) error {
			_, err := s.Health(b.Context(), by)
			return err
		}},
	}
}

// wallTimes fills a studio of so many titles, month by month as imports do, and times each page.
func wallTimes(b *testing.B, titles int) map[string]time.Duration {
	b.Helper()
	s := benchStudio(b, false)
	releases := bookBench(b, s, titles)
	start := time.Now()
	for from := 0; from < len(releases); from += 600 {
		if err := sayDays(b, s, releases[from:min(from+600, len(releases))], 0, 400); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d titles filled in %s", titles, time.Since(start).Round(time.Second))
	by, out := Console(), map[string]time.Duration{}
	for _, page := range wallPages() {
		best := time.Hour
		for range 15 {
			begin := time.Now()
			if err := page.read(b, s, by, releases[len(releases)/2].TitleID); err != nil {
				b.Fatal(err)
			}
			best = min(best, time.Since(begin))
		}
		out[page.name] = best
	}
	return out
}
