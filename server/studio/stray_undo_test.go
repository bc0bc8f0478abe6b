package studio_test

import (
	"reflect"
	"testing"
	"time"

	"chouka/server/studio"
)

// matchHouse is a studio in which rows of a name wait in a file.
type matchHouse struct {
	importHouse
	first studio.ImportOutcome
	stray studio.Stray
}

func newMatchHouse(t *testing.T) matchHouse {
	t.Helper()
	h := matchHouse{importHouse: newImportHouse(t)}
	h.first = h.importFile(h.admin, "a.csv", "剧名,平台,日期,播放量\n从赖皮蛇开始吞噬进化,红果短剧,2026-03-05,1.1亿\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-04,6000万\n从赖皮蛇开始吞噬进化,红果短剧,2026-03-06,1.3亿\n")
	list, err := h.Strays(t.Context(), h.admin, studio.Page{})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("got %+v, %v", list, err)
	}
	h.stray = list.Items[0].Stray
	h.clock.pass(time.Minute)
	return h
}

func (h matchHouse) match(in studio.MatchIn) studio.ImportOutcome {
	h.t.Helper()
	out, err := h.MatchStray(h.t.Context(), h.admin, h.stray.ID, in)
	if must(h.t, out, err).ActID == "" {
		h.t.Fatal("the match has no way back")
	}
	h.clock.pass(time.Minute)
	return out
}

// back takes an act back.
func (h house) back(by studio.Actor, act string) (studio.ActOut, error) {
	return h.Undo(h.t.Context(), by, studio.UndoIn{ActID: act})
}

func TestAMatchIsTakenBack(t *testing.T) {
	for name, in := range map[string]func(matchHouse) studio.MatchIn{
		"with the alias": func(h matchHouse) studio.MatchIn { return studio.MatchIn{ReleaseID: h.snakeHere.ID} },
		"with the release that came with it": func(h matchHouse) studio.MatchIn {
			return studio.MatchIn{TitleID: h.title("昼以继夜")}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newMatchHouse(t)
			m := in(h)
			title := m.TitleID
			if title == "" {
				title = h.snake
			}
			before := h.figures(title)
			out := h.match(m)
			if out.Count.New != 2 || h.figures(title).Plays.Value != 130_000_000 {
				t.Fatalf("got %+v", out.Count)
			}
			stranger := h.admin
			stranger.Person.ID = "somebody else"
			_, err := h.back(stranger, out.ActID)
			refused(t, err, "undo.gone")
			act, err := h.back(h.admin, out.ActID)
			if must(t, act, err); act.Act.Verb != "stray.matched" || act.Act.Undone == nil || len(act.Changes) == 0 {
				t.Fatalf("got %+v", act)
			}
			after := h.figures(title)
			if !reflect.DeepEqual(after.Plays, before.Plays) || len(after.Curve) != len(before.Curve) || len(after.Releases) > 1 {
				t.Errorf("got %+v, was %+v", after.Plays, before.Plays)
			}
			if len(after.Releases) == 1 && len(after.Releases[0].Release.Aliases) != 0 {
				t.Errorf("the alias stays: %+v", after.Releases[0].Release)
			}
			list, err := h.Strays(t.Context(), h.admin, studio.Page{})
			if must(t, list, err); len(list.Items) != 1 || list.Items[0].Stray.Rows != 2 || list.Items[0].Stray.ID != h.stray.ID || list.Items[0].Stray.Name != h.stray.Name {
				t.Errorf("got %+v", list.Items)
			}
			if i, err := h.Import(t.Context(), h.admin, h.first.Import.ID); err != nil || i.Count != h.first.Count {
				t.Errorf("the import counts %+v, was %+v, %v", i.Count, h.first.Count, err)
			}
			_, err = h.back(h.admin, out.ActID)
			refused(t, err, "undo.gone")
			again := h.match(m)
			if again.Count.New != 2 || h.figures(title).Plays.Value != 130_000_000 {
				t.Errorf("matched again: %+v", again.Count)
			}
			undone, err := h.UndoFigures(t.Context(), h.admin, h.first.Import.ID)
			must(t, undone, err)
		})
	}
}

