package assets

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"chouka/assets/genmeta"
)

// read takes a small body; hostile lengths are cut to what is asked.
func read(r io.ReaderAt, p genmeta.Part, most int64) ([]byte, error) {
	b := make([]byte, min(p.Length, most))
	n, err := r.ReadAt(b, p.Offset)
	if n == len(b) {
		return b, nil
	}
	if err == io.EOF {
		return nil, genmeta.ErrTruncated
	}
	return nil, fmt.Errorf("reading header: %w", err)
}

const maxExif = 1 << 20 // bytes of Exif read for the orientation

func orientation(r io.ReaderAt, p genmeta.Part) (int, error) {
	b, err := read(r, p, maxExif)
	if err != nil {
		return 1, err
	}
	e, _ := genmeta.ParseExif(bytes.TrimPrefix(b, []byte("Exif\x00\x00")))
	return e.Orientation, nil
}

// measurePNG reads IHDR, orientation and the animation chunk (PNG specification §11). The size is guarded before the
// rest of the file is walked.
func measurePNG(r io.ReaderAt, size int64, m *measured, guard func(w, h int) error) error {
	m.Codec = "png"
	first, data := true, false
	err := genmeta.WalkPNG(r, size, func(p genmeta.Part) error {
		if first != (p.Name == "IHDR") {
			return genmeta.ErrMalformed
		}
		first = false
		switch p.Name {
		case "IHDR":
			return headerPNG(r, p, m, guard)
		case "IDAT":
			data = true
		case "eXIf":
			var err error
			m.Orientation, err = orientation(r, p)
			return err
		case "acTL":
			b, err := read(r, p, 8)
			if err != nil || len(b) < 8 {
				return err
			}
			m.Frames = int(binary.BigEndian.Uint32(b) & 0x7FFFFFFF)
			m.Animated = m.Frames > 1
		}
		return nil
	})
	if err == nil && !data {
		return genmeta.ErrMalformed
	}
	return err
}

func headerPNG(r io.ReaderAt, p genmeta.Part, m *measured, guard func(w, h int) error) error {
	b, err := read(r, p, 13)
	if err != nil {
		return err
	}
	if p.Length != 13 {
		return genmeta.ErrMalformed
	}
	w, h := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
	if w > 1<<31-1 || h > 1<<31-1 {
		return genmeta.ErrMalformed
	}
	m.Width, m.Height = int(w), int(h)
	m.cost = int64(w) * int64(h) * 4
	if b[8] == 16 {
		m.cost *= 2
	}
	if b[12] == 1 {
		m.cost *= 2
	}
	return guard(m.Width, m.Height)
}

// measureJPEG reads the frame header and counts scans up to the end of the picture (ITU T.81 §B.2).
func measureJPEG(r io.ReaderAt, size int64, m *measured, guard func(w, h int) error) error {
	m.Codec = "jpeg"
	scans := 0
	err := genmeta.WalkJPEG(r, size, func(p genmeta.Part) error {
		switch p.Name {
		case "SOS":
			if scans++; scans > maxScans || m.Width == 0 {
				return genmeta.ErrMalformed
			}
		case "APP1":
			if b, err := read(r, p, 6); err != nil || string(b) != "Exif\x00\x00" {
				return err
			}
			o, err := orientation(r, p)
			if m.Orientation == 1 {
				m.Orientation = o
			}
			return err
		case "SOF0", "SOF1", "SOF2":
			return headerJPEG(r, p, m, guard)
		case "SOF3", "SOF5", "SOF6", "SOF7", "SOF9", "SOF10", "SOF11", "SOF13", "SOF14", "SOF15":
			return &BadMediaError{BadUnknownType}
		}
		return nil
	})
	if err == nil && scans == 0 {
		return genmeta.ErrTruncated
	}
	return err
}

func headerJPEG(r io.ReaderAt, p genmeta.Part, m *measured, guard func(w, h int) error) error {
	b, err := read(r, p, 6)
	if err != nil {
		return err
	}
	if len(b) < 6 || m.Width != 0 {
		return genmeta.ErrMalformed
	}
	m.Height, m.Width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	m.cost = int64(m.Width) * int64(m.Height) * 4
	if p.Name == "SOF2" {
		// The decoder keeps four bytes a coefficient until the last scan.
		m.cost *= 4
	}
	return guard(m.Width, m.Height)
}

// measureGIF reads the screen size and counts frames (GIF89a specification §18–23).
func measureGIF(r io.ReaderAt, size int64, m *measured, guard func(w, h int) error) error {
	m.Codec = "gif"
	b, err := read(r, genmeta.Part{Length: 13}, 13)
	if err != nil {
		return err
	}
	m.Width, m.Height = int(binary.LittleEndian.Uint16(b[6:])), int(binary.LittleEndian.Uint16(b[8:]))
	m.cost = int64(m.Width) * int64(m.Height) * 5
	if err := guard(m.Width, m.Height); err != nil {
		return err
	}
	g := &gifWalk{r: io.NewSectionReader(r, 13, size-13), m: m}
	g.skipTable(b[10])
	for g.err == nil && g.block() {
	}
	m.Animated = m.Frames > 1
	if g.err == io.EOF {
		return genmeta.ErrTruncated
	}
	if g.err == nil && m.Frames == 0 {
		return genmeta.ErrMalformed
	}
	return g.err
}
