package studio_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	h := newImportHouse(t)
	first := h.importFile(h.admin, "红果.csv", importList)
	p := h.importPreview(h.admin, "红果.csv", importList)
	if p.Before == nil || p.Before.ID != first.Import.ID || p.Count.New+p.Count.Up+p.Count.Down+p.Count.Older != 0 || p.Count.Duplicate != 9 {
		t.Fatalf("got %+v before %+v", p.Count, p.Before)
	}
	before, err := h.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.clock.now = h.clock.now.Add(time.Hour)
	for _, in := range []studio.KeptFigures{importKept(p), {SHA256: p.SHA256, Name: "another.csv"}} {
		out, err := h.ImportFigures(t.Context(), h.admin, in)
		if err != nil || out.Outcome != "same" || out.Import.ID != first.Import.ID || len(out.Changes) != 0 {
			t.Fatalf("got %+v, %v", out, err)
		}
	}
	if after, err := h.Digest(t.Context()); err != nil || after != before {
		t.Errorf("the store has changed: %v", err)
	}
}

func TestACorrectionTakesAMilestoneBack(t *testing.T) {
	h := newImportHouse(t)
	h.importFile(h.admin, "红果_20260306_0900.csv", "剧名,平台,日期,播放量\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,1.2亿\n")
	text := "剧名,平台,日期,播放量\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,9000万\n"
	p := h.importPreview(h.admin, "红果_20260307_0900.csv", text)
	if p.ExportedFrom != "name" || p.Count.Down != 1 || len(p.Corrections) != 1 || p.Corrections[0].From != 120_000_000 || p.Corrections[0].To != 90_000_000 || p.Corrections[0].Row != 2 {
		t.Fatalf("got %+v, %+v", p.Count, p.Corrections)
	}
	if !slices.ContainsFunc(p.Milestones, func(m studio.MilestoneRow) bool { return m.Threshold == 100_000_000 && m.State == studio.Withdrawn }) {
		t.Errorf("the preview says %+v", p.Milestones)
	}
	out := h.importFile(h.admin, "红果_20260307_0900.csv", text)
	f := h.figures(h.snake)
	at := slices.IndexFunc(f.Milestones, func(m studio.MilestoneRow) bool { return m.Threshold == 100_000_000 })
	if at < 0 || f.Milestones[at].State != studio.Withdrawn || !strings.Contains(f.Milestones[at].Why, "红果_20260307_0900.csv") {
		t.Fatalf("got %+v", f.Milestones)
	}
	reading, err := h.Reading(t.Context(), h.admin, f.Milestones[at].ReadingID)
	if err != nil || reading.Now.Text != "9000万" || reading.Now.Origin.Row != 2 || reading.Now.Origin.Import != out.Import.ID || len(reading.Past) != 1 {
		t.Fatalf("got %+v, %v", reading, err)
	}
	t.Run("an older file does not bring it back", func(t *testing.T) {
		h := h
		h.t = t
		older := h.importFile(h.admin, "红果_20260305_2300.csv", "剧名,平台,日期,播放量\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,1.5亿\n")
		if older.Count.Older != 1 || len(older.Changes) != 0 {
			t.Errorf("got %+v", older)
		}
	})
	t.Run("taking the correction back does, and the file can come again", func(t *testing.T) {
		h := h
		h.t = t
		undone, err := h.UndoFigures(t.Context(), h.admin, out.Import.ID)
		if err != nil || undone.Outcome != "undone" || len(undone.Changes) == 0 || undone.Import.Undone == nil {
			t.Fatalf("got %+v, %v", undone, err)
		}
		if f := h.figures(h.snake); f.Plays.Value != 120_000_000 {
			t.Errorf("got %+v", f.Plays)
		}
		_, err = h.UndoFigures(t.Context(), h.admin, out.Import.ID)
		refused(t, err, "import.undone")
		if again := h.importFile(h.admin, "红果_20260307_0900.csv", text); again.Outcome != "done" || again.Count.Down != 1 {
			t.Errorf("got %+v", again)
		}
	})
}

