package script

import (
	"strings"
	"testing"
)

// scene wraps lines into an episode and a scene with a cast.
func inScene(lines string) string {
	return "第1集\n1-1 日 内 屋里\n人物：林晚、陆沉舟、程砚\n△风起。\n△灯灭。\n" + lines + "\n"
}

func TestSpeechForms(t *testing.T) {
	for _, c := range []struct{ line, speaker, mode, manner, said string }{
		{"林晚：你好。", "林晚", "", "", "你好。"},
		{"林晚:你好。", "林晚", "", "", "你好。"},
		{"林晚 ： 你好。", "林晚", "", "", "你好。"},
		{"林晚（哭）：你好。", "林晚", "", "哭", "你好。"},
		{"林晚：（哭）你好。", "林晚", "", "哭", "你好。"},
		{"林晚 OS：你好。", "林晚", "OS", "", "你好。"},
		{"林晚OS：你好。", "林晚", "OS", "", "你好。"},
		{"林晚（VO）：你好。", "林晚", "VO", "", "你好。"},
		{"林晚【VO】：你好。", "林晚", "VO", "", "你好。"},
		{"林晚（画外音）：你好。", "林晚", "VO", "", "你好。"},
		{"林晚（内心独白）：你好。", "林晚", "OS", "", "你好。"},
		{"林晚：（OS）你好。", "林晚", "OS", "", "你好。"},
		{"林晚（OS，颤抖）：你好。", "林晚", "OS", "颤抖", "你好。"},
		{"[VO] 林晚：你好。", "林晚", "VO", "", "你好。"},
		{"林晚、陆沉舟（齐声）：你好。", "林晚、陆沉舟", "", "齐声", "你好。"},
		{"林晚和陆沉舟：你好。", "林晚、陆沉舟", "", "", "你好。"},
		{"林晚\t你好。", "林晚", "", "", "你好。"},
		{"程  砚：你好。", "程砚", "", "", "你好。"},
		{"众人：你好。", "众人", "", "", "你好。"},
		{"路人甲：你好。", "路人甲", "", "", "你好。"},
		{"宾客A：你好。", "宾客A", "", "", "你好。"},
		{"旁白：你好。", "旁白", "VO", "", "你好。"},
		{"电话那头（VO）：你好。", "电话那头", "VO", "", "你好。"},
		{"神秘人（VO）：你好。", "神秘人", "VO", "", "你好。"},
		{"林晚 低声：你好。", "林晚", "", "低声", "你好。"},
		{"**林晚：** 你好。", "林晚", "", "", "你好。"},
		{"林晚：记住：三点之前。", "林晚", "", "", "记住：三点之前。"},
		{"阿依古丽·买买提江公主（VO）：你好。", "阿依古丽·买买提江公主", "VO", "", "你好。"},
	} {
		t.Run("is one: "+c.line, func(t *testing.T) {
			s := read(t, inScene(c.line))
			l := kindOf(t, s, c.line)
			if l.Kind != KindSpeech || l.Speaker != c.speaker || l.Mode != c.mode || l.Manner != c.manner || l.Said != c.said {
				t.Errorf("got %+v", l)
			}
		})
	}
}

func TestLinesThatAreNoSpeech(t *testing.T) {
	for line, want := range map[string]Kind{
		"特写：林晚的手。":      KindAction,
		"镜头2：缓推。":       KindAction,
		"镜头：缓推。":        KindAction,
		"镜头一：缓推。":       KindAction,
		"[画面文字] 三年后":    KindNote,
		"【字幕】三年后":       KindNote,
		"【字幕：三年后】△灯亮。":  KindAction,
		"时钟显示：19:30":    KindAction,
		"△林晚：三个字写在墙上。":  KindAction,
		"（林晚转身，看向陆沉舟。）": KindAction,
		"◇ 门开了。":        KindAction,
		"▲门开了。":         KindAction,
		"Δ门开了。":         KindAction,
		"∆门开了。":         KindAction,
		"字幕：三年前":        KindNote,
		"音效：钟声":         KindNote,
		"【字幕：三年前】":      KindNote,
		"【闪回】":          KindNote,
		"【闪回结束】":        KindNote,
		"【空镜：湖面】":       KindNote,
		"【黑场】":          KindNote,
		"[SFX]":         KindNote,
		"[转场]":          KindNote,
		"（闪回）":          KindNote,
		"定格":            KindNote,
		"————————":      KindNote,
		"出场人物：林晚、苏曼妮":   KindCast,
		"（第1集完）":        KindEnd,
		"【闪回】林晚站在雨里。":   KindAction,
		"林晚转身。【黑场】":     KindAction,
		"某某：谁也不认识他。":    KindAction,
		"她看着窗外的雨想了很久很久终于说：走吧。": KindAction,
		"甲列\t乙列\t丙列": KindUnknown,
	} {
		t.Run("is none: "+line, func(t *testing.T) {
			s := read(t, inScene(line))
			if l := kindOf(t, s, line); l.Kind != want {
				t.Errorf("got %+v, want %s", l, want)
			}
		})
	}
}

