package script

import (
	"strings"
	"unicode/utf8"
)

// readNames gathers who speaks, so that names are known without @: those forced somewhere, those in cast lists, and
// short Chinese lines that stand above text more than once, as a name does.
func (f *fountain) readNames() {
	bare := map[string]int{}
	for i, t := range f.text {
		if len(t) > maxNameLine {
			continue
		}
		var c cue
		switch {
		case strings.HasPrefix(t, "@"):
			if c.head(strings.TrimSpace(t[1:])) {
				f.know(c.names)
			}
		case t == "" && f.rows[i].Kind == KindNote:
			if b, ok := noteCast(f.rows[i].Text); ok {
				f.know(castNames(b.value))
			}
		case hasHan(t) && f.above(i):
			if b, ok := labelAt(t, narrowed(t)); ok && b.field == fieldCast {
				f.know(castNames(b.value))
			} else if !f.below(i) && c.head(t) && !isLabel(c.names) && shortNames(c.names) {
				for _, n := range c.names {
					bare[nameKey(n)]++
				}
			}
		}
	}
	for key, n := range bare {
		if n > 1 {
			f.names[key] = true
		}
	}
}

func (f *fountain) know(names []string) {
	for _, n := range names {
		f.names[nameKey(n)] = true
	}
}

// shortNames says whether all names have at most five signs and none is a word for something else.
func shortNames(names []string) bool {
	for _, n := range names {
		key := nameKey(n)
		if utf8.RuneCountInString(key) > 5 || noteWord(key) || timeWord(key) || interiorWord(key) != "" {
			return false
		}
	}
	return true
}

// cast reads 人物：甲、乙 inside a scene, as Chinese writers put it below a heading.
func (f *fountain) cast(r *row, t string) bool {
	if f.scene == nil || !hasHan(t) {
		return false
	}
	b, ok := labelAt(t, narrowed(t))
	if !ok || b.field != fieldCast {
		return false
	}
	r.Kind = KindCast
	b.apply(f.scene)
	return true
}

// castNote reads the cast list in a note of its own, as this package writes it.
func (f *fountain) castNote(r *row) {
	if f.scene == nil || r.Kind != KindNote || r.long {
		return
	}
	if b, ok := noteCast(r.Text); ok {
		r.Kind = KindCast
		b.apply(f.scene)
	}
}

// noteCast reads [[人物：甲、乙]].
func noteCast(text string) (label, bool) {
	text, opened := strings.CutPrefix(strings.TrimSpace(visible(text)), "[[")
	text, closed := strings.CutSuffix(text, "]]")
	if !opened || !closed || strings.Contains(text, "]]") {
		return label{}, false
	}
	b, ok := labelAt(text, narrowed(text))
	return b, ok && b.field == fieldCast
}
