package charset

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives a string the form in which it is recognised and compared: compatibility forms and widths made one,
// hyphens, colons and brackets made plain, zero-width and direction characters gone, runs of white space one blank,
// ends trimmed. It keeps letter case and is for comparing only: show and export the original.
func Fold(s string) string {
	s = norm.NFKC.String(Visible(s))
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range Visible(s) {
		r = Narrow(r)
		if r == ' ' {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Visible takes out what nobody can see.
func Visible(s string) string {
	if strings.IndexFunc(s, Invisible) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if Invisible(r) {
			return -1
		}
		return r
	}, s)
}

// Invisible knows zero-width and direction characters, which show nothing and break no word.
func Invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x61C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	}
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}

// Blank says whether a text shows nothing.
func Blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !Invisible(r) }) < 0
}

// Narrow folds one rune into one rune, so that positions in a folded line are positions in the line itself.
func Narrow(r rune) rune {
	switch {
	case r < 0x80:
		return narrowASCII(r)
	case r == '、' || r == '。':
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return narrowASCII(r - 0xFEE0)
	case r >= 0x2010 && r <= 0x2015:
		return '-'
	case unicode.IsSpace(r), unicode.Is(unicode.Zs, r):
		return ' '
	}
	return narrowSign(r)
}

func narrowASCII(r rune) rune {
	switch r {
	case '\t', '\n', '\v', '\f', '\r':
		return ' '
	case '~':
		return '-'
	}
	return r
}

func narrowSign(r rune) rune {
	switch r {
	case '−', '﹣', '⁃', '─', '━', '〜', '∼', '﹘':
		return '-'
	case '︰', '∶', '﹕', '꞉':
		return ':'
	case '﹙', '︵', '⟮':
		return '('
	case '﹚', '︶', '⟯':
		return ')'
	case '〔', '﹝':
		return '['
	case '〕', '﹞':
		return ']'
	case '〖', '︻':
		return '【'
	case '〗', '︼':
		return '】'
	case '｡':
		return '。'
	case '﹑', '､':
		return '、'
	case '∕', '⁄', '⧸':
		return '/'
	case '￨', '│', '┃', '∣':
		return '|'
	case '・', '‧', '•', '∙', '⋅', '･':
		return '·'
	}
	return r
}

// WithoutBrackets takes out what stands in brackets of any width, with the brackets.
func WithoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch Narrow(r) {
		case '(', '[', '【':
			depth++
		case ')', ']', '】':
			depth = max(depth-1, 0)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
