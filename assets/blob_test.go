package assets

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

func filesIn(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPutKeepsTheBytesUnderTheirHash(t *testing.T) {
	l := newLibrary(t, Options{})
	want := []byte("any bytes at all")
	blob, err := l.Put(context.Background(), bytes.NewReader(want), 100)
	if err != nil || !blob.New || blob.Bytes != int64(len(want)) || len(blob.SHA256) != 64 {
		t.Fatalf("got %+v, %v", blob, err)
	}
	f, err := l.Open(blob.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, want) {
		t.Errorf("read %q, %v", got, err)
	}
	if err := l.Verify(context.Background(), blob.SHA256); err != nil {
		t.Error(err)
	}
	again, err := l.Put(context.Background(), bytes.NewReader(want), 100)
	if err != nil || again.New || again.SHA256 != blob.SHA256 || filesIn(t, l.dir) != 1 {
		t.Errorf("second put gave %+v, %v and %d files", again, err, filesIn(t, l.dir))
	}
}

func TestAFailedPutLeavesNothingBehind(t *testing.T) {
	broken := errors.New("line dropped")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		r    io.Reader
		want error
	}{
		{"a reader that fails in the middle", context.Background(), io.MultiReader(bytes.NewReader(make([]byte, 100_000)), iotest.ErrReader(broken)), broken},
		{"one byte over the limit", context.Background(), bytes.NewReader(make([]byte, 200_001)), ErrTooLarge},
		{"no byte at all", context.Background(), bytes.NewReader(nil), ErrEmpty},
		{"a caller that has gone", cancelled, bytes.NewReader([]byte("x")), context.Canceled},
	} {
		t.Run(c.name+" leaves nothing", func(t *testing.T) {
			l := newLibrary(t, Options{})
			if _, err := l.Put(c.ctx, c.r, 200_000); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if n := filesIn(t, l.dir); n != 0 {
				t.Errorf("%d files left", n)
			}
		})
	}
}

func TestTheSameBytesPutAtOnceAreStoredOnce(t *testing.T) {
	l := newLibrary(t, Options{})
	body := bytes.Repeat([]byte("take"), 50_000)
	var wg sync.WaitGroup
	fresh := make(chan bool, 16)
	for range cap(fresh) {
		wg.Go(func() {
			blob, err := l.Put(context.Background(), bytes.NewReader(body), 1<<20)
			if err != nil {
				t.Error(err)
			}
			fresh <- blob.New
		})
	}
	wg.Wait()
	close(fresh)
	created := 0
	for isNew := range fresh {
		if isNew {
			created++
		}
	}
	if created != 1 || filesIn(t, l.dir) != 1 {
		t.Errorf("%d puts say new, %d files", created, filesIn(t, l.dir))
	}
}

func TestDamageIsFoundAndMendedByTheNextPut(t *testing.T) {
	l := newLibrary(t, Options{})
	body := []byte("a take worth keeping")
	sha := put(t, l, body)
	if err := os.Chmod(l.original(sha), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(l.original(sha), body[:5], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := l.Verify(context.Background(), sha); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
	put(t, l, body)
	if err := l.Verify(context.Background(), sha); err != nil {
		t.Errorf("after the second put: %v", err)
	}
}

func TestNamesThatAreNoHashReachNoFile(t *testing.T) {
	l := newLibrary(t, Options{})
	for _, sha := range []string{"", "ab", "../../etc/passwd", string(bytes.Repeat([]byte("Z"), 64)), string(bytes.Repeat([]byte("a"), 64)), "..%2f" + string(bytes.Repeat([]byte("a"), 59))} {
		if _, err := l.Open(sha); !errors.Is(err, ErrMissing) {
			t.Errorf("Open(%q) = %v", sha, err)
		}
		if _, err := l.OpenDerived(sha, Thumb); !errors.Is(err, ErrMissing) {
			t.Errorf("OpenDerived(%q) = %v", sha, err)
		}
	}
	if _, err := l.OpenDerived(string(bytes.Repeat([]byte("a"), 64)), "../../x"); !errors.Is(err, ErrMissing) {
		t.Errorf("an unknown size gives %v", err)
	}
}

func TestSweepTakesOnlyWhatIsOldAndUnnamed(t *testing.T) {
	l := newLibrary(t, Options{})
	ctx := context.Background()
	kept, lost, young := put(t, l, []byte("named")), put(t, l, []byte("unnamed")), put(t, l, []byte("just arrived"))
	old := time.Now().Add(-48 * time.Hour)
	leftover := filepath.Join(l.dir, "tmp", "put-123")
	orphan := l.derived(lost, Thumb)
	for _, path := range []string{leftover, orphan} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{leftover, l.original(kept), l.original(lost)} {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	n, err := l.Sweep(ctx, func(sha string) (bool, error) { return sha == kept, nil }, 24*time.Hour)
	if err != nil || n != 3 {
		t.Errorf("swept %d, %v; want the leftover, the unnamed original and its thumbnail", n, err)
	}
	var left []string
	err = l.Walk(ctx, func(sha string, bytes int64) error {
		left = append(left, sha)
		if bytes == 0 {
			t.Errorf("%s has no length", sha)
		}
		return nil
	})
	if err != nil || len(left) != 2 {
		t.Errorf("left %v, %v", left, err)
	}
	for _, sha := range []string{kept, young} {
		if f, err := l.Open(sha); err != nil {
			t.Errorf("%s went: %v", sha, err)
		} else {
			f.Close()
		}
	}
}

func TestPuttingOldBytesAgainKeepsTheSweepAway(t *testing.T) {
	l := newLibrary(t, Options{})
	sha := put(t, l, []byte("came twice"))
	old := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(l.original(sha), old, old); err != nil {
		t.Fatal(err)
	}
	put(t, l, []byte("came twice"))
	n, err := l.Sweep(context.Background(), func(string) (bool, error) { return false, nil }, 24*time.Hour)
	if err != nil || n != 0 {
		t.Errorf("swept %d, %v", n, err)
	}
}

func TestASweepThatCannotAskTakesNothing(t *testing.T) {
	l := newLibrary(t, Options{})
	put(t, l, []byte("unclear"))
	away := errors.New("store is away")
	if _, err := l.Sweep(context.Background(), func(string) (bool, error) { return false, away }, -time.Hour); !errors.Is(err, away) {
		t.Errorf("got %v", err)
	}
	if filesIn(t, l.dir) != 1 {
		t.Error("the original went")
	}
}
