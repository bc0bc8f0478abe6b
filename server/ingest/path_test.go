package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chouka/server/ingest"
)

// archive is a zip with these files.
func archive(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range files {
		x, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(x, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchivesAreSentAsTheirFiles(t *testing.T) {
	t.Run("with groups, rules and the ledger as on the disk", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.o.Shot = ""
			s.o.Rules = []string{"**/E{ep}/S{scene}/{shot}/**"}
			s.write("包.zip", archive(t, map[string]string{"E03/S02/014/a.mp4": "clip", "E03/S02/014/a.png": "frame", "E03/S02/014/a.txt": "prompt", "E03/S02/015/a.png": "still", "read me.pdf": "x", "lone.txt": "x"}))
			sum := s.run()
			got := s.desk.got()
			where := map[string]string{}
			for _, p := range got {
				where[p.Shot] = fmt.Sprint(p.names(), len(p.Beside))
			}
			same(t, "posts", where, map[string]string{"E03-S02-014": "[a.mp4] 2", "E03-S02-015": "[a.png] 0"})
			same(t, "counts", fmt.Sprint(sum.New, sum.Beside, sum.Left()), "2 2 0")
			sum = s.run()
			same(t, "again", fmt.Sprint(sum.Already, sum.New, len(s.desk.got())), "4 0 2")
			s.write("E03/S02/014/b.mp4", "clip")
			same(t, "unpacked later", s.run().Known, 1)
		})
	})
	t.Run("a locked shot holds what is in them, an answer lets it go", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			locked := true
			s.desk.breakWith(func(r *http.Request, p post) (int, http.Header, string) {
				if locked && r.Method == http.MethodPost && p.Files["a.png"] != "" {
					return 409, nil, problem("shot.locked", "unlock it")
				}
				return 0, nil, ""
			})
			s.write("x.zip", archive(t, map[string]string{"a.png": "a", "b.png": "b"}))
			stop := s.watch()
			pass(5 * time.Minute)
			same(t, "posts while locked", len(s.desk.got()), 1)
			locked = false
			pass(2 * time.Hour)
			sum := stop()
			same(t, "then", fmt.Sprint(len(s.desk.got()), sum.New, sum.Held), "2 2 0")
		})
	})
	t.Run("a broken one is refused until it changes", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("x.zip", "half an archive")
			s.write("a.png", "a")
			stop := s.watch()
			pass(time.Hour)
			if told := s.heardOf(ingest.Refused); len(told) != 1 || !strings.HasPrefix(told[0], "x.zip|") {
				t.Errorf("it was told %v", told)
			}
			s.write("x.zip", archive(t, map[string]string{"b.png": "b"}))
			pass(5 * time.Minute)
			sum := stop()
			same(t, "then", fmt.Sprint(sum.New, sum.Refused), "2 0")
		})
	})
	t.Run("a refused clip in them leaves its first frame as a result", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.desk.breakWith(func(_ *http.Request, p post) (int, http.Header, string) {
				if p.Files["a.mp4"] != "" {
					return 415, nil, problem("unsupported", "no clip")
				}
				return 0, nil, ""
			})
			s.write("x.zip", archive(t, map[string]string{"a.mp4": "bad", "a.png": "frame"}))
			sum := s.run()
			same(t, "counts", fmt.Sprint(sum.New, sum.Refused, sum.Unsent), "1 1 0")
		})
	})
}

func TestPathsAsTheyAreGiven(t *testing.T) {
	t.Run("a named file is sent whatever its name says, its neighbours are not", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.png", "a")
			s.write("b.png", "b")
			s.write("result", "no extension")
			dir := s.o.Paths[0]
			s.o.Paths = []string{filepath.Join(dir, "a.png"), filepath.Join(dir, "result")}
			same(t, "new", s.run().New, 2)
		})
	})
	t.Run("a file within a given folder is not counted twice", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.png", "a")
			s.write("below/b.png", "b")
			s.o.Paths = append(s.o.Paths, filepath.Join(s.o.Paths[0], "a.png"), filepath.Join(s.o.Paths[0], "below"))
			sum := s.run()
			same(t, "new", fmt.Sprint(sum.New, len(s.desk.got())), "2 2")
		})
	})
	t.Run("links to files count, links to folders do not", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("below/a.png", "a")
			dir := s.o.Paths[0]
			if err := os.Symlink(filepath.Join(dir, "below", "a.png"), filepath.Join(dir, "b.png")); err != nil {
				t.Skip("no links here:", err)
			}
			if err := os.Symlink(dir, filepath.Join(dir, "circle")); err != nil {
				t.Fatal(err)
			}
			sum := s.run()
			same(t, "files", sum.New+sum.Known, 2)
		})
	})
	t.Run("a slip of the pen is told at once", func(t *testing.T) {
		for _, o := range []ingest.Options{{}, {Token: "t"}, {Token: "t", Paths: []string{"nowhere"}}, {Paths: []string{"."}, Server: "http://x"}, {Token: "t", Paths: []string{"."}, Server: "x"},
			{Token: "t", Paths: []string{"."}, Server: "http://x", Rules: []string{"x"}}, {Token: " \n", Paths: []string{"."}, Server: "http://x"}} {
			o.State = t.TempDir()
			if _, err := ingest.Run(t.Context(), o); err == nil {
				t.Errorf("%+v runs", o)
			}
		}
	})
	t.Run("a bad rules file stops the start", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write(".chouka-rules", "{nonsense}")
			if _, err := ingest.Run(t.Context(), s.o); err == nil || !strings.Contains(err.Error(), ".chouka-rules") {
				t.Errorf("it ended with %v", err)
			}
		})
	})
}

func TestAPlanTouchesNothing(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.line.unplug(true)
		s.o.Token, s.o.Rules = "", []string{"**/E{ep}/S{scene}/{shot}/**"}
		s.write("E1/S2/3/a.mp4", "a")
		s.write("E1/S2/3/a.txt", "a")
		s.write("x.zip", archive(t, map[string]string{"E4/S5/6/b.png": "b"}))
		sum, err := ingest.Plan(t.Context(), s.o)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, e := range s.heard {
			told = append(told, fmt.Sprint(e.What, " ", filepath.Base(e.Path), " ", e.Title, " ", e.Shot))
		}
		same(t, "plan", told, "[planned b.png 娇藏京枝 E04-S05-006 planned a.mp4 娇藏京枝 E01-S02-003 planned a.txt 娇藏京枝 E01-S02-003]")
		same(t, "files", sum.Unsent, 3)
		if _, err := os.Stat(s.o.State); err == nil {
			t.Error("a plan made a state folder")
		}
	})
}
