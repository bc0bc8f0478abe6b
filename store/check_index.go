package store

import (
	"bytes"
	"context"
)

// checkIndex reports entries that no record asks for.
func (c *Collection[T]) checkIndex(ctx context.Context, tx Txn, x *index[T], r *report) error {
	return portions(tx, prefixRange(x.prefix), func(pairs []pair) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, p := range pairs {
			if err := c.checkEntry(tx, x, p, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *Collection[T]) checkEntry(tx Txn, x *index[T], p pair, r *report) error {
	where := c.name + " index " + x.Name
	id, err := x.id(p.key, p.value)
	if err != nil {
		return r.add(where, "an entry names no id")
	}
	raw, err := tx.Get(c.recordKey(id))
	if err != nil {
		return err
	}
	if raw == nil {
		return r.add(where, "an entry names missing record "+id)
	}
	rec, err := c.decode(raw)
	if err != nil {
		// checkRecord has said so already.
		return nil
	}
	entries, err := c.entries(rec)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if bytes.Equal(e.key, p.key) && bytes.Equal(e.value, p.value) {
			return nil
		}
	}
	return r.add(where, "an entry does not fit its record "+id)
}
