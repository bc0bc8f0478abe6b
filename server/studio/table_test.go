package studio_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chouka/server/studio"
)

// preview previews a table as it is found.
func (h house) tablePreview(titleID string, kind studio.TableKind, data string) studio.TablePreview {
	h.t.Helper()
	p, err := h.PreviewTable(h.t.Context(), h.admin, titleID, kind, studio.TableFile{Name: "表.csv", Data: []byte(data)})
	return must(h.t, p, err)
}

// imported previews a table and imports it as it was found.
func (h house) imported(titleID string, kind studio.TableKind, data string, update bool) studio.TableOutcome {
	h.t.Helper()
	p := h.tablePreview(titleID, kind, data)
	if len(p.Errors) > 0 {
		h.t.Fatalf("errors: %+v", p.Errors)
	}
	p.Choice.Update = update
	out, err := h.ImportTable(h.t.Context(), h.admin, titleID, kind, studio.KeptTable{SHA256: p.SHA256, Choice: p.Choice})
	return must(h.t, out, err)
}

func (h house) export(titleID string, kind studio.TableKind, format string) string {
	h.t.Helper()
	d, err := h.ExportTable(h.t.Context(), h.admin, titleID, kind, "", format, "")
	return string(must(h.t, d, err).Data)
}

// unchanged exports a table in both formats and imports it again: nothing may change.
func (h house) unchanged(titleID string, kind studio.TableKind, rows int) {
	h.t.Helper()
	for _, format := range []string{"csv", "xlsx"} {
		data := h.export(titleID, kind, format)
		out := h.imported(titleID, kind, data, true)
		if out != (studio.TableOutcome{Same: rows}) {
			h.t.Errorf("%s as %s: %+v, want %d the same\n%s", kind, format, out, rows, strings.ToValidUTF8(data[:min(len(data), 2000)], "?"))
		}
		if format == "csv" && (!strings.HasPrefix(data, "\uFEFF") || strings.Count(data, "\r\n") < rows+1) {
			h.t.Errorf("%s: no mark, or not every row ends in CRLF", kind)
		}
	}
}

func storyboard(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/samples/scripts", "e-storyboard.utf8-bom.csv"))
	if err != nil {
		t.Skip("the sample is not beside the repository")
	}
	return string(data)
}

func TestASampleShotListBecomesShots(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	data := storyboard(t)
	p := h.tablePreview(title, studio.TableShots, data)
	if p.Rows != 11 || p.New != 11 || p.NewScenes != 2 || p.NewEpisodes != 1 || len(p.Errors) != 0 || *p.Choice.HeaderRow != 1 ||
		p.Choice.Encoding != "utf-8-bom" || p.Choice.Separator != "comma" || len(p.Sample) != 5 || p.Remembered {
		t.Fatalf("got %+v", p)
	}
	if len(p.Skipped) != 1 || p.Skipped[0] != (studio.SkippedRow{Row: 7, Why: "blank"}) {
		t.Errorf("skipped %+v", p.Skipped)
	}
	if n := h.board(title).Shots; n != 0 {
		t.Fatalf("a preview wrote %d shots", n)
	}
	if out := h.imported(title, studio.TableShots, data, false); out != (studio.TableOutcome{New: 11, Scenes: 2, Episodes: 1}) {
		t.Fatalf("got %+v", out)
	}
	list, err := h.TitleShots(t.Context(), h.admin, title, studio.ShotFilter{}, studio.Page{})
	must(t, list, err)
	var labels []string
	total := int64(0)
	for _, x := range list.Items {
		labels, total = append(labels, x.Shot.Label), total+x.Shot.Milliseconds
	}
	if got := strings.Join(labels, " "); got != "E01-S01-001 E01-S01-002 E01-S01-003 E01-S01-003A E01-S01-004 E01-S02-005 E01-S02-006 E01-S02-007 E01-S02-008-1 E01-S02-008-2 E01-S02-009" || total != 29500 {
		t.Errorf("%d ms, %s", total, got)
	}
	if x := list.Items[6].Shot; x.Description != "黑色轿车停在台阶下\n时钟显示19:30" || x.Sound != "刹车声" || x.Camera != "跟" || x.Milliseconds != 3000 {
		t.Errorf("got %+v", x.ShotText)
	}
	if p := h.tablePreview(title, studio.TableShots, data); p.Same != 11 || p.New+p.Changed+p.NewScenes != 0 || !p.Remembered {
		t.Errorf("a second time: %+v", p)
	}
	h.unchanged(title, studio.TableShots, 11)
	h.unchanged(title, studio.TableKitsuShots, 11)
}
