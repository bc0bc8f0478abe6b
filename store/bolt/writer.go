package bolt

import (
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"chouka/store"
)

// Update hands fn to the one writer and returns after the commit that carries
// its writes. The writer takes every waiting call, runs all in one bbolt
// transaction and commits once, as soon as the commit before has ended; it
// never waits for more calls to come.
//
// fn runs in the caller's goroutine when its turn comes, so a panic rises where
// it belongs. A function that fails without having written costs its neighbours
// nothing. One that fails after it wrote spoils the group: the transaction is
// rolled back, the functions before it run again and are committed, and it runs
// again at the head of the next group, where failing harms nobody. One that
// panics after it wrote is the same, but does not run again.
//
// A context that ends before fn runs takes the call back; later it has no
// effect, and the answer is that of the commit. fn must not call Update.
func (e *Engine) Update(ctx context.Context, fn func(store.Txn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := newCall(ctx)
	if err := e.queue.add(c); err != nil {
		return err
	}
	done := ctx.Done()
	for {
		select {
		case t := <-c.turns:
			if t == nil {
				return c.err
			}
			c.run(t, fn)
		case <-done:
			if c.withdraw() {
				return ctx.Err()
			}
			done = nil
		}
	}
}

// run lets fn work and gives the transaction back however fn ends.
func (c *call) run(t *txn, fn func(store.Txn) error) {
	o := outcome{fled: true}
	defer func() {
		o.wrote = t.wrote
		t.bucket = nil
		c.back <- o
	}()
	if o.err = c.ctx.Err(); o.err == nil {
		o.err = fn(t)
	}
	o.fled = false
}

// write is the writer's goroutine.
func (e *Engine) write() {
	defer close(e.gone)
	for {
		calls := e.queue.take()
		if len(calls) == 0 {
			return
		}
		for len(calls) > 0 {
			calls = calls[e.group(calls):]
		}
	}
}

// group runs calls in one transaction and gives how many of them, from the
// front, are settled: at least one.
func (e *Engine) group(calls []*call) int {
	tx, err := e.begin(true)
	if err != nil {
		settle(calls, err)
		return len(calls)
	}
	ran, wrote, spoiled := perform(tx.Bucket(bucketName()), calls)
	switch {
	case spoiled && ran > 1:
		_ = tx.Rollback()
		return e.group(calls[:ran-1])
	case spoiled || !wrote:
		err = tx.Rollback()
	default:
		err = tx.Commit()
	}
	if err != nil {
		err = fmt.Errorf("commit: %w", err)
	}
	settle(calls[:ran], err)
	return ran
}

// perform runs calls one after the other until all ran, the group is big
// enough, or one spoiled it; that one is the last of those that ran.
func perform(b *bbolt.Bucket, calls []*call) (ran int, wrote, spoiled bool) {
	size := 0
	for i, c := range calls {
		if c.fled || !c.start() {
			continue
		}
		c.turns <- &txn{bucket: b}
		o := <-c.back
		c.result, c.fled = o.err, o.fled
		if o.wrote > 0 && (o.err != nil || o.fled) {
			return i + 1, wrote, true
		}
		wrote = wrote || o.wrote > 0
		if size += o.wrote; size > maxBytes {
			return i + 1, wrote, false
		}
	}
	return len(calls), wrote, false
}

// settle answers calls: with err, which concerns all, or each with its own result.
func settle(calls []*call, err error) {
	for _, c := range calls {
		if c.fled || !c.start() {
			continue
		}
		if err != nil {
			c.answer(err)
			continue
		}
		c.answer(c.result)
	}
}
