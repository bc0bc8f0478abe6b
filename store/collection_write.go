package store

import (
	"bytes"
	"fmt"
)

// Insert adds a record and sets its Rev to 1. The caller has set ID, Created
// and Updated. A held id or unique key gives a TakenError, an unusable id ErrKey.
func (c *Collection[T]) Insert(tx Txn, rec *T) error {
	m := c.meta(rec)
	if m.ID == "" || len(m.ID) > MaxID {
		return fmt.Errorf("insert %s: id of %d bytes: %w", c.name, len(m.ID), ErrKey)
	}
	m.Rev = 1
	entries, err := c.entries(rec)
	if err != nil {
		return err
	}
	raw, err := c.encode(rec)
	if err != nil {
		return err
	}
	own := entry{key: c.recordKey(m.ID), value: K().ID(m.ID), index: "id", unique: true}
	if err := c.free(tx, append([]entry{own}, entries...), m.ID); err != nil {
		return err
	}
	if err := tx.Put(own.key, raw); err != nil {
		return fmt.Errorf("insert %s: %w", c.name, err)
	}
	return c.write(tx, entries)
}

// Put replaces a stored record and raises its Rev. The Rev given must be the
// stored one, else a ConflictError; so read the record inside the same Update.
// Only index entries that differ are touched. A held unique key gives a TakenError.
func (c *Collection[T]) Put(tx Txn, rec *T) error {
	m := c.meta(rec)
	key := c.recordKey(m.ID)
	old, err := c.Get(tx, m.ID)
	if err != nil {
		return err
	}
	stored := c.meta(old)
	if stored.Rev != m.Rev {
		return fmt.Errorf("put %s: %w", c.name, &ConflictError{Have: m.Rev, Want: stored.Rev})
	}
	was, err := c.entries(old)
	if err != nil {
		return err
	}
	// A refused put gives the caller's record back as it was.
	m.Rev++
	if err := c.replace(tx, key, rec, was); err != nil {
		m.Rev--
		return err
	}
	return nil
}

func (c *Collection[T]) replace(tx Txn, key []byte, rec *T, was []entry) error {
	is, err := c.entries(rec)
	if err != nil {
		return err
	}
	raw, err := c.encode(rec)
	if err != nil {
		return err
	}
	added, removed := diff(was, is)
	if err := c.free(tx, added, c.meta(rec).ID); err != nil {
		return err
	}
	if err := tx.Put(key, raw); err != nil {
		return fmt.Errorf("put %s: %w", c.name, err)
	}
	if err := c.remove(tx, removed); err != nil {
		return err
	}
	return c.write(tx, added)
}

// Delete removes a record and its index entries; ErrNotFound when there is none.
func (c *Collection[T]) Delete(tx Txn, id string) error {
	old, err := c.Get(tx, id)
	if err != nil {
		return err
	}
	was, err := c.entries(old)
	if err != nil {
		return err
	}
	if err := c.remove(tx, was); err != nil {
		return err
	}
	if err := tx.Delete(c.recordKey(id)); err != nil {
		return fmt.Errorf("delete %s: %w", c.name, err)
	}
	return nil
}

// free refuses entries whose unique key is held by anything.
func (c *Collection[T]) free(tx Txn, entries []entry, id string) error {
	var unique []entry
	var keys [][]byte
	for _, e := range entries {
		if e.unique {
			unique = append(unique, e)
			keys = append(keys, e.key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	held, err := tx.GetMany(keys)
	if err != nil {
		return fmt.Errorf("look for taken keys of %s: %w", c.name, err)
	}
	for i, value := range held {
		if value == nil {
			continue
		}
		holder := id
		if unique[i].index != "id" {
			if holder, err = decodeID(value); err != nil {
				return fmt.Errorf("read holder in index %s of %s: %w", unique[i].index, c.name, err)
			}
		}
		return fmt.Errorf("%s: %w", c.name, &TakenError{Index: unique[i].index, ID: holder})
	}
	return nil
}

func (c *Collection[T]) write(tx Txn, entries []entry) error {
	for _, e := range entries {
		if err := tx.Put(e.key, e.value); err != nil {
			return fmt.Errorf("add %s to index %s: %w", c.name, e.index, err)
		}
	}
	return nil
}

func (c *Collection[T]) remove(tx Txn, entries []entry) error {
	for _, e := range entries {
		if err := tx.Delete(e.key); err != nil {
			return fmt.Errorf("remove %s from index %s: %w", c.name, e.index, err)
		}
	}
	return nil
}

// diff walks two sorted entry lists and gives what only one of them has.
func diff(was, is []entry) (added, removed []entry) {
	for len(was) > 0 && len(is) > 0 {
		switch order := bytes.Compare(was[0].key, is[0].key); {
		case order < 0:
			removed, was = append(removed, was[0]), was[1:]
		case order > 0:
			added, is = append(added, is[0]), is[1:]
		default:
			was, is = was[1:], is[1:]
		}
	}
	return append(added, is...), append(removed, was...)
}
