package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chouka/server/studio/charset"

	"github.com/xuri/excelize/v2"
)

// The limits of a workbook, told by its directory before anything is unpacked.
const (
	maxParts   = 2000
	maxUnzip   = 64 << 20 // all parts
	maxRatio   = 150      // packed to unpacked, above freeRatio
	freeRatio  = 8 << 20
	maxPart    = 4 << 20 // styles, names and the like, which are read as a whole
	maxStrings = 24 << 20
	maxTags    = 1_000_000 // in the table of strings
	maxSheets  = 100
)

// readWorkbook reads one sheet of a workbook: the chosen one, or the one with the best header.
func readWorkbook(data []byte, o Options) (g *Grid, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &RefusedError{Code: RefusedBroken, err: err}
	}
	if err := checkParts(z, len(data)); err != nil {
		return nil, err
	}
	if o.Raw {
		return openRaw(z, o)
	}
	// A library that stumbles over a damaged workbook must not take the house with it.
	defer func() {
		if r := recover(); r != nil {
			g, err = nil, &RefusedError{Code: RefusedBroken, err: fmt.Errorf("reading a workbook: %v", r)}
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxUnzip})
	if err != nil {
		return nil, &RefusedError{Code: RefusedBroken, err: err}
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) == 0 || len(sheets) > maxSheets {
		return nil, &RefusedError{Code: RefusedBroken}
	}
	name := o.Sheet
	if name == "" {
		name = bestSheet(f, sheets, o.Names)
	}
	if !slices.Contains(sheets, name) {
		return nil, &RefusedError{Code: RefusedSheet}
	}
	g = &Grid{Sheet: name, Sheets: sheets}
	if g.Rows, err = sheetRows(f, name, o.rows()); err != nil {
		return nil, err
	}
	if len(g.Rows) == 0 {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	return g, g.merge(merges(z, name))
}

// checkParts refuses a workbook that would unpack to too much. The directory may lie; then unpacking stops at what it says.
func checkParts(z *zip.Reader, size int) error {
	if len(z.File) > maxParts {
		return &RefusedError{Code: RefusedTooLarge}
	}
	total, book := uint64(0), false
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		limit := uint64(maxUnzip)
		switch {
		case strings.HasPrefix(name, "xl/worksheets/sheet"), strings.HasPrefix(name, "xl/media/"):
		case name == "xl/sharedstrings.xml":
			limit = maxStrings
		default:
			limit = maxPart
		}
		if total += min(f.UncompressedSize64, maxUnzip+1); total > maxUnzip || f.UncompressedSize64 > limit {
			return &RefusedError{Code: RefusedTooLarge}
		}
		book = book || name == "xl/workbook.xml"
	}
	switch {
	case !book:
		return &RefusedError{Code: RefusedUnsupported}
	case total > freeRatio && total > uint64(size)*maxRatio:
		return &RefusedError{Code: RefusedTooLarge}
	}
	return checkStrings(z)
}

// checkStrings counts what the table of strings would become in memory: each of its elements weighs far more than it is long.
func checkStrings(z *zip.Reader) error {
	tags := 0
	for _, f := range z.File {
		if strings.ToLower(f.Name) != "xl/sharedstrings.xml" {
			continue
		}
		err := eachChunk(f, func(chunk []byte) bool {
			tags += bytes.Count(chunk, []byte("<"))
			return tags <= maxTags
		})
		if err != nil {
			return &RefusedError{Code: RefusedBroken, err: err}
		}
	}
	if tags > maxTags {
		return &RefusedError{Code: RefusedTooLarge}
	}
	return nil
}

// bestSheet finds the sheet with the best header; sheets that say how to fill in the others count only when all do.
func bestSheet(f *excelize.File, sheets []string, names Names) string {
	best, found := -1, sheets[0]
	for _, name := range sheets {
		rows, err := sheetRows(f, name, headRows)
		var refused *RefusedError
		if err != nil && !(errors.As(err, &refused) && refused.Code == RefusedRows) {
			continue
		}
		score := 0
		if len(rows) > 0 {
			score = 1
		}
		if at := headerAt(rows, names); at >= 0 {
			_, s := headerScore(rows[at], names)
			score += 2 * s
		}
		if isInstructionSheet(name) {
			score = 0
		}
		if score > best {
			best, found = score, name
		}
	}
	return found
}

func isInstructionSheet(name string) bool {
	key := strings.ToLower(strings.ReplaceAll(charset.Fold(name), " ", ""))
	for _, w := range []string{"说明", "說明", "须知", "示例", "模板说明", "instruction", "readme", "example"} {
		if strings.Contains(key, w) {
			return true
		}
	}
	return false
}

// sheetRows reads the cells of a sheet as they are shown, up to limit rows; what it has read comes with the refusal.
func sheetRows(f *excelize.File, name string, limit int) ([][]string, error) {
	it, err := f.Rows(name)
	if err != nil {
		return nil, &RefusedError{Code: RefusedBroken, err: err}
	}
	defer it.Close()
	var rows [][]string
	blank := 0
	for it.Next() {
		record, err := it.Columns()
		if err != nil {
			return nil, &RefusedError{Code: RefusedBroken, err: err}
		}
		if blankRecord(record) {
			blank++
			continue
		}
		row := len(rows) + blank + 1
		if row > limit {
			return rows, &RefusedError{Code: RefusedRows, Row: row}
		}
		if len(record) > MaxColumns {
			if !blankRecord(record[MaxColumns:]) {
				return rows, &RefusedError{Code: RefusedColumns, Row: row}
			}
			record = slices.Clone(record[:MaxColumns])
		}
		for ; blank > 0; blank-- {
			rows = append(rows, nil)
		}
		rows = append(rows, record)
	}
	if err := it.Error(); err != nil {
		return nil, &RefusedError{Code: RefusedBroken, err: err}
	}
	return rows, nil
}
