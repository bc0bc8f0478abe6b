package studio

import "context"

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
