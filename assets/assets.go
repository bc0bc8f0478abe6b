// Package assets keeps media: originals by the hash of their bytes, never changed, and small pictures derived from them.
//
// Begin with Library. Put stores an original and names it by its SHA-256; Probe says what the bytes are, by content and
// before anything decodes them (probe.go and the probe_*.go files); Read says how they were made (records.go, package
// genmeta); Derive makes the thumbnail and the preview (picture.go), Film what a clip needs besides (film.go).
// Everything in derived/ can be deleted and made again.
package assets

import (
	"errors"
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
	// ErrNoDecoder means, besides ErrNoPoster, that ffmpeg would not help: nothing here reads this coding.
	ErrNoDecoder = errors.New("no decoder for this coding")
	// ErrNoFFmpeg means that what was asked for needs ffmpeg, which this machine lacks.
	ErrNoFFmpeg = errors.New("no ffmpeg here")
)

// Names of derived files, as OpenDerived takes them.
const (
	Thumb   = "thumb"   // JPEG, at most 320 px wide
	Preview = "preview" // JPEG, at most 960 px wide
	Strip   = "strip"   // JPEG of tiles in rows, see Film
	Proxy   = "proxy"   // MP4 that every browser plays
	raw     = "raw"     // the file's own records, see Read
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
	programs  programs
	shelf     sync.Mutex // guards the moment an original appears or goes
	decode    *semaphore.Weighted
	capacity  int64
	poster    *semaphore.Weighted
	film      *semaphore.Weighted
}

// Open prepares the folders originals/, derived/ and tmp/ under dir.
func Open(dir string, o Options) (*Library, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxPixels <= 0 {
		o.MaxPixels = 50_000_000
	}
	capacity := int64(o.Workers) * o.MaxPixels * 4
	l := &Library{dir: dir, maxPixels: o.MaxPixels, programs: programs{stated: o.FFmpeg}, capacity: capacity,
		decode: semaphore.NewWeighted(capacity), poster: semaphore.NewWeighted(1), film: semaphore.NewWeighted(1)}
	l.LookForFFmpeg()
	return l, l.prepare()
}
