package studio_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

func slotsSeries(l studio.Location, title string, until string, days ...int) studio.SeriesIn {
	return studio.SeriesIn{BookingIn: studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(1, 8), End: at(1, 18), Status: studio.Confirmed}, Weekdays: days, Until: until}
}

func slotsDays(zone *time.Location, in []studio.SeriesSlot) string {
	var out []string
	for _, x := range in {
		out = append(out, x.Start.In(zone).Format("01-02 15:04"))
	}
	return strings.Join(out, " ")
}

func TestASeriesOnWeekdays(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	in := slotsSeries(l, title, "2027-03-10", 1, 3) // the 1st is a Monday
	in.Dry = true
	dry, err := h.BookSeries(t.Context(), h.admin, in)
	if err != nil || slotsDays(at(1, 8).Location(), dry.Slots) != "03-01 08:00 03-03 08:00 03-08 08:00 03-10 08:00" || dry.Made != 0 || dry.SeriesID != "" {
		t.Fatalf("got %+v, %v", dry, err)
	}
	if got, err := h.LocationBookings(t.Context(), h.admin, l.ID, at(1, 0), at(31, 0)); err != nil || len(got) > 0 {
		t.Fatalf("a dry run has booked %+v, %v", got, err)
	}
	in.Dry = false
	made, err := h.BookSeries(t.Context(), h.admin, in)
	if err != nil || made.Made != 4 || made.Slots[3].Booking == nil || made.Slots[3].Booking.SeriesID != made.SeriesID {
		t.Fatalf("got %+v, %v", made, err)
	}
	t.Run("is told of once", func(t *testing.T) {
		log, err := h.Activities(t.Context(), h.admin, title, studio.Page{})
		told := slices.DeleteFunc(log.Items, func(a studio.Activity) bool { return !strings.HasPrefix(a.Verb, "booking.") })
		if err != nil || len(told) != 1 || told[0].Verb != "booking.series" || told[0].Params["n"] != "4" {
			t.Fatalf("got %+v, %v", told, err)
		}
	})
	t.Run("is all or nothing, and the holder is named", func(t *testing.T) {
		again := slotsSeries(l, title, "2027-03-10", 2, 3)
		again.Start, again.End = at(2, 8), at(2, 18)
		_, err := h.BookSeries(t.Context(), h.admin, again)
		if e := refused(t, err, "booking.overlap"); !strings.Contains(e.Text.ZH, "2027-03-03 08:00–18:00") {
			t.Fatalf("got %s", e.Text.ZH)
		}
		again.Skip = true
		got, err := h.BookSeries(t.Context(), h.admin, again)
		if err != nil || got.Made != 2 || got.Skipped != 2 || got.Slots[1].Booking != nil || slotsKinds(got.Slots[1].Conflicts) != "hard overlap" || got.Slots[0].Booking == nil {
			t.Fatalf("got %+v, %v", got, err)
		}
		_, err = h.BookSeries(t.Context(), h.admin, again)
		refused(t, err, "booking.series")
	})
	t.Run("ends from a time on", func(t *testing.T) {
		_, err := h.EndSeries(t.Context(), h.as(studio.RoleScout, h.title("昼以继夜")), made.SeriesID, studio.SeriesEnd{From: at(1, 0)})
		refused(t, err, "unknown.series")
		_, err = h.EndSeries(t.Context(), h.as(studio.RoleViewer, title), made.SeriesID, studio.SeriesEnd{From: at(1, 0)})
		refused(t, err, "forbidden.booking.edit")
		_, err = h.EndSeries(t.Context(), h.admin, "x", studio.SeriesEnd{From: at(1, 0)})
		refused(t, err, "unknown.series")
		got, err := h.EndSeries(t.Context(), h.admin, made.SeriesID, studio.SeriesEnd{From: at(8, 0)})
		if err != nil || len(got) != 2 || got[0].Status != studio.Dropped || !got[0].Start.Equal(at(8, 8)) {
			t.Fatalf("got %+v, %v", got, err)
		}
		got, err = h.EndSeries(t.Context(), h.admin, made.SeriesID, studio.SeriesEnd{From: at(8, 0)})
		if err != nil || len(got) != 0 {
			t.Fatalf("twice: got %+v, %v", got, err)
		}
	})
}

