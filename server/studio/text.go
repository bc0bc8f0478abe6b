package studio

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chouka/server/studio/tally"
)

// Limits of what people type, in characters.
const (
	lineLimit = 200
	textLimit = 20_000
)

// line cleans one line of typed text: a name, a label. Line breaks, control
// characters and invisible direction marks are refused, because a name that
// reads as another one is a trap; ends are trimmed.
func line(field, in string) (string, error) {
	out := strings.TrimSpace(in)
	if !utf8.ValidString(out) {
		return "", wrong(field, "文字编码有误，请重新输入", "the text is not valid UTF-8; type it again")
	}
	if utf8.RuneCountInString(out) > lineLimit {
		return "", wrong(field, "太长了，请控制在 200 个字以内", "too long; keep it within 200 characters")
	}
	for _, r := range out {
		if unicode.IsControl(r) || bidi(r) || r == '\u2028' || r == '\u2029' { // the last two break lines too
			return "", wrong(field, "含有看不见的控制字符，请删去后再试", "it holds invisible control characters; remove them and try again")
		}
	}
	return out, nil
}

// needed is a line that must not be empty.
func needed(field, in string) (string, error) {
	out, err := line(field, in)
	if err == nil && out == "" {
		return "", wrong(field, "这里不能为空", "this must not be empty")
	}
	return out, err
}

// prose cleans a longer text. Line breaks and tabs stay; what a generator or a
// writer put in stays too, but for characters that no text holds.
func prose(field, in string) (string, error) {
	if !utf8.ValidString(in) {
		return "", wrong(field, "文字编码有误，请重新输入", "the text is not valid UTF-8; type it again")
	}
	if utf8.RuneCountInString(in) > textLimit {
		return "", wrong(field, "太长了，请控制在 2 万字以内", "too long; keep it within 20,000 characters")
	}
	for _, r := range in {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return "", wrong(field, "含有看不见的控制字符，请删去后再试", "it holds invisible control characters; remove them and try again")
		}
	}
	return in, nil
}

func bidi(r rune) bool {
	return (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) || r == 0x200E || r == 0x200F || r == 0x061C
}

// setter applies the given fields of an edit one by one and keeps the first refusal.
type setter struct{ err error }

func (x *setter) line(field string, to *string, in *string) {
	x.set(field, to, in, line)
}

func (x *setter) needed(field string, to *string, in *string) {
	x.set(field, to, in, needed)
}

func (x *setter) prose(field string, to *string, in *string) {
	x.set(field, to, in, prose)
}

func (x *setter) set(field string, to, in *string, clean func(string, string) (string, error)) {
	if in == nil || x.err != nil {
		return
	}
	*to, x.err = clean(field, *in)
}

// lines cleans a short list of names and drops empty and repeated ones.
func (x *setter) lines(field string, to *[]string, in *[]string) {
	if in == nil || x.err != nil {
		return
	}
	if len(*in) > 100 {
		x.err = wrong(field, "最多 100 项", "at most 100 entries")
		return
	}
	out, seen := []string{}, map[string]bool{}
	for _, v := range *in {
		v, err := line(field, v)
		if err != nil {
			x.err = err
			return
		}
		if v != "" && !seen[v] {
			out, seen[v] = append(out, v), true
		}
	}
	*to = out
}

// nameKey is how names are compared: after NFKC, without quotes, blanks and case (R8).
func nameKey(name string) string { return tally.NameKey(name) }

func loginKey(login string) string { return strings.ToLower(strings.TrimSpace(login)) }
