package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
)

// scriptPlaces lists the places of a script as name: candidates, with * at the locked one, and shots.
func (h house) scriptPlaces(by studio.Actor, title string) string {
	h.t.Helper()
	list, err := h.ScriptPlaces(h.t.Context(), by, title)
	var out []string
	for _, p := range must(h.t, list, err) {
		s := p.Element.Name + ":"
		for _, c := range p.Candidates {
			s += " " + c.Location.Name + map[bool]string{true: "*"}[c.Locked]
		}
		if p.Locked != nil {
			s += " =" + p.Locked.Name
		}
		out = append(out, fmt.Sprintf("%s %d/%d", s, p.Element.Scenes, p.Shots))
	}
	return strings.Join(out, "; ")
}

func TestCandidatesForAScriptsPlace(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	h.importText(title, theatre)
	h.shot(h.sceneOf(title, "1-2").ID)
	one, two := h.place("剧院甲"), h.place("剧院乙")
	hall := h.element(title, "金沙湖大剧院·观众厅")
	scout := h.as(studio.RoleScout, title)
	add := func(by studio.Actor, l studio.Location, note string) studio.Element {
		e, err := h.AddCandidate(ctx, by, hall.ID, studio.CandidateIn{LocationID: l.ID, Note: note})
		return must(t, e, err)
	}
	e := add(scout, one, "太小")
	if c := e.Candidates; len(c) != 1 || c[0].LocationID != one.ID || c[0].Note != "太小" || c[0].By == "" || c[0].At.IsZero() || e.Scenes != 1 {
		t.Errorf("got %+v", e)
	}
	if e = add(h.admin, one, "够大"); len(e.Candidates) != 1 || e.Candidates[0].Note != "够大" {
		t.Errorf("got %+v", e.Candidates)
	}
	t.Run("locking one that is no candidate makes it one", func(t *testing.T) {
		e = h.edited(title, hall.Name, studio.ElementIn{LocationID: &two.ID})
		if e.LocationID != two.ID || len(e.Candidates) != 2 {
			t.Errorf("got %+v", e)
		}
		h.same("the list", h.scriptPlaces(scout, title), "金沙湖·剧院广场: 1/0; 金沙湖大剧院·观众厅: 剧院甲 剧院乙* =剧院乙 1/1; 金沙湖大剧院 后台: 1/0")
	})
	t.Run("the locked one stays until it is unlocked", func(t *testing.T) {
		_, err := h.RemoveCandidate(ctx, scout, hall.ID, two.ID, e.Rev)
		refused(t, err, "candidate.locked")
		e = h.edited(title, hall.Name, studio.ElementIn{LocationID: ptr("")})
		_, err = h.RemoveCandidate(ctx, scout, hall.ID, two.ID, e.Rev-1)
		refused(t, err, "stale")
		e, err = h.RemoveCandidate(ctx, scout, hall.ID, two.ID, e.Rev)
		if must(t, e, err); len(e.Candidates) != 1 || e.Candidates[0].LocationID != one.ID {
			t.Errorf("got %+v", e.Candidates)
		}
		_, err = h.RemoveCandidate(ctx, scout, hall.ID, two.ID, e.Rev)
		refused(t, err, "unknown.candidate")
	})
	t.Run("telephone numbers are in no list of candidates", func(t *testing.T) {
		must(t, 0, errOf(h.editPlace(one, studio.LocationIn{Contacts: &[]studio.Contact{{Name: "王", Phone: "138"}}})))
		list, err := h.ScriptPlaces(ctx, h.admin, title)
		if text := asJSON(t, must(t, list, err)); strings.Contains(text, `"138"`) || !strings.Contains(text, "王") {
			t.Errorf("got %s", text)
		}
	})
	for name, c := range map[string]struct {
		by       studio.Actor
		element  string
		location string
		code     string
	}{
		"a location that is not there": {h.admin, hall.ID, "x", "unknown.location"},
		"an element that is not there": {h.admin, "x", one.ID, "unknown.element"},
		"a character":                  {h.admin, h.element(title, "沈枝").ID, one.ID, "candidate.kind"},
		"an operator":                  {h.as(studio.RoleOperator, title), hall.ID, one.ID, "forbidden.booking.edit"},
		"somebody of another title":    {h.as(studio.RoleScout, "x"), hall.ID, one.ID, "unknown.element"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.AddCandidate(ctx, c.by, c.element, studio.CandidateIn{LocationID: c.location})
			refused(t, err, c.code)
		})
	}
	t.Run("thirty are enough", func(t *testing.T) {
		for i := len(e.Candidates); i < 30; i++ {
			add(h.admin, h.place(fmt.Sprint("备选", i)), "")
		}
		_, err := h.AddCandidate(ctx, h.admin, hall.ID, studio.CandidateIn{LocationID: h.place("多余").ID})
		refused(t, err, "candidate.many")
	})
	t.Run("merged elements have the candidates of both", func(t *testing.T) {
		back := h.element(title, "金沙湖大剧院 后台")
		must(t, 0, errOf(h.AddCandidate(ctx, h.admin, back.ID, studio.CandidateIn{LocationID: one.ID, Note: "后台小"})))
		got, err := h.MergeElement(ctx, h.admin, back.ID, h.element(title, "金沙湖·剧院广场").ID)
		if must(t, got, err); len(got.Candidates) != 1 || got.Candidates[0].Note != "后台小" {
			t.Errorf("got %+v", got.Candidates)
		}
	})
}

