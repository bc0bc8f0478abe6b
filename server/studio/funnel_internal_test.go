package studio

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"chouka/store"
)

func TestAWaitIsKnownWithinATenth(t *testing.T) {
	fits := func(s int64) bool {
		got := waitOf(int64(waitStep(time.Duration(s) * time.Second)))
		return math.Abs(float64(got-s)) <= 0.1*float64(s)
	}
	last := -1
	for s := range int64(200_000) {
		if !fits(s) {
			t.Fatalf("%d s are read as %d", s, waitOf(int64(waitStep(time.Duration(s)*time.Second))))
		}
		step := waitStep(time.Duration(s) * time.Second)
		if step < last {
			t.Fatalf("%d s are in step %d, behind %d", s, step, last)
		}
		last = step
	}
	rapid.Check(t, func(r *rapid.T) {
		if s := rapid.Int64Range(0, math.MaxInt64/int64(time.Second)).Draw(r, "seconds"); !fits(s) {
			r.Fatalf("%d s are read as %d", s, waitOf(int64(waitStep(time.Duration(s)*time.Second))))
		}
	})
	for _, none := range []time.Duration{0, -time.Hour, math.MinInt64, 999 * time.Millisecond} {
		if got := waitOf(int64(waitStep(none))); got != 0 {
			t.Errorf("%s is a wait of %d s", none, got)
		}
	}
	if got := waitStep(math.MaxInt64); got > 511 {
		t.Errorf("the longest wait is in step %d", got)
	}
}

func TestTheLowerMedian(t *testing.T) {
	for _, c := range []struct {
		often   map[int64]int64
		want, n int64
	}{
		{nil, 0, 0},
		{map[int64]int64{7: 1}, 7, 1},
		{map[int64]int64{7: 1, 3: 1}, 3, 2},
		{map[int64]int64{9: 1, 3: 1, 7: 1}, 7, 3},
		{map[int64]int64{1: 3, 50: 2, 60: 1}, 1, 6},
		{map[int64]int64{1: 3, 50: 3, 60: 1}, 50, 7},
	} {
		if got := medianOf(c.often); got.value != c.want || got.n != c.n {
			t.Errorf("%v gives %+v", c.often, got)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		all := rapid.SliceOfN(rapid.Int64Range(1, 30), 1, 60).Draw(r, "values")
		often := map[int64]int64{}
		for _, v := range all {
			often[v]++
		}
		slices.Sort(all)
		at := (len(all) - 1) / 2
		if got := medianOf(often); got.value != all[at] || got.nth != int64(at-slices.Index(all, got.value)+1) {
			r.Fatalf("%v gives %+v", all, got)
		}
	})
}

func TestAPartOfAKeyStaysReadableAndFits(t *testing.T) {
	for _, whole := range []string{"", "可灵 2.1", strings.Repeat("梦", lineLimit), strings.Repeat("x", 700)} {
		if got := keyPart(whole); got != whole {
			t.Errorf("%.20s is kept as %.40s", whole, got)
		}
	}
	// The longest name that can be typed, and a size that NFKC makes eighteen times as long.
	for _, long := range []string{strings.Repeat("𠀀", lineLimit), sizeKind(strings.Repeat("\uFDFA", lineLimit))} {
		got := keyPart(long)
		if !strings.HasPrefix(got, long[:600]) || !utf8.ValidString(got) {
			t.Errorf("%.20s is kept as %q", long, got)
		}
		k := store.K().ID("01a22173-7672-79a7-b1b7-7e13bd2b3c17").Text(countOperator).Text(got).Text(countRejected).Text("identity")
		if len(k) > store.MaxKey {
			t.Errorf("a key of %d bytes", len(k))
		}
	}
	a, b := strings.Repeat("x", 800), strings.Repeat("x", 799)+"y"
	if keyPart(a) == keyPart(b) || keyPart(a) != keyPart(strings.Clone(a)) {
		t.Error("long names are mixed up")
	}
}

