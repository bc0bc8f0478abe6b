package studio

import (
	"errors"

	"chouka/store"
)

// migratePlaces brings a store to shooting days: places of scripts are found by the locations that they are or may become,
// bookings by who made them.
func migratePlaces(tx store.Txn, r records) error {
	return errors.Join(store.AddIndex(tx, r.elements, "location"), store.AddIndex(tx, r.bookings, "by"))
}