func TestASeriesKeepsItsWallClock(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	in := slotsSeries(l, title, "2027-03-30", 6, 7, 1) // summer time begins on Sunday, 28 March
	in.Zone, in.Start, in.End = "Europe/Berlin", time.Date(2027, 3, 27, 20, 0, 0, 0, berlin), time.Date(2027, 3, 28, 4, 0, 0, 0, berlin)
	got, err := h.BookSeries(t.Context(), h.admin, in)
	if err != nil || slotsDays(berlin, got.Slots) != "03-27 20:00 03-28 20:00 03-29 20:00" {
		t.Fatalf("got %s, %v", slotsDays(berlin, got.Slots), err)
	}
	for i, hours := range []int{7, 8, 8} {
		if x := got.Slots[i]; x.End.Sub(x.Start) != time.Duration(hours)*time.Hour || x.End.In(berlin).Hour() != 4 || x.Booking.Zone != "Europe/Berlin" {
			t.Errorf("slot %d is %v long, to %v", i, x.End.Sub(x.Start), x.End.In(berlin))
		}
	}
	in.Start, in.End = time.Date(2027, 3, 27, 2, 30, 0, 0, berlin), time.Date(2027, 3, 27, 3, 0, 0, 0, berlin)
	in.Dry = true
	if got, err = h.BookSeries(t.Context(), h.admin, in); err != nil || !got.Slots[1].End.After(got.Slots[1].Start) {
		t.Fatalf("in the hour that is left out: %+v, %v", got, err)
	}
}

func TestSeriesThatCannotBe(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	for name, c := range map[string]struct {
		code  string
		spoil func(*studio.SeriesIn)
	}{
		"no weekday":         {"invalid.weekdays", func(x *studio.SeriesIn) { x.Weekdays = nil }},
		"an eighth weekday":  {"invalid.weekdays", func(x *studio.SeriesIn) { x.Weekdays = []int{1, 8} }},
		"no end":             {"invalid.until", func(x *studio.SeriesIn) { x.Until = "" }},
		"an end that is not": {"invalid.until", func(x *studio.SeriesIn) { x.Until = "2027-02-30" }},
		"an end before":      {"invalid.until", func(x *studio.SeriesIn) { x.Until = "2027-02-28" }},
		"too many":           {"invalid.until", func(x *studio.SeriesIn) { x.Until = "2099-12-31" }},
		"a day too long":     {"invalid.end", func(x *studio.SeriesIn) { x.End, x.Weekdays = at(2, 9), []int{1, 2} }},
		"no such zone":       {"invalid.zone", func(x *studio.SeriesIn) { x.Zone = "x" }},
		"no such place":      {"unknown.location", func(x *studio.SeriesIn) { x.LocationID = "x" }},
		"no such title":      {"unknown.title", func(x *studio.SeriesIn) { x.TitleID = "x" }},
		"a status":           {"invalid.status", func(x *studio.SeriesIn) { x.Status = studio.Dropped }},
	} {
		t.Run(name, func(t *testing.T) {
			in := slotsSeries(l, title, "2027-03-10", 1)
			c.spoil(&in)
			for _, in.Dry = range []bool{true, false} {
				_, err := h.BookSeries(t.Context(), h.admin, in)
				refused(t, err, c.code)
			}
		})
	}
	most := slotsSeries(l, title, "2030-12-23", 1)
	if got, err := h.BookSeries(t.Context(), h.admin, most); err != nil || got.Made != 200 {
		t.Fatalf("got %d, %v", got.Made, err)
	}
}

func TestASeriesWithSoftConflicts(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	l := slotsPlace(h, func(l *studio.Location) { l.Hours = []studio.Hours{{Weekdays: []int{1}, From: "08:00", To: "18:00"}} })
	in := slotsSeries(l, title, "2027-03-03", 1, 3)
	_, err := h.BookSeries(t.Context(), h.admin, in)
	refused(t, err, "booking.soft")
	in.Reason = "与剧院说好了"
	got, err := h.BookSeries(t.Context(), h.admin, in)
	if err != nil || len(got.Slots[0].Booking.Overrides) != 0 || len(got.Slots[1].Booking.Overrides) != 1 {
		t.Fatalf("got %+v, %v", got, err)
	}
	log, err := h.Activities(t.Context(), h.admin, title, studio.Page{})
	if err != nil || !slices.ContainsFunc(log.Items, func(a studio.Activity) bool { return a.Params["reason"] == "与剧院说好了" }) {
		t.Fatalf("the history does not tell: %+v, %v", log.Items, err)
	}
}
