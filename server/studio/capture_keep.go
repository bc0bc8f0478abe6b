package studio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"chouka/assets"
)

// Kept is a file that is stored and read, but that no record names yet. What is
// never booked is swept after a day.
type Kept struct {
	name  string
	media Media
	said  assets.Saying
	kind  string // of a file beside: text or picture; empty for a result
}

// KeepResult stores one of the generated files of a post and reads what it says. A refusal names the file.
func (s *Studio) KeepResult(ctx context.Context, by Actor, name string, r io.Reader) (Kept, error) {
	k, err := s.keepResult(ctx, by, name, r)
	return k, ofFile(fileName(name), err)
}

func (s *Studio) keepResult(ctx context.Context, by Actor, name string, r io.Reader) (Kept, error) {
	if err := by.logsSomewhere(); err != nil {
		return Kept{}, err
	}
	name = fileName(name)
	media, err := s.keep(ctx, r, FileLimit, isTake)
	if err != nil {
		return Kept{}, err
	}
	said, err := s.library.Read(media.SHA256, media.hint(name))
	if err != nil {
		return Kept{}, fmt.Errorf("reading what a file says: %w", err)
	}
	return Kept{name: name, media: media, said: said}, nil
}

// KeepBeside stores a file that came beside the results: a text of settings or
// the first frame of a clip. A refusal names the file.
func (s *Studio) KeepBeside(ctx context.Context, by Actor, name string, r io.Reader) (Kept, error) {
	k, err := s.keepBeside(ctx, by, name, r)
	return k, ofFile(fileName(name), err)
}

func (s *Studio) keepBeside(ctx context.Context, by Actor, name string, r io.Reader) (Kept, error) {
	if err := by.logsSomewhere(); err != nil {
		return Kept{}, err
	}
	name = fileName(name)
	if isSidecar(name) {
		return s.keepText(ctx, name, r)
	}
	media, err := s.keep(ctx, r, BesideLimit, isPicture)
	if err != nil {
		return Kept{}, err
	}
	said, err := s.library.Read(media.SHA256, media.hint(name))
	if err != nil {
		return Kept{}, fmt.Errorf("reading what a picture says: %w", err)
	}
	return Kept{name: name, media: media, said: said, kind: "picture"}, nil
}

// isSidecar goes by the name, because text has no mark of its own; what it says is read by content.
func isSidecar(name string) bool {
	return slices.Contains([]string{".txt", ".json", ".xmp"}, strings.ToLower(path.Ext(name)))
}

func (s *Studio) keepText(ctx context.Context, name string, r io.Reader) (Kept, error) {
	b, err := io.ReadAll(io.LimitReader(r, BesideLimit+1))
	switch {
	case err != nil:
		return Kept{}, fmt.Errorf("reading a file beside: %w", err)
	case len(b) > BesideLimit:
		return Kept{}, refusedMedia(assets.ErrTooLarge)
	case len(b) > 0 && !looksText(b):
		return Kept{}, refuse(Unsupported, "media.not_text", "这个文件不是文本", "this file is not text")
	}
	blob, err := s.library.Put(ctx, bytes.NewReader(b), BesideLimit)
	if err != nil {
		return Kept{}, refusedMedia(err)
	}
	return Kept{name: name, media: Media{SHA256: blob.SHA256, Bytes: blob.Bytes, Type: "text/plain"}, said: assets.ReadBeside(name, b), kind: "text"}, nil
}

// looksText tells text in any encoding from anything else by its control
// characters. UTF-16 has its mark, or every other byte of its first signs is zero.
func looksText(b []byte) bool {
	if bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF}) {
		return true
	}
	if n := min(len(b)/2*2, 8); n >= 4 {
		even, odd := 0, 0
		for i := 0; i < n; i += 2 {
			even, odd = even+int(b[i]), odd+int(b[i+1])
			if b[i] != 0 && b[i+1] != 0 {
				even, odd = 1, 1
				break
			}
		}
		if (even == 0) != (odd == 0) && !slices.ContainsFunc(b[:n], func(c byte) bool { return c != 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r' }) {
			return true
		}
	}
	return !slices.ContainsFunc(b, func(c byte) bool { return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B })
}

// ofFile puts the file's name before a refusal, so that one of many is known.
func ofFile(name string, err error) error {
	var e *Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	named := *e
	named.Text = Text{ZH: name + "：" + e.Text.ZH, EN: name + ": " + e.Text.EN}
	return &named
}

// logsSomewhere refuses the bytes of whoever may log nothing anywhere.
func (a Actor) logsSomewhere() error {
	if err := a.here(); err != nil {
		return err
	}
	if !a.carries(scopesFor(LogAttempt)...) {
		return scopeMissing(scopesFor(LogAttempt))
	}
	for title := range a.Roles {
		if a.Can(LogAttempt, title) {
			return nil
		}
	}
	if a.wide() {
		return nil
	}
	return forbidden(LogAttempt)
}

// openBeside opens a file that is kept beside an attempt.
func (s *Studio) openBeside(b Beside) (*File, error) {
	f, err := s.library.Open(b.SHA256)
	if err != nil {
		return nil, fmt.Errorf("opening a file beside: %w", err)
	}
	return opened(f, File{Name: b.Name, Type: "application/octet-stream", SHA256: b.SHA256})
}
