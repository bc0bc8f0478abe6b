package genmeta

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
)

func mkvTagsOf(pairs ...string) []byte {
	var tags []byte
	for i := 0; i+1 < len(pairs); i += 2 {
		tags = append(tags, element("\x67\xC8", element("\x45\xA3", []byte(pairs[i])), element("\x44\x87", []byte(pairs[i+1])))...)
	}
	return element("\x12\x54\xC3\x67", element("\x73\x73", element("\x63\xC0"), tags))
}

// mkvOf has a segment of stated length.
func mkvOf(parts ...[]byte) []byte {
	return append(element("\x1A\x45\xDF\xA3", element("\x42\x82", []byte("matroska"))), element("\x18\x53\x80\x67", parts...)...)
}

func seekTo(id string, at int) []byte {
	return element("\x11\x4D\x9B\x74", element("\x4D\xBB", element("\x53\xAB", []byte(id)), element("\x53\xAC", binary.BigEndian.AppendUint32(nil, uint32(at)))))
}

func clusters(n int) []byte {
	return bytes.Repeat(element("\x1F\x43\xB6\x75", element("\xE7", []byte{1}), element("\xA3", make([]byte, 300))), n)
}

func TestTagsAreFoundWhereverTheyLie(t *testing.T) {
	tags := mkvTagsOf("COMMENT", duckText)
	head := len(seekTo("\x12\x54\xC3\x67", 0))
	film := clusters(50)
	for _, c := range []struct {
		name string
		b    []byte
	}{
		{"before the clusters", mkvOf(tags, film)},
		{"behind the clusters, without an index", mkvOf(film, tags)},
		{"behind the clusters, with an index", mkvOf(seekTo("\x12\x54\xC3\x67", head+len(film)), film, tags)},
		{"before the clusters, with an index", mkvOf(seekTo("\x12\x54\xC3\x67", head), tags, film)},
		{"elsewhere than the index says", mkvOf(seekTo("\x12\x54\xC3\x67", head+len(film)/2), film, tags)},
		{"with an index that points beyond the end", mkvOf(seekTo("\x12\x54\xC3\x67", 1<<30), film, tags)},
		{"with an index that points before the start", mkvOf(element("\x11\x4D\x9B\x74", element("\x4D\xBB", element("\x53\xAB", []byte("\x12\x54\xC3\x67")),
			element("\x53\xAC", []byte("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x00")))), film, tags)},
		{"with an index of other things", mkvOf(seekTo("\x1C\x53\xBB\x6B", head), film, tags)},
		{"in a list of unknown length", mkvOf(film, []byte("\x12\x54\xC3\x67\xFF"), tags[8:])},
		{"with void around", mkvOf(element("\xEC", make([]byte, 90)), film, element("\xEC"), tags)},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, kind := range []string{"video/webm", "video/x-matroska"} {
				got := collected(t, c.b, kind)
				holds(t, got, "webm:tag.COMMENT", "comment", duckText)
				noted(t, got)
			}
		})
	}
}

func TestTheIndexSparesTheWalk(t *testing.T) {
	film := clusters(20_000)
	head := len(seekTo("\x12\x54\xC3\x67", 0))
	r := &counted{}
	b := mkvOf(seekTo("\x12\x54\xC3\x67", head+len(film)), film, mkvTagsOf("PROMPT", duckGraph))
	r.r = bytes.NewReader(b)
	if got, err := Read(r, int64(len(b)), "video/webm", Hint{}); err != nil || got.Fields[Model].Value != "duck.safetensors" {
		t.Fatalf("%+v, %v", got, err)
	}
	if r.bytes > 10_000 {
		t.Errorf("%d bytes were read", r.bytes)
	}
}

func TestTagsWithinTagsAndTheSegmentsOwnNamesAreRead(t *testing.T) {
	nested := element("\x12\x54\xC3\x67", element("\x73\x73", element("\x67\xC8", element("\x45\xA3", []byte("OUTER")), element("\x44\x87", []byte("o")),
		element("\x67\xC8", element("\x45\xA3", []byte("Inner")), element("\x44\x87", []byte("i"))))))
	info := element("\x15\x49\xA9\x66", element("\x7B\xA9", []byte("a title")), element("\x57\x41", []byte("Lavf60")))
	c := collected(t, mkvOf(info, nested), "video/webm")
	holds(t, c, "webm:tag.OUTER", "outer", "o")
	holds(t, c, "webm:tag.Inner", "inner", "i")
	holds(t, c, "webm:info.title", "title", "a title")
	holds(t, c, "webm:info.encoder", "encoder", "Lavf60")
	noted(t, c)
}

func TestHostileTagsGiveANote(t *testing.T) {
	good := mkvTagsOf("COMMENT", duckText)
	bad := element("\x12\x54\xC3\x67", []byte{0x00, 0x01, 0x02})
	deep := []byte{}
	for range 100 {
		deep = element("\x67\xC8", element("\x45\xA3", []byte("N")), element("\x44\x87", []byte("d")), deep)
	}
	for _, c := range []struct {
		name string
		b    []byte
		note string
	}{
		{"tags that are none", mkvOf(bad, good), NoteUnreadable},
		{"a tag larger than its list", mkvOf(element("\x12\x54\xC3\x67", []byte("\x73\x73\x50\x00")), good), NoteUnreadable},
		{"an identifier of five bytes", mkvOf(good, []byte{0x08, 1, 2, 3, 4, 0x86, 0, 0, 0, 0, 0, 0}), NoteUnreadable},
		{"a length of nine bytes", mkvOf(good, []byte{0xEC, 0x00, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), NoteUnreadable},
		{"an index entry of nine bytes", mkvOf(element("\x11\x4D\x9B\x74", element("\x4D\xBB", element("\x53\xAB", make([]byte, 9)))), good), NoteUnreadable},
		{"an open end", mkvOf(good, []byte{0x1F}), NoteTruncated},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := collected(t, c.b, "video/webm")
			holds(t, got, "webm:tag.COMMENT", "comment", duckText)
			noted(t, got, c.note)
		})
	}
	if got := collected(t, mkvOf(element("\x12\x54\xC3\x67", element("\x73\x73", deep))), "video/webm"); len(got.texts) != 9 {
		t.Errorf("a hundred tags within each other give %d", len(got.texts))
	}
	if got := collected(t, mkvOf(good, good), "video/webm"); !slices.Equal(sources(got), []string{"webm:tag.COMMENT", "webm:tag.COMMENT"}) {
		t.Errorf("two lists give %v", sources(got))
	}
}
