package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// pages are the built pages, read once: a few megabytes that are inside the binary anyway.
type pages struct {
	built bool
	files map[string]*pageFile // by path without the leading slash
}

// pageFile is one file with its compressed copies.
type pageFile struct {
	kind   string
	coding map[string]variant // "", "br", "gzip"
}

type variant struct {
	etag string
	body []byte
}

// newPages reads the files of the built UI. Copies that end in .br and .gz belong to the file beside them.
func newPages(ui fs.FS, built bool) (*pages, error) {
	p := &pages{built: built && ui != nil, files: map[string]*pageFile{}}
	if !p.built {
		return p, nil
	}
	err := fs.WalkDir(ui, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(ui, name)
		if err != nil {
			return err
		}
		p.put(name, b)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the built pages: %w", err)
	}
	if p.files["index.html"] == nil {
		return nil, errors.New("the built pages have no index.html")
	}
	return p, nil
}

func (p *pages) put(name string, b []byte) {
	coding := ""
	switch path.Ext(name) {
	case ".br":
		name, coding = strings.TrimSuffix(name, ".br"), "br"
	case ".gz":
		name, coding = strings.TrimSuffix(name, ".gz"), "gzip"
	}
	f := p.files[name]
	if f == nil {
		f = &pageFile{kind: kindOf(name), coding: map[string]variant{}}
		p.files[name] = f
	}
	f.coding[coding] = variant{etag: etagOf(b), body: b}
}

func etagOf(b []byte) string {
	sum := sha256.Sum256(b)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// kindOf is the media type by ending. The usual ones are named here, because a machine's own table may differ.
func kindOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
	}
	return "application/octet-stream"
}

// servePage answers with a file of the UI, or with index.html, whose script knows the addresses of the pages.
func (a *API) servePage(w http.ResponseWriter, r *http.Request) {
	c := callOf(r.Context())
	c.pattern = "/*"
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		a.writeProblem(w, c, a.problem(c, wrongMethod()))
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	f := a.pages.files[name]
	switch {
	case !a.pages.built:
		unbuilt(w)
	case f != nil && name != "index.html":
		serveAsset(w, r, name, f)
	case strings.HasPrefix(name, "assets/"):
		a.writeProblem(w, c, a.problem(c, noRoute()))
	default:
		a.serveIndex(w, r)
	}
}

func unbuilt(w http.ResponseWriter) {
	noStore(w)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte("页面还没有构建，请运行 make run。 The pages are not built yet: run `make run`.\n"))
}

// serveAsset answers with a file as it was built. Names below assets/ hold a hash of the content, so they never change.
func serveAsset(w http.ResponseWriter, r *http.Request, name string, f *pageFile) {
	h := w.Header()
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	h.Add("Vary", "Accept-Encoding")
	coding := choose(r.Header.Get("Accept-Encoding"), f)
	v := f.coding[coding]
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("ETag", v.etag)
	h.Set("Content-Type", f.kind)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(v.body))
}

// choose picks the smallest copy that the reader accepts; a coding with q=0 is refused by it (RFC 9110, 12.5.3).
func choose(accept string, f *pageFile) string {
	likes := map[string]float64{}
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		likes[strings.ToLower(strings.TrimSpace(name))] = quality(params)
	}
	for _, coding := range []string{"br", "gzip"} {
		q, named := likes[coding]
		if !named {
			q = likes["*"]
		}
		if _, have := f.coding[coding]; have && q > 0 {
			return coding
		}
	}
	return ""
}

// serveIndex answers with the one page, in the reader's language and theme, so that nothing flashes before the script runs.
func (a *API) serveIndex(w http.ResponseWriter, r *http.Request) {
	b := a.pages.files["index.html"].coding[""].body
	lang := known(r, "chouka_lang", "zh-CN", "en")
	theme := known(r, "chouka_theme", "auto", "light", "dark")
	b = bytes.Replace(b, []byte(`<html lang="zh-CN" data-theme="auto">`), []byte(`<html lang="`+lang+`" data-theme="`+theme+`">`), 1)
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Cookie")
	h.Set("ETag", etagOf(b))
	h.Set("Content-Type", "text/html; charset=utf-8")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
}

// known reads a cookie that may have one of a few values; the first one is the usual.
func known(r *http.Request, name string, values ...string) string {
	if k, err := r.Cookie(name); err == nil {
		for _, v := range values {
			if k.Value == v {
				return v
			}
		}
	}
	return values[0]
}
