package api_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"chouka/server/studio"
)

// try is a request that is right in every way but perhaps in who sends it.
type try struct {
	path string // empty: the route's own
	body any
	rev  string // for If-Match
}

// TestEveryRouteAsksForTheRightRole plays testdata/rights.txt: every route by
// every kind of person, with the status that has to come back.
func TestEveryRouteAsksForTheRightRole(t *testing.T) {
	people, table := readRights(t)
	w := newWorld(t)
	w.populate()
	asked := requests()
	for _, r := range w.api.Routes() {
		want, ok := table[r.ID]
		if !ok {
			t.Errorf("testdata/rights.txt has no row for %s (%s %s)", r.ID, r.Method, r.Path)
			continue
		}
		delete(table, r.ID)
		t.Run(r.ID, func(t *testing.T) {
			make, ok := asked[r.ID]
			if !ok {
				t.Fatalf("requests_test.go has no request for %s", r.ID)
			}
			for i, who := range people {
				if want[i] == "-" {
					continue
				}
				x := make(w)
				if x.path == "" {
					x.path = r.Path
				}
				if got := w.knock(who, r.Method, x); got != want[i] {
					t.Errorf("%s: %s answers %s, want %s", who, r.ID, got, want[i])
				}
			}
		})
	}
	for id := range table {
		t.Errorf("testdata/rights.txt has a row for %s, which is no route", id)
	}
}

// knock sends the request and gives the status. A stream is left as soon as it has begun.
func (w *world) knock(who, method string, x try) string {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	r := w.request(ctx, who, method, x.path, x.body)
	if x.rev != "" {
		r.Header.Set("If-Match", `"`+x.rev+`"`)
	}
	out := &leaving{ResponseRecorder: httptest.NewRecorder(), leave: cancel, stream: strings.HasSuffix(x.path, "/events")}
	w.api.Handler().ServeHTTP(out, r)
	return fmt.Sprint(out.Code)
}

// leaving is a reader who goes away with the first bytes of a stream.
type leaving struct {
	*httptest.ResponseRecorder
	leave  func()
	stream bool
}

func (l *leaving) Write(b []byte) (int, error) {
	if l.stream {
		l.leave()
	}
	return l.ResponseRecorder.Write(b)
}

// readRights reads the table: a first line that names the people, then one line a route.
func readRights(t *testing.T) ([]string, map[string][]string) {
	t.Helper()
	f, err := os.Open("testdata/rights.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var people []string
	table := map[string][]string{}
	for in := bufio.NewScanner(f); in.Scan(); {
		cells := strings.Fields(in.Text())
		switch {
		case len(cells) == 0 || strings.HasPrefix(cells[0], "#"):
		case people == nil:
			people = cells[1:]
		case len(cells) != len(people)+1:
			t.Fatalf("%s has %d cells, want %d", cells[0], len(cells)-1, len(people))
		default:
			table[cells[0]] = cells[1:]
		}
	}
	return people, table
}

// TestADisabledPersonIsOutAtOnce looks at the session that was good a moment ago.
func TestADisabledPersonIsOutAtOnce(t *testing.T) {
	h := newHouse(t)
	h.join("leaving", studio.Lead, "", "")
	h.must("leaving", get, "/home", nil)
	rev := h.personRev("leaving")
	h.must("admin", patch, "/people/"+h.id["leaving"], obj{"active": false}, "If-Match", `"`+rev+`"`)
	if a := h.ask("leaving", get, "/home", nil); a.status != 401 || a.code() != "signed_out" {
		t.Errorf("answers %d %s", a.status, a.code())
	}
}

func (h *house) personRev(who string) string {
	h.t.Helper()
	list := h.must("admin", get, "/people?limit=500", nil)
	for i := 0; list.at(fmt.Sprintf("items.%d.id", i)) != ""; i++ {
		if list.at(fmt.Sprintf("items.%d.id", i)) == h.id[who] {
			return list.at(fmt.Sprintf("items.%d.rev", i))
		}
	}
	h.t.Fatalf("%s is not in the list of people", who)
	return ""
}
