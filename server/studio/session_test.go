package studio_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func TestASessionEnds(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	signIn := func() studio.Session {
		s, err := h.SignIn(ctx, studio.Trace{Address: "10.0.0.1"}, strings.Repeat("浏", 300), studio.SignInIn{Login: " ADMIN ", Password: studiotest.Password})
		return must(t, s, err)
	}
	alive := func(s studio.Session) bool {
		a, err := h.ActorFor(ctx, s.Token, studio.Trace{})
		if err != nil {
			refused(t, err, "signed_out")
		} else if a.Person.ID != h.admin.Person.ID || a.Session != s.ID {
			t.Errorf("somebody else: %+v", a)
		}
		return err == nil
	}
	first := signIn()
	if len(first.Token) != 64 || len([]rune(first.Agent)) != 200 || first.Address != "10.0.0.1" || !first.Current {
		t.Errorf("got %+v", first)
	}
	t.Run("twelve hours after it was last used", func(t *testing.T) {
		c.pass(12 * time.Hour)
		if !alive(first) {
			t.Fatal("ended at twelve hours")
		}
		c.pass(12*time.Hour + time.Second)
		if alive(first) {
			t.Error("lives after twelve idle hours")
		}
		if l, err := h.Sessions(ctx, h.admin); err != nil || len(l) != 0 {
			t.Errorf("lists %+v, %v", l, err)
		}
	})
	t.Run("seven days after it began, however busy", func(t *testing.T) {
		s := signIn()
		for range 14 {
			c.pass(12 * time.Hour)
			if !alive(s) {
				t.Fatalf("ended at %s", c.Now().Sub(s.Created))
			}
		}
		c.pass(time.Second)
		if alive(s) {
			t.Error("lives after seven days")
		}
	})
	t.Run("when its person ends it", func(t *testing.T) {
		s, other := signIn(), signIn()
		l, err := h.Sessions(ctx, studiotest.Actor(t, h.Studio, other))
		if must(t, l, err); len(l) != 2 || l[0].Token != "" || l[0].Current || !l[1].Current {
			t.Errorf("lists %+v", l)
		}
		if err := h.EndSession(ctx, studiotest.Actor(t, h.Studio, other), s.ID); err != nil || alive(s) || !alive(other) {
			t.Errorf("ending gave %v", err)
		}
		by := studiotest.Actor(t, h.Studio, other)
		if err := h.SignOut(ctx, by); err != nil || alive(other) {
			t.Errorf("signing out gave %v", err)
		}
		refused(t, h.SignOut(ctx, by), "unknown.session")
	})
	for _, odd := range []string{"", "x", strings.Repeat("a", 64), strings.Repeat("a", 5000), "\x00"} {
		if _, err := h.ActorFor(ctx, odd, studio.Trace{}); !studio.IsKind(err, studio.SignedOut) {
			t.Errorf("%.10q gave %v", odd, err)
		}
	}
}

func TestDisablingSomebody(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("昼以继夜")
	s := studiotest.Join(t, h.Studio, h.admin, "zhouyu", studio.Member, title, studio.RoleProducer)
	p := studiotest.Actor(t, h.Studio, s).Person
	refused(t, h.EndSession(ctx, h.admin, s.ID), "unknown.session") // somebody else's
	off, err := h.EditPerson(ctx, h.admin, p.ID, p.Rev, studio.PersonEdit{Active: ptr(false)})
	must(t, off, err)
	_, err = h.ActorFor(ctx, s.Token, studio.Trace{})
	refused(t, err, "signed_out")
	_, err = h.SignIn(ctx, studio.Trace{}, "", studio.SignInIn{Login: "zhouyu", Password: studiotest.Password})
	refused(t, err, "sign_in.wrong")
	on, err := h.SetActive(ctx, studio.Console(), "ZHOUYU", true)
	must(t, on, err)
	if _, err := h.ActorFor(ctx, s.Token, studio.Trace{}); err == nil {
		t.Error("the old session came back")
	}
	in, err := h.SignIn(ctx, studio.Trace{}, "", studio.SignInIn{Login: "zhouyu", Password: studiotest.Password})
	if must(t, in, err); studiotest.Actor(t, h.Studio, in).Roles[title] != studio.RoleProducer {
		t.Error("the role went")
	}
	_, err = h.SetActive(ctx, studio.Console(), "nobody", true)
	refused(t, err, "unknown.person")
}

