package assets

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"chouka/assets/genmeta"
)

// sniff tells the media type by content alone. What is not on the list is a *BadMediaError.
func sniff(r io.ReaderAt, size int64) (string, error) {
	if size == 0 {
		return TypeUnknown, &BadMediaError{BadEmpty}
	}
	head := make([]byte, min(size, 1024))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return TypeUnknown, fmt.Errorf("reading first bytes: %w", err)
	}
	has := func(at int, s string) bool { return len(head) >= at+len(s) && string(head[at:at+len(s)]) == s }
	switch {
	case has(0, genmeta.PNGSignature):
		return TypePNG, nil
	case has(0, "\xFF\xD8\xFF"):
		return TypeJPEG, nil
	case has(0, "RIFF") && has(8, "WEBP"):
		return TypeWebP, nil
	case has(0, "GIF87a"), has(0, "GIF89a"):
		return TypeGIF, nil
	case has(4, "ftyp"):
		return filmBrand(head)
	case has(4, "moov"), has(4, "mdat"), has(4, "wide"):
		return TypeQuickTime, nil
	case has(0, "\x1A\x45\xDF\xA3"):
		return sniffMatroska(r, size)
	case isSVG(head):
		return TypeUnknown, &BadMediaError{BadSVG}
	}
	return TypeUnknown, &BadMediaError{BadUnknownType}
}

// filmBrand sorts ISO base media files by brand; stills such as HEIC and AVIF share the container (ISO/IEC 14496-12 §4.3).
func filmBrand(head []byte) (string, error) {
	if len(head) < 12 {
		return TypeUnknown, &BadMediaError{BadTruncated}
	}
	switch major := string(head[8:12]); major {
	case "qt  ":
		return TypeQuickTime, nil
	case "avif", "avis":
		return TypeAVIF, nil
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs":
		return TypeUnknown, &BadMediaError{BadHEIC}
	case "mif1", "mif2", "msf1", "miaf":
		return stillBrand(head)
	case "jxl ", "crx ", "M4A ", "M4B ", "M4P ", "aax ":
		return TypeUnknown, &BadMediaError{BadUnknownType}
	}
	return TypeMP4, nil
}

// stillBrand looks among the compatible brands of a still that names only its general family.
func stillBrand(head []byte) (string, error) {
	end := min(int(binary.BigEndian.Uint32(head)), len(head))
	for at := 16; at+4 <= end; at += 4 {
		switch string(head[at : at+4]) {
		case "avif", "avis":
			return TypeAVIF, nil
		case "heic", "heix", "hevc":
			return TypeUnknown, &BadMediaError{BadHEIC}
		}
	}
	return TypeUnknown, &BadMediaError{BadUnknownType}
}

// sniffMatroska reads the document type, which tells WebM from other Matroska (RFC 8794 §11.2.6).
func sniffMatroska(r io.ReaderAt, size int64) (string, error) {
	kind := TypeUnknown
	visit := func(e genmeta.Element) error {
		if e.ID != genmeta.EBMLHeader || e.Length > 4096 {
			return genmeta.ErrStop
		}
		err := genmeta.WalkElements(r, e.Offset, e.End(), func(c genmeta.Element) error {
			if c.ID != genmeta.EBMLDocType || c.Length > 16 {
				return nil
			}
			b := make([]byte, c.Length)
			if _, err := r.ReadAt(b, c.Offset); err != nil {
				return err
			}
			switch string(bytes.TrimRight(b, "\x00")) {
			case "webm":
				kind = TypeWebM
			case "matroska":
				kind = TypeMatroska
			}
			return genmeta.ErrStop
		})
		if err != nil {
			return err
		}
		return genmeta.ErrStop
	}
	if err := genmeta.WalkElements(r, 0, size, visit); err != nil {
		return TypeUnknown, badWalk(err)
	}
	if kind == TypeUnknown {
		return TypeUnknown, &BadMediaError{BadUnknownType}
	}
	return kind, nil
}

// isSVG spots an SVG root behind a byte order mark, declarations and comments.
func isSVG(head []byte) bool {
	s := strings.ToLower(string(head))
	s = strings.TrimLeft(strings.TrimPrefix(s, "\xEF\xBB\xBF"), " \t\r\n")
	return strings.HasPrefix(s, "<") && strings.Contains(s, "<svg")
}

// badWalk turns the end of a walk into the reason why the file is refused; failures of the disk pass through.
func badWalk(err error) error {
	var bad *BadMediaError
	switch {
	case err == nil, errors.As(err, &bad):
		return err
	case errors.Is(err, genmeta.ErrTruncated), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &BadMediaError{BadTruncated}
	case errors.Is(err, genmeta.ErrMalformed), errors.Is(err, genmeta.ErrLimit):
		return &BadMediaError{BadLying}
	}
	return fmt.Errorf("probing media: %w", err)
}
