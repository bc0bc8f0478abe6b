package studio_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

func TestAnOldStoreIsBroughtToReview(t *testing.T) {
	c := &clock{now: at(5, 10)}
	s, engine := studiotest.Open(t, c.Now)
	h := house{s, t, studiotest.Admin(t, s)}
	ctx := t.Context()
	x := h.oneShot()
	y, gone := h.shot(x.SceneID), h.shot(x.SceneID)
	h.typed(x.ID, studio.Failed)
	a, b, never := h.take(x.ID, 1), h.take(x.ID, 2), h.take(x.ID, 3)
	c.pass(time.Hour)
	first := c.Now()
	h.pick(x.ID, a.ID, "")
	c.pass(time.Hour)
	h.judge(studio.Shortlisted, "", b.ID)
	more := h.typed(x.ID, studio.Failed)
	c.pass(time.Hour)
	h.pick(x.ID, b.ID, a.ID)
	c.pass(time.Hour)
	h.move(x.ID, studio.ShotLocked)
	bad, starred := h.take(y.ID, 4), h.take(y.ID, 5)
	h.judge(studio.Rejected, "face", bad.ID)
	must(t, 0, errOf(h.Judge(ctx, h.admin, studio.VerdictIn{Takes: []string{starred.ID}, Stars: ptr(3)})))
	h.pick(gone.ID, h.take(gone.ID, 6).ID, "")
	must(t, 0, errOf(h.DeleteShot(ctx, h.admin, gone.ID, h.see(gone.ID).Shot.Rev)))
	// An older store does not know of looks; this one is at the time of a mark, of which it does.
	must(t, 0, h.See(ctx, h.admin, []string{starred.ID}))
	whole, deleted, picks := h.funnel(x.TitleID), h.shotFunnel(gone.ID), h.draws(x.ID)
	must(t, 0, h.See(ctx, h.admin, []string{never.ID}))

	must(t, 0, h.MakeOld(ctx))
	if u := h.see(x.ID).Usual; u != nil || h.board(x.TitleID).Takes != 6 {
		t.Fatalf("the store is not old: %+v", u)
	}
	copied := 0
	err := store.Migrate(ctx, engine, studio.Schema(), func(from, to int) error {
		copied += 100*from + to
		return nil
	})
	if err != nil || copied != 100+studio.Schema().Version() {
		t.Fatalf("copied before %d, %v", copied, err)
	}
	if got := h.funnel(x.TitleID); !reflect.DeepEqual(got, whole) {
		t.Errorf("got  %+v\nwant %+v", got, whole)
	}
	if got := h.shotFunnel(gone.ID); !reflect.DeepEqual(got, deleted) {
		t.Errorf("a deleted shot has %+v, want %+v", got, deleted)
	}
	if got := h.draws(x.ID); !reflect.DeepEqual(got, picks) || len(got) != 2 || got[0] != 5 || got[1] != 4 {
		t.Errorf("draws of the picks %v, want %v", got, picks)
	}
	if tk := h.takeOf(x.ID, 1); !tk.SeenAt.Equal(first) || tk.SeenBy != h.admin.Person.ID || tk.ShortlistedAt != nil {
		t.Errorf("a former pick is %+v", tk)
	}
	if tk := h.takeOf(x.ID, 2); !tk.SeenAt.Equal(*tk.JudgedAt) || !tk.ShortlistedAt.Equal(*tk.JudgedAt) {
		t.Errorf("the pick is %+v", tk)
	}
	if tk := h.takeOf(x.ID, 3); tk.SeenAt != nil || tk.Rev != never.Rev+2 { // one look, one MakeOld
		t.Errorf("a take that nobody judged is %+v", tk)
	}
	if got := h.see(x.ID).Shot.Pick.Draws; got != 5 {
		t.Errorf("the shot says %d draws", got)
	}
	problems, err := h.Check(ctx)
	if must(t, problems, err); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
	back, err := h.RestoreShot(ctx, h.admin, gone.ID)
	must(t, back, err)
	if f := h.funnel(x.TitleID).Funnel; f.Takes != 6 || f.Picked != 2 || f.Usual.N != 2 {
		t.Errorf("with what was deleted %+v", f)
	}
	must(t, 0, h.remove(more.ID))
	if err := store.Migrate(ctx, engine, studio.Schema(), func(int, int) error { return errors.New("migrated twice") }); err != nil {
		t.Error(err)
	}
}

// draws are those of a shot's picks, the newest first.
func (h house) draws(shotID string) []int64 {
	h.t.Helper()
	rows, err := h.Picks(h.t.Context(), h.admin, shotID)
	var out []int64
	for _, r := range must(h.t, rows, err) {
		out = append(out, r.Pick.Draws)
	}
	return out
}
