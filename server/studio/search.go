package studio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"chouka/store"
)

// Hit is one thing that a search found.
type Hit struct {
	Kind    string  `json:"kind" enum:"title,episode,scene,shot,person,location,element,reference"`
	ID      string  `json:"id"`
	TitleID string  `json:"title_id,omitempty"`
	Title   string  `json:"title,omitempty"`   // the title's name
	Episode int     `json:"episode,omitempty"` // its number, of an episode, scene or shot
	Name    string  `json:"name"`
	More    string  `json:"more"` // a second line: the other name that was found, the description of a shot, the line of a scene
	Matched Matched `json:"matched" enum:"text,pinyin,initials"`

	rank int
}

const (
	// searchHits is how many hits there are at most.
	searchHits = 100
	// searchNames is how many records found by the index are compared, of each kind.
	searchNames = 200
)

// Search finds titles, episodes, scenes, shots, people, places, elements and sheets by characters, pinyin or initials:
// jshdjy finds 金沙湖大剧院. Titles, people and places are found wherever they are; what is inside titles in the one that
// is near first, then in the newest ones, until 5,000 elements and 5,000 scenes and shots were looked at. What the actor may not
// see is not found. At most limit hits (20 when 0, 100 at most), best first.
func (s *Studio) Search(ctx context.Context, by Actor, q, near string, limit int) ([]Hit, error) {
	out := []Hit{}
	if err := by.reads(); err != nil {
		return out, err
	}
	q, err := line("q", q)
	if err != nil {
		return out, inQuery(err)
	}
	x := search{s: s, by: by, q: newSought(q), near: near, speller: newSpeller(), titles: map[string]string{}, seen: map[string]bool{}}
	if x.q.text == "" {
		return out, nil
	}
	if limit <= 0 {
		limit = 20
	}
	limit = min(limit, searchHits)
	err = s.view(ctx, func(tx store.Txn) error {
		x.tx, x.hits = tx, nil
		if err := x.names(); err != nil {
			return err
		}
		if err := x.texts(limit); err != nil {
			return err
		}
		slices.SortStableFunc(x.hits, func(a, b Hit) int {
			return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(far(a, near), far(b, near)))
		})
		out = append([]Hit{}, x.hits[:min(len(x.hits), limit)]...)
		return x.name(out)
	})
	return out, err
}

func far(h Hit, near string) int {
	if h.TitleID == near || h.TitleID == "" {
		return 0
	}
	return 1
}

// search is one search under way.
type search struct {
	s       *Studio
	tx      store.Txn
	by      Actor
	q       sought
	near    string
	speller speller
	hits    []Hit
	titles  map[string]string // names by id
	seen    map[string]bool   // ids that the index offered
}

// found adds a hit if one of the names holds what was typed; the first name is the one that is shown.
func (x *search) found(h Hit, names []string) bool {
	best := -1
	for i, name := range names {
		how, where, ok := x.q.in(x.speller.spell(name))
		if !ok {
			continue
		}
		// As written, as read, by initials; each as the whole, the beginning, the inside; another name behind the own one.
		rank := 6*slices.Index([]Matched{ByText, ByPinyin, ByInitials}, how) + 2*where + min(i, 1)
		if best >= 0 && rank >= h.rank {
			continue
		}
		best, h.rank, h.Matched = i, rank, how
	}
	if best < 0 {
		return false
	}
	if best > 0 {
		h.More = names[best]
	}
	h.Name = names[0]
	x.hits = append(x.hits, h)
	return true
}

// names looks in the index of names.
func (x *search) names() error {
	err := byFind(x, x.s.r.titles, func(t *Title) (Hit, []string) {
		x.titles[t.ID] = t.Name
		return Hit{Kind: "title", ID: t.ID, TitleID: t.ID, More: t.Code}, t.names()
	})
	if err == nil && x.by.Can(ViewPlaces, "") {
		err = byFind(x, x.s.r.locations, func(l *Location) (Hit, []string) {
			return Hit{Kind: "location", ID: l.ID, More: l.Address}, l.names()
		})
	}
	if err == nil {
		err = byFind(x, x.s.r.people, func(p *Person) (Hit, []string) {
			return Hit{Kind: "person", ID: p.ID, More: p.Login}, p.names()
		})
	}
	if err != nil {
		return err
	}
	return x.inTitles()
}

