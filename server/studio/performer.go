package studio

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"chouka/store"
)

// Performer is somebody who plays characters (演员), in the whole house: two titles may want the same one on one day.
type Performer struct {
	store.Meta
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases"`
	Phone    string   `json:"phone"` // only for those who may book places
	Agent    string   `json:"agent"`
	PersonID string   `json:"person_id,omitempty"` // their account here
	Note     string   `json:"note"`
	Demo     bool     `json:"demo"`
}

// PerformerIn makes or changes a performer; nil leaves a part as it is.
type PerformerIn struct {
	Name     *string   `json:"name,omitempty"`
	Aliases  *[]string `json:"aliases,omitempty"`
	Phone    *string   `json:"phone,omitempty"`
	Agent    *string   `json:"agent,omitempty"`
	PersonID *string   `json:"person_id,omitempty"`
	Note     *string   `json:"note,omitempty"`
}

// Limits of a performer. Each name costs a search some entries for every place in it.
const (
	performerName    = 60 // characters
	performerAliases = 20
)

// Performers lists performers by name; q is characters, pinyin or initials, and gives the best 100 at once.
func (s *Studio) Performers(ctx context.Context, by Actor, q string, p Page) (List[Performer], error) {
	out := List[Performer]{Items: []Performer{}}
	if err := by.must(ViewPlaces, "", "performer"); err != nil {
		return out, err
	}
	q, err := line("q", q)
	if err != nil {
		return out, inQuery(err)
	}
	sought := newSought(q)
	err = s.view(ctx, func(tx store.Txn) error {
		out.Items, out.Next = []Performer{}, ""
		var got store.List[Performer]
		var err error
		if q == "" {
			got, err = s.r.performers.List(tx, "name", store.K(), p)
		} else {
			got.Items, err = s.performersLike(tx, by, sought)
		}
		out.Next = got.Next
		for _, x := range got.Items {
			out.Items = append(out.Items, x.shown(by))
		}
		return err
	})
	return out, err
}

// performersLike finds performers as a search does, the best first.
func (s *Studio) performersLike(tx store.Txn, by Actor, q sought) ([]*Performer, error) {
	x := search{s: s, tx: tx, by: by, q: q, speller: newSpeller(), seen: map[string]bool{}}
	at := map[string]*Performer{}
	err := byFind(&x, s.r.performers, func(p *Performer) (Hit, []string) {
		at[p.ID] = p
		return Hit{ID: p.ID}, p.names()
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(x.hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	var out []*Performer
	for _, h := range x.hits[:min(len(x.hits), searchHits)] {
		out = append(out, at[h.ID])
	}
	return out, nil
}

// shown is a performer as the actor may see them.
func (p *Performer) shown(by Actor) Performer {
	out := *p
	if !by.booksSomewhere() {
		out.Phone = ""
	}
	return out
}

// booksSomewhere reports whether the actor books places for a title, or edits places: they call people on the phone.
func (a Actor) booksSomewhere() bool {
	if a.Can(EditPlaces, "") {
		return true
	}
	for id := range a.Roles {
		if a.Can(BookPlace, id) {
			return true
		}
	}
	return false
}

// AddPerformer makes a performer. Two may share a name.
func (s *Studio) AddPerformer(ctx context.Context, by Actor, in PerformerIn) (Performer, error) {
	if err := by.must(EditPlaces, "", "performer"); err != nil {
		return Performer{}, err
	}
	if in.Name == nil {
		in.Name = new(string)
	}
	return create(ctx, s, by, func(c *change) (Performer, error) {
		p := Performer{Meta: c.meta(), Aliases: []string{}}
		if err := c.applyPerformer(&p, in); err != nil {
			return Performer{}, err
		}
		if err := s.r.performers.Insert(c.tx, &p); err != nil {
			return Performer{}, fmt.Errorf("adding a performer: %w", err)
		}
		return p.shown(by), c.notePerformer("performer.added", &p)
	})
}

// EditPerformer changes a performer.
func (s *Studio) EditPerformer(ctx context.Context, by Actor, id string, rev int64, in PerformerIn) (Performer, error) {
	if err := by.must(EditPlaces, "", "performer"); err != nil {
		return Performer{}, err
	}
	var out Performer
	err := s.update(ctx, by, func(c *change) error {
		p, err := found(s.r.performers.Get(c.tx, id))("performer")
		if err != nil {
			return err
		}
		if err := base(p.Rev, rev); err != nil {
			return err
		}
		if err := c.applyPerformer(p, in); err != nil {
			return err
		}
		p.Updated = c.now
		if err := s.r.performers.Put(c.tx, p); err != nil {
			return err
		}
		out = p.shown(by)
		return c.notePerformer("performer.edited", p)
	})
	return out, err
}

func (c *change) applyPerformer(p *Performer, in PerformerIn) error {
	var x setter
	x.needed("name", &p.Name, in.Name)
	x.lines("aliases", &p.Aliases, in.Aliases)
	x.line("phone", &p.Phone, in.Phone)
	x.line("agent", &p.Agent, in.Agent)
	x.prose("note", &p.Note, in.Note)
	if x.err != nil {
		return x.err
	}
	if len(p.Aliases) > performerAliases {
		return wrong("aliases", "别名最多 20 个", "at most 20 aliases")
	}
	for i, name := range p.names() {
		if utf8.RuneCountInString(name) > performerName {
			field := "name"
			if i > 0 {
				field = "aliases"
			}
			return wrong(field, "名字太长了，请控制在 60 个字以内", "a name is too long; keep it within 60 characters")
		}
	}
	if in.PersonID == nil || *in.PersonID == p.PersonID {
		return nil
	}
	if *in.PersonID != "" {
		_, err := found(c.s.r.people.Get(c.tx, *in.PersonID))("person")
		if IsKind(err, Unknown) {
			return wrong("person_id", "没有这个账号，请重新选择", "there is no such account; choose again")
		}
		if err != nil {
			return err
		}
	}
	p.PersonID = *in.PersonID
	return nil
}

func (c *change) notePerformer(verb string, p *Performer) error {
	return c.note(event{Verb: verb, Kind: "performer", Object: p.ID, Params: map[string]string{"name": p.Name}})
}

// castElement says who plays a character; an empty id takes them off.
func (c *change) castElement(e *Element, performer *string) error {
	if performer == nil || *performer == e.PerformerID {
		return nil
	}
	if *performer == "" {
		e.PerformerID = ""
		return nil
	}
	if e.Kind != ElementCharacter {
		return wrong("performer_id", "只有角色能指定演员", "only a character is played by a performer")
	}
	if err := c.by.must(ViewPlaces, "", "performer"); err != nil {
		return err
	}
	p, err := found(c.s.r.performers.Get(c.tx, *performer))("performer")
	if err != nil {
		return err
	}
	e.PerformerID = p.ID
	return nil
}

// names are what a search finds a performer by.
func (p *Performer) names() []string { return append([]string{p.Name}, p.Aliases...) }
