package ingest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// post is one request that a desk got whole.
type post struct {
	Path    string
	Query   string
	Key     string
	Shot    string
	Title   string
	Way     string
	Files   map[string]string // name: content
	Beside  map[string]string
	Attempt string // that it was answered with
}

func (p post) names() []string {
	var out []string
	for n := range p.Files {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// desk answers as a desk does, but for the faults that a test gives it. It is
// for what happens on the line; what a desk makes of files is tested with the real one.
type desk struct {
	mu      sync.Mutex
	posts   []post
	count   int
	most    int // requests at the same time
	running int
	fault   func(r *http.Request, p post) (status int, head http.Header, body string) // 0: none
	lose    int                                                                       // answers that get lost after the work was done
	hold    chan struct{}                                                             // when set, requests wait for it
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		if d.faulty(w, r, post{Path: r.URL.Path}) {
			return
		}
		fmt.Fprint(w, `{"items":[]}`)
		return
	}
	d.mu.Lock()
	d.running++
	d.most = max(d.most, d.running)
	hold := d.hold
	d.mu.Unlock()
	defer func() { d.mu.Lock(); d.running--; d.mu.Unlock() }()
	p, err := take(r)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	}
	if d.faulty(w, r, p) {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	id := ""
	for _, o := range d.posts {
		if o.Key == p.Key {
			id = o.Attempt
		}
	}
	if id == "" {
		d.count++
		if id = fmt.Sprintf("attempt-%d", d.count); strings.Contains(p.Path, "/attempts/") {
			id = strings.Split(p.Path, "/")[4]
		} else if strings.Contains(p.Query, "attempt=") {
			id = r.URL.Query().Get("attempt")
		}
		p.Attempt = id
		d.posts = append(d.posts, p)
	}
	if d.lose > 0 {
		d.lose--
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, `{"attempt":{"id":%q,"shot_id":"shot-1","number":%d},"takes":[]}`, id, d.count)
}

func (d *desk) faulty(w http.ResponseWriter, r *http.Request, p post) bool {
	d.mu.Lock()
	f := d.fault
	d.mu.Unlock()
	if f == nil {
		return false
	}
	status, head, body := f(r, p)
	if status == 0 {
		return false
	}
	if status < 0 {
		panic(http.ErrAbortHandler)
	}
	for k, v := range head {
		w.Header()[k] = v
	}
	w.WriteHeader(status)
	fmt.Fprint(w, body)
	return true
}

// take reads a request as it is on the wire.
func take(r *http.Request) (post, error) {
	p := post{Path: r.URL.Path, Query: r.URL.RawQuery, Key: r.Header.Get("Idempotency-Key"), Files: map[string]string{}, Beside: map[string]string{}}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		b, err := io.ReadAll(r.Body)
		p.Files[r.URL.Query().Get("name")] = string(b)
		return p, err
	}
	m, err := r.MultipartReader()
	if err != nil {
		return p, err
	}
	for {
		part, err := m.NextPart()
		if err == io.EOF {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		b, err := io.ReadAll(part)
		if err != nil {
			return p, err
		}
		switch part.FormName() {
		case "attempt":
			var a struct{ Shot, Title, Way string }
			if err := json.Unmarshal(b, &a); err != nil {
				return p, err
			}
			p.Shot, p.Title, p.Way = a.Shot, a.Title, a.Way
		case "file":
			p.Files[part.FileName()] = string(b)
		case "beside":
			p.Beside[part.FileName()] = string(b)
		}
	}
}

// got waits for nobody: it gives what came so far.
func (d *desk) got() []post {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.posts)
}

func (d *desk) breakWith(f func(r *http.Request, p post) (int, http.Header, string)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = f
}

// problem is a refusal as the desk words it.
func problem(code, detail string) string {
	return fmt.Sprintf(`{"type":"about:blank#%s","code":%q,"detail":%q}`, code, code, detail)
}
