package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"

	"chouka/store"
)

func TestKeys(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	insertNotes(t, e, c, "a", 3)
	ids := insertNotes(t, e, c, "ab", 300)
	plain := newNote("ab", 300)
	plain.ID, plain.Code = "no uuid", "seven"
	update(t, e, func(tx store.Txn) error { return c.Insert(tx, plain) })
	ids = append(ids, plain.ID)
	view(t, e, func(tx store.Txn) error {
		t.Run("every key of the prefix comes with its id, in order", func(t *testing.T) {
			var seen []string
			err := c.Keys(tx, "folder", store.K().Text("ab"), func(key store.Key, id string) error {
				if want := store.K().Text("ab").Int(int64(len(seen))); !bytes.Equal(key, want) {
					t.Errorf("key %x, want %x", key, want)
				}
				seen = append(seen, id)
				return nil
			})
			if err != nil || !slices.Equal(seen, ids) {
				t.Errorf("saw %d, %v", len(seen), err)
			}
		})
		t.Run("a unique index gives its whole key", func(t *testing.T) {
			got := ""
			err := c.Keys(tx, "code", nil, func(key store.Key, id string) error {
				got = fmt.Sprintf("%x %s", key, id)
				return nil
			})
			if want := fmt.Sprintf("%x %s", store.K().Text("seven"), plain.ID); err != nil || got != want {
				t.Errorf("got %s, want %s; %v", got, want, err)
			}
		})
		t.Run("a visitor ends it, and its error comes through", func(t *testing.T) {
			n, own := 0, errors.New("own")
			if err := c.Keys(tx, "folder", nil, func(store.Key, string) error { n++; return store.ErrStop }); err != nil || n != 1 {
				t.Errorf("%d visits, %v", n, err)
			}
			if err := c.Keys(tx, "folder", nil, func(store.Key, string) error { return own }); !errors.Is(err, own) {
				t.Errorf("got %v", err)
			}
		})
		return nil
	})
	t.Run("an entry too short for its id is damage", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			var at, last []byte
			if err := tx.Scan(store.Range{From: []byte{'i'}, To: []byte{'j'}}, func(k, _ []byte) error {
				at, last = bytes.Clone(k[:6]), k
				return nil
			}); err != nil || last == nil {
				return errors.Join(err, errors.New("no entry"))
			}
			return tx.Put(at, []byte("an id longer than its key"))
		})
		view(t, e, func(tx store.Txn) error {
			var all error
			for _, index := range []string{"folder", "tag", "code"} {
				all = errors.Join(all, c.Keys(tx, index, nil, func(store.Key, string) error { return nil }))
			}
			if !errors.Is(all, store.ErrDamaged) {
				t.Errorf("got %v", all)
			}
			return nil
		})
	})
}
