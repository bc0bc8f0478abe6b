package api_test

import (
	"encoding/binary"
	"strings"
	"testing"

	"chouka/server/studio"
)

// animation is an animated WebP of two frames, 8 by 4 pixels: a clip that needs no outside program. n makes its bytes differ.
func animation(n byte) raw {
	chunk := func(name string, body ...byte) []byte {
		b := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body))), body...)
		return append(b, make([]byte, len(body)&1)...)
	}
	still := chunk("VP8L", 0x2F, 7, 0xC0, 0, 0, 0x88, 0x88, 0xFE, 7)
	frame := chunk("ANMF", append([]byte{0, 0, 0, 0, 0, 0, 7, 0, 0, 3, 0, 0, 100 + n, 0, 0, 0}, still...)...)
	body := append([]byte("WEBP"), chunk("VP8X", 2, 0, 0, 0, 7, 0, 0, 3, 0, 0)...)
	body = append(append(body, frame...), frame...)
	return raw(append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...))
}

func TestTheWorkOnAClipIsSeen(t *testing.T) {
	w := newWorld(t)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	w.join("stranger", studio.Member, w.other, studio.RoleLead)
	moving := w.make("/shots/"+w.shot+"/files?name=a.webp", animation(1), "takes.0.id")
	still := w.take
	line, err := w.studio.Follow(t.Context(), w.admin, 0)
	if err != nil {
		t.Fatal(err)
	}
	w.run([]row{
		{name: "a fresh clip waits", who: "viewer", method: get, path: "/work", status: 200, want: []string{`"film_pending":1`, `"ffmpeg":false`, `"reading_left":0`}},
		{name: "its strip is not made yet", who: "viewer", method: get, path: "/takes/" + moving + "/strip", status: 404, want: []string{"media.pending"}},
		{name: "a still has none", who: "viewer", method: get, path: "/takes/" + still + "/strip", status: 404, want: []string{"unknown.strip"}},
	})
	go func() { _ = w.studio.Work(t.Context()) }()
	for a := range line {
		if a.Verb == "media.film_ready" && a.Object == moving {
			break
		}
	}
	strip := w.must("viewer", get, "/takes/"+moving+"/strip", nil)
	if strip.header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(strip.body, "\xff\xd8") || strip.header.Get("Accept-Ranges") != "bytes" {
		t.Errorf("the strip comes as %v", strip.header)
	}
	if part := w.must("viewer", get, "/takes/"+moving+"/strip", nil, "Range", "bytes=0-1"); part.status != 206 || part.body != "\xff\xd8" {
		t.Errorf("a range answers %d %q", part.status, part.body)
	}
	w.run([]row{
		{name: "the take says so", who: "viewer", method: get, path: "/shots/" + w.shot + "/takes", status: 200,
			want: []string{`"film":"ready"`, `"strip":{"tiles":2,"columns":2,"width":160,"height":80}`, `"animated":true`, `"duration_ms":202`, `"proxy":false`, `"film":""`}},
		{name: "it needs no proxy", who: "viewer", method: get, path: "/takes/" + moving + "/proxy", status: 404, want: []string{"unknown.proxy"}},
		{name: "a stranger sees no strip", who: "stranger", method: get, path: "/takes/" + moving + "/strip", status: 404, want: []string{"unknown.take"}},
		{name: "records are shown", who: "viewer", method: get, path: "/takes/" + moving + "/records", status: 200, want: []string{`"records":[`, `"reading":false`, `"reader":`}},
		{name: "not to a stranger", who: "stranger", method: get, path: "/takes/" + moving + "/records", status: 404, want: []string{"unknown.take"}},
		{name: "what is alike is listed", who: "viewer", method: get, path: "/takes/" + moving + "/near", status: 200, want: []string{`{"items":[]`}},
		{name: "not to a stranger either", who: "stranger", method: get, path: "/takes/" + moving + "/near", status: 404, want: []string{"unknown.take"}},
		{name: "there is no trouble", who: "viewer", method: get, path: "/work/troubles", status: 200, want: []string{`"items":[]`}},
		{name: "a cursor of nothing is refused", who: "viewer", method: get, path: "/work/troubles?after=nonsense", status: 422, want: []string{"invalid.after"}},
		{name: "all may be tried again", who: "admin", method: post, path: "/work/retry", body: obj{}, status: 204},
		{name: "or one take", who: "admin", method: post, path: "/work/retry", body: obj{"take_id": moving}, status: 204},
		{name: "a viewer sets nothing in motion", who: "viewer", method: post, path: "/work/retry", body: obj{"take_id": moving}, status: 403},
		{name: "a stranger even less", who: "stranger", method: post, path: "/work/retry", body: obj{"take_id": moving}, status: 404},
	})
}
