package ingest

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// folder is what is known of one folder.
type folder struct {
	root   *root
	files  map[string]*sight // by name
	steady map[string]steady // by stem
	looks  int               // in a row that found something unfinished
}

// steady is what a group was when all of its members had settled, and since when.
type steady struct {
	members string
	since   time.Time
}

func (e *engine) folderOf(dir string, r *root) *folder {
	f := e.folders[dir]
	if f == nil {
		f = &folder{root: r, files: map[string]*sight{}, steady: map[string]steady{}}
		e.folders[dir] = f
	}
	return f
}

// look reads a folder and moves its groups on. A full look asks the disk about
// every file; another one trusts what is done and asks only about the rest and
// about names that changed, because on a network share each question costs.
func (e *engine) look(dir string, full bool, names map[string]bool) {
	f := e.folders[dir]
	if f == nil {
		return
	}
	if full {
		e.noticed(dir) // again each time: a folder may have been made anew
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			e.o.Tell(Event{What: Trouble, Path: dir, Words: plainError(err)})
		}
		delete(e.folders, dir)
		delete(e.lone, dir)
		return
	}
	now := time.Now()
	there := map[string]bool{}
	e.lone[dir] = 0
	for _, x := range entries {
		name := x.Name()
		if passing(name) || f.root.only != nil && !f.root.only[name] {
			continue
		}
		if x.IsDir() {
			e.descend(filepath.Join(dir, name), f.root, full)
			continue
		}
		if f.root.only == nil && kindOf(name) == foreign {
			e.lone[dir]++
			continue
		}
		if e.sight(f, dir, x, now, full || names[name]) {
			there[name] = true
		}
	}
	maps.DeleteFunc(f.files, func(name string, _ *sight) bool { return !there[name] })
	e.gather(dir, f, now)
}

// descend has a folder below looked at: always in a sweep, else when it is new.
func (e *engine) descend(dir string, r *root, full bool) {
	if full || e.folders[dir] == nil {
		e.folderOf(dir, r)
		e.walk = append(e.walk, dir)
	}
}

// sight looks at one file and says whether it is one. Links to files count as
// the files, links to folders do not: they may lead in circles.
func (e *engine) sight(f *folder, dir string, x fs.DirEntry, now time.Time, ask bool) bool {
	s := f.files[x.Name()]
	if s != nil && s.done && !ask {
		return true
	}
	path := filepath.Join(dir, x.Name())
	i, err := x.Info()
	if err == nil && x.Type()&fs.ModeSymlink != 0 {
		i, err = os.Stat(path)
	}
	if err != nil || !i.Mode().IsRegular() {
		return false
	}
	if s == nil {
		k := kindOf(x.Name())
		if k == foreign {
			k = still // it was named by hand: the desk will judge
		}
		s = &sight{file: file{path: path, place: path, name: x.Name(), kind: k}}
		f.files[x.Name()] = s
	}
	s.look(stamp{i.Size(), i.ModTime().UnixNano()}, now)
	return true
}

// gather puts the files of a folder into groups and queues those that are ready.
// A group waits until all its members have settled and one more look found no other.
func (e *engine) gather(dir string, f *folder, now time.Time) {
	stems := map[string][]*sight{}
	var packs []*sight
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		s := f.files[name]
		if s.kind == archive {
			packs = append(packs, s)
			continue
		}
		stems[stem(name)] = append(stems[stem(name)], s)
	}
	busy := false
	for _, k := range slices.Sorted(maps.Keys(stems)) {
		busy = e.ripen(dir, f, k, stems[k], now) || busy
	}
	for _, s := range packs {
		busy = e.ripenPack(dir, f, s, now) || busy
	}
	f.looks++
	if !busy {
		f.looks = 0
		return
	}
	if e.once && f.looks > stubborn && len(e.flying) == 0 {
		e.giveUp(dir, f, stems)
		return
	}
	e.warm(dir)
}

// ripen moves one group on and says whether the folder has to be looked at again soon.
func (e *engine) ripen(dir string, f *folder, stem string, all []*sight, now time.Time) bool {
	g, wait := assemble(all, e, now, e.o.Pace)
	g.key, g.dir = filepath.Join(dir, stem), dir
	for _, s := range all {
		_, held := e.held(&s.file)
		s.done = held || e.refused(&s.file)
		if held && !e.seen[s.path] {
			e.sum.Already++
		}
		e.seen[s.path] = true
	}
	if len(g.files)+len(g.beside) == 0 {
		delete(f.steady, stem)
		for _, s := range all {
			if !s.done {
				e.lone[dir]++
			}
		}
		return false
	}
	g.to = f.root.book.target(f.root.dir, first(g, all).place)
	if e.plan {
		e.planned(&g)
		return false
	}
	if wait {
		delete(f.steady, stem)
		return true
	}
	if was := f.steady[stem]; was.members != signature(all) {
		f.steady[stem] = steady{signature(all), now}
		return true
	} else if now.Sub(was.since) < e.o.Pace {
		return true // a sweep came between two looks
	}
	if e.flying[g.key] != nil {
		return true
	}
	if h := e.holds[g.key]; h != nil && e.waiting[g.key] == nil && h.g.same(&g) {
		return false // its time comes
	}
	e.enqueue(&g)
	return false
}

// first is the file whose path says where a group belongs.
func first(g group, all []*sight) *file {
	if len(g.files) > 0 {
		return &g.files[0]
	}
	return &all[0].file
}

// enqueue has a group sent, or sent as it is now if it waits already.
func (e *engine) enqueue(g *group) {
	if e.waiting[g.key] == nil {
		e.order = append(e.order, g.key)
	}
	e.waiting[g.key] = g
}

func (e *engine) planned(g *group) {
	for _, f := range g.members() {
		e.o.Tell(Event{What: Planned, Path: f.path, Bytes: f.size, Title: g.to.Title, Shot: g.to.Shot})
		e.sum.Unsent++
	}
}

// giveUp ends a Run's patience with a folder whose files will not settle.
func (e *engine) giveUp(dir string, f *folder, stems map[string][]*sight) {
	for _, all := range stems {
		for _, s := range all {
			if g, wait := assemble([]*sight{s}, e, time.Now(), e.o.Pace); wait && len(g.files)+len(g.beside) > 0 {
				e.sum.Unsettled++
				e.o.Tell(Event{What: Unsettled, Path: s.path, Bytes: s.size})
			}
		}
	}
}

// held finds a file's line in the ledger if it is still in that state.
func (e *engine) held(f *file) (entry, bool) {
	l, ok := e.ledger.at(f.path)
	return l, ok && l.Size == f.size && l.MTime == f.mtime
}

// replaced says whether the ledger has the path in another state.
func (e *engine) replaced(f *file) bool {
	l, ok := e.ledger.at(f.path)
	return ok && (l.Size != f.size || l.MTime != f.mtime)
}

// refused says whether the desk did not take this state of the file. A changed file gets another chance.
func (e *engine) refused(f *file) bool {
	st, ok := e.stamps[f.path]
	if ok && st != f.stamp() {
		delete(e.stamps, f.path)
		return false
	}
	return ok
}
