package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
)

func versionKey() []byte { return []byte{spaceVersion} }

// Migrate brings a file to the schema's version. A fresh file is stamped
// without running a step. Before the first step on an existing file, before is
// called once with both versions: the place to make a copy. Each step and its
// version stamp share one transaction, so a failed step leaves the version it
// found. A file of a newer program gives ErrNewer and is not touched.
func Migrate(ctx context.Context, e Engine, s Schema, before func(from, to int) error) error {
	s.spaces()
	have, fresh, err := fileVersion(ctx, e)
	if err != nil {
		return err
	}
	want := s.Version()
	switch {
	case fresh:
		return e.Update(ctx, func(tx Txn) error { return stamp(tx, want) })
	case have > want:
		return fmt.Errorf("file has schema version %d, this program knows %d: %w", have, want, ErrNewer)
	case have == want:
		return nil
	}
	if before != nil {
		if err := before(have, want); err != nil {
			return fmt.Errorf("prepare migration from %d to %d: %w", have, want, err)
		}
	}
	for i := have; i < want; i++ {
		if err := step(ctx, e, s.Migrations[i], i); err != nil {
			return err
		}
	}
	return nil
}

func step(ctx context.Context, e Engine, m Migration, from int) error {
	err := e.Update(ctx, func(tx Txn) error {
		if err := m.Step(tx); err != nil {
			return err
		}
		return stamp(tx, from+1)
	})
	if err != nil {
		return fmt.Errorf("migrate to %d (%s): %w", from+1, m.Name, err)
	}
	return nil
}

func stamp(tx Txn, version int) error {
	if err := tx.Put(versionKey(), []byte(strconv.Itoa(version))); err != nil {
		return fmt.Errorf("stamp schema version %d: %w", version, err)
	}
	return nil
}

// fileVersion reads the stamp; fresh means that the file has no key at all.
func fileVersion(ctx context.Context, e Engine) (version int, fresh bool, err error) {
	err = e.View(ctx, func(tx Txn) error {
		raw, err := tx.Get(versionKey())
		if err != nil {
			return err
		}
		if raw == nil {
			fresh = true
			return tx.Scan(Range{}, func(_, _ []byte) error {
				return fmt.Errorf("keys but no version: %w", ErrDamaged)
			})
		}
		version, err = parseVersion(raw)
		return err
	})
	if err != nil {
		return 0, false, fmt.Errorf("read schema version: %w", err)
	}
	return version, fresh, nil
}

func parseVersion(raw []byte) (int, error) {
	n, err := strconv.Atoi(string(raw))
	if err != nil || n < 0 {
		return 0, fmt.Errorf("version is not a number: %w", ErrDamaged)
	}
	return n, nil
}

// Reindex removes every index entry of a collection, declared or not, and
// writes them anew from its records. Migrations call it after adding, changing
// or dropping an index. It works within one transaction and needs memory for
// what it writes.
func Reindex(tx Txn, c AnyCollection) error { return c.reindex(tx) }

func (c *Collection[T]) reindex(tx Txn) error {
	err := portions(tx, prefixRange(c.all), func(pairs []pair) error {
		for _, p := range pairs {
			if err := tx.Delete(p.key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("empty the indexes of %s: %w", c.name, err)
	}
	err = c.All(tx, func(rec *T) error {
		entries, err := c.entries(rec)
		if err != nil {
			return err
		}
		if err := c.free(tx, entries, c.meta(rec).ID); err != nil {
			return err
		}
		return c.write(tx, entries)
	})
	if err != nil {
		return fmt.Errorf("rebuild the indexes of %s: %w", c.name, err)
	}
	return nil
}

// AddIndex writes the entries of one index that is new, and leaves the others alone. Like Reindex it works within one
// transaction, but needs memory for the entries of that index only: it suits a large collection of which few records
// are in the index. Every record is read once.
func AddIndex(tx Txn, c AnyCollection, index string) error { return c.addIndex(tx, index) }

func (c *Collection[T]) addIndex(tx Txn, name string) error {
	c.index(name) // a name that is not declared is a mistake
	var all []entry
	err := c.All(tx, func(rec *T) error {
		entries, err := c.entries(rec)
		all = append(all, slices.DeleteFunc(entries, func(e entry) bool { return e.index != name })...)
		return err
	})
	// In order, because an engine that keeps a transaction's writes in sorted pages moves all that stands behind a new key.
	slices.SortStableFunc(all, func(a, b entry) int { return bytes.Compare(a.key, b.key) })
	for i := range all {
		if err == nil {
			err = c.free(tx, all[i:i+1], "")
		}
		if err == nil {
			err = c.write(tx, all[i:i+1])
		}
	}
	if err != nil {
		return fmt.Errorf("fill index %s of %s: %w", name, c.name, err)
	}
	return nil
}

// Rewrite turns every record of an older declaration of a collection into the
// newer one and rebuilds the indexes. Both carry the same name. change keeps
// the ID; Rev stays as it was.
func Rewrite[Old, New any](tx Txn, from *Collection[Old], to *Collection[New], change func(*Old) (*New, error)) error {
	if from.name != to.name {
		panic(fmt.Sprintf("store: rewrite from %s to %s", from.name, to.name))
	}
	err := from.All(tx, func(old *Old) error {
		rec, err := change(old)
		if err != nil {
			return err
		}
		id := from.meta(old).ID
		if to.meta(rec).ID != id {
			return fmt.Errorf("record %s changed its id: %w", id, ErrKey)
		}
		raw, err := to.encode(rec)
		if err != nil {
			return err
		}
		return tx.Put(to.recordKey(id), raw)
	})
	if err != nil {
		return fmt.Errorf("rewrite %s: %w", to.name, err)
	}
	return to.reindex(tx)
}