func TestNamesThatNoTitleAnswersTo(t *testing.T) {
	h := newImportHouse(t)
	li, other := h.title("李丽"), h.title("同名")
	h.title("同 名")
	h.release(li, "红果短剧", "2026-03-01")
	table := "剧名,平台,日期,播放量\n李莉,红果短剧,2026-03-05,100\n《李 丽》,红果短剧,2026-03-05,200\n同名,红果短剧,2026-03-05,3\n娇藏京枝,抖音,2026-03-05,4\n从赖皮蛇开始吞噬进化,红果短剧,2026-03-05,1.1亿\n从赖皮蛇开始吞噬进化,红果短剧,2026-03-06,1.3亿\n"
	p := h.importPreview(h.admin, "a.csv", table)
	var said []string
	for _, u := range p.Unmatched {
		said = append(said, fmt.Sprintf("%s %s %d %s", u.Platform, u.Name, u.Rows, u.Why))
	}
	slices.Sort(said)
	if got := strings.Join(said, "\n"); got != "抖音 娇藏京枝 1 no_release\n红果短剧 从赖皮蛇开始吞噬进化 2 no_title\n红果短剧 同名 1 several\n红果短剧 李莉 1 no_title" || p.Count.New != 1 {
		t.Fatalf("got %s, %+v", got, p.Count)
	}
	if s := p.Unmatched[0].Suggestions; len(s) == 0 || s[0].TitleID != h.snake || s[0].ReleaseID != h.snakeHere.ID || s[0].Likeness < 60 {
		t.Errorf("got %+v", s)
	}
	first := h.importFile(h.admin, "a.csv", table)
	list, err := h.Strays(t.Context(), h.admin, studio.Page{})
	if err != nil || len(list.Items) != 4 || list.Items[0].Stray.Rows != 2 {
		t.Fatalf("got %+v, %v", list, err)
	}
	id := map[string]string{}
	for _, x := range list.Items {
		id[x.Stray.Name] = x.Stray.ID
	}
	out, err := h.MatchStray(t.Context(), h.admin, id["从赖皮蛇开始吞噬进化"], studio.MatchIn{ReleaseID: h.snakeHere.ID})
	if err != nil || out.Count.New != 2 || len(out.Changes) == 0 || h.figures(h.snake).Plays.Value != 130_000_000 {
		t.Fatalf("got %+v, %v", out, err)
	}
	if i, err := h.Import(t.Context(), h.admin, first.Import.ID); err != nil || i.Count.Unmatched != 3 || i.Count.New != 3 {
		t.Errorf("got %+v, %v", i.Count, err)
	}
	if next := h.importFile(h.admin, "b.csv", "剧名,平台,日期,播放量\n从赖皮蛇开始吞噬进化,红果短剧,2026-03-07,1.4亿\n"); next.Count.New != 1 {
		t.Errorf("the alias is not known: %+v", next.Count)
	}
	out, err = h.MatchStray(t.Context(), h.admin, id["娇藏京枝"], studio.MatchIn{TitleID: h.jiao})
	if err != nil || out.Count.New != 1 || len(h.figures(h.jiao).Releases) != 2 {
		t.Fatalf("got %+v, %v", out, err)
	}
	_, err = h.MatchStray(t.Context(), h.admin, id["同名"], studio.MatchIn{ReleaseID: h.release(other, "快手", "2026-03-01").ID})
	refused(t, err, "invalid.release_id")
	h.ignoring(id["李莉"], h.snake)
	if _, err := h.UndoFigures(t.Context(), h.admin, first.Import.ID); err != nil {
		t.Fatal(err)
	}
	if list, err := h.Strays(t.Context(), h.admin, studio.Page{}); err != nil || len(list.Items) != 0 || h.figures(h.snake).Plays.Value != 140_000_000 {
		t.Errorf("after the undo: %+v, %v", list, err)
	}
}

