package api

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// call is what is known about one request. It travels in the request's context
// and is used by that request's goroutine only.
type call struct {
	id      string // ours, 16 hex digits; in every problem and log line
	lang    string // "en" or "zh"
	address string
	agent   string
	started time.Time

	pattern string // the route's, for the log and the metrics
	code    string // of the problem that was answered
	by      studio.Actor
	rev     int64 // from If-Match
	upload  *upload
	form    *form // of a posted attempt
}

type callKey struct{}

// callOf gives the request's call; outside of a request an empty one.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{}
}

func (a *API) newCall(r *http.Request) *call {
	return &call{id: newRequestID(), lang: language(r.Header.Get("Accept-Language")), address: a.address(r),
		agent: r.UserAgent(), started: time.Now()}
}

func newRequestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

func (c *call) trace() studio.Trace { return studio.Trace{Request: c.id, Address: c.address} }

// addressOf says where a request came from. Only listed proxies are believed.
func addressOf(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		bits := p.Addr().BitLen()
		options = append(options, echo.TrustIPRange(&net.IPNet{IP: p.Masked().Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), bits)}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// language picks the tongue of the answer from Accept-Language: Chinese unless English is liked better.
func language(header string) string {
	best, lang := 0.0, "zh"
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := quality(params)
		base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if (base == "zh" || base == "en") && q > best {
			best, lang = q, base
		}
	}
	return lang
}

// quality reads the q of one entry of an Accept-… header: 1 without one, 0 for nonsense (RFC 9110, 12.4.2).
func quality(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		if name, v, ok := strings.Cut(strings.TrimSpace(p), "="); ok && strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
			if err != nil || q < 0 || q > 1 {
				return 0
			}
			return q
		}
	}
	return 1
}

// cookieName is the session cookie's. The __Host- prefix works over https only.
func (a *API) cookieName() string {
	if a.o.Secure {
		return "__Host-chouka_session"
	}
	return "chouka_session"
}

// cookie carries a session's token; an empty one takes it away.
func (a *API) cookie(x studio.Session) *http.Cookie {
	c := &http.Cookie{Name: a.cookieName(), Value: x.Token, Path: "/", HttpOnly: true, Secure: a.o.Secure, SameSite: http.SameSiteLaxMode}
	if x.Token == "" {
		c.MaxAge = -1
		return c
	}
	c.Expires = x.Ends
	return c
}

// authenticate finds out who asks before anything else of the request is looked at.
func (a *API) authenticate(ctx huma.Context, next func(huma.Context)) {
	e := humaecho.Unwrap(ctx)
	c := callOf(ctx.Context())
	by, err := a.whoAsks(ctx.Context(), e.Request(), c)
	if err != nil {
		a.writeProblem(e.Response(), c, a.problem(c, err))
		return
	}
	c.by = by
	next(ctx)
}

// whoAsks reads the session's cookie or the token, of which only one may be sent.
func (a *API) whoAsks(ctx context.Context, r *http.Request, c *call) (studio.Actor, error) {
	session := ""
	if k, err := r.Cookie(a.cookieName()); err == nil {
		session = k.Value
	}
	headers := r.Header.Values("Authorization")
	switch {
	case len(headers) == 0:
		return a.studio.ActorFor(ctx, session, c.trace())
	case len(headers) > 1 || session != "":
		return studio.Actor{}, twoWays()
	}
	scheme, token, _ := strings.Cut(headers[0], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return studio.Actor{}, noBearer()
	}
	return a.studio.ActorForToken(ctx, strings.TrimSpace(token), c.trace())
}

// checkIDs refuses path parts that cannot be an id, as if the thing did not exist.
func (a *API) checkIDs(names []string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		for _, n := range names {
			if !isID(ctx.Param(n)) {
				c := callOf(ctx.Context())
				a.writeProblem(humaecho.Unwrap(ctx).Response(), c, a.problem(c, unknown(n)))
				return
			}
		}
		next(ctx)
	}
}

// isID accepts the one spelling that the program itself gives out: 36 characters, lower case.
func isID(s string) bool {
	id, err := uuid.Parse(s)
	return err == nil && id.String() == s
}

// Paged are the query parameters of every list that comes in pages.
type Paged struct {
	Limit int    `query:"limit" minimum:"1" maximum:"500" doc:"how many items; 50 when absent"`
	After string `query:"after" maxLength:"2000" doc:"the next of the page before"`
}

func (p Paged) page() studio.Page { return studio.Page{Limit: p.Limit, After: p.After} }

// revision reads If-Match: one strong ETag that holds a revision, as the answers carry it.
func revision(h string) (int64, error) {
	if h == "" {
		return 0, unmatched()
	}
	quoted := len(h) > 2 && h[0] == '"' && h[len(h)-1] == '"'
	if !quoted {
		return 0, badMatch()
	}
	rev, err := strconv.ParseInt(h[1:len(h)-1], 10, 64)
	if err != nil || rev < 1 {
		return 0, badMatch()
	}
	return rev, nil
}

// onceOf reads Idempotency-Key and what it stands for: SHA-256 over the method,
// the address and the body. An upload is not read ahead, so its length stands for it.
func onceOf(r *http.Request, body []byte) (studio.Once, error) {
	key := r.Header.Get("Idempotency-Key")
	if key == "" {
		return studio.Once{}, nil
	}
	if len(key) > 200 || strings.ContainsFunc(key, func(c rune) bool { return c < 0x21 || c > 0x7e }) {
		return studio.Once{}, badKey()
	}
	h := sha256.New()
	h.Write([]byte(r.Method + " " + r.URL.RequestURI() + "\n" + strconv.FormatInt(r.ContentLength, 10) + "\n"))
	h.Write(body)
	return studio.Once{Key: key, Hash: hex.EncodeToString(h.Sum(nil))}, nil
}
