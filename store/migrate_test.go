package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"chouka/store"
	"chouka/store/bolt"
)

// steps gives n migrations that note their names in log.
func steps(log *[]string, n int) (out []store.Migration) {
	for i := range n {
		name := fmt.Sprint("step ", i+1)
		out = append(out, store.Migration{Name: name, Step: func(tx store.Txn) error {
			*log = append(*log, name)
			return nil
		}})
	}
	return out
}

func migrate(t *testing.T, e store.Engine, s store.Schema, log *[]string) error {
	t.Helper()
	return store.Migrate(context.Background(), e, s, func(from, to int) error {
		*log = append(*log, fmt.Sprintf("before %d to %d", from, to))
		return nil
	})
}

func TestMigrate(t *testing.T) {
	c := newNotes()
	var log []string
	s := schemaOf(c)
	s.Migrations = steps(&log, 2)
	e := newEngine(t, s)
	ids := insertNotes(t, e, c, "a", 3)
	want := func(t *testing.T, lines string) {
		t.Helper()
		if got := fmt.Sprint(log); got != lines {
			t.Errorf("ran %s, want %s", got, lines)
		}
		log = nil
	}
	t.Run("a fresh file is stamped without a step", func(t *testing.T) {
		want(t, "[]")
		wantWhole(t, e, s)
	})
	t.Run("a file of this version is left alone", func(t *testing.T) {
		if err := migrate(t, e, s, &log); err != nil {
			t.Fatal(err)
		}
		want(t, "[]")
	})
	t.Run("an older file gets a copy first and then every missing step once", func(t *testing.T) {
		s.Migrations = steps(&log, 4)
		for range 2 {
			if err := migrate(t, e, s, &log); err != nil {
				t.Fatal(err)
			}
		}
		want(t, "[before 2 to 4 step 3 step 4]")
		wantWhole(t, e, s)
	})
	t.Run("without a copy no step runs", func(t *testing.T) {
		s.Migrations = steps(&log, 5)
		full := errors.New("disk full")
		err := store.Migrate(context.Background(), e, s, func(int, int) error { return full })
		if !errors.Is(err, full) {
			t.Errorf("got %v, want the copy's error", err)
		}
		want(t, "[]")
	})
	t.Run("a failing step keeps the steps before it and undoes itself", func(t *testing.T) {
		s.Migrations = steps(&log, 5)
		own := errors.New("own error")
		s.Migrations = append(s.Migrations, store.Migration{Name: "bad", Step: func(tx store.Txn) error {
			return errors.Join(c.Delete(tx, ids[0]), own)
		}})
		if err := migrate(t, e, s, &log); !errors.Is(err, own) {
			t.Errorf("got %v, want the step's error", err)
		}
		want(t, "[before 4 to 6 step 5]")
		s.Migrations = s.Migrations[:5]
		wantWhole(t, e, s)
		view(t, e, func(tx store.Txn) error { return second(c.Get(tx, ids[0])) })
	})
	t.Run("a file of a newer program is refused and left alone", func(t *testing.T) {
		old := s
		old.Migrations = s.Migrations[:3]
		before := digest(t, e, s)
		if err := migrate(t, e, old, &log); !errors.Is(err, store.ErrNewer) {
			t.Errorf("got %v, want ErrNewer", err)
		}
		want(t, "[]")
		if digest(t, e, s) != before {
			t.Error("the file was changed")
		}
	})
}

