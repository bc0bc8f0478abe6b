package script

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Key is the form under which two lines are the same text: folded, without punctuation, blanks and action marks.
// Signs that carry a meaning stay: those between two digits (1.5, 19:30), per cent, plus and currencies. A line of
// nothing but punctuation is its own key.
func Key(s string) string {
	folded := []rune(Fold(s))
	var b strings.Builder
	for i, r := range folded {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), strings.ContainsRune("%‰+$¥€£", r):
			b.WriteRune(r)
		case strings.ContainsRune(".:/-", r) && i > 0 && i+1 < len(folded) && unicode.IsNumber(folded[i-1]) && unicode.IsNumber(folded[i+1]):
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return string(folded)
	}
	return b.String()
}

// Known is a scene as it is recognised: how it is called and what it says.
type Known struct {
	Episode int
	Label   string
	Heading string
	Place   string
	Lines   []Line
	Last    bool // taken only when nothing else fits as well: it is no longer in the script
}

// heads says whether a line belongs to a scene's heading rather than to its text.
func (l *Line) heads() bool { return l.Kind == KindScene || l.Kind == KindCast }

// face is what Match compares of a scene.
type face struct {
	label   string // with its episode
	name    string // the heading without the label
	episode int
	body    string
	weight  int // of the body: Chinese characters, others a third
	print   []uint64
	last    bool
}

// The scores of Match. Likeness is in percent, the rest is added to it.
const (
	likeNamed   = 40 // scenes of one label are the same from here on
	likeAny     = 55 // others from here
	plusLabel   = 15
	plusName    = 10
	plusEpisode = 5
	minusLast   = 8
	enough      = 12 // weight of a body that says by itself which scene it is
	maxAlike    = 24 // scenes that share a piece of text before it says nothing
)

// Match finds for each scene of a new version which scene of the one before it is; -1: a new one. Each is taken once.
// Set holds what was decided by hand, by place in is: a place in was, or -1. Same text under the same label comes
// first, then the same text anywhere, then the likest text, then the same label with the same heading. It takes time
// by the number of scenes and the length of what changed, not by the product of all.
func Match(was, is []Known, set map[int]int) []int {
	m := matcher{seed: maphash.MakeSeed(), out: make([]int, len(is)), taken: make([]bool, len(was))}
	for i := range was {
		m.was = append(m.was, m.face(&was[i]))
	}
	for i := range is {
		m.is = append(m.is, m.face(&is[i]))
		m.out[i] = -1
	}
	m.done = make([]bool, len(is))
	for i, at := range set {
		m.done[i], m.out[i] = true, at
		if at >= 0 {
			m.taken[at] = true
		}
	}
	whole := func(f *face) string { return f.label + "\x00" + f.body }
	m.equal(whole, whole)
	m.equal(func(f *face) string { return bodyKey(f, true) }, func(f *face) string { return bodyKey(f, true) })
	m.equal(func(f *face) string { return bodyKey(f, false) }, func(f *face) string { return bodyKey(f, false) })
	m.likest()
	named := func(f *face) string {
		if f.name == "" {
			return ""
		}
		return f.label + "\x00" + f.name
	}
	m.equal(named, named)
	// A scene without any text, such as one added by hand, is known by its label alone.
	m.equal(func(f *face) string {
		if f.body != "" {
			return ""
		}
		return f.label
	}, func(f *face) string { return f.label })
	return m.out
}

type matcher struct {
	seed  maphash.Seed
	was   []face
	is    []face
	out   []int
	done  []bool // of is
	taken []bool // of was
}

func bodyKey(f *face, near bool) string {
	switch {
	case f.weight < enough:
		return ""
	case near:
		return strconv.Itoa(f.episode) + "\x00" + f.body
	}
	return f.body
}

func (m *matcher) face(k *Known) face {
	label := Fold(k.Label)
	name := strings.Replace(Fold(k.Heading), label, "", 1)
	if label == "" {
		label = name
	}
	f := face{label: strconv.Itoa(k.Episode) + "\x00" + label, name: Key(name), episode: k.Episode, last: k.Last}
	var b strings.Builder
	for i := range k.Lines {
		if l := &k.Lines[i]; !l.heads() {
			b.WriteString(Key(l.Text))
			b.WriteByte('\n')
		}
	}
	f.body = b.String()
	f.weight = weigh(f.body)
	f.print = m.shingles(f.body)
	return f
}

