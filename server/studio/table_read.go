package studio

import (
	"errors"
	"slices"
	"strings"

	"chouka/server/studio/charset"
	"chouka/server/studio/script"
	"chouka/server/studio/sheet"
)

// readTable is a table as it was read, and then as its columns were laid out.
type readTable struct {
	kind       TableKind
	choice     TableChoice
	sha        string
	grid       *sheet.Grid
	layout     sheet.Layout
	rows       []sheet.Row
	skipped    []SkippedRow
	remembered bool
}

// openTable reads the cells of a file.
func openTable(kind TableKind, data []byte, in TableChoice) (*readTable, error) {
	if len(data) > ScriptLimit {
		return nil, refusedTable(&sheet.RefusedError{Code: sheet.RefusedTooLarge})
	}
	sep := sheet.Separator(in.Separator)
	if in.Encoding != "" && !slices.Contains(charset.Encodings(), in.Encoding) || sep != "" && !slices.Contains(sheet.Separators(), sep) {
		return nil, wrong("choice", "没有这种编码或分隔符", "there is no such encoding or separator")
	}
	o := sheet.Options{Encoding: in.Encoding, Separator: sep, Sheet: in.Sheet, Names: tableNames(kind)}
	if kind == tableFigures {
		o.Raw, o.Rows = true, figureRows+figureExtra
	}
	g, err := sheet.Read(data, o)
	var refused *sheet.RefusedError
	if errors.As(err, &refused) {
		return nil, refusedTable(refused)
	}
	return &readTable{kind: kind, choice: in, grid: g}, err
}

// refusedTable says what to do with a table that cannot be read or written.
func refusedTable(r *sheet.RefusedError) *Error {
	code := "table." + r.Code
	switch r.Code {
	case sheet.RefusedEmpty:
		return refuse(Invalid, code, "表格是空的，请换一个", "the table is empty; choose another")
	case sheet.RefusedBinary:
		return refuse(Unsupported, code, "这不是表格。可以导入 .xlsx、.csv 和 .tsv", "this is no table; .xlsx, .csv and .tsv can be imported")
	case sheet.RefusedEncoding:
		return refuse(Invalid, code, "文字编码认不出来，请在 Excel 里另存为“CSV UTF-8”或 .xlsx 再试", "the encoding of the text is not known; save it as CSV UTF-8 or .xlsx and try again")
	case sheet.RefusedProtected:
		return refuse(Unsupported, code, "这是旧的 .xls 或加了密码的表格，请去掉密码并另存为 .xlsx", "this is an old .xls or a workbook with a password; save it as .xlsx without one")
	case sheet.RefusedBroken:
		return refuse(Invalid, code, "Excel 文件已损坏，请另存为 .xlsx 再试", "the workbook is damaged; save it as .xlsx again and retry")
	case sheet.RefusedTooLarge:
		return refuse(TooLarge, code, "表格太大，或解压后太大。请删去图片和多余的工作表，控制在 16 MB 以内", "the table is too large, or unpacks to too much; take pictures and other sheets out and keep it within 16 MB")
	case sheet.RefusedRows:
		return refuse(TooLarge, code, "行数太多，一个表格最多 5 万行，请分开导入", "too many rows; a table has at most 50,000. Import it in parts")
	case sheet.RefusedColumns:
		return refuse(TooLarge, code, "列数太多，一个表格最多 128 列", "too many columns; a table has at most 128")
	case sheet.RefusedSheet:
		return wrong("choice", "没有这个工作表，请重新选择", "there is no such sheet; choose another")
	case sheet.RefusedCell:
		return conflict(code, "有一格超过 Excel 的上限 32767 字，请导出 CSV", "a cell holds more than the 32,767 characters of a workbook; export CSV")
	}
	return refuse(Unsupported, code, "不支持这种文件。请在 Excel 或 WPS 里另存为 .xlsx 或 .csv", "this format is not read; save it as .xlsx or .csv")
}

// tableNames gives how a kind's headers are known.
func tableNames(kind TableKind) sheet.Names {
	switch kind {
	case TableKitsuShots:
		return sheet.KitsuShotField
	case TableKitsuAssets:
		return sheet.KitsuAssetField
	case TableKitsuCasting:
		return sheet.KitsuCastingField
	case TableKitsuPeople:
		return sheet.KitsuPeopleField
	case tableSlots:
		return sheet.SlotField
	case tableFigures:
		return sheet.FigureField
	}
	return sheet.ShotField
}