func TestAMatchOnWhichSomethingRestsStays(t *testing.T) {
	reading := func(h matchHouse, at int) studio.Reading {
		list, err := h.Readings(h.t.Context(), h.admin, h.snakeHere.ID, "plays", studio.Page{})
		return must(h.t, list, err).Items[at]
	}
	for code, later := range map[string]func(h matchHouse){
		"match.corrected": func(h matchHouse) {
			out, err := h.CorrectReading(h.t.Context(), h.admin, reading(h, 0).ID, studio.CorrectIn{Text: "1.4亿", Why: "抄错"})
			must(h.t, out, err)
		},
		"match.import": func(h matchHouse) {
			h.importFile(h.admin, "b.csv", "剧名,平台,日期,播放量\n从赖皮蛇开始吞噬进化,红果短剧,2026-03-07,1.4亿\n")
		},
		"match.claim": func(h matchHouse) {
			m := h.figures(h.snake).Milestones[0]
			c, err := h.EnterClaim(h.t.Context(), h.admin, h.snake, studio.ClaimIn{MilestoneID: &m.ID, Text: ptr("2026年首部破亿"), Date: ptr("2026-03-06"), Origin: &studio.OriginIn{Kind: "press", URL: "https://example.com/a"}})
			must(h.t, c, err)
		},
	} {
		t.Run(code, func(t *testing.T) {
			h := newMatchHouse(t)
			out := h.match(studio.MatchIn{ReleaseID: h.snakeHere.ID})
			later(h)
			before := h.figures(h.snake)
			_, err := h.back(h.admin, out.ActID)
			refused(t, err, code)
			if !reflect.DeepEqual(h.figures(h.snake), before) {
				t.Error("a refused undo changed something")
			}
		})
	}
	t.Run("match.release", func(t *testing.T) {
		h := newMatchHouse(t)
		title := h.title("昼以继夜")
		out := h.match(studio.MatchIn{TitleID: title})
		h.enter(h.figures(title).Releases[0].Release, "heat", "6000万", "2026-03-08")
		_, err := h.back(h.admin, out.ActID)
		refused(t, err, "match.release")
	})
	t.Run("match.release, for it was edited", func(t *testing.T) {
		h := newMatchHouse(t)
		title := h.title("昼以继夜")
		out := h.match(studio.MatchIn{TitleID: title})
		r := h.figures(title).Releases[0].Release
		edited, err := h.EditRelease(t.Context(), h.admin, r.ID, r.Rev, studio.ReleaseIn{ExternalID: ptr("7301")})
		must(t, edited, err)
		_, err = h.back(h.admin, out.ActID)
		refused(t, err, "match.release")
	})
	t.Run("an import that is taken back since leaves nothing to wait", func(t *testing.T) {
		h := newMatchHouse(t)
		out := h.match(studio.MatchIn{ReleaseID: h.snakeHere.ID})
		undone, err := h.UndoFigures(t.Context(), h.admin, h.first.Import.ID)
		must(t, undone, err)
		act, err := h.back(h.admin, out.ActID)
		must(t, act, err)
		list, err := h.Strays(t.Context(), h.admin, studio.Page{})
		if must(t, list, err); len(list.Items) != 0 || len(h.figures(h.snake).Releases[0].Release.Aliases) != 0 {
			t.Errorf("got %+v", list.Items)
		}
	})
}

func TestAConfirmedAnomalyIsTakenBack(t *testing.T) {
	h, clock := wallHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2027-03-01")
	h.enter(r, "plays", "900万", "2027-03-05")
	odd := h.enter(r, "plays", "800万", "2027-03-06").Reading
	check := func() studio.ReadingOut {
		t.Helper()
		out, err := h.CheckReading(t.Context(), h.admin, odd.ID, studio.CheckIn{Why: "平台清理了刷量"})
		clock.pass(time.Minute)
		return must(t, out, err)
	}
	first := check()
	if h.wall(h.admin, title).Anomalies != 0 || first.ActID == "" {
		t.Fatalf("got %+v", first)
	}
	act, err := h.back(h.admin, first.ActID)
	if must(t, act, err); act.Act.Verb != "reading.checked" || h.wall(h.admin, title).Anomalies != 1 {
		t.Fatalf("got %+v", act)
	}
	if now, err := h.Reading(t.Context(), h.admin, odd.ID); err != nil || now.Checked != nil || now.Now.Text != "800万" {
		t.Errorf("got %+v, %v", now, err)
	}
	_, err = h.back(h.admin, first.ActID)
	refused(t, err, "undo.gone")
	second := check()
	out, err := h.CorrectReading(t.Context(), h.admin, odd.ID, studio.CorrectIn{Text: "850万", Why: "抄错"})
	must(t, out, err)
	_, err = h.back(h.admin, second.ActID)
	refused(t, err, "check.changed")
	third := check()
	_, err = h.back(h.admin, second.ActID) // that of the figure that stands now is another
	refused(t, err, "check.changed")
	_, err = h.back(h.admin, third.ActID)
	must(t, 0, err)
	t.Run("a reviewer's undo passes it over", func(t *testing.T) {
		_, err := h.Undo(t.Context(), h.admin, studio.UndoIn{TitleID: title})
		refused(t, err, "undo.nothing")
		_, err = h.Undo(t.Context(), h.admin, studio.UndoIn{ActID: "unknown"})
		refused(t, err, "undo.gone")
		_, err = h.Redo(t.Context(), h.admin, studio.UndoIn{ActID: second.ActID})
		refused(t, err, "undo.gone")
	})
}

func TestMoneyCarriesItsCurrency(t *testing.T) {
	h := newHouse(t)
	in := map[string][]int64{"revenue": {5_000_000_000}}
	h.settle(studio.SettingsEdit{MetricThresholds: &in})
	title := h.title("昼以继夜")
	r := h.release(title, "ReelShort", "2026-03-01")
	enter := func(text, day string) {
		out, err := h.EnterReading(t.Context(), h.admin, r.ID, studio.ReadingIn{Metric: "revenue", Text: text, Currency: "USD", Observed: day})
		must(t, out, err)
	}
	enter("60万", "2026-03-05")
	enter("55万", "2026-03-06")
	f := h.figures(title)
	if len(f.Anomalies) != 1 || f.Anomalies[0].Currency != "USD" || f.Milestones[0].Currency != "USD" {
		t.Errorf("got %+v %+v", f.Anomalies, f.Milestones)
	}
	all, err := h.Health(t.Context(), h.admin)
	if must(t, all, err); len(all.Anomalies) != 1 || all.Anomalies[0].Currency != "USD" {
		t.Errorf("got %+v", all.Anomalies)
	}
	news, err := h.Activities(t.Context(), h.admin, title, studio.Page{})
	must(t, news, err)
	for _, a := range news.Items {
		if (a.Verb == "reading.entered" || a.Verb == "milestone.reached") && a.Params["currency"] != "USD" {
			t.Errorf("got %+v", a)
		}
	}
	for _, x := range f.Thresholds {
		if want := map[string][]string{"revenue": {"USD"}}[x.Metric]; !reflect.DeepEqual(x.Currencies, want) {
			t.Errorf("thresholds of %s in %v", x.Metric, x.Currencies)
		}
	}
}
