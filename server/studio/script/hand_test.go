package script

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// byHands reads a text with kinds set by hand.
func byHands(t *testing.T, text, name string, kinds map[int]Kind) *Script {
	t.Helper()
	s, err := Read([]byte(text), Options{Name: name, Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	checkLines(t, text, s)
	for l := range s.lines {
		if k, ok := kinds[l.N]; ok && l.Kind != k {
			t.Errorf("line %d is %s, set to %s", l.N, l.Kind, k)
		}
	}
	return s
}

func TestKindsSetByHand(t *testing.T) {
	text := "剧名：替身\n序幕\n第1集\n1-1 日 内 屋\n人物：林晚\n△风起。\n店小二：客官里面请。\n后院 夜\n林晚：好。\n他笑了笑。\n第二天\n△走。\n"
	t.Run("a heading begins its scene", func(t *testing.T) {
		s := byHands(t, text, "", map[int]Kind{8: KindScene})
		if sc := s.Episodes[0].Scenes; len(sc) != 2 || sc[1].Place != "后院" || sc[1].Time != "夜" || sc[1].Line != 8 || len(sc[1].Lines) != 5 {
			t.Errorf("got %+v", sc)
		}
	})
	t.Run("a heading begins its episode, counted on from the last", func(t *testing.T) {
		s := byHands(t, text, "", map[int]Kind{2: KindEpisode, 11: KindEpisode})
		if e := s.Episodes; len(e) != 3 || e[0].Number != 1 || e[0].Label != "序幕" || e[2].Number != 2 || e[2].Label != "第二天" || len(e[2].Front) != 2 {
			t.Errorf("got %+v", e)
		}
	})
	t.Run("a heading that is none leaves its scene", func(t *testing.T) {
		if s := byHands(t, text, "", map[int]Kind{4: KindAction, 3: KindNote}); s.Counts.Scenes != 0 || s.Counts.Episodes != 0 {
			t.Errorf("got %+v", s.Counts)
		}
	})
	t.Run("a speech is split into name and text", func(t *testing.T) {
		s := byHands(t, text, "", map[int]Kind{7: KindSpeech, 10: KindSpeech})
		if l := kindOf(t, s, "店小二"); l.Speaker != "店小二" || l.Said != "客官里面请。" || l.Low || warned(s, WarnLowSpeaker, 7) {
			t.Errorf("got %+v", l)
		}
		if l := kindOf(t, s, "笑了笑"); l.Speaker != "林晚" || !l.More || l.Said != "他笑了笑。" {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a name alone takes the line below", func(t *testing.T) {
		s := byHands(t, "第1集\n1-1 日 内 屋\n掌柜的\n里面请。\n", "", map[int]Kind{3: KindSpeech})
		if l := kindOf(t, s, "里面请"); l.Speaker != "掌柜的" || !l.More {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a cast list makes its names known", func(t *testing.T) {
		s := byHands(t, "第1集\n1-1 日 内 屋\n店小二、掌柜\n店小二：请。\n", "", map[int]Kind{3: KindCast})
		if l := kindOf(t, s, "请"); l.Kind != KindSpeech || l.Low || strings.Join(s.Episodes[0].Scenes[0].Cast, " ") != "店小二 掌柜" {
			t.Errorf("got %+v", s.Episodes[0].Scenes[0])
		}
	})
	t.Run("an entry of the contents stays an episode", func(t *testing.T) {
		s := byHands(t, "目录\n第1集 雨夜\n第2集 归来\n第1集\n1-1 日 内 屋\n△走。\n第2集\n2-1 日 内 屋\n△走。\n", "", map[int]Kind{2: KindEpisode})
		if s.Counts.Episodes != 3 {
			t.Errorf("got %+v", s.Counts)
		}
	})
	t.Run("Fountain lines too", func(t *testing.T) {
		s := byHands(t, "# 第1集\n\n内心独白 - 日\n\n林晚\n好。\n\n他走了。\n", "a.fountain", map[int]Kind{3: KindScene, 5: KindSpeech, 8: KindSpeech})
		if l := kindOf(t, s, "好。"); s.Counts.Scenes != 1 || s.Counts.Speeches != 2 || l.Speaker != "林晚" || !l.More {
			t.Errorf("got %+v %+v", s.Counts, l)
		}
	})
	t.Run("Final Draft paragraphs too", func(t *testing.T) {
		s, err := Read([]byte(fdx(fdxPara("Action", "序"), fdxPara("Action", "屋 - 日"), fdxPara("Action", "林晚：好。"))), Options{
			Kinds: map[int]Kind{1: KindEpisode, 2: KindScene, 3: KindSpeech}})
		if err != nil || s.Counts.Scenes != 1 || s.Counts.Episodes != 1 || kindOf(t, s, "好").Speaker != "林晚" {
			t.Errorf("%v %+v", err, s)
		}
	})
}

func TestWrongKindsByHand(t *testing.T) {
	long := strings.Repeat("长", longLine+1)
	text := "第1集\n\n1-1 日 内 屋\n" + long + "\n"
	for n, k := range map[int]Kind{0: KindNote, -1: KindNote, 2: KindNote, 99: KindNote, 1: "verse", 3: "", 4: KindScene} {
		_, err := Read([]byte(text), Options{Kinds: map[int]Kind{n: k}})
		var r *RefusedError
		if !errors.As(err, &r) || r.Code != RefusedCorrection || r.Line != n {
			t.Errorf("line %d as %q: %v", n, k, err)
		}
	}
	if s := byHands(t, text, "", map[int]Kind{4: KindAction}); !warned(s, WarnLongLine, 4) {
		t.Error("a long line is not warned of any more")
	}
}

// Whatever is set by hand, in whatever format, every line is in one place and has the kind it was given.
func TestKindsByHandByProperty(t *testing.T) {
	texts := []string{smallScript, "目录\n第1集 甲...1\n" + inScene("林晚\n好。\n陆沉舟：走。林晚：好。"), "Title: 湖\n\n# 第1集\n\n.内景 屋 - 日\n\n@林晚\n好\n\n[[注]]\n\n> 切\n"}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom(texts).Draw(rt, "text")
		name := rapid.SampledFrom([]string{"a.txt", "a.fountain"}).Draw(rt, "name")
		kinds := map[int]Kind{}
		for i, l := range strings.Split(text, "\n") {
			if !isBlank(l) && rapid.Bool().Draw(rt, "set") {
				kinds[i+1] = rapid.SampledFrom(Kinds()).Draw(rt, "kind")
			}
		}
		s, err := Read([]byte(text), Options{Name: name, Kinds: maps.Clone(kinds)})
		if err != nil {
			rt.Fatal(err)
		}
		checkLines(rt, text, s)
		for l := range s.lines {
			if k, ok := kinds[l.N]; ok && l.Kind != k {
				rt.Fatalf("line %d is %s, set to %s", l.N, l.Kind, k)
			}
		}
		for _, f := range []Format{Text, Fountain, Docx} {
			if data, err := Write(s, f); err != nil || len(data) == 0 {
				rt.Fatalf("%s: %v", f, err)
			}
		}
	})
}
