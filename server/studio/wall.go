package studio

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// Wall is what the lead's page shows of a title besides its sum: kept in the summary, so that a page of titles reads nothing else.
type Wall struct {
	Since     string           `json:"since,omitempty"` // the first day of release
	Days      *int             `json:"days,omitempty"`  // from that day to today
	Platforms []PlatformFigure `json:"platforms"`       // most plays first
	Yesterday *Growth          `json:"yesterday,omitempty"`
	Week      *Growth          `json:"week,omitempty"`
	Next      *Forecast        `json:"next,omitempty"`
	// Provisional is how many standing milestones rounding may undo (R7), Anomalies how many readings wait for a person.
	Provisional int `json:"provisional"`
	Anomalies   int `json:"anomalies"`
}

// PlatformFigure is a release with its last figures.
type PlatformFigure struct {
	ReleaseID string     `json:"release_id"`
	Platform  string     `json:"platform"`
	Region    string     `json:"region"`
	Date      string     `json:"date,omitempty"`
	Quiet     bool       `json:"quiet"`           // no more figures are expected
	Fresh     *time.Time `json:"fresh,omitempty"` // when its newest figure was observed
	Now       []Latest   `json:"now"`             // by metric, in the order of Metrics, without money
}

// Growth is how a sum of plays grew between two points that were observed.
type Growth = tally.Growth

// Forecast is when the next threshold may be reached, as a range of days.
type Forecast = tally.Forecast

// Anomaly is a reading that does not fit the one before and waits for a person to confirm, correct or withdraw it.
type Anomaly struct {
	TitleID   string      `json:"title_id"`
	Title     string      `json:"title"`
	ReleaseID string      `json:"release_id"`
	Platform  string      `json:"platform"`
	Metric    string      `json:"metric"`
	Kind      string      `json:"kind" enum:"drop,jump"`
	From      tally.Point `json:"from"`
	To        tally.Point `json:"to"`
	Currency  string      `json:"currency,omitempty"`   // of money
	ReadingID string      `json:"reading_id,omitempty"` // of To; empty in a preview
	Row       int         `json:"row,omitempty"`        // in the file that would bring it
}

