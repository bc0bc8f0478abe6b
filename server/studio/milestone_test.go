package studio_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/tally"
)

// show writes rows as scope, metric, threshold, day, mark and state, one to a line.
func show(rows []studio.MilestoneRow) string {
	var b strings.Builder
	for _, m := range rows {
		scope := m.Platform
		if m.ReleaseID == "" {
			scope = "sum"
		}
		fmt.Fprintf(&b, "%s %s %s %s %s %s\n", scope, m.Metric, tally.Show(m.Threshold, "zh"), m.At.Format("01-02"), m.Mark, m.State)
	}
	return b.String()
}

func wantRows(t *testing.T, rows []studio.MilestoneRow, want ...string) {
	t.Helper()
	lines := ""
	for _, w := range want {
		lines += w + "\n"
	}
	if got := show(rows); got != lines {
		t.Fatalf("got\n%swant\n%s", got, lines)
	}
}

func TestMilestonesFromBounds(t *testing.T) {
	h := newHouse(t)
	t.Run("破亿 reaches 1亿 as a lower bound, with its source and its days", func(t *testing.T) {
		title := h.title("爸，我带您来办业务了")
		r := h.release(title, "红果短剧", "2026-03-01")
		out := h.enter(r, "plays", "破亿", "2026-03-06")
		wantRows(t, out.Changes, "sum plays 1000万 03-06 lower stands", "sum plays 5000万 03-06 lower stands", "sum plays 1亿 03-06 lower stands")
		m := out.Changes[2]
		if m.Days == nil || *m.Days != 5 || m.Reading == nil || m.Reading.ID != out.Reading.ID || m.Title != "爸，我带您来办业务了" || m.Previous != nil {
			t.Fatalf("got %+v", m)
		}
		b, err := h.TitleBoard(t.Context(), h.admin, title)
		if err != nil || b.Plays == nil || !b.Plays.Lower || b.Plays.Value != 100_000_000 || b.Last == nil || b.Last.Threshold != 100_000_000 {
			t.Fatalf("the board shows %+v, %v", b, err)
		}
	})
	t.Run("a rounded figure is provisional until an exact one replaces it, in place", func(t *testing.T) {
		title := h.title("昼以继夜")
		r := h.release(title, "红果短剧", "")
		out := h.enter(r, "plays", "1.0亿", "2026-03-06")
		wantRows(t, out.Changes, "sum plays 1000万 03-06 exact stands", "sum plays 5000万 03-06 exact stands", "sum plays 1亿 03-06 provisional stands")
		fixed, err := h.CorrectReading(t.Context(), h.admin, out.Reading.ID, studio.CorrectIn{Text: "100000000", Why: "后台数字"})
		if err != nil {
			t.Fatal(err)
		}
		wantRows(t, fixed.Changes, "sum plays 1亿 03-06 exact stands")
		if fixed.Changes[0].ID != out.Changes[2].ID || fixed.Changes[0].Days != nil {
			t.Fatalf("got %+v", fixed.Changes[0])
		}
		if all := h.figures(title).Milestones; len(all) != 3 {
			t.Fatalf("got\n%s", show(all))
		}
	})
}

func TestCorrectionsMoveMilestones(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	first := h.enter(r, "plays", "9000万", "2026-03-05")
	second := h.enter(r, "plays", "1.2亿", "2026-03-06")
	wantRows(t, second.Changes, "sum plays 1亿 03-06 exact stands")
	if p := second.Changes[0].Previous; p == nil || p.Value != 90_000_000 || p.Reading != first.Reading.ID {
		t.Fatalf("the other end of the interval is %+v", p)
	}

	moved, err := h.CorrectReading(t.Context(), h.admin, first.Reading.ID, studio.CorrectIn{Text: "1.1亿", Why: "抄错一位"})
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, moved.Changes, "sum plays 1亿 03-06 exact moved", "sum plays 1亿 03-05 exact stands")
	if old := moved.Changes[0]; old.Became != moved.Changes[1].ID || old.Why != "抄错一位" || old.EndedAt == nil || old.ID != second.Changes[0].ID {
		t.Fatalf("got %+v", old)
	}

	if _, err := h.CorrectReading(t.Context(), h.admin, second.Reading.ID, studio.CorrectIn{Text: "9500万", Why: "平台更正"}); err != nil {
		t.Fatal(err)
	}
	gone, err := h.CorrectReading(t.Context(), h.admin, first.Reading.ID, studio.CorrectIn{Text: "9000万", Why: "平台更正"})
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, gone.Changes, "sum plays 1亿 03-05 exact withdrawn")
	if gone.Changes[0].Why != "平台更正" || gone.Changes[0].EndedAt == nil {
		t.Fatalf("got %+v", gone.Changes[0])
	}

	none, err := h.WithdrawReading(t.Context(), h.admin, first.Reading.ID, studio.WithdrawIn{Why: "别的剧"})
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, none.Changes, "sum plays 1000万 03-05 exact moved", "sum plays 1000万 03-06 exact stands",
		"sum plays 5000万 03-05 exact moved", "sum plays 5000万 03-06 exact stands")

	f := h.figures(title)
	wantRows(t, f.Milestones, "sum plays 1亿 03-06 exact moved", "sum plays 5000万 03-06 exact stands", "sum plays 1000万 03-06 exact stands",
		"sum plays 1亿 03-05 exact withdrawn", "sum plays 5000万 03-05 exact moved", "sum plays 1000万 03-05 exact moved")
	if f.Plays.Value != 95_000_000 || len(f.Curve) != 1 || f.Milestones[0].Reading.ID != second.Reading.ID {
		t.Fatalf("got %+v", f)
	}
	want := "title.created release.created reading.entered milestone.reached milestone.reached reading.entered milestone.reached " +
		"reading.corrected milestone.moved reading.corrected reading.corrected milestone.withdrawn reading.withdrawn milestone.moved milestone.moved"
	if got := strings.Join(h.verbs(title), " "); got != want {
		t.Fatalf("it told\n%s\nwant\n%s", got, want)
	}
}

