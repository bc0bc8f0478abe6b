package studio_test

import (
	"slices"
	"testing"

	"chouka/server/studio"
)

// thresholds gives a title thresholds of its own.
func (h house) thresholds(titleID string, in studio.ThresholdsIn) (studio.Title, error) {
	h.t.Helper()
	b, err := h.TitleBoard(h.t.Context(), h.admin, titleID)
	must(h.t, b, err)
	return h.SetThresholds(h.t.Context(), h.admin, titleID, b.Title.Rev, in)
}

func TestThresholdsOfATitle(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	h.enter(r, "plays", "6000万", "2026-03-05")
	h.enter(r, "followers", "50万", "2026-03-05")
	t.Run("replace the studio's, and what was reached under those is withdrawn", func(t *testing.T) {
		set, err := h.thresholds(title, studio.ThresholdsIn{Metric: "plays", Thresholds: []int64{70_000_000, 30_000_000, 30_000_000}})
		if must(t, set, err); !slices.Equal(set.Thresholds["plays"], []int64{30_000_000, 70_000_000}) {
			t.Fatalf("got %v", set.Thresholds)
		}
		f := h.figures(title)
		wantRows(t, f.Milestones, "sum plays 5000万 03-05 exact withdrawn", "sum plays 3000万 03-05 exact stands", "sum plays 1000万 03-05 exact withdrawn")
		if m := f.Milestones[0]; !m.Dropped || m.Why != "" || m.EndedAt == nil || f.Milestones[1].Dropped {
			t.Fatalf("got %+v", m)
		}
		if len(f.Thresholds) != 2 || !f.Thresholds[0].Own || f.Thresholds[1].Own || f.Thresholds[1].Metric != "heat" {
			t.Fatalf("got %+v", f.Thresholds)
		}
	})
	t.Run("count for later readings, the dropped ones do not", func(t *testing.T) {
		wantRows(t, h.enter(r, "plays", "1.2亿", "2026-03-06").Changes, "sum plays 7000万 03-06 exact stands")
	})
	t.Run("make milestones of metrics that have none", func(t *testing.T) {
		set, err := h.thresholds(title, studio.ThresholdsIn{Metric: "followers", Thresholds: []int64{400_000}})
		must(t, set, err)
		if all := h.figures(title).Milestones; all[len(all)-1].Metric != "followers" {
			t.Fatalf("got\n%s", show(all))
		}
	})
	t.Run("may be none, and the studio's again", func(t *testing.T) {
		set, err := h.thresholds(title, studio.ThresholdsIn{Metric: "plays"})
		must(t, set, err)
		if out := h.enter(r, "plays", "3亿", "2026-03-07"); len(out.Changes) != 0 {
			t.Fatalf("got\n%s", show(out.Changes))
		}
		set, err = h.thresholds(title, studio.ThresholdsIn{Metric: "plays", Usual: true})
		if must(t, set, err); set.Thresholds["plays"] != nil {
			t.Fatalf("got %v", set.Thresholds)
		}
		if all := h.figures(title).Milestones; all[0].Threshold != 200_000_000 || all[1].Threshold != 100_000_000 {
			t.Fatalf("got\n%s", show(all))
		}
	})
	for name, in := range map[string]studio.ThresholdsIn{
		"of no metric": {Metric: "money", Thresholds: []int64{1}}, "of a rate": {Metric: "completion", Thresholds: []int64{1}},
		"of advertising": {Metric: "spend", Thresholds: []int64{1}}, "below one": {Metric: "plays", Thresholds: []int64{0, 5}},
		"beyond counting": {Metric: "plays", Thresholds: []int64{1 << 60}}, "too many": {Metric: "plays", Thresholds: upTo(21)},
	} {
		t.Run(name+" are refused", func(t *testing.T) {
			if _, err := h.thresholds(title, in); !studio.IsKind(err, studio.Invalid) {
				t.Fatalf("got %v", err)
			}
		})
	}
	t.Run("are based on what the title was, and not for everybody", func(t *testing.T) {
		_, err := h.SetThresholds(t.Context(), h.admin, title, 1, studio.ThresholdsIn{Metric: "plays", Usual: true})
		refused(t, err, "stale")
		_, err = h.SetThresholds(t.Context(), h.as(studio.RoleOperator, title), title, 1, studio.ThresholdsIn{Metric: "plays", Usual: true})
		refused(t, err, "forbidden.release.edit")
	})
}

func upTo(n int64) []int64 {
	var out []int64
	for i := range n {
		out = append(out, i+1)
	}
	return out
}

func TestThresholdsOfOtherMetrics(t *testing.T) {
	h := newHouse(t)
	r := h.release(h.title("昼以继夜"), "红果短剧", "2026-03-01")
	edit := func(in map[string][]int64) error {
		set, err := h.StudioSettings(t.Context(), h.admin)
		must(t, set, err)
		_, err = h.EditSettings(t.Context(), h.admin, set.Rev, studio.SettingsEdit{MetricThresholds: &in})
		return err
	}
	must(t, 0, edit(map[string][]int64{"likes": {100_000}, "revenue": {5_000_000_000}}))
	must(t, 0, edit(map[string][]int64{"heat": {}})) // the others stay
	wantRows(t, h.enter(r, "likes", "12万", "2026-03-05").Changes, "红果短剧 likes 10万 03-05 exact stands")
	wantRows(t, h.enter(r, "revenue", "51万", "2026-03-05").Changes, "红果短剧 revenue 50亿 03-05 exact stands")
	if out := h.enter(r, "heat", "2亿", "2026-03-05"); len(out.Changes) != 0 {
		t.Fatalf("got\n%s", show(out.Changes))
	}
	refused(t, edit(map[string][]int64{"plays": {1}}), "invalid.metric_thresholds")
	refused(t, edit(map[string][]int64{"completion": {1}}), "invalid.metric_thresholds")
	refused(t, edit(map[string][]int64{"likes": {-1}}), "invalid.thresholds")
}
