package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxProblems bounds a report: a ruined file is not listed key by key.
const maxProblems = 1000

// Problem is one finding of Check. Neither field carries a record's contents.
type Problem struct {
	// Where names the collection or counter, and the index or record.
	Where string
	What  string
}

func (p Problem) String() string { return p.Where + ": " + p.What }

var errFull = errors.New("report is full")

// report gathers problems up to its bound.
type report struct{ problems []Problem }

func (r *report) add(where, what string) error {
	if len(r.problems) == maxProblems {
		r.problems = append(r.problems, Problem{Where: "check", What: "stopped: too many problems"})
		return errFull
	}
	r.problems = append(r.problems, Problem{Where: where, What: what})
	return nil
}

// Check reads the whole file in one View and reports what does not fit: a
// record that cannot be read, an index entry missing, wrong or without its
// record, a key that no declaration owns, a version that is not the schema's.
// No problems and a nil error mean that the file is whole.
func Check(ctx context.Context, e Engine, s Schema) ([]Problem, error) {
	r := &report{}
	err := e.View(ctx, func(tx Txn) error {
		r.problems = nil
		if err := checkVersion(tx, s, r); err != nil {
			return err
		}
		for _, c := range s.Collections {
			if err := c.check(ctx, tx, r); err != nil {
				return err
			}
		}
		for _, c := range s.Counters {
			if err := c.check(ctx, tx, r); err != nil {
				return err
			}
		}
		return checkGaps(tx, s.spaces(), r)
	})
	if err != nil && !errors.Is(err, errFull) {
		return r.problems, fmt.Errorf("check: %w", err)
	}
	return r.problems, nil
}

func checkVersion(tx Txn, s Schema, r *report) error {
	raw, err := tx.Get(versionKey())
	if err != nil {
		return err
	}
	if have, err := parseVersion(raw); err != nil || have != s.Version() {
		return r.add("schema", fmt.Sprintf("version %q, this program has %d", raw, s.Version()))
	}
	return nil
}

// checkGaps reports keys between the declared spaces, without reading these.
func checkGaps(tx Txn, spaces []space, r *report) error {
	spaces = append(spaces, space{prefix: string(versionKey())})
	slices.SortFunc(spaces, func(a, b space) int { return strings.Compare(a.prefix, b.prefix) })
	var from []byte
	for _, s := range spaces {
		if err := strangers(tx, Range{From: from, To: []byte(s.prefix)}, r); err != nil {
			return err
		}
		from = afterPrefix([]byte(s.prefix))
	}
	return strangers(tx, Range{From: from}, r)
}

func strangers(tx Txn, gap Range, r *report) error {
	return tx.Scan(gap, func(key, _ []byte) error {
		return r.add("file", fmt.Sprintf("key %x of %d bytes belongs to nothing", key[:min(len(key), 8)], len(key)))
	})
}

func (c *Counter) check(ctx context.Context, tx Txn, r *report) error {
	return tx.Scan(prefixRange(c.prefix()), func(_, value []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := c.decode(value); err != nil {
			return r.add("counter "+c.Name, "value cannot be read")
		}
		return nil
	})
}

// check compares records with entries one way, then counts: when as many
// entries are stored as are due, none is left over, and the way back is saved.
func (c *Collection[T]) check(ctx context.Context, tx Txn, r *report) error {
	found := len(r.problems)
	due, err := c.checkRecords(ctx, tx, r)
	if err != nil {
		return err
	}
	stored := 0
	for _, x := range c.indexes {
		err := tx.Scan(prefixRange(x.prefix), func(_, _ []byte) error {
			stored++
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	if stored == due && len(r.problems) == found {
		return nil
	}
	for _, x := range c.indexes {
		if err := c.checkIndex(ctx, tx, x, r); err != nil {
			return err
		}
	}
	return nil
}

// checkRecords makes sure that each record decodes under its own id and has its
// entries, and gives the number of entries due.
func (c *Collection[T]) checkRecords(ctx context.Context, tx Txn, r *report) (due int, err error) {
	err = portions(tx, prefixRange(c.records), func(pairs []pair) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, p := range pairs {
			n, err := c.checkRecord(tx, p, r)
			if err != nil {
				return err
			}
			due += n
		}
		return nil
	})
	return due, err
}

func (c *Collection[T]) checkRecord(tx Txn, p pair, r *report) (due int, err error) {
	id, err := decodeID(p.key[len(c.records):])
	if err != nil {
		return 0, r.add(c.name, "a record's key is not an id")
	}
	where := c.name + " " + id
	rec, err := c.decode(p.value)
	if err != nil {
		return 0, r.add(where, "record cannot be read: "+reason(err))
	}
	if c.meta(rec).ID != id {
		return 0, r.add(where, "record says it has another id")
	}
	entries, err := c.entries(rec)
	if err != nil {
		return 0, r.add(where, "record has a key too long for an index")
	}
	keys := make([][]byte, len(entries))
	for i, e := range entries {
		keys[i] = e.key
	}
	stored, err := tx.GetMany(keys)
	if err != nil {
		return 0, err
	}
	for i, e := range entries {
		if stored[i] == nil || !bytes.Equal(stored[i], e.value) {
			if err := r.add(where, "index "+e.index+" misses it or names another record"); err != nil {
				return 0, err
			}
		}
	}
	return len(entries), nil
}

// reason says in a few words why a record was refused, without its contents.
func reason(err error) string {
	switch {
	case errors.Is(err, ErrNewer):
		return "newer version"
	case errors.Is(err, ErrOlder):
		return "older version"
	}
	return "damaged"
}
