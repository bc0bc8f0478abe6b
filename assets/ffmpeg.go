package assets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// programs are the outside programs that were found. nice gives the desk precedence over them.
type programs struct {
	stated       string // as Options.FFmpeg
	mu           sync.Mutex
	ffmpeg, nice string
}

// LookForFFmpeg looks anew for ffmpeg, which may have been installed or removed meanwhile, and tells whether it is here.
func (l *Library) LookForFFmpeg() bool {
	p := &l.programs
	name := p.stated
	if name == "" {
		name = "ffmpeg"
	}
	ffmpeg := ""
	if name != "-" {
		ffmpeg, _ = exec.LookPath(name)
	}
	nice, _ := exec.LookPath("nice")
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ffmpeg, p.nice = ffmpeg, nice
	return ffmpeg != ""
}

// HasFFmpeg tells whether ffmpeg was here when it was last looked for.
func (l *Library) HasFFmpeg() bool {
	l.programs.mu.Lock()
	defer l.programs.mu.Unlock()
	return l.programs.ffmpeg != ""
}

// command is one run of ffmpeg over one stored file.
type command struct {
	path    string        // of the input
	demuxer string        // by our own sniffing, so that a playlist in disguise reaches nothing
	before  []string      // options of the input
	args    []string      // everything behind the input
	out     *limited      // what goes to pipe:1; nil for nothing
	level   string        // of the report, "error" when empty
	within  time.Duration // wall time
}

// demuxer names the reader of ffmpeg for a sniffed type; empty where it has none.
func demuxer(kind string) string {
	switch kind {
	case TypeMP4, TypeQuickTime, TypeAVIF:
		return "mov"
	case TypeWebM, TypeMatroska:
		return "matroska"
	case TypeGIF:
		return "gif"
	}
	return ""
}

// run starts ffmpeg and gives the end of its report. It reads nothing but the file, asks nothing, uses one thread and
// stands back behind every other program. Errors: ErrNoFFmpeg, ErrNoDecoder, BadSlow after the wall time or
// when too much is printed, BadDamaged when it failed over the file.
func (l *Library) run(ctx context.Context, c command) (report string, err error) {
	l.programs.mu.Lock()
	ffmpeg, nice := l.programs.ffmpeg, l.programs.nice
	l.programs.mu.Unlock()
	if ffmpeg == "" {
		return "", fmt.Errorf("starting ffmpeg: %w", ErrNoFFmpeg)
	}
	path, err := filepath.Abs(c.path)
	if err != nil {
		return "", fmt.Errorf("starting ffmpeg: %w", err)
	}
	timed, cancel := context.WithTimeout(ctx, c.within)
	defer cancel()
	level := c.level
	if level == "" {
		level = "error"
	}
	args := append([]string{ffmpeg, "-nostdin", "-hide_banner", "-nostats", "-v", level, "-y", "-threads", "1", "-protocol_whitelist", "file", "-f", c.demuxer}, c.before...)
	args = append(append(args, "-i", "file:"+path), c.args...)
	if nice != "" {
		args = append([]string{nice, "-n", "10"}, args...)
	}
	cmd := exec.CommandContext(timed, args[0], args[1:]...)
	tail := &tail{most: 64 << 10}
	cmd.Stderr = tail
	if c.out != nil {
		cmd.Stdout = c.out
	}
	cmd.WaitDelay = time.Second
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("running ffmpeg: %w", ctx.Err())
	case timed.Err() != nil, c.out != nil && c.out.over:
		return "", &BadMediaError{BadSlow}
	case err != nil:
		return "", failure(err, string(tail.kept))
	}
	return string(tail.kept), nil
}

// failure tells what is the file's fault from what is the machine's: a program that is gone, that lacks a coding or
// that was killed.
func failure(err error, report string) error {
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	}
	for _, lack := range []string{"Unknown encoder", "not found for input stream", "no decoder found"} {
		if strings.Contains(report, lack) {
			return fmt.Errorf("running ffmpeg: %w", ErrNoDecoder)
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), code == 126, code == 127: // as nice and the loader of programs say it
		return fmt.Errorf("starting ffmpeg: %w", ErrNoFFmpeg)
	case code > 0:
		return &BadMediaError{BadDamaged}
	}
	return fmt.Errorf("running ffmpeg: %w", err)
}

var errTooMuch = errors.New("a program printed too much")

// limited keeps at most so many bytes of what a program prints.
type limited struct {
	kept bytes.Buffer
	most int
	over bool
}

func (l *limited) Write(b []byte) (int, error) {
	if l.kept.Len()+len(b) > l.most {
		l.over = true
		return 0, errTooMuch
	}
	return l.kept.Write(b)
}

// tail keeps the last bytes of what a program says.
type tail struct {
	kept []byte
	most int
}

func (t *tail) Write(b []byte) (int, error) {
	t.kept = append(t.kept, b...)
	if over := len(t.kept) - t.most; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	return len(b), nil
}
