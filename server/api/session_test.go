package api_test

import (
	"strings"
	"testing"

	"chouka/server/api"
	"chouka/server/studio/studiotest"
)

func TestSettingUpSigningInAndOut(t *testing.T) {
	s := studiotest.New(t)
	a, err := api.New(api.Options{Studio: s})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	h := &house{t: t, api: a, studio: s, token: map[string]string{}, id: map[string]string{}}
	code, err := s.IssueSetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	form := obj{"code": code, "studio": "过儿传媒", "name": "李丽", "login": "lili", "password": studiotest.Password}
	h.run([]row{
		{name: "a new studio waits for its administrator", who: "nobody", method: get, path: "/setup", status: 200, want: []string{`"needed":true`}},
		{name: "a wrong code opens nothing", who: "nobody", method: post, path: "/setup", body: obj{"code": canary, "studio": "x", "name": "x", "login": "x", "password": studiotest.Password},
			status: 403, want: []string{"setup.code"}, not: []string{canary}},
		{name: "a field that is missing is named", who: "nobody", method: post, path: "/setup", body: obj{"code": code}, status: 422, want: []string{`"errors":[{`}},
		{name: "a weak password is refused with its field", who: "nobody", method: post, path: "/setup", body: obj{"code": code, "studio": "x", "name": "x", "login": "x", "password": "12345678"},
			status: 422, want: []string{"body.password"}, not: []string{"12345678"}},
	})
	entered := h.must("nobody", post, "/setup", form)
	if entered.at("person.house") != "admin" || entered.at("studio.name") != "过儿传媒" || entered.at("rights.0") == "" {
		t.Errorf("the administrator sees %s", entered.body)
	}
	cookie := entered.header.Get("Set-Cookie")
	for _, part := range []string{"chouka_session=", "; Path=/", "; HttpOnly", "; SameSite=Lax"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie %q lacks %q", cookie, part)
		}
	}
	if strings.Contains(cookie, "Secure") || strings.Contains(entered.body, cookieValue(cookie)) {
		t.Errorf("the cookie %q or the body is wrong", cookie)
	}
	h.token["admin"] = cookieValue(cookie)
	h.run([]row{
		{name: "a studio is set up once", who: "nobody", method: post, path: "/setup", body: form, status: 403},
		{name: "and waits no longer", who: "nobody", method: get, path: "/setup", status: 200, want: []string{`"needed":false`}},
		{name: "the cookie signs in", who: "admin", method: get, path: "/session", status: 200, want: []string{`"login":"lili"`, `"memberships":[]`}},
		{name: "a wrong password", who: "nobody", method: post, path: "/session", body: obj{"login": "lili", "password": canary}, status: 401, want: []string{"sign_in.wrong"}, not: []string{canary}},
		{name: "an unknown login gets the same words", who: "nobody", method: post, path: "/session", body: obj{"login": "nobody", "password": canary}, status: 401, want: []string{"sign_in.wrong"}},
		{name: "a made-up cookie is nobody", who: "nobody", method: get, path: "/session", headers: []string{"Cookie", "chouka_session=" + strings.Repeat("a", 64)}, status: 401, want: []string{"signed_out"}},
		{name: "the own sessions are listed", who: "admin", method: get, path: "/sessions", status: 200, want: []string{`"current":true`}, not: []string{"hash", "token"}},
	})
	out := h.must("admin", remove, "/session", nil)
	if out.status != 204 || !strings.Contains(out.header.Get("Set-Cookie"), "chouka_session=; Path=/; Max-Age=0") {
		t.Errorf("signing out answers %d %q", out.status, out.header.Get("Set-Cookie"))
	}
	if a := h.ask("admin", get, "/session", nil); a.status != 401 {
		t.Errorf("the old cookie still answers %d", a.status)
	}
}

func cookieValue(header string) string {
	_, rest, _ := strings.Cut(header, "=")
	v, _, _ := strings.Cut(rest, ";")
	return v
}

func TestAnotherSessionCanBeEnded(t *testing.T) {
	h := newHouse(t)
	second := h.must("nobody", post, "/session", obj{"login": "admin", "password": studiotest.Password})
	h.token["elsewhere"] = cookieValue(second.header.Get("Set-Cookie"))
	list := h.must("elsewhere", get, "/sessions", nil)
	other := list.at("items.0.id")
	if list.at("items.0.current") == "true" {
		other = list.at("items.1.id")
	}
	h.must("elsewhere", remove, "/sessions/"+other, nil)
	if a := h.ask("admin", get, "/session", nil); a.status != 401 {
		t.Errorf("the ended session answers %d", a.status)
	}
	h.must("elsewhere", get, "/session", nil)
}

func TestGuessingIsSlowedDown(t *testing.T) {
	h := newHouse(t)
	var last answer
	for range 10 {
		last = h.ask("nobody", post, "/session", obj{"login": "admin", "password": "a wrong guess"})
	}
	refused(t, "the tenth guess", last, 429)
	if last.header.Get("Retry-After") == "" {
		t.Error("it does not say how long to wait")
	}
}

func TestChangingThePasswordEndsTheOtherSessions(t *testing.T) {
	h := newHouse(t)
	second := h.must("nobody", post, "/session", obj{"login": "admin", "password": studiotest.Password})
	h.token["elsewhere"] = cookieValue(second.header.Get("Set-Cookie"))
	h.run([]row{
		{name: "the present password is asked for", who: "admin", method: post, path: "/password", body: obj{"old": canary, "new": "白鹭飞过湖面-2"}, status: 422, want: []string{"body.old"}, not: []string{canary}},
		{name: "a good change has nothing to say", who: "admin", method: post, path: "/password", body: obj{"old": studiotest.Password, "new": "白鹭飞过湖面-2"}, status: 204},
		{name: "the other browser is out", who: "elsewhere", method: get, path: "/session", status: 401},
		{name: "this one stays", who: "admin", method: get, path: "/session", status: 200},
		{name: "the new password signs in", who: "nobody", method: post, path: "/session", body: obj{"login": "admin", "password": "白鹭飞过湖面-2"}, status: 200},
	})
}

func TestJoiningByInvitation(t *testing.T) {
	w := newWorld(t)
	made := w.must("admin", post, "/invites", obj{"name": "李莉", "title_id": w.title, "role": "operator"})
	token := made.at("token")
	form := obj{"token": token, "name": "李莉", "login": "lili2", "password": studiotest.Password}
	w.run([]row{
		{name: "the link says what it is for", who: "nobody", method: post, path: "/join/look", body: obj{"token": token}, status: 200, want: []string{"测试剧组", "从顽皮蛇开始吞噬进化", "operator"}},
		{name: "a made-up link is unknown", who: "nobody", method: post, path: "/join/look", body: obj{"token": canary}, status: 404, not: []string{canary}},
		{name: "the list keeps the token to itself", who: "admin", method: get, path: "/invites", status: 200, want: []string{"李莉"}, not: []string{token}},
		{name: "joining signs in with the role", who: "nobody", method: post, path: "/join", body: form, status: 200, want: []string{`"role":"operator"`}},
		{name: "a link works once", who: "nobody", method: post, path: "/join", body: form, status: 404},
	})
	again := w.must("admin", post, "/invites", obj{"name": "再来"})
	w.must("admin", remove, "/invites/"+again.at("invite.id"), nil, "If-Match", again.header.Get("ETag"))
	if a := w.ask("nobody", post, "/join/look", obj{"token": again.at("token")}); a.status != 404 {
		t.Errorf("a revoked link answers %d", a.status)
	}
}
