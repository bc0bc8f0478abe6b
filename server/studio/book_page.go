package studio

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// readingPage is everything that was said of one release, metric and kind within one calendar month (UTC): a line for each
// observed time, in that order. Names are short and what goes without saying is left out, because there are many.
type readingPage struct {
	store.Meta
	TitleID   string       `json:"title_id"`
	ReleaseID string       `json:"release_id"`
	Metric    string       `json:"metric"`
	Increment bool         `json:"increment,omitempty"`
	Month     string       `json:"month"` // 2006-01
	Sources   []pageSource `json:"sources"`
	Lines     []pageLine   `json:"lines"`
}

// pageSource is where statements of a page come from. A file is listed once, however many rows of it are there.
type pageSource struct {
	ID     string    `json:"id"`   // SHA-256 of a file, or an id of what was typed
	Said   time.Time `json:"said"` // of its statements that do not say otherwise
	By     string    `json:"by,omitempty"`
	ByName string    `json:"by_name,omitempty"`
	At     time.Time `json:"at"`
	Origin Origin    `json:"origin"` // without the row
}

// pageLine is one reading with every statement about it. The last statement holds (R3).
type pageLine struct {
	ID       string          `json:"i"`
	Observed time.Time       `json:"o"`
	DayOnly  bool            `json:"d,omitempty"`
	Rev      int64           `json:"n,omitempty"` // of the reading; 1 when left out
	Checked  *pageCheck      `json:"c,omitempty"`
	Said     []pageStatement `json:"s"` // as CompareStatements orders them
}

// pageCheck says who confirmed which value.
type pageCheck struct {
	Checked
	Value int64 `json:"value"`
}

// pageStatement is what one source says of a line.
type pageStatement struct {
	Source    int         `json:"f,omitempty"` // place in Sources
	Row       int         `json:"r,omitempty"`
	Said      *time.Time  `json:"a,omitempty"` // where it is not that of the source
	Value     int64       `json:"v"`
	Step      int64       `json:"p,omitempty"` // 1 when left out
	Bound     tally.Bound `json:"b,omitempty"` // exact when left out
	Text      string      `json:"t,omitempty"` // the digits of Value when left out
	Currency  string      `json:"u,omitempty"`
	Withdrawn bool        `json:"w,omitempty"`
	Why       string      `json:"y,omitempty"`
}

// pageLines is how many observed times one page takes: one in ten minutes.
const pageLines = 4096

// pageKey says which page is meant.
type pageKey struct {
	release, metric string
	increment       bool
	month           string
}

func (k pageKey) key() store.Key {
	return store.K().ID(k.release).Text(k.metric).Bool(k.increment).Text(k.month)
}

func (p *readingPage) pageKey() pageKey {
	return pageKey{p.ReleaseID, p.Metric, p.Increment, p.Month}
}

func monthOf(observed time.Time) string { return observed.UTC().Format("2006-01") }

// newPages finds pages by release, metric, kind and month, by title and metric, by the readings on them and by the imports that they name.
func newPages() *store.Collection[readingPage] {
	return store.NewCollection("reading_page", 1,
		unique("key", func(p *readingPage) store.Key { return p.pageKey().key() }),
		index("title", func(p *readingPage) store.Key { return store.K().ID(p.TitleID).Text(p.Metric).Text(p.Month) }),
		store.Index[readingPage]{Name: "reading", Unique: true, Keys: func(p *readingPage) []store.Key {
			keys := make([]store.Key, len(p.Lines))
			for i := range p.Lines {
				keys[i] = store.K().ID(p.Lines[i].ID)
			}
			return keys
		}},
		store.Index[readingPage]{Name: "import", Keys: func(p *readingPage) []store.Key {
			var keys []store.Key
			for i := range p.Sources {
				if from := p.Sources[i].Origin.Import; from != "" {
					keys = append(keys, store.K().ID(from).ID(p.TitleID))
				}
			}
			return keys
		}})
}

// find gives the place of a line by its time, or where it belongs.
func (p *readingPage) find(observed time.Time) (int, bool) {
	return slices.BinarySearchFunc(p.Lines, observed, func(l pageLine, t time.Time) int { return l.Observed.Compare(t) })
}

// line finds a reading by its id.
func (p *readingPage) line(id string) *pageLine {
	for i := range p.Lines {
		if p.Lines[i].ID == id {
			return &p.Lines[i]
		}
	}
	return nil
}

// source gives the place of a source, which is added where it is new.
func (p *readingPage) source(x pageSource) int {
	for i := range slices.Backward(p.Sources) { // the last one is asked for most
		if p.Sources[i].same(&x) {
			return i
		}
	}
	p.Sources = append(p.Sources, x)
	return len(p.Sources) - 1
}

// same leaves Said out: a statement says where it differs.
func (s *pageSource) same(o *pageSource) bool {
	return s.ID == o.ID && s.By == o.By && s.ByName == o.ByName && s.At.Equal(o.At) && s.Origin.same(&o.Origin)
}

func (o *Origin) same(x *Origin) bool {
	return o.Kind == x.Kind && o.Note == x.Note && o.URL == x.URL && o.Import == x.Import && o.File == x.File && o.Row == x.Row && slices.Equal(o.Evidence, x.Evidence)
}

