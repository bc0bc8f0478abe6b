package store_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chouka/store"
)

// world is what a collection and a counter should hold.
type world struct {
	notes map[string]note
	count int64
}

func (w world) holder(code, id string) string {
	for other, n := range w.notes {
		if code != "" && n.Code == code && other != id {
			return other
		}
	}
	return ""
}

// TestCollectionBehavesLikeAMap runs random inserts, puts and deletes, some of
// them in transactions that fail, against plain Go values; then everything read
// must agree and Check must find nothing.
func TestCollectionBehavesLikeAMap(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c, total := newNotes(), store.NewCounter("notes")
		s := schemaOf(c, total)
		e := newEngine(t, s)
		w := world{notes: map[string]note{}}
		for range rapid.IntRange(1, 8).Draw(r, "transactions") {
			fails := rapid.IntRange(0, 4).Draw(r, "outcome") == 0
			own := errors.New("own error")
			next := w
			err := e.Update(context.Background(), func(tx store.Txn) error {
				next = world{notes: maps.Clone(w.notes), count: w.count}
				for range rapid.IntRange(0, 6).Draw(r, "steps") {
					if err := act(r, tx, c, total, &next); err != nil {
						return err
					}
				}
				if fails {
					return own
				}
				return nil
			})
			if fails != errors.Is(err, own) || !fails && err != nil {
				r.Fatal(err)
			}
			if !fails {
				w = next
			}
		}
		agree(r, e, c, total, w)
		problems, err := store.Check(context.Background(), e, s)
		if err != nil || len(problems) > 0 {
			r.Fatal(problems, err)
		}
	})
}

func drawNote(r *rapid.T) note {
	ids := []string{"a", "b", "c\x00", "0191f3c4-0000-7000-8000-00000000000a", "0191f3c4-0000-7000-8000-00000000000b", "剧"}
	return note{
		Meta:   store.Meta{ID: rapid.SampledFrom(ids).Draw(r, "id")},
		Folder: rapid.SampledFrom([]string{"", "x", "xy", "\x00"}).Draw(r, "folder"),
		Number: rapid.Int64Range(-1, 2).Draw(r, "number"),
		Tags:   rapid.SliceOfN(rapid.SampledFrom([]string{"p", "q", "pq"}), 0, 3).Draw(r, "tags"),
		Code:   rapid.SampledFrom([]string{"", "1", "2", "3"}).Draw(r, "code"),
	}
}

// act tries one change and compares the answer with what the world allows.
func act(r *rapid.T, tx store.Txn, c *store.Collection[note], total *store.Counter, w *world) error {
	n := drawNote(r)
	held, exists := w.notes[n.ID]
	holder := w.holder(n.Code, n.ID)
	var err, want error
	change := int64(0)
	switch rapid.SampledFrom([]string{"insert", "insert", "put", "put", "stale", "delete"}).Draw(r, "verb") {
	case "insert":
		change, err = 1, c.Insert(tx, &n)
		if exists || holder != "" {
			want = store.ErrTaken
		}
	case "put":
		n.Rev = held.Rev
		err = c.Put(tx, &n)
		if holder != "" {
			want = store.ErrTaken
		}
		if !exists {
			want = store.ErrNotFound
		}
	case "stale":
		n.Rev = held.Rev + 1
		err, want = c.Put(tx, &n), store.ErrConflict
		if !exists {
			want = store.ErrNotFound
		}
	case "delete":
		change, err = -1, c.Delete(tx, n.ID)
		if !exists {
			want = store.ErrNotFound
		}
	}
	if !errors.Is(err, want) {
		return fmt.Errorf("got %w, want %w", err, want)
	}
	if want != nil {
		return nil
	}
	w.notes[n.ID] = n
	if change < 0 {
		delete(w.notes, n.ID)
	}
	w.count += change
	_, err = total.Add(tx, nil, change)
	return err
}

func agree(r *rapid.T, e store.Engine, c *store.Collection[note], total *store.Counter, w world) {
	want := slices.SortedFunc(maps.Values(w.notes), func(a, b note) int {
		return cmp.Or(cmp.Compare(a.Folder, b.Folder), cmp.Compare(a.Number, b.Number),
			slices.Compare(store.K().ID(a.ID), store.K().ID(b.ID)))
	})
	err := e.View(context.Background(), func(tx store.Txn) error {
		l, err := c.List(tx, "folder", nil, store.Page{})
		if err != nil {
			return err
		}
		if len(l.Items) != len(want) {
			r.Fatalf("%d records, want %d", len(l.Items), len(want))
		}
		for i, n := range l.Items {
			x := want[i]
			if n.ID != x.ID || n.Rev != x.Rev || n.Folder != x.Folder || n.Code != x.Code || !slices.Equal(n.Tags, x.Tags) {
				r.Fatalf("record %d is %+v, want %+v", i, n, x)
			}
			if by, err := c.By(tx, "code", store.K().Text(n.Code)); n.Code != "" && (err != nil || by.ID != n.ID) {
				r.Fatalf("code %s: %+v, %v", n.Code, by, err)
			}
		}
		n, err := total.Value(tx, nil)
		if n != w.count || n != int64(len(w.notes)) {
			r.Fatalf("the counter says %d of %d", n, len(w.notes))
		}
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
}
