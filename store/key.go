package store

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"math"
	"time"
)

// MaxKey is the longest index or counter key, in bytes after encoding.
const MaxKey = 1024

// Key is an order-keeping encoding of a tuple: comparing two keys made of the
// same steps as bytes compares the tuples. Each step copies, so one prefix may
// be extended many times.
//
// # Layout of the whole key space
//
//	'v'                                  schema version, decimal text
//	'r' collection(3) id                 record
//	'i' collection(3) index(2) key       unique index entry; value = id
//	'i' collection(3) index(2) key id    other index entry; value = empty, or the id's text when it is no UUID
//	'c' counter(3) key                   counter, 8 bytes big-endian
//
// The tags in brackets are the first bytes of a hash of the declared name, so
// reordering declarations changes nothing and renaming one is a migration. Two
// names with one tag are refused at start (NewCollection, NewSchema). An id is
// written as by Key.ID: 17 bytes for a UUID, time-ordered for version 7.
type Key []byte

const (
	spaceVersion = 'v'
	spaceRecord  = 'r'
	spaceIndex   = 'i'
	spaceCounter = 'c'

	idUUID = 0x01
	idText = 0x02

	textEnd    = 0x00
	textEscape = 0x01

	uuidText = 36
	uuidKey  = 17
)

// K begins an empty key, which is also the prefix of every key.
func K() Key { return nil }

func (k Key) with(b ...byte) Key { return append(k[:len(k):len(k)], b...) }

// Text appends s so that "a" sorts before "ab" and no text is a prefix of
// another: bytes 0 and 1 are escaped, then a zero byte ends it.
func (k Key) Text(s string) Key {
	out := make(Key, len(k), len(k)+len(s)+1)
	copy(out, k)
	for i := range len(s) {
		if s[i] <= textEscape {
			out = append(out, textEscape, s[i]+1)
			continue
		}
		out = append(out, s[i])
	}
	return append(out, textEnd)
}

// ID appends a record id: lower-case UUID text as a tag and 16 bytes, anything
// else as a tag and Text.
func (k Key) ID(id string) Key {
	if u, ok := parseUUID(id); ok {
		return append(k.with(idUUID), u[:]...)
	}
	return k.with(idText).Text(id)
}

// Int appends n in 8 bytes, negative numbers first.
func (k Key) Int(n int64) Key {
	return binary.BigEndian.AppendUint64(k.with(), uint64(n)^(1<<63))
}

// Time appends t as UTC nanoseconds since 1970. Times outside the years 1678
// to 2261 sort as the nearest end of that span.
func (k Key) Time(t time.Time) Key {
	switch {
	case t.Before(time.Unix(0, math.MinInt64)):
		return k.Int(math.MinInt64)
	case t.After(time.Unix(0, math.MaxInt64)):
		return k.Int(math.MaxInt64)
	}
	return k.Int(t.UnixNano())
}

// Bool appends one byte, false first.
func (k Key) Bool(b bool) Key {
	if b {
		return k.with(1)
	}
	return k.with(0)
}

// Byte appends b as it is.
func (k Key) Byte(b byte) Key { return k.with(b) }

// Texts reads back a key that Text alone has made; ok is false where Text cannot
// have made it.
func (k Key) Texts() (out []string, ok bool) {
	out = make([]string, 0, bytes.Count(k, []byte{textEnd}))
	plain, escaped := string(k), bytes.IndexByte(k, textEscape) >= 0
	for from := 0; from < len(k); {
		end := bytes.IndexByte(k[from:], textEnd) + from
		if end < from {
			return nil, false
		}
		s := plain[from:end]
		if escaped {
			if s, ok = decodeText(k[from : end+1]); !ok {
				return nil, false
			}
		}
		out, from = append(out, s), end+1
	}
	return out, true
}

// parseUUID accepts only the canonical lower-case form, since only that comes
// back the same from 16 bytes.
func parseUUID(s string) (u [16]byte, ok bool) {
	if len(s) != uuidText || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return u, false
	}
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'F' {
			return u, false
		}
	}
	var digits [32]byte
	n := 0
	for _, part := range []string{s[:8], s[9:13], s[14:18], s[19:23], s[24:]} {
		n += copy(digits[n:], part)
	}
	_, err := hex.Decode(u[:], digits[:])
	return u, err == nil
}

func formatUUID(u []byte) string {
	var b [uuidText]byte
	hex.Encode(b[:8], u[:4])
	hex.Encode(b[9:13], u[4:6])
	hex.Encode(b[14:18], u[6:8])
	hex.Encode(b[19:23], u[8:10])
	hex.Encode(b[24:], u[10:16])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

// decodeID reads a whole Key.ID back.
func decodeID(b []byte) (string, error) {
	switch {
	case len(b) == uuidKey && b[0] == idUUID:
		return formatUUID(b[1:]), nil
	case len(b) > 1 && b[0] == idText:
		if s, ok := decodeText(b[1:]); ok && s != "" && len(s) <= MaxID {
			return s, nil
		}
	}
	return "", fmt.Errorf("read id of %d bytes: %w", len(b), ErrDamaged)
}

// decodeText reads a whole Key.Text back; ok is false when b is anything else.
func decodeText(b []byte) (s string, ok bool) {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case textEnd:
			return string(out), i == len(b)-1
		case textEscape:
			i++
			if i == len(b) || b[i] < 1 || b[i] > 2 {
				return "", false
			}
			out = append(out, b[i]-1)
		default:
			out = append(out, b[i])
		}
	}
	return "", false
}

// tag is the short form of a declared name.
func tag(name string, n int) string {
	h := fnv.New64a()
	h.Write([]byte(name))
	sum := h.Sum64()
	// The low bits of FNV depend on the last characters only a little; folding mixes the halves.
	sum ^= sum >> 29
	return string(binary.BigEndian.AppendUint64(nil, sum*0x9E3779B97F4A7C15)[:n])
}

// prefixRange is every key that begins with p, which must not be all 0xFF.
func prefixRange(p []byte) Range {
	return Range{From: p, To: afterPrefix(p)}
}

// afterPrefix is the first key behind all that begin with p.
func afterPrefix(p []byte) []byte {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] != 0xFF {
			end := append([]byte(nil), p[:i+1]...)
			end[i]++
			return end
		}
	}
	return nil
}

// next is the first key behind k itself.
func next(k []byte) []byte {
	return append(k[:len(k):len(k)], 0)
}
