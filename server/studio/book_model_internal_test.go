package studio

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"

	"pgregory.net/rapid"
)

// plainBook is the set of everything that was said about a title, and what follows from it as plainly as can be.
type plainBook struct {
	s        *Studio
	title    string
	releases []string
	said     []stated
	checked  int
}

// heldTitle is a title with two releases.
func heldTitle(t testing.TB, s *Studio, name string, platforms ...string) (string, []string) {
	t.Helper()
	ctx, date := context.Background(), "2026-03-01"
	board, err := s.CreateTitle(ctx, Console(), TitleIn{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range platforms {
		r, err := s.CreateRelease(ctx, Console(), board.Title.ID, ReleaseIn{Platform: &p, Date: &date})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r.ID)
	}
	return board.Title.ID, out
}

// change runs one step on a book and keeps it.
func (m *plainBook) change(t *rapid.T, fn func(*book)) {
	err := m.s.update(context.Background(), Console(), func(c *change) error {
		b := m.s.openBook(c.tx, m.title)
		fn(b)
		_, err := c.keepBook(b, "x")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// key is what a statement is about.
func (x *stated) key() string {
	return fmt.Sprint(x.ReleaseID, x.Metric, x.Increment, x.Observed.UnixNano())
}

// import says rows of one file, in any order and number of splits.
func (m *plainBook) read(t *rapid.T) {
	sha := rapid.SampledFrom([]string{"aa", "bb", "cc", "dd"}).Draw(t, "file")
	said := time.Date(2026, 5, 1+rapid.IntRange(0, 3).Draw(t, "exported"), 0, 0, 0, 0, time.UTC)
	later := rapid.Bool().Draw(t, "later")
	m.change(t, func(b *book) {
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			x := m.row(t, later)
			x.Source, x.Said, x.Row = sha, said, rapid.IntRange(1, 4).Draw(t, "row")
			x.Origin = Origin{Kind: "file", Import: "import " + sha, File: sha + ".csv", Row: x.Row}
			m.tell(t, b, x)
		}
	})
}

// enter says something typed: a figure or that it does not count.
func (m *plainBook) enter(t *rapid.T) {
	x := m.row(t, rapid.Bool().Draw(t, "later"))
	m.checked++
	x.Source, x.Said = fmt.Sprintf("typed %04d", m.checked), time.Date(2026, 5, 1+rapid.IntRange(0, 5).Draw(t, "said"), 1, 0, 0, 0, time.UTC)
	x.Withdrawn = rapid.IntRange(0, 2).Draw(t, "withdrawn") == 0
	m.change(t, func(b *book) { m.tell(t, b, x) })
}

// row is a figure of some moment; a later one is behind all that there are.
func (m *plainBook) row(t *rapid.T, later bool) stated {
	day := rapid.IntRange(0, 40).Draw(t, "day")
	if later {
		day = 41 + rapid.IntRange(0, 5).Draw(t, "further") + len(m.said)
	}
	f := rapid.SampledFrom([]tally.Figure{{Value: 9_000_000, Step: 1}, {Value: 20_000_000, Step: 10_000_000}, {Value: 50_000_000, Step: 1, Bound: tally.Lower}, {Value: 100_000_000, Step: 1},
		{Value: 50_000_000, Step: 10_000}, {Value: 3_000_000_000, Step: 100_000_000}}).Draw(t, "figure")
	if f.Bound == "" {
		f.Bound = tally.Exact
	}
	return stated{ReleaseID: rapid.SampledFrom(m.releases).Draw(t, "release"), Metric: rapid.SampledFrom([]string{"plays", "plays", "heat", "revenue"}).Draw(t, "metric"),
		Increment: rapid.IntRange(0, 9).Draw(t, "increment") == 0, Observed: time.Date(2026, 3, 1+day, 15, 59, 59, 999_999_999, time.UTC), DayOnly: true,
		Text: rapid.SampledFrom([]string{"x", "x", "１亿"}).Draw(t, "text"), By: "p", At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Statement: tally.Statement{Figure: f}}
}

// tell says something to the book and to the plain set.
func (m *plainBook) tell(t *rapid.T, b *book, x stated) {
	if _, _, _, err := b.say(x); err != nil {
		t.Fatal(err)
	}
	again := func(o stated) bool { return o.key() == x.key() && o.Source == x.Source && o.Row == x.Row }
	if i := slices.IndexFunc(m.said, again); i >= 0 {
		m.said = slices.Delete(m.said, i, i+1)
	}
	m.said = append(m.said, x)
}

// undo takes an import back.
func (m *plainBook) undo(t *rapid.T) {
	from := "import " + rapid.SampledFrom([]string{"aa", "bb", "cc", "dd"}).Draw(t, "file")
	m.change(t, func(b *book) {
		if _, err := b.forget(from); err != nil {
			t.Fatal(err)
		}
	})
	m.said = slices.DeleteFunc(m.said, func(x stated) bool { return x.Origin.Import == from })
}

// thresholds gives the title lists of its own, or the studio's again.
func (m *plainBook) thresholds(t *rapid.T) {
	board, err := m.s.TitleBoard(context.Background(), Console(), m.title)
	if err != nil {
		t.Fatal(err)
	}
	in := ThresholdsIn{Metric: rapid.SampledFrom([]string{"plays", "heat", "revenue"}).Draw(t, "metric"), Usual: rapid.Bool().Draw(t, "usual"), Thresholds: []int64{20_000_000, 60_000_000}}
	if _, err := m.s.SetThresholds(context.Background(), Console(), m.title, board.Title.Rev, in); err != nil {
		t.Fatal(err)
	}
}

// settle gives the whole studio other thresholds or another zone. Nothing is worked out yet.
func (m *plainBook) settle(t *rapid.T) {
	set, err := m.s.StudioSettings(context.Background(), Console())
	if err != nil {
		t.Fatal(err)
	}
	plays := rapid.SampledFrom([][]int64{{10_000_000, 100_000_000}, {20_000_000}, {50_000_000, 60_000_000}}).Draw(t, "plays")
	others := map[string][]int64{"heat": rapid.SampledFrom([][]int64{{}, {20_000_000}}).Draw(t, "heat"), "revenue": rapid.SampledFrom([][]int64{{}, {9_000_000}}).Draw(t, "revenue")}
	usual := rapid.SampledFrom([][]string{{}, {"heat"}}).Draw(t, "usual")
	zone := rapid.SampledFrom([]string{"Asia/Shanghai", "America/New_York"}).Draw(t, "zone")
	if _, err := m.s.EditSettings(context.Background(), Console(), set.Rev, SettingsEdit{Thresholds: &plays, MetricThresholds: &others, UsualThresholds: &usual, Zone: &zone}); err != nil {
		t.Fatal(err)
	}
}

// reckon lets the background get to the title.
func (m *plainBook) reckon(t *rapid.T) {
	if err := m.s.update(context.Background(), Actor{}, func(c *change) error { return c.reckon(m.title) }); err != nil {
		t.Fatal(err)
	}
}

// holds are the readings that follow from the set: of each key the last statement.
func (m *plainBook) holds() []tally.Reading {
	last := map[string]stated{}
	for _, x := range m.said {
		if o, there := last[x.key()]; !there || tally.CompareStatements(o.Statement, x.Statement) < 0 {
			last[x.key()] = x
		}
	}
	var out []tally.Reading
	for k, x := range last {
		out = append(out, tally.Reading{ID: k, Release: x.ReleaseID, Metric: x.Metric, Increment: x.Increment, Observed: x.Observed, Figure: x.Figure, Withdrawn: x.Withdrawn})
	}
	return out
}

// compare looks at what is kept: every reading, the standing milestones, the accounts.
func (m *plainBook) compare(t *rapid.T) {
	err := m.s.view(context.Background(), func(tx store.Txn) error {
		l, err := m.s.ledger(tx, m.title)
		if err != nil {
			return err
		}
		if l.due() { // the background has not got to it
			return nil
		}
		if err := l.readMilestones(); err != nil {
			return err
		}
		names, kept := m.names(t, l), m.holds()
		var want, got []string
		for _, x := range tally.Milestones(kept, l.told) {
			want = append(want, plainMilestone(&x, func(id string) string { return id }))
		}
		for _, x := range l.milestones {
			if x.State == Stands {
				ms := x.tally()
				got = append(got, plainMilestone(&ms, func(id string) string { return names[id] }))
			}
		}
		slices.Sort(want)
		if slices.Sort(got); !slices.Equal(got, want) {
			return fmt.Errorf("milestones\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		return m.compareAccounts(l)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// compareAccounts holds what was gone on with against what is worked out from everything.
func (m *plainBook) compareAccounts(l *ledger) error {
	for _, metric := range Metrics() {
		want, _, err := l.anew(metric)
		if err != nil {
			return err
		}
		have := l.accounts.of(metric)
		a, _ := json.Marshal(have)
		if b, _ := json.Marshal(want); string(a) != string(b) && !want.Newest.IsZero() {
			return fmt.Errorf("the account of %s is\n%s\nwant\n%s", metric, a, b)
		}
	}
	return nil
}

// names compares the readings, and gives the key of each by its id.
func (m *plainBook) names(t *rapid.T, l *ledger) map[string]string {
	names, got := map[string]string{}, map[string]string{}
	for _, metric := range Metrics() {
		if err := l.book.readMetric(metric); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range l.book.pages {
		for i := range p.Lines {
			r := p.reading(&p.Lines[i])
			x := stated{ReleaseID: r.ReleaseID, Metric: r.Metric, Increment: r.Increment, Observed: r.Observed}
			names[r.ID], got[x.key()] = x.key(), fmt.Sprint(r.Now.Figure, r.Withdrawn)
		}
	}
	want := map[string]string{}
	for _, r := range m.holds() {
		f := r.Figure
		if r.Withdrawn { // it shows the last that was not
			f = m.shown(r.ID)
		}
		want[r.ID] = fmt.Sprint(f, r.Withdrawn)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("readings\n%v\nwant\n%v", got, want)
	}
	return names
}

// shown is the figure of a withdrawn reading: the last that anybody stated, else that of the first withdrawal.
func (m *plainBook) shown(key string) tally.Figure {
	var of []stated
	for _, x := range m.said {
		if x.key() == key {
			of = append(of, x)
		}
	}
	slices.SortFunc(of, func(a, b stated) int { return tally.CompareStatements(a.Statement, b.Statement) })
	f := of[0].Figure
	for _, x := range of {
		if !x.Withdrawn {
			f = x.Figure
		}
	}
	return f
}

func plainMilestone(m *tally.Milestone, name func(string) string) string {
	previous := "-"
	if p := m.Previous; p != nil {
		previous = fmt.Sprint(p.At, p.Value, name(p.Reading))
	}
	return fmt.Sprint(m.Scope, " ", m.Metric, " ", m.Threshold, " ", m.At, " ", m.Value, " ", m.Mark, " ", name(m.Reading), " ", previous)
}

// TestABookFollowsFromWhatWasSaid plays statements, withdrawals, undone imports and new thresholds of the title and of the studio
// in any order against a plain set: whatever came when and in how many pieces, and whenever the background got to it, the
// readings, the milestones and the accounts are those of the set.
func TestABookFollowsFromWhatWasSaid(t *testing.T) {
	s := benchStudio(t, false)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		m := &plainBook{s: s}
		m.title, m.releases = heldTitle(t, s, fmt.Sprint("剧", n), "红果短剧", "抖音")
		steps := []func(*rapid.T){m.read, m.read, m.enter, m.undo, m.thresholds, m.settle, m.reckon}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			rapid.SampledFrom(steps).Draw(rt, "step")(rt)
			m.compare(rt)
		}
		m.reckon(rt)
		m.compare(rt)
	})
	reckonAll(t, s)
	problems, err := s.Check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Fatalf("got %v, %v", problems, err)
	}
}
