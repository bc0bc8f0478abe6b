// Package store keeps records: typed collections with indexes, cursors,
// revisions and counters, written once above a five-verb transaction that every
// engine offers. It knows no shot and no title.
//
// Begin with Engine and Txn (the seam), then Collection (what the studio uses),
// then Schema (what Migrate and Check walk over).
//
// # Contract of an engine
//
// Keys and values are bytes; keys compare in byte order and are never empty.
// A View sees one consistent state and never waits for a writer. Updates happen
// one after the other: a function sees everything that earlier ones wrote, and
// when Update returns nil, what it wrote is on disk. When its function returns
// an error or panics, nothing of it is kept. Functions given to Update may be
// called again, so they change nothing outside the transaction that a second
// call would not set anew. Slices handed out by a transaction die with it and
// must not be written to; slices handed in belong to the engine until the
// transaction ends.
package store

import "context"

// Engine is one ordered key-value store. Package enginetest holds what every
// engine must pass.
type Engine interface {
	// View runs fn on a consistent, read-only state.
	View(ctx context.Context, fn func(Txn) error) error
	// Update runs fn and returns after its writes are durable. Concurrent
	// calls may share one commit; each fails alone.
	Update(ctx context.Context, fn func(Txn) error) error
	// Close waits for running transactions and releases the files.
	Close() error
}

// Txn is one transaction. It is used by one goroutine and dies with its function.
type Txn interface {
	// Get returns the value of key, or nil when there is none.
	Get(key []byte) ([]byte, error)
	// GetMany returns the values of keys in their order, nil where there is none.
	GetMany(keys [][]byte) ([][]byte, error)
	// Put sets the value of key. An empty value is kept and is not nil.
	Put(key, value []byte) error
	// Delete removes key; a missing key is no error.
	Delete(key []byte) error
	// Scan calls visit for each pair of the range, lazily and in its
	// direction, until visit returns an error; ErrStop ends it without one.
	// The function must not write while it scans.
	Scan(r Range, visit func(key, value []byte) error) error
}

// Range is the half-open interval [From, To) of keys. A nil To means no end.
type Range struct {
	From, To []byte
	// Reverse walks from the last key down to From.
	Reverse bool
}
