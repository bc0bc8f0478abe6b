package studio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func (h house) token(by studio.Actor, days int, scopes ...studio.Scope) studio.NewToken {
	h.t.Helper()
	n, err := h.CreateToken(h.t.Context(), by, studio.TokenIn{Name: "脚本", Scopes: scopes, Days: days})
	return must(h.t, n, err)
}

func (h house) bearer(secret string) (studio.Actor, error) {
	return h.ActorForToken(h.t.Context(), secret, studio.Trace{Address: "10.0.0.7"})
}

func TestATokenLivesAndDies(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
	n := h.token(op, 1, studio.ScopeRead, studio.ScopeLog)
	if len(n.Secret) != 76 || !strings.HasPrefix(n.Secret, "chk_") || n.Token.Prefix != n.Secret[:8] || n.Token.Used != nil || !n.Token.Ends.Equal(c.Now().AddDate(0, 0, 1)) {
		t.Fatalf("got %+v", n)
	}
	a, err := h.bearer(n.Secret)
	if must(t, a, err); a.Person.ID != op.Person.ID || a.Token != n.Token.ID || fmt.Sprint(a.Scopes) != "[read log]" || a.Session != "" || a.Roles[x.TitleID] != studio.RoleOperator {
		t.Errorf("got %+v", a)
	}
	t.Run("its last use is kept to five minutes", func(t *testing.T) {
		used := func() time.Time {
			l, err := h.Tokens(ctx, op)
			if must(t, l, err); len(l) != 1 || l[0].Used == nil || l[0].Address != "10.0.0.7" || l[0].Rev != n.Token.Rev {
				t.Fatalf("got %+v", l)
			}
			return *l[0].Used
		}
		first := used()
		c.pass(4 * time.Minute)
		must(t, 0, errOf(h.bearer(n.Secret)))
		if !used().Equal(first) {
			t.Error("every use is a write")
		}
		c.pass(2 * time.Minute)
		must(t, 0, errOf(h.bearer(n.Secret)))
		if !used().Equal(c.Now()) {
			t.Error("the last use is not kept")
		}
	})
	for name, secret := range map[string]string{"nothing": "", "another mark": "abc_" + n.Secret[4:], "one digit less": n.Secret[:75], "one digit more": n.Secret + "0",
		"another digit": n.Secret[:10] + string(n.Secret[10]^1) + n.Secret[11:], "one that was never made": h.strange(), "a cookie": strings.Repeat("0", 64), "a mile of digits": "chk_" + strings.Repeat("0", 1<<20)} {
		t.Run(name+" is no token", func(t *testing.T) { refused(t, errOf(h.bearer(secret)), "token.dead") })
	}
	t.Run("it ends on its day", func(t *testing.T) {
		c.pass(24*time.Hour - 6*time.Minute - time.Second)
		must(t, 0, errOf(h.bearer(n.Secret)))
		c.pass(time.Second)
		refused(t, errOf(h.bearer(n.Secret)), "token.dead")
	})
	t.Run("without an end it does not", func(t *testing.T) {
		n := h.token(op, 0, studio.ScopeRead)
		if n.Token.Ends != nil {
			t.Errorf("ends %s", n.Token.Ends)
		}
		c.pass(20 * 365 * 24 * time.Hour)
		must(t, 0, errOf(h.bearer(n.Secret)))
	})
	t.Run("revoked it is dead", func(t *testing.T) {
		n := h.token(h.admin, 1, studio.ScopeRead)
		must(t, 0, errOf(h.bearer(n.Secret)))
		refused(t, h.RevokeToken(ctx, op, n.Token.ID, n.Token.Rev), "unknown.token")
		refused(t, h.RevokeToken(ctx, h.admin, n.Token.ID, n.Token.Rev+1), "stale")
		if err := h.RevokeToken(ctx, h.admin, n.Token.ID, n.Token.Rev); err != nil {
			t.Fatal(err)
		}
		refused(t, errOf(h.bearer(n.Secret)), "token.dead")
		refused(t, h.RevokeToken(ctx, h.admin, n.Token.ID, 1), "unknown.token")
	})
	t.Run("with its person's rights it loses its own", func(t *testing.T) {
		n := h.token(op, 0, studio.ScopeLog)
		off, err := h.SetActive(ctx, studio.Console(), "lin", false)
		must(t, off, err)
		refused(t, errOf(h.bearer(n.Secret)), "token.dead")
		must(t, 0, errOf(h.SetActive(ctx, studio.Console(), "lin", true)))
		refused(t, errOf(h.bearer(n.Secret)), "token.dead")
	})
}

// strange is a well-formed secret of another studio.
func (h house) strange() string {
	h.t.Helper()
	other := newHouse(h.t)
	return other.token(other.admin, 0, studio.ScopeRead).Secret
}

