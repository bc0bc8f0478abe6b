package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

const (
	jsonLimit = 1 << 20
	// idle is how long a sender may be silent, and jsonTime how long a JSON body may take in all.
	idle     = 30 * time.Second
	jsonTime = 60 * time.Second
)

// takeJSON reads a JSON body whole, within its limit, so that what is wrong
// with it is answered as a problem of ours and its hash is known.
func (a *API) takeJSON(limit int64) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		e, c := humaecho.Unwrap(ctx), callOf(ctx.Context())
		b, err := readJSON(e.Response(), e.Request(), limit)
		if err == nil {
			c.by.Once, err = onceOf(e.Request(), b)
		}
		if err != nil {
			a.writeProblem(e.Response(), c, a.problem(c, err))
			return
		}
		e.Request().Body = io.NopCloser(bytes.NewReader(b))
		next(ctx)
	}
}

func readJSON(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if ct := r.Header.Get("Content-Type"); ct != "" {
		if t, _, err := mime.ParseMediaType(ct); err != nil || t != "application/json" {
			return nil, notJSON()
		}
	}
	if r.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	up := newUpload(w, r, limit, jsonTime)
	b, err := io.ReadAll(up)
	switch {
	case err != nil:
		return nil, up.refusal()
	case len(b) == 0 || !utf8.Valid(b):
		return nil, malformed()
	}
	return b, nil
}

// takeNothing prepares a route without a body.
func (a *API) takeNothing(ctx huma.Context, next func(huma.Context)) {
	e, c := humaecho.Unwrap(ctx), callOf(ctx.Context())
	var err error
	if c.by.Once, err = onceOf(e.Request(), nil); err != nil {
		a.writeProblem(e.Response(), c, a.problem(c, err))
		return
	}
	next(ctx)
}

// takeUpload hands the body on as a stream within its limit.
func (a *API) takeUpload(limit int64) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		e, c := humaecho.Unwrap(ctx), callOf(ctx.Context())
		var err error
		if c.by.Once, err = onceOf(e.Request(), nil); err == nil && e.Request().ContentLength > limit {
			err = tooLarge(limit)
		}
		if err != nil {
			a.writeProblem(e.Response(), c, a.problem(c, err))
			return
		}
		c.upload = newUpload(e.Response(), e.Request(), limit, 0)
		next(ctx)
	}
}

// Raw is the body of a route that takes one file as it is. It is a stream: nothing of it is kept in memory.
type Raw struct {
	file io.Reader
}

// Resolve hands the handler the stream that takeUpload prepared.
func (r *Raw) Resolve(ctx huma.Context) []error {
	r.file = callOf(ctx.Context()).upload
	return nil
}

// upload is a request's body within a limit. A sender that falls silent is cut
// off; one that is merely slow is not, however long its file takes.
type upload struct {
	body  io.Reader
	rc    *http.ResponseController
	limit int64
	ends  time.Time // zero: no end as long as bytes come
	err   error     // why reading failed, if it did
}

func newUpload(w http.ResponseWriter, r *http.Request, limit int64, within time.Duration) *upload {
	u := &upload{body: http.MaxBytesReader(w, r.Body, limit), rc: http.NewResponseController(w), limit: limit}
	if within > 0 {
		u.ends = time.Now().Add(within)
	}
	return u
}

// Read reads on and remembers what went wrong, because whoever reads may wrap or lose it.
func (u *upload) Read(p []byte) (int, error) {
	t := time.Now().Add(idle)
	if !u.ends.IsZero() && u.ends.Before(t) {
		t = u.ends
	}
	_ = u.rc.SetReadDeadline(t) // not every connection has deadlines
	n, err := u.body.Read(p)
	if err != nil {
		// A deadline left behind would cancel the request while it is still being answered.
		_ = u.rc.SetReadDeadline(time.Time{})
		if err != io.EOF {
			u.err = err
		}
	}
	return n, err
}

// refusal says in the sender's words why the body could not be read; nil when it could.
func (u *upload) refusal() error {
	var large *http.MaxBytesError
	switch {
	case u == nil || u.err == nil:
		return nil
	case errors.As(u.err, &large):
		return tooLarge(u.limit)
	case errors.Is(u.err, os.ErrDeadlineExceeded):
		return tooSlow()
	}
	return broken()
}
