package assets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"time"
)

const (
	posterTime = 60 * time.Second
	posterWide = 1920 // pixels; nothing derived is wider
)

// derivePoster has ffmpeg hand out the first frame as a PNG, which then goes the way of any upload. One runs at a time.
func (l *Library) derivePoster(ctx context.Context, sha string, m measured) (hash string, err error) {
	if m.Type == TypeAVIF && m.parted {
		return "", fmt.Errorf("making poster of tiles: %w: %w", ErrNoDecoder, ErrNoPoster)
	}
	if err := l.poster.Acquire(ctx, 1); err != nil {
		return "", fmt.Errorf("waiting to make poster: %w", err)
	}
	defer l.poster.Release(1)
	out := &limited{most: maxPoster}
	_, err = l.run(ctx, command{path: l.original(sha), demuxer: demuxer(m.Type), within: posterTime, out: out, args: []string{
		"-frames:v", "1", "-an", "-sn", "-dn", "-vf", fmt.Sprintf("scale=w='min(iw,%d)':h=-2", posterWide),
		"-f", "image2pipe", "-c:v", "png", "-pix_fmt", "rgb24", "pipe:1"}})
	var bad *BadMediaError
	switch {
	case errors.Is(err, ErrNoFFmpeg), errors.Is(err, ErrNoDecoder):
		return "", fmt.Errorf("making poster: %w: %w", err, ErrNoPoster)
	case m.Type == TypeAVIF && errors.As(err, &bad):
		// An ffmpeg without AV1 fails in the same way as over a damaged file; the browser is asked in both cases.
		return "", fmt.Errorf("making poster: %w: %w", ErrNoDecoder, ErrNoPoster)
	case err != nil:
		return "", err
	case out.kept.Len() == 0:
		return "", &BadMediaError{BadDamaged}
	case m.Type == TypeAVIF:
		return l.turnedPoster(ctx, sha, out.kept.Bytes(), m)
	}
	return l.PutPoster(ctx, sha, &out.kept)
}

// turnedPoster derives from the still of an AVIF picture, which ffmpeg gives as coded: not turned, and some other
// picture of the file where it has several.
func (l *Library) turnedPoster(ctx context.Context, sha string, b []byte, m measured) (string, error) {
	head, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return "", &BadMediaError{BadDamaged}
	}
	wide, high := m.Width, m.Height
	if m.Orientation >= 5 {
		wide, high = high, wide
	}
	shrunk := min(wide, posterWide)
	if off := head.Height - (shrunk*high+wide/2)/wide; head.Width != shrunk || off < -2 || off > 2 {
		return "", fmt.Errorf("making poster: %w: %w", ErrNoDecoder, ErrNoPoster)
	}
	still := measured{Info: Info{Type: TypePNG, Width: head.Width, Height: head.Height, Orientation: m.Orientation},
		cost: int64(head.Width) * int64(head.Height) * 4}
	return l.derive(ctx, sha, bytes.NewReader(b), int64(len(b)), still)
}
