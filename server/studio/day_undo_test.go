package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

// TestAMoveIsTakenBackWithoutAReason plays what the screen does to undo: the same move, backwards.
func TestAMoveIsTakenBackWithoutAReason(t *testing.T) {
	s := newShoot(t)
	quiet := func(label, from, to string, at int) {
		t.Helper()
		m := studio.StripMove{SceneID: s.scenes[label], From: from, To: to, At: at}
		must(t, 0, errOf(s.MoveStrip(t.Context(), s.admin, s.titleID, m)))
	}
	second := s.crew.day("2027-03-09", "")
	s.put("2-1", second) // the hall is not booked on that day
	s.scene(second, "2-1", studio.DaySceneIn{Minutes: ptr(45), Note: ptr("带伞")})
	before := s.full()
	quiet("2-1", second.Day.ID, s.day.Day.ID, 0)
	quiet("2-1", s.day.Day.ID, second.Day.ID, 0)
	s.same("from day to day and back", s.full(), before)
	quiet("2-1", second.Day.ID, "", 0)
	quiet("2-1", "", second.Day.ID, 0)
	s.same("to the pool and back", s.full(), before)
	// An order in which there is no time for the way, left and taken up again.
	s.put("1-1", s.day)
	s.put("2-1", s.crew.day("2027-03-02", "B"))
	s.scene(s.day, "1-1", studio.DaySceneIn{LocationID: &s.tower.ID})
	s.scene(s.day, "1-2", studio.DaySceneIn{Minutes: ptr(12 * 60)})
	before = s.full()
	s.move("1-2", s.day.Day.ID, s.day.Day.ID, 1)
	quiet("1-2", s.day.Day.ID, s.day.Day.ID, 0)
	s.same("another order and back", s.full(), before)
	// What has come into the way since asks for a reason.
	quiet("1-2", s.day.Day.ID, "", 0)
	l, err := s.TitleBookings(t.Context(), s.admin, s.titleID)
	b := must(t, l, err)[0]
	must(t, 0, errOf(s.EditBooking(t.Context(), s.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)})))
	_, err = s.MoveStrip(t.Context(), s.admin, s.titleID, studio.StripMove{SceneID: s.scenes["1-2"], To: s.day.Day.ID})
	refused(t, err, "day.soft")
}

// full writes the board with the minutes, notes and clashes of every scene.
func (s shoot) full() string {
	s.t.Helper()
	b, err := s.DayBoard(s.t.Context(), s.admin, s.titleID)
	must(s.t, b, err)
	var out strings.Builder
	for _, d := range b.Days {
		fmt.Fprint(&out, d.Day.Date, d.Day.Unit)
		for _, x := range d.Scenes {
			fmt.Fprint(&out, " ", x.Scene.Label, x.OnDay.Minutes, x.OnDay.Note)
		}
		for _, x := range d.Conflicts {
			fmt.Fprint(&out, " ", x.Kind)
		}
		fmt.Fprint(&out, "; ")
	}
	return out.String() + labels(b.Pool)
}

func TestADayIsDeletedBeforeItIsIssued(t *testing.T) {
	w := newCrew(t)
	d := w.day("2027-03-02", "")
	w.move("1-1", "", d.Day.ID, 0)
	row, err := w.EditDayScene(t.Context(), w.admin, d.Day.ID, w.scenes["1-1"], studio.DaySceneIn{Done: ptr(true)})
	must(t, row, err)
	b, err := w.DayBoard(t.Context(), w.admin, w.titleID)
	if must(t, b, err); b.Shot != 1 || b.Days[0].Scenes[0].OnDay.DoneBy != w.admin.Person.ID {
		t.Errorf("%d scenes are shot", b.Shot)
	}
	refused(t, w.DeleteDay(t.Context(), w.admin, d.Day.ID, row.Day.Rev), "day.shot")
	row, err = w.EditDayScene(t.Context(), w.admin, d.Day.ID, w.scenes["1-1"], studio.DaySceneIn{Done: ptr(false)})
	must(t, row, err)
	if err := w.DeleteDay(t.Context(), w.admin, d.Day.ID, row.Day.Rev-1); !studio.IsKind(err, studio.Stale) {
		t.Errorf("an old revision: %v", err)
	}
	must(t, 0, w.DeleteDay(t.Context(), w.admin, d.Day.ID, row.Day.Rev))
	w.same("the board", w.board(), "pool: 1-1 1-2 2-1")
	refused(t, w.DeleteDay(t.Context(), w.admin, d.Day.ID, 1), "unknown.day")
}

