package studio

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// summary is what the board of a title shows of its releases, kept so that the
// home page reads one record instead of every figure. Its id is the title's.
type summary struct {
	store.Meta
	Releases int           `json:"releases"`
	Plays    *Plays        `json:"plays,omitempty"`
	Last     *MilestoneRow `json:"last,omitempty"`
	Wall     *Wall         `json:"wall,omitempty"`
	OnAir    bool          `json:"on_air"`        // figures are expected
	Day      string        `json:"day,omitempty"` // of the last sum of plays, in the studio's zone
	// Odd are the readings that wait for a person, Unsure the standing milestones that rounding may undo; those of money are
	// counted apart, because they are not for everybody.
	Odd         int        `json:"odd,omitempty"`
	OddMoney    int        `json:"odd_money,omitempty"`
	OddAt       *time.Time `json:"odd_at,omitempty"` // when the newest of them was observed
	Unsure      int        `json:"unsure,omitempty"`
	UnsureMoney int        `json:"unsure_money,omitempty"`
	// Basis is that of the settings under which the figures were last worked out. Tries counts the turns that failed since.
	Basis   int64      `json:"basis,omitempty"`
	Tries   int        `json:"tries,omitempty"`
	TriedAt *time.Time `json:"tried_at,omitempty"`
}

// accounts are the state of each metric of a title that has readings, from which later ones go on without the earlier. They
// are apart from the summary, because pages of titles do not need them. The id is the title's.
type accounts struct {
	store.Meta
	By map[string]tally.Account `json:"by"`
}

// newSummaries orders titles that are out for the wall, and finds what keeps their figures from being trusted.
func newSummaries() *store.Collection[summary] {
	return store.NewCollection("summary", 1,
		maybe("released", (*summary).releasedKey), maybe("plays", (*summary).playsKey), maybe("yesterday", (*summary).dayKey),
		store.Index[summary]{Name: "fresh", Keys: (*summary).freshKeys},
		maybe("odd", func(x *summary) (store.Key, bool) {
			if x.OddAt == nil {
				return nil, false
			}
			return store.K().Time(*x.OddAt), true
		}),
		maybe("basis", (*summary).basisKey),
		maybe("stuck", func(x *summary) (store.Key, bool) {
			if !x.stuck() {
				return nil, false
			}
			return store.K().Time(*x.TriedAt), true
		}))
}

// releasedKey orders by the first day of release; without one the day counts on which the title was listed.
func (x *summary) releasedKey() (store.Key, bool) {
	day := x.Created.UTC().Format(time.DateOnly)
	if x.Wall != nil && x.Wall.Since != "" {
		day = x.Wall.Since
	}
	return store.K().Text(day).Time(x.Created), x.Releases > 0
}

// playsKey puts titles without a figure last.
func (x *summary) playsKey() (store.Key, bool) {
	plays := int64(-1)
	if x.Plays != nil {
		plays = x.Plays.Value
	}
	return store.K().Int(plays).Time(x.Created), x.Releases > 0
}

// dayKey orders by the day of the last figure and then by growth: what grew most long ago is not first.
func (x *summary) dayKey() (store.Key, bool) {
	day, grown := "", int64(math.MinInt64)
	if x.Wall != nil && x.Wall.Yesterday != nil {
		day, grown = x.Day, x.Wall.Yesterday.Value
	}
	return store.K().Text(day).Int(grown).Time(x.Created), x.Releases > 0
}

// freshKeys have the last figure of each release of which more are expected.
func (x *summary) freshKeys() []store.Key {
	var keys []store.Key
	if x.Wall == nil || !x.OnAir {
		return nil
	}
	for _, p := range x.Wall.Platforms {
		if since, waits := p.waits(); waits {
			keys = append(keys, store.K().Time(since).ID(p.ReleaseID))
		}
	}
	return keys
}