func TestTokensThatAreNotMade(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	good := studio.TokenIn{Name: "x", Scopes: []studio.Scope{studio.ScopeRead}, Days: 1}
	for code, changes := range map[string][]func(*studio.TokenIn){
		"invalid.name":   {func(in *studio.TokenIn) { in.Name = " " }, func(in *studio.TokenIn) { in.Name = "a\nb" }, func(in *studio.TokenIn) { in.Name = strings.Repeat("x", 201) }},
		"invalid.scopes": {func(in *studio.TokenIn) { in.Scopes = nil }, func(in *studio.TokenIn) { in.Scopes = []studio.Scope{"admin"} }, func(in *studio.TokenIn) { in.Scopes = []studio.Scope{"read", "read"} }},
		"invalid.days":   {func(in *studio.TokenIn) { in.Days = -1 }, func(in *studio.TokenIn) { in.Days = 3651 }},
	} {
		for _, change := range changes {
			in := good
			change(&in)
			refused(t, errOf(h.CreateToken(ctx, h.admin, in)), code)
		}
	}
	refused(t, errOf(h.CreateToken(ctx, studio.Actor{}, good)), "signed_out")
	n := h.token(h.admin, 0, studio.Scopes()...)
	a, err := h.bearer(n.Secret)
	must(t, a, err)
	t.Run("a token looks after no tokens, sessions and passwords", func(t *testing.T) {
		refused(t, errOf(h.CreateToken(ctx, a, good)), "token.browser")
		refused(t, errOf(h.Tokens(ctx, a)), "token.browser")
		refused(t, h.RevokeToken(ctx, a, n.Token.ID, 1), "token.browser")
		refused(t, errOf(h.Sessions(ctx, a)), "token.browser")
		refused(t, h.EndSession(ctx, a, "x"), "token.browser")
		refused(t, h.SignOut(ctx, a), "token.browser")
		refused(t, h.ChangePassword(ctx, a, "a", "b"), "token.browser")
		refused(t, errOf(h.EditPerson(ctx, a, h.admin.Person.ID, 1, studio.PersonEdit{})), "token.browser")
		refused(t, errOf(h.CreateInvite(ctx, a, studio.InviteIn{Name: "x"})), "token.browser")
		refused(t, errOf(h.EditSettings(ctx, a, 1, studio.SettingsEdit{})), "token.browser")
		refused(t, errOf(h.CreateTokenFor(ctx, a, "lili", good)), "token.browser")
	})
	t.Run("fifty are enough", func(t *testing.T) {
		for range 49 {
			h.token(h.admin, 1, studio.ScopeRead)
		}
		refused(t, errOf(h.CreateToken(ctx, h.admin, good)), "token.limit")
		l, err := h.Tokens(ctx, h.admin)
		if must(t, l, err); len(l) != 50 || l[49].ID != n.Token.ID {
			t.Errorf("%d tokens, the last %+v", len(l), l[len(l)-1])
		}
		if err := h.RevokeToken(ctx, h.admin, l[0].ID, l[0].Rev); err != nil {
			t.Fatal(err)
		}
		h.token(h.admin, 1, studio.ScopeRead)
	})
}

// tokenRights says for every action which scope carries it: r read, l log, v review, w write.
const tokenRights = `
studio.manage   ----
people.manage   ----
title.create    ---w
title.view      rlvw
title.edit      ---w
title.members   ----
script.import   ---w
shot.edit       ---w
attempt.log     -l--
take.rate       --v-
note.write      --v-
take.pick       --v-
location.view   r--w
location.edit   ---w
booking.edit    ---w
release.edit    ---w
reading.enter   ---w
money.view      r--w
cost.edit       ---w
`

func TestEveryActionByEveryScope(t *testing.T) {
	rows := strings.Split(strings.TrimSpace(tokenRights), "\n")
	if len(rows) != len(studio.Actions()) {
		t.Fatalf("the table has %d actions, the studio %d", len(rows), len(studio.Actions()))
	}
	for _, row := range rows {
		f := strings.Fields(row)
		for i, scope := range studio.Scopes() {
			a := actor(studio.Admin, nil)
			a.Token, a.Scopes = "t", []studio.Scope{scope}
			if got, want := a.Can(studio.Action(f[0]), "t1"), f[1][i] != '-'; got != want {
				t.Errorf("%s by a token with %s: %t", f[0], scope, got)
			}
			a = actor(studio.Member, map[string]studio.Role{"t1": studio.RoleViewer})
			a.Token, a.Scopes = "t", studio.Scopes()
			if a.Can(studio.Action(f[0]), "t1") && f[0] != "title.view" && f[0] != "location.view" {
				t.Errorf("a viewer's token may %s", f[0])
			}
		}
	}
}

func TestAFollowerByTokenEndsWithIt(t *testing.T) {
	h := newHouse(t)
	n := h.token(h.admin, 0, studio.ScopeRead)
	a, err := h.bearer(n.Secret)
	live, err2 := h.Follow(t.Context(), must(t, a, err), 0)
	must(t, live, err2)
	h.oneShot()
	if e := <-live; e.Verb != "title.created" {
		t.Errorf("got %+v", e)
	}
	if err := h.RevokeToken(t.Context(), h.admin, n.Token.ID, n.Token.Rev); err != nil {
		t.Fatal(err)
	}
	for range live { // ends, or the test times out
	}
	refused(t, errOf(h.Follow(t.Context(), a, 0)), "signed_out")
}
