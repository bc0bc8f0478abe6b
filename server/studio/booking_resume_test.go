package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// ended is a confirmed series of three Mondays at the theatre, one of which asks more and one of which is only tentative,
// that was ended, and how its bookings stood before.
func ended(h house, title string, l studio.Location) (before, after []studio.BookingRow) {
	h.t.Helper()
	ctx := h.t.Context()
	in := slotsSeries(l, title, "2027-03-16", 1)
	in.Status, in.Reason, in.Note = studio.Confirmed, "剧场同意延到半夜", "带发电机"
	made, err := h.BookSeries(ctx, h.admin, in)
	if must(h.t, made, err); made.Made != 3 {
		h.t.Fatalf("%d were made", made.Made)
	}
	b := *made.Slots[1].Booking
	must(h.t, 0, errOf(h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Tentative), Note: ptr("等回话")})))
	before, err = h.TitleBookings(ctx, h.admin, title)
	must(h.t, before, err)
	after, err = h.EndSeries(ctx, h.admin, made.SeriesID, studio.SeriesEnd{From: at(1, 0)})
	return before, must(h.t, after, err)
}

// stood writes bookings without their revisions.
func stood(rows []studio.BookingRow) string {
	var out []string
	for _, b := range rows {
		s := fmt.Sprintf("%s %s %s", b.Start.In(at(1, 0).Location()).Format("01-02T15"), b.Status, b.Note)
		for _, o := range b.Overrides {
			s += fmt.Sprintf(" %s: %s, %s", o.Kind, o.Reason, o.At)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func resumeOf(rows []studio.BookingRow) studio.SeriesResume {
	var in studio.SeriesResume
	for _, b := range rows {
		in.Bookings = append(in.Bookings, studio.BookingAt{ID: b.ID, Rev: b.Rev})
	}
	return in
}

func TestTheEndOfASeriesIsTakenBackWhole(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	l := slotsPlace(h, func(l *studio.Location) { l.Hours = []studio.Hours{{Weekdays: []int{2}, From: "08:00", To: "18:00"}} })
	before, after := ended(h, title, l)
	if !strings.Contains(stood(before), "剧场同意延到半夜") || !strings.Contains(stood(before), "tentative 等回话") {
		t.Fatalf("the series is\n%s", stood(before))
	}
	got, err := h.ResumeSeries(ctx, h.admin, after[0].SeriesID, resumeOf(after))
	if must(t, got, err); len(got.Left) != 0 {
		t.Fatalf("left: %+v", got.Left)
	}
	h.same("as they were", stood(got.Bookings), stood(before))
	all, err := h.TitleBookings(ctx, h.admin, title)
	h.same("and are kept so", stood(must(t, all, err)), stood(before))
	log, err := h.Activities(ctx, h.admin, title, studio.Page{})
	if must(t, log, err); log.Items[0].Verb != "booking.series_resumed" || log.Items[0].Params["n"] != "3" {
		t.Errorf("the history says %+v", log.Items[0])
	}
	again, err := h.ResumeSeries(ctx, h.admin, after[0].SeriesID, resumeOf(after))
	if must(t, again, err); len(again.Bookings) != 0 || len(again.Left) != 3 || len(again.Left[0].Conflicts) != 0 {
		t.Errorf("twice: %+v", again)
	}
}

func TestASlotThatWasTakenMeanwhileStaysCancelled(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	l := slotsPlace(h, func(*studio.Location) {})
	before, after := ended(h, title, l)
	taken, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, AreaID: after[0].AreaID, TitleID: other, Start: after[0].Start, End: after[0].End, Status: studio.Confirmed})
	must(t, taken, err)
	b := after[2]
	must(t, 0, errOf(h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{Note: ptr("不要了")})))
	got, err := h.ResumeSeries(ctx, h.admin, b.SeriesID, resumeOf(after))
	must(t, got, err)
	h.same("those that are back", stood(got.Bookings), stood(before[1:2]))
	if len(got.Left) != 2 || got.Left[0].Booking.ID != after[0].ID || got.Left[0].Booking.Status != studio.Dropped || len(got.Left[0].Conflicts) == 0 ||
		!strings.Contains(got.Left[0].Conflicts[0].ZH, "昼以继夜") || got.Left[1].Booking.ID != b.ID || len(got.Left[1].Conflicts) != 0 {
		t.Errorf("left: %+v", got.Left)
	}
}

func TestWhatCannotBeBroughtBack(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	l := slotsPlace(h, func(*studio.Location) {})
	_, after := ended(h, title, l)
	series, in := after[0].SeriesID, resumeOf(after)
	lone, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, TitleID: other, Start: at(25, 8), End: at(25, 9)})
	must(t, lone, err)
	scout := studiotest.Person(t, h.Studio, h.admin, "chen", studio.Member, other, studio.RoleScout)
	for name, c := range map[string]struct {
		by     studio.Actor
		series string
		in     studio.SeriesResume
		code   string
	}{
		"nothing":         {h.admin, series, studio.SeriesResume{}, "invalid.bookings"},
		"too many":        {h.admin, series, studio.SeriesResume{Bookings: make([]studio.BookingAt, 201)}, "invalid.bookings"},
		"no such series":  {h.admin, "x", in, "unknown.series"},
		"no such booking": {h.admin, series, studio.SeriesResume{Bookings: []studio.BookingAt{{ID: "x"}}}, "unknown.booking"},
		"another title's": {scout, series, in, "unknown.series"},
		"by nobody":       {studio.Actor{}, series, in, "signed_out"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, errOf(h.ResumeSeries(ctx, c.by, c.series, c.in)), c.code) })
	}
	got, err := h.ResumeSeries(ctx, h.admin, series, resumeOf([]studio.BookingRow{lone}))
	if must(t, got, err); len(got.Left) != 1 || len(got.Bookings) != 0 {
		t.Errorf("a booking of no series: %+v", got)
	}
}
