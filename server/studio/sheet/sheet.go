// Package sheet reads and writes tables: shot lists, and the lists that other trackers give out, as workbooks (XLSX) or as
// text with commas, semicolons or tabs in any encoding of a Chinese office. It is pure: bytes go in, rows and columns
// come out, and nothing is kept.
//
// Begin with Read, which gives a Grid: the cells as they stand, merged ones filled. Grid.Layout finds the header and what
// each column stands for, Grid.Body the rows that are meant, and Shots what a shot list's rows say. Paste is all of it
// for text pasted from a sheet. CSV and XLSX write.
package sheet

import (
	"fmt"
	"time"

	"chouka/server/studio/charset"
)

// Separator is what stands between the cells of a text.
type Separator string

// The separators. Empty is none: every line is one cell.
const (
	Comma     Separator = "comma"
	Semicolon Separator = "semicolon"
	Tab       Separator = "tab"
	Wide      Separator = "wide" // the full-width comma
)

// Separators lists those that a person may choose.
func Separators() []Separator { return []Separator{Comma, Semicolon, Tab, Wide} }

func (s Separator) rune() rune {
	switch s {
	case Comma:
		return ','
	case Semicolon:
		return ';'
	case Tab:
		return '\t'
	case Wide:
		return '，'
	}
	return 0
}

// The limits of a table. Blank rows at its end and blank columns at its right do not count.
const (
	MaxRows    = 50_000
	MaxColumns = 128
	maxCell    = 64 << 10 // bytes in quotes; a quote that closes later is an ordinary character
)

// Names gives the field that a header names; empty for one that it does not know.
type Names func(header string) string

// Options steer one reading. Zero fields are found.
type Options struct {
	Encoding  charset.Encoding
	Separator Separator
	Sheet     string // of a workbook
	Names     Names  // by which the right separator and sheet are known
	Rows      int    // at most; 0: MaxRows
	Raw       bool   // cells of a workbook as they are kept: a date year first, a number with all its digits; of many rows equal texts are one
}

func (o Options) rows() int {
	if o.Rows > 0 {
		return o.Rows
	}
	return MaxRows
}

// Grid is a table as it was delivered.
type Grid struct {
	Encoding  charset.Encoding // empty for a workbook
	Separator Separator
	Sheet     string   // that was read
	Sheets    []string // of a workbook, in its order
	Rows      [][]string
	Made      time.Time // of a workbook read raw: when it was made; zero where it does not say
	Late      bool      // of a workbook read raw: it counts days from 1904

	below map[place]bool // cells that a merge repeats from the row above
	bands map[int]bool   // rows that are one cell merged over the others
}

// place is a cell by its row and column, from 0.
type place struct{ row, column int }

// The codes of a RefusedError.
const (
	RefusedEmpty       = "empty"
	RefusedBinary      = "binary"      // no table: a picture, a program
	RefusedEncoding    = "encoding"    // does not decode
	RefusedUnsupported = "unsupported" // xls, ods, pdf, docx
	RefusedProtected   = "protected"   // a workbook with a password, or the old format; both look the same
	RefusedBroken      = "broken"      // a workbook that cannot be opened
	RefusedTooLarge    = "too_large"   // it unpacks to too much
	RefusedRows        = "too_many_rows"
	RefusedColumns     = "too_many_columns"
	RefusedSheet       = "no_sheet"  // there is no sheet of the chosen name
	RefusedCell        = "long_cell" // a cell that is longer than a workbook can hold
)

// RefusedError says why a table cannot be read or written at all. Nothing of the content is in it.
type RefusedError struct {
	Code string
	// Row is where reading stopped, from 1; 0 when no row is to blame.
	Row int
	err error
}

// Error gives the code and the row.
func (e *RefusedError) Error() string {
	text := "table refused: " + e.Code
	if e.Row > 0 {
		text += fmt.Sprintf(" at row %d", e.Row)
	}
	if e.err != nil {
		text += ": " + e.err.Error()
	}
	return text
}

// Unwrap gives the cause, where a library had one.
func (e *RefusedError) Unwrap() error { return e.err }

// Read reads a table. Errors are *RefusedError.
func Read(data []byte, o Options) (*Grid, error) {
	if o.Names == nil {
		o.Names = ShotField
	}
	if len(data) == 0 {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	switch format(data) {
	case "zip":
		return readWorkbook(data, o)
	case "ole":
		return nil, &RefusedError{Code: RefusedProtected}
	case "foreign":
		return nil, &RefusedError{Code: RefusedUnsupported}
	}
	return readText(data, o)
}
