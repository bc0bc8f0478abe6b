package assets

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"strings"

	"chouka/assets/genmeta"
)

// ErrPosition means that a position in a picture cannot be taken out without harm to the rest.
var ErrPosition = errors.New("position cannot be blanked")

// maxPictures is how many pictures, or bytes that look like one, may follow a JPEG.
const maxPictures = 64

// WithoutPosition gives the bytes of a JPEG, PNG or WebP picture with the GPS position blanked where it stands: the GPS
// directory of Exif, the GPS properties of XMP, and the position of a clip behind a picture. The length and every other
// byte are the original's, but for checksums. The errors are ErrMissing, ErrPosition, *BadMediaError and those of the disk.
func (l *Library) WithoutPosition(sha string) ([]byte, error) {
	f, err := l.Open(sha)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading a photo to share: %w", err)
	}
	return b, forgetPosition(b)
}

// forgetPosition blanks the position in the bytes of a picture.
func forgetPosition(b []byte) error {
	var err error
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xD8")):
		err = forgetJPEG(b)
	case bytes.HasPrefix(b, []byte("RIFF")):
		err = genmeta.WalkWebP(bytes.NewReader(b), int64(len(b)), func(p genmeta.Part) error {
			body := b[p.Offset:p.End()]
			switch p.Name {
			case "EXIF":
				forgetExif(body)
			case "XMP ":
				forgetXMP(body)
			}
			return nil
		})
	default:
		err = forgetPNG(b)
	}
	if errors.Is(err, ErrPosition) {
		return err
	}
	return badWalk(err)
}

func forgetExif(b []byte) bool {
	t, ok := newTIFF(bytes.TrimPrefix(b, []byte(exifPrefix)))
	return ok && t.forget()
}

// forgetJPEG goes through the segments of a picture and of those behind it (the previews and depth pictures of phones).
func forgetJPEG(b []byte) error {
	end, err := forgetSegments(b)
	if err != nil {
		return err
	}
	rest := b[end:]
	for range maxPictures {
		at := bytes.Index(rest, []byte("\xFF\xD8\xFF"))
		if at < 0 {
			forgetClip(rest)
			return nil
		}
		forgetClip(rest[:at])
		end, err := forgetSegments(rest[at:])
		if err != nil { // no picture, only bytes that look like one
			end = 3
		}
		rest = rest[at+end:]
	}
	return ErrPosition
}

// forgetSegments blanks one JPEG stream and gives where it ends. An Exif block that is too long for one segment goes on in
// the next.
func forgetSegments(b []byte) (end int, err error) {
	var block, further spread
	flush := func() {
		block.forget(forgetExif)
		block = spread{}
	}
	err = genmeta.WalkJPEG(bytes.NewReader(b), int64(len(b)), func(p genmeta.Part) error {
		end = int(p.End())
		if p.Name != "APP1" {
			return nil
		}
		body := b[p.Offset:p.End()]
		exif, ok := bytes.CutPrefix(body, []byte(exifPrefix))
		switch {
		case !ok && bytes.HasPrefix(body, []byte(furtherXMP)) && len(body) >= furtherHead:
			further.add(body[furtherHead:])
			return nil
		case !ok:
			forgetXMP(body)
			return nil
		}
		if _, begins := newTIFF(exif); begins {
			flush()
		}
		block.add(exif)
		return nil
	})
	flush()
	further.forget(forgetXMP)
	return end, err
}

// furtherXMP begins a segment of XMP that is too long for one (XMP specification part 3, 1.1.3.1); behind it stand a
// digest, a length and a place, furtherHead bytes in all.
const (
	furtherXMP  = "http://ns.adobe.com/xmp/extension/\x00"
	furtherHead = len(furtherXMP) + 32 + 4 + 4
)

// spread is one text whose pieces stand in several segments.
type spread struct {
	whole  []byte
	pieces [][]byte // parts of the picture itself
}

func (s *spread) add(piece []byte) {
	s.whole, s.pieces = append(s.whole, piece...), append(s.pieces, piece)
}

// forget blanks the whole and writes it back into its pieces.
func (s *spread) forget(forget func([]byte) bool) {
	if !forget(s.whole) {
		return
	}
	rest := s.whole
	for _, p := range s.pieces {
		rest = rest[copy(p, rest):]
	}
}

// forgetClip blanks the position of an MP4 behind a picture, as moving photos have it: ©xyz, two lengths, ISO 6709.
func forgetClip(b []byte) {
	for {
		at := bytes.Index(b, []byte("\xA9xyz"))
		if at < 0 || at+8 > len(b) {
			return
		}
		b = b[at+8:]
		n := 0
		for n < len(b) && strings.IndexByte("+-.0123456789", b[n]) >= 0 {
			if b[n] >= '0' && b[n] <= '9' {
				b[n] = '0'
			}
			n++
		}
	}
}

