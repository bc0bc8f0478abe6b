package studio

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// MilestoneState is whether a milestone still holds.
type MilestoneState string

// The states of a milestone. Moved and withdrawn ones stay visible (R4).
const (
	Stands    MilestoneState = "stands"
	Moved     MilestoneState = "moved"     // reached, but at another time than was said; Became has the new one
	Withdrawn MilestoneState = "withdrawn" // no longer holds
)

// Milestone is a threshold that a title reached (里程碑), with the reading that
// showed it and the one before it: the crossing lies between the two (R2).
type Milestone struct {
	store.Meta
	TitleID   string         `json:"title_id"`
	ReleaseID string         `json:"release_id,omitempty"` // empty: summed over the title's platforms
	Metric    string         `json:"metric"`
	Threshold int64          `json:"threshold"`
	At        time.Time      `json:"at"`
	Value     int64          `json:"value"`
	ReadingID string         `json:"reading_id"`
	Previous  *tally.Point   `json:"previous,omitempty"`
	Mark      tally.Mark     `json:"mark" enum:"exact,lower,provisional"`
	State     MilestoneState `json:"state" enum:"stands,moved,withdrawn"`
	EndedAt   *time.Time     `json:"ended_at,omitempty"`
	Why       string         `json:"why,omitempty"`      // the correction's reason
	Dropped   bool           `json:"dropped,omitempty"`  // withdrawn because its threshold counts no longer
	Currency  string         `json:"currency,omitempty"` // of money
	Became    string         `json:"became,omitempty"`   // id of the milestone that replaced it
}

// MilestoneRow is a milestone with the names that lists show and its source.
type MilestoneRow struct {
	Milestone
	Title    string   `json:"title"`
	Platform string   `json:"platform,omitempty"`
	Days     *int     `json:"days,omitempty"` // from the first release day to the crossing
	Reading  *Reading `json:"reading,omitempty"`
}

// Figures is a title's releases page: what each platform shows now, the summed
// curve and every milestone, the withdrawn ones too.
type Figures struct {
	Releases   []ReleaseRow   `json:"releases"`
	Plays      *Plays         `json:"plays,omitempty"`
	Curve      []tally.Point  `json:"curve"`
	Milestones []MilestoneRow `json:"milestones"`
	// Thresholds are those that count for each metric that has any, Anomalies the readings that wait for a person.
	Thresholds []Thresholds `json:"thresholds"`
	Anomalies  []Anomaly    `json:"anomalies"`
	Next       *Forecast    `json:"next,omitempty"` // of plays
	// Due tells that the studio's thresholds or zone have changed and the figures are still to be worked out anew (due), or
	// that this failed too often (stuck).
	Due string `json:"due,omitempty" enum:"due,stuck"`
}

// row adds the names, the days and the source.
func (o *outing) row(m *Milestone, source *Reading) MilestoneRow {
	return MilestoneRow{Milestone: *m, Title: o.title.Name, Platform: o.platform(m.ReleaseID), Days: o.days(m), Reading: source}
}

// platform names the platform of a release, empty for the sum over all.
func (o *outing) platform(releaseID string) string {
	for _, r := range o.releases {
		if r.ID == releaseID {
			return r.Platform
		}
	}
	return ""
}

// days counts from the first day of release within the milestone's scope to the
// day of the crossing in the studio's zone, nil where that day is unknown or later.
func (o *outing) days(m *Milestone) *int {
	first := slices.IndexFunc(o.releases, func(r *Release) bool { return m.ReleaseID == "" || m.ReleaseID == r.ID })
	if first < 0 {
		return nil
	}
	from, err := time.Parse(time.DateOnly, o.releases[first].Date)
	if err != nil {
		return nil
	}
	year, month, day := m.At.In(o.zone).Date()
	n := int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Sub(from) / (24 * time.Hour))
	if n < 0 {
		return nil
	}
	return &n
}

