package studio

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"chouka/store"

	"pgregory.net/rapid"
)

// TestTheIndexHoldsWhatComparingFinds draws names and what is typed of them: whatever in finds, one of its heads leads to.
func TestTheIndexHoldsWhatComparingFinds(t *testing.T) {
	s := newSpeller()
	letters := []rune("金沙湖大剧院长行乐厦重女绿a7·，《 B")
	rapid.Check(t, func(t *rapid.T) {
		name := string(rapid.SliceOfN(rapid.SampledFrom(letters), 1, 9).Draw(t, "name"))
		x := s.spell(name)
		if len(x.runes) == 0 {
			return
		}
		from := rapid.IntRange(0, len(x.runes)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(x.runes)).Draw(t, "to")
		var typed strings.Builder
		way := rapid.IntRange(0, 2).Draw(t, "way")
		for i := from; i < to; i++ {
			switch r := x.readings[i]; {
			case way == 0 || len(r) == 0:
				typed.WriteRune(x.runes[i])
			case way == 1:
				typed.WriteString(r[0])
			default:
				typed.WriteByte(r[0][0])
			}
		}
		q := newSought(typed.String())
		if _, _, ok := q.in(x); !ok {
			t.Fatalf("%q is not found in %q", typed.String(), name)
		}
		keys := findKeys([]string{name})
		for _, head := range q.heads() {
			for _, k := range keys {
				if bytes.HasPrefix(k, head) {
					return
				}
			}
		}
		t.Fatalf("no key of %q begins as %q asks", name, typed.String())
	})
}

func TestLongNamesHaveFewKeys(t *testing.T) {
	if n := len(findKeys([]string{strings.Repeat("长行乐厦", 50)})); n > 200*(1+2*findReadings) {
		t.Errorf("%d keys", n)
	}
	for _, k := range findKeys([]string{strings.Repeat("长行乐厦", 50)}) {
		if len(k) > store.MaxKey {
			t.Fatalf("a key of %d bytes", len(k))
		}
	}
}

// BenchmarkSearch looks for a name among few and many records of a kind.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{200, 20_000} {
		s := benchStudio(b, true)
		letters := []rune("金沙湖大剧院长安街十二时辰娇藏京枝后台化妆间屋顶医院")
		for from := 0; from < n; from += 100 { // a transaction of many keys is slow in itself
			err := s.update(b.Context(), Console(), func(c *change) error {
				for i := from; i < from+100; i++ {
					name := string(letters[i%20:i%20+3]) + string(letters[i/20%20:i/20%20+2]) + fmt.Sprint(i)
					if i == n/2 {
						name = "西溪湿地码头"
					}
					if err := s.r.locations.Insert(c.tx, &Location{Meta: c.meta(), Name: name}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("%d names", n), func(b *testing.B) {
			for b.Loop() {
				got, err := s.Search(b.Context(), Console(), "xxsdmt", "", 0)
				if err != nil || len(got) != 1 {
					b.Fatal(len(got), err)
				}
			}
		})
	}
}
