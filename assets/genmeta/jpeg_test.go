package genmeta

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

func exifSegment(block []byte) []byte { return segment(0xE1, append([]byte(exifPrefix), block...)) }

func TestExifThatFillsSeveralSegmentsIsJoined(t *testing.T) {
	long := strings.Repeat("鸭 and more ", 12_000)
	block := tiff(binary.LittleEndian, 0x9286, true, []byte(long))
	c := collected(t, jpegOf(exifSegment(block[:60_000]), exifSegment(block[60_000:120_000]), exifSegment(block[120_000:])), "image/jpeg")
	holds(t, c, "jpeg:exif.UserComment", "UserComment", long)
	noted(t, c)
	t.Run("and noted when a segment is missing", func(t *testing.T) {
		c := collected(t, jpegOf(exifSegment(block[:60_000]), exifSegment(block[60_000:120_000])), "image/jpeg")
		noted(t, c, NoteTruncated)
		if len(c.texts) > 0 {
			t.Errorf("got %v", sources(c))
		}
	})
}

func TestEveryCharacterCodeOfACommentIsRead(t *testing.T) {
	be := binary.BigEndian
	for _, c := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"ASCII", []byte("ASCII\x00\x00\x00a duck"), "a duck"},
		{"ASCII with UTF-8 behind it", []byte("ASCII\x00\x00\x00鸭"), "鸭"},
		{"ASCII in small letters", []byte("ascii\x00\x00\x00a duck"), "a duck"},
		{"JIS", []byte("JIS\x00\x00\x00\x00\x00\x1B$B%\"%R%k\x1B(B duck"), "アヒル duck"},
		{"JIS with plain text", []byte("JIS\x00\x00\x00\x00\x00duck"), "duck"},
		{"undefined", []byte("\x00\x00\x00\x00\x00\x00\x00\x00a duck"), "a duck"},
		{"none", []byte("a duck"), "a duck"},
		{"none, filled up with NULs", []byte("a duck\x00\x00\x00\x00"), "a duck"},
		{"none, UTF-16 with the high byte first", utf16Text(be, "两只鸭子在河边，金色的光")[8:], "两只鸭子在河边，金色的光"},
		{"none, UTF-16 with the low byte first", utf16Text(binary.LittleEndian, "两只鸭子在河边，金色的光")[8:], "两只鸭子在河边，金色的光"},
		{"UNICODE with a byte order mark", append([]byte("UNICODE\x00\xFF\xFE"), utf16Text(binary.LittleEndian, "鸭a")[8:]...), "鸭a"},
		{"none, Latin-1 whose bytes pair to Chinese", []byte("petits_caf\xE9s"), "petits_cafés"},
		{"none, Latin-1", []byte("un canard tr\xE8s d\xE9licat!!"), "un canard très délicat!!"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := collected(t, jpegOf(exifSegment(tiff(be, 0x9286, true, c.raw))), "image/jpeg")
			holds(t, got, "jpeg:exif.UserComment", "UserComment", c.want)
		})
	}
}

func TestEveryExifTagHasItsKey(t *testing.T) {
	xp := utf16Text(binary.LittleEndian, "鸭 duck")[8:]
	for _, c := range []struct {
		tag  uint16
		key  string
		raw  string
		want string
	}{
		{0x010D, "DocumentName", "doc\x00", "doc"}, {0x010E, "ImageDescription", "\x00\x00\x00\x00{}\x00", "{}"}, {0x010F, "Make", "workflow:{}\x00", "workflow:{}"},
		{0x0110, "Model", "prompt:{}", "prompt:{}"}, {0x0131, "Software", "NovelAI", "NovelAI"}, {0x013B, "Artist", "ai\x00", "ai"},
		{0x9C9B, "XPTitle", string(xp), "鸭 duck"}, {0x9C9C, "XPComment", string(xp), "鸭 duck"}, {0x9C9D, "XPAuthor", string(xp), "鸭 duck"},
		{0x9C9E, "XPKeywords", string(xp), "鸭 duck"}, {0x9C9F, "XPSubject", string(xp), "鸭 duck"},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			value := c.raw
			for len(value) < 5 { // up to four bytes would lie in the entry itself
				value += "\x00"
			}
			holds(t, collected(t, webpOf("EXIF", tiff(order, c.tag, false, []byte(value))), "image/webp"), "webp:exif."+c.key, c.key, c.want)
		}
	}
}

