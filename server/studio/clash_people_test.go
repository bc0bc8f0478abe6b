package studio_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

// travelCases: the places are 60 km apart, which takes two hours and a quarter at 30 km/h with the loading.
func travelCases() []clashCase {
	two := func(s shoot, minutes int) {
		s.put("1-1", s.day)
		s.scene(s.day, "1-1", studio.DaySceneIn{LocationID: &s.tower.ID})
		s.scene(s.day, "1-2", studio.DaySceneIn{Minutes: &minutes})
	}
	return []clashCase{
		{"no time left for the move", studio.ClashTravel, func(s shoot) { two(s, 10*60) }, []string{"1-1", "金沙湖大剧院", "望江楼", "60.0"}},
		{"time left for the move", studio.ClashTravel, func(s shoot) { two(s, 9*60) }, nil},
		{"no minutes planned", studio.ClashTravel, func(s shoot) { two(s, 0) }, nil},
		{"a faster crew", studio.ClashTravel, func(s shoot) {
			s.settings(studio.SettingsEdit{TravelKMH: ptr(80)})
			two(s, 10*60)
		}, nil},
		{"the same place", studio.ClashTravel, func(s shoot) {
			two(s, 12*60)
			s.scene(s.day, "1-1", studio.DaySceneIn{LocationID: &s.hall.ID})
		}, nil},
		{"a performer between two units", studio.ClashTravel, func(s shoot) {
			s.hours(s.day, at(2, 8), at(2, 12))
			d := s.crew.day("2027-03-02", "B")
			s.hours(d, at(2, 14), at(2, 20))
			s.put("1-1", d)
			s.scene(d, "1-1", studio.DaySceneIn{LocationID: &s.tower.ID})
		}, []string{"苏曼", "望江楼", "B 组"}},
		{"a performer with time between two units", studio.ClashTravel, func(s shoot) {
			s.hours(s.day, at(2, 8), at(2, 12))
			d := s.crew.day("2027-03-02", "B")
			s.hours(d, at(2, 15), at(2, 20))
			s.put("1-1", d)
			s.scene(d, "1-1", studio.DaySceneIn{LocationID: &s.tower.ID})
		}, nil},
	}
}

func performerCases() []clashCase {
	unitB := func(s shoot, place string) {
		d := s.crew.day("2027-03-02", "B")
		s.put("1-1", d)
		s.scene(d, "1-1", studio.DaySceneIn{LocationID: &place})
	}
	return []clashCase{
		{"two units at two places", studio.ClashPerformer, func(s shoot) { unitB(s, s.tower.ID) }, []string{"苏曼", "2027-03-02", "望江楼", "B 组"}},
		{"two units at one place", studio.ClashPerformer, func(s shoot) { unitB(s, s.hall.ID) }, nil},
		{"another place that nobody knows", studio.ClashPerformer, func(s shoot) { unitB(s, "") }, nil},
		{"booked one after the other", studio.ClashPerformer, func(s shoot) {
			unitB(s, s.tower.ID)
			s.book(s.titleID, s.tower, "", at(2, 16), at(2, 20))
			l, err := s.TitleBookings(s.t.Context(), s.admin, s.titleID)
			b := must(s.t, l, err)[0]
			must(s.t, 0, errOf(s.EditBooking(s.t.Context(), s.admin, b.ID, b.Rev, studio.BookingEdit{End: ptr(at(2, 12))})))
		}, nil},
		{"another title at another place", studio.ClashPerformer, func(s shoot) { s.elsewhere(s.tower, at(2, 10), at(2, 14)) }, []string{"苏曼", "昼以继夜", "望江楼"}},
		{"another title at this place", studio.ClashPerformer, func(s shoot) { s.elsewhere(s.hall, at(2, 10), at(2, 14)) }, nil},
		{"another title after the wrap", studio.ClashPerformer, func(s shoot) { s.elsewhere(s.tower, at(2, 20), at(2, 23)) }, nil},
		{"somebody else plays there", studio.ClashPerformer, func(s shoot) {
			other := s.elsewhere(s.tower, at(2, 10), at(2, 14))
			s.edited(other, "阿离", studio.ElementIn{PerformerID: ptr("")})
		}, nil},
	}
}

func restCases() []clashCase {
	next := func(s shoot, unit string, hour int) {
		d := s.crew.day("2027-03-03", unit)
		s.hours(d, at(3, hour), at(3, hour+8))
		s.put("1-1", d)
	}
	return []clashCase{
		{"nine hours for the unit", studio.ClashRest, func(s shoot) { next(s, "", 5) }, []string{"2027-03-03", "9 "}},
		{"ten hours for the unit", studio.ClashRest, func(s shoot) { next(s, "", 6) }, nil},
		{"ten hours where eleven are wanted", studio.ClashRest, func(s shoot) {
			s.settings(studio.SettingsEdit{RestHours: ptr(11)})
			next(s, "", 6)
		}, []string{"2027-03-03", "11 "}},
		{"nine hours for a performer of both units", studio.ClashRest, func(s shoot) { next(s, "B", 5) }, []string{"苏曼", "B 组"}},
		{"another unit without the performer", studio.ClashRest, func(s shoot) {
			s.edited(s.titleID, "沈枝", studio.ElementIn{PerformerID: ptr("")})
			next(s, "B", 5)
		}, nil},
		{"another title the morning after", studio.ClashRest, func(s shoot) { s.elsewhere(s.hall, at(3, 4), at(3, 9)) }, []string{"苏曼", "昼以继夜", "8 "}},
		{"another title on the same date", studio.ClashRest, func(s shoot) { s.elsewhere(s.hall, at(2, 21), at(2, 23)) }, nil},
	}
}

// TestAnotherTitleIsNamedToThoseWhoSeeIt: the clash is told to all, whose day it is only to some.
func TestAnotherTitleIsNamedToThoseWhoSeeIt(t *testing.T) {
	s := newShoot(t)
	other := s.elsewhere(s.tower, at(2, 10), at(2, 14))
	s.elsewhereRests(t, other)
	both := s.as(studio.RoleScout, s.titleID)
	both.Roles[other] = studio.RoleViewer
	got := s.found(both, studio.ClashPerformer)
	if len(got) != 1 || !strings.Contains(got[0].ZH, "《昼以继夜》") || !strings.Contains(got[0].EN, "“昼以继夜”") || got[0].DayID == "" {
		t.Errorf("who sees both is told %+v", got)
	}
	got = s.found(s.as(studio.RoleScout, s.titleID), studio.ClashPerformer)
	if len(got) != 1 || got[0].DayID != "" || got[0].Performer != "苏曼" {
		t.Fatalf("who sees one is told %+v", got)
	}
	for _, x := range []string{got[0].ZH, got[0].EN} {
		if strings.Contains(x, "昼以继夜") || strings.Contains(x, "望江楼") {
			t.Errorf("%q names what they may not see", x)
		}
	}
	if !strings.Contains(got[0].ZH, "另一部剧") || !strings.Contains(got[0].EN, "another title") {
		t.Errorf("%q, %q", got[0].ZH, got[0].EN)
	}
}

// elsewhereRests checks that the other title is told the same of this one.
func (s shoot) elsewhereRests(t *testing.T, other string) {
	t.Helper()
	b, err := s.DayBoard(t.Context(), s.admin, other)
	for _, x := range must(t, b, err).Days[0].Conflicts {
		if x.Kind == studio.ClashPerformer && strings.Contains(x.ZH, "《娇藏京枝》") && strings.Contains(x.ZH, "金沙湖大剧院") {
			return
		}
	}
	t.Errorf("the other title is told %+v", b.Days[0].Conflicts)
}
