package store

import (
	"bytes"
	"errors"
	"fmt"
)

const (
	// DefaultPage is the page length when Page.Limit is 0.
	DefaultPage = 50
	// MaxPage is the longest page; a greater Limit means this.
	MaxPage = 500
	// chunk is how many pairs Each, All and Check read at a time.
	chunk = 128
)

// Page says which part of a list is wanted.
type Page struct {
	// Limit is the number of records, DefaultPage when 0, at most MaxPage.
	Limit int
	// After is List.Next of the page before, "" for the first.
	After string
	// Reverse lists from the last to the first.
	Reverse bool
}

func (p Page) limit() int {
	switch {
	case p.Limit <= 0:
		return DefaultPage
	case p.Limit > MaxPage:
		return MaxPage
	}
	return p.Limit
}

// List is one page of records.
type List[T any] struct {
	Items []*T
	// Next is the cursor of the following page, "" at the end.
	Next string
}

// List gives the records whose key in index begins with prefix, in the order
// of that index. A cursor of another list gives ErrCursor.
func (c *Collection[T]) List(tx Txn, index string, prefix Key, p Page) (List[T], error) {
	ids, cursor, err := c.IDs(tx, index, prefix, p)
	if err != nil {
		return List[T]{}, err
	}
	items, err := c.fetch(tx, index, ids)
	return List[T]{Items: items, Next: cursor}, err
}

// ListRange gives the records whose key in index lies in [from, to); a nil to
// means no end. A cursor from outside the range is moved to its edge, so that
// a range that follows the clock may be paged.
func (c *Collection[T]) ListRange(tx Txn, index string, from, to Key, p Page) (List[T], error) {
	return c.ListWhere(tx, index, from, to, nil, p)
}

// ListWhere is ListRange without the records that keep leaves out: a page is full unless the range ends, and the
// cursor stands behind the last record that was kept. Records that are left out are not read; keep is given their ids.
func (c *Collection[T]) ListWhere(tx Txn, index string, from, to Key, keep func(id string) bool, p Page) (List[T], error) {
	x := c.index(index)
	r := Range{
		From:    append(bytes.Clone(x.prefix), from...),
		To:      afterPrefix(x.prefix),
		Reverse: p.Reverse,
	}
	if to != nil {
		r.To = append(bytes.Clone(x.prefix), to...)
	}
	if p.After != "" {
		at, err := x.position(p.After)
		if err != nil {
			return List[T]{}, fmt.Errorf("list %s by %s: %w", c.name, index, err)
		}
		r = behind(r, at)
	}
	ids, cursor, err := c.page(tx, x, r, keep, p.limit())
	if err != nil {
		return List[T]{}, err
	}
	items, err := c.fetch(tx, index, ids)
	return List[T]{Items: items, Next: cursor}, err
}

// IDs is List without reading the records: their ids and the next cursor.
func (c *Collection[T]) IDs(tx Txn, index string, prefix Key, p Page) ([]string, string, error) {
	x := c.index(index)
	r := prefixRange(append(bytes.Clone(x.prefix), prefix...))
	r.Reverse = p.Reverse
	if p.After != "" {
		at, err := x.position(p.After)
		if err == nil && !bytes.HasPrefix(at, r.From) {
			err = ErrCursor
		}
		if err != nil {
			return nil, "", fmt.Errorf("list %s by %s: %w", c.name, index, err)
		}
		r = behind(r, at)
	}
	return c.page(tx, x, r, nil, p.limit())
}

// Keys visits the entries of index whose key begins with prefix, in order, without reading the records: the whole key
// and the id. The key is the visitor's only until it returns. It must not write; ErrStop ends it without an error.
func (c *Collection[T]) Keys(tx Txn, index string, prefix Key, visit func(key Key, id string) error) error {
	x := c.index(index)
	err := tx.Scan(prefixRange(append(bytes.Clone(x.prefix), prefix...)), func(key, value []byte) error {
		id, err := x.id(key, value)
		if err != nil {
			return err
		}
		own := key[len(x.prefix):]
		if x.Unique {
			return visit(own, id)
		}
		width := uuidKey
		if len(value) > 0 {
			width = len(K().ID(id))
		}
		if len(own) < width {
			return fmt.Errorf("read key from index %s: %w", x.Name, ErrDamaged)
		}
		return visit(own[:len(own)-width], id)
	})
	if err != nil {
		return fmt.Errorf("walk %s by %s: %w", c.name, index, err)
	}
	return nil
}

