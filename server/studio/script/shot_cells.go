package script

import (
	"strings"
	"unicode/utf8"
)

// maxCell is the longest quoted cell, in bytes; a quote that closes later is an ordinary character.
const maxCell = 64 << 10

// separator finds what stands between the cells. A tab settles it. Commas are also ordinary punctuation, so they
// count only below a known header or when every row has the same number of cells.
func separator(text string) rune {
	if strings.ContainsRune(text, '\t') {
		return '\t'
	}
	for _, sep := range []rune{',', '，'} {
		if strings.ContainsRune(text, sep) && separates(cells(text, sep)) {
			return sep
		}
	}
	return 0
}

// separates judges rows cut at a comma.
func separates(records [][]string) bool {
	if headerAt(records) >= 0 {
		return true
	}
	width, rows, numbered := 0, 0, true
	for _, r := range records {
		if isBlank(strings.Join(r, "")) {
			continue
		}
		rows++
		if width == 0 {
			width = len(r)
		}
		if len(r) != width {
			return false
		}
		numbered = numbered && numberLike(r[0])
	}
	return rows > 1 && width >= 2 && numbered || rows > 1 && width >= 4
}

// cells cuts a text into rows and cells. With no separator every line is one cell.
func cells(text string, sep rune) [][]string {
	var records [][]string
	var record []string
	for {
		cell, rest, end := nextCell(text, sep)
		record = append(record, cell)
		if end != 0 && end != '\n' {
			text = rest
			continue
		}
		records = append(records, record)
		record = nil
		if text = rest; text == "" {
			return records
		}
	}
}

// nextCell takes one cell off the front. end is the separator or line end behind it, 0 at the end of the text.
func nextCell(text string, sep rune) (cell, rest string, end rune) {
	if strings.HasPrefix(text, `"`) {
		if cell, rest, ok := quotedCell(text, sep); ok && (sep != 0 || strings.Contains(cell, "\n")) {
			rest, end = pastEnd(rest)
			return cell, rest, end
		}
	}
	i := strings.IndexFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || sep != 0 && r == sep })
	if i < 0 {
		return text, "", 0
	}
	rest, end = pastEnd(text[i:])
	return text[:i], rest, end
}

// pastEnd passes over the separator or line end at the front; CRLF and CR count as a line end.
func pastEnd(text string) (string, rune) {
	if text == "" {
		return "", 0
	}
	if strings.HasPrefix(text, "\r\n") {
		return text[2:], '\n'
	}
	r, size := utf8.DecodeRuneInString(text)
	if r == '\r' {
		r = '\n'
	}
	return text[size:], r
}

// quotedCell reads a cell in quotes as Excel writes it: doubled quotes inside, line breaks kept. It refuses when
// something other than a separator follows the closing quote.
func quotedCell(text string, sep rune) (cell, rest string, ok bool) {
	var b strings.Builder
	s := text[1:]
	for b.Len() <= maxCell {
		i := strings.IndexByte(s[:min(len(s), maxCell+1)], '"')
		if i < 0 {
			return "", "", false
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if strings.HasPrefix(s, `"`) {
			b.WriteByte('"')
			s = s[1:]
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s); s == "" || sep != 0 && r == sep || r == '\n' || r == '\r' {
			return strings.ReplaceAll(b.String(), "\r\n", "\n"), s, true
		}
		return "", "", false
	}
	return "", "", false
}