func TestPeopleAndTheirStanding(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	edit := func(by studio.Actor, id string, in studio.PersonEdit) error {
		l, err := h.People(ctx, h.admin, studio.Page{})
		for _, p := range must(t, l, err).Items {
			if p.ID == id {
				_, err := h.EditPerson(ctx, by, id, p.Rev, in)
				return err
			}
		}
		return errors.New("no such person")
	}
	me := h.admin.Person.ID
	lead := studiotest.Person(t, h.Studio, h.admin, "lead", studio.Lead, "", "")
	refused(t, edit(h.admin, me, studio.PersonEdit{Active: ptr(false)}), "person.last_admin")
	refused(t, edit(h.admin, me, studio.PersonEdit{House: ptr(studio.Lead)}), "person.last_admin")
	refused(t, edit(h.admin, lead.Person.ID, studio.PersonEdit{House: ptr(studio.House("boss"))}), "invalid.house")
	refused(t, edit(h.admin, lead.Person.ID, studio.PersonEdit{Name: ptr(" ")}), "invalid.name")
	refused(t, edit(lead, me, studio.PersonEdit{Active: ptr(false)}), "forbidden.studio.manage")
	refused(t, edit(lead, me, studio.PersonEdit{House: ptr(studio.Member)}), "forbidden.studio.manage")
	refused(t, edit(lead, lead.Person.ID, studio.PersonEdit{House: ptr(studio.Admin)}), "forbidden.studio.manage")
	refused(t, edit(h.as(studio.RoleLead, "t"), me, studio.PersonEdit{}), "forbidden.people.manage")
	_, err := h.EditPerson(ctx, h.admin, me, 99, studio.PersonEdit{})
	refused(t, err, "stale")
	if err := edit(h.admin, lead.Person.ID, studio.PersonEdit{House: ptr(studio.Admin)}); err != nil {
		t.Fatal(err)
	}
	if err := edit(h.admin, me, studio.PersonEdit{House: ptr(studio.Member)}); err != nil {
		t.Errorf("with another administrator: %v", err)
	}
}

