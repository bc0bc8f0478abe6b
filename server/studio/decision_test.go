package studio_test

import (
	"fmt"
	"testing"

	"chouka/server/studio"
)

func TestDecisionsOnAShot(t *testing.T) {
	d := newActDesk(t)
	ctx := t.Context()
	y := d.shot(d.x.SceneID)
	d.take(y.ID, 60)
	d.typed(d.x.ID, studio.Failed)
	d.judge(d.director, reject("face", ""), 0, 1)
	d.choose(d.producer, 2)
	d.choose(d.director, 3)
	must(t, 0, errOf(d.AssignShots(ctx, d.admin, studio.AssignIn{Shots: []string{d.x.ID}, Operators: []string{d.producer.Person.ID}})))
	d.send(d.producer, studio.ShotLocked, "")
	d.send(d.producer, studio.ShotPicked, "")
	d.choose(d.producer, -1)
	d.choose(d.producer, 2)
	d.send(d.director, studio.ShotRework, "重来")
	var got []string
	p := studio.Page{Limit: 2}
	for {
		l, err := d.Decisions(ctx, d.admin, d.x.ID, p)
		for _, a := range must(t, l, err).Items {
			got = append(got, fmt.Sprintf("%s %s %s", a.Verb, a.ByName, a.Params["number"]))
		}
		if p.After = l.Next; l.Next == "" {
			break
		}
	}
	want := []string{"shot.rework 许导 3", "take.picked 赵制片 3", "take.unpicked 赵制片 4", "shot.unlocked 赵制片 ", "shot.locked 赵制片 ", "take.replaced 许导 4",
		"take.picked 赵制片 3", "take.judged 许导 2", "take.judged 许导 1"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if l, err := d.Decisions(ctx, d.as(studio.RoleViewer, d.x.TitleID), y.ID, studio.Page{}); err != nil || l.Items == nil || len(l.Items) != 0 {
		t.Errorf("on another shot %+v, %v", l, err)
	}
	for _, c := range []struct {
		by         studio.Actor
		shot, code string
	}{{studio.Actor{}, d.x.ID, "signed_out"}, {d.as(studio.RoleLead, "other"), d.x.ID, "unknown.shot"}, {d.admin, "nothing", "unknown.shot"}} {
		_, err := d.Decisions(ctx, c.by, c.shot, studio.Page{})
		refused(t, err, c.code)
	}
}
