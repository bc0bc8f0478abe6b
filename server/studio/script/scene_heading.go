package script

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sceneHead is what a scene heading says.
type sceneHead struct {
	label string
	// pair holds the two numbers of a label such as 1-2; major is 0 for a plain number. minor is 0 without one.
	major, minor int
	// numbered is true when the label holds a number that is part of the running count.
	numbered bool
	parts    headingParts
	// episode is set when one line heads both.
	episode *episodeHead
}

// trust says how much more a possible heading needs.
type trust int

const (
	none trust = iota
	// lone is a bare number or word: it needs label lines below it, or to be exactly the number expected.
	lone
	// loose is the same with words behind the number that name no time and no side.
	loose
	// labelled needs label lines below it.
	labelled
	sure
)

// sceneAt reads a scene heading without looking at its neighbours.
func sceneAt(clean, flat string) (sceneHead, trust) {
	if !headingSized(flat) || isEnd(flat) {
		return sceneHead{}, none
	}
	if h, t, ok := combinedAt(clean, flat); ok {
		return h, t
	}
	clean, flat = unwrap(clean, flat)
	clean, flat = unboxed(clean, flat)
	return numberedOrPlain(clean, flat)
}

func numberedOrPlain(clean, flat string) (sceneHead, trust) {
	readers := []func(clean, flat string) (sceneHead, trust){
		pairHeading, ordinalHeading, wordedHeading, countedHeading, plainHeading, insertedHeading, interiorHeading, bareHeading,
	}
	for _, read := range readers {
		if h, t := read(clean, flat); t != none {
			return h, t
		}
	}
	return sceneHead{}, none
}

// combinedAt reads a line that heads an episode and a scene: 第一集 1-1 夜 内 办公室, EP001-SC002, 第1集-第1场.
func combinedAt(clean, flat string) (sceneHead, trust, bool) {
	if !headingSized(flat) || isEnd(flat) {
		return sceneHead{}, none, false
	}
	clean, flat = unwrap(clean, flat)
	e, rest, ok := episodePrefix(clean, flat)
	if !ok || strings.ContainsAny(flat[:1], "[(") || strings.HasPrefix(flat, "【") || strings.HasPrefix(flat, "《") {
		return sceneHead{}, none, false
	}
	rest = trimSeparators(rest)
	flat = narrowed(rest)
	for _, read := range []func(clean, flat string) (sceneHead, trust){pairHeading, ordinalHeading, wordedHeading} {
		if h, t := read(rest, flat); t == sure || t != none && (t == lone || t == loose) && !sentence(flat) {
			h.episode = &e
			return h, sure, true
		}
	}
	return sceneHead{}, none, false
}

// pairHeading reads 1-1 日 内 地点, 1.2 地点 内 日, 场1-1, 1-1、地点 深夜 外.
func pairHeading(clean, flat string) (sceneHead, trust) {
	m := pairPattern.FindStringSubmatchIndex(flat)
	if m == nil {
		return sceneHead{}, none
	}
	tail := flat[m[1]:]
	if tail != "" && (tail[0] == '%' || strings.ContainsRune("-/.:", rune(tail[0])) && len(tail) > 1 && isDigit(tail[1]) || isDigit(tail[0])) {
		return sceneHead{}, none
	}
	h := sceneHead{label: cut(clean, flat, m[2], m[3])}
	h.setPair(flat[m[2]:m[3]])
	dotted := strings.Contains(flat[m[2]:m[3]], ".")
	h.parts = readHeading(strings.TrimPrefix(after(clean, flat, m[1]), "场"))
	if m[2] > 0 && !sentence(tail) {
		return h, sure
	}
	return h, h.parts.trusted(tail, dotted)
}

// trusted weighs the words behind a pair of numbers.
func (p *headingParts) trusted(tail string, dotted bool) trust {
	switch {
	case p.deleted:
		return sure
	case strings.Trim(tail, " 、.:,)") == "":
		return lone
	case strings.Contains(tail, "。") || p.times+p.interiors == 1 && sentence(tail):
		return none
	case p.times == 1 && p.interiors == 0 && p.place == "" && len(p.cast) == 0:
		return loose // 12-25 日 may be a date
	case p.times+p.interiors > 0 && (!dotted || p.times > 0 && p.interiors > 0 || p.place != ""):
		return sure
	case dotted:
		return labelled
	case utf8.RuneCountInString(tail) > 30 || strings.ContainsAny(tail, ",:") || sentence(tail):
		return none
	}
	return loose
}

