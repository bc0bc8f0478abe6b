package genmeta

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
)

func TestAVIFItemsAreRead(t *testing.T) {
	packet := xmpPacket(`xmp:CreatorTool="Draw Things"`, "")
	for name, block := range map[string][]byte{"a bare TIFF block": tiffOfDuck(), "a TIFF block with a prefix": append([]byte(exifPrefix), tiffOfDuck()...)} {
		t.Run(name, func(t *testing.T) {
			c := collected(t, avifOf(block, packet), "image/avif")
			holds(t, c, "avif:exif.UserComment", "UserComment", duckText)
			holds(t, c, "avif:xmp.xmp.CreatorTool", "xmp:xmp:CreatorTool", "Draw Things")
			noted(t, c)
		})
	}
}

func TestTheTIFFBlockOfAnItemIsFound(t *testing.T) {
	block := tiffOfDuck()
	for name, b := range map[string][]byte{
		"stated offset zero":             append([]byte{0, 0, 0, 0}, block...),
		"stated offset of the prefix":    append([]byte("\x00\x00\x00\x06"+exifPrefix), block...),
		"a prefix that is not counted":   append([]byte("\x00\x00\x00\x00"+exifPrefix), block...),
		"no offset at all":               block,
		"an offset beyond, and a prefix": append([]byte("\xFF\xFF\xFF\xFF"+exifPrefix), block...),
	} {
		if e, ok := ParseExif(exifItem(b)); !ok || string(e.Comment) != duckText {
			t.Errorf("%s: %v", name, ok)
		}
	}
	for _, b := range [][]byte{nil, {0}, {0, 0, 0, 1}, {0, 0, 0, 9, 1}} {
		if _, ok := ParseExif(exifItem(b)); ok {
			t.Errorf("% x is no TIFF block", b)
		}
	}
}

func TestTheIndexOfAStillSaysWhereEverythingIs(t *testing.T) {
	b := avifOf(tiffOfDuck(), xmpPacket("", ""))
	s, err := ReadStills(bytes.NewReader(b), int64(len(b)))
	if err != nil || s.Primary != 1 || len(s.Items) != 3 {
		t.Fatalf("%+v, %v", s, err)
	}
	it, ok := s.Item(s.Primary)
	if !ok || it.Type != "av01" || len(it.Extents) != 1 || string(b[it.Extents[0].Offset:it.Extents[0].End()]) != "pixels" {
		t.Errorf("primary item %+v", it)
	}
	if len(it.Properties) != 2 || it.Properties[0].Name != "ispe" || it.Properties[1].Name != "irot" {
		t.Fatalf("properties %+v", it.Properties)
	}
	size, turn := b[it.Properties[0].Offset:it.Properties[0].End()], b[it.Properties[1].Offset:it.Properties[1].End()]
	if w, h := binary.BigEndian.Uint32(size[4:]), binary.BigEndian.Uint32(size[8:]); w != 720 || h != 1280 || !bytes.Equal(turn, []byte{3}) {
		t.Errorf("size %d x %d, turn % x", w, h, turn)
	}
	if _, ok := s.Item(9); ok {
		t.Error("an item that does not exist is found")
	}
	if x, _ := s.Item(3); x.Content != "application/rdf+xml" || len(x.Extents) != 1 {
		t.Errorf("XMP item %+v", x)
	}
}

// bigIndex has item numbers of 32 bits, offsets of eight bytes with a base, and properties with wide numbers.
func bigIndex(payload []byte) []byte {
	be := binary.BigEndian
	ftyp := box("ftyp", []byte("heic"))
	at := uint64(len(ftyp) + 8)
	place := append([]byte{2, 0, 0, 0, 0x88, 0x84}, 0, 0, 0, 1) // version 2, one item; index numbers of four bytes
	place = append(place, 0, 1, 0, 0, 0, 0, 0, 0)               // item 65536, method 0, data reference 0
	place = be.AppendUint64(place, at-5)
	place = append(place, 0, 1, 0, 0, 0, 9)
	place = be.AppendUint64(be.AppendUint64(place, 5), uint64(len(payload)))
	name := box("infe", []byte{3, 0, 0, 0, 0, 1, 0, 0, 0, 0}, []byte("Exif\x00"))
	wide := append([]byte{1, 0, 0, 1}, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0x80, 1)
	meta := box("meta", make([]byte, 4), box("pitm", []byte{1, 0, 0, 0, 0, 1, 0, 0}), box("iinf", []byte{1, 0, 0, 0, 0, 0, 0, 1}, name),
		box("iloc", place), box("iprp", box("ipco", box("irot", []byte{1})), box("ipma", wide)))
	return bytes.Join([][]byte{ftyp, box("mdat", payload), meta}, nil)
}

