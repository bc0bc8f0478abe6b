package api_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"chouka/server/api"
	"chouka/server/studio/studiotest"
)

// bare sends a request outside of the API's prefix, or with a cookie of its own.
func (h *house) bare(method, path string, headers ...string) answer {
	h.t.Helper()
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return h.send(r)
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	w := newWorld(t)
	answers := map[string]answer{
		"a good answer":        w.ask("admin", get, "/home", nil),
		"a file":               w.ask("admin", get, "/takes/"+w.take+"/original", nil),
		"a part of a file":     w.ask("admin", get, "/takes/"+w.take+"/original", nil, "Range", "bytes=0-3"),
		"a range that is none": w.ask("admin", get, "/takes/"+w.take+"/original", nil, "Range", "bytes=99999-"),
		"nothing to say":       w.ask("admin", post, "/password", obj{"old": studiotest.Password, "new": studiotest.Password}),
		"signed out":           w.ask("nobody", get, "/home", nil),
		"unknown":              w.ask("admin", get, "/nothing", nil),
		"a wrong method":       w.ask("admin", http.MethodPut, "/home", nil),
		"options":              w.ask("admin", http.MethodOptions, "/home", nil),
		"trace":                w.ask("admin", http.MethodTrace, "/home", nil),
		"malformed":            w.ask("admin", post, "/titles", "{"),
		"from another site":    w.ask("admin", post, "/titles", obj{}, "Sec-Fetch-Site", "cross-site"),
		"the page":             w.bare(get, "/"),
		"health":               w.bare(get, "/healthz"),
		"readiness":            w.bare(get, "/readyz"),
		"the document":         w.bare(get, "/api/v1/openapi.json"),
		"the bare prefix":      w.bare(get, "/api"),
	}
	for name, a := range answers {
		t.Run(name, func(t *testing.T) {
			for k, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "",
				"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY", "Strict-Transport-Security": ""} {
				if got := a.header.Get(k); got != want {
					t.Errorf("%s is %q, want %q", k, got, want)
				}
			}
			csp := a.header.Get("Content-Security-Policy")
			if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
				t.Errorf("the policy is %q", csp)
			}
			if a.header.Get("Permissions-Policy") == "" || len(a.header.Get("X-Request-Id")) != 16 {
				t.Errorf("headers are missing: %v", a.header)
			}
			if a.status >= 500 && name != "the page" {
				t.Errorf("answers %d", a.status)
			}
		})
	}
	for _, name := range []string{"a good answer", "signed out", "unknown", "malformed", "nothing to say"} {
		if got := answers[name].header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s may be kept: %q", name, got)
		}
	}
	for _, host := range []string{"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "localhost"} {
		r := httptest.NewRequestWithContext(t.Context(), get, "/", nil)
		r.Host = host
		if got := w.send(r).header.Get("Cross-Origin-Opener-Policy"); got != "same-origin" {
			t.Errorf("on %s the opener policy is %q", host, got)
		}
	}
	if a := answers["a wrong method"]; a.status != 405 || a.header.Get("Allow") == "" || a.code() != "method" {
		t.Errorf("a wrong method answers %d %v", a.status, a.header)
	}
}

func TestHTTPSMakesTheCookieAndTheBrowserStricter(t *testing.T) {
	h := openHouse(t, api.Options{Secure: true})
	a := h.ask("nobody", post, "/session", obj{"login": "admin", "password": studiotest.Password})
	cookie := a.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-chouka_session=", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax", "; Expires="} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie %q lacks %q", cookie, part)
		}
	}
	if strings.Contains(cookie, "Domain") {
		t.Errorf("the cookie %q is for more than one host", cookie)
	}
	if !strings.HasPrefix(a.header.Get("Strict-Transport-Security"), "max-age=63072000") {
		t.Error("HSTS is missing")
	}
	if a.header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
		t.Error("the opener policy is missing")
	}
	if a := h.ask("nobody", get, "/session", nil, "Cookie", "chouka_session="+h.token["admin"]); a.status != 401 {
		t.Errorf("the cookie of plain http still signs in: %d", a.status)
	}
	if a := h.ask("nobody", get, "/session", nil, "Cookie", "__Host-chouka_session="+h.token["admin"]); a.status != 200 {
		t.Errorf("the right cookie answers %d", a.status)
	}
}

