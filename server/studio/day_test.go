package studio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

// crew is a title with the script of the theatre, a place for it, and days to shoot on.
type crew struct {
	house
	titleID string
	scenes  map[string]string // ids by label
}

func newCrew(t *testing.T) crew {
	t.Helper()
	h, title := broken(t)
	return crew{h, title, h.sceneIDs(title)}
}

func (h house) sceneIDs(titleID string) map[string]string {
	h.t.Helper()
	out := map[string]string{}
	rows, err := h.Outline(h.t.Context(), h.admin, titleID)
	for _, e := range must(h.t, rows, err) {
		for _, x := range e.Scenes {
			out[x.Label] = x.ID
		}
	}
	return out
}

// day makes a shooting day that brings no clash, or a reason for it.
func (w crew) day(date, unit string) studio.DayRow {
	w.t.Helper()
	d, err := w.AddDay(w.t.Context(), w.admin, w.titleID, studio.DayIn{Date: &date, Unit: &unit, Reason: "测试"})
	return must(w.t, d, err)
}

// board writes the days as one line each: date, unit, number, scenes; and the pool.
func (w crew) board() string {
	w.t.Helper()
	b, err := w.DayBoard(w.t.Context(), w.admin, w.titleID)
	must(w.t, b, err)
	var out []string
	for _, d := range b.Days {
		out = append(out, fmt.Sprintf("%s%s %d/%d: %s", d.Day.Date, d.Day.Unit, d.Number, d.Of, labels(d.Scenes)))
	}
	return strings.Join(append(out, "pool: "+labels(b.Pool)), "; ")
}

func labels(of []studio.StripScene) string {
	var out []string
	for _, x := range of {
		out = append(out, x.Scene.Label)
	}
	return strings.Join(out, " ")
}

// move moves a strip and gives a reason for whatever it brings.
func (w crew) move(label, from, to string, at int) studio.StripMoved {
	w.t.Helper()
	m, err := w.MoveStrip(w.t.Context(), w.admin, w.titleID, studio.StripMove{SceneID: w.scenes[label], From: from, To: to, At: at, Reason: "测试"})
	return must(w.t, m, err)
}

func TestShootingDaysAreNumberedByDate(t *testing.T) {
	w := newCrew(t)
	w.same("an empty board", w.board(), "pool: 1-1 1-2 2-1")
	second := w.day("2027-03-05", "b")
	first := w.day("2027-03-02", "")
	w.day("2027-03-05", "A")
	w.move("1-2", "", first.Day.ID, 0)
	w.move("1-1", "", first.Day.ID, 0)
	w.move("2-1", "", second.Day.ID, 9)
	w.same("the board", w.board(), "2027-03-02 1/2: 1-1 1-2; 2027-03-05A 2/2: ; 2027-03-05B 2/2: 2-1; pool: ")
	d := first.Day
	if d.Zone != "Asia/Shanghai" || !d.Start.Equal(at(2, 8)) || d.End.Sub(d.Start) != 12*time.Hour {
		t.Errorf("a day of %s to %s in %s", d.Start, d.End, d.Zone)
	}
	_, err := w.AddDay(t.Context(), w.admin, w.titleID, studio.DayIn{Date: ptr("2027-03-05"), Unit: ptr("B")})
	refused(t, err, "day.taken")
}

