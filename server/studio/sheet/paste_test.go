package sheet

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func table(t *testing.T, text string) *ShotTable {
	t.Helper()
	s, err := Paste(text)
	if err != nil {
		t.Fatalf("table %q: %v", text, err)
	}
	return s
}

func TestTableSeparatorsReadAlike(t *testing.T) {
	const tabs = "镜号\t景别\t画面内容\t时长（秒）\n1\t特写\t门开了\t3\n2\t全景\t灯灭\t4s\n"
	want := table(t, tabs)
	if len(want.Rows) != 2 || want.Rows[1].Milliseconds != 4000 || want.Rows[0].Size != "特写" || want.Columns[3] != (Column{"时长（秒）", FieldSeconds}) {
		t.Fatalf("got %+v", want)
	}
	for _, sep := range []string{",", "，"} {
		if got := table(t, strings.ReplaceAll(tabs, "\t", sep)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v", sep, got)
		}
	}
	for _, ending := range []string{"\r\n", "\r"} {
		if got := table(t, "\uFEFF"+strings.ReplaceAll(tabs, "\n", ending)); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %+v", ending, got)
		}
	}
}

func TestTableCells(t *testing.T) {
	t.Run("quoted cells keep line breaks and doubled quotes", func(t *testing.T) {
		s := table(t, "镜号\t画面\n1\t\"门开了\r\n她说\"\"走\"\"\"\n2\t灯灭\n")
		if len(s.Rows) != 2 || s.Rows[0].Description != "门开了\n她说\"走\"" || s.Rows[1].Row != 3 {
			t.Errorf("got %+v", s.Rows)
		}
	})
	t.Run("a quote that never closes is a character", func(t *testing.T) {
		s := table(t, "镜号\t画面\n1\t\"门开了\n2\t\"灯\"灭\n")
		if len(s.Rows) != 2 || s.Rows[0].Description != "\"门开了" || s.Rows[1].Description != "\"灯\"灭" {
			t.Errorf("got %+v", s.Rows)
		}
	})
	t.Run("one column is a description a line, commas and all", func(t *testing.T) {
		s := table(t, "林晚推门，走进来。\n她坐下，看着窗外，不说话。\n\n灯灭。\n")
		if len(s.Rows) != 3 || s.Rows[1].Description != "她坐下，看着窗外，不说话。" || s.HeaderRow != 0 || s.Skipped[0] != (Skipped{3, "blank"}) {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("one column may have a header", func(t *testing.T) {
		if s := table(t, "画面内容\n林晚推门。\n"); s.HeaderRow != 1 || len(s.Rows) != 1 {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("without a header numbers, sizes and lengths are known by their values", func(t *testing.T) {
		s := table(t, "1\t特写\t门慢慢地开了\t3s\n3A\t全景\t灯一盏盏灭\t2\"\n")
		if r := s.Rows[1]; r.Number != "3A" || r.Size != "全景" || r.Description != "灯一盏盏灭" || r.Milliseconds != 2000 || s.HeaderRow != 0 {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("titles, repeated headers, blanks and totals are no shots", func(t *testing.T) {
		s := table(t, "第一集 分镜表\t\t\n制表：某人\t\t\n镜号\t画面\t时长\n1\t门开了\t3\n\t\t\n镜号\t画面\t时长\n2\t灯灭\t3\n合计\t\t6\n")
		want := []Skipped{{1, "header"}, {2, "header"}, {5, "blank"}, {6, "header"}, {8, "total"}}
		if s.HeaderRow != 3 || len(s.Rows) != 2 || !reflect.DeepEqual(s.Skipped, want) {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("merged scene and episode cells fill down", func(t *testing.T) {
		s := table(t, "集\t场次\t镜号\t画面\n1\t1-1\t1\t门\n\t\t2\t灯\n2\t\t1\t桌\n")
		if s.Rows[1].Scene != "1-1" || s.Rows[1].Episode != "1" || s.Rows[2].Scene != "" {
			t.Errorf("got %+v", s.Rows)
		}
	})
	t.Run("two columns of one field are joined", func(t *testing.T) {
		s := table(t, "镜号\t角度\t运镜\t文生图\t图生视频\n1\t仰\t推\ta\tb\n")
		if r := s.Rows[0]; r.Camera != "仰 / 推" || r.Prompt != "a\nb" {
			t.Errorf("got %+v", r)
		}
	})
	t.Run("a length that makes no sense is named by row and column", func(t *testing.T) {
		s := table(t, "镜号\t画面\t时长\n1\t门\t待定\n2\t灯\t\n")
		if want := []TableError{{2, "时长", "seconds"}}; !reflect.DeepEqual(s.Errors, want) || len(s.Rows) != 2 {
			t.Errorf("got %+v", s)
		}
	})
}

func TestTableHeaders(t *testing.T) {
	for header, want := range map[string]string{
		"镜号": FieldNumber, "序号": FieldNumber, "Shot": FieldNumber, "Shot No.": FieldNumber, "镜 号": FieldNumber, "场次": FieldScene, "场号": FieldScene,
		"集": FieldEpisode, "景别": FieldSize, "角度": FieldCamera, "运镜": FieldCamera, "机位运动": FieldCamera, "摄法": FieldCamera, "画面": FieldDescription,
		"画面内容": FieldDescription, "画面描述": FieldDescription, "人物": FieldCharacters, "角色": FieldCharacters, "台词": FieldDialogue, "对白": FieldDialogue,
		"旁白": FieldDialogue, "台词/旁白": FieldDialogue, "音效": FieldSound, "音乐": FieldSound, "音效/音乐": FieldSound, "时长": FieldSeconds, "秒数": FieldSeconds,
		"时长（秒）": FieldSeconds, "提示词": FieldPrompt, "Prompt": FieldPrompt, "文生图": FieldPrompt, "图生视频": FieldPrompt, "备注": FieldNote,
		"首帧": "", "尾帧": "", "天气": "", "": "", strings.Repeat("镜", 40): "",
	} {
		if got := ShotField(header); got != want {
			t.Errorf("%q: got %q, want %q", header, got, want)
		}
	}
}

func TestLengths(t *testing.T) {
	for cell, want := range map[string]int64{"3": 3000, "4s": 4000, "3.5秒": 3500, `2"`: 2000, "00:03": 3000, "3秒": 3000, "２．５": 2500, "4 S": 4000, "2″": 2000,
		"2''": 2000, "1:02:03": 3723000, "00:03.5": 3500, "1分20秒": 80000, "1'20\"": 80000, "三秒": 3000, "约3秒": 3000, "0": 0, "3sec": 3000} {
		if got, ok := Milliseconds(cell); !ok || got != want {
			t.Errorf("%q: got %d, %v", cell, got, ok)
		}
	}
	for _, cell := range []string{"待定", "-3", "3-4秒", "s", ":03", "1e9", "99999999", "3m3m", "00:03:04:05", "无", "３ａ", "秒"} {
		if got, ok := Milliseconds(cell); ok {
			t.Errorf("%q reads as %d", cell, got)
		}
	}
}

func TestTableLimits(t *testing.T) {
	rows := func(n int) string {
		var b strings.Builder
		b.WriteString("镜号\t画面\n")
		for i := range n {
			fmt.Fprintf(&b, "%d\t门\n", i+1)
		}
		return b.String()
	}
	if s := table(t, rows(maxShots)); len(s.Rows) != maxShots {
		t.Errorf("got %d rows", len(s.Rows))
	}
	for text, code := range map[string]string{rows(maxShots + 1): RefusedRows, strings.Repeat("a", maxPaste+1): RefusedTooLarge, " \n\t\n": RefusedEmpty} {
		if _, err := Paste(text); err == nil || err.(*RefusedError).Code != code {
			t.Errorf("got %v, want %s", err, code)
		}
	}
}
