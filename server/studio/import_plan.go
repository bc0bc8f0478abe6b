package studio

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chouka/server/studio/sheet"
	"chouka/server/studio/tally"
	"chouka/store"
)

// figurePlan is what importing a table of figures would do, title by title. Rows are read when their title's turn comes,
// so that no more than one title's readings are in memory.
type figurePlan struct {
	s  *Studio
	tx store.Txn
	by Actor
	t  *figureTable
	// now is one instant for the whole import.
	now time.Time

	titles      *titleBook
	releases    *releaseBook
	forced      *Release // all rows are of it
	forcedTitle namedTitle

	spots   map[spotKey]*figureSpot
	order   []*figureSpot // as they come in the file
	fresh   []*Release    // that the import lists
	listed  map[string]*Release
	waiting map[string]*strayRef
	strays  []*strayRef

	importID  string // empty in a preview
	tell      bool   // corrections are listed
	count     ImportCount
	changes   []FigureChange
	errors    []CellError
	wrongRows map[int32]bool
	empty     []SkippedRow // rows without a figure
}

// planFigures lays a table out and finds whom its rows mean. Nothing is written.
func (s *Studio) planFigures(tx store.Txn, by Actor, t *figureTable, now time.Time) (*figurePlan, error) {
	if err := t.settle(s, tx, now); err != nil {
		return nil, err
	}
	p := &figurePlan{s: s, tx: tx, by: by, t: t, now: now, spots: map[spotKey]*figureSpot{}, listed: map[string]*Release{}, waiting: map[string]*strayRef{}, wrongRows: map[int32]bool{}}
	p.count.Skipped = len(t.skipped)
	if len(t.lacks()) > 0 {
		return p, nil
	}
	p.count.Rows = len(t.rows)
	var err error
	if p.titles, err = s.titleBook(tx, by); err != nil {
		return nil, err
	}
	p.releases = s.releaseBook(tx)
	if err := p.force(t.choice.ReleaseID); err != nil {
		return nil, err
	}
	return p, p.matchAll()
}

// force gives all rows to one release.
func (p *figurePlan) force(releaseID string) error {
	if releaseID == "" {
		return nil
	}
	r, err := p.releases.get(releaseID)
	if err != nil {
		return err
	}
	if err := p.by.must(EnterReading, r.TitleID, "release"); err != nil {
		return err
	}
	p.forced, p.forcedTitle = r, p.titles.all[p.titles.byID[r.TitleID]]
	return nil
}

// figureTitle is a title with what of a file is its own.
type figureTitle struct {
	named namedTitle
	spots []*figureSpot
}

// touched groups what was matched by title, in the order of the file.
func (p *figurePlan) touched() []*figureTitle {
	var out []*figureTitle
	at := map[string]*figureTitle{}
	for _, x := range p.order {
		if x.release == nil || x.err != nil {
			continue
		}
		t := at[x.title.id]
		if t == nil {
			t = &figureTitle{named: x.title}
			at[x.title.id] = t
			out = append(out, t)
		}
		t.spots = append(t.spots, x)
	}
	return out
}

// hear says all rows to the titles' books, and gives each book to done.
func (p *figurePlan) hear(done func(*figureTitle, *book) error) error {
	for _, x := range p.order {
		if x.err != nil {
			for _, i := range x.rows {
				p.blame(i, x.field, x.err)
			}
		}
	}
	for _, t := range p.touched() {
		b := p.s.openBook(p.tx, t.named.id)
		before := p.count
		for _, x := range t.spots {
			for _, i := range x.rows {
				if err := p.row(b, x, i); err != nil {
					return err
				}
			}
		}
		if p.count.said() > before.said() {
			p.count.Titles++
		}
		if err := done(t, b); err != nil {
			return err
		}
		if p.importID != "" {
			p.letGo(t)
		}
	}
	p.count.Wrong = len(p.wrongRows)
	p.count.Skipped += len(p.empty)
	p.count.Releases = len(p.fresh)
	slices.SortStableFunc(p.errors, func(a, b CellError) int { return a.Row - b.Row })
	slices.SortStableFunc(p.changes, func(a, b FigureChange) int { return a.Row - b.Row })
	return nil
}

// letGo drops a title's rows, which nobody asks for again: what is written of them takes their room until the commit.
func (p *figurePlan) letGo(t *figureTitle) {
	for _, x := range t.spots {
		for _, i := range x.rows {
			row := &p.t.rows[i]
			row.Cells, p.t.grid.Rows[row.Number-1] = nil, nil
		}
	}
}

