package script

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"chouka/server/studio/charset"
)

// plot is a script before anybody has written it down: what every layout below has to give back.
type plot []plotEpisode

type plotEpisode struct {
	number int
	name   string
	scenes []plotScene
}

type plotScene struct {
	time, side, place string
	cast              []string
	blocks            []plotBlock
}

// plotBlock is a speech when who is set, else a note or an action.
type plotBlock struct {
	who, mode, manner, said string
	note, text              string
}

// thePlot holds the lines that look like headings and are none, as actions and speeches.
func thePlot() plot {
	act := func(text string) plotBlock { return plotBlock{text: text} }
	say := func(who, mode, manner, said string) plotBlock {
		return plotBlock{who: who, mode: mode, manner: manner, said: said}
	}
	return plot{
		{1, "归来", []plotScene{
			{"日", "内", "金沙湖大剧院·后台", []string{"林晚", "陆沉舟"}, []plotBlock{
				act("镜前灯一盏盏亮起。"), say("林晚", "", "", "第3集你看了吗？"), say("陆沉舟", "", "冷笑", "记住：三点之前。"), act("第三集团军的车队开过窗外。"),
				say("林晚", "OS", "", "第一场雪那天，他也这么说。"), {note: "字幕", text: "三年前"}}},
			{"夜", "外", "栈桥", []string{"林晚", "苏曼妮", "前场所有人"}, []plotBlock{
				act("外面下着雨，日子一天天过去。"), say("苏曼妮", "", "", "第1集-第1场，谁写的？"), act("时钟停在十九点半。"), say("众人", "", "齐声", "好！")}},
		}},
		{2, "第二天", []plotScene{
			{"深夜", "内", "外婆家", []string{"林晚", "陆沉舟"}, []plotBlock{
				act("第二天。第一场雪落下。"), say("陆沉舟", "VO", "", "第五集 完不了。"), say("林晚", "", "颤声", "一二三，走。"), say("陆沉舟", "", "", "1-1平了。")}},
		}},
		{12, "", []plotScene{
			{"黄昏", "外", "码头", []string{"苏曼妮"}, []plotBlock{act("12-25的日历被撕下。"), say("苏曼妮", "", "", "再见。")}},
			{"清晨", "内", "办公室", []string{"林晚", "苏曼妮"}, []plotBlock{act("门开了。"), say("林晚", "", "", "你好。"), say("苏曼妮", "", "", "你也好。"), act("她们坐下。")}},
		}},
	}
}

// layoutStyle writes a plot in one way. n is the place of the scene in its episode, from 1.
type layoutStyle struct {
	name    string
	file    string
	front   string
	episode func(e plotEpisode) string
	scene   func(e plotEpisode, n int, sc plotScene) string
	cast    string
	action  string
	note    string
	speech  func(b plotBlock) string
	end     string
	blank   bool
	big5    bool
}

func (st layoutStyle) write(p plot) string {
	var b strings.Builder
	b.WriteString(st.front)
	put := func(text string) {
		if text == "" {
			return
		}
		b.WriteString(text + "\n")
		if st.blank {
			b.WriteString("\n")
		}
	}
	for _, e := range p {
		if st.episode != nil {
			put(st.episode(e))
		}
		for i, sc := range e.scenes {
			put(st.scene(e, i+1, sc))
			if st.cast != "" {
				put(fmt.Sprintf(st.cast, strings.Join(sc.cast, "、")))
			}
			for _, x := range sc.blocks {
				switch {
				case x.who != "":
					put(st.speech(x))
				case x.note != "":
					put(fmt.Sprintf(st.note, x.note, x.text))
				default:
					put(fmt.Sprintf(st.action, x.text))
				}
			}
		}
		if st.end != "" {
			put(strings.Replace(st.end, "%d", fmt.Sprint(e.number), 1))
		}
	}
	return b.String()
}

func numbered(form string) func(plotEpisode) string {
	return func(e plotEpisode) string { return strings.TrimRight(fmt.Sprintf(form, e.number, e.name), " ：　") }
}

// colonSpeech is 名（情绪）：…, with the mode as the form says.
func colonSpeech(mode, manner, colon string) func(plotBlock) string {
	return func(b plotBlock) string {
		head := b.who
		if b.mode != "" {
			head += fmt.Sprintf(mode, b.mode)
		}
		if b.manner != "" {
			head += fmt.Sprintf(manner, b.manner)
		}
		return head + colon + b.said
	}
}

