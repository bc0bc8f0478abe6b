package assets

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"chouka/assets/genmeta"
)

// table visits the rows of an index table: a head of the given length whose last four bytes were the number of rows
// when head is 4, read a few kilobytes at a time, so that a large table costs no memory.
func table(r io.ReaderAt, p genmeta.Part, head int64, width int, visit func([]byte) error) error {
	if p.Length < head+4 {
		return nil
	}
	if p.Length > maxIndex {
		return genmeta.ErrLimit
	}
	b, err := read(r, p, head+4)
	if err != nil {
		return err
	}
	count := uint64(binary.BigEndian.Uint32(b[head:]))
	if count*uint64(width) > uint64(p.Length-head-4) {
		return genmeta.ErrMalformed
	}
	return rows(r, p.Offset+head+4, int64(count)*int64(width), width, visit)
}

// rows visits equal pieces of a part of the file.
func rows(r io.ReaderAt, from, length int64, width int, visit func([]byte) error) error {
	in := bufio.NewReaderSize(io.NewSectionReader(r, from, length), 16<<10)
	row := make([]byte, width)
	for range length / int64(max(1, width)) {
		if _, err := io.ReadFull(in, row); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return genmeta.ErrTruncated
			}
			return err
		}
		if err := visit(row); err != nil {
			return err
		}
	}
	return nil
}

// milliseconds turns ticks into time; an absurd clock gives nothing.
func milliseconds(ticks uint64, scale uint32) int64 {
	if scale == 0 || ticks > 1<<52 {
		return 0
	}
	return int64(ticks/uint64(scale)*1000) + int64((ticks%uint64(scale)*1000+uint64(scale)/2)/uint64(scale))
}

func printable(s string) string {
	for _, c := range []byte(s) {
		if c < 0x20 || c > 0x7E {
			return ""
		}
	}
	return s
}
