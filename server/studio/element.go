package studio

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"chouka/server/studio/script"
	"chouka/store"
)

// ElementKind is what a scene needs besides its text.
type ElementKind string

// The kinds of element.
const (
	ElementCharacter ElementKind = "character"
	ElementProp      ElementKind = "prop"
	ElementPlace     ElementKind = "place" // as the script spells it; LocationID is the real one
)

// Element is a character, prop or place of a title, under one name with its other spellings (顺场拆解). 李丽 and 李莉 stay two.
type Element struct {
	store.Meta
	TitleID    string           `json:"title_id"`
	Kind       ElementKind      `json:"kind" enum:"character,prop,place"`
	Name       string           `json:"name"`
	Aliases    []string         `json:"aliases"`
	Note       string           `json:"note"`
	LocationID string           `json:"location_id,omitempty"` // of a place: the one that was locked
	Candidates []PlaceCandidate `json:"candidates"`            // of a place: locations that may become it
	// PerformerID is who plays a character.
	PerformerID string `json:"performer_id,omitempty"`
	Scenes      int64  `json:"scenes"` // how many live scenes need it
	Lines       int64  `json:"lines"`  // speeches, of a character
}

// ElementIn makes or changes an element; nil leaves a part as it is.
type ElementIn struct {
	Kind        *ElementKind `json:"kind,omitempty" enum:"character,prop,place"`
	Name        *string      `json:"name,omitempty"`
	Aliases     *[]string    `json:"aliases,omitempty"`
	Note        *string      `json:"note,omitempty"`
	LocationID  *string      `json:"location_id,omitempty"`  // empty: no location
	PerformerID *string      `json:"performer_id,omitempty"` // empty: nobody
}

// SceneNeeds is what one scene needs.
type SceneNeeds struct {
	Scene    SceneRow  `json:"scene"`
	Episode  int       `json:"episode"`
	Elements []Element `json:"elements"`
	Speeches []int64   `json:"speeches"` // of each of Elements in this scene, in their order
}

// NeedsIn adds elements to a scene or takes them off by hand; an import then leaves these alone.
type NeedsIn struct {
	Add    []string `json:"add,omitempty"` // element ids
	Remove []string `json:"remove,omitempty"`
}

// ElementKinds lists the kinds in the order in which they are shown.
func ElementKinds() []ElementKind {
	return []ElementKind{ElementCharacter, ElementProp, ElementPlace}
}

// Elements lists a title's elements of a kind, or all, by kind and name.
func (s *Studio) Elements(ctx context.Context, by Actor, titleID string, kind ElementKind) ([]Element, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	prefix := store.K().ID(titleID)
	if kind != "" {
		prefix = prefix.Text(string(kind))
	}
	out := []Element{}
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		return s.r.elements.Each(tx, "title", prefix, func(e *Element) error {
			err := s.total(tx, e)
			out = append(out, *e)
			return err
		})
	})
	order := ElementKinds()
	slices.SortStableFunc(out, func(a, b Element) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(elementKey(a.Name), elementKey(b.Name)))
	})
	return out, err
}

// AddElement makes an element by hand.
func (s *Studio) AddElement(ctx context.Context, by Actor, titleID string, in ElementIn) (Element, error) {
	if err := by.must(EditShots, titleID, "title"); err != nil {
		return Element{}, err
	}
	if in.Name == nil {
		in.Name = new(string)
	}
	return create(ctx, s, by, func(c *change) (Element, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return Element{}, err
		}
		if in.Kind == nil || !slices.Contains(ElementKinds(), *in.Kind) {
			return Element{}, wrong("kind", "请选择角色、道具或场景地点", "choose character, prop or place")
		}
		e := Element{TitleID: titleID, Kind: *in.Kind, Aliases: []string{}}
		if err := c.applyElement(&e, in); err != nil {
			return Element{}, err
		}
		n, err := s.r.counts.Value(c.tx, countKey(titleID, countElements))
		if err != nil {
			return Element{}, err
		}
		if n >= elementsInTitle {
			return Element{}, conflict("element.many", "一部剧最多 5000 个拆解项", "a title has at most 5,000 elements")
		}
		if err := c.addElement(&e); err != nil {
			return Element{}, c.taken(err)
		}
		if err := c.breakNew(&e, nil); err != nil {
			return Element{}, err
		}
		err = errors.Join(s.total(c.tx, &e), c.noteElement("element.added", &e))
		return e, err
	})
}

// EditElement changes an element. A place that gets a location is remembered: scenes of the same spelling have it from then on.
func (s *Studio) EditElement(ctx context.Context, by Actor, id string, rev int64, in ElementIn) (Element, error) {
	var out Element
	err := s.update(ctx, by, func(c *change) error {
		e, err := s.elementFor(c.tx, by, id, EditShots)
		if err != nil {
			return err
		}
		if err := base(e.Rev, rev); err != nil {
			return err
		}
		if in.Kind != nil && *in.Kind != e.Kind {
			return wrong("kind", "类别不能改，请删掉这一项，再按正确的类别新增", "the kind cannot be changed; delete it and add one of the right kind")
		}
		was := e.spellings()
		if err := c.applyElement(e, in); err != nil {
			return err
		}
		e.Updated = c.now
		if err := s.r.elements.Put(c.tx, e); err != nil {
			return c.taken(err)
		}
		if err := c.breakNew(e, was); err != nil {
			return err
		}
		err = errors.Join(s.total(c.tx, e), c.noteElement("element.edited", e))
		out = *e
		return err
	})
	return out, err
}

// breakNew breaks down anew what other spellings than before change: the scenes that have the element, and all of the
// title where a name is that of a group or a voice, which is looked for only once somebody has made it an element.
func (c *change) breakNew(e *Element, was []string) error {
	differ := func(names, from []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(n string) bool {
			return slices.ContainsFunc(from, func(o string) bool { return elementKey(o) == elementKey(n) })
		})
	}
	fresh, gone := differ(e.spellings(), was), differ(was, e.spellings())
	if len(fresh)+len(gone) == 0 {
		return nil
	}
	ids, err := c.s.scenesNeeding(c.tx, e, false)
	if err != nil {
		return err
	}
	err = c.breakAgain(ids, func(x *Scene) { x.undrop(e.Kind, fresh) })
	if err != nil || e.Kind != ElementCharacter || !slices.ContainsFunc(fresh, nobody) {
		return err
	}
	ids = nil
	err = c.s.r.scenes.Keys(c.tx, "order", store.K().ID(e.TitleID), func(_ store.Key, id string) error {
		ids = append(ids, id)
		return nil
	})
	return errors.Join(err, c.breakAgain(ids, nil))
}

func nobody(name string) bool {
	_, ok := script.Person(name)
	return !ok
}

// elementFor reads an element of a title on which the actor may do something.
func (s *Studio) elementFor(tx store.Txn, by Actor, id string, a Action) (*Element, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	e, err := found(s.r.elements.Get(tx, id))("element")
	if err != nil {
		return nil, err
	}
	return e, by.must(a, e.TitleID, "element")
}

func (c *change) noteElement(verb string, e *Element) error {
	return c.note(event{Verb: verb, Kind: "element", Object: e.ID, TitleID: e.TitleID, Params: map[string]string{"name": e.Name, "kind": string(e.Kind)}})
}
