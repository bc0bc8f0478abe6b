package studio

import (
	"strings"
	"testing"
	"time"
)

func TestTwoWhoHoldOnePlaceAreFound(t *testing.T) {
	s, places, title := benchBookings(t, 500)
	twice := func(status BookingStatus, from, to time.Time) string {
		x := Booking{LocationID: places[0], TitleID: title, Start: from, End: to, Status: status, Overrides: []Override{}}
		err := s.update(t.Context(), Console(), func(c *change) error {
			x.Meta = c.meta()
			return s.r.bookings.Insert(c.tx, &x)
		})
		if err != nil {
			t.Fatal(err)
		}
		problems, err := s.Check(t.Context())
		if err != nil || len(problems) > 1 {
			t.Fatalf("got %+v, %v", problems, err)
		}
		if len(problems) == 0 {
			return ""
		}
		return problems[0].What
	}
	day := func(hour int) time.Time { return time.Date(2027, 1, 1, hour, 0, 0, 0, time.UTC) } // held until 6
	if got := twice(Confirmed, day(6), day(8)) + twice(Tentative, day(1), day(5)) + twice(Dropped, day(1), day(5)); got != "" {
		t.Errorf("nothing is wrong with touching or tentative ones: %s", got)
	}
	if got := twice(Confirmed, day(-20), day(1)); !strings.Contains(got, "both hold it") {
		t.Errorf("got %q", got)
	}
}
