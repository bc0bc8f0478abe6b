package studio_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

// rights says for every action who may do it: on a title by role, and on the
// house (no title) by the best role that somebody has anywhere.
// admin, lead of the house, then members: lead, producer, director, operator, scout, distributor, viewer, none.
const rights = `
studio.manage   a- -------- --------
people.manage   al -------- --------
title.create    al -------- --------
title.view      al lpdosnv- --------
title.edit      al lp------ --------
title.members   al l------- --------
script.import   al lpd----- --------
shot.edit       al lpd----- --------
attempt.log     al lpdo---- --------
take.rate       al lpdo---- --------
note.write      al lpdo---- --------
take.pick       al lpd----- --------
location.view   al lpdosnv- lpdosnv0
location.edit   al lp--s--- lp--s---
booking.edit    al lp--s--- --------
release.edit    al lp---n-- --------
reading.enter   al lp---n-- --------
money.view      al lp---n-- --------
cost.edit       al lp------ --------
`

func TestEveryActionByEveryRole(t *testing.T) {
	roles := []studio.Role{studio.RoleLead, studio.RoleProducer, studio.RoleDirector, studio.RoleOperator, studio.RoleScout,
		studio.RoleDistributor, studio.RoleViewer, ""}
	rows := strings.Split(strings.TrimSpace(rights), "\n")
	if len(rows) != len(studio.Actions()) || len(roles) != len(studio.Roles())+1 {
		t.Fatalf("the table has %d actions and %d roles, the studio %d and %d", len(rows), len(roles)-1, len(studio.Actions()), len(studio.Roles()))
	}
	for _, row := range rows {
		f := strings.Fields(row)
		action := studio.Action(f[0])
		check := func(who string, a studio.Actor, titleID string, want byte) {
			if got := a.Can(action, titleID); got != (want != '-') {
				t.Errorf("%s: %s on title %q: %t", action, who, titleID, got)
			}
		}
		for i, house := range []studio.House{studio.Admin, studio.Lead} {
			a := actor(house, nil)
			check(string(house), a, "t1", f[1][i])
			check(string(house), a, "", f[1][i])
		}
		for i, role := range roles {
			a := actor(studio.Member, nil)
			if role != "" {
				a = actor(studio.Member, map[string]studio.Role{"t1": role})
			}
			check(string(role), a, "t1", f[2][i])
			check(string(role), a, "t2", '-')
			check(string(role), a, "", f[3][i])
		}
	}
}

func actor(house studio.House, roles map[string]studio.Role) studio.Actor {
	a := studio.Actor{Roles: roles}
	a.Person.ID, a.Person.House, a.Person.Active = "p", house, true
	return a
}

func TestNobodyAndTheDisabledMayNothing(t *testing.T) {
	off := actor(studio.Admin, map[string]studio.Role{"t1": studio.RoleLead})
	off.Person.Active = false
	odd := actor("owner", map[string]studio.Role{"t1": "boss"})
	for _, action := range studio.Actions() {
		if (studio.Actor{}).Can(action, "t1") || (studio.Actor{}).Can(action, "") || off.Can(action, "t1") || off.Can(action, "") {
			t.Errorf("somebody who is not there may %s", action)
		}
		if odd.Can(action, "t1") {
			t.Errorf("an unknown role may %s", action)
		}
	}
	if !actor(studio.Lead, nil).Can(studio.ManagePeople, "") || actor(studio.Lead, nil).Can("house.burn", "") != true {
		t.Error("a lead may everything but manage the studio")
	}
	if actor(studio.Member, map[string]studio.Role{"t1": studio.RoleLead}).Can("house.burn", "t1") {
		t.Error("an action that nobody named is allowed")
	}
}

// TestOutsideAndInside tries one call of each kind of right as somebody who is
// not on the title, who must not learn that it exists, and as a viewer, who may see it.
func TestOutsideAndInside(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	tk := h.take(x.ID, 1)
	other := h.title("娇藏京枝")
	calls := []struct {
		name, unknown, forbidden string
		call                     func(studio.Actor) error
	}{
		{"editing the title", "title", "title.edit", func(a studio.Actor) error {
			_, err := h.EditTitle(ctx, a, x.TitleID, 1, studio.TitleIn{})
			return err
		}},
		{"setting a member", "title", "title.members", func(a studio.Actor) error {
			_, err := h.SetMember(ctx, a, x.TitleID, h.admin.Person.ID, studio.RoleViewer)
			return err
		}},
		{"importing a script", "title", "script.import", func(a studio.Actor) error {
			_, err := h.ImportScript(ctx, a, x.TitleID, studio.ScriptIn{})
			return err
		}},
		{"adding a shot", "scene", "shot.edit", func(a studio.Actor) error {
			_, err := h.AddShot(ctx, a, x.SceneID, studio.ShotIn{})
			return err
		}},
		{"logging an attempt", "shot", "attempt.log", func(a studio.Actor) error {
			_, err := h.LogAttempt(ctx, a, x.ID, studio.AttemptIn{Status: studio.Failed})
			return err
		}},
		{"logging a file", "shot", "attempt.log", func(a studio.Actor) error {
			_, err := h.LogFile(ctx, a, x.ID, "a.png", strings.NewReader("never read"))
			return err
		}},
		{"judging a take", "take", "take.rate", func(a studio.Actor) error {
			_, err := h.Judge(ctx, a, studio.VerdictIn{Takes: []string{tk.ID}, Stars: ptr(3)})
			return err
		}},
		{"picking a take", "shot", "take.pick", func(a studio.Actor) error {
			_, err := h.PickTake(ctx, a, x.ID, studio.PickIn{TakeID: tk.ID})
			return err
		}},
		{"restoring an attempt", "attempt", "attempt.log", func(a studio.Actor) error {
			_, err := h.RestoreAttempt(ctx, a, tk.AttemptID)
			return err
		}},
		{"seeing the shot", "shot", "", func(a studio.Actor) error {
			_, err := h.Shot(ctx, a, x.ID)
			return err
		}},
		{"seeing the original", "take", "", func(a studio.Actor) error {
			f, err := h.TakeOriginal(ctx, a, tk.ID)
			if err == nil {
				err = f.Close()
			}
			return err
		}},
		{"seeing the title's activity", "title", "", func(a studio.Actor) error {
			_, err := h.Activities(ctx, a, x.TitleID, studio.Page{})
			return err
		}},
	}
	for _, c := range calls {
		t.Run(c.name+" is for those inside", func(t *testing.T) {
			refused(t, c.call(studio.Actor{}), "signed_out")
			refused(t, c.call(h.as(studio.RoleLead, other)), "unknown."+c.unknown)
			err := c.call(h.as(studio.RoleViewer, x.TitleID))
			if c.forbidden != "" {
				refused(t, err, "forbidden."+c.forbidden)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	if got := h.counted(x.TitleID); got != (counted{Shots: 1, ToReview: 1, Attempts: 1, Takes: 1}) {
		t.Errorf("a refused call left something: %+v", got)
	}
}
