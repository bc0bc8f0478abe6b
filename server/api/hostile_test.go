package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chouka/server/api"
)

const (
	nowhere = "0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b" // an id that nothing has
	canary  = "canary-7d1f"                          // must never come back in a problem
)

// operations reads the document: which routes take JSON, which take files, which need If-Match.
func operations(t *testing.T, a *api.API) map[string]operation {
	t.Helper()
	var d struct {
		Paths map[string]map[string]operation `json:"paths"`
	}
	if err := json.Unmarshal(a.Document(), &d); err != nil {
		t.Fatal(err)
	}
	out := map[string]operation{}
	for _, ops := range d.Paths {
		for _, op := range ops {
			out[op.ID] = op
		}
	}
	return out
}

type operation struct {
	ID         string `json:"operationId"`
	Parameters []struct {
		Name string `json:"name"`
		In   string `json:"in"`
	} `json:"parameters"`
	Body struct {
		Content map[string]json.RawMessage `json:"content"`
	} `json:"requestBody"`
}

func (o operation) takes(kind string) bool {
	_, ok := o.Body.Content[kind]
	return ok
}

func (o operation) needs(header string) bool {
	for _, p := range o.Parameters {
		if p.In == "header" && p.Name == header {
			return true
		}
	}
	return false
}

// refused checks that an answer is a whole problem which repeats nothing of what was sent.
func refused(t *testing.T, what string, a answer, statuses ...int) {
	t.Helper()
	fits := false
	for _, s := range statuses {
		fits = fits || a.status == s
	}
	if !fits {
		t.Errorf("%s answers %d, want one of %v: %s", what, a.status, statuses, a.body)
		return
	}
	var p map[string]any
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		t.Errorf("%s: the problem is not JSON: %v", what, err)
		return
	}
	for _, k := range []string{"type", "title", "status", "detail", "instance", "code", "errors"} {
		if v, ok := p[k]; !ok || v == nil || v == "" {
			t.Errorf("%s: the problem has no %s: %s", what, k, a.body)
		}
	}
	if ct := a.header.Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("%s: the problem is sent as %s", what, ct)
	}
	if p["instance"] != a.header.Get("X-Request-Id") {
		t.Errorf("%s: the problem names another request", what)
	}
	if strings.Contains(a.body, canary) || strings.Contains(a.body, "<") {
		t.Errorf("%s: the problem repeats what was sent: %s", what, a.body)
	}
}

func TestEveryRouteRefusesWrongInput(t *testing.T) {
	w := newWorld(t)
	w.populate()
	asked, ops := requests(), operations(t, w.api)
	for _, r := range w.api.Routes() {
		t.Run(r.ID, func(t *testing.T) {
			x, op := asked[r.ID](w), ops[r.ID]
			if x.path == "" {
				x.path = r.Path
			}
			if len(ids(r.Path)) > 0 {
				w.wrongIDs(t, r, x)
			}
			if op.needs("If-Match") {
				w.wrongRevisions(t, r, x)
			}
			if op.takes("application/json") {
				w.wrongJSON(t, r, x)
			}
			if op.takes("application/octet-stream") {
				w.wrongFile(t, r, x)
			}
			refused(t, "an unknown parameter", w.ask("admin", r.Method, with(x.path, canary+"=1"), x.body, "If-Match", `"1"`), 422)
		})
	}
}

func with(path, query string) string {
	if strings.Contains(path, "?") {
		return path + "&" + query
	}
	return path + "?" + query
}

// ids are the places of ids in a route's path; a size or kind is one of a few words instead.
func ids(pattern string) []int {
	var out []int
	for i, part := range strings.Split(pattern, "/") {
		if strings.HasPrefix(part, "{") && part != "{size}" && part != "{kind}" {
			out = append(out, i)
		}
	}
	return out
}

