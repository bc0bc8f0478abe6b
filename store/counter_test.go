package store_test

import (
	"bytes"
	"errors"
	"fmt"
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

func TestCountersBelowAPrefix(t *testing.T) {
	takes, other := store.NewCounter("takes"), store.NewCounter("other")
	s := schemaOf(newNotes(), takes, other)
	e := newEngine(t, s)
	a := store.K().ID("0192f0c1-2345-7abc-8def-0123456789ab")
	update(t, e, func(tx store.Txn) error {
		return errors.Join(second(takes.Add(tx, a.Text("model").Text("b"), 2)), second(takes.Add(tx, a.Text("model").Text("a"), -1)), second(takes.Add(tx, a.Text("modelled"), 7)),
			second(takes.Add(tx, a, 5)), second(takes.Add(tx, store.K().ID("0192f0c1-2345-7abc-8def-0123456789ac"), 9)), second(other.Add(tx, a.Text("model"), 8)))
	})
	each := func(tx store.Txn, prefix store.Key) (out []string) {
		err := takes.Each(tx, prefix, func(rest store.Key, n int64) error {
			parts, ok := rest.Texts()
			out = append(out, fmt.Sprint(parts, n, ok))
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		return out
	}
	view(t, e, func(tx store.Txn) error {
		if got, want := each(tx, a.Text("model")), []string{"[a] -1 true", "[b] 2 true"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if got, want := each(tx, a), []string{"[] 5 true", "[model a] -1 true", "[model b] 2 true", "[modelled] 7 true"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if got := each(tx, a.Text("none")); got != nil {
			t.Errorf("got %v below nothing", got)
		}
		n, own := 0, errors.New("own")
		if err := takes.Each(tx, nil, func(store.Key, int64) error { n++; return store.ErrStop }); err != nil || n != 1 {
			t.Errorf("%d visits, %v", n, err)
		}
		if err := takes.Each(tx, nil, func(store.Key, int64) error { return own }); !errors.Is(err, own) {
			t.Errorf("got %v", err)
		}
		return nil
	})
	wantWhole(t, e, s)
	t.Run("a value of another length is damage", func(t *testing.T) {
		update(t, e, func(tx store.Txn) error {
			var at []byte
			err := tx.Scan(store.Range{From: []byte{'c'}, To: []byte{'d'}}, func(key, _ []byte) error {
				at = bytes.Clone(key)
				return store.ErrStop
			})
			return errors.Join(err, tx.Put(at, []byte{1}))
		})
		view(t, e, func(tx store.Txn) error {
			visit := func(store.Key, int64) error { return nil }
			if err := errors.Join(takes.Each(tx, nil, visit), other.Each(tx, nil, visit)); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("got %v", err)
			}
			return nil
		})
	})
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
