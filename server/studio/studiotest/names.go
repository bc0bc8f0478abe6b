package studiotest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/store"
)

// NoFile are the fields that hold 64 hexadecimal digits and keep no file by them, and why. Everything else of that look
// has to be one of studio.Files: who adds a field that keeps a file adds a keeper, and who adds one that keeps none adds a
// line here.
func NoFile() map[string]string {
	secret := "of a secret that only its holder has"
	return map[string]string{
		"session.Hash":            secret,
		"invite.Hash":             secret,
		"token.Hash":              secret,
		"feed.Hash":               secret,
		"recipient.Hash":          secret,
		"once.Hash":               "of a request",
		"once.Key":                "what a caller names a request by",
		"scene_text.Hash":         "of lines, which stand beside it",
		"attempt.Expected.SHA256": "announced; the file is named by the take that it becomes",
		"attempt.Params":          "what a file says of itself: the hash of a model",
	}
}

// unnamed lists what records say in 64 hexadecimal digits and no keeper knows.
func unnamed(ctx context.Context, s *studio.Studio, e store.Engine) ([]string, error) {
	files, err := s.Files(ctx)
	if err != nil {
		return nil, err
	}
	none, seen := NoFile(), map[string]bool{}
	var out []string
	err = e.View(ctx, func(tx store.Txn) error {
		return Records(tx, func(collection string, rec reflect.Value) {
			Texts(collection, rec, func(path string, v reflect.Value) {
				sha := v.String()
				if len(sha) != 64 || strings.Trim(sha, "0123456789abcdef") != "" || none[path] != "" || seen[path] {
					return
				}
				if _, named := slices.BinarySearch(files, sha); !named {
					seen[path] = true
					out = append(out, fmt.Sprintf("%s holds %s, which no keeper names: a backup would leave the file out", path, sha))
				}
			})
		})
	})
	return out, err
}

// Records visits every record of the studio with the name of its collection.
func Records(tx store.Txn, visit func(collection string, rec reflect.Value)) error {
	for _, c := range studio.Schema().Collections {
		all := reflect.ValueOf(c).MethodByName("All")
		kind := all.Type().In(1)
		each := reflect.MakeFunc(kind, func(in []reflect.Value) []reflect.Value {
			visit(c.Name(), in[0].Elem())
			return []reflect.Value{reflect.Zero(kind.Out(0))}
		})
		if err, _ := all.Call([]reflect.Value{reflect.ValueOf(tx), each})[0].Interface().(error); err != nil {
			return err
		}
	}
	return nil
}

// Texts visits every text of a record with the names of the fields that lead to it. Keys of maps are among them.
func Texts(path string, v reflect.Value, visit func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v)
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			Texts(path, v.Elem(), visit)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			Texts(path, v.Index(i), visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			Texts(path+".key", k, visit)
			Texts(path, v.MapIndex(k), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				Texts(join(path, f), v.Field(i), visit)
			}
		}
	}
}

func join(path string, f reflect.StructField) string {
	if f.Anonymous {
		return path
	}
	return path + "." + f.Name
}

// closeNamed fails a test that left a file behind which no keeper names.
func closeNamed(t testing.TB, s *studio.Studio, e store.Engine) {
	if _, timed := t.(*testing.B); timed {
		return
	}
	lost, err := unnamed(context.Background(), s, e) // the test's own context has ended
	if err != nil {
		t.Errorf("looking for files that records name: %v", err)
	}
	for _, l := range lost {
		t.Error(l)
	}
}
