package enginetest

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"chouka/store"
)

var errOwn = errors.New("own error")

func viewIsolated(t *testing.T, e store.Engine) {
	fill(t, e, "a", "b")
	view(t, e, func(tx store.Txn) error {
		done := make(chan error)
		go func() {
			done <- e.Update(context.Background(), func(tx store.Txn) error {
				return errors.Join(tx.Delete([]byte("a")), tx.Put([]byte("c"), []byte("value of c")))
			})
		}()
		if err := <-done; err != nil {
			return err
		}
		got, err := keys(tx, store.Range{})
		if len(got) != 2 || got[0] != "a" || got[1] != "b" {
			t.Errorf("the View sees %q", got)
		}
		return err
	})
	wantKeys(t, e, store.Range{}, "b", "c")
}

func viewBesideUpdate(t *testing.T, e store.Engine) {
	fill(t, e, "a")
	update(t, e, func(tx store.Txn) error {
		if err := tx.Put([]byte("b"), []byte("value of b")); err != nil {
			return err
		}
		wantKeys(t, e, store.Range{}, "a")
		return nil
	})
	wantKeys(t, e, store.Range{}, "a", "b")
}

func errorDiscards(t *testing.T, e store.Engine) {
	fill(t, e, "a", "b")
	err := e.Update(context.Background(), func(tx store.Txn) error {
		return errors.Join(tx.Put([]byte("c"), nil), tx.Put([]byte("a"), nil), tx.Delete([]byte("b")), errOwn)
	})
	if !errors.Is(err, errOwn) {
		t.Errorf("got %v, want the function's own error", err)
	}
	wantKeys(t, e, store.Range{}, "a", "b")
	if err := e.View(context.Background(), func(store.Txn) error { return errOwn }); !errors.Is(err, errOwn) {
		t.Errorf("a View gave %v, want the function's own error", err)
	}
}

func panicDiscards(t *testing.T, e store.Engine) {
	fill(t, e, "a")
	caught := func(run func(context.Context, func(store.Txn) error) error, write bool) (value any) {
		defer func() { value = recover() }()
		err := run(context.Background(), func(tx store.Txn) error {
			if write {
				_ = tx.Put([]byte("b"), nil)
			}
			panic(errOwn)
		})
		t.Errorf("a panic became %v", err)
		return nil
	}
	for _, value := range []any{caught(e.Update, true), caught(e.Update, false), caught(e.View, false)} {
		if value != errOwn {
			t.Errorf("recovered %v, want the panic's own value", value)
		}
	}
	wantKeys(t, e, store.Range{}, "a")
	fill(t, e, "z")
	wantKeys(t, e, store.Range{}, "a", "z")
}

func goexitDiscards(t *testing.T, e store.Engine) {
	var done sync.WaitGroup
	done.Go(func() {
		_ = e.Update(context.Background(), func(tx store.Txn) error {
			_ = tx.Put([]byte("a"), nil)
			runtime.Goexit()
			return nil
		})
	})
	done.Wait()
	fill(t, e, "b")
	wantKeys(t, e, store.Range{}, "b")
}

func noLostUpdates(t *testing.T, e store.Engine) {
	const writers, rounds = 32, 20
	key := []byte("counter")
	var done sync.WaitGroup
	for range writers {
		done.Go(func() {
			for range rounds {
				if err := e.Update(context.Background(), func(tx store.Txn) error { return add(tx, key) }); err != nil {
					t.Errorf("update: %v", err)
				}
			}
		})
	}
	done.Wait()
	if v, _ := read(t, e, "counter"); v != strconv.Itoa(writers*rounds) {
		t.Errorf("counter = %s, want %d", v, writers*rounds)
	}
}

func add(tx store.Txn, key []byte) error {
	raw, err := tx.Get(key)
	if err != nil {
		return err
	}
	n := 0
	if raw != nil {
		if n, err = strconv.Atoi(string(raw)); err != nil {
			return err
		}
	}
	return tx.Put(key, strconv.AppendInt(nil, int64(n+1), 10))
}
