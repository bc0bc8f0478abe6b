package api_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

func TestFiguresAreTriedTakenInAndTakenBack(t *testing.T) {
	w := newWorld(t)
	w.join("distributor", studio.Member, w.title, studio.RoleDistributor)
	w.join("other", studio.Member, w.other, studio.RoleDistributor)
	table := "剧名,平台,日期,播放量\n从顽皮蛇开始吞噬进化,红果,2026-11-03,1.2亿\n从赖皮蛇开始,红果,2026-11-04,1.3亿\n娇藏京枝,红果,2026-11-04,5\n从顽皮蛇开始吞噬进化,红果,昨天,5\n"
	p := w.must("distributor", post, "/imports/preview?name=a_20261105_0900.csv&modified=2026-11-05T01:00:00Z", raw(table))
	if p.at("count.new") != "1" || p.at("count.unmatched") != "2" || p.at("count.wrong") != "1" || p.at("exported_from") != "name" || p.at("errors.0.row") != "5" {
		t.Fatalf("got %s", p.body)
	}
	in := obj{"sha256": p.at("sha256"), "name": "a_20261105_0900.csv", "choice": obj{}}
	w.run([]row{
		{name: "no list is null", who: "distributor", method: post, path: "/imports/preview/again", body: in, status: 200, want: []string{`"new_releases":[]`, `"lacking":[]`, `"skipped":[]`, `"anomalies":[]`}, not: []string{"null"}},
		{name: "the kept table is the person's own", who: "other", method: post, path: "/imports/preview/again", body: in, status: 409, want: []string{"kept.gone"}},
		{name: "a metric that is none", who: "distributor", method: post, path: "/imports/preview/again", body: obj{"sha256": p.at("sha256"), "name": "a", "choice": obj{"metric": canary}}, status: 422, not: []string{canary}},
		{name: "what is no table", who: "distributor", method: post, path: "/imports/preview?name=a.png", body: raw("\x89PNG\r\n\x1a\n\x00\x00"), status: 415, want: []string{"table.binary"}},
		{name: "a time that is none", who: "distributor", method: post, path: "/imports/preview?name=a.csv&modified=" + canary, body: raw(table), status: 422, not: []string{canary}},
	})
	out := w.must("distributor", post, "/imports", in)
	id := out.at("import.id")
	if out.at("outcome") != "done" || out.at("count.new") != "1" {
		t.Fatalf("got %s", out.body)
	}
	stray := ""
	for _, x := range []string{"0", "1"} {
		if list := w.must("distributor", get, "/strays", nil); strings.Contains(list.at("items."+x+".stray.name"), "赖皮") {
			stray = list.at("items." + x + ".stray.id")
		}
	}
	w.run([]row{
		{name: "the same file changes nothing", who: "distributor", method: post, path: "/imports", body: in, status: 200, want: []string{`"outcome":"same"`, `"changes":[]`}},
		{name: "it is listed", who: "distributor", method: get, path: "/imports", status: 200, want: []string{id, "a_20261105_0900.csv"}},
		{name: "for its own", who: "other", method: get, path: "/imports", status: 200, want: []string{`"items":[]`}},
		{name: "and read", who: "admin", method: get, path: "/imports/" + id, status: 200, want: []string{id}},
		{name: "not by others", who: "other", method: get, path: "/imports/" + id, status: 404},
		{name: "its file comes back as it was", who: "distributor", method: get, path: "/imports/" + id + "/file", status: 200, want: []string{table}},
		{name: "a name is left out", who: "distributor", method: post, path: "/strays/" + stray + "/ignore", body: obj{"ignore": true}, status: 200, want: []string{`"ignored":true`}},
		{name: "and waits again", who: "distributor", method: post, path: "/strays/" + stray + "/ignore", body: obj{"ignore": false}, status: 200, want: []string{`"ignored":false`}},
		{name: "it is not another title's", who: "distributor", method: post, path: "/strays/" + stray + "/match", body: obj{"title_id": w.other}, status: 404},
		{name: "but this one's", who: "distributor", method: post, path: "/strays/" + stray + "/match", body: obj{"title_id": w.title}, status: 200, want: []string{`"new":1`}},
		{name: "once", who: "distributor", method: post, path: "/strays/" + stray + "/match", body: obj{"title_id": w.title}, status: 404, want: []string{"unknown.stray"}},
		{name: "it is taken back", who: "distributor", method: post, path: "/imports/" + id + "/undo", status: 200, want: []string{`"outcome":"undone"`}},
		{name: "once only", who: "distributor", method: post, path: "/imports/" + id + "/undo", status: 409, want: []string{"import.undone"}},
		{name: "an import that is none", who: "admin", method: get, path: "/imports/x", status: 404, want: []string{"unknown.import"}},
	})
}
