package assets

import (
	"fmt"
	"io"
)

// Media types that Probe knows. Everything else is TypeUnknown and refused.
const (
	TypePNG       = "image/png"
	TypeJPEG      = "image/jpeg"
	TypeWebP      = "image/webp"
	TypeAVIF      = "image/avif"
	TypeGIF       = "image/gif"
	TypeMP4       = "video/mp4"
	TypeQuickTime = "video/quicktime"
	TypeWebM      = "video/webm"
	TypeMatroska  = "video/matroska"
	TypeUnknown   = "application/octet-stream"
)

// Codes of BadMediaError.
const (
	BadEmpty         = "empty"
	BadUnknownType   = "unknown_type"
	BadTruncated     = "truncated"
	BadTooManyPixels = "too_many_pixels"
	BadLying         = "lying"    // the header contradicts itself or the file
	BadSVG           = "svg"      // a document with scripts, not a picture
	BadHEIC          = "heic"     // a telephone's still, which no browser shows
	BadNoVideo       = "no_video" // a film container without a picture track
	BadDamaged       = "damaged"  // the decoder gave up on the picture data
	BadSlow          = "too_slow" // the work took longer or grew larger than anything here may
)

// BadMediaError says why a file is refused, as a code that the caller translates.
type BadMediaError struct{ Code string }

func (e *BadMediaError) Error() string { return "bad media: " + e.Code }

// Info is what a file is, read from its headers. Zero means not stated.
type Info struct {
	Type          string // one of the Type constants
	Width, Height int    // pixels as shown, after orientation or rotation
	Orientation   int    // 1–8 as in Exif 2.32 §4.6.4; 1 when not stated
	DurationMS    int64  // clips and animations, milliseconds
	FrameNum      int    // real frame rate, of uneven frames the mean: FrameNum/FrameDen frames per second
	FrameDen      int
	VariableRate  bool   // the frames of the clip are not evenly spaced
	Frames        int    // frames of a clip or animation
	Codec         string // h264, hevc, vp9, png …; the container's own word where it has no such name
	Animated      bool   // a still format that moves
	Sound         bool   // the clip has a sound track
}

// Clip tells whether the file moves: a film, or an animated GIF or WebP.
func (i Info) Clip() bool {
	switch i.Type {
	case TypeMP4, TypeQuickTime, TypeWebM, TypeMatroska:
		return true
	case TypeGIF, TypeWebP:
		return i.Animated
	}
	return false
}

// NeedsProxy tells whether browsers cannot play the clip as it is.
func (i Info) NeedsProxy() bool {
	switch i.Type {
	case TypeMatroska:
		return true
	case TypeMP4, TypeQuickTime, TypeWebM:
		switch i.Codec {
		case "h264", "vp8", "vp9", "av1":
			return false
		}
		return true
	}
	return false
}

// Limits on pictures, besides Options.MaxPixels.
const (
	maxSide  = 16384 // pixels
	maxScans = 100   // scans of one JPEG; more is an attack on the decoder's time
)

// Probe measures the original from its headers, without decoding it. What is unknown, broken or too large is a
// *BadMediaError, with what could be read beside it.
func (l *Library) Probe(sha string) (Info, error) {
	f, err := l.Open(sha)
	if err != nil {
		return Info{}, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return Info{}, fmt.Errorf("probing media: %w", err)
	}
	m, err := l.measure(f, stat.Size())
	return m.Info, err
}

// measured is an Info and what a decoder will need.
type measured struct {
	Info
	cost   int64 // bytes of memory that decoding takes, estimated
	delays delays
	parted bool // an AVIF picture made of tiles, which ffmpeg gives one by one
}

// delays watches whether the frames of an animation stand equally long, the last one aside.
type delays struct {
	n           int
	first, last int
	uneven      bool // among all but the last
}

// add takes the next delay.
func (d *delays) add(delay int) {
	switch {
	case d.n == 0:
		d.first = delay
	case d.n > 1 && d.last != d.first:
		d.uneven = true
	}
	d.last = delay
	d.n++
}

// measure sniffs, reads the headers and holds the result against the limits.
func (l *Library) measure(r io.ReaderAt, size int64) (measured, error) {
	kind, err := sniff(r, size)
	m := measured{Info: Info{Type: kind, Orientation: 1}}
	if err != nil {
		return m, err
	}
	switch kind {
	case TypePNG:
		err = measurePNG(r, size, &m, l.guard)
	case TypeJPEG:
		err = measureJPEG(r, size, &m, l.guard)
	case TypeWebP:
		err = measureWebP(r, size, &m, l.guard)
	case TypeGIF:
		err = measureGIF(r, size, &m, l.guard)
	case TypeAVIF:
		err = measureAVIF(r, size, &m)
	case TypeMP4, TypeQuickTime:
		err = measureFilm(r, size, &m)
	case TypeWebM, TypeMatroska:
		err = measureWebM(r, size, &m)
	}
	if err != nil {
		return m, badWalk(err)
	}
	if m.Orientation >= 5 {
		m.Width, m.Height = m.Height, m.Width
	}
	m.tidy()
	return m, l.guard(m.Width, m.Height)
}

// tidy works out the mean rate of an animation from its own delays, and leaves a still without a length.
func (m *measured) tidy() {
	if m.Type != TypeGIF && m.Type != TypeWebP {
		return
	}
	if !m.Animated {
		m.DurationMS, m.Frames, m.VariableRate = 0, 0, false
		return
	}
	m.VariableRate = m.delays.uneven
	if m.DurationMS > 0 {
		m.FrameNum, m.FrameDen = ratio(uint64(m.Frames), 1000, uint64(m.DurationMS))
	}
}

// guard refuses sizes that nothing here may decode.
func (l *Library) guard(width, height int) error {
	switch {
	case width <= 0 || height <= 0:
		return &BadMediaError{BadLying}
	case width > maxSide || height > maxSide || int64(width)*int64(height) > l.maxPixels:
		return &BadMediaError{BadTooManyPixels}
	}
	return nil
}
