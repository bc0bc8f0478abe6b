package studio

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxMentions bounds how many places of one note may name somebody.
const maxMentions = 50

// called is somebody who may be mentioned, by the name that people write.
type called struct{ id, name string }

// isAt tells whether a character is an @, of whatever width.
func isAt(r rune) bool { return r == '@' || r == '＠' || r == '﹫' }

// findMentions finds who is named in a note: an @ with the longest name of one of the people right behind it, compared
// after NFKC and without case. An @ right behind a letter or digit belongs to an address and is none; a name that ends
// in a letter or digit ends where no further one follows. Chinese needs neither blanks nor punctuation, before or
// behind, and so counts for neither. A name that several people have is settled by chosen, never by guessing.
func findMentions(text string, people []called, chosen []MentionIn) ([]Mention, error) {
	want, err := settled(chosen)
	if err != nil {
		return nil, err
	}
	out := []Mention{}
	sp, names := spell(text), namesOf(people)
	for i := 0; i < len(sp.starts); i++ {
		length, who := sp.namedAt(i, names)
		if len(who) == 0 {
			continue
		}
		m := Mention{Start: sp.runes[i], PersonID: who[0].id, Name: who[0].name}
		// A name ends where a piece begins, or where the text ends.
		next, _ := slices.BinarySearch(sp.starts, sp.starts[i]+1+length)
		m.Length = sp.runeAt(next) - m.Start
		id, given := want[m.Start]
		switch at := slices.IndexFunc(who, func(p called) bool { return p.id == id }); {
		case given && at < 0:
			return nil, strayMention()
		case given:
			m.PersonID, m.Name = who[at].id, who[at].name
		case len(who) > 1:
			return nil, severalCalled(len(who), m.Name)
		}
		delete(want, m.Start)
		if out = append(out, m); len(out) > maxMentions {
			return nil, wrong("text", "一条批注最多 @ 50 处", "a note mentions people in at most 50 places")
		}
		i = next - 1
	}
	if len(want) > 0 {
		return nil, strayMention()
	}
	return out, nil
}

// settled is who was chosen, by place. One @ means one person.
func settled(chosen []MentionIn) (map[int]string, error) {
	want := map[int]string{}
	for _, c := range chosen {
		if id, have := want[c.Start]; have && id != c.PersonID {
			return nil, strayMention()
		}
		want[c.Start] = c.PersonID
	}
	return want, nil
}

func strayMention() error {
	return wrong("mentions", "点选的人和文字里 @ 的名字对不上，请重新点选", "who was chosen does not match the name behind the @; choose again")
}

func severalCalled(n int, name string) error {
	e := wrong("mentions", fmt.Sprintf("有 %d 位「%s」，请点选是哪一位", n, name), fmt.Sprintf("%d people are called “%s”; choose which one is meant", n, name))
	e.Code = "note.who"
	return e
}

// compared is how names and texts are compared: after NFKC and without case.
func compared(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

// spelled is a text as names are compared, in pieces that cannot be taken apart: a character with its marks.
type spelled struct {
	text   string
	starts []int // where each piece begins in text, in bytes
	runes  []int // where it begins in the original, in characters
	count  int   // characters of the original
}

func spell(text string) spelled {
	var sp spelled
	var b strings.Builder
	if !strings.ContainsFunc(text, isAt) {
		return sp // nobody is named
	}
	for len(text) > 0 {
		n := norm.NFKC.NextBoundaryInString(text, true)
		if n <= 0 {
			n = len(text)
		}
		sp.starts, sp.runes = append(sp.starts, b.Len()), append(sp.runes, sp.count)
		b.WriteString(compared(text[:n]))
		sp.count += utf8.RuneCountInString(text[:n])
		text = text[n:]
	}
	sp.text = b.String()
	return sp
}

// runeAt is where piece i begins in the original; behind the last one it ends.
func (sp spelled) runeAt(i int) int {
	if i == len(sp.runes) {
		return sp.count
	}
	return sp.runes[i]
}

// namedAt tells who is named behind piece i when that is an @, and how long the name is in bytes of the compared text.
func (sp spelled) namedAt(i int, names namebook) (int, []called) {
	at := sp.starts[i]
	if sp.text[at:] == "" || sp.text[at] != '@' {
		return 0, nil
	}
	begin := at + 1
	if last, _ := utf8.DecodeLastRuneInString(sp.text[:at]); spaced(last) || !sp.cut(begin) {
		return 0, nil
	}
	rest := sp.text[begin:]
	for _, n := range names.lengths {
		if n > len(rest) || !sp.cut(begin+n) {
			continue
		}
		who := names.people[rest[:n]]
		end, _ := utf8.DecodeLastRuneInString(rest[:n])
		next, _ := utf8.DecodeRuneInString(rest[n:])
		if len(who) > 0 && !(spaced(end) && spaced(next)) {
			return n, who
		}
	}
	return 0, nil
}

// cut tells whether the compared text may be cut at a byte: where a piece begins, and at its end.
func (sp spelled) cut(at int) bool {
	if at == len(sp.text) {
		return true
	}
	_, ok := slices.BinarySearch(sp.starts, at)
	return ok
}

// spaced tells whether r is a letter or digit of a script that puts something between a name and the next word.
func spaced(r rune) bool {
	if r == utf8.RuneError || r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// namebook finds people by their compared names.
type namebook struct {
	people  map[string][]called
	lengths []int // of the names in bytes, longest first
}

func namesOf(people []called) namebook {
	out := namebook{people: map[string][]called{}}
	for _, p := range people {
		key := compared(p.name)
		if key == "" {
			continue
		}
		if out.people[key] == nil {
			out.lengths = append(out.lengths, len(key))
		}
		out.people[key] = append(out.people[key], p)
	}
	slices.Sort(out.lengths)
	out.lengths = slices.Compact(out.lengths)
	slices.Reverse(out.lengths)
	return out
}
