package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"chouka/assets"
	"chouka/server/studio"
	"chouka/store/bolt"
)

type backupCommand struct {
	Folder string `arg:"" type:"path" help:"备份文件夹；再次备份只补新文件 · folder; a second backup adds only what is new"`
}

// manifest says what a backup holds.
type manifest struct {
	Program string    `json:"program"`
	Taken   time.Time `json:"taken"`
	Store   string    `json:"store_sha256"` // of the file chouka.db
	Digest  string    `json:"digest"`
	Records int64     `json:"records"`
	Files   []string  `json:"files"` // SHA-256 of every original
}

const (
	backupStore    = "chouka.db"
	backupMedia    = "media"
	backupManifest = "manifest.json"
)

// Run backs up: first the store, then every file that it names. Files are never changed, and while the copy goes on the
// running program removes none (see studio.HoldSweep), so writers need not wait.
func (b backupCommand) Run(ctx context.Context, c *Config, io console) error {
	if err := os.MkdirAll(b.Folder, 0o700); err != nil {
		return fmt.Errorf("making the backup folder: %w", err)
	}
	fresh := filepath.Join(b.Folder, "."+backupStore+".new")
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	err := asking(ctx, c, func(a *asker) error {
		_, err := call[snapshotIn](ctx, a, "/snapshot", snapshotIn{Path: fresh})
		return err
	})
	if err != nil {
		return err
	}
	m, err := describe(ctx, fresh, b.Folder)
	if err != nil {
		return err
	}
	copied, err := copyMedia(ctx, c.mediaFolder(), filepath.Join(b.Folder, backupMedia), m.Files)
	if err != nil {
		return err
	}
	if err := writeManifest(b.Folder, m); err != nil {
		return err
	}
	if err := os.Rename(fresh, filepath.Join(b.Folder, backupStore)); err != nil {
		return err
	}
	if err := syncFolder(b.Folder); err != nil {
		return err
	}
	io.say("已备份 backed up  %d 条记录 records, %d 个文件 files (%d 新 new)", m.Records, len(m.Files), copied)
	io.say("摘要 digest   %s", m.Digest)
	return nil
}

// describe opens a copied store and lists what it holds.
func describe(ctx context.Context, path, scratch string) (manifest, error) {
	m := manifest{Program: version(), Taken: time.Now().UTC()}
	var err error
	if m.Store, err = hashFile(path); err != nil {
		return m, err
	}
	e, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return m, fmt.Errorf("reading the copied store: %w", err)
	}
	defer e.Close()
	l, err := assets.Open(filepath.Join(scratch, backupMedia), assets.Options{FFmpeg: "-"})
	if err != nil {
		return m, err
	}
	s, err := studio.New(studio.Options{Engine: e, Library: l, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return m, err
	}
	sum, err := s.Digest(ctx)
	if err != nil {
		return m, err
	}
	m.Digest, m.Records = sum.SHA256, sum.Records
	m.Files, err = s.Files(ctx)
	return m, err
}

// copyMedia copies originals that are not there yet and checks each by its own name.
func copyMedia(ctx context.Context, from, to string, files []string) (int, error) {
	source, err := assets.Open(from, assets.Options{FFmpeg: "-"})
	if err != nil {
		return 0, err
	}
	target, err := assets.Open(to, assets.Options{FFmpeg: "-"})
	if err != nil {
		return 0, err
	}
	copied := 0
	for _, sha := range files {
		if err := ctx.Err(); err != nil {
			return copied, err
		}
		if f, err := target.Open(sha); err == nil {
			f.Close()
			continue
		}
		if err := copyOriginal(ctx, source, target, sha); err != nil {
			return copied, fmt.Errorf("copying file %s: %w", sha, err)
		}
		copied++
	}
	return copied, nil
}

func copyOriginal(ctx context.Context, source, target *assets.Library, sha string) error {
	f, err := source.Open(sha)
	if err != nil {
		return err
	}
	defer f.Close()
	blob, err := target.Put(ctx, f, 1<<50)
	if err != nil {
		return err
	}
	if blob.SHA256 != sha {
		return errors.New("its bytes are not what its name says: the source is damaged")
	}
	return nil
}

func writeManifest(folder string, m manifest) error {
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	path := filepath.Join(folder, backupManifest)
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
