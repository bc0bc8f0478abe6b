package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// kind is what a file can be to a desk, judged by its name. The desk judges again by content.
type kind int

const (
	foreign kind = iota
	still        // a picture, which can also be a clip's first frame
	clip         // anything that moves or might
	sidecar
	archive
)

func kindOf(name string) kind {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".jfif", ".avif":
		return still
	case ".webp", ".gif", ".mp4", ".m4v", ".mov", ".webm", ".mkv":
		return clip
	case ".txt", ".json", ".xmp":
		return sidecar
	case ".zip":
		return archive
	}
	return foreign
}

// passing says whether a name belongs to a file that is still on its way or to
// the system. No such file is ever looked into.
func passing(name string) bool {
	low := strings.ToLower(name)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, "~") || low == "thumbs.db" || low == "desktop.ini" {
		return true
	}
	return slices.Contains([]string{".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".!ut", ".filepart"}, filepath.Ext(low))
}

// file is one file on the disk or in an archive, as it was when it was looked at.
type file struct {
	path  string // absolute; in an archive: the archive's, "!/" and the name inside
	place string // the path that rules are held against
	name  string
	size  int64
	mtime int64 // nanoseconds since 1970; an archive's for what lies in it
	kind  kind
	pack  *pack // nil on the disk
	entry int   // index in the pack
}

// stamp tells two states of one file apart.
type stamp struct{ size, mtime int64 }

func (f *file) stamp() stamp { return stamp{f.size, f.mtime} }

// errChanged says that a file is no longer what was looked at: it has to settle anew.
var errChanged = errors.New("the file changed meanwhile")

// open reads a file from its start. It refuses one that changed since it was looked at.
func (f *file) open() (io.ReadCloser, error) {
	if f.pack != nil {
		return f.pack.open(f.entry)
	}
	r, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	i, err := r.Stat()
	if err == nil && (i.Size() != f.size || i.ModTime().UnixNano() != f.mtime) {
		err = errChanged
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// digest gives the SHA-256 of a file in hex. It can be stopped between pieces.
func (f *file) digest(ctx context.Context) (string, error) {
	r, err := f.open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(stopping{ctx, r}, f.size+1))
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", f.name, err)
	}
	if n != f.size {
		return "", errChanged
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// stopping is a reader that ends with its context. It lives for one copy.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

// Read reads on unless the context has ended.
func (s stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