func (w *world) wrongIDs(t *testing.T, r api.RouteInfo, x try) {
	t.Helper()
	path, query, _ := strings.Cut(x.path, "?")
	for _, i := range ids(r.Path) {
		for _, id := range []string{nowhere, "1", canary, "%2e%2e", "%2F", "%00", "%ff", strings.ToUpper(nowhere), strings.Repeat("9", 4000)} {
			parts := strings.Split(path, "/")
			parts[i] = id
			p := strings.Join(parts, "/")
			if query != "" {
				p += "?" + query
			}
			refused(t, "the id "+id[:min(len(id), 40)], w.ask("admin", r.Method, p, x.body, "If-Match", `"`+max(x.rev, "1")+`"`), 404)
		}
	}
}

func (w *world) wrongRevisions(t *testing.T, r api.RouteInfo, x try) {
	t.Helper()
	refused(t, "no If-Match", w.ask("admin", r.Method, x.path, x.body), 428)
	refused(t, "an old revision", w.ask("admin", r.Method, x.path, x.body, "If-Match", `"999"`), 412)
	for _, m := range []string{"1", `W/"1"`, `""`, `"0"`, `"-1"`, `"x"`, `*`, `"1","2"`, `"99999999999999999999"`, `"` + canary + `"`, `"`} {
		refused(t, "If-Match "+m, w.ask("admin", r.Method, x.path, x.body, "If-Match", m), 400)
	}
}

func (w *world) wrongJSON(t *testing.T, r api.RouteInfo, x try) {
	t.Helper()
	for what, body := range map[string]string{
		"nothing": "", "half": `{"name":"` + canary, "another thing": canary, "two": `{} {}`, "a bomb": strings.Repeat("[", 200_000),
		"not UTF-8": "{\"name\":\"\xff" + canary + "\"}", "a number too large": `{"name":1e999}`,
	} {
		refused(t, what, w.ask("admin", r.Method, x.path, body, "If-Match", `"1"`), 400)
	}
	for what, body := range map[string]string{
		"a list": `["` + canary + `"]`, "text": `"` + canary + `"`, "null": `null`, "a number": `7`,
		"an unknown field": `{"` + canary + `":1}`, "markup as a field": `{"<script>":1}`,
	} {
		refused(t, what, w.ask("admin", r.Method, x.path, body, "If-Match", `"1"`), 422)
	}
	for field, value := range fieldsOf(t, x.body) {
		for _, bad := range wrongKinds(value) {
			body := merge(t, x.body, field, bad)
			if list, ok := bad.([]any); ok && len(list) == 1 && r.ID == "post-attempts" {
				continue // each item is answered for itself
			}
			refused(t, field+" of another kind", w.ask("admin", r.Method, x.path, body, "If-Match", `"1"`), 422)
		}
	}
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json-" + canary, "garbage;;="} {
		if r.ID == "post-attempt" && strings.HasPrefix(kind, "multipart/") {
			continue // multipart_test.go
		}
		refused(t, kind, w.ask("admin", r.Method, x.path, x.body, "Content-Type", kind, "If-Match", `"1"`), 415)
	}
	large := `{"name":"` + strings.Repeat("x", 9<<20) + `"}`
	refused(t, "9 MiB", w.ask("admin", r.Method, x.path, large, "If-Match", `"1"`), 413)
}

func (w *world) wrongFile(t *testing.T, r api.RouteInfo, x try) {
	t.Helper()
	refused(t, "an empty file", w.ask("admin", r.Method, x.path, raw{}), 422, 409)
	refused(t, "noise", w.ask("admin", r.Method, x.path, raw(canary+"\x00\x01\x02\xfe")), 415, 422, 409)
}

// fieldsOf gives the fields of a request's body.
func fieldsOf(t *testing.T, body any) map[string]any {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// wrongKinds are values that no field of this kind takes.
func wrongKinds(value any) []any {
	switch value.(type) {
	case string:
		return []any{7, true, []string{canary}, obj{canary: 1}}
	case float64:
		return []any{canary, true, 1.5, []int{1}, json.Number("99999999999999999999")}
	case bool:
		return []any{canary, 1}
	case []any:
		return []any{canary, 7, obj{canary: 1}, []any{nil}}
	}
	return []any{canary, 7}
}

func merge(t *testing.T, body any, field string, value any) string {
	t.Helper()
	all := fieldsOf(t, body)
	all[field] = value
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
