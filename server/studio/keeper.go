package studio

import (
	"context"
	"fmt"
	"slices"

	"chouka/store"
)

// keeper is one kind of record that names files of the library by their SHA-256.
type keeper struct {
	names func(tx store.Txn, sha string) (bool, error)
	each  func(tx store.Txn, visit func(sha string) error) error
}

// keepers are all kinds of record that name files, and nothing else says so: what none of them names the sweep removes,
// what one of them names a backup takes, verify reads and restore brings back. A new one needs an index by SHA-256 and a
// line here.
func (r *records) keepers() []keeper {
	return []keeper{
		{names: r.media.Has, each: func(tx store.Txn, visit func(string) error) error { // pictures and clips, by their id
			return r.media.All(tx, func(w *mediaWork) error { return visit(w.ID) })
		}},
		keeps(r.takes, "media"),
		keeps(r.attempts, "beside"),
		keeps(r.references, "picture"),
		keeps(r.locations, "paper"),
		keeps(r.scripts, "file"),
		keeps(r.kept, "bytes"), // until its day is over
		keeps(r.imports, "file"),
		keeps(r.evidence, "bytes"),
	}
}

// keeps is the keeper of a collection whose index begins its keys with the SHA-256.
func keeps[T any](c *store.Collection[T], index string) keeper {
	return keeper{
		names: func(tx store.Txn, sha string) (bool, error) {
			ids, _, err := c.IDs(tx, index, store.K().Text(sha), Page{Limit: 1})
			return len(ids) > 0, err
		},
		each: func(tx store.Txn, visit func(string) error) error {
			return c.Keys(tx, index, nil, func(key store.Key, id string) error {
				if len(key) < shaDigits {
					return fmt.Errorf("%s %s names a file without a SHA-256: %w", c.Name(), id, store.ErrDamaged)
				}
				return visit(string(key[:shaDigits]))
			})
		},
	}
}

// shaDigits is how long a SHA-256 is in hexadecimal digits.
const shaDigits = 64

// named reports whether any record names these bytes.
func (s *Studio) named(ctx context.Context, sha string) (bool, error) {
	have := false
	err := s.engine.View(ctx, func(tx store.Txn) error {
		for _, k := range s.r.keepers() {
			var err error
			if have, err = k.names(tx, sha); have || err != nil {
				return err
			}
		}
		return nil
	})
	return have, err
}

// Files lists the SHA-256 of every original that a record names, in order.
func (s *Studio) Files(ctx context.Context) ([]string, error) {
	var out []string
	err := s.engine.View(ctx, func(tx store.Txn) error {
		out = nil
		for _, k := range s.r.keepers() {
			err := k.each(tx, func(sha string) error {
				out = append(out, sha)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out), err
}
