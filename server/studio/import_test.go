package studio_test

import (
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// importHouse is a house whose clock stands in March 2026, with two titles on 红果短剧.
type importHouse struct {
	house
	clock     *clock
	snake     string
	jiao      string
	snakeHere studio.Release
}

func newImportHouse(t *testing.T) importHouse {
	t.Helper()
	k := &clock{now: time.Date(2026, 3, 20, 4, 0, 0, 0, time.UTC)}
	s, _ := studiotest.Open(t, k.Now)
	h := importHouse{house: house{s, t, studiotest.Admin(t, s)}, clock: k}
	h.snake, h.jiao = h.title("从顽皮蛇开始吞噬进化"), h.title("娇藏京枝")
	h.snakeHere = h.release(h.snake, "红果短剧", "2026-03-01")
	h.release(h.jiao, "红果短剧", "2026-03-02")
	return h
}

func (h importHouse) importPreview(by studio.Actor, name, table string) studio.FigurePreview {
	h.t.Helper()
	p, err := h.PreviewFigures(h.t.Context(), by, studio.TableFile{Name: name, Data: []byte(table)}, time.Time{})
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func importKept(p studio.FigurePreview) studio.KeptFigures {
	return studio.KeptFigures{SHA256: p.SHA256, Name: p.Name, Choice: p.Choice}
}

func (h importHouse) importFile(by studio.Actor, name, table string) studio.ImportOutcome {
	h.t.Helper()
	out, err := h.ImportFigures(h.t.Context(), by, importKept(h.importPreview(by, name, table)))
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

const importList = `红果短剧 数据中心
导出时间：2026-03-07 09:30
剧名,平台,统计日期,累计播放量（万）,热度值,新增播放,追更人数
《从顽皮蛇开始吞噬进化》,红果短剧,2026/3/5,"9,800.5",5799,120000,29.5万
《从顽皮蛇开始吞噬进化》,红果短剧,2026/3/6,10100,-,300万,29.6万
娇藏京枝,红果短剧,2026-03-06,1.2亿,6000,,
不认识的剧,红果短剧,2026-03-06,10,,,
娇藏京枝,红果短剧,2026-02-30,5,,,

剧名,平台,统计日期,累计播放量（万）,热度值,新增播放,追更人数
合计,,,20000,,,
`

func TestATableOfFiguresIsTriedAndTakenIn(t *testing.T) {
	h := newImportHouse(t)
	p := h.importPreview(h.admin, "红果.csv", importList)
	want := studio.ImportCount{Rows: 5, New: 9, Unmatched: 1, Wrong: 1, Skipped: 5, Titles: 2}
	if p.Count != want || p.ExportedFrom != "preamble" || p.Choice.ExportedAt != "2026-03-07T09:30:00+08:00" || len(p.Lacking) != 0 {
		t.Fatalf("got %+v, %s %s, lacking %v, errors %+v, skipped %+v", p.Count, p.ExportedFrom, p.Choice.ExportedAt, p.Lacking, p.Errors, p.Skipped)
	}
	if len(p.Errors) != 1 || p.Errors[0].Row != 8 || p.Errors[0].Column != "统计日期" || len(p.Unmatched) != 1 || p.Unmatched[0].Row != 7 || p.Unmatched[0].Why != "no_title" {
		t.Errorf("got errors %+v, unmatched %+v", p.Errors, p.Unmatched)
	}
	if len(p.Milestones) == 0 || len(p.Sample) != 5 || strings.Join(p.Choice.Columns, " ") != "title platform date plays heat plays_more followers" {
		t.Errorf("got milestones %+v, sample %v, columns %v", p.Milestones, p.Sample, p.Choice.Columns)
	}
	out, err := h.ImportFigures(t.Context(), h.admin, importKept(p))
	if err != nil || out.Outcome != "done" || out.Count != want || len(out.Changes) == 0 {
		t.Fatalf("got %+v, %v", out, err)
	}
	f := h.figures(h.snake)
	if f.Plays == nil || f.Plays.Value != 101_000_000 {
		t.Errorf("got %+v", f.Plays)
	}
}