func allStyles() []layoutStyle { return append(layoutStyles(), moreStyles()...) }

func layoutStyles() []layoutStyle {
	full := colonSpeech("（%s）", "（%s）", "：")
	spell := func(n int) string { return formatNumber(n, "chineseCounting") }
	wide := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '-' {
				return r + 0xFEE0
			}
			return r
		}, s)
	}
	return []layoutStyle{
		{name: "1-1 日 内 地点", front: "剧名：替身\n\n", episode: numbered("第%d集 %s"), cast: "人物：%s", action: "△%s", note: "【%s：%s】", speech: full, end: "（第%d集完）",
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("%d-%d %s %s %s", e.number, n, sc.time, sc.side, sc.place)
			}},
		{name: "contents first, 1-1夜内 地点", front: "《替身》\n目录\n第一集 归来\n第二集 第二天\n第十二集\n\n", cast: "出场人物：%s", action: "▲ %s", note: "%s：%s", speech: colonSpeech(" %s", "（%s）", "："), end: "——第%d集 完——",
			episode: func(e plotEpisode) string { return strings.TrimSpace("第" + spell(e.number) + "集 " + e.name) },
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("%d-%d%s%s %s", e.number, n, sc.time, sc.side, sc.place)
			}},
		{name: "full width, NBSP, tabs", episode: func(e plotEpisode) string {
			return strings.TrimSpace(wide(fmt.Sprintf("第%d集　%s", e.number, e.name)))
		}, cast: "人物 ：%s", action: "◇\u00a0%s", note: "【%s：%s】", speech: colonSpeech("【%s】", "（%s）", "："), end: "——本集完——",
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return wide(fmt.Sprintf("%d-%d", e.number, n)) + "　" + sc.time + "\t" + sc.side + "　" + sc.place
			}},
		{name: "labels on their own lines", front: "人物小传\n林晚，女，24岁，舞者\n\n", episode: numbered("【第%d集】%s"), action: "（%s）", note: "【%s：%s】", speech: full,
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("场景%s：\n人物：%s\n内/外：%s\n地点：%s\n时间：%s", spell(n), strings.Join(sc.cast, "，"), sc.side, sc.place, sc.time)
			}},
		{name: "第1场 地点 内 日, no mark on action", episode: numbered("## 第%d集：%s"), cast: "角色：%s", action: "%s", note: "（%s：%s）", speech: colonSpeech("（%s）", "（%s）", ":"), blank: true,
			scene: func(_ plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("**第%d场 %s %s %s**", n, sc.place, sc.side, sc.time)
			}},
		{name: "场次（1）地点：X，夜，内；出场人物", episode: numbered("EP%02d %s"), action: "△ %s", note: "【%s：%s】", speech: full,
			scene: func(_ plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("场次（%d）地点：%s，%s，%s；出场人物：%s", n, sc.place, sc.time, sc.side, strings.Join(sc.cast, "、"))
			}},
		{name: "episode and scene on one line", action: "△%s", cast: "人物：%s", note: "【%s：%s】", speech: full,
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("第%s集 %d-%d %s %s %s", spell(e.number), e.number, n, sc.time, sc.side, sc.place)
			}},
		{name: "EP001-SC002 外 · 地点 · 正午", action: "△%s", cast: "人物：%s", note: "【%s：%s】", speech: full,
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("EP%03d-SC%03d %s · %s · %s", e.number, n, sc.side, sc.place, sc.time)
			}},
	}
}

