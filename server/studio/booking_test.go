package studio_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// at is a time on the shooting days of March 2027 in the studio's zone.
func at(day, hour int) time.Time {
	return time.Date(2027, 3, day, hour, 0, 0, 0, time.FixedZone("CST", 8*3600))
}

func TestEveryPairOfBookingStatuses(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	all := []studio.BookingStatus{studio.Tentative, studio.Confirmed, studio.Dropped}
	allowed := map[string]bool{"tentative>confirmed": true, "tentative>cancelled": true, "confirmed>tentative": true,
		"confirmed>cancelled": true, "cancelled>tentative": true}
	day := 0
	for _, from := range all {
		for _, to := range all {
			t.Run(fmt.Sprintf("%s to %s", from, to), func(t *testing.T) {
				day++
				in := studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(day, 8), End: at(day, 18)}
				if from == studio.Confirmed {
					in.Status = from
				}
				b, err := h.Book(t.Context(), h.admin, in)
				if err == nil && from == studio.Dropped {
					b, err = h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{Status: &from})
				}
				if err != nil || b.Status != from {
					t.Fatalf("got %v, %v", b.Status, err)
				}
				b, err = h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{Status: &to})
				if from != to && !allowed[string(from+">"+to)] {
					refused(t, err, "booking.status")
					return
				}
				if err != nil || b.Status != to {
					t.Fatalf("got %v, %v", b.Status, err)
				}
			})
		}
	}
}

func TestOverlappingBookings(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	const hall, roof, whole = 0, 1, -1
	for _, c := range []struct {
		name       string
		area       int
		start, end time.Time
		other      bool // at another place
		clash      bool
	}{
		{"the same slot of the same area", hall, at(5, 8), at(5, 18), false, true},
		{"a slot inside it", hall, at(5, 10), at(5, 11), false, true},
		{"a slot around it", hall, at(4, 8), at(6, 18), false, true},
		{"the last hour", hall, at(5, 17), at(5, 20), false, true},
		{"the first hour", hall, at(5, 6), at(5, 9), false, true},
		{"the whole place", whole, at(5, 8), at(5, 18), false, true},
		{"another area", roof, at(5, 8), at(5, 18), false, false},
		{"a slot that begins when it ends", hall, at(5, 18), at(5, 20), false, false},
		{"a slot that ends when it begins", hall, at(5, 6), at(5, 8), false, false},
		{"another day", hall, at(6, 8), at(6, 18), false, false},
		{"another place", whole, at(5, 8), at(5, 18), true, false},
		{"sixty days that reach into it", whole, at(5, 9).Add(-60 * 24 * time.Hour), at(5, 9), false, true},
		{"sixty days that end when it begins", whole, at(5, 8).Add(-60 * 24 * time.Hour), at(5, 8), false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := h.place("金沙湖大剧院", "大厅", "天台")
			area := func(i int) string {
				if i == whole {
					return ""
				}
				return l.Areas[i].ID
			}
			in := studio.BookingIn{LocationID: l.ID, AreaID: l.Areas[hall].ID, TitleID: title, Start: at(5, 8), End: at(5, 18), Status: studio.Confirmed}
			held, err := h.Book(t.Context(), h.admin, in)
			if err != nil {
				t.Fatal(err)
			}
			in.AreaID, in.Start, in.End = area(c.area), c.start, c.end
			if c.other {
				in.LocationID, in.AreaID = h.place("金沙湖大剧苑").ID, ""
			}
			_, err = h.Book(t.Context(), h.admin, in)
			if !c.clash {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			e := refused(t, err, "booking.overlap")
			for _, part := range []string{"《娇藏京枝》", "大厅", "2027-03-05 08:00–18:00", "李丽"} {
				if !strings.Contains(e.Text.ZH, part) {
					t.Errorf("%q does not name %q", e.Text.ZH, part)
				}
			}
			in.Status = studio.Tentative
			b, err := h.Book(t.Context(), h.admin, in)
			if err != nil {
				t.Fatalf("a tentative slot beside it: %v", err)
			}
			_, err = h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Confirmed)})
			refused(t, err, "booking.overlap")
			if _, err := h.EditBooking(t.Context(), h.admin, held.ID, held.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)}); err != nil {
				t.Fatal(err)
			}
			if _, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Confirmed)}); err != nil {
				t.Fatalf("after the holder let go: %v", err)
			}
		})
	}
}

