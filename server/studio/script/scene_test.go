package script

import (
	"slices"
	"strings"
	"testing"
)

func TestSceneHeadings(t *testing.T) {
	for _, c := range []struct {
		line, label, place, time, interior string
	}{
		{"1-1 日 内 地点", "1-1", "地点", "日", "内"},
		{"2-1夜内 地点", "2-1", "地点", "夜", "内"},
		{"14-1 日 内地点", "14-1", "地点", "日", "内"},
		{"1－2　夜　外　地点", "1－2", "地点", "夜", "外"},
		{"1.2 地点 内 日", "1.2", "地点", "日", "内"},
		{"11.1 日 内 地点", "11.1", "地点", "日", "内"},
		{"1-1、地点 深夜 外", "1-1", "地点", "深夜", "外"},
		{"1-1日内办公室", "1-1", "办公室", "日", "内"},
		{"场1-1", "1-1", "", "", ""},
		{"### 场1-2", "1-2", "", "", ""},
		{"第1场", "1", "", "", ""},
		{"第一场 外/日 地点", "一", "地点", "日", "外"},
		{"1 场景：【夜 地点 外】", "1", "地点", "夜", "外"},
		{"场次（1）地点：金沙湖，夜，内；出场人物：林晚、陆沉舟", "1", "金沙湖", "夜", "内"},
		{"EP001-SC002 外 · 地点 · 正午", "002", "地点", "正午", "外"},
		{"第1集-第1场", "1", "", "", ""},
		{"第一集 1-1 夜 内 办公室", "1-1", "办公室", "夜", "内"},
		{"+场 日 内 地点", "+场", "地点", "日", "内"},
		{"3A 日 内 地点", "3A", "地点", "日", "内"},
		{"5-2（删）", "5-2", "", "", ""},
		{"4、（空号）", "4", "", "", ""},
		{"内景 地点 - 夜", "", "地点", "夜", "内"},
		{"内景.地点", "", "地点", "", "内"},
		{"INT. 地点 - NIGHT #2-1#", "2-1", "地点", "夜", "内"},
		{"日 内 地点", "", "地点", "日", "内"},
		{"日/内/地点", "", "地点", "日", "内"},
		{"1-3 日/夜 内/外 金沙湖大剧院·后台", "1-3", "金沙湖大剧院·后台", "日/夜", "内/外"},
		{"1-4 日转夜 外 街", "1-4", "街", "日转夜", "外"},
		{"1-5 亥时三刻 内 书房", "1-5", "书房", "亥时三刻", "内"},
		{"1-6 19:30 外 台阶", "1-6", "台阶", "19:30", "外"},
		{"1-7 日 外 外婆家", "1-7", "外婆家", "日", "外"},
		{"1-8 日 外婆家", "1-8", "外婆家", "日", ""},
		{"1-9 夜 日内瓦", "1-9", "日内瓦", "夜", ""},
		{"【1-1 日 内 办公室】", "1-1", "办公室", "日", "内"},
		{"**1-1 日 内 办公室**", "1-1", "办公室", "日", "内"},
		{"1-2 夜 外 街口（闪回）", "1-2", "街口", "夜", "外"},
		{"1-2 夜 外 街口（三楼）（删）", "1-2", "街口（三楼）", "夜", "外"},
		{"场景二 夜 内 出租屋", "二", "出租屋", "夜", "内"},
	} {
		t.Run("is one: "+c.line, func(t *testing.T) {
			clean := plain(c.line)
			h, trust := sceneAt(clean, narrowed(clean))
			p := h.parts
			if trust != sure || h.label != c.label || p.place != c.place || p.time != c.time || p.interior != c.interior {
				t.Errorf("trust %v label %q place %q time %q interior %q", trust, h.label, p.place, p.time, p.interior)
			}
		})
	}
}

func TestLinesThatAreNoScene(t *testing.T) {
	for _, line := range []string{
		"1.2 版说明", "2026", "1-1", "12-25", "2025-11-20", "1、2、3，跑！", "内心独白 - 日", "外面下着雨", "日子一天天", "第一场雪",
		"第二天", "内心 夜 挣扎", "3A", "场景", "场景一片狼藉", "比分 1-1", "1-1 平局，他哭了。", "△日 内 地点", "夜深了，外面没有人。",
		"日 内", "3、林晚推门。", "50% 的人", "INTERNAL", "ESTELLA walks", "外景不错。",
	} {
		t.Run("is none: "+line, func(t *testing.T) {
			s := read(t, "第1集\n1-1 日 内 屋里\n△林晚起身。\n"+line+"\n△林晚坐下。\n")
			if s.Counts.Scenes != 1 {
				t.Errorf("read as %+v", s.Episodes[0].Scenes[1])
			}
		})
	}
}

