package studio_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func TestManyPickAtOnce(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	takes := make([]studio.Take, 64)
	for i := range takes {
		takes[i] = h.take(x.ID, i)
	}
	errs := make([]error, len(takes))
	var wg sync.WaitGroup
	for i := range takes {
		wg.Go(func() {
			a := h.admin
			a.Person.Name = fmt.Sprintf("制片 %02d 号", i)
			_, errs[i] = h.PickTake(t.Context(), a, x.ID, studio.PickIn{TakeID: takes[i].ID})
		})
	}
	wg.Wait()
	pick := h.see(x.ID).Shot.Pick
	if pick == nil {
		t.Fatal("nobody won")
	}
	won := 0
	for i, err := range errs {
		if err == nil {
			if won++; pick.TakeID != takes[i].ID || pick.ByName != fmt.Sprintf("制片 %02d 号", i) {
				t.Errorf("%d was told it won, the pick is %+v", i, pick)
			}
			continue
		}
		e := refused(t, err, "pick.taken")
		for _, text := range []string{e.Text.ZH, e.Text.EN} {
			if !strings.Contains(text, pick.ByName) || !strings.Contains(text, fmt.Sprintf(" %d", pick.Number)) {
				t.Fatalf("%q does not name %s and take %d", text, pick.ByName, pick.Number)
			}
		}
		if e.Kind != studio.Conflict {
			t.Errorf("kind %s", e.Kind)
		}
	}
	rows, err := h.Picks(t.Context(), h.admin, x.ID)
	if must(t, rows, err); won != 1 || len(rows) != 1 || rows[0].Ended != nil {
		t.Errorf("%d won, history %+v", won, rows)
	}
	if got := h.counted(x.TitleID); got != (counted{Shots: 1, Picked: 1, Attempts: 64, Takes: 64}) {
		t.Errorf("counted %+v", got)
	}
}

func TestReplacingAndTakingAwayAPick(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	a, b := h.take(x.ID, 1), h.take(x.ID, 2)
	strange := h.take(h.shot(x.SceneID).ID, 3)
	row := h.drop(x.ID, picture(t, 4, ""))
	must(t, 0, errOf(h.DeleteAttempt(t.Context(), h.admin, row.Attempt.ID, row.Attempt.Rev)))
	bad := h.take(x.ID, 5)
	must(t, 0, errOf(h.Judge(t.Context(), h.admin, studio.VerdictIn{Takes: []string{bad.ID}, Verdict: ptr(studio.Rejected), Reason: "face"})))
	// Each step asks from what the steps before left; an empty code is a success after which want is picked.
	for _, c := range []struct{ name, take, replaces, code, want string }{
		{"taking away what is not there changes nothing", "", "", "", ""},
		{"replacing what nobody picked", a.ID, b.ID, "pick.gone", ""},
		{"a take of another shot", strange.ID, "", "unknown.take", ""},
		{"a deleted take", row.Takes[0].ID, "", "unknown.take", ""},
		{"no take at all", "x", "", "unknown.take", ""},
		{"a rejected take", bad.ID, "", "take.rejected", ""},
		{"the first pick", a.ID, "", "", a.ID},
		{"the same again, by an old page", a.ID, "", "", a.ID},
		{"another, by an old page", b.ID, "", "pick.taken", a.ID},
		{"another, instead of it", b.ID, a.ID, "", b.ID},
		{"taking the wrong one away", "", a.ID, "pick.taken", b.ID},
		{"taking it away without a look", "", "", "pick.taken", b.ID},
		{"taking it away", "", b.ID, "", ""},
		{"taking it away twice", "", b.ID, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := h.see(x.ID).Shot
			_, err := h.PickTake(t.Context(), h.admin, x.ID, studio.PickIn{TakeID: c.take, Replaces: c.replaces})
			after := h.see(x.ID).Shot
			if c.code != "" {
				refused(t, err, c.code)
				if after.Rev != before.Rev {
					t.Error("the refusal wrote")
				}
			} else if err != nil {
				t.Error(err)
			}
			have := ""
			if after.Pick != nil {
				have = after.Pick.TakeID
			}
			if have != c.want || h.counted(x.TitleID).Picked != int64(min(len(c.want), 1)) {
				t.Errorf("picked %q, want %q, counted %d", have, c.want, h.counted(x.TitleID).Picked)
			}
		})
	}
}

func TestPickHistory(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	a, b := h.take(x.ID, 1), h.take(x.ID, 2)
	director := studiotest.Person(t, h.Studio, h.admin, "xudao", studio.Member, x.TitleID, studio.RoleDirector)
	h.pick(x.ID, a.ID, "")
	c.pass(-time.Hour) // clocks are set back now and then
	if _, err := h.PickTake(ctx, director, x.ID, studio.PickIn{TakeID: b.ID, Replaces: a.ID}); err != nil {
		t.Fatal(err)
	}
	c.pass(-time.Hour)
	h.pick(x.ID, "", b.ID)
	c.pass(3 * time.Hour)
	h.pick(x.ID, a.ID, "")
	h.move(x.ID, studio.ShotRework)
	rows, err := h.Picks(ctx, h.admin, x.ID)
	must(t, rows, err)
	var got []string
	for _, r := range rows {
		if r.Ended == nil {
			t.Fatalf("a line is open: %+v", r)
		}
		got = append(got, fmt.Sprintf("%s take %d, %s by %s", r.Pick.ByName, r.Pick.Number, r.Why, r.EndedBy))
	}
	want := "[管理员 take 1, rework by 管理员 管理员 take 1, replaced by xudao xudao take 2, unpicked by 管理员]"
	if fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
	l, err := h.Activities(ctx, h.admin, x.TitleID, studio.Page{Limit: 5})
	var verbs []string
	for _, e := range must(t, l, err).Items {
		verbs = append(verbs, e.Verb)
	}
	if fmt.Sprint(verbs) != "[shot.rework take.picked take.unpicked take.replaced take.picked]" {
		t.Errorf("activity %v", verbs)
	}
}

