package genmeta

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"slices"
)

// A stealth record lies in the lowest bits of a picture's alpha channel, or of its three colours, column by column: a
// magic of 15 bytes, a length in bits (32-bit big-endian), then the text, plain or packed with gzip.
const (
	stealthMagic = 15 * 8 // bits
	stealthHead  = stealthMagic + 32
)

// hidden collects the bits of one channel set while rows stream by.
type hidden struct {
	height  int
	first   int    // offset of the first channel inside a pixel
	width   int    // channels used: 1 for alpha, 3 for colours
	magics  []byte // the two magics that may still be, one after the other
	head    [stealthHead/8 + 1]byte
	early   [][]byte // rows kept until the length is known
	content []byte
	bits    int // length of the content; -1 until it is known
}

// stealth reads a hidden record. A picture without one costs a row or two: the magic must be there from the first bits on.
func (c *collector) stealth(header, data Part) error {
	rows, ok, err := openRows(c.r, c.size, header, data)
	if err != nil || !ok {
		return err
	}
	found, err := findStealth(rows)
	if err != nil || found == nil {
		return fileFault(err)
	}
	if found.bits < 0 || found.bits > rows.width*rows.height*found.width-stealthHead {
		c.note(NoteUnreadable)
		return nil
	}
	if int64(found.bits/8) > c.text {
		return ErrLimit
	}
	if err := found.collect(rows); err != nil {
		c.note(NoteTruncated)
		return fileFault(err)
	}
	return c.stealthText(found)
}

// findStealth reads rows until no magic is possible any more, or until one is complete and its length known.
func findStealth(rows *pngRows) (*hidden, error) {
	var all []*hidden
	if rows.pixel == 4 {
		all = append(all, &hidden{first: 3, width: 1, magics: []byte("stealth_pnginfostealth_pngcomp")})
	}
	all = append(all, &hidden{first: 0, width: 3, magics: []byte("stealth_rgbinfostealth_rgbcomp")})
	all = slices.DeleteFunc(all, func(h *hidden) bool {
		h.height, h.bits = rows.height, -1
		return rows.width*rows.height*h.width < stealthHead
	})
	for y := range rows.height {
		row, err := rows.next()
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(h *hidden) bool { return !h.peek(row, y, rows.pixel) })
		if len(all) == 0 {
			return nil, nil
		}
		for _, h := range all {
			if (y+1)*h.width >= stealthHead || y == rows.height-1 {
				h.bits = int(binary.BigEndian.Uint32(h.head[stealthMagic/8:]))
				return h, nil
			}
		}
	}
	return nil, nil
}

// peek takes the bits of a row that belong to the magic and the length; false means that the magic is broken.
func (h *hidden) peek(row []byte, y, pixel int) bool {
	for x := 0; x*pixel < len(row); x++ {
		at := (x*h.height + y) * h.width
		if at >= stealthHead {
			break
		}
		for k := range h.width {
			bit := row[x*pixel+h.first+k] & 1
			h.head[(at+k)/8] |= bit << (7 - (at+k)%8)
			if i := at + k; i < stealthMagic && !h.fits(i, bit) {
				return false
			}
		}
	}
	h.early = append(h.early, bytes.Clone(row))
	return true
}

// fits strikes out the magics that a bit contradicts.
func (h *hidden) fits(i int, bit byte) bool {
	kept := h.magics[:0]
	for m := h.magics; len(m) > 0; m = m[stealthMagic/8:] {
		if m[i/8]>>(7-i%8)&1 == bit {
			kept = append(kept, m[:stealthMagic/8]...)
		}
	}
	h.magics = kept
	return len(kept) > 0
}

// collect takes the bits of the content from the rows already read and from those to come.
func (h *hidden) collect(rows *pngRows) error {
	h.content = make([]byte, (h.bits+7)/8)
	for y, row := range h.early {
		h.take(row, y, rows.pixel)
	}
	last := min(h.height, (stealthHead+h.bits+h.width-1)/h.width)
	for y := len(h.early); y < last; y++ {
		row, err := rows.next()
		if err != nil {
			return err
		}
		h.take(row, y, rows.pixel)
	}
	return nil
}

func (h *hidden) take(row []byte, y, pixel int) {
	for x := 0; x*pixel < len(row); x++ {
		at := (x*h.height+y)*h.width - stealthHead
		if at >= h.bits {
			return
		}
		for k := range h.width {
			if i := at + k; i >= 0 && i < h.bits {
				h.content[i/8] |= row[x*pixel+h.first+k] & 1 << (7 - i%8)
			}
		}
	}
}

// stealthText unpacks what was found and keeps it as a record.
func (c *collector) stealthText(h *hidden) error {
	content := h.content[:h.bits/8]
	if bytes.HasSuffix(h.magics, []byte("comp")) {
		z, err := gzip.NewReader(bytes.NewReader(content))
		if err != nil {
			c.note(NoteUnreadable)
			return nil
		}
		// One byte beyond the budget lets add find the limit.
		unpacked, err := io.ReadAll(io.LimitReader(z, c.text+1))
		if err != nil {
			c.note(NoteUnreadable)
			return nil
		}
		content = unpacked
	}
	return c.add("png:stealth", "stealth", decodeText(content))
}
