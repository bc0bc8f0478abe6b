// Package api is how a browser asks the studio: Echo routes, Huma binds and
// checks, one studio method answers. It decides nothing itself.
//
// Begin with routes.go, the whole table on one screen, then errors.go, which
// turns refusals into statuses. bind.go joins a handler to its route;
// request.go and middleware.go hold what every request goes through. The rest
// is one file per noun, named as in package studio.
package api

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
)

// Prefix is where every route of the table hangs.
const Prefix = "/api/v1"

// Options are the parts that an API is made of. Studio is needed, the rest has a usual value.
type Options struct {
	Studio *studio.Studio
	// UI holds the built pages with index.html at its root; Built says whether they are there.
	UI    fs.FS
	Built bool
	Log   *slog.Logger
	// Secure says that browsers come over https: the cookie gets its __Host- name and HSTS is sent.
	Secure bool
	// Trusted are the proxies whose X-Forwarded-For is believed; with none the direct address counts.
	Trusted []netip.Prefix
	// MaxUpload limits one generated file in bytes; 512 MiB when 0.
	MaxUpload int64
	// Metrics is told every answer: the route's pattern, never an address with ids in it.
	Metrics func(method, pattern string, status int, d time.Duration)
}

// API answers everything that a browser asks. It is safe for concurrent use.
type API struct {
	studio  *studio.Studio
	log     *slog.Logger
	o       Options
	echo    *echo.Echo
	huma    huma.API
	pages   *pages
	address echo.IPExtractor
	inner   http.Handler
	spec    func() ([]byte, error) // written out for whoever asks first

	once sync.Once
	done chan struct{} // closed when streams must end
}

// New builds the API with its routes. It panics when the table contradicts itself, which a test finds first.
func New(o Options) (*API, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.MaxUpload <= 0 {
		o.MaxUpload = 512 << 20
	}
	a := &API{studio: o.Studio, log: o.Log, o: o, echo: echo.New(), address: addressOf(o.Trusted), done: make(chan struct{})}
	a.echo.HTTPErrorHandler = a.echoError
	a.echo.IPExtractor = a.address
	a.echo.Use(notePattern)
	a.huma = humaecho.NewWithGroup(a.echo, a.echo.Group(Prefix), a.config())
	for _, r := range a.routes() {
		a.add(r)
	}
	a.complete()
	a.spec = sync.OnceValues(a.document)
	a.echo.GET(Prefix+"/openapi.json", a.openapi)
	var err error
	if a.pages, err = newPages(o.UI, o.Built); err != nil {
		return nil, err
	}
	a.inner = a.sameOrigin(http.HandlerFunc(a.split))
	return a, nil
}

// Handler answers every path: the API, the two health checks and the pages.
func (a *API) Handler() http.Handler { return a }

// Close ends the open event streams; a server that shuts down calls it first,
// because a stream would otherwise hold the shutdown up.
func (a *API) Close() { a.once.Do(func() { close(a.done) }) }

// Document is the OpenAPI 3.1 description of the routes, as it is kept in testdata.
func (a *API) Document() []byte {
	spec, err := a.spec()
	if err != nil {
		a.log.Error("the openapi document", "error", err)
	}
	return spec
}

// RouteInfo is one line of the table of routes.
type RouteInfo struct {
	Method, Path, ID string
	Status           int // of success
}

// Routes lists every route, for whoever checks that none is forgotten.
func (a *API) Routes() []RouteInfo {
	var out []RouteInfo
	for _, r := range a.routes() {
		out = append(out, RouteInfo{r.method, r.path, r.id, r.status})
	}
	return out
}

// split sends a request to the part that owns its path. Pages never answer below /api/.
func (a *API) split(w http.ResponseWriter, r *http.Request) {
	switch p := r.URL.Path; {
	case p == "/api" || len(p) > 4 && p[:5] == "/api/":
		a.echo.ServeHTTP(w, r)
	case p == "/healthz":
		a.alive(w, r)
	case p == "/readyz":
		a.ready(w, r)
	default:
		a.servePage(w, r)
	}
}

// alive answers as long as the process runs.
func (a *API) alive(w http.ResponseWriter, r *http.Request) {
	callOf(r.Context()).pattern = "/healthz"
	noStore(w)
	w.WriteHeader(http.StatusNoContent)
}

// ready answers 204 when the store can be read.
func (a *API) ready(w http.ResponseWriter, r *http.Request) {
	c := callOf(r.Context())
	c.pattern = "/readyz"
	if err := a.studio.Ready(r.Context()); err != nil {
		a.log.ErrorContext(r.Context(), "not ready", "err", err, "request", c.id)
		a.writeProblem(w, c, a.problem(c, unavailable()))
		return
	}
	noStore(w)
	w.WriteHeader(http.StatusNoContent)
}
