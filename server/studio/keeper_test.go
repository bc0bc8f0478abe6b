package studio_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

// kept are the fields by which records keep files, as TestEveryFileThatARecordNamesIsKept finds them.
func kept() []string {
	return []string{"attempt.Beside.SHA256", "evidence.SHA256", "import.SHA256", "kept.SHA256", "location.Documents.File.SHA256", "media.ID",
		"reference.Pictures.Media.SHA256", "script.SHA256", "take.Media.SHA256"}
}

// byContent are fields that hold what media.ID keeps.
func byContent() []string { return []string{"location.Photos.Media.SHA256"} }

// TestEveryFileThatARecordNamesIsKept stores one record of each kind with every text in it filled and asks of each text
// whether the sweep would spare a file of that name. A field that keeps files and that no keeper knows is found by its
// name here, and by what it holds at the end of every other test (see studiotest).
func TestEveryFileThatARecordNamesIsKept(t *testing.T) {
	s, e := studiotest.Open(t, time.Now)
	texts := map[string]string{} // by their path
	err := e.Update(t.Context(), func(tx store.Txn) error {
		clear(texts)
		for _, c := range studio.Schema().Collections {
			rec := reflect.New(reflect.ValueOf(c).MethodByName("Insert").Type().In(1).Elem())
			fill(rec.Elem(), 0)
			studiotest.Texts(c.Name(), rec.Elem(), func(path string, v reflect.Value) {
				if v.CanSet() {
					v.SetString(fmt.Sprintf("%064x", len(texts)+1))
				}
				texts[path] = v.String()
			})
			got := reflect.ValueOf(c).MethodByName("Insert").Call([]reflect.Value{reflect.ValueOf(tx), rec})
			if err, _ := got[0].Interface().(error); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for path, sha := range texts {
		have, err := s.Named(t.Context(), sha)
		if must(t, have, err) {
			named = append(named, path)
		}
		declared := have || studiotest.NoFile()[path] != "" || slices.Contains(byContent(), path)
		if strings.HasSuffix(path, "SHA256") && !declared {
			t.Errorf("%s: no keeper knows it and studiotest.NoFile does not say why", path)
		}
	}
	slices.Sort(named)
	if !slices.Equal(named, kept()) {
		t.Errorf("files are kept by\n%q, want\n%q", named, kept())
	}
	t.Run("and is in the list of a backup", func(t *testing.T) {
		files, err := s.Files(t.Context())
		for _, path := range named {
			if !slices.Contains(must(t, files, err), texts[path]) {
				t.Errorf("%s is spared by the sweep and left out of a backup", path)
			}
		}
		if len(files) != len(named) {
			t.Errorf("%d files, %d are named", len(files), len(named))
		}
	})
	empty(t, e)
}

// fill gives every pointer something to point at and every list one member.
func fill(v reflect.Value, depth int) {
	if depth > 12 || !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value, depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.Zero(v.Type().Key()), value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth+1)
		}
	}
}

// empty takes the made-up records away again, of which no check would think well.
func empty(t *testing.T, e store.Engine) {
	err := e.Update(t.Context(), func(tx store.Txn) error {
		var keys [][]byte
		err := tx.Scan(store.Range{}, func(key, _ []byte) error {
			if key[0] == 'r' || key[0] == 'i' {
				keys = append(keys, slices.Clone(key))
			}
			return nil
		})
		for _, k := range keys {
			if err == nil {
				err = tx.Delete(k)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
