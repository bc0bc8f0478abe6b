package genmeta

import (
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestAWholeFileIsDecodedByItsBytes(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	gb := func(s string) []byte {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	mark := func(m string, b []byte) []byte { return append([]byte(m), b...) }
	wide := func(order binary.AppendByteOrder, s string) []byte { return utf16Text(order, s)[8:] }
	const chinese, pure = "雨夜，女主站在街口\nNegative prompt: 模糊", "雨夜里女主站在街口等待他的归来"
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"UTF-8", []byte(chinese), chinese},
		{"UTF-8 with a mark", mark("\xEF\xBB\xBF", []byte(chinese)), chinese},
		{"UTF-16 with a mark, low byte first", mark("\xFF\xFE", wide(le, chinese)), chinese},
		{"UTF-16 with a mark, high byte first", mark("\xFE\xFF", wide(be, chinese)), chinese},
		{"UTF-16 without a mark, low byte first", wide(le, chinese), chinese},
		{"UTF-16 without a mark, high byte first", wide(be, chinese), chinese},
		{"UTF-16 of English, low byte first", wide(le, duckText), duckText},
		{"UTF-16 of English, high byte first", wide(be, duckText), duckText},
		{"UTF-16 of Chinese alone, low byte first", wide(le, pure), pure},
		{"UTF-16 of Chinese alone, high byte first", wide(be, pure), pure},
		{"UTF-16 that could be GB18030", wide(be, "雨中看着"), "雨中看着"},
		{"GB18030", gb(chinese), chinese},
		{"GB18030 of Chinese alone", gb(pure), pure},
		{"GB18030 with four-byte characters", gb("雨夜，\U00020000街口。"), "雨夜，\U00020000街口。"},
		{"GB18030 of old characters", gb("飛龍在天，國慶"), "飛龍在天，國慶"},
		{"GB18030 in English", gb("a very long English line with one word, 鸭子, in it"), "a very long English line with one word, 鸭子, in it"},
		{"Latin-1", []byte("un canard tr\xE8s d\xE9licat"), "un canard très délicat"},
		{"one NUL in UTF-8", []byte("a du\x00ck of some length"), "a du\x00ck of some length"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := decodeFile(c.b); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// beside gives the one record that a side file is turned into.
func beside(t *testing.T, name string, b []byte) Record {
	t.Helper()
	r := ReadBeside(name, b)
	if len(r.Records) == 0 {
		t.Fatalf("%s gives no record: %+v", name, r)
	}
	return r.Records[0]
}

func TestASideFileIsWhatItHoldsNotWhatItIsCalled(t *testing.T) {
	for _, c := range []struct{ name, content, source string }{
		{"a.json", `{"prompt":"a duck"}`, "sidecar:json"},
		{"a.txt", ` {"prompt":"a duck"}`, "sidecar:json"},
		{"a.txt", `{"prompt":NaN}`, "sidecar:json"},
		{"a.txt", `[{"prompt":"a duck"}]`, "sidecar:json"},
		{"a.txt", duckText, "sidecar:txt"},
		{"a.json", "not JSON", "sidecar:txt"},
		{"a.json", `{broken`, "sidecar:txt"},
		{"a.txt", "[a|b] duck, (red:1.2)", "sidecar:txt"},
		{"a.xmp", string(xmpPacket(`exif:UserComment="x"`, "")), "sidecar:xmp"},
		{"a.txt", strings.TrimPrefix(string(xmpPacket(`exif:UserComment="x"`, "")), "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"), "sidecar:xmp"},
	} {
		got := beside(t, c.name, []byte(c.content))
		if got.Name != c.source || got.Text != strings.TrimSpace(c.content) && c.source != "sidecar:xmp" {
			t.Errorf("%s with %.30q is %s with %.60q", c.name, c.content, got.Name, got.Text)
		}
	}
	if r := ReadBeside("a.xmp", xmpPacket(`exif:UserComment="x"`, "")); len(r.Records) != 2 || r.Records[1].Name != "sidecar:xmp.exif.UserComment" {
		t.Errorf("records %+v", r.Records)
	}
	if r := ReadBeside("a.txt", []byte(`{"AIGC":{"Label":"1"}}`)); r.Label == nil || r.Label.Source != "sidecar:json" {
		t.Errorf("label %+v", r.Label)
	}
}

func TestASideFileOfNothingOrOfTooMuchSaysNothing(t *testing.T) {
	for _, b := range [][]byte{nil, {}, []byte(" \n\x00"), []byte("\xEF\xBB\xBF")} {
		if r := ReadBeside("a.txt", b); len(r.Records)+len(r.Fields)+len(r.Notes) > 0 {
			t.Errorf("%q gives %+v", b, r)
		}
	}
	r := ReadBeside("a.txt", make([]byte, maxText+1))
	if len(r.Notes) != 1 || r.Notes[0] != NoteTruncated || len(r.Records) > 0 {
		t.Errorf("a huge file gives %v, %d records", r.Notes, len(r.Records))
	}
	if r := ReadBeside("a.xmp", []byte("<x:xmpmeta><broken")); len(r.Notes) != 1 || r.Notes[0] != NoteUnreadable {
		t.Errorf("broken XMP gives %v", r.Notes)
	}
}
