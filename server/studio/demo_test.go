package studio_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/tally"
)

// TestTheDemonstration loads the demonstration studio on an engine that runs
// everything twice, cuts the load off on the way, and loads it again to its end.
func TestTheDemonstration(t *testing.T) {
	left, stop := -1, func() {}
	h := openAgain(t, func() {
		if left--; left == 0 {
			stop()
		}
	}, func() {})
	for _, cut := range []int{3, 30} {
		ctx, cancel := context.WithCancel(t.Context())
		left, stop = cut, cancel
		if _, err := h.LoadDemo(ctx, h.admin); !errors.Is(err, context.Canceled) {
			t.Fatalf("cut off at change %d: %v", cut, err)
		}
		cancel()
	}
	left = -1
	_, err := h.LoadDemo(t.Context(), actor(studio.Lead, nil))
	refused(t, err, "forbidden.studio.manage")
	set, err := h.LoadDemo(t.Context(), h.admin)
	if must(t, set, err); !set.Demo {
		t.Error("the studio does not know that it was loaded")
	}
	_, err = h.LoadDemo(t.Context(), h.admin)
	refused(t, err, "demo.loaded")
	t.Run("every step happened once", func(t *testing.T) {
		l, err := h.Activities(t.Context(), h.admin, "", studio.Page{Limit: 500})
		n := map[string]int{}
		for _, e := range must(t, l, err).Items {
			n[e.Verb]++
		}
		for verb, want := range map[string]int{"title.created": 5, "location.created": 1, "location.photo_added": 4, "script.imported": 2, "shot.added": 11,
			"booking.made": 4, "release.created": 6, "figures.imported": 4, "rank.entered": 3, "claim.entered": 1, "callsheet.made": 1, "callsheet.issued": 2, "cost.added": 5, "studio.demo": 1} {
			if n[verb] != want {
				t.Errorf("%s happened %d times, want %d", verb, n[verb], want)
			}
		}
		if t.Failed() {
			t.Logf("all: %v", n)
		}
	})
	t.Run("one pick is from a sheet that was replaced", func(t *testing.T) { h.sheetsAreShown(t) })
	t.Run("every page has something to show", func(t *testing.T) { h.pagesAreFull(t) })
	t.Run("the days of shooting are planned", func(t *testing.T) { h.demoIsPlanned(t) })
	t.Run("scenes say what they need", func(t *testing.T) { h.demoIsBroken(t) })
	t.Run("figures tell of everything that may befall them", func(t *testing.T) { h.demoIsCounted(t) })
}

// demoIsCounted looks for what the pages of releases have to show.
func (h house) demoIsCounted(t *testing.T) {
	ctx := t.Context()
	wall, err := h.Releases(ctx, h.admin, "", studio.Page{})
	marks, states := map[tally.Mark]int{}, map[studio.MilestoneState]int{}
	paid := 0
	for _, b := range must(t, wall, err).Items {
		f := h.figures(b.Title.ID)
		for _, m := range f.Milestones {
			states[m.State]++
			if m.State == studio.Stands {
				marks[m.Mark]++
			}
		}
		r := h.returned(b.Title.ID)
		if r.Payback != nil && r.ROI != nil {
			paid++
		}
		if b.Title.Code == "WPS" || b.Title.Code == "QYSJZ" {
			if b.Wall == nil || b.Wall.Yesterday == nil || b.Wall.Week == nil {
				t.Errorf("%s does not grow: %+v", b.Title.Name, b.Wall)
			}
		}
	}
	if marks[tally.MarkProvisional] != 1 || marks[tally.MarkLower] == 0 || states[studio.Moved] != 1 || states[studio.Withdrawn] != 1 || paid != 2 {
		t.Errorf("marks %v, states %v, %d paid back", marks, states, paid)
	}
	health, err := h.Health(ctx, h.admin)
	if must(t, health, err); health.AnomalyCount != 1 || health.StaleCount != 1 || health.StrayCount != 1 {
		t.Errorf("%d anomalies, %d stale, %d strays", health.AnomalyCount, health.StaleCount, health.StrayCount)
	}
	ranks, err := h.RecentRanks(ctx, h.admin, studio.Page{})
	if must(t, ranks, err); len(ranks.Items) != 3 {
		t.Errorf("%d ranks", len(ranks.Items))
	}
}

