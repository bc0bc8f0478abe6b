package ingest_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"chouka/server/ingest"
)

// refuse says no to whatever holds a text.
func refuse(status int, part string) func(*http.Request, post) (int, http.Header, string) {
	return func(_ *http.Request, p post) (int, http.Header, string) {
		for _, c := range p.Files {
			if strings.Contains(c, part) {
				return status, nil, problem("bad", "the desk says no")
			}
		}
		for _, c := range p.Beside {
			if strings.Contains(c, part) {
				return status, nil, problem("bad", "the desk says no")
			}
		}
		return 0, nil, ""
	}
}

func TestOneBadFileStopsNothing(t *testing.T) {
	for _, status := range []int{400, 413, 415, 422} {
		t.Run(fmt.Sprintf("a file that answers %d is noted and the rest arrives", status), func(t *testing.T) {
			play(t, func(t *testing.T, s *scene) {
				s.desk.breakWith(refuse(status, "bad"))
				s.write("a.png", "bad")
				s.write("b.png", "good")
				sum := s.run()
				same(t, "refused", s.heardOf(ingest.Refused), "[a.png|the desk says no]")
				same(t, "counts", fmt.Sprint(sum.New, sum.Refused, sum.Left()), "1 1 1")
			})
		})
	}
	t.Run("a bad sidecar does not keep its clip out", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.desk.breakWith(refuse(415, "bad"))
			s.write("a.mp4", "good")
			s.write("a.json", "bad")
			s.write("a.txt", "fine")
			sum := s.run()
			same(t, "counts", fmt.Sprint(sum.New, sum.Beside, sum.Refused), "1 1 1")
			same(t, "refused", s.heardOf(ingest.Refused), "[a.json|the desk says no]")
		})
	})
	t.Run("without its refused clip a first frame is a result", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.desk.breakWith(refuse(415, "bad"))
			s.write("a.mp4", "bad")
			s.write("a.png", "good")
			sum := s.run()
			same(t, "counts", fmt.Sprint(sum.New, sum.Refused), "1 1")
		})
	})
}

func TestANoIsRemembered(t *testing.T) {
	t.Run("a refused file is tried again only when it changes", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			asked := 0
			s.desk.breakWith(func(r *http.Request, p post) (int, http.Header, string) {
				if r.Method != http.MethodPost {
					return 0, nil, ""
				}
				asked++
				return refuse(415, "bad")(r, p)
			})
			s.write("a.png", "bad")
			stop := s.watch()
			time.Sleep(24 * time.Hour)
			synctest.Wait()
			same(t, "asked in a day", asked, 1)
			s.write("a.png", "good now")
			time.Sleep(5 * time.Minute)
			synctest.Wait()
			sum := stop()
			same(t, "after the change", fmt.Sprint(asked, sum.New, sum.Refused), "2 1 0")
		})
	})
	t.Run("a fault of the desk at one file lets the others by and is tried three times", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			asked := 0
			s.desk.breakWith(func(r *http.Request, p post) (int, http.Header, string) {
				if p.Files["a.png"] != "" {
					asked++
				}
				return refuse(500, "bad")(r, p)
			})
			s.write("a.png", "bad")
			s.write("b.png", "good")
			sum := s.run()
			same(t, "counts", fmt.Sprint(asked, sum.New, sum.Held, sum.Left()), "3 1 1 1")
		})
	})
	t.Run("a locked shot holds its files and a run says so", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.desk.breakWith(refuse(409, "bad"))
			s.write("a.png", "bad")
			sum := s.run()
			same(t, "held", fmt.Sprint(sum.Held, s.heardOf(ingest.Held)), "1 [a.png|the desk says no]")
		})
	})
}

func TestADeskThatCannotTakeFilesEndsIt(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		words  string
	}{
		{401, problem("signed_out", "sign in"), "revoked"},
		{403, problem("forbidden", "only leads may"), "only leads may"},
		{404, "<html>", "no Chouka"},
		{405, problem("method", "no"), "check --server"},
		{302, "", "https://elsewhere"},
	} {
		t.Run(fmt.Sprintf("status %d stops with one sentence", c.status), func(t *testing.T) {
			play(t, func(t *testing.T, s *scene) {
				s.desk.breakWith(func(r *http.Request, _ post) (int, http.Header, string) {
					if r.Method == http.MethodGet && c.status == 403 {
						return 403, nil, problem("scope", "may not read")
					}
					return c.status, http.Header{"Location": {"https://elsewhere/api?token=x"}}, c.body
				})
				s.write("a.png", "a")
				sum, err := ingest.Run(t.Context(), s.o)
				var stop *ingest.StopError
				if !errors.As(err, &stop) || !strings.Contains(stop.Words, c.words) || strings.Contains(stop.Words, "\n") || strings.Contains(stop.Words, "token=x") {
					t.Errorf("it ended with %v", err)
				}
				if strings.Contains(fmt.Sprint(err), "chk_secret") {
					t.Error("the token is in the sentence")
				}
				same(t, "unsent", sum.New, 0)
			})
		})
	}
}
