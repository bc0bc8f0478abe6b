package store

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
)

type leaf struct {
	Meta
	Name string `json:"name"`
}

func leaves() *Collection[leaf] {
	return NewCollection[leaf]("leaf", 2,
		Index[leaf]{Name: "name", Keys: func(l *leaf) []Key { return []Key{K().Text(l.Name)} }},
		Index[leaf]{Name: "only", Unique: true, Keys: func(l *leaf) []Key { return []Key{K().Text(l.Name)} }})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a", "ab", "\x00", "\x01", "\x01\x02", "剧", "\xff\x00\xff"} {
		f.Add([]byte(s))
		f.Add([]byte(K().Text(s)))
	}
	f.Add([]byte{textEscape})
	f.Add([]byte{textEscape, 3, textEnd})
	f.Fuzz(func(t *testing.T, b []byte) {
		back, ok := decodeText(K().Text(string(b)))
		if !ok || back != string(b) {
			t.Errorf("%q came back as %q, %v", b, back, ok)
		}
		if s, ok := decodeText(b); ok && !bytes.Equal(K().Text(s), b) {
			t.Errorf("%q was read as %q, which is written otherwise", b, s)
		}
	})
}

func FuzzID(f *testing.F) {
	for _, s := range []string{"a", "0191f3c4-0000-7000-8000-00000000000a", "0191F3C4-0000-7000-8000-00000000000A", "x\x00y", strings.Repeat("z", MaxID)} {
		f.Add([]byte(s))
		f.Add([]byte(K().ID(s)))
	}
	f.Add([]byte{idUUID})
	f.Add([]byte{idText})
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 0 && len(b) <= MaxID {
			if back, err := decodeID(K().ID(string(b))); err != nil || back != string(b) {
				t.Errorf("%q came back as %q, %v", b, back, err)
			}
		}
		if id, err := decodeID(b); err == nil {
			if again, err := decodeID(K().ID(id)); err != nil || again != id {
				t.Errorf("%q was read as %q, which comes back as %q, %v", b, id, again, err)
			}
		}
	})
}

func FuzzCursor(f *testing.F) {
	x := leaves().index("name")
	entry := x.entry(K().Text("oak"), "id", K().ID("id"))
	good := encodeCursor(entry.key)
	f.Add(good)
	for _, s := range []string{"", "A", "AAAAAA", "AAAA", "!", "剧", good + "A", good[1:], good[:len(good)-1], good + "\n", strings.Repeat("A", maxCursor+1)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key, err := x.position(s)
		if err != nil {
			if !errors.Is(err, ErrCursor) {
				t.Errorf("got %v, want ErrCursor", err)
			}
			return
		}
		if !bytes.HasPrefix(key, x.prefix) {
			t.Errorf("cursor %q leaves its index", s)
		}
		if again, err := x.position(encodeCursor(key)); err != nil || !bytes.Equal(again, key) {
			t.Errorf("cursor %q does not come back: %v", s, err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	c := leaves()
	raw, err := c.encode(&leaf{Meta: Meta{ID: "a", Rev: 3}, Name: "<oak> & 剧"})
	if err != nil {
		f.Fatal(err)
	}
	for n := range len(raw) {
		f.Add(raw[:n])
	}
	for _, s := range []string{"\x01{}", "\x02{}", "\x03{}", "\x02", "\x02null", "\x02[]", "\x02{\"id\":1}", "\x02{}{}", "\x02{\"rev\":1e99}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		rec, err := c.decode(b)
		known := errors.Is(err, ErrDamaged) || errors.Is(err, ErrNewer) || errors.Is(err, ErrOlder)
		if err != nil && (!known || rec != nil) || err == nil && rec == nil {
			t.Errorf("%q: %v, %v", b, rec, err)
		}
	})
}

func TestDecode(t *testing.T) {
	c := leaves()
	for name, bad := range map[string]struct {
		raw  string
		want error
	}{
		"an empty value is damage":        {"", ErrDamaged},
		"half a record is damage":         {"\x02{\"id\":\"a\"", ErrDamaged},
		"another type is damage":          {"\x02[1]", ErrDamaged},
		"two records are damage":          {"\x02{}{}", ErrDamaged},
		"an older version is refused":     {"\x01{}", ErrOlder},
		"a newer version is refused":      {"\x03{}", ErrNewer},
		"version nought was never in use": {"\x00{}", ErrOlder},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := c.decode([]byte(bad.raw)); !errors.Is(err, bad.want) {
				t.Errorf("got %v, want %v", err, bad.want)
			}
		})
	}
	t.Run("markup is kept as it is", func(t *testing.T) {
		raw, err := c.encode(&leaf{Name: "<b>&"})
		if err != nil || !bytes.Contains(raw, []byte("<b>&")) || raw[0] != 2 || bytes.HasSuffix(raw, []byte("\n")) {
			t.Errorf("%q, %v", raw, err)
		}
	})
}

