package script

import (
	"strings"
	"testing"
)

// readFountainText reads a text as Fountain, whatever it looks like.
func readFountainText(t *testing.T, text string) *Script {
	t.Helper()
	s, err := Read([]byte(text), Options{Name: "a.fountain"})
	if err != nil {
		t.Fatal(err)
	}
	if s.Format != Fountain {
		t.Errorf("format %s", s.Format)
	}
	checkLines(t, text, s)
	return s
}

func TestFountainHeadings(t *testing.T) {
	for _, c := range []struct{ line, label, place, time, interior string }{
		{"INT. HOUSE - DAY", "", "HOUSE", "日", "内"},
		{"int. house - night", "", "house", "夜", "内"},
		{"INT./EXT. CAR - DUSK #12A#", "12A", "CAR", "黄昏", "内/外"},
		{"I/E HOUSE DAY", "", "HOUSE", "日", "内/外"},
		{"EST. DAY CARE - NIGHT", "", "DAY CARE", "夜", "外"},
		{"INT. HOUSE - DAY - FLASHBACK (1944) #110A#", "110A", "HOUSE - FLASHBACK (1944)", "日", "内"},
		{".KITCHEN", "", "KITCHEN", "", ""},
		{".内景 收发室 - 日 #1-1#", "1-1", "收发室", "日", "内"},
		{".办公室 - 夜", "", "办公室", "夜", ""},
		{"内景 办公室 - 日", "", "办公室", "日", "内"},
		{"外景 街 夜", "", "街", "夜", "外"},
		{"INT. 控制室 - NIGHT #2-1#", "2-1", "控制室", "夜", "内"},
		{"## 1-2 日 内 后台", "1-2", "后台", "日", "内"},
	} {
		t.Run("is one: "+c.line, func(t *testing.T) {
			s := readFountainText(t, "Before.\n\n"+c.line+"\n\nAction.\n")
			if s.Counts.Scenes != 1 {
				t.Fatalf("got %d scenes", s.Counts.Scenes)
			}
			g := s.Episodes[0].Scenes[0]
			if g.Label != c.label || g.Place != c.place || g.Time != c.time || g.Interior != c.interior || g.Heading != c.line {
				t.Errorf("got %+v", g)
			}
		})
	}
	for _, line := range []string{"... not a heading", ". a blank forces nothing", "ESTELLA walks", "ESTABLISHING", "INTERIOR", "FADE IN:", "EXTRA", "内心独白 - 日"} {
		t.Run("is none: "+line, func(t *testing.T) {
			if s := readFountainText(t, "Before.\n\n"+line+"\n\nAction.\n"); s.Counts.Scenes != 0 {
				t.Errorf("got %+v", s.Episodes[0].Scenes)
			}
		})
	}
	t.Run("an English heading needs blank lines around it", func(t *testing.T) {
		if s := readFountainText(t, "Before.\n\nINT. HOUSE - DAY\nEXT. HOUSE - DAY\n\nAction.\n"); s.Counts.Scenes != 0 || s.Counts.Speeches != 0 {
			t.Errorf("got %+v", s.Counts)
		}
	})
}

