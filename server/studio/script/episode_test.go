package script

import (
	"strings"
	"testing"
)

// read reads a text that must be readable.
func read(t *testing.T, text string) *Script {
	t.Helper()
	s, err := Read([]byte(text), Options{})
	if err != nil {
		t.Fatalf("read %q: %v", text, err)
	}
	return s
}

// kindOf gives the kind of the line that holds the text.
func kindOf(t *testing.T, s *Script, text string) Line {
	t.Helper()
	for l := range s.lines {
		if strings.Contains(l.Text, text) {
			return *l
		}
	}
	t.Fatalf("no line holds %q", text)
	return Line{}
}

func TestEpisodeHeadings(t *testing.T) {
	for _, c := range []struct {
		line, label, name string
		number            int
	}{
		{"第1集", "第1集", "", 1},
		{"第一集", "第一集", "", 1},
		{"第 12 集", "第 12 集", "", 12},
		{"第１２集", "第１２集", "", 12},
		{"第廿一集", "第廿一集", "", 21},
		{"第一百零三集", "第一百零三集", "", 103},
		{"第二〇集", "第二〇集", "", 20},
		{"【第3集】", "第3集", "", 3},
		{"【第3集】雨夜", "第3集", "雨夜", 3},
		{"【第3集 雨夜】", "第3集", "雨夜", 3},
		{"## 第4集：名", "第4集", "名", 4},
		{"**第五集 名**", "第五集", "名", 5},
		{"《第六集 名》", "第六集", "名", 6},
		{"EP08", "EP08", "", 8},
		{"ep 8 夜雨", "ep 8", "夜雨", 8},
		{"Episode 9", "Episode 9", "", 9},
		{"第二集　你知道我爸是谁吗", "第二集", "你知道我爸是谁吗", 2},
		{"第七集·《归来》", "第七集", "归来", 7},
		{"第十集（上）", "第十集", "（上）", 10},
		{"\u200b第1集\ufeff", "第1集", "", 1},
	} {
		t.Run("is one: "+c.line, func(t *testing.T) {
			clean := plain(c.line)
			h, ok := episodeAt(clean, narrowed(clean))
			if !ok || h.number != c.number || h.label != c.label || h.name != c.name {
				t.Errorf("got %+v, %v", h, ok)
			}
		})
	}
}

func TestLinesThatAreNoEpisode(t *testing.T) {
	for _, line := range []string{
		"第三集团军到了", "第三集团", "第3集我们再说", "林晚：第3集你看了吗", "（第1集完）", "——第1集 完——", "——本集完",
		"第一集完", "第二天", "第一场雪", "第1集-第10集 梗概", "第1集至第3集", "第3集 里他说过这句话。", "EP08a", "EPISODES",
		"他说第3集很好看", "第集", "第万集", "第99999集", "全剧终",
	} {
		t.Run("is none: "+line, func(t *testing.T) {
			clean := plain(line)
			if h, ok := episodeAt(clean, narrowed(clean)); ok {
				t.Errorf("read as %+v", h)
			}
		})
	}
}

func TestEndMarks(t *testing.T) {
	for _, line := range []string{"（第1集完）", "——第1集 完——", "——本集完——", "——本集完", "（第一集  完）", "全剧终", "【完】", "（完）",
		"THE END", "END", "未完待续", "第12集终", "—— 本集结束 ——", "剧终", "第3集 END"} {
		if !isEnd(narrowed(plain(line))) {
			t.Errorf("%q is an end mark", line)
		}
	}
	for _, line := range []string{"完", "终", "结束", "完了", "第1集", "他的一生完了", "本集", "ending", "终点", "第一集完整版"} {
		if isEnd(narrowed(plain(line))) {
			t.Errorf("%q is no end mark", line)
		}
	}
}

func TestContents(t *testing.T) {
	body := "第1集\n1-1 日 内 屋里\n林晚：好。\n第2集\n2-1 日 内 屋里\n林晚：好。\n"
	for name, front := range map[string]string{
		"a list under 目录 is contents":                     "目录\n第1集 雨夜\n第2集 归来\n第3集 离开\n",
		"entries with page numbers are contents":          "第1集 雨夜........1\n第2集 归来........9\n第3集 离开........17\n",
		"a run of entries that come again is contents":    "第1集\n第2集\n",
		"an outline whose numbers come again is contents": "分集大纲\n第1集 雨夜\n林晚被退婚。\n\n第2集 归来\n林晚归来。\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := read(t, front+body)
			if s.Counts.Episodes != 2 || s.Counts.Scenes != 2 {
				t.Errorf("got %d episodes, %d scenes: %+v", s.Counts.Episodes, s.Counts.Scenes, s.Front)
			}
			if s.Counts.Kinds[KindContents] < 2 {
				t.Errorf("contents lines: %d", s.Counts.Kinds[KindContents])
			}
			for _, w := range s.Warnings {
				if w.Code == WarnDouble {
					t.Errorf("warns of a double: %+v", w)
				}
			}
		})
	}
	t.Run("two real episodes of one number stay and are warned of", func(t *testing.T) {
		s := read(t, body+"第2集\n2-1 日 内 屋外\n林晚：好。\n")
		if s.Counts.Episodes != 3 || !warned(s, WarnDouble, 7) {
			t.Errorf("got %d episodes, warnings %+v", s.Counts.Episodes, s.Warnings)
		}
	})
}

// warned says whether a warning of a code stands at a line.
func warned(s *Script, code string, line int) bool {
	for _, w := range s.Warnings {
		if w.Code == code && w.Line == line {
			return true
		}
	}
	return false
}
