package genmeta

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
)

func TestEveryFormOfAClipsMetadataIsRead(t *testing.T) {
	list := func(items ...[]byte) []byte { return box("ilst", items...) }
	freeform := box("----", box("mean", []byte("\x00\x00\x00\x00com.apple.iTunes")), box("name", []byte("\x00\x00\x00\x00prompt")),
		box("data", []byte{0, 0, 0, 1, 0, 0, 0, 0}, []byte(duckGraph)))
	wide := utf16Text(binary.BigEndian, "鸭 duck")[8:]
	keys := box("keys", []byte{0, 0, 0, 0, 0, 0, 0, 1}, box("mdta", []byte("prompt")))
	for _, c := range []struct {
		name, source, key, body string
		b                       []byte
	}{
		{"a comment in a list", "mp4:ilst.©cmt", "comment", duckText, box("moov", box("udta", box("meta", make([]byte, 4), list(ilstItem("\xA9cmt", 1, []byte(duckText))))))},
		{"the encoder in a list", "mp4:ilst.©too", "encoder", "Lavf60", box("moov", box("udta", box("meta", make([]byte, 4), list(ilstItem("\xA9too", 1, []byte("Lavf60"))))))},
		{"a name of one's own in a list", "mp4:ilst.----.prompt", "prompt", duckGraph, box("moov", box("udta", box("meta", make([]byte, 4), list(freeform))))},
		{"a list without hdlr and without version", "mp4:ilst.©cmt", "comment", "x", box("moov", box("meta", list(ilstItem("\xA9cmt", 1, []byte("x")))))},
		{"text in UTF-16", "mp4:ilst.©cmt", "comment", "鸭 duck", box("moov", box("meta", make([]byte, 4), list(ilstItem("\xA9cmt", 2, wide))))},
		{"text of no stated type", "mp4:mdta.prompt", "prompt", "{}", box("moov", box("meta", keys, list(ilstItem("\x00\x00\x00\x01", 0, []byte("{}")))))},
		{"a key with a domain", "mp4:mdta.com.apple.quicktime.comment", "comment", "鸭", box("moov", metaBox(false, "com.apple.quicktime.comment", "鸭"))},
		{"old user data", "mp4:udta.©cmt", "comment", "a duck", box("moov", box("udta", box("\xA9cmt", []byte("\x00\x06\x00\x00a duck"))))},
		{"a box named for the label", "mp4:udta.AIGC", "AIGC", innerLabel, box("moov", box("udta", box("AIGC", []byte(innerLabel))))},
		{"meta at the top", "mp4:mdta.prompt", "prompt", "p", metaBox(true, "prompt", "p")},
		{"a 64-bit index", "mp4:mdta.prompt", "prompt", "p", append(append([]byte{0, 0, 0, 1}, "moov"...), binary.BigEndian.AppendUint64(nil, uint64(len(metaBox(true, "prompt", "p"))+16))...)},
		{"an index up to the end", "mp4:mdta.prompt", "prompt", "p", append(append([]byte{0, 0, 0, 0}, "moov"...), metaBox(true, "prompt", "p")...)},
		{"a broken meta before a good one", "mp4:mdta.prompt", "prompt", "p", box("moov", box("meta", []byte("\x00\x00\x00\x05ilstxxxx")), box("udta", metaBox(true, "prompt", "p")))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "a 64-bit index" {
				c.b = append(c.b, metaBox(true, "prompt", "p")...)
			}
			got := collected(t, bytes.Join([][]byte{box("ftyp", []byte("isom")), box("mdat", make([]byte, 77)), c.b}, nil), "video/mp4")
			holds(t, got, c.source, c.key, c.body)
			if want := c.name == "a broken meta before a good one"; want != slices.Contains(got.result.Notes, NoteUnreadable) {
				t.Errorf("notes %v", got.result.Notes)
			}
		})
	}
}

