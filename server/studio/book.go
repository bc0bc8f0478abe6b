package studio

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// book is a title's readings while they are read or changed: only the pages that are asked for are read, and what is said
// to them stays in memory until keepBook writes it.
type book struct {
	s       *Studio
	tx      store.Txn
	titleID string
	pages   map[pageKey]*readingPage
	changed map[pageKey]bool
	said    []pageSpot      // lines that changed, for the milestones
	whole   map[string]bool // metrics of which every page is in memory
}

// pageSpot is a line that changed, and how.
type pageSpot struct {
	page     *readingPage
	observed time.Time
	did      heard
}

// stated is one statement about one key (R3): release, metric, kind and observed time.
type stated struct {
	ReleaseID string
	Metric    string
	Increment bool
	Observed  time.Time
	DayOnly   bool
	Text      string // as written
	Currency  string // of money
	tally.Statement
	By     string // person id
	ByName string
	At     time.Time // when it came in
	Origin Origin
	Why    string
}

// heard is what a statement did to its reading.
type heard string

// What something stated may do.
const (
	heardNew       heard = "new"
	heardDuplicate heard = "duplicate" // the value is there already
	heardUp        heard = "up"
	heardDown      heard = "down"
	heardOlder     heard = "older"   // a later statement says otherwise: kept as history
	heardRevived   heard = "revived" // the reading had been withdrawn
	heardWithdrawn heard = "withdrawn"
	heardChecked   heard = "checked" // somebody found that it is right as it is
)

// openBook begins with a title's readings; nothing is read yet.
func (s *Studio) openBook(tx store.Txn, titleID string) *book {
	return &book{s: s, tx: tx, titleID: titleID, pages: map[pageKey]*readingPage{}, changed: map[pageKey]bool{}, whole: map[string]bool{}}
}

// page gives the page of a key, an empty one where there is none yet.
func (b *book) page(k pageKey) (*readingPage, error) {
	if p := b.pages[k]; p != nil {
		return p, nil
	}
	p, err := b.s.r.pages.By(b.tx, "key", k.key())
	if errors.Is(err, store.ErrNotFound) {
		p = &readingPage{Meta: store.Meta{ID: b.s.ids()}, TitleID: b.titleID, ReleaseID: k.release, Metric: k.metric, Increment: k.increment, Month: k.month}
	} else if err != nil {
		return nil, fmt.Errorf("reading a page of figures: %w", err)
	}
	b.pages[k] = p
	return p, nil
}

// say adds a statement. It tells what that did and gives the reading as it is now and, unless it is new, as it was before.
// What the same source and row said already is said once; where it now says otherwise, it was read differently, and that counts.
func (b *book) say(x stated) (did heard, now, was *Reading, err error) {
	did, p, l, was, err := b.enter(x)
	if err != nil {
		return "", nil, nil, err
	}
	return did, p.reading(l), was, nil
}

// enter is say without putting the reading together as it is now: of tens of thousands that are new nobody asks for it.
func (b *book) enter(x stated) (did heard, on *readingPage, l *pageLine, was *Reading, err error) {
	x.Observed, x.Said = x.Observed.Round(0).UTC(), x.Said.Round(0).UTC()
	p, err := b.page(pageKey{x.ReleaseID, x.Metric, x.Increment, monthOf(x.Observed)})
	if err != nil {
		return "", nil, nil, nil, err
	}
	at, there := p.find(x.Observed)
	if !there {
		if len(p.Lines) >= pageLines {
			return "", nil, nil, nil, tooDense()
		}
		p.Lines = slices.Insert(p.Lines, at, pageLine{ID: b.s.ids(), Observed: x.Observed, DayOnly: x.DayOnly, Said: []pageStatement{p.statement(&x)}})
		b.mark(p, x.Observed, heardNew, true)
		return heardNew, p, &p.Lines[at], nil, nil
	}
	l = &p.Lines[at]
	was = p.reading(l)
	if !p.add(l, &x) {
		return heardDuplicate, p, l, was, nil
	}
	l.Rev = max(l.Rev, 1) + 1
	now := p.reading(l)
	did = hearing(was, now, &x)
	b.mark(p, x.Observed, did, now.Now.Text != was.Now.Text)
	return did, p, l, was, nil
}

