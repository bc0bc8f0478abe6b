package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"chouka/server/api"
)

var update = flag.Bool("update", false, "write testdata/openapi.json anew")

const golden = "testdata/openapi.json"

func TestTheOpenAPIDocumentIsTheGoldenFile(t *testing.T) {
	a, err := api.New(api.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, a.Document(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Document(), want) {
		t.Errorf("the routes or their types changed: run go test ./server/api -update and read the difference in %s", golden)
	}
}

// document is as much of the OpenAPI document as the tests look at.
type document struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		OperationID string                     `json:"operationId"`
		Responses   map[string]json.RawMessage `json:"responses"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]struct {
			Properties map[string]json.RawMessage `json:"properties"`
			Required   []string                   `json:"required"`
		} `json:"schemas"`
	} `json:"components"`
}

func TestTheOpenAPIDocumentSuitsGeneratedTypes(t *testing.T) {
	a, err := api.New(api.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(a.Document(), &d); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(d.OpenAPI, "3.1.") {
		t.Errorf("version %q", d.OpenAPI)
	}
	if strings.Contains(string(a.Document()), `"null"`) {
		t.Error("some value may be null; lists are never null and absent values are left out")
	}
	if strings.Contains(string(a.Document()), "ErrorModel") {
		t.Error("the document names an error type that is never answered")
	}
	for name, s := range d.Components.Schemas {
		for p := range s.Properties {
			if p != strings.ToLower(p) {
				t.Errorf("%s.%s is not in snake case", name, p)
			}
		}
	}
	seen := map[string]bool{}
	for path, ops := range d.Paths {
		for method, op := range ops {
			if op.OperationID == "" || seen[op.OperationID] {
				t.Errorf("%s %s: operation id %q is empty or used twice", method, path, op.OperationID)
			}
			seen[op.OperationID] = true
			if _, ok := op.Responses["default"]; !ok {
				t.Errorf("%s %s does not say how it refuses", method, path)
			}
		}
	}
}
