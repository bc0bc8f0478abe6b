package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chouka/server/ingest"
)

// pipes is a network inside the test, so that its clock can stand still.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
	down  bool
	mu    sync.Mutex
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (p *pipes) unplug(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	p.mu.Lock()
	down := p.down
	p.mu.Unlock()
	if down {
		return nil, errors.New("no route to host")
	}
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// scene is a desk, a line to it, a folder and a state, inside a synctest bubble.
type scene struct {
	t     *testing.T
	desk  *desk
	line  *pipes
	o     ingest.Options
	mu    sync.Mutex
	heard []ingest.Event
}

// newScene must be called within synctest.Test.
func newScene(t *testing.T) *scene {
	s := &scene{t: t, desk: &desk{}, line: newPipes()}
	srv := &http.Server{Handler: s.desk}
	go srv.Serve(s.line)
	tr := &http.Transport{DialContext: s.line.dial, MaxIdleConnsPerHost: 3}
	t.Cleanup(func() { tr.CloseIdleConnections(); srv.Close() })
	dir := t.TempDir()
	s.o = ingest.Options{Paths: []string{filepath.Join(dir, "in")}, Server: "http://desk", Token: "chk_secret", Title: "娇藏京枝", Shot: "E03-S02-014",
		State: filepath.Join(dir, "state"), Transport: tr, Language: "en", Tell: s.tell}
	if err := os.Mkdir(s.o.Paths[0], 0o700); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *scene) tell(e ingest.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.What != ingest.Progress {
		s.heard = append(s.heard, e)
	}
}

// heardOf lists the paths, or the words where there is no path, of one kind of event.
func (s *scene) heardOf(w ingest.What) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, e := range s.heard {
		if e.What == w {
			out = append(out, strings.TrimPrefix(strings.TrimPrefix(e.Path, s.o.Paths[0]), "/")+"|"+e.Words)
		}
	}
	return out
}

// write puts a file into the folder. Its time is the test's own, so that no two writes look alike.
func (s *scene) write(name, content string) {
	s.t.Helper()
	p := filepath.Join(s.o.Paths[0], filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
	now := time.Now()
	if err := os.Chtimes(p, now, now); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) remove(name string) {
	s.t.Helper()
	if err := os.Remove(filepath.Join(s.o.Paths[0], name)); err != nil {
		s.t.Fatal(err)
	}
}

// run is Run that must not fail.
func (s *scene) run() ingest.Summary {
	s.t.Helper()
	sum, err := ingest.Run(s.t.Context(), s.o)
	if err != nil {
		s.t.Fatalf("the run failed: %v", err)
	}
	return sum
}

// watch starts a watch that only sweeps, and gives the function that stops it.
func (s *scene) watch() (stop func() ingest.Summary) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	type end struct {
		sum ingest.Summary
		err error
	}
	done := make(chan end, 1)
	go func() {
		sum, err := ingest.Sweep(ctx, s.o)
		done <- end{sum, err}
	}()
	return func() ingest.Summary {
		cancel()
		e := <-done
		if e.err != nil {
			s.t.Errorf("the watch ended with %v", e.err)
		}
		return e.sum
	}
}

// ledger reads the lines of the only ledger.
func (s *scene) ledger() string {
	s.t.Helper()
	b, err := os.ReadFile(ledgerPath(s.t, s))
	if err != nil {
		s.t.Fatal(err)
	}
	if bytes.Contains(b, []byte("chk_secret")) {
		s.t.Error("the token stands in the ledger")
	}
	return string(b)
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s: %s, want %s", what, g, w)
	}
}

func ledgerPath(t *testing.T, s *scene) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(s.o.State, "ledger-*.jsonl"))
	if err != nil || len(all) != 1 {
		t.Fatalf("there are ledgers %v, %v", all, err)
	}
	return all[0]
}
