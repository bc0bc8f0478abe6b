package script

import (
	"encoding/binary"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"pgregory.net/rapid"

	"chouka/server/studio/charset"
)

const smallScript = "剧名：替身\n\n第1集\n1-1 夜 内 后台\n人物：林晚、陆沉舟\n△镜前灯亮起。\n林晚（OS）：三年了。\n陆沉舟：记住：三点之前。\n（第1集完）\n"

// bytesOf writes text in an encoding; mark adds a byte order mark where one exists.
func bytesOf(text string, e Encoding, mark bool) []byte {
	switch e {
	case UTF8BOM:
		return []byte("\uFEFF" + text)
	case GB18030:
		b, _ := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
		return b
	case Big5:
		b, _ := traditionalchinese.Big5.NewEncoder().Bytes([]byte(text))
		return b
	case UTF16LE, UTF16BE:
		if mark {
			text = "\uFEFF" + text
		}
		var order binary.AppendByteOrder = binary.LittleEndian
		if e == UTF16BE {
			order = binary.BigEndian
		}
		var out []byte
		for _, u := range utf16.Encode([]rune(text)) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	return []byte(text)
}

// alike compares two readings but for what the encoding itself leaves behind.
func alike(a, b *Script) bool {
	strip := func(s *Script) Script {
		c := *s
		c.Encoding, c.Guessed = "", false
		c.Warnings = slices.DeleteFunc(slices.Clone(c.Warnings), func(w Warning) bool { return w.Code == WarnGuessedEncoding })
		if len(c.Warnings) == 0 {
			c.Warnings = nil
		}
		return c
	}
	return reflect.DeepEqual(strip(a), strip(b))
}

// refusal reads what must be refused.
func refusal(t *testing.T, data []byte, o Options) *RefusedError {
	t.Helper()
	_, err := Read(data, o)
	var r *RefusedError
	if !errors.As(err, &r) {
		t.Fatalf("not refused: %v", err)
	}
	return r
}

func TestEveryEncodingReadsAlike(t *testing.T) {
	want := read(t, smallScript)
	for _, e := range []Encoding{UTF8, UTF8BOM, UTF16LE, UTF16BE, GB18030} {
		for _, mark := range []bool{true, false} {
			for _, ending := range []string{"\n", "\r\n", "\r"} {
				data := bytesOf(strings.ReplaceAll(smallScript, "\n", ending), e, mark)
				got, err := Read(data, Options{})
				if err != nil {
					t.Fatalf("%s %q: %v", e, ending, err)
				}
				if got.Encoding != e || !alike(got, want) {
					t.Errorf("%s mark=%v %q reads as %s: %+v", e, mark, ending, got.Encoding, got.Counts)
				}
				guessed := e == GB18030 || (e == UTF16LE || e == UTF16BE) && !mark
				if got.Guessed != guessed || warned(got, WarnGuessedEncoding, 0) != guessed {
					t.Errorf("%s mark=%v: guessed %v", e, mark, got.Guessed)
				}
			}
		}
	}
}

func TestEncodingsByProperty(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("第一二三集场日夜内外林晚陆沉舟：:（）()△ -1239\t、【】OSV。人物地点时间")), 0, 14, -1)
	rapid.Check(t, func(rt *rapid.T) {
		text := smallScript + strings.Join(rapid.SliceOfN(word, 0, 30).Draw(rt, "lines"), "\n")
		want, err := Read([]byte(text), Options{Encoding: UTF8})
		if err != nil {
			rt.Fatal(err)
		}
		for _, e := range []Encoding{UTF8BOM, UTF16LE, UTF16BE, GB18030} {
			for _, chosen := range []Encoding{e, ""} {
				got, err := Read(bytesOf(text, e, true), Options{Encoding: chosen})
				if err != nil || got.Encoding != e || !alike(got, want) {
					rt.Fatalf("%s chosen=%q: %v", e, chosen, err)
				}
			}
		}
		checkLines(rt, text, want)
	})
}

func TestBig5IsOnlyReadWhenChosen(t *testing.T) {
	text := "第一集\n第一場 日 內 辦公室\n人物：林曉、陳總\n林曉：這個專案我做了三個月，為什麼說取消就取消？\n陳總：因為你沒有告訴我實話，所以我們不能再繼續下去了。\n"
	data := bytesOf(text, Big5, false)
	if r := refusal(t, data, Options{}); r.Code != RefusedEncoding {
		t.Errorf("unasked: %v", r)
	}
	s, err := Read(data, Options{Encoding: Big5})
	if err != nil || s.Counts.Speeches != 2 {
		t.Errorf("chosen: %v %+v", err, s)
	}
	gb, err := Read(bytesOf(text, GB18030, false), Options{})
	if err != nil || gb.Encoding != GB18030 {
		t.Errorf("the same text in GB18030: %v", err)
	}
}

