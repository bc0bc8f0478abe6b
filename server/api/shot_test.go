package api_test

import (
	"sync"
	"testing"

	"chouka/server/studio"
)

func TestAShotFromItsTableToItsPick(t *testing.T) {
	w := newWorld(t)
	w.join("operator", studio.Member, w.title, studio.RoleOperator)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	scene := w.make("/episodes/"+w.episode+"/scenes", obj{}, "id")
	table := obj{"text": "镜号\t景别\t画面\t时长\n001\t近景\t蛇抬头\t3秒\n002\t全景\t湖面\t00:04", "dry_run": true}
	w.run([]row{
		{name: "a pasted table is shown first", who: "admin", method: post, path: "/scenes/" + scene + "/shot-table", body: table, status: 200, want: []string{`"milliseconds":4000`, "蛇抬头"}},
		{name: "and writes nothing", who: "admin", method: get, path: "/scenes/" + scene + "/shots", status: 200, want: []string{`{"items":[]}`}},
	})
	table["dry_run"] = false
	made := w.must("admin", post, "/scenes/"+scene+"/shot-table", table)
	one, two := made.at("shots.0.id"), made.at("shots.1.id")
	w.run([]row{
		{name: "an order that leaves one out is refused", who: "admin", method: post, path: "/scenes/" + scene + "/shot-order", body: obj{"ids": []string{two}}, status: 409, want: []string{"shot.order"}},
		{name: "a whole one is kept", who: "admin", method: post, path: "/scenes/" + scene + "/shot-order", body: obj{"ids": []string{two, one}}, status: 200, want: []string{`{"items":[{"id":"` + two}},
		{name: "shots are given to operators", who: "admin", method: post, path: "/assignments", body: obj{"shots": []string{one}, "operators": []string{w.id["operator"]}}, status: 200, want: []string{w.id["operator"]}},
		{name: "who find them among theirs", who: "operator", method: get, path: "/my/shots", status: 200, want: []string{one}, not: []string{two}},
		{name: "a list is narrowed by state", who: "operator", method: get, path: "/titles/" + w.title + "/shots?state=todo&scene=" + scene, status: 200, want: []string{one, two}},
		{name: "by a state that is one", who: "operator", method: get, path: "/titles/" + w.title + "/shots?state=gone", status: 422, want: []string{"query.state"}, not: []string{"gone"}},
		{name: "a refused draw is logged without a file", who: "operator", method: post, path: "/shots/" + one + "/attempts", body: obj{"status": "refused", "reason": "违规", "seed": "18446744073709551615"}, status: 201, want: []string{`"seed":"18446744073709551615"`, `"takes":[]`}},
		{name: "the review queue waits for takes", who: "admin", method: get, path: "/review?title=" + w.title, status: 200, not: []string{one}},
	})
	take := w.must("operator", post, "/shots/"+one+"/files?name=a.png", w.picture()).at("takes.0.id")
	other := w.must("operator", post, "/shots/"+one+"/files?name=b.png", w.picture()).at("takes.0.id")
	w.run([]row{
		{name: "a take can be rated", who: "operator", method: post, path: "/verdicts", body: obj{"takes": []string{take, other}, "stars": 4}, status: 200, want: []string{`"stars":4`}},
		{name: "a rejection needs its reason", who: "operator", method: post, path: "/verdicts", body: obj{"takes": []string{take}, "verdict": "rejected"}, status: 422, want: []string{"body.reason"}},
		{name: "one unknown take spoils the lot", who: "admin", method: post, path: "/verdicts", body: obj{"takes": []string{take, nowhere}, "stars": 1}, status: 404},
		{name: "so nothing of it is kept", who: "viewer", method: get, path: "/shots/" + one + "/takes", status: 200, want: []string{`"stars":4`}, not: []string{`"stars":1`}},
		{name: "an operator does not pick", who: "operator", method: post, path: "/shots/" + one + "/pick", body: obj{"take_id": take}, status: 403},
		{name: "a producer does", who: "admin", method: post, path: "/shots/" + one + "/pick", body: obj{"take_id": take}, status: 200, want: []string{`"state":"picked"`, `"by_name":"管理员"`}},
		{name: "a second pick that did not see the first names the winner", who: "admin", method: post, path: "/shots/" + one + "/pick", body: obj{"take_id": other}, status: 409, want: []string{"pick.taken", "管理员"}},
		{name: "the history is kept", who: "viewer", method: get, path: "/shots/" + one + "/picks", status: 200, want: []string{take}},
		{name: "rework needs its reason", who: "admin", method: post, path: "/shots/" + one + "/state", body: obj{"to": "rework"}, status: 422},
		{name: "a picked shot is not to do", who: "admin", method: post, path: "/shots/" + one + "/state", body: obj{"to": "todo"}, status: 409},
		{name: "the shot's page has what stands around it", who: "viewer", method: get, path: "/shots/" + one, status: 200, want: []string{`"previous":"` + two, `"people":[{`}},
	})
	split := w.must("admin", post, "/shots/"+two+"/split", obj{"first": obj{"description": "湖面"}, "second": obj{"description": "岸边"}})
	if split.status != 201 || split.at("items.1.description") != "岸边" {
		t.Errorf("the split answers %s", split.body)
	}
	half := split.at("items.1.id")
	w.must("admin", remove, "/shots/"+half, nil, "If-Match", `"`+split.at("items.1.rev")+`"`)
	if a := w.must("admin", post, "/shots/"+half+"/restore", nil); a.at("deleted") != "" {
		t.Errorf("the restored shot is %s", a.body)
	}
}

func TestTwoPicksAtOnceHaveOneWinner(t *testing.T) {
	w := newWorld(t)
	shot := w.newShot()
	takes := []string{w.newTake(shot), w.newTake(shot), w.newTake(shot), w.newTake(shot)}
	statuses := make([]int, len(takes))
	var wg sync.WaitGroup
	for i, take := range takes {
		wg.Go(func() { statuses[i] = w.ask("admin", post, "/shots/"+shot+"/pick", obj{"take_id": take}).status })
	}
	wg.Wait()
	won := 0
	for _, s := range statuses {
		if s == 200 {
			won++
		} else if s != 409 {
			t.Errorf("a loser is told %d", s)
		}
	}
	if won != 1 {
		t.Errorf("%d picks won", won)
	}
}