func TestWhatHangsOnAPlace(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	l := h.place("金沙湖大剧院")
	title, hidden := h.title("娇藏京枝"), h.title("昼以继夜")
	h.importText(title, theatre)
	h.importText(hidden, theatre)
	x := h.shot(h.sceneOf(title, "1-2").ID)
	y := h.shot(h.sceneOf(title, "1-2").ID)
	hall := h.element(title, "金沙湖大剧院·观众厅")
	sheet := h.newSheet(title, studio.RefPlace, hall.ID, "观众厅", 1)
	for _, shot := range []studio.Shot{x, y} {
		tk := h.take(shot.ID, 40+int(shot.Order))
		h.pick(shot.ID, tk.ID, "")
		a := h.logged(tk.AttemptID)
		must(t, 0, errOf(h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{{ReferenceID: sheet.ID}}})))
		if shot.ID == x.ID {
			h.draw(sheet.ID, 2, true)
		}
	}
	for i, id := range []string{title, hidden} {
		b, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, TitleID: id, Start: at(9+i, 8), End: at(9+i, 9)})
		if must(t, b, err); i == 0 {
			must(t, 0, errOf(h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, TitleID: id, Start: at(12, 8), End: at(12, 9)})))
			must(t, 0, errOf(h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)})))
		}
	}
	must(t, 0, errOf(h.AddSiteNote(ctx, h.admin, l.ID, studio.SiteNoteIn{Text: "x"})))
	elsewhere := h.place("望江楼")
	for i, on := range [][]studio.DayScene{
		{{SceneID: h.sceneOf(title, "1-2").ID}},                           // where its place is locked
		{{SceneID: h.sceneOf(title, "1-1").ID, LocationID: l.ID}},         // put here
		{{SceneID: h.sceneOf(title, "1-2").ID, LocationID: elsewhere.ID}}, // taken elsewhere
		{{SceneID: h.sceneOf(title, "1-1").ID}},                           // nowhere
	} {
		d, err := h.KeepDay(ctx, studio.ShootDay{TitleID: title, Date: fmt.Sprintf("2027-03-%02d", i+1), Scenes: on})
		must(t, d, err)
	}
	got, err := h.LocationLinks(ctx, h.admin, l.ID)
	must(t, got, err)
	if got.Bookings != 2 || got.Days != 2 || got.Notes != 1 || got.Hidden != 0 || len(got.Places) != 4 {
		t.Errorf("got %+v", got)
	}
	i := slices.IndexFunc(got.Places, func(p studio.LinkedPlace) bool { return p.Element.ID == hall.ID })
	if p := got.Places[i]; p.Title != "娇藏京枝" || !p.Locked || p.Scenes != 1 || p.Shots != 2 {
		t.Errorf("got %+v", p)
	}
	if len(got.Sheets) != 1 || got.Sheets[0] != (studio.LinkedSheet{ReferenceID: sheet.ID, Name: "观众厅", TitleID: title, Title: "娇藏京枝", Edition: 2, Picks: 2, Outdated: 1}) {
		t.Errorf("the sheets are %+v", got.Sheets)
	}
	t.Run("titles that are not seen are only counted", func(t *testing.T) {
		got, err := h.LocationLinks(ctx, h.as(studio.RoleViewer, title), l.ID)
		if must(t, got, err); got.Hidden != 1 || len(got.Places) != 2 || got.Bookings != 2 || strings.Contains(asJSON(t, got), "昼以继夜") || strings.Contains(asJSON(t, got), hidden) {
			t.Errorf("got %+v", got)
		}
		got, err = h.LocationLinks(ctx, h.as("", ""), l.ID)
		if must(t, got, err); got.Hidden != 2 || len(got.Places)+len(got.Sheets) != 0 {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a merge moves all of it", func(t *testing.T) {
		into := h.place("大剧院")
		must(t, 0, errOf(h.MergeLocation(ctx, h.admin, l.ID, l.Rev, studio.PlaceMergeIn{Into: into.ID})))
		after, err := h.LocationLinks(ctx, h.admin, into.ID)
		if must(t, after, err); after.Bookings != 2 || after.Days != 2 || after.Notes != 1 || len(after.Places) != 4 || after.Sheets[0] != got.Sheets[0] {
			t.Errorf("got %+v", after)
		}
		none, err := h.LocationLinks(ctx, h.admin, l.ID)
		if must(t, none, err); none.Bookings+none.Days+none.Notes+none.Hidden != 0 || len(none.Places)+len(none.Sheets) != 0 {
			t.Errorf("the duplicate has %+v", none)
		}
	})
}
