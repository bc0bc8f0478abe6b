package genmeta

import "encoding/binary"

const exifPrefix = "Exif\x00\x00"

// Exif holds the few tags of a TIFF block (Exif 2.32 §4.6) that a generator uses, as raw bytes, and the orientation.
type Exif struct {
	Orientation int // 1–8; 1 when absent or out of range
	Order       binary.ByteOrder
	Description []byte // ImageDescription
	Make        []byte
	Model       []byte
	Software    []byte
	Comment     []byte // UserComment, from either directory
}

// ParseExif reads a TIFF block without its "Exif" prefix; false means that it is none. Entries that point outside the
// block are left out.
func ParseExif(b []byte) (Exif, bool) {
	e := Exif{Orientation: 1}
	if len(b) < 8 {
		return e, false
	}
	switch string(b[:4]) {
	case "II*\x00":
		e.Order = binary.LittleEndian
	case "MM\x00*":
		e.Order = binary.BigEndian
	default:
		return e, false
	}
	sub := e.directory(b, e.Order.Uint32(b[4:]))
	if sub != 0 {
		e.directory(b, sub)
	}
	return e, true
}

// directory reads one IFD and gives the offset of the Exif directory, if it names one.
func (e *Exif) directory(b []byte, off uint32) (sub uint32) {
	if uint64(off)+2 > uint64(len(b)) {
		return 0
	}
	count := int(e.Order.Uint16(b[off:]))
	b12 := b[off+2:]
	for i := 0; i < count && len(b12) >= 12; i++ {
		entry := b12[:12]
		b12 = b12[12:]
		tag, kind := e.Order.Uint16(entry), e.Order.Uint16(entry[2:])
		switch tag {
		case 0x0112:
			if o := int(e.Order.Uint16(entry[8:])); kind == 3 && o >= 1 && o <= 8 {
				e.Orientation = o
			}
		case 0x8769:
			sub = e.Order.Uint32(entry[8:])
		case 0x010E:
			e.keep(&e.Description, b, entry)
		case 0x010F:
			e.keep(&e.Make, b, entry)
		case 0x0110:
			e.keep(&e.Model, b, entry)
		case 0x0131:
			e.keep(&e.Software, b, entry)
		case 0x9286:
			e.keep(&e.Comment, b, entry)
		}
	}
	return sub
}

// keep stores the value of a byte-sized entry, the first one winning.
func (e *Exif) keep(to *[]byte, b, entry []byte) {
	switch e.Order.Uint16(entry[2:]) {
	case 1, 2, 7, 129: // BYTE, ASCII, UNDEFINED, UTF-8
	default:
		return
	}
	n, at := uint64(e.Order.Uint32(entry[4:])), uint64(e.Order.Uint32(entry[8:]))
	if *to != nil || n == 0 {
		return
	}
	if n <= 4 {
		*to = entry[8 : 8+n]
		return
	}
	if at+n <= uint64(len(b)) {
		*to = b[at : at+n]
	}
}

// exif takes the records of a TIFF block found in the container named by where.
func (c *collector) exif(where string, b []byte) {
	e, ok := ParseExif(b)
	if !ok {
		c.note(NoteUnreadable)
		return
	}
	where += ":exif."
	for _, t := range []struct {
		name string
		raw  []byte
	}{{"ImageDescription", e.Description}, {"Make", e.Make}, {"Model", e.Model}, {"Software", e.Software}} {
		if t.raw != nil {
			c.addNoted(where+t.name, t.name, decodeText(t.raw))
		}
	}
	if e.Comment != nil {
		c.addNoted(where+"UserComment", "UserComment", decodeComment(e.Comment, e.Order))
	}
}
