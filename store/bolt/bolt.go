// Package bolt keeps the store in one bbolt file. It is the default engine:
// nothing to install, one file to copy, and an acknowledged write is on disk.
//
// Begin with Open; what it guards against is in open.go. Reading is in txn.go;
// the writer that lets many Updates share one commit is in writer.go.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"chouka/store"
)

// ErrLocked says that another process has the file open.
var ErrLocked = errors.New("the database file is in use by another program; stop it first")

// Options change how a file is opened. The zero value is right for a server.
type Options struct {
	// Timeout is how long to wait for another process's lock; 0 means one second.
	Timeout time.Duration
	// NoSync leaves it to the system when a commit reaches the disk. A process that dies loses nothing by it, a machine that
	// does may: it is for tests, which would spend half of their time waiting for the disk.
	NoSync bool
}

// Engine is a store.Engine on one file. All its methods may be called at once
// from many goroutines.
type Engine struct {
	db    *bbolt.DB
	queue queue
	// gone is closed when the writer has answered its last call.
	gone  chan struct{}
	close func() error
}

// Open opens or creates the file at path, whose folder must exist. A file in
// use gives ErrLocked, one that was cut short or overwritten store.ErrDamaged.
func Open(path string, o Options) (*Engine, error) {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	db, err := openWhole(path, o)
	if errors.Is(err, berrors.ErrTimeout) {
		err = ErrLocked
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	e := &Engine{db: db, gone: make(chan struct{})}
	e.queue.wake = make(chan struct{}, 1)
	e.close = sync.OnceValue(e.shut)
	go e.write()
	return e, nil
}

// View runs fn on the state of the last commit. It never waits for a writer,
// but keeps replaced pages from being used again while it runs.
func (e *Engine) View(ctx context.Context, fn func(store.Txn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := e.begin(false)
	if err != nil {
		return err
	}
	t := &txn{bucket: tx.Bucket(bucketName()), readOnly: true}
	defer func() {
		t.bucket = nil
		_ = tx.Rollback()
	}()
	return fn(t)
}

func (e *Engine) begin(writable bool) (*bbolt.Tx, error) {
	tx, err := e.db.Begin(writable)
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return nil, store.ErrClosed
	}
	if err != nil {
		return nil, fmt.Errorf("begin transaction: %w", err)
	}
	return tx, nil
}

// Close refuses new calls, finishes those that were accepted, waits for open
// Views and releases the file. A second Close waits for the first.
func (e *Engine) Close() error { return e.close() }

func (e *Engine) shut() error {
	e.queue.close()
	<-e.gone
	if err := e.db.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// Snapshot writes a complete, openable copy of the last commit to w and gives
// its length in bytes. Writers go on meanwhile; write to a file, not to a slow
// network, since pages replaced meanwhile pile up until it ends.
func (e *Engine) Snapshot(w io.Writer) (int64, error) {
	tx, err := e.begin(false)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	n, err := tx.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("write snapshot: %w", err)
	}
	return n, nil
}

// Size is the length in bytes of the file's used part, free pages included; 0
// after Close. The file itself is up to 16 MiB longer.
func (e *Engine) Size() int64 {
	tx, err := e.begin(false)
	if err != nil {
		return 0
	}
	defer func() { _ = tx.Rollback() }()
	return tx.Size()
}

// Check walks over every page of the file and joins what is wrong. Writers wait
// until it has ended, because the list of free pages must stand still.
func (e *Engine) Check(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := e.begin(true)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	const most = 100
	var found []error
	// The channel is always read to its end, else its sender would wait for ever.
	for problem := range tx.Check() {
		if len(found) < most {
			found = append(found, problem)
		}
	}
	if err := errors.Join(found...); err != nil {
		return fmt.Errorf("check pages: %w", err)
	}
	return nil
}
