package tally

import "slices"

// Likeness tells how alike two names are, from 0 to 100: the share of runes that need no change, and of neighbours that
// both have, on their NameKey. It is for suggestions only: 100 is the same name, and whatever is below needs an alias that
// somebody approves (R8).
func Likeness(a, b string) int {
	return LikeTo(a).To(b)
}

// Liked is a name that many others are held against.
type Liked struct {
	key   string
	runes []rune
}

// LikeTo prepares a name.
func LikeTo(name string) Liked {
	key := NameKey(name)
	return Liked{key: key, runes: []rune(key)}
}

// longestLiked bounds the runes that are compared; the rest of a name changes little.
const longestLiked = 64

// hardly is what names below are told as: no suggestion comes of them.
const hardly = 30

// To is Likeness with another name.
func (l Liked) To(name string) int {
	return l.ToKey(NameKey(name))
}

// ToKey is To for a name whose NameKey is known.
func (l Liked) ToKey(key string) int {
	switch {
	case l.key == "" || key == "":
		return 0
	case l.key == key:
		return 100
	}
	var room [longestLiked]rune
	b := room[:0]
	for _, r := range key {
		if len(b) == longestLiked {
			break
		}
		b = append(b, r)
	}
	a := l.runes[:min(len(l.runes), longestLiked)]
	long := max(len(a), len(b))
	if common(a, b)*100 < hardly*long/2 {
		return 0
	}
	same := 100 * (long - distance(a, b)) / long
	like := (2*same + neighbours(a, b)) / 3
	if short := min(len(a), len(b)); short > 1 && (within(a, b) || within(b, a)) {
		like = max(like, 50+50*short/long) // 第二季, a platform's addition
	}
	if like < hardly {
		return 0
	}
	return min(like, 99)
}

// common counts the runes that both have, which is quick and says that most names have nothing to do with each other.
func common(a, b []rune) int {
	var used [longestLiked]bool
	n := 0
	for _, r := range a {
		for j, x := range b {
			if x == r && !used[j] {
				used[j] = true
				n++
				break
			}
		}
	}
	return n
}

// distance is how many runes have to be put in, taken out or changed to make b of a.
func distance(a, b []rune) int {
	var room [longestLiked + 1]int
	row := room[:len(b)+1]
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := corner
			if x != y {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}

// neighbours is the share of pairs of runes that both names have, in percent.
func neighbours(a, b []rune) int {
	if len(a) < 2 || len(b) < 2 {
		return 0
	}
	var used [longestLiked]bool
	shared := 0
	for i := range len(a) - 1 {
		for j := range len(b) - 1 {
			if !used[j] && a[i] == b[j] && a[i+1] == b[j+1] {
				used[j] = true
				shared++
				break
			}
		}
	}
	return 200 * shared / (len(a) + len(b) - 2)
}

// within tells whether all of a stands in b in one piece.
func within(a, b []rune) bool {
	for i := range len(b) - len(a) + 1 {
		if slices.Equal(b[i:i+len(a)], a) {
			return true
		}
	}
	return false
}
