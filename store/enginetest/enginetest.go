// Package enginetest holds the contract of a store.Engine as tests. Every
// engine calls Run from a test of its own; an engine that passes may stand under
// the studio. Begin with Run: it lists the whole contract.
package enginetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"chouka/store"
)

// Run checks every rule of the engine contract. open gives a new, empty engine
// each time; Run closes it.
func Run(t *testing.T, open func(t *testing.T) store.Engine) {
	rules := []struct {
		name string
		test func(*testing.T, store.Engine)
	}{
		{"a value is read back and a missing key is nil", readBack},
		{"an empty value is kept and is not nil", emptyValue},
		{"an empty key is refused", emptyKey},
		{"deleting a missing key is no error", deleteMissing},
		{"many values come in the order of their keys", getMany},
		{"a value of one mebibyte is kept", bigValue},
		{"a scan goes up in byte order", scanUp},
		{"a scan goes down in byte order", scanDown},
		{"a range takes its first key and leaves its last", ranges},
		{"a range that ends before it begins is empty", emptyRange},
		{"ErrStop ends a scan without an error and others come through", scanErrors},
		{"a scan reads only as far as it is visited", scanLazily},
		{"a scan sees what its transaction wrote and deleted", scanOwnWrites},
		{"a scan survives a transaction that deletes whole pages", scanAfterDeletes},
		{"a View cannot write", viewReadOnly},
		{"a View keeps its state while others write", viewIsolated},
		{"a View may start and end while an Update runs", viewBesideUpdate},
		{"an error discards what its function wrote", errorDiscards},
		{"a panic reaches its caller and discards what was written", panicDiscards},
		{"an ended goroutine discards what it wrote and blocks nobody", goexitDiscards},
		{"concurrent Updates lose nothing", noLostUpdates},
		{"a failing Update leaves its neighbours unharmed", neighboursUnharmed},
		{"a panicking Update leaves its neighbours unharmed", neighboursOfPanic},
		{"a cancelled context keeps a function from running", cancelled},
		{"a context cancelled in the queue takes the call back", cancelledInQueue},
		{"a closed engine refuses work", closed},
		{"Close waits for Updates that were accepted", closeWaits},
		{"any sequence of writes reads like a sorted map", model},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			e := open(t)
			t.Cleanup(func() {
				if err := e.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			r.test(t, e)
		})
	}
}

// update and view fail the test when the engine does.
func update(t *testing.T, e store.Engine, fn func(store.Txn) error) {
	t.Helper()
	if err := e.Update(context.Background(), fn); err != nil {
		t.Fatalf("update: %v", err)
	}
}

func view(t *testing.T, e store.Engine, fn func(store.Txn) error) {
	t.Helper()
	if err := e.View(context.Background(), fn); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// fill puts each key with a value made from it.
func fill(t *testing.T, e store.Engine, keys ...string) {
	t.Helper()
	update(t, e, func(tx store.Txn) error {
		for _, k := range keys {
			if err := tx.Put([]byte(k), []byte("value of "+k)); err != nil {
				return err
			}
		}
		return nil
	})
}

// read gives the value of key, and whether there is one.
func read(t *testing.T, e store.Engine, key string) (value string, ok bool) {
	t.Helper()
	view(t, e, func(tx store.Txn) error {
		v, err := tx.Get([]byte(key))
		value, ok = string(v), v != nil
		return err
	})
	return value, ok
}

// keys gives the keys of a range in the order of the scan, and checks that
// values belong to them when they were written by fill.
func keys(tx store.Txn, r store.Range) ([]string, error) {
	out := []string{}
	err := tx.Scan(r, func(k, v []byte) error {
		if string(v) != "value of "+string(k) {
			return fmt.Errorf("key %q has value %q", k, v)
		}
		out = append(out, string(k))
		return nil
	})
	return out, err
}

func wantKeys(t *testing.T, e store.Engine, r store.Range, want ...string) {
	t.Helper()
	view(t, e, func(tx store.Txn) error {
		got, err := keys(tx, r)
		if err == nil && !slices.Equal(got, want) {
			t.Errorf("scan %q to %q, reverse %v: got %q, want %q", r.From, r.To, r.Reverse, got, want)
		}
		return err
	})
}

// lines gives n keys that sort as they are numbered.
func lines(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("line %06d", i)
	}
	return out
}
