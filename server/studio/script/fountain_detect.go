package script

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// latinHeading wants a separator behind the word, or ESTELLA heads a scene.
	latinHeading = regexp.MustCompile(`^(?i:INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\.?/E|INT|EXT|EST)(?:\.|\s)`)
	chineseLine  = regexp.MustCompile(`^(?:第\s*` + numeral + `\s*[集场]|[0-9]{1,3}-[0-9]{1,3}\b|场景|△|\p{Han}{1,8}(?:\([^()]*\))?:)`)
)

// detectRows is how many lines are looked at to tell Fountain from a Chinese layout.
const detectRows = 400

// isFountain goes by the file's name when it says so, else by content: a title page, forced headings, @names and
// English headings between blank lines weigh against the marks of the Chinese layouts.
func isFountain(rows []row, name string) bool {
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".fountain"), strings.HasSuffix(lower, ".spmd"):
		return true
	}
	points, against, seen := 0, 0, 0
	for i := range rows {
		r := &rows[i]
		if r.blank || r.long {
			continue
		}
		if seen++; seen > detectRows {
			break
		}
		text := strings.TrimSpace(visible(r.Text))
		switch {
		case seen == 1 && titlePageKey(text):
			points += 2
		case forcedHeading(text), strings.HasPrefix(text, "@") && nameShaped(strings.Trim(text[1:], " ^()（）.")):
			points++
		case latinHeading.MatchString(text) && !hasHan(text) && (i == 0 || rows[i-1].blank):
			points++
		case chineseLine.MatchString(r.flat) && !strings.HasPrefix(text, "#"):
			against++
		}
	}
	return points >= 2 && points > against
}

// titlePageKey knows the keys a Fountain title page begins with; full-width colons count too.
func titlePageKey(text string) bool {
	key, _, ok := strings.Cut(narrowed(text[:min(len(text), 60)]), ":")
	if !ok {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "title", "credit", "author", "authors", "source", "draft date", "date", "contact", "copyright", "notes",
		"revision", "format":
		return true
	}
	return false
}

// forcedHeading is a full stop followed by a letter or digit of any script; an ellipsis or a blank forces nothing.
func forcedHeading(text string) bool {
	if !strings.HasPrefix(text, ".") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[1:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