func TestAFallWithdrawsNothing(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	for _, metric := range []string{"plays", "heat"} {
		h.enter(r, metric, "1.2亿", "2026-03-05")
		if out := h.enter(r, metric, "3000万", "2026-03-06"); len(out.Changes) != 0 {
			t.Fatalf("%s fell and\n%s", metric, show(out.Changes))
		}
	}
}

func TestSumsOverPlatforms(t *testing.T) {
	h := newHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	a, b := h.release(title, "红果短剧", "2026-03-01"), h.release(title, "抖音", "2026-02-20")
	h.enter(a, "plays", "6000万", "2026-03-05")
	out := h.enter(b, "plays", "破5000万", "2026-03-06")
	t.Run("plays are added up, each platform carried forward", func(t *testing.T) {
		wantRows(t, out.Changes, "sum plays 1亿 03-06 lower stands", "抖音 plays 1000万 03-06 lower stands", "抖音 plays 5000万 03-06 lower stands")
		m := out.Changes[0]
		if m.Value != 110_000_000 || m.Previous.Value != 60_000_000 || *m.Days != 14 || *out.Changes[1].Days != 14 {
			t.Fatalf("got %+v", m)
		}
		f := h.figures(title)
		if f.Plays.Value != 110_000_000 || f.Plays.Parts != 2 || !f.Plays.Lower || len(f.Curve) != 2 || f.Releases[0].Release.Platform != "抖音" {
			t.Fatalf("got %+v", f)
		}
	})
	t.Run("heat is not", func(t *testing.T) {
		h.enter(a, "heat", "6000万", "2026-03-05")
		out := h.enter(b, "heat", "6000万", "2026-03-05")
		wantRows(t, out.Changes, "抖音 heat 1000万 03-05 exact stands", "抖音 heat 5000万 03-05 exact stands")
	})
	t.Run("followers and likes have no thresholds", func(t *testing.T) {
		if out := h.enter(a, "followers", "2亿", "2026-03-05"); len(out.Changes) != 0 {
			t.Fatalf("got\n%s", show(out.Changes))
		}
	})
}

