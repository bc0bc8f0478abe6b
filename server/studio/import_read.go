package studio

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"chouka/server/studio/sheet"
	"chouka/server/studio/tally"
	"chouka/store"
)

// figureTable is a table of figures as it was read, with what its columns mean.
type figureTable struct {
	*readTable
	name     string
	bytes    int64
	choice   FigureChoice
	modified time.Time // of the file, zero where nobody knows it
	late     bool      // its workbook counts days from 1904
	zone     *time.Location
	exported time.Time // when the platform made it
	from     string    // how that was found
	columns  figureColumns
	days     map[string]figureInstant // dates that were read before
}

// figureColumns are the places of the fields in a row; -1 where there is no such column.
type figureColumns struct {
	title, platform, region, external, date, updated, metric, kind, value, currency, note int
	values                                                                                []valueColumn
}

// valueColumn is a column that holds figures of one metric, or of one day.
type valueColumn struct {
	at        int
	metric    string // empty: the row or the choice says it
	increment bool
	day       *tally.Instant
	unit      string // that the header says for all of them: 万
}

type figureInstant struct {
	at  tally.Instant
	err error
}

// The limits of a table of figures: rows that are meant, and those around them.
const (
	figureRows  = 50_000
	figureExtra = 1_000
)

// How the time of the export was found.
const (
	exportGiven    = "given"
	exportName     = "name"
	exportPreamble = "preamble"
	exportWorkbook = "workbook"
	exportFile     = "file"
	exportNow      = "now"
)

// openFigures reads the cells of a table of figures.
func openFigures(name string, data []byte, in FigureChoice) (*figureTable, error) {
	if in.Metric != "" && tally.UnitOf(in.Metric) == "" {
		return nil, noMetric()
	}
	if in.Currency != "" && currencyOf(in.Currency) == "" {
		return nil, wrong("choice", "没有这种货币，请写成 CNY、USD 的样子", "there is no such currency; write it like CNY or USD")
	}
	for _, text := range []string{in.Platform, in.Region, in.ExportedAt} {
		if _, err := short(line, platformLimit)("choice", text); err != nil {
			return nil, err
		}
	}
	t, err := openTable(tableFigures, data, TableChoice{Encoding: in.Encoding, Separator: in.Separator, Sheet: in.Sheet, HeaderRow: in.HeaderRow, Columns: in.Columns})
	if err != nil {
		return nil, err
	}
	in.Platform, in.Region = strings.TrimSpace(in.Platform), strings.ToUpper(strings.TrimSpace(in.Region))
	return &figureTable{readTable: t, name: name, choice: in, late: t.grid.Late, days: map[string]figureInstant{}}, nil
}

// settle names the columns, as chosen, as this platform's last file had them or by their names, and finds when the file was made.
func (t *figureTable) settle(s *Studio, tx store.Txn, now time.Time) error {
	var err error
	if t.zone, err = s.zone(tx); err != nil {
		return err
	}
	l, err := s.figureLayout(tx, t)
	if err != nil {
		return err
	}
	var kept *keptLayout
	if l != nil {
		kept = &keptLayout{Fields: l.Fields}
	}
	if err := t.layOut(kept); err != nil {
		return err
	}
	if len(t.rows) > figureRows {
		return refusedTable(&sheet.RefusedError{Code: sheet.RefusedRows})
	}
	if t.remembered {
		t.adopt(l)
	}
	t.place()
	if t.choice.Platform == "" && t.columns.platform < 0 && t.choice.ReleaseID == "" {
		t.choice.Platform = t.preamblePlatform()
	}
	return t.findExport(now)
}

// adopt takes over what the platform's last file was, where nothing else was chosen.
func (t *figureTable) adopt(l *figureLayout) {
	c := &t.choice
	if c.Platform == "" {
		c.Platform = l.Platform
	}
	if c.Metric == "" && c.Region == "" && c.Currency == "" && !c.Increment {
		c.Metric, c.Region, c.Currency, c.Increment = l.Choice.Metric, l.Choice.Region, l.Choice.Currency, l.Choice.Increment
	}
}

// place finds the column of each field. Of two columns of one field the first counts; days may be many.
func (t *figureTable) place() {
	at := t.layout.Column
	t.columns = figureColumns{title: at(sheet.FieldTitle), platform: at(sheet.FieldPlatform), region: at(sheet.FieldRegion), external: at(sheet.FieldExternal),
		date: at(sheet.FieldDate), updated: at(sheet.FieldUpdated), metric: at(sheet.FieldMetric), kind: at(sheet.FieldTally), value: at(sheet.FieldValue),
		currency: at(sheet.FieldCurrency), note: at(sheet.FieldNote)}
	for i, c := range t.layout.Columns {
		v := valueColumn{at: i, unit: sheet.FigureUnit(c.Name)}
		switch {
		case c.Field == sheet.FieldDay:
			if day, err := tally.ParseInstant(c.Name, t.zone); err == nil {
				v.day = &day
				t.columns.values = append(t.columns.values, v)
			}
			continue
		case i != at(c.Field):
			continue
		case c.Field == sheet.FieldValue:
		default:
			metric, more := strings.CutSuffix(c.Field, "_more")
			if tally.UnitOf(metric) == "" {
				continue
			}
			v.metric, v.increment = metric, more
		}
		t.columns.values = append(t.columns.values, v)
	}
}

