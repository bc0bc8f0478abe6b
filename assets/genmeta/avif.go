package genmeta

import (
	"bytes"
	"io"
	"slices"
)

// Item is one item of a still in the ISO base media container (ISO/IEC 23008-12): a picture, a tile, an Exif block.
type Item struct {
	ID         uint32
	Type       string // "av01", "grid", "Exif", "mime" …
	Content    string // media type of a "mime" item
	Extents    []Part // where its bytes lie; empty when they are built from other items
	Properties []Part // its property boxes in order, "ispe" and "irot" among them; bodies without the box's head
}

// Stills is the index of an AVIF or HEIF file: its items, and which of them is the picture to show.
type Stills struct {
	Primary uint32
	Items   []Item
}

// Item gives the item of an identifier.
func (s *Stills) Item(id uint32) (Item, bool) {
	i := slices.IndexFunc(s.Items, func(it Item) bool { return it.ID == id })
	if i < 0 {
		return Item{}, false
	}
	return s.Items[i], true
}

// ReadStills reads the index of an AVIF or HEIF file: its top-level meta box (ISO/IEC 14496-12 §8.11). Without one the
// error is ErrMalformed; an index beyond 16 MiB is ErrLimit.
func ReadStills(r io.ReaderAt, size int64) (Stills, error) {
	var meta Part
	err := WalkBoxes(r, 0, size, func(p Part) error {
		if p.Name != "meta" {
			return nil
		}
		meta = p
		return ErrStop
	})
	if err != nil {
		return Stills{}, err
	}
	return readStills(r, meta)
}

func readStills(r io.ReaderAt, meta Part) (Stills, error) {
	var s Stills
	switch {
	case meta.Length < 4:
		return s, ErrMalformed
	case meta.Length > maxText:
		return s, ErrLimit
	}
	body := make([]byte, meta.Length)
	if err := readAt(r, meta.Offset, body); err != nil {
		return s, err
	}
	x := &stillIndex{at: meta.Offset + 4, boxes: map[string]span{}}
	if err := x.split(body[4:]); err != nil {
		return s, err
	}
	if b := (cursor{b: x.boxes["pitm"].body}); len(b.b) > 0 {
		s.Primary = uint32(b.number(2 + 2*min(1, int(b.version()))))
	}
	s.Items = x.names()
	byID := make(map[uint32]*Item, len(s.Items))
	for i := range s.Items {
		byID[s.Items[i].ID] = &s.Items[i]
	}
	x.places(byID)
	x.properties(byID)
	return s, nil
}

// stillIndex holds the boxes of a meta box, each with its place in the file.
type stillIndex struct {
	at    int64
	boxes map[string]span
}

type span struct {
	body []byte
	at   int64 // offset of the body in the file
}

// split finds the boxes of the index; of several with one name the first counts.
func (x *stillIndex) split(b []byte) error {
	return WalkBoxes(bytes.NewReader(b), 0, int64(len(b)), func(p Part) error {
		if _, held := x.boxes[p.Name]; !held && len(x.boxes) < 100 {
			x.boxes[p.Name] = span{body: b[p.Offset:p.End()], at: x.at + p.Offset}
		}
		return nil
	})
}

// names reads iinf: what the items are (ISO/IEC 14496-12 §8.11.6).
func (x *stillIndex) names() []Item {
	c := cursor{b: x.boxes["iinf"].body}
	if c.version() == 0 {
		c.number(2)
	} else {
		c.number(4)
	}
	var items []Item
	_ = eachBox(c.b, func(name string, body []byte) error {
		e := cursor{b: body}
		v := e.version()
		if name != "infe" || v < 2 || v > 3 || len(items) >= maxNodes {
			return nil
		}
		it := Item{ID: uint32(e.number(2 * int(v-1)))}
		e.number(2)
		it.Type = string(e.take(4))
		if it.Type == "mime" {
			e.word()
			it.Content = e.word()
		}
		if !e.short {
			items = append(items, it)
		}
		return nil
	})
	return items
}

