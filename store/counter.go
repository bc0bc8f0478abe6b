package store

import (
	"encoding/binary"
	"fmt"
)

// Counter keeps whole numbers by key, changed in the transaction that changes
// what they count. A counter never written, or back at zero, has no pair.
type Counter struct {
	// Name is unique among the counters of a schema and part of the stored layout.
	Name string
}

// NewCounter declares a counter.
func NewCounter(name string) *Counter { return &Counter{Name: name} }

func (c *Counter) prefix() []byte {
	return []byte(string(spaceCounter) + tag(c.Name, 3))
}

func (c *Counter) key(key Key) []byte {
	return append(c.prefix(), key...)
}

// Add changes the number at key by delta and gives the new number. Passing the
// ends of int64 is an error.
func (c *Counter) Add(tx Txn, key Key, delta int64) (int64, error) {
	if len(key) > MaxKey {
		return 0, fmt.Errorf("count %s: %d bytes: %w", c.Name, len(key), ErrKey)
	}
	have, err := c.Value(tx, key)
	if err != nil || delta == 0 {
		return have, err
	}
	sum := have + delta
	if (sum > have) != (delta > 0) {
		return have, fmt.Errorf("count %s: %d and %d leave the range of int64", c.Name, have, delta)
	}
	if sum == 0 {
		err = tx.Delete(c.key(key))
	} else {
		err = tx.Put(c.key(key), binary.BigEndian.AppendUint64(nil, uint64(sum)))
	}
	if err != nil {
		return have, fmt.Errorf("count %s: %w", c.Name, err)
	}
	return sum, nil
}

// Next adds one: the numbers of a sequence are 1, 2, 3 and so on, without gaps
// since a discarded transaction gives its number back.
func (c *Counter) Next(tx Txn, key Key) (int64, error) { return c.Add(tx, key, 1) }

// Value is the number at key, 0 when there is none.
func (c *Counter) Value(tx Txn, key Key) (int64, error) {
	raw, err := tx.Get(c.key(key))
	if err != nil {
		return 0, fmt.Errorf("read counter %s: %w", c.Name, err)
	}
	return c.decode(raw)
}

// Values are the numbers at keys in their order.
func (c *Counter) Values(tx Txn, keys []Key) ([]int64, error) {
	full := make([][]byte, len(keys))
	for i, k := range keys {
		full[i] = c.key(k)
	}
	raws, err := tx.GetMany(full)
	if err != nil {
		return nil, fmt.Errorf("read %d of counter %s: %w", len(keys), c.Name, err)
	}
	out := make([]int64, len(raws))
	for i, raw := range raws {
		if out[i], err = c.decode(raw); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Each visits the numbers of all keys that begin with prefix, in order and in
// one scan: rest is what stands behind the prefix and is the visitor's only
// until it returns. It must not write; ErrStop ends it without an error.
func (c *Counter) Each(tx Txn, prefix Key, visit func(rest Key, n int64) error) error {
	from := c.key(prefix)
	err := tx.Scan(prefixRange(from), func(key, value []byte) error {
		n, err := c.decode(value)
		if err != nil {
			return err
		}
		return visit(key[len(from):], n)
	})
	if err != nil {
		return fmt.Errorf("walk counter %s: %w", c.Name, err)
	}
	return nil
}

func (c *Counter) decode(raw []byte) (int64, error) {
	if raw == nil {
		return 0, nil
	}
	if len(raw) != 8 {
		return 0, fmt.Errorf("read counter %s: value of %d bytes: %w", c.Name, len(raw), ErrDamaged)
	}
	return int64(binary.BigEndian.Uint64(raw)), nil
}
