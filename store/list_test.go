package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"chouka/store"
)

func TestList(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	insertNotes(t, e, c, "a", 7)
	insertNotes(t, e, c, "ab", 3)
	insertNotes(t, e, c, "b", 600)
	prefix := store.K().Text("a")
	view(t, e, func(tx store.Txn) error {
		for _, p := range []struct {
			name string
			page store.Page
			want string
		}{
			{"a folder is listed in order without its neighbours", store.Page{}, "0 1 2 3 4 5 6 "},
			{"a folder is listed backwards", store.Page{Reverse: true}, "6 5 4 3 2 1 0 "},
			{"a page ends at its limit", store.Page{Limit: 3}, "0 1 2 "},
			{"a page that just fits has no next", store.Page{Limit: 7}, "0 1 2 3 4 5 6 "},
		} {
			t.Run(p.name, func(t *testing.T) {
				l, err := c.List(tx, "folder", prefix, p.page)
				if err != nil || numbers(l.Items) != p.want || (l.Next != "") != (p.page.Limit == 3) {
					t.Errorf("%s, next %q, %v", numbers(l.Items), l.Next, err)
				}
			})
		}
		t.Run("limits are 50 by default and at most 500", func(t *testing.T) {
			for limit, want := range map[int]int{0: 50, -1: 50, 500: 500, 501: 500, 1 << 40: 500, 1: 1} {
				l, err := c.List(tx, "folder", store.K().Text("b"), store.Page{Limit: limit})
				if err != nil || len(l.Items) != want || l.Next == "" {
					t.Errorf("limit %d: %d records, next %q, %v", limit, len(l.Items), l.Next, err)
				}
			}
		})
		t.Run("the whole index is listed under an empty prefix", func(t *testing.T) {
			l, err := c.List(tx, "folder", nil, store.Page{Limit: 11})
			if err != nil || numbers(l.Items) != "0 1 2 3 4 5 6 0 1 2 0 " {
				t.Errorf("%s, %v", numbers(l.Items), err)
			}
		})
		t.Run("a cursor of another prefix, index or program is refused", func(t *testing.T) {
			l, err := c.List(tx, "folder", store.K().Text("b"), store.Page{})
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range []error{
				second(c.List(tx, "folder", prefix, store.Page{After: l.Next})),
				second(c.List(tx, "tag", nil, store.Page{After: l.Next})),
				second(c.List(tx, "folder", nil, store.Page{After: "garbage"})),
				second(c.ListRange(tx, "folder", nil, nil, store.Page{After: "Z2FyYmFnZQ"})),
				second(c.List(tx, "folder", nil, store.Page{After: strings.Repeat("A", 1<<20)})),
			} {
				if !errors.Is(err, store.ErrCursor) {
					t.Errorf("got %v, want ErrCursor", err)
				}
			}
		})
		return nil
	})
}

func TestListRange(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	insertNotes(t, e, c, "a", 10)
	insertNotes(t, e, c, "b", 2)
	at := func(n int64) store.Key { return store.K().Text("a").Int(n) }
	view(t, e, func(tx store.Txn) error {
		for _, r := range []struct {
			from, to store.Key
			reverse  bool
			want     string
		}{
			{at(3), at(6), false, "3 4 5 "},
			{at(3), at(6), true, "5 4 3 "},
			{at(8), nil, false, "8 9 0 1 "},
			{nil, at(2), true, "1 0 "},
			{at(6), at(3), false, ""},
			{at(-5), at(1), false, "0 "},
		} {
			l, err := c.ListRange(tx, "folder", r.from, r.to, store.Page{Reverse: r.reverse})
			if err != nil || numbers(l.Items) != r.want {
				t.Errorf("%x to %x: %s, %v, want %s", r.from, r.to, numbers(l.Items), err, r.want)
			}
			// The same by pages of one.
			got, p := "", store.Page{Limit: 1, Reverse: r.reverse}
			for {
				l, err := c.ListRange(tx, "folder", r.from, r.to, p)
				if err != nil {
					return err
				}
				got += numbers(l.Items)
				if p.After = l.Next; l.Next == "" {
					break
				}
			}
			if got != r.want {
				t.Errorf("%x to %x by ones: %s, want %s", r.from, r.to, got, r.want)
			}
		}
		return nil
	})
	t.Run("a cursor behind a range that moved on is moved to its edge", func(t *testing.T) {
		view(t, e, func(tx store.Txn) error {
			l, err := c.ListRange(tx, "folder", at(0), at(9), store.Page{Limit: 2})
			if err != nil {
				return err
			}
			l, err = c.ListRange(tx, "folder", at(5), at(9), store.Page{Limit: 2, After: l.Next})
			if numbers(l.Items) != "5 6 " {
				t.Errorf("got %s", numbers(l.Items))
			}
			return err
		})
	})
}

