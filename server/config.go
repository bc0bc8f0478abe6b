package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"chouka/assets"
	"chouka/server/studio"
	"chouka/store"
	"chouka/store/bolt"
)

// Config is where the data lies: by flag, else by variable, else by default.
type Config struct {
	Data  string `default:"./data" env:"CHOUKA_DATA" placeholder:"DIR" help:"数据目录 · data folder"`
	Store string `env:"CHOUKA_STORE" placeholder:"FILE" help:"数据库文件，默认在数据目录里 · database file, by default in the data folder"`
	Media string `env:"CHOUKA_MEDIA" placeholder:"DIR" help:"媒体目录，默认在数据目录里 · media folder, by default in the data folder"`
}

func (c Config) storeFile() string {
	if c.Store != "" {
		return c.Store
	}
	return filepath.Join(c.Data, "chouka.db")
}

func (c Config) mediaFolder() string {
	if c.Media != "" {
		return c.Media
	}
	return filepath.Join(c.Data, "media")
}

// house is an opened data folder.
type house struct {
	engine  *bolt.Engine
	library *assets.Library
	studio  *studio.Studio
}

// open opens the data folder and brings its store up to date, after a copy of
// the old one. Only one program at a time can hold it.
func (c Config) open(ctx context.Context, log *slog.Logger) (*house, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	e, err := bolt.Open(c.storeFile(), bolt.Options{})
	if errors.Is(err, bolt.ErrLocked) {
		return nil, fmt.Errorf("另一个 chouka 正在使用 %s · another chouka is using it", c.storeFile())
	}
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	h := &house{engine: e}
	if err := h.prepare(ctx, c, log); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return h, nil
}

func (h *house) prepare(ctx context.Context, c Config, log *slog.Logger) error {
	err := store.Migrate(ctx, h.engine, studio.Schema(), func(from, to int) error {
		copied := fmt.Sprintf("%s.before-%d-%s", c.storeFile(), to, time.Now().UTC().Format("20060102T150405Z"))
		log.Info("migrating the store", "from", from, "to", to, "copy", copied)
		return snapshotTo(h.engine, copied)
	})
	if errors.Is(err, store.ErrNewer) {
		return fmt.Errorf("%s 由更新版本的 chouka 写成，请升级程序 · it was written by a newer chouka; upgrade the program: %w", c.storeFile(), err)
	}
	if err != nil {
		return fmt.Errorf("migrating the store: %w", err)
	}
	if h.library, err = assets.Open(c.mediaFolder(), assets.Options{}); err != nil {
		return fmt.Errorf("opening the media folder: %w", err)
	}
	h.studio, err = studio.New(studio.Options{Engine: h.engine, Library: h.library, Log: log})
	return err
}

func (h *house) close() error {
	h.studio.Close()
	return h.engine.Close()
}

// snapshotTo writes a consistent copy of the store into a new file, on disk when it returns.
func snapshotTo(e *bolt.Engine, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("copying the store: %w", err)
	}
	_, err = e.Snapshot(f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("copying the store: %w", err), os.Remove(path))
	}
	return nil
}

// fresh reports whether nothing has been stored in the data folder yet.
func (c Config) fresh() (bool, error) {
	_, err := os.Stat(c.storeFile())
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return false, err
}
