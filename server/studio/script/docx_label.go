package script

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// label counts a paragraph in its list and gives its number as Word shows it, with the tab or blank behind it.
func (l *lists) label(ref listRef, style string) string {
	id, level, ok := l.resolve(ref, style)
	n := l.nums[id]
	if !ok || n == nil {
		return ""
	}
	counters := l.count(id, n, level)
	lv, ok := l.level(n, level)
	if !ok || lv.format == "none" && !strings.Contains(lv.text, "%") && lv.text == "" {
		return ""
	}
	var text string
	if lv.format == "bullet" {
		if !actionMark(lv.text) {
			return ""
		}
		text = lv.text
	} else {
		text = l.expand(n, lv.text, counters)
	}
	if text == "" {
		return ""
	}
	switch lv.suffix {
	case "nothing":
		return text
	case "space":
		return text + " "
	}
	return text + "\t"
}

func (l *lists) level(n *list, at int) (listLevel, bool) {
	if lv, ok := n.levels[at]; ok {
		return lv, true
	}
	lv, ok := l.abstract[n.abstract][at]
	return lv, ok
}

// count moves the list on by one at a level: upper levels that never began take their start, lower ones begin anew.
func (l *lists) count(id string, n *list, level int) *[9]int {
	c := l.counters[n.abstract]
	if c == nil {
		c = &[9]int{}
		for i := range c {
			c[i] = -1
		}
		l.counters[n.abstract] = c
	}
	if !l.begun[id] {
		l.begun[id] = true
		for at := range n.starts {
			if at >= 0 && at < 9 {
				c[at] = -1
			}
		}
	}
	for at := range level {
		if c[at] < 0 {
			c[at] = l.start(n, at)
		}
	}
	if c[level] < 0 {
		c[level] = l.start(n, level)
	} else {
		c[level]++
	}
	for at := level + 1; at < 9; at++ {
		if lv, ok := l.level(n, at); !ok || !lv.restartSet || lv.restart > level {
			c[at] = -1
		}
	}
	return c
}

func (l *lists) start(n *list, at int) int {
	if s, ok := n.starts[at]; ok {
		return s
	}
	lv, _ := l.level(n, at)
	return lv.start
}

// expand writes the numbers of the levels into a text such as %1-%2.
func (l *lists) expand(n *list, text string, c *[9]int) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '%' || i+1 == len(text) || text[i+1] < '1' || text[i+1] > '9' {
			b.WriteByte(text[i])
			continue
		}
		i++
		at := int(text[i] - '1')
		lv, _ := l.level(n, at)
		b.WriteString(formatNumber(max(c[at], 0), lv.format))
	}
	return b.String()
}

// formatNumber writes a number in one of Word's number formats (ECMA-376 part 1, ST_NumberFormat); those not known
// are written in Arabic digits.
func formatNumber(n int, format string) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(n))
	case "upperLetter":
		return strings.ToUpper(letters(n))
	case "lowerLetter":
		return letters(n)
	case "upperRoman":
		return strings.ToUpper(roman(n))
	case "lowerRoman":
		return roman(n)
	case "ideographTraditional":
		return pick("甲乙丙丁戊己庚辛壬癸", n)
	case "ideographZodiac":
		return pick("子丑寅卯辰巳午未申酉戌亥", n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", n)
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return strings.Map(func(r rune) rune { return []rune("〇一二三四五六七八九")[r-'0'] }, strconv.Itoa(n))
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting":
		return spell(n, []rune("零一二三四五六七八九十百千"))
	case "chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal":
		return spell(n, []rune("零壹贰叁肆伍陆柒捌玖拾佰仟"))
	}
	return strconv.Itoa(n)
}

func letters(n int) string {
	if n < 1 || n > 780 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	for i, s := range []string{"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"} {
		for ; n >= values[i]; n -= values[i] {
			b.WriteString(s)
		}
	}
	return b.String()
}

func pick(signs string, n int) string {
	if n < 1 || n > utf8.RuneCountInString(signs) {
		return strconv.Itoa(n)
	}
	return string([]rune(signs)[n-1])
}

// spell writes 0 to 9999 in Chinese; signs are the ten digits and then ten, hundred, thousand.
func spell(n int, signs []rune) string {
	if n > 9999 {
		return strconv.Itoa(n)
	}
	if n == 0 {
		return string(signs[0])
	}
	var b strings.Builder
	gap := false
	for unit, place := 1000, 3; unit > 0; unit, place = unit/10, place-1 {
		d := n / unit % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune(signs[0])
			gap = false
		}
		if d != 1 || place != 1 || b.Len() > 0 || signs[1] == '壹' {
			b.WriteRune(signs[d])
		}
		if place > 0 {
			b.WriteRune(signs[9+place])
		}
	}
	return b.String()
}
