package enginetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chouka/store"
)

// model drives the engine and a plain map with the same random transactions
// and compares everything that can be read.
func model(t *testing.T, e store.Engine) {
	rapid.Check(t, func(r *rapid.T) {
		want := emptied(r, e)
		for range rapid.IntRange(1, 6).Draw(r, "transactions") {
			fails := rapid.IntRange(0, 4).Draw(r, "outcome") == 0
			steps := rapid.SliceOfN(rapid.Custom(drawStep), 0, 30).Draw(r, "steps")
			next := maps.Clone(want)
			err := e.Update(context.Background(), func(tx store.Txn) error {
				next = maps.Clone(want)
				for _, s := range steps {
					if err := s.apply(tx, next); err != nil {
						return err
					}
				}
				compare(r, tx, next)
				if fails {
					return errOwn
				}
				return nil
			})
			if (err != nil) != fails {
				r.Fatalf("update: %v", err)
			}
			if !fails {
				want = next
			}
			if err := e.View(context.Background(), func(tx store.Txn) error { compare(r, tx, want); return nil }); err != nil {
				r.Fatalf("view: %v", err)
			}
		}
	})
}

func emptied(r *rapid.T, e store.Engine) map[string]string {
	err := e.Update(context.Background(), func(tx store.Txn) error {
		var all [][]byte
		err := tx.Scan(store.Range{}, func(k, _ []byte) error {
			all = append(all, slices.Clone(k))
			return nil
		})
		for _, k := range all {
			if err := tx.Delete(k); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		r.Fatalf("empty the engine: %v", err)
	}
	return map[string]string{}
}

// step puts or deletes count neighbouring keys, enough to fill and empty pages.
type step struct {
	key    string
	count  int
	size   int
	delete bool
}

func drawKey() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune{0, 1, 'a', 'b', 'ÿ', '剧'}), 1, 4, -1)
}

func drawStep(r *rapid.T) step {
	return step{
		key:    drawKey().Draw(r, "key"),
		count:  rapid.SampledFrom([]int{1, 1, 2, 40}).Draw(r, "count"),
		size:   rapid.SampledFrom([]int{0, 1, 300, 9000}).Draw(r, "size"),
		delete: rapid.Bool().Draw(r, "delete"),
	}
}

func (s step) apply(tx store.Txn, m map[string]string) error {
	for i := range s.count {
		k := s.key
		if i > 0 {
			k += fmt.Sprintf("%03d", i)
		}
		if s.delete {
			delete(m, k)
			if err := tx.Delete([]byte(k)); err != nil {
				return err
			}
			continue
		}
		v := make([]byte, s.size)
		copy(v, k)
		m[k] = string(v)
		if err := tx.Put([]byte(k), v); err != nil {
			return err
		}
	}
	return nil
}

// compare reads a random range both ways, and random keys.
func compare(r *rapid.T, tx store.Txn, m map[string]string) {
	from, to := drawKey().Draw(r, "from"), drawKey().Draw(r, "to")
	rng := store.Range{From: []byte(from), To: []byte(to)}
	if rapid.Bool().Draw(r, "open end") {
		rng.To = nil
	}
	want := slices.DeleteFunc(slices.Sorted(maps.Keys(m)), func(k string) bool {
		return k < from || rng.To != nil && k >= to
	})
	for _, rng.Reverse = range []bool{false, true} {
		got := []string{}
		err := tx.Scan(rng, func(k, v []byte) error {
			if m[string(k)] != string(v) {
				r.Errorf("key %q has another value", k)
			}
			got = append(got, string(k))
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			r.Fatalf("scan %q to %q, reverse %v: %q, %v, want %q", rng.From, rng.To, rng.Reverse, got, err, want)
		}
		slices.Reverse(want)
	}
	values, err := tx.GetMany([][]byte{[]byte(from), []byte(to)})
	if err != nil {
		r.Fatalf("get many: %v", err)
	}
	for i, k := range []string{from, to} {
		if want, ok := m[k]; ok != (values[i] != nil) || want != string(values[i]) {
			r.Fatalf("key %q: %d bytes, want %d", k, len(values[i]), len(want))
		}
	}
}
