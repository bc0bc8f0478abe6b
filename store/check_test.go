package store_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"chouka/store"
)

// find gives the first key whose value and key fit, within a scan of everything.
func find(tx store.Txn, fits func(k, v []byte) bool) (key, value []byte, err error) {
	err = tx.Scan(store.Range{}, func(k, v []byte) error {
		if fits(k, v) {
			key, value = bytes.Clone(k), bytes.Clone(v)
			return store.ErrStop
		}
		return nil
	})
	if key == nil && err == nil {
		err = errors.New("no such key")
	}
	return key, value, err
}

func space(b byte) func(k, v []byte) bool {
	return func(k, _ []byte) bool { return k[0] == b }
}

// damage is one way to break a whole file, and words of the report about it.
type damage struct {
	name  string
	spoil func(store.Txn) error
	want  string
}

// replace changes the first pair that fits; a nil key removes it.
func replace(fits func(k, v []byte) bool, change func(k, v []byte) ([]byte, []byte)) func(store.Txn) error {
	return func(tx store.Txn) error {
		k, v, err := find(tx, fits)
		if err != nil {
			return err
		}
		if err := tx.Delete(k); err != nil {
			return err
		}
		if k, v = change(k, v); k == nil {
			return nil
		}
		return tx.Put(k, v)
	}
}

func drop(_, _ []byte) ([]byte, []byte) { return nil, nil }

func uniqueEntry(k, v []byte) bool { return k[0] == 'i' && len(v) > 0 }

func damages() []damage {
	return []damage{
		{"a record without its index entry", replace(space('i'), drop), "misses it"},
		{"an entry without its record", replace(space('r'), drop), "names missing record"},
		{"an entry that fits no record's key", replace(space('i'), func(k, v []byte) ([]byte, []byte) {
			k[7] ^= 1
			return k, v
		}), "does not fit its record"},
		{"an extra entry", func(tx store.Txn) error {
			k, v, err := find(tx, func(k, v []byte) bool { return k[0] == 'i' && len(v) == 0 })
			if err != nil {
				return err
			}
			k[6] ^= 1
			return tx.Put(k, v)
		}, "does not fit its record"},
		{"a unique entry that names another", replace(uniqueEntry, func(k, v []byte) ([]byte, []byte) {
			v[3] ^= 1
			return k, v
		}), "names another record"},
		{"a unique entry that names nothing", replace(uniqueEntry, func(k, _ []byte) ([]byte, []byte) { return k, []byte{} }), "names no id"},
		{"a record cut short", replace(space('r'), func(k, v []byte) ([]byte, []byte) { return k, v[:len(v)/2] }), "damaged"},
		{"a record of a newer version", replace(space('r'), func(k, v []byte) ([]byte, []byte) {
			v[0]++
			return k, v
		}), "newer version"},
		{"a record under another id", replace(space('r'), func(k, v []byte) ([]byte, []byte) {
			k[len(k)-1] ^= 1
			return k, v
		}), "another id"},
		{"a record under no id", replace(space('r'), func(k, v []byte) ([]byte, []byte) { return k[:10], v }), "not an id"},
		{"a counter that is no number", replace(space('c'), func(k, _ []byte) ([]byte, []byte) { return k, []byte("12") }), "counter takes"},
		{"a key before everything", func(tx store.Txn) error { return tx.Put([]byte{0}, nil) }, "belongs to nothing"},
		{"a key behind everything", func(tx store.Txn) error { return tx.Put([]byte("\xff\xff"), nil) }, "belongs to nothing"},
		{"a key of an undeclared collection", func(tx store.Txn) error { return tx.Put([]byte("r\x00\x00\x01a"), nil) }, "belongs to nothing"},
		{"a key of an undeclared index", replace(space('i'), func(k, v []byte) ([]byte, []byte) {
			k[5] ^= 1
			return k, v
		}), "belongs to nothing"},
		{"no version", replace(space('v'), drop), "version"},
		{"another version", func(tx store.Txn) error { return tx.Put([]byte("v"), []byte("7")) }, "version"},
	}
}