func TestSceneNumbersAloneNeedTheirPlace(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		scenes int
	}{
		"the number expected is a scene":           {"第11集\n11.1\n△起身。\n11.2\n△坐下。\n", 2},
		"another number is none":                   {"第11集\n11.1\n△起身。\n11.4\n△坐下。\n", 1},
		"label lines below settle it":              {"第1集\n1-3\n时间：日\n地点：屋里\n△起身。\n", 1},
		"a place alone behind the expected number": {"第1集\n1-1 办公室\n△起身。\n1-2 走廊\n△坐下。\n", 2},
		"a letter stands beside its number":        {"第1集\n第3场 日 内 屋\n△起身。\n3A\n△坐下。\n", 2},
		"without episodes a lone pair is none":     {"1-1\n△起身。\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			if s := read(t, c.text); s.Counts.Scenes != c.scenes {
				t.Errorf("got %d scenes, want %d", s.Counts.Scenes, c.scenes)
			}
		})
	}
}

func TestLabelBlocks(t *testing.T) {
	t.Run("labels come in any order, with blanks and brackets", func(t *testing.T) {
		s := read(t, "第1集\n场次：1\n人 物：林晚、陆沉舟（后入）\n\n【地点】后台\n内/外：外\n时间：深夜\n△林晚起身。\n")
		c := s.Episodes[0].Scenes[0]
		if c.Label != "1" || c.Place != "后台" || c.Interior != "外" || c.Time != "深夜" || !slices.Equal(c.Cast, []string{"林晚", "陆沉舟"}) {
			t.Errorf("got %+v", c)
		}
		if k := kindOf(t, s, "人 物").Kind; k != KindCast {
			t.Errorf("the cast line is %s", k)
		}
	})
	t.Run("one line may hold several labels", func(t *testing.T) {
		s := read(t, "第1集\n第1场\n时间：夜　地点：后台　人物：林晚、陆沉舟\n△林晚起身。\n第2场\n时间：日 内\n地点：走廊\n△走。\n")
		a, b := s.Episodes[0].Scenes[0], s.Episodes[0].Scenes[1]
		if a.Place != "后台" || a.Time != "夜" || len(a.Cast) != 2 || b.Time != "日" || b.Interior != "内" || b.Place != "走廊" {
			t.Errorf("got %+v %+v", a, b)
		}
	})
	t.Run("a block without a heading is a scene", func(t *testing.T) {
		s := read(t, "第1集\n时间：夜\n地点：屋里\n人物：林晚\n△林晚起身。\n\n时间：日\n地点：街\n△林晚走。\n")
		if s.Counts.Scenes != 2 || s.Episodes[0].Scenes[1].Place != "街" {
			t.Errorf("got %+v", s.Episodes[0].Scenes)
		}
	})
	t.Run("a label inside action heads nothing", func(t *testing.T) {
		s := read(t, "第1集\n1-1 日 内 屋里\n△林晚起身。\n地点：她想了想。\n时间：三年后\n△林晚走。\n")
		if s.Counts.Scenes != 1 {
			t.Errorf("got %+v", s.Episodes[0].Scenes)
		}
	})
	t.Run("time and side may stand alone below the heading", func(t *testing.T) {
		s := read(t, "第1集\n第1场\n夜 内\n19:30\n△林晚起身。\n")
		if c := s.Episodes[0].Scenes[0]; c.Time != "夜 19:30" || c.Interior != "内" {
			t.Errorf("got %+v", c)
		}
	})
	t.Run("a second number in an open block begins the next scene", func(t *testing.T) {
		s := read(t, "第1集\n场次：1\n地点：屋\n场次：2\n地点：街\n△走。\n")
		if s.Counts.Scenes != 2 {
			t.Errorf("got %+v", s.Episodes[0].Scenes)
		}
	})
}

