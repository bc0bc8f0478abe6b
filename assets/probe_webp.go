package assets

import (
	"encoding/binary"
	"io"

	"chouka/assets/genmeta"
)

// measureWebP reads the canvas of VP8X and the size of the picture inside, which must agree (WebP container
// specification; RFC 6386 §9.1; WebP lossless specification §3).
func measureWebP(r io.ReaderAt, size int64, m *measured, guard func(w, h int) error) error {
	canvas, inner := false, false
	err := genmeta.WalkWebP(r, size, func(p genmeta.Part) error {
		switch p.Name {
		case "VP8X":
			b, err := read(r, p, 10)
			if err != nil {
				return err
			}
			if len(b) < 10 || canvas || inner {
				return genmeta.ErrMalformed
			}
			canvas = true
			m.Animated = b[0]&2 != 0
			m.Width, m.Height = 1+triple(b[4:]), 1+triple(b[7:])
			return guard(m.Width, m.Height)
		case "VP8 ", "VP8L":
			if inner || m.Animated {
				return genmeta.ErrMalformed
			}
			inner = true
			return innerWebP(r, p, m, canvas, guard)
		case "EXIF":
			var err error
			m.Orientation, err = orientation(r, p)
			return err
		case "ANMF":
			return frameWebP(r, p, m)
		}
		return nil
	})
	if err == nil && !inner && m.Frames == 0 {
		return genmeta.ErrTruncated
	}
	m.cost = int64(m.Width) * int64(m.Height) * 8
	return err
}

func innerWebP(r io.ReaderAt, p genmeta.Part, m *measured, canvas bool, guard func(w, h int) error) error {
	b, err := read(r, p, 10)
	if err != nil {
		return err
	}
	w, h := 0, 0
	switch {
	case p.Name == "VP8 " && len(b) == 10 && b[0]&1 == 0 && string(b[3:6]) == "\x9D\x01\x2A":
		m.Codec = "vp8"
		w, h = int(binary.LittleEndian.Uint16(b[6:])&0x3FFF), int(binary.LittleEndian.Uint16(b[8:])&0x3FFF)
	case p.Name == "VP8L" && len(b) >= 5 && b[0] == 0x2F:
		m.Codec = "vp8l"
		bits := binary.LittleEndian.Uint32(b[1:])
		w, h = int(bits&0x3FFF)+1, int(bits>>14&0x3FFF)+1
	default:
		return genmeta.ErrMalformed
	}
	if canvas && (w != m.Width || h != m.Height) {
		return genmeta.ErrMalformed
	}
	m.Width, m.Height = w, h
	return guard(w, h)
}

// frameWebP counts one frame of an animation, which must lie on the canvas.
func frameWebP(r io.ReaderAt, p genmeta.Part, m *measured) error {
	b, err := read(r, p, 16)
	if err != nil {
		return err
	}
	if len(b) < 16 || !m.Animated {
		return genmeta.ErrMalformed
	}
	if 2*triple(b)+1+triple(b[6:]) > m.Width || 2*triple(b[3:])+1+triple(b[9:]) > m.Height {
		return genmeta.ErrMalformed
	}
	m.Codec = "webp"
	m.Frames++
	delay := triple(b[12:])
	m.DurationMS += int64(delay)
	m.delays.add(delay)
	return nil
}

func triple(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
