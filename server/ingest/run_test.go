package ingest_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"chouka/server/ingest"
)

// play runs a test in a bubble with a scene.
func play(t *testing.T, f func(t *testing.T, s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, newScene(t)) })
}

func TestOneStemIsOneAttempt(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.write("x_00001.mp4", "clip")
		s.write("x_00001-audio.mp4", "clip with sound")
		s.write("x_00001.png", "first frame")
		s.write("x_00001.txt", "prompt")
		s.write("x_00001.mp4.json", "{}")
		s.write("x_00002.png", "another")
		s.write("notes.txt", "nobody's sidecar")
		s.write("report.docx", "no picture")
		s.write("y.png.part", "half")
		s.write("z.png", "")
		s.write(".hidden.png", "hidden")
		sum := s.run()
		got := s.desk.got()
		if len(got) != 2 {
			t.Fatalf("the desk got %d posts: %v", len(got), got)
		}
		for _, p := range got {
			same(t, "shot", p.Shot+" "+p.Title+" "+p.Way, "E03-S02-014 娇藏京枝 watch")
			if len(p.Files) == 2 {
				same(t, "results", p.names(), "[x_00001-audio.mp4 x_00001.mp4]")
				same(t, "beside", p.Beside, "map[x_00001.mp4.json:{} x_00001.png:first frame x_00001.txt:prompt]")
			} else {
				same(t, "results", p.Files, "map[x_00002.png:another]")
			}
		}
		same(t, "summary", fmt.Sprintf("%d new %d beside %d ignored %d left", sum.New, sum.Beside, sum.Ignored, sum.Left()), "3 new 3 beside 3 ignored 0 left")
		again := s.run()
		same(t, "again", fmt.Sprintf("%d already %d new, %d posts", again.Already, again.New, len(s.desk.got())), "6 already 0 new, 2 posts")
	})
}

func TestRulesSayWhereFilesGo(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.o.Title, s.o.Shot = "", ""
		s.o.Rules = []string{"{title}/E{ep}/S{scene}/{shot}/**"}
		s.write(".chouka-rules", "# 收件箱\n\n{title}_{shot}_*\n")
		s.write("娇藏京枝/E3/S2/14/a.png", "a")
		s.write("娇藏京枝/E03/S02/014A/deep/b.png", "b")
		s.write("她_e3-s2-15_1.png", "c")
		s.write("loose.png", "d")
		s.desk.breakWith(func(_ *http.Request, p post) (int, http.Header, string) {
			if p.Shot == "" && p.Path != "/api/v1/titles" {
				return 422, nil, problem("attempt.no_shot", "name a shot")
			}
			return 0, nil, ""
		})
		sum := s.run()
		where := map[string]string{}
		for _, p := range s.desk.got() {
			where[p.names()[0]] = p.Title + " " + p.Shot
		}
		same(t, "places", where, map[string]string{"a.png": "娇藏京枝 E03-S02-014", "b.png": "娇藏京枝 E03-S02-014A", "她_e3-s2-15_1.png": "她 E03-S02-015"})
		same(t, "no shot", s.heardOf(ingest.NoShot), "[loose.png|name a shot]")
		same(t, "left", fmt.Sprint(sum.NoShot, sum.Left()), "1 1")
	})
}

func TestWhatWasSentIsNotSentAgain(t *testing.T) {
	t.Run("a renamed file keeps its attempt", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.mp4", "clip")
			s.write("a.txt", "prompt")
			s.run()
			if err := os.Rename(filepath.Join(s.o.Paths[0], "a.mp4"), filepath.Join(s.o.Paths[0], "b.mp4")); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(filepath.Join(s.o.Paths[0], "a.txt"), filepath.Join(s.o.Paths[0], "b.txt")); err != nil {
				t.Fatal(err)
			}
			sum := s.run()
			same(t, "posts and renames", fmt.Sprint(len(s.desk.got()), sum.Known), "1 2")
		})
	})
	t.Run("the same bytes under another shot are sent there", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.o.Rules = []string{"E{ep}/S{scene}/{shot}/**"}
			s.write("E1/S1/1/a.png", "same")
			s.run()
			s.write("E1/S1/2/a.png", "same")
			s.run()
			same(t, "posts", len(s.desk.got()), 2)
		})
	})
	t.Run("two attempts with the same settings beside them keep both", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			for _, n := range []string{"a", "b"} {
				s.write(n+".png", "picture "+n)
				s.write(n+".txt", "the same settings")
			}
			s.run()
			for _, p := range s.desk.got() {
				same(t, "beside", len(p.Beside), 1)
			}
		})
	})
}

func TestAChangedFileIsLookedAt(t *testing.T) {
	t.Run("a file in the ledger with the same size and time is not read", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.png", "first")
			s.run()
			s.write("a.png", "other") // the bubble's clock stands between runs, so size and time are equal
			p := filepath.Join(s.o.Paths[0], "a.png")
			at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			if err := os.Chtimes(p, at, at); err != nil {
				t.Fatal(err)
			}
			sum := s.run()
			same(t, "with another time", fmt.Sprint(len(s.desk.got()), sum.New), "2 1")
			if err := os.WriteFile(p, []byte("third"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(p, at, at); err != nil {
				t.Fatal(err)
			}
			sum = s.run()
			same(t, "with the same time", fmt.Sprint(len(s.desk.got()), sum.Already), "2 1")
		})
	})
	t.Run("a path that is written anew is another attempt", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("out.png", "one")
			s.write("out.txt", "prompt one")
			s.run()
			s.write("out.png", "two, longer")
			s.write("out.txt", "prompt two, longer")
			s.run()
			got := s.desk.got()
			if len(got) != 2 || got[1].Path != "/api/v1/attempts" || got[1].Beside["out.txt"] != "prompt two, longer" {
				t.Errorf("the desk got %+v", got)
			}
		})
	})
	t.Run("another desk has another ledger", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.png", "a")
			s.run()
			s.o.Server = "http://other/desk"
			sum := s.run()
			same(t, "new", sum.New, 1)
		})
	})
}
