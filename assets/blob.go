package assets

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"
)

// Blob is an original as stored.
type Blob struct {
	SHA256 string // 64 lower-case hexadecimal digits
	Bytes  int64
	New    bool // false: these bytes were here already
}

const buckets = "0123456789abcdef"

func (l *Library) prepare() error {
	for _, name := range []string{"originals", "derived", "tmp"} {
		if err := os.MkdirAll(filepath.Join(l.dir, name), 0o750); err != nil {
			return fmt.Errorf("preparing media folder: %w", err)
		}
	}
	return syncFolder(l.dir)
}

// bucket makes the folder of an original durable before the first file goes in. The caller holds the lock.
func (l *Library) bucket(path string) error {
	err := os.Mkdir(path, 0o750)
	if os.IsExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// Put stores what r gives, up to limit bytes, and names it by its SHA-256. When it returns without an error the bytes
// survive a power cut. ErrEmpty and ErrTooLarge leave nothing behind, as does an error of r.
func (l *Library) Put(ctx context.Context, r io.Reader, limit int64) (Blob, error) {
	tmp, err := os.CreateTemp(filepath.Join(l.dir, "tmp"), "put-*")
	if err != nil {
		return Blob{}, fmt.Errorf("storing media: %w", err)
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	hash := sha256.New()
	limit = min(limit, math.MaxInt64-1)
	n, err := io.Copy(io.MultiWriter(tmp, hash), io.LimitReader(&heeding{ctx, r}, limit+1))
	switch {
	case err != nil:
		return Blob{}, fmt.Errorf("storing media: %w", err)
	case n > limit:
		return Blob{}, fmt.Errorf("storing media over %d bytes: %w", limit, ErrTooLarge)
	case n == 0:
		return Blob{}, fmt.Errorf("storing media: %w", ErrEmpty)
	}
	if err := tmp.Sync(); err != nil {
		return Blob{}, fmt.Errorf("making media durable: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return Blob{}, fmt.Errorf("storing media: %w", err)
	}
	blob := Blob{SHA256: hex.EncodeToString(hash.Sum(nil)), Bytes: n}
	blob.New, err = l.shelve(tmp.Name(), blob)
	return blob, err
}

// shelve moves a finished temporary file to its place, unless the same bytes stand there.
func (l *Library) shelve(tmp string, blob Blob) (bool, error) {
	path := l.original(blob.SHA256)
	l.shelf.Lock()
	held, err := os.Stat(path)
	fresh := err != nil || held.Size() != blob.Bytes
	if fresh {
		err = l.bucket(filepath.Dir(path))
		if err == nil {
			err = os.Chmod(tmp, 0o440)
		}
		if err == nil {
			err = os.Rename(tmp, path)
		}
	} else {
		// A new date keeps the sweep away until the caller has named the blob.
		now := time.Now()
		err = os.Chtimes(path, now, now)
	}
	l.shelf.Unlock()
	if err != nil {
		return false, fmt.Errorf("shelving media: %w", err)
	}
	return fresh, syncFolder(filepath.Dir(path))
}

// Open gives the original for reading, or ErrMissing.
func (l *Library) Open(sha string) (*os.File, error) {
	if !validSHA(sha) {
		return nil, fmt.Errorf("opening original: %w", ErrMissing)
	}
	return openFile(l.original(sha), "original")
}

// OpenDerived gives a derived file by its name (Thumb, Preview, Strip or Proxy), or ErrMissing when it has not been made.
func (l *Library) OpenDerived(sha, name string) (*os.File, error) {
	if validSHA(sha) {
		switch name {
		case Thumb, Preview, Strip, Proxy:
			return openFile(l.derived(sha, name), "derived "+name)
		}
	}
	return nil, fmt.Errorf("opening derived file: %w", ErrMissing)
}

// Verify reads the original again and compares its hash: ErrMissing, ErrDamaged or nil.
func (l *Library) Verify(ctx context.Context, sha string) error {
	f, err := l.Open(sha)
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, &heeding{ctx, f}); err != nil {
		return fmt.Errorf("verifying original: %w", err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sha {
		return fmt.Errorf("verifying original %.12s: %w", sha, ErrDamaged)
	}
	return nil
}

func (l *Library) original(sha string) string {
	return filepath.Join(l.dir, "originals", sha[:2], sha[2:])
}

func (l *Library) derived(sha, name string) string {
	ending := ".jpg"
	switch name {
	case Proxy:
		ending = ".mp4"
	case raw:
		ending = ".json.gz"
	}
	return filepath.Join(l.dir, "derived", sha[:2], sha[2:]+"-"+name+ending)
}

func validSHA(sha string) bool {
	if len(sha) != 64 {
		return false
	}
	for _, c := range []byte(sha) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func openFile(path, what string) (*os.File, error) {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return nil, fmt.Errorf("opening %s: %w", what, ErrMissing)
	}
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", what, err)
	}
	return f, nil
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("making folder durable: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !isUnsupported(err) {
		return fmt.Errorf("making folder durable: %w", err)
	}
	return nil
}

// isUnsupported covers file systems on which a folder cannot be synced.
func isUnsupported(err error) bool {
	pe, ok := err.(*fs.PathError)
	return ok && (pe.Err.Error() == "invalid argument" || pe.Err.Error() == "operation not supported")
}

// heeding stops a copy when its context ends.
type heeding struct {
	ctx context.Context
	r   io.Reader
}

func (h *heeding) Read(b []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	return h.r.Read(b)
}