// inTitles reads the elements and sheets of titles through: of the one that is near, of a member's own, and for who sees
// all of the newest, until 5,000 were looked at. They come by the hundred with an import, which an index of all their
// spellings would slow down.
func (x *search) inTitles() error {
	element := func(e *Element) (Hit, []string) {
		return Hit{Kind: "element", ID: e.ID, TitleID: e.TitleID}, e.names()
	}
	sheet := func(r *Reference) (Hit, []string) {
		return Hit{Kind: "reference", ID: r.ID, TitleID: r.TitleID}, []string{r.Name}
	}
	left := searchSpan
	return x.titlesInTurn(func(id string) (bool, error) {
		left-- // a title without any costs a look too
		err := errors.Join(eachIn(x, x.s.r.elements, id, &left, element), eachIn(x, x.s.r.references, id, &left, sheet))
		return left > 0, err
	})
}

// titlesInTurn visits the title that is near and then the newest that the actor sees, as long as visit says so.
func (x *search) titlesInTurn(visit func(id string) (more bool, err error)) error {
	if x.near != "" && x.by.sees(x.near) {
		if more, err := visit(x.near); err != nil || !more {
			return err
		}
	}
	if !x.by.wide() {
		own := slices.Sorted(maps.Keys(x.by.Roles)) // ids are in the order of their making
		for _, id := range slices.Backward(own) {
			if id == x.near || !x.by.sees(id) {
				continue
			}
			if more, err := visit(id); err != nil || !more {
				return err
			}
		}
		return nil
	}
	for after := ""; ; {
		got, err := x.s.r.titles.List(x.tx, "created", store.K(), store.Page{Reverse: true, After: after})
		if err != nil {
			return fmt.Errorf("listing titles to search: %w", err)
		}
		for _, t := range got.Items {
			if t.ID == x.near || !x.by.sees(t.ID) {
				continue
			}
			if more, err := visit(t.ID); err != nil || !more {
				return err
			}
		}
		if after = got.Next; after == "" {
			return nil
		}
	}
}

// eachIn compares every record of a title, and counts down what may still be read.
func eachIn[T any](x *search, c *store.Collection[T], titleID string, left *int, hit func(*T) (Hit, []string)) error {
	err := c.Each(x.tx, "title", store.K().ID(titleID), func(rec *T) error {
		h, names := hit(rec)
		x.found(h, names)
		*left--
		return nil
	})
	if err != nil {
		return fmt.Errorf("searching a title: %w", err)
	}
	return nil
}

// byFind compares what the index of a collection offers, each record once.
func byFind[T any](x *search, c *store.Collection[T], hit func(*T) (Hit, []string)) error {
	for _, head := range x.q.heads() {
		got, err := c.List(x.tx, "find", head, store.Page{Limit: searchNames})
		if err != nil {
			return fmt.Errorf("searching names: %w", err)
		}
		for _, rec := range got.Items {
			h, names := hit(rec)
			if x.seen[h.ID] {
				continue
			}
			x.seen[h.ID] = true
			if h.TitleID == "" || x.by.sees(h.TitleID) {
				x.found(h, names)
			}
		}
	}
	return nil
}

// name adds the titles' names to hits.
func (x *search) name(hits []Hit) error {
	for i := range hits {
		h := &hits[i]
		if h.TitleID == "" || h.Kind == "title" {
			continue
		}
		if _, ok := x.titles[h.TitleID]; !ok {
			t, err := found(x.s.r.titles.Get(x.tx, h.TitleID))("title")
			if err != nil {
				return err
			}
			x.titles[t.ID] = t.Name
		}
		h.Title = x.titles[h.TitleID]
	}
	return nil
}

func (t *Title) names() []string {
	out := append([]string{t.Name}, t.Aliases...)
	if t.Code != "" {
		out = append(out, t.Code)
	}
	return out
}

func (p *Person) names() []string { return []string{p.Name, p.Login} }

// findNames are what the index of names has of a location: nothing of a duplicate that another one took over.
func (l *Location) findNames() []string {
	if l.MergedInto != "" {
		return nil
	}
	return l.names()
}

func (l *Location) names() []string {
	out := append([]string{l.Name}, l.Aliases...)
	for _, a := range l.Areas {
		out = append(out, a.Name)
	}
	if l.Address != "" {
		out = append(out, l.Address)
	}
	return append(out, l.Tags...)
}

func (e *Element) names() []string { return append([]string{e.Name}, e.Aliases...) }