func TestANightStandsUnderItsFirstDate(t *testing.T) {
	w := newCrew(t)
	d := w.day("2027-03-02", "")
	start, end := at(2, 18), at(3, 4)
	d, err := w.EditDay(t.Context(), w.admin, d.Day.ID, d.Day.Rev, studio.DayIn{Start: &start, End: &end})
	if must(t, d, err); d.Day.Date != "2027-03-02" || !d.Day.End.Equal(end) {
		t.Errorf("a night of %+v", d.Day)
	}
	// Another date takes the hours along, a new start the length.
	d, err = w.EditDay(t.Context(), w.admin, d.Day.ID, d.Day.Rev, studio.DayIn{Date: ptr("2027-03-09")})
	if must(t, d, err); !d.Day.Start.Equal(at(9, 18)) || !d.Day.End.Equal(at(10, 4)) {
		t.Errorf("moved to %s – %s", d.Day.Start, d.Day.End)
	}
	d, err = w.EditDay(t.Context(), w.admin, d.Day.ID, d.Day.Rev, studio.DayIn{Start: ptr(at(9, 16))})
	if must(t, d, err); !d.Day.End.Equal(at(10, 2)) {
		t.Errorf("ends %s", d.Day.End)
	}
	l := w.place("金沙湖大剧院")
	for _, from := range []time.Time{at(9, 20), at(10, 1)} {
		in := studio.BookingIn{LocationID: l.ID, TitleID: w.titleID, Start: from, End: from.Add(6 * time.Hour), Reason: "测试"}
		b, err := w.Book(t.Context(), w.admin, in)
		must(t, b, err)
	}
	b, err := w.DayBoard(t.Context(), w.admin, w.titleID)
	if must(t, b, err); len(b.Days[0].Bookings) != 1 || !b.Days[0].Bookings[0].Start.Equal(at(9, 20)) {
		t.Errorf("bookings that begin on the day: %+v", b.Days[0].Bookings)
	}
}

func TestDaysThatCannotBe(t *testing.T) {
	w := newCrew(t)
	d := w.day("2027-03-02", "")
	for name, c := range map[string]struct {
		in   studio.DayIn
		code string
	}{
		"no date":               {studio.DayIn{}, "invalid.date"},
		"no such date":          {studio.DayIn{Date: ptr("2027-02-30")}, "invalid.date"},
		"a date in words":       {studio.DayIn{Date: ptr("明天")}, "invalid.date"},
		"a year of long ago":    {studio.DayIn{Date: ptr("1927-03-02")}, "invalid.date"},
		"a start the day after": {studio.DayIn{Date: ptr("2027-03-04"), Start: ptr(at(5, 0))}, "invalid.start"},
		"an end before":         {studio.DayIn{Date: ptr("2027-03-04"), End: ptr(at(4, 7))}, "invalid.end"},
		"an end at the start":   {studio.DayIn{Date: ptr("2027-03-04"), End: ptr(at(4, 8))}, "invalid.end"},
		"25 hours":              {studio.DayIn{Date: ptr("2027-03-04"), End: ptr(at(5, 9))}, "invalid.end"},
		"a long unit":           {studio.DayIn{Date: ptr("2027-03-04"), Unit: ptr(strings.Repeat("组", 21))}, "invalid.unit"},
		"a unit of two lines":   {studio.DayIn{Date: ptr("2027-03-04"), Unit: ptr("A\nB")}, "invalid.unit"},
		"a long note":           {studio.DayIn{Date: ptr("2027-03-04"), Note: ptr(strings.Repeat("注", 20_001))}, "invalid.note"},
		"taken":                 {studio.DayIn{Date: ptr("2027-03-02")}, "day.taken"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.AddDay(t.Context(), w.admin, w.titleID, c.in)
			refused(t, err, c.code)
			if name == "no date" || name == "taken" {
				return
			}
			_, err = w.EditDay(t.Context(), w.admin, d.Day.ID, d.Day.Rev, c.in)
			refused(t, err, c.code)
		})
	}
	_, err := w.EditDay(t.Context(), w.admin, d.Day.ID, d.Day.Rev+1, studio.DayIn{})
	if !studio.IsKind(err, studio.Stale) {
		t.Errorf("an old revision: %v", err)
	}
	_, err = w.AddDay(t.Context(), w.admin, "nothing", studio.DayIn{Date: ptr("2027-03-04")})
	refused(t, err, "unknown.title")
	_, err = w.EditDay(t.Context(), w.admin, "nothing", 1, studio.DayIn{})
	refused(t, err, "unknown.day")
}