func TestALargeIndexIsRead(t *testing.T) {
	b := bigIndex(append([]byte{0, 0, 0, 0}, tiffOfDuck()...))
	c := collected(t, b, "image/avif")
	holds(t, c, "avif:exif.UserComment", "UserComment", duckText)
	noted(t, c)
	s, err := ReadStills(bytes.NewReader(b), int64(len(b)))
	if err != nil || s.Primary != 65536 || len(s.Items) != 1 || len(s.Items[0].Properties) != 1 || s.Items[0].Properties[0].Name != "irot" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestAnItemUpToTheEndOfTheFileIsRead(t *testing.T) {
	b := []byte("....the rest")
	c := newCollector(bytes.NewReader(b), int64(len(b)), Hint{})
	if got, err := c.item(Item{Extents: []Part{{Offset: 4}}}); err != nil || string(got) != "the rest" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := c.item(Item{Extents: []Part{{Offset: 40}}}); err != ErrTruncated || got != nil {
		t.Errorf("beyond the end: %q, %v", got, err)
	}
}

func TestAnItemBuiltFromOtherItemsHasNoPlace(t *testing.T) {
	b := avifOf(tiffOfDuck(), xmpPacket("", ""))
	at := bytes.Index(b, []byte("iloc")) + 4 + 8 + 16 + 3 // the method of the second item
	b[at] = 2
	s, err := ReadStills(bytes.NewReader(b), int64(len(b)))
	if it, _ := s.Item(2); err != nil || it.Type != "Exif" || len(it.Extents) > 0 {
		t.Errorf("%+v, %v", it, err)
	}
}

func TestAnIndexBeyondTheLimitIsNotRead(t *testing.T) {
	b := box("meta", make([]byte, maxText+1))
	if _, err := ReadStills(bytes.NewReader(b), int64(len(b))); err != ErrLimit {
		t.Errorf("got %v", err)
	}
	// Items of no size with 65,535 extents each cost no bytes of the index.
	place := []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}
	for range 20_000 {
		place = append(place, 0, 1, 0, 0, 0xFF, 0xFF)
	}
	b = box("meta", make([]byte, 4), box("iinf", []byte{0, 0, 0, 0, 0, 1}, box("infe", []byte("\x02\x00\x00\x00\x00\x01\x00\x00av01\x00"))), box("iloc", place))
	s, err := ReadStills(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(s.Items) != 1 || len(s.Items[0].Extents) > 0 {
		t.Errorf("%v, %d items", err, len(s.Items))
	}
}

func TestAHostileIndexGivesANote(t *testing.T) {
	whole := avifOf(tiffOfDuck(), xmpPacket("", ""))
	patch := func(mark string, skip int, with ...byte) []byte {
		b := slices.Clone(whole)
		copy(b[bytes.Index(b, []byte(mark))+skip:], with)
		return b
	}
	for _, c := range []struct {
		name string
		b    []byte
		note string
	}{
		{"no index", box("ftyp", []byte("avif")), NoteUnreadable},
		{"an index cut short", whole[:len(whole)-9], NoteTruncated},
		{"a place beyond the file", patch("iloc", 36, 0x7F, 0xFF), NoteTruncated},
		{"a box in the index beyond it", patch("iprp", -4, 0x7F), NoteTruncated},
		{"an index of two bytes", append(box("ftyp", []byte("avif")), box("meta", []byte{0, 0})...), NoteUnreadable},
	} {
		t.Run(c.name, func(t *testing.T) { noted(t, collected(t, c.b, "image/avif"), c.note) })
	}
	t.Run("counts without end cost nothing", func(t *testing.T) {
		for _, mark := range []string{"iloc", "ipma", "iinf"} {
			b := patch(mark, 4, 2, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
			if s, err := ReadStills(bytes.NewReader(b), int64(len(b))); err == nil && len(s.Items) > 3 {
				t.Errorf("%s gives %d items", mark, len(s.Items))
			}
		}
	})
}
