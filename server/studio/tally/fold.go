package tally

import (
	"strings"
	"unicode"
)

// longestText bounds a number or a date in bytes; nothing real comes near it.
const longestText = 256

// fold gives text in one spelling: half-width, small Latin letters, simplified
// units, every blank a space, trimmed. It reports hidden direction marks.
func fold(text string) (plain string, bidi bool) {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if isBidi(r) {
			return "", true
		}
		b.WriteRune(foldRune(r))
	}
	return strings.TrimSpace(b.String()), false
}

func foldRune(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == '億':
		return '亿'
	case r == '萬':
		return '万'
	case r == '兩':
		return '两'
	case r == '點':
		return '点'
	case r == '〇':
		return '零'
	case r == '−', r == '–', r == '—', r == '‐', r == '‑':
		return '-'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// isBidi tells the direction controls of Unicode's UAX #9.
func isBidi(r rune) bool {
	return r == 0x061C || r == 0x200E || r == 0x200F ||
		r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

func isDigit(r rune) bool {
	return r >= '0' && r <= '9'
}
