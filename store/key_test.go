package store_test

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chouka/store"
)

// tuple is what a key encodes, step by step.
type tuple struct {
	text string
	n    int64
	flag bool
	b    byte
	at   time.Time
	tail string
}

func drawText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.SampledFrom([]rune{0, 1, 2, 'a', 0xFF})),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	)
}

func drawTuple() *rapid.Generator[tuple] {
	return rapid.Custom(func(r *rapid.T) tuple {
		return tuple{
			text: drawText().Draw(r, "text"),
			n:    rapid.OneOf(rapid.Int64(), rapid.Int64Range(-2, 2)).Draw(r, "n"),
			flag: rapid.Bool().Draw(r, "flag"),
			b:    rapid.Byte().Draw(r, "b"),
			at:   time.Unix(rapid.Int64Range(-1<<33, 1<<33).Draw(r, "s"), rapid.Int64Range(0, 999_999_999).Draw(r, "ns")),
			tail: drawText().Draw(r, "tail"),
		}
	})
}

func (x tuple) key() store.Key {
	return store.K().Text(x.text).Int(x.n).Bool(x.flag).Byte(x.b).Time(x.at).Text(x.tail)
}

func (x tuple) compare(y tuple) int {
	number := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return cmp.Or(
		strings.Compare(x.text, y.text),
		cmp.Compare(x.n, y.n),
		cmp.Compare(number(x.flag), number(y.flag)),
		cmp.Compare(x.b, y.b),
		x.at.Compare(y.at),
		strings.Compare(x.tail, y.tail),
	)
}

func TestKeysSortAsTheirTuples(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x, y := drawTuple().Draw(r, "x"), drawTuple().Draw(r, "y")
		// Equal beginnings are rare by chance and are where order goes wrong.
		if rapid.Bool().Draw(r, "same text") {
			y.text = x.text
			if rapid.Bool().Draw(r, "same middle") {
				y.n, y.flag, y.b, y.at = x.n, x.flag, x.b, x.at
			}
		}
		if got, want := bytes.Compare(x.key(), y.key()), x.compare(y); got != want {
			r.Fatalf("%x and %x compare %d, their tuples %d", x.key(), y.key(), got, want)
		}
	})
}

func TestNoTextIsThePrefixOfAnother(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x, y := drawText().Draw(r, "x"), drawText().Draw(r, "y")
		if rapid.Bool().Draw(r, "longer") {
			y = x + y
		}
		if x != y && bytes.HasPrefix(store.K().Text(y), store.K().Text(x)) {
			r.Fatalf("%q is a prefix of %q", x, y)
		}
	})
}

func TestKeySteps(t *testing.T) {
	t.Run("a prefix can be extended twice", func(t *testing.T) {
		prefix := store.K().Text("title").ID("0191f3c4-0000-7000-8000-000000000001")
		for _, extend := range []func(byte) store.Key{
			func(b byte) store.Key { return prefix.Byte(b) },
			func(b byte) store.Key { return prefix.Int(int64(b)) },
			func(b byte) store.Key { return prefix.Text(string(rune(b))) },
			func(b byte) store.Key { return prefix.ID(string(rune(b))) },
			func(b byte) store.Key { return prefix.Bool(b == 'a') },
		} {
			one := extend('a')
			kept := bytes.Clone(one)
			extend('b')
			if !bytes.Equal(one, kept) {
				t.Error("the first key changed when its prefix was used again")
			}
		}
	})
	t.Run("a UUID takes seventeen bytes and sorts by its time", func(t *testing.T) {
		early := store.K().ID("0191f3c4-0000-7000-8000-000000000001")
		late := store.K().ID("0191f3c5-0000-7000-8000-000000000000")
		if len(early) != 17 || bytes.Compare(early, late) >= 0 {
			t.Errorf("%x and %x", early, late)
		}
	})
	t.Run("ids that only look alike stay apart", func(t *testing.T) {
		seen := map[string]string{}
		for _, id := range []string{
			"0191f3c4-0000-7000-8000-00000000000a", "0191F3C4-0000-7000-8000-00000000000A",
			"0191f3c4-0000-7000-8000-00000000000A", "0191f3c400007000800000000000000a",
			"0191f3c4-0000-7000-8000-00000000000g", "0191f3c4-0000-7000-8000_00000000000a", "", "a", "a\x00", "\x01",
		} {
			k := string(store.K().ID(id))
			if other, held := seen[k]; held {
				t.Errorf("%q and %q share a key", id, other)
			}
			seen[k] = id
		}
	})
	t.Run("times outside the span of nanoseconds sort at its ends", func(t *testing.T) {
		times := []time.Time{
			time.Time{}, time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1700, 1, 1, 0, 0, 0, 0, time.UTC),
			time.Unix(0, -1), time.Unix(0, 0), time.Unix(0, 1), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
			time.Unix(0, math.MaxInt64), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC),
		}
		for i := 1; i < len(times); i++ {
			if bytes.Compare(store.K().Time(times[i-1]), store.K().Time(times[i])) > 0 {
				t.Errorf("%v sorts behind %v", times[i-1], times[i])
			}
		}
	})
	t.Run("a time is the same key in every zone", func(t *testing.T) {
		at := time.Date(2026, 1, 1, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))
		if !bytes.Equal(store.K().Time(at), store.K().Time(at.UTC())) {
			t.Error("the zone changed the key")
		}
	})
}

func TestTextsAreReadBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := rapid.SliceOf(drawText()).Draw(r, "texts")
		k := store.K()
		for _, s := range want {
			k = k.Text(s)
		}
		if got, ok := k.Texts(); !ok || !slices.Equal(got, want) {
			r.Fatalf("%q reads %q, %t", want, got, ok)
		}
		if _, ok := append(k, 'x').Texts(); ok {
			r.Fatal("a text without an end is read")
		}
	})
	for name, k := range map[string]store.Key{
		"a number":               store.K().Text("a").Int(3),
		"an escape of nothing":   {'a', 1, 0},
		"an escape of something": {'a', 1, 'b', 0},
	} {
		if got, ok := k.Texts(); ok {
			t.Errorf("%s reads %q", name, got)
		}
	}
}
