package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// Layout says where a table's header is and what each column stands for.
type Layout struct {
	// HeaderRow is the header's row number, from 1; 0 when there is none.
	HeaderRow int
	Columns   []Column
}

// Column is one column and the field it was taken for.
type Column struct {
	// Name is the header as written; empty without a header.
	Name string `json:"name"`
	// Field is one of the Field values; empty when the column is not used.
	Field string `json:"field"`
}

// Column gives the place of the first column of a field; -1 without one.
func (l Layout) Column(field string) int {
	return slices.IndexFunc(l.Columns, func(c Column) bool { return c.Field == field })
}

// Row is one row that is meant, by its number in the file, from 1.
type Row struct {
	Number int
	Cells  []string
}

// Cell gives the trimmed value of a column; empty beyond the row's end.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return strings.TrimSpace(r.Cells[column])
}

// Skipped is a row that is none of what was asked for. Why is blank, header, total, instruction or merged.
type Skipped struct {
	Row int    `json:"row"`
	Why string `json:"why"`
}

// Layout finds the header row by its names, else by its shape, or takes the one that was chosen (from 1; 0: none), and names the columns.
func (g *Grid) Layout(names Names, chosen *int) Layout {
	at := headerAt(g.Rows, names)
	if at < 0 {
		at = headerByShape(g.Rows)
	}
	if chosen != nil {
		at = *chosen - 1
	}
	if at < 0 || at >= len(g.Rows) {
		return Layout{Columns: make([]Column, width(g.Rows))}
	}
	l := Layout{HeaderRow: at + 1, Columns: headerColumns(g.Rows[at], names)}
	for len(l.Columns) < width(g.Rows) {
		l.Columns = append(l.Columns, Column{})
	}
	return l
}

func width(records [][]string) int {
	w := 0
	for _, r := range records {
		w = max(w, min(len(r), MaxColumns))
	}
	return w
}

// Body gives the rows that are meant and why the others are not. Every row of the grid is in one of the two or is the
// header. Where the cell of the key field is merged over several rows, these are one; with no key they never are.
func (g *Grid) Body(l Layout, key string) ([]Row, []Skipped) {
	rows, skipped := make([]Row, 0, len(g.Rows)), []Skipped{}
	column := -1
	if key != "" { // else a column that is not used would be it
		column = l.Column(key)
	}
	for i, record := range g.Rows {
		if i == l.HeaderRow-1 {
			continue
		}
		why := g.skip(l, i)
		if why == "" && column >= 0 && g.below[place{i, column}] && len(rows) > 0 {
			rows[len(rows)-1].Cells = g.joined(rows[len(rows)-1].Cells, record, i)
			why = "merged"
		}
		if why != "" {
			skipped = append(skipped, Skipped{Row: i + 1, Why: why})
			continue
		}
		rows = append(rows, Row{Number: i + 1, Cells: record})
	}
	return rows, skipped
}

// skip says why a row is not meant.
func (g *Grid) skip(l Layout, i int) string {
	record := g.Rows[i]
	first := slices.IndexFunc(record, func(c string) bool { return !charset.Blank(c) })
	switch {
	case first < 0:
		return "blank"
	case isInstruction(record, first, len(l.Columns)):
		return "instruction"
	case l.HeaderRow > 0 && (i < l.HeaderRow-1 || sameCells(record, g.Rows[l.HeaderRow-1]) || g.secondHeader(l, i)):
		return "header"
	case len(l.Columns) > 1 && l.sums(record, first):
		return "total"
	case g.bands[i] || g.allBelow(i):
		return "merged"
	}
	return ""
}

// sums knows a row that sums a sheet up by its first cell. Where that is a name, only the bare word will do, and the name
// of a table of figures is looked at wherever it stands.
func (l Layout) sums(record []string, first int) bool {
	if l.figures() {
		name := Row{Cells: record}.Cell(l.Column(FieldTitle))
		return bareTotal(record[first]) || name != "" && bareTotal(name)
	}
	return isTotal(record[first])
}

// figures says whether a layout is of a table of figures: its columns hold values.
func (l Layout) figures() bool {
	return slices.ContainsFunc(l.Columns, func(c Column) bool {
		switch c.Field {
		case FieldValue, FieldDay, FieldPlays, FieldPlaysMore, FieldHeat, FieldFollowers, FieldLikes, FieldCompletion, FieldRevenue, FieldRevenueMore, FieldSpend, FieldSpendMore:
			return true
		}
		return false
	})
}

// secondHeader knows the second row of a header whose cells are merged over two.
func (g *Grid) secondHeader(l Layout, i int) bool {
	return i == l.HeaderRow && slices.ContainsFunc(columns(len(g.Rows[i])), func(c int) bool { return g.below[place{i, c}] })
}

// allBelow knows a row whose every cell is repeated from above.
func (g *Grid) allBelow(i int) bool {
	for c, cell := range g.Rows[i] {
		if !charset.Blank(cell) && !g.below[place{i, c}] {
			return false
		}
	}
	return len(g.below) > 0
}

func columns(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// joined adds the cells of a row to those of the row that it carries on.
func (g *Grid) joined(above, record []string, i int) []string {
	out := slices.Clone(above)
	for c, cell := range record {
		if charset.Blank(cell) || g.below[place{i, c}] {
			continue
		}
		for len(out) <= c {
			out = append(out, "")
		}
		if charset.Blank(out[c]) {
			out[c] = cell
		} else {
			out[c] += "\n" + cell
		}
	}
	return out
}

func sameCells(a, b []string) bool {
	if len(a) > 0 && len(b) > 0 && strings.TrimSpace(a[0]) != strings.TrimSpace(b[0]) {
		return false
	}
	trim := func(record []string) []string {
		out := make([]string, len(record))
		for i, c := range record {
			out[i] = strings.TrimSpace(c)
		}
		for len(out) > 0 && out[len(out)-1] == "" {
			out = out[:len(out)-1]
		}
		return out
	}
	return slices.Equal(trim(a), trim(b))
}

// isTotal knows the rows that sum a sheet up.
func isTotal(cell string) bool {
	key := strings.ToLower(strings.ReplaceAll(charset.Fold(cell), " ", ""))
	if utf8.RuneCountInString(key) > 16 {
		return false
	}
	for _, w := range []string{"合计", "合計", "总计", "總計", "小计", "小計", "总时长", "總時長", "共计", "共計", "total", "sum", "subtotal"} {
		if strings.HasPrefix(key, w) {
			return true
		}
	}
	return false
}

// isInstruction knows the rows that say how a sheet is to be filled in: a note that stands alone, or a filled example.
func isInstruction(record []string, first, columns int) bool {
	key := strings.ToLower(strings.ReplaceAll(charset.Fold(record[first]), " ", ""))
	bare := strings.TrimLeft(key, "(【[*")
	for _, w := range []string{"填写说明", "填表说明", "使用说明", "填寫說明", "填表說明", "使用說明", "填写示例", "填寫示例", "示例", "范例", "範例", "instructions"} {
		if rest, ok := strings.CutPrefix(bare, w); ok && (rest == "" || strings.ContainsAny(rest[:1], ":)],;-0123456789") || strings.HasPrefix(rest, "】")) {
			return true
		}
	}
	filled := 0
	for _, c := range record {
		if !charset.Blank(c) {
			filled++
		}
	}
	if filled > 1 || columns < 3 {
		return false
	}
	for _, w := range []string{"说明:", "說明:", "注:", "注意:", "注意事项", "备注:", "note:", "notes:", "example:"} {
		if strings.HasPrefix(key, w) {
			return true
		}
	}
	return false
}