func TestAnotherSiteCannotAskForChanges(t *testing.T) {
	h := newHouse(t)
	rows := []struct {
		name    string
		method  string
		headers []string
		status  int
	}{
		{"another site", post, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a neighbour under the same domain", post, []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"an old browser on another origin", post, []string{"Origin", "https://evil.example"}, 403},
		{"our own page", post, []string{"Sec-Fetch-Site", "same-origin"}, 201},
		{"our own page in an old browser", post, []string{"Origin", "http://example.com"}, 201}, // the recorder's host
		{"no browser at all", post, nil, 201},
		{"reading from elsewhere", get, []string{"Sec-Fetch-Site", "cross-site"}, 200},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			var body any
			if r.method == post {
				body = obj{"name": "新剧"}
			}
			if a := h.ask("admin", r.method, "/titles", body, r.headers...); a.status != r.status {
				t.Errorf("answers %d, want %d: %s", a.status, r.status, a.body)
			}
		})
	}
}

func TestTheLogNamesNoSecretsAndNoValues(t *testing.T) {
	var log bytes.Buffer
	var seen []string
	h := openHouse(t, api.Options{
		Log:     slog.New(slog.NewTextHandler(&log, nil)),
		Metrics: func(method, pattern string, status int, _ time.Duration) { seen = append(seen, method+" "+pattern) },
	})
	title := h.must("admin", post, "/titles", obj{"name": canary}).at("title.id")
	h.ask("nobody", post, "/session", obj{"login": canary, "password": canary})
	h.ask("admin", get, "/locations?q="+canary, nil)
	h.ask("admin", get, "/titles/"+title, nil)
	h.ask("admin", get, "/"+canary, nil)
	h.bare(get, "/"+canary)
	for _, secret := range []string{canary, h.token["admin"], title, studiotest.Password} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, log.String())
		}
	}
	for _, want := range []string{"route=/api/v1/titles/:title", "person=" + h.id["admin"], "status=401", "code=sign_in.wrong"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q:\n%s", want, log.String())
		}
	}
	if got := strings.Join(seen, ","); !strings.Contains(got, "GET /api/v1/titles/:title") || strings.Contains(got, title) {
		t.Errorf("the metrics saw %s", got)
	}
}

// stubborn is a reader whose connection fails in the middle of an answer.
type stubborn struct{ *httptest.ResponseRecorder }

func (stubborn) Write([]byte) (int, error) { panic(canary) }

func TestAPanicNeverLeaks(t *testing.T) {
	var log bytes.Buffer
	a, err := api.New(api.Options{Log: slog.New(slog.NewTextHandler(&log, nil)), UI: fstest.MapFS{"index.html": {Data: []byte("x")}}, Built: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("before the answer it becomes a problem", func(t *testing.T) {
		w := httptest.NewRecorder()
		// Without a studio the first use of it panics, as any mistake of ours would.
		a.Handler().ServeHTTP(w, httptest.NewRequest(get, api.Prefix+"/setup", nil))
		refused(t, "a panic", answer{w.Code, w.Header(), w.Body.String()}, 500)
		if strings.Contains(w.Body.String(), "nil pointer") || !strings.Contains(log.String(), "nil pointer") {
			t.Errorf("body %s\nlog %s", w.Body, log.String())
		}
	})
	t.Run("in the middle of an answer the connection is cut", func(t *testing.T) {
		defer func() {
			if p := recover(); p != http.ErrAbortHandler {
				t.Errorf("recovered %v", p)
			}
		}()
		a.Handler().ServeHTTP(stubborn{httptest.NewRecorder()}, httptest.NewRequest(get, "/", nil))
	})
}

func TestHEADAnswersWithoutABody(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.api.Handler())
	t.Cleanup(server.Close)
	for _, path := range []string{"/home", "/takes/" + w.take + "/original"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodHead, server.URL+api.Prefix+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(&http.Cookie{Name: "chouka_session", Value: w.token["admin"]})
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != 200 || res.Header.Get("Content-Type") == "" {
			t.Errorf("HEAD %s answers %d", path, res.StatusCode)
		}
	}
	if a := w.ask("nobody", http.MethodHead, "/home", nil); a.status != 401 {
		t.Errorf("HEAD without a session answers %d", a.status)
	}
}