func TestANightSlot(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	in := studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(5, 20), End: at(6, 4), Status: studio.Confirmed}
	b, err := h.Book(t.Context(), h.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("holds the place past midnight", func(t *testing.T) {
		in.Start, in.End = at(6, 0), at(6, 8)
		_, err := h.Book(t.Context(), h.admin, in)
		if e := refused(t, err, "booking.overlap"); !strings.Contains(e.Text.ZH, "2027-03-05 20:00 – 2027-03-06 04:00") {
			t.Fatalf("got %s", e.Text.ZH)
		}
	})
	t.Run("may be made longer, for it does not block itself", func(t *testing.T) {
		got, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{End: ptr(at(6, 6))})
		if err != nil || !got.End.Equal(at(6, 6)) {
			t.Fatalf("got %v, %v", got.End, err)
		}
		b = got
	})
	t.Run("cannot grow into a slot that somebody holds", func(t *testing.T) {
		in.Start, in.End = at(6, 8), at(6, 18)
		if _, err := h.Book(t.Context(), h.admin, in); err != nil {
			t.Fatal(err)
		}
		_, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{End: ptr(at(6, 9))})
		refused(t, err, "booking.overlap")
	})
	t.Run("is listed on the day after too", func(t *testing.T) {
		got, err := h.LocationBookings(t.Context(), h.admin, l.ID, at(6, 5), at(6, 6))
		if err != nil || len(got) != 1 || got[0].ID != b.ID || got[0].Location != "金沙湖大剧院" || got[0].Title != "娇藏京枝" {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
}

func TestTheLongestSlotHoldsToItsEnd(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	in := studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(1, 8), End: at(1, 8).Add(60 * 24 * time.Hour), Status: studio.Confirmed}
	long, err := h.Book(t.Context(), h.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	in.Start, in.End = long.End.Add(-time.Minute), long.End.Add(time.Hour)
	_, err = h.Book(t.Context(), h.admin, in)
	refused(t, err, "booking.overlap")
	in.Start = long.End
	if _, err = h.Book(t.Context(), h.admin, in); err != nil {
		t.Fatal(err)
	}
}

func TestManyConfirmAtOnce(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院", "大厅")
	planners := []studio.Actor{h.admin}
	for i := range 4 {
		planners = append(planners, studiotest.Person(t, h.Studio, h.admin, fmt.Sprint("planner", i), studio.Member, title, studio.RoleScout))
	}
	for day := range 3 {
		h.confirmAtOnce(title, l, 1+day, planners)
	}
}

// confirmAtOnce lets a hundred confirm slots of one day that all overlap. One gets it, and all others are told who and when.
func (h house) confirmAtOnce(title string, l studio.Location, day int, planners []studio.Actor) {
	h.t.Helper()
	const n = 100
	var slots [n]studio.BookingRow
	var errs [n]error
	var wg sync.WaitGroup
	for i := range slots {
		in := studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(day, 8).Add(time.Duration(i) * time.Minute), End: at(day, 18)}
		if i%2 == 0 {
			in.AreaID = l.Areas[0].ID
		}
		wg.Go(func() { slots[i], errs[i] = h.Book(h.t.Context(), planners[i%len(planners)], in) })
	}
	wg.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		h.t.Fatal(err)
	}
	for i, b := range slots {
		wg.Go(func() {
			_, errs[i] = h.EditBooking(h.t.Context(), planners[i%len(planners)], b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Confirmed)})
		})
	}
	wg.Wait()
	winner := -1
	for i, err := range errs {
		if err == nil && winner >= 0 {
			h.t.Fatalf("%d and %d both hold the place", winner, i)
		}
		if err == nil {
			winner = i
		}
	}
	if winner < 0 {
		h.t.Fatalf("nobody holds the place: %v", errs[0])
	}
	start, name := slots[winner].Start.In(time.FixedZone("CST", 8*3600)).Format("2006-01-02 15:04"), planners[winner%len(planners)].Person.Name
	for i, err := range errs {
		if i == winner {
			continue
		}
		if e := refused(h.t, err, "booking.overlap"); !strings.Contains(e.Text.ZH, start) || !strings.Contains(e.Text.ZH, "预订人"+name) || !strings.Contains(e.Text.EN, "booked by "+name) {
			h.t.Fatalf("%d is not told that %s holds it: %s", i, name, e.Text.ZH)
		}
	}
}

