package genmeta

import (
	"bufio"
	"compress/flate"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
)

// pngRows gives the rows of an eight-bit picture that is not interlaced, one after the other and unfiltered, without
// ever holding more than two of them.
type pngRows struct {
	width, height int
	pixel         int // bytes of one pixel: 3 or 4
	z             io.Reader
	row, above    []byte
}

// openRows begins to read the picture whose header and first data chunk are given; false means that it is of a kind in
// which nothing can be hidden, or larger than anything here may decode.
func openRows(r io.ReaderAt, size int64, header, data Part) (*pngRows, bool, error) {
	const maxSide, maxPixels = 1 << 16, 64 << 20
	if header.Length != 13 || data.Name == "" {
		return nil, false, nil
	}
	var h [13]byte
	if err := readAt(r, header.Offset, h[:]); err != nil {
		return nil, false, err
	}
	w, high := binary.BigEndian.Uint32(h[:]), binary.BigEndian.Uint32(h[4:])
	if w == 0 || high == 0 || w > maxSide || high > maxSide || uint64(w)*uint64(high) > maxPixels {
		return nil, false, nil
	}
	p := &pngRows{width: int(w), height: int(high)}
	switch {
	case h[8] != 8 || h[12] != 0:
		return nil, false, nil
	case h[9] == 2:
		p.pixel = 3
	case h[9] == 6:
		p.pixel = 4
	default:
		return nil, false, nil
	}
	z, err := zlib.NewReader(bufio.NewReaderSize(&idat{r: r, size: size, part: data}, 8<<10))
	if err != nil {
		return nil, false, fileFault(err)
	}
	p.z = z
	p.row, p.above = make([]byte, 1+p.width*p.pixel), make([]byte, 1+p.width*p.pixel)
	return p, true, nil
}

// next gives the next row; it stays valid until the one after it is read.
func (p *pngRows) next() ([]byte, error) {
	p.row, p.above = p.above, p.row
	if _, err := io.ReadFull(p.z, p.row); err != nil {
		return nil, err
	}
	row, above := p.row[1:], p.above[1:]
	if p.row[0] > 4 {
		return nil, ErrMalformed
	}
	unfilter(p.row[0], row, above, p.pixel)
	return row, nil
}

// unfilter undoes a row's filter (PNG specification §9.2).
func unfilter(filter byte, row, above []byte, pixel int) {
	switch filter {
	case 1:
		for i := pixel; i < len(row); i++ {
			row[i] += row[i-pixel]
		}
	case 2:
		for i, b := range above {
			row[i] += b
		}
	case 3:
		for i := range row {
			left := 0
			if i >= pixel {
				left = int(row[i-pixel])
			}
			row[i] += byte((left + int(above[i])) / 2)
		}
	case 4:
		for i := range row {
			var left, corner int
			if i >= pixel {
				left, corner = int(row[i-pixel]), int(above[i-pixel])
			}
			row[i] += byte(paeth(left, int(above[i]), corner))
		}
	}
}

func paeth(a, b, c int) int {
	pa, pb, pc := b-c, a-c, a+b-2*c
	pa, pb, pc = max(pa, -pa), max(pb, -pb), max(pc, -pc)
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

// idat joins the bodies of consecutive data chunks.
type idat struct {
	r     io.ReaderAt
	size  int64
	part  Part
	parts int
}

func (d *idat) Read(b []byte) (int, error) {
	for d.part.Length == 0 {
		var head [8]byte
		at := d.part.Offset + 4
		if d.parts++; d.parts > maxParts {
			return 0, io.ErrUnexpectedEOF
		}
		if err := readAt(d.r, at, head[:]); err != nil {
			return 0, err
		}
		if string(head[4:]) != "IDAT" {
			return 0, io.EOF
		}
		d.part.Offset, d.part.Length = at+8, int64(binary.BigEndian.Uint32(head[:]))
	}
	n := min(int64(len(b)), d.part.Length, d.size-d.part.Offset)
	if n <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	if err := readAt(d.r, d.part.Offset, b[:n]); err != nil {
		return 0, err
	}
	d.part.Offset += n
	d.part.Length -= n
	return int(n), nil
}

// fileFault drops the errors that broken picture data gives; what is left is a failure of the file itself.
func fileFault(err error) error {
	var corrupt flate.CorruptInputError
	var inside flate.InternalError
	for _, broken := range []error{io.EOF, io.ErrUnexpectedEOF, ErrTruncated, ErrMalformed, zlib.ErrHeader, zlib.ErrDictionary, zlib.ErrChecksum} {
		if errors.Is(err, broken) {
			return nil
		}
	}
	if errors.As(err, &corrupt) || errors.As(err, &inside) {
		return nil
	}
	return err
}