func tooDense() *Error {
	return refuse(TooLarge, "reading.too_many", "同一平台同一指标一个月最多记 4096 条读数，请减少采集次数", "a release takes at most 4,096 figures of one metric in a month; keep fewer of them")
}

// add puts a statement where it belongs on its line, and reports whether that is news to it.
func (p *readingPage) add(l *pageLine, x *stated) bool {
	order := func(s pageStatement, t tally.Statement) int { return tally.CompareStatements(p.tally(&s), t) }
	at, there := slices.BinarySearchFunc(l.Said, x.Statement, order)
	if !there { // it may have said something at another time
		at = slices.IndexFunc(l.Said, func(s pageStatement) bool { return s.Row == x.Row && p.Sources[s.Source].ID == x.Source })
		there = at >= 0
	}
	if there {
		if old := p.tally(&l.Said[at]); old.Said.Equal(x.Said) && old.Figure == x.Figure && old.Withdrawn == x.Withdrawn && l.Said[at].Currency == x.Currency {
			return false
		}
		l.Said = slices.Delete(l.Said, at, at+1)
	}
	at, _ = slices.BinarySearchFunc(l.Said, x.Statement, order)
	l.Said = slices.Insert(l.Said, at, p.statement(x))
	return true
}

// hearing tells what a statement did to a reading.
func hearing(was, now *Reading, x *stated) heard {
	switch {
	case now.Withdrawn != was.Withdrawn && now.Withdrawn:
		return heardWithdrawn
	case now.Withdrawn != was.Withdrawn:
		return heardRevived
	case now.Withdrawn: // it does not count, whatever it says
		return heardOlder
	case now.sameValue(was) && !x.Withdrawn && x.Figure == now.Now.Figure && x.Currency == now.Now.Currency:
		return heardDuplicate
	case now.sameValue(was):
		return heardOlder
	case now.Now.Figure.Value < was.Now.Figure.Value:
		return heardDown
	}
	return heardUp
}

// sameValue reports whether two states of a reading count the same.
func (r *Reading) sameValue(o *Reading) bool {
	return r.Withdrawn == o.Withdrawn && r.Now.Figure == o.Now.Figure && r.Now.Currency == o.Now.Currency
}

// mark remembers a change until the book is kept. A figure that is only written otherwise shows in what is kept of the title.
func (b *book) mark(p *readingPage, observed time.Time, did heard, shows bool) {
	b.changed[p.pageKey()] = true
	if shows || did != heardDuplicate && did != heardOlder {
		b.said = append(b.said, pageSpot{p, observed, did})
	}
}

// forget takes back everything that an import said, and gives the readings that this changed. One of which nobody else said
// anything is gone; it comes back here as withdrawn.
func (b *book) forget(importID string) ([]*Reading, error) {
	if err := b.readImport(importID); err != nil {
		return nil, err
	}
	var out []*Reading
	for _, k := range slices.SortedFunc(maps.Keys(b.pages), pageKey.compare) {
		p := b.pages[k]
		if slices.ContainsFunc(p.Sources, func(s pageSource) bool { return s.Origin.Import == importID }) {
			out = append(out, b.forgetOn(p, func(s *pageStatement) bool { return p.Sources[s.Source].Origin.Import == importID })...)
		}
	}
	return out, nil
}

