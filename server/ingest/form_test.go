package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// onDisk is a settled file with its digest.
func onDisk(t testing.TB, dir, name, content string) hashed {
	t.Helper()
	path := filepath.Join(dir, "f-"+fmt.Sprintf("%x", name))
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return lookAt(t, path, name)
}

func lookAt(t testing.TB, path, name string) hashed {
	t.Helper()
	i, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f := file{path: path, place: path, name: name, size: i.Size(), mtime: i.ModTime().UnixNano(), kind: kindOf(name)}
	sum, err := f.digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return hashed{f, sum}
}

func TestAFormIsWhatItSaysItIs(t *testing.T) {
	dir := t.TempDir()
	files := []hashed{onDisk(t, dir, "镜头 1.mp4", "clip"), onDisk(t, dir, `odd";name\.png`, strings.Repeat("x", 100_000))}
	beside := []hashed{onDisk(t, dir, "a.txt", "prompt")}
	to := Target{"娇藏京枝", "E03-S02-014"}
	key := contentKey(to.asked(), files, beside)
	var bodies []string
	for range 2 {
		pieces, contentType, err := form(key, to, files, beside)
		if err != nil {
			t.Fatal(err)
		}
		b := &body{pieces: pieces, read: func(int) {}}
		all, err := io.ReadAll(b)
		if err != nil || int64(len(all)) != lengthOf(pieces) {
			t.Fatalf("%d bytes of %d, %v", len(all), lengthOf(pieces), err)
		}
		bodies = append(bodies, contentType+string(all))
	}
	if bodies[0] != bodies[1] {
		t.Error("the same content has two forms")
	}
	contentType, all, _ := strings.Cut(bodies[0], "--")
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	m := multipart.NewReader(strings.NewReader("--"+all), params["boundary"])
	var got []string
	for {
		p, err := m.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %s %.80s", p.FormName(), p.FileName(), strings.TrimSpace(string(content))))
	}
	want := []string{`attempt  {"shot":"E03-S02-014","title":"娇藏京枝","status":"succeeded","way":"watch"}`, "file 镜头 1.mp4 clip", `file odd";name\.png ` + strings.Repeat("x", 80), "beside a.txt prompt"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the form holds\n%q, want\n%q", got, want)
	}
}

func TestTheKeyChangesWithTheContent(t *testing.T) {
	dir := t.TempDir()
	a, b := onDisk(t, dir, "a.png", "a"), onDisk(t, dir, "b.png", "b")
	keys := map[string]bool{}
	for _, k := range []string{
		contentKey("x", []hashed{a}, nil), contentKey("y", []hashed{a}, nil), contentKey("x", []hashed{b}, nil), contentKey("x", []hashed{a, b}, nil),
		contentKey("x", []hashed{b, a}, nil), contentKey("x", []hashed{a}, []hashed{b}), contentKey("x", nil, []hashed{a}),
	} {
		keys[k] = true
	}
	if len(keys) != 7 {
		t.Errorf("there are %d keys for 7 contents", len(keys))
	}
}

func TestAFileThatChangesBreaksTheBodyOff(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"grown":           func(p string) error { return os.WriteFile(p, []byte("content and more"), 0o600) },
		"cut":             func(p string) error { return os.Truncate(p, 3) },
		"gone":            os.Remove,
		"another content": func(p string) error { return os.WriteFile(p, []byte("CONTENT"), 0o600) },
	} {
		for _, sameTime := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, same time %v", name, sameTime), func(t *testing.T) {
				f := onDisk(t, t.TempDir(), "a.png", "content")
				if err := change(f.path); err != nil {
					t.Fatal(err)
				}
				at := time.Unix(0, f.mtime)
				if !sameTime {
					at = at.Add(time.Second)
				}
				if err := os.Chtimes(f.path, at, at); err != nil && name != "gone" {
					t.Fatal(err)
				}
				b := &body{pieces: []piece{{text: []byte("head")}, {file: &f}, {text: []byte("tail")}}, read: func(int) {}}
				all, err := io.ReadAll(b)
				if err == nil || strings.Contains(string(all), "tail") || len(all) >= len("head")+len("content") {
					t.Errorf("it went out as %q, %v", all, err)
				}
				if name != "gone" && !errors.Is(b.broken(), errChanged) {
					t.Errorf("the reason is %v", b.broken())
				}
				if err := b.Close(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestALargeFileNeedsNoMoreMemoryThanASmallOne(t *testing.T) {
	const size = 96 << 20
	got := int64(0)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, _ = io.Copy(io.Discard, r.Body)
		if got != r.ContentLength {
			t.Errorf("%d bytes came of %d", got, r.ContentLength)
		}
		fmt.Fprint(w, `{"attempt":{"id":"A","shot_id":"S","number":1}}`)
	}))
	defer srv.Close()
	path := filepath.Join(t.TempDir(), "large.mp4")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
	s, err := newSender(Options{Server: srv.URL, Token: "t", Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f := lookAt(t, path, "large.mp4")
	if _, err := s.attempt(t.Context(), Target{}, []hashed{f}, nil); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 || got < size {
		t.Errorf("%d MiB were allocated for %d bytes", used>>20, got)
	}
	if s.sent.Load() != size {
		t.Errorf("%d bytes were counted", s.sent.Load())
	}
}

func TestARefusedLargeFileIsNotUploaded(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		fmt.Fprint(w, `{"code":"too_large","detail":"too large"}`)
	}))
	defer srv.Close()
	s, err := newSender(Options{Server: srv.URL, Token: "t", Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "large.mp4")
	if err := os.WriteFile(path, make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	var no *refusal
	if _, err := s.attempt(t.Context(), Target{}, []hashed{lookAt(t, path, "large.mp4")}, nil); !errors.As(err, &no) || no.words != "too large" {
		t.Errorf("it answered %v", err)
	}
	if n := s.sent.Load(); n > 0 {
		t.Errorf("%d bytes were sent for nothing", n)
	}
}

func TestDigestsStop(t *testing.T) {
	f := onDisk(t, t.TempDir(), "a.png", "content")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.digest(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped digest ended with %v", err)
	}
}
