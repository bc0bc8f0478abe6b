package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// rawBook is a workbook whose cells are read as they are kept, not as they are shown: a date is written year first, a
// rate with its percent sign, a number with all its digits.
type rawBook struct {
	z       *zip.Reader
	strings []string
	styles  []byte // by the number of a cell's format
	late    bool   // days are counted from 1904
	known   *known
}

// What a number of a style is.
const (
	styleNumber byte = iota
	styleDate
	styleTime // with or without a date
	styleRate
)

// readRaw reads one sheet of a workbook: the chosen one, or the one with the best header.
func readRaw(z *zip.Reader, o Options, limit int) (*Grid, error) {
	b := &rawBook{z: z, known: newKnown()}
	sheets, err := b.open()
	if err != nil {
		return nil, err
	}
	g := &Grid{Sheet: o.Sheet, Sheets: sheets, Made: madeAt(z), Late: b.late}
	if g.Sheet == "" {
		g.Sheet = b.best(sheets, o.Names)
	}
	if !slices.Contains(sheets, g.Sheet) {
		return nil, &RefusedError{Code: RefusedSheet}
	}
	if g.Rows, err = b.rows(g.Sheet, limit); err != nil {
		return nil, err
	}
	if len(g.Rows) == 0 {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	return g, g.merge(merges(z, g.Sheet))
}

// open reads what all sheets share: their names, the table of strings, the formats.
func (b *rawBook) open() ([]string, error) {
	var book struct {
		Properties struct {
			Late string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	if !readPart(b.z, "xl/workbook.xml", &book) || len(book.Sheets) == 0 || len(book.Sheets) > maxSheets {
		return nil, &RefusedError{Code: RefusedBroken}
	}
	b.late = book.Properties.Late == "1" || book.Properties.Late == "true"
	names := make([]string, len(book.Sheets))
	for i, s := range book.Sheets {
		names[i] = s.Name
	}
	if err := b.each("xl/sharedStrings.xml", b.readStrings); err != nil {
		return nil, err
	}
	return names, b.each("xl/styles.xml", b.readStyles)
}

// each opens a part and walks over it; a part that is not there has nothing to say.
func (b *rawBook) each(name string, walk func(*tags)) error {
	f := partNamed(b.z, name)
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return &RefusedError{Code: RefusedBroken, err: err}
	}
	defer r.Close()
	x := newTags(io.LimitReader(r, maxUnzip))
	walk(x)
	if x.err != nil && x.err != io.EOF {
		return &RefusedError{Code: RefusedBroken, err: x.err}
	}
	return nil
}

// readStrings reads the table of strings: of each the runs together, without how it is pronounced.
func (b *rawBook) readStrings(x *tags) {
	var text []byte
	in, aside := false, false
	for x.next() {
		if in && !aside {
			text = append(text, x.text...)
		}
		if q, ok := x.quoted(); ok && in && !aside {
			text = append(text, q...)
			continue
		}
		switch x.name() {
		case "si":
			if text = text[:0]; x.empty() {
				b.strings = append(b.strings, "")
			}
		case "/si":
			b.strings = append(b.strings, plainText(text))
		case "t":
			in = !x.empty()
		case "/t":
			in = false
		case "rPh":
			aside = !x.empty()
		case "/rPh":
			aside = false
		}
	}
}

// readStyles finds out which formats show dates, times and rates.
func (b *rawBook) readStyles(x *tags) {
	own, within := map[int]byte{}, false
	for x.next() {
		switch x.name() {
		case "numFmt":
			if id, err := strconv.Atoi(string(x.attr("numFmtId"))); err == nil {
				own[id] = formatKind(plainText(x.attr("formatCode")))
			}
		case "cellXfs":
			within = !x.empty()
		case "/cellXfs":
			within = false
		case "xf":
			if !within {
				continue
			}
			id, _ := strconv.Atoi(string(x.attr("numFmtId"))) // without one: the general format, which is 0
			kind, ok := own[id]
			if !ok {
				kind = builtIn(id)
			}
			b.styles = append(b.styles, kind)
		}
	}
}

// builtIn knows the formats that a workbook does not spell out (ECMA-376, 18.8.30).
func builtIn(id int) byte {
	switch {
	case id == 9 || id == 10:
		return styleRate
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return styleDate
	case id >= 18 && id <= 22, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return styleTime
	}
	return styleNumber
}

// formatKind reads the letters of a format that are none of its texts and colours.
func formatKind(code string) byte {
	code, _, _ = strings.Cut(code, ";")
	kind := styleNumber
	if strings.EqualFold(code, "general") {
		return kind
	}
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			}
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return kind
			}
			if in := strings.ToLower(code[i+1 : i+end]); strings.Trim(in, "hms") == "" && in != "" {
				return styleTime
			}
			i += end
		case '\\', '_', '*':
			i++
		case '%':
			return styleRate
		case 'h', 'H', 's', 'S':
			return styleTime
		case 'y', 'Y', 'd', 'D', 'm', 'M':
			kind = styleDate
		}
	}
	return kind
}

