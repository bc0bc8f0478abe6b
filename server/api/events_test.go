package api_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"chouka/server/api"
	"chouka/server/studio"
)

// line is one browser's stream of events.
type line struct {
	t   *testing.T
	in  *bufio.Scanner
	end func()
}

// listen opens a stream on a real connection; it returns once the server has begun to answer.
func (h *house) listen(url, who string, headers ...string) *line {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), time.Minute) // so that a missing event fails the test instead of holding it up
	r, err := http.NewRequestWithContext(ctx, get, url+api.Prefix+"/events", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "chouka_session", Value: h.token[who]})
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("Cache-Control") != "no-store" {
		h.t.Fatalf("the stream answers %d %v", res.StatusCode, res.Header)
	}
	end := func() { cancel(); _ = res.Body.Close() }
	h.t.Cleanup(end)
	l := &line{h.t, bufio.NewScanner(res.Body), end}
	l.in.Scan() // the first words come once the stream is joined
	return l
}

// next gives the id and the data of the next event, and false at the end.
func (l *line) next() (id, data string, ok bool) {
	l.t.Helper()
	for l.in.Scan() {
		switch s := l.in.Text(); {
		case strings.HasPrefix(s, "id: "):
			id = s[4:]
		case strings.HasPrefix(s, "data: "):
			return id, s[6:], true
		}
	}
	if err := l.in.Err(); errors.Is(err, context.DeadlineExceeded) {
		l.t.Fatal("the stream neither ended nor said anything")
	}
	return "", "", false
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestAReturningListenerMissesNothing(t *testing.T) {
	h := newHouse(t)
	url := serve(t, h.api.Handler())
	first := h.listen(url, "admin")
	h.must("admin", post, "/titles", obj{"name": "剧一"})
	last, data, _ := first.next()
	if !strings.Contains(data, "剧一") || !strings.Contains(data, `"verb":"title.created"`) {
		t.Fatalf("the first event is %s", data)
	}
	first.end()
	for i := range 300 { // more than one page of the store and more than a listener's backlog
		h.must("admin", post, "/titles", obj{"name": fmt.Sprintf("剧 %d", i)})
	}
	again := h.listen(url, "admin", "Last-Event-ID", last)
	h.must("admin", post, "/titles", obj{"name": "最后"})
	want, err := strconv.Atoi(last)
	if err != nil {
		t.Fatal(err)
	}
	for {
		id, data, ok := again.next()
		want++
		if !ok || id != fmt.Sprint(want) {
			t.Fatalf("event %s follows %d: %s", id, want-1, data)
		}
		if strings.Contains(data, "最后") {
			return
		}
	}
}

func TestAListenerHearsOnlyWhatTheyMaySee(t *testing.T) {
	h := newHouse(t)
	one := h.must("admin", post, "/titles", obj{"name": "看得到"}).at("title.id")
	two := h.must("admin", post, "/titles", obj{"name": "看不到"}).at("title.id")
	h.join("viewer", studio.Member, one, studio.RoleViewer)
	l := h.listen(serve(t, h.api.Handler()), "viewer")
	h.must("admin", post, "/titles/"+two+"/releases", obj{"platform": "秘密", "date": "2026-11-01"})
	h.must("admin", post, "/titles/"+one+"/releases", obj{"platform": "公开", "date": "2026-11-01"})
	if _, data, ok := l.next(); !ok || strings.Contains(data, two) || !strings.Contains(data, one) {
		t.Errorf("the viewer hears %s", data)
	}
}

func TestStreamsEndWhenTheyMust(t *testing.T) {
	t.Run("with the API, so that a shutdown does not wait for them", func(t *testing.T) {
		h := newHouse(t)
		l := h.listen(serve(t, h.api.Handler()), "admin")
		h.api.Close()
		h.api.Close() // twice is no mistake
		if _, _, ok := l.next(); ok {
			t.Error("the stream goes on")
		}
	})
	t.Run("with the session that they belong to", func(t *testing.T) {
		h := newHouse(t)
		l := h.listen(serve(t, h.api.Handler()), "admin")
		h.must("admin", remove, "/session", nil)
		if _, data, ok := l.next(); ok {
			t.Errorf("the stream goes on with %s", data)
		}
	})
}

func TestAStreamOutlivesTheServersWriteTimeout(t *testing.T) {
	h := newHouse(t)
	s := httptest.NewUnstartedServer(h.api.Handler())
	s.Config.WriteTimeout = 1 // a nanosecond: every answer without a deadline of its own fails
	s.Start()
	t.Cleanup(s.Close)
	l := h.listen(s.URL, "admin")
	h.must("admin", post, "/titles", obj{"name": "剧一"})
	if _, data, ok := l.next(); !ok || !strings.Contains(data, "剧一") {
		t.Errorf("the stream broke: %q", data)
	}
}

func TestAFileOutlivesTheServersWriteTimeout(t *testing.T) {
	w := newWorld(t)
	s := httptest.NewUnstartedServer(w.api.Handler())
	s.Config.WriteTimeout = 1
	s.Start()
	t.Cleanup(s.Close)
	r, err := http.NewRequestWithContext(t.Context(), get, s.URL+api.Prefix+"/takes/"+w.take+"/original", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "chouka_session", Value: w.token["admin"]})
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if b, err := io.ReadAll(res.Body); err != nil || !strings.HasPrefix(string(b), "\x89PNG") {
		t.Errorf("the file broke after %d bytes: %v", len(b), err)
	}
}

func TestEventsNeedASession(t *testing.T) {
	h := newHouse(t)
	refused(t, "a stream for nobody", h.ask("nobody", get, "/events", nil), 401)
	refused(t, "a place that is no number", h.ask("admin", get, "/events?after=x", nil), 422)
	refused(t, "a place below zero", h.ask("admin", get, "/events?after=-1", nil), 422)
}
