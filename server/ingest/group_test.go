package ingest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestStems(t *testing.T) {
	for name, want := range map[string]string{
		"x_00001.mp4": "x_00001", "x_00001.png": "x_00001", "x_00001-audio.mp4": "x_00001", "x_00001.txt": "x_00001", "X_00001.JSON": "x_00001",
		"x_00001.mp4.json": "x_00001", "x_00001-audio.mp4.xmp": "x_00001", "x_00002.png": "x_00002", "img.v2.png": "img.v2", "img.v2.txt": "img.v2",
		"pic-audio.png": "pic-audio", "片段.MOV": "片段", "a.png.png.txt": "a.png",
	} {
		if got := stem(name); got != want {
			t.Errorf("%s has the stem %s, want %s", name, got, want)
		}
	}
}

func TestNamesThatAreOnTheirWay(t *testing.T) {
	for _, name := range []string{".x.png", "x.tmp", "x.png.part", "X.CRDOWNLOAD", "x.png~", "~x.png", "x.download", "Thumbs.db", ".chouka-rules", "x.temp", "x.partial", "x.filepart"} {
		if !passing(name) {
			t.Errorf("%s is looked at", name)
		}
	}
	for _, name := range []string{"x.png", "x~1.png", "tmp.png", "part.mp4"} {
		if passing(name) {
			t.Errorf("%s is passed over", name)
		}
	}
}

// books is a memory for a test.
type books struct {
	done map[string]string // name: attempt
	old  string            // names that were sent with other content
	no   string            // names that were refused
}

func (b books) held(f *file) (entry, bool) {
	a, ok := b.done[f.name]
	return entry{Attempt: a, Shot: "s"}, ok
}
func (b books) replaced(f *file) bool { return strings.Contains(b.old, f.name) }
func (b books) refused(f *file) bool  { return strings.Contains(b.no, f.name) }

func TestRolesInAGroup(t *testing.T) {
	for _, c := range []struct {
		name    string
		files   string
		mem     books
		results string
		beside  string
		home    string
	}{
		{"a clip, its sound, its first frame and its settings", "a-audio.mp4 a.json a.mp4 a.png", books{}, "a.mp4 a-audio.mp4", "a.json a.png", ""},
		{"two stills are two results", "a.jpg a.png a.txt", books{}, "a.jpg a.png", "a.txt", ""},
		{"an animation keeps no first frame", "a.webp a.png", books{}, "a.png a.webp", "", ""},
		{"sidecars alone are nothing", "a.txt a.json", books{}, "", "", ""},
		{"sidecars of what was sent follow it", "a.png a.txt", books{done: map[string]string{"a.png": "A"}}, "", "a.txt", "A"},
		{"a result of what was sent follows it", "a.mp4 a-audio.mp4", books{done: map[string]string{"a.mp4": "A"}}, "a-audio.mp4", "", "A"},
		{"a result written anew is another attempt", "a.mp4 a-audio.mp4", books{done: map[string]string{"a.mp4": "A"}, old: "a-audio.mp4"}, "a-audio.mp4", "", ""},
		{"a sidecar written anew is not", "a.mp4 a.txt", books{done: map[string]string{"a.mp4": "A"}, old: "a.txt"}, "", "a.txt", "A"},
		{"a refused clip leaves its first frame as a result", "a.mp4 a.png", books{no: "a.mp4"}, "a.png", "", ""},
		{"all done is nothing", "a.png", books{done: map[string]string{"a.png": "A"}}, "", "", "A"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var all []*sight
			for _, n := range strings.Fields(c.files) {
				all = append(all, &sight{file: file{name: n, size: 1, kind: kindOf(n)}, looks: 2})
			}
			g, wait := assemble(all, c.mem, time.Now(), time.Second)
			if got := fmt.Sprint(names(g.files), names(g.beside), g.home.attempt, wait); got != fmt.Sprint(c.results, c.beside, c.home, false) {
				t.Errorf("it became %s", got)
			}
		})
	}
}

func names(all []file) string {
	var out []string
	for _, f := range all {
		out = append(out, filepath.Base(f.name))
	}
	return strings.Join(out, " ")
}

func TestSettling(t *testing.T) {
	start := time.Now()
	at := func(d time.Duration) time.Time { return start.Add(d) }
	var s sight
	s.look(stamp{5, 1}, at(0))
	if s.settled(at(time.Hour), time.Second) {
		t.Error("one look is enough")
	}
	s.look(stamp{5, 1}, at(900*time.Millisecond))
	if s.settled(at(900*time.Millisecond), time.Second) {
		t.Error("two looks within a second are enough")
	}
	s.look(stamp{5, 1}, at(time.Second))
	if !s.settled(at(time.Second), time.Second) {
		t.Error("a file that stayed as it was has not settled")
	}
	for _, other := range []stamp{{6, 1}, {6, 2}} {
		s.look(other, at(2*time.Second))
		if s.settled(at(2*time.Second), time.Second) {
			t.Errorf("a file that became %v has settled", other)
		}
	}
}
