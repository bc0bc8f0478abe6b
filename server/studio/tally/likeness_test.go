package tally_test

import (
	"fmt"
	"testing"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

func TestLikeness(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		from, to int
	}{
		{"从赖皮蛇开始吞噬进化", "《从顽皮蛇开始吞噬进化》", 80, 99},
		{"金沙湖大剧院", "金沙湖大剧苑", 75, 99},
		{"《昼以继夜》", "昼以继夜", 100, 100},
		{"ReelShort", "REEL SHORT", 100, 100},
		{"昼以继夜", "夜以继昼", 30, 60},
		{"娇藏京枝", "娇藏京枝 第二季", 70, 99},
		{"气运三角洲", "气运三角洲，我凭操作吊打全球", 60, 99},
		{"爸，我带您来办业务了", "爸我带您来办业务了", 80, 99},
		{"从顽皮蛇开始吞噬进化", "昼以继夜", 0, 0},
		{"从顽皮蛇开始吞噬进化", "从签到开始无敌", 0, 45},
		{"", "", 0, 0},
		{"", "昼以继夜", 0, 0},
		{"夜", "昼以继夜", 0, 30},
	} {
		if got := tally.Likeness(c.a, c.b); got < c.from || got > c.to {
			t.Errorf("%s and %s: %d, want %d to %d", c.a, c.b, got, c.from, c.to)
		}
	}
}

func TestLikenessIsTheSameBothWaysAndWholeOnlyForOneName(t *testing.T) {
	name := rapid.StringOfN(rapid.SampledFrom([]rune("从顽皮赖蛇开始吞噬进化a1 《》")), 0, 90, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		like := tally.Likeness(a, b)
		if other := tally.Likeness(b, a); other != like {
			t.Fatalf("%q and %q: %d and %d", a, b, like, other)
		}
		if same := tally.NameKey(a) == tally.NameKey(b) && tally.NameKey(a) != ""; like < 0 || like > 100 || same != (like == 100) {
			t.Fatalf("%q and %q: %d", a, b, like)
		}
	})
}

func FuzzLikeness(f *testing.F) {
	f.Add("从赖皮蛇开始吞噬进化", "《从顽皮蛇开始吞噬进化》")
	f.Add("", "\xff")
	f.Add("a\u0301", "á")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 4096 {
			return
		}
		if like := tally.Likeness(a, b); like < 0 || like > 100 || like != tally.Likeness(b, a) {
			t.Fatalf("%q and %q: %d, the other way %d", a, b, like, tally.Likeness(b, a))
		}
	})
}

// BenchmarkLikeness holds 100 names against 5,000 titles.
func BenchmarkLikeness(b *testing.B) {
	begin := []string{"从顽皮蛇开始", "气运三角洲之", "爸，我带您来", "昼以继夜的我", "娇藏京枝与她"}
	var keys []string
	for i := range 5000 {
		keys = append(keys, tally.NameKey(fmt.Sprint(begin[i%5], "吞噬进化", i)))
	}
	for b.Loop() {
		for i := range 100 {
			like := tally.LikeTo(fmt.Sprint(begin[(i+1)%5], "吞食进化", i))
			for _, key := range keys {
				like.ToKey(key)
			}
		}
	}
}