// places reads iloc: where the items lie, in the file or in the index's own data box (ISO/IEC 14496-12 §8.11.3).
func (x *stillIndex) places(items map[uint32]*Item) {
	c := cursor{b: x.boxes["iloc"].body}
	v := c.version()
	sizes := c.number(2)
	offsetSize, lengthSize, baseSize, indexSize := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	wide := 2
	if v == 2 {
		wide = 4
	}
	left := maxParts
	for n := c.number(wide); n > 0 && !c.short; n-- {
		id, method := uint32(c.number(wide)), uint64(0)
		if v > 0 {
			method = c.number(2) & 15
		}
		c.number(2)
		base := int64(c.number(baseSize))
		if method == 1 {
			base += x.boxes["idat"].at
		}
		var extents []Part
		for m := c.number(2); m > 0 && !c.short && left > 0; m-- {
			left--
			if v > 0 {
				c.number(indexSize)
			}
			p := Part{Name: "extent", Offset: base + int64(c.number(offsetSize)), Length: int64(c.number(lengthSize))}
			if p.Offset >= 0 && p.Length >= 0 {
				extents = append(extents, p)
			}
		}
		if it := items[id]; it != nil && method < 2 && !c.short {
			it.Extents = extents
		}
	}
}

// properties reads iprp: the boxes in ipco, and in ipma which item has which (ISO/IEC 23008-12 §9.3).
func (x *stillIndex) properties(items map[uint32]*Item) {
	in := x.boxes["iprp"]
	var all []Part
	var maps [][]byte
	_ = WalkBoxes(bytes.NewReader(in.body), 0, int64(len(in.body)), func(p Part) error {
		body := in.body[p.Offset:p.End()]
		switch p.Name {
		case "ipco":
			return WalkBoxes(bytes.NewReader(body), 0, int64(len(body)), func(q Part) error {
				q.Offset += in.at + p.Offset
				all = append(all, q)
				return nil
			})
		case "ipma":
			maps = append(maps, body)
		}
		return nil
	})
	for _, m := range maps {
		associate(items, all, m)
	}
}

func associate(items map[uint32]*Item, all []Part, body []byte) {
	c := cursor{b: body}
	v, wide := c.version(), 1
	if c.flags&1 == 1 {
		wide = 2
	}
	idSize := 2
	if v > 0 {
		idSize = 4
	}
	for n := c.number(4); n > 0 && !c.short; n-- {
		it := items[uint32(c.number(idSize))]
		for m := c.number(1); m > 0 && !c.short; m-- {
			// The highest bit says whether a reader must know the property.
			which := int(c.number(wide)) & (1<<(8*wide-1) - 1)
			if it != nil && !c.short && which >= 1 && which <= len(all) && len(it.Properties) < 100 {
				it.Properties = append(it.Properties, all[which-1])
			}
		}
	}
}

// cursor reads numbers and words from the front of a box; after its end everything is zero and short is set.
type cursor struct {
	b     []byte
	flags uint32
	short bool
}

func (c *cursor) take(n int) []byte {
	if n > len(c.b) {
		c.b, c.short = nil, true
		return nil
	}
	out := c.b[:n]
	c.b = c.b[n:]
	return out
}

// number reads a big-endian number of 0 to 8 bytes.
func (c *cursor) number(n int) uint64 {
	v := uint64(0)
	for _, b := range c.take(n) {
		v = v<<8 | uint64(b)
	}
	return v
}

// version reads the head of a full box.
func (c *cursor) version() byte {
	head := c.number(4)
	c.flags = uint32(head & 0xFFFFFF)
	return byte(head >> 24)
}

// word reads up to the next NUL.
func (c *cursor) word() string {
	for i, b := range c.b {
		if b == 0 {
			s := string(c.b[:i])
			c.b = c.b[i+1:]
			return s
		}
	}
	s := string(c.b)
	c.b = nil
	return s
}
