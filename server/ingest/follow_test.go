package ingest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chouka/server/ingest"
)

func TestWhatFollowsFindsItsAttempt(t *testing.T) {
	t.Run("a result whose attempt was deleted gets its own", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.mp4", "clip")
			s.run()
			s.desk.breakWith(func(r *http.Request, p post) (int, http.Header, string) {
				if strings.Contains(p.Query, "attempt=") {
					return 404, nil, problem("unknown.attempt", "no such attempt")
				}
				return 0, nil, ""
			})
			s.write("a-audio.mp4", "clip with sound")
			sum := s.run()
			got := s.desk.got()
			same(t, "counts", fmt.Sprint(sum.New, len(got))+" "+got[len(got)-1].Path, "1 2 /api/v1/attempts")
		})
	})
	t.Run("a first frame that is an earlier result stays beside its clip", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.png", "picture")
			s.run()
			s.write("b.mp4", "made of it")
			s.write("b.png", "picture")
			s.run()
			got := s.desk.got()
			if len(got) != 2 || got[1].Path != "/api/v1/attempts" || got[1].Beside["b.png"] != "picture" {
				t.Errorf("the desk got %v", got)
			}
		})
	})
}

func TestABrokenDeliveryGoesOn(t *testing.T) {
	t.Run("a delivery that broke off goes on where it was", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			late := 0
			s.desk.breakWith(func(_ *http.Request, p post) (int, http.Header, string) {
				if p.Beside["a.json"] != "" || p.Files["a.json"] != "" {
					return 415, nil, problem("unsupported", "no sidecar")
				}
				if p.Files["a.txt"] != "" {
					if late++; late < 3 {
						return 503, nil, problem("unavailable", "later")
					}
				}
				return 0, nil, ""
			})
			s.write("a.mp4", "clip")
			s.write("a.json", "bad")
			s.write("a.txt", "prompt")
			sum := s.run()
			same(t, "counts", fmt.Sprint(sum.New, sum.Beside, sum.Refused, sum.Known, len(s.desk.got())), "1 1 1 0 2")
			same(t, "the bad sidecar was told of", len(s.heardOf(ingest.Refused)), 1)
		})
	})
	t.Run("a result that was refused before it broke off is not sent again", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			asked, away := 0, 3
			s.desk.breakWith(func(_ *http.Request, p post) (int, http.Header, string) {
				if p.Files["a.jpg"] != "" && len(p.Files) == 1 {
					asked++
				}
				if p.Files["a.jpg"] != "" {
					return 415, nil, problem("unsupported", "no picture")
				}
				if away--; p.Files["a.png"] != "" && away > 0 {
					return 503, nil, problem("unavailable", "later")
				}
				return 0, nil, ""
			})
			s.write("a.jpg", "bad")
			s.write("a.png", "good")
			sum := s.run()
			same(t, "counts", fmt.Sprint(sum.New, sum.Refused, asked), "1 1 1")
		})
	})
	t.Run("a file that goes while it waits is told of and forgotten", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.line.unplug(true)
			s.write("a.png", "a")
			stop := s.watch()
			pass(settleAndSend)
			s.remove("a.png")
			s.line.unplug(false)
			pass(settleAndSend)
			sum := stop()
			same(t, "told", s.heardOf(ingest.Gone), "[a.png|]")
			same(t, "left", fmt.Sprint(sum.Left(), len(s.desk.got())), "0 0")
		})
	})
}
