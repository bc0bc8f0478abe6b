package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Written is a table to be written: text only, whatever it looks like.
type Written struct {
	Name   string // of the sheet
	Header []string
	Rows   [][]string
}

// maxWritten is how much a cell of a workbook holds, in UTF-16 units.
const maxWritten = 32_767

// CSV writes a table as every spreadsheet on a Chinese desk opens it: UTF-8 with its mark, commas, CRLF. What would be a
// formula is made inert.
func CSV(t Written) []byte {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	for _, record := range append([][]string{t.Header}, t.Rows...) {
		for i, cell := range record {
			if i > 0 {
				b.WriteByte(',')
			}
			writeCell(&b, guarded(cell))
		}
		b.WriteString("\r\n")
	}
	return b.Bytes()
}

func writeCell(b *bytes.Buffer, cell string) {
	if !strings.ContainsAny(cell, ",;，\t\r\n\"") && cell == strings.TrimSpace(cell) {
		b.WriteString(cell)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(cell, `"`, `""`))
	b.WriteByte('"')
}

// XLSX writes a table as a workbook with one sheet. Its cells are strings, never formulas; the header stays in sight.
// A cell that a workbook cannot hold is a *RefusedError.
func XLSX(t Written) ([]byte, error) {
	for i, record := range t.Rows {
		for _, cell := range record {
			if len(cell) > maxWritten && len(utf16.Encode([]rune(cell))) > maxWritten {
				return nil, &RefusedError{Code: RefusedCell, Row: i + 2}
			}
		}
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", t.Name); err != nil {
		return nil, fmt.Errorf("naming a sheet: %w", err)
	}
	if err := writeSheet(f, t); err != nil {
		return nil, fmt.Errorf("writing a workbook: %w", err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("writing a workbook: %w", err)
	}
	return b.Bytes(), nil
}

func writeSheet(f *excelize.File, t Written) error {
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: asText,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8E8E8"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	if err != nil {
		return err
	}
	body, err := f.NewStyle(&excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	w, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	for i := range t.Header {
		if err := w.SetColWidth(i+1, i+1, columnWidth(t, i)); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, record := range append([][]string{t.Header}, t.Rows...) {
		style := body
		if i == 0 {
			style = head
		}
		cells := make([]any, len(record))
		for c, text := range record {
			cells[c] = excelize.Cell{StyleID: style, Value: text}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

// asText is the number format that keeps 1-2 from becoming a date when somebody edits the cell.
const asText = 49

// columnWidth is what the longest line of a column needs, in characters of a spreadsheet: 8 to 48.
func columnWidth(t Written, column int) float64 {
	widest := 8
	for _, record := range append([][]string{t.Header}, t.Rows[:min(len(t.Rows), headRows)]...) {
		if column < len(record) {
			for line := range strings.Lines(record[column]) {
				widest = max(widest, 2+shownWidth(line))
			}
		}
	}
	return float64(min(widest, 48))
}

// shownWidth counts a Chinese character twice.
func shownWidth(line string) int {
	n := 0
	for _, r := range line {
		n++
		if r >= 0x1100 && r != utf8.RuneError {
			n++
		}
	}
	return n
}
