package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"chouka/store"
)

func TestInsert(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	first := newNote("a", 1)
	first.Code, first.Tags = "X1", []string{"new", "odd", "new"}
	update(t, e, func(tx store.Txn) error { return c.Insert(tx, first) })
	t.Run("a record comes back as it was, with revision 1", func(t *testing.T) {
		view(t, e, func(tx store.Txn) error {
			got, err := c.Get(tx, first.ID)
			if err != nil {
				return err
			}
			if got.Rev != 1 || got.Code != "X1" || !slices.Equal(got.Tags, first.Tags) || !got.Created.Equal(first.Created) {
				t.Errorf("got %+v", got)
			}
			return nil
		})
	})
	t.Run("a second record with the id is refused", func(t *testing.T) {
		again := newNote("b", 2)
		again.ID = first.ID
		wantTaken(t, e, func(tx store.Txn) error { return c.Insert(tx, again) }, "id", first.ID)
	})
	t.Run("a second record with a unique key is refused and its holder named", func(t *testing.T) {
		other := newNote("b", 2)
		other.Code = "X1"
		wantTaken(t, e, func(tx store.Txn) error { return c.Insert(tx, other) }, "code", first.ID)
	})
	t.Run("records without a unique key stay out of each other's way", func(t *testing.T) {
		insertNotes(t, e, c, "c", 3)
	})
	for name, id := range map[string]string{"no id": "", "an id too long": strings.Repeat("x", store.MaxID+1)} {
		t.Run(name+" is refused", func(t *testing.T) {
			update(t, e, func(tx store.Txn) error {
				if err := c.Insert(tx, &note{Meta: store.Meta{ID: id}}); !errors.Is(err, store.ErrKey) {
					t.Errorf("got %v, want ErrKey", err)
				}
				return nil
			})
		})
	}
	t.Run("an index key too long is refused", func(t *testing.T) {
		long := newNote(strings.Repeat("x", store.MaxKey), 1)
		update(t, e, func(tx store.Txn) error {
			if err := c.Insert(tx, long); !errors.Is(err, store.ErrKey) {
				t.Errorf("got %v, want ErrKey", err)
			}
			return nil
		})
	})
	wantWhole(t, e, schemaOf(c))
}

func wantTaken(t *testing.T, e store.Engine, fn func(store.Txn) error, index, id string) {
	t.Helper()
	update(t, e, func(tx store.Txn) error {
		err := fn(tx)
		var taken *store.TakenError
		if !errors.Is(err, store.ErrTaken) || !errors.As(err, &taken) || taken.Index != index || taken.ID != id {
			t.Errorf("got %v, want %s taken by %s", err, index, id)
		}
		return nil
	})
}

func TestPut(t *testing.T) {
	c := newNotes()
	s := schemaOf(c)
	e := newEngine(t, s)
	ids := insertNotes(t, e, c, "a", 2)
	change := func(t *testing.T, id string, edit func(*note)) {
		t.Helper()
		update(t, e, func(tx store.Txn) error {
			rec, err := c.Get(tx, id)
			if err != nil {
				return err
			}
			edit(rec)
			return c.Put(tx, rec)
		})
	}
	t.Run("a put raises the revision and moves index entries", func(t *testing.T) {
		change(t, ids[0], func(n *note) { n.Folder, n.Tags, n.Code = "b", []string{"x", "y"}, "C" })
		change(t, ids[0], func(n *note) { n.Tags = []string{"y", "z"} })
		view(t, e, func(tx store.Txn) error {
			rec, err := c.By(tx, "code", store.K().Text("C"))
			if err != nil {
				return err
			}
			if rec.Rev != 3 || rec.ID != ids[0] {
				t.Errorf("revision %d of %s", rec.Rev, rec.ID)
			}
			for tag, want := range map[string]int{"x": 0, "y": 1, "z": 1} {
				if l, err := c.List(tx, "tag", store.K().Text(tag), store.Page{}); err != nil || len(l.Items) != want {
					t.Errorf("tag %s: %d records, %v", tag, len(l.Items), err)
				}
			}
			return nil
		})
	})
	t.Run("a stale revision is a conflict that names both", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			rec, err := c.Get(tx, ids[0])
			if err != nil {
				return err
			}
			rec.Rev--
			err = c.Put(tx, rec)
			var conflict *store.ConflictError
			if !errors.Is(err, store.ErrConflict) || !errors.As(err, &conflict) || conflict.Have != 2 || conflict.Want != 3 || rec.Rev != 2 {
				t.Errorf("got %v, record has %d", err, rec.Rev)
			}
			return nil
		})
	})
	t.Run("a unique key of another record is refused and nothing changes", func(t *testing.T) {
		wantTaken(t, e, func(tx store.Txn) error {
			rec, err := c.Get(tx, ids[1])
			if err != nil {
				return err
			}
			rec.Code, rec.Folder = "C", "z"
			err = c.Put(tx, rec)
			if rec.Rev != 1 {
				t.Errorf("a refused put left revision %d", rec.Rev)
			}
			return err
		}, "code", ids[0])
	})
	t.Run("a record may keep its own unique key and give it up", func(t *testing.T) {
		change(t, ids[0], func(n *note) { n.Number = 9 })
		change(t, ids[0], func(n *note) { n.Code = "" })
		change(t, ids[1], func(n *note) { n.Code = "C" })
	})
	t.Run("a missing record is not found", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			if err := c.Put(tx, newNote("a", 1)); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
			return nil
		})
	})
	wantWhole(t, e, s)
}

