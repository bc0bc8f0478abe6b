package genmeta

import (
	"bytes"
	"encoding/binary"
)

const exifPrefix = "Exif\x00\x00"

// Exif holds the few tags of a TIFF block (Exif 2.32 §4.6) that a generator uses, as raw bytes, and the orientation.
type Exif struct {
	Orientation int // 1–8; 1 when absent or out of range
	Order       binary.ByteOrder
	Document    []byte // DocumentName
	Description []byte // ImageDescription
	Make        []byte
	Model       []byte
	Software    []byte
	Artist      []byte
	Comment     []byte // UserComment, from either directory
	XPTitle     []byte // the XP tags are UTF-16, low byte first
	XPComment   []byte
	XPAuthor    []byte
	XPKeywords  []byte
	XPSubject   []byte
	cut         bool // a value pointed outside the block
}

// ParseExif reads a TIFF block without its "Exif" prefix; false means that it is none. Entries that point outside the
// block are left out.
func ParseExif(b []byte) (Exif, bool) {
	e := Exif{Orientation: 1}
	if !isTIFF(b) {
		return e, false
	}
	e.Order = binary.LittleEndian
	if b[0] == 'M' {
		e.Order = binary.BigEndian
	}
	sub := e.directory(b, e.Order.Uint32(b[4:]))
	if sub != 0 {
		e.directory(b, sub)
	}
	return e, true
}

func isTIFF(b []byte) bool {
	return len(b) >= 8 && (string(b[:4]) == "II*\x00" || string(b[:4]) == "MM\x00*")
}

// directory reads one IFD and gives the offset of the Exif directory, if it names one.
func (e *Exif) directory(b []byte, off uint32) (sub uint32) {
	if uint64(off)+2 > uint64(len(b)) {
		e.cut = true
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
		default:
			if to := e.place(tag); to != nil {
				e.keep(to, b, entry)
			}
		}
	}
	return sub
}

// place is where the value of a tag goes; nil for a tag that no generator uses.
func (e *Exif) place(tag uint16) *[]byte {
	switch tag {
	case 0x010D:
		return &e.Document
	case 0x010E:
		return &e.Description
	case 0x010F:
		return &e.Make
	case 0x0110:
		return &e.Model
	case 0x0131:
		return &e.Software
	case 0x013B:
		return &e.Artist
	case 0x9286:
		return &e.Comment
	case 0x9C9B:
		return &e.XPTitle
	case 0x9C9C:
		return &e.XPComment
	case 0x9C9D:
		return &e.XPAuthor
	case 0x9C9E:
		return &e.XPKeywords
	case 0x9C9F:
		return &e.XPSubject
	}
	return nil
}

// keep stores the value of a byte-sized entry, the first one that is not blank winning.
func (e *Exif) keep(to *[]byte, b, entry []byte) {
	switch e.Order.Uint16(entry[2:]) {
	case 1, 2, 7, 129: // BYTE, ASCII, UNDEFINED, UTF-8
	default:
		return
	}
	n, at := uint64(e.Order.Uint32(entry[4:])), uint64(e.Order.Uint32(entry[8:]))
	if n == 0 || len(bytes.Trim(*to, "\x00 ")) > 0 {
		return
	}
	if n <= 4 {
		*to = entry[8 : 8+n]
		return
	}
	if at+n > uint64(len(b)) {
		e.cut = true
		return
	}
	*to = b[at : at+n]
}

// exif takes the records of a TIFF block found in the container named by where.
func (c *collector) exif(where string, b []byte) {
	e, ok := ParseExif(b)
	if !ok {
		c.note(NoteUnreadable)
		return
	}
	if e.cut {
		c.note(NoteTruncated)
	}
	where += ":exif."
	for _, t := range []struct {
		name string
		raw  []byte
	}{{"ImageDescription", e.Description}, {"Make", e.Make}, {"Model", e.Model}, {"Software", e.Software},
		{"DocumentName", e.Document}, {"Artist", e.Artist}} {
		if t.raw != nil {
			c.addNoted(where+t.name, t.name, decodeText(t.raw))
		}
	}
	if e.Comment != nil {
		c.addNoted(where+"UserComment", "UserComment", decodeComment(e.Comment, e.Order))
	}
	for _, t := range []struct {
		name string
		raw  []byte
	}{{"XPTitle", e.XPTitle}, {"XPComment", e.XPComment}, {"XPAuthor", e.XPAuthor}, {"XPKeywords", e.XPKeywords}, {"XPSubject", e.XPSubject}} {
		if t.raw != nil {
			c.addNoted(where+t.name, t.name, decodeWide(t.raw, binary.LittleEndian))
		}
	}
}
