package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const indexPage = "<!doctype html>\n<html lang=\"zh-CN\" data-theme=\"auto\">\n<div id=app></div>"

func builtPages() fstest.MapFS {
	return fstest.MapFS{
		"index.html":             {Data: []byte(indexPage)},
		"favicon.svg":            {Data: []byte("<svg/>")},
		"assets/app-4f5a.js":     {Data: []byte("plain")},
		"assets/app-4f5a.js.br":  {Data: []byte("brotli")},
		"assets/app-4f5a.js.gz":  {Data: []byte("gzip")},
		"assets/small-1234.css":  {Data: []byte("a{}")},
		"assets/deep/x-9999.mjs": {Data: []byte("x")},
	}
}

func TestThePages(t *testing.T) {
	a, err := New(Options{UI: builtPages(), Built: true})
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		name, method, path string
		headers            map[string]string
		status             int
		body               string
		want               map[string]string
	}{
		{"the first page", "GET", "/", nil, 200, indexPage, map[string]string{"Cache-Control": "no-cache", "Content-Type": "text/html; charset=utf-8", "Vary": "Cookie"}},
		{"an address inside the program is the first page too", "GET", "/titles/1", nil, 200, indexPage, nil},
		{"index.html by name", "GET", "/index.html", nil, 200, indexPage, nil},
		{"language and theme come from cookies", "GET", "/", map[string]string{"Cookie": "chouka_lang=en; chouka_theme=dark"}, 200,
			strings.Replace(indexPage, `lang="zh-CN" data-theme="auto"`, `lang="en" data-theme="dark"`, 1), nil},
		{"a cookie with markup is not written", "GET", "/", map[string]string{"Cookie": `chouka_lang=en"><script>; chouka_theme=x`}, 200, indexPage, nil},
		{"a hashed file never changes", "GET", "/assets/small-1234.css", nil, 200, "a{}", map[string]string{"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": "text/css; charset=utf-8", "Vary": "Accept-Encoding"}},
		{"brotli is liked best", "GET", "/assets/app-4f5a.js", map[string]string{"Accept-Encoding": "gzip, deflate, br"}, 200, "brotli", map[string]string{"Content-Encoding": "br", "Content-Type": "text/javascript; charset=utf-8"}},
		{"gzip when brotli is refused", "GET", "/assets/app-4f5a.js", map[string]string{"Accept-Encoding": "br;q=0, gzip"}, 200, "gzip", map[string]string{"Content-Encoding": "gzip"}},
		{"plain when all is refused", "GET", "/assets/app-4f5a.js", map[string]string{"Accept-Encoding": "*;q=0"}, 200, "plain", map[string]string{"Content-Encoding": ""}},
		{"plain without the header", "GET", "/assets/app-4f5a.js", nil, 200, "plain", map[string]string{"Content-Encoding": ""}},
		{"a file beside the pages is asked for anew", "GET", "/favicon.svg", nil, 200, "<svg/>", map[string]string{"Cache-Control": "no-cache", "Content-Type": "image/svg+xml"}},
		{"a missing asset is not the first page", "GET", "/assets/gone-0000.js", nil, 404, "", map[string]string{"Content-Type": "application/problem+json"}},
		{"a path that climbs stays inside", "GET", "/../../etc/passwd", nil, 200, indexPage, nil},
		{"an encoded climb stays inside", "GET", "/assets/%2e%2e/%2e%2e/etc/passwd", nil, 404, "", nil},
		{"HEAD has no body", "HEAD", "/", nil, 200, "", map[string]string{"Content-Type": "text/html; charset=utf-8"}},
		{"pages take no POST", "POST", "/", nil, 405, "", map[string]string{"Allow": "GET, HEAD"}},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			w := ask(a, r.method, r.path, r.headers)
			if w.Code != r.status {
				t.Fatalf("status %d, want %d", w.Code, r.status)
			}
			if body := w.Body.String(); r.status == 200 && body != r.body {
				t.Errorf("body %q, want %q", body, r.body)
			}
			for k, v := range r.want {
				if got := w.Header().Get(k); got != v {
					t.Errorf("%s is %q, want %q", k, got, v)
				}
			}
		})
	}
}

func ask(h http.Handler, method, path string, headers map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAPageThatIsKnownIsNotSentAgain(t *testing.T) {
	a, err := New(Options{UI: builtPages(), Built: true})
	if err != nil {
		t.Fatal(err)
	}
	first := ask(a, "GET", "/", nil).Header().Get("ETag")
	if again := ask(a, "GET", "/", map[string]string{"If-None-Match": first}); again.Code != 304 {
		t.Errorf("the same page answers %d", again.Code)
	}
	if dark := ask(a, "GET", "/", map[string]string{"If-None-Match": first, "Cookie": "chouka_theme=dark"}); dark.Code != 200 {
		t.Errorf("another theme answers %d", dark.Code)
	}
	br := ask(a, "GET", "/assets/app-4f5a.js", map[string]string{"Accept-Encoding": "br"}).Header().Get("ETag")
	plain := ask(a, "GET", "/assets/app-4f5a.js", nil).Header().Get("ETag")
	if br == plain || br == "" {
		t.Errorf("two codings share the ETag %s", br)
	}
}

func TestUnbuiltPagesSayHowToBuildThem(t *testing.T) {
	a, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := ask(a, "GET", "/", nil)
	body, _ := io.ReadAll(w.Body)
	if w.Code != 503 || !strings.Contains(string(body), "make run") || !strings.Contains(string(body), "页面还没有构建") {
		t.Errorf("%d %s", w.Code, body)
	}
	if w := ask(a, "GET", "/healthz", nil); w.Code != 204 {
		t.Errorf("/healthz answers %d", w.Code)
	}
}

func TestPagesWithoutAFirstPageAreRefused(t *testing.T) {
	if _, err := New(Options{UI: fstest.MapFS{"a.js": {Data: []byte("x")}}, Built: true}); err == nil {
		t.Error("pages without index.html are taken")
	}
}