func (h house) sheetsAreShown(t *testing.T) {
	home, err := h.Home(t.Context(), h.admin, studio.Page{})
	sheets, outdated, bound := 0, 0, 0
	for _, b := range must(t, home, err).Boards {
		list, err := h.References(t.Context(), h.admin, b.Title.ID, "", false)
		for _, r := range must(t, list, err) {
			sheets++
			if r.ElementID != "" {
				bound++
			}
			uses, err := h.SheetUses(t.Context(), h.admin, r.ID, true, studio.Page{})
			for _, u := range must(t, uses, err).Items {
				if u.Picked && u.How == "file" {
					outdated++
				}
			}
		}
	}
	if sheets != 7 || bound != 7 || outdated != 1 {
		t.Errorf("%d sheets, %d of them of an element, %d picks from a replaced one", sheets, bound, outdated)
	}
}

func (h house) pagesAreFull(t *testing.T) {
	ctx := t.Context()
	home, err := h.Home(ctx, h.admin, studio.Page{})
	must(t, home, err)
	if len(home.Boards) != 5 || len(home.Milestones) == 0 || len(home.Queues) == 0 {
		t.Errorf("home has %d titles, %d milestones, %d queues", len(home.Boards), len(home.Milestones), len(home.Queues))
	}
	var states []studio.ShotState
	var verdicts []studio.Verdict
	var statuses []studio.Status
	for _, b := range home.Boards {
		if len(b.Title.Facts) == 0 || b.Title.Facts[0].Source == "" || !b.Title.Demo {
			t.Errorf("%s: %+v", b.Title.Name, b.Title)
		}
		h.inOneRow(b.Title.ID)
		l, err := h.TitleShots(ctx, h.admin, b.Title.ID, studio.ShotFilter{}, studio.Page{})
		for _, r := range must(t, l, err).Items {
			states = append(states, r.Shot.State)
			at, err := h.Attempts(ctx, h.admin, r.Shot.ID, studio.Page{})
			for _, a := range must(t, at, err).Items {
				statuses = append(statuses, a.Attempt.Status)
				for _, tk := range a.Takes {
					verdicts = append(verdicts, tk.Verdict)
					if a.Attempt.Seed == "" && tk.Media.Type == "image/png" {
						t.Errorf("a picture of %s does not say its seed", r.Shot.Label)
					}
				}
			}
		}
	}
	for _, st := range []studio.ShotState{studio.ShotToReview, studio.ShotPicked} {
		if !slices.Contains(states, st) {
			t.Errorf("no shot is %s", st)
		}
	}
	for _, v := range []studio.Verdict{studio.Unseen, studio.Shortlisted, studio.Rejected} {
		if !slices.Contains(verdicts, v) {
			t.Errorf("no take is %s", v)
		}
	}
	if !slices.Contains(statuses, studio.Refused) {
		t.Error("no attempt was refused")
	}
	places, err := h.FindLocations(ctx, h.admin, studio.PlaceQuery{Q: "金沙湖"}, studio.Page{})
	if must(t, places, err); len(places.Items) != 1 || len(places.Items[0].Areas) == 0 || len(places.Items[0].Photos) == 0 {
		t.Errorf("places %+v", places.Items)
	}
	rows, err := h.Bookings(ctx, h.admin, time.Now().Add(-24*time.Hour), time.Now().Add(20*24*time.Hour))
	if must(t, rows, err); len(rows) == 0 {
		t.Error("nothing is booked")
	}
	out, err := h.Releases(ctx, h.admin, "", studio.Page{})
	if must(t, out, err); len(out.Items) != 4 {
		t.Errorf("%d titles are out", len(out.Items))
	}
	people, err := h.People(ctx, h.admin, studio.Page{})
	if must(t, people, err); len(people.Items) != 6 {
		t.Errorf("%d people", len(people.Items))
	}
	for _, p := range people.Items {
		if p.Login == "demo-operator" {
			_, err := h.SignIn(ctx, studio.Trace{}, "", studio.SignInIn{Login: p.Login})
			if err == nil {
				t.Error("somebody of the demonstration signs in without a password")
			}
		}
	}
}