// moreStyles are the layouts that number otherwise or not at all.
func moreStyles() []layoutStyle {
	full := colonSpeech("（%s）", "（%s）", "：")
	spell := func(n int) string { return formatNumber(n, "chineseCounting") }
	return []layoutStyle{
		{name: "1 场景：【夜 地点 外】", episode: numbered("《第%d集 %s》"), action: "△%s", cast: "人物：%s", note: "[%s：%s]", speech: full,
			scene: func(_ plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("%d 场景：【%s %s %s】", n, sc.time, sc.place, sc.side)
			}},
		{name: "### 场1-2, name above its text", episode: numbered("——第%d集 %s——"), action: "△%s", cast: "人物：%s", note: "【%s：%s】", end: "（第%d集 完）",
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("### 场%d-%d %s %s %s", e.number, n, sc.time, sc.side, sc.place)
			},
			speech: func(b plotBlock) string {
				head := b.who
				if b.mode != "" {
					head += "（" + b.mode + "）"
				}
				if b.manner != "" {
					head += "\n（" + b.manner + "）"
				}
				return head + "\n" + b.said
			}},
		{name: "1.2 地点 内 日, name TAB text", episode: numbered("Episode %d: %s"), action: "∆%s", cast: "人物：%s", note: "【%s：%s】",
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("%d.%d %s %s %s", e.number, n, sc.place, sc.side, sc.time)
			},
			speech: func(b plotBlock) string { return colonSpeech("（%s）", "（%s）", "\t")(b) }},
		{name: "pasted: bold, zero width, speeches on one line", front: "人物小传：林晚，女，24岁，舞者。陆沉舟，男，30岁，总裁。苏曼妮，女，26岁，主演。\n", episode: numbered("**第%d集 %s**"), action: "△%s\u200b", cast: "人物：%s", note: "【%s：%s】", speech: colonSpeech("（%s）", "（%s）", "：\u200b"),
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("**%d-%d、%s %s %s**", e.number, n, sc.place, sc.time, sc.side)
			}},
		{name: "内景 地点 - 夜, airy", episode: numbered("第%d集 %s"), action: "△%s", cast: "人物：%s", note: "【%s：%s】", speech: full, blank: true,
			scene: func(_ plotEpisode, _ int, sc plotScene) string {
				return fmt.Sprintf("%s景 %s - %s", sc.side, sc.place, sc.time)
			}},
		{name: "日 内 地点 without number", episode: numbered("第 %d 集 %s"), action: "Δ%s", cast: "人物：%s", note: "【%s：%s】", speech: full,
			scene: func(_ plotEpisode, _ int, sc plotScene) string {
				return fmt.Sprintf("%s %s %s", sc.time, sc.side, sc.place)
			}},
		{name: "Fountain", file: "a.fountain", front: "Title：替身\n作者：某人\n\n", episode: numbered("# 第%d集 %s"), action: "!%s", note: "> %s：%s", blank: true,
			scene: func(e plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf(".%s景 %s - %s #%d-%d#", sc.side, sc.place, sc.time, e.number, n)
			},
			speech: func(b plotBlock) string {
				out := "@" + b.who
				if b.mode != "" {
					out += " (" + b.mode + ")"
				}
				if b.manner != "" {
					out += "\n(" + b.manner + ")"
				}
				return out + "\n" + b.said
			}},
		{name: "traditional characters", big5: true, episode: numbered("第%d集 %s"), cast: "登場人物：%s", action: "△%s", note: "【%s：%s】", speech: full, end: "（第%d集 終）",
			scene: func(_ plotEpisode, n int, sc plotScene) string {
				return fmt.Sprintf("第%s場 %s %s %s", spell(n), sc.place, strings.Replace(sc.side, "内", "內", 1), strings.Replace(sc.time, "黄", "黃", 1))
			}},
	}
}

// traditional writes the plot's own words in traditional characters.
func traditional(text string) string {
	return strings.NewReplacer("归来", "歸來", "剧", "劇", "湖大", "湖大", "后台", "後台", "陆", "陸", "镜", "鏡", "灯", "燈", "盏", "盞", "起", "起", "记", "記", "团", "團", "军", "軍",
		"车", "車", "队", "隊", "开", "開", "过", "過", "这", "這", "么", "麼", "说", "說", "字幕", "字幕", "栈桥", "棧橋", "苏", "蘇", "场", "場", "日子一天天", "日子一天天", "谁", "誰", "写", "寫",
		"钟", "鐘", "点", "點", "众", "眾", "齐声", "齊聲", "个", "個", "声", "聲", "码头", "碼頭", "历", "曆", "办", "辦", "门", "門", "们", "們", "见", "見", "颤", "顫", "内", "內", "黄", "黃", "时", "時",
		"树", "樹", "团", "團", "来", "來", "总", "總", "吗", "嗎").Replace(text)
}

