package tally

// Likeness tells how alike two names are, from 0 to 100: the share of runes that need no change, and of neighbours that
// both have, on their NameKey. It is for suggestions only: 100 is the same name, and whatever is below needs an alias that
// somebody approves (R8).
func Likeness(a, b string) int {
	return LikeTo(a).To(b)
}

// Liked is a name that many others are held against.
type Liked struct {
	key  []rune
	held map[rune]int // how often each rune stands in it
}

// LikeTo prepares a name.
func LikeTo(name string) Liked {
	l := Liked{key: []rune(NameKey(name)), held: make(map[rune]int)}
	for _, r := range l.key {
		l.held[r]++
	}
	return l
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
	a, b := l.key, []rune(key)
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if string(a) == key {
		return 100
	}
	a, b = a[:min(len(a), longestLiked)], b[:min(len(b), longestLiked)]
	long, common := max(len(a), len(b)), l.common(b)
	if common*100 < hardly*long/2 {
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
func (l Liked) common(b []rune) int {
	n := 0
	for i, r := range b {
		before := 0
		for _, x := range b[:i] {
			if x == r {
				before++
			}
		}
		if before < l.held[r] {
			n++
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
		if string(b[i:i+len(a)]) == string(a) {
			return true
		}
	}
	return false
}
