package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"chouka/store"
	"chouka/store/bolt"
)

// note is the record of these tests: an ordinary index of two parts, one with
// several keys, and a unique one that a record may stay out of.
type note struct {
	store.Meta
	Folder string   `json:"folder"`
	Number int64    `json:"number"`
	Tags   []string `json:"tags,omitempty"`
	Code   string   `json:"code,omitempty"`
}

func noteIndexes() []store.Index[note] {
	return []store.Index[note]{
		{Name: "folder", Keys: func(n *note) []store.Key {
			return []store.Key{store.K().Text(n.Folder).Int(n.Number)}
		}},
		{Name: "tag", Keys: func(n *note) (keys []store.Key) {
			for _, t := range n.Tags {
				keys = append(keys, store.K().Text(t))
			}
			return keys
		}},
		{Name: "code", Unique: true, Keys: func(n *note) []store.Key {
			if n.Code == "" {
				return nil
			}
			return []store.Key{store.K().Text(n.Code)}
		}},
	}
}

func newNotes() *store.Collection[note] {
	return store.NewCollection[note]("note", 1, noteIndexes()...)
}

func schemaOf(c *store.Collection[note], counters ...*store.Counter) store.Schema {
	return store.NewSchema(store.Schema{Collections: []store.AnyCollection{c}, Counters: counters})
}

// newEngine opens an empty engine that was stamped by s.
func newEngine(t testing.TB, s store.Schema) *bolt.Engine {
	t.Helper()
	e, err := bolt.Open(filepath.Join(t.TempDir(), "store.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := store.Migrate(context.Background(), e, s, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

func update(t testing.TB, e store.Engine, fn func(store.Txn) error) {
	t.Helper()
	if err := e.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, e store.Engine, fn func(store.Txn) error) {
	t.Helper()
	if err := e.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// insertNotes adds n notes to a folder, numbered from 0, and gives their ids.
func insertNotes(t testing.TB, e store.Engine, c *store.Collection[note], folder string, n int) []string {
	t.Helper()
	ids := make([]string, n)
	update(t, e, func(tx store.Txn) error {
		for i := range n {
			rec := newNote(folder, int64(i))
			ids[i] = rec.ID
			if err := c.Insert(tx, rec); err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

func newNote(folder string, number int64) *note {
	at := time.Date(2026, 11, 1, 8, 0, int(number), 0, time.UTC)
	return &note{
		Meta:   store.Meta{ID: uuid.Must(uuid.NewV7()).String(), Created: at, Updated: at},
		Folder: folder,
		Number: number,
	}
}

// wantWhole fails when Check finds anything.
func wantWhole(t testing.TB, e store.Engine, s store.Schema) {
	t.Helper()
	problems, err := store.Check(context.Background(), e, s)
	if err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}

func numbers(items []*note) string {
	out := ""
	for _, n := range items {
		out += fmt.Sprintf("%d ", n.Number)
	}
	return out
}