func TestBytesThatReadAsGB(t *testing.T) {
	for text, simplified := range map[string]bool{
		"林晚：你说什么？我听不见。":     true,
		"林曉：這個專案我做了三個月。":    false,
		"陳總：因為你沒有告訴我實話。":    false,
		"第一場 日 內 辦公室，窗外下著雨": false,
	} {
		if !charset.ReadsAsGB(bytesOf(text, GB18030, false)) {
			t.Errorf("%s does not read as GB18030", text)
		}
		if !simplified && charset.ReadsAsGB(bytesOf(text, Big5, false)) {
			t.Errorf("%s in Big5 reads as GB18030", text)
		}
	}
}

func TestTextThatDoesNotDecode(t *testing.T) {
	gb := bytesOf(smallScript+"林晚：走", GB18030, false)
	for name, c := range map[string]struct {
		data []byte
		o    Options
		line int
	}{
		"GBK cut in its last character names the last line":    {gb[:len(gb)-1], Options{}, 10},
		"chosen GB18030 cut in its last character does too":    {gb[:len(gb)-1], Options{Encoding: GB18030}, 10},
		"UTF-8 cut in its last character names the last line":  {[]byte(smallScript + "林晚：走")[:len(smallScript)+11], Options{}, 10},
		"UTF-16 cut in its last unit names the last line":      {bytesOf(smallScript+"走", UTF16LE, true)[:len(utf16.Encode([]rune(smallScript)))*2+3], Options{}, 10},
		"a chosen encoding that is wrong names the first line": {gb, Options{Encoding: UTF8}, 1},
		"GBK with a broken byte inside asks without a line":    {slices.Concat(gb[:30], []byte{0xFF}, gb[30:]), Options{}, 0},
		"an unknown encoding is refused":                       {gb, Options{Encoding: "latin1"}, 0},
		"a lone surrogate is refused":                          {[]byte{0xFF, 0xFE, 0x41, 0x00, 0x00, 0xD8, 0x41, 0x00}, Options{}, 1},
		"UTF-8 with a bad byte in the middle names its line":   {[]byte("第1集\n\xFF林晚"), Options{Encoding: UTF8}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			if r := refusal(t, c.data, c.o); r.Code != RefusedEncoding || r.Line != c.line {
				t.Errorf("got %v, want line %d", r, c.line)
			}
		})
	}
}

func TestFilesThatAreNoText(t *testing.T) {
	zero := strings.Repeat("\x00\x01\x02PNG", 50)
	for name, c := range map[string]struct {
		data, code, found string
	}{
		"nothing":                        {"", RefusedEmpty, ""},
		"only blanks":                    {" \r\n\u3000\n\u200b\t\n", RefusedEmpty, ""},
		"only a byte order mark":         {"\xEF\xBB\xBF", RefusedEmpty, ""},
		"only a UTF-16 mark":             {"\xFF\xFE", RefusedEmpty, ""},
		"a picture":                      {"\x89PNG\r\n\x1a\n" + zero, RefusedBinary, "image"},
		"a photograph":                   {"\xFF\xD8\xFF\xE0" + zero, RefusedBinary, "image"},
		"a web page":                     {"<!doctype HTML><html>", RefusedUnsupported, "html"},
		"an old workbook":                {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00", RefusedUnsupported, "xls"},
		"a WPS file":                     {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + "C\x00O\x00N\x00T\x00E\x00N\x00T\x00S\x00", RefusedUnsupported, "wps"},
		"another compound file":          {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + zero, RefusedUnsupported, "ole"},
		"zero bytes":                     {strings.Repeat("\x00", 64), RefusedBinary, ""},
		"control characters and no text": {strings.Repeat("\x01\x02\xff", 40), RefusedBinary, ""},
		"control characters":             {strings.Repeat("\x01\x02\x03a", 40), RefusedBinary, ""},
		"an old Word file":               {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00", RefusedUnsupported, "doc"},
		"a PDF":                          {"%PDF-1.7\n" + zero, RefusedUnsupported, "pdf"},
		"rich text":                      {`{\rtf1\ansi hello}`, RefusedUnsupported, "rtf"},
		"a Final Draft file cut off":     {`<?xml version="1.0"?><FinalDraft DocumentType="Script">`, RefusedBrokenFDX, ""},
		"other XML":                      {`<?xml version="1.0"?><svg></svg>`, RefusedUnsupported, "xml"},
		"a zip that is cut off":          {"PK\x03\x04" + zero, RefusedBrokenDocx, ""},
		"more than sixteen mebibytes":    {strings.Repeat("a", maxBytes+1), RefusedTooLarge, ""},
		"too many lines":                 {strings.Repeat("a\n", maxLines+1), RefusedTooManyLines, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if r := refusal(t, []byte(c.data), Options{Name: "a.txt"}); r.Code != c.code || r.Found != c.found {
				t.Errorf("got %v, want %s %s", r, c.code, c.found)
			}
		})
	}
}

func TestLongLines(t *testing.T) {
	line := strings.Repeat("林晚：", 5<<20/9)
	s := read(t, "第1集\n"+line+"\n1-1 日 内 屋\n")
	if l := s.Episodes[0].Front[1]; l.Kind != KindUnknown || l.Text != line || !warned(s, WarnLongLine, 2) || s.Counts.Scenes != 1 {
		t.Errorf("kind %s, warnings %+v", l.Kind, s.Warnings)
	}
}