func TestWhatIsNoTextInAClipIsOnlyNamed(t *testing.T) {
	keys := box("keys", []byte{0, 0, 0, 0, 0, 0, 0, 2}, box("mdta", []byte("cover")), box("mdta", []byte("raw")))
	c := collected(t, box("moov", box("meta", keys, box("ilst", ilstItem("\x00\x00\x00\x02", 0, []byte("\xFF\xFE\xFD"))))), "video/mp4")
	if noted(t, c); len(c.texts) > 0 {
		t.Errorf("bytes of no stated type became %v", c.texts)
	}
	c = collected(t, box("moov", box("meta", keys, box("ilst", ilstItem("\x00\x00\x00\x01", 13, []byte("\xFF\xD8\xFFpicture")),
		ilstItem("\x00\x00\x00\x02", 0, []byte{1, 2, 3}), ilstItem("\x00\x00\x00\x03", 1, []byte("no such key")), ilstItem("wflo", 1, []byte("stray copy"))))), "video/mp4")
	if len(c.texts) > 0 || len(c.result.Records) != 2 || c.result.Records[0].Name != "mp4:mdta.cover" {
		t.Errorf("texts %v, records %v", c.texts, c.result.Records)
	}
	noted(t, c)
}

func TestABoxInMemoryMayHaveA64BitSize(t *testing.T) {
	long := append([]byte("\x00\x00\x00\x01name\x00\x00\x00\x00\x00\x00\x00\x13abc"), box("next", []byte("d"))...)
	var got []string
	err := eachBox(long, func(name string, body []byte) error {
		got = append(got, name+"="+string(body))
		return nil
	})
	if err != nil || !slices.Equal(got, []string{"name=abc", "next=d"}) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, b := range []string{"\x00\x00\x00\x01name\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "\x00\x00\x00\x01name\x00\x00\x00\x00\x00\x00\x00\x0F", "\x00\x00\x00\x01name"} {
		if err := eachBox([]byte(b), func(string, []byte) error { return nil }); err != ErrMalformed {
			t.Errorf("%q: %v", b, err)
		}
	}
}

func TestTheWholeClipIsNeverRead(t *testing.T) {
	b := bytes.Join([][]byte{box("ftyp", []byte("isom")), box("mdat", make([]byte, 5<<20)), box("moov", box("udta", metaBox(true, "prompt", duckGraph)))}, nil)
	r := &counted{r: bytes.NewReader(b)}
	if got, err := Read(r, int64(len(b)), "video/mp4", Hint{}); err != nil || got.Fields[Model].Value != "duck.safetensors" {
		t.Fatalf("%+v, %v", got, err)
	}
	if r.bytes > 10_000 {
		t.Errorf("%d bytes were read", r.bytes)
	}
}

func TestAHostileClipGivesANote(t *testing.T) {
	deep := metaBox(true, "prompt", "p")
	for _, c := range []struct {
		name string
		b    []byte
		note string
	}{
		{"a box larger than its parent", box("moov", []byte{0, 0, 1, 0}, []byte("udta")), NoteTruncated},
		{"a 64-bit size beyond all measure", append([]byte{0, 0, 0, 1}, "moov\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"...), NoteTruncated},
		{"a negative 64-bit size", append([]byte{0, 0, 0, 1}, "moov\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"...), NoteUnreadable},
		{"a size smaller than its head", append([]byte{0, 0, 0, 7}, "moov....."...), NoteUnreadable},
		{"an index cut short", box("moov", deep)[:40], NoteTruncated},
		{"an item beyond its list", box("moov", box("meta", make([]byte, 4), box("ilst", []byte("\x00\x00\xFF\xFF\xA9cmt")))), NoteUnreadable},
		{"XMP that is none", box("uuid", []byte(uuidXMP), []byte("words")), NoteUnreadable},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := collected(t, c.b, "video/mp4")
			noted(t, got, c.note)
			if len(got.texts) > 0 {
				t.Errorf("got %v", got.texts)
			}
		})
	}
	for name, b := range map[string][]byte{"a uuid box of other use": box("uuid", make([]byte, 40)), "a uuid box of nothing": box("uuid", []byte("x")),
		"a C2PA box of other purpose": box("uuid", []byte(uuidC2PA), make([]byte, 4), []byte("merkle\x00"), make([]byte, 30))} {
		if got := collected(t, b, "video/mp4"); len(got.result.Notes)+len(got.result.Records) > 0 {
			t.Errorf("%s gives %+v", name, got.result)
		}
	}
}
