package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// headerReach is how many filled rows from the top may hold the header; sheets begin with titles.
const headerReach = 10

// headerAt finds the header row by how many of its cells are known names; two must be, or one in a narrow table.
func headerAt(records [][]string, names Names) int {
	best, at, seen := 1, -1, 0
	for i, record := range records {
		filled, score := headerScore(record, names)
		if filled == 0 {
			continue
		}
		if seen++; seen > headerReach {
			break
		}
		if score > best || score == 1 && filled == 1 && len(record) <= 2 && at < 0 && seen == 1 {
			best, at = score, i
		}
	}
	return at
}

// headerByShape takes the first filled row for a header when it has a word above a column of numbers; -1 when it has not.
func headerByShape(records [][]string) int {
	for i, record := range records {
		filled, _ := headerScore(record, ShotField)
		if filled == 0 {
			continue
		}
		if filled == 1 { // a title, or a list of one column
			break
		}
		for c, cell := range record {
			p := profileOf(records[i+1:], c)
			if !charset.Blank(cell) && !numberLike(cell) && utf8.RuneCountInString(cell) <= 12 && p.filled > 0 && p.numbers == p.filled {
				return i
			}
		}
		break
	}
	return -1
}

// headerScore counts the filled cells and the different fields they name.
func headerScore(record []string, names Names) (filled, score int) {
	fields := map[string]bool{}
	for i, cell := range record {
		if i == MaxColumns {
			break
		}
		if charset.Blank(cell) {
			continue
		}
		filled++
		if f := names(cell); f != "" && f != FieldKeep && !fields[f] {
			fields[f] = true
			score++
		}
	}
	return filled, score
}

func headerColumns(record []string, names Names) []Column {
	record = record[:min(len(record), MaxColumns)]
	columns := make([]Column, len(record))
	for i, cell := range record {
		name := strings.TrimSpace(cell)
		columns[i] = Column{Name: name, Field: names(name)}
	}
	return columns
}

// GuessColumns names the columns of a table without a header: a first column of numbers is the shot number, sizes
// and lengths are known by their values, and the column with most text is the description.
func GuessColumns(records [][]string) []Column {
	width := 0
	for _, r := range records {
		width = max(width, min(len(r), MaxColumns))
	}
	columns := make([]Column, width)
	if width == 1 {
		columns[0].Field = FieldDescription
		return columns
	}
	longest, at := -1, -1
	for i := range columns {
		p := profileOf(records, i)
		switch {
		case i == 0 && p.all(p.numbers):
			columns[i].Field = FieldNumber
		case p.all(p.sizes):
			columns[i].Field = FieldSize
		case i > 0 && p.all(p.lengths) && !p.all(p.numbers):
			columns[i].Field = FieldSeconds
		case p.runes > longest:
			longest, at = p.runes, i
		}
	}
	if at >= 0 {
		columns[at].Field = FieldDescription
	}
	return columns
}

// profile is what the cells of one column look like.
type profile struct {
	filled, numbers, sizes, lengths, runes int
}

// all wants four of five filled cells.
func (p *profile) all(n int) bool { return n > 0 && n*5 >= p.filled*4 }

// profileRows is how many rows from the top a column is judged by.
const profileRows = 200

func profileOf(records [][]string, column int) *profile {
	var p profile
	for _, r := range records[:min(len(records), profileRows)] {
		if column >= len(r) || charset.Blank(r[column]) {
			continue
		}
		cell := r[column]
		p.filled++
		p.runes += utf8.RuneCountInString(cell)
		if numberLike(cell) {
			p.numbers++
		}
		if shotSize(cell) {
			p.sizes++
		}
		if _, ok := Milliseconds(cell); ok {
			p.lengths++
		}
	}
	return &p
}

// numberLike knows shot labels: 3, 3A, 8-1, 1-2-3, 镜5, 第三镜.
func numberLike(cell string) bool {
	s := charset.Fold(cell)
	for _, affix := range []string{"第", "镜头", "镜", "Shot", "shot", "SH", "#"} {
		s = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(s, affix), affix), " .、")
	}
	if s == "" || len(s) > 24 {
		return false
	}
	if _, ok := charset.Numeral(s); ok {
		return true
	}
	digits := false
	for _, r := range s {
		isNumber := r >= '0' && r <= '9'
		digits = digits || isNumber
		if !isNumber && !strings.ContainsRune("-._+", r) && (r >= utf8.RuneSelf || !unicode.IsLetter(r)) {
			return false
		}
	}
	return digits
}

// shotSize knows the values of 景别.
func shotSize(cell string) bool {
	switch strings.TrimSuffix(charset.Fold(cell), "镜头") {
	case "大远景", "远景", "大全景", "全景", "小全景", "中景", "中近景", "近景", "特写", "大特写", "空镜":
		return true
	}
	return false
}