func TestMigrateRefusesForeignFiles(t *testing.T) {
	for name, key := range map[string]string{"keys but no version": "key", "a version that is no number": "v", "a key before all of ours": "\x00"} {
		t.Run(name, func(t *testing.T) {
			e, err := bolt.Open(filepath.Join(t.TempDir(), "store.db"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			update(t, e, func(tx store.Txn) error { return tx.Put([]byte(key), []byte("-1")) })
			if err := store.Migrate(context.Background(), e, schemaOf(newNotes()), nil); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("got %v, want ErrDamaged", err)
			}
		})
	}
}

// bill is note one version later: the folder became a number.
type bill struct {
	store.Meta
	Folder int    `json:"folder"`
	Code   string `json:"code"`
}

func TestRewriteAndReindex(t *testing.T) {
	old := newNotes()
	e := newEngine(t, schemaOf(old))
	ids := insertNotes(t, e, old, "4", 300)
	bills := store.NewCollection[bill]("note", 2, store.Index[bill]{Name: "folder", Keys: func(b *bill) []store.Key {
		return []store.Key{store.K().Int(int64(b.Folder))}
	}})
	s := store.NewSchema(store.Schema{Collections: []store.AnyCollection{bills}})
	turn := func(n *note) (*bill, error) { return &bill{Meta: n.Meta, Folder: len(n.Folder)}, nil }
	t.Run("before the migration the old record is refused and Check says so", func(t *testing.T) {
		view(t, e, func(tx store.Txn) error {
			if _, err := bills.Get(tx, ids[0]); !errors.Is(err, store.ErrOlder) {
				t.Errorf("got %v, want ErrOlder", err)
			}
			return nil
		})
		if problems, err := store.Check(context.Background(), e, s); err != nil || len(problems) < len(ids) {
			t.Errorf("%d problems, %v", len(problems), err)
		}
	})
	t.Run("a change of id is refused", func(t *testing.T) {
		err := e.Update(context.Background(), func(tx store.Txn) error {
			return store.Rewrite(tx, old, bills, func(*note) (*bill, error) { return &bill{}, nil })
		})
		if !errors.Is(err, store.ErrKey) {
			t.Errorf("got %v, want ErrKey", err)
		}
	})
	t.Run("after it every record has its new form, its revision and its new entries alone", func(t *testing.T) {
		s.Migrations = []store.Migration{{Name: "bills", Step: func(tx store.Txn) error { return store.Rewrite(tx, old, bills, turn) }}}
		if err := store.Migrate(context.Background(), e, s, nil); err != nil {
			t.Fatal(err)
		}
		wantWhole(t, e, s)
		view(t, e, func(tx store.Txn) error {
			l, err := bills.List(tx, "folder", store.K().Int(1), store.Page{Limit: 500})
			if err != nil || len(l.Items) != 300 || l.Items[7].Rev != 1 || l.Items[7].ID != ids[7] {
				t.Errorf("%d records, %v", len(l.Items), err)
			}
			return nil
		})
	})
	t.Run("an index added later is filled by Reindex, and refuses two of a kind", func(t *testing.T) {
		unique := func(key func(*bill) store.Key) *store.Collection[bill] {
			return store.NewCollection[bill]("note", 2, store.Index[bill]{Name: "key", Unique: true, Keys: func(b *bill) []store.Key {
				return []store.Key{key(b)}
			}})
		}
		byCode := unique(func(b *bill) store.Key { return store.K().Text(b.Code) })
		err := e.Update(context.Background(), func(tx store.Txn) error { return store.Reindex(tx, byCode) })
		if !errors.Is(err, store.ErrTaken) {
			t.Errorf("got %v, want ErrTaken", err)
		}
		byID := unique(func(b *bill) store.Key { return store.K().ID(b.ID) })
		update(t, e, func(tx store.Txn) error { return store.Reindex(tx, byID) })
		s.Collections = []store.AnyCollection{byID}
		wantWhole(t, e, s)
	})
}

func TestAddIndex(t *testing.T) {
	indexes := noteIndexes()
	before := store.NewCollection[note]("note", 1, indexes[:1]...)
	e := newEngine(t, schemaOf(before))
	insertNotes(t, e, before, "a", 300)
	tags := store.NewCollection[note]("note", 1, append(indexes[:1:1], store.Index[note]{Name: "tag", Keys: func(n *note) []store.Key {
		if n.Number%100 != 0 {
			return nil
		}
		return []store.Key{store.K().Int(n.Number)}
	}})...)
	s := schemaOf(tags)
	if problems, err := store.Check(context.Background(), e, s); err != nil || len(problems) != 3 {
		t.Errorf("before: %d problems, %v", len(problems), err)
	}
	writes := 0
	update(t, e, func(tx store.Txn) error { return store.AddIndex(&counting{Txn: tx, writes: &writes}, tags, "tag") })
	if writes != 3 {
		t.Errorf("%d pairs were written, want the 3 entries of the new index alone", writes)
	}
	wantWhole(t, e, s)
	unique := store.NewCollection[note]("note", 1, append(indexes[:1:1], store.Index[note]{Name: "key", Unique: true, Keys: func(n *note) []store.Key {
		return []store.Key{store.K().Text(n.Folder)}
	}})...)
	err := e.Update(context.Background(), func(tx store.Txn) error { return store.AddIndex(tx, unique, "key") })
	if !errors.Is(err, store.ErrTaken) {
		t.Errorf("two of a kind: got %v, want ErrTaken", err)
	}
	wantWhole(t, e, s)
}

// counting counts what is written and deleted.
type counting struct {
	store.Txn
	writes *int
}

func (c *counting) Put(key, value []byte) error {
	*c.writes++
	return c.Txn.Put(key, value)
}

func (c *counting) Delete(key []byte) error {
	*c.writes++
	return c.Txn.Delete(key)
}
