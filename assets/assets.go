// Package assets keeps media: originals by the hash of their bytes, never changed, and small pictures derived from them.
//
// Begin with Library. Put stores an original and names it by its SHA-256; Probe says what the bytes are, by content and
// before anything decodes them (probe.go and the probe_*.go files); Metadata says how they were made (package genmeta);
// Derive makes the thumbnail and the preview (picture.go). Everything in derived/ can be deleted and made again.
package assets

import (
	"errors"
	"os/exec"
	"runtime"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Errors of the library. Wrapped errors are told apart with errors.Is.
var (
	// ErrMissing means that no such original or derived picture is stored.
	ErrMissing = errors.New("media missing")
	// ErrTooLarge means that more bytes came than the caller's limit allows.
	ErrTooLarge = errors.New("media too large")
	// ErrEmpty means that the upload held no byte.
	ErrEmpty = errors.New("media empty")
	// ErrDamaged means that stored bytes no longer match their hash.
	ErrDamaged = errors.New("media damaged")
	// ErrNoPoster means that no still can be made here; a browser may send one to PutPoster.
	ErrNoPoster = errors.New("no poster can be made")
)

// Sizes of derived pictures, as OpenDerived takes them.
const (
	Thumb   = "thumb"   // at most 320 px wide
	Preview = "preview" // at most 960 px wide
)

// Options tune a Library; zero values give the defaults.
type Options struct {
	Workers   int    // pictures decoded at once; default: number of processors
	MaxPixels int64  // largest picture that is ever decoded; default 50,000,000
	FFmpeg    string // path of ffmpeg; empty looks in PATH, "-" turns it off
}

// Library is a folder of media. It is safe for concurrent use, by one process.
type Library struct {
	dir       string
	maxPixels int64
	ffmpeg    string
	shelf     sync.Mutex // guards the moment an original appears or goes
	decode    *semaphore.Weighted
	capacity  int64
	poster    *semaphore.Weighted
}

// Open prepares the folders originals/, derived/ and tmp/ under dir.
func Open(dir string, o Options) (*Library, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxPixels <= 0 {
		o.MaxPixels = 50_000_000
	}
	if o.FFmpeg == "" {
		o.FFmpeg, _ = exec.LookPath("ffmpeg")
	}
	if o.FFmpeg == "-" {
		o.FFmpeg = ""
	}
	capacity := int64(o.Workers) * o.MaxPixels * 4
	l := &Library{dir: dir, maxPixels: o.MaxPixels, ffmpeg: o.FFmpeg, capacity: capacity,
		decode: semaphore.NewWeighted(capacity), poster: semaphore.NewWeighted(1)}
	return l, l.prepare()
}

// HasFFmpeg tells whether posters of clips can be made on this machine.
func (l *Library) HasFFmpeg() bool { return l.ffmpeg != "" }
