package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// How much of a text the separator is judged by.
const (
	headBytes = 256 << 10
	headRows  = 200
)

// separator finds what stands between the cells: whatever gives the best header. Without a header a tab settles it.
// Commas are also ordinary punctuation, so they count only when every row has the same number of cells.
func separator(text string, names Names) Separator {
	head := text[:min(len(text), headBytes)]
	best, found := 1, Separator("")
	for _, s := range []Separator{Tab, Comma, Semicolon, Wide} {
		records := upTo(head, s.rune(), headRows)
		if at := headerAt(records, names); at >= 0 {
			if _, score := headerScore(records[at], names); score > best {
				best, found = score, s
			}
		}
	}
	if found != "" {
		return found
	}
	if strings.ContainsRune(text, '\t') {
		return Tab
	}
	for _, s := range []Separator{Comma, Wide, Semicolon} {
		if strings.ContainsRune(head, s.rune()) && separates(upTo(head, s.rune(), headRows)) {
			return s
		}
	}
	return ""
}

// separates judges rows cut at a comma. The first may be a header, the others begin with a number or have many cells.
func separates(records [][]string) bool {
	width, rows, numbered := 0, 0, true
	for _, r := range records {
		if charset.Blank(strings.Join(r, "")) {
			continue
		}
		rows++
		if width == 0 {
			width = len(r)
		}
		if len(r) != width {
			return false
		}
		numbered = numbered && (rows == 1 || numberLike(r[0]))
	}
	return rows > 1 && width >= 2 && numbered || rows > 1 && width >= 4
}

// upTo cuts no more rows than are asked for.
func upTo(text string, sep rune, rows int) [][]string {
	var records [][]string
	for text != "" && len(records) < rows {
		var record []string
		record, text, _ = nextRecord(text, sep, nil)
		records = append(records, record)
	}
	return records
}

// cells cuts a text into rows and cells. With no separator every line is one cell. Blank rows at the end are dropped. The
// cells are parts of the text, unless there is something that knows equal ones.
func cells(text string, sep rune, limit int, k *known) ([][]string, error) {
	records := make([][]string, 0, min(strings.Count(text, "\n")+1, limit))
	var record []string
	blank := 0 // blank rows that wait for one that is not
	for text != "" {
		var wide bool
		record, text, wide = nextRecord(text, sep, record[:0])
		row := len(records) + blank + 1
		if wide {
			return nil, &RefusedError{Code: RefusedColumns, Row: row}
		}
		if blankRecord(record) {
			blank++
			continue
		}
		if row > limit {
			return nil, &RefusedError{Code: RefusedRows, Row: row}
		}
		for ; blank > 0; blank-- {
			records = append(records, nil)
		}
		for i := range record {
			if k != nil {
				record[i] = k.text(record[i])
			}
		}
		records = append(records, slices.Clone(record))
	}
	return records, nil
}

func blankRecord(record []string) bool {
	for _, c := range record {
		if !charset.Blank(c) {
			return false
		}
	}
	return true
}

// nextRecord takes one row off the front and puts its cells into what is given. Wide says that something stands beyond the last column that is read.
func nextRecord(text string, sep rune, into []string) (record []string, rest string, wide bool) {
	record = into
	for {
		cell, tail, end := nextCell(text, sep)
		cell = unguarded(cell)
		switch {
		case len(record) < MaxColumns:
			record = append(record, cell)
		case !charset.Blank(cell):
			wide = true
		}
		if text = tail; end == 0 || end == '\n' {
			return record, text, wide
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

var (
	chineseDate = regexp.MustCompile(`^([0-9]{1,2})月([0-9]{1,2})日$`)
	englishDate = regexp.MustCompile(`^([0-9]{1,2})-([A-Z][a-z]{2})$`)
)

// undated gives back the label that a spreadsheet took for a date when it was typed: 1-2 becomes 1月2日 or 2-Jan.
func undated(cell string) string {
	if m := chineseDate.FindStringSubmatch(cell); m != nil {
		return m[1] + "-" + m[2]
	}
	if m := englishDate.FindStringSubmatch(cell); m != nil {
		if month := strings.Index("JanFebMarAprMayJunJulAugSepOctNovDec", m[2]); month >= 0 && month%3 == 0 {
			return strconv.Itoa(month/3+1) + "-" + strings.TrimLeft(m[1], "0")
		}
	}
	return cell
}
