package tally

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// NameKey gives the spelling under which two names are the same (R8): NFKC,
// without 《》, quotes and blanks, in small letters. Names that differ in anything
// else stay apart until somebody approves an alias.
func NameKey(name string) string {
	kept := strings.Map(func(r rune) rune {
		if dropped(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name))
	return norm.NFKC.String(kept)
}

func dropped(r rune) bool {
	switch r {
	case '《', '》', '"', '\'', '「', '」', '『', '』', '«', '»', '‹', '›', '〝', '〞', '〟':
		return true
	case 0x200B, 0xFEFF:
		return true
	}
	return r >= '‘' && r <= '‟' || unicode.IsSpace(r)
}
