package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"syscall"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// statusOf is the one table of what a refusal means in HTTP.
func statusOf(k studio.Kind) int {
	switch k {
	case studio.Invalid:
		return http.StatusUnprocessableEntity
	case studio.Unknown:
		return http.StatusNotFound
	case studio.Conflict:
		return http.StatusConflict
	case studio.Stale:
		return http.StatusPreconditionFailed
	case studio.Unmatched:
		return http.StatusPreconditionRequired
	case studio.Forbidden:
		return http.StatusForbidden
	case studio.SignedOut:
		return http.StatusUnauthorized
	case studio.TooLarge:
		return http.StatusRequestEntityTooLarge
	case studio.TooMany:
		return http.StatusTooManyRequests
	case studio.Unsupported:
		return http.StatusUnsupportedMediaType
	case studio.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// titleOf names a status for people.
func titleOf(status int) studio.Text {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return studio.Text{ZH: "请检查填写的内容", EN: "Check the input"}
	case http.StatusNotFound:
		return studio.Text{ZH: "找不到", EN: "Not found"}
	case http.StatusConflict:
		return studio.Text{ZH: "没有成功", EN: "Not possible now"}
	case http.StatusPreconditionFailed, http.StatusPreconditionRequired:
		return studio.Text{ZH: "内容已有更新", EN: "Changed meanwhile"}
	case http.StatusForbidden:
		return studio.Text{ZH: "没有权限", EN: "Not allowed"}
	case http.StatusUnauthorized:
		return studio.Text{ZH: "需要登录", EN: "Signed out"}
	case http.StatusRequestEntityTooLarge:
		return studio.Text{ZH: "太大了", EN: "Too large"}
	case http.StatusTooManyRequests:
		return studio.Text{ZH: "请稍等", EN: "Please wait"}
	case http.StatusUnsupportedMediaType:
		return studio.Text{ZH: "不支持的格式", EN: "Format not supported"}
	case http.StatusInternalServerError:
		return studio.Text{ZH: "程序出错", EN: "A fault of the program"}
	}
	return studio.Text{ZH: http.StatusText(status), EN: http.StatusText(status)}
}

// Problem is every refusal on the wire (RFC 9457, application/problem+json). It
// never holds what was sent.
type Problem struct {
	Type     string         `json:"type" doc:"about:blank#code"`
	Title    string         `json:"title" doc:"what sort of refusal it is, in the reader's language"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail" doc:"one sentence in the reader's language that says what to do"`
	Instance string         `json:"instance" doc:"the request's id, as the server's log has it"`
	Code     string         `json:"code" doc:"stable and dotted, such as pick.taken"`
	Errors   []ProblemField `json:"errors" doc:"what is wrong with single parts of the request"`

	retry int // seconds; 0: no advice
}

// ProblemField is what is wrong with one part of the request.
type ProblemField struct {
	Location string `json:"location" doc:"a path such as body.name or query.limit"`
	Message  string `json:"message"`
}

// Error makes a Problem an error that Huma answers with its own status.
func (p *Problem) Error() string { return p.Code }

// GetStatus is the name under which Huma asks for the status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders is the name under which Huma asks for further headers: Retry-After where there is one.
func (p *Problem) GetHeaders() http.Header {
	if p.retry == 0 {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(p.retry)}}
}

// ContentType is the name under which Huma asks for the media type.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statusError is a refusal of HTTP itself, with a status that no kind of the studio has.
type statusError struct {
	status int
	code   string
	text   studio.Text
	fields []studio.Field
	retry  int
}

func (e *statusError) Error() string { return e.code }

// problem turns an error into what is answered, and logs what is our own fault.
func (a *API) problem(c *call, err error) *Problem {
	if cause := c.upload.refusal(); cause != nil {
		err = cause
	}
	var p *Problem
	var own *statusError
	var e *studio.Error
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &own):
		p = c.problem(own.status, own.code, own.text, own.fields)
		p.retry = own.retry
	case errors.As(err, &e) && e.Kind != studio.Internal:
		p = c.problem(statusOf(e.Kind), e.Code, e.Text, e.Fields)
		p.retry = retryOf(e)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		p = a.problem(c, unavailable())
	case errors.Is(err, syscall.ENOSPC):
		a.log.Error("the disk is full", "err", err, "request", c.id)
		p = a.problem(c, diskFull())
	default:
		a.log.Error("internal error", "err", err, "request", c.id, "route", c.pattern)
		p = a.fault(c)
	}
	c.code = p.Code
	return p
}

// fault is what is answered for a mistake of ours: the request's id and no cause.
func (a *API) fault(c *call) *Problem {
	return c.problem(http.StatusInternalServerError, "internal", studio.Text{
		ZH: fmt.Sprintf("程序出错了，请把编号 %s 告诉管理员", c.id),
		EN: fmt.Sprintf("the program failed; tell your administrator the number %s", c.id)}, nil)
}

func (c *call) problem(status int, code string, text studio.Text, fields []studio.Field) *Problem {
	p := &Problem{Type: "about:blank#" + code, Title: titleOf(status).In(c.lang), Status: status, Detail: text.In(c.lang),
		Instance: c.id, Code: code, Errors: make([]ProblemField, 0, len(fields))}
	for _, f := range fields {
		p.Errors = append(p.Errors, ProblemField{Location: f.Location, Message: f.Text.In(c.lang)})
	}
	return p
}

// retryOf is how many seconds a caller should wait.
func retryOf(e *studio.Error) int {
	var w *studio.WaitError
	switch {
	case errors.As(e, &w):
		return w.Seconds
	case e.Kind == studio.TooMany:
		return 30
	}
	return 0
}

// writeProblem answers outside of Huma, with the same body.
func (a *API) writeProblem(w http.ResponseWriter, c *call, p *Problem) {
	c.code = p.Code
	h := w.Header()
	for k, v := range p.GetHeaders() {
		h[k] = v
	}
	noStore(w)
	h.Set("Content-Type", p.ContentType(""))
	b, err := json.Marshal(p)
	if err != nil {
		b = []byte("{}") // a Problem is text and numbers; it always encodes
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(b)
}

// echoError answers what no route took: an unknown address or a wrong method.
func (a *API) echoError(err error, e echo.Context) {
	if e.Response().Committed {
		return
	}
	c := callOf(e.Request().Context())
	var he *echo.HTTPError
	if errors.As(err, &he) {
		switch he.Code {
		case http.StatusNotFound:
			err = noRoute()
		case http.StatusMethodNotAllowed:
			err = wrongMethod()
		}
	}
	a.writeProblem(e.Response(), c, a.problem(c, err))
}

// transform replaces Huma's own error body, which repeats what was sent.
func (a *API) transform(ctx huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	c := callOf(ctx.Context())
	p := c.problem(m.Status, "invalid", wordsFor(m.Status), fieldsOf(m.Errors))
	switch {
	case m.Status == http.StatusBadRequest:
		p.Code, p.Errors = "malformed", []ProblemField{}
	case m.Status >= http.StatusInternalServerError:
		a.log.Error("huma failed", "err", m.Detail, "request", c.id, "route", c.pattern)
		p = a.fault(c)
	case len(p.Errors) == 1:
		p.Detail = p.Errors[0].Message
	}
	p.Type = "about:blank#" + p.Code
	c.code = p.Code
	return p, nil
}
