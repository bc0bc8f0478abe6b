package api_test

import (
	"testing"

	"chouka/server/studio"
)

func TestPeopleAndTheirRoles(t *testing.T) {
	w := newWorld(t)
	w.join("writer", studio.Member, "", "")
	members := "/titles/" + w.title + "/members"
	w.run([]row{
		{name: "a new person sees no title", who: "writer", method: get, path: "/titles", status: 200, want: []string{`{"items":[]}`}},
		{name: "and may not know that it exists", who: "writer", method: get, path: "/titles/" + w.title, status: 404},
		{name: "a role opens it", who: "admin", method: post, path: members, body: obj{"person_id": w.id["writer"], "role": "viewer"}, status: 200, want: []string{`"role":"viewer"`}},
		{name: "to read", who: "writer", method: get, path: "/titles/" + w.title, status: 200, want: []string{`"role":"viewer"`}},
		{name: "not to change", who: "writer", method: patch, path: "/titles/" + w.title, body: obj{"note": "x"}, headers: []string{"If-Match", `"1"`}, status: 403, want: []string{"forbidden.title.edit"}},
		{name: "a role that is none", who: "admin", method: post, path: members, body: obj{"person_id": w.id["writer"], "role": "king"}, status: 422, want: []string{"body.role", "must be one of: lead, producer"}, not: []string{"king"}},
		{name: "the members are listed by name", who: "writer", method: get, path: members, status: 200, want: []string{`"login":"writer"`}},
		{name: "another role replaces the first", who: "admin", method: post, path: members, body: obj{"person_id": w.id["writer"], "role": "director"}, status: 200, want: []string{`"rev":2`}},
		{name: "a removal is based on a revision", who: "admin", method: remove, path: members + "/" + w.id["writer"], headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "which is the newest", who: "admin", method: remove, path: members + "/" + w.id["writer"], headers: []string{"If-Match", `"2"`}, status: 204},
		{name: "and closes the title again", who: "writer", method: get, path: "/titles/" + w.title, status: 404},
		{name: "the last administrator stays", who: "admin", method: patch, path: "/people/" + w.id["admin"], body: obj{"active": false}, headers: []string{"If-Match", `"1"`}, status: 409, want: []string{"person.last_admin"}},
		{name: "people come in pages", who: "writer", method: get, path: "/people?limit=1", status: 200, want: []string{`"next":"`}},
		{name: "a page of nothing is refused", who: "writer", method: get, path: "/people?limit=0", status: 422, want: []string{"query.limit"}},
		{name: "so is one that is too long", who: "writer", method: get, path: "/people?limit=501", status: 422, want: []string{"must not be more than 500"}},
		{name: "a made-up cursor is refused", who: "writer", method: get, path: "/people?after=" + canary, status: 422, want: []string{"invalid.after"}, not: []string{canary}},
		{name: "nobody answers with a secret", who: "admin", method: get, path: "/people", status: 200, not: []string{"hash", "argon", "token"}},
	})
}

func TestPagesOfAListMissNothing(t *testing.T) {
	h := newHouse(t)
	want := map[string]bool{}
	for _, name := range []string{"甲", "乙", "丙", "丁", "戊"} {
		want[h.must("admin", post, "/titles", obj{"name": name}).at("title.id")] = true
	}
	after, pages := "", 0
	for {
		list := h.must("admin", get, "/titles?limit=2&after="+after, nil)
		for _, at := range []string{"items.0.title.id", "items.1.title.id"} {
			delete(want, list.at(at))
		}
		if pages++; list.at("next") == "" {
			break
		}
		after = list.at("next")
	}
	if len(want) != 0 || pages != 3 {
		t.Errorf("%d pages left out %d titles", pages, len(want))
	}
}

func TestTheLanguageOfARefusalIsTheReaders(t *testing.T) {
	h := newHouse(t)
	for lang, want := range map[string]string{"zh-CN": "请先登录", "en": "please sign in", "": "请先登录"} {
		if a := h.ask("nobody", get, "/home", nil, "Accept-Language", lang); a.at("detail") != want {
			t.Errorf("%q is told %s", lang, a.at("detail"))
		}
	}
}
