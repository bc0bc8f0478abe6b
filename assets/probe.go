package assets

import (
	"fmt"
	"io"

	"chouka/assets/genmeta"
)

// Media types that Probe knows. Everything else is TypeUnknown and refused.
const (
	TypePNG       = "image/png"
	TypeJPEG      = "image/jpeg"
	TypeWebP      = "image/webp"
	TypeGIF       = "image/gif"
	TypeMP4       = "video/mp4"
	TypeQuickTime = "video/quicktime"
	TypeWebM      = "video/webm"
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
	BadNoVideo       = "no_video" // a film container without a picture track
	BadDamaged       = "damaged"  // the decoder gave up on the picture data
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
	FrameNum      int    // real frame rate: FrameNum/FrameDen frames per second
	FrameDen      int
	VariableRate  bool // the frames of the clip are not evenly spaced
	Frames        int  // frames of a clip or animation
	Codec         string
	Animated      bool
}

// Metadata reads what the original says about how it was made.
func (l *Library) Metadata(sha string) (genmeta.Result, error) {
	f, err := l.Open(sha)
	if err != nil {
		return genmeta.Result{}, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return genmeta.Result{}, err
	}
	kind, err := sniff(f, stat.Size())
	if err != nil {
		return genmeta.Result{}, err
	}
	return genmeta.Read(f, stat.Size(), kind, genmeta.Hint{})
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
	cost int64 // bytes of memory that decoding takes, estimated
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
	case TypeMP4, TypeQuickTime:
		err = measureFilm(r, size, &m)
	case TypeWebM:
		err = measureWebM(r, size, &m)
	}
	if err != nil {
		return m, badWalk(err)
	}
	if m.Orientation >= 5 {
		m.Width, m.Height = m.Height, m.Width
	}
	return m, l.guard(m.Width, m.Height)
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
