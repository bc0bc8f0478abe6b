package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestARankIsShownByAPicture(t *testing.T) {
	w := newWorld(t)
	w.join("distributor", studio.Member, w.title, studio.RoleDistributor)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	pic := w.picture()
	e := w.must("distributor", post, "/titles/"+w.title+"/evidence?name=%E6%88%AA%E5%9B%BE.png", pic)
	file := w.must("viewer", get, "/evidence/"+e.at("id"), nil)
	if file.body != string(pic) || file.header.Get("Content-Type") != "image/png" || file.header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" {
		t.Errorf("the picture comes with %v", file.header)
	}
	ranks, costs := "/titles/"+w.title+"/ranks", "/titles/"+w.title+"/costs"
	rank := obj{"list": "日榜", "place": 1, "date": "2026年11月2日", "release_id": w.release, "origin": obj{"kind": "platform", "evidence": []string{e.at("id")}}}
	x := w.must("distributor", post, ranks, rank)
	w.run([]row{
		{name: "the same list on the same day is entered once", who: "distributor", method: post, path: ranks, body: rank, status: 409, want: []string{"rank.exists"}},
		{name: "a place below the list", who: "distributor", method: post, path: ranks, body: obj{"list": "日榜", "place": 10_001, "date": "2026-11-02"}, status: 422, want: []string{"body.place"}},
		{name: "everybody on the title reads it", who: "viewer", method: get, path: ranks, status: 200, want: []string{`"platform":"红果"`, `"date":"2026-11-02"`, e.at("id")}},
		{name: "it is struck out by its revision", who: "distributor", method: post, path: "/ranks/" + x.at("id") + "/withdraw", body: obj{"why": "看错了榜"}, headers: []string{"If-Match", x.header.Get("ETag")}, status: 200, want: []string{"看错了榜", `"rev":2`}},
		{name: "a claim needs a source", who: "distributor", method: post, path: "/titles/" + w.title + "/claims", body: obj{"text": "首部", "date": "2026-11-02"}, status: 422, want: []string{"body.origin"}},
		{name: "a text is no screenshot", who: "distributor", method: post, path: "/titles/" + w.title + "/evidence?name=a.png", body: raw(canary), status: 415, want: []string{"evidence.type"}, not: []string{canary}},
		{name: "what a title cost is not for a viewer", who: "viewer", method: get, path: "/titles/" + w.title + "/return", status: 403, want: []string{"money.view"}},
		{name: "a distributor reads it and enters none", who: "distributor", method: post, path: costs, body: obj{"kind": "labour", "text": "3万"}, status: 403, want: []string{"cost.edit"}},
		{name: "an amount that is none", who: "admin", method: post, path: costs, body: obj{"kind": "labour", "text": canary}, status: 422, want: []string{"body.text"}, not: []string{canary}},
		{name: "nothing is null", who: "distributor", method: get, path: "/titles/" + w.title + "/return", status: 200, not: []string{"null"}},
		{name: "titles side by side", who: "viewer", method: get, path: "/releases/compare?titles=" + w.title + "," + w.title, status: 200, want: []string{"从顽皮蛇开始吞噬进化", `"value":110000000`}, not: []string{"null", `"return"`}},
		{name: "and in groups", who: "viewer", method: get, path: "/releases/groups?by=platform", status: 200, want: []string{"红果"}, not: []string{"null"}},
		{name: "another platform's heat has no sum", who: "viewer", method: get, path: "/releases/compare?metric=heat&titles=" + w.title, status: 422, want: []string{"query.platform"}},
	})
}
