package studio

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"chouka/store"
)

// SetLocation changes a location as no form would, for tests of what hangs on it.
func (s *Studio) SetLocation(ctx context.Context, id string, edit func(*Location)) error {
	return s.update(ctx, Console(), func(c *change) error {
		l, err := s.r.locations.Get(c.tx, id)
		if err != nil {
			return err
		}
		edit(l)
		return s.r.locations.Put(c.tx, l)
	})
}

// MakeZoneless makes a booking one from before zones, and says that the store is of the version before.
func (s *Studio) MakeZoneless(ctx context.Context, id string) error {
	return s.engine.Update(ctx, func(tx store.Txn) error {
		b, err := s.r.bookings.Get(tx, id)
		if err != nil {
			return err
		}
		b.Zone, b.Overrides = "", nil
		before := slices.IndexFunc(Schema().Migrations, func(m store.Migration) bool { return m.Name == "places" })
		return errors.Join(s.r.bookings.Put(tx, b), tx.Put([]byte{'v'}, []byte(strconv.Itoa(before))))
	})
}