func TestABlankCommentYieldsToAFullOne(t *testing.T) {
	le := binary.LittleEndian
	b := tiff(le, 0x9286, true, []byte(duckText))
	// A second entry before the pointer to the Exif directory: UserComment of eight NULs, stored behind everything.
	blank := append([]byte("II*\x00\x08\x00\x00\x00\x02\x00"), 0x86, 0x92, 7, 0, 8, 0, 0, 0)
	blank = le.AppendUint32(blank, uint32(len(b)+12))
	b = append(append(blank, b[10:]...), make([]byte, 8)...)
	le.PutUint32(b[30:], 38) // the Exif directory moved by one entry
	le.PutUint32(b[38+10:], 38+18)
	e, ok := ParseExif(b)
	if !ok || string(e.Comment) != duckText {
		t.Errorf("got %.60q, %v", e.Comment, ok)
	}
}

func jumbfSegments(b []byte, sizes ...int) [][]byte {
	var out [][]byte
	head := b[:8]
	for i, rest := 1, b; len(rest) > 0; i++ {
		n := len(rest)
		if i <= len(sizes) {
			n = sizes[i-1]
		}
		body := binary.BigEndian.AppendUint32([]byte("JP\x00\x01"), uint32(i))
		if i > 1 {
			body = append(body, head...)
		}
		out = append(out, segment(0xEB, append(body, rest[:n]...)))
		rest = rest[n:]
	}
	return out
}

func TestAManifestInSeveralSegmentsIsJoined(t *testing.T) {
	parts := jumbfSegments(storeOf(t), 100, 333, 9)
	if len(parts) != 4 {
		t.Fatal(len(parts))
	}
	slices.Reverse(parts) // the packets are numbered
	c := collected(t, jpegOf(parts...), "image/jpeg")
	wantClaim(t, c, "jpeg:app11")
	noted(t, c)
	c = collected(t, jpegOf(parts[0], parts[1], parts[3]), "image/jpeg")
	noted(t, c, NoteUnreadable)
}

func TestXMPBeyondOneSegmentIsJoined(t *testing.T) {
	const id = "0123456789ABCDEF0123456789abcdef"
	prompt := strings.Repeat("a long prompt 鸭 ", 5000)
	whole := xmpPacket("", "<exif:UserComment><rdf:Alt><rdf:li xml:lang='x-default'>"+prompt+"</rdf:li></rdf:Alt></exif:UserComment>")
	part := func(id string, from, to int) []byte {
		b := binary.BigEndian.AppendUint32([]byte(xmpExtension+id), uint32(len(whole)))
		return segment(0xE1, append(binary.BigEndian.AppendUint32(b, uint32(from)), whole[from:to]...))
	}
	main := segment(0xE1, append([]byte(xmpPrefix), xmpPacket(`xmpNote:HasExtendedXMP="`+strings.ToLower(id)+`" xmp:CreatorTool="Draw Things"`, "")...))
	a, b := part(id, 0, 50_000), part(id, 50_000, len(whole))
	other := part(strings.Repeat("F", 32), 0, 10)
	for _, order := range [][][]byte{{main, a, b}, {b, other, a, main}} {
		c := collected(t, jpegOf(order...), "image/jpeg")
		holds(t, c, "jpeg:xmp.exif.UserComment", "xmp:exif:UserComment", strings.TrimSpace(prompt))
		holds(t, c, "jpeg:xmp.xmp.CreatorTool", "xmp:xmp:CreatorTool", "Draw Things")
		noted(t, c)
	}
	twice := [][]byte{main, part(id, 0, 50_000), part(id, 0, len(whole)-50_000)}
	for name, order := range map[string][][]byte{"a piece comes twice": twice, "a piece is missing": {main, a}, "the first piece is missing": {main, b}, "all are missing": {main}, "a piece is of another packet": {main, a, other}} {
		c := collected(t, jpegOf(order...), "image/jpeg")
		noted(t, c, NoteTruncated)
		if slices.Contains(sources(c), "jpeg:xmp.exif.UserComment") {
			t.Errorf("%s, yet there is a comment", name)
		}
	}
	c := collected(t, jpegOf(a, b), "image/jpeg")
	if len(c.texts) > 0 {
		t.Errorf("an extension that nothing names is read: %v", sources(c))
	}
}

func TestAJPEGKeepsWhatCameBeforeItBroke(t *testing.T) {
	b := jpegOf(exifSegment(tiff(binary.BigEndian, 0x9286, true, []byte(duckText))), segment(0xFE, []byte("a comment")))
	cut := b[:bytes.Index(b, []byte("a comment"))+3]
	c := collected(t, cut, "image/jpeg")
	holds(t, c, "jpeg:exif.UserComment", "UserComment", duckText)
	noted(t, c, NoteTruncated)
}
