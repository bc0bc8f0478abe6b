package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// silence is how long a request may go without a byte moving or an answer coming.
	silence = 2 * time.Minute
	// expectFrom is the body size from which the desk is asked first whether it takes the request at all.
	expectFrom = 1 << 20
	maxAnswer  = 4 << 20
)

// sender speaks to one desk. It is safe for concurrent use.
type sender struct {
	base, token, language string
	client                *http.Client
	sent                  atomic.Int64 // bytes of files
	silence               time.Duration
}

func newSender(o Options) (*sender, error) {
	if _, err := ledgerFile("", o.Server); err != nil {
		return nil, err
	}
	t := o.Transport
	if t == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.MaxIdleConnsPerHost = o.Jobs
		t = own
	}
	// A redirect would turn a POST into a GET or carry the token elsewhere.
	c := &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &sender{base: strings.TrimRight(o.Server, "/") + "/api/v1", token: strings.TrimSpace(o.Token), language: o.Language, client: c, silence: silence}, nil
}

// row is what is used of an AttemptRow.
type row struct {
	Attempt struct {
		ID     string `json:"id"`
		ShotID string `json:"shot_id"`
		Number int64  `json:"number"`
	} `json:"attempt"`
	Duplicate bool   `json:"duplicate"`
	Matched   string `json:"matched"`
}

// awayError is an answer, or none, after which the same request may succeed later.
type awayError struct {
	after time.Duration // by the desk's advice; 0: none
	words string
}

func (e *awayError) Error() string { return e.words }

// refusal is the desk's no to one request.
type refusal struct {
	status int
	code   string
	words  string
}

func (e *refusal) Error() string { return e.words }

// lasting says whether only another file would get another answer. What a
// person may mend meanwhile, such as a shot that is missing or locked, is not.
func (e *refusal) lasting() bool {
	switch e.status {
	case http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed, http.StatusLocked:
		return false
	}
	return e.status < 500 && e.code != noShotCode
}

// noShotCode is the desk's word for a file without a shot that no attempt waits for.
const noShotCode = "attempt.no_shot"

// hello asks for something small, so that a bad token or address is known
// before anything is read. A desk that is away is no news here.
func (s *sender) hello(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	r, err := s.request(ctx, http.MethodGet, "/titles?limit=1")
	if err != nil {
		return err
	}
	resp, err := s.client.Do(r)
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	if stop, ok := errors.AsType[*StopError](s.answer(resp, nil)); ok && resp.StatusCode != http.StatusForbidden {
		return stop
	}
	return nil
}

func (s *sender) request(ctx context.Context, method, path string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, s.base+path, nil)
	if err != nil {
		return nil, fmt.Errorf("preparing a request: %w", err)
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Accept", "application/json")
	if s.language != "" {
		r.Header.Set("Accept-Language", s.language)
	}
	r.Header.Set("User-Agent", "chouka-ingest")
	return r, nil
}

// attempt posts results and what lies beside them as one attempt.
func (s *sender) attempt(ctx context.Context, to Target, files, beside []hashed) (row, error) {
	key := contentKey(to.asked(), files, beside)
	pieces, contentType, err := form(key, to, files, beside)
	if err != nil {
		return row{}, fmt.Errorf("building a form: %w", err)
	}
	return s.post(ctx, "/attempts", key, contentType, pieces)
}

// late posts one more result of an attempt.
func (s *sender) late(ctx context.Context, h home, f hashed) (row, error) {
	q := url.Values{"name": {f.name}, "attempt": {h.attempt}, "way": {"watch"}}
	return s.raw(ctx, "/shots/"+h.shot+"/files?"+q.Encode(), h, f)
}

// aside posts one more file beside an attempt.
func (s *sender) aside(ctx context.Context, h home, f hashed) (row, error) {
	return s.raw(ctx, "/attempts/"+h.attempt+"/beside?"+url.Values{"name": {f.name}}.Encode(), h, f)
}

