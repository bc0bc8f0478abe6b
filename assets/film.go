package assets

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Film is what was derived from a clip besides its poster. Its zero value says that nothing was.
type Film struct {
	Strip    Tiles     `json:"strip"`
	Proxy    bool      `json:"proxy"` // there is a copy that every browser plays
	Loudness *Loudness `json:"loudness,omitempty"`
}

// Tiles is the shape of a filmstrip: so many pictures in rows of so many columns, each Width by Height pixels, evenly
// spaced over the clip from its first frame on.
type Tiles struct {
	Tiles   int `json:"tiles"`
	Columns int `json:"columns"`
	Width   int `json:"width"`
	Height  int `json:"height"`
}

// Loudness is that of the whole clip (EBU R 128): integrated, in tenths of LUFS, and the true peak, in tenths of dBTP.
type Loudness struct {
	LUFS int `json:"lufs_x10"`
	Peak int `json:"peak_x10"`
}

const (
	proxyWide  = 540              // pixels
	proxyBytes = 1 << 30          // a proxy that grows over this is given up
	proxyTime  = 20 * time.Minute // wall time
	stripTime  = 10 * time.Minute // wall time
	soundTime  = 5 * time.Minute  // wall time
	gateLUFS   = -700             // tenths; what is quieter counts as silence
)

// Film makes the filmstrip of a clip, a small H.264 copy where browsers cannot play the original, and measures the
// loudness. info is what Probe said. One film is worked on at a time, whoever asks; everything is put in its place at
// once or not at all. The errors are ErrMissing, ErrNoFFmpeg, ErrNoDecoder and *BadMediaError, besides those of disk
// and context.
func (l *Library) Film(ctx context.Context, sha string, info Info) (Film, error) {
	var out Film
	f, err := l.Open(sha)
	if err != nil {
		return out, err
	}
	f.Close()
	if !info.Clip() {
		return out, nil
	}
	if info.Type == TypeWebP {
		out.Strip, err = l.webpStrip(ctx, sha, info)
		return out, err
	}
	if !l.HasFFmpeg() {
		return out, fmt.Errorf("making film: %w", ErrNoFFmpeg)
	}
	if err := l.film.Acquire(ctx, 1); err != nil {
		return out, fmt.Errorf("waiting to make film: %w", err)
	}
	defer l.film.Release(1)
	from := command{path: l.original(sha), demuxer: demuxer(info.Type)}
	if info.NeedsProxy() {
		if err := l.proxy(ctx, sha, info, from); err != nil {
			return out, err
		}
		out.Proxy = true
		from = command{path: l.derived(sha, Proxy), demuxer: "mov"}
	}
	if out.Strip, err = l.strip(ctx, sha, info, from); err != nil {
		return out, err
	}
	if info.Sound {
		out.Loudness, err = l.loudness(ctx, sha, info)
	}
	return out, err
}

// proxy writes the small copy. Its picture data lies behind its index, so that it starts to play at once.
func (l *Library) proxy(ctx context.Context, sha string, info Info, from command) error {
	wide, high := shape(info, min(proxyWide, info.Width))
	tmp, err := os.CreateTemp(filepath.Join(l.dir, "tmp"), "proxy-*")
	if err != nil {
		return fmt.Errorf("making proxy: %w", err)
	}
	path, err := filepath.Abs(tmp.Name())
	tmp.Close()
	defer os.Remove(tmp.Name())
	if err != nil {
		return fmt.Errorf("making proxy: %w", err)
	}
	from.within = proxyTime
	from.args = []string{"-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1",
		"-vf", fmt.Sprintf("scale=%d:%d,setsar=1", wide, high), "-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-g", "48", "-threads", "1",
		"-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-ac", "2", "-max_muxing_queue_size", "4096",
		"-movflags", "+faststart", "-fs", strconv.Itoa(proxyBytes), "-f", "mp4", "file:" + path}
	if _, err := l.run(ctx, from); err != nil {
		return err
	}
	stat, err := os.Stat(path)
	switch {
	case err != nil:
		return fmt.Errorf("making proxy: %w", err)
	case stat.Size() == 0:
		return &BadMediaError{BadDamaged}
	case stat.Size() >= proxyBytes-1<<20: // ffmpeg stops shortly before the limit and calls it success
		return &BadMediaError{BadSlow}
	}
	if err := os.MkdirAll(filepath.Dir(l.derived(sha, Proxy)), 0o750); err != nil {
		return fmt.Errorf("making proxy: %w", err)
	}
	if err := os.Rename(path, l.derived(sha, Proxy)); err != nil {
		return fmt.Errorf("making proxy: %w", err)
	}
	return nil
}

// shape scales the picture as shown to a width, in even numbers, and keeps a bearable aspect.
func shape(info Info, wide int) (w, h int) {
	w = max(2, wide&^1)
	h = (w*info.Height/max(1, info.Width) + 1) &^ 1
	return w, min(max(2, w/maxAspect&^1, h), w*maxAspect)
}

// loudness measures the first sound track; nil where it is silent or cannot be measured, which is no fault of the clip.
func (l *Library) loudness(ctx context.Context, sha string, info Info) (*Loudness, error) {
	report, err := l.run(ctx, command{path: l.original(sha), demuxer: demuxer(info.Type), level: "info", within: soundTime,
		args: []string{"-map", "0:a:0", "-vn", "-sn", "-dn", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"}})
	var bad *BadMediaError
	if errors.As(err, &bad) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseLoudness(report), nil
}

// parseLoudness reads the summary of ffmpeg's ebur128 filter. -70 LUFS is the gate of the measure, not a value.
func parseLoudness(report string) *Loudness {
	_, summary, found := cutLast(report, "Summary:")
	if !found {
		return nil
	}
	value := func(name, unit string) (int, bool) {
		for line := range strings.Lines(summary) {
			words := strings.Fields(line)
			if len(words) == 3 && words[0] == name && words[2] == unit {
				v, err := strconv.ParseFloat(words[1], 64)
				if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) > 200 {
					return 0, false
				}
				return int(math.Round(v * 10)), true
			}
		}
		return 0, false
	}
	i, heard := value("I:", "LUFS")
	peak, loud := value("Peak:", "dBFS")
	if !heard || !loud || i <= gateLUFS {
		return nil
	}
	return &Loudness{LUFS: i, Peak: peak}
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
