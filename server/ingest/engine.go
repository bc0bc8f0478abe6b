package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// engine is one Run, Watch or Plan. All of it belongs to the goroutine of work,
// except for the ledger and the sender, which workers share.
type engine struct {
	o      Options
	once   bool // Run: end when everything has an answer
	plan   bool
	ledger *ledger
	sender *sender
	book   rulebook

	roots   []*root
	folders map[string]*folder
	walk    []string                   // folders of the sweep that are still to be looked at
	hot     map[string]map[string]bool // folders to look at next, with names that changed

	order   []string // keys of waiting groups
	waiting map[string]*group
	flying  map[string]*group
	holds   map[string]*hold
	stamps  map[string]stamp // refused files as they were
	packs   map[string]stamp // archives whose groups are under way or done
	gate    gate
	sum     Summary
	lone    map[string]int // folder: files that are no business of a desk
	seen    map[string]bool
	noticed func(dir string) // hears of every folder; Watch listens to it
	pulse   time.Time        // of the last Progress

	nextSweep, nextLook time.Time
}

// root is one path as it was given.
type root struct {
	dir  string
	only map[string]bool // names; nil: everything below
	book rulebook
	bad  string // the last trouble with its rules, told once
	away bool
}

// hold is a group that cannot go now.
type hold struct {
	g     *group
	why   What
	until time.Time
	tries int
	told  string
	final bool // Run does not wait for it
}

func newEngine(o Options, once bool) (*engine, error) {
	if o.Jobs <= 0 {
		o.Jobs = 3
	}
	if o.Sweep <= 0 {
		o.Sweep = time.Minute
	}
	if o.Pace <= 0 {
		o.Pace = time.Second
	}
	if o.Patience <= 0 {
		o.Patience = 5 * time.Minute
	}
	if o.Tell == nil {
		o.Tell = func(Event) {}
	}
	if strings.TrimSpace(o.Token) == "" {
		return nil, errors.New("a token is needed: --token-file, CHOUKA_TOKEN or --token")
	}
	e := &engine{o: o, once: once, folders: map[string]*folder{}, hot: map[string]map[string]bool{}, waiting: map[string]*group{}, flying: map[string]*group{},
		holds: map[string]*hold{}, stamps: map[string]stamp{}, packs: map[string]stamp{}, lone: map[string]int{}, seen: map[string]bool{}, noticed: func(string) {}}
	var err error
	if e.book, err = newRulebook(o); err != nil {
		return nil, err
	}
	if err := e.addRoots(o.Paths); err != nil {
		return nil, err
	}
	if e.sender, err = newSender(o); err != nil {
		return nil, err
	}
	return e, nil
}

// addRoots takes the given paths over; one that does not exist is most likely a slip of the pen.
func (e *engine) addRoots(paths []string) error {
	if len(paths) == 0 {
		return errors.New("name at least one path")
	}
	files := map[string]*root{}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return err
		}
		i, err := os.Stat(abs)
		if err != nil {
			return err
		}
		if !i.IsDir() {
			dir := filepath.Dir(abs)
			if files[dir] == nil {
				files[dir] = &root{dir: dir, only: map[string]bool{}}
				e.roots = append(e.roots, files[dir])
			}
			files[dir].only[filepath.Base(abs)] = true
			continue
		}
		e.roots = append(e.roots, &root{dir: abs})
	}
	e.roots = slices.DeleteFunc(e.roots, e.covered)
	for _, r := range e.roots {
		var err error
		if r.book, err = e.book.with(r.dir); err != nil {
			return err
		}
	}
	return nil
}

// covered says whether a root lies within a folder that was given too.
func (e *engine) covered(r *root) bool {
	return slices.ContainsFunc(e.roots, func(o *root) bool {
		below, err := filepath.Rel(o.dir, r.dir)
		return o != r && o.only == nil && err == nil && filepath.IsLocal(below) && (r.only != nil || below != ".")
	})
}

func (e *engine) openLedger() error {
	state := e.o.State
	if state == "" {
		var err error
		if state, err = StateFolder(); err != nil {
			return err
		}
	}
	path, err := ledgerFile(state, e.o.Server)
	if err != nil {
		return err
	}
	if e.plan {
		e.ledger, err = readLedger(path)
	} else {
		e.ledger, err = openLedger(path)
	}
	return err
}
