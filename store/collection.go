package store

import (
	"bytes"
	"fmt"
	"slices"
)

// Collection keeps the records of one type and their index entries. It holds
// no state: declare it once as a package-level value and use it in any
// transaction. Writing is in collection_write.go, listing in collection_list.go.
type Collection[T any] struct {
	name    string
	version byte
	records []byte
	all     []byte
	indexes []*index[T]
	meta    func(*T) *Meta
}

// Index declares one order in which records are found.
type Index[T any] struct {
	// Name is unique within the collection and part of the stored layout.
	Name string
	// Unique refuses a second record with the same key.
	Unique bool
	// Keys gives the record's keys: none, one or several. It must depend on
	// nothing but the record.
	Keys func(*T) []Key
}

type index[T any] struct {
	Index[T]
	// prefix begins every entry of this index.
	prefix []byte
}

// entry is one pair of an index.
type entry struct {
	key, value []byte
	index      string
	unique     bool
}

// NewCollection declares a collection. The version, 1 to 255, is written before
// every record; raise it together with a migration. Wrong declarations panic.
func NewCollection[T any, P recordOf[T]](name string, version int, indexes ...Index[T]) *Collection[T] {
	if name == "" || version < 1 || version > 255 {
		panic(fmt.Sprintf("store: collection %q needs a name and a version from 1 to 255", name))
	}
	t := tag(name, 3)
	c := &Collection[T]{
		name:    name,
		version: byte(version),
		records: []byte(string(spaceRecord) + t),
		all:     []byte(string(spaceIndex) + t),
		meta:    func(rec *T) *Meta { return P(rec).Record() },
	}
	for _, x := range indexes {
		c.declare(x)
	}
	return c
}

func (c *Collection[T]) declare(x Index[T]) {
	if x.Name == "" || x.Keys == nil {
		panic(fmt.Sprintf("store: collection %s has an index without name or keys", c.name))
	}
	prefix := append(bytes.Clone(c.all), tag(x.Name, 2)...)
	for _, other := range c.indexes {
		if bytes.Equal(other.prefix, prefix) {
			panic(fmt.Sprintf("store: indexes %s and %s of %s share a name or a tag; rename one", other.Name, x.Name, c.name))
		}
	}
	c.indexes = append(c.indexes, &index[T]{Index: x, prefix: prefix})
}

// Name is the declared name.
func (c *Collection[T]) Name() string { return c.name }

// index finds a declared index; asking for another is a programming mistake.
func (c *Collection[T]) index(name string) *index[T] {
	for _, x := range c.indexes {
		if x.Name == name {
			return x
		}
	}
	panic(fmt.Sprintf("store: collection %s has no index %q", c.name, name))
}

func (c *Collection[T]) recordKey(id string) []byte {
	return Key(c.records).ID(id)
}

// entries gives the index entries of rec in key order, each once.
func (c *Collection[T]) entries(rec *T) ([]entry, error) {
	id := c.meta(rec).ID
	idKey := K().ID(id)
	var out []entry
	for _, x := range c.indexes {
		for _, k := range x.Keys(rec) {
			if len(k) > MaxKey {
				return nil, fmt.Errorf("index %s of %s %s: %d bytes: %w", x.Name, c.name, id, len(k), ErrKey)
			}
			out = append(out, x.entry(k, id, idKey))
		}
	}
	slices.SortFunc(out, func(a, b entry) int { return bytes.Compare(a.key, b.key) })
	return slices.CompactFunc(out, func(a, b entry) bool { return bytes.Equal(a.key, b.key) }), nil
}

func (x *index[T]) entry(k Key, id string, idKey Key) entry {
	e := entry{index: x.Name, unique: x.Unique}
	e.key = append(slices.Grow(bytes.Clone(x.prefix), len(k)+len(idKey)), k...)
	if x.Unique {
		e.value = idKey
		return e
	}
	e.key = append(e.key, idKey...)
	e.value = []byte{}
	if idKey[0] != idUUID {
		e.value = []byte(id)
	}
	return e
}

// id reads the record id out of one pair of the index.
func (x *index[T]) id(key, value []byte) (string, error) {
	switch {
	case x.Unique:
		return decodeID(value)
	case len(value) > 0:
		return string(value), nil
	case len(key) < len(x.prefix)+uuidKey:
		return "", fmt.Errorf("read id from index %s: %w", x.Name, ErrDamaged)
	}
	return decodeID(key[len(key)-uuidKey:])
}

// Get reads one record; ErrNotFound when there is none.
func (c *Collection[T]) Get(tx Txn, id string) (*T, error) {
	raw, err := tx.Get(c.recordKey(id))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", c.name, err)
	}
	if raw == nil {
		return nil, fmt.Errorf("%s: %w", c.name, ErrNotFound)
	}
	return c.decode(raw)
}

// GetMany reads records in the order of ids, nil where there is none.
func (c *Collection[T]) GetMany(tx Txn, ids []string) ([]*T, error) {
	keys := make([][]byte, len(ids))
	for i, id := range ids {
		keys[i] = c.recordKey(id)
	}
	raws, err := tx.GetMany(keys)
	if err != nil {
		return nil, fmt.Errorf("read %d of %s: %w", len(ids), c.name, err)
	}
	out := make([]*T, len(raws))
	for i, raw := range raws {
		if raw == nil {
			continue
		}
		if out[i], err = c.decode(raw); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Has says whether a record with this id is stored.
func (c *Collection[T]) Has(tx Txn, id string) (bool, error) {
	raw, err := tx.Get(c.recordKey(id))
	if err != nil {
		return false, fmt.Errorf("look for %s: %w", c.name, err)
	}
	return raw != nil, nil
}

// By reads the record that holds key in a unique index; ErrNotFound when none does.
func (c *Collection[T]) By(tx Txn, index string, key Key) (*T, error) {
	x := c.index(index)
	if !x.Unique {
		panic(fmt.Sprintf("store: index %s of %s is not unique", index, c.name))
	}
	value, err := tx.Get(append(bytes.Clone(x.prefix), key...))
	if err != nil {
		return nil, fmt.Errorf("read %s by %s: %w", c.name, index, err)
	}
	if value == nil {
		return nil, fmt.Errorf("%s by %s: %w", c.name, index, ErrNotFound)
	}
	id, err := decodeID(value)
	if err != nil {
		return nil, fmt.Errorf("read %s by %s: %w", c.name, index, err)
	}
	recs, err := c.fetch(tx, index, []string{id})
	if err != nil {
		return nil, err
	}
	return recs[0], nil
}
