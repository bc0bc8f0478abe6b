package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chouka/server/studio"
)

func TestAKeptFileIsServedSafely(t *testing.T) {
	w := newWorld(t)
	file := w.picture()
	take := w.make("/shots/"+w.shot+"/files?name=%E9%95%9C%E5%A4%B4%22%0A.svg", file, "takes.0.id")
	path := "/takes/" + take + "/original"
	a := w.must("admin", get, path, nil)
	if a.body != string(file) {
		t.Error("the original came back changed")
	}
	for k, want := range map[string]string{
		"Content-Type": "image/png", "Cache-Control": "private, max-age=31536000, immutable", "Content-Security-Policy": "sandbox; default-src 'none'",
		"X-Content-Type-Options": "nosniff", "Accept-Ranges": "bytes",
	} {
		if got := a.header.Get(k); got != want {
			t.Errorf("%s is %q, want %q", k, got, want)
		}
	}
	if d := a.header.Get("Content-Disposition"); !strings.HasPrefix(d, "inline; filename=") || strings.ContainsAny(d, "\r\n") {
		t.Errorf("the disposition is %q", d)
	}
	if part := w.must("admin", get, path, nil, "Range", "bytes=1-3"); part.status != 206 || part.body != "PNG" {
		t.Errorf("a range answers %d %q", part.status, part.body)
	}
	if same := w.ask("admin", get, path, nil, "If-None-Match", a.header.Get("ETag")); same.status != 304 || same.body != "" {
		t.Errorf("a known file answers %d", same.status)
	}
	if tail := w.ask("admin", get, path, nil, "Range", "bytes=1-3", "If-Range", `"other"`); tail.status != 200 {
		t.Errorf("a range of another file answers %d", tail.status)
	}
}

func TestAScriptIsADownload(t *testing.T) {
	w := newWorld(t)
	a := w.must("admin", get, "/scripts/"+w.script+"/original", nil)
	if a.body != scriptText || a.header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment; filename=\"a.txt\"") {
		t.Errorf("the script comes as %v", a.header)
	}
}

func TestPicturesAppearOnceTheyAreMade(t *testing.T) {
	w := newWorld(t)
	thumb := "/takes/" + w.take + "/thumb"
	refused(t, "a picture that is not made yet", w.ask("admin", get, thumb, nil), 404)
	if a := w.ask("admin", get, thumb, nil); a.code() != "media.pending" || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("it answers %s, %s", a.code(), a.header.Get("Cache-Control"))
	}
	if a := w.must("admin", get, "/work", nil); a.at("pending") == "0" {
		t.Error("nothing is pending")
	}
	line, err := w.studio.Follow(t.Context(), w.admin, 0)
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = w.studio.Work(t.Context()) }()
	for a := range line {
		if a.Verb == "media.ready" && a.Object == w.take {
			break
		}
	}
	for _, size := range []string{"thumb", "preview"} {
		a := w.must("admin", get, "/takes/"+w.take+"/"+size, nil)
		if a.header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(a.body, "\xff\xd8") {
			t.Errorf("the %s is %s", size, a.header.Get("Content-Type"))
		}
	}
}

func TestTheSameFileIsBookedOnce(t *testing.T) {
	w := newWorld(t)
	file := w.picture()
	first := w.must("admin", post, "/shots/"+w.shot+"/files?name=a.png", file)
	again := w.must("admin", post, "/shots/"+w.shot+"/files?name=b.png", file)
	if first.at("duplicate") != "false" || again.at("duplicate") != "true" || first.at("takes.0.id") != again.at("takes.0.id") {
		t.Errorf("first %s\nagain %s", first.body, again.body)
	}
}

func TestAnUploadOverItsLimitKeepsNothing(t *testing.T) {
	w := newWorld(t)
	before := w.must("admin", get, "/shots/"+w.shot, nil).at("attempts")
	refused(t, "a script of 17 MiB", w.ask("admin", post, "/titles/"+w.title+"/script-preview?name=a.txt", raw(strings.Repeat("x", 17<<20))), 413)
	refused(t, "a poster of 5 MiB", w.ask("admin", post, "/takes/"+w.take+"/poster", raw(strings.Repeat("x", 5<<20))), 413)
	for _, name := range []string{"", "?name="} {
		refused(t, "a file without a name", w.ask("admin", post, "/shots/"+w.shot+"/files"+name, w.picture()), 422)
	}
	r := w.request(t.Context(), "admin", post, "/titles/"+w.title+"/script-preview?name=a.txt", raw(strings.Repeat("x", 17<<20)))
	r.ContentLength = -1 // a sender who does not say how much comes
	refused(t, "17 MiB without a length", w.send(r), 413)
	if after := w.must("admin", get, "/shots/"+w.shot, nil).at("attempts"); after != before {
		t.Errorf("%s attempts became %s", before, after)
	}
}

func TestAnOperatorCorrectsTheirOwnAttempts(t *testing.T) {
	w := newWorld(t)
	w.join("operator", studio.Member, w.title, studio.RoleOperator)
	a := w.must("operator", post, "/shots/"+w.shot+"/files?name=a.png", w.picture())
	id, rev := a.at("attempt.id"), a.header.Get("ETag")
	edited := w.must("operator", patch, "/attempts/"+id, obj{"seed": "18446744073709551615"}, "If-Match", rev)
	if edited.at("seed") != "18446744073709551615" {
		t.Errorf("the seed became %s", edited.at("seed"))
	}
	var src map[string]studio.Source
	if err := json.Unmarshal([]byte(edited.at("sources")), &src); err != nil || src["seed"].From != "typed" {
		t.Errorf("the seed's source is %+v, %v", src["seed"], err)
	}
	w.run([]row{
		{name: "the revision before is stale now", who: "operator", method: patch, path: "/attempts/" + id, body: obj{"seed": "1"}, headers: []string{"If-Match", rev}, status: 412, want: []string{`"code":"stale"`}},
		{name: "it is deleted and brought back", who: "operator", method: remove, path: "/attempts/" + id, headers: []string{"If-Match", edited.header.Get("ETag")}, status: 200, want: []string{`"deleted":"`}},
		{name: "with its take", who: "operator", method: post, path: "/attempts/" + id + "/restore", status: 200, want: []string{`"takes":[{`}, not: []string{`"deleted"`}},
		{name: "and stands in the person's day", who: "operator", method: get, path: "/my/day", status: 200, want: []string{id, `"attempts":1`}},
	})
}
