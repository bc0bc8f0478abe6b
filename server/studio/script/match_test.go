package script

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestKey(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"沈枝：三年了。", "沈枝:三年了", true}, {"△门开了。", "▲ 门开了！", true}, {"走吧？", "走吧。", true}, {"走吧", "走把", false},
		{"1.5亿", "15亿", false}, {"19:30", "1930", false}, {"3,000人", "3000人", true}, {"50%", "50", false}, {"……", "——", false}, {"ＡＢ", "AB", true}, {"Ab", "AB", false},
	} {
		if got := Key(c.a) == Key(c.b); got != c.same {
			t.Errorf("%q and %q are one: %t (%q, %q)", c.a, c.b, got, Key(c.a), Key(c.b))
		}
	}
}

// known is a scene of an episode whose lines are told apart by n.
func known(episode, label, n int) Known {
	x := Known{Episode: episode, Label: fmt.Sprintf("%d-%d", episode, label), Place: "大堂"}
	x.Heading = x.Label + " 日 内 大堂"
	x.Lines = []Line{{Kind: KindScene, Text: x.Heading}}
	words := []string{"推门", "落座", "回头", "冷笑", "点灯", "撕信", "举杯", "起身", "低语", "转身"}
	for i := range 8 {
		k := n*8 + i
		x.Lines = append(x.Lines, Line{Kind: KindSpeech, Speaker: "沈枝", Text: fmt.Sprintf("沈枝：%s之后%s，第%d回%s，又%d次%s。", words[k%10], words[k/10%10], k, words[k/100%10], k*37%1009, words[(k+n)%10])})
	}
	return x
}

func script5(episodes int) []Known {
	var out []Known
	for e := range episodes {
		for i := range 5 {
			out = append(out, known(e+1, i+1, len(out)))
		}
	}
	return out
}

// relabel gives scenes labels by their place, as a writer who renumbers does.
func relabel(in []Known, perEpisode int) []Known {
	out := slices.Clone(in)
	for i := range out {
		out[i].Episode, out[i].Label = i/perEpisode+1, fmt.Sprintf("%d-%d", i/perEpisode+1, i%perEpisode+1)
		out[i].Heading = out[i].Label + " 日 内 大堂"
	}
	return out
}

func edited(x Known, line int, text string) Known {
	x.Lines = slices.Clone(x.Lines)
	x.Lines[line].Text = text
	return x
}