// said is how many figures were understood.
func (n ImportCount) said() int { return n.changed() + n.Duplicate }

// changed is how many figures were news.
func (n ImportCount) changed() int { return n.New + n.Up + n.Down + n.Older + n.Revived }

// blame says that a cell cannot be taken.
func (p *figurePlan) blame(i int32, field string, err error) {
	row := p.t.rows[i].Number
	p.wrongRows[i] = true
	p.errors = append(p.errors, p.t.because(row, field, err))
}

// rowFacts is what a row says besides its figures.
type rowFacts struct {
	observed  tally.Instant
	said      time.Time
	metric    string
	increment bool
	currency  string
}

// facts reads what a row says besides its figures; false where that cannot be read, which has been told.
func (p *figurePlan) facts(row sheet.Row, i int32) (rowFacts, bool) {
	c, f := p.t.columns, rowFacts{said: p.t.exported, metric: p.t.choice.Metric, increment: p.t.choice.Increment}
	ok := true
	no := func(field string, err error) {
		p.blame(i, field, err)
		ok = false
	}
	updated := tally.Instant{}
	if text := row.Cell(c.updated); text != "" {
		at, err := p.t.instant(text)
		if err == nil && at.At.After(p.now.Add(24*time.Hour)) && !at.Day {
			err = figureFuture()
		}
		if updated = at; err != nil {
			no(sheet.FieldUpdated, err)
		}
		f.said = notLater(at, p.now).UTC()
	}
	switch text := row.Cell(c.date); {
	case c.date >= 0 && (text != "" || !p.dated()):
		at, err := p.t.instant(text)
		if f.observed = at; err != nil {
			no(sheet.FieldDate, err)
		}
	case updated.At != time.Time{}:
		f.observed = updated
	default:
		f.observed = tally.Instant{At: p.t.exported}
	}
	if text := row.Cell(c.metric); text != "" {
		metric, more, known := sheet.FigureMetric(text)
		if f.metric = metric; more {
			f.increment = true
		}
		if !known {
			no(sheet.FieldMetric, noMetric())
		}
	}
	more, said, known := sheet.FigureTally(row.Cell(c.kind))
	if said {
		f.increment = more
	}
	if !known && c.metric >= 0 {
		known = true // 类型 is a genre as well
	}
	if !known {
		no(sheet.FieldTally, wrong("kind", "请写“累计”或“新增”", "write “total” or “increment”"))
	}
	if text := row.Cell(c.currency); text != "" {
		if f.currency = currencyOf(text); f.currency == "" {
			no(sheet.FieldCurrency, wrong("currency", "读不懂这种货币，请写成 CNY、USD 的样子", "this currency is not known; write it like CNY or USD"))
		}
	}
	return f, ok
}

// dated says whether the days stand in the header.
func (p *figurePlan) dated() bool {
	return slices.ContainsFunc(p.t.columns.values, func(v valueColumn) bool { return v.day != nil })
}

func figureFuture() *Error {
	return wrong("observed", "这个时间在将来，请检查", "this lies in the future; check it")
}

// row says the figures of one row.
func (p *figurePlan) row(b *book, x *figureSpot, i int32) error {
	row := p.t.rows[i]
	f, ok := p.facts(row, i)
	if !ok {
		return nil
	}
	some := false
	for _, v := range p.t.columns.values {
		text := row.Cell(v.at)
		if text == "" {
			continue
		}
		said, err := p.stated(x, row, f, v, text)
		var none *tally.NumberError
		if errors.As(err, &none) && none.Code == tally.NumberEmpty {
			continue
		}
		some = true
		if err == nil {
			err = p.say(b, x, said)
		}
		var e *Error
		if errors.As(err, &e) {
			p.wrongRows[i] = true
			p.errors = append(p.errors, CellError{Row: row.Number, Column: p.valueName(v), Code: fieldOf(v), ZH: e.Text.ZH, EN: e.Text.EN})
			continue
		}
		if err != nil {
			return err
		}
	}
	if !some {
		p.empty = append(p.empty, SkippedRow{Row: row.Number, Why: "blank"})
	}
	return nil
}

func fieldOf(v valueColumn) string {
	switch {
	case v.day != nil:
		return sheet.FieldDay
	case v.metric == "":
		return sheet.FieldValue
	case v.increment:
		return v.metric + "_more"
	}
	return v.metric
}

