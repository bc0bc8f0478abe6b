package genmeta

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// segments gathers what a JPEG file spreads over several segments, because one holds at most 64 KiB.
type segments struct {
	exif     [][]byte // TIFF blocks; a segment without a TIFF header goes on with the block before
	packets  [][]byte // XMP
	extended []piece  // XMP beyond the first packet, by identifier
	boxes    []piece  // JUMBF, by number of the box
}

// piece is a part of something longer and its place in it.
type piece struct {
	of    string
	place uint32
	whole uint32 // length of the whole in bytes, where it is stated
	body  []byte
}

func (c *collector) collectJPEG() error {
	var s segments
	err := WalkJPEG(c.r, c.size, func(p Part) error {
		switch p.Name {
		case "SOS", "EOI":
			return ErrStop
		case "APP1", "APP11", "COM":
		default:
			return nil
		}
		body, err := c.body(p)
		if err != nil {
			return err
		}
		switch p.Name {
		case "COM":
			return c.add("jpeg:com", "comment", decodeText(body))
		case "APP11":
			s.jumbf(body)
		default:
			s.app1(body)
		}
		return nil
	})
	// What came whole before a broken end is still told.
	if more := c.joined(&s); err == nil {
		err = more
	}
	return err
}

func (s *segments) app1(body []byte) {
	if block, ok := bytes.CutPrefix(body, []byte(exifPrefix)); ok {
		if n := len(s.exif); n > 0 && !isTIFF(block) {
			s.exif[n-1] = append(s.exif[n-1], block...)
		} else {
			s.exif = append(s.exif, block)
		}
	}
	if packet, ok := bytes.CutPrefix(body, []byte(xmpPrefix)); ok {
		s.packets = append(s.packets, packet)
	}
	// Identifier (32 hexadecimal digits), length of the whole, offset in it (XMP specification part 3, §1.1.3.1).
	if more, ok := bytes.CutPrefix(body, []byte(xmpExtension)); ok && len(more) >= 40 {
		s.extended = append(s.extended, piece{of: strings.ToUpper(string(more[:32])), whole: binary.BigEndian.Uint32(more[32:]),
			place: binary.BigEndian.Uint32(more[36:]), body: more[40:]})
	}
}

// jumbf takes one segment: "JP", number of the box, number of the packet, then the box, whose head every packet repeats
// (ISO/IEC 19566-5 §D.2).
func (s *segments) jumbf(body []byte) {
	if len(body) >= 16 && string(body[:2]) == "JP" {
		s.boxes = append(s.boxes, piece{of: string(body[2:4]), place: binary.BigEndian.Uint32(body[4:]), body: body[8:]})
	}
}

// joined reads what the segments gave together.
func (c *collector) joined(s *segments) error {
	for _, block := range s.exif {
		c.exif("jpeg", block)
	}
	for _, packet := range s.packets {
		if err := c.xmp("jpeg", packet); err != nil {
			return err
		}
	}
	if id := c.extendedXMP(); id != "" {
		if whole, ok := s.extension(id); !ok {
			c.note(NoteTruncated)
		} else if err := c.xmp("jpeg", whole); err != nil {
			return err
		}
	}
	slices.SortStableFunc(s.boxes, func(a, b piece) int { return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.place, b.place)) })
	for len(s.boxes) > 0 {
		c.manifest("jpeg:app11", s.box())
	}
	return nil
}

// box takes the first JUMBF box out of the sorted pieces.
func (s *segments) box() []byte {
	first := s.boxes[0]
	head := 8
	if binary.BigEndian.Uint32(first.body) == 1 {
		head = 16
	}
	whole := slices.Clone(first.body)
	for s.boxes = s.boxes[1:]; len(s.boxes) > 0 && s.boxes[0].of == first.of; s.boxes = s.boxes[1:] {
		whole = append(whole, s.boxes[0].body[min(head, len(s.boxes[0].body)):]...)
	}
	return whole
}

// extension joins the pieces of an extended packet; false means that one is missing.
func (s *segments) extension(id string) ([]byte, bool) {
	pieces := slices.DeleteFunc(s.extended, func(p piece) bool { return p.of != id })
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.place, b.place) })
	var whole []byte
	for _, p := range pieces {
		if int64(p.place) != int64(len(whole)) {
			return nil, false
		}
		whole = append(whole, p.body...)
	}
	return whole, len(whole) > 0 && int64(len(whole)) == int64(pieces[0].whole)
}