// weigh counts how much a text says: a Chinese character is a syllable, a letter about a third of one.
func weigh(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			n += 3
		case r != '\n':
			n++
		}
	}
	return n / 3
}

// shingles are the different runs of three characters of a text, as sorted hashes.
func (m *matcher) shingles(body string) []uint64 {
	var out []uint64
	var at [4]int // where the last four characters begin
	n := 0
	for i := range body {
		at[0], at[1], at[2], at[3] = at[1], at[2], at[3], i
		if n++; n > 3 {
			out = append(out, maphash.String(m.seed, body[at[0]:i]))
		}
	}
	if n >= 3 {
		out = append(out, maphash.String(m.seed, body[at[1]:]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// overlap is how much two prints have in common, in percent.
func overlap(a, b []uint64) int {
	if len(a)+len(b) == 0 {
		return 100
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 200 * common / (len(a) + len(b))
}

// equal takes scenes whose keys are equal, in their order; those that are no longer in the script last. An empty key fits nothing.
func (m *matcher) equal(wasKey, isKey func(*face) string) {
	left := map[string][]int{}
	for _, last := range []bool{false, true} {
		for i := range m.was {
			if f := &m.was[i]; !m.taken[i] && f.last == last {
				if k := wasKey(f); k != "" {
					left[k] = append(left[k], i)
				}
			}
		}
	}
	for i := range m.is {
		if m.done[i] {
			continue
		}
		k := isKey(&m.is[i])
		if at := left[k]; k != "" && len(at) > 0 {
			m.take(i, at[0])
			left[k] = at[1:]
		}
	}
}

func (m *matcher) take(i, at int) { m.out[i], m.done[i], m.taken[at] = at, true, true }

// fit is a pair of scenes that may be one.
type fit struct{ is, was, score int }

// likest takes the likest pairs first. Candidates are found by the pieces of text that few scenes share, and by label.
func (m *matcher) likest() {
	where, named := map[uint64][]int{}, map[string][]int{}
	for i := range m.was {
		if m.taken[i] {
			continue
		}
		named[m.was[i].label] = append(named[m.was[i].label], i)
		for _, h := range m.was[i].print {
			where[h] = append(where[h], i)
		}
	}
	var fits []fit
	for i := range m.is {
		if m.done[i] {
			continue
		}
		for _, at := range m.candidates(&m.is[i], where, named) {
			if score := m.score(i, at); score > 0 {
				fits = append(fits, fit{i, at, score})
			}
		}
	}
	slices.SortFunc(fits, func(a, b fit) int {
		return cmp.Or(b.score-a.score, abs(a.is-a.was)-abs(b.is-b.was), a.is-b.is, a.was-b.was)
	})
	for _, f := range fits {
		if !m.done[f.is] && !m.taken[f.was] {
			m.take(f.is, f.was)
		}
	}
}

// candidates are the scenes of the same label and the eight that share most rare pieces of text.
func (m *matcher) candidates(f *face, where map[uint64][]int, named map[string][]int) []int {
	shared := map[int]int{}
	for _, h := range f.print {
		if at := where[h]; len(at) <= maxAlike {
			for _, i := range at {
				shared[i]++
			}
		}
	}
	out := make([]int, 0, len(shared))
	for i := range shared {
		out = append(out, i)
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Or(shared[b]-shared[a], a-b) })
	out = out[:min(len(out), 8)]
	for _, i := range named[f.label] {
		if !slices.Contains(out, i) {
			out = append(out, i)
		}
		if len(out) > 16 {
			break
		}
	}
	return out
}

func (m *matcher) score(i, at int) int {
	is, was := &m.is[i], &m.was[at]
	like := overlap(is.print, was.print)
	score, least := like, likeAny
	if is.label == was.label {
		score, least = score+plusLabel, likeNamed
	} else if min(is.weight, was.weight) < enough && is.name != was.name {
		return 0
	}
	if like < least || len(is.print) == 0 {
		return 0
	}
	if is.name == was.name {
		score += plusName
	}
	if is.episode == was.episode {
		score += plusEpisode
	}
	if was.last {
		score -= minusLast
	}
	return score
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// Likeness is how much two texts have in common, in percent; headings do not count.
func Likeness(was, is []Line) int {
	m := matcher{seed: maphash.MakeSeed()}
	a, b := m.face(&Known{Lines: was}), m.face(&Known{Lines: is})
	if a.body == b.body {
		return 100
	}
	return min(overlap(a.print, b.print), 99)
}