// lacks names the fields without which nothing can be imported.
func (t *figureTable) lacks() []string {
	c, out := t.columns, []string{}
	if c.title < 0 && c.external < 0 && t.choice.ReleaseID == "" {
		out = append(out, sheet.FieldTitle)
	}
	if c.platform < 0 && t.choice.Platform == "" && t.choice.ReleaseID == "" {
		out = append(out, sheet.FieldPlatform)
	}
	named := func(v valueColumn) bool { return v.metric != "" }
	dated := func(v valueColumn) bool { return v.day != nil }
	said := slices.Contains([]string{exportGiven, exportName, exportPreamble}, t.from)
	if c.date < 0 && c.updated < 0 && !said && !(len(c.values) > 0 && slices.ContainsFunc(c.values, dated)) {
		out = append(out, sheet.FieldDate)
	}
	switch {
	case len(c.values) == 0:
		out = append(out, sheet.FieldValue)
	case c.metric < 0 && t.choice.Metric == "" && !slices.ContainsFunc(c.values, named):
		out = append(out, sheet.FieldMetric)
	}
	return out
}

var (
	nameStamp   = regexp.MustCompile(`(20\d{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])日?(?:[-_ T]?([01]\d|2[0-3])[-:_.时点h]?([0-5]\d)(?:[-:_.分m]?([0-5]\d))?)?(?:\D|$)`)
	exportWords = regexp.MustCompile(`(?i)(?:导出|下载|生成|制表|取数|報表|报表|匯出|產生)(?:时间|日期|時間|于|於|日)?|export(?:ed)?(?: ?(?:at|on|time|date))?|generated(?: ?(?:at|on))?|downloaded(?: ?(?:at|on))?|report (?:time|date)`)
	placeWords  = regexp.MustCompile(`^(?:播放|数据)?(?:平台|渠道)(?:名称)?[:：]\s*(.+)$|^(?i)platform\s*[:：]\s*(.+)$`)
)

// findExport finds when the file was made (R3): as given, by its name, its preamble, the workbook, the file system, else now.
func (t *figureTable) findExport(now time.Time) error {
	found, from := t.foundExport(now)
	t.exported, t.from = found, from
	if text := strings.TrimSpace(t.choice.ExportedAt); text != "" {
		at, err := tally.ParseInstant(text, t.zone)
		var d *tally.DateError
		if errors.As(err, &d) {
			say := dateText(d.Code)
			return wrong("choice.exported_at", say.ZH, say.EN)
		}
		if err != nil {
			return err
		}
		if at.At.After(now.Add(24*time.Hour)) && !at.Day {
			return wrong("choice.exported_at", "导出时间在将来，请检查", "the time of the export lies in the future; check it")
		}
		given := notLater(at, now)
		if t.exported = given; !given.Equal(found) || from == exportFile || from == exportNow {
			t.from = exportGiven
		}
	}
	t.exported = t.exported.UTC()
	t.choice.ExportedAt = t.exported.In(t.zone).Format(time.RFC3339Nano)
	return nil
}

// notLater keeps the end of a day that is not over from lying behind what somebody types later on it.
func notLater(at tally.Instant, now time.Time) time.Time {
	if at.At.After(now) {
		return now
	}
	return at.At
}

func (t *figureTable) foundExport(now time.Time) (time.Time, string) {
	if at, ok := stampIn(t.name, t.zone); ok {
		return notLater(at, now), exportName
	}
	for i, record := range t.grid.Rows[:max(0, min(t.layout.HeaderRow-1, 20))] {
		if at, ok := t.preambleTime(i, record); ok {
			return notLater(at, now), exportPreamble
		}
	}
	if at := t.grid.Made; !at.IsZero() && !at.After(now) {
		return at, exportWorkbook
	}
	if at := t.modified; !at.IsZero() && at.Year() >= 2000 && !at.After(now) {
		return at, exportFile
	}
	return now, exportNow
}

// stampIn reads the time of an export out of a file's name. Two days are the span of the figures, not the time.
func stampIn(name string, zone *time.Location) (tally.Instant, bool) {
	var found []tally.Instant
	for rest := name; ; {
		m := nameStamp.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return rest[m[2*i]:m[2*i+1]]
		}
		text := part(1) + "-" + part(2) + "-" + part(3)
		if part(4) != "" {
			text += " " + part(4) + ":" + part(5)
			if part(6) != "" {
				text += ":" + part(6)
			}
		}
		inNumber := m[0] > 0 && rest[m[0]-1] >= '0' && rest[m[0]-1] <= '9'
		if at, err := tally.ParseInstant(text, zone); err == nil && !inNumber {
			found = append(found, at)
		}
		rest = rest[max(m[7], m[0]+8):]
	}
	timed := slices.DeleteFunc(slices.Clone(found), func(at tally.Instant) bool { return at.Day })
	switch {
	case len(timed) > 0:
		return timed[len(timed)-1], true
	case len(found) == 1:
		return found[0], true
	}
	return tally.Instant{}, false
}

