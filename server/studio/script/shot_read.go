package script

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of a pasted table. Columns beyond maxColumns are not used.
const (
	maxTable   = 2 << 20
	maxShots   = 2000
	maxColumns = 64
)

// Table reads a shot table pasted from a sheet: cells apart by tabs, commas or full-width commas, quoted cells with
// line breaks, with or without a header row. Errors are *RefusedError with the codes empty, too_large and
// too_many_lines; a cell that makes no sense is a TableError in the result.
func Table(text string) (*ShotTable, error) {
	if len(text) > maxTable {
		return nil, &RefusedError{Code: RefusedTooLarge}
	}
	text = strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\uFEFF")
	if isBlank(text) {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	records := cells(text, separator(text))
	t := &ShotTable{}
	header := headerAt(records)
	if header >= 0 {
		t.HeaderRow = header + 1
		t.Columns = headerColumns(records[header])
	} else {
		t.Columns = guessColumns(records)
	}
	for i, record := range records {
		if i == header {
			continue
		}
		if why := t.skip(record, i, records); why != "" {
			t.Skipped = append(t.Skipped, Skipped{Row: i + 1, Why: why})
			continue
		}
		if len(t.Rows) == maxShots {
			return nil, &RefusedError{Code: RefusedTooManyLines, Line: i + 1}
		}
		t.Rows = append(t.Rows, t.shot(record, i+1))
	}
	t.fillDown()
	return t, nil
}

// skip says why a row is no shot: blank, above or again the header, or a total.
func (t *ShotTable) skip(record []string, i int, records [][]string) string {
	first := slices.IndexFunc(record, func(c string) bool { return !isBlank(c) })
	switch {
	case first < 0:
		return "blank"
	case t.HeaderRow > 0 && (i < t.HeaderRow-1 || sameCells(record, records[t.HeaderRow-1])):
		return "header"
	case len(t.Columns) > 1 && isTotal(record[first]):
		return "total"
	}
	return ""
}

func sameCells(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return strings.TrimSpace(x) == strings.TrimSpace(y) })
}

// isTotal knows the rows that sum a sheet up.
func isTotal(cell string) bool {
	key := strings.ToLower(strings.ReplaceAll(Fold(cell), " ", ""))
	if utf8.RuneCountInString(key) > 16 {
		return false
	}
	for _, w := range []string{"合计", "总计", "小计", "总时长", "共计", "total", "sum", "subtotal"} {
		if strings.HasPrefix(key, w) {
			return true
		}
	}
	return false
}

// shot reads one row by the columns' fields. Two columns of one field are joined.
func (t *ShotTable) shot(record []string, row int) ShotRow {
	s := ShotRow{Row: row}
	for i, c := range t.Columns {
		if i >= len(record) {
			break
		}
		value := strings.TrimSpace(record[i])
		if value == "" || c.Field == "" {
			continue
		}
		if c.Field == FieldSeconds {
			ms, ok := milliseconds(value)
			if !ok {
				t.Errors = append(t.Errors, TableError{Row: row, Column: columnName(c), Code: "seconds"})
				continue
			}
			s.Milliseconds = ms
			continue
		}
		into := s.field(c.Field)
		switch {
		case *into == "":
			*into = value
		case c.Field == FieldPrompt || c.Field == FieldDescription:
			*into += "\n" + value
		default:
			*into += " / " + value
		}
	}
	return s
}

func columnName(c Column) string {
	if c.Name != "" {
		return c.Name
	}
	return c.Field
}

// field gives the place a column's value goes to; notes take whatever has no place of its own.
func (s *ShotRow) field(name string) *string {
	switch name {
	case FieldNumber:
		return &s.Number
	case FieldSize:
		return &s.Size
	case FieldCamera:
		return &s.Camera
	case FieldDescription:
		return &s.Description
	case FieldDialogue:
		return &s.Dialogue
	case FieldSound:
		return &s.Sound
	case FieldPrompt:
		return &s.Prompt
	case FieldCharacters:
		return &s.Characters
	case FieldScene:
		return &s.Scene
	case FieldEpisode:
		return &s.Episode
	}
	return &s.Note
}

// fillDown gives rows without a scene or an episode those of the row above: a merged cell pastes only once.
func (t *ShotTable) fillDown() {
	for i := 1; i < len(t.Rows); i++ {
		above, row := &t.Rows[i-1], &t.Rows[i]
		if row.Episode == "" {
			row.Episode = above.Episode
		}
		if row.Scene == "" && row.Episode == above.Episode {
			row.Scene = above.Scene
		}
	}
}