func TestThresholdsOfTheStudio(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	h.enter(r, "plays", "1.2亿", "2026-03-05")
	set, err := h.StudioSettings(t.Context(), h.admin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.EditSettings(t.Context(), h.admin, set.Rev, studio.SettingsEdit{Thresholds: &[]int64{1_000_000}}); err != nil {
		t.Fatal(err)
	}
	out := h.enter(r, "plays", "1.3亿", "2026-03-06")
	wantRows(t, out.Changes, "sum plays 100万 03-05 exact stands", "sum plays 1000万 03-05 exact withdrawn",
		"sum plays 5000万 03-05 exact withdrawn", "sum plays 1亿 03-05 exact withdrawn")
}

func TestRecentMilestonesOnTheFirstPage(t *testing.T) {
	h := newHouse(t)
	mine, theirs := h.title("昼以继夜"), h.title("娇藏京枝")
	h.enter(h.release(mine, "红果短剧", "2026-03-01"), "heat", "6000万", "2026-03-05")
	out := h.enter(h.release(theirs, "红果短剧", "2026-03-01"), "plays", "1.2亿", "2026-03-06")
	home := func(by studio.Actor) []studio.MilestoneRow {
		got, err := h.Home(t.Context(), by, studio.Page{})
		if err != nil {
			t.Fatal(err)
		}
		return got.Milestones
	}
	t.Run("are the newest of every title", func(t *testing.T) {
		wantRows(t, home(h.admin), "sum plays 1亿 03-06 exact stands", "sum plays 5000万 03-06 exact stands", "sum plays 1000万 03-06 exact stands",
			"红果短剧 heat 5000万 03-05 exact stands", "红果短剧 heat 1000万 03-05 exact stands")
	})
	t.Run("are only those of titles that one sees", func(t *testing.T) {
		rows := home(h.as(studio.RoleViewer, mine))
		if len(rows) != 2 || rows[0].Title != "昼以继夜" || rows[0].Reading == nil || *rows[0].Days != 4 {
			t.Fatalf("got\n%s", show(rows))
		}
	})
	t.Run("leave out what no longer holds", func(t *testing.T) {
		if _, err := h.WithdrawReading(t.Context(), h.admin, out.Reading.ID, studio.WithdrawIn{Why: "别的剧"}); err != nil {
			t.Fatal(err)
		}
		if rows := home(h.admin); len(rows) != 2 {
			t.Fatalf("got\n%s", show(rows))
		}
		b, err := h.TitleBoard(t.Context(), h.admin, theirs)
		if err != nil || b.Plays != nil || b.Last != nil {
			t.Fatalf("the board still shows %+v, %v", b, err)
		}
	})
}

// What stands after any order of entries, corrections and withdrawals is what
// the readings that are left say when they are worked out from nothing.
func TestStandingMilestonesFollowFromTheReadings(t *testing.T) {
	h := newHouse(t)
	for seed := range uint64(12) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		title := h.title(fmt.Sprint("剧", seed))
		releases := []studio.Release{h.release(title, "红果短剧", ""), h.release(title, "抖音", "")}
		kept := map[string]studio.Reading{}
		for range 14 {
			h.disturb(rnd, releases, kept)
		}
		var readings []tally.Reading
		for _, r := range kept {
			readings = append(readings, tally.Reading{ID: r.ID, Release: r.ReleaseID, Metric: r.Metric, Observed: r.Observed, Entered: r.Now.At,
				Figure: r.Now.Figure, Withdrawn: r.Withdrawn})
		}
		var want, got []string
		all := tally.Milestones(readings, func(string) []int64 { return tally.DefaultThresholds() })
		for _, m := range all {
			twin := func(o tally.Milestone) bool {
				return m.Scope != "" && o.Scope == "" && o.Metric == m.Metric && o.Threshold == m.Threshold && o.At.Equal(m.At) && o.Value == m.Value
			}
			if !slices.ContainsFunc(all, twin) {
				want = append(want, fmt.Sprint(m.Scope, m.Metric, m.Threshold, m.At, m.Value, m.Mark, m.Reading))
			}
		}
		for _, m := range h.figures(title).Milestones {
			if m.State == studio.Stands {
				got = append(got, fmt.Sprint(m.ReleaseID, m.Metric, m.Threshold, m.At, m.Value, m.Mark, m.ReadingID))
			}
		}
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Fatalf("seed %d: got\n%s\nwant\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// disturb enters, corrects or withdraws one reading at random.
func (h house) disturb(rnd *rand.Rand, releases []studio.Release, kept map[string]studio.Reading) {
	h.t.Helper()
	texts := []string{"800万", "1000万", "破5000万", "0.5亿", "9000万", "1.0亿", "破亿", "123456789", "2.1亿"}
	text := texts[rnd.IntN(len(texts))]
	var counting []string
	for id, r := range kept {
		if !r.Withdrawn {
			counting = append(counting, id)
		}
	}
	slices.Sort(counting)
	var out studio.ReadingOut
	var err error
	switch n := rnd.IntN(10); {
	case n < 6 || len(counting) == 0:
		day := time.Date(2026, 3, 1+rnd.IntN(6), 12, 0, 0, 0, time.UTC)
		metric := []string{"plays", "plays", "heat"}[rnd.IntN(3)]
		out, err = h.EnterReading(h.t.Context(), h.admin, releases[rnd.IntN(2)].ID, studio.ReadingIn{Metric: metric, Text: text, Observed: day.Format(time.RFC3339)})
	case n < 8:
		out, err = h.CorrectReading(h.t.Context(), h.admin, counting[rnd.IntN(len(counting))], studio.CorrectIn{Text: text, Why: "更正"})
	default:
		out, err = h.WithdrawReading(h.t.Context(), h.admin, counting[rnd.IntN(len(counting))], studio.WithdrawIn{Why: "撤回"})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	kept[out.Reading.ID] = out.Reading
}
