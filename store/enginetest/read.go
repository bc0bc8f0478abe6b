package enginetest

import (
	"bytes"
	"errors"
	"testing"

	"chouka/store"
)

func readBack(t *testing.T, e store.Engine) {
	fill(t, e, "a", "b")
	if v, _ := read(t, e, "a"); v != "value of a" {
		t.Errorf("a = %q", v)
	}
	if v, ok := read(t, e, "c"); ok {
		t.Errorf("c = %q, want nothing", v)
	}
	update(t, e, func(tx store.Txn) error {
		if err := tx.Put([]byte("a"), []byte("other")); err != nil {
			return err
		}
		return tx.Delete([]byte("b"))
	})
	if v, _ := read(t, e, "a"); v != "other" {
		t.Errorf("a = %q after it was replaced", v)
	}
	if _, ok := read(t, e, "b"); ok {
		t.Error("b is there after it was deleted")
	}
}

func emptyValue(t *testing.T, e store.Engine) {
	check := func(tx store.Txn) error {
		for _, k := range []string{"nil", "empty"} {
			v, err := tx.Get([]byte(k))
			if err != nil {
				return err
			}
			many, err := tx.GetMany([][]byte{[]byte(k)})
			if err != nil {
				return err
			}
			if v == nil || len(v) != 0 || many[0] == nil || len(many[0]) != 0 {
				t.Errorf("%s: Get %v, GetMany %v, want empty and not nil", k, v, many[0])
			}
		}
		return nil
	}
	update(t, e, func(tx store.Txn) error {
		if err := errors.Join(tx.Put([]byte("nil"), nil), tx.Put([]byte("empty"), []byte{})); err != nil {
			return err
		}
		return check(tx)
	})
	view(t, e, check)
}

func emptyKey(t *testing.T, e store.Engine) {
	for _, key := range [][]byte{nil, {}} {
		update(t, e, func(tx store.Txn) error {
			if err := tx.Put(key, []byte("v")); !errors.Is(err, store.ErrKey) {
				t.Errorf("put under an empty key: %v, want ErrKey", err)
			}
			return nil
		})
	}
	view(t, e, func(tx store.Txn) error {
		if v, err := tx.Get(nil); v != nil || err != nil {
			t.Errorf("get of an empty key: %v, %v", v, err)
		}
		return nil
	})
}

func deleteMissing(t *testing.T, e store.Engine) {
	fill(t, e, "b")
	update(t, e, func(tx store.Txn) error {
		return errors.Join(tx.Delete([]byte("a")), tx.Delete([]byte("c")))
	})
	wantKeys(t, e, store.Range{}, "b")
}

func getMany(t *testing.T, e store.Engine) {
	all := lines(500)
	fill(t, e, all...)
	ask := [][]byte{[]byte(all[499]), []byte("zebra"), []byte(all[0]), []byte("aardvark"), []byte(all[250]), []byte(all[0])}
	want := []string{"value of " + all[499], "", "value of " + all[0], "", "value of " + all[250], "value of " + all[0]}
	view(t, e, func(tx store.Txn) error {
		got, err := tx.GetMany(ask)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d values, error %v", len(got), err)
		}
		for i := range want {
			if string(got[i]) != want[i] || (got[i] == nil) != (want[i] == "") {
				t.Errorf("value %d = %q, want %q", i, got[i], want[i])
			}
		}
		none, err := tx.GetMany(nil)
		if len(none) != 0 {
			t.Errorf("no keys gave %d values", len(none))
		}
		return err
	})
}

func bigValue(t *testing.T, e store.Engine) {
	big := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	update(t, e, func(tx store.Txn) error { return tx.Put([]byte("big"), big) })
	if v, _ := read(t, e, "big"); v != string(big) {
		t.Errorf("%d bytes came back, or others", len(v))
	}
}

func viewReadOnly(t *testing.T, e store.Engine) {
	fill(t, e, "a")
	view(t, e, func(tx store.Txn) error {
		if err := tx.Put([]byte("b"), nil); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("put in a View: %v, want ErrReadOnly", err)
		}
		if err := tx.Delete([]byte("a")); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("delete in a View: %v, want ErrReadOnly", err)
		}
		return nil
	})
	wantKeys(t, e, store.Range{}, "a")
}
