package assets

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chouka/assets/genmeta"
)

// PhotoFacts are what a camera wrote into a picture (Exif 2.32).
type PhotoFacts struct {
	Taken    string // 2006-01-02T15:04:05, with +08:00 behind where the camera says it; empty: not said
	Camera   string // make and model
	Lat, Lon float64
	Located  bool // Lat and Lon are said, in WGS-84
}

// cameraLimit is how long a camera's name may be, in characters.
const cameraLimit = 100

// PhotoFacts reads the Exif block of a JPEG, PNG or WebP picture. A picture without one, as chat programs send them, and
// one with a damaged block give nothing; the errors are ErrMissing and those of the disk.
func (l *Library) PhotoFacts(sha string) (PhotoFacts, error) {
	f, err := l.Open(sha)
	if err != nil {
		return PhotoFacts{}, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return PhotoFacts{}, fmt.Errorf("reading a photo's facts: %w", err)
	}
	facts, err := photoFacts(f, stat.Size())
	var disk *os.PathError
	if errors.As(err, &disk) {
		return PhotoFacts{}, fmt.Errorf("reading a photo's facts: %w", err)
	}
	return facts, nil
}

// photoFacts takes the first block that says anything.
func photoFacts(r io.ReaderAt, size int64) (out PhotoFacts, err error) {
	take := func(p genmeta.Part) error {
		b, err := read(r, p, maxExif)
		if err != nil {
			return err
		}
		if out = factsOf(bytes.TrimPrefix(b, []byte(exifPrefix))); out != (PhotoFacts{}) {
			return genmeta.ErrStop
		}
		return nil
	}
	head := make([]byte, 4)
	if _, err := r.ReadAt(head, 0); err != nil {
		return out, err
	}
	switch {
	case head[0] == 0xFF:
		err = genmeta.WalkJPEG(r, size, func(p genmeta.Part) error {
			switch p.Name {
			case "SOS":
				return genmeta.ErrStop
			case "APP1":
				if b, err := read(r, p, int64(len(exifPrefix))); err != nil || string(b) != exifPrefix {
					return err
				}
				return take(p)
			}
			return nil
		})
	case string(head) == "RIFF":
		err = genmeta.WalkWebP(r, size, named("EXIF", take))
	default:
		err = genmeta.WalkPNG(r, size, named("eXIf", take))
	}
	return out, err
}

const exifPrefix = "Exif\x00\x00"

func named(name string, visit func(genmeta.Part) error) func(genmeta.Part) error {
	return func(p genmeta.Part) error {
		if p.Name != name {
			return nil
		}
		return visit(p)
	}
}

// factsOf reads a TIFF block.
func factsOf(b []byte) PhotoFacts {
	t, ok := newTIFF(b)
	if !ok {
		return PhotoFacts{}
	}
	var out PhotoFacts
	first := t.directory(t.first)
	exif := t.directory(t.pointer(first, tagExif))
	out.Camera = cameraName(t.text(first, 0x010F), t.text(first, 0x0110))
	out.Taken = moment(t.text(exif, 0x9003), t.text(exif, 0x9011)) // DateTimeOriginal
	if out.Taken == "" {
		out.Taken = moment(t.text(exif, 0x9004), t.text(exif, 0x9012)) // DateTimeDigitized
	}
	out.Lat, out.Lon, out.Located = t.position(t.directory(t.pointer(first, tagGPS)))
	return out
}

// moment puts Exif's 2006:01:02 15:04:05 and its offset into one form; a clock that was never set says nothing.
func moment(at, offset string) string {
	t, err := time.Parse("2006:01:02 15:04:05", strings.TrimSpace(at))
	if err != nil || t.Year() < 1970 {
		return ""
	}
	out := t.Format("2006-01-02T15:04:05")
	if _, err := time.Parse("-07:00", strings.TrimSpace(offset)); err == nil {
		out += strings.TrimSpace(offset)
	}
	return out
}

// cameraName joins make and model; many models begin with their make.
func cameraName(maker, model string) string {
	maker, model = plainText(maker), plainText(model)
	if maker != "" && !strings.HasPrefix(strings.ToLower(model), strings.ToLower(maker)) {
		model = strings.TrimSpace(maker + " " + model)
	}
	if utf8.RuneCountInString(model) > cameraLimit {
		model = string([]rune(model)[:cameraLimit])
	}
	return model
}

// plainText keeps letters, digits, marks and single blanks.
func plainText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