func TestReadAndDelete(t *testing.T) {
	c := newNotes()
	s := schemaOf(c)
	e := newEngine(t, s)
	ids := insertNotes(t, e, c, "a", 3)
	update(t, e, func(tx store.Txn) error { return c.Delete(tx, ids[1]) })
	view(t, e, func(tx store.Txn) error {
		many, err := c.GetMany(tx, []string{ids[2], ids[1], ids[0], "", strings.Repeat("x", 40_000)})
		if err != nil || len(many) != 5 || many[0].ID != ids[2] || many[1] != nil || many[2].ID != ids[0] || many[3] != nil || many[4] != nil {
			t.Errorf("got %v, %v", many, err)
		}
		for id, want := range map[string]bool{ids[0]: true, ids[1]: false, "": false} {
			if has, err := c.Has(tx, id); err != nil || has != want {
				t.Errorf("has %q: %v, %v", id, has, err)
			}
		}
		for _, err := range []error{
			second(c.Get(tx, ids[1])), second(c.Get(tx, "")), second(c.Get(tx, strings.Repeat("x", 40_000))),
			second(c.By(tx, "code", store.K().Text("none"))), second(c.By(tx, "code", nil)),
		} {
			if !errors.Is(err, store.ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
		}
		n, err := c.Count(tx)
		if n != 2 {
			t.Errorf("%d records, want 2", n)
		}
		return err
	})
	update(t, e, func(tx store.Txn) error {
		if err := c.Delete(tx, ids[1]); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("deleted twice: %v", err)
		}
		return nil
	})
	wantWhole(t, e, s)
}

func second[T any](_ T, err error) error { return err }

func TestProgrammingMistakesPanic(t *testing.T) {
	c := newNotes()
	keys := func(*note) []store.Key { return nil }
	for name, fn := range map[string]func(){
		"an unknown index":             func() { _, _ = c.List(nil, "colour", nil, store.Page{}) },
		"a unique read of another one": func() { _, _ = c.By(nil, "folder", nil) },
		"a collection without a name":  func() { store.NewCollection[note]("", 1) },
		"version nought":               func() { store.NewCollection[note]("n", 0) },
		"version 256":                  func() { store.NewCollection[note]("n", 256) },
		"an index without keys":        func() { store.NewCollection[note]("n", 1, store.Index[note]{Name: "a"}) },
		"two indexes of one name": func() {
			store.NewCollection[note]("n", 1, store.Index[note]{Name: "a", Keys: keys}, store.Index[note]{Name: "a", Keys: keys})
		},
		"two collections of one name": func() { store.NewSchema(store.Schema{Collections: []store.AnyCollection{c, newNotes()}}) },
		"two counters of one name": func() {
			store.NewSchema(store.Schema{Counters: []*store.Counter{store.NewCounter("a"), store.NewCounter("a")}})
		},
	} {
		t.Run(name+" panics", func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("went through")
				}
			}()
			fn()
		})
	}
}
