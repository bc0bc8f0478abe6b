package script

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cue is a possible speaker line, taken apart.
type cue struct {
	names        []string
	mode, manner string
	said         string
	// remarked is true when brackets stand between name and colon, as no label has them.
	remarked bool
}

// cueReach is how far into a line, in runes, a speaker's colon may stand.
const cueReach = 60

// cueAt takes 名：…, 名（情绪）：…, 名：（情绪）…, 名 OS：…, [VO] 名：… apart. It judges the form only; whether the name
// is a person is for the caller.
func cueAt(clean, flat string) (cue, bool) {
	var c cue
	clean, flat = c.leadingMode(clean, flat)
	colon := colonAt(flat)
	if colon < 0 || !c.head(cut(clean, flat, 0, colon)) {
		return cue{}, false
	}
	c.said = strings.TrimSpace(after(clean, flat, colon+1))
	c.said = strings.TrimSpace(strings.TrimPrefix(c.said, "**"))
	c.leadingRemarks()
	return c, true
}

// modedCue reads 名（OS）text, where the bracket that names a voice stands for the colon.
func modedCue(clean, flat string) (cue, bool) {
	open := strings.IndexByte(flat, '(')
	if open <= 0 || open > 40 {
		return cue{}, false
	}
	end := strings.IndexByte(flat[open:], ')')
	if end < 0 || end > 60 {
		return cue{}, false
	}
	end += open + 1
	var c cue
	if !hasHan(flat[:open]) || strings.TrimSpace(flat[end:]) == "" || !c.head(cut(clean, flat, 0, end)) || !c.remarked || c.mode == "" {
		return cue{}, false
	}
	c.said = strings.TrimSpace(after(clean, flat, end))
	c.leadingRemarks()
	return c, true
}

// leadingMode takes [VO] or 【VO】 off the front.
func (c *cue) leadingMode(clean, flat string) (string, string) {
	for _, pair := range []string{"[]", "【】", "()"} {
		open, size := utf8.DecodeRuneInString(pair)
		if firstRune(flat) != open {
			continue
		}
		end := strings.Index(flat, pair[size:])
		if end < 0 || end > 40 {
			return clean, flat
		}
		m := modeOf(flat[utf8.RuneLen(open):end])
		if m == "" {
			return clean, flat
		}
		c.mode = m
		rest := strings.TrimSpace(after(clean, flat, end+len(pair)-size))
		return rest, narrowed(rest)
	}
	return clean, flat
}

// colonAt finds the first colon outside brackets within reach, as a byte offset, or -1.
func colonAt(flat string) int {
	depth, n := 0, 0
	for i, r := range flat {
		switch r {
		case '(', '[', '【':
			depth++
		case ')', ']', '】':
			depth--
		case ':':
			if depth <= 0 {
				return i
			}
		}
		if n++; n > cueReach {
			break
		}
	}
	return -1
}

// head reads what stands before the colon, or alone on a line: names, remarks in brackets, OS or VO behind the name.
func (c *cue) head(text string) bool {
	base, groups := brackets(text)
	for _, g := range groups {
		c.remarked = true
		c.remark(g)
	}
	base = strings.Trim(base, " \u3000\t*^")
	base = c.trailingMode(base)
	c.names = splitNames(base)
	if len(c.names) == 0 {
		return false
	}
	for _, n := range c.names {
		if !nameShaped(n) {
			return false
		}
	}
	if c.mode == "" && offScreen(narrowed(nameKey(base))) {
		c.mode = "VO"
	}
	return true
}

// offScreen knows the speakers who are never in the picture.
func offScreen(key string) bool {
	switch key {
	case "旁白", "画外音", "广播", "电话那头", "NARRATOR":
		return true
	}
	return false
}

// remark sorts one bracket into mode and manner: （OS，颤抖） is both.
func (c *cue) remark(text string) {
	var manner []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",、/;", narrow(r)) }) {
		part = strings.TrimSpace(part)
		if m := modeOf(part); m != "" && c.mode == "" {
			c.mode = m
		} else if m == "" && part != "" && !continued(part) {
			manner = append(manner, part)
		}
	}
	if len(manner) == 0 {
		return
	}
	said := strings.TrimSpace(text)
	if c.mode != "" {
		said = strings.Join(manner, "，")
	}
	if c.manner != "" {
		said = c.manner + "，" + said
	}
	c.manner = said
}

// maxRemarks and remarkReach bound the brackets read before a speech, in number and in bytes each.
const (
	maxRemarks  = 4
	remarkReach = 240
)

