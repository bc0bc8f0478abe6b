package script

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// gist is what has to come back when a script is written and read again: one line for each episode, scene and speech.
func gist(s *Script) []string {
	var out []string
	said := func(lines []Line) {
		var open []Speech
		flush := func() {
			for _, sp := range open {
				out = append(out, fmt.Sprintf("  %s|%s|%s|%s", sp.Speaker, sp.Mode, strings.ReplaceAll(sp.Manner, " ", ""), strings.ReplaceAll(sp.Said, " ", "")))
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
				open = l.speeches()
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