// waits tells since when a release has been without a figure: since the last one, or since its day.
func (p *PlatformFigure) waits() (since time.Time, waits bool) {
	if p.Quiet {
		return time.Time{}, false
	}
	if p.Fresh != nil {
		return *p.Fresh, true
	}
	day, err := time.Parse(time.DateOnly, p.Date)
	return day, err == nil
}

// summaryOf reads a title's summary, nil before the first release.
func (s *Studio) summaryOf(tx store.Txn, titleID string) (*summary, error) {
	x, err := s.r.summaries.Get(tx, titleID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading a title's summary: %w", err)
	}
	return x, nil
}

// accountsOf reads the state of a title's metrics, empty where it has no readings.
func (s *Studio) accountsOf(tx store.Txn, titleID string) (*accounts, error) {
	x, err := s.r.accounts.Get(tx, titleID)
	if errors.Is(err, store.ErrNotFound) {
		return &accounts{Meta: store.Meta{ID: titleID}, By: map[string]tally.Account{}}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the state of a title's figures: %w", err)
	}
	return x, nil
}

// of gives the state of a metric, an empty one where it has no readings.
func (x *accounts) of(metric string) tally.Account { return x.By[metric] }

// summarize writes the summary of a title anew.
func (c *change) summarize(l *ledger) error {
	was := *l.summary
	if err := l.sumUp(); err != nil {
		return err
	}
	for what, delta := range map[string]int{
		countOdd:    l.summary.Odd + l.summary.OddMoney - was.Odd - was.OddMoney,
		countUnsure: l.summary.Unsure + l.summary.UnsureMoney - was.Unsure - was.UnsureMoney,
	} {
		if err := c.countAll(what, int64(delta), figuresOwner); err != nil {
			return err
		}
	}
	return l.keep(c.now)
}

// The counters of the whole house.
const (
	figuresOwner = "figures"
	countOdd     = "odd"
	countUnsure  = "unsure"
)

// keep writes the summary, the state of the figures and what groups read of them.
func (l *ledger) keep(now time.Time) error {
	tx, r := l.book.tx, &l.book.s.r
	l.summary.Updated, l.accounts.Updated = now, now
	writeSummary, writeAccounts := r.summaries.Put, r.accounts.Put
	if l.summary.Rev == 0 {
		l.summary.Created, writeSummary = now, r.summaries.Insert
		l.summary.Basis = l.settings.Basis
	}
	if l.accounts.Rev == 0 {
		l.accounts.Created, writeAccounts = now, r.accounts.Insert
	}
	if err := writeSummary(tx, l.summary); err != nil {
		return fmt.Errorf("keeping a title's summary: %w", err)
	}
	if err := writeAccounts(tx, l.accounts); err != nil {
		return fmt.Errorf("keeping the state of a title's figures: %w", err)
	}
	return l.keepGroupPart(now)
}

// sumUp fills the summary from the releases, the accounts and the milestones.
func (l *ledger) sumUp() error {
	x := l.summary
	x.Releases, x.Plays, x.OnAir, x.Wall = len(l.releases), l.plays(), l.title.Stage == StageOn, l.wall()
	x.Odd, x.OddMoney, x.OddAt, x.Day = 0, 0, nil, ""
	if sum := l.accounts.of(tally.MetricPlays).Sum; sum != nil {
		x.Day = sum.Last.At.In(l.zone).Format(time.DateOnly)
	}
	for metric, a := range l.accounts.By {
		if tally.UnitOf(metric) == tally.UnitMoney {
			x.OddMoney += a.Misfit
		} else {
			x.Odd += a.Misfit
		}
		if n := len(a.Misfits); n > 0 && (x.OddAt == nil || a.Misfits[n-1].To.At.After(*x.OddAt)) {
			x.OddAt = &a.Misfits[n-1].To.At
		}
	}
	l.unsure()
	var err error
	x.Last, err = l.last()
	return err
}

