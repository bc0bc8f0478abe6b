package tally

import (
	"cmp"
	"slices"
	"time"
)

// Basis is what an account is worked out with besides the readings. Another basis is another account.
type Basis struct {
	Metric string
	Levels []int64           // the thresholds that count
	Since  string            // the title's first day of release, 2006-01-02; empty: not known
	Days   map[string]string // the day of each release; one that is not known is left out
	Zone   *time.Location    // the studio's; nil is UTC+8 (R1)
}

// Account is the state of one metric of one title after its readings so far: enough to go on from with later readings
// without the earlier ones, and enough for what a page of titles shows. Readings only ever enter it in order of observed time.
type Account struct {
	Metric string    `json:"metric"`
	Levels []int64   `json:"levels,omitempty"`
	Since  string    `json:"since,omitempty"`
	Zone   string    `json:"zone"`
	Newest time.Time `json:"newest"` // of all readings that count, increments too; zero: none
	Lines  []Line    `json:"lines,omitempty"`
	Sum    *Sum      `json:"sum,omitempty"` // of a summable metric (R5)
	// Misfits are the readings that wait for a person, the newest last, at most MisfitsKept; Misfit counts all.
	Misfits []Misfit `json:"misfits,omitempty"`
	Misfit  int      `json:"misfit,omitempty"`
}

// Line is one release in an account.
type Line struct {
	Release string `json:"release"`
	Since   string `json:"since,omitempty"` // its day of release, of a summable metric
	// AtDay has its totals at the end of AtDays from that day; those that nobody saw are left out.
	AtDay []DaySum `json:"at_day,omitempty"`
	// Last is the newest running total; nil where only figures of periods are known.
	Last *Last `json:"last,omitempty"`
	// Peak is the highest total so far: thresholds up to it are reached.
	Peak int64 `json:"peak,omitempty"`
	// Steps are the growths between the newest totals, the newest last, as the search for jumps needs them.
	Steps []int64 `json:"steps,omitempty"`
	// Periods are figures of periods added up, by currency.
	Periods []Last `json:"periods,omitempty"`
}

// Last is a figure with its reading.
type Last struct {
	At       time.Time `json:"at"`
	Reading  string    `json:"reading"`
	Figure   Figure    `json:"figure"`
	Text     string    `json:"text,omitempty"` // as written, where that is not the digits of the value
	Currency string    `json:"currency,omitempty"`
}

// Sum is the running sum of plays over a title's releases.
type Sum struct {
	Last Point `json:"last"`
	Peak int64 `json:"peak"`
	// Days has the last sum of each observed day, back to the one that growth over a week begins from.
	Days []DayPoint `json:"days"`
	// AtDay has the sums at the end of AtDays; those that nobody saw are left out.
	AtDay []DaySum `json:"at_day,omitempty"`
}

// DayPoint is the last sum of a day. Fresh is set where a release had its first figure on that day: then the sum grew by
// what was there before, too.
type DayPoint struct {
	Point
	Fresh bool `json:"fresh,omitempty"`
}

// DaySum is the plays, of a title or of one release, at the end of a day, counted from its first day of release (that day is 0).
type DaySum struct {
	Day   int   `json:"day"`
	Value int64 `json:"value"`
	// at is not later than the end of that day; a later one still replaces it.
	At time.Time `json:"at"`
}

// AtDays are the days after release at which titles are compared.
func AtDays() []int { return []int{1, 7, 30, 90} }

// NewAccount works an account out from all readings, in whatever order, and gives every milestone of the metric.
func NewAccount(b Basis, readings []Reading) (Account, []Milestone) {
	a, reached, _ := b.begin().Append(b, readings)
	return a, reached
}

// begin is an account without readings.
func (b Basis) begin() Account {
	return Account{Metric: b.Metric, Since: b.Since, Zone: b.zone().String(),
		Levels: levels(b.Metric, func(string) []int64 { return b.Levels })}
}

func (b Basis) zone() *time.Location {
	if b.Zone == nil {
		return time.FixedZone("UTC+8", 8*60*60)
	}
	return b.Zone
}

// Append goes on with readings that are all observed later than everything the account has, and gives the milestones that
// they reach. ok is false where they are not, or where the basis is another one: then only NewAccount gives the answer.
// The account itself is left as it is.
func (a Account) Append(b Basis, readings []Reading) (next Account, reached []Milestone, ok bool) {
	if with := b.begin(); a.Metric != with.Metric || !a.Counts(b) || a.Zone != with.Zone || !slices.Equal(a.Levels, with.Levels) {
		return a, nil, false
	}
	all := slices.Concat(totals(readings, a.Metric), periods(readings, a.Metric))
	slices.SortStableFunc(all, func(x, y Reading) int { return x.Observed.Compare(y.Observed) })
	if len(all) > 0 && !a.Newest.IsZero() && !all[0].Observed.After(a.Newest) {
		return a, nil, false
	}
	next = a.clone()
	w := walk{Account: &next, with: b}
	for start := 0; start < len(all); {
		end := start + 1
		for end < len(all) && all[end].Observed.Equal(all[start].Observed) {
			end++
		}
		w.instant(all[start:end])
		start = end
	}
	slices.SortStableFunc(w.reached, compareMilestones)
	return next, w.reached, true
}

// Counts reports whether the account counts its days from the same days of release as another basis.
func (a Account) Counts(b Basis) bool {
	return a.Since == b.Since && !slices.ContainsFunc(a.Lines, func(l Line) bool { return l.Since != b.since(l.Release) })
}

// since is the day that a release's own days are counted from; they are counted of what can be added up.
func (b Basis) since(release string) string {
	if !Summable(b.Metric) {
		return ""
	}
	return b.Days[release]
}

// clone copies what a walk changes.
func (a Account) clone() Account {
	a.Lines = slices.Clone(a.Lines)
	for i := range a.Lines {
		a.Lines[i].AtDay = slices.Clone(a.Lines[i].AtDay)
		a.Lines[i].Steps = slices.Clone(a.Lines[i].Steps)
		a.Lines[i].Periods = slices.Clone(a.Lines[i].Periods)
	}
	a.Misfits = slices.Clone(a.Misfits)
	if a.Sum != nil {
		sum := *a.Sum
		sum.Days, sum.AtDay = slices.Clone(sum.Days), slices.Clone(sum.AtDay)
		a.Sum = &sum
	}
	return a
}

// Line finds a release; the zero Line where it has no figure.
func (a Account) Line(release string) Line {
	if i, ok := a.find(release); ok {
		return a.Lines[i]
	}
	return Line{}
}

func (a Account) find(release string) (int, bool) {
	return slices.BinarySearchFunc(a.Lines, release, func(l Line, id string) int { return cmp.Compare(l.Release, id) })
}

// Now is the release's figure: its newest total, else its periods added up (summed), by currency.
func (l Line) Now() (now []Last, summed bool) {
	if l.Last != nil {
		return []Last{*l.Last}, false
	}
	return l.Periods, true
}

// Fresh is when the release's newest figure was observed, zero without one.
func (l Line) Fresh() time.Time {
	var newest time.Time
	if l.Last != nil {
		newest = l.Last.At
	}
	for _, p := range l.Periods {
		if p.At.After(newest) {
			newest = p.At
		}
	}
	return newest
}