// behind cuts off what a page up to and including at has shown.
func behind(r Range, at []byte) Range {
	if r.Reverse {
		if bytes.Compare(at, r.To) < 0 {
			r.To = at
		}
		return r
	}
	if from := next(at); bytes.Compare(from, r.From) > 0 {
		r.From = from
	}
	return r
}

// page reads one pair more than the limit, to know whether there is a next page. A nil keep keeps every record.
func (c *Collection[T]) page(tx Txn, x *index[T], r Range, keep func(id string) bool, limit int) ([]string, string, error) {
	ids := make([]string, 0, min(limit, DefaultPage))
	var last []byte
	more := false
	err := tx.Scan(r, func(key, value []byte) error {
		id, err := x.id(key, value)
		if err != nil || keep != nil && !keep(id) {
			return err
		}
		if len(ids) == limit {
			more = true
			return ErrStop
		}
		ids, last = append(ids, id), key
		return nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("list %s by %s: %w", c.name, x.Name, err)
	}
	if !more {
		return ids, "", nil
	}
	return ids, encodeCursor(last), nil
}

// fetch reads the records an index names; one that is missing is damage.
func (c *Collection[T]) fetch(tx Txn, index string, ids []string) ([]*T, error) {
	recs, err := c.GetMany(tx, ids)
	if err != nil {
		return nil, err
	}
	for i, rec := range recs {
		if rec == nil {
			return nil, fmt.Errorf("index %s of %s names missing record %s: %w", index, c.name, ids[i], ErrDamaged)
		}
	}
	return recs, nil
}

// Each visits all records whose key in index begins with prefix, in order, and
// reads them a hundred or so at a time. visit may write; it sees records as
// they were when its portion was read. ErrStop ends it without an error.
func (c *Collection[T]) Each(tx Txn, index string, prefix Key, visit func(*T) error) error {
	x := c.index(index)
	r := prefixRange(append(bytes.Clone(x.prefix), prefix...))
	return portions(tx, r, func(pairs []pair) error {
		ids := make([]string, len(pairs))
		for i, p := range pairs {
			id, err := x.id(p.key, p.value)
			if err != nil {
				return err
			}
			ids[i] = id
		}
		recs, err := c.fetch(tx, index, ids)
		if err != nil {
			return err
		}
		for _, rec := range recs {
			if err := visit(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

// All visits every record in the order of ids, under the rules of Each.
func (c *Collection[T]) All(tx Txn, visit func(*T) error) error {
	return portions(tx, prefixRange(c.records), func(pairs []pair) error {
		for _, p := range pairs {
			rec, err := c.decode(p.value)
			if err != nil {
				return err
			}
			if err := visit(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

// Count counts the records by walking over all of them; it is meant for
// maintenance, never for a request.
func (c *Collection[T]) Count(tx Txn) (int64, error) {
	var n int64
	err := tx.Scan(prefixRange(c.records), func(_, _ []byte) error {
		n++
		return nil
	})
	return n, err
}

type pair struct{ key, value []byte }

// portions visits a forward range a chunk at a time, outside the scan, so that
// visit may read and write.
func portions(tx Txn, r Range, visit func([]pair) error) error {
	pairs := make([]pair, 0, chunk)
	for {
		pairs = pairs[:0]
		err := tx.Scan(r, func(key, value []byte) error {
			pairs = append(pairs, pair{key, value})
			if len(pairs) == chunk {
				return ErrStop
			}
			return nil
		})
		if err != nil || len(pairs) == 0 {
			return err
		}
		// Taken now, because visit may delete the pair it came from.
		r.From = next(pairs[len(pairs)-1].key)
		if err := visit(pairs); err != nil {
			if errors.Is(err, ErrStop) {
				return nil
			}
			return err
		}
		if len(pairs) < chunk {
			return nil
		}
	}
}
