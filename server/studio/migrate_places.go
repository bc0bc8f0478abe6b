package studio

import "chouka/store"

// migratePlaces brings a store to shooting days: places of scripts are found by the locations that they are or may become.
func migratePlaces(tx store.Txn, r records) error {
	return store.AddIndex(tx, r.elements, "location")
}