// foresee works out what the milestones would become, without writing anything.
func (b *book) foresee() ([]MilestoneRow, []Anomaly, []FigureGap, error) {
	if len(b.said) == 0 {
		return []MilestoneRow{}, []Anomaly{}, []FigureGap{}, nil
	}
	l, err := b.s.ledgerOf(b)
	if err != nil {
		return nil, nil, nil, err
	}
	steps, err := l.work(b.s.now(), "", b.touched())
	if err != nil {
		return nil, nil, nil, err
	}
	rows, _, err := l.tell(steps)
	if err != nil {
		return nil, nil, nil, err
	}
	rowOf := map[string]int{}
	for _, x := range b.said {
		if at, there := x.page.find(x.observed); there {
			line := &x.page.Lines[at]
			rowOf[line.ID] = line.Said[line.standing()].Row
		}
	}
	odd := slices.DeleteFunc(l.anomalies(), func(a Anomaly) bool {
		_, fresh := rowOf[a.To.Reading]
		return !fresh
	})
	for i := range odd {
		odd[i].Row, odd[i].ReadingID = rowOf[odd[i].To.Reading], ""
	}
	gaps, err := l.gaps()
	return rows, odd, gaps, err
}

// touched are the metrics of which something counts otherwise now.
func (b *book) touched() []string {
	return slices.DeleteFunc(Metrics(), func(m string) bool {
		return !slices.ContainsFunc(b.said, func(x pageSpot) bool { return x.page.Metric == m })
	})
}

// added are the readings of a metric that are new, where nothing else of it changed.
func (b *book) added(metric string) ([]tally.Reading, bool) {
	out := make([]tally.Reading, 0, len(b.said))
	for _, x := range b.said {
		if x.page.Metric != metric {
			continue
		}
		at, there := x.page.find(x.observed)
		if x.did != heardNew || !there {
			return nil, false
		}
		out = append(out, x.page.tallied(&x.page.Lines[at]))
	}
	return out, true
}

// keepBook writes the pages that changed, works the milestones of the title out again (R4), announces what came, moved or
// went, and brings the title's summary up to date. It notes no readings: that is the caller's.
func (c *change) keepBook(b *book, why string) ([]MilestoneRow, error) {
	if err := c.writePages(b); err != nil || len(b.said) == 0 {
		return []MilestoneRow{}, err
	}
	l, err := c.s.ledgerOf(b)
	if err != nil {
		return nil, err
	}
	rows, err := c.rework(l, why, b.touched())
	b.said = nil
	return rows, err
}

// writePages writes the pages that changed; one without a line left goes.
func (c *change) writePages(b *book) error {
	for _, k := range slices.SortedFunc(maps.Keys(b.changed), pageKey.compare) {
		p := b.pages[k]
		p.Updated = c.now
		var err error
		switch {
		case len(p.Lines) == 0:
			delete(b.pages, k)
			if p.Rev > 0 {
				err = c.s.r.pages.Delete(c.tx, p.ID)
			}
		case p.Rev == 0:
			p.Created = c.now
			err = c.s.r.pages.Insert(c.tx, p)
		default:
			err = c.s.r.pages.Put(c.tx, p)
		}
		if err != nil {
			return fmt.Errorf("writing a page of figures: %w", err)
		}
	}
	clear(b.changed)
	return nil
}

// forgetOn takes statements off one page.
func (b *book) forgetOn(p *readingPage, goes func(*pageStatement) bool) []*Reading {
	var out []*Reading
	kept := p.Lines[:0]
	of := func(s pageStatement) bool { return goes(&s) }
	for _, l := range p.Lines {
		if !slices.ContainsFunc(l.Said, of) {
			kept = append(kept, l)
			continue
		}
		was := p.reading(&l)
		if l.Said = slices.DeleteFunc(l.Said, of); len(l.Said) == 0 {
			b.mark(p, l.Observed, heardWithdrawn, true)
			was.Withdrawn = true
			out = append(out, was)
			continue
		}
		l.Rev = max(l.Rev, 1) + 1
		kept = append(kept, l)
		now := p.reading(&l)
		did := hearing(was, now, &stated{})
		b.mark(p, l.Observed, did, now.Now.Text != was.Now.Text)
		if did != heardOlder {
			out = append(out, now)
		}
	}
	clear(p.Lines[len(kept):])
	p.Lines = kept
	p.tidy()
	return out
}
