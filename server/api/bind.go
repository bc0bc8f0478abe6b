package api

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
)

// door says who may knock at a route. What they may do is the studio's decision.
type door int

const (
	open   door = iota // anybody
	signed             // somebody who is signed in
	based              // the same, naming the revision that a change is based on
)

// route is one line of the table.
type route struct {
	method, path, id string
	door             door
	status           int
	limit            int64 // of the body in bytes
	takes            takes
	gives            string // media type of a stream; empty: JSON
	handle           func(*API, huma.Operation)
}

// takes says what body a route reads.
type takes int

const (
	nothing takes = iota
	jsonBody
	fileBody
	postBody // JSON, or a form with files
	bulkBody // JSON that is checked piece by piece
)

// anyone is a route that is open to everybody.
func anyone[I, O any](method, path, id string, status int, h func(context.Context, *I) (*O, error)) route {
	return bind(method, path, id, open, status, func(ctx context.Context, _ *call, in *I) (*O, error) { return h(ctx, in) })
}

// person is a route for whoever is signed in.
func person[I, O any](method, path, id string, status int, h func(context.Context, studio.Actor, *I) (*O, error)) route {
	return bind(method, path, id, signed, status, func(ctx context.Context, c *call, in *I) (*O, error) { return h(ctx, c.by, in) })
}

// change is a route that changes a record and therefore needs If-Match.
func change[I, O any](method, path, id string, status int, h func(context.Context, studio.Actor, int64, *I) (*O, error)) route {
	return bind(method, path, id, based, status, func(ctx context.Context, c *call, in *I) (*O, error) { return h(ctx, c.by, c.rev, in) })
}

// media is a route that answers with a kept file.
func media[I any](path, id string, h func(context.Context, studio.Actor, *I) (*studio.File, error)) route {
	r := person(http.MethodGet, path, id, 200, func(ctx context.Context, by studio.Actor, in *I) (*stream, error) {
		f, err := h(ctx, by, in)
		if err != nil {
			return nil, err
		}
		return &stream{Body: func(ctx huma.Context) { serveFile(ctx, f) }}, nil
	})
	r.gives = "application/octet-stream"
	return r
}

// document is a route that answers with a file made for this answer.
func document[I any](path, id string, h func(context.Context, studio.Actor, *I) (*studio.Document, error)) route {
	r := person(http.MethodGet, path, id, 200, func(ctx context.Context, by studio.Actor, in *I) (*stream, error) {
		d, err := h(ctx, by, in)
		if err != nil {
			return nil, err
		}
		return &stream{Body: func(ctx huma.Context) { serveDocument(ctx, d) }}, nil
	})
	r.gives = "application/octet-stream"
	return r
}

// openDocument is a document for whoever has its secret address.
func openDocument[I any](path, id string, h func(context.Context, *I) (*studio.Document, error)) route {
	r := anyone(http.MethodGet, path, id, 200, func(ctx context.Context, in *I) (*stream, error) {
		d, err := h(ctx, in)
		if err != nil {
			return nil, err
		}
		return &stream{Body: func(ctx huma.Context) { serveDocument(ctx, d) }}, nil
	})
	r.gives = "application/octet-stream"
	return r
}

// streams marks the route whose answer has no end.
func (r route) streams() route {
	r.gives = eventStream
	return r
}

// sized gives a route another body limit than 1 MiB.
func (r route) sized(bytes int64) route {
	r.limit = bytes
	return r
}

// reads gives a route that reads its body by itself.
func (r route) reads(t takes, limit int64) route {
	r.takes, r.limit = t, limit
	return r
}

func bind[I, O any](method, path, id string, d door, status int, h func(context.Context, *call, *I) (*O, error)) route {
	fill := fillerOf(reflect.TypeFor[O](), nil)
	r := route{method: method, path: path, id: id, door: d, status: status, limit: jsonLimit, takes: bodyOf(reflect.TypeFor[I]())}
	r.handle = func(a *API, op huma.Operation) {
		huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
			c := callOf(ctx)
			out, err := h(ctx, c, in)
			if err != nil {
				return nil, a.problem(c, err)
			}
			if fill != nil {
				fill(reflect.ValueOf(out).Elem())
			}
			return out, nil
		})
	}
	return r
}

// bodyOf finds out from a handler's input what body it reads.
func bodyOf(t reflect.Type) takes {
	if _, ok := t.FieldByName("Body"); ok {
		return jsonBody
	}
	if _, ok := t.FieldByName("Raw"); ok {
		return fileBody
	}
	return nothing
}

// add registers a route. A GET answers HEAD too, but for the event stream, which has no end.
func (a *API) add(r route) {
	r.handle(a, a.operation(r))
	if r.takes == postBody || r.takes == bulkBody {
		// Only now, because Huma would read any body that it knows of.
		a.describePost(a.huma.OpenAPI().Paths[r.path].Post, r)
	}
	if r.method == http.MethodGet && r.gives != eventStream {
		r.method = http.MethodHead
		op := a.operation(r)
		op.Hidden = true
		r.handle(a, op)
	}
}

// operation is what Huma has to know about a route: its checks in their order, and its entry in the document.
func (a *API) operation(r route) huma.Operation {
	op := huma.Operation{Method: r.method, Path: r.path, OperationID: r.id, Summary: strings.ReplaceAll(r.id, "-", " "),
		Tags: []string{noun(r.path)}, DefaultStatus: r.status, MaxBodyBytes: -1, BodyReadTimeout: -1, Responses: map[string]*huma.Response{}}
	if r.door != open {
		op.Middlewares = append(op.Middlewares, a.authenticate)
		op.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	}
	if names := idsIn(r.path); len(names) > 0 {
		op.Middlewares = append(op.Middlewares, a.checkIDs(names))
	}
	if r.door == based {
		op.Middlewares = append(op.Middlewares, a.takeRevision)
		op.Parameters = append(op.Parameters, ifMatch())
	}
	switch r.takes {
	case jsonBody:
		op.Middlewares = append(op.Middlewares, a.takeJSON(r.limit))
	case fileBody:
		op.Middlewares = append(op.Middlewares, a.takeUpload(r.limit))
		op.RequestBody = fileRequest()
	case postBody, bulkBody:
		op.Middlewares = append(op.Middlewares, a.takePost(r))
	default:
		op.Middlewares = append(op.Middlewares, a.takeNothing)
	}
	if r.method == http.MethodPost && r.door != open {
		op.Parameters = append(op.Parameters, idempotencyKey())
	}
	describe(&op, r)
	return op
}

// takeRevision reads If-Match before the body is looked at.
func (a *API) takeRevision(ctx huma.Context, next func(huma.Context)) {
	c := callOf(ctx.Context())
	rev, err := revision(ctx.Header("If-Match"))
	if err != nil {
		a.writeProblem(writerOf(ctx), c, a.problem(c, err))
		return
	}
	c.rev = rev
	next(ctx)
}

// idsIn lists the parts of a pattern that are ids; the size of a picture is not.
func idsIn(path string) []string {
	var out []string
	for part := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok && name != "size}" && name != "sha256}" && name != "kind}" && name != "secret}" {
			out = append(out, strings.TrimSuffix(name, "}"))
		}
	}
	return out
}

func noun(path string) string {
	part, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return part
}
