package api

import (
	"reflect"
	"strconv"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
)

// plain answers with a value that has no revision.
type plain[T any] struct{ Body T }

// record answers with one record and its revision as an ETag.
type record[T any] struct {
	ETag string `header:"ETag" doc:"the revision, for If-Match"`
	Body T
}

// items is a list that is never cut into pages.
type items[T any] struct {
	Items []T `json:"items"`
}

// stream writes its own answer.
type stream struct{ Body func(huma.Context) }

// empty answers with a status alone.
type empty struct{}

func value[T any](v T, err error) (*plain[T], error) {
	if err != nil {
		return nil, err
	}
	return &plain[T]{Body: v}, nil
}

func one[T any](v T, rev int64, err error) (*record[T], error) {
	if err != nil {
		return nil, err
	}
	return &record[T]{ETag: etag(rev), Body: v}, nil
}

func etag(rev int64) string { return `"` + strconv.FormatInt(rev, 10) + `"` }

func all[T any](v []T, err error) (*plain[items[T]], error) {
	return value(items[T]{Items: v}, err)
}

func page[T any](v studio.List[T], err error) (*plain[studio.List[T]], error) { return value(v, err) }

func done(err error) (*empty, error) {
	if err != nil {
		return nil, err
	}
	return &empty{}, nil
}

// filler puts empty lists where a value has none, so that a reader never meets null for a list.
type filler func(reflect.Value)

// fillerOf plans the filling of a type once; nil where there is nothing to fill.
func fillerOf(t reflect.Type, seen []reflect.Type) filler {
	for _, s := range seen {
		if s == t {
			return nil
		}
	}
	seen = append(seen, t)
	switch t.Kind() {
	case reflect.Struct:
		return fillStruct(t, seen)
	case reflect.Slice:
		return fillSlice(t, fillerOf(t.Elem(), seen))
	case reflect.Map:
		return fillMap(t, fillerOf(t.Elem(), seen))
	case reflect.Pointer:
		inner := fillerOf(t.Elem(), seen)
		if inner == nil {
			return nil
		}
		return func(v reflect.Value) {
			if !v.IsNil() {
				inner(v.Elem())
			}
		}
	}
	return nil
}

func fillStruct(t reflect.Type, seen []reflect.Type) filler {
	type part struct {
		at   int
		fill filler
	}
	var parts []part
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		if fill := fillerOf(f.Type, seen); fill != nil {
			parts = append(parts, part{i, fill})
		}
	}
	if parts == nil {
		return nil
	}
	return func(v reflect.Value) {
		for _, p := range parts {
			p.fill(v.Field(p.at))
		}
	}
}

func fillSlice(t reflect.Type, inner filler) filler {
	return func(v reflect.Value) {
		if v.IsNil() {
			v.Set(reflect.MakeSlice(t, 0, 0))
		}
		for i := range v.Len() {
			if inner == nil {
				return
			}
			inner(v.Index(i))
		}
	}
}

func fillMap(t reflect.Type, inner filler) filler {
	return func(v reflect.Value) {
		if v.IsNil() {
			v.Set(reflect.MakeMap(t))
		}
		if inner == nil {
			return
		}
		filled := reflect.MakeMapWithSize(t, v.Len())
		for it := v.MapRange(); it.Next(); {
			e := reflect.New(t.Elem()).Elem()
			e.Set(it.Value())
			inner(e)
			filled.SetMapIndex(it.Key(), e)
		}
		v.Set(filled)
	}
}
