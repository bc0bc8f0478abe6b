package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

type restoreCommand struct {
	Folder string `arg:"" type:"existingdir" help:"备份文件夹 · backup folder"`
}

// Run restores into an empty data folder, checks every byte on the way and
// puts the store in place last, so that a restore that was cut off is not taken for a whole one.
func (r restoreCommand) Run(ctx context.Context, c *Config, io console) error {
	if fresh, err := c.fresh(); err != nil || !fresh {
		return errors.Join(err, fmt.Errorf("%s 已存在，请恢复到空的数据目录 · it exists; restore into an empty data folder", c.storeFile()))
	}
	b, err := os.ReadFile(filepath.Join(r.Folder, backupManifest))
	if err != nil {
		return fmt.Errorf("这不是 chouka 的备份 · this is no backup of chouka: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return fmt.Errorf("reading the manifest: %w", err)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	part := c.storeFile() + ".restoring"
	if err := copyFile(filepath.Join(r.Folder, backupStore), part, m.Store); err != nil {
		return err
	}
	if _, err := copyMedia(ctx, filepath.Join(r.Folder, backupMedia), c.mediaFolder(), m.Files); err != nil {
		return err
	}
	if err := os.Rename(part, c.storeFile()); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(c.storeFile())); err != nil {
		return err
	}
	return verifyRestored(ctx, c, m, io)
}

func verifyRestored(ctx context.Context, c *Config, m manifest, io console) error {
	h, err := c.open(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	rep, err := verifyHouse(ctx, h)
	if err := errors.Join(err, h.close()); err != nil {
		return err
	}
	if err := rep.print(io); err != nil {
		return err
	}
	if rep.Digest != m.Digest && m.Program == version() {
		return errors.New("恢复后的摘要和备份不同 · the restored digest differs from the backup's")
	}
	return nil
}

// copyFile copies and refuses a file whose bytes are not what the manifest says.
func copyFile(from, to, sha string) error {
	have, err := hashFile(from)
	if err != nil {
		return err
	}
	if have != sha {
		return fmt.Errorf("备份里的 %s 已损坏 · it is damaged in the backup", filepath.Base(from))
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