// TestAnImportLosesNoDay: a scene that leaves the script stays on its day, and comes back to it.
func TestAnImportLosesNoDay(t *testing.T) {
	w := newCrew(t)
	d := w.day("2027-03-02", "")
	w.move("2-1", "", d.Day.ID, 0)
	w.importText(w.titleID, theatre[:strings.Index(theatre, "第二集")])
	w.same("after the scene left", w.board(), "2027-03-02 1/1: 2-1; pool: 1-1 1-2")
	w.move("2-1", d.Day.ID, "", 0)
	w.same("what is not in the script is in no pool", w.board(), "2027-03-02 1/1: ; pool: 1-1 1-2")
	w.move("2-1", "", d.Day.ID, 0)
	w.importText(w.titleID, theatre)
	w.same("after it came back", w.board(), "2027-03-02 1/1: 2-1; pool: 1-1 1-2")
	b, err := w.DayBoard(t.Context(), w.admin, w.titleID)
	for _, x := range must(t, b, err).Days[0].Conflicts {
		if x.Kind == studio.ClashOmitted {
			t.Errorf("it still says %q", x.ZH)
		}
	}
}

func TestAStripSaysWhatItIs(t *testing.T) {
	s := newShoot(t)
	for _, ms := range []int64{4000, 2500} {
		x, err := s.AddShot(t.Context(), s.admin, s.scenes["1-2"], studio.ShotIn{ShotText: studio.ShotText{Milliseconds: ms}})
		must(t, x, err)
	}
	s.put("2-1", s.day)
	s.scene(s.day, "1-2", studio.DaySceneIn{Minutes: ptr(90)})
	b, err := s.DayBoard(t.Context(), s.admin, s.titleID)
	d := must(t, b, err).Days[0]
	x := d.Scenes[0]
	if x.Light != studio.LightDayIn || x.Location != "金沙湖大剧院" || x.Area != "观众厅" || x.Seconds != 7 || d.Seconds != 7 || x.Episode != 1 || strings.Join(x.Cast, " ") != "沈枝 顾京 枝姐" {
		t.Errorf("1-2 is %+v", x)
	}
	if x.Begins == nil || !x.Begins.Equal(at(2, 8)) || d.Scenes[1].Begins == nil || d.Scenes[1].Begins.Sub(at(2, 8)).Minutes() != 90 || d.Scenes[1].Light != studio.LightNightOut {
		t.Errorf("they begin at %v and %v", x.Begins, d.Scenes[1].Begins)
	}
	s.scene(s.day, "1-2", studio.DaySceneIn{Minutes: ptr(0)})
	b, err = s.DayBoard(t.Context(), s.admin, s.titleID)
	if must(t, b, err); b.Days[0].Scenes[1].Begins != nil {
		t.Error("it begins after a scene of unknown length")
	}
	for name, c := range map[string]struct {
		in   studio.DaySceneIn
		code string
	}{
		"minutes below 0":          {studio.DaySceneIn{Minutes: ptr(-1)}, "invalid.minutes"},
		"more than a day":          {studio.DaySceneIn{Minutes: ptr(1441)}, "invalid.minutes"},
		"a long note":              {studio.DaySceneIn{Note: ptr(strings.Repeat("注", 2001))}, "invalid.note"},
		"no such place":            {studio.DaySceneIn{LocationID: ptr("nothing")}, "unknown.location"},
		"no such area":             {studio.DaySceneIn{AreaID: ptr("nothing")}, "invalid.area_id"},
		"an area of another place": {studio.DaySceneIn{LocationID: &s.tower.ID, AreaID: &s.hall.Areas[0].ID}, "invalid.area_id"},
	} {
		_, err := s.EditDayScene(t.Context(), s.admin, s.day.Day.ID, s.scenes["1-2"], c.in)
		if e := refused(t, err, c.code); e == nil {
			t.Error(name)
		}
	}
	_, err = s.EditDayScene(t.Context(), s.admin, s.day.Day.ID, s.scenes["1-1"], studio.DaySceneIn{})
	refused(t, err, "unknown.scene")
	for code, in := range map[string]studio.SettingsEdit{"invalid.rest_hours": {RestHours: ptr(25)}, "invalid.travel_kmh": {TravelKMH: ptr(-1)}} {
		_, err := s.EditSettings(t.Context(), s.admin, 1, in)
		refused(t, err, code)
	}
}
