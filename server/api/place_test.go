package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestAPlaceAndItsBookings(t *testing.T) {
	w := newWorld(t)
	w.join("scout", studio.Member, w.title, studio.RoleScout)
	w.join("stranger", studio.Member, w.other, studio.RoleViewer)
	made := w.must("scout", post, "/locations", obj{"name": "旧码头", "contacts": []obj{{"name": "王师傅", "role": "看门", "phone": "139"}}, "areas": []obj{{"name": "仓库"}, {"name": "堤岸"}}})
	id, path := made.at("id"), "/locations/"+made.at("id")
	slot := func(area, from, to, status string) obj {
		b := obj{"location_id": id, "title_id": w.title, "start": "2026-12-24T" + from + ":00+08:00", "end": "2026-12-24T" + to + ":00+08:00", "status": status}
		if area != "" {
			b["area_id"] = area
		}
		return b
	}
	hall, bank := made.at("areas.0.id"), made.at("areas.1.id")
	w.run([]row{
		{name: "a place is found by a part of its name", who: "scout", method: get, path: "/locations?q=码头", status: 200, want: []string{id}},
		{name: "its telephone number is for those who book", who: "stranger", method: get, path: path, status: 200, want: []string{"王师傅"}, not: []string{`"139"`}},
		{name: "a status follows the one before", who: "scout", method: patch, path: path, body: obj{"status": "released"}, headers: []string{"If-Match", `"1"`}, status: 409},
		{name: "an area is booked", who: "scout", method: post, path: "/bookings", body: slot(hall, "08:00", "12:00", "confirmed"), status: 201, want: []string{"仓库"}},
		{name: "another area is free", who: "scout", method: post, path: "/bookings", body: slot(bank, "08:00", "12:00", "confirmed"), status: 201},
		{name: "the whole place is not, and the holder is named", who: "scout", method: post, path: "/bookings", body: slot("", "11:00", "13:00", "confirmed"), status: 409, want: []string{"booking.overlap", "从顽皮蛇开始吞噬进化"}},
		{name: "a slot that touches is free", who: "scout", method: post, path: "/bookings", body: slot("", "12:00", "13:00", "confirmed"), status: 201},
		{name: "an end before the start is refused", who: "scout", method: post, path: "/bookings", body: slot("", "15:00", "14:00", "confirmed"), status: 422, want: []string{"body."}},
		{name: "a time that is none", who: "scout", method: post, path: "/bookings", body: obj{"location_id": id, "title_id": w.title, "start": canary, "end": canary}, status: 422, want: []string{"body.start", "body.end"}, not: []string{canary}},
		{name: "others see that it is taken, not by what", who: "stranger", method: get, path: path + "/bookings?from=2026-12-24T00:00:00Z&to=2026-12-25T00:00:00Z", status: 200, want: []string{`"title":""`}, not: []string{"从顽皮蛇"}},
		{name: "a calendar needs its window", who: "scout", method: get, path: "/bookings", status: 422, want: []string{"query.from", "query.to"}},
		{name: "of at most 62 days", who: "scout", method: get, path: "/bookings?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z", status: 422},
		{name: "a photo shows an area of this place only", who: "scout", method: post, path: path + "/photos?name=a.png&area=" + w.area, body: w.picture(), status: 422, want: []string{"query.area"}},
	})
	photo := w.must("scout", post, path+"/photos?name=a.png&note=入口&area="+hall, w.picture())
	at := path + "/photos/" + photo.at("photos.0.id")
	w.run([]row{
		{name: "it is served", who: "stranger", method: get, path: at + "/original", status: 200, want: []string{"PNG"}},
		{name: "in sizes that exist", who: "stranger", method: get, path: at + "/huge", status: 422, not: []string{"huge"}},
		{name: "and removed with the place's revision", who: "scout", method: remove, path: at, headers: []string{"If-Match", photo.header.Get("ETag")}, status: 200, want: []string{`"photos":[]`}},
	})
}
