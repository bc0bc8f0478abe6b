package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestACalendarIsReadWithoutSigningIn(t *testing.T) {
	w := newWorld(t)
	w.populate()
	made := w.must("scout", post, "/feeds", obj{"kind": "title", "object_id": w.title})
	path := made.at("path")
	got := w.ask("nobody", get, path, nil)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.HasPrefix(got.body, "BEGIN:VCALENDAR\r\n") {
		t.Errorf("got %d, %q\n%.200s", got.status, got.header.Get("Content-Type"), got.body)
	}
	if cache := got.header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("a calendar may be kept underway: %q", cache)
	}
	for name, path := range map[string]string{"another secret": "/calendar/" + strings.Repeat("0", 64) + ".ics", "no ending": strings.TrimSuffix(path, ".ics"), "no secret": "/calendar/.ics"} {
		if got := w.ask("nobody", get, path, nil); got.status != http.StatusNotFound {
			t.Errorf("%s: got %d", name, got.status)
		}
	}
}
