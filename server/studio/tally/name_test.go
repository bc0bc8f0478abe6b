package tally_test

import (
	"strings"
	"testing"

	"chouka/server/studio/tally"
)

func sameNames() [][]string {
	return [][]string{
		{"气运三角洲，我凭操作吊打全球", "《气运三角洲，我凭操作吊打全球》", " 气运三角洲, 我凭操作吊打全球", "气运三角洲，我凭操作吊打全球　"},
		{"娇藏京枝", "《娇藏京枝》", "“娇藏京枝”", "「娇藏京枝」", "『娇藏京枝』", "\"娇藏京枝\"", "＂娇藏京枝＂", "'娇藏京枝'", "娇 藏\t京\n枝", "\ufeff娇藏京枝", "｢娇藏京枝｣", "︽娇藏京枝︾"},
		{"ReelShort", "reelshort", "ＲｅｅｌＳｈｏｒｔ", "REEL SHORT"},
		{"café", "cafe\u0301", "CAFE\u0301", "cafe\u200b\u0301"},
		{"爸，我带您来办业务了", "《爸,我带您来办业务了》"},
		{"子", "⼦"},
		{"", "《》", " ", "“”"},
	}
}

func TestNamesThatAreTheSame(t *testing.T) {
	for _, names := range sameNames() {
		for _, name := range names[1:] {
			if a, b := tally.NameKey(names[0]), tally.NameKey(name); a != b {
				t.Errorf("%q and %q: keys %q and %q", names[0], name, a, b)
			}
		}
	}
}

func TestNamesThatStayApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"李丽", "李莉"}, {"金沙湖大剧院", "金沙湖大剧苑"}, {"昼以继夜", "夜以继昼"}, {"娇藏京枝", "娇藏京枝2"}, {"娇藏京枝", "嬌藏京枝"},
		{"第1季", "第一季"}, {"爸，我带您", "爸我带您"}, {"a-b", "ab"}, {"娇藏京枝（番外）", "娇藏京枝"},
	} {
		if tally.NameKey(pair[0]) == tally.NameKey(pair[1]) {
			t.Errorf("%q and %q share the key %q", pair[0], pair[1], tally.NameKey(pair[0]))
		}
	}
}

func FuzzNameKey(f *testing.F) {
	for _, names := range sameNames() {
		for _, name := range names {
			f.Add(name)
		}
	}
	f.Fuzz(func(t *testing.T, name string) {
		k := tally.NameKey(name)
		if again := tally.NameKey(k); again != k {
			t.Fatalf("%q: key %q, its own key %q", name, k, again)
		}
		if strings.ContainsAny(k, "《》\"'“”‘’「」『』 \t\n") {
			t.Fatalf("%q: key %q", name, k)
		}
	})
}
