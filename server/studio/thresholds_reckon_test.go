package studio_test

import (
	"slices"
	"testing"

	"chouka/server/studio"
)

// settle changes the studio's settings as they are now.
func (h house) settle(in studio.SettingsEdit) studio.Settings {
	h.t.Helper()
	set, err := h.StudioSettings(h.t.Context(), h.admin)
	must(h.t, set, err)
	out, err := h.EditSettings(h.t.Context(), h.admin, set.Rev, in)
	return must(h.t, out, err)
}

// reckoned runs the background until it says that all figures are worked out.
func (h house) reckoned() {
	h.t.Helper()
	line, err := h.Follow(h.t.Context(), h.admin, 0)
	must(h.t, line, err)
	stop := h.background(h.t)
	waitFor(h.t, line, "studio.reckoned")
	stop()
}

func (h house) left() (left, total int64) {
	h.t.Helper()
	w, err := h.Background(h.t.Context(), h.admin)
	must(h.t, w, err)
	return w.FiguresLeft, w.FiguresTotal
}

func TestThresholdsOfTheStudioReachEveryTitle(t *testing.T) {
	h := newHouse(t)
	names := []string{"昼以继夜", "娇藏京枝", "气运三角洲"}
	var titles []string
	for _, name := range names {
		titles = append(titles, h.title(name))
		h.enter(h.release(titles[len(titles)-1], "红果短剧", "2026-03-01"), "plays", "1.2亿", "2026-03-05")
	}
	own, err := h.thresholds(titles[2], studio.ThresholdsIn{Metric: "plays", Thresholds: []int64{100_000_000}})
	must(t, own, err)
	before := h.figures(titles[0]).Milestones
	h.settle(studio.SettingsEdit{Name: ptr("别的名字"), Thresholds: &[]int64{10_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000, 1_000_000_000}})
	if left, _ := h.left(); left != 0 || h.figures(titles[0]).Due != "" {
		t.Fatalf("the same thresholds make %d titles due", left)
	}
	h.settle(studio.SettingsEdit{Thresholds: &[]int64{30_000_000, 100_000_000}})
	t.Run("a title that is not worked out yet says so", func(t *testing.T) {
		if left, total := h.left(); left != 3 || total != 3 {
			t.Errorf("%d of %d are left", left, total)
		}
		f := h.figures(titles[0])
		if f.Due != "due" || show(f.Milestones) != show(before) {
			t.Errorf("got %q\n%s", f.Due, show(f.Milestones))
		}
	})
	t.Run("a reading that comes first works its title out", func(t *testing.T) {
		r := h.figures(titles[1]).Releases[0].Release
		out := h.enter(r, "plays", "1.3亿", "2026-03-06")
		wantRows(t, out.Changes, "sum plays 1000万 03-05 exact withdrawn", "sum plays 3000万 03-05 exact stands", "sum plays 5000万 03-05 exact withdrawn")
		if left, _ := h.left(); left != 2 || h.figures(titles[1]).Due != "" {
			t.Errorf("%d are left", left)
		}
	})
	h.reckoned()
	t.Run("the background does the others", func(t *testing.T) {
		f := h.figures(titles[0])
		wantRows(t, f.Milestones, "sum plays 1亿 03-05 exact stands", "sum plays 5000万 03-05 exact withdrawn", "sum plays 3000万 03-05 exact stands", "sum plays 1000万 03-05 exact withdrawn")
		if left, total := h.left(); left != 0 || total != 3 || f.Due != "" || !f.Milestones[1].Dropped {
			t.Errorf("%d of %d are left, %q", left, total, f.Due)
		}
		if all := h.figures(titles[2]).Milestones; !slices.ContainsFunc(all, func(m studio.MilestoneRow) bool { return m.State == studio.Stands && m.Threshold == 100_000_000 }) {
			t.Errorf("thresholds of its own give\n%s", show(all))
		}
	})
	t.Run("and says which milestones came and went, and why", func(t *testing.T) {
		all, err := h.Activities(t.Context(), h.admin, titles[0], studio.Page{Limit: 3})
		must(t, all, err)
		for _, a := range all.Items {
			if gone := a.Verb == "milestone.withdrawn"; a.ByName != "" || gone != (a.Params["because"] == "thresholds") {
				t.Errorf("got %+v", a)
			}
		}
	})
	h.settle(studio.SettingsEdit{Thresholds: &[]int64{10_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000, 1_000_000_000}})
	h.reckoned()
	t.Run("the old thresholds bring the old milestones back as they were", func(t *testing.T) {
		after := slices.DeleteFunc(h.figures(titles[0]).Milestones, func(m studio.MilestoneRow) bool { return m.State != studio.Stands })
		if len(after) != len(before) {
			t.Fatalf("got\n%s", show(after))
		}
		for i := range before {
			if a, b := after[i], before[i]; a.ID != b.ID || !a.At.Equal(b.At) || a.Value != b.Value || a.EndedAt != nil || a.Dropped {
				t.Errorf("got %+v, was %+v", a, b)
			}
		}
	})
}

func TestAnotherZoneReachesEveryTitle(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	// The second figure is of the same day in New York.
	for i, at := range []string{"2026-03-05 23:30", "2026-03-06 00:30", "2026-03-07 00:30"} {
		h.enter(r, "plays", []string{"100万", "150万", "400万"}[i], at)
	}
	grown := func() int64 {
		b, err := h.TitleBoard(t.Context(), h.admin, title)
		must(t, b, err)
		return b.Wall.Yesterday.Value
	}
	if got := grown(); got != 2_500_000 {
		t.Fatalf("grew by %d", got)
	}
	h.settle(studio.SettingsEdit{Zone: ptr("America/New_York")})
	h.reckoned()
	f := h.figures(title)
	if f.Due != "" || f.Next == nil || f.Next.Why != "few" || f.Next.Days != 1 {
		t.Errorf("got %q %+v", f.Due, f.Next)
	}
	h.settle(studio.SettingsEdit{Zone: ptr("Asia/Shanghai")})
	h.reckoned()
	if f := h.figures(title); f.Due != "" || f.Next.Days != 1 || grown() != 2_500_000 {
		t.Errorf("got %q %+v", f.Due, f.Next)
	}
}

func TestThresholdsOfAMetricCanBeTheUsualAgain(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	h.enter(h.release(title, "红果短剧", "2026-03-01"), "heat", "6000万", "2026-03-05")
	h.settle(studio.SettingsEdit{MetricThresholds: &map[string][]int64{"heat": {}}})
	h.reckoned()
	wantRows(t, h.figures(title).Milestones, "红果短剧 heat 5000万 03-05 exact withdrawn", "红果短剧 heat 1000万 03-05 exact withdrawn")
	set, err := h.StudioSettings(t.Context(), h.admin)
	must(t, set, err)
	_, err = h.EditSettings(t.Context(), h.admin, set.Rev, studio.SettingsEdit{UsualThresholds: &[]string{"plays"}})
	refused(t, err, "invalid.usual_thresholds")
	if set := h.settle(studio.SettingsEdit{UsualThresholds: &[]string{"heat"}}); set.MetricThresholds["heat"] != nil {
		t.Errorf("got %v", set.MetricThresholds)
	}
	h.reckoned()
	wantRows(t, h.figures(title).Milestones, "红果短剧 heat 5000万 03-05 exact stands", "红果短剧 heat 1000万 03-05 exact stands")
}
