package store_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"chouka/store"
)

func TestCounter(t *testing.T) {
	c := newNotes()
	takes, other := store.NewCounter("takes"), store.NewCounter("other")
	s := schemaOf(c, takes, other)
	e := newEngine(t, s)
	a, b := store.K().Text("a"), store.K().Text("b")
	t.Run("numbers add up by key and counters stay apart", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			for _, delta := range []int64{5, -7, 0, 3} {
				if _, err := takes.Add(tx, a, delta); err != nil {
					return err
				}
			}
			n, err := takes.Add(tx, b, -4)
			if n != -4 {
				t.Errorf("add gave %d, want -4", n)
			}
			return err
		})
		view(t, e, func(tx store.Txn) error {
			got, err := takes.Values(tx, []store.Key{b, a, store.K().Text("none"), nil})
			if err != nil || !slices.Equal(got, []int64{-4, 1, 0, 0}) {
				t.Errorf("got %v, %v", got, err)
			}
			n, err := other.Value(tx, a)
			if n != 0 {
				t.Errorf("the other counter has %d", n)
			}
			return err
		})
	})
	t.Run("back at nought nothing is stored", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			return errors.Join(second(takes.Add(tx, a, -1)), second(takes.Add(tx, b, 4)))
		})
		view(t, e, func(tx store.Txn) error {
			pairs := 0
			err := tx.Scan(store.Range{}, func(_, _ []byte) error { pairs++; return nil })
			if pairs != 1 {
				t.Errorf("%d pairs, want the version alone", pairs)
			}
			return err
		})
	})
	wantWhole(t, e, s)
}

func TestCounterEdges(t *testing.T) {
	takes := store.NewCounter("takes")
	s := schemaOf(newNotes(), takes)
	e := newEngine(t, s)
	t.Run("a sequence has no gaps, even after a discarded transaction", func(t *testing.T) {
		own := errors.New("own error")
		for _, round := range []struct {
			want  int64
			fails error
		}{{1, nil}, {2, own}, {2, nil}, {3, nil}} {
			err := e.Update(t.Context(), func(tx store.Txn) error {
				n, err := takes.Next(tx, nil)
				if n != round.want {
					t.Errorf("number %d, want %d", n, round.want)
				}
				return errors.Join(err, round.fails)
			})
			if !errors.Is(err, round.fails) {
				t.Fatal(err)
			}
		}
	})
	t.Run("the ends of int64 are not passed", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			for key, c := range map[string][2]int64{"top": {math.MaxInt64, 1}, "bottom": {math.MinInt64, -1}} {
				k := store.K().Text(key)
				if _, err := takes.Add(tx, k, c[0]); err != nil {
					return err
				}
				n, err := takes.Add(tx, k, c[1])
				if err == nil || n != c[0] {
					t.Errorf("%s: %d, %v", key, n, err)
				}
			}
			return nil
		})
	})
	t.Run("a key too long is refused", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			if _, err := takes.Add(tx, make(store.Key, store.MaxKey+1), 1); !errors.Is(err, store.ErrKey) {
				t.Errorf("got %v, want ErrKey", err)
			}
			return nil
		})
	})
	wantWhole(t, e, s)
}
