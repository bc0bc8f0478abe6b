package studio

import (
	"errors"

	"chouka/store"
)

// migratePlaces brings a store to shooting days: places of scripts are found by the locations that they are or may become,
// bookings by who made them, and they know the zone that they were made in.
func migratePlaces(tx store.Txn, r records) error {
	return errors.Join(store.AddIndex(tx, r.elements, "location"), store.AddIndex(tx, r.bookings, "by"), zoneBookings(tx, r))
}

// zoneBookings gives bookings from before zones that of the studio, and a list of what was accepted.
func zoneBookings(tx store.Txn, r records) error {
	set, err := r.settings.Get(tx, settingsID)
	if errors.Is(err, store.ErrNotFound) {
		return nil // nobody has set the studio up, so nobody has booked
	}
	if err != nil {
		return err
	}
	return store.Rewrite(tx, r.bookings, r.bookings, func(b *Booking) (*Booking, error) {
		if b.Zone == "" {
			b.Zone = set.Zone
		}
		if b.Overrides == nil {
			b.Overrides = []Override{}
		}
		return b, nil
	})
}
