package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"chouka/store"
)

// bench is an engine whose writer the test plays itself, group by group.
func bench(t *testing.T) *Engine {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	db, err := openFile(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := prepare(db, path, true); err != nil {
		t.Fatal(err)
	}
	e := &Engine{db: db}
	e.queue.wake = make(chan struct{}, 1)
	return e
}

// enqueue starts one Update per function, each queued before the next.
func enqueue(t *testing.T, e *Engine, fns ...func(store.Txn) error) (calls []*call, answers []error, wait func()) {
	t.Helper()
	answers = make([]error, len(fns))
	var done sync.WaitGroup
	for i, fn := range fns {
		done.Go(func() {
			defer func() {
				if value := recover(); value != nil {
					answers[i] = value.(error)
				}
			}()
			answers[i] = e.Update(context.Background(), fn)
		})
		<-e.queue.wake
		more, _ := e.queue.poll()
		calls = append(calls, more...)
	}
	return calls, answers, done.Wait
}

func counts(key string, runs *int, err error) func(store.Txn) error {
	return func(tx store.Txn) error {
		*runs++
		return errors.Join(tx.Put([]byte(key), nil), err)
	}
}

func lastTxn(e *Engine) (id int) {
	_ = e.db.View(func(tx *bbolt.Tx) error {
		id = tx.ID()
		return nil
	})
	return id
}

func TestGroup(t *testing.T) {
	own := errors.New("own error")
	t.Run("many functions share one commit", func(t *testing.T) {
		e := bench(t)
		runs := make([]int, 10)
		var fns []func(store.Txn) error
		for i := range runs {
			fns = append(fns, counts(fmt.Sprint("key ", i), &runs[i], nil))
		}
		calls, answers, wait := enqueue(t, e, fns...)
		before := lastTxn(e)
		if n := e.group(calls); n != 10 {
			t.Errorf("%d settled, want 10", n)
		}
		wait()
		if commits := lastTxn(e) - before; commits != 1 || errors.Join(answers...) != nil {
			t.Errorf("%d commits, answers %v", commits, answers)
		}
	})
	t.Run("a function that fails without writing costs no second run", func(t *testing.T) {
		e := bench(t)
		var a, b int
		calls, answers, wait := enqueue(t, e, counts("a", &a, nil), func(store.Txn) error { return own }, counts("b", &b, nil))
		if n := e.group(calls); n != 3 {
			t.Errorf("%d settled, want 3", n)
		}
		wait()
		if a != 1 || b != 1 || answers[0] != nil || answers[1] != own || answers[2] != nil {
			t.Errorf("runs %d and %d, answers %v", a, b, answers)
		}
	})
	t.Run("a function that fails after writing runs again behind its neighbours", func(t *testing.T) {
		e := bench(t)
		var a, bad, b int
		calls, answers, wait := enqueue(t, e, counts("a", &a, nil), counts("bad", &bad, own), counts("b", &b, nil))
		var steps []int
		for len(calls) > 0 {
			n := e.group(calls)
			steps, calls = append(steps, n), calls[n:]
		}
		wait()
		if fmt.Sprint(steps) != "[1 1 1]" || a != 2 || bad != 2 || b != 1 {
			t.Errorf("settled %v, runs %d, %d and %d", steps, a, bad, b)
		}
		if answers[0] != nil || !errors.Is(answers[1], own) || answers[2] != nil {
			t.Errorf("answers %v", answers)
		}
	})
	t.Run("a function that panics after writing does not run again", func(t *testing.T) {
		e := bench(t)
		var a, b, bad int
		calls, answers, wait := enqueue(t, e, counts("a", &a, nil), func(tx store.Txn) error {
			bad++
			_ = tx.Put([]byte("bad"), nil)
			panic(own)
		}, counts("b", &b, nil))
		for len(calls) > 0 {
			calls = calls[e.group(calls):]
		}
		wait()
		if bad != 1 || answers[0] != nil || answers[1] != own || answers[2] != nil {
			t.Errorf("%d runs, answers %v", bad, answers)
		}
	})
}

func TestGroupCommitsOnlyWhatIsDue(t *testing.T) {
	t.Run("functions that only read need no commit", func(t *testing.T) {
		e := bench(t)
		before := lastTxn(e)
		calls, answers, wait := enqueue(t, e, func(tx store.Txn) error { _, err := tx.Get([]byte("a")); return err })
		e.group(calls)
		wait()
		if lastTxn(e) != before || answers[0] != nil {
			t.Errorf("answer %v, or a commit of nothing", answers[0])
		}
	})
	t.Run("a group ends when it has written much", func(t *testing.T) {
		e := bench(t)
		big := func(tx store.Txn) error { return tx.Put([]byte("big"), bytes.Repeat([]byte{'x'}, maxBytes)) }
		calls, _, wait := enqueue(t, e, big, big, big)
		for n := 0; len(calls) > 0; calls = calls[n:] {
			if n = e.group(calls); n != 1 {
				t.Errorf("%d settled, want 1", n)
			}
		}
		wait()
	})
}

func TestQueueGivesBoundedGroupsInOrder(t *testing.T) {
	q := queue{wake: make(chan struct{}, 1)}
	var all []*call
	for range 2*maxGroup + 7 {
		c := newCall(context.Background())
		all = append(all, c)
		if err := q.add(c); err != nil {
			t.Fatal(err)
		}
	}
	q.close()
	if err := q.add(newCall(context.Background())); !errors.Is(err, store.ErrClosed) {
		t.Errorf("a closed queue answered %v", err)
	}
	for _, want := range []int{maxGroup, maxGroup, 7, 0} {
		got := q.take()
		if len(got) != want {
			t.Fatalf("group of %d, want %d", len(got), want)
		}
		for i, c := range got {
			if c != all[i] {
				t.Fatalf("call %d is out of order", i)
			}
		}
		all = all[len(got):]
	}
}

func TestTxnGuards(t *testing.T) {
	e, err := Open(filepath.Join(t.TempDir(), "store.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	var kept store.Txn
	err = e.Update(context.Background(), func(tx store.Txn) error {
		kept = tx
		if err := tx.Put([]byte("a"), nil); err != nil {
			return err
		}
		return tx.Scan(store.Range{}, func(_, _ []byte) error {
			if err := tx.Put([]byte("b"), nil); !errors.Is(err, errScanning) {
				t.Errorf("a write during a scan: %v", err)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	_, getErr := kept.Get([]byte("a"))
	_, manyErr := kept.GetMany(nil)
	for _, err := range []error{getErr, manyErr, kept.Put([]byte("a"), nil), kept.Delete([]byte("a")), kept.Scan(store.Range{}, nil)} {
		if !errors.Is(err, errEnded) {
			t.Errorf("an ended transaction answered %v", err)
		}
	}
	if err := e.Update(context.Background(), func(tx store.Txn) error {
		return tx.Put(make([]byte, bbolt.MaxKeySize+1), nil)
	}); !errors.Is(err, store.ErrKey) {
		t.Errorf("a key too long: %v", err)
	}
}
