package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestShootingDaysOverTheWire(t *testing.T) {
	w := newWorld(t)
	w.join("scout", studio.Member, w.title, studio.RoleScout)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	days, strips := "/titles/"+w.title+"/days", "/titles/"+w.title+"/strips"
	episode := w.must("admin", post, "/titles/"+w.title+"/episodes", obj{}).at("id")
	scene := w.must("admin", post, "/episodes/"+episode+"/scenes", obj{"label": "1-9", "time": "夜", "interior": "外"}).at("id")
	made := w.must("scout", post, days, obj{"date": "2027-03-02", "unit": "a"})
	day := made.at("day.id")
	w.run([]row{
		{name: "a day has a date", who: "scout", method: post, path: days, body: obj{}, status: 422, want: []string{"body.date"}},
		{name: "that there is", who: "scout", method: post, path: days, body: obj{"date": canary}, status: 422, want: []string{"body.date"}, not: []string{canary}},
		{name: "one for each unit", who: "scout", method: post, path: days, body: obj{"date": "2027-03-02", "unit": "A"}, status: 409, want: []string{"day.taken", "2027-03-02, unit A"}},
		{name: "the board has the pool", who: "viewer", method: get, path: days, status: 200, want: []string{"1-9", `"light":"night_out"`, `"unit":"A"`}},
		{name: "a viewer moves nothing", who: "viewer", method: post, path: strips, body: obj{"scene_id": scene, "to": day, "at": 0}, status: 403},
		{name: "a dry run writes nothing", who: "scout", method: post, path: strips, body: obj{"scene_id": scene, "to": day, "at": 0, "dry": true}, status: 200, want: []string{`"conflicts":[]`, "1-9"}},
		{name: "so the scene still is in the pool", who: "scout", method: post, path: strips, body: obj{"scene_id": scene, "from": day, "at": 0}, status: 409, want: []string{"day.moved"}},
		{name: "a strip goes onto the day", who: "scout", method: post, path: strips, body: obj{"scene_id": scene, "to": day, "at": 0}, status: 200, want: []string{"1-9"}},
		{name: "its minutes are whole and within a day", who: "scout", method: post, path: "/days/" + day + "/scenes/" + scene, body: obj{"minutes": 1441}, status: 422, want: []string{"body.minutes"}},
		{name: "it is marked as shot", who: "scout", method: post, path: "/days/" + day + "/scenes/" + scene, body: obj{"done": true}, status: 200, want: []string{`"done_by"`}},
		{name: "what was shot keeps the day", who: "scout", method: remove, path: "/days/" + day, headers: []string{"If-Match", `"3"`}, status: 409, want: []string{"day.shot"}},
		{name: "a change is based on a revision", who: "scout", method: patch, path: "/days/" + day, body: obj{"note": "x"}, status: 428},
		{name: "the present one", who: "scout", method: patch, path: "/days/" + day, body: obj{"note": "x"}, headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "what happened is told", who: "viewer", method: get, path: "/activity?title=" + w.title, status: 200, want: []string{`"verb":"day.made"`, `"verb":"day.scene_added"`, `"verb":"day.scene_shot"`}},
	})
	two := w.must("admin", post, "/episodes/"+episode+"/scenes", obj{"label": "1-10"}).at("id")
	other := w.must("scout", post, days, obj{"date": "2027-03-20"}).at("day.id")
	several := func(more ...obj) obj { return obj{"strips": more} }
	w.run([]row{
		{name: "several strips are some", who: "scout", method: post, path: strips + "/several", body: several(), status: 422, want: []string{"body.strips"}},
		{name: "one that is shot keeps all", who: "scout", method: post, path: strips + "/several", body: several(obj{"scene_id": two, "to": other, "at": 0}, obj{"scene_id": scene, "from": day, "to": other, "at": 1}), status: 409, want: []string{"day.done"}},
		{name: "so nothing moved", who: "scout", method: post, path: strips + "/several", body: several(obj{"scene_id": two, "from": other, "at": 0}), status: 409, want: []string{"day.moved"}},
		{name: "a viewer moves none", who: "viewer", method: post, path: strips + "/several", body: several(obj{"scene_id": two, "to": other, "at": 0}), status: 403},
		{name: "they go as one", who: "scout", method: post, path: strips + "/several", body: several(obj{"scene_id": two, "to": other, "at": 0}), status: 200, want: []string{"1-10", `"conflicts":[]`}},
		{name: "a day that stands cannot come back", who: "scout", method: post, path: "/days/" + other + "/restore", status: 404, want: []string{"unknown.day"}},
		{name: "it goes", who: "scout", method: remove, path: "/days/" + other, headers: []string{"If-Match", `"2"`}, status: 204},
		{name: "a viewer brings nothing back", who: "viewer", method: post, path: "/days/" + other + "/restore", status: 403},
		{name: "and comes back with its scene", who: "scout", method: post, path: "/days/" + other + "/restore", status: 200, want: []string{"1-10", `"elsewhere":[]`, `"before":3`}},
	})
	w.run([]row{
		{name: "a performer has a name", who: "scout", method: post, path: "/performers", body: obj{"name": " "}, status: 422, want: []string{"body.name"}},
		{name: "and a number", who: "scout", method: post, path: "/performers", body: obj{"name": "苏曼", "phone": "000-0001"}, status: 201, want: []string{"000-0001"}},
		{name: "is found by pinyin", who: "scout", method: get, path: "/performers?q=suman", status: 200, want: []string{"苏曼", "000-0001"}},
		{name: "without the number for others", who: "viewer", method: get, path: "/performers?q=sm", status: 200, want: []string{"苏曼"}, not: []string{"000-0001"}},
	})
}
