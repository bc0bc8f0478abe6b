package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chouka/server/api"
	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// house is a studio behind its API, with people who are signed in.
type house struct {
	t      *testing.T
	api    *api.API
	studio *studio.Studio
	admin  studio.Actor
	token  map[string]string // the cookie's value by who
	bearer map[string]string // a token's secret by who
	id     map[string]string // the person's id by who
	drawn  uint32            // makes every picture another one
}

// newHouse opens a studio with its administrator, who is "admin" below.
func newHouse(t *testing.T) *house {
	t.Helper()
	return openHouse(t, api.Options{})
}

func openHouse(t *testing.T, o api.Options) *house {
	t.Helper()
	s := studiotest.New(t)
	o.Studio = s
	a, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	h := &house{t: t, api: a, studio: s, token: map[string]string{}, bearer: map[string]string{}, id: map[string]string{}}
	code, err := s.IssueSetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.Setup(t.Context(), studio.Trace{}, "test", studio.SetupIn{Code: code, Studio: "测试剧组", Name: "管理员", Login: "admin", Password: studiotest.Password})
	if err != nil {
		t.Fatal(err)
	}
	h.admin = studiotest.Actor(t, s, x)
	h.token["admin"], h.id["admin"] = x.Token, x.PersonID
	return h
}

// join signs a new person up; titleID and role may be empty.
func (h *house) join(who string, level studio.House, titleID string, role studio.Role) {
	h.t.Helper()
	x := studiotest.Join(h.t, h.studio, h.admin, who, level, titleID, role)
	h.token[who], h.id[who] = x.Token, x.PersonID
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// code is the problem's code; empty for an answer that is no problem.
func (a answer) code() string {
	var p struct{ Code string }
	_ = json.Unmarshal([]byte(a.body), &p)
	return p.Code
}

// at reads a value out of a JSON answer by a dotted path; empty when it is not there.
func (a answer) at(path string) string {
	var v any
	d := json.NewDecoder(strings.NewReader(a.body))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return ""
	}
	for part := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[part]
		case []any:
			i := 0
			if _, err := fmt.Sscanf(part, "%d", &i); err != nil || i >= len(x) {
				return ""
			}
			v = x[i]
		default:
			return ""
		}
	}
	if v == nil {
		return ""
	}
	if s, ok := v.(string); ok {
		return s
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// raw is a body that is sent as a file.
type raw []byte

// form is a body of parts with its media type.
type form struct {
	body []byte
	kind string
}

// ask sends one request as somebody, or as "nobody". A string body is sent as
// JSON text, raw as a file, anything else is encoded. Headers come in pairs.
func (h *house) ask(who, method, path string, body any, headers ...string) answer {
	h.t.Helper()
	return h.send(h.request(h.t.Context(), who, method, path, body, headers...))
}

func (h *house) request(ctx context.Context, who, method, path string, body any, headers ...string) *http.Request {
	h.t.Helper()
	var b []byte
	kind := "application/json"
	switch x := body.(type) {
	case nil:
		kind = ""
	case string:
		b = []byte(x)
	case raw:
		b, kind = x, "application/octet-stream"
	case form:
		b, kind = x.body, x.kind
	default:
		var err error
		if b, err = json.Marshal(x); err != nil {
			h.t.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(ctx, method, api.Prefix+path, bytes.NewReader(b))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Accept-Language", "en")
	if token := h.token[who]; token != "" {
		r.AddCookie(&http.Cookie{Name: "chouka_session", Value: token})
	}
	if key := h.bearer[who]; key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func (h *house) send(r *http.Request) answer {
	h.t.Helper()
	w := httptest.NewRecorder()
	h.api.Handler().ServeHTTP(w, r)
	return answer{status: w.Code, header: w.Header(), body: w.Body.String()}
}

// must is ask for steps that have to succeed.
func (h *house) must(who, method, path string, body any, headers ...string) answer {
	h.t.Helper()
	a := h.ask(who, method, path, body, headers...)
	if a.status >= 300 {
		h.t.Fatalf("%s %s %s answers %d: %s", who, method, path, a.status, a.body)
	}
	return a
}

// picture is a small PNG unlike every other one of this house.
func (h *house) picture() raw {
	h.t.Helper()
	h.drawn++
	m := image.NewNRGBA(image.Rect(0, 0, 9, 16))
	m.Set(int(h.drawn)%9, 1, color.NRGBA{byte(h.drawn), byte(h.drawn >> 8), 7, 255})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		h.t.Fatal(err)
	}
	return b.Bytes()
}

// row is one scenario: who asks for what, and what comes back.
type row struct {
	name         string
	who          string
	method, path string
	body         any
	headers      []string
	status       int
	want         []string // texts that the answer holds
	not          []string // texts that it must not hold
}

// run plays rows in their order on one house.
func (h *house) run(rows []row) {
	h.t.Helper()
	for _, r := range rows {
		ok := h.t.Run(r.name, func(t *testing.T) {
			a := h.ask(r.who, r.method, r.path, r.body, r.headers...)
			if a.status != r.status {
				t.Fatalf("%s %s %s answers %d, want %d: %s", r.who, r.method, r.path, a.status, r.status, a.body)
			}
			for _, w := range r.want {
				if !strings.Contains(a.body, w) {
					t.Errorf("%q is not in %s", w, a.body)
				}
			}
			for _, w := range r.not {
				if strings.Contains(a.body, w) {
					t.Errorf("%q is in %s", w, a.body)
				}
			}
		})
		if !ok {
			return
		}
	}
}
