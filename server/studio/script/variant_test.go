package script

import (
	"fmt"
	"strings"
	"testing"
)

// One heading, written as different offices write it.
func TestHeadingsOfOneScene(t *testing.T) {
	for _, heading := range []string{
		"1-1｜日｜内｜后台", "【1-1】日 内 后台", "1-1【日/内】后台", "1-1 后台（日，内）", "1-1\t日\t内\t后台\t林晚、陆沉舟", "1-1 日内 后台", "1-1场 后台 日/内", "1-1 后台-日-内",
		"1-1. 日. 内. 后台", "1-1 日，内，后台", "场1-1：后台 日 内", "1-1 INT. 后台 - DAY", "### **1-1 日 内 后台**", "> 1-1 日 内 后台", "- 1-1 日 内 后台", "第1集 1-1 日 内 后台",
		"1-1\n日 内\n地点：后台", "1-1\n内景 后台 - 日", "场次：1-1\n日　内　后台", "1-1、后台 日 内 人物：林晚、陆沉舟", "【场1-1 后台 内 日】", "1－1　［日］［内］　后台",
	} {
		t.Run(heading, func(t *testing.T) {
			text := "第1集\n" + heading + "\n人物：林晚、陆沉舟\n林晚：好。\n"
			s := read(t, text)
			checkLines(t, text, s)
			if s.Counts.Episodes != 1 || s.Counts.Scenes != 1 || s.Counts.Speeches != 1 || len(s.Warnings) != 0 {
				t.Fatalf("got %+v %+v", s.Counts, s.Warnings)
			}
			e := s.Episodes[0]
			if c := e.Scenes[0]; narrowed(c.Label) != "1-1" || c.Place != "后台" || c.Time != "日" || c.Interior != "内" {
				t.Errorf("got %+v", c)
			}
		})
	}
}

func TestHeadingsOfOneEpisode(t *testing.T) {
	for _, heading := range []string{"第3集 雨夜", "《替身》第3集 雨夜", "——第3集 雨夜——", "★第三集：雨夜★", "=== 第03集 雨夜 ===", "第3集|雨夜", "**【第三集】雨夜**", "# 第 3 集·雨夜", "EP03 雨夜", "第叁集《雨夜》"} {
		t.Run(heading, func(t *testing.T) {
			s := read(t, heading+"\n3-1 日 内 屋\n△走。\n")
			if e := s.Episodes[0]; s.Counts.Episodes != 1 || e.Number != 3 || e.Name != "雨夜" || e.Label == "" {
				t.Errorf("got %+v", e)
			}
		})
	}
	for _, line := range []string{"第4集 开始了”", "第4集，他说：走！", "第3集，你看过没有？", "她说第3集 雨夜"} {
		t.Run("is none: "+line, func(t *testing.T) {
			if s := read(t, "第1集\n1-1 日 内 屋\n△走。\n"+line+"\n△走。\n"); s.Counts.Episodes != 1 {
				t.Errorf("got %+v", s.Episodes)
			}
		})
	}
}

// One speech, written as different offices write it.
func TestVoicesOfOneSpeech(t *testing.T) {
	for line, want := range map[string]string{
		"林晚（OS）　走。": "OS", "林晚(os)：走。": "OS", "林晚（v.o.）：走。": "VO", "林晚-OS：走。": "OS", "林晚的OS：走。": "OS", "（OS）林晚：走。": "OS", "林晚·画外音：走。": "VO",
		"林晚（VO）\n走。": "VO", "林晚　：　走。": "", "- 林晚：走。": "", "**林晚**：走。": "", "林晚（电话）：走。": "VO", "林晚\tOS：走。": "OS", "林晚：【OS】走。": "OS", "林晚心声：走。": "OS",
	} {
		t.Run(line, func(t *testing.T) {
			text := inScene(line)
			s := read(t, text)
			checkLines(t, text, s)
			var said strings.Builder
			for l := range s.lines {
				if l.Kind == KindSpeech {
					fmt.Fprintf(&said, "%s|%s|%s", l.Speaker, l.Mode, l.Said)
				}
			}
			if got := strings.Replace(said.String(), "林晚|"+want+"|林晚|", "林晚|", 1); s.Counts.Speeches != 1 || got != "林晚|"+want+"|走。" {
				t.Errorf("got %q", got)
			}
		})
	}
}
