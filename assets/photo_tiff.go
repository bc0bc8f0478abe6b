package assets

import (
	"encoding/binary"
	"strings"
)

// Tags of the directories that a photo's block has besides the first.
const (
	tagExif = 0x8769
	tagGPS  = 0x8825
)

// maxDirectories is how many directories of one block are read, so that a ring of them ends.
const maxDirectories = 16

// tiff is an Exif block (TIFF 6.0 §2). Nothing in it is believed: what points outside is not there.
type tiff struct {
	b     []byte
	order binary.ByteOrder
	first uint32
}

func newTIFF(b []byte) (tiff, bool) {
	if len(b) < 8 || string(b[:4]) != "II*\x00" && string(b[:4]) != "MM\x00*" {
		return tiff{}, false
	}
	t := tiff{b: b, order: binary.LittleEndian}
	if b[0] == 'M' {
		t.order = binary.BigEndian
	}
	t.first = t.order.Uint32(b[4:])
	return t, true
}

// directory is the entries of one IFD, 12 bytes each; as many of them as there are bytes for.
func (t tiff) directory(off uint32) []byte {
	if off < 8 || uint64(off)+2 > uint64(len(t.b)) {
		return nil
	}
	n := uint64(t.order.Uint16(t.b[off:]))
	rest := t.b[off+2:]
	return rest[:min(n, uint64(len(rest))/12)*12]
}

// next is the offset that stands behind the entries of an IFD; 0: none.
func (t tiff) next(off uint32) uint32 {
	at := uint64(off) + 2 + uint64(len(t.directory(off)))
	if off < 8 || at+4 > uint64(len(t.b)) {
		return 0
	}
	return t.order.Uint32(t.b[at:])
}

func (t tiff) entry(dir []byte, tag uint16) []byte {
	for ; len(dir) >= 12; dir = dir[12:] {
		if t.order.Uint16(dir) == tag {
			return dir[:12]
		}
	}
	return nil
}

// pointer is the offset of a further directory; 0: none.
func (t tiff) pointer(dir []byte, tag uint16) uint32 {
	if e := t.entry(dir, tag); e != nil {
		return t.order.Uint32(e[8:])
	}
	return 0
}

// value is the bytes of an entry, wherever they stand; nil where they would be outside.
func (t tiff) value(e []byte) []byte {
	if e == nil {
		return nil
	}
	size := uint64(0)
	switch t.order.Uint16(e[2:]) {
	case 1, 2, 6, 7, 129: // BYTE, ASCII, SBYTE, UNDEFINED, UTF-8
		size = 1
	case 3, 8: // SHORT, SSHORT
		size = 2
	case 4, 9, 11, 13: // LONG, SLONG, FLOAT, IFD
		size = 4
	case 5, 10, 12: // RATIONAL, SRATIONAL, DOUBLE
		size = 8
	}
	size *= uint64(t.order.Uint32(e[4:]))
	if size <= 4 {
		return e[8 : 8+size]
	}
	at := uint64(t.order.Uint32(e[8:]))
	if at+size > uint64(len(t.b)) {
		return nil
	}
	return t.b[at : at+size]
}

// text is a string up to its NUL.
func (t tiff) text(dir []byte, tag uint16) string {
	v := t.value(t.entry(dir, tag))
	s, _, _ := strings.Cut(string(v[:min(len(v), 1024)]), "\x00")
	return s
}

// position reads latitude and longitude (Exif 2.32 §4.6.6); a receiver that had no fix gives none.
func (t tiff) position(dir []byte) (lat, lon float64, ok bool) {
	lat, ok1 := t.angle(dir, 2, 90)
	lon, ok2 := t.angle(dir, 4, 180)
	if !ok1 || !ok2 || lat == 0 && lon == 0 || t.text(dir, 9) == "V" {
		return 0, 0, false
	}
	if t.text(dir, 1) == "S" {
		lat = -lat
	}
	if t.text(dir, 3) == "W" {
		lon = -lon
	}
	return lat, lon, true
}

// angle is degrees, minutes and seconds as three fractions.
func (t tiff) angle(dir []byte, tag uint16, most float64) (float64, bool) {
	v := t.value(t.entry(dir, tag))
	if len(v) != 24 {
		return 0, false
	}
	sum, unit := 0.0, 1.0
	for ; len(v) >= 8; v = v[8:] {
		over := t.order.Uint32(v[4:])
		if over == 0 {
			return 0, false
		}
		sum += float64(t.order.Uint32(v)) / float64(over) / unit
		unit *= 60
	}
	return sum, sum <= most
}

// directories visits the first directory, those chained behind it, and the Exif directory of each.
func (t tiff) directories(visit func(dir []byte)) {
	seen := map[uint32]bool{}
	queue := []uint32{t.first}
	for len(queue) > 0 && len(seen) < maxDirectories {
		off := queue[0]
		queue = queue[1:]
		if seen[off] {
			continue
		}
		seen[off] = true
		dir := t.directory(off)
		visit(dir)
		queue = append(queue, t.next(off), t.pointer(dir, tagExif))
	}
}

// forget empties every GPS directory and the values of its entries, in place. It reports whether there was one.
func (t tiff) forget() bool {
	var at []uint32
	t.directories(func(dir []byte) {
		if off := t.pointer(dir, tagGPS); t.directory(off) != nil {
			at = append(at, off)
		}
	})
	done := false
	for _, off := range at {
		dir := t.directory(off)
		for e := dir; len(e) >= 12; e = e[12:] {
			clear(t.value(e[:12]))
		}
		done = done || len(dir) > 0
		clear(dir)
		clear(t.b[off : off+2]) // no entries
	}
	return done
}
