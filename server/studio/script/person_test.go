package script_test

import (
	"slices"
	"strings"
	"testing"

	"chouka/server/studio/script"
)

func TestNamesThatAreNobody(t *testing.T) {
	for _, in := range []string{"", " ", "众人", "众", "众宾客", "众侍卫", "全员", "前场所有人", "群演若干", "群演", "宾客若干", "群众", "群众演员", "观众", "大家", "路人",
		"孩子们", "一群黑衣人", "几名保镖", "两个警察", "三位长老", "其他人", "其余人等", "旁白", "画外音", "OS", "VO", "ＯＳ", "V.O.", "O.S.", "（OS）", "内心独白",
		"电话那头", "广播", "男声", "系统提示音", "NARRATOR", "All", "特写", "字幕", "音效", "镜头", "时间", "地点", "人物", "出场人物", "道具", "画面", "转场", "手机屏幕", "片名",
		"特写2", "无", "、", "——", "12:30", "他走进门，停住。", "你是谁？", strings.Repeat("长", 17), strings.Repeat("x", 31), "（后入）", "△"} {
		if name, ok := script.Person(in); ok {
			t.Errorf("%q is %q", in, name)
		}
	}
}

func TestNamesThatAreSomebody(t *testing.T) {
	for in, want := range map[string]string{"李丽": "李丽", "李莉": "李莉", " 沈枝 ": "沈枝", "沈枝（后入）": "沈枝", "沈枝(30岁，演员)": "沈枝", "程  砚": "程砚", "程　砚": "程砚",
		"沈枝OS": "沈枝", "沈枝 VO": "沈枝", "沈枝（OS）": "沈枝", "路人甲": "路人甲", "宾客A": "宾客A", "解说乙": "解说乙", "保镖×4": "保镖", "保镖 x2": "保镖", "沈枝等": "沈枝",
		"舞台监督": "舞台监督", "Anna": "Anna", "MR. SMITH": "MR. SMITH", "系统": "系统", "主持人": "主持人", "四爷": "四爷", "二队长": "二队长", "一名警察": "一名警察", "八": "八",
		"沈\u200b枝": "沈枝", "阿依古丽·买买提": "阿依古丽·买买提"} {
		if name, ok := script.Person(in); !ok || name != want {
			t.Errorf("%q is %q, %t; want %q", in, name, ok, want)
		}
	}
}

func TestProps(t *testing.T) {
	for in, want := range map[string]string{
		"道具：手机、戒指":                      "手机|戒指",
		"【道具】手机，戒指；一封信":                 "手机|戒指|一封信",
		"【道具：手机、戒指】":                    "手机|戒指",
		"（道具：手机）":                       "手机",
		"△道具： 行李箱 话筒":                   "行李箱|话筒",
		"道 具：刀 枪":                       "刀|枪",
		"主要道具: 玉佩（碎） / 婚书。":             "玉佩|婚书",
		"**道具**：灯笼×3、烟头若干等":             "灯笼|烟头",
		"道具：手机、手机、无":                    "手机",
		"PROPS: a gun, red scarf":       "a gun|red scarf",
		"道具：":                           "",
		"道具组进场：搬走桌子":                    "",
		"服装：红裙":                         "",
		"他拿起道具：一把刀":                     "",
		"手机":                            "",
		"道具：" + strings.Repeat("长", 31): "",
	} {
		if got := strings.Join(script.Props(script.Line{Kind: script.KindNote, Text: in}), "|"); got != want {
			t.Errorf("%q has %q, want %q", in, got, want)
		}
	}
	for _, kind := range script.Kinds() {
		asked := slices.Contains([]script.Kind{script.KindScene, script.KindNote, script.KindAction, script.KindUnknown, script.KindCast}, kind)
		if got := script.Props(script.Line{Kind: kind, Text: "道具：刀"}); (len(got) == 1) != asked {
			t.Errorf("a line of %s has %v", kind, got)
		}
	}
}

func FuzzPerson(f *testing.F) {
	for _, s := range []string{"沈枝（OS）", "保镖×4", "众人", "【道具：手机、戒指】", "（(【", "等", "OS", "\xff：", "道具：\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if name, ok := script.Person(s); ok && (strings.TrimSpace(name) == "" || len([]rune(name)) > 30) {
			t.Errorf("%q is %q", s, name)
		}
		for _, p := range script.Props(script.Line{Kind: script.KindNote, Text: s}) {
			if strings.TrimSpace(p) == "" || len([]rune(p)) > 30 {
				t.Errorf("%q has %q", s, p)
			}
		}
	})
}
