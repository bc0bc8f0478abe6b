package studio_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"chouka/server/studio"
	"chouka/server/studio/script"
)

func TestAScriptWrittenAnew(t *testing.T) {
	h := newHouse(t)
	title := h.title("湖心/来信?")
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(draft))
	v, err := h.ImportScript(t.Context(), h.admin, title, studio.ScriptIn{ScriptFile: studio.ScriptFile{Name: "第一稿.txt", Data: must(t, gbk, err)}})
	must(t, v, err)
	for _, format := range []string{"txt", "docx", "fountain"} {
		d, err := h.ScriptText(t.Context(), h.admin, v.ID, format)
		if must(t, d, err); d.Name != "湖心来信 v1."+format || d.Type == "" {
			t.Errorf("%s is called %s, %s", format, d.Name, d.Type)
		}
		again, err := script.Read(d.Data, script.Options{Name: d.Name})
		if must(t, again, err); again.Counts.Scenes != v.Counts.Scenes || again.Counts.Speeches != v.Counts.Speeches || string(again.Format) != format {
			t.Errorf("%s is read as %+v, want %+v", format, again.Counts, v.Counts)
		}
		if format == "txt" && string(d.Data) != "\ufeff"+strings.ReplaceAll(draft, "\n", "\r\n") {
			t.Errorf("the lines are not those of the file: %q", d.Data)
		}
	}
	_, err = h.ScriptText(t.Context(), h.admin, v.ID, "pdf")
	refused(t, err, "invalid.format")
	_, err = h.ScriptText(t.Context(), h.admin, "nothing", "txt")
	refused(t, err, "unknown.script")
	_, err = h.ScriptText(t.Context(), studio.Actor{}, v.ID, "txt")
	if !studio.IsKind(err, studio.SignedOut) {
		t.Errorf("nobody gets %v", err)
	}
}

func TestCorrectionsInAPreview(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	f := studio.ScriptFile{Name: "a.txt", Data: []byte("第1集\n1-1 日 内 屋\n店小二：里面请。\n后院\n△走。\n")}
	f.Corrections = []studio.Correction{{Line: 3, Kind: script.KindSpeech}, {Line: 4, Kind: script.KindScene}}
	p, err := h.PreviewScript(t.Context(), h.admin, title, f)
	if must(t, p, err); p.Script.Counts.Speeches != 1 || p.Script.Counts.Scenes != 2 || p.Added != 2 {
		t.Errorf("got %+v", p.Script.Counts)
	}
	for _, c := range []studio.Correction{{Line: 0, Kind: script.KindNote}, {Line: 99, Kind: script.KindNote}, {Line: 6, Kind: script.KindNote}, {Line: 3, Kind: "verse"}} {
		f.Corrections = []studio.Correction{c}
		_, err := h.PreviewScript(t.Context(), h.admin, title, f)
		refused(t, err, "script.correction")
	}
}