// Checked says that somebody looked at an anomaly and found the figure right.
type Checked struct {
	By     string    `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
	Why    string    `json:"why"`
}

// CheckIn confirms an anomaly.
type CheckIn struct {
	Why string `json:"why"`
}

// StaleRelease is a release that has had no figure for days although more are expected.
type StaleRelease struct {
	TitleID   string     `json:"title_id"`
	Title     string     `json:"title"`
	ReleaseID string     `json:"release_id"`
	Platform  string     `json:"platform"`
	Fresh     *time.Time `json:"fresh,omitempty"` // the newest figure; nil: none yet
	Days      int        `json:"days"`            // since then, or since the day of release
}

// Health is what keeps the figures from being trusted. Lists are cut at 100; the counts are whole.
type Health struct {
	Stale        []StaleRelease `json:"stale"` // the longest silent first
	StaleCount   int            `json:"stale_count"`
	Strays       []StrayRow     `json:"strays"`
	StrayCount   int            `json:"stray_count"`
	Anomalies    []Anomaly      `json:"anomalies"`
	AnomalyCount int            `json:"anomaly_count"`
	Provisional  []MilestoneRow `json:"provisional"`
	// ProvisionalCount is how many standing milestones rounding may undo.
	ProvisionalCount int `json:"provisional_count"`
}

// Curves are a title's figures of one metric over time, a line for each release and, for plays, the sum (R5).
type Curves struct {
	Metric string        `json:"metric"`
	Lines  []CurveLine   `json:"lines"`
	Sum    []tally.Point `json:"sum"` // empty where the metric is not added up
}

// CurveLine is the curve of one release.
type CurveLine struct {
	ReleaseID string        `json:"release_id"`
	Platform  string        `json:"platform"`
	Region    string        `json:"region"`
	Date      string        `json:"date,omitempty"`
	Currency  string        `json:"currency,omitempty"` // of money
	Summed    bool          `json:"summed"`             // added up from figures of periods
	Points    []tally.Point `json:"points"`
}

// The orders of the wall.
const (
	WallNewest = "released"  // the latest released first
	WallPlays  = "plays"     // the most plays first
	WallDay    = "yesterday" // the newest figures first, of one day those that grew most since the day before
)

// Releases lists the titles that are out anywhere as boards, in one of the orders of the wall.
func (s *Studio) Releases(ctx context.Context, by Actor, order string, p Page) (List[Board], error) {
	out := List[Board]{Items: []Board{}}
	if err := by.reads(); err != nil {
		return out, err
	}
	order = cmp.Or(order, WallNewest)
	key := wallKey(order)
	if key == nil {
		return out, inQuery(wrong("order", "没有这种排序，请重新选择", "there is no such order; choose again"))
	}
	err := s.view(ctx, func(tx store.Txn) error {
		ids, next, err := s.released(tx, by, order, p)
		if err != nil {
			return err
		}
		titles, err := s.r.titles.GetMany(tx, ids)
		if err != nil {
			return fmt.Errorf("listing released titles: %w", err)
		}
		out.Next = next
		out.Items, err = s.boards(tx, by, slices.DeleteFunc(titles, func(t *Title) bool { return t == nil }))
		return err
	})
	return out, err
}

// wallKey is what an order goes by, nil where there is no such order. Its index has the same name.
func wallKey(order string) func(*summary) (store.Key, bool) {
	switch order {
	case WallNewest:
		return (*summary).releasedKey
	case WallPlays:
		return (*summary).playsKey
	case WallDay:
		return (*summary).dayKey
	}
	return nil
}

// released pages through all for those who see all; a member's titles are few and come at once.
func (s *Studio) released(tx store.Txn, by Actor, order string, p Page) ([]string, string, error) {
	if by.wide() {
		p.Reverse = true
		return s.r.summaries.IDs(tx, order, store.K(), p)
	}
	got, err := s.summariesOf(tx, by)
	if err != nil {
		return nil, "", err
	}
	key := func(x *summary) store.Key {
		k, _ := wallKey(order)(x)
		return k.ID(x.ID)
	}
	slices.SortFunc(got, func(a, b *summary) int { return bytes.Compare(key(b), key(a)) })
	ids := make([]string, len(got))
	for i, x := range got {
		ids[i] = x.ID
	}
	return ids, "", nil
}

// summariesOf are the summaries of a member's titles that are out.
func (s *Studio) summariesOf(tx store.Txn, by Actor) ([]*summary, error) {
	mine := slices.DeleteFunc(slices.Sorted(maps.Keys(by.Roles)), func(id string) bool { return !by.sees(id) })
	got, err := s.r.summaries.GetMany(tx, mine)
	if err != nil {
		return nil, fmt.Errorf("listing released titles: %w", err)
	}
	return slices.DeleteFunc(got, func(x *summary) bool { return x == nil || x.Releases == 0 }), nil
}

// Curves reads a title's figures of one metric over time. Money is for those who may see it.
func (s *Studio) Curves(ctx context.Context, by Actor, titleID, metric string) (Curves, error) {
	out := Curves{Metric: cmp.Or(metric, tally.MetricPlays), Lines: []CurveLine{}, Sum: []tally.Point{}}
	if err := by.readsTitle(titleID, "title"); err != nil {
		return out, err
	}
	if !slices.Contains(Metrics(), out.Metric) {
		return out, inQuery(noMetric())
	}
	if err := by.readsMetric(out.Metric, titleID, "title"); err != nil {
		return out, err
	}
	err := s.view(ctx, func(tx store.Txn) error {
		o, err := s.outing(tx, titleID)
		if err != nil {
			return err
		}
		readings, err := s.openBook(tx, titleID).readings(out.Metric)
		if err != nil {
			return err
		}
		if tally.Summable(out.Metric) {
			out.Sum = append(out.Sum, tally.Curve(readings, out.Metric)...)
		}
		courses := tally.Courses(readings, out.Metric)
		for _, r := range o.releases {
			for _, c := range courses {
				if c.Release == r.ID {
					out.Lines = append(out.Lines, CurveLine{ReleaseID: r.ID, Platform: r.Platform, Region: r.Region, Date: r.Date,
						Currency: c.Currency, Summed: c.Summed, Points: c.Points})
				}
			}
		}
		return nil
	})
	return out, err
}

// CheckReading confirms that a figure which does not fit is right as it is. Nothing is said of the figure: the mark goes with
// the value, and another value is looked at anew.
func (s *Studio) CheckReading(ctx context.Context, by Actor, id string, in CheckIn) (ReadingOut, error) {
	return s.changeReading(ctx, by, id, in.Why, func(c *change, b *book, r *Reading, why string) (ReadingOut, error) {
		out := ReadingOut{Reading: *r, Outcome: "checked", Changes: []MilestoneRow{}}
		if r.Checked != nil {
			return out, nil
		}
		l, err := s.ledgerOf(b)
		if err != nil {
			return ReadingOut{}, err
		}
		a := l.accounts.of(r.Metric)
		odd := func(x tally.Misfit) bool { return x.To.Reading == id }
		if a.Misfit == len(a.Misfits) && !slices.ContainsFunc(a.Misfits, odd) {
			return ReadingOut{}, conflict("reading.fits", "这条读数和前一条对得上，不需要确认", "this figure fits the one before; there is nothing to confirm")
		}
		now, err := b.check(id, Checked{By: by.Person.ID, ByName: by.Person.Name, At: c.now, Why: why})
		if err != nil {
			return ReadingOut{}, err
		}
		out.Reading = *now
		if err := c.noteReading(now, "reading.checked", why); err != nil {
			return ReadingOut{}, err
		}
		if out.Changes, err = c.keepBook(b, ""); err != nil {
			return out, err
		}
		out.ActID, err = c.keepCheck(now)
		return out, err
	})
}

// check marks a reading as looked at.
func (b *book) check(id string, mark Checked) (*Reading, error) {
	p, l, err := b.spot(id)
	if err != nil {
		return nil, err
	}
	if l == nil {
		return nil, fmt.Errorf("reading %s: %w", id, store.ErrDamaged)
	}
	l.Checked = &pageCheck{Checked: mark, Value: l.Said[l.standing()].Value}
	l.Rev = max(l.Rev, 1) + 1
	b.mark(p, l.Observed, heardChecked, true)
	return p.reading(l), nil
}