// statement is something stated as a page keeps it.
func (p *readingPage) statement(x *stated) pageStatement {
	from := x.Origin
	from.Row = 0
	at := p.source(pageSource{ID: x.Source, Said: x.Said, By: x.By, ByName: x.ByName, At: x.At.UTC(), Origin: from})
	out := pageStatement{Source: at, Row: x.Row, Value: x.Figure.Value, Step: x.Figure.Step, Bound: x.Figure.Bound, Text: x.Text,
		Currency: x.Currency, Withdrawn: x.Withdrawn, Why: x.Why}
	if !p.Sources[at].Said.Equal(x.Said) {
		said := x.Said
		out.Said = &said
	}
	if out.Step == 1 {
		out.Step = 0
	}
	if out.Bound == tally.Exact {
		out.Bound = ""
	}
	if out.Text == strconv.FormatInt(out.Value, 10) {
		out.Text = ""
	}
	return out
}

// tally is a statement with all that goes without saying.
func (p *readingPage) tally(s *pageStatement) tally.Statement {
	from := &p.Sources[s.Source]
	out := tally.Statement{Said: from.Said, Source: from.ID, Row: s.Row, Figure: s.figure(), Withdrawn: s.Withdrawn}
	if s.Said != nil {
		out.Said = *s.Said
	}
	return out
}

func (s *pageStatement) figure() tally.Figure {
	return tally.Figure{Value: s.Value, Step: cmp.Or(s.Step, 1), Bound: cmp.Or(s.Bound, tally.Exact)}
}

// sameValue reports whether two statements say the same, whoever says it and however it is written.
func (s *pageStatement) sameValue(o *pageStatement) bool {
	return s.Withdrawn == o.Withdrawn && s.figure() == o.figure() && s.Currency == o.Currency
}

// value is a statement as people see it.
func (p *readingPage) value(s *pageStatement) ReadingValue {
	from := &p.Sources[s.Source]
	out := ReadingValue{Text: s.Text, Figure: s.figure(), Currency: s.Currency, By: from.By, ByName: from.ByName, At: from.At, Said: p.tally(s).Said,
		Origin: from.Origin, Why: s.Why}
	if out.Origin.Row = s.Row; out.Text == "" {
		out.Text = strconv.FormatInt(s.Value, 10)
	}
	return out
}

// standing is the statement whose value a line shows: the last that withdraws nothing. Of several in a row that say the same
// it is the first, which is where the value came from.
func (l *pageLine) standing() int {
	at := len(l.Said) - 1
	for at > 0 && l.Said[at].Withdrawn {
		at--
	}
	for at > 0 && l.Said[at-1].sameValue(&l.Said[at]) {
		at--
	}
	return at
}

// withdrawn reports whether the last word on a line is that it does not count.
func (l *pageLine) withdrawn() bool { return l.Said[len(l.Said)-1].Withdrawn }

// reading puts a line together as people see it.
func (p *readingPage) reading(l *pageLine) *Reading {
	out := &Reading{Meta: store.Meta{ID: l.ID, Rev: max(l.Rev, 1)}, TitleID: p.TitleID, ReleaseID: p.ReleaseID, Metric: p.Metric, Increment: p.Increment,
		Observed: l.Observed, DayOnly: l.DayOnly, Past: []ReadingValue{}}
	at := l.standing()
	out.Now = p.value(&l.Said[at])
	for i := at - 1; i >= 0; i-- {
		s := &l.Said[i]
		if !s.Withdrawn && (i == 0 || !l.Said[i-1].sameValue(s)) {
			out.Past = append(out.Past, p.value(s))
		}
	}
	for i := range l.Said {
		in := p.Sources[l.Said[i].Source].At
		if i == 0 || in.Before(out.Created) {
			out.Created = in
		}
		if in.After(out.Updated) {
			out.Updated = in
		}
	}
	if last := &l.Said[len(l.Said)-1]; last.Withdrawn {
		out.Withdrawn, out.Why = true, last.Why
	}
	if c := l.Checked; c != nil && c.Value == out.Now.Figure.Value {
		out.Checked = &c.Checked
	}
	return out
}

// tallied is a line as the pure rules take it.
func (p *readingPage) tallied(l *pageLine) tally.Reading {
	s := &l.Said[l.standing()]
	return tally.Reading{ID: l.ID, Release: p.ReleaseID, Metric: p.Metric, Increment: p.Increment, Observed: l.Observed,
		Figure: s.figure(), Withdrawn: l.withdrawn(), Text: s.Text, Currency: s.Currency, Checked: l.Checked != nil && l.Checked.Value == s.Value}
}

// tidy drops sources that no statement names any more.
func (p *readingPage) tidy() {
	used := make([]bool, len(p.Sources))
	for i := range p.Lines {
		for j := range p.Lines[i].Said {
			used[p.Lines[i].Said[j].Source] = true
		}
	}
	if !slices.Contains(used, false) {
		return
	}
	var kept []pageSource
	place := make([]int, len(used))
	for i, is := range used {
		if is {
			place[i] = len(kept)
			kept = append(kept, p.Sources[i])
		}
	}
	for i := range p.Lines {
		for j := range p.Lines[i].Said {
			s := &p.Lines[i].Said[j]
			s.Source = place[s.Source]
		}
	}
	p.Sources = kept
}
