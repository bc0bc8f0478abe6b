package script

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// failer is what a test and a property check have in common.
type failer interface{ Fatalf(string, ...any) }

// checkLines holds the promise of the package: each non-blank line in one Line, in order, with its own text.
func checkLines(t failer, text string, s *Script) {
	text = strings.TrimSuffix(text, "\x1A")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var want []Line
	for i, l := range strings.Split(text, "\n") {
		if !isBlank(l) {
			want = append(want, Line{N: i + 1, Text: l})
		}
	}
	i, kinds := 0, 0
	for l := range s.lines {
		if i >= len(want) || l.N != want[i].N || l.Text != want[i].Text {
			t.Fatalf("line %d of the reading is %+v", i, l)
		}
		if l.Kind == "" {
			t.Fatalf("line %d has no kind", l.N)
		}
		i++
	}
	for _, n := range s.Counts.Kinds {
		kinds += n
	}
	if i != len(want) || s.Counts.Lines != i || kinds != i {
		t.Fatalf("%d lines of %d, counted %d and %d", i, len(want), s.Counts.Lines, kinds)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{smallScript, inScene("林晚\n你好。\n[VO] 林晚：好\n"), "目录\n第1集 甲...1\n第1集\n1-1 日 内 屋\n",
		"Title: 湖\n\n.内景 屋 - 日 #1-1#\n\n@林晚\n好\n\n/* x\n*/ [[a\nb]] c\n", "场景：\n时间：日\n地点：x（删\n", "+\n（（\n【\n：\n:\n.a\n@\n>\n",
		"第1集\n第1场（\n场次（1）地点：\n人物：，、\n", "\u0130：\n外/、转日内-\n", "1-1 日（夜（内）（外\n"} {
		f.Add([]byte(seed), "a.txt", "")
		f.Add([]byte(seed), "a.fountain", "utf-8")
		f.Add(bytesOf(seed, GB18030, false), "", "gb18030")
		f.Add(bytesOf(seed, UTF16LE, true), "", "")
	}
	f.Add(word(map[string]string{"word/document.xml": body(para("1-1 日 内 屋"))}), "a.docx", "")
	f.Add([]byte(fdx(fdxPara("Action", "a"))), "a.fdx", "")
	f.Fuzz(func(t *testing.T, data []byte, name, encoding string) {
		s, err := Read(data, Options{Name: name, Encoding: Encoding(encoding)})
		if err != nil {
			var r *RefusedError
			if !errors.As(err, &r) || r.Code == "" || s != nil {
				t.Fatalf("error %v with %v", err, s)
			}
			return
		}
		if s.Format == Docx || s.Format == FDX {
			return
		}
		text, err := charset.As(data, s.Encoding)
		if err != nil {
			t.Fatalf("read but not decoded: %v", err)
		}
		checkLines(t, text, s)
	})
}

func FuzzFold(f *testing.F) {
	f.Add("　１－２～：（）【】\u200b**第①集**")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if utf8.ValidString(s) && Fold(once) != once {
			t.Fatalf("%q folds to %q and then to %q", s, once, Fold(once))
		}
		if utf8.RuneCountInString(narrowed(s)) != utf8.RuneCountInString(s) {
			t.Fatalf("%q changes its length", s)
		}
		Numeral(s)
	})
}