// best finds the sheet with the best header; sheets that say how to fill in the others count only when all do.
func (b *rawBook) best(sheets []string, names Names) string {
	best, found := -1, sheets[0]
	for _, name := range sheets {
		rows, _ := b.rows(name, headRows) // as far as it can be read
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

// rawRows collects the rows of one sheet.
type rawRows struct {
	book  *rawBook
	limit int
	rows  [][]string
	cells []string
	row   int // from 1
	err   error

	column   int // of the cell that is being read, from 0
	kind     string
	style    int
	value    []byte
	in, skip bool
}

// rows reads a sheet up to limit rows; what it has read comes with the refusal.
func (b *rawBook) rows(name string, limit int) ([][]string, error) {
	part := sheetPart(b.z, name)
	if part == nil {
		return nil, &RefusedError{Code: RefusedBroken}
	}
	r := &rawRows{book: b, limit: limit}
	if err := b.each(part.Name, r.walk); err != nil {
		return r.rows, err
	}
	return r.rows, r.err
}

func (r *rawRows) walk(x *tags) {
	for r.err == nil && x.next() {
		if r.in && !r.skip {
			r.value = append(r.value, x.text...)
		}
		if q, ok := x.quoted(); ok && r.in && !r.skip {
			r.value = append(r.value, q...)
			continue
		}
		switch x.name() {
		case "row":
			r.finish()
			r.row = max(r.row+1, number(x.attr("r")))
			r.column = -1
		case "c":
			r.begin(x)
		case "/c":
			r.end()
		case "v", "t":
			r.in = !x.empty()
		case "/v", "/t":
			r.in = false
		case "rPh":
			r.skip = !x.empty()
		case "/rPh":
			r.skip = false
		case "/sheetData":
			r.finish()
			return
		}
	}
	r.finish()
}

func (r *rawRows) begin(x *tags) {
	if r.column++; len(x.attr("r")) > 0 {
		r.column = max(r.column, columnOf(x.attr("r")))
	}
	r.kind, r.style, r.value, r.in = r.book.known.bytes(x.attr("t")), number(x.attr("s")), r.value[:0], false
}

// end puts a cell into its row.
func (r *rawRows) end() {
	text := r.text()
	if charset.Blank(text) {
		return
	}
	if r.column >= MaxColumns {
		r.err = &RefusedError{Code: RefusedColumns, Row: r.row}
		return
	}
	for len(r.cells) <= r.column {
		r.cells = append(r.cells, "")
	}
	r.cells[r.column] = text
}

// text is what a cell holds: its own text, one of the table, or a number as its format means it.
func (r *rawRows) text() string {
	switch r.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(string(r.value))); err == nil && i >= 0 && i < len(r.book.strings) {
			return r.book.strings[i]
		}
		return ""
	case "inlineStr", "str", "e", "d":
		if bytes.IndexByte(r.value, '&') >= 0 {
			return plainText(r.value)
		}
		return r.book.known.bytes(r.value)
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[string(bytes.TrimSpace(r.value))]
	}
	kind := styleNumber
	if r.style < len(r.book.styles) {
		kind = r.book.styles[r.style]
	}
	return rawNumber(r.book.known.bytes(bytes.TrimSpace(r.value)), kind, r.book.late)
}

func (r *rawRows) finish() {
	if len(r.cells) == 0 || r.err != nil {
		return
	}
	if r.row > r.limit {
		r.err = &RefusedError{Code: RefusedRows, Row: r.row}
		return
	}
	for len(r.rows) < r.row-1 {
		r.rows = append(r.rows, nil)
	}
	for i, c := range r.cells {
		if !utf8.ValidString(c) {
			r.cells[i] = strings.ToValidUTF8(c, "\uFFFD")
		}
	}
	r.rows = append(r.rows, slices.Clone(r.cells))
	r.cells = r.cells[:0]
}

// rawNumber writes a kept number: binary fractions lose the noise behind their fifteenth digit, a date stands year first.
func rawNumber(v string, kind byte, late bool) string {
	if kind == styleNumber && (len(v) <= 15 && !strings.ContainsAny(v, "eE") || strings.Trim(v, "0123456789") == "") {
		return v
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v
	}
	if kind == styleDate || kind == styleTime {
		if text := dateOf(f, kind, late); text != "" {
			return text
		}
	}
	if kind == styleRate {
		return shortest(f*100) + "%"
	}
	return shortest(f)
}

func shortest(f float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		rounded = f
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// dateOf writes the date that a workbook keeps as days since 1900 or 1904; empty where it is none.
func dateOf(days float64, kind byte, late bool) string {
	if late && days >= 1 {
		days += 1462
	}
	if days < 0 || days >= 2_958_466 { // the year 10000
		return ""
	}
	seconds := int64(days*86_400 + 0.5)
	at := time.Date(1899, 12, 30, 0, 0, int(seconds%86_400), 0, time.UTC).AddDate(0, 0, int(seconds/86_400))
	switch {
	case days < 1:
		return at.Format(time.TimeOnly)
	case kind == styleDate && seconds%86_400 == 0:
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

// number reads an attribute of few digits; 0 where it is none.
func number(raw []byte) int {
	n := 0
	for _, c := range raw {
		if c < '0' || c > '9' || n > 10_000_000 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// columnOf gives the column of a cell's name, from 0: 27 of AB12.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c |= 0x20; c < 'a' || c > 'z' {
			break
		}
		if n = n*26 + int(c-'a') + 1; n > 1<<20 {
			break
		}
	}
	return n - 1
}

// madeAt is when a workbook says that it was made, else last changed; what a program's own template says does not count.
func madeAt(z *zip.Reader) time.Time {
	var core struct {
		Created  string `xml:"created"`
		Modified string `xml:"modified"`
	}
	if !readPart(z, "docProps/core.xml", &core) {
		return time.Time{}
	}
	for _, text := range []string{core.Created, core.Modified} {
		if at, err := time.Parse(time.RFC3339, strings.TrimSpace(text)); err == nil && at.Year() >= 2018 {
			return at.UTC()
		}
	}
	return time.Time{}
}

// openRaw reads a workbook raw. Its parts have been measured.
func openRaw(z *zip.Reader, o Options) (g *Grid, err error) {
	defer func() {
		if r := recover(); r != nil {
			g, err = nil, &RefusedError{Code: RefusedBroken, err: fmt.Errorf("reading a workbook: %v", r)}
		}
	}()
	return readRaw(z, o, o.rows())
}
