package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

// shoot is a crew with two places 60 km apart, a performer for 沈枝, and a day on 2 March 2027 with 1-2 in the hall.
type shoot struct {
	crew
	hall, tower studio.Location
	shen        studio.Performer
	day         studio.DayRow
}

func newShoot(t *testing.T) shoot {
	t.Helper()
	w := newCrew(t)
	in := func(name string, lat float64) studio.Location {
		l, err := w.CreateLocation(t.Context(), w.admin, studio.LocationIn{Name: &name, Status: ptr(studio.PlaceConfirmed),
			Areas: &[]studio.AreaIn{{Name: "观众厅"}, {Name: "后台"}}, Point: &studio.PointIn{Lat: lat, Lon: 120.35, System: "wgs84"}})
		return must(t, l, err)
	}
	s := shoot{crew: w, hall: in("金沙湖大剧院", 30.31), tower: in("望江楼", 30.85)}
	p, err := w.AddPerformer(t.Context(), w.admin, studio.PerformerIn{Name: ptr("苏曼")})
	s.shen = must(t, p, err)
	w.edited(w.titleID, "沈枝", studio.ElementIn{PerformerID: &p.ID})
	w.edited(w.titleID, "金沙湖大剧院·观众厅", studio.ElementIn{LocationID: &s.hall.ID})
	w.edited(w.titleID, "金沙湖大剧院 后台", studio.ElementIn{LocationID: &s.hall.ID})
	s.book(s.titleID, s.hall, "", at(2, 8), at(2, 20))
	s.day = w.freeDay("2027-03-02", "")
	s.put("1-2", s.day)
	return s
}

// freeDay makes a day without a reason: nothing may be in its way.
func (w crew) freeDay(date, unit string) studio.DayRow {
	w.t.Helper()
	d, err := w.AddDay(w.t.Context(), w.admin, w.titleID, studio.DayIn{Date: &date, Unit: &unit})
	return must(w.t, d, err)
}

func (s shoot) book(title string, l studio.Location, area string, from, to time.Time) studio.BookingRow {
	s.t.Helper()
	b, err := s.Book(s.t.Context(), s.admin, studio.BookingIn{LocationID: l.ID, AreaID: area, TitleID: title, Start: from, End: to, Reason: "测试"})
	return must(s.t, b, err)
}

// put puts a scene at the end of a day, whatever is in its way.
func (s shoot) put(label string, d studio.DayRow) { s.move(label, "", d.Day.ID, 99) }

// scene changes a scene on a day.
func (s shoot) scene(d studio.DayRow, label string, in studio.DaySceneIn) {
	s.t.Helper()
	must(s.t, 0, errOf(s.EditDayScene(s.t.Context(), s.admin, d.Day.ID, s.scenes[label], in)))
}

// hours gives a day other hours.
func (s shoot) hours(d studio.DayRow, from, to time.Time) {
	s.t.Helper()
	b, err := s.DayBoard(s.t.Context(), s.admin, d.Day.TitleID)
	for _, o := range must(s.t, b, err).Days {
		if o.Day.ID == d.Day.ID {
			must(s.t, 0, errOf(s.EditDay(s.t.Context(), s.admin, d.Day.ID, o.Day.Rev, studio.DayIn{Start: &from, End: &to, Reason: "测试"})))
		}
	}
}

func (s shoot) settings(in studio.SettingsEdit) {
	s.t.Helper()
	set, err := s.StudioSettings(s.t.Context(), s.admin)
	must(s.t, 0, errOf(s.EditSettings(s.t.Context(), s.admin, must(s.t, set, err).Rev, in)))
}

// elsewhere is a day of another title in which the performer plays, with its one scene at a place.
func (s shoot) elsewhere(l studio.Location, from, to time.Time) string {
	s.t.Helper()
	other := s.title("昼以继夜")
	s.importText(other, "第一集\n\n1-1 日 内 别处\n人物：阿离\n阿离：走。\n")
	s.edited(other, "阿离", studio.ElementIn{PerformerID: &s.shen.ID})
	s.edited(other, "别处", studio.ElementIn{LocationID: &l.ID})
	d, err := s.AddDay(s.t.Context(), s.admin, other, studio.DayIn{Start: &from, End: &to, Reason: "测试"})
	must(s.t, d, err)
	m := studio.StripMove{SceneID: s.sceneIDs(other)["1-1"], To: d.Day.ID, Reason: "测试"}
	must(s.t, 0, errOf(s.MoveStrip(s.t.Context(), s.admin, other, m)))
	return other
}

// found are the clashes of a kind on the first day, as one line each.
func (s shoot) found(by studio.Actor, kind studio.ClashKind) []studio.Clash {
	s.t.Helper()
	b, err := s.DayBoard(s.t.Context(), by, s.titleID)
	must(s.t, b, err)
	var out []studio.Clash
	for _, d := range b.Days {
		for _, x := range d.Conflicts {
			if d.Day.ID == s.day.Day.ID && x.Kind == kind {
				out = append(out, x)
			}
		}
	}
	return out
}

