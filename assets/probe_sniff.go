package assets

import (
	"bytes"
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

// filmBrand sorts ISO base media files by major brand; stills such as HEIC and AVIF share the container.
func filmBrand(head []byte) (string, error) {
	if len(head) < 12 {
		return TypeUnknown, &BadMediaError{BadTruncated}
	}
	switch brand := string(head[8:12]); brand {
	case "qt  ":
		return TypeQuickTime, nil
	case "avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "jxl ", "crx ", "M4A ", "M4B ", "aax ":
		return TypeUnknown, &BadMediaError{BadUnknownType}
	}
	return TypeMP4, nil
}

// sniffMatroska reads the document type: WebM is on the list, other Matroska is not.
func sniffMatroska(r io.ReaderAt, size int64) (string, error) {
	webm := false
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
			webm = string(bytes.TrimRight(b, "\x00")) == "webm"
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
	if !webm {
		return TypeUnknown, &BadMediaError{BadUnknownType}
	}
	return TypeWebM, nil
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
