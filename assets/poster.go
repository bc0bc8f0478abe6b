package assets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"
)

const posterTime = 60 * time.Second

// derivePoster has ffmpeg hand out the first frame as a PNG, which then goes the way of any upload. One runs at a time.
func (l *Library) derivePoster(ctx context.Context, sha string, m measured) error {
	if l.ffmpeg == "" {
		return fmt.Errorf("making poster without ffmpeg: %w", ErrNoPoster)
	}
	path, err := filepath.Abs(l.original(sha))
	if err != nil {
		return fmt.Errorf("making poster: %w", err)
	}
	if err := l.poster.Acquire(ctx, 1); err != nil {
		return fmt.Errorf("waiting to make poster: %w", err)
	}
	defer l.poster.Release(1)
	ctx, cancel := context.WithTimeout(ctx, posterTime)
	defer cancel()
	// The demuxer is named and only files may be opened, so that a playlist in disguise reaches nothing.
	demuxer := "mov"
	if m.Type == TypeWebM {
		demuxer = "matroska"
	}
	cmd := exec.CommandContext(ctx, l.ffmpeg, "-nostdin", "-v", "error", "-threads", "1",
		"-protocol_whitelist", "file", "-f", demuxer, "-i", "file:"+path,
		"-frames:v", "1", "-an", "-sn", "-dn", "-vf", "scale=w='min(iw,1920)':h=-2",
		"-f", "image2pipe", "-c:v", "png", "-pix_fmt", "rgb24", "pipe:1")
	out := &limited{most: maxPoster}
	cmd.Stdout = out
	cmd.WaitDelay = time.Second
	switch err := cmd.Run(); {
	case ctx.Err() != nil:
		return fmt.Errorf("making poster: %w", ctx.Err())
	case err != nil, out.kept.Len() == 0:
		return &BadMediaError{BadDamaged}
	}
	return l.PutPoster(ctx, sha, &out.kept)
}

var errPosterTooLarge = errors.New("poster too large")

// limited keeps at most so many bytes of what a program prints.
type limited struct {
	kept bytes.Buffer
	most int
}

func (l *limited) Write(b []byte) (int, error) {
	if l.kept.Len()+len(b) > l.most {
		return 0, errPosterTooLarge
	}
	return l.kept.Write(b)
}
