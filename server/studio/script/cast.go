package script

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headcount is the tail of 保镖×4.
var headcount = regexp.MustCompile(`\s*[xX×*]\s*[0-9]+$`)

// castNames reads a cast list. Remarks in brackets, 全员, 前场所有人 and 群演若干 are no characters.
func castNames(list string) []string {
	list = withoutBrackets(visible(list))
	parts := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、,;/|", narrow(r)) })
	if len(parts) == 1 {
		parts = spacedNames(parts[0])
	}
	var names []string
	seen := map[string]bool{}
	for _, p := range parts {
		name, ok := castName(p)
		if key := nameKey(name); ok && !seen[key] {
			seen[key] = true
			names = append(names, name)
		}
	}
	return names
}

// castName judges one entry of a cast list.
func castName(s string) (string, bool) {
	s = strings.TrimFunc(s, nameEdge)
	s = headcount.ReplaceAllString(s, "")
	s = joinPadded(s)
	if s == "" || utf8.RuneCountInString(s) > 16 || strings.ContainsAny(narrowed(s), ":。") {
		return "", false
	}
	return s, !several(narrowed(s))
}

// spacedNames splits a list whose only separators are blanks; 程  砚 stays one name, and so do Latin names.
func spacedNames(s string) []string {
	fields := strings.FieldsFunc(s, func(r rune) bool { return narrow(r) == ' ' })
	if len(fields) < 2 || !hasHan(s) {
		return []string{s}
	}
	var names []string
	for i := 0; i < len(fields); i++ {
		if i+1 < len(fields) && oneHan(fields[i]) && oneHan(fields[i+1]) {
			names = append(names, fields[i]+fields[i+1])
			i++
			continue
		}
		names = append(names, fields[i])
	}
	return names
}

// joinPadded takes the blanks out of a two-character name spread over three columns: 程　砚.
func joinPadded(s string) string {
	fields := strings.FieldsFunc(s, func(r rune) bool { return narrow(r) == ' ' })
	if len(fields) == 2 && oneHan(fields[0]) && oneHan(fields[1]) {
		return fields[0] + fields[1]
	}
	return strings.Join(fields, " ")
}

func oneHan(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && unicode.Is(unicode.Han, r)
}

func hasHan(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}
