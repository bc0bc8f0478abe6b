package script

import (
	"strings"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// Fold gives a string the form in which it is recognised and compared; see charset.Fold.
func Fold(s string) string { return charset.Fold(s) }

// Numeral reads a whole number as people write it; see charset.Numeral.
func Numeral(s string) (int, bool) { return charset.Numeral(s) }

func visible(s string) string { return charset.Visible(s) }

func isBlank(s string) bool { return charset.Blank(s) }

func narrow(r rune) rune { return charset.Narrow(r) }

// nameKey is the form under which two spellings of a person's name meet: 程  砚 and 程砚, Anna and ANNA.
func nameKey(s string) string {
	return strings.ToUpper(strings.ReplaceAll(Fold(s), " ", ""))
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

func digit(r rune) int { return charset.Digit(r) }

func withoutBrackets(s string) string { return charset.WithoutBrackets(s) }
