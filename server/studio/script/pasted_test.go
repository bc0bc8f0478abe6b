package script

import (
	"fmt"
	"testing"
)

func spokenOn(l Line) string {
	out := ""
	for _, sp := range l.Speeches() {
		out += fmt.Sprintf("%s|%s|%s|%s;", sp.Speaker, sp.Mode, sp.Manner, sp.Said)
	}
	return out
}

func TestSeveralSpeechesOnOneLine(t *testing.T) {
	for line, want := range map[string]string{
		"林晚：你来了。陆沉舟：我来了。林晚（哭）：走！":           "林晚|||你来了。;陆沉舟|||我来了。;林晚||哭|走！;",
		"林晚：你来了　陆沉舟 OS：（冷笑）她变了。":            "林晚|||你来了;陆沉舟|OS|冷笑|她变了。;",
		"林晚：记住：三点之前。陆沉舟：好。":                 "林晚|||记住：三点之前。;陆沉舟|||好。;",
		"林晚：他说过：陆沉舟：不来。":                    "林晚|||他说过：陆沉舟：不来。;",
		"林晚：记住。三点：回家。":                      "林晚|||记住。三点：回家。;",
		"**林晚：** 你来了。**陆沉舟：** 我来了。":         "林晚|||你来了。;陆沉舟|||我来了。;",
		"林晚：“你来了。”陆沉舟：“我来了。”":               "林晚|||“你来了。”;陆沉舟|||“我来了。”;",
		"林晚：你来了。[VO] 陆沉舟：我来了。":              "林晚|||你来了。;陆沉舟|VO||我来了。;",
		"林晚：你来了。众人：啊？":                      "林晚|||你来了。;众人|||啊？;",
		"\u200b林晚\u200b：你来了。\u200b陆沉舟：我来了。": "林晚|||你来了。;陆沉舟|||我来了。;",
	} {
		t.Run(line, func(t *testing.T) {
			text := inScene(line)
			s := read(t, text)
			checkLines(t, text, s)
			l := s.Episodes[0].Scenes[0].Lines[4]
			if got := spokenOn(l); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if s.Counts.Speeches != len(l.Speeches()) {
				t.Errorf("%d counted", s.Counts.Speeches)
			}
		})
	}
	t.Run("a line below carries on the last of them", func(t *testing.T) {
		s := read(t, inScene("林晚：你来了。陆沉舟：我来了。\n你好吗。"))
		if l := kindOf(t, s, "你好吗"); l.Speaker != "陆沉舟" || !l.More {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a speaker inside an action line is warned of", func(t *testing.T) {
		s := read(t, inScene("林晚转身。陆沉舟：别走。"))
		if l := kindOf(t, s, "别走"); l.Kind != KindAction || !l.Low || !warned(s, WarnLowSpeaker, 6) {
			t.Errorf("got %+v %+v", l, s.Warnings)
		}
	})
	t.Run("every line of a script on one line", func(t *testing.T) {
		text := "第1集\n1-1 日 内 屋\n店小二：客官里面请。掌柜：好茶。店小二：来了。掌柜：快些。\n"
		s := read(t, text)
		if s.Counts.Speeches != 4 || s.Counts.Characters != 2 {
			t.Errorf("got %+v", s.Counts)
		}
	})
}

func TestBiographiesOnOneLine(t *testing.T) {
	for _, line := range []string{
		"人物小传：林晚，女，24岁，舞者。陆沉舟，男，30岁，总裁。店小二，男，20岁，跑堂。",
		"人物小传：林晚：舞者，性格倔强；陆沉舟：总裁，外冷内热；店小二：跑堂。",
		"人物：林晚（女，24岁，舞者）、陆沉舟（男，30岁）、店小二",
		"【人物表】\n**林晚**：女，24岁。\n**陆沉舟**：男，30岁。\n店小二：男，20岁",
	} {
		t.Run(line, func(t *testing.T) {
			text := line + "\n第1集\n1-1 日 内 屋\n林晚：好。\n陆沉舟：好。\n店小二：好。\n"
			s := read(t, text)
			checkLines(t, text, s)
			if s.Counts.Speeches != 3 || s.Counts.Kinds[KindBio] == 0 || len(s.Warnings) != 0 {
				t.Errorf("got %+v %+v", s.Counts, s.Warnings)
			}
		})
	}
}
