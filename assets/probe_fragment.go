package assets

import (
	"encoding/binary"

	"chouka/assets/genmeta"
)

// extends reads the frame lengths that fragments fall back on (ISO/IEC 14496-12 §8.8.3, trex).
func (f *film) extends(mvex genmeta.Part) error {
	return genmeta.WalkBoxes(f.r, mvex.Offset, mvex.End(), func(p genmeta.Part) error {
		if p.Name != "trex" || len(f.usual) > 100 {
			return nil
		}
		b, err := read(f.r, p, 24)
		if err != nil || len(b) < 16 {
			return err
		}
		f.usual[binary.BigEndian.Uint32(b[4:])] = binary.BigEndian.Uint32(b[12:])
		return nil
	})
}

// fragment adds the frames of one moof box to the picture track (§8.8.4–8.8.8).
func (f *film) fragment(moof genmeta.Part) error {
	return genmeta.WalkBoxes(f.r, moof.Offset, moof.End(), func(p genmeta.Part) error {
		if p.Name != "traf" {
			return nil
		}
		ours, usual := false, uint32(0)
		return genmeta.WalkBoxes(f.r, p.Offset, p.End(), func(q genmeta.Part) (err error) {
			switch q.Name {
			case "tfhd":
				ours, usual, err = f.fragmentHeader(q)
			case "trun":
				if ours {
					err = f.run(q, usual)
				}
			}
			return err
		})
	})
}

// fragmentHeader says whether the fragment belongs to the picture track, and its usual frame length.
func (f *film) fragmentHeader(p genmeta.Part) (ours bool, usual uint32, err error) {
	b, err := read(f.r, p, 32)
	if err != nil || len(b) < 8 {
		return false, 0, err
	}
	flags, id := binary.BigEndian.Uint32(b)&0xFFFFFF, binary.BigEndian.Uint32(b[4:])
	usual = f.usual[id]
	at := 8
	if flags&1 != 0 { // base-data-offset
		at += 8
	}
	if flags&2 != 0 { // sample-description-index
		at += 4
	}
	if flags&8 != 0 && len(b) >= at+4 {
		usual = binary.BigEndian.Uint32(b[at:])
	}
	return id == f.video.id, usual, nil
}

// run adds the frames of one trun box, each with its own length or with the usual one.
func (f *film) run(p genmeta.Part, usual uint32) error {
	b, err := read(f.r, p, 8)
	if err != nil || len(b) < 8 {
		return err
	}
	flags, count := binary.BigEndian.Uint32(b), uint64(binary.BigEndian.Uint32(b[4:]))
	head, width := int64(8), 0
	for bit := uint32(1); bit <= 4; bit <<= 2 { // data-offset, first-sample-flags
		if flags&bit != 0 {
			head += 4
		}
	}
	for bit := uint32(0x100); bit <= 0x800; bit <<= 1 { // length, size, flags, shift of each frame
		if flags&bit != 0 {
			width += 4
		}
	}
	t := f.video
	switch {
	case count > maxIndex, p.Length > maxIndex:
		return genmeta.ErrLimit
	case int64(count)*int64(width) > p.Length-head:
		return genmeta.ErrMalformed
	}
	t.pieces += count
	if flags&0x100 == 0 {
		t.add(count, usual)
		return nil
	}
	return rows(f.r, p.Offset+head, int64(count)*int64(width), width, func(row []byte) error {
		t.add(1, binary.BigEndian.Uint32(row))
		return nil
	})
}