func TestChangingThePassword(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	s := studiotest.Join(t, h.Studio, h.admin, "zhouyu", studio.Lead, "", "")
	in, err := h.SignIn(ctx, studio.Trace{}, "", studio.SignInIn{Login: "zhouyu", Password: studiotest.Password})
	must(t, in, err)
	by := studiotest.Actor(t, h.Studio, s)
	refused(t, h.ChangePassword(ctx, by, "wrong-password", "新的密码一二三四"), "invalid.old")
	refused(t, h.ChangePassword(ctx, by, studiotest.Password, "short"), "invalid.password")
	refused(t, h.ChangePassword(ctx, by, studiotest.Password, "zhouyu123"), "invalid.password")
	if err := h.ChangePassword(ctx, by, studiotest.Password, "新的密码一二三四"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.ActorFor(ctx, s.Token, studio.Trace{}); err != nil {
		t.Errorf("the asking session ended: %v", err)
	}
	_, err = h.ActorFor(ctx, in.Token, studio.Trace{})
	refused(t, err, "signed_out")
	_, err = h.SignIn(ctx, studio.Trace{}, "", studio.SignInIn{Login: "zhouyu", Password: studiotest.Password})
	refused(t, err, "sign_in.wrong")
	t.Run("from the console it ends every session", func(t *testing.T) {
		_, err := h.ResetPassword(ctx, by, "zhouyu", "又换了一个新的密码")
		refused(t, err, "forbidden.studio.manage")
		p, err := h.ResetPassword(ctx, studio.Console(), "zhouyu", "又换了一个新的密码")
		must(t, p, err)
		_, err = h.ActorFor(ctx, s.Token, studio.Trace{})
		refused(t, err, "signed_out")
		again, err := h.SignIn(ctx, studio.Trace{}, "", studio.SignInIn{Login: "zhouyu", Password: "又换了一个新的密码"})
		must(t, again, err)
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	try := func(login, password, from string) error {
		_, err := h.SignIn(ctx, studio.Trace{Address: from}, "", studio.SignInIn{Login: login, Password: password})
		return err
	}
	waits := func(err error) int {
		t.Helper()
		var w *studio.WaitError
		if e := refused(t, err, "too_many"); e.Kind != studio.TooMany || !errors.As(err, &w) || !strings.Contains(e.Text.ZH, fmt.Sprint(w.Seconds)) {
			t.Fatalf("got %+v", e)
		}
		return w.Seconds
	}
	unknown, wrong := try("nobody", "wrong-password", "10.0.0.9"), try("admin", "wrong-password", "10.0.0.1")
	if refused(t, unknown, "sign_in.wrong").Error() != refused(t, wrong, "sign_in.wrong").Error() {
		t.Error("an unknown login is told apart")
	}
	for _, huge := range []string{strings.Repeat("x", 1025)} {
		refused(t, try("admin", huge, "10.0.0.8"), "sign_in.wrong")
		refused(t, try(huge, "x", "10.0.0.8"), "sign_in.wrong")
	}
	for range 4 {
		refused(t, try("admin", "wrong-password", "10.0.0.1"), "sign_in.wrong")
	}
	first := waits(try("admin", studiotest.Password, "10.0.0.1"))
	if first > 2 || waits(try("Admin ", studiotest.Password, "10.0.0.2")) != first {
		t.Errorf("waits %d s", first)
	}
	refused(t, try("other", "x", "10.0.0.1"), "sign_in.wrong") // the office's address is not slowed by one person
	t.Run("each further guess costs more", func(t *testing.T) {
		last := first
		for range 3 {
			c.pass(time.Duration(last) * time.Second)
			refused(t, try("admin", "wrong-password", "10.0.0.3"), "sign_in.wrong")
			now := waits(try("admin", "x", "10.0.0.3"))
			if now <= last {
				t.Errorf("waits %d s after %d s", now, last)
			}
			last = now
		}
	})
	t.Run("the right password after the wait is let in and clears it", func(t *testing.T) {
		c.pass(5 * time.Minute)
		if err := try("admin", studiotest.Password, "10.0.0.4"); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			refused(t, try("admin", "wrong-password", "10.0.0.5"), "sign_in.wrong")
		}
	})
	t.Run("after a quarter of an hour it is forgotten", func(t *testing.T) {
		waits(try("admin", "x", "10.0.0.6"))
		c.pass(15*time.Minute + time.Second)
		if err := try("admin", studiotest.Password, "10.0.0.5"); err != nil {
			t.Error(err)
		}
	})
}

func TestSettingUpHappensOnce(t *testing.T) {
	c := &clock{now: at(5, 10)}
	s, _ := studiotest.Open(t, c.Now)
	ctx := t.Context()
	in := studio.SetupIn{Studio: "过儿传媒", Name: "李丽", Login: "lili", Password: "一只白鹭飞过金沙湖面"}
	setUp := func(change func(*studio.SetupIn)) error {
		in := in
		change(&in)
		_, err := s.Setup(ctx, studio.Trace{}, "", in)
		return err
	}
	refused(t, setUp(func(in *studio.SetupIn) {}), "setup.code")
	code, err := s.IssueSetupCode(ctx)
	in.Code = must(t, code, err)
	for want, change := range map[string]func(*studio.SetupIn){
		"setup.code":       func(in *studio.SetupIn) { in.Code = strings.Repeat("0", 32) },
		"invalid.password": func(in *studio.SetupIn) { in.Password = "12345678" },
		"invalid.studio":   func(in *studio.SetupIn) { in.Studio = " " },
		"invalid.name":     func(in *studio.SetupIn) { in.Name = "李\u202e丽" },
		"invalid.login":    func(in *studio.SetupIn) { in.Login = "" },
		"invalid.zone":     func(in *studio.SetupIn) { in.Zone = "Local" },
	} {
		refused(t, setUp(change), want)
	}
	if needed, err := s.SetupNeeded(ctx); err != nil || !needed {
		t.Fatalf("a refused setup left something: %v", err)
	}
	c.pass(30 * time.Minute)
	refused(t, setUp(func(*studio.SetupIn) {}), "setup.code")
	code, err = s.IssueSetupCode(ctx)
	in.Code = must(t, code, err)
	session, err := s.Setup(ctx, studio.Trace{}, "", in)
	must(t, session, err)
	if me, err := s.Me(ctx, studiotest.Actor(t, s, session)); err != nil || me.Person.House != studio.Admin || me.Studio.Zone != "Asia/Shanghai" || me.Studio.Name != "过儿传媒" {
		t.Errorf("got %+v, %v", me, err)
	}
	refused(t, setUp(func(*studio.SetupIn) {}), "setup.code")
	if code, err := s.IssueSetupCode(ctx); code != "" || err != nil {
		t.Errorf("a second code: %q, %v", code, err)
	}
}

func TestInvitations(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	title := h.title("昼以继夜")
	invite := func(by studio.Actor, in studio.InviteIn) studio.Invitation {
		i, err := h.CreateInvite(ctx, by, in)
		return must(t, i, err)
	}
	join := func(token, login string) error {
		_, err := h.Join(ctx, studio.Trace{}, "", studio.JoinIn{Token: token, Name: "周屿", Login: login, Password: studiotest.Password})
		return err
	}
	leader := h.as(studio.RoleLead, title)
	to := studio.InviteIn{Name: "周屿", TitleID: title, Role: studio.RoleProducer}
	i := invite(leader, to)
	w, err := h.LookInvite(ctx, i.Token)
	if want := (studio.Welcome{Studio: "测试剧组", Name: "周屿", Title: "昼以继夜", Role: studio.RoleProducer}); err != nil || w != want {
		t.Errorf("got %+v, %v", w, err)
	}
	refused(t, join(i.Token, "ADMIN"), "invalid.login") // taken; the link is not used up
	if err := join(i.Token, "zhouyu"); err != nil {
		t.Fatal(err)
	}
	refused(t, join(i.Token, "zhouyu2"), "invite.gone")
	m, err := h.Members(ctx, h.admin, title)
	if must(t, m, err); len(m) != 1 || m[0].Login != "zhouyu" || m[0].Role != studio.RoleProducer {
		t.Errorf("members %+v", m)
	}
	t.Run("a link ends after seven days", func(t *testing.T) {
		i := invite(h.admin, studio.InviteIn{Name: "x"})
		c.pass(7*24*time.Hour + time.Second)
		refused(t, join(i.Token, "late"), "invite.gone")
	})
	t.Run("a revoked link is worthless", func(t *testing.T) {
		i := invite(leader, to)
		refused(t, h.RevokeInvite(ctx, h.admin, i.Invite.ID, i.Invite.Rev+1), "stale")
		stranger := h.as(studio.RoleLead, title)
		stranger.Person.ID = "somebody"
		refused(t, h.RevokeInvite(ctx, stranger, i.Invite.ID, i.Invite.Rev), "unknown.invite")
		if l, err := h.Invites(ctx, stranger); err != nil || len(l) != 0 {
			t.Errorf("sees %+v, %v", l, err)
		}
		if l, err := h.Invites(ctx, leader); err != nil || len(l) != 1 {
			t.Errorf("lists %+v, %v", l, err)
		}
		if err := h.RevokeInvite(ctx, leader, i.Invite.ID, i.Invite.Rev); err != nil {
			t.Fatal(err)
		}
		refused(t, join(i.Token, "late"), "invite.gone")
	})
	for _, c := range []struct {
		name string
		by   studio.Actor
		in   studio.InviteIn
		code string
	}{
		{"a role without a title", h.admin, studio.InviteIn{Role: studio.RoleViewer}, "invalid.role"},
		{"a title without a role", h.admin, studio.InviteIn{TitleID: title}, "invalid.role"},
		{"an odd role", h.admin, studio.InviteIn{TitleID: title, Role: "boss"}, "invalid.role"},
		{"an odd standing", h.admin, studio.InviteIn{House: "boss"}, "invalid.house"},
		{"a title that is not there", h.admin, studio.InviteIn{TitleID: "x", Role: studio.RoleViewer}, "unknown.title"},
		{"an administrator, by a lead", actor(studio.Lead, nil), studio.InviteIn{House: studio.Admin}, "forbidden.studio.manage"},
		{"a lead, by a title's lead", leader, studio.InviteIn{House: studio.Lead}, "forbidden.people.manage"},
		{"a member of the house, by a title's lead", leader, studio.InviteIn{}, "forbidden.people.manage"},
		{"to a title, by its producer", h.as(studio.RoleProducer, title), to, "forbidden.title.members"},
		{"to a title, by a stranger", h.as(studio.RoleLead, "other"), to, "unknown.title"},
		{"by nobody", studio.Actor{}, to, "signed_out"},
	} {
		t.Run(c.name+" is refused", func(t *testing.T) {
			_, err := h.CreateInvite(ctx, c.by, c.in)
			refused(t, err, c.code)
		})
	}
}
