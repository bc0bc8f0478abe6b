package ingest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"chouka/server/ingest"
)

// pass lets time go by and everything come to rest.
func pass(d time.Duration) {
	time.Sleep(d) // the bubble's clock
	synctest.Wait()
}

func TestAFileIsSentWhenItHasSettled(t *testing.T) {
	t.Run("a growing file waits", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.o.Sweep = time.Second
			stop := s.watch()
			for i := range 30 {
				s.write("a.mp4", fmt.Sprintf("half a clip %0*d", i, i))
				pass(900 * time.Millisecond)
			}
			same(t, "while it grew", len(s.desk.got()), 0)
			pass(10 * time.Second)
			stop()
			got := s.desk.got()
			if len(got) != 1 || len(got[0].Files["a.mp4"]) < 29 {
				t.Errorf("the desk got %v", got)
			}
		})
	})
	t.Run("a member that comes between two looks still joins its group", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.o.Sweep = time.Second
			s.write("a.png", "picture")
			stop := s.watch()
			pass(1500 * time.Millisecond)
			s.write("a.txt", "prompt")
			pass(10 * time.Second)
			stop()
			got := s.desk.got()
			if len(got) != 1 || got[0].Beside["a.txt"] != "prompt" {
				t.Errorf("the desk got %v", got)
			}
		})
	})
	t.Run("a run tells of a file that never settles", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			s.write("a.png", "a")
			stop := make(chan struct{})
			go func() {
				for {
					select {
					case <-stop:
						return
					case <-time.After(500 * time.Millisecond):
						grow(t, filepath.Join(s.o.Paths[0], "a.png"))
					}
				}
			}()
			sum := s.run()
			close(stop)
			same(t, "counts", fmt.Sprint(sum.Unsettled, sum.New, sum.Left(), len(s.heardOf(ingest.Unsettled))), "1 0 1 1")
		})
	})
}

func TestAnEmptyFileHoldsItsGroupForAWhile(t *testing.T) {
	t.Run("a settled first frame waits for the clip that is being encoded", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			stop := s.watch()
			s.write("a.png", "first frame")
			s.write("a.mp4", "")
			pass(3 * time.Minute)
			same(t, "while the clip was empty", len(s.desk.got()), 0)
			s.write("a.mp4", "clip")
			pass(3 * time.Minute)
			stop()
			got := s.desk.got()
			if len(got) != 1 || got[0].Files["a.mp4"] != "clip" || got[0].Beside["a.png"] != "first frame" {
				t.Errorf("the desk got %v", got)
			}
		})
	})
	t.Run("but not for ever", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			stop := s.watch()
			s.write("a.png", "picture")
			s.write("a.mp4", "")
			pass(30 * time.Minute)
			stop()
			same(t, "posts", len(s.desk.got()), 1)
		})
	})
	t.Run("nor does one from a machine whose clock is ahead", func(t *testing.T) {
		play(t, func(t *testing.T, s *scene) {
			stop := s.watch()
			s.write("a.png", "picture")
			s.write("a.mp4", "")
			ahead := time.Now().Add(1000 * time.Hour)
			if err := os.Chtimes(filepath.Join(s.o.Paths[0], "a.mp4"), ahead, ahead); err != nil {
				t.Fatal(err)
			}
			pass(30 * time.Minute)
			stop()
			same(t, "posts", len(s.desk.got()), 1)
		})
	})
}

// grow adds to a file as a program does that is still writing it.
func grow(t *testing.T, path string) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString("more")
	}
	if err != nil || f.Close() != nil {
		t.Errorf("growing a file: %v", err)
	}
}

func TestLateMembersFollowTheirAttempt(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		stop := s.watch()
		s.write("a.mp4", "clip")
		pass(3 * time.Minute)
		s.write("a.txt", "prompt")
		s.write("a-audio.mp4", "clip with sound")
		pass(3 * time.Minute)
		sum := stop()
		got := s.desk.got()
		if len(got) != 3 {
			t.Fatalf("the desk got %v", got)
		}
		id := got[0].Attempt
		same(t, "the second result", got[1].Path+"?"+got[1].Query, "/api/v1/shots/shot-1/files?attempt="+id+"&name=a-audio.mp4&way=watch")
		same(t, "the sidecar", got[2].Path+"?"+got[2].Query, "/api/v1/attempts/"+id+"/beside?name=a.txt")
		same(t, "counts", fmt.Sprint(sum.New, sum.Beside), "2 1")
	})
}

