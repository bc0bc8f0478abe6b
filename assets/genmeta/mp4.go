package genmeta

import (
	"bytes"
	"encoding/binary"
	"io"
)

// WalkBoxes visits the boxes between two offsets of an MP4 or QuickTime file (ISO/IEC 14496-12 §4.2), with 64-bit sizes
// and with size zero, "up to the end". A box that reaches beyond to is ErrTruncated; fewer than eight zero bytes after
// the last box are padding.
func WalkBoxes(r io.ReaderAt, from, to int64, visit func(Part) error) error {
	var head [16]byte
	for range maxParts {
		if from == to {
			return nil
		}
		if from+8 > to {
			if padding, err := zeros(r, from, to); padding || err != nil {
				return err
			}
			return ErrTruncated
		}
		if err := readAt(r, from, head[:8]); err != nil {
			return err
		}
		size, header := int64(binary.BigEndian.Uint32(head[:4])), int64(8)
		switch size {
		case 0:
			size = to - from
		case 1:
			if from+16 > to {
				return ErrTruncated
			}
			if err := readAt(r, from+8, head[8:]); err != nil {
				return err
			}
			size, header = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if size < header {
			return ErrMalformed
		}
		if size > to-from {
			return ErrTruncated
		}
		p := Part{Name: string(head[4:8]), Offset: from + header, Length: size - header}
		if err := visit(p); err != nil {
			return stopped(err)
		}
		from += size
	}
	return ErrLimit
}

// zeros tells whether only zero bytes are left.
func zeros(r io.ReaderAt, from, to int64) (bool, error) {
	b := make([]byte, to-from)
	if err := readAt(r, from, b); err != nil {
		return false, err
	}
	return len(bytes.Trim(b, "\x00")) == 0, nil
}

// eachBox visits the boxes of a body held in memory; a broken tail ends the walk.
func eachBox(b []byte, visit func(name string, body []byte) error) error {
	for len(b) >= 8 {
		n, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		switch {
		case n == 0:
			n = uint64(len(b))
		case n == 1 && len(b) >= 16:
			n, head = binary.BigEndian.Uint64(b[8:]), 16
		}
		if n < head || n > uint64(len(b)) {
			return ErrMalformed
		}
		if err := visit(string(b[4:8]), b[head:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}
