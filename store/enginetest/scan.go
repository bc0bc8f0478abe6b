package enginetest

import (
	"errors"
	"slices"
	"testing"

	"chouka/store"
)

// The order of bytes, not of letters or numbers.
func unsorted() []string {
	return []string{"b", "a\xff", "a", "\xff", "a\x00", "\x00", "10", "9", "B", "剧", "ab", "\xff\xff", "é"}
}

func scanUp(t *testing.T, e store.Engine) {
	all := unsorted()
	fill(t, e, all...)
	slices.Sort(all)
	wantKeys(t, e, store.Range{}, all...)
}

func scanDown(t *testing.T, e store.Engine) {
	all := unsorted()
	fill(t, e, all...)
	slices.Sort(all)
	slices.Reverse(all)
	wantKeys(t, e, store.Range{Reverse: true}, all...)
}

func ranges(t *testing.T, e store.Engine) {
	fill(t, e, "a", "b", "c", "d")
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"b", "d", []string{"b", "c"}},
		{"", "c", []string{"a", "b"}},
		{"c", "", []string{"c", "d"}},
		{"aa", "cc", []string{"b", "c"}},
		{"b", "b\x00", []string{"b"}},
		{"e", "", []string{}},
		{"", "a", []string{}},
		{"a", "z", []string{"a", "b", "c", "d"}},
		{"d", "z", []string{"d"}},
	} {
		r := store.Range{}
		if c.from != "" {
			r.From = []byte(c.from)
		}
		if c.to != "" {
			r.To = []byte(c.to)
		}
		wantKeys(t, e, r, c.want...)
		r.Reverse = true
		slices.Reverse(c.want)
		wantKeys(t, e, r, c.want...)
	}
}

func emptyRange(t *testing.T, e store.Engine) {
	for _, reverse := range []bool{false, true} {
		wantKeys(t, e, store.Range{Reverse: reverse})
		wantKeys(t, e, store.Range{From: []byte("a"), To: []byte("z"), Reverse: reverse})
	}
	fill(t, e, "a", "b", "c")
	for _, reverse := range []bool{false, true} {
		wantKeys(t, e, store.Range{From: []byte("c"), To: []byte("a"), Reverse: reverse})
		wantKeys(t, e, store.Range{From: []byte("b"), To: []byte("b"), Reverse: reverse})
		wantKeys(t, e, store.Range{From: []byte("a"), To: []byte{}, Reverse: reverse})
	}
}

func scanErrors(t *testing.T, e store.Engine) {
	fill(t, e, "a", "b", "c")
	own := errors.New("own error")
	for _, reverse := range []bool{false, true} {
		for give, want := range map[error]error{store.ErrStop: nil, own: own} {
			view(t, e, func(tx store.Txn) error {
				seen := 0
				err := tx.Scan(store.Range{Reverse: reverse}, func(_, _ []byte) error {
					seen++
					return give
				})
				if !errors.Is(err, want) || seen != 1 {
					t.Errorf("reverse %v: after %v came %v and %d visits, want %v and 1", reverse, give, err, seen, want)
				}
				return nil
			})
		}
	}
}

func scanLazily(t *testing.T, e store.Engine) {
	all := lines(20_000)
	fill(t, e, all...)
	view(t, e, func(tx store.Txn) error {
		// Ten thousand scans of one pair are instant when lazy and a hundred million reads when not.
		for i := range 10_000 {
			var got string
			err := tx.Scan(store.Range{From: []byte(all[i]), Reverse: i%2 == 1}, func(k, _ []byte) error {
				got = string(k)
				return store.ErrStop
			})
			want := all[i]
			if i%2 == 1 {
				want = all[len(all)-1]
			}
			if err != nil || got != want {
				t.Fatalf("scan from %q: %q, %v", all[i], got, err)
			}
		}
		return nil
	})
}

func scanOwnWrites(t *testing.T, e store.Engine) {
	fill(t, e, "a", "b", "c")
	update(t, e, func(tx store.Txn) error {
		if err := errors.Join(tx.Delete([]byte("b")), tx.Put([]byte("aa"), []byte("value of aa"))); err != nil {
			return err
		}
		up, err := keys(tx, store.Range{})
		if err != nil {
			return err
		}
		down, err := keys(tx, store.Range{Reverse: true})
		if !slices.Equal(up, []string{"a", "aa", "c"}) || !slices.Equal(down, []string{"c", "aa", "a"}) {
			t.Errorf("up %q, down %q", up, down)
		}
		return err
	})
}

// scanAfterDeletes empties the pages in the middle, at the ends and everywhere.
func scanAfterDeletes(t *testing.T, e store.Engine) {
	all := lines(3000)
	for _, keep := range [][2]int{{0, 10}, {2990, 3000}, {1500, 1510}, {5, 6}, {0, 0}} {
		fill(t, e, all...)
		update(t, e, func(tx store.Txn) error {
			for i, k := range all {
				if kept := i >= keep[0] && i < keep[1] || keep[0] == 5 && i == 2999; kept {
					continue
				}
				if err := tx.Delete([]byte(k)); err != nil {
					return err
				}
			}
			want := slices.Clone(all[keep[0]:keep[1]])
			if keep[0] == 5 {
				want = append(want, all[2999])
			}
			sameBothWays(t, tx, want)
			return nil
		})
	}
}

func sameBothWays(t *testing.T, tx store.Txn, want []string) {
	t.Helper()
	for _, r := range []store.Range{{}, {From: []byte("line"), To: []byte("line 9")}, {From: []byte("line 000001"), To: []byte("line 002999z")}} {
		inside := slices.DeleteFunc(slices.Clone(want), func(k string) bool {
			return k < string(r.From) || r.To != nil && k >= string(r.To)
		})
		up, err := keys(tx, r)
		if err != nil || !slices.Equal(up, inside) {
			t.Errorf("up: %d keys, %v, want %d", len(up), err, len(inside))
		}
		r.Reverse = true
		slices.Reverse(inside)
		down, err := keys(tx, r)
		if err != nil || !slices.Equal(down, inside) {
			t.Errorf("down: %d keys, %v, want %d", len(down), err, len(inside))
		}
	}
}
