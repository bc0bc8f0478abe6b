package bolt

import (
	"context"
	"sync"
	"sync/atomic"

	"chouka/store"
)

const (
	// maxGroup bounds how many functions share a commit.
	maxGroup = 4096
	// maxBytes ends a group that has written this much, since all of it stays
	// in memory until the commit.
	maxBytes = 32 << 20
)

// call is one Update on its way through the writer.
type call struct {
	ctx context.Context
	// turns brings the caller a transaction to run its function in; nil ends
	// the wait, with the answer in err.
	turns chan *txn
	// back returns the transaction to the writer.
	back  chan outcome
	err   error
	state atomic.Int32
	// result and fled are the writer's notes on the last run, kept until the
	// commit has decided.
	result error
	fled   bool
}

// outcome is how a function ended.
type outcome struct {
	err error
	// wrote is the number of bytes put, at least 1 per write.
	wrote int
	// fled means that the function panicked or ended its goroutine: there is
	// nobody left to answer and its writes must go.
	fled bool
}

const (
	waiting int32 = iota
	started
	withdrawn
)

func newCall(ctx context.Context) *call {
	return &call{ctx: ctx, turns: make(chan *txn, 1), back: make(chan outcome, 1)}
}

// start claims the call for the writer; false when its caller has withdrawn it.
func (c *call) start() bool {
	return c.state.CompareAndSwap(waiting, started) || c.state.Load() == started
}

// withdraw claims the call for its caller; false when the writer was first.
func (c *call) withdraw() bool { return c.state.CompareAndSwap(waiting, withdrawn) }

func (c *call) answer(err error) {
	c.err = err
	c.turns <- nil
}

// queue holds accepted calls in the order of their arrival.
type queue struct {
	mu     sync.Mutex
	calls  []*call
	closed bool
	// wake holds one token while there may be something to do.
	wake chan struct{}
}

func (q *queue) add(c *call) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return store.ErrClosed
	}
	q.calls = append(q.calls, c)
	q.ring()
	return nil
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.ring()
}

func (q *queue) ring() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// take waits for calls and gives at most maxGroup of them; nil when the queue
// is closed and empty.
func (q *queue) take() []*call {
	for {
		if calls, done := q.poll(); done || len(calls) > 0 {
			return calls
		}
		<-q.wake
	}
}

func (q *queue) poll() (calls []*call, done bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.calls) <= maxGroup {
		calls, q.calls = q.calls, nil
	} else {
		calls = q.calls[:maxGroup:maxGroup]
		q.calls = q.calls[maxGroup:]
	}
	return calls, q.closed && len(calls) == 0
}