// clashCase sets a day up; names is what the sentences of the clash have to say, in both languages: none, no clash.
type clashCase struct {
	name  string
	kind  studio.ClashKind
	set   func(shoot)
	names []string
}

func TestEveryClashOfADay(t *testing.T) {
	s := newShoot(t)
	if got := fmt.Sprint(s.day.Conflicts, s.found(s.admin, studio.ClashUnbooked)); got != "[] []" {
		t.Fatalf("the day begins with %s", got)
	}
	for _, c := range slices.Concat(scriptCases(), slotCases(), placeCases(), travelCases(), performerCases(), restCases()) {
		t.Run(string(c.kind)+": "+c.name, func(t *testing.T) {
			s := newShoot(t)
			c.set(s)
			got := s.found(s.admin, c.kind)
			if len(c.names) == 0 {
				if len(got) > 0 {
					t.Fatalf("%s / %s", got[0].ZH, got[0].EN)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d clashes: %+v", len(got), got)
			}
			for _, part := range c.names {
				if !strings.Contains(got[0].ZH, part) || !strings.Contains(got[0].EN, strings.TrimSuffix(part, " 组")) {
					t.Errorf("%q / %q does not name %q", got[0].ZH, got[0].EN, part)
				}
			}
			if got[0].Level != "soft" {
				t.Errorf("it is %s", got[0].Level)
			}
		})
	}
}

func scriptCases() []clashCase {
	second := func(s shoot) studio.DayRow { return s.crew.day("2027-03-09", "") }
	return []clashCase{
		{"on two days", studio.ClashTwice, func(s shoot) { s.put("1-2", second(s)) }, []string{"1-2", "2027-03-09"}},
		{"another scene on the other day", studio.ClashTwice, func(s shoot) { s.put("1-1", second(s)) }, nil},
		{"shot on the other day", studio.ClashShot, func(s shoot) {
			d := second(s)
			s.put("1-2", d)
			s.scene(d, "1-2", studio.DaySceneIn{Done: ptr(true)})
		}, []string{"1-2", "2027-03-09"}},
		{"shot on the other day, so not twice", studio.ClashTwice, func(s shoot) {
			d := second(s)
			s.put("1-2", d)
			s.scene(d, "1-2", studio.DaySceneIn{Done: ptr(true)})
		}, nil},
		{"shot here", studio.ClashShot, func(s shoot) {
			s.put("1-2", second(s))
			s.scene(s.day, "1-2", studio.DaySceneIn{Done: ptr(true)})
		}, nil},
		{"shot, and taken back", studio.ClashShot, func(s shoot) {
			d := second(s)
			s.put("1-2", d)
			s.scene(d, "1-2", studio.DaySceneIn{Done: ptr(true)})
			s.scene(d, "1-2", studio.DaySceneIn{Done: ptr(false)})
		}, nil},
		{"no longer in the script", studio.ClashOmitted, func(s shoot) {
			s.importText(s.titleID, strings.Replace(theatre, theatre[strings.Index(theatre, "1-2"):strings.Index(theatre, "第二集")], "", 1))
		}, []string{"1-2"}},
		{"another scene that is no longer in the script", studio.ClashOmitted, func(s shoot) {
			s.importText(s.titleID, theatre[:strings.Index(theatre, "第二集")])
		}, nil},
	}
}

func slotCases() []clashCase {
	night := func(s shoot) { // the hall by night only
		l, err := s.TitleBookings(s.t.Context(), s.admin, s.titleID)
		b := must(s.t, l, err)[0]
		must(s.t, 0, errOf(s.EditBooking(s.t.Context(), s.admin, b.ID, b.Rev, studio.BookingEdit{Start: ptr(at(2, 20)), End: ptr(at(3, 4)), Reason: "测试"})))
		s.hours(s.day, at(2, 16), at(3, 5))
	}
	return []clashCase{
		{"a day scene in a night slot", studio.ClashNight, night, []string{"1-2", "2027-03-02 20:00"}},
		{"a night scene in a night slot", studio.ClashNight, func(s shoot) {
			night(s)
			s.move("1-2", s.day.Day.ID, "", 0)
			s.put("2-1", s.day)
		}, nil},
		{"a day scene with a slot by day too", studio.ClashNight, func(s shoot) {
			night(s)
			s.book(s.titleID, s.hall, "", at(2, 16), at(2, 18))
		}, nil},
		{"a night scene by day", studio.ClashNight, func(s shoot) {
			s.put("2-1", s.day)
			s.hours(s.day, at(2, 8), at(2, 17))
		}, []string{"2-1", "08:00–17:00"}},
		{"a night scene on a day that goes into the night", studio.ClashNight, func(s shoot) { s.put("2-1", s.day) }, nil},
		{"a night scene before the sun is down, by the clock of no point", studio.ClashNight, func(s shoot) {
			s.put("2-1", s.day) // the sun sets at about 18:00 on that day, a night without a point begins at 19:00
			s.hours(s.day, at(2, 8), at(2, 19))
			l, err := s.Location(s.t.Context(), s.admin, s.hall.ID)
			must(s.t, 0, errOf(s.EditLocation(s.t.Context(), s.admin, l.ID, must(s.t, l, err).Rev, studio.LocationIn{NoPoint: true})))
		}, []string{"2-1"}},
		{"outside permitted hours", studio.ClashHours, func(s shoot) { s.permit("09:00", "18:00") }, []string{"1-2", "金沙湖大剧院", "09:00–18:00"}},
		{"inside permitted hours", studio.ClashHours, func(s shoot) { s.permit("08:00", "20:00") }, nil},
		{"booked for the permitted part only", studio.ClashHours, func(s shoot) {
			s.permit("09:00", "18:00")
			l, err := s.TitleBookings(s.t.Context(), s.admin, s.titleID)
			b := must(s.t, l, err)[0]
			must(s.t, 0, errOf(s.EditBooking(s.t.Context(), s.admin, b.ID, b.Rev, studio.BookingEdit{Start: ptr(at(2, 9)), End: ptr(at(2, 18))})))
		}, nil},
	}
}

func (s shoot) permit(from, to string) {
	s.t.Helper()
	hours := []studio.Hours{{Weekdays: []int{}, From: from, To: to}}
	must(s.t, 0, errOf(s.EditLocation(s.t.Context(), s.admin, s.hall.ID, s.hall.Rev, studio.LocationIn{Hours: &hours})))
}

func placeCases() []clashCase {
	booking := func(s shoot) studio.BookingRow {
		l, err := s.TitleBookings(s.t.Context(), s.admin, s.titleID)
		return must(s.t, l, err)[0]
	}
	edit := func(s shoot, in studio.BookingEdit) {
		b := booking(s)
		must(s.t, 0, errOf(s.EditBooking(s.t.Context(), s.admin, b.ID, b.Rev, in)))
	}
	near := func(s shoot, days int, status studio.PlaceStatus) { // the day comes close
		if status != studio.PlaceConfirmed {
			must(s.t, 0, errOf(s.EditLocation(s.t.Context(), s.admin, s.hall.ID, s.hall.Rev, studio.LocationIn{Status: &status})))
		}
		date := time.Now().In(at(1, 0).Location()).AddDate(0, 0, days).Format(time.DateOnly)
		must(s.t, 0, errOf(s.EditDay(s.t.Context(), s.admin, s.day.Day.ID, 2, studio.DayIn{Date: &date, Reason: "测试"})))
	}
	return []clashCase{
		{"the booking was cancelled", studio.ClashUnbooked, func(s shoot) { edit(s, studio.BookingEdit{Status: ptr(studio.Dropped)}) }, []string{"1-2", "金沙湖大剧院", "观众厅", "2027-03-02"}},
		{"booked on the day before", studio.ClashUnbooked, func(s shoot) { edit(s, studio.BookingEdit{Start: ptr(at(1, 8)), End: ptr(at(2, 8))}) }, []string{"1-2"}},
		{"another area is booked", studio.ClashUnbooked, func(s shoot) { edit(s, studio.BookingEdit{AreaID: &s.hall.Areas[1].ID}) }, []string{"1-2"}},
		{"its area is booked", studio.ClashUnbooked, func(s shoot) { edit(s, studio.BookingEdit{AreaID: &s.hall.Areas[0].ID}) }, nil},
		{"moved to the area that is booked", studio.ClashUnbooked, func(s shoot) {
			edit(s, studio.BookingEdit{AreaID: &s.hall.Areas[1].ID})
			s.scene(s.day, "1-2", studio.DaySceneIn{AreaID: &s.hall.Areas[1].ID})
		}, nil},
		{"moved to another place", studio.ClashUnbooked, func(s shoot) { s.scene(s.day, "1-2", studio.DaySceneIn{LocationID: &s.tower.ID}) }, []string{"望江楼"}},
		{"booked by another title only", studio.ClashUnbooked, func(s shoot) {
			edit(s, studio.BookingEdit{Status: ptr(studio.Dropped)})
			s.book(s.title("昼以继夜"), s.hall, "", at(2, 8), at(2, 20))
		}, []string{"1-2"}},
		{"a scene whose place nobody knows", studio.ClashUnbooked, func(s shoot) { s.put("1-1", s.day) }, nil},
		{"in two days", studio.ClashUnconfirmed, func(s shoot) { near(s, 2, studio.PlaceHeld) }, []string{"金沙湖大剧院"}},
		{"today", studio.ClashUnconfirmed, func(s shoot) { near(s, 0, studio.PlaceHeld) }, []string{"金沙湖大剧院"}},
		{"in three days", studio.ClashUnconfirmed, func(s shoot) { near(s, 3, studio.PlaceHeld) }, nil},
		{"yesterday", studio.ClashUnconfirmed, func(s shoot) { near(s, -1, studio.PlaceHeld) }, nil},
		{"confirmed, in two days", studio.ClashUnconfirmed, func(s shoot) { near(s, 2, studio.PlaceConfirmed) }, nil},
	}
}
