package script

import (
	"strings"
	"unicode/utf8"
)

// row is one line on its way through the grammar. Blank lines keep their place, for they end speeches and headings.
type row struct {
	Line
	// clean is the text without invisible characters, Markdown marks and outer white space; flat is clean, narrowed.
	// Both have the same number of runes. Both are empty for blank and for long lines.
	clean, flat string
	blank, long bool
	// fixed is true when a person set the kind.
	fixed bool
	// suspect is the possible name before the colon of a weak action line.
	suspect string
	// bare is the line read as a name alone, once bareRead says it was tried.
	bare     *cue
	bareRead bool
	episode  *episodeHead
	scene    *sceneHead
	label    *label
}

// known says whether a kind has been settled.
func (r *row) known() bool { return r.Kind != "" }

// splitLines cuts text at LF, CRLF and CR and prepares each line.
func splitLines(text string) ([]row, error) {
	text = strings.TrimSuffix(text, "\x1A")
	rows := make([]row, 0, min(maxLines, strings.Count(text, "\n")+strings.Count(text, "\r")+1))
	filled := false
	for n := 1; ; n++ {
		end := strings.IndexAny(text, "\r\n")
		line := text
		if end >= 0 {
			line = text[:end]
		}
		if n > maxLines && (line != "" || end >= 0) {
			return nil, &RefusedError{Code: RefusedTooManyLines, Line: n}
		}
		rows = append(rows, newRow(n, line))
		filled = filled || !rows[len(rows)-1].blank
		if end < 0 {
			break
		}
		if strings.HasPrefix(text[end:], "\r\n") {
			end++
		}
		text = text[end+1:]
	}
	if !filled {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	return rows, nil
}

func newRow(n int, text string) row {
	r := row{Line: Line{N: n, Text: text}}
	if r.blank = isBlank(text); r.blank {
		return r
	}
	if len(text) > longLine && utf8.RuneCountInString(text) > longLine {
		r.long = true
		r.Kind = KindUnknown
		return r
	}
	r.clean = plain(text)
	r.flat = narrowed(r.clean)
	return r
}

// plain takes Markdown marks, invisible characters and outer white space off a line.
func plain(text string) string {
	s := strings.TrimSpace(visible(text))
	if h := strings.TrimLeft(s, "#"); len(h) < len(s) && len(s)-len(h) <= 6 && (strings.HasPrefix(h, " ") || len(s)-len(h) > 1) {
		s = strings.TrimSpace(h)
	}
	for _, mark := range []string{"- ", "* ", "+ ", "> "} {
		if rest, ok := strings.CutPrefix(s, mark); ok && hasLetter(rest) {
			s = strings.TrimSpace(rest)
		}
	}
	if len(s) > 2 && s[0] == '*' && s[1] != '*' && strings.HasSuffix(s, "*") && strings.Count(s, "*") == 2 {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	for _, mark := range []string{"**", "__"} {
		if strings.HasPrefix(s, mark) && strings.Count(s, mark) >= 2 {
			s = strings.TrimSpace(strings.Replace(s, mark, "", 2))
		}
	}
	if bare := strings.TrimRight(s, "*\\"); bare != "" && strings.HasSuffix(s, "\\") {
		s = strings.TrimSpace(bare)
	}
	return s
}
