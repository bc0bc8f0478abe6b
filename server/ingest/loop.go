package ingest

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// result is what a worker brings back.
type result struct {
	g   *group
	did []became
	err error
}

// work is the loop. events are paths that changed, from whoever watches; nil when nobody does.
func (e *engine) work(ctx context.Context, events <-chan string) (Summary, error) {
	if err := e.openLedger(); err != nil {
		return Summary{}, err
	}
	defer func() { _ = e.ledger.close() }() // every line was synced
	if !e.plan {
		if err := e.sender.hello(ctx); err != nil {
			return e.summary(), err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	jobs, results := make(chan *group), make(chan result, e.o.Jobs)
	var workers sync.WaitGroup
	for range e.o.Jobs {
		workers.Go(func() { e.worker(ctx, jobs, results) })
	}
	err := e.loop(ctx, jobs, results, events)
	stop()
	workers.Wait()
	close(results)
	for r := range results { // what was confirmed while stopping counts
		e.settleAccounts(r)
	}
	return e.summary(), err
}

func (e *engine) worker(ctx context.Context, jobs <-chan *group, results chan<- result) {
	for {
		select {
		case g := <-jobs:
			did, err := e.deliver(ctx, g)
			results <- result{g, did, err}
		case <-ctx.Done():
			return
		}
	}
}

// loop runs until ctx ends, a Run has nothing left, or nothing can succeed any more.
func (e *engine) loop(ctx context.Context, jobs chan<- *group, results <-chan result, events <-chan string) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	at := make(chan struct{})
	close(at)
	for {
		now := time.Now()
		if e.tick(now); e.over() {
			return nil
		}
		if e.once && e.gate.since(now) > e.o.Patience {
			return fmt.Errorf("%w: %s", ErrAway, e.gate.words)
		}
		var out chan<- *group
		var next *group
		if len(e.order) > 0 && e.gate.open(now) {
			out, next = jobs, e.waiting[e.order[0]]
		}
		var step <-chan struct{} // ready while folders wait to be looked at
		if len(e.walk) > 0 {
			step = at
		}
		timer.Reset(e.rest(now))
		select {
		case out <- next:
			e.order = e.order[1:]
			delete(e.waiting, next.key)
			e.flying[next.key] = next
		case r := <-results:
			if err := e.take(r); err != nil {
				return err
			}
		case p, ok := <-events:
			if !ok {
				events = nil
			}
			e.touched(p)
		case <-step:
			dir := e.walk[0]
			e.walk = e.walk[1:]
			e.look(dir, true, nil)
		case <-timer.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// over says whether a Run has nothing left to do or to wait for.
func (e *engine) over() bool {
	if !e.once || e.nextSweep.IsZero() || len(e.walk)+len(e.hot)+len(e.order)+len(e.flying) > 0 {
		return false
	}
	for _, h := range e.holds {
		if !h.final {
			return false
		}
	}
	return true
}

// tick does what is due: a sweep, a look at hot folders, held groups, a word about the progress.
func (e *engine) tick(now time.Time) {
	if e.nextSweep.IsZero() || !e.once && !now.Before(e.nextSweep) && len(e.walk) == 0 {
		e.nextSweep = now.Add(e.o.Sweep)
		e.sweep()
	}
	if len(e.hot) > 0 && !now.Before(e.nextLook) {
		e.nextLook = now.Add(e.o.Pace)
		hot := e.hot
		e.hot = map[string]map[string]bool{}
		for dir, names := range hot {
			e.look(dir, false, names)
		}
	}
	for key, h := range e.holds {
		if !h.final && !now.Before(h.until) && e.flying[key] == nil && e.waiting[key] == nil {
			h.until = now.Add(maxHold) // until its answer says better
			if h.g.pack != nil && h.g.pack.hold() != nil {
				delete(e.holds, key)
				e.again(h.g)
				continue
			}
			e.enqueue(h.g)
		}
	}
	if len(e.flying) > 0 && now.Sub(e.pulse) >= time.Second {
		e.pulse = now
		e.progress()
	}
}

// rest is how long nothing is due.
func (e *engine) rest(now time.Time) time.Duration {
	due := now.Add(e.o.Sweep)
	earlier := func(t time.Time) {
		if t.Before(due) {
			due = t
		}
	}
	if !e.once {
		earlier(e.nextSweep)
	}
	if len(e.hot) > 0 {
		earlier(e.nextLook)
	}
	if len(e.order) > 0 && !e.gate.open(now) {
		earlier(e.gate.until)
	}
	if len(e.flying) > 0 {
		earlier(now.Add(time.Second))
	}
	for _, h := range e.holds {
		if !h.final {
			earlier(h.until)
		}
	}
	return max(due.Sub(now), time.Millisecond)
}
