package sheet

import (
	"strconv"
	"strings"

	"chouka/server/studio/charset"
)

// The limits of a pasted table.
const (
	maxPaste = 2 << 20
	maxShots = 2000
)

// Paste reads a shot list pasted from a sheet: cells apart by tabs, commas, semicolons or full-width commas, quoted cells
// with line breaks, with or without a header row. Errors are *RefusedError; a cell that makes no sense is a TableError
// in the result.
func Paste(text string) (*ShotTable, error) {
	if len(text) > maxPaste {
		return nil, &RefusedError{Code: RefusedTooLarge}
	}
	text = strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\uFEFF")
	if charset.Blank(text) {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	sep := separator(text, ShotField)
	records, err := cells(text, sep.rune(), MaxRows, nil)
	if err != nil {
		return nil, err
	}
	g := &Grid{Separator: sep, Rows: records}
	l := g.Layout(ShotField, nil)
	if l.HeaderRow == 0 {
		l.Columns = GuessColumns(records)
	}
	rows, skipped := g.Body(l, FieldNumber)
	if len(rows) > maxShots {
		return nil, &RefusedError{Code: RefusedRows, Row: rows[maxShots].Number}
	}
	t := &ShotTable{HeaderRow: l.HeaderRow, Columns: l.Columns, Skipped: skipped}
	t.Rows, t.Errors = Shots(rows, l)
	return t, nil
}

// Shots reads the rows of a shot list by the columns' fields. Two columns of one field are joined. Rows without an
// episode or a scene have those of the row above.
func Shots(rows []Row, l Layout) ([]ShotRow, []TableError) {
	var shots []ShotRow
	var errs []TableError
	names := keepNames(l)
	for _, r := range rows {
		shots = append(shots, shot(r, l, names, &errs))
	}
	fillDown(shots)
	return shots, errs
}

func shot(r Row, l Layout, names []string, errs *[]TableError) ShotRow {
	s := ShotRow{Row: r.Number}
	for i, c := range l.Columns {
		value := r.Cell(i)
		switch {
		case value == "" || c.Field == "":
		case c.Field == FieldSeconds:
			ms, ok := Milliseconds(value)
			if !ok {
				*errs = append(*errs, TableError{Row: r.Number, Column: c.label(), Code: "seconds"})
				continue
			}
			s.Milliseconds = ms
		case c.Field == FieldKeep:
			if s.Keep == nil {
				s.Keep = map[string]string{}
			}
			s.Keep[names[i]] = value
		default:
			s.add(c.Field, value)
		}
	}
	s.Scene, s.Number, s.Episode = undated(onOneLine(s.Scene, " ")), undated(onOneLine(s.Number, " ")), onOneLine(s.Episode, " ")
	s.Size, s.Camera, s.Characters = onOneLine(s.Size, " "), onOneLine(s.Camera, " "), onOneLine(s.Characters, "、")
	return s
}

// onOneLine joins the lines of a cell whose field has only one.
func onOneLine(value, with string) string {
	lines := strings.FieldsFunc(value, func(r rune) bool { return r == '\n' || r == '\r' })
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, with)
}

func (s *ShotRow) add(field, value string) {
	into := s.field(field)
	switch {
	case into == nil: // one that only Kitsu's tables have
	case *into == "":
		*into = value
	case *into == value: // one cell merged over two columns
	case field == FieldPrompt || field == FieldDescription:
		*into += "\n" + value
	default:
		*into += " / " + value
	}
}

// keepNames gives the kept columns different names: the second Assignations is "Assignations (2)".
func keepNames(l Layout) []string {
	names, seen := make([]string, len(l.Columns)), map[string]bool{}
	for i, c := range l.Columns {
		if c.Field != FieldKeep {
			continue
		}
		name := c.Name
		if name == "" {
			name = "#" + strconv.Itoa(i+1)
		}
		names[i] = name
		for n := 2; seen[names[i]]; n++ {
			names[i] = name + " (" + strconv.Itoa(n) + ")"
		}
		seen[names[i]] = true
	}
	return names
}

// Kept gives what stands in a row's columns without a place of their own, by their names.
func Kept(r Row, l Layout) map[string]string {
	out := map[string]string{}
	for i, name := range keepNames(l) {
		if value := r.Cell(i); name != "" && value != "" {
			out[name] = value
		}
	}
	return out
}

// label is what a column is called in a message.
func (c Column) label() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Field
}

// field gives the place a column's value goes to.
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
	case FieldNote:
		return &s.Note
	}
	return nil
}

// fillDown gives rows without a scene or an episode those of the row above: a merged cell pastes only once.
func fillDown(rows []ShotRow) {
	for i := 1; i < len(rows); i++ {
		above, row := &rows[i-1], &rows[i]
		if row.Episode == "" {
			row.Episode = above.Episode
		}
		if row.Scene == "" && row.Episode == above.Episode {
			row.Scene = above.Scene
		}
	}
}