func TestFountainElements(t *testing.T) {
	const text = "Title：湖\nContact:\n\t某人\n\n# 第1集 来信\n\n= 梗概\n\n## 第一幕\n\n.内景 屋 - 日\n\n! 林晚：写在墙上。\n\n" +
		"@林晚 (CONT'D)\n（念）\n甲。\n  \n乙。\n\n@陆沉舟（画外音）^\n丙。\n\n林晚\n丁。\n\n林晚：戊。\n\nSTEEL (O.S.)\nYes.\n\n" +
		"~ 歌\n\n> 切至：\n\n> 正中 <\n\nCUT TO:\n\n===\n\n动作[[注]]还在。\n\n[[整行\n注]]\n\n/* 删\n\n.内景 没有 - 日\n*/ 尾\n\n> THE END <\n"
	s := readFountainText(t, text)
	for part, want := range map[string]Kind{"Title：": KindTitle, "某人": KindTitle, "第1集": KindEpisode, "梗概": KindNote, "第一幕": KindNote,
		".内景 屋": KindScene, "写在墙上": KindAction, "歌": KindNote, "切至": KindNote, "正中": KindAction, "CUT TO": KindNote, "===": KindNote,
		"还在": KindAction, "整行": KindNote, "删": KindNote, "没有": KindNote, "尾": KindAction, "THE END": KindEnd} {
		if l := kindOf(t, s, part); l.Kind != want {
			t.Errorf("%s: got %s, want %s", part, l.Kind, want)
		}
	}
	for said, c := range map[string]struct{ speaker, mode string }{
		"甲。": {"林晚", ""}, "乙。": {"林晚", ""}, "丙。": {"陆沉舟", "VO"}, "丁。": {"林晚", ""}, "戊。": {"林晚", ""}, "Yes.": {"STEEL", "VO"},
	} {
		if l := kindOf(t, s, said); l.Kind != KindSpeech || l.Speaker != c.speaker || l.Mode != c.mode || l.Said != said {
			t.Errorf("%s: got %+v", said, l)
		}
	}
	if l := kindOf(t, s, "（念）"); l.Manner != "念" || !l.More {
		t.Errorf("manner: %+v", l)
	}
	if s.Counts.Speeches != 5 || s.Counts.Characters != 3 || s.Counts.Episodes != 1 || s.Episodes[0].Name != "来信" {
		t.Errorf("got %+v", s.Counts)
	}
}

func TestFountainCommentsThatNeverClose(t *testing.T) {
	s := readFountainText(t, "甲 /* 乙\n\n[[丙\n\n丁]]\n\nINT. HOUSE - DAY\n\n戊\n")
	if s.Counts.Scenes != 1 || kindOf(t, s, "甲").Kind != KindAction || kindOf(t, s, "丙").Kind != KindAction {
		t.Errorf("got %+v", s.Counts)
	}
}

func TestFountainIsToldFromChineseText(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Format
	}{
		"a title page and forced headings": {"Title: 湖\n\n.内景 屋 - 日\n\n@林晚\n好。\n", Fountain},
		"English headings":                 {"INT. HOUSE - DAY\n\nA man.\n\nEXT. YARD - DAY\n\nHe runs.\n", Fountain},
		"a Chinese script":                 {smallScript, Text},
		"a Chinese script with INT.":       {"第1集\n\nINT. 屋 - DAY\n\n林晚：走。\n\nEXT. 街 - DAY\n\n林晚：好。\n", Text},
		"a Chinese script with a title":    {"Title: 替身\n" + smallScript, Text},
		"one line":                         {"你好", Text},
	} {
		t.Run(name, func(t *testing.T) {
			if s := read(t, c.text); s.Format != c.want {
				t.Errorf("got %s", s.Format)
			}
		})
	}
}

func TestFountainThatChineseWritersWrite(t *testing.T) {
	text := "剧名：湖心\n编剧：某人\n\n# 第1集\n\n内景 屋 - 日\n\n人物：林晚、陆沉舟\n\n陆沉舟\n甲。\n\n店小二\n乙。\n\n店小二（喊）\n丙。\n\n掌柜\n他走了。\n\n" +
		"外景 街 - 夜\n\n[[人物：林晚]]\n\n林晚 (cont'd) (V.O.)\n丁。\n\nEXT. 湖 - NIGHT #A3-1#\n\n雨。\n"
	s := readFountainText(t, text)
	if s.Counts.Scenes != 3 || s.Counts.Speeches != 4 || s.Counts.Kinds[KindTitle] != 2 || s.Counts.Kinds[KindCast] != 2 {
		t.Fatalf("got %+v", s.Counts)
	}
	sc := s.Episodes[0].Scenes
	if strings.Join(sc[0].Cast, " ") != "林晚 陆沉舟" || strings.Join(sc[1].Cast, " ") != "林晚" || sc[2].Label != "A3-1" {
		t.Errorf("got %+v", sc)
	}
	if l := kindOf(t, s, "丙"); l.Speaker != "店小二" {
		t.Errorf("a name that stands twice above text: %+v", l)
	}
	if l := kindOf(t, s, "掌柜"); l.Kind != KindAction {
		t.Errorf("a line that stands once above text: %+v", l)
	}
	if l := kindOf(t, s, "丁"); l.Mode != "VO" || l.Speaker != "林晚" {
		t.Errorf("got %+v", l)
	}
}