// ignoring leaves a name out and takes it back in.
func (h importHouse) ignoring(id, title string) {
	h.t.Helper()
	t := h.t
	if x, err := h.IgnoreStray(t.Context(), h.admin, id, true); err != nil || !x.Ignored {
		t.Fatalf("got %+v, %v", x, err)
	}
	if list, err := h.Strays(t.Context(), h.admin, studio.Page{}); err != nil || len(list.Items) != 1 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if x, err := h.IgnoreStray(t.Context(), h.admin, id, false); err != nil || x.Ignored {
		t.Fatalf("got %+v, %v", x, err)
	}
	stranger := h.as(studio.RoleDistributor, title)
	stranger.Person.ID = "somebody else"
	_, err := h.IgnoreStray(t.Context(), stranger, id, true)
	refused(t, err, "unknown.stray")
}

func TestTitlesAreListedByAnImport(t *testing.T) {
	h := newImportHouse(t)
	p := h.importPreview(h.admin, "抖音_20260307.csv", "剧名,平台,日期,播放量,热度\n娇藏京枝,抖音,2026-03-05,2000万,2千万\n从顽皮蛇开始吞噬进化,抖音,2026-03-05,5,\n")
	in := importKept(p)
	in.Choice.NewReleases = true
	p, err := h.PreviewKeptFigures(t.Context(), h.admin, in)
	if err != nil || len(p.NewReleases) != 2 || p.NewReleases[0].Platform != "抖音" || p.Count.Releases != 2 || p.Count.New != 3 {
		t.Fatalf("got %+v, %+v, %v", p.NewReleases, p.Count, err)
	}
	out, err := h.ImportFigures(t.Context(), h.admin, importKept(p))
	if err != nil || out.Count.Releases != 2 {
		t.Fatalf("got %+v, %v", out, err)
	}
	if f := h.figures(h.jiao); len(f.Releases) != 2 || f.Plays.Value != 20_000_000 {
		t.Fatalf("got %+v", f)
	}
	undone, err := h.UndoFigures(t.Context(), h.admin, out.Import.ID)
	if err != nil || undone.Count.Releases != 1 {
		t.Fatalf("got %+v, %v", undone, err)
	}
	// The heat that it reached stays told, so the release stays with it; the other one goes.
	if a, b := h.figures(h.jiao), h.figures(h.snake); len(a.Releases) != 2 || a.Plays != nil || len(b.Releases) != 1 {
		t.Errorf("got %+v and %+v", a.Releases, b.Releases)
	}
	if again, err := h.ImportFigures(t.Context(), h.admin, importKept(p)); err != nil || again.Count.Releases != 1 || again.Outcome != "done" {
		t.Errorf("got %+v, %v", again, err)
	}
}

