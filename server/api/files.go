package api

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

// serveFile answers with a kept file: ranges, HEAD and If-None-Match by the
// standard library, and nothing in it may run as one of our pages.
func serveFile(ctx huma.Context, f *studio.File) {
	defer func() { _ = f.Close() }()
	e := humaecho.Unwrap(ctx)
	h := e.Response().Header()
	kind, disposition := "application/octet-stream", "attachment"
	if shown(f.Type) {
		kind = f.Type
		if f.Inline {
			disposition = "inline"
		}
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition+fileName(f.Name))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if f.SHA256 != "" {
		h.Set("ETag", `"`+f.SHA256+`"`)
	}
	http.ServeContent(&patient{e.Response(), http.NewResponseController(e.Response())}, e.Request(), "", f.ModTime, f.File)
}

// serveDocument answers with a file made for this answer, always to be saved.
func serveDocument(ctx huma.Context, d *studio.Document) {
	e := humaecho.Unwrap(ctx)
	h := e.Response().Header()
	h.Set("Content-Type", d.Type)
	h.Set("Content-Disposition", "attachment"+fileName(d.Name))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "no-store")
	http.ServeContent(&patient{e.Response(), http.NewResponseController(e.Response())}, e.Request(), "", time.Time{}, bytes.NewReader(d.Data))
}

// patient gives each piece of a long answer its own deadline: a large file may
// take its time, a reader who stopped reading may not.
type patient struct {
	http.ResponseWriter
	rc *http.ResponseController
}

// Write moves the deadline and writes on.
func (p *patient) Write(b []byte) (int, error) {
	_ = p.rc.SetWriteDeadline(time.Now().Add(idle)) // not every connection has deadlines
	return p.ResponseWriter.Write(b)
}

// shown lists what a browser may show in place; everything else is saved, a picture that is a program (SVG) above all.
func shown(kind string) bool {
	switch kind {
	case "image/png", "image/jpeg", "image/webp", "image/avif", "image/gif", "video/mp4", "video/webm":
		return true
	}
	return false
}

// fileName is the name part of a Content-Disposition (RFC 6266): plain ASCII
// for old readers and the true name by RFC 8187. What could mislead a reader
// of the name, such as direction marks and slashes, is replaced.
func fileName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || strings.ContainsRune(`/\`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	if r := []rune(clean); len(r) > 150 {
		clean = string(r[len(r)-150:])
	}
	if clean == "" {
		return ""
	}
	plain := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || r == '"' || r == '%' {
			return '_'
		}
		return r
	}, clean)
	return fmt.Sprintf(`; filename="%s"; filename*=UTF-8''%s`, plain, extended(clean))
}

// extended writes text by percent signs, as ext-value in RFC 8187.
func extended(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$&+-.^_`|~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
