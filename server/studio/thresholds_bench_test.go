package studio

import (
	"context"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

// BenchmarkReckoning changes the studio's thresholds with many titles (CHOUKA_TITLES, 100 when not set), each on six
// platforms with so many days of plays (CHOUKA_DAYS, 400 when not set), and tells how long the background takes and how much slower a title's page and the wall
// are meanwhile: the median of either, as a ratio.
func BenchmarkReckoning(b *testing.B) {
	many, days := 100, 400
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_TITLES")); err == nil {
		many = n
	}
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_DAYS")); err == nil {
		days = n
	}
	s := benchStudio(b, false)
	releases := bookBench(b, s, many)
	for from := 0; from < len(releases); from += 600 {
		if err := sayDays(b, s, releases[from:min(from+600, len(releases))], 0, days); err != nil {
			b.Fatal(err)
		}
	}
	title := releases[len(releases)/2].TitleID
	calm := pageTimes(b, s, title, func(n int) bool { return n < 50 })
	set, err := s.StudioSettings(b.Context(), Console())
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	if _, err = s.EditSettings(b.Context(), Console(), set.Rev, SettingsEdit{Thresholds: &[]int64{30_000_000, 300_000_000}}); err != nil {
		b.Fatal(err)
	}
	said := time.Since(begin)
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- s.keepWorking(ctx, s.ledgers, s.reckonOnce, func(context.Context) {}) }()
	busy := pageTimes(b, s, title, func(int) bool {
		w, err := s.Background(b.Context(), Console())
		return err == nil && w.FiguresLeft > 0
	})
	took := time.Since(begin)
	stop()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
	for name, was := range calm {
		b.ReportMetric(float64(busy[name])/float64(was), name+"-ratio")
		b.Logf("%-8s %6.2f ms, %6.2f ms while %d titles are worked out", name, was.Seconds()*1e3, busy[name].Seconds()*1e3, many)
	}
	b.ReportMetric(took.Seconds(), "s/all")
	b.ReportMetric(took.Seconds()*1e3/float64(many), "ms/title")
	b.Logf("the change took %s, the work %s", said.Round(time.Microsecond), took.Round(time.Millisecond))
}

// pageTimes reads a title's page and the wall for as long as more says so, and gives the median of each.
func pageTimes(b *testing.B, s *Studio, title string, more func(n int) bool) map[string]time.Duration {
	b.Helper()
	all := map[string][]time.Duration{}
	for n := 0; more(n); n++ {
		for _, page := range wallPages() {
			if page.name != "figures" && page.name != "wall" {
				continue
			}
			begin := time.Now()
			if err := page.read(b, s, Console(), title); err != nil {
				b.Fatal(err)
			}
			all[page.name] = append(all[page.name], time.Since(begin))
		}
	}
	out := map[string]time.Duration{}
	for name, times := range all {
		slices.Sort(times)
		out[name] = times[len(times)/2]
	}
	return out
}
