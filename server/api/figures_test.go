package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestReadingsBecomeMilestones(t *testing.T) {
	w := newWorld(t)
	w.join("distributor", studio.Member, w.title, studio.RoleDistributor)
	release := w.must("distributor", post, "/titles/"+w.title+"/releases", obj{"platform": "抖音", "date": "2026-11-01", "episodes": 60})
	path := "/releases/" + release.at("id") + "/readings"
	say := func(text, day string) obj {
		return obj{"metric": "plays", "text": text, "observed": day, "origin": obj{"kind": "platform", "note": "后台"}}
	}
	first := w.must("distributor", post, path, say("2.1亿", "2026-11-10"))
	if first.at("outcome") != "new" || first.at("reading.now.figure.value") != "210000000" || first.at("changes.0.state") != "stands" {
		t.Fatalf("the reading answers %s", first.body)
	}
	at := "/readings/" + first.at("reading.id")
	w.run([]row{
		{name: "the same figure again changes nothing", who: "distributor", method: post, path: path, body: say("2.1亿", "2026-11-10"), status: 201, want: []string{`"outcome":"duplicate"`, `"changes":[]`}},
		{name: "words that are no figure", who: "distributor", method: post, path: path, body: say(canary, "2026-11-10"), status: 422, want: []string{"body.text"}, not: []string{canary}},
		{name: "a day that is none", who: "distributor", method: post, path: path, body: say("1亿", "2026-02-30"), status: 422, want: []string{"body.observed"}},
		{name: "a figure says where it comes from", who: "distributor", method: get, path: at, status: 200, want: []string{"后台", `"by_name":"distributor"`}},
		{name: "readings are listed by metric", who: "distributor", method: get, path: path + "?metric=heat", status: 200, want: []string{`"items":[]`}},
		{name: "a correction says why", who: "distributor", method: post, path: at + "/correct", body: obj{"text": "9000万", "why": "抄错了一位"}, status: 200, want: []string{`"outcome":"corrected"`, `"past":[{`}},
		{name: "and the milestone is withdrawn for all to see", who: "distributor", method: get, path: "/titles/" + w.title + "/figures", status: 200, want: []string{`"state":"withdrawn"`, "抄错了一位"}},
		{name: "a reading can be withdrawn", who: "distributor", method: post, path: at + "/withdraw", body: obj{"why": "不是本剧"}, status: 200, want: []string{`"withdrawn":true`}},
		{name: "a release is changed by its revision", who: "distributor", method: patch, path: "/releases/" + release.at("id"), body: obj{"note": "独家"}, headers: []string{"If-Match", release.header.Get("ETag")}, status: 200, want: []string{"独家", `"rev":2`}},
		{name: "the titles that are out are listed", who: "distributor", method: get, path: "/releases", status: 200, want: []string{"从顽皮蛇开始吞噬进化"}},
	})
}
