package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"chouka/server/ingest"
)

func TestADeskThatIsAwayLosesNothing(t *testing.T) {
	t.Run("a watch waits longer and longer, up to five minutes, and goes on", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.line.unplug(true)
			s.write("a.png", "a")
			s.write("b.png", "b")
			stop := s.watch()
			pass(6 * time.Hour)
			waits := []int64{}
			for _, e := range s.heard {
				if e.What == ingest.Away {
					waits = append(waits, e.Wait)
				}
			}
			if n := len(waits); n < 70 || n > 160 {
				t.Errorf("in six hours it tried %d times: %v", n, waits)
			}
			last := waits[len(waits)-1]
			if most := int64(ingest.MaxPause / time.Second); last > most || last < most/2-1 || waits[0] > 1 {
				t.Errorf("the pauses were %v", waits)
			}
			s.line.unplug(false)
			pass(6 * time.Minute)
			sum := stop()
			same(t, "after it came back", fmt.Sprint(len(s.desk.got()), sum.New, len(s.heardOf(ingest.Back))), "2 2 1")
		})
	})
	t.Run("a run gives up after its patience and the next one goes on", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.line.unplug(true)
			s.o.Patience = 10 * time.Minute
			s.write("a.png", "a")
			sum, err := ingest.Run(t.Context(), s.o)
			if !errors.Is(err, ingest.ErrAway) || sum.Unsent != 1 || sum.Left() != 1 {
				t.Errorf("it ended with %+v, %v", sum, err)
			}
			s.line.unplug(false)
			same(t, "then", s.run().New, 1)
		})
	})
	for _, status := range []int{-1, 408, 502, 503, 504} {
		t.Run(fmt.Sprintf("an answer of %d is tried again", status), func(t *testing.T) {
			play(t, func(t *testing.T, s *scene) {
				n := 0
				s.desk.breakWith(func(*http.Request, post) (int, http.Header, string) {
					if n++; n < 6 {
						return status, nil, "<html>bad gateway"
					}
					return 0, nil, ""
				})
				s.write("a.png", "a")
				same(t, "new", s.run().New, 1)
			})
		})
	}
	t.Run("something else at the address confirms nothing", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.desk.breakWith(func(*http.Request, post) (int, http.Header, string) { return 200, nil, "<html>welcome to the hotel" })
			s.o.Patience = time.Minute
			s.write("a.png", "a")
			if _, err := ingest.Run(t.Context(), s.o); !errors.Is(err, ingest.ErrAway) {
				t.Errorf("it ended with %v", err)
			}
			same(t, "the ledger", s.ledger(), "")
		})
	})
}

func TestALostAnswerBooksOnce(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.desk.lose = 2
		s.write("a.mp4", "clip")
		s.write("a.txt", "prompt")
		sum := s.run()
		same(t, "posts and new", fmt.Sprint(len(s.desk.got()), sum.New, sum.Beside), "1 1 1")
		same(t, "lines", strings.Count(s.ledger(), "\n"), 2)
	})
}

func TestTheDesksAdviceIsFollowed(t *testing.T) {
	for _, form := range []string{"seconds", "date"} {
		t.Run("Retry-After as "+form, func(t *testing.T) {
			play(t, func(t *testing.T, s *scene) {
				start := time.Now()
				var asked []time.Duration
				s.desk.breakWith(func(r *http.Request, _ post) (int, http.Header, string) {
					if r.Method != http.MethodPost {
						return 0, nil, ""
					}
					asked = append(asked, time.Since(start))
					if len(asked) > 1 {
						return 0, nil, ""
					}
					advice := "1800"
					if form == "date" {
						advice = time.Now().Add(30 * time.Minute).UTC().Format(http.TimeFormat)
					}
					return 429, http.Header{"Retry-After": {advice}}, problem("too_many", "slower")
				})
				s.write("a.png", "a")
				same(t, "new", s.run().New, 1)
				if wait := asked[1] - asked[0]; wait < 30*time.Minute-time.Second || wait > 31*time.Minute {
					t.Errorf("it came back after %v", wait)
				}
			})
		})
	}
}

func TestStoppingLeavesNothingHalf(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.desk.hold = make(chan struct{})
		for i := range 10 {
			s.write(fmt.Sprintf("%d.png", i), fmt.Sprint("picture ", i))
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan ingest.Summary)
		go func() {
			sum, err := ingest.Run(ctx, s.o)
			if err != nil {
				t.Errorf("a stopped run ended with %v", err)
			}
			done <- sum
		}()
		pass(time.Minute)
		s.desk.mu.Lock()
		running := s.desk.running
		s.desk.mu.Unlock()
		same(t, "requests at the same time", running, 3)
		cancel()
		sum := <-done
		same(t, "stopped", fmt.Sprint(sum.New, sum.Unsent), "0 10")
		same(t, "the ledger", s.ledger(), "")
		s.desk.hold = nil
		same(t, "the second start", fmt.Sprint(s.run().New, len(s.desk.got())), "10 10")
	})
}

func TestASilentDeskIsGivenUp(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.desk.hold = make(chan struct{})
		s.o.Patience = 10 * time.Minute
		s.write("a.png", "a")
		if _, err := ingest.Run(t.Context(), s.o); !errors.Is(err, ingest.ErrAway) {
			t.Errorf("it ended with %v", err)
		}
		same(t, "the ledger", s.ledger(), "")
	})
}

func TestATornLedgerIsReadAsFarAsItGoes(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.write("a.png", "a")
		s.write("b.png", "b")
		s.run()
		whole := s.ledger()
		lines := strings.SplitAfter(whole, "\n")
		torn := lines[0] + lines[1][:len(lines[1])/2]
		path := ledgerPath(t, s)
		if err := os.WriteFile(path, []byte(torn), 0o600); err != nil {
			t.Fatal(err)
		}
		sum := s.run()
		same(t, "again", fmt.Sprint(sum.Already, sum.New), "1 1")
		sum = s.run()
		same(t, "and again", fmt.Sprint(sum.Already, sum.New), "2 0")
		same(t, "posts", len(s.desk.got()), 2) // the desk knew the key
	})
}

func TestAThousandFilesAreAllAccountedFor(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.desk.breakWith(func(r *http.Request, p post) (int, http.Header, string) {
			for n := range p.Files {
				switch {
				case strings.HasSuffix(n, "7.png"):
					return 415, nil, problem("unsupported", "not a picture")
				case strings.HasSuffix(n, "3.png"):
					return 404, nil, problem("unknown.shot", "no such shot")
				}
			}
			return 0, nil, ""
		})
		for i := range 400 {
			s.write(fmt.Sprintf("d%d/%04d.png", i%7, i), fmt.Sprint("picture ", i))
			s.write(fmt.Sprintf("d%d/%04d.txt", i%7, i), "prompt")
		}
		for i := range 200 {
			s.write(fmt.Sprintf("c/%04d.mp4", i), fmt.Sprint("clip ", i))
		}
		sum := s.run()
		// Refused and held pictures keep their sidecars back.
		same(t, "counts", fmt.Sprint(sum.New, sum.Beside, sum.Refused, sum.Held, sum.Ignored), "520 320 40 80 40")
		same(t, "the sum", sum.New+sum.Beside+sum.Refused+sum.Held+sum.Ignored, 1000)
		if s.desk.most > 3 {
			t.Errorf("there were %d requests at the same time", s.desk.most)
		}
	})
}