func TestWeakSpeakers(t *testing.T) {
	t.Run("an unknown name before a colon is action with a warning", func(t *testing.T) {
		s := read(t, inScene("店小二：客官里面请。"))
		l := kindOf(t, s, "店小二")
		if l.Kind != KindAction || !l.Low || l.Speaker != "" || !warned(s, WarnLowSpeaker, 6) {
			t.Errorf("got %+v %+v", l, s.Warnings)
		}
	})
	t.Run("a name used twice is a speaker of low confidence, warned of once", func(t *testing.T) {
		s := read(t, inScene("店小二：客官里面请。\n林晚：好。\n店小二：来了。"))
		if l := kindOf(t, s, "客官"); l.Kind != KindSpeech || !l.Low || l.Speaker != "店小二" {
			t.Errorf("got %+v", l)
		}
		if !warned(s, WarnLowSpeaker, 6) || warned(s, WarnLowSpeaker, 8) {
			t.Errorf("got %+v", s.Warnings)
		}
	})
	t.Run("an explicit cue makes a name known everywhere", func(t *testing.T) {
		s := read(t, inScene("店小二：客官里面请。\n店小二（VO）：来了。"))
		if l := kindOf(t, s, "客官"); l.Kind != KindSpeech || l.Low {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a biography makes a name known", func(t *testing.T) {
		s := read(t, "【人物小传】\n1、店小二，男，24岁，跑堂\n第1集\n1-1 日 内 客栈\n店小二：客官里面请。\n")
		if l := kindOf(t, s, "客官"); l.Kind != KindSpeech || l.Low {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a line below 人物表 needs no age", func(t *testing.T) {
		s := read(t, "【人物表】\n店小二　　跑堂，话多\n第1集\n1-1 日 内 客栈\n店小二：客官里面请。\n")
		if s.Front[1].Kind != KindBio || kindOf(t, s, "客官").Low {
			t.Errorf("got %+v", s.Front)
		}
	})
	t.Run("a repeated label is never a person", func(t *testing.T) {
		s := read(t, inScene("特写：手。\n特写：脸。\n手机屏幕：来电。\n手机屏幕：挂断。"))
		if s.Counts.Speeches != 0 {
			t.Errorf("got %d speeches", s.Counts.Speeches)
		}
	})
}

func TestSpeechOverSeveralLines(t *testing.T) {
	t.Run("a name alone takes the lines below", func(t *testing.T) {
		s := read(t, inScene("林晚\n（哭）\n你好。\n陆沉舟\n二选一：走还是留。"))
		if s.Counts.Speeches != 2 || kindOf(t, s, "（哭）").Manner != "哭" || kindOf(t, s, "你好").Speaker != "林晚" {
			t.Errorf("got %+v", s.Episodes[0].Scenes[0].Lines)
		}
		if l := kindOf(t, s, "二选一"); l.Speaker != "陆沉舟" || !l.More || l.Low {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a bare line carries on where actions are marked", func(t *testing.T) {
		s := read(t, inScene("林晚：不多。\n就一个。"))
		if l := kindOf(t, s, "就一个"); l.Kind != KindSpeech || !l.More || !l.Low || s.Counts.Speeches != 1 {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a bare line is action where actions carry no mark", func(t *testing.T) {
		s := read(t, "第1集\n1-1 日 内 屋里\n人物：林晚\n林晚走进来。\n她坐下。\n林晚：不多。\n她站起来。\n")
		if l := kindOf(t, s, "她站起来"); l.Kind != KindAction || l.Low {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a blank line ends a speech", func(t *testing.T) {
		s := read(t, inScene("林晚：不多。\n\n就一个。"))
		if l := kindOf(t, s, "就一个"); l.Kind != KindAction {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("blank lines between all lines end nothing", func(t *testing.T) {
		s := read(t, strings.ReplaceAll(inScene("林晚\n你好。\n陆沉舟\n再见。\n△走。"), "\n", "\n\n"))
		if l := kindOf(t, s, "再见"); l.Speaker != "陆沉舟" || s.Counts.Speeches != 2 {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("an action mark ends a speech", func(t *testing.T) {
		s := read(t, inScene("林晚：不多。\n△她走。\n就一个。"))
		if l := kindOf(t, s, "就一个"); l.Kind != KindAction {
			t.Errorf("got %+v", l)
		}
	})
}

func TestFrontMatter(t *testing.T) {
	s := read(t, "《替身》\n编剧：某人\n故事梗概：\n林晚被退婚，三年后归来。\n\n人物小传\n林晚：24岁，舞者。\n程  砚，男，30岁\n\n第1集\n1-1 日 内 屋里\n林晚：好。\n程砚：好。\n")
	for text, want := range map[string]Kind{"《替身》": KindTitle, "编剧": KindTitle, "故事梗概": KindContents, "三年后": KindContents,
		"人物小传": KindBio, "24岁": KindBio, "程  砚": KindBio, "林晚：好": KindSpeech, "程砚：好": KindSpeech} {
		if l := kindOf(t, s, text); l.Kind != want || l.Low {
			t.Errorf("%s: got %+v, want %s", text, l, want)
		}
	}
	if len(s.Front) != 7 || s.Counts.Characters != 2 {
		t.Errorf("front %d, characters %d", len(s.Front), s.Counts.Characters)
	}
}