// setPair reads both numbers of a label; a letter behind them marks an inserted scene.
func (h *sceneHead) setPair(label string) {
	label = strings.ReplaceAll(label, " ", "")
	first, second, _ := strings.Cut(strings.ReplaceAll(label, ".", "-"), "-")
	h.major, _ = Numeral(first)
	h.setMinor(second)
}

func (h *sceneHead) setMinor(s string) {
	digits := strings.TrimRightFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) })
	n, ok := Numeral(digits)
	h.minor, h.numbered = n, ok
}

// ordinalHeading reads 第1场, 第一场 外/日 地点; 第一场雪 is none.
func ordinalHeading(clean, flat string) (sceneHead, trust) {
	return numberThen(ordinal, clean, flat)
}

// wordedHeading reads 场景一, 场次：1, 场次（1）地点：X.
func wordedHeading(clean, flat string) (sceneHead, trust) {
	return numberThen(worded, clean, flat)
}

// numberThen reads a word with its number, after which only a separator, a label or a time and side may come.
func numberThen(pattern *regexp.Regexp, clean, flat string) (sceneHead, trust) {
	m := pattern.FindStringSubmatchIndex(flat)
	if m == nil {
		return sceneHead{}, none
	}
	h := sceneHead{label: cut(clean, flat, m[2], m[3])}
	h.setMinor(flat[m[2]:m[3]])
	rest := after(clean, flat, m[1])
	tail := flat[m[1]:]
	h.parts = readHeading(rest)
	if !h.numbered || strings.Contains(tail, "。") || strings.HasPrefix(tail, "-") && len(tail) > 1 && isDigit(tail[1]) {
		return sceneHead{}, none
	}
	separated := tail == "" || strings.HasPrefix(flat[:m[1]], "(") || strings.ContainsRune(" :-、.,([【/|", firstRune(tail)) ||
		strings.HasSuffix(flat[:m[1]], " ") || strings.HasSuffix(flat[:m[1]], ")")
	if !separated && h.parts.times*h.parts.interiors == 0 && inlineLabel.FindStringIndex(tail) == nil {
		return sceneHead{}, none
	}
	if sentence(tail) && h.parts.times+h.parts.interiors == 0 {
		return sceneHead{}, none
	}
	return h, sure
}

// countedHeading reads 1场 日 内 地点 and （1）日 内 地点, which need both a time and a side.
func countedHeading(clean, flat string) (sceneHead, trust) {
	m := counted.FindStringSubmatchIndex(flat)
	if m == nil || sentence(flat) || strings.HasPrefix(flat[m[1]:], "景") || strings.HasPrefix(flat[m[1]:], "次") {
		return sceneHead{}, none
	}
	from, to := m[2], m[3]
	if from < 0 {
		from, to = m[4], m[5]
	}
	h := sceneHead{label: cut(clean, flat, from, to)}
	h.setMinor(flat[from:to])
	h.parts = readHeading(after(clean, flat, m[1]))
	if !h.numbered || h.parts.times*h.parts.interiors == 0 {
		return sceneHead{}, none
	}
	return h, sure
}

// plainHeading reads a single number: 3A 日 内 地点, 4、（空号）, 1 场景：【夜 地点 外】.
func plainHeading(clean, flat string) (sceneHead, trust) {
	m := plainNumber.FindStringSubmatchIndex(flat)
	if m == nil {
		return sceneHead{}, none
	}
	h := sceneHead{label: cut(clean, flat, m[2], m[3])}
	h.setMinor(flat[m[2]:m[3]])
	if !h.numbered {
		return sceneHead{}, none
	}
	rest := strings.TrimLeft(after(clean, flat, m[3]), " \u3000\t、.．:：,，)）")
	tail := narrowed(rest)
	place, isPlace := strings.CutPrefix(tail, "场景")
	if isPlace = isPlace && strings.HasPrefix(strings.TrimSpace(place), ":"); isPlace {
		rest = after(rest, tail, strings.Index(tail, ":")+1)
	}
	h.parts = readHeading(rest)
	switch {
	case tail == "" && unicode.IsLetter(rune(flat[m[3]-1])):
		return h, lone
	case h.parts.deleted, isPlace && !sentence(tail):
		return h, sure
	case sentence(tail), tail == "", strings.Contains(tail, "、"):
		return sceneHead{}, none
	case h.parts.times > 0 && h.parts.interiors > 0:
		return h, sure
	case h.parts.times+h.parts.interiors > 0 && utf8.RuneCountInString(h.parts.place) > 1 && !strings.Contains(tail, ","):
		return h, sure
	}
	return h, labelled
}

