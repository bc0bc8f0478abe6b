package api_test

import (
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func TestPlacesAreFoundAndLeaveTheHouse(t *testing.T) {
	w := newWorld(t)
	w.join("scout", studio.Member, w.title, studio.RoleScout)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	made := w.must("scout", post, "/locations", obj{"name": "旧码头", "tags": []string{"夜景"}, "price": obj{"currency": "CNY", "flat": 0, "day": 20_000_000, "hour": 0, "deposit": 0, "note": ""},
		"point": obj{"lat": 30.306386, "lon": 120.353965, "system": "gcj02"}, "contacts": []obj{{"name": "王师傅", "role": "门卫", "phone": "13912345678", "note": ""}}})
	id := made.at("id")
	w.must("scout", post, "/locations", obj{"name": "望江楼"})
	w.must("scout", post, "/bookings", obj{"location_id": id, "title_id": w.title, "start": "2026-12-24T08:00:00+08:00", "end": "2026-12-24T12:00:00+08:00", "status": "confirmed"})
	free := "free_from=2026-12-24T09:00:00%2B08:00&free_to=2026-12-24T10:00:00%2B08:00"
	w.run([]row{
		{name: "by pinyin", who: "viewer", method: get, path: "/locations?q=jiumatou", status: 200, want: []string{id}, not: []string{"望江楼", "13912345678"}},
		{name: "by tag and price", who: "viewer", method: get, path: "/locations?tag=夜景&max_price=20000000", status: 200, want: []string{id}, not: []string{"望江楼"}},
		{name: "nearest first, with the distance", who: "viewer", method: get, path: "/locations?near=30.3087,120.3494&sort=near&limit=1", status: 200, want: []string{id, `"away":0`, `"next":"`}},
		{name: "free then", who: "viewer", method: get, path: "/locations?" + free, status: 200, want: []string{"望江楼"}, not: []string{id}},
		{name: "what is free of it is said", who: "viewer", method: get, path: "/locations?" + free, status: 200, want: []string{`"free":{"whole":true,"areas":[]}`}},
		{name: "by a price in another currency", who: "viewer", method: get, path: "/locations?max_price=20000000&currency=USD", status: 200, not: []string{id}},
		{name: "by a price of another unit", who: "viewer", method: get, path: "/locations?max_price=20000000&unit=hour", status: 200, not: []string{id}},
		{name: "a unit that is none", who: "viewer", method: get, path: "/locations?unit=" + canary, status: 422, not: []string{canary}},
		{name: "a currency that is none", who: "viewer", method: get, path: "/locations?currency=" + canary, status: 422, want: []string{"query.currency"}, not: []string{canary}},
		{name: "currencies in use", who: "viewer", method: get, path: "/locations/currencies", status: 200, want: []string{`"currency":"CNY","locations":1`}},
		{name: "an end before the start", who: "viewer", method: get, path: "/locations?free_from=2026-12-24T09:00:00Z&free_to=2026-12-23T09:00:00Z", status: 422, want: []string{"query.free_to"}},
		{name: "half a time", who: "viewer", method: get, path: "/locations?free_from=2026-12-24T09:00:00Z", status: 422, want: []string{"query.free_to"}},
		{name: "a time that is none", who: "viewer", method: get, path: "/locations?free_from=" + canary, status: 422, not: []string{canary}},
		{name: "a point that is none", who: "viewer", method: get, path: "/locations?near=1..2,3", status: 422, want: []string{"query.near"}},
		{name: "not a number", who: "viewer", method: get, path: "/locations?near=NaN,NaN", status: 422, want: []string{"query.near"}},
		{name: "within, from nowhere", who: "viewer", method: get, path: "/locations?within=5", status: 422, want: []string{"query.near"}},
		{name: "an order that is none", who: "viewer", method: get, path: "/locations?sort=" + canary, status: 422, not: []string{canary}},
		{name: "a cursor of another order", who: "viewer", method: get, path: "/locations?sort=price&cursor=AAAA", status: 422},
		{name: "tags with their number", who: "viewer", method: get, path: "/locations/tags", status: 200, want: []string{`"tag":"夜景","locations":1`}},
		{name: "as GeoJSON, longitude first, without contacts", who: "viewer", method: get, path: "/locations/geojson?q=旧码头", status: 200,
			want: []string{`"FeatureCollection"`, `"coordinates":[120.349`, "旧码头", id}, not: []string{"望江楼", "13912345678", "王师傅", "price"}},
		{name: "a pasted point", who: "viewer", method: post, path: "/points", body: obj{"text": "120.353965,30.306386", "system": "gcj02"}, status: 200, want: []string{`"sure":true`, `"system":"gcj02"`, `"shift":508`, "uri.amap.com"}},
		{name: "a pasted text without one", who: "viewer", method: post, path: "/points", body: obj{"text": canary}, status: 422, want: []string{"body.text"}, not: []string{canary}},
		{name: "a system that is none", who: "viewer", method: post, path: "/points", body: obj{"text": "30,120", "system": canary}, status: 422, not: []string{canary}},
	})
}

func TestAPhotoIsSharedWithoutItsPosition(t *testing.T) {
	w := newWorld(t)
	w.join("scout", studio.Member, w.title, studio.RoleScout)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	id := w.newLocation()
	added := w.must("scout", post, "/locations/"+id+"/photos?name=入口.jpg", raw(studiotest.PhonePhoto(t, 7)))
	at, rev := "/locations/"+id+"/photos/"+added.at("photos.0.id"), added.header.Get("ETag")
	w.run([]row{
		{name: "it says when and with what", who: "viewer", method: get, path: "/locations/" + id, status: 200, want: []string{"2026-11-28T16:20:05+08:00", "HUAWEI Mate 60 Pro"}, not: []string{`"lat"`}},
		{name: "and where to those who edit places", who: "scout", method: get, path: "/locations/" + id, status: 200, want: []string{`"lat":30.3087`}},
		{name: "shared", who: "viewer", method: get, path: at + "/shared", status: 200, want: []string{"Mate 60 Pro"}},
		{name: "changed", who: "scout", method: patch, path: at, body: obj{"note": "从这里进", "first": true}, headers: []string{"If-Match", rev}, status: 200, want: []string{"从这里进"}},
		{name: "on an old revision", who: "scout", method: patch, path: at, body: obj{"note": "x"}, headers: []string{"If-Match", rev}, status: 412},
		{name: "without one", who: "scout", method: patch, path: at, body: obj{"note": "x"}, status: 428},
		{name: "by a viewer", who: "viewer", method: patch, path: at, body: obj{"note": "x"}, headers: []string{"If-Match", rev}, status: 403},
	})
	shared := w.ask("viewer", get, at+"/shared", nil)
	if shared.header.Get("Content-Type") != "image/jpeg" || shared.header.Get("Cache-Control") != "no-store" {
		t.Errorf("it comes as %v", shared.header)
	}
	if len(shared.body) != len(studiotest.PhonePhoto(t, 7)) || shared.body == string(studiotest.PhonePhoto(t, 7)) {
		t.Errorf("%d bytes were shared", len(shared.body))
	}
}
