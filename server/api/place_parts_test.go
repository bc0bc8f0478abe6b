package api_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

func TestWhatHangsOnAPlaceIsServed(t *testing.T) {
	w := newWorld(t)
	w.join("scout", studio.Member, w.title, studio.RoleScout)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	w.join("stranger", studio.Member, w.other, studio.RoleViewer)
	path, l := w.newDocument()
	place := path[:strings.Index(path, "/documents")]
	etag := []string{"If-Match", l.header.Get("ETag")}
	w.run([]row{
		{name: "a point needs its system", who: "scout", method: patch, path: place, body: obj{"point": obj{"lat": 30.3, "lon": 120.3}}, headers: etag, status: 422, want: []string{"body.point"}},
		{name: "a point on the earth", who: "scout", method: patch, path: place, body: obj{"point": obj{"lat": 91, "lon": 120.3, "system": "wgs84"}}, headers: etag, status: 422, want: []string{"body.point"}},
		{name: "a contact from before is refused", who: "scout", method: patch, path: place, body: obj{"contact": canary}, headers: etag, status: 422, not: []string{canary}},
		{name: "a document ends on a day", who: "scout", method: post, path: place + "/documents", body: obj{"kind": "permit", "until": canary}, status: 422, want: []string{"body.until"}, not: []string{canary}},
		{name: "its kind is one of four", who: "scout", method: post, path: place + "/documents", body: obj{"kind": canary}, status: 422, not: []string{canary}},
		{name: "what is no paper", who: "scout", method: post, path: path + "/file?name=a.pdf", body: raw("<html>"), status: 415, want: []string{"location.paper_type"}},
		{name: "a PDF is kept", who: "scout", method: post, path: path + "/file?name=许可.pdf", body: raw("%PDF-1.7\n%%EOF\n"), status: 200, want: []string{"application/pdf", "许可.pdf"}},
		{name: "others do not see that there is one", who: "viewer", method: get, path: place, status: 200, want: []string{`"documents":[]`}, not: []string{"许可"}},
		{name: "a note needs a text", who: "scout", method: post, path: place + "/notes", body: obj{"text": ""}, status: 422, want: []string{"body.text"}},
		{name: "a note of yesterday", who: "scout", method: post, path: place + "/notes", body: obj{"text": "层高 6 米", "at": "2026-01-02T08:00:00+08:00"}, status: 201, want: []string{"2026-01-02T00:00:00Z"}},
		{name: "everybody in the house reads it", who: "stranger", method: get, path: place + "/notes", status: 200, want: []string{"层高 6 米"}},
		{name: "candidates need an element of the title", who: "stranger", method: post, path: "/elements/" + w.newScriptPlace() + "/candidates", body: obj{"location_id": w.location}, status: 404},
	})
	file := w.must("scout", get, path+"/file", nil)
	if d := file.header.Get("Content-Disposition"); file.body != "%PDF-1.7\n%%EOF\n" || !strings.HasPrefix(d, "attachment") || file.header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("got %q, %s, %s", file.body, d, file.header.Get("Content-Type"))
	}
	t.Run("a queued note that is sent twice is there once", func(t *testing.T) {
		one := w.must("scout", post, place+"/notes", obj{"text": "排队"}, "Idempotency-Key", "phone-1")
		two := w.must("scout", post, place+"/notes", obj{"text": "排队"}, "Idempotency-Key", "phone-1")
		if one.at("id") != two.at("id") {
			t.Errorf("two notes: %s, %s", one.at("id"), two.at("id"))
		}
	})
	t.Run("a merged duplicate says where it went", func(t *testing.T) {
		rev := w.must("scout", get, place, nil).header.Get("ETag")
		w.must("scout", post, place+"/merge", obj{"into": w.location}, "If-Match", rev)
		w.run([]row{
			{name: "it is still read", who: "viewer", method: get, path: place, status: 200, want: []string{`"merged_into":"` + w.location}},
			{name: "its notes are the other's", who: "viewer", method: get, path: "/locations/" + w.location + "/notes", status: 200, want: []string{"层高 6 米", "排队"}},
			{name: "its papers too", who: "scout", method: get, path: "/locations/" + w.location, status: 200, want: []string{"许可.pdf", "旧码头"}},
			{name: "nobody books it", who: "scout", method: post, path: "/bookings", body: obj{"location_id": place[len("/locations/"):], "title_id": w.title, "start": "2027-01-01T08:00:00Z", "end": "2027-01-01T09:00:00Z"}, status: 409, want: []string{"location.merged"}},
		})
	})
}
