package ingest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// sweep begins a look at everything. Rules are read anew, so that they can be mended while watching.
func (e *engine) sweep() {
	for _, r := range e.roots {
		if _, err := os.Stat(r.dir); err != nil {
			if !r.away {
				e.o.Tell(Event{What: Trouble, Path: r.dir, Words: plainError(err)})
			}
			r.away = true
			continue
		}
		r.away = false
		e.reload(r)
		e.folderOf(r.dir, r)
		e.walk = append(e.walk, r.dir)
	}
}

func (e *engine) reload(r *root) {
	book, err := e.book.with(r.dir)
	words := ""
	if err != nil {
		words = err.Error()
	} else {
		r.book = book
	}
	if words != "" && words != r.bad {
		e.o.Tell(Event{What: Trouble, Path: r.dir, Words: words})
	}
	r.bad = words
}

// touched hears that something happened at a path. An empty path means that too much happened to say what.
func (e *engine) touched(path string) {
	if path == "" {
		e.nextSweep = time.Now()
		return
	}
	if e.folders[path] != nil {
		e.warm(path) // it may have gone
	}
	if dir := filepath.Dir(path); e.folders[dir] != nil {
		e.warm(dir, filepath.Base(path))
	}
}

// warm has a folder looked at soon.
func (e *engine) warm(dir string, names ...string) {
	if e.hot[dir] == nil {
		e.hot[dir] = map[string]bool{}
		if len(e.hot) == 1 {
			e.nextLook = max2(e.nextLook, time.Now().Add(e.o.Pace))
		}
	}
	for _, n := range names {
		e.hot[dir][n] = true
	}
}

func max2(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// plainError drops the operation and the path, which the event has already.
func plainError(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