func TestIndexEntriesGiveTheirID(t *testing.T) {
	for _, name := range []string{"name", "only"} {
		x := leaves().index(name)
		for _, id := range []string{"a", "\x00", "0191f3c4-0000-7000-8000-00000000000a", "0191F3C4-0000-7000-8000-00000000000A", strings.Repeat("剧", 66)} {
			for _, k := range []Key{nil, K().Text(""), K().Text("\x01\x02"), K().Int(-1)} {
				e := x.entry(k, id, K().ID(id))
				if back, err := x.id(e.key, e.value); err != nil || back != id {
					t.Errorf("index %s: %q came back as %q, %v", name, id, back, err)
				}
			}
		}
		for _, p := range []pair{{x.prefix, nil}, {append(bytes.Clone(x.prefix), make([]byte, 17)...), nil}} {
			if id, err := x.id(p.key, p.value); !errors.Is(err, ErrDamaged) {
				t.Errorf("index %s: a broken entry gave %q, %v", name, id, err)
			}
		}
	}
}

func TestCursorOfAnotherIndexIsRefused(t *testing.T) {
	c := leaves()
	name, only := c.index("name"), c.index("only")
	cursor := encodeCursor(name.entry(K().Text("oak"), "a", K().ID("a")).key)
	if _, err := name.position(cursor); err != nil {
		t.Errorf("its own index: %v", err)
	}
	if _, err := only.position(cursor); !errors.Is(err, ErrCursor) {
		t.Errorf("another index: %v, want ErrCursor", err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] ^= 1
		if _, err := name.position(base64.RawURLEncoding.EncodeToString(raw)); !errors.Is(err, ErrCursor) {
			t.Errorf("byte %d changed: %v, want ErrCursor", i, err)
		}
		raw[i] ^= 1
	}
	long := name.entry(make(Key, MaxKey), strings.Repeat("\x00", MaxID), K().ID(strings.Repeat("\x00", MaxID)))
	if _, err := name.position(encodeCursor(long.key)); err != nil {
		t.Errorf("the longest cursor: %v", err)
	}
}

func TestTagsOfManyNamesDiffer(t *testing.T) {
	seen := map[string]string{}
	for i := range 300 {
		name := fmt.Sprintf("collection %d", i)
		if other, held := seen[tag(name, 3)]; held {
			t.Errorf("%s and %s share a tag", other, name)
		}
		seen[tag(name, 3)] = name
	}
	// These bytes are in every file, so the function must never change.
	if got := fmt.Sprintf("%x %x", tag("shot", 3), tag("shot", 2)); got != goldenTag {
		t.Errorf("tag of shot is %s, was %s", got, goldenTag)
	}
}

const goldenTag = "f3fc1b f3fc"

func TestAfterPrefix(t *testing.T) {
	for _, c := range []struct{ prefix, want string }{{"a", "b"}, {"a\xff", "b"}, {"a\xff\xff", "b"}, {"ab", "ac"}, {"\xff", ""}, {"", ""}} {
		if got := afterPrefix([]byte(c.prefix)); string(got) != c.want || (got == nil) != (c.want == "") {
			t.Errorf("after %q comes %q, want %q", c.prefix, got, c.want)
		}
	}
}