func TestJudgingTakes(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	a, b := h.take(x.ID, 1), h.take(x.ID, 2)
	judge := func(v studio.Verdict, reason string, ids ...string) ([]studio.Take, error) {
		return h.Judge(ctx, h.admin, studio.VerdictIn{Takes: ids, Verdict: &v, Reason: reason, ReasonText: " 左手六指 "})
	}
	all := []studio.Verdict{studio.Unseen, studio.Shortlisted, studio.Usable, studio.Rejected}
	if fmt.Sprint(all) != fmt.Sprint(studio.Verdicts()) {
		t.Fatal("the verdicts are others")
	}
	for _, from := range all {
		for _, to := range all {
			t.Run(fmt.Sprintf("from %s to %s", from, to), func(t *testing.T) {
				got, err := judge(from, "hand", a.ID)
				must(t, got, err)
				if got, err = judge(to, "face", a.ID); err != nil || got[0].Verdict != to || got[0].JudgedBy != h.admin.Person.ID || got[0].JudgedAt == nil {
					t.Fatalf("got %+v, %v", got, err)
				}
				reason, text := "", ""
				if to == studio.Rejected {
					reason, text = "face", "左手六指"
				}
				if got[0].Reason != reason || got[0].ReasonText != text {
					t.Errorf("reason %q %q", got[0].Reason, got[0].ReasonText)
				}
			})
		}
	}
	for name, c := range map[string]struct {
		in   studio.VerdictIn
		code string
	}{
		"rejecting without a reason":   {studio.VerdictIn{Takes: []string{b.ID}, Verdict: ptr(studio.Rejected)}, "invalid.reason"},
		"rejecting with an odd reason": {studio.VerdictIn{Takes: []string{b.ID}, Verdict: ptr(studio.Rejected), Reason: "脸崩"}, "invalid.reason"},
		"an unknown verdict":           {studio.VerdictIn{Takes: []string{b.ID}, Verdict: ptr(studio.Verdict("picked"))}, "invalid.verdict"},
		"saying nothing":               {studio.VerdictIn{Takes: []string{b.ID}}, "invalid.verdict"},
		"six stars":                    {studio.VerdictIn{Takes: []string{b.ID}, Stars: ptr(6)}, "invalid.stars"},
		"stars below nought":           {studio.VerdictIn{Takes: []string{b.ID}, Stars: ptr(-1)}, "invalid.stars"},
		"no take":                      {studio.VerdictIn{Stars: ptr(3)}, "invalid.takes"},
		"501 takes":                    {studio.VerdictIn{Takes: make([]string, 501), Stars: ptr(3)}, "invalid.takes"},
		"one that is not there":        {studio.VerdictIn{Takes: []string{b.ID, "x"}, Stars: ptr(3)}, "unknown.take"},
	} {
		t.Run(name+" is refused and changes nothing", func(t *testing.T) {
			_, err := h.Judge(ctx, h.admin, c.in)
			refused(t, err, c.code)
			rows, err := h.Takes(ctx, h.admin, x.ID, false)
			if got := must(t, rows, err)[1].Take; got.Rev != b.Rev || got.Verdict != studio.Unseen {
				t.Errorf("left %+v", got)
			}
		})
	}
	t.Run("stars alone keep the verdict", func(t *testing.T) {
		must(t, 0, errOf(judge(studio.Usable, "", a.ID, b.ID)))
		got, err := h.Judge(ctx, h.as(studio.RoleOperator, x.TitleID), studio.VerdictIn{Takes: []string{a.ID, b.ID}, Stars: ptr(5)})
		if must(t, got, err); got[1].Stars != 5 || got[1].Verdict != studio.Usable {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("the current pick is not rejected", func(t *testing.T) {
		h.pick(x.ID, a.ID, "")
		refused(t, errOf(judge(studio.Rejected, "face", b.ID, a.ID)), "take.is_pick")
		if got := h.see(x.ID).Shot.Pick; got == nil {
			t.Error("the pick went")
		}
	})
}

func errOf[T any](_ T, err error) error { return err }

func TestErrorsKeepTheirCause(t *testing.T) {
	cause := errors.New("disk")
	e := &studio.Error{Kind: studio.Internal, Code: "x", Err: cause, Text: studio.Text{ZH: "坏了", EN: "broken"}}
	if !errors.Is(e, cause) || !studio.IsKind(fmt.Errorf("wrapped: %w", e), studio.Internal) || studio.IsKind(cause, studio.Internal) {
		t.Error("the cause is lost")
	}
	for lang, want := range map[string]string{"": "坏了", "zh-CN": "坏了", "en": "broken", "en-GB": "broken", "e": "坏了", "fr": "坏了"} {
		if got := e.Text.In(lang); got != want {
			t.Errorf("%q gave %s", lang, got)
		}
	}
}
