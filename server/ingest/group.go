package ingest

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// group is the files of one attempt: results and what lies beside them.
type group struct {
	key    string // folder and stem
	dir    string // looked at again when something went wrong
	files  []file // results in the order of their batch, not sent yet
	beside []file // not sent yet
	home   home
	to     Target
	pack   *pack
}

// home is the attempt that holds a part of a group already.
type home struct{ attempt, shot string }

// members lists what is to be sent.
func (g *group) members() []file { return slices.Concat(g.files, g.beside) }

// stem is what the names of one attempt's files have in common: x of x.mp4, x.png,
// x.txt, x.mp4.json, and of x-audio.mp4, which VideoHelperSuite writes beside the silent clip. A counter belongs to it.
func stem(name string) string {
	base := strings.TrimSuffix(name, filepath.Ext(name))
	k := kindOf(name)
	if k == sidecar {
		if inner := kindOf(base); inner == still || inner == clip {
			base, k = strings.TrimSuffix(base, filepath.Ext(base)), inner
		}
	}
	if k == clip {
		base = strings.TrimSuffix(base, "-audio")
	}
	return strings.ToLower(base)
}

// voiced marks the variant of a clip that has sound.
func voiced(name string) bool {
	return strings.HasSuffix(strings.TrimSuffix(name, filepath.Ext(name)), "-audio")
}

// byRole divides files of one stem. A still beside a clip is its first frame.
func byRole(all []*sight) (results, beside []*sight) {
	moving := slices.ContainsFunc(all, func(s *sight) bool { return isClip(s.name) })
	for _, s := range all {
		if s.kind == sidecar || moving && s.kind == still {
			beside = append(beside, s)
		} else {
			results = append(results, s)
		}
	}
	slices.SortFunc(results, func(a, b *sight) int {
		if va, vb := voiced(a.name), voiced(b.name); va != vb {
			if va {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.name, b.name)
	})
	return results, beside
}

// isClip says whether a still of the same stem is this file's first frame. A WebP or a GIF may be a still itself.
func isClip(name string) bool {
	low := strings.ToLower(filepath.Ext(name))
	return kindOf(name) == clip && low != ".webp" && low != ".gif"
}

// memory is what the engine knows of files from before.
type memory interface {
	// held gives the confirmed entry of a file in this very state.
	held(f *file) (entry, bool)
	// replaced says whether the path was confirmed with other content.
	replaced(f *file) bool
	// refused says whether the desk did not take the file in this state.
	refused(f *file) bool
}

// assemble makes a group of one stem's files. It has nothing to send when all is
// done, or when there is no result for the sidecars; wait says that a member has not settled.
func assemble(all []*sight, mem memory, now time.Time, apart time.Duration) (g group, wait bool) {
	live := slices.DeleteFunc(slices.Clone(all), func(s *sight) bool { return s.size == 0 || mem.refused(&s.file) })
	results, beside := byRole(live)
	fresh := false // a path was written anew: another attempt
	for _, s := range results {
		if e, ok := mem.held(&s.file); ok {
			g.home = home{e.Attempt, e.Shot}
			continue
		}
		fresh = fresh || mem.replaced(&s.file)
		g.files = append(g.files, s.file)
		wait = wait || !s.settled(now, apart)
	}
	if fresh {
		g.home = home{}
	}
	for _, s := range beside {
		if _, ok := mem.held(&s.file); ok {
			continue
		}
		g.beside = append(g.beside, s.file)
		wait = wait || !s.settled(now, apart)
	}
	if len(g.files) == 0 && g.home.attempt == "" {
		return group{}, false
	}
	wait = wait || slices.ContainsFunc(all, func(s *sight) bool { return s.opening(now) })
	return g, wait && len(g.files)+len(g.beside) > 0
}

// signature changes when a member comes, goes or changes.
func signature(all []*sight) string {
	var b strings.Builder
	for _, s := range all {
		fmt.Fprintf(&b, "%s\x00%d\x00%d\x00", s.name, s.size, s.mtime)
	}
	return b.String()
}

// same says whether another look found nothing new about a group.
func (g *group) same(o *group) bool {
	return g.to == o.to && slices.EqualFunc(g.members(), o.members(), func(a, b file) bool { return a.path == b.path && a.stamp() == b.stamp() })
}