// heardBy counts speeches by character, as 林晚 or 林晚/OS.
func heardBy(s *Script) map[string]int {
	heard := map[string]int{}
	for l := range s.lines {
		for _, sp := range l.Speeches() {
			heard[strings.TrimSuffix(sp.Speaker+"/"+sp.Mode, "/")]++
		}
	}
	return heard
}

// checkPlot holds a reading against the plot: episodes, scenes and their speeches, one by one.
func checkPlot(t *testing.T, s *Script, p plot, st layoutStyle) {
	t.Helper()
	if len(s.Episodes) != len(p) {
		t.Fatalf("%d episodes", len(s.Episodes))
	}
	word := func(text string) string {
		if st.big5 {
			return traditional(text)
		}
		return text
	}
	for i, want := range p {
		e := s.Episodes[i]
		name := word(want.name)
		if st.episode == nil {
			name = ""
		}
		if e.Number != want.number || e.Name != name || len(e.Scenes) != len(want.scenes) {
			t.Fatalf("episode %d %q with %d scenes, want %d %q", e.Number, e.Name, len(e.Scenes), want.number, name)
		}
		for j, ws := range want.scenes {
			sc := e.Scenes[j]
			cast := slices.DeleteFunc(slices.Clone(ws.cast), func(n string) bool { return n == "前场所有人" })
			if st.name == "Fountain" {
				cast = nil
			}
			if sc.Time != word(ws.time) || sc.Interior != ws.side || sc.Place != word(ws.place) || word(strings.Join(cast, " ")) != strings.Join(sc.Cast, " ") {
				t.Errorf("scene %+v, want %+v", sc, ws)
			}
			var got, said []string
			for i := range sc.Lines {
				l := &sc.Lines[i]
				for _, sp := range l.Speeches() {
					got = append(got, fmt.Sprint(sp))
				}
				if l.More {
					last := &got[len(got)-1]
					*last = strings.Replace(strings.TrimSuffix(*last, " }")+" "+l.Manner+" "+l.Said+"}", "  ", " ", 1)
				}
			}
			for _, b := range ws.blocks {
				if b.who != "" {
					said = append(said, word(fmt.Sprint(Speech{b.who, b.mode, b.manner, b.said})))
				}
			}
			squeeze := func(l []string) string { return strings.Join(strings.Fields(strings.Join(l, "; ")), " ") }
			if squeeze(got) != squeeze(said) {
				t.Errorf("scene %d-%d\nsaid %v\nwant %v", want.number, j+1, squeeze(got), squeeze(said))
			}
		}
	}
}

func TestLayoutsInEveryEncoding(t *testing.T) {
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "layout\tencodings\tlines\taccounted\tepisodes\tscenes\tspeeches\tby character")
	for _, st := range allStyles() {
		t.Run(st.name, func(t *testing.T) {
			text := st.write(thePlot())
			encodings := []Encoding{UTF8, UTF8BOM, UTF16LE, UTF16BE, GB18030}
			if st.big5 {
				text = traditional(text)
				encodings = append(encodings, Big5)
			}
			var first *Script
			for _, e := range encodings {
				for _, mark := range []bool{true, false} {
					o := Options{Name: st.file}
					if e == Big5 {
						o.Encoding = Big5
					}
					s, err := Read(bytesOf(text, e, mark), o)
					if err != nil {
						t.Fatalf("%s: %v", e, err)
					}
					decoded, err := charset.As(bytesOf(text, e, mark), s.Encoding)
					if err != nil {
						t.Fatal(err)
					}
					checkLines(t, decoded, s)
					if first == nil {
						first = s
						checkPlot(t, s, thePlot(), st)
					}
					if s.Encoding != e || !alike(s, first) {
						t.Errorf("%s (mark %v) reads otherwise: %s %+v", e, mark, s.Encoding, s.Counts)
					}
				}
			}
			checkWritten(t, first)
			lines := 0
			for l := range strings.Lines(text) {
				if !isBlank(l) {
					lines++
				}
			}
			heard := heardBy(first)
			var by []string
			for _, k := range slices.Sorted(maps.Keys(heard)) {
				by = append(by, fmt.Sprintf("%s %d", k, heard[k]))
			}
			fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", st.name, len(encodings), lines, first.Counts.Lines, first.Counts.Episodes, first.Counts.Scenes, first.Counts.Speeches, strings.Join(by, " "))
		})
	}
	_ = w.Flush()
	t.Log("\n" + table.String())
}
