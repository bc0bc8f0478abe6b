package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestAFunnelOverTheWire(t *testing.T) {
	w := newWorld(t)
	w.join("director", studio.Member, w.title, studio.RoleDirector)
	w.join("operator", studio.Member, w.title, studio.RoleOperator)
	funnel := "/shots/" + w.shot + "/funnel"
	w.run([]row{
		{name: "before anybody looked", who: "operator", method: get, path: funnel, status: 200,
			want: []string{`"attempts":2,"returned":1,"takes":1,"seen":0,`, `"reasons":[]`, `{"from":"picked","to":"locked","n":0,"median_s":0}`}, not: []string{"null", "usual"}},
		{name: "an operator's look is none", who: "operator", method: post, path: "/seen", body: obj{"takes": []string{w.take}}, status: 204},
		{name: "so it is not counted", who: "operator", method: get, path: funnel, status: 200, want: []string{`"seen":0,`}},
		{name: "a director's is", who: "director", method: post, path: "/seen", body: obj{"takes": []string{w.take, nowhere, canary}}, status: 204},
		{name: "a colour alone is a mark", who: "operator", method: post, path: "/verdicts", body: obj{"takes": []string{w.take}, "colour": 3}, status: 200, want: []string{`"colour":3`, `"seen_by":"` + w.id["director"]}},
		{name: "a fifth colour is none", who: "operator", method: post, path: "/verdicts", body: obj{"takes": []string{w.take}, "colour": 5}, status: 422, want: []string{"body.colour"}},
		{name: "too many at once", who: "director", method: post, path: "/seen", body: obj{"takes": make([]string, 501)}, status: 422, want: []string{"body.takes"}},
		{name: "a pick", who: "director", method: post, path: "/shots/" + w.shot + "/pick", body: obj{"take_id": w.take}, status: 200, want: []string{`"draws":2`}},
		{name: "an episode's", who: "operator", method: get, path: "/episodes/" + w.episode + "/funnel", status: 200, want: []string{`"seen":1,"shortlisted":1,"picked":1,"locked":0,`, `"usual":{"size":"","median":2,"n":1}`}},
		{name: "a title's, with its episodes", who: "operator", method: get, path: "/titles/" + w.title + "/funnel", status: 200, want: []string{`"name":"管理员","takes":1,"picked":1`, `"name":"开端","shots":1,"attempts":2,"returned":1,"takes":1,"seen":1,"shortlisted":1,"picked":1,"locked":0`}},
		{name: "what is usual stands on the shot's page", who: "operator", method: get, path: "/shots/" + w.shot, status: 200, want: []string{`"usual":{"size":"","median":2,"n":1}`}},
	})
}
