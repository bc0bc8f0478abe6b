package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// pagePolicy lets pages load from here alone and run no inline script or style.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; " +
	"connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; " +
	"frame-ancestors 'none'; object-src 'none'"

// ServeHTTP is what every request goes through: headers, then the work, then the log, whatever happened.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := a.newCall(r)
	out := &recorder{ResponseWriter: w}
	a.secure(out.Header(), c, r)
	r = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
	defer a.finish(out, r, c)
	a.inner.ServeHTTP(out, r)
}

// secure sets the headers that no answer goes without.
func (a *API) secure(h http.Header, c *call, r *http.Request) {
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	if a.o.Secure || isLoopback(r.Host) { // over plain http browsers ignore it, and complain on every page
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Request-Id", c.id)
	if strings.HasPrefix(r.URL.Path, "/api") {
		h.Set("Cache-Control", "no-store")
	}
	if a.o.Secure {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

func noStore(w http.ResponseWriter) { w.Header().Set("Cache-Control", "no-store") }

// isLoopback reports whether a Host names this very machine, which browsers trust without https.
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	at, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && at.IsLoopback()
}

// sameOrigin refuses changes that another site asks for in a visitor's name.
func (a *API) sameOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := callOf(r.Context())
		a.writeProblem(w, c, a.problem(c, crossOrigin()))
	}))
	return p.Handler(next)
}

// notePattern remembers which route took the request, for the log and the metrics.
func notePattern(next echo.HandlerFunc) echo.HandlerFunc {
	return func(e echo.Context) error {
		callOf(e.Request().Context()).pattern = e.Path()
		return next(e)
	}
}

// finish ends a request: a panic becomes a plain answer, and one line goes to the log.
func (a *API) finish(w *recorder, r *http.Request, c *call) {
	cut := false
	if p := recover(); p != nil {
		cut = a.recovered(w, r, c, p)
	}
	took := time.Since(c.started)
	pattern := c.pattern
	if pattern == "" {
		pattern = "none"
	}
	a.log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", r.Method), slog.String("route", pattern),
		slog.Int("status", w.code()), slog.Int64("ms", took.Milliseconds()), slog.String("request", c.id),
		slog.String("person", c.by.Person.ID), slog.String("address", c.address), slog.String("code", c.code))
	if a.o.Metrics != nil {
		a.o.Metrics(r.Method, pattern, w.code(), took)
	}
	if cut {
		panic(http.ErrAbortHandler) // net/http's way of cutting a connection
	}
}

// recovered answers after a panic. It reports whether the answer had begun already, so that only cutting it off is honest.
func (a *API) recovered(w *recorder, r *http.Request, c *call, p any) bool {
	err, _ := p.(error)
	gone := errors.Is(err, http.ErrAbortHandler) || r.Context().Err() != nil
	if !gone {
		a.log.Error("panic", "what", p, "request", c.id, "route", c.pattern, "stack", string(debug.Stack()))
	}
	if w.status != 0 {
		return true
	}
	a.writeProblem(w, c, a.fault(c))
	return false
}

// recorder notes the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the first final status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write writes on; an answer without a status is 200.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
