package studio

import (
	"slices"
	"strings"
	"unicode"

	"chouka/store"

	"github.com/mozillazg/go-pinyin"
)

// Matched says how a typed text was found in a name.
type Matched string

// The ways of finding a name.
const (
	ByText     Matched = "text"
	ByPinyin   Matched = "pinyin"
	ByInitials Matched = "initials"
)

const (
	// findSpan is how many characters behind each place of a name the index holds. What is typed is seldom longer; the rest is compared in the name.
	findSpan = 12
	// findReadings is how many spellings of one place are held where characters have several readings (沙厦长行).
	findReadings = 12
)

// spelling is a name as it is looked for: its letters and digits, folded, and how each may be read. Marks count for nothing.
type spelling struct {
	text     string
	runes    []rune // of text
	readings [][]string
}

// speller knows the readings of characters. The dictionary is compiled in, so an index made today is the same tomorrow.
type speller struct{ args pinyin.Args }

func newSpeller() speller {
	a := pinyin.NewArgs()
	a.Heteronym = true
	return speller{a}
}

func (s speller) spell(name string) spelling {
	x := spelling{text: lettersOf(name)}
	x.runes = []rune(x.text)
	for _, r := range x.runes {
		x.readings = append(x.readings, s.read(r))
	}
	return x
}

// lettersOf is a name without marks, folded.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, nameKey(name))
}

// read gives the readings of a character, each once; a letter reads as itself. Rare ones beyond three are left out.
func (s speller) read(r rune) []string {
	if r < unicode.MaxASCII {
		return []string{string(r)}
	}
	var out []string
	for _, reading := range pinyin.SinglePinyin(r, s.args) { // the commonest first; without tones some are the same
		if !slices.Contains(out, reading) && len(out) < 3 {
			out = append(out, reading)
		}
	}
	return out
}

// findKeys are the keys under which a record is found by its names: every tail of each, as it is written, as it is read
// and by its initials. Beginnings sort before insides.
func findKeys(names []string) []store.Key {
	s := newSpeller()
	var keys []store.Key
	for _, name := range names {
		x := s.spell(name)
		for i := range x.runes {
			keys = append(keys, findKey(ByText, i > 0, string(x.runes[i:min(len(x.runes), i+findSpan)])))
			tail := x.readings[i:min(len(x.readings), i+findSpan)]
			for _, p := range spellings(tail, func(r string) string { return r }) {
				keys = append(keys, findKey(ByPinyin, i > 0, p))
			}
			for _, p := range spellings(tail, func(r string) string { return r[:1] }) {
				keys = append(keys, findKey(ByInitials, i > 0, p))
			}
		}
	}
	return keys // the collection sorts them and drops those that are there twice
}

// findKey ends a text, so that it can be stored; findHead is what it begins with.
func findKey(how Matched, inside bool, text string) store.Key {
	return findHead(how, inside).Text(text)
}

func findHead(how Matched, inside bool) store.Key {
	class := byte(slices.Index([]Matched{ByText, ByPinyin, ByInitials}, how))
	return store.K().Byte(class).Bool(inside)
}

// spellings joins one reading of each character in every way, the commonest first, up to findReadings of them. A
// character that has no reading ends them: what is behind it has tails of its own.
func spellings(readings [][]string, part func(string) string) []string {
	out := []string{""}
	for i, of := range readings {
		var parts []string
		for _, r := range of {
			if p := part(r); !slices.Contains(parts, p) {
				parts = append(parts, p)
			}
		}
		if len(parts) == 0 {
			if i == 0 {
				return nil
			}
			return out
		}
		if len(out)*len(parts) > findReadings {
			parts = parts[:1]
		}
		next := make([]string, 0, len(out)*len(parts))
		for _, p := range parts {
			for _, head := range out {
				next = append(next, head+p)
			}
		}
		out = next
	}
	return out
}

// sought is what somebody typed, made ready for comparing.
type sought struct {
	key   string // as nameKey gives it, for long texts
	text  string // as lettersOf gives it, for names
	runes []rune // of text
}

func newSought(q string) sought {
	text := lettersOf(q)
	return sought{key: nameKey(q), text: text, runes: []rune(text)}
}

// in says how a name holds what was typed and where: 0 it is the name, 1 it begins it, 2 it is inside.
func (q sought) in(x spelling) (how Matched, where int, ok bool) {
	if q.text == "" {
		return "", 0, false
	}
	switch at := strings.Index(x.text, q.text); {
	case x.text == q.text:
		return ByText, 0, true
	case at >= 0:
		return ByText, 1 + min(at, 1), true
	}
	for _, how := range []Matched{ByPinyin, ByInitials} {
		for i := range x.runes {
			if rest, ok := x.reads(i, q.runes, how); ok {
				where := 1 + min(i, 1)
				if i == 0 && rest == 0 {
					where = 0
				}
				return how, where, true
			}
		}
	}
	return "", 0, false
}

// reads reports whether the name read from one of its characters on begins with what was typed, and how many
// characters are left behind it. Characters may stand for themselves between letters: 金沙hu finds 金沙湖.
func (x spelling) reads(i int, q []rune, how Matched) (rest int, ok bool) {
	if len(q) == 0 {
		return len(x.runes) - i, true
	}
	if i == len(x.runes) {
		return 0, false
	}
	if q[0] == x.runes[i] {
		if rest, ok := x.reads(i+1, q[1:], how); ok {
			return rest, true
		}
	}
	for _, r := range x.readings[i] {
		if how == ByInitials {
			r = r[:1]
		}
		n := min(len(r), len(q))
		if string(q[:n]) != r[:n] {
			continue
		}
		if rest, ok := x.reads(i+1, q[n:], how); ok {
			return rest, true
		}
	}
	return 0, false
}

// heads are where in the index what was typed may stand: under its first run of characters or of letters.
func (q sought) heads() []store.Key {
	var out []store.Key
	add := func(how Matched, text []rune) {
		for _, inside := range []bool{false, true} {
			out = append(out, append(findHead(how, inside), string(text[:min(len(text), findSpan)])...))
		}
	}
	add(ByText, q.runes)
	letters := slices.IndexFunc(q.runes, func(r rune) bool { return r >= unicode.MaxASCII })
	switch {
	case letters < 0:
		add(ByPinyin, q.runes)
		add(ByInitials, q.runes)
	case letters > 0:
		add(ByPinyin, q.runes[:letters])
		add(ByInitials, q.runes[:letters])
	default:
		if end := slices.IndexFunc(q.runes, func(r rune) bool { return r < unicode.MaxASCII }); end > 0 {
			add(ByText, q.runes[:end])
		}
	}
	return out
}
