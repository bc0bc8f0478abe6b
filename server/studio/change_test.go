package studio_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"chouka/assets"
	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
	"chouka/store/bolt"
)

func TestTheSameKeyIsAnsweredOnce(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	once := func(a studio.Actor, key, hash string) studio.Actor {
		a.Once = studio.Once{Key: key, Hash: hash}
		return a
	}
	log := func(a studio.Actor, st studio.Status) (studio.AttemptRow, error) {
		return h.LogAttempt(ctx, a, x.ID, studio.AttemptIn{Status: st, Generation: studio.Generation{Seed: "18446744073709551615"}})
	}
	first, err := log(once(h.admin, "k", "h"), studio.Failed)
	must(t, first, err)
	t.Run("with the same body it gives the same answer", func(t *testing.T) {
		again, err := log(once(h.admin, "k", "h"), studio.Failed)
		if must(t, again, err); fmt.Sprint(again) != fmt.Sprint(first) || h.counted(x.TitleID).Attempts != 1 {
			t.Errorf("got %+v, want %+v", again, first)
		}
	})
	t.Run("with another body it is refused", func(t *testing.T) {
		_, err := log(once(h.admin, "k", "other"), studio.Refused)
		refused(t, err, "once.mismatch")
		if h.counted(x.TitleID).Attempts != 1 {
			t.Error("something was booked")
		}
	})
	t.Run("somebody else's same key is their own", func(t *testing.T) {
		op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
		row, err := log(once(op, "k", "h"), studio.Failed)
		if must(t, row, err); row.Attempt.ID == first.Attempt.ID || row.Attempt.Operator != op.Person.ID {
			t.Errorf("got %+v", row)
		}
	})
	t.Run("a call that failed keeps nothing", func(t *testing.T) {
		_, err := log(once(h.admin, "k2", "h"), "nonsense")
		refused(t, err, "invalid.status")
		row, err := log(once(h.admin, "k2", "h2"), studio.Cancelled)
		must(t, row, err)
	})
	t.Run("sixteen at once make one", func(t *testing.T) {
		ids := make([]string, 16)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				b, err := h.CreateTitle(ctx, once(h.admin, "title", "h"), studio.TitleIn{Name: ptr("昼以继夜")})
				if err != nil {
					t.Error(err)
				}
				ids[i] = b.Title.ID
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id != ids[0] || id == "" {
				t.Fatalf("got %v", ids)
			}
		}
	})
	t.Run("the same file by the same key is no duplicate", func(t *testing.T) {
		data := picture(t, 77, duck)
		for range 2 {
			row, err := h.LogFile(ctx, once(h.admin, "file", "h"), x.ID, "a.png", bytes.NewReader(data))
			if must(t, row, err); row.Duplicate || row.Takes[0].Number != 1 || row.Attempt.Seed != "18446744073709551615" {
				t.Errorf("got %+v", row)
			}
		}
	})
}

// again is an engine that runs every function twice and keeps the second run,
// as its contract allows. A function that remembers its first run is found out.
type again struct {
	store.Engine
	before, between func() // are called before every Update and between its two runs
}

var errFirst = errors.New("the first run is thrown away")

func (e again) Update(ctx context.Context, fn func(store.Txn) error) error {
	e.before()
	err := e.Engine.Update(ctx, func(tx store.Txn) error { return errors.Join(fn(tx), errFirst) })
	if !errors.Is(err, errFirst) {
		return err
	}
	e.between()
	return e.Engine.Update(ctx, fn)
}

// openAgain is a house on such an engine.
func openAgain(t *testing.T, before, between func()) house {
	t.Helper()
	dir := t.TempDir()
	e, err := bolt.Open(filepath.Join(dir, "chouka.db"), bolt.Options{})
	must(t, e, err)
	if err := store.Migrate(t.Context(), e, studio.Schema(), nil); err != nil {
		t.Fatal(err)
	}
	l, err := assets.Open(filepath.Join(dir, "media"), assets.Options{FFmpeg: "-"})
	must(t, l, err)
	s, err := studio.New(studio.Options{Engine: again{e, before, between}, Library: l})
	must(t, s, err)
	t.Cleanup(func() {
		problems, err := s.Check(context.Background()) // the test's own context has ended
		if err = errors.Join(err, e.Close()); err != nil || len(problems) > 0 {
			t.Errorf("%v, %v", problems, err)
		}
	})
	return house{s, t, studiotest.Admin(t, s)}
}

func TestWhatRunsAgainGivesTheSame(t *testing.T) {
	between := func() {}
	h := openAgain(t, func() {}, func() { between() })
	ctx := t.Context()
	b, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: ptr("昼以继夜"), Stage: ptr(studio.StageOn)})
	if must(t, b, err); b.Title.Stage != studio.StageOn {
		t.Errorf("created at %s", b.Title.Stage)
	}
	for want := 1; want <= 2; want++ {
		if sc := h.scene(b.Title.ID); sc.Episode != want || sc.Label != fmt.Sprintf("%d-1", want) {
			t.Errorf("episode %d, %s", sc.Episode, sc.Label)
		}
	}
	other := h.title("娇藏京枝")
	between = func() { // somebody else comes first
		between = func() {}
		h.scene(other)
	}
	if e, err := h.AddEpisode(ctx, h.admin, other, studio.EpisodeIn{}); err != nil || e.Number != 2 {
		t.Errorf("episode %d, %v", e.Number, err)
	}
	x := h.shot(h.scene(b.Title.ID).ID)
	split, err := h.SplitShot(ctx, h.admin, x.ID, studio.SplitIn{})
	if must(t, split, err); split[1].Number != "001A" || h.numbers(x.SceneID) != "001 001A" {
		t.Errorf("split as %s", h.numbers(x.SceneID))
	}
	if v := h.importText(b.Title.ID, draft); v.Number != 1 || changes(v) != "2 added, 2 changed, 0 archived" {
		t.Errorf("version %d, %s of %s", v.Number, changes(v), h.outline(b.Title.ID))
	}
	tk := h.take(x.ID, 1)
	h.pick(x.ID, tk.ID, "")
	if rows, err := h.Picks(ctx, h.admin, x.ID); err != nil || len(rows) != 1 || tk.Number != 1 {
		t.Errorf("take %d, history %+v, %v", tk.Number, rows, err)
	}
	if got := h.counted(b.Title.ID); got != (counted{Shots: 2, Picked: 1, Attempts: 1, Takes: 1}) {
		t.Errorf("counted %+v", got)
	}
	l, err := h.Activities(ctx, h.admin, "", studio.Page{Limit: 500})
	for i, e := range must(t, l, err).Items {
		if want := int64(len(l.Items) - i); e.Seq != want {
			t.Fatalf("activity %d has number %d", want, e.Seq)
		}
	}
}