// insertedHeading reads +场 and 加场, which have no number.
func insertedHeading(clean, flat string) (sceneHead, trust) {
	m := inserted.FindStringIndex(flat)
	if m == nil || sentence(flat) {
		return sceneHead{}, none
	}
	tail := flat[m[1]:]
	h := sceneHead{label: strings.TrimSpace(cut(clean, flat, 0, m[1]))}
	h.parts = readHeading(after(clean, flat, m[1]))
	if tail == "" || strings.ContainsRune(" :-、.,([【", firstRune(tail)) || h.parts.times*h.parts.interiors > 0 {
		if flat[:m[1]] == "+" && h.parts.times+h.parts.interiors == 0 {
			return sceneHead{}, none
		}
		return h, sure
	}
	return sceneHead{}, none
}

// interiorHeading reads 内景 地点 - 夜, 外景.地点 and INT. 地点 - NIGHT #2-1#.
func interiorHeading(clean, flat string) (sceneHead, trust) {
	m := interiorFirst.FindStringIndex(flat)
	if m == nil || strings.Contains(flat, "。") || strings.Contains(flat, ";") {
		return sceneHead{}, none
	}
	var h sceneHead
	if n := hashNumber.FindStringSubmatchIndex(flat); n != nil {
		h.label = cut(clean, flat, n[2], n[3])
		h.setLabel(flat[n[2]:n[3]])
		clean = strings.TrimSpace(clean[:len(clean)-len(after(clean, flat, n[0]))])
		flat = narrowed(clean)
	}
	if m[1] > len(flat) {
		return sceneHead{}, none
	}
	h.parts.side(interiorWord(strings.TrimRight(flat[:m[1]], " .、:,·-")))
	h.parts.words(after(clean, flat, m[1]))
	if h.parts.place == "" || strings.Contains(h.parts.place, "，") {
		return sceneHead{}, none
	}
	return h, sure
}

func (h *sceneHead) setLabel(label string) {
	if strings.ContainsAny(label, "-.") {
		h.setPair(label)
		return
	}
	h.setMinor(label)
}

// bareHeading reads 日 内 地点 without a number, and the lone words 场景 and 场次.
func bareHeading(clean, flat string) (sceneHead, trust) {
	switch strings.TrimRight(flat, " :") {
	case "场景", "场次", "场":
		return sceneHead{}, lone
	}
	var h sceneHead
	if value, ok := strings.CutPrefix(flat, "场景:"); ok && strings.TrimSpace(value) != "" {
		h.parts = readHeading(after(clean, flat, len("场景:")))
		if h.parts.times+h.parts.interiors > 0 && !sentence(flat) {
			return h, sure
		}
		return h, labelled
	}
	if longestWord(flat) == "" {
		return h, none
	}
	whole := clean
	if m := inlineLabel.FindStringIndex(flat); m != nil && m[0] > 0 {
		flat = strings.TrimRight(flat[:m[0]], " ,;")
	}
	if strings.Contains(flat, ":") || sentence(flat) || utf8.RuneCountInString(flat) > 40 {
		return h, none
	}
	times, sides, rest := compound(flat)
	for strings.HasPrefix(rest, " ") && (times == "" || sides == "") {
		t, s, r := compound(strings.TrimLeft(rest, " "))
		if t+s == "" {
			break
		}
		times, sides, rest = times+t, sides+s, r
	}
	before := strings.TrimSuffix(flat, rest)
	separated := strings.HasPrefix(rest, " ") || strings.HasSuffix(before, "/") || strings.HasSuffix(before, ",")
	if times == "" || sides == "" || !separated || strings.Contains(rest, ",") {
		return h, none
	}
	h.parts = readHeading(whole)
	if h.parts.place == "" {
		return h, none
	}
	return h, sure
}

// cut gives the bytes of clean that stand at from..to of its narrowed form.
func cut(clean, flat string, from, to int) string {
	tail := after(clean, flat, from)
	return tail[:len(tail)-len(after(clean, flat, to))]
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
