package studio_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// follow reads the stream until the number, or until it closes.
func follow(t *testing.T, line <-chan studio.Activity, until int64) (got []studio.Activity) {
	t.Helper()
	for a := range line {
		got = append(got, a)
		if a.Seq >= until {
			return got
		}
	}
	return got
}

func gapless(t *testing.T, got []studio.Activity, after int64) {
	t.Helper()
	for i, a := range got {
		if a.Seq != after+int64(i)+1 {
			t.Fatalf("number %d came as %d after %d", a.Seq, i+1, after)
		}
	}
}

func TestFollowingWhileManyWrite(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	first, err := h.Activities(t.Context(), h.admin, "", studio.Page{Limit: 1})
	after := must(t, first, err).Items[0].Seq
	const writers, each = 8, 25
	var lines []<-chan studio.Activity
	for _, from := range []int64{0, after, 1} {
		line, err := h.Follow(t.Context(), h.admin, from)
		lines = append(lines, must(t, line, err))
	}
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for i := range each {
				if _, err := h.LogAttempt(t.Context(), h.admin, x.ID, studio.AttemptIn{Status: studio.Failed}); err != nil {
					t.Error(err)
				}
				if i%5 == 0 { // one that fails after it wrote, and so shares no number with its neighbours
					_, _ = h.AddShot(t.Context(), h.admin, x.SceneID, studio.ShotIn{Number: "1"})
				}
			}
		})
	}
	for i, from := range []int64{after, after, 1} {
		wg.Go(func() { gapless(t, follow(t, lines[i], after+writers*each), from) })
	}
	wg.Wait()
	line, err := h.Follow(t.Context(), h.admin, after+writers*each-3)
	if got := follow(t, must(t, line, err), after+writers*each); len(got) != 3 {
		t.Errorf("caught up with %d", len(got))
	}
}

func TestASlowFollowerIsCutOff(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	line, err := h.Follow(t.Context(), h.admin, 0)
	must(t, line, err)
	for range 4 {
		var ids []string
		for range 150 {
			ids = append(ids, x.ID)
		}
		must(t, 0, errOf(h.AssignShots(t.Context(), h.admin, studio.AssignIn{Shots: ids})))
	}
	got := follow(t, line, 1<<62)
	if len(got) == 0 || len(got) >= 600 {
		t.Fatalf("%d came of 600", len(got))
	}
	gapless(t, got, got[0].Seq-1)
	last := got[len(got)-1].Seq
	again, err := h.Follow(t.Context(), h.admin, last)
	rest := follow(t, must(t, again, err), got[0].Seq+599)
	if gapless(t, rest, last); len(got)+len(rest) != 600 {
		t.Errorf("%d and %d, want 600 together", len(got), len(rest))
	}
}

func TestFollowingEnds(t *testing.T) {
	h := newHouse(t)
	_, err := h.Follow(t.Context(), studio.Actor{}, 0)
	refused(t, err, "signed_out")
	ctx, cancel := context.WithCancel(t.Context())
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	cancel()
	follow(t, line, 1<<62)
	line, err = h.Follow(t.Context(), h.admin, 0)
	must(t, line, err)
	h.Close()
	follow(t, line, 1<<62)
	line, err = h.Follow(t.Context(), h.admin, 0)
	follow(t, must(t, line, err), 1<<62)
}

// pair is a house with two titles and an operator of the first, who may sign out.
type pair struct {
	house
	mine, other string
	session     studio.Session
}

func newPair(t *testing.T) pair {
	h := newHouse(t)
	p := pair{house: h, mine: h.title("昼以继夜"), other: h.title("娇藏京枝")}
	p.session = studiotest.Join(t, h.Studio, h.admin, "lin", studio.Member, p.mine, studio.RoleOperator)
	return p
}

// now is the operator with the rights of now.
func (p pair) now() studio.Actor { return studiotest.Actor(p.t, p.Studio, p.session) }

// last is the newest number.
func (p pair) last() int64 {
	l, err := p.Activities(p.t.Context(), p.admin, "", studio.Page{Limit: 1})
	return must(p.t, l, err).Items[0].Seq
}

func TestWhatAFollowerSees(t *testing.T) {
	h := newPair(t)
	ctx, op := t.Context(), h.now()
	t.Run("they see their titles, their own doings and the places", func(t *testing.T) {
		from := h.last()
		line, err := h.Follow(ctx, op, from)
		must(t, line, err)
		h.scene(h.other)
		h.scene(h.mine)
		must(t, 0, errOf(h.CreateInvite(ctx, h.admin, studio.InviteIn{Name: "x"})))
		h.place("金沙湖")
		must(t, 0, errOf(h.SignIn(ctx, studio.Trace{}, "", studio.SignInIn{Login: "lin", Password: studiotest.Password})))
		var got []string
		for _, a := range follow(t, line, h.last()) {
			got = append(got, a.Verb)
		}
		if fmt.Sprint(got) != "[episode.added scene.added location.created session.opened]" {
			t.Errorf("got %v", got)
		}
	})
	t.Run("the stream ends when their rights change, and goes on with the new ones", func(t *testing.T) {
		line, err := h.Follow(ctx, op, h.last())
		must(t, line, err)
		before := h.last()
		row, err := h.SetMember(ctx, h.admin, h.other, op.Person.ID, studio.RoleViewer)
		must(t, row, err)
		h.scene(h.other)
		if got := follow(t, line, 1<<62); len(got) != 0 {
			t.Errorf("got %+v by the old rights", got)
		}
		// The browser comes back with the last number it saw, which is before the change.
		line, err = h.Follow(ctx, h.now(), before)
		got := follow(t, must(t, line, err), h.last())
		if len(got) == 0 || got[len(got)-1].Verb != "scene.added" || got[len(got)-1].TitleID != h.other {
			t.Fatalf("got %+v", got)
		}
		if err := h.RemoveMember(ctx, h.admin, h.other, op.Person.ID, row.Rev); err != nil {
			t.Fatal(err)
		}
		if got := follow(t, line, 1<<62); len(got) > 1 {
			t.Errorf("still gets %+v", got)
		}
	})
	t.Run("a number from the future is taken for now", func(t *testing.T) {
		line, err := h.Follow(ctx, h.admin, h.last()+1000)
		must(t, line, err)
		h.title("昼以继夜")
		if got := follow(t, line, h.last()); len(got) != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestRightsOfAFollower(t *testing.T) {
	h := newPair(t)
	ctx, op := t.Context(), h.now()
	t.Run("rights that changed while the stream was opened count", func(t *testing.T) {
		old := h.now()
		row, err := h.SetMember(ctx, h.admin, h.other, op.Person.ID, studio.RoleViewer)
		must(t, row, err)
		stale := h.now()
		if err := h.RemoveMember(ctx, h.admin, h.other, op.Person.ID, row.Rev); err != nil {
			t.Fatal(err)
		}
		from := h.last()
		line, err := h.Follow(ctx, stale, from)
		must(t, line, err)
		h.scene(h.other)
		h.scene(h.mine)
		for _, a := range follow(t, line, h.last()) {
			if a.TitleID == h.other {
				t.Errorf("sees %+v; before %v", a, old.Roles)
			}
		}
	})
	t.Run("the stream ends with the session", func(t *testing.T) {
		line, err := h.Follow(ctx, h.now(), h.last())
		must(t, line, err)
		if err := h.SignOut(ctx, h.now()); err != nil {
			t.Fatal(err)
		}
		h.scene(h.mine)
		for _, a := range follow(t, line, 1<<62) {
			if a.TitleID == h.mine {
				t.Error("goes on after signing out")
			}
		}
	})
}
