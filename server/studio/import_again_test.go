package studio_test

import (
	"testing"
	"time"

	"chouka/server/studio"
)

func TestTheFileOfAnImportIsReadAgainLongAfter(t *testing.T) {
	h := newImportHouse(t)
	kept := importKept(h.importPreview(h.admin, "红果.csv", importList))
	if _, err := h.ImportFigures(t.Context(), h.admin, kept); err != nil {
		t.Fatal(err)
	}
	loose := importKept(h.importPreview(h.admin, "没有导入.csv", "剧名,平台,统计日期,播放量\n娇藏京枝,红果短剧,2026-03-09,1.3亿\n"))
	h.clock.now = h.clock.now.Add(72 * time.Hour)
	p, err := h.PreviewKeptFigures(t.Context(), h.admin, kept)
	if err != nil || p.Before == nil || p.Count.New != 0 {
		t.Errorf("three days later: %+v, %v", p.Count, err)
	}
	if _, err := h.PreviewKeptFigures(t.Context(), h.admin, loose); !studio.IsKind(err, studio.Conflict) {
		t.Errorf("a file that nobody imported: %v", err)
	}
}

func TestIgnoredNamesAreListedApart(t *testing.T) {
	h := newImportHouse(t)
	h.importFile(h.admin, "红果.csv", importList)
	names := func(list func() (studio.List[studio.StrayRow], error)) (out []string) {
		got, err := list()
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range got.Items {
			out = append(out, x.Stray.Name)
		}
		return out
	}
	waiting := func() (studio.List[studio.StrayRow], error) {
		return h.Strays(t.Context(), h.admin, studio.Page{Limit: 10})
	}
	ignored := func() (studio.List[studio.StrayRow], error) {
		return h.IgnoredStrays(t.Context(), h.admin, studio.Page{Limit: 10})
	}
	got, err := waiting()
	if err != nil || len(got.Items) != 1 {
		t.Fatalf("waiting: %+v, %v", got, err)
	}
	for _, on := range []bool{true, false} {
		if _, err := h.IgnoreStray(t.Context(), h.admin, got.Items[0].Stray.ID, on); err != nil {
			t.Fatal(err)
		}
		want := [2]int{1, 0}
		if on {
			want = [2]int{0, 1}
		}
		if have := [2]int{len(names(waiting)), len(names(ignored))}; have != want {
			t.Errorf("ignored %v: %v wait and are ignored, want %v", on, have, want)
		}
	}
}

// TestAnImportWhoseTransactionRunsAgainIsOne reads the file again for the second run: the first has let the table go.
func TestAnImportWhoseTransactionRunsAgainIsOne(t *testing.T) {
	h := importHouse{house: openAgain(t, func() {}, func() {})}
	h.release(h.title("娇藏京枝"), "红果短剧", "2026-03-02")
	const table = "剧名,平台,统计日期,播放量\n娇藏京枝,红果短剧,2026-03-06,1.2亿\n娇藏京枝,红果短剧,2026-03-07,1.3亿\n"
	kept := importKept(h.importPreview(h.admin, "红果.csv", table))
	for i, want := range []string{"done", "same"} {
		out, err := h.ImportFigures(t.Context(), h.admin, kept)
		if err != nil || out.Outcome != want || out.Count.Rows != 2 || out.Count.New != 2*(1-i) || out.Count.Duplicate != 2*i {
			t.Errorf("%d: got %s %+v, %v", i, out.Outcome, out.Count, err)
		}
	}
}
