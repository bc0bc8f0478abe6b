package script

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// gist is what has to come back when a script is written and read again: one line for each episode, scene and speech.
func gist(s *Script) []string {
	var out []string
	said := func(lines []Line) {
		var open []Speech
		flush := func() {
			for _, sp := range open {
				out = append(out, fmt.Sprintf("  %s|%s|%s|%s", sp.Speaker, sp.Mode, strings.NewReplacer(" ", "", "，", "").Replace(sp.Manner), strings.ReplaceAll(narrowed(sp.Said), " ", "")))
			}
			open = nil
		}
		for i := range lines {
			l := &lines[i]
			switch {
			case l.Kind != KindSpeech:
				flush()
			case l.More && len(open) > 0:
				last := &open[len(open)-1]
				if last.Said != "" && l.Manner != "" {
					last.Said += "（" + l.Manner + "）"
				} else {
					last.Manner += l.Manner
				}
				last.Said += l.Said
			default:
				flush()
				open = l.Speeches()
			}
		}
		flush()
	}
	for i := range s.Episodes {
		e := &s.Episodes[i]
		out = append(out, fmt.Sprintf("episode %d %s", e.Number, e.Name))
		said(e.Front)
		for j := range e.Scenes {
			sc := e.Scenes[j]
			label := sc.Label
			if n, ok := Numeral(label); ok {
				label = fmt.Sprint(n)
			}
			if inserted.MatchString(label) {
				label = "加场"
			}
			// The Chinese layout writes HOUSE - (1979) without the dash.
			sc.Place = strings.ReplaceAll(sc.Place, " - ", " ")
			out = append(out, fmt.Sprintf(" scene %s|%s|%s|%s|%v", narrowed(label), sc.Place, sc.Time, sc.Interior, sc.Deleted))
			said(sc.Lines)
		}
	}
	return out
}

