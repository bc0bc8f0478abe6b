package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestTheWallCurvesAndHealth(t *testing.T) {
	w := newWorld(t)
	w.join("distributor", studio.Member, w.title, studio.RoleDistributor)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	release := w.make("/titles/"+w.title+"/releases", obj{"platform": "抖音", "date": "2026-11-01"}, "id")
	for day, text := range map[string]string{"2026-11-02": "100万", "2026-11-03": "300万"} {
		w.must("distributor", post, "/releases/"+release+"/readings", obj{"metric": "plays", "text": text, "observed": day, "origin": obj{"kind": "typed"}})
	}
	odd := "/readings/" + w.oddReading()
	check, why := odd+"/check", obj{"why": "平台清理了刷量"}
	w.run([]row{
		{name: "the wall tells platforms and growth", who: "viewer", method: get, path: "/releases?order=plays", status: 200, want: []string{`"since":"2026-11-01"`, `"text":"300万"`, `"yesterday":{"value":2000000`, `"anomalies":1`}},
		{name: "in an order that there is", who: "viewer", method: get, path: "/releases?order=yesterday", status: 200, want: []string{"从顽皮蛇开始吞噬进化"}},
		{name: "not in another", who: "viewer", method: get, path: "/releases?order=" + canary, status: 422, want: []string{"query.order"}},
		{name: "curves have a line for each release and a sum", who: "viewer", method: get, path: "/titles/" + w.title + "/curves", status: 200, want: []string{`"metric":"plays"`, `"platform":"抖音"`, `"sum":[{`}},
		{name: "an empty curve has empty lists", who: "viewer", method: get, path: "/titles/" + w.title + "/curves?metric=heat", status: 200, want: []string{`"lines":[]`, `"sum":[]`}},
		{name: "money is not for everybody", who: "viewer", method: get, path: "/titles/" + w.title + "/curves?metric=revenue", status: 403, want: []string{"forbidden.money.view"}},
		{name: "but for the distributor", who: "distributor", method: get, path: "/titles/" + w.title + "/curves?metric=revenue", status: 200, want: []string{`"lines":[]`}},
		{name: "there is no such metric", who: "viewer", method: get, path: "/titles/" + w.title + "/curves?metric=" + canary, status: 422},
		{name: "health names what does not fit", who: "viewer", method: get, path: "/releases/health", status: 200, want: []string{`"kind":"drop"`, `"anomaly_count":1`, `"stale":[]`, `"strays":[]`, `"provisional":[]`}},
		{name: "a figure is confirmed with a reason", who: "distributor", method: post, path: check, body: obj{"why": " "}, status: 422, want: []string{"body.why"}},
		{name: "not by everybody", who: "viewer", method: post, path: check, body: why, status: 403},
		{name: "by whoever enters figures", who: "distributor", method: post, path: check, body: why, status: 200, want: []string{`"outcome":"checked"`, `"changes":[]`, "平台清理了刷量"}},
		{name: "and is no anomaly any more", who: "distributor", method: get, path: "/releases/health", status: 200, want: []string{`"anomalies":[]`, `"anomaly_count":0`}},
		{name: "the figures say so, too", who: "viewer", method: get, path: "/titles/" + w.title + "/figures", status: 200, want: []string{`"anomalies":[]`}},
	})
}