// xmpGPS finds what XMP says of a position, whatever the prefix: exif:GPSLatitude="30,18N", <exif:GPSLatitude>30,18N<,
// drone-dji:GpsLatitude. Its groups are the values.
func xmpGPS() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[\w-]+:gps\w*\s*=\s*(?:"([^"<]*)"|'([^'<]*)')|<[\w-]+:gps\w*(?:\s[^<>]*)?>([^<]+)`)
}

// forgetXMP puts blanks for the values of GPS properties. It reports whether there were any.
func forgetXMP(b []byte) bool {
	if !bytes.Contains(bytes.ToLower(b), []byte("gps")) {
		return false
	}
	done := false
	for _, m := range xmpGPS().FindAllSubmatchIndex(b, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] < 0 {
				continue
			}
			done = true
			for i := m[g]; i < m[g+1]; i++ {
				b[i] = ' '
			}
		}
	}
	return done
}

// forgetPNG goes through the chunks and mends the checksums of those that change.
func forgetPNG(b []byte) error {
	return genmeta.WalkPNG(bytes.NewReader(b), int64(len(b)), func(p genmeta.Part) error {
		body := b[p.Offset:p.End()]
		changed := false
		var err error
		switch p.Name {
		case "eXIf":
			changed = forgetExif(body)
		case "tEXt", "iTXt", "zTXt":
			changed, err = forgetText(p.Name, body)
		}
		if changed {
			binary.BigEndian.PutUint32(b[p.End():], crc32.ChecksumIEEE(b[p.Offset-4:p.End()]))
		}
		return err
	})
}

// textGPS is the key of a text chunk that is a GPS property by itself, as ImageMagick writes them: exif:GPSLatitude.
func textGPS() *regexp.Regexp { return regexp.MustCompile(`(?i)^[\w-]+:gps\w*$`) }

// forgetAll puts blanks for a whole text. It reports whether there was one.
func forgetAll(b []byte) bool {
	if len(bytes.Trim(b, " ")) == 0 {
		return false
	}
	for i := range b {
		b[i] = ' '
	}
	return true
}

// forgetText blanks what a text chunk holds of XMP, of a GPS property, or of Exif in hexadecimal digits (ImageMagick's
// raw profiles).
func forgetText(chunk string, body []byte) (bool, error) {
	key, rest, ok := bytes.Cut(body, []byte{0})
	profile := strings.HasPrefix(strings.ToLower(string(key)), "raw profile type ")
	gps := textGPS().Match(key)
	if !ok || string(key) != "XML:com.adobe.xmp" && !profile && !gps {
		return false, nil
	}
	packed := chunk == "zTXt"
	switch {
	case packed && len(rest) > 0:
		rest = rest[1:]
	case chunk == "iTXt":
		if len(rest) < 2 {
			return false, nil
		}
		packed, rest = rest[0] == 1, rest[2:]
		for range 2 { // the language and the translated key
			if _, rest, ok = bytes.Cut(rest, []byte{0}); !ok {
				return false, nil
			}
		}
	}
	forget := forgetXMP
	switch {
	case profile:
		forget = forgetProfile
	case gps:
		forget = forgetAll
	}
	if !packed {
		return forget(rest), nil
	}
	return forgetPacked(rest, forget)
}

// forgetProfile blanks the Exif or XMP behind a name and a length, written in hexadecimal digits with line breaks.
func forgetProfile(b []byte) bool {
	words := bytes.Fields(b)
	if len(words) < 3 {
		return false
	}
	raw := bytes.Join(words[2:], nil)
	n, err := hex.Decode(raw, raw)
	if err != nil || !forgetExif(raw[:n]) && !forgetXMP(raw[:n]) {
		return false
	}
	digits := hex.AppendEncode(nil, raw[:n])
	for _, w := range words[2:] { // parts of b itself
		digits = digits[copy(w, digits):]
	}
	return true
}

// forgetPacked unpacks, blanks and packs again. Blanks pack well, so the result fits; what is left over is filled behind
// the end of the packed text, where readers do not look.
func forgetPacked(b []byte, forget func([]byte) bool) (bool, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return false, nil // nobody else can read it either
	}
	text, err := io.ReadAll(io.LimitReader(z, maxExif+1))
	if len(text) > maxExif {
		return false, ErrPosition
	}
	if !forget(text) {
		return false, nil
	}
	if err != nil {
		return false, ErrPosition
	}
	var out bytes.Buffer
	w, err := zlib.NewWriterLevel(&out, zlib.BestCompression)
	if err == nil {
		_, err = w.Write(text)
	}
	if err = errors.Join(err, w.Close()); err != nil || out.Len() > len(b) {
		return false, ErrPosition
	}
	clear(b[copy(b, out.Bytes()):])
	return true, nil
}