func TestBookingsOfTitlesThatOneDoesNotSee(t *testing.T) {
	h := newHouse(t)
	theirs, mine, l := h.title("娇藏京枝"), h.title("昼以继夜"), h.place("金沙湖大剧院")
	in := studio.BookingIn{LocationID: l.ID, TitleID: theirs, Start: at(5, 8), End: at(5, 18), Status: studio.Confirmed, Note: "秘密"}
	b, err := h.Book(t.Context(), h.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	scout := h.as(studio.RoleScout, mine)
	t.Run("the slot is seen, the title and the note are not", func(t *testing.T) {
		got, err := h.Bookings(t.Context(), scout, at(1, 0), at(31, 0))
		if err != nil || len(got) != 1 || got[0].Title != "" || got[0].TitleID != "" || got[0].Note != "" || got[0].ByName != "李丽" {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
	t.Run("a conflict does not name the title either", func(t *testing.T) {
		in.TitleID = mine
		_, err := h.Book(t.Context(), scout, in)
		e := refused(t, err, "booking.overlap")
		if strings.Contains(e.Text.ZH+e.Text.EN, "娇藏京枝") || !strings.Contains(e.Text.ZH, "另一部剧") || !strings.Contains(e.Text.EN, "another title") {
			t.Fatalf("got %s %s", e.Text.ZH, e.Text.EN)
		}
	})
	t.Run("they can neither change nor list it by its title", func(t *testing.T) {
		_, err := h.EditBooking(t.Context(), scout, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)})
		refused(t, err, "unknown.booking")
		_, err = h.TitleBookings(t.Context(), scout, theirs)
		refused(t, err, "unknown.title")
	})
	t.Run("a member without the right is told so", func(t *testing.T) {
		_, err := h.EditBooking(t.Context(), h.as(studio.RoleViewer, theirs), b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)})
		refused(t, err, "forbidden.booking.edit")
		_, err = h.Book(t.Context(), h.as(studio.RoleOperator, theirs), in)
		if err == nil {
			t.Fatal("an operator booked a place")
		}
	})
	t.Run("those of the title list it", func(t *testing.T) {
		got, err := h.TitleBookings(t.Context(), h.as(studio.RoleViewer, theirs), theirs)
		if err != nil || len(got) != 1 || got[0].Note != "秘密" {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
}

func TestSlotsThatCannotBe(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	good := studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(5, 8), End: at(5, 18)}
	for _, c := range []struct {
		name, code string
		spoil      func(*studio.BookingIn)
	}{
		{"no time at all", "invalid.start", func(b *studio.BookingIn) { b.Start, b.End = time.Time{}, time.Time{} }},
		{"a year far off", "invalid.start", func(b *studio.BookingIn) { b.Start, b.End = b.Start.AddDate(200, 0, 0), b.End.AddDate(200, 0, 0) }},
		{"an end before the start", "invalid.end", func(b *studio.BookingIn) { b.End = at(5, 7) }},
		{"an empty slot", "invalid.end", func(b *studio.BookingIn) { b.End = b.Start }},
		{"more than sixty days", "invalid.end", func(b *studio.BookingIn) { b.End = b.Start.Add(60*24*time.Hour + 1) }},
		{"an end of another millennium", "invalid.end", func(b *studio.BookingIn) { b.End = b.End.AddDate(5000, 0, 0) }},
		{"an unknown area", "invalid.area_id", func(b *studio.BookingIn) { b.AreaID = "x" }},
		{"an unknown place", "unknown.location", func(b *studio.BookingIn) { b.LocationID = "x" }},
		{"an unknown title", "unknown.title", func(b *studio.BookingIn) { b.TitleID = "" }},
		{"a slot that is cancelled already", "invalid.status", func(b *studio.BookingIn) { b.Status = studio.Dropped }},
	} {
		t.Run(c.name+" is refused", func(t *testing.T) {
			in := good
			c.spoil(&in)
			_, err := h.Book(t.Context(), h.admin, in)
			refused(t, err, c.code)
		})
	}
	b, err := h.Book(t.Context(), h.admin, good)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("an unknown status is refused", func(t *testing.T) {
		_, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.BookingStatus("x"))})
		refused(t, err, "invalid.status")
	})
	t.Run("an old revision is refused", func(t *testing.T) {
		_, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev+1, studio.BookingEdit{})
		refused(t, err, "stale")
	})
	t.Run("lists of too much at once are refused", func(t *testing.T) {
		_, err := h.Bookings(t.Context(), h.admin, at(1, 0), at(1, 0).AddDate(0, 3, 0))
		if e := refused(t, err, "invalid.to"); e.Fields[0].Location != "query.to" {
			t.Fatalf("got %+v", e.Fields)
		}
		_, err = h.LocationBookings(t.Context(), h.admin, l.ID, at(2, 0), at(1, 0))
		refused(t, err, "invalid.to")
		_, err = h.LocationBookings(t.Context(), h.admin, l.ID, time.Unix(-1<<40, 0), at(1, 0))
		refused(t, err, "invalid.from")
	})
}
