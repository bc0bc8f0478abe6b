package studio

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"chouka/assets"
	"chouka/store"
	"chouka/store/bolt"
)

// oldStore writes a file as the program before capture did: version 0, one state of the pictures, no mark of a reader.
func oldStore(t *testing.T) store.Engine {
	t.Helper()
	e, err := bolt.Open(filepath.Join(t.TempDir(), "chouka.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	media := store.NewCollection("media", 1, maybe("work", func(m *media0) (store.Key, bool) {
		return store.K().Text(string(m.State)).Time(m.Created), m.State != WorkReady
	}))
	attempts := store.NewCollection("attempt", 1, maybe("shot", func(a *Attempt) (store.Key, bool) { return store.K().ID(a.ShotID).Int(a.Number), true }))
	takes := store.NewCollection("take", 1, index("media", func(x *Take) store.Key { return store.K().Text(x.Media.SHA256).ID(x.ShotID) }))
	old := store.Schema{Collections: []store.AnyCollection{media, attempts, takes}}
	if err := store.Migrate(t.Context(), e, old, nil); err != nil {
		t.Fatal(err)
	}
	counts := store.NewCounter("count")
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	err = e.Update(t.Context(), func(tx store.Txn) error {
		var err error
		for i, m := range []media0{
			{Type: assets.TypePNG, State: WorkReady, Tries: 1},
			{Type: assets.TypePNG, State: WorkFailed, Trouble: "damaged", Tries: 1},
			{Type: assets.TypeMP4, State: WorkMissing, Trouble: "no_ffmpeg", Tries: 1},
			{Type: assets.TypeMP4, State: WorkReady, Tries: 1},
			{Type: assets.TypeGIF, State: WorkPending},
			{Type: assets.TypeJPEG, State: WorkPending, Location: "l"},
		} {
			m.Meta = store.Meta{ID: fmt.Sprintf("%064d", i), Created: at, Updated: at}
			m.Info = assets.Info{Type: m.Type, Width: 2, Height: 1}
			_, counted := counts.Add(tx, countKey(workOwner, string(m.State)), 1)
			err = errors.Join(err, counted, media.Insert(tx, &m))
		}
		a := Attempt{Meta: store.Meta{ID: "a", Created: at, Updated: at}, ShotID: "s", Number: 1, Way: "upload", Day: "2026-11-01"}
		b := Attempt{Meta: store.Meta{ID: "b", Created: at, Updated: at}, ShotID: "s", Number: 2, Way: "typed", Day: "2026-11-01"}
		x := Take{Meta: store.Meta{ID: "x", Created: at, Updated: at}, ShotID: "s", AttemptID: "a", Media: Media{SHA256: fmt.Sprintf("%064d", 0)}}
		return errors.Join(err, attempts.Insert(tx, &a), attempts.Insert(tx, &b), takes.Insert(tx, &x))
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAnOldStoreIsBroughtToCapture(t *testing.T) {
	e := oldStore(t)
	copied := 0
	if err := store.Migrate(t.Context(), e, Schema(), func(from, to int) error { copied++; return nil }); err != nil || copied != 1 {
		t.Fatalf("%d copies, %v", copied, err)
	}
	s := &Studio{engine: e, r: newRecords()}
	problems, err := store.Check(context.Background(), e, Schema())
	if err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	err = e.View(t.Context(), func(tx store.Txn) error {
		for i, want := range []struct{ picture, read, film WorkState }{
			{WorkReady, WorkPending, ""}, {WorkFailed, WorkPending, ""}, {WorkMissing, WorkPending, WorkPending}, {WorkReady, WorkPending, WorkPending},
			{WorkPending, WorkPending, WorkPending}, {WorkPending, WorkPending, ""},
		} {
			w, err := s.r.media.Get(tx, fmt.Sprintf("%064d", i))
			if err != nil {
				return err
			}
			if w.Picture.State != want.picture || w.Read.State != want.read || w.Film.State != want.film || w.Rev != 1 || w.Info.Width != 2 {
				t.Errorf("content %d is %+v", i, w)
			}
		}
		if w, err := s.r.media.Get(tx, fmt.Sprintf("%064d", 1)); err != nil || w.Picture.Trouble != "damaged" || w.Picture.Tries != 1 {
			t.Errorf("got %+v, %v", w, err)
		}
		if w, err := s.r.media.Get(tx, fmt.Sprintf("%064d", 5)); err != nil || w.Location != "l" {
			t.Errorf("got %+v, %v", w, err)
		}
		for what, want := range map[string]int64{"pending": 2, "read_pending": 6, "film_pending": 3, "failed": 1, "missing": 1, "ready": 0} {
			if n, err := s.r.counts.Value(tx, countKey(workOwner, what)); err != nil || n != want {
				t.Errorf("%s counts %d, want %d; %v", what, n, want, err)
			}
		}
		for version, want := range map[int64]int{0: 0, 1: 1, 2: 0} {
			n := 0
			err := s.r.attempts.Keys(tx, "reader", store.K().Int(version), func(_ store.Key, id string) error { n++; return nil })
			if err != nil || n != want {
				t.Errorf("reader %d filled %d, want %d; %v", version, n, want, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context(), e, Schema(), func(int, int) error { return errors.New("migrated twice") }); err != nil {
		t.Error(err)
	}
}

// TestAStoreWithoutNotesOpens: a new collection needs no step, so the file of the program before is not even copied.
func TestAStoreWithoutNotesOpens(t *testing.T) {
	e, err := bolt.Open(filepath.Join(t.TempDir(), "chouka.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	before := Schema()
	before.Collections = slices.DeleteFunc(before.Collections, func(c store.AnyCollection) bool { return c.Name() == "note" })
	if len(before.Collections) != len(Schema().Collections)-1 {
		t.Fatal("the schema has no notes")
	}
	if err := store.Migrate(t.Context(), e, before, nil); err != nil {
		t.Fatal(err)
	}
	s := &Studio{engine: e, r: newRecords(), ids: newID, clock: time.Now, hub: newHub()}
	x := Shot{TitleID: newID(), State: ShotTodo}
	tk := Take{TitleID: x.TitleID}
	err = s.update(t.Context(), Console(), func(c *change) error {
		x.Meta, tk.Meta, tk.ShotID = c.meta(), c.meta(), x.ID
		return errors.Join(s.r.shots.Insert(c.tx, &x), s.r.takes.Insert(c.tx, &tk))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context(), e, Schema(), func(int, int) error { return errors.New("a step was taken") }); err != nil {
		t.Fatal(err)
	}
	n := keptNote{Note: Note{TitleID: x.TitleID, ShotID: x.ID, TakeID: tk.ID, Text: "好"}}
	err = s.update(t.Context(), Console(), func(c *change) error {
		rows, err := s.listNotes(c.tx, "open", store.K().ID(x.TitleID), Page{}, func(*keptNote) bool { return true })
		if len(rows.Items) != 0 || err != nil {
			t.Errorf("the old store has notes: %v, %v", rows, err)
		}
		n.Meta = c.meta()
		return errors.Join(err, c.insertNote(&n))
	})
	if err != nil {
		t.Fatal(err)
	}
	if problems, err := store.Check(t.Context(), e, Schema()); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
}

func TestWorkIsDoneInTheOrderOfItsUrgency(t *testing.T) {
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		w       mediaWork
		counted string
		keys    [3]int // of the indexes work, missing and trouble
	}{
		"a fresh still":        {mediaWork{Picture: step{State: WorkPending}, Read: step{State: WorkPending}}, "[pending read_pending]", [3]int{2, 0, 0}},
		"a fresh clip":         {mediaWork{Picture: step{State: WorkPending}, Read: step{State: WorkPending}, Film: step{State: WorkPending}}, "[pending read_pending film_pending]", [3]int{3, 0, 0}},
		"all done":             {mediaWork{Picture: step{State: WorkReady}, Read: step{State: WorkReady}, Film: step{State: WorkReady}}, "[]", [3]int{}},
		"a broken clip":        {mediaWork{Picture: step{State: WorkFailed, At: at}, Read: step{State: WorkReady}, Film: step{State: WorkFailed, At: at}}, "[failed]", [3]int{0, 0, 1}},
		"a clip and no ffmpeg": {mediaWork{Picture: step{State: WorkMissing, Trouble: noFFmpeg}, Read: step{State: WorkReady}, Film: step{State: WorkMissing, Trouble: noFFmpeg}}, "[missing]", [3]int{0, 2, 0}},
		"an unknown coding":    {mediaWork{Picture: step{State: WorkMissing, Trouble: noDecoder}, Read: step{State: WorkReady}}, "[missing]", [3]int{0, 0, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			got := [3]int{len(c.w.keys(waiting)), len(c.w.keys(withoutFFmpeg)), len(troubleKeys(&c.w))}
			if fmt.Sprint(c.w.counted()) != c.counted || got != c.keys {
				t.Errorf("counted as %v, keys %v", c.w.counted(), got)
			}
		})
	}
	if string(waitingFor(stepPicture)) >= string(waitingFor(stepRead)) || string(waitingFor(stepRead)) >= string(waitingFor(stepFilm)) {
		t.Error("pictures do not come first")
	}
}

// TestOldDecisionsAreFound opens a file of the program before review, in which activities were not found by their shot.
func TestOldDecisionsAreFound(t *testing.T) {
	e, err := bolt.Open(filepath.Join(t.TempDir(), "chouka.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	old := store.NewCollection("activity", 1, index("seq", func(a *audit) store.Key { return store.K().Int(a.Seq) }),
		maybe("title", func(a *audit) (store.Key, bool) { return store.K().ID(a.TitleID).Int(a.Seq), a.TitleID != "" }))
	before := store.Schema{Collections: []store.AnyCollection{old}, Migrations: Schema().Migrations[:1]}
	if err := store.Migrate(t.Context(), e, before, nil); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	verbs := []string{"attempt.logged", "take.picked", "take.judged", "shot.edited", "take.replaced", "take.unpicked", "shot.locked", "shot.unlocked", "shot.rework", "title.edited"}
	err = e.Update(t.Context(), func(tx store.Txn) error {
		for i, verb := range verbs {
			a := audit{Activity: Activity{Meta: store.Meta{ID: fmt.Sprint("a", i), Created: at, Updated: at}, Seq: int64(i + 1), At: at, Verb: verb, TitleID: "t", ShotID: "s"}}
			if verb == "title.edited" {
				a.ShotID = ""
			}
			if err := old.Insert(tx, &a); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = store.Migrate(t.Context(), e, Schema(), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if problems, err := store.Check(context.Background(), e, Schema()); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	err = e.View(t.Context(), func(tx store.Txn) error {
		got, err := newRecords().activity.List(tx, "shot", store.K().ID("s"), Page{Reverse: true})
		said := ""
		for _, a := range got.Items {
			said += a.Verb + " "
		}
		if want := "shot.rework shot.unlocked shot.locked take.unpicked take.replaced take.judged take.picked "; said != want {
			t.Errorf("found %s, want %s", said, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
