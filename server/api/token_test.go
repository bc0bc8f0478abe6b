package api_test

import (
	"strings"
	"testing"
)

func TestATokenAtTheDoor(t *testing.T) {
	w := newWorld(t)
	w.join("viewer", "member", w.title, "viewer")
	w.join("operator", "member", w.title, "operator")
	key := w.newToken("operator", "log").at("secret")
	dead := w.newToken("operator", "log")
	w.must("operator", remove, "/tokens/"+dead.at("token.id"), nil, "If-Match", `"1"`)
	off := w.newToken("viewer", "read").at("secret")
	w.must("admin", patch, "/people/"+w.id["viewer"], obj{"active": false}, "If-Match", `"`+w.personRev("viewer")+`"`)
	body := obj{"shot": w.shot, "status": "failed"}
	bearer := func(v string) []string { return []string{"Authorization", v} }
	w.run([]row{
		{name: "lets its person log", who: "script", method: post, path: "/attempts", body: body, headers: bearer("Bearer " + key), status: 201, want: []string{`"operator":"` + w.id["operator"] + `"`}},
		{name: "in any case of its scheme", who: "script", method: get, path: "/shots/" + w.shot, headers: bearer("bearer  " + key), status: 200},
		{name: "not beyond its scopes", who: "script", method: get, path: "/people", headers: bearer("Bearer " + key), status: 403, want: []string{"token.scope", "read"}},
		{name: "not for its person's own affairs", who: "script", method: post, path: "/tokens", body: obj{"name": "x", "scopes": []string{"log"}, "days": 0}, headers: bearer("Bearer " + key), status: 403, want: []string{"token.browser"}},
		{name: "not on a title that its person has no part in", who: "script", method: post, path: "/attempts", body: obj{"shot": w.otherShot}, headers: bearer("Bearer " + key), status: 404},
		{name: "not when it was revoked", who: "script", method: get, path: "/shots/" + w.shot, headers: bearer("Bearer " + dead.at("secret")), status: 401, want: []string{"token.dead"}},
		{name: "not when its person is disabled", who: "script", method: get, path: "/shots/" + w.shot, headers: bearer("Bearer " + off), status: 401, want: []string{"token.dead"}},
		{name: "not when it is mistyped", who: "script", method: get, path: "/shots/" + w.shot, headers: bearer("Bearer " + key[:75] + "x"), status: 401, want: []string{"token.dead"}, not: []string{key[:20]}},
		{name: "not by another scheme", who: "script", method: get, path: "/shots/" + w.shot, headers: bearer("Basic " + key), status: 401, want: []string{"token.format"}},
		{name: "not by a bare header", who: "script", method: get, path: "/shots/" + w.shot, headers: bearer(key), status: 401, want: []string{"token.format"}},
		{name: "not by an empty header", who: "script", method: get, path: "/shots/" + w.shot, headers: bearer(""), status: 401, want: []string{"token.format"}},
		{name: "not beside a cookie", who: "operator", method: get, path: "/shots/" + w.shot, headers: bearer("Bearer " + key), status: 401, want: []string{"token.two"}},
		{name: "not in the address", who: "script", method: get, path: "/shots/" + w.shot + "?token=" + key, status: 401},
		{name: "not as a cookie", who: "script", method: get, path: "/shots/" + w.shot, headers: []string{"Cookie", "chouka_session=" + key}, status: 401},
	})
	t.Run("two of them are refused", func(t *testing.T) {
		r := w.request(t.Context(), "script", get, "/shots/"+w.shot, nil)
		r.Header["Authorization"] = []string{"Bearer " + key, "Bearer " + key}
		if a := w.send(r); a.status != 401 || a.code() != "token.two" {
			t.Errorf("answers %d %s", a.status, a.body)
		}
	})
	t.Run("the list shows no secret", func(t *testing.T) {
		a := w.must("operator", get, "/tokens", nil)
		if a.at("items.0.prefix") != key[:8] || strings.Contains(a.body, key[8:]) || strings.Contains(a.body, "hash") || a.at("items.1.id") != "" || a.at("items.0.used") == "" {
			t.Errorf("answers %s", a.body)
		}
	})
	t.Run("nobody else's is listed or revoked", func(t *testing.T) {
		id := w.must("operator", get, "/tokens", nil).at("items.0.id")
		if a := w.must("admin", get, "/tokens", nil); a.at("items.0.id") != "" {
			t.Errorf("answers %s", a.body)
		}
		refused(t, "revoking it", w.ask("admin", remove, "/tokens/"+id, nil, "If-Match", `"1"`), 404)
	})
}

func TestAttemptsThatComeTooFastWait(t *testing.T) {
	w := newWorld(t)
	items := make([]obj, 500)
	for i := range items {
		items[i] = obj{}
	}
	last := answer{}
	for range 20 { // refused for want of a shot, which costs no write
		if last = w.must("admin", post, "/attempts/bulk", obj{"items": items}); last.at("items.499.status") == "429" {
			break
		}
	}
	if last.at("items.499.problem.code") != "attempt.pace" {
		t.Fatalf("item 499 answers %s", last.at("items.499"))
	}
	a := w.ask("admin", post, "/attempts", obj{})
	for range 100 {
		if a.status == 429 {
			break
		}
		a = w.ask("admin", post, "/attempts", obj{})
	}
	if a.status != 429 || a.header.Get("Retry-After") == "" {
		t.Errorf("answers %d, Retry-After %q", a.status, a.header.Get("Retry-After"))
	}
}
