package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
)

func TestEveryKindOfRefusalHasItsStatus(t *testing.T) {
	want := map[studio.Kind]int{
		studio.Invalid: 422, studio.Unknown: 404, studio.Conflict: 409, studio.Stale: 412, studio.Unmatched: 428, studio.Forbidden: 403,
		studio.SignedOut: 401, studio.TooLarge: 413, studio.TooMany: 429, studio.Unsupported: 415, studio.Unavailable: 503, studio.Internal: 500,
	}
	for _, k := range studio.Kinds() {
		status, ok := want[k]
		if !ok {
			t.Errorf("the kind %q has no row here", k)
		}
		if got := statusOf(k); got != status {
			t.Errorf("%s answers %d, want %d", k, got, status)
		}
	}
	if len(want) != len(studio.Kinds()) {
		t.Errorf("%d rows for %d kinds", len(want), len(studio.Kinds()))
	}
}

func TestAnErrorBecomesAProblem(t *testing.T) {
	said := studio.Text{ZH: "不行", EN: "no"}
	rows := []struct {
		name   string
		err    error
		lang   string
		status int
		code   string
		detail string
		logged bool
	}{
		{"a refusal of the studio keeps its code and words", &studio.Error{Kind: studio.Conflict, Code: "pick.taken", Text: said}, "zh", 409, "pick.taken", "不行", false},
		{"an English reader gets English", &studio.Error{Kind: studio.Conflict, Code: "pick.taken", Text: said}, "en", 409, "pick.taken", "no", false},
		{"a wrapped refusal is still one", fmt.Errorf("around: %w", &studio.Error{Kind: studio.Stale, Code: "stale", Text: said}), "zh", 412, "stale", "不行", false},
		{"an internal refusal hides its words and is logged", &studio.Error{Kind: studio.Internal, Code: "disk", Text: said, Err: errors.New("canary")}, "zh", 500, "internal", "程序出错了，请把编号 r1 告诉管理员", true},
		{"any other error is internal", errors.New("canary"), "en", 500, "internal", "the program failed; tell your administrator the number r1", true},
		{"a caller who left is no fault of ours", fmt.Errorf("reading: %w", context.Canceled), "zh", 503, "unavailable", "现在无法完成，请稍后再试", false},
		{"a full disk is said plainly", fmt.Errorf("writing: %w", syscall.ENOSPC), "en", 503, "unavailable.disk", "the disk is full; ask your administrator to make room, then try again", true},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			var log bytes.Buffer
			a := &API{log: slog.New(slog.NewTextHandler(&log, nil))}
			c := &call{id: "r1", lang: r.lang}
			p := a.problem(c, r.err)
			if p.Status != r.status || p.Code != r.code || p.Detail != r.detail || p.Instance != "r1" || p.Type != "about:blank#"+r.code || c.code != r.code {
				t.Errorf("got %+v", p)
			}
			if (log.Len() > 0) != r.logged {
				t.Errorf("logged: %q", log.String())
			}
			if r.logged && !strings.Contains(log.String(), "request=r1") {
				t.Errorf("the log line does not name the request: %q", log.String())
			}
			if strings.Contains(p.Detail, "canary") {
				t.Error("the cause reached the caller")
			}
		})
	}
}

func TestTooManyTriesSayHowLongToWait(t *testing.T) {
	a := &API{log: slog.New(slog.DiscardHandler)}
	e := &studio.Error{Kind: studio.TooMany, Code: "too_many", Err: &studio.WaitError{Seconds: 7}}
	if got := a.problem(&call{}, e).GetHeaders().Get("Retry-After"); got != "7" {
		t.Errorf("Retry-After %q", got)
	}
	e.Err = nil
	if got := a.problem(&call{}, e).GetHeaders().Get("Retry-After"); got != "30" {
		t.Errorf("Retry-After without a cause %q", got)
	}
}

// failing is a body whose sender goes away, falls silent or sends too much.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
func (f failing) Close() error             { return nil }

func TestAnUploadThatBreaksIsTheSendersMatter(t *testing.T) {
	rows := []struct {
		name   string
		body   io.ReadCloser
		status int
		code   string
	}{
		{"a sender who goes away", failing{io.ErrUnexpectedEOF}, 400, "upload.broken"},
		{"a sender who falls silent", failing{fmt.Errorf("net: %w", syscallTimeout{})}, 408, "upload.slow"},
		{"a body over the limit", io.NopCloser(strings.NewReader("four+")), 413, "too_large"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/", nil)
			r.Body = row.body
			c := &call{upload: newUpload(httptest.NewRecorder(), r, 4, 0)}
			_, err := io.ReadAll(c.upload)
			a := &API{log: slog.New(slog.DiscardHandler)}
			p := a.problem(c, fmt.Errorf("keeping a file: %w", errors.New(err.Error()))) // the cause is lost on the way
			if p.Status != row.status || p.Code != row.code {
				t.Errorf("got %d %s", p.Status, p.Code)
			}
		})
	}
}

// syscallTimeout is what a connection says when its deadline has passed.
type syscallTimeout struct{}

func (syscallTimeout) Error() string { return "i/o timeout" }
func (syscallTimeout) Is(target error) bool {
	return target.Error() == "i/o timeout"
}

func TestHumasFindingsNeverRepeatWhatWasSent(t *testing.T) {
	found := []*huma.ErrorDetail{
		{Location: "body.<script>", Message: "unexpected property", Value: "canary"},
		{Location: "body.shots[3].canary space", Message: "expected string", Value: "canary"},
		{Location: "body", Message: "json: cannot unmarshal number canary into Go value", Value: "canary"},
		{Location: "query.limit", Message: "expected number <= 500", Value: "canary"},
		nil,
	}
	got := fieldsOf(found)
	want := []string{"body", "body.shots[3]", "body", "query.limit"}
	if len(got) != len(want) {
		t.Fatalf("%d fields, want %d", len(got), len(want))
	}
	for i, f := range got {
		if f.Location != want[i] {
			t.Errorf("location %q, want %q", f.Location, want[i])
		}
		if all := f.Location + f.Text.ZH + f.Text.EN; strings.Contains(all, "canary") {
			t.Errorf("%q repeats what was sent", all)
		}
	}
	if got[3].Text.EN != "must not be more than 500" || got[3].Text.ZH != "不能大于 500" {
		t.Errorf("the limit is not said: %+v", got[3].Text)
	}
}
