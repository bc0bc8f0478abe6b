package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
)

const eventStream = "text/event-stream"

// config sets Huma up: no pages of its own, our error body, unknown parameters refused.
func (a *API) config() huma.Config {
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Chouka", Version: "1", Description: "The desk of a micro-drama studio."},
			Servers: []*huma.Server{{URL: Prefix}},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "cookie", Name: "chouka_session"},
					"token":   {Type: "http", Scheme: "bearer", BearerFormat: "chk_…"},
				},
			},
		},
		Formats:                      huma.DefaultFormats,
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{a.transform},
	}
}

// schemaName names a type in the document. The script reader has scenes and episodes of its own, and figures have
// points as well as maps: these begin with their package.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch part := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]; {
	case (part == "script" || part == "sheet") && !strings.HasPrefix(name, "Script"):
		return "Script" + name
	case part == "geo":
		return "Geo" + name
	}
	return name
}

// describe adds to an operation what its Go types do not say.
func describe(op *huma.Operation, r route) {
	op.Responses["default"] = &huma.Response{Description: "a refusal", Content: map[string]*huma.MediaType{
		"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}}}
	switch r.gives {
	case "":
	case eventStream:
		op.Responses["200"] = &huma.Response{Description: "activities as they happen; id is the seq, data an Activity",
			Content: map[string]*huma.MediaType{eventStream: {Schema: &huma.Schema{Type: "string"}}}}
	default:
		op.Responses["200"] = &huma.Response{Description: "the file; ranges are served",
			Content: map[string]*huma.MediaType{r.gives: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
	}
}

func ifMatch() *huma.Param {
	return &huma.Param{Name: "If-Match", In: "header", Required: true, Description: "the ETag of the revision that the change is based on",
		Schema: &huma.Schema{Type: "string"}}
}

func idempotencyKey() *huma.Param {
	return &huma.Param{Name: "Idempotency-Key", In: "header", Description: "makes the call repeatable", Schema: &huma.Schema{Type: "string"}}
}

func fileRequest() *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
}

// complete finishes the schemas once every route is in them.
func (a *API) complete() {
	registry := a.huma.OpenAPI().Components.Schemas
	registry.Schema(reflect.TypeFor[Problem](), true, "Problem")
	// Huma notes its own error type at every route, though none answers with it.
	delete(registry.Map(), "ErrorModel")
	delete(registry.Map(), "ErrorDetail")
	for _, s := range registry.Map() {
		tidy(s)
	}
	loosen(registry.Map())
}

// document writes the OpenAPI document out.
func (a *API) document() ([]byte, error) {
	raw, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("writing the openapi document: %w", err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return nil, fmt.Errorf("laying out the openapi document: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// tidy says of every list that it is never null: none is sent, and none is taken.
func tidy(s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
	tidy(s.Items)
	for _, p := range s.Properties {
		tidy(p)
	}
	if p, ok := s.AdditionalProperties.(*huma.Schema); ok {
		tidy(p)
	}
}

// loosen makes the parts of a form optional that its Go type shares with a record, where they are always there.
func loosen(schemas map[string]*huma.Schema) {
	for name, needed := range map[string][]string{"AttemptIn": {"status"}, "ShotIn": nil, "ShotText": nil} {
		if s := schemas[name]; s != nil {
			s.Required = needed
			s.PrecomputeMessages()
		}
	}
	if s := schemas["AttemptPost"]; s != nil {
		for _, name := range []string{"seed", "steps", "cfg", "denoise", "duration"} {
			s.Properties[name] = loose(s.Properties[name].Description)
		}
		s.PrecomputeMessages()
	}
}

// loose is a value that may be text or a number.
func loose(about string) *huma.Schema {
	s := &huma.Schema{Description: about, OneOf: []*huma.Schema{{Type: huma.TypeString}, {Type: huma.TypeNumber}}}
	s.PrecomputeMessages()
	return s
}

// openapi answers with the document.
func (a *API) openapi(e echo.Context) error {
	spec, err := a.spec()
	if err != nil {
		return err
	}
	e.Response().Header().Set("Content-Type", "application/openapi+json")
	e.Response().WriteHeader(http.StatusOK)
	_, err = e.Response().Write(spec)
	return err
}

func writerOf(ctx huma.Context) http.ResponseWriter { return humaecho.Unwrap(ctx).Response() }
