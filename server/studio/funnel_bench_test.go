package studio

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"chouka/assets"
)

// drawAndJudge adds takes to shots, by several models, and lets most of them be seen, judged and picked after waits of any length.
func drawAndJudge(b *testing.B, s *Studio, shots []*Shot, perShot int) {
	b.Helper()
	chance := rand.New(rand.NewPCG(1, 2))
	wait := func() time.Duration {
		return time.Second << chance.IntN(20) * time.Duration(100+chance.IntN(100)) / 100
	}
	for n, x := range shots {
		err := s.update(b.Context(), Console(), func(c *change) error {
			start := c.now
			for i := range perShot {
				c.now = start
				a := Attempt{Status: Succeeded, Way: "upload", Generation: benchAttempt().Generation, At: c.now}
				a.Model = fmt.Sprint("model ", chance.IntN(8))
				if err := c.addAttempt(x, &a); err != nil {
					return err
				}
				t, err := c.addTake(x, &a, Kept{name: "bench.png", media: Media{SHA256: fmt.Sprintf("%064d", n*perShot+i), Type: assets.TypePNG}}, 0)
				if err != nil {
					return err
				}
				v := Verdicts()[chance.IntN(3)+1]
				c.now = c.now.Add(wait())
				if _, err := c.judge(t.ID, VerdictIn{Verdict: &v, Reason: Reasons()[chance.IntN(8)]}); err != nil {
					return err
				}
				if c.now = c.now.Add(wait()); v == Shortlisted {
					if err := c.pick(x, t.ID); err != nil {
						return err
					}
				}
			}
			if x.Pick == nil {
				return nil
			}
			c.now = c.now.Add(wait())
			return c.moveByHand(x, ShotLocked, "")
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFunnel reads the funnel of a title of 300 takes and of one of 30,000, turn and turn about.
func BenchmarkFunnel(b *testing.B) {
	small, large := benchStudio(b, false), benchStudio(b, false)
	few, many := benchShots(b, small, 1, 10), benchShots(b, large, 1, 1000)
	drawAndJudge(b, small, few, 30)
	drawAndJudge(b, large, many, 30)
	read := func(s *Studio, x *Shot, takes int64) func() (int, error) {
		return func() (int, error) {
			f, err := s.TitleFunnel(b.Context(), Console(), x.TitleID)
			if f.Funnel.Takes != takes || f.Funnel.Waits[3].N == 0 || len(f.Funnel.Models) != 8 {
				b.Fatalf("got %+v", f.Funnel)
			}
			return 50, err
		}
	}
	for b.Loop() {
		a, z := medians(b, read(small, few[0], 300), read(large, many[0], 30_000))
		b.ReportMetric(float64(a.Microseconds()), "300-µs")
		b.ReportMetric(float64(z.Microseconds()), "30k-µs")
		b.ReportMetric(float64(z)/float64(a), "ratio")
	}
}
