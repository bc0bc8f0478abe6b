package enginetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"chouka/store"
)

func cancelled(t *testing.T, e store.Engine) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, run := range []func(context.Context, func(store.Txn) error) error{e.View, e.Update} {
		err := run(ctx, func(store.Txn) error {
			t.Error("the function ran")
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
	}
}

// cancelledInQueue cancels a call that waits behind a running one.
func cancelledInQueue(t *testing.T, e store.Engine) {
	ctx, cancel := context.WithCancel(context.Background())
	answer := make(chan error, 1)
	update(t, e, func(store.Txn) error {
		go func() {
			answer <- e.Update(ctx, func(tx store.Txn) error { return tx.Put([]byte("late"), nil) })
		}()
		cancel()
		if err := <-answer; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
		return nil
	})
	wantKeys(t, e, store.Range{})
}

func closed(t *testing.T, e store.Engine) {
	fill(t, e, "a")
	if err := e.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	for _, run := range []func(context.Context, func(store.Txn) error) error{e.View, e.Update} {
		err := run(context.Background(), func(store.Txn) error {
			t.Error("the function ran")
			return nil
		})
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("got %v, want ErrClosed", err)
		}
	}
	if err := e.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

// closeWaits closes while Updates pour in: each is either done or refused.
func closeWaits(t *testing.T, e store.Engine) {
	const writers = 16
	var running, done sync.WaitGroup
	running.Add(writers)
	for range writers {
		done.Go(func() {
			first := sync.OnceFunc(running.Done)
			for {
				err := e.Update(context.Background(), func(tx store.Txn) error { return add(tx, []byte("counter")) })
				first()
				if errors.Is(err, store.ErrClosed) {
					return
				}
				if err != nil {
					t.Errorf("got %v, want nil or ErrClosed", err)
					return
				}
			}
		})
	}
	running.Wait()
	if err := e.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	done.Wait()
}