func (s *sender) raw(ctx context.Context, path string, h home, f hashed) (row, error) {
	key := contentKey(path[:strings.IndexByte(path, '?')]+h.attempt, []hashed{f}, nil)
	return s.post(ctx, path, key, "application/octet-stream", []piece{{file: &f}})
}

// post sends pieces with their length said beforehand. An idle connection is
// given up after a while, a slow one is not.
func (s *sender) post(ctx context.Context, path, key, contentType string, pieces []piece) (row, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	idle := time.AfterFunc(s.silence, cancel)
	defer idle.Stop()
	r, err := s.request(ctx, http.MethodPost, path)
	if err != nil {
		return row{}, err
	}
	var last *body
	fresh := func() (io.ReadCloser, error) {
		last = &body{pieces: pieces, read: func(n int) { s.sent.Add(int64(n)); idle.Reset(s.silence) }}
		return last, nil
	}
	r.Body, _ = fresh()
	r.GetBody, r.ContentLength = fresh, lengthOf(pieces)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Idempotency-Key", key)
	if r.ContentLength > expectFrom {
		r.Header.Set("Expect", "100-continue")
	}
	resp, err := s.client.Do(r)
	if broken := last.broken(); broken != nil && err != nil {
		return row{}, broken
	}
	if err != nil {
		return row{}, &awayError{words: transportWords(err)}
	}
	defer resp.Body.Close()
	var out row
	if err := s.answer(resp, &out); err != nil {
		return row{}, err
	}
	if out.Attempt.ID == "" {
		return row{}, &awayError{words: "这个地址的回答不像 Chouka · what answers at this address is no Chouka"}
	}
	return out, nil
}

// transportWords drops the method and the address, which the reader knows.
func transportWords(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	return err.Error()
}

// answer reads an answer into out, or says what its status means.
func (s *sender) answer(resp *http.Response, out any) error {
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return &awayError{words: err.Error()}
	}
	if resp.StatusCode < 300 {
		if out != nil && json.Unmarshal(b, out) != nil {
			return &awayError{words: "这个地址的回答不像 Chouka · what answers at this address is no Chouka"}
		}
		return nil
	}
	var p struct{ Detail, Code string }
	_ = json.Unmarshal(b, &p) // a proxy's page is no problem of ours
	return meaning(resp, p.Code, p.Detail)
}

// meaning is the table of what a status means for what comes next.
func meaning(resp *http.Response, code, words string) error {
	status := resp.StatusCode
	if words == "" {
		words = strconv.Itoa(status) + " " + http.StatusText(status)
	}
	switch {
	case status < 400:
		return &StopError{status, "服务器要求改用另一个地址，请用 --server 指定 · the server points elsewhere, use --server " + redacted(resp.Header.Get("Location"))}
	case status == http.StatusUnauthorized:
		return &StopError{status, "令牌无效、已过期或已撤销，请换一个 · the token is not accepted: it may have ended or been revoked; make a new one"}
	case status == http.StatusForbidden:
		return &StopError{status, "这个令牌没有权限 · the token may not do this: " + words}
	case code == "" && (status == http.StatusNotFound || status == http.StatusMethodNotAllowed), status == http.StatusMethodNotAllowed:
		return &StopError{status, "这个地址没有能接收文件的 Chouka，请检查 --server 和版本 · no Chouka that takes files answers there; check --server and its version"}
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests, status > http.StatusNotImplemented:
		return &awayError{after: retryAfter(resp), words: words}
	}
	return &refusal{status, code, words}
}

// retryAfter reads the desk's advice, seconds or a date (RFC 9110, 10.2.3). A 429 without one means a few seconds.
func retryAfter(resp *http.Response) time.Duration {
	v := resp.Header.Get("Retry-After")
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		return max(time.Duration(min(n, int(maxAdvice/time.Second)))*time.Second, time.Second)
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(time.Until(t), time.Second)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		return 5 * time.Second
	}
	return 0
}

// redacted keeps the scheme and host of an address.
func redacted(location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