// fieldsOf lists what a column of a kind may stand for.
func fieldsOf(kind TableKind) []string {
	switch kind {
	case TableKitsuShots:
		return []string{sheet.FieldEpisode, sheet.FieldScene, sheet.FieldNumber, sheet.FieldDescription, sheet.FieldFPS, sheet.FieldFrameIn,
			sheet.FieldFrameOut, sheet.FieldFrames, sheet.FieldKeep}
	case TableKitsuAssets:
		return []string{sheet.FieldType, sheet.FieldName, sheet.FieldDescription, sheet.FieldKeep}
	case TableKitsuCasting:
		return []string{sheet.FieldEpisode, sheet.FieldScene, sheet.FieldNumber, sheet.FieldType, sheet.FieldElement, sheet.FieldOccurrences, sheet.FieldLabel}
	case TableKitsuPeople:
		return []string{sheet.FieldFirstName, sheet.FieldLastName, sheet.FieldEmail, sheet.FieldRole}
	case tableSlots:
		return []string{sheet.FieldPlace, sheet.FieldArea, sheet.FieldTitle, sheet.FieldDate, sheet.FieldStart, sheet.FieldEnd, sheet.FieldStatus, sheet.FieldNote}
	case tableFigures:
		return []string{sheet.FieldTitle, sheet.FieldPlatform, sheet.FieldRegion, sheet.FieldExternal, sheet.FieldDate, sheet.FieldUpdated, sheet.FieldMetric, sheet.FieldTally,
			sheet.FieldValue, sheet.FieldCurrency, sheet.FieldNote, sheet.FieldDay, sheet.FieldPlays, sheet.FieldPlaysMore, sheet.FieldHeat, sheet.FieldFollowers,
			sheet.FieldLikes, sheet.FieldCompletion, sheet.FieldRevenue, sheet.FieldRevenueMore, sheet.FieldSpend, sheet.FieldSpendMore}
	}
	return []string{sheet.FieldEpisode, sheet.FieldScene, sheet.FieldNumber, sheet.FieldSize, sheet.FieldCamera, sheet.FieldDescription,
		sheet.FieldDialogue, sheet.FieldSound, sheet.FieldSeconds, sheet.FieldPrompt, sheet.FieldCharacters, sheet.FieldNote, sheet.FieldKeep}
}

func layoutKey(header string) string { return strings.ToLower(script.Fold(header)) }

// layOut finds the header and names the columns: as chosen, as the title's last table had them, or by their names.
func (t *readTable) layOut(kept *keptLayout) error {
	base, fields := tableNames(t.kind), fieldsOf(t.kind)
	names := func(header string) string {
		if kept != nil {
			if f, ok := kept.Fields[layoutKey(header)]; ok {
				return f
			}
		}
		f := base(header)
		if f == "" && !charset.Blank(header) && slices.Contains(fields, sheet.FieldKeep) {
			return sheet.FieldKeep
		}
		return f
	}
	if h := t.choice.HeaderRow; h != nil && (*h < 0 || *h > len(t.grid.Rows)) {
		return wrong("choice", "表格里没有这一行", "the table has no such row")
	}
	t.layout = t.grid.Layout(names, t.choice.HeaderRow)
	if t.layout.HeaderRow == 0 && t.kind == TableShots {
		t.layout.Columns = sheet.GuessColumns(t.grid.Rows)
	}
	t.remembered = t.layout.HeaderRow > 0 && kept != nil
	for _, c := range t.layout.Columns {
		if kept != nil && c.Name != "" {
			_, known := kept.Fields[layoutKey(c.Name)]
			t.remembered = t.remembered && known
		}
	}
	if len(t.choice.Columns) > 0 {
		t.remembered = false
	}
	for i, f := range t.choice.Columns {
		if i >= len(t.layout.Columns) || f != "" && !slices.Contains(fields, f) {
			return wrong("choice", "列的含义选得不对，请重新选择", "a column stands for something that it cannot; choose again")
		}
		t.layout.Columns[i].Field = f
	}
	key := sheet.FieldNumber
	if t.kind == tableFigures {
		key = "" // a title over several rows has a figure in each
	}
	rows, skipped := t.grid.Body(t.layout, key)
	t.rows, t.skipped = rows, make([]SkippedRow, 0, len(skipped))
	for _, x := range skipped {
		t.skipped = append(t.skipped, SkippedRow(x))
	}
	return nil
}

