package studio

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chouka/assets"
	"chouka/store"
	"chouka/store/bolt"
)

// alone commits every Update by itself: the plain way that the grouping writer is measured against.
type alone struct {
	store.Engine
	mu sync.Mutex
}

func (a *alone) Update(ctx context.Context, fn func(store.Txn) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.Engine.Update(ctx, fn)
}

// benchStudio opens a studio in a folder of the benchmark's own.
func benchStudio(b testing.TB, plain bool) *Studio {
	b.Helper()
	dir := b.TempDir()
	file, err := bolt.Open(filepath.Join(dir, "chouka.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = file.Close() })
	if err := store.Migrate(b.Context(), file, Schema(), nil); err != nil {
		b.Fatal(err)
	}
	library, err := assets.Open(filepath.Join(dir, "media"), assets.Options{FFmpeg: "-"})
	if err != nil {
		b.Fatal(err)
	}
	var e store.Engine = file
	if plain {
		e = &alone{Engine: file}
	}
	s, err := New(Options{Engine: e, Library: library})
	if err != nil {
		b.Fatal(err)
	}
	err = s.update(b.Context(), Console(), func(c *change) error {
		set, err := newSettings(c, "bench", "")
		if err != nil {
			return err
		}
		return s.r.settings.Insert(c.tx, &set)
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// benchShots makes titles with shots that wait for review, without takes.
func benchShots(b testing.TB, s *Studio, titles, perTitle int) []*Shot {
	b.Helper()
	var out []*Shot
	for i := range titles {
		name := fmt.Sprintf("title %d", i)
		board, err := s.CreateTitle(b.Context(), Console(), TitleIn{Name: &name})
		if err != nil {
			b.Fatal(err)
		}
		e, err := s.AddEpisode(b.Context(), Console(), board.Title.ID, EpisodeIn{})
		if err != nil {
			b.Fatal(err)
		}
		err = s.update(b.Context(), Console(), func(c *change) error {
			scene := &Scene{TitleID: e.TitleID, EpisodeID: e.ID, Episode: e.Number, Order: orderStep, Label: "1-1", Code: "01"}
			if err := c.addScene(scene); err != nil {
				return err
			}
			var shots []*Shot
			for range perTitle {
				x := &Shot{ShotText: ShotText{Description: "bench"}}
				if err := c.addShot(scene, x, shots, ""); err != nil {
					return err
				}
				if err := c.drawn(x, true); err != nil {
					return err
				}
				shots = append(shots, x)
			}
			out = append(out, shots...)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return out
}

// benchAttempt is an attempt of about 1.5 KB as JSON.
func benchAttempt() AttemptIn {
	return AttemptIn{Status: Failed, Generation: Generation{Service: "ComfyUI", Model: "wan2.2_t2v", Seed: "6952411511246973023", Prompt: strings.Repeat("金沙湖大剧院, wide shot, ", 22), Negative: "lowres, watermark"}}
}

// insertRate logs n attempts with as many writers and gives how many were durable a second.
func insertRate(b *testing.B, s *Studio, shots []*Shot, writers, n int) float64 {
	b.Helper()
	var next atomic.Int64
	var wg sync.WaitGroup
	start := time.Now()
	for range writers {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				if _, err := s.LogAttempt(b.Context(), Console(), shots[int(i)%len(shots)].ID, benchAttempt()); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return float64(n) / time.Since(start).Seconds()
}

// BenchmarkInsert measures durable attempts, each with its indexes, counters
// and activity, against the same work with one commit for each.
func BenchmarkInsert(b *testing.B) {
	for _, c := range []struct{ writers, n int }{{1, 400}, {16, 3000}, {256, 12000}, {3000, 24000}} {
		b.Run(fmt.Sprintf("writers=%d", c.writers), func(b *testing.B) {
			for b.Loop() {
				plain, grouped := benchStudio(b, true), benchStudio(b, false)
				one := benchShots(b, plain, 5, 20)
				all := benchShots(b, grouped, 5, 20)
				base := insertRate(b, plain, one, c.writers, 300)
				rate := insertRate(b, grouped, all, c.writers, c.n)
				b.ReportMetric(base, "plain/s")
				b.ReportMetric(rate, "grouped/s")
				b.ReportMetric(rate/base, "ratio")
			}
		})
	}
}

// grow brings a studio to n attempts, many in one commit. The first shot gets 60 with a take each.
func grow(b *testing.B, s *Studio, shots []*Shot, n int) {
	b.Helper()
	const batch = 5000
	for at := 0; at < n; at += batch {
		err := s.update(b.Context(), Console(), func(c *change) error {
			for i := at; i < min(at+batch, n); i++ {
				if err := c.benchFill(shots, i); err != nil {
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

func (c *change) benchFill(shots []*Shot, i int) error {
	x, err := c.s.r.shots.Get(c.tx, shots[max(0, i-59)%len(shots)].ID)
	if err != nil {
		return err
	}
	a := Attempt{Status: Succeeded, Way: "upload", Generation: benchAttempt().Generation, At: c.now, Sources: map[string]Source{}}
	if err := c.addAttempt(x, &a); err != nil {
		return err
	}
	if i < 60 {
		if _, err := c.addTake(x, &a, Kept{name: "bench.png", media: Media{SHA256: fmt.Sprintf("%064d", i), Type: assets.TypePNG}}, 0); err != nil {
			return err
		}
	}
	return c.noteAttempt("attempt.logged", x, &a)
}

// BenchmarkPage measures first pages of 50 in a studio of ten thousand
// attempts and in one of a million, turn and turn about.
func BenchmarkPage(b *testing.B) {
	const titles, perTitle = 60, 60
	small, large := benchStudio(b, false), benchStudio(b, false)
	few, many := benchShots(b, small, titles, perTitle), benchShots(b, large, titles, perTitle)
	grow(b, small, few, 10_000)
	grow(b, large, many, 1_000_000)
	by := Console()
	page := Page{Limit: 50}
	for _, c := range []struct {
		name string
		read func(*Studio, *Shot) (int, error)
	}{
		{"shot", func(s *Studio, x *Shot) (int, error) {
			got, err := s.Attempts(b.Context(), by, x.ID, page)
			return len(got.Items), err
		}},
		{"review", func(s *Studio, x *Shot) (int, error) {
			got, err := s.ReviewQueue(b.Context(), by, x.TitleID, QueueFilter{}, page)
			return len(got.Items), err
		}},
		{"home", func(s *Studio, _ *Shot) (int, error) {
			got, err := s.Home(b.Context(), by, page)
			return len(got.Boards), err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				a, z := medians(b, func() (int, error) { return c.read(small, few[0]) }, func() (int, error) { return c.read(large, many[0]) })
				b.ReportMetric(float64(a.Microseconds()), "10k-µs")
				b.ReportMetric(float64(z.Microseconds()), "1M-µs")
				b.ReportMetric(float64(z)/float64(a), "ratio")
			}
		})
	}
}

// medians reads both sides 400 times by turns; each must give a full page.
func medians(b *testing.B, one, two func() (int, error)) (time.Duration, time.Duration) {
	b.Helper()
	var times [2][]time.Duration
	for range 400 {
		for side, read := range []func() (int, error){one, two} {
			start := time.Now()
			n, err := read()
			if err != nil || n != 50 {
				b.Fatalf("a page of %d, %v", n, err)
			}
			times[side] = append(times[side], time.Since(start))
		}
	}
	slices.Sort(times[0])
	slices.Sort(times[1])
	return times[0][200], times[1][200]
}
