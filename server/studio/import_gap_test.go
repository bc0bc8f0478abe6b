package studio_test

import (
	"fmt"
	"slices"
	"testing"

	"chouka/server/studio"
)

// gapText is what a dry run says of the spans in which increments and totals do not agree.
func gapText(p studio.FigurePreview) []string {
	out := []string{}
	for _, g := range p.Gaps {
		out = append(out, fmt.Sprintf("%s %s %s %s>%s %d/%d row %d", g.Title, g.Platform, g.Metric, g.From.Format("01-02"), g.To.Format("01-02"), g.Increments, g.Totals, g.Row))
	}
	return out
}

func TestADryRunSaysWhereIncrementsAndTotalsDisagree(t *testing.T) {
	h := newImportHouse(t)
	const head = "剧名,统计日期,累计播放量,新增播放\n"
	table := func(rows string) studio.FigurePreview {
		return h.importPreview(h.admin, "红果短剧 2026-03-10 0900.csv", "平台：红果短剧\n"+head+rows)
	}
	both := table("娇藏京枝,2026-03-05,1000000,\n娇藏京枝,2026-03-06,1100000,100000\n娇藏京枝,2026-03-07,1200000,900000\n从顽皮蛇开始吞噬进化,2026-03-06,5000,\n从顽皮蛇开始吞噬进化,2026-03-07,6000,1000\n")
	want := []string{"娇藏京枝 红果短剧 plays 03-06>03-07 900000/100000 row 4"}
	if got := gapText(both); !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	if _, err := h.ImportFigures(t.Context(), h.admin, importKept(both)); err != nil {
		t.Fatal(err)
	}
	t.Run("a file of something else is silent about what is in already", func(t *testing.T) {
		if got := gapText(table("娇藏京枝,2026-03-08,1300000,100000\n")); len(got) != 0 {
			t.Errorf("got %q", got)
		}
	})
	t.Run("increments are held against totals that are in already", func(t *testing.T) {
		h.importFile(h.admin, "红果短剧 2026-03-10 1000.csv", "平台：红果短剧\n剧名,统计日期,累计播放量\n娇藏京枝,2026-03-08,1300000\n")
		got := gapText(table("娇藏京枝,2026-03-08,,20000\n"))
		if want := []string{"娇藏京枝 红果短剧 plays 03-07>03-08 20000/100000 row 3"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("a file that corrects it says nothing more", func(t *testing.T) {
		p := h.importPreview(h.admin, "红果短剧 2026-03-11 0900.csv", "平台：红果短剧\n"+head+"娇藏京枝,2026-03-07,,100000\n")
		if got := gapText(p); len(got) != 0 || p.Count.Down != 1 {
			t.Errorf("got %q, %+v", got, p.Count)
		}
	})
}