func TestADistributorImportsTheirTitleOnly(t *testing.T) {
	h := newImportHouse(t)
	d := h.as(studio.RoleDistributor, h.jiao)
	d.Person.ID, d.Person.Name = "d", "运营"
	d.Roles[h.snake] = studio.RoleViewer
	table := "剧名,平台,日期,播放量\n娇藏京枝,红果短剧,2026-03-05,100\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,200\n没有这部剧,红果短剧,2026-03-05,5\n"
	p := h.importPreview(d, "a.csv", table)
	if p.Count.New != 1 || p.Count.Unmatched != 2 || p.Unmatched[0].Why != p.Unmatched[1].Why || len(p.Unmatched[0].Suggestions)+len(p.Unmatched[1].Suggestions) != 0 {
		t.Fatalf("got %+v, %+v", p.Count, p.Unmatched)
	}
	out, err := h.ImportFigures(t.Context(), d, importKept(p))
	if err != nil || h.figures(h.snake).Plays != nil || h.figures(h.jiao).Plays.Value != 100 {
		t.Fatalf("got %+v, %v", out, err)
	}
	in := importKept(p)
	in.Choice.ReleaseID = h.snakeHere.ID
	_, err = h.PreviewKeptFigures(t.Context(), d, in)
	refused(t, err, "forbidden.reading.enter")
	other := h.as(studio.RoleDistributor, h.snake)
	other.Person.ID = "o"
	for name, try := range map[string]func(studio.Actor) error{
		"read": func(a studio.Actor) error { _, err := h.Import(t.Context(), a, out.Import.ID); return err },
		"file": func(a studio.Actor) error { _, err := h.ImportFile(t.Context(), a, out.Import.ID); return err },
		"undo": func(a studio.Actor) error { _, err := h.UndoFigures(t.Context(), a, out.Import.ID); return err },
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, try(other), "unknown.import")
			refused(t, try(h.as(studio.RoleViewer, h.jiao)), "forbidden.reading.enter")
		})
	}
	_, err = h.ImportFigures(t.Context(), h.as(studio.RoleOperator, h.jiao), importKept(p))
	refused(t, err, "forbidden.reading.enter")
	t.Run("whoever has the rest takes the same file in for it", func(t *testing.T) {
		h := h
		h.t = t
		again := h.importFile(h.admin, "a.csv", table)
		if again.Outcome != "done" || again.Count.New != 1 || again.Count.Duplicate != 1 || h.figures(h.snake).Plays.Value != 200 {
			t.Errorf("got %+v", again)
		}
	})
	_, err = h.UndoFigures(t.Context(), d, out.Import.ID)
	if err != nil || h.figures(h.jiao).Plays != nil || h.figures(h.snake).Plays.Value != 200 {
		t.Errorf("after the undo: %v", err)
	}
}