// checkWritten writes a script in each format and reads it again.
func checkWritten(t failer, s *Script) {
	for _, f := range []Format{Text, Fountain, Docx} {
		if s.Format == Fountain && f == Text {
			continue
		}
		data, err := Write(s, f)
		if err != nil {
			t.Fatalf("write %s: %v", f, err)
		}
		again, err := Read(data, Options{Name: "a." + string(f)})
		if err != nil {
			t.Fatalf("read %s again: %v\n%s", f, err, data)
		}
		if again.Format != f {
			t.Fatalf("%s is read as %s", f, again.Format)
		}
		want, got := gist(s), gist(again)
		for i := range max(len(want), len(got)) {
			if i >= len(want) || i >= len(got) || want[i] != got[i] {
				shown := string(data)
				if f == Docx {
					shown = ""
				}
				t.Fatalf("%s: line %d of the gist\nis   %q\nwant %q\n%s", f, i, at(got, i), at(want, i), shown)
			}
		}
		if twice, err := Write(s, f); err != nil || !bytes.Equal(twice, data) {
			t.Fatalf("%s is not the same twice: %v", f, err)
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func TestSamplesWrittenAndReadAgain(t *testing.T) {
	for name := range manifest(t) {
		if strings.HasSuffix(name, ".csv") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			s, err := Read(sample(t, name), Options{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			checkWritten(t, s)
		})
	}
}

func TestTextKeepsEveryLineInItsPlace(t *testing.T) {
	text := "剧名：替身\n\n\n第1集\n1-1 夜 内 后台\n\t △灯亮。 \n\n林晚（OS）：三年了。\n"
	data, err := Write(read(t, text), Text)
	if err != nil || string(data) != "\uFEFF"+strings.ReplaceAll(text, "\n", "\r\n") {
		t.Errorf("got %q, %v", data, err)
	}
}

func TestStrictFountain(t *testing.T) {
	text := "剧名：替身\n编剧：某人\n类型：短剧\n【人物表】\n林晚，女，24岁\n\n第1集 归来\n1-1 夜 内 后台\n天气：雨\n人物：林晚、陆沉舟\n△镜前灯亮起。\n.点开头。\n林晚（OS，颤抖）：三年了。\n陆沉舟：记住：三点之前。\n【字幕：三年前】\n+场 日 外 街\n林晚：@你。\n1-3（删）\n（第1集完）\n"
	data, err := Write(read(t, text), Fountain)
	if err != nil {
		t.Fatal(err)
	}
	want := `Title: 替身
Author: 某人

[[类型：短剧]]

[[【人物表】]]

[[林晚，女，24岁]]

# 第1集 归来

.内景 后台 - 夜 #1-1#

[[天气：雨]]

[[人物：林晚、陆沉舟]]

△镜前灯亮起。

!.点开头。

@林晚 (OS)
(颤抖)
三年了。

@陆沉舟
记住：三点之前。

【字幕：三年前】

.加场 日 外 街

@林晚
＠你。

.1-3（删）

（第1集完）
`
	if string(data) != want {
		t.Errorf("got\n%s", data)
	}
}

func TestFormatsThatAreNotWritten(t *testing.T) {
	for _, f := range []Format{FDX, "pdf", ""} {
		if data, err := Write(read(t, smallScript), f); err == nil || data != nil {
			t.Errorf("%q is written", f)
		}
	}
}

func TestWordFileHoldsWhatWordNeeds(t *testing.T) {
	s := read(t, "第1集\n1-1 夜 内 后台\n△<灯>&\t亮\x0c。\u200b\n")
	data, err := Write(s, Docx)
	if err != nil {
		t.Fatal(err)
	}
	files := unzipped(t, data)
	names := []string{}
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "[Content_Types].xml _rels/.rels word/_rels/document.xml.rels word/document.xml word/styles.xml" {
		t.Errorf("parts %s", got)
	}
	for name, text := range files {
		w := newWalk([]byte(text))
		for {
			if _, err := w.token(); err != nil {
				if err.Error() != "EOF" {
					t.Errorf("%s: %v", name, err)
				}
				break
			}
		}
	}
	if !strings.Contains(files["word/document.xml"], `△&lt;灯&gt;&amp;</w:t><w:tab/>`) || strings.Count(files["word/document.xml"], "Heading") != 2 {
		t.Errorf("got %s", files["word/document.xml"])
	}
}

// Whatever happens in a script and however it is laid out, what is written is read as the same script.
func TestWritingByProperty(t *testing.T) {
	pick := func(rt *rapid.T, what string, from ...string) string { return rapid.SampledFrom(from).Draw(rt, what) }
	rapid.Check(t, func(rt *rapid.T) {
		var p plot
		for number := range rapid.IntRange(1, 3).Draw(rt, "episodes") {
			e := plotEpisode{number: number + 1, name: pick(rt, "name", "", "归来", "第二天", "雨夜（上）", "他是谁？")}
			for range rapid.IntRange(1, 3).Draw(rt, "scenes") {
				sc := plotScene{time: pick(rt, "time", "日", "深夜", "日转夜", "亥时三刻", "凌晨"), side: pick(rt, "side", "内", "外", "内/外"),
					place: pick(rt, "place", "后台", "金沙湖大剧院·后台化妆间", "外婆家", "A座12层", "老街 茶馆"), cast: []string{"林晚", "陆沉舟", "Anna"}}
				for range rapid.IntRange(0, 5).Draw(rt, "blocks") {
					b := plotBlock{text: pick(rt, "text", "门开了。", "第1集完了吗？", "（他笑。）", "林晚：三个字写在墙上。", "INT. HOUSE", "A", "#1", "【黑场】", "特写：手。", "[[x]] /* y")}
					if rapid.Bool().Draw(rt, "speech") {
						b = plotBlock{who: pick(rt, "who", "林晚", "陆沉舟", "Anna", "众人", "旁白", "保安甲"), mode: pick(rt, "mode", "", "", "OS", "VO"),
							manner: pick(rt, "manner", "", "冷笑", "看向 林晚"), said: pick(rt, "said", "好。", "记住：三点。", "@你！", "#1", ".点", "!", "第2集 见", "（停）走。", "Yes: no.")}
						if b.who == "旁白" {
							b.mode = ""
						}
					}
					sc.blocks = append(sc.blocks, b)
				}
				e.scenes = append(e.scenes, sc)
			}
			p = append(p, e)
		}
		st := rapid.SampledFrom(allStyles()).Draw(rt, "layout")
		text := st.write(p)
		s, err := Read([]byte(text), Options{Name: st.file})
		if err != nil {
			rt.Fatal(err)
		}
		checkLines(rt, text, s)
		checkWritten(rt, s)
	})
}