func TestMatchingScenes(t *testing.T) {
	six := script5(2)[:6]
	swapped := slices.Clone(six)
	swapped[1], swapped[3] = swapped[3], swapped[1]
	inserted := relabel(slices.Insert(slices.Clone(six), 1, known(9, 9, 77)), 5)
	both := relabel(slices.Insert(slices.Clone(six), 1, known(9, 9, 77)), 5)
	both[3] = edited(both[3], 2, "沈枝：这一句完全改写了，谁也认不出来。")
	short := func(label, heading, text string) Known {
		return Known{Episode: 1, Label: label, Heading: label + " " + heading, Lines: []Line{{Kind: KindScene}, {Kind: KindAction, Text: text}}}
	}
	for name, c := range map[string]struct {
		was, is []Known
		set     map[int]int
		want    []int
	}{
		"nothing changed":                  {six, six, nil, []int{0, 1, 2, 3, 4, 5}},
		"two swapped, with old labels":     {six, swapped, nil, []int{0, 3, 2, 1, 4, 5}},
		"two swapped and renumbered":       {six, relabel(swapped, 5), nil, []int{0, 3, 2, 1, 4, 5}},
		"one inserted, all renumbered":     {six, inserted, nil, []int{0, -1, 1, 2, 3, 4, 5}},
		"the same, and one of them edited": {six, both, nil, []int{0, -1, 1, 2, 3, 4, 5}},
		"one removed, all renumbered":      {six, relabel(slices.Delete(slices.Clone(six), 2, 3), 5), nil, []int{0, 1, 3, 4, 5}},
		"an episode cut in two":            {six, relabel(six, 3), nil, []int{0, 1, 2, 3, 4, 5}},
		"set by hand":                      {six, six, map[int]int{0: 2, 2: -1}, []int{2, 1, -1, 3, 4, 5}},
		"a rewritten scene of one heading": {[]Known{short("1-1", "夜 后台", "空座。")}, []Known{short("1-1", "夜 后台", "灯全灭了。")}, nil, []int{0}},
		"another scene under the label":    {[]Known{short("1-1", "夜 后台", "空座。")}, []Known{short("1-1", "日 码头", "船来了。")}, nil, []int{-1}},
		"short scenes that are renumbered": {[]Known{short("1-1", "夜 后台", "空座。"), short("1-2", "日 码头", "船来了。")}, []Known{short("1-1", "日 码头", "船来了。")}, nil, []int{1}},
		"short scenes of different places": {[]Known{short("", "夜 后台", "门开了。")}, []Known{short("", "日 码头", "门开了。")}, nil, []int{-1}},
		"by hand, without text":            {[]Known{{Episode: 1, Label: "1-1", Heading: "1-1 湖"}}, []Known{short("1-1", "日 外 金沙湖", "薄雾。")}, nil, []int{0}},
		"nothing":                          {nil, six[:1], nil, []int{-1}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Match(c.was, c.is, c.set); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	t.Run("one that is in the script comes before one that is not", func(t *testing.T) {
		gone := six[0]
		gone.Last = true
		if got := Match([]Known{gone, six[0]}, six[:1], nil); got[0] != 1 {
			t.Errorf("got %v", got)
		}
		if got := Match([]Known{gone}, six[:1], nil); got[0] != 0 {
			t.Errorf("it does not come back: %v", got)
		}
	})
}

// TestMatchingIsQuick renumbers and edits every one of 500 scenes, which leaves nothing equal.
func TestMatchingIsQuick(t *testing.T) {
	was := script5(100)
	is := relabel(slices.Insert(slices.Clone(was), 0, known(999, 1, 9999)), 5)
	for i := range is {
		is[i] = edited(is[i], 1, fmt.Sprintf("沈枝：改过的第%d句。", i))
	}
	begun := time.Now()
	got := Match(was, is, nil)
	took := time.Since(begun)
	for i, at := range got {
		if at != i-1 {
			t.Fatalf("scene %d is %d", i, at)
		}
	}
	t.Logf("500 scenes, all edited and renumbered: %v", took)
	if took > 5*time.Second { // an eighth of a second; anything near this is the product of all
		t.Errorf("it took %v", took)
	}
}

func TestAligningLines(t *testing.T) {
	lines := func(text string) []Line {
		var out []Line
		for l := range strings.SplitSeq(text, "|") {
			kind, speaker := KindAction, ""
			if name, _, ok := strings.Cut(l, "："); ok {
				kind, speaker = KindSpeech, name
			}
			if l != "" {
				out = append(out, Line{Kind: kind, Text: l, Speaker: speaker})
			}
		}
		return out
	}
	for _, c := range []struct {
		name, was, is string
		want          []int
	}{
		{"the same", "门开|甲：好|乙：走", "门开|甲：好|乙：走", []int{0, 1, 2}},
		{"one edited", "门开|甲：今天天气真好|乙：走", "门开|甲：今天天气不好|乙：走", []int{0, 1, 2}},
		{"one inserted in front", "甲：今天天气真好", "甲：等一下|甲：今天天气很好", []int{-1, 0}},
		{"one removed", "门开|甲：好|乙：走", "门开|乙：走", []int{0, 2}},
		{"a speech wholly rewritten by the same person", "门开|甲：一二三四|乙：走", "门开|甲：天地玄黄|乙：走", []int{0, 1, 2}},
		{"an action alone in its place", "门开|雨停了|乙：走", "门开|他举起刀|乙：走", []int{0, 1, 2}},
		{"an action that became a speech", "门开|雨停了|乙：走", "门开|甲：来|乙：走", []int{0, -1, 2}},
		{"punctuation", "门开。|甲：好！", "门开|甲：好……", []int{0, 1}},
		{"a line that moved", "甲：天地玄黄宇宙洪荒|门开|乙：走|丙：坐", "门开|乙：走|丙：坐|甲：天地玄黄宇宙洪荒", []int{1, 2, 3, 0}},
		{"nothing before", "", "门开", []int{-1}},
	} {
		if got := Align(lines(c.was), lines(c.is)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	t.Run("very long scenes of lines that all look alike", func(t *testing.T) {
		var was, is []Line
		for i := range 60_000 {
			was = append(was, Line{Kind: KindAction, Text: fmt.Sprint("门", i%50)})
			if i%7 != 0 {
				is = append(is, Line{Kind: KindAction, Text: fmt.Sprint("门", (i+i/1000)%50)})
			}
		}
		begun := time.Now()
		Align(was, is)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

// TestAligningKeepsEveryLineOnce: whatever comes, an old line is taken once, and an untouched text is itself.
func TestAligningKeepsEveryLineOnce(t *testing.T) {
	line := rapid.Custom(func(t *rapid.T) Line {
		kind := rapid.SampledFrom([]Kind{KindAction, KindSpeech, KindNote, KindScene}).Draw(t, "kind")
		return Line{Kind: kind, Speaker: rapid.SampledFrom([]string{"", "甲"}).Draw(t, "who"), Text: rapid.StringOfN(rapid.RuneFrom([]rune("天地玄黄。")), 0, 5, -1).Draw(t, "text")}
	})
	rapid.Check(t, func(t *rapid.T) {
		was := rapid.SliceOfN(line, 0, 30).Draw(t, "was")
		is := rapid.SliceOfN(line, 0, 30).Draw(t, "is")
		seen := map[int]bool{}
		for j, i := range Align(was, is) {
			if i >= len(was) || i >= 0 && seen[i] {
				t.Fatalf("line %d is old line %d again", j, i)
			}
			if i >= 0 && was[i].Kind != is[j].Kind && Key(was[i].Text) != Key(is[j].Text) {
				t.Fatalf("line %d is another kind and another text than %d", j, i)
			}
			seen[i] = true
		}
		for j, i := range Align(was, was) {
			if i != j {
				t.Fatalf("line %d of the same text is %d", j, i)
			}
		}
	})
}
