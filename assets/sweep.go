package assets

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Walk calls visit for every stored original in order of its hash, with its length in bytes; it stops at the first error.
func (l *Library) Walk(ctx context.Context, visit func(sha string, bytes int64) error) error {
	return l.each(ctx, "originals", func(bucket string, e fs.DirEntry) error {
		sha := bucket + e.Name()
		info, err := e.Info()
		if os.IsNotExist(err) || !validSHA(sha) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("listing media: %w", err)
		}
		return visit(sha, info.Size())
	})
}

// Sweep removes what nobody names: temporary leftovers and originals older than olderThan for which keep says no, and
// derived pictures without an original. It returns how many files went.
func (l *Library) Sweep(ctx context.Context, keep func(sha string) (bool, error), olderThan time.Duration) (int, error) {
	before := time.Now().Add(-olderThan)
	gone, err := l.sweepTemporary(before)
	if err != nil {
		return gone, err
	}
	err = l.each(ctx, "originals", func(bucket string, e fs.DirEntry) error {
		removed, err := l.sweepOriginal(bucket+e.Name(), keep, before)
		if removed {
			gone++
		}
		return err
	})
	if err != nil {
		return gone, err
	}
	err = l.each(ctx, "derived", func(bucket string, e fs.DirEntry) error {
		rest, _, _ := strings.Cut(e.Name(), "-")
		sha := bucket + rest
		if !validSHA(sha) {
			return nil
		}
		if _, err := os.Stat(l.original(sha)); !os.IsNotExist(err) {
			return nil
		}
		gone++
		return os.Remove(filepath.Join(l.dir, "derived", bucket, e.Name()))
	})
	return gone, err
}

// sweepOriginal looks at the date and at the caller's record under the lock, so that a Put of the same bytes cannot
// slip between question and removal.
func (l *Library) sweepOriginal(sha string, keep func(string) (bool, error), before time.Time) (bool, error) {
	if !validSHA(sha) {
		return false, nil
	}
	l.shelf.Lock()
	defer l.shelf.Unlock()
	info, err := os.Stat(l.original(sha))
	if err != nil || !info.ModTime().Before(before) {
		return false, nil
	}
	named, err := keep(sha)
	if err != nil {
		return false, fmt.Errorf("asking whether media is named: %w", err)
	}
	if named {
		return false, nil
	}
	if err := os.Remove(l.original(sha)); err != nil {
		return false, fmt.Errorf("sweeping media: %w", err)
	}
	return true, nil
}

func (l *Library) sweepTemporary(before time.Time) (int, error) {
	entries, err := os.ReadDir(filepath.Join(l.dir, "tmp"))
	if err != nil {
		return 0, fmt.Errorf("sweeping temporary files: %w", err)
	}
	gone := 0
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue
		}
		if err := os.Remove(filepath.Join(l.dir, "tmp", e.Name())); err == nil {
			gone++
		}
	}
	return gone, nil
}

func (l *Library) each(ctx context.Context, folder string, visit func(bucket string, e fs.DirEntry) error) error {
	for _, a := range buckets {
		for _, b := range buckets {
			if err := ctx.Err(); err != nil {
				return err
			}
			bucket := string(a) + string(b)
			entries, err := os.ReadDir(filepath.Join(l.dir, folder, bucket))
			if err != nil && !os.IsNotExist(err) {
				return fmt.Errorf("listing media: %w", err)
			}
			for _, e := range entries {
				if err := visit(bucket, e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
