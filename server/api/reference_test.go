package api_test

import (
	"strings"
	"testing"
)

func TestReferenceSheetsOverHTTP(t *testing.T) {
	w := newWorld(t)
	w.populate()
	r := w.must("director", post, "/titles/"+w.title+"/references", obj{"kind": "character", "name": "沈枝", "prompt": "long hair"})
	path := "/references/" + r.at("id")
	w.run([]row{
		{name: "a kind that is none", who: "director", method: post, path: "/titles/" + w.title + "/references", body: obj{"kind": canary, "name": "x"}, status: 422, want: []string{"body.kind"}, not: []string{canary}},
		{name: "a field that is none", who: "director", method: post, path: "/titles/" + w.title + "/references", body: obj{"kind": "prop", "name": "x", "edition": 7}, status: 422},
		{name: "a change without its revision", who: "director", method: patch, path: path, body: obj{"note": "x"}, status: 428},
		{name: "a change on another revision", who: "director", method: patch, path: path, body: obj{"note": "x"}, headers: []string{"If-Match", `"9"`}, status: 412},
		{name: "a picture needs a name", who: "director", method: post, path: path + "/pictures", body: w.picture(), status: 422, want: []string{"query.name"}},
		{name: "text is no picture", who: "director", method: post, path: path + "/pictures?name=a.png", body: raw("沈枝"), status: 415, want: []string{"reference.picture_type"}},
		{name: "too large a file is refused", who: "director", method: post, path: path + "/pictures?name=a.png", body: raw(strings.Repeat("a", 64<<20+1)), status: 413},
		{name: "uses need a cursor of theirs", who: "viewer", method: get, path: path + "/uses?after=" + canary, status: 422, not: []string{canary}},
	})
	first := w.must("director", post, path+"/pictures?name=正面.png&caption=正面", w.picture())
	at := path + "/pictures/" + first.at("pictures.0.id")
	w.run([]row{
		{name: "a picture is served", who: "viewer", method: get, path: at + "/original", status: 200, want: []string{"PNG"}},
		{name: "in sizes that exist", who: "viewer", method: get, path: at + "/huge", status: 422, not: []string{"huge"}},
		{name: "to nobody else", who: "stranger", method: get, path: at + "/original", status: 404},
		{name: "an attempt names it", who: "operator", method: post, path: "/shots/" + w.shot + "/attempts", body: obj{"status": "succeeded", "sheets": []obj{{"reference_id": r.at("id")}}}, status: 201, want: []string{`"how":"chosen"`}},
		{name: "but not one of elsewhere", who: "operator", method: post, path: "/shots/" + w.shot + "/attempts", body: obj{"status": "succeeded", "sheets": []obj{{"reference_id": w.take}}}, status: 422, want: []string{"body.sheets"}},
	})
	second := w.must("director", post, path+"/pictures?name=b.png&replace=true", w.picture())
	if second.at("edition") != "2" {
		t.Errorf("edition %s", second.at("edition"))
	}
	w.run([]row{
		{name: "the list has the current edition", who: "viewer", method: get, path: "/titles/" + w.title + "/references", status: 200, not: []string{"正面.png"}},
		{name: "the sheet has both", who: "viewer", method: get, path: path, status: 200, want: []string{"正面.png", "b.png"}},
		{name: "what was replaced stays", who: "director", method: remove, path: at, headers: []string{"If-Match", second.header.Get("ETag")}, status: 409, want: []string{"reference.old_edition"}},
	})
	t.Run("the same upload is booked once", func(t *testing.T) {
		body := w.picture()
		a := w.must("director", post, path+"/pictures?name=c.png", body, "Idempotency-Key", "once-1")
		b := w.must("director", post, path+"/pictures?name=c.png", body, "Idempotency-Key", "once-1")
		if a.at("rev") != b.at("rev") || strings.Count(b.body, "c.png") != 1 {
			t.Errorf("revisions %s and %s", a.at("rev"), b.at("rev"))
		}
	})
}
