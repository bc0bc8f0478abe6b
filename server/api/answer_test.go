package api

import (
	"encoding/json"
	"reflect"
	"testing"
)

// Leaf and branch have every shape in which a list can hide.
type Leaf struct {
	Names []string          `json:"names"`
	By    map[string][]int  `json:"by"`
	Gone  []string          `json:"gone,omitempty"`
	Notes map[string]string `json:"notes"`
}

type branch struct {
	Leaf
	Kids []Leaf `json:"kids"`
	One  *Leaf  `json:"one,omitempty"`
	None *Leaf  `json:"none,omitempty"`
	Raw  []byte `json:"raw,omitempty"`
	Self *branch
	Any  any `json:"any,omitempty"`
}

func TestNoListIsEverNull(t *testing.T) {
	fill := fillerOf(reflect.TypeFor[plain[items[branch]]](), nil)
	v := &plain[items[branch]]{Body: items[branch]{Items: []branch{{Kids: make([]Leaf, 1), One: &Leaf{By: map[string][]int{"a": nil, "b": {1}}}}}}}
	fill(reflect.ValueOf(v).Elem())
	b, err := json.Marshal(v.Body)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"items":[{"names":[],"by":{},"notes":{},"kids":[{"names":[],"by":{},"notes":{}}],"one":{"names":[],"by":{"a":[],"b":[1]},"notes":{}},"Self":null}]}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
	empty := &plain[items[branch]]{}
	fill(reflect.ValueOf(empty).Elem())
	if empty.Body.Items == nil {
		t.Error("an empty answer has a null list")
	}
}