func TestCastLists(t *testing.T) {
	for list, want := range map[string]string{
		"周大海、周小满，何经理,钱少；前台;司机": "周大海 周小满 何经理 钱少 前台 司机",
		"林晚 陆沉舟　苏曼妮":           "林晚 陆沉舟 苏曼妮",
		"程  砚、林晚（后入）":          "程砚 林晚",
		"程 砚 林 晚":              "程砚 林晚",
		"全员":                   "",
		"林晚、前场所有人、群演若干":        "林晚",
		"保镖×4、林晚等":             "保镖 林晚",
		"Tom Lee":              "Tom Lee",
		"Tom Lee, Anna":        "Tom Lee|Anna",
		"":                     "",
		"林晚、林晚":                "林晚",
	} {
		t.Run("list "+list, func(t *testing.T) {
			sep := " "
			if strings.Contains(want, "|") || want == "Tom Lee" {
				sep = "|"
			}
			if got := strings.Join(castNames(list), sep); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	t.Run("a heading may carry its cast", func(t *testing.T) {
		s := read(t, "第1集\n1-1 日 内 后台 人物：林晚、苏曼妮\n林晚：走。\n")
		c := s.Episodes[0].Scenes[0]
		if c.Place != "后台" || !slices.Equal(c.Cast, []string{"林晚", "苏曼妮"}) {
			t.Errorf("got %+v", c)
		}
	})
}

func TestEpisodesAndScenesTogether(t *testing.T) {
	t.Run("one line heads both and repeats its episode", func(t *testing.T) {
		s := read(t, "第一集 1-1 夜 内 办公室\n△走。\n第一集 1-2 日 外 街\n△走。\n第二集 2-1 日 外 街\n△走。\n")
		if s.Counts.Episodes != 2 || s.Counts.Scenes != 3 || len(s.Episodes[0].Scenes) != 2 || len(s.Episodes[0].Front) != 0 {
			t.Errorf("got %+v", s.Episodes)
		}
	})
	t.Run("scenes without episodes make one implied episode", func(t *testing.T) {
		s := read(t, "1-1 夜 内 办公室\n△走。\n1-2 日 外 街\n△走。\n")
		if s.Counts.Episodes != 1 || s.Episodes[0].Number != 1 || s.Episodes[0].Label != "" || !warned(s, WarnNoEpisode, 1) {
			t.Errorf("got %+v %+v", s.Episodes, s.Warnings)
		}
	})
	t.Run("scenes before a written first episode get number 0", func(t *testing.T) {
		s := read(t, "第1场 夜 内 办公室\n△走。\n第1集\n第1场 夜 内 办公室\n△走。\n")
		if s.Counts.Episodes != 2 || s.Episodes[0].Number != 0 || s.Episodes[1].Number != 1 {
			t.Errorf("got %+v", s.Episodes)
		}
	})
	t.Run("an episode without scenes keeps its lines", func(t *testing.T) {
		s := read(t, "第1集\n林晚（OS）：好。\n△走。\n")
		if len(s.Episodes[0].Front) != 3 || !warned(s, WarnNoScene, 1) || s.Counts.Speeches != 1 {
			t.Errorf("got %+v %+v", s.Episodes, s.Warnings)
		}
	})
	t.Run("numbers are checked and never changed", func(t *testing.T) {
		s := read(t, "第1集\n1-1 日 内 屋\n△走。\n1-3 日 内 屋\n△走。\n1-3 夜 内 屋\n△走。\n1-2 夜 内 屋\n△走。\n2-4 夜 内 屋\n△走。\n第3集\n3-1 日 内 屋\n△走。\n")
		for line, code := range map[int]string{4: WarnGap, 6: WarnDouble, 8: WarnOutOfOrder, 10: WarnEpisodeMismatch, 12: WarnGap} {
			if !warned(s, code, line) {
				t.Errorf("no %s at line %d: %+v", code, line, s.Warnings)
			}
		}
	})
	t.Run("plain numbers may run on from the episode before", func(t *testing.T) {
		s := read(t, "第1集\n第1场 日 内 屋\n△走。\n第2场 日 内 屋\n△走。\n第2集\n第3场 日 内 屋\n△走。\n第3集\n第1场 日 内 屋\n△走。\n")
		if len(s.Warnings) != 0 {
			t.Errorf("got %+v", s.Warnings)
		}
	})
	t.Run("deleted scenes keep their number", func(t *testing.T) {
		s := read(t, "第1集\n1-1 日 内 屋\n△走。\n1-2（删）\n1-3 日 内 屋\n△走。\n")
		if !s.Episodes[0].Scenes[1].Deleted || len(s.Warnings) != 0 {
			t.Errorf("got %+v %+v", s.Episodes[0].Scenes, s.Warnings)
		}
	})
}

func TestNumbersThatAreNoScene(t *testing.T) {
	for _, line := range []string{"1-1", "12-25", "12-25 日", "2026", "3-2 险胜对手", "1.2 版说明", "1、2、3，开始！", "第一场雪", "外面下着雨", "日子一天天", "内心独白 - 日"} {
		t.Run(line, func(t *testing.T) {
			s := read(t, "第1集\n日 内 屋\n△走。\n日 外 街\n△走。\n"+line+"\n△走。\n")
			if s.Counts.Scenes != 2 {
				t.Errorf("got %+v", s.Episodes[0].Scenes)
			}
		})
	}
}

func TestANumberWithItsTimeBelow(t *testing.T) {
	s := read(t, "第11集\n11.1\n亥时三刻\n地点：老宅\n人物：林晚\n林晚：坐。\n11.2\n夜 内\n△走。\n")
	a := s.Episodes[0].Scenes
	if len(a) != 2 || a[0].Label != "11.1" || a[0].Time != "亥时三刻" || a[0].Place != "老宅" || a[1].Time != "夜" || a[1].Interior != "内" {
		t.Errorf("got %+v", a)
	}
}
