package script

import (
	"errors"
	"testing"
	"unicode/utf8"
)

// refusedOr stops a fuzz run on any error that is no refusal.
func refusedOr(t *testing.T, s *Script, err error) bool {
	t.Helper()
	if err == nil {
		return false
	}
	var r *RefusedError
	if !errors.As(err, &r) || r.Code == "" || s != nil {
		t.Fatalf("error %v with %v", err, s)
	}
	return true
}

// checkNumbers holds what is true of every format: lines in rising order, each with a kind, all of them counted.
func checkNumbers(t *testing.T, s *Script) {
	t.Helper()
	last, n := 0, 0
	for l := range s.lines {
		if l.N <= last || l.Kind == "" || isBlank(l.Text) {
			t.Fatalf("line %+v after line %d", l, last)
		}
		last = l.N
		n++
	}
	if s.Counts.Lines != n {
		t.Fatalf("%d lines, %d counted", n, s.Counts.Lines)
	}
}

func FuzzFDX(f *testing.F) {
	f.Add(fdx(fdxPara("Scene Heading", "内景 屋 - 日"), fdxPara("Character", "林晚"), fdxPara("Parenthetical", "(念)"), fdxPara("Dialogue", "好")))
	f.Add(fdx(`<Paragraph><DualDialogue>` + fdxPara("Character", "A") + `</DualDialogue></Paragraph>`))
	f.Add(`<!DOCTYPE x [<!ENTITY e "f">]><FinalDraft><Content><Paragraph><Text>&e;</Text></Paragraph></Content></FinalDraft>`)
	f.Add(`<FinalDraft><Content><Paragraph Type="Cast List"><Text>` + "\n" + `</Text><Text>甲</Text></Paragraph></Content></FinalDraft>`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := readFDX([]byte(text), Options{})
		if !refusedOr(t, s, err) {
			checkNumbers(t, s)
		}
	})
}

func FuzzDocx(f *testing.F) {
	f.Add(body(para("1-1 日 内 屋"), listed("1", "1", "林晚：好")), numbering, styles)
	f.Add(body(`<w:tbl><w:tr><w:tc>`+para("甲")+`</w:tc><w:tc>`+para("乙")+`</w:tc></w:tr></w:tbl>`), "", "")
	f.Add(body(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+run("甲")+`<w:r><w:br/></w:r></w:p>`), "<", "&")
	f.Fuzz(func(t *testing.T, document, numbers, looks string) {
		parts := map[string]string{"word/document.xml": document}
		if numbers != "" {
			parts["word/numbering.xml"] = numbers
		}
		if looks != "" {
			parts["word/styles.xml"] = looks
		}
		s, err := Read(word(parts), Options{})
		if !refusedOr(t, s, err) {
			checkNumbers(t, s)
		}
	})
}

func FuzzFountain(f *testing.F) {
	for _, seed := range []string{"Title: 湖\n\n.内景 屋 - 日 #1-1#\n\n@林晚\n好\n  \n还\n", "/* x\n\n*/ [[a\nb]] c\n\n> 切\n> 中 <\n~歌\n===\n", "INT. A - DAY\n\nBOB ^\n(x)\nhi\n\nCUT TO:\n",
		"# 第1集\n## 1-1 日 内 屋\n人物：甲\n\n甲\n乙\n\n甲\n丙\n", "[[人物：甲]]\n.a\n.\n@\n!\n#\n=\n~\n>\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		s, err := Read([]byte(text), Options{Name: "a.fountain", Encoding: UTF8})
		if !refusedOr(t, s, err) {
			checkNumbers(t, s)
		}
	})
}

// FuzzWrite writes whatever can be read and reads it again. The lines of a text come back as they were.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{smallScript, inScene("林晚：好。陆沉舟：走。\n林晚\n（念）\n好\n+场 夜 外 街\n5-2（删）"), "Title: 湖\n\n.内景 屋 - 日 #1-1#\n\n@林晚 ^\n好\n\n[[人物：甲]]\n\n/* 删\n*/\n",
		"第1集\n第1场 《屋》 日 内\n天气：雨\n.点\n@甲：乙\n#\n"} {
		f.Add(seed, "a.txt")
		f.Add(seed, "a.fountain")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		s, err := Read([]byte(text), Options{Name: name})
		if err != nil {
			return
		}
		for _, to := range []Format{Text, Fountain, Docx} {
			data, err := Write(s, to)
			if err != nil {
				t.Fatalf("%s: %v", to, err)
			}
			again, err := Read(data, Options{Name: "a." + string(to)})
			var r *RefusedError
			if err != nil && (!errors.As(err, &r) || r.Code == RefusedBrokenDocx || r.Code == RefusedEncoding) {
				t.Fatalf("%s is not read again: %v", to, err)
			}
			if err == nil && to == Text && s.Format == Text && again.Format == Text && again.Counts.Lines != s.Counts.Lines {
				t.Fatalf("%d lines of %d", again.Counts.Lines, s.Counts.Lines)
			}
		}
	})
}