func TestCheckFindsDamage(t *testing.T) {
	for _, d := range damages() {
		t.Run(d.name+" is found", func(t *testing.T) {
			c, takes := newNotes(), store.NewCounter("takes")
			s := schemaOf(c, takes)
			e := newEngine(t, s)
			insertNotes(t, e, c, "a", 5)
			update(t, e, func(tx store.Txn) error {
				n := newNote("b", 1)
				n.Code, n.Tags = "secret", []string{"x"}
				return errors.Join(c.Insert(tx, n), second(takes.Add(tx, nil, 3)))
			})
			wantWhole(t, e, s)
			update(t, e, d.spoil)
			problems, err := store.Check(context.Background(), e, s)
			if err != nil {
				t.Fatal(err)
			}
			all := ""
			for _, p := range problems {
				all += p.String() + "\n"
			}
			if !strings.Contains(all, d.want) || strings.Contains(all, "secret") {
				t.Errorf("found %q, want %q", all, d.want)
			}
		})
	}
}

func TestCheckIsBoundedAndCanBeStopped(t *testing.T) {
	s := schemaOf(newNotes())
	e := newEngine(t, s)
	update(t, e, func(tx store.Txn) error {
		for i := range 3000 {
			if err := tx.Put(store.K().Text("x").Int(int64(i)), nil); err != nil {
				return err
			}
		}
		return nil
	})
	problems, err := store.Check(context.Background(), e, s)
	if err != nil || len(problems) != 1001 || !strings.Contains(problems[1000].What, "too many") {
		t.Errorf("%d problems, %v", len(problems), err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := store.Check(ctx, e, s); !errors.Is(err, context.Canceled) {
		t.Errorf("check: %v", err)
	}
	if _, err := store.Digest(ctx, e, s); !errors.Is(err, context.Canceled) {
		t.Errorf("digest: %v", err)
	}
}

func TestListingDamageIsAnError(t *testing.T) {
	c := newNotes()
	e := newEngine(t, schemaOf(c))
	n := newNote("a", 1)
	n.Code = "X"
	update(t, e, func(tx store.Txn) error { return c.Insert(tx, n) })
	update(t, e, func(tx store.Txn) error {
		k, _, err := find(tx, space('r'))
		return errors.Join(err, tx.Delete(k))
	})
	view(t, e, func(tx store.Txn) error {
		for _, err := range []error{
			second(c.List(tx, "folder", nil, store.Page{})),
			second(c.By(tx, "code", store.K().Text("X"))),
			c.Each(tx, "folder", nil, func(*note) error { return nil }),
		} {
			if !errors.Is(err, store.ErrDamaged) {
				t.Errorf("got %v, want ErrDamaged", err)
			}
		}
		return nil
	})
}

func digest(t *testing.T, e store.Engine, s store.Schema) store.Sum {
	t.Helper()
	sum, err := store.Digest(context.Background(), e, s)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestDigest(t *testing.T) {
	c := newNotes()
	s := schemaOf(c)
	one, two := newEngine(t, s), newEngine(t, s)
	a, b := newNote("a", 1), newNote("b", 2)
	for _, n := range []*note{a, b} {
		update(t, one, func(tx store.Txn) error { return c.Insert(tx, n) })
	}
	detour := newNote("c", 3)
	for _, n := range []*note{b, detour, a} {
		update(t, two, func(tx store.Txn) error { return c.Insert(tx, n) })
	}
	first := digest(t, one, s)
	if digest(t, two, s) == first {
		t.Error("files that differ have one digest")
	}
	update(t, two, func(tx store.Txn) error { return c.Delete(tx, detour.ID) })
	if got := digest(t, two, s); got != first || got.Records != 2 || len(got.SHA256) != 64 {
		t.Errorf("the same contents by another way: %+v, want %+v", got, first)
	}
	update(t, two, func(tx store.Txn) error { a.Number = 5; return c.Put(tx, a) })
	if digest(t, two, s) == first {
		t.Error("a changed record left the digest as it was")
	}
}
