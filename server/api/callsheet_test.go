package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestACallSheetAndItsLinks(t *testing.T) {
	w := newWorld(t)
	w.join("scout", studio.Member, w.title, studio.RoleScout)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	w.join("stranger", studio.Member, w.other, studio.RoleViewer)
	day := w.callDay()
	opened := w.must("scout", post, "/days/"+day+"/callsheet", nil)
	path := "/callsheets/" + opened.at("sheet.id")
	link := w.must("scout", post, path+"/recipients", obj{"name": "赵师傅"})
	secret, old := link.at("secret"), "/calls/"+link.at("secret")
	typed := callTyped("小雨")
	typed["crew"] = []obj{{"department": "灯光", "name": "赵师傅", "phone": "13900000000", "call": "6:30", "note": ""}}
	bad := callTyped("")
	bad["wrap_at"] = "24:00"
	match := func(rev string) []string { return []string{"If-Match", `"` + rev + `"`} }
	w.run([]row{
		{name: "a draft is for those who book", who: "viewer", method: get, path: path, status: 404, want: []string{"callsheet.draft"}},
		{name: "nobody else learns that it exists", who: "stranger", method: get, path: path, status: 404, want: []string{"unknown.callsheet"}},
		{name: "its link says nothing yet", who: "nobody", method: post, path: old, status: 404, want: []string{"unknown.callsheet"}},
		{name: "a time that no clock shows", who: "scout", method: patch, path: path, body: bad, headers: match("1"), status: 422, want: []string{"invalid.time", "body.wrap_at"}},
		{name: "the form is kept", who: "scout", method: patch, path: path, body: typed, headers: match("1"), status: 200, want: []string{"小雨", `"call":"06:30"`}},
		{name: "once", who: "scout", method: patch, path: path, body: typed, headers: match("1"), status: 412},
		{name: "it is issued", who: "scout", method: post, path: path + "/issue", body: obj{"note": "第一版"}, headers: match("2"), status: 200, want: []string{`"version":1`, `"pending":false`}},
		{name: "and not twice the same", who: "scout", method: post, path: path + "/issue", body: obj{}, headers: match("3"), status: 409, want: []string{"callsheet.unchanged"}},
		{name: "a viewer reads it, without what people work with", who: "viewer", method: get, path: path, status: 200, want: []string{"小雨", `"version":1`}, not: []string{`"weather":"小雨","transport":"","safety":"","note":"","cast":[],"crew":[{`, secret}},
		{name: "the link shows the sheet", who: "nobody", method: post, path: old, status: 200, want: []string{`"first":"06:30"`, `"name":"赵师傅"`, "13900000000"}, not: []string{"recipients", "hash"}},
		{name: "its holder has the version", who: "nobody", method: post, path: old + "/got", body: obj{"version": 1}, status: 200, want: []string{`"confirmed":1`}},
		{name: "which there is", who: "nobody", method: post, path: old + "/got", body: obj{"version": 2}, status: 422, want: []string{"body.version"}},
		{name: "the desk sees that", who: "scout", method: get, path: path, status: 200, want: []string{`"confirmed":1`, `"opened":1`}, not: []string{secret}},
		{name: "those who look have nothing to confirm", who: "viewer", method: post, path: path + "/got", body: obj{"version": 1}, status: 409, want: []string{"callsheet.not_recipient"}},
		{name: "an account needs no link", who: "scout", method: post, path: path + "/recipients", body: obj{"person_id": w.id["stranger"]}, status: 200, want: []string{`"secret":""`, `"linked":false`}},
		{name: "and is there once", who: "scout", method: post, path: path + "/recipients", body: obj{"person_id": w.id["stranger"]}, status: 409, want: []string{"recipient.twice"}},
		{name: "somebody of another title gets theirs", who: "stranger", method: post, path: path + "/mine", status: 200, want: []string{"小雨"}},
		{name: "it is in their list", who: "stranger", method: get, path: "/my/calls", status: 200, want: []string{opened.at("sheet.id")}},
		{name: "but the sheet's page stays closed", who: "stranger", method: get, path: path, status: 404},
		{name: "a viewer adds nobody", who: "viewer", method: post, path: path + "/recipients", body: obj{"name": "我"}, status: 403},
	})
	at := path + "/recipients/" + link.at("recipient.id")
	fresh := "/calls/" + w.must("scout", post, at+"/renew", nil).at("secret")
	w.run([]row{
		{name: "an address that was renewed ends", who: "nobody", method: post, path: old, status: 404, want: []string{"unknown.callsheet"}},
		{name: "the new one opens", who: "nobody", method: post, path: fresh, status: 200},
		{name: "a recipient goes", who: "scout", method: remove, path: at, status: 204},
		{name: "and with them their address", who: "nobody", method: post, path: fresh, status: 404},
	})
}