// preambleTime reads 导出时间：2026-03-06 14:30 above the header, in one cell or in two.
func (t *figureTable) preambleTime(_ int, record []string) (tally.Instant, bool) {
	for i, cell := range record {
		loc := exportWords.FindStringIndex(cell)
		if loc == nil || len(cell) > 200 {
			continue
		}
		after := strings.TrimLeft(cell[loc[1]:], " :：=\t")
		if after == "" && i+1 < len(record) {
			after = record[i+1]
		}
		after, _, _ = strings.Cut(after, "，")
		if at, err := tally.ParseInstant(strings.TrimSpace(after), t.zone); err == nil {
			return at, true
		}
	}
	return tally.Instant{}, false
}

// preamblePlatform reads 平台：红果短剧 above the header.
func (t *figureTable) preamblePlatform() string {
	for _, record := range t.grid.Rows[:max(0, min(t.layout.HeaderRow-1, 20))] {
		for _, cell := range record {
			if m := placeWords.FindStringSubmatch(strings.TrimSpace(cell)); m != nil {
				if name, err := short(needed, platformLimit)("platform", m[1]+m[2]); err == nil {
					return name
				}
			}
		}
	}
	return ""
}

// instant reads a date or a time; the same text is read once.
func (t *figureTable) instant(text string) (tally.Instant, error) {
	got, known := t.days[text]
	if !known {
		if got.at, got.err = readObserved(text, t.zone); IsKind(got.err, Invalid) {
			if at, err := tally.FromSerial(text, t.late, t.zone); err == nil {
				got = figureInstant{at: at}
			}
		}
		t.days[text] = got
	}
	return got.at, got.err
}

// figureLayout finds what the columns of a file meant last: of the chosen platform, else of the one all of whose columns it has.
func (s *Studio) figureLayout(tx store.Txn, t *figureTable) (*figureLayout, error) {
	if t.choice.Platform != "" {
		l, err := s.r.figLayouts.By(tx, "platform", store.K().Text(nameKey(t.choice.Platform)))
		if errors.Is(err, store.ErrNotFound) {
			return nil, nil
		}
		return l, err
	}
	var best *figureLayout
	most := 1
	err := s.r.figLayouts.All(tx, func(l *figureLayout) error {
		for _, record := range t.grid.Rows[:min(len(t.grid.Rows), 20)] {
			if n := l.knows(record); n > most {
				best, most = l, n
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for a file's columns: %w", err)
	}
	return best, nil
}

// knows counts the columns of a header, 0 where one of them is new.
func (l *figureLayout) knows(header []string) int {
	n := 0
	for _, cell := range header {
		if strings.TrimSpace(cell) == "" || sheet.FigureField(cell) == sheet.FieldDay {
			continue
		}
		if _, ok := l.Fields[layoutKey(cell)]; !ok {
			return 0
		}
		n++
	}
	return n
}

// rememberFigures keeps what the columns stood for and how the file was read, for the next of this platform.
func (c *change) rememberFigures(t *figureTable) error {
	l, err := c.s.r.figLayouts.By(c.tx, "platform", store.K().Text(nameKey(t.choice.Platform)))
	fresh := errors.Is(err, store.ErrNotFound)
	if fresh {
		l, err = &figureLayout{Meta: c.meta(), Platform: t.choice.Platform}, nil
	}
	if err != nil {
		return fmt.Errorf("reading a file's columns: %w", err)
	}
	l.Fields = map[string]string{}
	for _, col := range t.layout.Columns {
		if col.Name != "" && col.Field != sheet.FieldDay {
			l.Fields[layoutKey(col.Name)] = col.Field
		}
	}
	l.Choice = FigureChoice{Metric: t.choice.Metric, Increment: t.choice.Increment, Currency: t.choice.Currency, Region: t.choice.Region}
	if l.Updated = c.now; fresh {
		err = c.s.r.figLayouts.Insert(c.tx, l)
	} else {
		err = c.s.r.figLayouts.Put(c.tx, l)
	}
	if err != nil {
		return fmt.Errorf("keeping a file's columns: %w", err)
	}
	return nil
}

// currencyOf knows a currency by its code or its usual names; empty where there is none such.
func currencyOf(text string) string {
	key := strings.ToUpper(nameKey(text))
	switch key {
	case "人民币", "人民幣", "元", "RMB", "¥", "￥":
		return "CNY"
	case "美元", "美金", "$", "US$":
		return "USD"
	case "港币", "港元", "港幣":
		return "HKD"
	case "新台币", "新台幣", "台币":
		return "TWD"
	case "日元", "日圆":
		return "JPY"
	case "韩元", "韓元":
		return "KRW"
	case "欧元", "歐元", "€":
		return "EUR"
	case "英镑", "£":
		return "GBP"
	}
	if len(key) == 3 && strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return key
	}
	return ""
}
