package assets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"

	"github.com/disintegration/imaging"
	"golang.org/x/image/webp"
)

// Shape of derived pictures.
const (
	thumbWidth   = 320 // pixels
	previewWidth = 960 // pixels
	maxAspect    = 4   // longer to shorter side; the middle is kept
	quality      = 80  // of JPEG, 1–100
	maxPoster    = 32 << 20
)

// Derive makes the thumbnail and the preview of a picture from one decode, and those of a clip or an AVIF picture where
// ffmpeg is at hand. info is what Probe said of the original; a file that no longer measures so is refused as BadLying.
// hash is the picture's perceptual hash (see Hash). The errors are ErrMissing, ErrNoPoster and *BadMediaError, besides
// those of disk and context.
func (l *Library) Derive(ctx context.Context, sha string, info Info) (hash string, err error) {
	f, err := l.Open(sha)
	if err != nil {
		return "", err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("deriving picture: %w", err)
	}
	m, err := l.measure(f, stat.Size())
	if err != nil {
		return "", err
	}
	if m.Type != info.Type || m.Width != info.Width || m.Height != info.Height {
		return "", &BadMediaError{BadLying}
	}
	switch m.Type {
	case TypeMP4, TypeQuickTime, TypeWebM, TypeMatroska, TypeAVIF:
		return l.derivePoster(ctx, sha, m)
	}
	return l.derive(ctx, sha, f, stat.Size(), m)
}

// PutPoster derives thumbnail and preview of the original sha from a still that a browser made of it, and gives its
// perceptual hash. The still passes the same guards as an upload and may hold at most 32 MiB.
func (l *Library) PutPoster(ctx context.Context, sha string, r io.Reader) (hash string, err error) {
	f, err := l.Open(sha)
	if err != nil {
		return "", err
	}
	f.Close()
	b, err := io.ReadAll(io.LimitReader(&heeding{ctx, r}, maxPoster+1))
	if err != nil {
		return "", fmt.Errorf("receiving poster: %w", err)
	}
	if len(b) > maxPoster {
		return "", fmt.Errorf("receiving poster: %w", ErrTooLarge)
	}
	m, err := l.measure(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", err
	}
	switch m.Type {
	case TypePNG, TypeJPEG, TypeWebP:
		return l.derive(ctx, sha, bytes.NewReader(b), int64(len(b)), m)
	}
	return "", &BadMediaError{BadUnknownType}
}

// derive waits for its share of memory, then decodes once and writes both sizes.
func (l *Library) derive(ctx context.Context, sha string, r io.ReaderAt, size int64, m measured) (hash string, err error) {
	cost := min(max(m.cost, 1<<20), l.capacity)
	if err := l.decode.Acquire(ctx, cost); err != nil {
		return "", fmt.Errorf("waiting to decode: %w", err)
	}
	defer l.decode.Release(cost)
	preview, err := reduce(r, size, m)
	if err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("deriving picture: %w", err)
	}
	if err := l.writeDerived(sha, Preview, preview); err != nil {
		return "", err
	}
	thumb := preview
	if b := preview.Bounds(); b.Dx() > thumbWidth {
		thumb = imaging.Resize(preview, thumbWidth, 0, imaging.Linear) // three to one: a sharper filter shows no more
	}
	return differenceHash(thumb), l.writeDerived(sha, Thumb, thumb)
}

// reduce decodes and shrinks to the preview. A decoder that panics has met a damaged file.
func reduce(r io.ReaderAt, size int64, m measured) (preview *image.NRGBA, err error) {
	defer func() {
		if recover() != nil {
			preview, err = nil, &BadMediaError{BadDamaged}
		}
	}()
	full, err := decode(r, size, m)
	if err != nil {
		return nil, err
	}
	return fit(full, m.Orientation, previewWidth), nil
}

// decode calls the decoder of the sniffed type by name: the registry of package image knows types that are refused.
func decode(r io.ReaderAt, size int64, m measured) (image.Image, error) {
	in := io.NewSectionReader(r, 0, size)
	var full image.Image
	var err error
	switch {
	case m.Type == TypePNG:
		full, err = png.Decode(in)
	case m.Type == TypeJPEG:
		full, err = jpeg.Decode(in)
	case m.Type == TypeGIF:
		full, err = gif.Decode(in)
	case m.Type == TypeWebP && m.Animated:
		full, err = firstFrame(in, size)
	case m.Type == TypeWebP:
		full, err = webp.Decode(in)
	default:
		return nil, &BadMediaError{BadUnknownType}
	}
	var disk *os.PathError
	switch {
	case errors.As(err, &disk):
		return nil, fmt.Errorf("decoding picture: %w", err)
	case err != nil:
		return nil, &BadMediaError{BadDamaged}
	}
	return full, nil
}

func (l *Library) writeDerived(sha, size string, img *image.NRGBA) error {
	return l.replaceDerived(sha, size, func(w *os.File) error {
		return jpeg.Encode(w, opaque(img), &jpeg.Options{Quality: quality})
	})
}

// replaceDerived puts a derived file in its place at once. It is not synced to disk: it can be made again.
func (l *Library) replaceDerived(sha, name string, write func(*os.File) error) error {
	tmp, err := os.CreateTemp(filepath.Join(l.dir, "tmp"), "derive-*")
	if err != nil {
		return fmt.Errorf("writing derived %s: %w", name, err)
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	if err := write(tmp); err != nil {
		return fmt.Errorf("making derived %s: %w", name, err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("writing derived %s: %w", name, err)
	}
	path := l.derived(sha, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("writing derived %s: %w", name, err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("writing derived %s: %w", name, err)
	}
	return nil
}
