package sheet

import (
	"hash/maphash"
	"strings"
)

// known gives equal texts one string, so that a name in ten thousand rows is in memory once and not the file that it was cut
// out of. It remembers few: a table of figures has as many other texts as rows.
type known struct {
	seed  maphash.Seed
	texts [1 << 12]string
}

func newKnown() *known { return &known{seed: maphash.MakeSeed()} }

// text gives the string for a text that may be part of a much longer one.
func (k *known) text(s string) string {
	at := &k.texts[maphash.String(k.seed, s)%uint64(len(k.texts))]
	if *at != s {
		*at = strings.Clone(s)
	}
	return *at
}

// bytes gives the string for a text that will be written over.
func (k *known) bytes(b []byte) string {
	at := &k.texts[maphash.Bytes(k.seed, b)%uint64(len(k.texts))]
	if *at != string(b) {
		*at = string(b)
	}
	return *at
}
