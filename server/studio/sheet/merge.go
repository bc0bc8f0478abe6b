package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"strings"

	"chouka/server/studio/charset"

	"github.com/xuri/excelize/v2"
)

// The limits of merged cells: how many ranges are looked at, and how many cells they may fill.
const (
	maxMerges = 20_000
	maxFilled = 500_000
)

// area is a merged range of cells, from 0, its ends inside.
type area struct{ top, left, bottom, right int }

var mergedRange = regexp.MustCompile(`<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"`)

// merges reads the merged ranges of a sheet out of its own part: the library would read every cell of it into memory for that.
func merges(z *zip.Reader, sheet string) []area {
	part := sheetPart(z, sheet)
	if part == nil {
		return nil
	}
	var tail []byte
	found := false
	mark := []byte("mergeCells")
	_ = eachChunk(part, func(chunk []byte) bool { // a damaged end was refused before
		tail = append(tail, chunk...)
		if !found {
			if i := bytes.Index(tail, mark); i >= 0 {
				tail, found = tail[i:], true
			} else {
				tail = append(tail[:0], tail[max(0, len(tail)-len(mark)):]...)
			}
		}
		return len(tail) < maxMerges*64
	})
	if !found {
		return nil
	}
	var out []area
	for _, m := range mergedRange.FindAllSubmatch(tail, maxMerges) {
		left, top, err := excelize.CellNameToCoordinates(string(m[1]))
		right, bottom, err2 := excelize.CellNameToCoordinates(string(m[2]))
		if err == nil && err2 == nil && top <= bottom && left <= right {
			out = append(out, area{top - 1, left - 1, bottom - 1, right - 1})
		}
	}
	return out
}

// eachChunk unpacks a part piece by piece until visit says no.
func eachChunk(f *zip.File, visit func([]byte) bool) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(r, buf)
		if n > 0 && !visit(buf[:n]) {
			return nil
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// sheetPart finds the part of a sheet by the workbook's list and its relations.
func sheetPart(z *zip.Reader, sheet string) *zip.File {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Rels []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if !readPart(z, "xl/workbook.xml", &book) || !readPart(z, "xl/_rels/workbook.xml.rels", &rels) {
		return nil
	}
	for _, s := range book.Sheets {
		for _, r := range rels.Rels {
			if s.Name != sheet || s.ID != r.ID {
				continue
			}
			target := r.Target
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			return partNamed(z, strings.TrimPrefix(target, "/"))
		}
	}
	return nil
}

func partNamed(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			return f
		}
	}
	return nil
}

func readPart(z *zip.Reader, name string, into any) bool {
	f := partNamed(z, name)
	if f == nil {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, maxPart)).Decode(into) == nil
}

// merge repeats the first cell of every merged range over the whole of it. A range over three or more columns of an else
// empty row is a band, such as the name of a part: it stays one cell.
func (g *Grid) merge(areas []area) error {
	wide, filled := width(g.Rows), 0
	g.below, g.bands = map[place]bool{}, map[int]bool{}
	for _, a := range areas {
		a.bottom, a.right = min(a.bottom, len(g.Rows)-1), min(a.right, wide-1)
		if a.top > a.bottom || a.left > a.right {
			continue
		}
		value := g.cell(a.top, a.left)
		if charset.Blank(value) {
			continue
		}
		if a.top == a.bottom && a.right-a.left >= 2 && g.alone(a) {
			g.bands[a.top] = true
			continue
		}
		if filled += (a.bottom - a.top + 1) * (a.right - a.left + 1); filled > maxFilled {
			return &RefusedError{Code: RefusedTooLarge}
		}
		for r := a.top; r <= a.bottom; r++ {
			for c := a.left; c <= a.right; c++ {
				g.set(r, c, value)
				if r > a.top {
					g.below[place{r, c}] = true
				}
			}
		}
	}
	return nil
}

func (g *Grid) cell(row, column int) string {
	if column >= len(g.Rows[row]) {
		return ""
	}
	return g.Rows[row][column]
}

func (g *Grid) set(row, column int, value string) {
	for len(g.Rows[row]) <= column {
		g.Rows[row] = append(g.Rows[row], "")
	}
	g.Rows[row][column] = value
}

// alone says whether nothing but the area's first cell is filled in its row.
func (g *Grid) alone(a area) bool {
	for c, cell := range g.Rows[a.top] {
		if c != a.left && !charset.Blank(cell) {
			return false
		}
	}
	return true
}
