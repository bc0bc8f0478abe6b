package store_test

import (
	"fmt"
	"testing"

	"chouka/store"
)

// tally counts what reaches the engine.
type tally struct {
	store.Txn
	gets, many, puts, deletes int
}

func (c *tally) Get(key []byte) ([]byte, error) {
	c.gets++
	return c.Txn.Get(key)
}

func (c *tally) GetMany(keys [][]byte) ([][]byte, error) {
	c.many++
	return c.Txn.GetMany(keys)
}

func (c *tally) Put(key, value []byte) error {
	c.puts++
	return c.Txn.Put(key, value)
}

func (c *tally) Delete(key []byte) error {
	c.deletes++
	return c.Txn.Delete(key)
}

func TestCollectionTouchesLittle(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	ids := insertNotes(t, e, c, "a", 60)
	count := func(fn func(tx *tally) error) string {
		var got tally
		update(t, e, func(tx store.Txn) error {
			got = tally{Txn: tx}
			return fn(&got)
		})
		return fmt.Sprintf("%d gets, %d many, %d puts, %d deletes", got.gets, got.many, got.puts, got.deletes)
	}
	edit := func(fn func(*note)) func(tx *tally) error {
		return func(tx *tally) error {
			rec, err := c.Get(tx.Txn, ids[0])
			if err != nil {
				return err
			}
			fn(rec)
			return c.Put(tx, rec)
		}
	}
	for _, step := range []struct {
		name string
		fn   func(tx *tally) error
		want string
	}{
		{"an insert looks once and writes each pair once", func(tx *tally) error {
			rec := newNote("b", 1)
			rec.Code, rec.Tags = "Q", []string{"a", "b"}
			return c.Insert(tx, rec)
		}, "0 gets, 1 many, 5 puts, 0 deletes"},
		{"a put without a new key writes the record alone", edit(func(*note) {}), "1 gets, 0 many, 1 puts, 0 deletes"},
		{"a put with one new key moves that entry alone", edit(func(n *note) { n.Number = 77 }), "1 gets, 0 many, 2 puts, 1 deletes"},
		{"a page of fifty reads its records in one call", func(tx *tally) error {
			_, err := c.List(tx, "folder", store.K().Text("a"), store.Page{})
			return err
		}, "0 gets, 1 many, 0 puts, 0 deletes"},
		{"ids alone read no record", func(tx *tally) error {
			_, _, err := c.IDs(tx, "folder", store.K().Text("a"), store.Page{})
			return err
		}, "0 gets, 0 many, 0 puts, 0 deletes"},
	} {
		t.Run(step.name, func(t *testing.T) {
			if got := count(step.fn); got != step.want {
				t.Errorf("got %s, want %s", got, step.want)
			}
		})
	}
}
