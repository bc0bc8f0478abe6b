package studio_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

// importFive are five files whose keys overlap: of two of them the rows say when they were written, one comes twice.
func importFive() map[string]string {
	return map[string]string{
		"红果_20260306_0900.csv": "剧名,平台,日期,播放量,热度\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-04,9000万,5000\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,1.2亿,5100\n娇藏京枝,红果短剧,2026-03-05,800万,\n",
		"红果_20260307_0900.csv": "剧名,平台,日期,播放量,热度\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,9500万,5200\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-06,1.3亿,\n娇藏京枝,红果短剧,2026-03-06,1200万,\n",
		"乱.csv": "剧名,平台,日期,播放量,更新时间\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,1.1亿,2026-03-08 10:00\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-04,9100万,2026-03-05 10:00\n" +
			"从顽皮蛇开始吞噬进化,红果短剧,2026-03-04,9300万,2026-03-09 10:00\n娇藏京枝,红果短剧,2026-03-06,900万,2026-03-06 23:00\n",
		"红果_20260309_0900.csv": "剧名,平台,日期,新增播放,播放量\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-06,3500万,9900万\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-07,300万,2.1亿\n娇藏京枝,红果短剧,2026-03-07,10万,1500万\n",
		"红果_20260308_0900.csv": "剧名,平台,日期,播放量,热度\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-06,1.3亿,\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-07,1.9亿,6000\n娇藏京枝,红果短剧,2026-03-05,800万,\n",
	}
}

// importState is everything that the figures of both titles say, without ids and times of entry.
func (h importHouse) importState() string {
	h.t.Helper()
	var out []string
	for _, title := range []string{h.snake, h.jiao} {
		f := h.figures(title)
		out = append(out, fmt.Sprintf("%s: %s", title[:0], plainJSON(h.t, f.Plays)))
		for _, r := range f.Releases {
			out = append(out, plainJSON(h.t, r.Now))
			got, err := h.Readings(h.t.Context(), h.admin, r.Release.ID, "", studio.Page{Limit: 200})
			if err != nil {
				h.t.Fatal(err)
			}
			var lines []string
			for _, x := range got.Items {
				lines = append(lines, fmt.Sprintf("%s %v %s %v now %s past %s", x.Metric, x.Increment, x.Observed, x.Withdrawn, plainJSON(h.t, x.Now), plainJSON(h.t, x.Past)))
			}
			slices.Sort(lines)
			out = append(out, lines...)
		}
		var stand []string
		for _, m := range f.Milestones {
			if m.State == studio.Stands {
				stand = append(stand, fmt.Sprintf("%s %s %d at %s is %d %s after %s", m.Metric, m.Platform, m.Threshold, m.At, m.Value, m.Mark, plainJSON(h.t, m.Previous)))
			}
		}
		slices.Sort(stand)
		out = append(out, stand...)
	}
	return strings.Join(out, "\n")
}

// plainJSON is a value without what differs from one house to another.
func plainJSON(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var any any
	if err := json.Unmarshal(raw, &any); err != nil {
		t.Fatal(err)
	}
	raw, err = json.Marshal(withoutIDs(any))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func withoutIDs(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for _, key := range []string{"id", "import_id", "reading_id", "reading", "by", "rev", "created", "updated"} {
			delete(x, key)
		}
		if _, said := x["said"]; said {
			delete(x, "at") // when it came in
		}
		for k, in := range x {
			x[k] = withoutIDs(in)
		}
	case []any:
		for i, in := range x {
			x[i] = withoutIDs(in)
		}
	}
	return v
}

func (h importHouse) importAll(names []string) {
	h.t.Helper()
	for _, name := range names {
		h.clock.now = h.clock.now.Add(time.Minute)
		h.importFile(h.admin, name, importFive()[name])
	}
}

func importNames() []string {
	return []string{"红果_20260306_0900.csv", "红果_20260307_0900.csv", "乱.csv", "红果_20260309_0900.csv", "红果_20260308_0900.csv"}
}

// The file 乱.csv says in each row when it was written, so the time of its import does not matter either.
func TestFilesInAnyOrderEndInOneState(t *testing.T) {
	h := newImportHouse(t)
	rng := rand.New(rand.NewPCG(7, 7))
	want := ""
	for round := range 120 {
		names := importNames()
		rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		names = append(names, names[rng.IntN(len(names))]) // one comes twice
		h.importAll(names)
		got := h.importState()
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("round %d, %v:\n%s\nbefore\n%s", round, names, got, want)
		}
		if round == 0 && (!strings.Contains(got, "1.1亿") || !strings.Contains(got, `"value":210000000`)) {
			t.Fatalf("got\n%s", got)
		}
		list, err := h.Imports(t.Context(), h.admin, studio.Page{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		gone := slices.DeleteFunc(list.Items, func(i studio.Import) bool { return i.Undone != nil })
		rng.Shuffle(len(gone), func(i, j int) { gone[i], gone[j] = gone[j], gone[i] })
		for _, i := range gone {
			if _, err := h.UndoFigures(t.Context(), h.admin, i.ID); err != nil {
				t.Fatal(err)
			}
		}
		if f := h.figures(h.snake); f.Plays != nil || slices.ContainsFunc(f.Milestones, func(m studio.MilestoneRow) bool { return m.State == studio.Stands }) {
			t.Fatalf("round %d: something is left: %+v", round, f.Plays)
		}
	}
}

func TestTakingBackInAnyOrderLeavesTheRest(t *testing.T) {
	h := newImportHouse(t)
	rng := rand.New(rand.NewPCG(3, 3))
	for range 12 {
		names := importNames()
		rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		keep := names[:2]
		h.importAll(keep)
		want := h.importState()
		h.importAll(names)
		h.undoBut(rng, keep)
		if got := h.importState(); got != want {
			t.Fatalf("%v without %v:\n%s\nwant\n%s", names, names[2:], got, want)
		}
		h.undoBut(rng, nil)
	}
}

func (h importHouse) undoBut(rng *rand.Rand, keep []string) {
	h.t.Helper()
	list, err := h.Imports(h.t.Context(), h.admin, studio.Page{Limit: 200})
	if err != nil {
		h.t.Fatal(err)
	}
	rng.Shuffle(len(list.Items), func(i, j int) { list.Items[i], list.Items[j] = list.Items[j], list.Items[i] })
	for _, i := range list.Items {
		if i.Undone == nil && !slices.Contains(keep, i.Name) {
			if _, err := h.UndoFigures(h.t.Context(), h.admin, i.ID); err != nil {
				h.t.Fatal(err)
			}
		}
	}
}
