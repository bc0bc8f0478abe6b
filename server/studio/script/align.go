package script

import "slices"

// The bounds of Align, in pairs of lines and in steps of dividing: beyond them only equal lines are found.
const (
	alignPairs = 40_000
	alignDepth = 40
	likeLine   = 30 // lines are two forms of one from here on, in percent
)

// Align finds for each new line which of the old ones it is: the same, one that differs in punctuation, or an edited
// one; -1: a new one. Pairs are in order, except for equal lines that merely stand elsewhere.
func Align(was, is []Line) []int {
	a := aligner{was: views(was), is: views(is), out: make([]int, len(is))}
	for i := range a.out {
		a.out[i] = -1
	}
	a.between(0, len(was), 0, len(is), alignDepth)
	a.elsewhere()
	return a.out
}

// view is what Align compares of a line.
type view struct {
	key     string
	kind    Kind
	speaker string
	pairs   []uint64 // the different pairs of neighbouring characters, sorted
}

type aligner struct {
	was, is []view
	out     []int
}

func views(lines []Line) []view {
	out := make([]view, len(lines))
	for i := range lines {
		out[i] = view{key: Key(lines[i].Text), kind: lines[i].Kind, speaker: nameKey(lines[i].Speaker)}
	}
	return out
}

func (v *view) bigrams() []uint64 {
	if v.pairs == nil {
		before := rune(0)
		for _, r := range v.key {
			v.pairs = append(v.pairs, uint64(before)<<32|uint64(r))
			before = r
		}
		slices.Sort(v.pairs)
		v.pairs = slices.Compact(v.pairs)
	}
	return v.pairs
}

// between aligns was[a:b] with is[c:d]: equal ends first, then around lines that each side has once.
func (x *aligner) between(a, b, c, d, depth int) {
	for a < b && c < d && x.was[a].key == x.is[c].key {
		x.out[c] = a
		a, c = a+1, c+1
	}
	for a < b && c < d && x.was[b-1].key == x.is[d-1].key {
		b, d = b-1, d-1
		x.out[d] = b
	}
	if a == b || c == d {
		return
	}
	if depth == 0 {
		x.equals(a, b, c, d)
		return
	}
	anchors := x.anchors(a, b, c, d)
	if len(anchors) == 0 {
		x.gap(a, b, c, d)
		return
	}
	for _, p := range anchors {
		x.out[p[1]] = p[0]
		x.between(a, p[0], c, p[1], depth-1)
		a, c = p[0]+1, p[1]+1
	}
	x.between(a, b, c, d, depth-1)
}

// anchors are the longest row of lines that stand once on each side, in the same order on both.
func (x *aligner) anchors(a, b, c, d int) [][2]int {
	type places struct{ was, is, n, m int }
	at := map[string]*places{}
	for i := a; i < b; i++ {
		p := at[x.was[i].key]
		if p == nil {
			p = &places{}
			at[x.was[i].key] = p
		}
		p.was, p.n = i, p.n+1
	}
	for j := c; j < d; j++ {
		if p := at[x.is[j].key]; p != nil {
			p.is, p.m = j, p.m+1
		}
	}
	var pairs [][2]int
	for j := c; j < d; j++ {
		if p := at[x.is[j].key]; p != nil && p.n == 1 && p.m == 1 {
			pairs = append(pairs, [2]int{p.was, j})
		}
	}
	keep := Rising(len(pairs), func(i int) int { return pairs[i][0] })
	var out [][2]int
	for i, p := range pairs {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// Rising marks the longest row of values that only rise, out of n different ones.
func Rising(n int, value func(int) int) []bool {
	var tops []int // place of the smallest end of a row of each length
	before := make([]int, n)
	for i := range n {
		at, _ := slices.BinarySearchFunc(tops, value(i), func(j, v int) int { return value(j) - v })
		before[i] = -1
		if at > 0 {
			before[i] = tops[at-1]
		}
		if at == len(tops) {
			tops = append(tops, i)
		} else {
			tops[at] = i
		}
	}
	keep := make([]bool, n)
	if len(tops) == 0 {
		return keep
	}
	for i := tops[len(tops)-1]; i >= 0; i = before[i] {
		keep[i] = true
	}
	return keep
}

// gap pairs what has no anchor: the best sum of equal and similar lines, in order.
func (x *aligner) gap(a, b, c, d int) {
	n, m := b-a, d-c
	if n > alignPairs/m {
		x.equals(a, b, c, d)
		return
	}
	best := make([]int, (n+1)*(m+1))
	pair := make([]int, n*m)
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			v := x.worth(a+i, c+j, n == 1 && m == 1)
			pair[i*m+j] = v
			at := max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			if v > 0 {
				at = max(at, v+best[(i+1)*(m+1)+j+1])
			}
			best[i*(m+1)+j] = at
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		v, here := pair[i*m+j], best[i*(m+1)+j]
		switch {
		case v > 0 && here == v+best[(i+1)*(m+1)+j+1]:
			x.out[c+j] = a + i
			i, j = i+1, j+1
		case here == best[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
}

// worth is how much speaks for two lines being one; 0: nothing.
func (x *aligner) worth(i, j int, alone bool) int {
	was, is := &x.was[i], &x.is[j]
	if was.key == is.key {
		return 1000
	}
	if was.kind != is.kind {
		return 0
	}
	like := overlap(was.bigrams(), is.bigrams())
	said := was.kind == KindSpeech && was.speaker != "" && was.speaker == is.speaker
	switch {
	case like >= likeLine && said:
		return 100 + 5*like
	case like >= likeLine || said || alone || was.kind == KindScene || was.kind == KindCast:
		return 50 + 5*like
	}
	return 0
}

// equals pairs equal lines of two very long stretches, each with the next one behind the last.
func (x *aligner) equals(a, b, c, d int) {
	at := map[string][]int{}
	for i := b - 1; i >= a; i-- {
		at[x.was[i].key] = append(at[x.was[i].key], i)
	}
	next := a
	for j := c; j < d; j++ {
		left := at[x.is[j].key]
		for len(left) > 0 && left[len(left)-1] < next {
			left = left[:len(left)-1]
		}
		if len(left) > 0 && left[len(left)-1]-next <= 2*(j-c)+1000 {
			x.out[j] = left[len(left)-1]
			next, left = left[len(left)-1]+1, left[:len(left)-1]
		}
		at[x.is[j].key] = left
	}
}

// elsewhere pairs equal lines that are left on both sides: they only moved.
func (x *aligner) elsewhere() {
	used := make([]bool, len(x.was))
	for _, i := range x.out {
		if i >= 0 {
			used[i] = true
		}
	}
	left := map[string][]int{}
	for i := range x.was {
		if !used[i] {
			left[x.was[i].key] = append(left[x.was[i].key], i)
		}
	}
	for j := range x.is {
		if at := left[x.is[j].key]; x.out[j] < 0 && len(at) > 0 {
			x.out[j], left[x.is[j].key] = at[0], at[1:]
		}
	}
}