func TestListWhere(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	insertNotes(t, e, c, "a", 30)
	insertNotes(t, e, c, "b", 5)
	at := func(n int64) store.Key { return store.K().Text("a").Int(n) }
	// third keeps every third record of a folder, by what an index says of it.
	third := map[string]bool{}
	view(t, e, func(tx store.Txn) error {
		return c.Each(tx, "folder", nil, func(n *note) error {
			third[n.ID] = n.Number%3 == 0
			return nil
		})
	})
	for _, r := range []struct {
		name     string
		from, to store.Key
		reverse  bool
		want     string
	}{
		{"a range without what is left out", at(1), at(14), false, "3 6 9 12 "},
		{"backwards", at(1), at(14), true, "12 9 6 3 "},
		{"over the end of a folder", at(25), nil, false, "27 0 3 "},
		{"nothing is kept", at(4), at(6), false, ""},
	} {
		t.Run(r.name, func(t *testing.T) {
			for limit := 1; limit <= 6; limit++ {
				got, pages := "", 0
				p := store.Page{Limit: limit, Reverse: r.reverse}
				for more := true; more; pages++ {
					view(t, e, func(tx store.Txn) error {
						l, err := c.ListWhere(tx, "folder", r.from, r.to, func(id string) bool { return third[id] }, p)
						if l.Next != "" && len(l.Items) != limit {
							t.Errorf("a page of %d has %d and a next", limit, len(l.Items))
						}
						got += numbers(l.Items)
						p.After, more = l.Next, l.Next != ""
						return err
					})
				}
				full := (strings.Count(r.want, " ") + limit - 1) / limit
				if got != r.want || pages != max(full, 1) {
					t.Errorf("by %d: %sin %d pages, want %sin %d", limit, got, pages, r.want, max(full, 1))
				}
			}
		})
	}
}

func TestEachAndAll(t *testing.T) {
	c := newNotes()
	s := schemaOf(c)
	e := newEngine(t, s)
	insertNotes(t, e, c, "a", 300)
	insertNotes(t, e, c, "b", 10)
	walks := map[string]func(store.Txn, func(*note) error) error{
		"Each": func(tx store.Txn, visit func(*note) error) error {
			return c.Each(tx, "folder", store.K().Text("a"), visit)
		},
		"All": c.All,
	}
	for name, walk := range walks {
		want := map[string]int{"Each": 300, "All": 310}[name]
		t.Run(name+" visits every record once and stops when told", func(t *testing.T) {
			view(t, e, func(tx store.Txn) error {
				seen := map[string]bool{}
				if err := walk(tx, func(n *note) error { seen[n.ID] = true; return nil }); err != nil || len(seen) != want {
					t.Errorf("%d records, %v, want %d", len(seen), err, want)
				}
				n := 0
				stop := func(*note) error {
					if n++; n == 200 {
						return store.ErrStop
					}
					return nil
				}
				if err := walk(tx, stop); err != nil || n != 200 {
					t.Errorf("stopped after %d, %v", n, err)
				}
				own := errors.New("own error")
				if err := walk(tx, func(*note) error { return own }); !errors.Is(err, own) {
					t.Errorf("got %v, want the visitor's error", err)
				}
				return nil
			})
		})
	}
	t.Run("a visitor may write and delete what it visits", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			if err := c.Each(tx, "folder", store.K().Text("a"), func(n *note) error {
				if n.Number%2 == 0 {
					return c.Delete(tx, n.ID)
				}
				n.Folder = "odd"
				return c.Put(tx, n)
			}); err != nil {
				return err
			}
			n, err := c.Count(tx)
			if n != 160 {
				t.Errorf("%d records are left, want 160", n)
			}
			return err
		})
		wantWhole(t, e, s)
	})
}

// TestPagingNeverRepeatsOrSkips changes the list between pages at random:
// records that stay the whole time are seen exactly once and in order.
func TestPagingNeverRepeatsOrSkips(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	rapid.Check(t, func(r *rapid.T) {
		folder := uuid.NewString()
		ids := insertNotes(t, e, c, folder, rapid.IntRange(0, 25).Draw(r, "records"))
		stay := map[string]bool{}
		for _, id := range ids {
			stay[id] = true
		}
		p := store.Page{Limit: rapid.IntRange(1, 6).Draw(r, "limit"), Reverse: rapid.Bool().Draw(r, "reverse")}
		var seen []string
		for pages := 0; pages == 0 || p.After != ""; pages++ {
			err := e.View(context.Background(), func(tx store.Txn) error {
				l, err := c.List(tx, "folder", store.K().Text(folder), p)
				for _, n := range l.Items {
					seen = append(seen, n.ID)
				}
				p.After = l.Next
				return err
			})
			if err != nil {
				r.Fatal(err)
			}
			disturb(r, t, e, c, folder, ids, stay)
		}
		seen = slices.DeleteFunc(seen, func(id string) bool { return !stay[id] })
		want := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !stay[id] })
		if p.Reverse {
			slices.Reverse(want)
		}
		if fmt.Sprint(seen) != fmt.Sprint(want) {
			r.Fatalf("saw %v, want %v", seen, want)
		}
	})
}

// disturb deletes one record, and inserts one between others.
func disturb(r *rapid.T, t *testing.T, e store.Engine, c *store.Collection[note], folder string, ids []string, stay map[string]bool) {
	if len(ids) == 0 {
		return
	}
	if id := rapid.SampledFrom(ids).Draw(r, "delete"); stay[id] && rapid.Bool().Draw(r, "really") {
		delete(stay, id)
		update(t, e, func(tx store.Txn) error { return c.Delete(tx, id) })
	}
	if rapid.Bool().Draw(r, "insert") {
		n := newNote(folder, rapid.Int64Range(0, 3).Draw(r, "number"))
		update(t, e, func(tx store.Txn) error { return c.Insert(tx, n) })
	}
}
