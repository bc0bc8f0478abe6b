package studio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"chouka/assets"
	"chouka/store"
)

// keptFile says that a file which was previewed waits below its hash for the import. The bytes lie in the library.
type keptFile struct {
	store.Meta
	TitleID string    `json:"title_id"` // of a table of slots, which has none: the person's id
	SHA256  string    `json:"sha256"`
	Name    string    `json:"name"`
	Bytes   int64     `json:"bytes"`
	At      time.Time `json:"at"` // when it was last previewed
}

// How long and how much is kept between a preview and its import. What comes on top takes the place of the title's oldest.
const (
	keptLife  = 24 * time.Hour
	keptFiles = 40        // of one title
	keptBytes = 256 << 20 // of one title
)

// keepFor keeps a previewed file for a day and gives its SHA-256. The caller has checked that by may import into the title.
func (s *Studio) keepFor(ctx context.Context, by Actor, titleID, name string, data []byte) (string, error) {
	blob, err := s.library.Put(ctx, bytes.NewReader(data), ScriptLimit)
	switch {
	case errors.Is(err, assets.ErrEmpty):
		return "", refuse(Invalid, "kept.empty", "文件是空的，请换一个", "the file is empty; choose another")
	case errors.Is(err, assets.ErrTooLarge):
		return "", refuse(TooLarge, "kept.too_large", "文件太大，最大 16 MB", "the file is too large; it has at most 16 MB")
	case err != nil:
		return "", fmt.Errorf("keeping a previewed file: %w", err)
	}
	err = s.update(ctx, by, func(c *change) error {
		if err := c.forgetKept(); err != nil {
			return err
		}
		f, err := s.r.kept.By(c.tx, "file", keptKey(titleID, blob.SHA256))
		switch {
		case errors.Is(err, store.ErrNotFound):
			f = &keptFile{Meta: c.meta(), TitleID: titleID, SHA256: blob.SHA256, Name: fileName(name), Bytes: blob.Bytes, At: c.now}
			err = s.r.kept.Insert(c.tx, f)
		case err == nil:
			f.Name, f.At, f.Updated = fileName(name), c.now, c.now
			err = s.r.kept.Put(c.tx, f)
		}
		if err != nil {
			return fmt.Errorf("keeping a previewed file: %w", err)
		}
		return c.crowdOut(titleID)
	})
	return blob.SHA256, err
}

// kept gives the bytes of a file that was previewed for the title within the last day.
func (s *Studio) kept(ctx context.Context, by Actor, titleID, sha string) ([]byte, error) {
	if err := by.must(EditShots, titleID, "title"); err != nil {
		return nil, err
	}
	return s.keptBytes(ctx, titleID, sha, func(tx store.Txn) error {
		_, err := found(s.r.titles.Get(tx, titleID))("title")
		return err
	})
}

// keptBytes gives the bytes of a kept file, after what else has to hold. A table of slots belongs to no title and is kept for the person.
func (s *Studio) keptBytes(ctx context.Context, owner, sha string, holds func(store.Txn) error) ([]byte, error) {
	err := s.view(ctx, func(tx store.Txn) error {
		if err := holds(tx); err != nil {
			return err
		}
		f, err := s.r.kept.By(tx, "file", keptKey(owner, sha))
		if errors.Is(err, store.ErrNotFound) || err == nil && s.now().Sub(f.At) > keptLife {
			return keptGone()
		}
		if err != nil {
			return fmt.Errorf("looking for a previewed file: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	f, err := s.library.Open(sha)
	if errors.Is(err, assets.ErrMissing) {
		return nil, keptGone()
	}
	if err != nil {
		return nil, fmt.Errorf("opening a previewed file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, ScriptLimit+1))
	if err != nil {
		return nil, fmt.Errorf("reading a previewed file: %w", err)
	}
	if sum(data) != sha { // damaged on disk: what was looked at cannot be imported any more
		return nil, keptGone()
	}
	return data, nil
}

func keptGone() *Error {
	return conflict("kept.gone", "预览过的文件只保留一天，请重新选择文件再预览", "a previewed file is kept for one day; choose the file and preview it again")
}

func keptKey(titleID, sha string) store.Key { return store.K().ID(titleID).Text(sha) }

// forgetKept drops what nobody imported within a day. The bytes go with the next sweep.
func (c *change) forgetKept() error {
	old, err := c.s.r.kept.ListRange(c.tx, "at", nil, store.K().Time(c.now.Add(-keptLife)), Page{Limit: store.MaxPage})
	for _, f := range old.Items {
		err = errors.Join(err, c.s.r.kept.Delete(c.tx, f.ID))
	}
	if err != nil {
		return fmt.Errorf("forgetting previewed files: %w", err)
	}
	return nil
}

// crowdOut drops a title's oldest files beyond what it may keep.
func (c *change) crowdOut(titleID string) error {
	var files []*keptFile // oldest first
	err := c.s.r.kept.Each(c.tx, "title", store.K().ID(titleID), func(f *keptFile) error {
		files = append(files, f)
		return nil
	})
	if err != nil {
		return fmt.Errorf("counting previewed files: %w", err)
	}
	total := int64(0)
	for i := len(files) - 1; i >= 0; i-- {
		total += files[i].Bytes
		if len(files)-i <= keptFiles && total <= keptBytes {
			continue
		}
		if err := c.s.r.kept.Delete(c.tx, files[i].ID); err != nil {
			return fmt.Errorf("dropping a previewed file: %w", err)
		}
	}
	return nil
}
