package bolt

import (
	"context"
	"errors"
	"testing"

	"chouka/store"
)

func TestCancelledCalls(t *testing.T) {
	t.Run("a call taken back before its turn is passed over", func(t *testing.T) {
		e := bench(t)
		ctx, cancel := context.WithCancel(context.Background())
		answer := make(chan error, 1)
		go func() {
			answer <- e.Update(ctx, func(store.Txn) error {
				t.Error("the function ran")
				return nil
			})
		}()
		<-e.queue.wake
		cancel()
		if err := <-answer; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
		calls, _ := e.queue.poll()
		if n := e.group(calls); n != 1 {
			t.Errorf("%d settled, want 1", n)
		}
	})
	t.Run("a call rolled back with its group is not run again once cancelled", func(t *testing.T) {
		e := bench(t)
		ctx, cancel := context.WithCancel(context.Background())
		var first, bad int
		answer := make(chan error, 1)
		go func() { answer <- e.Update(ctx, counts("first", &first, nil)) }()
		<-e.queue.wake
		calls, _ := e.queue.poll()
		spoil := counts("bad", &bad, errors.New("own error"))
		more, _, wait := enqueue(t, e, func(tx store.Txn) error {
			cancel()
			return spoil(tx)
		})
		calls = append(calls, more...)
		for len(calls) > 0 {
			calls = calls[e.group(calls):]
		}
		wait()
		if err := <-answer; !errors.Is(err, context.Canceled) || first != 1 {
			t.Errorf("got %v after %d runs, want context.Canceled after 1", err, first)
		}
	})
}