// leadingRemarks takes （情绪） and （OS） off the front of the spoken text.
func (c *cue) leadingRemarks() {
	for range maxRemarks {
		end := c.remarkEnd()
		if end <= 0 {
			return
		}
		c.remark(strings.TrimFunc(c.said[:end], func(r rune) bool { return strings.ContainsRune("()[]【】 ", narrow(r)) }))
		c.said = strings.TrimSpace(c.said[end:])
	}
}

// remarkEnd gives the length of the bracket a speech begins with, or 0. Square brackets count only around a mode.
func (c *cue) remarkEnd() int {
	closing := ')'
	switch narrow(firstRune(c.said)) {
	case '(':
	case '[':
		closing = ']'
	case '【':
		closing = '】'
	default:
		return 0
	}
	for i, r := range c.said[:min(len(c.said), remarkReach)] {
		if narrow(r) != closing {
			continue
		}
		_, size := utf8.DecodeRuneInString(c.said[i:])
		_, open := utf8.DecodeRuneInString(c.said)
		if closing != ')' && modeOf(c.said[open:i]) == "" {
			return 0
		}
		return i + size
	}
	return 0
}

// trailingMode takes OS, VO, 画外音 or 内心独白 off the end of a name.
func (c *cue) trailingMode(base string) string {
	upper := strings.ToUpper(narrowed(base))
	for _, tail := range []string{"O.S.", "V.O.", "O.S", "V.O", "OS", "VO", "内心独白", "画外音", "内心OS", "独白", "心声", "内心"} {
		if !strings.HasSuffix(upper, tail) || len(upper) == len(tail) {
			continue
		}
		name := strings.TrimRight(cut(base, upper, 0, len(upper)-len(tail)), " \u3000\t-－—·的")
		last, _ := utf8.DecodeLastRuneInString(upper[:len(upper)-len(tail)])
		if name == "" || last < utf8.RuneSelf && unicode.IsLetter(last) {
			continue
		}
		if c.mode == "" {
			c.mode = modeOf(tail)
		}
		return name
	}
	return base
}

// brackets takes every （…）, [...] and 【…】 out of a speaker's head and gives what was inside.
func brackets(text string) (string, []string) {
	var base, group strings.Builder
	var groups []string
	depth := 0
	for _, r := range text {
		switch n := narrow(r); {
		case n == '(' || n == '[' || n == '【':
			depth++
		case (n == ')' || n == ']' || n == '】') && depth > 0:
			if depth--; depth == 0 {
				groups = append(groups, group.String())
				group.Reset()
			}
		case depth > 0:
			group.WriteRune(r)
		default:
			base.WriteRune(r)
		}
	}
	if depth > 0 {
		groups = append(groups, group.String())
	}
	return base.String(), groups
}

// modeOf gives OS for an inner voice, VO for a voice not in the picture, else nothing.
func modeOf(s string) string {
	switch strings.ToUpper(strings.ReplaceAll(narrowed(s), " ", "")) {
	case "OS", "内心独白", "内心", "心声", "独白", "内心OS", "心里话", "心理活动", "内心戏", "INNER":
		return "OS"
	case "VO", "V.O.", "V.O", "O.S.", "O.S", "O.C.", "OC", "画外音", "画外", "旁白", "话外音", "电话", "电话里", "电话音", "电话中",
		"语音", "微信语音", "广播", "对讲机", "只闻其声", "画外音VO":
		return "VO"
	}
	return ""
}

func continued(s string) bool {
	switch strings.ToUpper(strings.ReplaceAll(s, "’", "'")) {
	case "CONT'D", "CONT", "CONTD", "CONTINUED", "续", "接":
		return true
	}
	return false
}

// splitNames separates 甲、乙 and A & B.
func splitNames(base string) []string {
	var names []string
	for n := range strings.FieldsFuncSeq(base, func(r rune) bool { return strings.ContainsRune("、,&/＆+", narrow(r)) }) {
		if n = joinPadded(n); n != "" {
			names = append(names, n)
		}
	}
	return names
}

// nameShaped says whether a word could be a name: up to sixteen letters and digits with the marks names carry.
func nameShaped(s string) bool {
	n, letters := 0, 0
	for _, r := range s {
		n++
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune(" ·-.'#’_", narrow(r)):
		default:
			return false
		}
	}
	return letters > 0 && n <= 16 || letters > 0 && n <= 30 && !hasHan(s)
}
