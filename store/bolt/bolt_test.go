package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chouka/store"
	"chouka/store/bolt"
	"chouka/store/enginetest"
)

func open(t testing.TB, path string) *bolt.Engine {
	t.Helper()
	e, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func put(t testing.TB, e store.Engine, key, value string) {
	t.Helper()
	err := e.Update(context.Background(), func(tx store.Txn) error { return tx.Put([]byte(key), []byte(value)) })
	if err != nil {
		t.Fatal(err)
	}
}

// contents is every pair of an engine, for comparing two.
func contents(t testing.TB, e store.Engine) string {
	t.Helper()
	var b strings.Builder
	err := e.View(context.Background(), func(tx store.Txn) error {
		return tx.Scan(store.Range{}, func(k, v []byte) error {
			fmt.Fprintf(&b, "%q=%q\n", k, v)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEngineKeepsTheContract(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) store.Engine {
		return open(t, filepath.Join(t.TempDir(), "store.db"))
	})
}

func TestReopenedFileHoldsEveryAnsweredUpdate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	e := open(t, path)
	var answered sync.Map
	var done sync.WaitGroup
	for w := range 8 {
		done.Go(func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d/%06d", w, i)
				err := e.Update(context.Background(), func(tx store.Txn) error { return tx.Put([]byte(key), []byte("x")) })
				if err != nil {
					return
				}
				answered.Store(key, true)
				if w == 0 && i == 50 {
					if err := e.Close(); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	done.Wait()
	again := open(t, path)
	stored := contents(t, again)
	n := 0
	answered.Range(func(key, _ any) bool {
		n++
		if !strings.Contains(stored, fmt.Sprintf("%q=\"x\"\n", key)) {
			t.Errorf("%s was answered and is gone", key)
		}
		return true
	})
	if lines := strings.Count(stored, "\n"); lines != n || n <= 50 {
		t.Errorf("%d keys stored, %d answered", lines, n)
	}
}

func TestOpen(t *testing.T) {
	t.Run("a file in use is refused with ErrLocked", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "store.db")
		open(t, path)
		if _, err := bolt.Open(path, bolt.Options{Timeout: time.Millisecond}); !errors.Is(err, bolt.ErrLocked) {
			t.Errorf("got %v, want ErrLocked", err)
		}
	})
	t.Run("a closed file can be opened again at once", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "store.db")
		e := open(t, path)
		put(t, e, "a", "b")
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, open(t, path)); got != "\"a\"=\"b\"\n" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("the file is for its owner only", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "store.db")
		open(t, path)
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	})
	bad := map[string][]byte{
		"text":          []byte("this is no database"),
		"long text":     bytes.Repeat([]byte("this is no database "), 1000),
		"zeros":         make([]byte, 64<<10),
		"a SQLite file": append([]byte("SQLite format 3\x00"), make([]byte, 32<<10)...),
		"a single byte": {1},
	}
	for name, body := range bad {
		t.Run("another file is refused and left alone: "+name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "store.db")
			if err := os.WriteFile(path, body, 0o600); err != nil {
				t.Fatal(err)
			}
			if e, err := bolt.Open(path, bolt.Options{}); err == nil {
				t.Error("opened", e.Close())
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, body) {
				t.Errorf("the file was changed, %v", err)
			}
		})
	}
	t.Run("a missing folder is an error", func(t *testing.T) {
		if _, err := bolt.Open(filepath.Join(t.TempDir(), "no", "store.db"), bolt.Options{}); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v", err)
		}
	})
}

func TestSnapshotIsACompleteFile(t *testing.T) {
	folder := t.TempDir()
	e := open(t, filepath.Join(folder, "store.db"))
	for i := range 50 {
		put(t, e, fmt.Sprintf("before %d", i), strings.Repeat("x", 1000))
	}
	want := contents(t, e)
	var buf bytes.Buffer
	first := sync.OnceFunc(func() { put(t, e, "during", "x") })
	n, err := e.Snapshot(writer(func(p []byte) (int, error) {
		first()
		return buf.Write(p)
	}))
	if err != nil || n != int64(buf.Len()) || n == 0 || n > e.Size() {
		t.Fatalf("%d bytes, %d written, %v", n, buf.Len(), err)
	}
	path := filepath.Join(folder, "copy.db")
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	c := open(t, path)
	if got := contents(t, c); got != want {
		t.Error("the copy differs from the state it was begun on")
	}
	if err := c.Check(context.Background()); err != nil {
		t.Error(err)
	}
	if _, err := e.Snapshot(writer(func([]byte) (int, error) { return 0, errors.New("disk full") })); err == nil {
		t.Error("a snapshot that could not be written was no error")
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	e := open(t, path)
	for i := range 200 {
		put(t, e, fmt.Sprintf("key %03d", i), strings.Repeat("v", 500))
	}
	if err := e.Check(context.Background()); err != nil {
		t.Fatalf("a whole file: %v", err)
	}
	put(t, e, "after", "the check")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Swapped keys on a leaf are what the walk over the pages must notice.
	raw = bytes.ReplaceAll(raw, []byte("key 050"), []byte("key 150"))
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := open(t, path).Check(context.Background()); err == nil {
		t.Error("a damaged file passed")
	}
}

func TestClosedEngine(t *testing.T) {
	e := open(t, filepath.Join(t.TempDir(), "store.db"))
	if e.Size() == 0 {
		t.Error("an open file has no size")
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Snapshot(&bytes.Buffer{}); !errors.Is(err, store.ErrClosed) {
		t.Errorf("snapshot: %v", err)
	}
	if err := e.Check(context.Background()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("check: %v", err)
	}
	if n := e.Size(); n != 0 {
		t.Errorf("size %d", n)
	}
}