func TestDeletionsOnDiskDeleteNothing(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.desk.breakWith(func(r *http.Request, _ post) (int, http.Header, string) {
			if r.Method != http.MethodPost && r.Method != http.MethodGet {
				t.Errorf("the desk was asked to %s", r.Method)
			}
			return 0, nil, ""
		})
		stop := s.watch()
		s.write("a.png", "a")
		pass(3 * time.Minute)
		before := s.ledger()
		s.remove("a.png")
		pass(time.Hour)
		same(t, "the ledger", s.ledger(), before)
		if err := os.RemoveAll(s.o.Paths[0]); err != nil {
			t.Fatal(err)
		}
		pass(time.Hour)
		same(t, "told of a missing folder", len(s.heardOf(ingest.Trouble)), 1)
		s.write("a.png", "a")
		s.write("b.png", "b")
		pass(time.Hour)
		stop()
		same(t, "posts", len(s.desk.got()), 2)
	})
}

func TestNoShotStaysInTheQueueUntilThereIsOne(t *testing.T) {
	play(t, func(t *testing.T, s *scene) {
		s.o.Shot, s.o.Title = "", ""
		asked := 0
		open := false
		s.desk.breakWith(func(r *http.Request, p post) (int, http.Header, string) {
			if r.Method != http.MethodPost {
				return 0, nil, ""
			}
			asked++
			if p.Shot != "" || open {
				return 0, nil, ""
			}
			return 422, nil, problem("attempt.no_shot", "name a shot")
		})
		s.write("e1-s1-1.png", "a")
		s.write("other.png", "b")
		stop := s.watch()
		pass(24 * time.Hour)
		if asked < 2*5 || asked > 2*40 {
			t.Errorf("in a day the desk was asked %d times", asked)
		}
		same(t, "told once each", len(s.heardOf(ingest.NoShot)), 2)
		s.write(".chouka-rules", "{title}/{shot}/**\n**/{nonsense}\n")
		pass(5 * time.Minute)
		same(t, "told of a bad rule once", len(s.heardOf(ingest.Trouble)), 1)
		s.write(".chouka-rules", "**/{title}/in/{shot}.*\n")
		before := asked
		pass(5 * time.Minute)
		same(t, "after a rule came", fmt.Sprint(len(s.desk.got()), asked-before), "1 1")
		open = true
		pass(2 * time.Hour)
		sum := stop()
		same(t, "in the end", fmt.Sprint(len(s.desk.got()), sum.New, sum.NoShot), "2 2 0")
	})
}

func TestEventsHastenALook(t *testing.T) {
	d := &desk{}
	srv := httptest.NewServer(d)
	defer srv.Close()
	in := t.TempDir()
	if err := os.Mkdir(filepath.Join(in, "old"), 0o700); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	arrived := map[string]chan struct{}{"a.png": make(chan struct{}), "b.png": make(chan struct{}), "c.png": make(chan struct{})}
	o := ingest.Options{Paths: []string{in}, Server: srv.URL, Token: "t", State: t.TempDir(), Sweep: time.Hour, Pace: 5 * time.Millisecond,
		Tell: func(e ingest.Event) {
			mu.Lock()
			defer mu.Unlock()
			if c := arrived[filepath.Base(e.Path)]; c != nil && e.What == ingest.New {
				close(c)
			}
		}}
	if err := os.WriteFile(filepath.Join(in, "a.png"), []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := ingest.Watch(ctx, o)
		done <- err
	}()
	<-arrived["a.png"] // the first sweep has been
	if err := os.WriteFile(filepath.Join(in, "old", "b.png"), []byte("b"), 0o600); err != nil {
		t.Fatal(err)
	}
	<-arrived["b.png"]
	if err := os.MkdirAll(filepath.Join(in, "new", "deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(in, "new", "deep", "c.png"), []byte("c"), 0o600); err != nil {
		t.Fatal(err)
	}
	<-arrived["c.png"]
	cancel()
	if err := <-done; err != nil {
		t.Errorf("the watch ended with %v", err)
	}
}

func TestAWatchNeedsFolders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(file, []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{file, filepath.Join(t.TempDir(), "nowhere")} {
		if _, err := ingest.Watch(t.Context(), ingest.Options{Paths: []string{p}, Server: "http://localhost:1", Token: "t"}); err == nil {
			t.Errorf("%s is watched", p)
		}
	}
}
