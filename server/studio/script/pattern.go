package script

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// numeral matches a written number inside a narrowed line; Numeral judges it.
const numeral = `[0-9零〇○一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟]{1,9}`

// All patterns are matched against narrowed lines of at most maxHeading runes.
var (
	episodePattern = regexp.MustCompile(`^[【《\[(]?\s*(第\s*(` + numeral + `)\s*集|(?i:EP(?:ISODE)?)[.\s]*([0-9]{1,4}))`)
	titled         = regexp.MustCompile(`^《[^《》]{1,40}》\s*(第\s*` + numeral + `\s*集)`)
	endPattern     = regexp.MustCompile(`^(?i:(第\s*` + numeral + `\s*集|EP\s*[0-9]{1,4}|本集|全剧|全文|本剧|正文|THE)?\s*(完结|完|终|结束|END)|(剧终|未完待续|待续|TO BE CONTINUED))$`)
	pagePattern    = regexp.MustCompile(`[.…·\s_-]{3,}[0-9]{1,4}$`)

	pairPattern   = regexp.MustCompile(`^(?:(?i:场次|场景|场|SCENE|SC)\s*[:#.]?\s*)?(` + numeral + `\s?-\s?` + numeral + `[A-Za-z]?|[0-9]{1,3}\.[0-9]{1,3}[A-Za-z]?)`)
	ordinal       = regexp.MustCompile(`^第\s*(` + numeral + `[A-Za-z]?)\s*场`)
	worded        = regexp.MustCompile(`^(?i:场景|场次|场号|场|SCENE|SC)\s*[:#.]?\s*\(?\s*(` + numeral + `[A-Za-z]?)\s*\)?`)
	plainNumber   = regexp.MustCompile(`^(` + numeral + `[A-Za-z]?)\s*(?:[、.:,)\s]|$|[\[(【日夜晨昏内外])`)
	counted       = regexp.MustCompile(`^(?:([0-9]{1,4}[A-Za-z]?)\s*场|\(\s*([0-9]{1,4}[A-Za-z]?)\s*\))\s*`)
	boxed         = regexp.MustCompile(`^[【\[]\s*((?:场次|场景|场|第)?\s*` + numeral + `(?:[-.][0-9]{1,3})?[A-Za-z]?\s*场?)\s*[】\]]\s*`)
	inserted      = regexp.MustCompile(`^(\+\s*场?|加场|补场|插场)`)
	interiorFirst = regexp.MustCompile(`^(?:内外景|内/外景|内景|外景|(?i:INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\.?/E|INT|EXT|EST))[\s.、:,·-]+`)
	hashNumber    = regexp.MustCompile(`#\s*([0-9A-Za-z][0-9A-Za-z.-]*)\s*#$`)
	inlineLabel   = regexp.MustCompile(`(出场人物|登场人物|人物|角色|地点|时间|内外|内/外)\s*:`)
	clock         = regexp.MustCompile(`^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$`)
)

// maxHeading is the longest line, in runes, that can be a heading of any sort.
const maxHeading = 120

// headingSized says whether a line is short enough to be a heading.
func headingSized(flat string) bool {
	return len(flat) <= maxHeading || len(flat) <= 4*maxHeading && utf8.RuneCountInString(flat) <= maxHeading
}

// decoration is what people put around end marks and headings.
const decoration = " ()[]【】《》「」<>-=*_·.…#~!。"

// isEnd recognises end marks such as （第1集完）, ——本集完—— and THE END. The bare words 完, 终 and 结束 need something
// around them.
func isEnd(flat string) bool {
	if !headingSized(flat) {
		return false
	}
	core := strings.Trim(flat, decoration)
	if r, _ := utf8.DecodeLastRuneInString(core); !strings.ContainsRune("完结终束续dD", r) {
		return false
	}
	m := endPattern.FindStringSubmatch(core)
	if m == nil {
		return false
	}
	return m[1] != "" || m[3] != "" || core != flat || strings.EqualFold(core, "END")
}

// sentence says whether a line reads like prose rather than a heading.
func sentence(flat string) bool {
	return strings.ContainsAny(flat, "。;!?“”\"")
}

// undecorated takes the signs off that stand on both sides of a heading: ——第1集——, ★第1集★.
func undecorated(clean, flat string) (string, string) {
	const signs = "-=*~_#★☆◆◇●■□※ "
	front := len(flat) - len(strings.TrimLeft(flat, signs))
	if core := strings.TrimRight(flat, signs); front > 0 && front < len(core) && len(core) < len(flat) {
		clean = cut(clean, flat, front, len(core))
		return clean, narrowed(clean)
	}
	return clean, flat
}

// unboxed takes the brackets off a number that stands in them at the front: 【1-2】日 内 后台.
func unboxed(clean, flat string) (string, string) {
	m := boxed.FindStringSubmatchIndex(flat)
	if m == nil {
		return clean, flat
	}
	clean = cut(clean, flat, m[2], m[3]) + " " + after(clean, flat, m[1])
	return clean, narrowed(clean)
}

// unwrap takes one pair of brackets off a line that is wholly inside it.
func unwrap(clean, flat string) (string, string) {
	for _, pair := range []string{"【】", "[]", "《》"} {
		open, size := utf8.DecodeRuneInString(pair)
		if strings.HasPrefix(flat, string(open)) && strings.HasSuffix(flat, pair[size:]) && strings.Count(flat, string(open)) == 1 {
			_, first := utf8.DecodeRuneInString(clean)
			_, last := utf8.DecodeLastRuneInString(clean)
			inner := strings.TrimSpace(clean[first : len(clean)-last])
			return inner, narrowed(inner)
		}
	}
	return clean, flat
}
