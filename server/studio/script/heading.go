package script

import (
	"strings"
	"unicode/utf8"
)

// headingParts is what the words of a scene heading say once its number is off.
type headingParts struct {
	place, time, interior string
	cast                  []string
	deleted               bool
	// times and interiors count the words found; a heading is trusted by them.
	times, interiors int
}

// readHeading takes a heading's words apart, in any order: 日 内 地点, 地点 深夜 外, 地点：X，夜，内；出场人物：….
func readHeading(clean string) headingParts {
	var p headingParts
	flat := narrowed(clean)
	cuts := inlineLabel.FindAllStringSubmatchIndex(flat, -1)
	if len(cuts) == 0 {
		p.words(p.columns(clean))
		return p
	}
	p.words(clean[:len(clean)-len(after(clean, flat, cuts[0][0]))])
	for i, m := range cuts {
		value := after(clean, flat, m[1])
		if i+1 < len(cuts) {
			value = value[:len(value)-len(after(clean, flat, cuts[i+1][0]))]
		}
		p.labelled(flat[m[2]:m[3]], strings.Trim(value, " \u3000\t;；,，|｜"))
	}
	return p
}

// columns takes the cast off a heading that is a row of a table: 日 TAB 内 TAB 后台 TAB 林晚、陆沉舟.
func (p *headingParts) columns(clean string) string {
	i := strings.LastIndexByte(clean, '\t')
	if i < 0 || strings.Count(clean, "\t") < 2 || !strings.Contains(clean[i:], "、") {
		return clean
	}
	p.cast = append(p.cast, castNames(clean[i+1:])...)
	return clean[:i]
}

func (p *headingParts) labelled(key, value string) {
	switch labelField(key) {
	case fieldCast:
		p.cast = append(p.cast, castNames(value)...)
	case fieldPlace:
		before := p.place
		p.place = ""
		p.words(value)
		if p.place == "" {
			p.place = before
		}
	default:
		p.words(value)
	}
}

// words reads the fields between blanks and keeps what is no time and no side as the place.
func (p *headingParts) words(clean string) {
	clean = p.remarks(clean)
	var place []string
	for field := range strings.FieldsFuncSeq(clean, func(r rune) bool { return strings.ContainsRune(" []【】", narrow(r)) }) {
		core := trimSeparators(field)
		if core == "" || p.take(core) {
			continue
		}
		if left := p.split(core); left != "" {
			place = append(place, left)
		}
	}
	text := trimSeparators(strings.Join(place, " "))
	if p.interiors == 0 && p.times > 0 {
		text = p.leadingSide(text)
	}
	if text != "" {
		p.place = strings.TrimSpace(p.place + " " + text)
	}
}

// leadingSide reads 内地点 as 内 and 地点, but leaves 外婆家 whole.
func (p *headingParts) leadingSide(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	r := simplified(first)
	if r != '内' && r != '外' || size == len(text) || outerPlaces(narrowed(text)) {
		return text
	}
	p.side(string(r))
	return text[size:]
}

// remarks takes brackets off that say nothing about the place: （删）, （闪回）, （夜）.
func (p *headingParts) remarks(clean string) string {
	flat := narrowed(clean)
	from := 0
	for {
		open := strings.IndexByte(flat[from:], '(')
		if open < 0 {
			return clean
		}
		open += from
		end := strings.IndexByte(flat[open:], ')')
		if end < 0 {
			return clean
		}
		inside := strings.TrimSpace(flat[open+1 : open+end])
		from = open + end + 1
		if !deletedWord(inside) && !remarkWord(inside) && !p.take(inside) {
			continue
		}
		p.deleted = p.deleted || deletedWord(inside)
		tail := after(clean, flat, from)
		clean = clean[:len(clean)-len(after(clean, flat, open))] + " " + tail
		flat, from = narrowed(clean), open+1
	}
}

// take consumes a word made wholly of times and sides: 日, 夜内, 日/夜, 日转夜, 内/外.
func (p *headingParts) take(word string) bool {
	flat := narrowed(word)
	if side := interiorWord(flat); side != "" {
		p.side(side)
		return true
	}
	if timeWord(flat) {
		p.at(word)
		return true
	}
	times, sides, rest := compound(flat)
	if rest != "" || times+sides == "" {
		return false
	}
	if times != "" {
		p.at(times)
	}
	if sides != "" {
		p.side(sides)
	}
	return true
}

func (p *headingParts) side(s string) {
	p.interiors++
	if p.interior != "" && p.interior != s {
		s = "内/外"
	}
	p.interior = s
}

func (p *headingParts) at(s string) {
	p.times++
	s = chineseTime(s)
	p.time = strings.TrimSpace(p.time + " " + s)
}

// split consumes the parts of a word joined by separators, 内景.地点 or 日-内-办公室, and gives back the rest. A word
// such as 日内办公室 gives up its front only when that holds both a time and a side.
func (p *headingParts) split(core string) string {
	flat := narrowed(core)
	if times, sides, rest := compound(flat); times != "" && sides != "" {
		p.at(times)
		p.side(sides)
		return trimSeparators(core[len(core)-len(after(core, flat, len(flat)-len(rest))):])
	}
	var left strings.Builder
	kept := ""
	for core != "" {
		i := strings.IndexFunc(core, func(r rune) bool { return strings.ContainsRune(",/|;、·.:-", narrow(r)) })
		part, mark := core, ""
		if i >= 0 {
			_, size := utf8.DecodeRuneInString(core[i:])
			part, mark, core = core[:i], core[i:i+size], core[i+size:]
		} else {
			core = ""
		}
		if part == "" || !p.take(part) {
			left.WriteString(kept + part)
			kept = mark
		}
	}
	return trimSeparators(left.String())
}

// trimSeparators takes the marks off that stand between the words of a heading.
func trimSeparators(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return strings.ContainsRune(" -,/|;、·.:。_*", narrow(r)) })
}

// compound reads times and sides from the front of a narrowed word, longest word first, and gives what is left.
func compound(flat string) (times, sides, rest string) {
	rest = flat
	for rest != "" {
		word := ""
		if !outerPlaces(rest) {
			word = longestWord(rest)
		}
		if word == "" {
			break
		}
		if side := interiorWord(word); side != "" {
			if sides != "" && sides != side {
				side = "内/外"
			}
			sides = side
		} else {
			times += joiner(times, flat, rest) + word
		}
		next := strings.TrimPrefix(rest, word)
		cut := strings.TrimLeft(next, "/、,-转·|.")
		rest = cut
	}
	return times, sides, rest
}

// joiner gives the mark written before rest, so that 日转夜 keeps its 转.
func joiner(times, flat, rest string) string {
	if times == "" {
		return ""
	}
	r, _ := utf8.DecodeLastRuneInString(flat[:len(flat)-len(rest)])
	if strings.ContainsRune("/、,-转·|.", r) {
		return string(r)
	}
	return ""
}

// longestWord finds the longest time or side at the front of s; no such word has more than five runes.
func longestWord(s string) string {
	best, n := "", 0
	for i, r := range s {
		if n++; n > 5 {
			break
		}
		if w := s[:i+utf8.RuneLen(r)]; interiorWord(w) != "" || timeWord(w) {
			best = w
		}
	}
	return best
}