// rows are all milestones of the title that are shown, the latest crossing first.
func (l *ledger) rows(shown func(metric, titleID string) bool) ([]MilestoneRow, error) {
	if err := l.readMilestones(); err != nil {
		return nil, err
	}
	out, echo := []MilestoneRow{}, echoes(l.milestones)
	for _, m := range l.milestones {
		if echo(m) || !shown(m.Metric, m.TitleID) {
			continue
		}
		row, err := l.sourced(m)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b MilestoneRow) int { return a.Milestone.before(&b.Milestone) })
	return out, nil
}

// sourced is a milestone's row with the reading that it comes from, which may be gone where the milestone is.
func (l *ledger) sourced(m *Milestone) (MilestoneRow, error) {
	r, err := l.book.reading(m.ReadingID)
	return l.row(m, r), err
}

// before orders milestones for reading: the latest first, then the highest, then the sum.
func (m *Milestone) before(o *Milestone) int {
	return cmp.Or(o.At.Compare(m.At), cmp.Compare(o.Threshold, m.Threshold), cmp.Compare(m.ReleaseID, o.ReleaseID), cmp.Compare(o.ID, m.ID))
}

// echoKey is what a sum and its only part have in common.
type echoKey struct {
	title, metric    string
	threshold, value int64
	at               int64 // nanoseconds
	state            MilestoneState
}

func (m *Milestone) echoKey() echoKey {
	return echoKey{m.TitleID, m.Metric, m.Threshold, m.Value, m.At.UnixNano(), m.State}
}

// echoes finds the milestones of one platform that only repeat the title's own:
// as long as one platform has figures, the sum is its figure. They are kept, but told once.
func echoes(all []*Milestone) func(*Milestone) bool {
	sums := map[echoKey]bool{}
	for _, m := range all {
		if m.ReleaseID == "" {
			sums[m.echoKey()] = true
		}
	}
	return func(m *Milestone) bool { return m.ReleaseID != "" && sums[m.echoKey()] }
}

// recentSpan is how many milestones the home page looks at to find those that a person may see.
const recentSpan = 500

// recentMilestones are the last standing milestones of the titles that the actor sees, newest first.
func (s *Studio) recentMilestones(tx store.Txn, by Actor, n int) ([]MilestoneRow, error) {
	newest, err := s.newestMilestones(tx, by, n)
	if err != nil {
		return nil, err
	}
	return s.milestoneRows(tx, newest)
}

// milestoneRows adds names and sources to milestones of any titles.
func (s *Studio) milestoneRows(tx store.Txn, of []*Milestone) ([]MilestoneRow, error) {
	var sources []string
	for _, m := range of {
		sources = append(sources, m.ReadingID)
	}
	readings, err := s.readingsCalled(tx, sources)
	if err != nil {
		return nil, fmt.Errorf("reading the sources of milestones: %w", err)
	}
	out, known := []MilestoneRow{}, map[string]*outing{}
	for i, m := range of {
		if known[m.TitleID] == nil {
			o, err := s.outing(tx, m.TitleID)
			if err != nil {
				return nil, err
			}
			known[m.TitleID] = &o
		}
		out = append(out, known[m.TitleID].row(m, readings[i]))
	}
	return out, nil
}

// newestMilestones collects twice as many as are wanted, because each may have one echo.
func (s *Studio) newestMilestones(tx store.Txn, by Actor, n int) ([]*Milestone, error) {
	var got []*Milestone
	shown := shownTo(by)
	p := Page{Limit: 100, Reverse: true}
	for seen := 0; seen < recentSpan && len(got) < 2*n; {
		list, err := s.r.milestones.List(tx, "at", store.K(), p)
		if err != nil {
			return nil, fmt.Errorf("reading recent milestones: %w", err)
		}
		for _, m := range list.Items {
			if m.State == Stands && by.sees(m.TitleID) && shown(m.Metric, m.TitleID) {
				got = append(got, m)
			}
		}
		seen += len(list.Items)
		if p.After = list.Next; list.Next == "" {
			break
		}
	}
	got = slices.DeleteFunc(got, echoes(got))
	slices.SortFunc(got, (*Milestone).before)
	return got[:min(n, len(got))], nil
}
