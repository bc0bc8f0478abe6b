package genmeta

import (
	"bytes"
	"io"
	"strconv"
)

// WalkJPEG visits the marker segments of a JPEG file (ITU T.81 §B.1). A Part is named "SOF0" to "SOF15", "APP0" to
// "APP15", "DHT", "SOS", "COM", "EOI" or by its marker in hexadecimal; its body starts after the length. Between SOS and
// the next marker the picture data is skipped, which reads the whole file: return ErrStop at SOS to avoid it.
func WalkJPEG(r io.ReaderAt, size int64, visit func(Part) error) error {
	s := &scanner{r: r, size: size}
	if a, b := s.next(), s.next(); a != 0xFF || b != 0xD8 {
		if s.err != nil {
			return s.err
		}
		return ErrMalformed
	}
	for range maxParts {
		m := s.marker()
		if s.err != nil {
			return s.err
		}
		p := Part{Name: markerName(m), Offset: s.off}
		if m != 0xD9 {
			p.Length = int64(s.next())<<8 | int64(s.next())
			p.Length, p.Offset = p.Length-2, s.off
			if s.err == nil && p.Length < 0 {
				return ErrMalformed
			}
			if s.err != nil || p.End() > size {
				return ErrTruncated
			}
		}
		if err := visit(p); err != nil {
			return stopped(err)
		}
		if m == 0xD9 {
			return nil
		}
		s.seek(p.End())
	}
	return ErrLimit
}

func markerName(m byte) string {
	switch {
	case m == 0xC4:
		return "DHT"
	case m == 0xC8, m == 0xCC:
		return strconv.FormatInt(int64(m), 16)
	case m >= 0xC0 && m <= 0xCF:
		return "SOF" + strconv.Itoa(int(m-0xC0))
	case m >= 0xE0 && m <= 0xEF:
		return "APP" + strconv.Itoa(int(m-0xE0))
	case m == 0xD9:
		return "EOI"
	case m == 0xDA:
		return "SOS"
	case m == 0xFE:
		return "COM"
	}
	return strconv.FormatInt(int64(m), 16)
}

// scanner reads a file forward through a window, so that picture data costs few calls.
type scanner struct {
	r      io.ReaderAt
	size   int64
	off    int64
	buf    [32 << 10]byte
	from   int64
	filled int
	err    error
}

func (s *scanner) seek(off int64) { s.off = off }

// next gives the byte at the current place and moves on.
func (s *scanner) next() byte {
	if s.err != nil {
		return 0
	}
	if s.off < s.from || s.off >= s.from+int64(s.filled) {
		if !s.fill() {
			return 0
		}
	}
	b := s.buf[s.off-s.from]
	s.off++
	return b
}

func (s *scanner) fill() bool {
	want := min(int64(len(s.buf)), s.size-s.off)
	if want <= 0 {
		s.err = ErrTruncated
		return false
	}
	if err := readAt(s.r, s.off, s.buf[:want]); err != nil {
		s.err = err
		return false
	}
	s.from, s.filled = s.off, int(want)
	return true
}

// marker finds the next marker, skipping picture data, fill bytes, restart markers and other markers without a length.
func (s *scanner) marker() byte {
	for s.err == nil {
		s.skipTo(0xFF)
		m := s.next()
		for m == 0xFF {
			m = s.next()
		}
		if m > 1 && (m < 0xD0 || m > 0xD8) {
			return m
		}
	}
	return 0
}

// skipTo moves behind the next byte c.
func (s *scanner) skipTo(c byte) {
	for s.err == nil {
		if s.off < s.from || s.off >= s.from+int64(s.filled) {
			if !s.fill() {
				return
			}
		}
		rest := s.buf[s.off-s.from : s.filled]
		if i := bytes.IndexByte(rest, c); i >= 0 {
			s.off += int64(i) + 1
			return
		}
		s.off += int64(len(rest))
	}
}
