package ingest

import (
	"maps"
	"path"
	"slices"
	"time"
)

// ripenPack waits until an archive has settled and queues what lies in it. It
// says whether the folder has to be looked at again soon.
func (e *engine) ripenPack(dir string, f *folder, s *sight, now time.Time) bool {
	if s.size == 0 {
		return s.opening(now) && !e.once
	}
	if e.refused(&s.file) || e.packs[s.path] == s.stamp() {
		s.done = true
		return false
	}
	if !e.plan && (!s.settled(now, e.o.Pace) || s.looks < 3) {
		return true
	}
	p := &pack{file: s.file}
	if err := p.hold(); err != nil {
		e.refuse(&s.file, wordsOf(err))
		return false
	}
	defer p.release()
	e.packs[s.path] = s.stamp()
	files, bad := p.list()
	for _, where := range slices.Sorted(maps.Keys(bad)) {
		e.refuse(&file{path: where, size: s.size, mtime: s.mtime}, bad[where].Error())
	}
	for _, g := range e.groupsIn(p, files) {
		g.dir, g.pack = dir, p
		g.to = f.root.book.target(f.root.dir, g.place())
		switch {
		case e.plan:
			e.planned(g)
		case e.flying[g.key] == nil && e.holds[g.key] == nil && e.waiting[g.key] == nil:
			if p.hold() == nil { // it is open; the group keeps it so
				e.enqueue(g)
			}
		}
	}
	return false
}

// groupsIn puts an archive's files together. They have settled with the archive.
func (e *engine) groupsIn(p *pack, files []file) []*group {
	stems := map[string][]*sight{}
	for _, f := range files {
		k := path.Join(path.Dir(f.path), stem(f.name))
		stems[k] = append(stems[k], &sight{file: f, looks: 2})
	}
	var out []*group
	for _, k := range slices.Sorted(maps.Keys(stems)) {
		g, _ := assemble(stems[k], e, time.Now(), 0)
		for _, s := range stems[k] {
			if _, held := e.held(&s.file); held && !e.seen[s.path] {
				e.sum.Already++
			}
			e.seen[s.path] = true
		}
		if len(g.files)+len(g.beside) > 0 {
			g.key = k
			out = append(out, &g)
		}
	}
	return out
}

// place is the path that says where the group belongs.
func (g *group) place() string { return g.members()[0].place }
