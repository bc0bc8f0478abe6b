package studio_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/script"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const draft = `第一集 归来

1-1 日 外 金沙湖
人物：沈枝
△薄雾。
沈枝：三年了。

1-2 日 内 大剧院
△空座。

1-3 夜 内 后台
化妆师：枝姐。

第二集 屋顶

2-1 夜 外 屋顶
△灯火。
`

func (h house) importText(titleID, text string) studio.ScriptVersion {
	h.t.Helper()
	v, err := h.ImportScript(h.t.Context(), h.admin, titleID, studio.ScriptIn{ScriptFile: studio.ScriptFile{Name: "剧本.txt", Data: []byte(text)}})
	return must(h.t, v, err)
}

// outline writes a title's outline as one line: scene labels by episode, archived ones in brackets.
func (h house) outline(titleID string) string {
	h.t.Helper()
	rows, err := h.Outline(h.t.Context(), h.admin, titleID)
	must(h.t, rows, err)
	var out []string
	for _, e := range rows {
		var scenes []string
		for _, s := range e.Scenes {
			l := s.Label
			if s.Archived {
				l = "(" + l + ")"
			}
			scenes = append(scenes, l)
		}
		line := fmt.Sprintf("%d: %s", e.Episode.Number, strings.Join(scenes, " "))
		if e.Episode.Archived {
			line = "(" + line + ")"
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

// sceneOf finds a scene by its label.
func (h house) sceneOf(titleID, label string) studio.SceneRow {
	h.t.Helper()
	rows, err := h.Outline(h.t.Context(), h.admin, titleID)
	for _, e := range must(h.t, rows, err) {
		for _, s := range e.Scenes {
			if s.Label == label {
				return s
			}
		}
	}
	h.t.Fatalf("no scene %s", label)
	return studio.SceneRow{}
}

// shotsOf lists the labels of a title's shots in order.
func (h house) shotsOf(titleID string) string {
	h.t.Helper()
	l, err := h.TitleShots(h.t.Context(), h.admin, titleID, studio.ShotFilter{}, studio.Page{})
	var out []string
	for _, r := range must(h.t, l, err).Items {
		out = append(out, r.Shot.Label)
	}
	return strings.Join(out, " ")
}

func changes(v studio.ScriptVersion) string {
	return fmt.Sprintf("%d added, %d changed, %d archived", v.Added, v.Changed, v.Archived)
}

func TestImportingAScript(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	f := studio.ScriptFile{Name: `D:\稿\第一稿.txt`, Data: []byte(draft)}
	p, err := h.PreviewScript(ctx, h.admin, title, f)
	if must(t, p, err); p.Added != 4 || p.Script.Counts.Lines != 12 || h.outline(title) != "" {
		t.Fatalf("preview: %d added, %+v, outline %q", p.Added, p.Script.Counts, h.outline(title))
	}
	_, err = h.ImportScript(ctx, h.admin, title, studio.ScriptIn{ScriptFile: studio.ScriptFile{Name: "x", Data: []byte(draft + " ")}, SHA256: p.SHA256})
	refused(t, err, "script.changed")
	v, err := h.ImportScript(ctx, h.admin, title, studio.ScriptIn{ScriptFile: f, SHA256: p.SHA256, Note: "第一稿"})
	if must(t, v, err); v.Number != 1 || v.File != "第一稿.txt" || changes(v) != "4 added, 0 changed, 0 archived" || v.Note != "第一稿" {
		t.Errorf("got %+v", v)
	}
	if got := h.outline(title); got != "1: 1-1 1-2 1-3; 2: 2-1" {
		t.Errorf("outline %s", got)
	}
	if b := h.board(title); b.Episodes != 2 || b.Scenes != 4 {
		t.Errorf("counted %d and %d", b.Episodes, b.Scenes)
	}
	sc, err := h.Scene(ctx, h.admin, h.sceneOf(title, "1-1").ID)
	if must(t, sc, err); sc.Place != "金沙湖" || sc.Time != "日" || sc.Interior != "外" || len(sc.Lines) != 4 || sc.Lines[3].Speaker != "沈枝" || sc.ScriptID != v.ID {
		t.Errorf("got %+v", sc)
	}
	t.Run("the file is kept as it came", func(t *testing.T) {
		file, err := h.ScriptOriginal(ctx, h.admin, v.ID)
		must(t, file, err)
		b, err := io.ReadAll(file)
		if must(t, b, errors.Join(err, file.Close())); string(b) != draft || file.Inline {
			t.Errorf("got %d bytes, inline %t", len(b), file.Inline)
		}
	})
	t.Run("the same again changes nothing but the list of versions", func(t *testing.T) {
		again := h.importText(title, draft)
		if changes(again) != "0 added, 0 changed, 0 archived" || again.Number != 2 || h.outline(title) != "1: 1-1 1-2 1-3; 2: 2-1" {
			t.Errorf("%s, %s", changes(again), h.outline(title))
		}
		l, err := h.Scripts(ctx, h.admin, title)
		if must(t, l, err); len(l) != 2 || l[0].ID != again.ID || l[0].Front != nil {
			t.Errorf("versions %+v", l)
		}
	})
	t.Run("it happens once for one key", func(t *testing.T) {
		a := h.admin
		a.Once = studio.Once{Key: "k", Hash: "h"}
		in := studio.ScriptIn{ScriptFile: studio.ScriptFile{Data: []byte(draft)}}
		first, err := h.ImportScript(ctx, a, title, in)
		must(t, first, err)
		second, err := h.ImportScript(ctx, a, title, in)
		if must(t, second, err); second.ID != first.ID || second.Number != 3 {
			t.Errorf("got %+v", second)
		}
	})
}

func TestANewVersionOfAScript(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	h.importText(title, draft)
	for _, label := range []string{"1-1", "1-2", "1-3", "2-1"} {
		h.shot(h.sceneOf(title, label).ID)
	}
	second := h.sceneOf(title, "1-2")
	var kept studio.Shot
	rows, err := h.SceneShots(t.Context(), h.admin, second.ID)
	kept = must(t, rows, err)[0].Shot
	h.pick(kept.ID, h.take(kept.ID, 1).ID, "")

	v := h.importText(title, strings.Replace(draft, "三年了。", "五年了。", 1))
	if changes(v) != "0 added, 1 changed, 0 archived" {
		t.Errorf("one line changed: %s", changes(v))
	}
	v = h.importText(title, strings.Replace(draft, "1-3 夜 内 后台", "1-2A 夜 内 走廊\n△脚步。\n\n1-3 夜 内 后台", 1))
	if changes(v) != "1 added, 1 changed, 0 archived" || h.outline(title) != "1: 1-1 1-2 1-2A 1-3; 2: 2-1" {
		t.Errorf("one scene came: %s, %s", changes(v), h.outline(title))
	}
	h.shot(h.sceneOf(title, "1-2A").ID)
	if got := h.shotsOf(title); got != "E01-S01-001 E01-S02-001 E01-S02A-001 E01-S03-001 E02-S01-001" {
		t.Errorf("shots follow their scenes: %s", got)
	}
	v = h.importText(title, strings.Replace(draft, "1-2 日 内 大剧院\n△空座。\n\n", "", 1))
	if changes(v) != "0 added, 0 changed, 2 archived" || h.outline(title) == "1: 1-1 1-2 1-3; 2: 2-1" {
		t.Errorf("one scene went: %s, %s", changes(v), h.outline(title))
	}
	if b := h.board(title); b.Scenes != 3 || b.Shots != 5 || b.Picked != 1 {
		t.Errorf("counted %+v", b)
	}
	if got := h.see(kept.ID); got.Shot.Pick == nil || got.Takes != 1 || !got.Scene.Archived {
		t.Errorf("the work of an archived scene went: %+v", got)
	}
	t.Run("shots of two scenes never mix", func(t *testing.T) { h.inOneRow(title) })
	t.Run("a scene that comes back is itself again", func(t *testing.T) {
		v := h.importText(title, draft)
		if changes(v) != "0 added, 1 changed, 0 archived" || h.sceneOf(title, "1-2").ID != second.ID || h.board(title).Scenes != 4 {
			t.Errorf("%s, %s", changes(v), h.outline(title))
		}
		h.inOneRow(title)
	})
	t.Run("an episode that went comes back too", func(t *testing.T) {
		v := h.importText(title, draft[:strings.Index(draft, "第二集")])
		if v.Archived != 1 || h.board(title).Episodes != 1 || !strings.Contains(h.outline(title), "(2: (2-1))") {
			t.Errorf("%s, %s", changes(v), h.outline(title))
		}
		if h.importText(title, draft); h.board(title).Episodes != 2 || h.board(title).Scenes != 4 {
			t.Errorf("outline %s", h.outline(title))
		}
	})
}

// inOneRow checks that going from shot to shot passes each once, scene by scene, no two with one label.
func (h house) inOneRow(titleID string) {
	h.t.Helper()
	l, err := h.TitleShots(h.t.Context(), h.admin, titleID, studio.ShotFilter{}, studio.Page{})
	items := must(h.t, l, err).Items
	left, labels := map[string]bool{}, map[string]bool{}
	for i, r := range items {
		if i > 0 && items[i-1].Shot.SceneID != r.Shot.SceneID {
			if left[r.Shot.SceneID] {
				h.t.Errorf("shots of two scenes are mixed: %s", h.shotsOf(titleID))
			}
			left[items[i-1].Shot.SceneID] = true
		}
		if labels[r.Shot.Label] {
			h.t.Errorf("two shots are called %s", r.Shot.Label)
		}
		labels[r.Shot.Label] = true
		next := ""
		if i+1 < len(items) {
			next = items[i+1].Shot.ID
		}
		if p := h.see(r.Shot.ID); p.Next != next || i > 0 && p.Previous != items[i-1].Shot.ID {
			h.t.Errorf("the neighbours of shot %d (%s) are others", i, r.Shot.Label)
		}
	}
}

func TestScenesAddedByHand(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	first := h.scene(title)
	e := first.EpisodeID
	extra, err := h.AddScene(ctx, h.admin, e, studio.SceneIn{Label: "补拍", Place: "湖边"})
	must(t, extra, err)
	for _, id := range []string{first.ID, first.ID, extra.ID, extra.ID} {
		h.shot(id)
	}
	v := h.importText(title, draft)
	if v.Archived != 0 || h.sceneOf(title, "补拍").Archived {
		t.Errorf("a scene added by hand was archived: %s", h.outline(title))
	}
	if h.sceneOf(title, "1-1").ID != first.ID {
		t.Error("a scene of the same label was added twice")
	}
	for _, label := range []string{"1-2", "1-3"} {
		h.shot(h.sceneOf(title, label).ID)
	}
	h.inOneRow(title)
	before := h.shotsOf(title)
	if v := h.importText(title, draft); changes(v) != "0 added, 0 changed, 0 archived" || h.shotsOf(title) != before {
		t.Errorf("the same again: %s, %s", changes(v), h.shotsOf(title))
	}
	t.Run("an episode is there once", func(t *testing.T) {
		_, err := h.AddEpisode(ctx, h.admin, title, studio.EpisodeIn{Number: 2})
		refused(t, err, "episode.number")
		for _, n := range []int{-1, 10_000} {
			_, err := h.AddEpisode(ctx, h.admin, title, studio.EpisodeIn{Number: n})
			refused(t, err, "invalid.number")
		}
		next, err := h.AddEpisode(ctx, h.admin, title, studio.EpisodeIn{Name: "番外"})
		if must(t, next, err); next.Number != 3 {
			t.Errorf("number %d", next.Number)
		}
	})
}

func TestScenesWithoutNumbers(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	text := func(places ...string) string {
		var b strings.Builder
		for _, p := range places {
			b.WriteString("INT. " + p + " - DAY\n\nA door opens.\n\n")
		}
		return b.String()
	}
	read := func(places ...string) studio.ScriptVersion {
		v, err := h.ImportScript(t.Context(), h.admin, title, studio.ScriptIn{ScriptFile: studio.ScriptFile{Name: "a.fountain", Data: []byte(text(places...))}})
		return must(t, v, err)
	}
	read("LOBBY", "STAGE", "ROOF")
	rows, err := h.Outline(t.Context(), h.admin, title)
	for _, sc := range must(t, rows, err)[0].Scenes {
		h.shot(sc.ID)
	}
	if v := read("LOBBY", "CELLAR", "ROOF"); changes(v) != "1 added, 0 changed, 1 archived" {
		t.Errorf("got %s", changes(v))
	}
	rows, err = h.Outline(t.Context(), h.admin, title)
	for _, sc := range must(t, rows, err)[0].Scenes {
		if sc.Shots == 0 {
			h.shot(sc.ID)
		}
	}
	h.inOneRow(title)
}

func TestTwoScenesOfOneLabel(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	const twice = "第一集\n\n1-1 日 内 甲\n△一。\n\n1-1 夜 内 乙\n△二。\n"
	h.importText(title, twice)
	rows, err := h.Outline(t.Context(), h.admin, title)
	scenes := must(t, rows, err)[0].Scenes
	if len(scenes) != 2 || scenes[0].Place != "甲" || scenes[1].Place != "乙" || scenes[0].Code == scenes[1].Code {
		t.Fatalf("got %+v", scenes)
	}
	if v := h.importText(title, strings.Replace(twice, "△二。", "△三。", 1)); changes(v) != "0 added, 1 changed, 0 archived" {
		t.Errorf("got %s", changes(v))
	}
	sc, err := h.Scene(t.Context(), h.admin, scenes[1].ID)
	if must(t, sc, err); sc.Lines[1].Text != "△三。" {
		t.Errorf("the second is %+v", sc.Lines)
	}
}

func TestEveryEncodingGivesTheSameOutline(t *testing.T) {
	h := newHouse(t)
	enc := func(b []byte, err error) []byte { return must(t, b, err) }
	for name, c := range map[string]struct {
		data   []byte
		chosen script.Encoding
		found  script.Encoding
	}{
		"UTF-8":             {[]byte(draft), "", script.UTF8},
		"UTF-8 with a mark": {[]byte("\uFEFF" + draft), "", script.UTF8BOM},
		"GB18030":           {enc(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(draft))), "", script.GB18030},
		"GB18030, chosen":   {enc(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(draft))), script.GB18030, script.GB18030},
		"UTF-16 little":     {enc(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(draft))), "", script.UTF16LE},
		"UTF-16 big":        {enc(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(draft))), "", script.UTF16BE},
		"lines of Windows":  {[]byte(strings.ReplaceAll(draft, "\n", "\r\n")), "", script.UTF8},
	} {
		t.Run(name, func(t *testing.T) {
			title := h.title(name)
			v, err := h.ImportScript(t.Context(), h.admin, title, studio.ScriptIn{ScriptFile: studio.ScriptFile{Name: "a.txt", Data: c.data, Encoding: c.chosen}})
			must(t, v, err)
			if got := h.outline(title); v.Encoding != c.found || !strings.HasPrefix(got, "1: 1-1 1-2 1-3") {
				t.Errorf("%s gave %s", v.Encoding, got)
			}
		})
	}
	t.Run("real files of both encodings", func(t *testing.T) {
		var got []string
		for _, name := range []string{"b-labelled.txt", "b-labelled.gbk-crlf.txt"} {
			data, err := os.ReadFile(samples(t, "scripts/"+name))
			must(t, data, err)
			title := h.title(name)
			v := h.importText(title, string(data))
			got = append(got, fmt.Sprint(h.outline(title), v.Counts))
		}
		if got[0] != got[1] || len(got[0]) < 100 {
			t.Errorf("%v", got)
		}
	})
}

func TestScriptsThatAreNotRead(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(draft))
	must(t, gbk, err)
	for name, c := range map[string]struct {
		data   []byte
		code   string
		chosen script.Encoding
	}{
		"nothing":                 {nil, "script.empty", ""},
		"blanks only":             {[]byte(" \n\t\n"), "script.empty", ""},
		"a picture named .txt":    {picture(t, 1, ""), "script.binary", ""},
		"a broken Word file":      {[]byte("PK\x03\x04" + strings.Repeat("x", 100)), "script.broken_docx", ""},
		"an old Word file":        {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), "script.unsupported", ""},
		"GBK cut in a character":  {gbk[:len(gbk)-2], "script.encoding", script.GB18030},
		"more than sixteen MB":    {bytes.Repeat([]byte("a\n"), studio.ScriptLimit/2+1), "script.too_large", ""},
		"a quarter million lines": {bytes.Repeat([]byte("a\n"), 250_000), "script.too_many_lines", ""},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			f := studio.ScriptFile{Name: "剧本.txt", Data: c.data, Encoding: c.chosen}
			_, err := h.PreviewScript(t.Context(), h.admin, title, f)
			refused(t, err, c.code)
			_, err = h.ImportScript(t.Context(), h.admin, title, studio.ScriptIn{ScriptFile: f})
			refused(t, err, c.code)
		})
	}
	_, err = h.ImportScript(t.Context(), h.admin, title, studio.ScriptIn{ScriptFile: studio.ScriptFile{Data: []byte(draft)}, Note: "a\u202eb"})
	refused(t, err, "invalid.note")
	if got := h.outline(title); got != "" || h.board(title).Scenes != 0 {
		t.Errorf("a refused import left %s", got)
	}
	if v := h.importText(title, strings.Repeat("很长的一行", 5<<20/15)); v.Number != 1 || len(v.Warnings) == 0 {
		t.Errorf("five megabytes in one line gave version %d, %d warnings", v.Number, len(v.Warnings))
	}
}
