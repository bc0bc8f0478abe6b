package script

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// measured reads and says how long it took and what it allocated in all, in MiB.
func measured(data []byte, name string) (*Script, time.Duration, uint64, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	s, err := Read(data, Options{Name: name})
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	return s, took, (after.TotalAlloc - before.TotalAlloc) >> 20, err
}

func TestHostileInput(t *testing.T) {
	laughs := `<!DOCTYPE lolz [<!ENTITY lol "lol">`
	for i := 1; i < 10; i++ {
		laughs += fmt.Sprintf(`<!ENTITY lol%d "%s">`, i, strings.Repeat(fmt.Sprintf("&lol%d;", i-1), 10))
	}
	bomb := word(map[string]string{"word/document.xml": body(strings.Repeat(" ", 96<<20))})
	page := strings.Repeat("△门开了。\n林晚：你来了。\n", 25) + "\n"
	for _, c := range []struct {
		name, file, code string
		data             []byte
	}{
		{"a Word file of 96 MiB of nothing", "a.docx", RefusedTooLarge, bomb},
		{"a Word file of 17 MiB in one paragraph", "a.docx", RefusedTooLarge, word(map[string]string{"word/document.xml": body(para(strings.Repeat("a", 17<<20)))})},
		{"a Word file of three and a half million runs", "a.docx", RefusedBrokenDocx, word(map[string]string{"word/document.xml": body("<w:p>" + strings.Repeat("<w:r/>", 3_500_000) + "</w:p>")})},
		{"a Word file whose numbering is a bomb", "a.docx", RefusedTooLarge, word(map[string]string{"word/document.xml": body(para("a")), "word/numbering.xml": strings.Repeat(" ", 65<<20)})},
		{"a Word file nested a million deep", "a.docx", RefusedBrokenDocx, word(map[string]string{"word/document.xml": body(strings.Repeat("<w:sdt>", 1_000_000))})},
		{"a Word file cut in half", "a.docx", RefusedBrokenDocx, bomb[:len(bomb)/2]},
		{"a Word file with an external entity", "a.docx", RefusedBrokenDocx, word(map[string]string{"word/document.xml": `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + body(para("&x;"))})},
		{"Final Draft with an external entity", "a.fdx", RefusedBrokenFDX, []byte(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><FinalDraft><Content>` + fdxPara("Action", "&e;") + `</Content></FinalDraft>`)},
		{"Final Draft with a billion laughs", "a.fdx", RefusedBrokenFDX, []byte(laughs + `]><FinalDraft><Content>` + fdxPara("Action", "&lol9;") + `</Content></FinalDraft>`)},
		{"Final Draft nested a million deep", "a.fdx", RefusedBrokenFDX, []byte(`<FinalDraft><Content>` + strings.Repeat("<a>", 1_000_000))},
		{"zero bytes", "a.txt", RefusedBinary, []byte("第1集\n\x00\x00林晚\n")},
		{"a picture called .txt", "a.txt", RefusedBinary, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + strings.Repeat("\x00\x07", 999))},
		{"a picture called .docx", "a.docx", RefusedBinary, []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF" + strings.Repeat("\x00\x07", 999))},
		{"text of two thousand pages", "a.txt", "", []byte(strings.Repeat(page, 2000))},
		{"seventeen megabytes", "a.txt", RefusedTooLarge, make([]byte, 17<<20)},
		{"sixteen megabytes of brackets", "a.txt", "", []byte(strings.Repeat("（", 5<<20))},
		{"nine thousand colons on one line", "a.txt", "", []byte("第1集\n" + strings.Repeat("林：", 9_000))},
		{"Fountain of comment marks", "a.fountain", "", []byte(strings.Repeat("/*[[", 1<<20))},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, took, mib, err := measured(c.data, c.file)
			var r *RefusedError
			switch {
			case c.code == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.code != "" && (!errors.As(err, &r) || r.Code != c.code || s != nil):
				t.Errorf("got %v, want %s", err, c.code)
			}
			t.Logf("%d bytes, %s, %d MiB: %v", len(c.data), took.Round(time.Millisecond), mib, err)
		})
	}
}

func TestAHundredEpisodes(t *testing.T) {
	data := []byte(longScript(100))
	s, took, mib, err := measured(data, "a.txt")
	if err != nil || s.Counts.Episodes != 100 || s.Counts.Scenes != 400 || s.Counts.Speeches != 32_000 || len(s.Warnings) != 0 {
		t.Fatalf("%v %+v", err, s.Counts)
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "bytes\tlines\tepisodes\tscenes\tspeeches\tread\tallocated")
	fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%s\t%d MiB\n", len(data), s.Counts.Lines, s.Counts.Episodes, s.Counts.Scenes, s.Counts.Speeches, took.Round(time.Millisecond), mib)
	_ = w.Flush()
	t.Log("\n" + b.String())
}