// unsure counts the standing milestones that rounding may undo. Where only new ones were looked at, they come on top.
func (l *ledger) unsure() {
	if l.complete {
		l.summary.Unsure, l.summary.UnsureMoney = 0, 0
	}
	echo := echoes(l.milestones)
	for _, m := range l.milestones {
		switch {
		case m.State != Stands || m.Mark != tally.MarkProvisional || echo(m):
		case tally.UnitOf(m.Metric) == tally.UnitMoney:
			l.summary.UnsureMoney++
		default:
			l.summary.Unsure++
		}
	}
}

// wall is what the lead's page shows of the title, nil where it is not out.
func (l *ledger) wall() *Wall {
	if len(l.releases) == 0 {
		return nil
	}
	plays := l.accounts.of(tally.MetricPlays)
	w := &Wall{Since: l.basis("", nil).Since, Platforms: make([]PlatformFigure, len(l.releases)),
		Yesterday: plays.Grown(1, l.zone), Week: plays.Grown(7, l.zone), Next: plays.Next(l.zone)}
	for i, r := range l.releases {
		w.Platforms[i] = l.platformFigure(r)
	}
	most := func(p *PlatformFigure) int64 {
		if len(p.Now) > 0 && p.Now[0].Metric == tally.MetricPlays {
			return p.Now[0].Figure.Value
		}
		return -1
	}
	slices.SortStableFunc(w.Platforms, func(a, b PlatformFigure) int { return cmp.Compare(most(&b), most(&a)) })
	return w
}

// platformFigure is a release with its last figures. Money is left out, but its figures are fresh ones, too.
func (l *ledger) platformFigure(r *Release) PlatformFigure {
	out := PlatformFigure{ReleaseID: r.ID, Platform: r.Platform, Region: r.Region, Date: r.Date, Quiet: r.Quiet, Now: []Latest{}}
	for _, metric := range Metrics() {
		line := l.accounts.of(metric).Line(r.ID)
		if at := line.Fresh(); !at.IsZero() && (out.Fresh == nil || at.After(*out.Fresh)) {
			out.Fresh = &at
		}
		if tally.UnitOf(metric) != tally.UnitMoney {
			out.Now = append(out.Now, latest(metric, line)...)
		}
	}
	return out
}

// latest is what a release shows of a metric: as it was written, or, where figures of periods are added up, in digits.
func latest(metric string, line tally.Line) []Latest {
	now, summed := line.Now()
	out := make([]Latest, len(now))
	for i, x := range now {
		out[i] = Latest{Metric: metric, Figure: x.Figure, Text: cmp.Or(x.Text, strconv.FormatInt(x.Figure.Value, 10)), Observed: x.At,
			ReadingID: x.Reading, Currency: x.Currency, Summed: summed}
	}
	return out
}

// shown is the wall as a person sees it on a day.
func (x *summary) shown(by Actor, today time.Time) *Wall {
	if x.Wall == nil {
		return nil
	}
	w := *x.Wall
	w.Anomalies, w.Provisional = x.open(by)
	if since, err := time.Parse(time.DateOnly, w.Since); err == nil && !since.After(today) {
		n := int(today.Sub(since) / (24 * time.Hour))
		w.Days = &n
	}
	return &w
}

// open counts the readings that wait for a person and the milestones that are not sure, of those that somebody may see.
func (x *summary) open(by Actor) (odd, unsure int) {
	if by.Can(ViewMoney, x.ID) {
		return x.Odd + x.OddMoney, x.Unsure + x.UnsureMoney
	}
	return x.Odd, x.Unsure
}

// todayIn is the studio's calendar day, as midnight UTC.
func todayIn(now time.Time, zone *time.Location) time.Time {
	year, month, day := now.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// air keeps with a title's summary whether figures are expected.
func (c *change) air(t *Title) error {
	x, err := c.s.summaryOf(c.tx, t.ID)
	if x == nil || err != nil || x.OnAir == (t.Stage == StageOn) {
		return err
	}
	x.OnAir, x.Updated = t.Stage == StageOn, c.now
	if err := c.s.r.summaries.Put(c.tx, x); err != nil {
		return fmt.Errorf("keeping a title's summary: %w", err)
	}
	return nil
}
