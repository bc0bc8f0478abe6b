package studio

import (
	"errors"

	"chouka/store"
)

// migratePlaces brings a store to shooting days: places of scripts are found by the locations that they are or may become,
// characters by who plays them, bookings by who made them, and the lengths of a title's shots are read without the shots.
func migratePlaces(tx store.Txn, r records) error {
	return errors.Join(store.AddIndex(tx, r.elements, "location"), store.AddIndex(tx, r.elements, "performer"),
		store.AddIndex(tx, r.shots, "length"), store.AddIndex(tx, r.bookings, "by"))
}
