package genmeta

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"strings"
)

// PNGSignature opens every PNG file (PNG specification, third edition, §5.2).
const PNGSignature = "\x89PNG\r\n\x1a\n"

// WalkPNG visits the chunks of a PNG file in order, up to and including IEND, without reading their bodies.
func WalkPNG(r io.ReaderAt, size int64, visit func(Part) error) error {
	var head [8]byte
	if err := readAt(r, 0, head[:]); err != nil {
		return err
	}
	if string(head[:]) != PNGSignature {
		return ErrMalformed
	}
	off := int64(8)
	for range maxParts {
		if err := readAt(r, off, head[:]); err != nil {
			return err
		}
		p := Part{Name: string(head[4:]), Offset: off + 8, Length: int64(binary.BigEndian.Uint32(head[:4]))}
		if p.Length > 1<<31-1 || !letters(head[4:]) {
			return ErrMalformed
		}
		if p.End()+4 > size {
			return ErrTruncated
		}
		if err := visit(p); err != nil {
			return stopped(err)
		}
		if p.Name == "IEND" {
			return nil
		}
		off = p.End() + 4
	}
	return ErrLimit
}

func letters(b []byte) bool {
	for _, c := range b {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return true
}

func (c *collector) collectPNG() error {
	var header, data Part
	err := WalkPNG(c.r, c.size, func(p Part) error {
		switch p.Name {
		case "IHDR":
			if header.Name == "" {
				header = p
			}
		case "IDAT":
			if data.Name == "" {
				data = p
			}
		case "tEXt", "zTXt", "iTXt", "eXIf", "caBX":
			return c.pngRecord(p)
		}
		return nil
	})
	// The picture is looked at even when the file ends early: a hidden record lies at its left edge.
	if hidden := c.stealth(header, data); err == nil {
		err = hidden
	}
	return err
}

func (c *collector) pngRecord(p Part) error {
	body, err := c.body(p)
	if err != nil {
		return err
	}
	switch p.Name {
	case "eXIf":
		// Some writers keep the prefix of the JPEG segment.
		c.exif("png", bytes.TrimPrefix(body, []byte(exifPrefix)))
		return nil
	case "caBX":
		c.manifest("png:caBX", body)
		return nil
	}
	return c.pngText(p.Name, body)
}

// pngText splits a text chunk: keyword, NUL, then a form that depends on the chunk (PNG specification §11.3.3).
func (c *collector) pngText(chunk string, body []byte) error {
	key, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(key) == 0 || len(key) > 79 {
		c.note(NoteUnreadable)
		return nil
	}
	packed := false
	switch chunk {
	case "zTXt":
		if len(rest) == 0 {
			c.note(NoteUnreadable)
			return nil
		}
		packed, rest = true, rest[1:]
	case "iTXt":
		if packed, rest, ok = pngInternational(rest); !ok {
			c.note(NoteUnreadable)
			return nil
		}
	}
	name := decodeText(key)
	if packed {
		rest = c.inflate(rest)
	}
	return c.pngNamed(name, rest)
}

// pngNamed opens the keywords that hold another format, and keeps the text of all others.
func (c *collector) pngNamed(name string, body []byte) error {
	profile, isProfile := strings.CutPrefix(strings.ToLower(name), "raw profile type ")
	switch {
	case name == "XML:com.adobe.xmp":
		return c.xmp("png", body)
	case isProfile:
		return c.pngProfile(name, profile, body)
	}
	return c.add("png:"+name, name, decodeText(body))
}

// pngProfile opens the hexadecimal form in which ImageMagick keeps Exif and XMP: a name, a length, and the bytes.
func (c *collector) pngProfile(name, profile string, body []byte) error {
	words := bytes.Fields(body)
	if len(words) < 3 {
		c.note(NoteUnreadable)
		return nil
	}
	raw := bytes.Join(words[2:], nil)
	n, err := hex.Decode(raw, raw)
	if err != nil {
		c.note(NoteUnreadable)
		return nil
	}
	raw = raw[:n]
	switch profile {
	case "exif", "app1", "xmp":
		if bytes.HasPrefix(raw, []byte(exifPrefix)) || isTIFF(raw) {
			c.exif("png", bytes.TrimPrefix(raw, []byte(exifPrefix)))
			return nil
		}
		return c.xmp("png", bytes.TrimPrefix(raw, []byte(xmpPrefix)))
	}
	c.record("png:"+name, n, "")
	return nil
}

// pngInternational skips flag, method, language and translated keyword of an iTXt chunk.
func pngInternational(b []byte) (packed bool, text []byte, ok bool) {
	if len(b) < 2 {
		return false, nil, false
	}
	packed = b[0] == 1
	_, b, ok = bytes.Cut(b[2:], []byte{0})
	if !ok {
		return false, nil, false
	}
	_, b, ok = bytes.Cut(b, []byte{0})
	return packed, b, ok
}

// inflate unpacks zlib data up to one byte beyond what is left of the text budget, so that whoever keeps it finds the
// limit; broken data gives what could be read and a note.
func (c *collector) inflate(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		c.note(NoteUnreadable)
		return nil
	}
	out, err := io.ReadAll(io.LimitReader(z, c.text+1))
	if err != nil && !errors.Is(err, zlib.ErrChecksum) {
		c.note(NoteUnreadable)
	}
	return out
}