func (h house) demoIsBroken(t *testing.T) {
	home, err := h.Home(t.Context(), h.admin, studio.Page{})
	for _, b := range must(t, home, err).Boards {
		switch b.Title.Code {
		case "JCJZ":
			h.same("characters", h.elements(b.Title.ID, studio.ElementCharacter), "化妆师 1/1, 沈枝 4/4, 舞台监督 1/1, 顾京 2/2")
			h.same("props", h.elements(b.Title.ID, studio.ElementProp), "行李箱 1/0, 话筒 1/0")
			linked := 0
			l, err := h.Elements(t.Context(), h.admin, b.Title.ID, studio.ElementPlace)
			for _, e := range must(t, l, err) {
				linked += len(e.LocationID)
			}
			if len(l) != 4 || linked != 3*len(l[0].ID) {
				t.Errorf("places %+v", l)
			}
		case "QYSJZ":
			h.same("characters", h.elements(b.Title.ID, studio.ElementCharacter), "林越 1/1, 解说乙 1/1, 解说甲 1/1")
			h.same("places", h.elements(b.Title.ID, studio.ElementPlace), "电竞馆 1/0, 解说席 1/0")
		}
	}
}

func (h house) demoIsPlanned(t *testing.T) {
	home, err := h.Home(t.Context(), h.admin, studio.Page{})
	for _, b := range must(t, home, err).Boards {
		if b.Title.Code != "JCJZ" {
			continue
		}
		board, err := h.DayBoard(t.Context(), h.admin, b.Title.ID)
		must(t, board, err)
		var on, players []string
		kinds := map[studio.ClashKind]int{}
		for _, d := range board.Days {
			on = append(on, d.Day.Unit+labels(d.Scenes))
			players = append(players, d.Performers...)
			for _, x := range d.Conflicts {
				kinds[x.Kind]++
			}
		}
		if got := strings.Join(on, ", "); got != "A1-1 1-2, B2-1, A2-2" || labels(board.Pool) != "" {
			t.Errorf("days of %s, %s in the pool", got, labels(board.Pool))
		}
		if len(players) != 5 || kinds[studio.ClashNight] != 1 || kinds[studio.ClashUnbooked] != 0 || kinds[studio.ClashPerformer] != 0 || kinds[studio.ClashRest] != 0 {
			t.Errorf("performers %v, clashes %v", players, kinds)
		}
		h.demoIsCalled(t, board.Days[0])
	}
	l, err := h.Performers(t.Context(), h.admin, "", studio.Page{})
	if must(t, l, err); len(l.Items) != 2 || !l.Items[0].Demo || !strings.HasSuffix(l.Items[0].Name, "（示例）") {
		t.Errorf("performers %+v", l.Items)
	}
}

// demoIsCalled: the first day has a call sheet in two versions, with changed cells and with people who know only the first.
func (h house) demoIsCalled(t *testing.T, day studio.DayRow) {
	p, err := h.CallSheet(t.Context(), h.admin, day.CallSheet, 2)
	must(t, p, err)
	if p.Sheet.Issued != 2 || p.Pending || len(p.Changed) < 8 || len(p.Content.Scenes) != 2 || len(p.Content.Cast) < 2 || len(p.Content.Next) != 1 || p.Content.Sunrise == "" {
		t.Errorf("version %d, pending %v, changed %v of %+v", p.Sheet.Issued, p.Pending, p.Changed, p.Content)
	}
	var who []string
	for _, r := range p.Recipients {
		who = append(who, fmt.Sprint(r.Name, " ", r.Opened, r.Confirmed))
	}
	slices.Sort(who)
	h.same("who read what", strings.Join(who, "; "), "苏曼（示例） 1 1; 许导（示例） 2 2; 陆衡（示例） 1 0; 陈外联（示例） 0 0")
}
