package genmeta

import (
	"bytes"
	"encoding/binary"
	"io"
)

// WalkWebP visits the RIFF chunks of a WebP file (WebP container specification, "RIFF-based file format").
func WalkWebP(r io.ReaderAt, size int64, visit func(Part) error) error {
	var head [12]byte
	if err := readAt(r, 0, head[:]); err != nil {
		return err
	}
	if string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return ErrMalformed
	}
	end := 8 + int64(binary.LittleEndian.Uint32(head[4:8]))
	if end > size+1 {
		return ErrTruncated
	}
	return WalkRIFF(r, 12, min(end, size), visit)
}

// WalkRIFF visits the chunks between two offsets; bodies are padded to an even length.
func WalkRIFF(r io.ReaderAt, from, to int64, visit func(Part) error) error {
	var head [8]byte
	for range maxParts {
		if from+8 > to {
			return nil
		}
		if err := readAt(r, from, head[:]); err != nil {
			return err
		}
		p := Part{Name: string(head[:4]), Offset: from + 8, Length: int64(binary.LittleEndian.Uint32(head[4:]))}
		if p.End() > to {
			return ErrTruncated
		}
		if err := visit(p); err != nil {
			return stopped(err)
		}
		from = p.End() + p.Length&1
	}
	return ErrLimit
}

func (c *collector) collectWebP() error {
	return WalkWebP(c.r, c.size, func(p Part) error {
		switch p.Name {
		case "EXIF", "XMP ", "C2PA":
		default:
			return nil
		}
		body, err := c.body(p)
		if err != nil {
			return err
		}
		switch p.Name {
		case "EXIF":
			c.exif("webp", bytes.TrimPrefix(body, []byte(exifPrefix)))
		case "XMP ":
			return c.xmp("webp", body)
		case "C2PA":
			c.manifest("webp:c2pa", body)
		}
		return nil
	})
}