func TestTheFileOfAnImportStays(t *testing.T) {
	h := newImportHouse(t)
	out := h.importFile(h.admin, "红果 三月.csv", importList)
	h.clock.now = h.clock.now.Add(48 * time.Hour)
	if _, err := h.UndoFigures(t.Context(), h.admin, out.Import.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Sweep(t.Context(), -time.Hour); err != nil {
		t.Fatal(err)
	}
	d, err := h.ImportFile(t.Context(), h.admin, out.Import.ID)
	if err != nil || d.Name != "红果 三月.csv" || string(d.Data) != importList {
		t.Fatalf("got %+v, %v", d, err)
	}
	if files, err := h.Files(t.Context()); err != nil || !slices.Contains(files, out.Import.SHA256) {
		t.Errorf("a backup leaves it out: %v, %v", files, err)
	}
	list, err := h.Imports(t.Context(), h.admin, studio.Page{})
	if err != nil || len(list.Items) != 1 || list.Items[0].Undone == nil || list.Items[0].UndoneBy == "" {
		t.Errorf("got %+v, %v", list, err)
	}
}

// importBook is a workbook as platforms write them: a preamble, dates and rates as numbers with a format.
func importBook(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d/yy\ h:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>` +
			`<xf numFmtId="10"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst><si><t>导出时间：2026-03-07 09:30</t></si><si><t>剧名</t></si><si><t>统计日期</t></si><si><t>更新时间</t></si><si><r><t>播放</t></r><r><t>量</t></r></si>` +
			`<si><t>完播率</t></si><si><t>分账（元）</t></si><si><t>娇藏京枝</t><rPh sb="0" eb="1"><t>jiao</t></rPh></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>` +
			`<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c><c r="D2" t="s"><v>4</v></c><c r="E2" t="s"><v>5</v></c><c r="F2" t="s"><v>6</v></c></row>` +
			`<row r="3"><c r="A3" t="s"><v>7</v></c><c r="B3" s="1"><v>46086</v></c><c r="C3" s="2"><v>46087.5</v></c><c r="D3"><v>123456789</v></c><c r="E3" s="3"><v>0.345</v></c><c r="F3"><v>1234.5</v></c></row>` +
			`<row r="4"><c r="A4" t="inlineStr"><is><t>娇藏京枝</t></is></c><c r="B4"><v>46087</v></c><c r="D4"><v>2.1E8</v></c><c r="E4" s="3"><v>0.30000000000000004</v></c><c r="F4"/></row></sheetData></worksheet>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWorkbookOfFigures(t *testing.T) {
	h := newImportHouse(t)
	p := h.importPreview(h.admin, "红果.xlsx", string(importBook(t)))
	if got := fmt.Sprint(p.Sample); got != "[[娇藏京枝 2026-03-05 2026-03-06 12:00:00 123456789 34.5% 1234.5] [娇藏京枝 46087  210000000 30% ]]" || strings.Join(p.Lacking, " ") != "platform" {
		t.Fatalf("got %s, lacking %v", got, p.Lacking)
	}
	in := importKept(p)
	in.Choice.Platform = "红果短剧"
	p, err := h.PreviewKeptFigures(t.Context(), h.admin, in)
	if err != nil || p.Count.New != 5 || len(p.Errors) != 0 {
		t.Fatalf("got %+v, %+v, %v", p.Count, p.Errors, err)
	}
	if _, err := h.ImportFigures(t.Context(), h.admin, importKept(p)); err != nil {
		t.Fatal(err)
	}
	f := h.figures(h.jiao)
	at := slices.IndexFunc(f.Releases, func(r studio.ReleaseRow) bool { return r.Release.Platform == "红果短剧" })
	got := map[string]int64{}
	for _, n := range f.Releases[at].Now {
		got[n.Metric] = n.Figure.Value
	}
	if got["plays"] != 210_000_000 || got["completion"] != 3000 || got["revenue"] != 12_345_000 {
		t.Errorf("got %v", got)
	}
	next := h.importPreview(h.admin, "下一份.csv", "剧名,统计日期,更新时间,播放量,完播率,分账（元）\n娇藏京枝,2026-03-08,,3亿,,\n")
	if !next.Remembered || next.Choice.Platform != "红果短剧" || next.Count.New != 1 {
		t.Errorf("the columns are not remembered: %+v", next)
	}
}

func TestAFigureThatDoesNotFitIsToldWithItsRow(t *testing.T) {
	h := newImportHouse(t)
	list := "剧名,平台,统计日期,播放量\n娇藏京枝,红果短剧,2026-03-05,5000万\n娇藏京枝,红果短剧,2026-03-06,6000万\n娇藏京枝,红果短剧,2026-03-07,4000万\n"
	p := h.importPreview(h.admin, "回落.csv", list)
	if len(p.Anomalies) != 1 || p.Anomalies[0].Kind != "drop" || p.Anomalies[0].Row != 4 || p.Anomalies[0].ReadingID != "" {
		t.Fatalf("got %+v", p.Anomalies)
	}
}

func TestARowWithAnotherReleasesIDNeverWaited(t *testing.T) {
	h := newImportHouse(t)
	if _, err := h.EditRelease(t.Context(), h.admin, h.snakeHere.ID, h.snakeHere.Rev, studio.ReleaseIn{ExternalID: ptr("hg-1")}); err != nil {
		t.Fatal(err)
	}
	h.importFile(h.admin, "a.csv", "剧名,平台,剧目ID,日期,播放量\n蛇,红果短剧,hg-1,2026-03-06,9000万\n蛇,红果短剧,,2026-03-05,100\n")
	list, err := h.Strays(t.Context(), h.admin, studio.Page{})
	if err != nil || len(list.Items) != 1 || list.Items[0].Stray.Rows != 1 {
		t.Fatalf("got %+v, %v", list, err)
	}
	out, err := h.MatchStray(t.Context(), h.admin, list.Items[0].Stray.ID, studio.MatchIn{ReleaseID: h.figures(h.jiao).Releases[0].Release.ID})
	if err != nil || out.Count.New != 1 || h.figures(h.jiao).Plays.Value != 100 || h.figures(h.snake).Plays.Value != 90_000_000 {
		t.Fatalf("got %+v, %v", out, err)
	}
}
