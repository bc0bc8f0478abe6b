package studio

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// reading0 is a Reading before pages: a record of its own.
type reading0 struct {
	store.Meta
	TitleID   string    `json:"title_id"`
	ReleaseID string    `json:"release_id"`
	Metric    string    `json:"metric"`
	Increment bool      `json:"increment"`
	Observed  time.Time `json:"observed"`
	DayOnly   bool      `json:"day_only"`
	Now       value0    `json:"now"`
	Past      []value0  `json:"past"` // newest first
	Withdrawn bool      `json:"withdrawn"`
	Why       string    `json:"why,omitempty"`
}

// value0 is a ReadingValue before files: it was said when it was entered.
type value0 struct {
	Text   string       `json:"text"`
	Figure tally.Figure `json:"figure"`
	By     string       `json:"by"`
	ByName string       `json:"by_name"`
	At     time.Time    `json:"at"`
	Origin struct {
		Kind string `json:"kind"`
		Note string `json:"note,omitempty"`
		URL  string `json:"url,omitempty"`
	} `json:"origin"`
	Why string `json:"why,omitempty"`
}

// oldReadings is the collection of readings before pages.
func oldReadings() *store.Collection[reading0] {
	return store.NewCollection("reading", 1,
		unique("key", func(r *reading0) store.Key {
			return store.K().ID(r.ReleaseID).Text(r.Metric).Bool(r.Increment).Time(r.Observed)
		}),
		index("title", func(r *reading0) store.Key { return store.K().ID(r.TitleID).Time(r.Observed) }),
		index("release", func(r *reading0) store.Key { return store.K().ID(r.ReleaseID).Time(r.Observed) }),
		index("observed", func(r *reading0) store.Key { return store.K().ID(r.ReleaseID).Text(r.Metric).Time(r.Observed) }))
}

// migrateFigures brings a store to imports of figures: readings lie on pages, with the ids that they had; releases are found
// by what files call them, and provisional milestones without the others.
func migrateFigures(tx store.Txn, r records) error {
	if err := pageReadings(tx, r); err != nil {
		return fmt.Errorf("putting readings on pages: %w", err)
	}
	err := store.Rewrite(tx, r.releases, r.releases, func(x *Release) (*Release, error) {
		x.Aliases = some(x.Aliases)
		return x, nil
	})
	if err := errors.Join(err, store.AddIndex(tx, r.milestones, "provisional"), migrateReturns(tx, r)); err != nil {
		return err
	}
	return migrateWall(tx, r)
}

// pageReadings puts every reading on its page. What it said before are statements too.
func pageReadings(tx store.Txn, r records) error {
	pages, old := map[pageKey]*readingPage{}, oldReadings()
	var order []*readingPage
	err := old.All(tx, func(x *reading0) error {
		k := pageKey{x.ReleaseID, x.Metric, x.Increment, monthOf(x.Observed)}
		p := pages[k]
		if p == nil {
			p = &readingPage{Meta: store.Meta{ID: newID(), Created: x.Created, Updated: x.Updated}, TitleID: x.TitleID, ReleaseID: x.ReleaseID, Metric: x.Metric,
				Increment: x.Increment, Month: k.month}
			pages[k], order = p, append(order, p)
		}
		at, _ := p.find(x.Observed)
		p.Lines = slices.Insert(p.Lines, at, p.oldLine(x))
		return old.Delete(tx, x.ID)
	})
	for _, p := range order {
		if err == nil {
			err = r.pages.Insert(tx, p)
		}
	}
	return err
}

// oldLine is a reading of before as a line.
func (p *readingPage) oldLine(x *reading0) pageLine {
	l := pageLine{ID: x.ID, Observed: x.Observed.UTC(), DayOnly: x.DayOnly}
	for _, v := range append([]value0{x.Now}, x.Past...) {
		s := v.stated()
		l.Said = slices.Insert(l.Said, 0, p.statement(&s))
	}
	last := x.Now.stated()
	for i := range l.Said { // values of one instant keep their order
		if said := p.tally(&l.Said[i]).Said; i > 0 && !said.After(last.Said) {
			said = last.Said.Add(time.Nanosecond)
			l.Said[i].Said, last.Said = &said, said
		} else {
			last.Said = said
		}
	}
	if x.Withdrawn {
		w := x.Now.stated()
		w.Withdrawn, w.Why, w.Origin = true, x.Why, Origin{Kind: "typed"}
		if w.Said = x.Updated; !w.Said.After(last.Said) {
			w.Said = last.Said.Add(time.Nanosecond)
		}
		w.At = w.Said
		l.Said = append(l.Said, p.statement(&w))
	}
	if n := int64(len(l.Said)); n > 1 {
		l.Rev = n
	}
	return l
}

func (v *value0) stated() stated {
	return stated{Text: v.Text, Statement: tally.Statement{Said: v.At.UTC(), Source: newID(), Figure: v.Figure}, By: v.By, ByName: v.ByName, At: v.At,
		Origin: Origin{Kind: v.Origin.Kind, Note: v.Origin.Note, URL: v.Origin.URL}, Why: v.Why}
}
