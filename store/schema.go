package store

import (
	"context"
	"fmt"
)

// Schema is everything a program keeps: the one list that Migrate, Check and
// Digest walk over.
type Schema struct {
	Collections []AnyCollection
	Counters    []*Counter
	// Migrations are only ever appended; their number is the schema's version.
	Migrations []Migration
}

// AnyCollection is a Collection of any record type.
type AnyCollection interface {
	// Name is the declared name.
	Name() string
	prefixes() [][]byte
	check(ctx context.Context, tx Txn, report *report) error
	reindex(tx Txn) error
	addIndex(tx Txn, name string) error
}

// Migration is one numbered step from the schema before it.
type Migration struct {
	Name string
	// Step runs once on a file, in one transaction together with the new version.
	Step func(Txn) error
}

// NewSchema gives s back after making sure that no two declarations share a
// place; it panics when they do.
func NewSchema(s Schema) Schema {
	s.spaces()
	return s
}

// Version is the schema's number: how many migrations it has.
func (s Schema) Version() int { return len(s.Migrations) }

// space is one declared part of the key space.
type space struct {
	prefix string
	owner  string
}

// spaces lists every declared prefix and panics when two are the same.
func (s Schema) spaces() []space {
	owners := map[string]string{}
	var out []space
	claim := func(prefix []byte, owner string) {
		if other, held := owners[string(prefix)]; held {
			panic(fmt.Sprintf("store: %s and %s share a name or a tag; rename one", other, owner))
		}
		owners[string(prefix)] = owner
		out = append(out, space{prefix: string(prefix), owner: owner})
	}
	for _, c := range s.Collections {
		for _, p := range c.prefixes() {
			claim(p, "collection "+c.Name())
		}
	}
	for _, c := range s.Counters {
		claim(c.prefix(), "counter "+c.Name)
	}
	return out
}

func (c *Collection[T]) prefixes() [][]byte {
	out := [][]byte{c.records}
	for _, x := range c.indexes {
		out = append(out, x.prefix)
	}
	return out
}
