package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chouka/store"
	"chouka/store/bolt"
)

func TestRuinedFilesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	e := open(t, path)
	for i := range 100 {
		put(t, e, fmt.Sprintf("key %03d", i), strings.Repeat("v", 2000))
	}
	size := int(e.Size())
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	for name, raw := range map[string][]byte{
		"the end is missing":         whole[:size-page],
		"only the header is left":    whole[:2*page],
		"all but the header is junk": append(bytes.Clone(whole[:2*page]), bytes.Repeat([]byte{0xEE}, len(whole)-2*page)...),
		"all but the header is zero": append(bytes.Clone(whole[:2*page]), make([]byte, len(whole)-2*page)...),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ruin.db")
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := bolt.Open(path, bolt.Options{}); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("got %v, want ErrDamaged", err)
			}
		})
	}
}
