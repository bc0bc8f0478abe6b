package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives a string the form in which it is recognised and compared: compatibility forms and widths made one,
// hyphens, colons and brackets made plain, zero-width and direction characters gone, runs of white space one blank,
// ends trimmed. It keeps letter case and is for comparing only: show and export the original.
func Fold(s string) string {
	s = norm.NFKC.String(visible(s))
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range visible(s) {
		r = narrow(r)
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

// nameKey is the form under which two spellings of a person's name meet: 程  砚 and 程砚, Anna and ANNA.
func nameKey(s string) string {
	return strings.ToUpper(strings.ReplaceAll(Fold(s), " ", ""))
}

// visible takes out what nobody can see.
func visible(s string) string {
	if strings.IndexFunc(s, invisible) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
}

func invisible(r rune) bool {
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

// narrow folds one rune into one rune, so that positions in a folded line are positions in the line itself.
func narrow(r rune) rune {
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

// narrowed folds a line rune by rune, the grammar's own words into simplified characters. The result has exactly as many
// runes as the line.
func narrowed(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '\t' || s[i] == '~' {
			return strings.Map(func(r rune) rune { return simplified(narrow(r)) }, s)
		}
	}
	return s
}

// after cuts the runes off s that make up the first n bytes of its narrowed form.
func after(s, narrowForm string, n int) string {
	for range utf8.RuneCountInString(narrowForm[:n]) {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}