// lacking is the plan of a table without the columns that it cannot do without; nil when they are there.
func (t *readTable) lacking() *tablePlan {
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(f string) bool { return t.layout.Column(f) >= 0 })
	}
	ok, zh, en := false, "", ""
	switch t.kind {
	case TableKitsuAssets:
		ok, zh, en = has(sheet.FieldName) && has(sheet.FieldType), "请指出哪一列是 Name、哪一列是 Type", "say which column is Name and which is Type"
	case TableKitsuCasting:
		ok, zh, en = has(sheet.FieldNumber) && has(sheet.FieldElement), "请指出哪一列是 Name（镜头）、哪一列是 Asset", "say which column is Name (of the shot) and which is Asset"
	case TableKitsuPeople:
		ok, zh, en = has(sheet.FieldEmail, sheet.FieldFirstName, sheet.FieldLastName), "请指出哪一列是姓名或 Email", "say which column is a name or Email"
	case tableSlots:
		ok, zh, en = has(sheet.FieldPlace) && has(sheet.FieldDate, sheet.FieldStart), "请指出哪一列是取景地、哪一列是日期或时间", "say which column is the location and which is the date or the time"
	case TableKitsuShots:
		ok, zh, en = has(sheet.FieldNumber), "请指出哪一列是 Name（镜头）", "say which column is Name (of the shot)"
	default:
		ok, zh, en = has(sheet.FieldNumber, sheet.FieldDescription, sheet.FieldDialogue, sheet.FieldPrompt), "请指出哪一列是镜号、画面、台词或提示词",
			"say which column is the shot number, description, dialogue or prompt"
	}
	if ok {
		return nil
	}
	return &tablePlan{errors: []CellError{{Row: t.layout.HeaderRow, Code: "columns", ZH: zh, EN: en}}}
}

// at says that the cell of a field in a row cannot be taken.
func (t *readTable) at(row int, field, code, zh, en string) CellError {
	return CellError{Row: row, Column: t.columnName(field), Code: code, ZH: zh, EN: en}
}

// because is at with a refusal's own sentence.
func (t *readTable) because(row int, field string, err error) CellError {
	var e *Error
	if !errors.As(err, &e) {
		e = refuse(Invalid, "invalid", "这一格读不通", "this cell cannot be taken")
	}
	return t.at(row, field, field, e.Text.ZH, e.Text.EN)
}

func (t *readTable) columnName(field string) string {
	if i := t.layout.Column(field); i >= 0 && t.layout.Columns[i].Name != "" {
		return t.layout.Columns[i].Name
	}
	return field
}

// cell gives a row's value of a field; the first column of it counts.
func (t *readTable) cell(r sheet.Row, field string) string { return r.Cell(t.layout.Column(field)) }

func (t *readTable) preview(p *tablePlan) TablePreview {
	c, header := t.choice, t.layout.HeaderRow // its own: the answer must not hold the table
	c.Encoding, c.Separator, c.Sheet, c.HeaderRow, c.Columns = t.grid.Encoding, string(t.grid.Separator), t.grid.Sheet, &header, []string{}
	out := TablePreview{SHA256: t.sha, Remembered: t.remembered, Encodings: charset.Encodings(), Sheets: append([]string{}, t.grid.Sheets...),
		Header: []string{}, Fields: fieldsOf(t.kind), Sample: [][]string{}, Rows: len(t.rows), New: p.new, Changed: p.changed, Same: p.same,
		Skipped: append(t.skipped, p.skipped...), Errors: append([]CellError{}, p.errors...), NewScenes: p.newScenes, NewEpisodes: p.newEpisodes}
	for _, col := range t.layout.Columns {
		out.Header, c.Columns = append(out.Header, col.Name), append(c.Columns, col.Field)
	}
	for _, r := range t.rows[:min(len(t.rows), 5)] {
		cells := make([]string, len(t.layout.Columns))
		copy(cells, r.Cells)
		out.Sample = append(out.Sample, cells)
	}
	out.Choice = c
	slices.SortStableFunc(out.Errors, func(a, b CellError) int { return a.Row - b.Row })
	slices.SortStableFunc(out.Skipped, func(a, b SkippedRow) int { return a.Row - b.Row })
	return out
}

// cellText is how two cells are compared: a table knows neither blanks at the ends nor more than one line end.
func cellText(value string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(value))
}
