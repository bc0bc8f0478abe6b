package api_test

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"chouka/server/api"
)

// schema is as much of a JSON schema as says where text goes.
type schema struct {
	Ref        string            `json:"$ref"`
	Type       string            `json:"type"`
	Format     string            `json:"format"`
	Enum       []any             `json:"enum"`
	Items      *schema           `json:"items"`
	Properties map[string]schema `json:"properties"`
}

// texts lists every place of a body that takes free text, as dotted paths.
func texts(all map[string]schema, s schema, at string) []string {
	if s.Ref != "" {
		s = all[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	switch {
	case s.Type == "string" && s.Enum == nil && s.Format == "":
		return []string{at}
	case s.Items != nil:
		return texts(all, *s.Items, at+".0")
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		out = append(out, texts(all, s.Properties[name], strings.TrimPrefix(at+"."+name, "."))...)
	}
	return out
}

// put sets the place in a body; lists and objects on the way are made.
func put(v any, path []string, value string) any {
	if len(path) == 0 {
		return value
	}
	if path[0] == "0" {
		list, _ := v.([]any)
		if len(list) == 0 {
			list = []any{nil}
		}
		list[0] = put(list[0], path[1:], value)
		return list
	}
	o, ok := v.(map[string]any)
	if !ok {
		o = map[string]any{}
	}
	o[path[0]] = put(o[path[0]], path[1:], value)
	return o
}

// evil are texts that have broken other programs.
func evil() []string {
	return []string{`<script>` + canary + `</script><img src=x onerror=1>`, canary + "\u202egnp.exe\u2066", canary + "\x00\x1b[31m\r\nSet-Cookie: a=b"}
}

func TestNoTextFieldIsDangerous(t *testing.T) {
	w := newWorld(t)
	w.populate()
	var d struct {
		Components struct {
			Schemas map[string]schema `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(w.api.Document(), &d); err != nil {
		t.Fatal(err)
	}
	asked, ops := requests(), operations(t, w.api)
	fields := 0
	for _, r := range w.api.Routes() {
		var media struct {
			Schema schema `json:"schema"`
		}
		if err := json.Unmarshal(ops[r.ID].Body.Content["application/json"], &media); err != nil {
			continue // takes no JSON
		}
		t.Run(r.ID, func(t *testing.T) {
			for _, at := range texts(d.Components.Schemas, media.Schema, "") {
				fields++
				for _, text := range evil() {
					x := asked[r.ID](w)
					body := put(any(fieldsOf(t, x.body)), strings.Split(at, "."), text)
					w.inert(t, r, x, at, body)
				}
			}
		})
	}
	if fields < 100 {
		t.Errorf("only %d fields were tried", fields)
	}
}

// inert sends a body and checks that the text is refused, or comes back as nothing but text in JSON.
func (w *world) inert(t *testing.T, r api.RouteInfo, x try, at string, body any) {
	t.Helper()
	if x.path == "" {
		x.path = r.Path
	}
	a := w.ask("admin", r.Method, x.path, body, "If-Match", `"`+x.rev+`"`)
	switch {
	case a.status >= 500:
		t.Errorf("%s answers %d: %s", at, a.status, a.body)
	case a.status >= 400:
		refused(t, at, a, a.status)
	case a.status != 204 && (a.header.Get("Content-Type") != "application/json" || !json.Valid([]byte(a.body))):
		t.Errorf("%s comes back as %s", at, a.header.Get("Content-Type"))
	case strings.ContainsAny(a.body, "\x00\x1b\r"):
		t.Errorf("%s comes back with raw control characters", at)
	}
	for k, v := range a.header {
		if strings.Contains(strings.Join(v, ""), canary) || k == "A" {
			t.Errorf("%s reached the header %s", at, k)
		}
	}
}

func TestNoTextOfAnAddressIsDangerous(t *testing.T) {
	w := newWorld(t)
	w.populate()
	asked, ops := requests(), operations(t, w.api)
	for _, r := range w.api.Routes() {
		for _, p := range ops[r.ID].Parameters {
			if p.In != "query" {
				continue
			}
			t.Run(r.ID+" "+p.Name, func(t *testing.T) {
				for _, text := range evil() {
					x := asked[r.ID](w)
					if x.path == "" {
						x.path = r.Path
					}
					path, query, _ := strings.Cut(x.path, "?")
					q, err := url.ParseQuery(query)
					if err != nil {
						t.Fatal(err)
					}
					q.Set(p.Name, text)
					a := w.ask("admin", r.Method, path+"?"+q.Encode(), x.body)
					if a.status >= 400 {
						refused(t, p.Name, a, 400, 404, 409, 412, 422)
					}
				}
			})
		}
	}
}
