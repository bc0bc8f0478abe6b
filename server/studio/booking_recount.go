package studio

import (
	"slices"

	"chouka/store"
)

// holders checks that no two confirmed bookings of a location exclude each other. The index gives them by location and start.
func (r *recount) holders() error {
	var at string
	var held []*Booking // confirmed, of this location, that have not ended yet
	return r.s.r.bookings.Each(r.tx, "location", store.K(), func(b *Booking) error {
		if b.LocationID != at {
			at, held = b.LocationID, nil
		}
		if b.Status != Confirmed {
			return nil
		}
		held = slices.DeleteFunc(held, func(o *Booking) bool { return !o.End.After(b.Start) })
		for _, o := range held {
			if o.blocks(b) {
				r.wrong("location "+at, "bookings %s and %s both hold it", o.ID, b.ID)
			}
		}
		held = append(held, b)
		return nil
	})
}
