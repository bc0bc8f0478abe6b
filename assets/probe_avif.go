package assets

import (
	"encoding/binary"
	"io"

	"chouka/assets/genmeta"
)

// still is what the meta box of an AVIF file says of its primary item (ISO/IEC 23008-12 §6, ISO/IEC 14496-12 §8.11).
type still struct {
	r       io.ReaderAt
	primary uint32
	kind    string // item type of the primary item: av01, or grid for a picture in tiles
	shape   genmeta.Part
	props   []genmeta.Part // of ipco, in their order; their numbers begin with 1
	links   []int          // properties of the primary item
	whole   bool           // the primary item was named
}

// measureAVIF reads the picture's size from ispe and its turn from irot and imir. Nothing is decoded.
func measureAVIF(r io.ReaderAt, size int64, m *measured) error {
	s := &still{r: r}
	meta := false
	err := genmeta.WalkBoxes(r, 0, size, func(p genmeta.Part) error {
		switch {
		case p.Name == "meta" && !meta:
			meta = true
			// A part that overruns its parent lies; only the file itself can be cut off.
			if err := s.meta(p); err == genmeta.ErrTruncated {
				return genmeta.ErrMalformed
			} else if err != nil {
				return err
			}
		case p.Name == "moov":
			m.Animated = true
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case !meta:
		return genmeta.ErrTruncated
	}
	m.Codec, m.parted = "av1", s.kind != "av01"
	return s.measure(m)
}

func (s *still) meta(p genmeta.Part) error {
	if p.Length < 4 {
		return genmeta.ErrMalformed
	}
	if err := genmeta.WalkBoxes(s.r, p.Offset+4, p.End(), func(q genmeta.Part) error {
		switch q.Name {
		case "pitm":
			return s.named(q)
		case "iprp":
			return genmeta.WalkBoxes(s.r, q.Offset, q.End(), func(x genmeta.Part) error {
				if x.Name != "ipco" {
					return nil
				}
				return genmeta.WalkBoxes(s.r, x.Offset, x.End(), func(y genmeta.Part) error {
					if len(s.props) >= 1<<15 {
						return genmeta.ErrLimit
					}
					s.props = append(s.props, y)
					return nil
				})
			})
		}
		return nil
	}); err != nil {
		return err
	}
	// Once the primary item is known, in whatever order the boxes stand.
	return genmeta.WalkBoxes(s.r, p.Offset+4, p.End(), func(q genmeta.Part) error {
		switch q.Name {
		case "iinf":
			return s.items(q)
		case "iprp":
			return genmeta.WalkBoxes(s.r, q.Offset, q.End(), func(x genmeta.Part) error {
				if x.Name != "ipma" {
					return nil
				}
				return s.associations(x)
			})
		}
		return nil
	})
}

// named reads which item is the picture (pitm).
func (s *still) named(p genmeta.Part) error {
	b, err := read(s.r, p, 8)
	if err != nil {
		return err
	}
	switch {
	case len(b) >= 8 && b[0] > 0:
		s.primary = binary.BigEndian.Uint32(b[4:])
	case len(b) >= 6 && b[0] == 0:
		s.primary = uint32(binary.BigEndian.Uint16(b[4:]))
	default:
		return genmeta.ErrMalformed
	}
	s.whole = true
	return nil
}

// items looks for the type of the primary item (iinf, infe version 2 and 3).
func (s *still) items(p genmeta.Part) error {
	b, err := read(s.r, p, 4)
	if err != nil || len(b) < 4 {
		return err
	}
	head := int64(6)
	if b[0] > 0 {
		head = 8
	}
	if p.Length < head {
		return genmeta.ErrMalformed
	}
	return genmeta.WalkBoxes(s.r, p.Offset+head, p.End(), func(q genmeta.Part) error {
		b, err := read(s.r, q, 16)
		switch {
		case err != nil || q.Name != "infe":
			return err
		case len(b) >= 12 && b[0] == 2 && uint32(binary.BigEndian.Uint16(b[4:])) == s.primary:
			s.kind = string(b[8:12])
		case len(b) >= 14 && b[0] == 3 && binary.BigEndian.Uint32(b[4:]) == s.primary:
			s.kind = string(b[10:14])
		}
		return nil
	})
}

// associations reads which properties belong to the primary item (ipma).
func (s *still) associations(p genmeta.Part) error {
	b, err := read(s.r, p, 1<<20)
	if err != nil || len(b) < 8 {
		return err
	}
	wide, long := b[0] > 0, b[3]&1 == 1 // 32-bit item numbers; 15-bit property numbers
	count := binary.BigEndian.Uint32(b[4:])
	b = b[8:]
	for range count {
		id, n, rest, ok := association(b, wide)
		if !ok {
			return genmeta.ErrMalformed
		}
		b = rest
		for range n {
			var at int
			switch {
			case long && len(b) >= 2:
				at, b = int(binary.BigEndian.Uint16(b)&0x7FFF), b[2:]
			case !long && len(b) >= 1:
				at, b = int(b[0]&0x7F), b[1:]
			default:
				return genmeta.ErrMalformed
			}
			if id == s.primary && len(s.links) < 256 {
				s.links = append(s.links, at)
			}
		}
	}
	return nil
}

// association reads the head of one entry: the item and how many properties follow.
func association(b []byte, wide bool) (id uint32, n byte, rest []byte, ok bool) {
	switch {
	case wide && len(b) >= 5:
		return binary.BigEndian.Uint32(b), b[4], b[5:], true
	case !wide && len(b) >= 3:
		return uint32(binary.BigEndian.Uint16(b)), b[2], b[3:], true
	}
	return 0, 0, nil, false
}

// measure takes size and turn from the properties of the primary item.
func (s *still) measure(m *measured) error {
	turns, mirror := 0, -1
	for _, at := range s.links {
		if at < 1 || at > len(s.props) {
			continue
		}
		b, err := read(s.r, s.props[at-1], 12)
		if err != nil {
			return err
		}
		switch name := s.props[at-1].Name; {
		case name == "ispe" && len(b) == 12:
			m.Width, m.Height = int(min(binary.BigEndian.Uint32(b[4:]), 1<<30)), int(min(binary.BigEndian.Uint32(b[8:]), 1<<30))
		case name == "irot" && len(b) >= 1:
			turns = int(b[0] & 3)
		case name == "imir" && len(b) >= 1:
			mirror = int(b[0] & 1)
		}
	}
	if !s.whole || m.Width == 0 {
		return genmeta.ErrMalformed
	}
	m.Orientation = exifTurn(turns, mirror)
	return nil
}

// exifTurn gives the Exif orientation of so many quarter turns to the left and then a mirroring: -1 none, 0 top to
// bottom, 1 left to right (ISO/IEC 23008-12 §6.5.10 and §6.5.12, in the order MIAF prescribes).
func exifTurn(turns, mirror int) int {
	switch mirror {
	case 0:
		return [4]int{4, 5, 2, 7}[turns]
	case 1:
		return [4]int{2, 7, 4, 5}[turns]
	}
	return [4]int{1, 8, 3, 6}[turns]
}
