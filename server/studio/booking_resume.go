package studio

import (
	"context"
	"errors"
)

// SeriesResume names bookings of a series that was ended, as they stood when it ended.
type SeriesResume struct {
	Bookings []BookingAt `json:"bookings" minItems:"1" maxItems:"200"`
}

// BookingAt is a booking at one of its revisions.
type BookingAt struct {
	ID  string `json:"id"`
	Rev int64  `json:"rev"`
}

// SeriesBack is what taking back the end of a series did.
type SeriesBack struct {
	Bookings []BookingRow `json:"bookings"` // that are as they were
	Left     []SeriesLeft `json:"left"`     // that stay cancelled
}

// SeriesLeft is a booking that stays cancelled, with what is in its way; without any, somebody has changed it since.
type SeriesLeft struct {
	Booking   BookingRow `json:"booking"`
	Conflicts []Clash    `json:"conflicts"`
}

// ResumeSeries takes the end of a series back: each booking gets the status that it had, with its note and the conflicts
// that somebody accepted for it. Like every way back it leaves what has changed since, or what somebody else holds by
// now, as it is, and says which.
func (s *Studio) ResumeSeries(ctx context.Context, by Actor, seriesID string, in SeriesResume) (SeriesBack, error) {
	out := SeriesBack{Bookings: []BookingRow{}, Left: []SeriesLeft{}}
	if err := by.must(ViewPlaces, "", "series"); err != nil {
		return out, err
	}
	if len(in.Bookings) == 0 || len(in.Bookings) > maxSeries {
		return out, wrong("bookings", "一次恢复 1 到 200 个档期", "bring back 1 to 200 bookings at once")
	}
	return create(ctx, s, by, func(c *change) (SeriesBack, error) {
		out := SeriesBack{Bookings: []BookingRow{}, Left: []SeriesLeft{}}
		if _, err := c.seriesOf(seriesID); err != nil {
			return out, err
		}
		var back, left []*Booking
		var why [][]Clash
		for _, x := range in.Bookings {
			b, err := found(s.r.bookings.Get(c.tx, x.ID))("booking")
			if err != nil {
				return out, err
			}
			if err := by.must(BookPlace, b.TitleID, "booking"); err != nil {
				return out, err
			}
			clashes, is, err := []Clash{}, false, error(nil)
			if b.SeriesID == seriesID && b.Rev == x.Rev && b.Status == Dropped {
				clashes, is, err = c.resume(b)
			}
			if err != nil {
				return out, err
			}
			if is {
				back = append(back, b)
			} else {
				left, why = append(left, b), append(why, clashes)
			}
		}
		return c.toldResumed(back, left, why)
	})
}

// resume brings one booking back, or says what is in the way. What was accepted for it is accepted still; what is new is
// for a person to look at.
func (c *change) resume(b *Booking) (clashes []Clash, is bool, err error) {
	to := b.Was
	if to == "" {
		to = Tentative
	}
	l, err := c.s.bookable(c.tx, b.LocationID, b.AreaID)
	if err != nil {
		return nil, false, err
	}
	if clashes, err = c.s.inTheWayOf(c.tx, c.by, b, l); err != nil {
		return nil, false, err
	}
	next := *b
	next.turn(to)
	next.Updated = c.now
	_, err = c.accept(&next, clashes, "")
	if IsKind(err, Conflict) {
		return clashes, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	*b = next
	return nil, true, c.s.r.bookings.Put(c.tx, b)
}

// toldResumed gives the bookings their names and tells of those that are back.
func (c *change) toldResumed(back, left []*Booking, why [][]Clash) (SeriesBack, error) {
	rows, err1 := c.s.bookingRows(c.tx, c.by, back)
	stay, err2 := c.s.bookingRows(c.tx, c.by, left)
	if err := errors.Join(err1, err2); err != nil {
		return SeriesBack{}, err
	}
	out := SeriesBack{Bookings: rows, Left: []SeriesLeft{}}
	for i, r := range stay {
		out.Left = append(out.Left, SeriesLeft{Booking: r, Conflicts: why[i]})
	}
	if len(rows) == 0 {
		return out, nil
	}
	return out, c.noteSeries("booking.series_resumed", rows, nil)
}
