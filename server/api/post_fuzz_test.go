package api_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"chouka/server/api"
	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// knocker gives what sends a body to POST /attempts as an administrator. When
// the fuzzing ends, the store is checked for consistency.
func knocker(f *testing.F) (send func(kind string, body []byte) int, shot string) {
	f.Helper()
	// Time flies, so that the pace of attempts stops nothing.
	var calls atomic.Int64
	began := time.Date(2027, 3, 5, 10, 0, 0, 0, time.UTC)
	s, _ := studiotest.Open(f, func() time.Time { return began.Add(time.Duration(calls.Add(1)) * 100 * time.Millisecond) })
	by := studiotest.Admin(f, s)
	x := studiotest.Shot(f, s, by, studiotest.Title(f, s, by, "一条蛇").ID)
	n, err := s.CreateToken(f.Context(), by, studio.TokenIn{Name: "fuzz", Scopes: []studio.Scope{studio.ScopeLog}})
	if err != nil {
		f.Fatal(err)
	}
	a, err := api.New(api.Options{Studio: s})
	if err != nil {
		f.Fatal(err)
	}
	return func(kind string, body []byte) int {
		r := httptest.NewRequest(http.MethodPost, api.Prefix+"/attempts", bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Authorization", "Bearer "+n.Secret)
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, r)
		return w.Code
	}, x.ID
}

func FuzzAttemptPost(f *testing.F) {
	send, shot := knocker(f)
	f.Add([]byte(`{"shot":"` + shot + `","seed":18446744073709551615}`))
	f.Add([]byte(`{"shot":"E01-S01-001","title":"一条蛇","params":{"a":{"b":[1e5,null]}},"status":"succeed"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if code := send("application/json", body); code >= 500 || code < 200 {
			t.Errorf("%d for %q", code, body)
		}
	})
}

func FuzzAttemptForm(f *testing.F) {
	send, shot := knocker(f)
	part := "--b\r\nContent-Disposition: form-data; name="
	f.Add([]byte(part + "\"shot\"\r\n\r\n" + shot + "\r\n--b--\r\n"))
	f.Add([]byte(part + "\"beside\"; filename=\"a.txt\"\r\n\r\nx\r\n" + part + "\"shot\"\r\n\r\n" + shot + "\r\n--b--\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if code := send("multipart/form-data; boundary=b", body); code >= 500 || code < 200 {
			t.Errorf("%d for %q", code, body)
		}
	})
}