// TestEveryCounterOfATakeIsKnown holds takeCounts against the list that Check and a deleted shot go by.
func TestEveryCounterOfATakeIsKnown(t *testing.T) {
	at := time.Date(2027, 3, 5, 10, 0, 0, 0, time.UTC)
	all := Take{Meta: store.Meta{ID: "t"}, Operator: "p", Verdict: Rejected, Reason: "face", SeenAt: &at, ShortlistedAt: &at}
	x := Shot{Pick: &Pick{TakeID: "t", At: at, Draws: 3}, State: ShotLocked, StateAt: at}
	seen := map[string]bool{countAttempts: true} // not a take's
	for _, k := range append(takeCounts(&all, "m", &x), drawsCounts(&x)...) {
		parts, ok := k.Texts()
		if !ok || !slices.Contains(funnelCounts(), parts[0]) {
			t.Errorf("%v is in no list", parts)
		}
		seen[parts[0]] = true
	}
	if len(seen) != len(funnelCounts()) {
		t.Errorf("only %v of %v", seen, funnelCounts())
	}
	if last := slices.Max(funnelCounts()); last != countWait {
		t.Errorf("%s stands behind the waits, where nobody looks", last)
	}
	all.Deleted = &at
	if got := takeCounts(&all, "m", &x); got != nil {
		t.Errorf("a deleted take is in %d", len(got))
	}
}

func TestAFunnelListsTheGroupsWithTheMostTakes(t *testing.T) {
	groups := map[string]*FunnelGroup{}
	for i := range funnelGroups + 100 {
		name := fmt.Sprint("m", i)
		groups[name] = &FunnelGroup{Name: name, Takes: int64(i)}
	}
	got := topGroups(groups)
	if len(got) != funnelGroups || got[0].Takes != funnelGroups+99 || got[funnelGroups-1].Takes != 100 {
		t.Errorf("%d groups from %+v", len(got), got[0])
	}
}

func TestCheckSeesEveryCounterOfAFunnelBothWays(t *testing.T) {
	s := benchStudio(t, true)
	x := benchReviewed(t, s)
	whole := func() int {
		problems, err := s.Check(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(problems)
	}
	if n := whole(); n > 0 {
		t.Fatalf("%d problems before anything is wrong", n)
	}
	add := func(owner string, rest store.Key, n int64) {
		err := s.update(t.Context(), Console(), func(c *change) error {
			return s.r.countSums(c.tx, owner, sums{string(rest): n}, 1)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, owner := range []string{x.TitleID, x.EpisodeID, x.ID} {
		var have sums
		err := s.view(t.Context(), func(tx store.Txn) (err error) {
			have, err = s.r.keptSums(tx, owner)
			return err
		})
		if err != nil || len(have) < 15 {
			t.Fatalf("%d counters of %s, %v", len(have), owner, err)
		}
		have[string(store.K().Text(countModel).Text("gone"))] = 0
		have[string(store.K().Text(countDraws).Text("gone").Text("1"))] = 0
		for k, n := range have {
			for _, delta := range []int64{1, -n} {
				if delta == 0 {
					continue
				}
				add(owner, store.Key(k), delta)
				if got := whole(); got != 1 {
					parts, _ := store.Key(k).Texts()
					t.Errorf("%v of %s is off by %d, which makes %d problems", parts, owner, delta, got)
				}
				add(owner, store.Key(k), -delta)
			}
		}
	}
}

// benchReviewed is a shot with takes at every stage.
func benchReviewed(t testing.TB, s *Studio) *Shot {
	t.Helper()
	x := benchShots(t, s, 1, 1)[0]
	at := x.Created.Add(time.Minute)
	err := s.update(t.Context(), Console(), func(c *change) error {
		for i := range 3 {
			a := Attempt{Status: Succeeded, Way: "upload", Generation: Generation{Model: "wan"}, At: c.now}
			if err := c.addAttempt(x, &a); err != nil {
				return err
			}
			tk, err := c.addTake(x, &a, Kept{name: "a.png", media: Media{SHA256: strings.Repeat(string(rune('a'+i)), 64), Type: "image/png"}}, 0)
			if err != nil {
				return err
			}
			v := Verdicts()[i+1]
			got, err := c.judge(tk.ID, VerdictIn{Verdict: &v, Reason: "face"})
			if err != nil {
				return err
			}
			if v == Shortlisted {
				c.now = at
				if err := c.pick(x, got.ID); err != nil {
					return err
				}
			}
		}
		return c.moveByHand(x, ShotLocked, "")
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}
