package enginetest

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"

	"chouka/store"
)

// kinds of functions that meet in one queue.
const (
	good = iota
	failsClean
	failsDirty
	readsOnly
	panics
)

// crowd holds the writer with one Update until n others have been started, so
// that they meet in the queue, and gives the answer of each.
func crowd(t *testing.T, e store.Engine, n int, run func(i int) error) []error {
	t.Helper()
	hold := make(chan struct{})
	begun := make(chan struct{})
	answers := make([]error, n)
	var once sync.Once
	var holder, rest, started sync.WaitGroup
	holder.Go(func() {
		err := e.Update(context.Background(), func(store.Txn) error {
			once.Do(func() { close(begun) })
			<-hold
			return nil
		})
		if err != nil {
			t.Errorf("the holding update: %v", err)
		}
	})
	<-begun
	started.Add(n)
	for i := range n {
		rest.Go(func() {
			started.Done()
			answers[i] = run(i)
		})
	}
	started.Wait()
	close(hold)
	holder.Wait()
	rest.Wait()
	return answers
}

// member is one function of the crowd: it counts itself and leaves a key.
func member(i, kind int) func(store.Txn) error {
	return func(tx store.Txn) error {
		switch kind {
		case failsClean:
			return errOwn
		case readsOnly:
			_, err := tx.Get([]byte("counter"))
			return err
		}
		if err := add(tx, []byte("counter")); err != nil {
			return err
		}
		if err := tx.Put([]byte("member "+strconv.Itoa(i)), nil); err != nil {
			return err
		}
		switch kind {
		case failsDirty:
			return errOwn
		case panics:
			panic(errOwn)
		}
		return nil
	}
}

func neighboursUnharmed(t *testing.T, e store.Engine) {
	const n = 200
	kind := func(i int) int { return i * 7 % 4 }
	answers := crowd(t, e, n, func(i int) error {
		return e.Update(context.Background(), member(i, kind(i)))
	})
	for i, err := range answers {
		fails := kind(i) == failsClean || kind(i) == failsDirty
		if fails != errors.Is(err, errOwn) || !fails && err != nil {
			t.Errorf("member %d of kind %d was answered %v", i, kind(i), err)
		}
	}
	wantMembers(t, e, n, func(i int) bool { return kind(i) == good })
}

func neighboursOfPanic(t *testing.T, e store.Engine) {
	const n = 60
	kind := func(i int) int {
		if i%5 == 2 {
			return panics
		}
		return good
	}
	answers := crowd(t, e, n, func(i int) (err error) {
		defer func() {
			if value := recover(); value != nil {
				err = value.(error)
			}
		}()
		return e.Update(context.Background(), member(i, kind(i)))
	})
	for i, err := range answers {
		if (kind(i) == panics) != errors.Is(err, errOwn) {
			t.Errorf("member %d of kind %d ended with %v", i, kind(i), err)
		}
	}
	wantMembers(t, e, n, func(i int) bool { return kind(i) == good })
}

// wantMembers checks that exactly the members that should have stayed did.
func wantMembers(t *testing.T, e store.Engine, n int, stays func(int) bool) {
	t.Helper()
	want := 0
	for i := range n {
		_, ok := read(t, e, "member "+strconv.Itoa(i))
		if ok != stays(i) {
			t.Errorf("member %d is stored: %v, want %v", i, ok, stays(i))
		}
		if stays(i) {
			want++
		}
	}
	if v, _ := read(t, e, "counter"); v != strconv.Itoa(want) {
		t.Errorf("counter = %s, want %d", v, want)
	}
}