func (p *figurePlan) valueName(v valueColumn) string {
	return cmp.Or(p.t.layout.Columns[v.at].Name, fieldOf(v))
}

// stated is what one cell says.
func (p *figurePlan) stated(x *figureSpot, row sheet.Row, f rowFacts, v valueColumn, text string) (stated, error) {
	out := stated{ReleaseID: x.release.ID, Metric: v.metric, Increment: v.increment, Observed: f.observed.At, DayOnly: f.observed.Day, Text: text,
		By: p.by.Person.ID, ByName: p.by.Person.Name, At: p.now, Origin: Origin{Kind: "file", Import: p.importID, File: p.t.name, Row: row.Number}}
	if v.metric == "" {
		out.Metric, out.Increment = f.metric, f.increment
	}
	if v.day != nil {
		out.Observed, out.DayOnly = v.day.At, v.day.Day
	}
	out.Observed = out.Observed.UTC()
	switch {
	case out.Metric == "":
		return out, noMetric()
	case out.Increment && !tally.Grows(out.Metric):
		return out, wrong("metric", "这个指标没有“新增”，请选累计", "this metric has no increments; choose totals")
	case out.Observed.After(p.now.Add(24 * time.Hour)):
		return out, figureFuture()
	}
	if n := len(text); v.unit != "" && n > 0 && text[n-1] >= '0' && text[n-1] <= '9' {
		out.Text += v.unit
	}
	figure, currency, err := readMetric(out.Metric, out.Text)
	if err != nil {
		return out, err
	}
	if tally.UnitOf(out.Metric) == tally.UnitMoney {
		out.Currency = cmp.Or(currency, f.currency, p.currency(), "CNY")
	}
	out.Statement = tally.Statement{Said: f.said, Source: p.t.sha, Row: row.Number, Figure: figure}
	return out, nil
}

func (p *figurePlan) currency() string {
	if p.t.choice.Currency == "" {
		return ""
	}
	return currencyOf(p.t.choice.Currency)
}

// say adds what was stated and counts what that did.
func (p *figurePlan) say(b *book, x *figureSpot, said stated) error {
	did, page, at, was, err := b.enter(said)
	if err != nil {
		return err
	}
	switch did {
	case heardNew:
		p.count.New++
		return nil
	case heardDuplicate:
		p.count.Duplicate++
		return nil
	case heardOlder, heardWithdrawn:
		p.count.Older++
		return nil
	case heardUp:
		p.count.Up++
	case heardDown:
		p.count.Down++
	case heardRevived:
		p.count.Revived++
	}
	if p.tell {
		now := page.reading(at)
		p.changes = append(p.changes, FigureChange{Row: said.Row, TitleID: x.title.id, Title: x.title.name, Platform: x.release.Platform, Metric: said.Metric,
			Observed: now.Observed, DayOnly: now.DayOnly, From: was.Now.Figure.Value, To: now.Now.Figure.Value, Currency: now.Now.Currency, Kind: string(did)})
	}
	return nil
}

// readMetric reads a figure as its metric is written; NumberEmpty comes through as it is.
func readMetric(metric, text string) (tally.Figure, string, error) {
	if _, err := line("text", text); err != nil {
		return tally.Figure{}, "", err
	}
	f, currency, err := tally.ParseMetric(metric, text)
	var n *tally.NumberError
	if errors.As(err, &n) && n.Code != tally.NumberEmpty {
		t := numberText(n.Code)
		return f, "", wrong("text", t.ZH, t.EN)
	}
	return f, currency, err
}

// before is the import of these very bytes that is still in, nil where there is none.
func (s *Studio) importedBefore(tx store.Txn, sha string) (*Import, error) {
	got, err := s.r.imports.List(tx, "file", store.K().Text(sha), Page{Limit: 100, Reverse: true})
	if err != nil {
		return nil, fmt.Errorf("looking for an earlier import: %w", err)
	}
	for _, i := range got.Items {
		if i.Undone == nil {
			return i, nil
		}
	}
	return nil, nil
}

// sameExport takes over when the file was made from the import of the same bytes, unless somebody says otherwise.
func (t *figureTable) sameExport(before *Import) {
	if before != nil && strings.TrimSpace(t.choice.ExportedAt) == "" {
		t.choice.ExportedAt = before.ExportedAt.Format(time.RFC3339Nano)
	}
}
