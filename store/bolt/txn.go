package bolt

import (
	"bytes"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"chouka/store"
)

var (
	errEnded    = errors.New("transaction has ended")
	errScanning = errors.New("write during a scan")
)

// txn is what one function sees of a transaction. Its bucket is nil once that
// function has returned.
type txn struct {
	bucket   *bbolt.Bucket
	readOnly bool
	wrote    int
	scans    int
}

func (t *txn) Get(key []byte) ([]byte, error) {
	if t.bucket == nil {
		return nil, errEnded
	}
	return t.bucket.Get(key), nil
}

func (t *txn) GetMany(keys [][]byte) ([][]byte, error) {
	if t.bucket == nil {
		return nil, errEnded
	}
	out := make([][]byte, len(keys))
	c := t.bucket.Cursor()
	for i, want := range keys {
		if key, value := c.Seek(want); key != nil && bytes.Equal(key, want) {
			out[i] = value
		}
	}
	return out, nil
}

func (t *txn) Put(key, value []byte) error {
	if err := t.writable(); err != nil {
		return err
	}
	if len(key) == 0 || len(key) > bbolt.MaxKeySize {
		return fmt.Errorf("put a key of %d bytes: %w", len(key), store.ErrKey)
	}
	if value == nil {
		value = []byte{}
	}
	t.wrote += len(key) + len(value)
	return t.bucket.Put(key, value)
}

func (t *txn) Delete(key []byte) error {
	if err := t.writable(); err != nil {
		return err
	}
	t.wrote++
	return t.bucket.Delete(key)
}

func (t *txn) writable() error {
	switch {
	case t.bucket == nil:
		return errEnded
	case t.readOnly:
		return store.ErrReadOnly
	case t.scans > 0:
		return errScanning
	}
	return nil
}

func (t *txn) Scan(r store.Range, visit func(key, value []byte) error) error {
	if t.bucket == nil {
		return errEnded
	}
	t.scans++
	defer func() { t.scans-- }()
	var err error
	if r.Reverse {
		err = t.down(r, visit)
	} else {
		err = t.up(r, visit)
	}
	if errors.Is(err, store.ErrStop) {
		return nil
	}
	return err
}

func (t *txn) up(r store.Range, visit func(key, value []byte) error) error {
	c := t.bucket.Cursor()
	for key, value := c.Seek(r.From); key != nil; key, value = c.Next() {
		if r.To != nil && bytes.Compare(key, r.To) >= 0 {
			return nil
		}
		if err := visit(key, value); err != nil {
			return err
		}
	}
	return nil
}

// down knows two habits of bbolt cursors in a transaction that has deleted
// much: Last does not end when every page was emptied, and Prev gives nil on an
// emptied page although keys lie before it. The first key tells both.
func (t *txn) down(r store.Range, visit func(key, value []byte) error) error {
	first, _ := t.bucket.Cursor().First()
	if first == nil {
		return nil
	}
	c := t.bucket.Cursor()
	var key, value []byte
	if r.To != nil {
		key, _ = c.Seek(r.To)
	}
	if key == nil {
		key, value = c.Last()
	} else {
		if bytes.Equal(key, first) {
			return nil
		}
		key, value = before(c)
	}
	for bytes.Compare(key, r.From) >= 0 {
		if err := visit(key, value); err != nil {
			return err
		}
		if bytes.Equal(key, first) {
			return nil
		}
		key, value = before(c)
	}
	return nil
}

// before steps back over emptied pages; a key before the cursor must exist.
func before(c *bbolt.Cursor) (key, value []byte) {
	for key == nil {
		key, value = c.Prev()
	}
	return key, value
}