func TestStripsGoWhereTheyArePut(t *testing.T) {
	w := newCrew(t)
	a, b := w.day("2027-03-02", "").Day.ID, w.day("2027-03-05", "").Day.ID
	w.move("1-1", "", a, 0)
	w.move("1-2", "", a, 0)
	w.move("2-1", "", a, 1)
	w.same("put in places", w.board(), "2027-03-02 1/2: 1-2 2-1 1-1; 2027-03-05 2/2: ; pool: ")
	w.move("1-1", a, a, 0)
	w.move("1-2", a, a, 99)
	w.same("in another order", w.board(), "2027-03-02 1/2: 1-1 2-1 1-2; 2027-03-05 2/2: ; pool: ")
	moved := w.move("2-1", a, b, 0)
	if len(moved.Days) != 2 {
		t.Errorf("%d days changed", len(moved.Days))
	}
	w.move("1-1", a, "", 0)
	w.same("moved and taken off", w.board(), "2027-03-02 1/2: 1-2; 2027-03-05 2/2: 2-1; pool: 1-1")
	in := studio.StripMove{SceneID: w.scenes["1-2"], From: a, To: b, Keep: true, Dry: true}
	dry, err := w.MoveStrip(t.Context(), w.admin, w.titleID, in)
	if must(t, dry, err); len(dry.Conflicts) != 1 || dry.Conflicts[0].Kind != studio.ClashTwice || labels(dry.Days[0].Scenes) != "1-2 2-1" {
		t.Errorf("a dry run says %+v", dry)
	}
	w.same("nothing was moved", w.board(), "2027-03-02 1/2: 1-2; 2027-03-05 2/2: 2-1; pool: 1-1")
	in.Dry = false
	_, err = w.MoveStrip(t.Context(), w.admin, w.titleID, in)
	e := refused(t, err, "day.soft")
	if !strings.Contains(e.Text.ZH, "2027-03-02") || !strings.Contains(e.Text.EN, "1-2") {
		t.Errorf("%q, %q", e.Text.ZH, e.Text.EN)
	}
	in.Reason = "分两天拍"
	kept, err := w.MoveStrip(t.Context(), w.admin, w.titleID, in)
	if must(t, kept, err); len(kept.Days) != 1 || len(kept.Days[0].Day.Overrides) != 1 || kept.Days[0].Day.Overrides[0].Reason != "分两天拍" {
		t.Errorf("kept: %+v", kept)
	}
	w.same("on both", w.board(), "2027-03-02 1/2: 1-2; 2027-03-05 2/2: 1-2 2-1; pool: 1-1")
}

func TestStripsThatCannotBeMoved(t *testing.T) {
	w := newCrew(t)
	a, b := w.day("2027-03-02", "").Day.ID, w.day("2027-03-05", "").Day.ID
	other := w.title("昼以继夜")
	foreign, err := w.AddDay(t.Context(), w.admin, other, studio.DayIn{Date: ptr("2027-03-02")})
	must(t, foreign, err)
	w.move("1-1", "", a, 0)
	w.move("1-2", "", a, 0)
	row, err := w.EditDayScene(t.Context(), w.admin, a, w.scenes["1-2"], studio.DaySceneIn{Done: ptr(true)})
	must(t, row, err)
	one, two := w.scenes["1-1"], w.scenes["1-2"]
	for name, c := range map[string]struct {
		in   studio.StripMove
		code string
	}{
		"nowhere":                {studio.StripMove{SceneID: one}, "invalid.to"},
		"no such scene":          {studio.StripMove{SceneID: "nothing", To: a}, "unknown.scene"},
		"no such day":            {studio.StripMove{SceneID: one, From: a, To: "nothing"}, "unknown.day"},
		"a day of another title": {studio.StripMove{SceneID: one, From: a, To: foreign.Day.ID}, "unknown.day"},
		"not on that day":        {studio.StripMove{SceneID: one, From: b, To: a}, "day.moved"},
		"on it already":          {studio.StripMove{SceneID: one, To: a}, "day.standing"},
		"a place below 0":        {studio.StripMove{SceneID: one, From: a, To: b, At: -1}, "invalid.at"},
		"kept from the pool":     {studio.StripMove{SceneID: one, To: b, Keep: true}, "invalid.keep"},
		"kept on the same day":   {studio.StripMove{SceneID: one, From: a, To: a, Keep: true}, "invalid.keep"},
		"shot already":           {studio.StripMove{SceneID: two, From: a, To: b}, "day.done"},
		"shot, to the pool":      {studio.StripMove{SceneID: two, From: a}, "day.done"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.MoveStrip(t.Context(), w.admin, w.titleID, c.in)
			refused(t, err, c.code)
		})
	}
	w.move("1-2", a, a, 1) // another place on its own day
	w.same("what was shot stays on its day", w.board(), "2027-03-02 1/2: 1-1 1-2; 2027-03-05 2/2: ; pool: 2-1")
}
