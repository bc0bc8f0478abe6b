package studio

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// ReferenceKind is what a sheet shows.
type ReferenceKind string

// The kinds of reference (参考图).
const (
	RefCharacter ReferenceKind = "character"
	RefCostume   ReferenceKind = "costume"
	RefProp      ReferenceKind = "prop"
	RefPlace     ReferenceKind = "place"
)

// Reference is a sheet that prompts reuse: pictures and words of a character, costume, prop or place. Replacing its
// pictures makes a new edition; the old ones stay, because picked takes may have been drawn from them.
type Reference struct {
	store.Meta
	TitleID   string        `json:"title_id"`
	Kind      ReferenceKind `json:"kind" enum:"character,costume,prop,place"`
	ElementID string        `json:"element_id,omitempty"` // whom or what it shows
	Name      string        `json:"name"`
	Prompt    string        `json:"prompt"` // words to put into a prompt
	Note      string        `json:"note"`
	Edition   int64         `json:"edition"` // 1, 2, 3 …; the current one
	Pictures  []RefPicture  `json:"pictures"`
	Archived  bool          `json:"archived"`
}

// RefPicture is one picture of one edition of a sheet, kept byte for byte.
type RefPicture struct {
	ID      string    `json:"id"`
	Edition int64     `json:"edition"`
	Media   Media     `json:"media"`
	File    string    `json:"file"`
	Caption string    `json:"caption"`
	By      string    `json:"by"` // person id
	At      time.Time `json:"at"`
}

// ReferenceIn makes or changes a sheet; nil leaves a part as it is.
type ReferenceIn struct {
	Kind      *ReferenceKind `json:"kind,omitempty" enum:"character,costume,prop,place"`
	ElementID *string        `json:"element_id,omitempty"`
	Name      *string        `json:"name,omitempty"`
	Prompt    *string        `json:"prompt,omitempty"`
	Note      *string        `json:"note,omitempty"`
	Archived  *bool          `json:"archived,omitempty"`
}

// sheetLimit is how many sheets a title has, archived ones too.
const sheetLimit = 500

// refKinds lists the kinds in the order in which sheets are shown: characters first.
func refKinds() []ReferenceKind {
	return []ReferenceKind{RefCharacter, RefCostume, RefProp, RefPlace}
}

// shows reports whether a sheet of this kind may show an element of that one. What somebody wears is the character's.
func (k ReferenceKind) shows(e ElementKind) bool {
	if k == RefCostume {
		return e == ElementCharacter
	}
	return string(k) == string(e)
}

// sheetSeen reads a sheet for whoever reads its title.
func (s *Studio) sheetSeen(tx store.Txn, by Actor, id string) (*Reference, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	r, err := found(s.r.references.Get(tx, id))("reference")
	if err != nil {
		return nil, err
	}
	return r, by.readsTitle(r.TitleID, "reference")
}

// sheetFor reads a sheet that the actor may change.
func (s *Studio) sheetFor(tx store.Txn, by Actor, id string) (*Reference, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	r, err := found(s.r.references.Get(tx, id))("reference")
	if err != nil {
		return nil, err
	}
	return r, by.must(EditShots, r.TitleID, "reference")
}

// References lists a title's sheets by kind and name with the pictures of their current editions; those of one element,
// or archived ones too, on request.
func (s *Studio) References(ctx context.Context, by Actor, titleID, elementID string, archived bool) ([]Reference, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	var out []Reference
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		idx, prefix := "title", store.K().ID(titleID)
		if elementID != "" {
			idx, prefix = "element", store.K().ID(elementID)
		}
		var sheets []*Reference
		err := s.r.references.Each(tx, idx, prefix, func(r *Reference) error {
			if r.TitleID == titleID && (archived || !r.Archived) {
				sheets = append(sheets, r)
			}
			return nil
		})
		if err != nil {
			return err
		}
		slices.SortStableFunc(sheets, func(a, b *Reference) int {
			return cmp.Or(a.Kind.compare(b.Kind), cmp.Compare(nameKey(a.Name), nameKey(b.Name)))
		})
		out, err = s.shownSheets(tx, sheets)
		return err
	})
	return out, err
}

func (k ReferenceKind) compare(o ReferenceKind) int {
	return cmp.Compare(slices.Index(refKinds(), k), slices.Index(refKinds(), o))
}

// shownSheets are sheets in a list: with the pictures of their current editions.
func (s *Studio) shownSheets(tx store.Txn, sheets []*Reference) ([]Reference, error) {
	out := make([]Reference, 0, len(sheets))
	for _, r := range sheets {
		r.Pictures = r.edition(r.Edition)
		got, err := s.shownSheet(tx, r)
		if err != nil {
			return nil, err
		}
		out = append(out, got)
	}
	return out, nil
}

// shownSheet is a sheet with the present state of its pictures.
func (s *Studio) shownSheet(tx store.Txn, r *Reference) (Reference, error) {
	out := *r
	out.Pictures = append([]RefPicture{}, r.Pictures...)
	for i := range out.Pictures {
		if err := s.freshMedia(tx, &out.Pictures[i].Media); err != nil {
			return Reference{}, err
		}
	}
	return out, nil
}

// Reference reads one sheet with all its editions.
func (s *Studio) Reference(ctx context.Context, by Actor, id string) (Reference, error) {
	var out Reference
	err := s.view(ctx, func(tx store.Txn) error {
		r, err := s.sheetSeen(tx, by, id)
		if err != nil {
			return err
		}
		out, err = s.shownSheet(tx, r)
		return err
	})
	return out, err
}

// ShotReferences are the sheets that an operator sees beside the prompt: those of what the shot shows, or else of what
// its scene needs. Characters come first, each kind in the order of the cast.
func (s *Studio) ShotReferences(ctx context.Context, by Actor, shotID string) ([]Reference, error) {
	var out []Reference
	err := s.view(ctx, func(tx store.Txn) error {
		x, err := s.shotFor(tx, by, shotID, ViewTitle)
		if err != nil {
			return err
		}
		if err := by.reads(); err != nil {
			return err
		}
		elements := x.Cast
		if len(elements) == 0 {
			scene, err := found(s.r.scenes.Get(tx, x.SceneID))("scene")
			if err != nil {
				return err
			}
			elements = scene.Elements
		}
		sheets, err := s.r.sheetsOf(tx, x.TitleID, elements)
		if err != nil {
			return err
		}
		out, err = s.shownSheets(tx, sheets)
		return err
	})
	return out, err
}

// sheetsOf are the sheets of elements that are in use, characters first.
func (r *records) sheetsOf(tx store.Txn, titleID string, elements []string) ([]*Reference, error) {
	var out []*Reference
	for _, id := range elements {
		err := r.references.Each(tx, "element", store.K().ID(id), func(x *Reference) error {
			if x.TitleID == titleID && !x.Archived {
				out = append(out, x)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for reference sheets: %w", err)
		}
	}
	slices.SortStableFunc(out, func(a, b *Reference) int { return a.Kind.compare(b.Kind) })
	return out, nil
}

// AddReference makes a sheet without pictures. Without a name it takes that of what it shows.
func (s *Studio) AddReference(ctx context.Context, by Actor, titleID string, in ReferenceIn) (Reference, error) {
	if err := by.must(EditShots, titleID, "title"); err != nil {
		return Reference{}, err
	}
	return create(ctx, s, by, func(c *change) (Reference, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return Reference{}, err
		}
		n := 0
		err := s.r.references.Keys(c.tx, "title", store.K().ID(titleID), func(store.Key, string) error { n++; return nil })
		if err != nil {
			return Reference{}, err
		}
		if n >= sheetLimit {
			return Reference{}, conflict("reference.full", "一部剧最多 %d 张参考图，请在已有的上面换图", "a title has at most %d reference sheets; replace pictures of those that are there", sheetLimit)
		}
		r := Reference{Meta: c.meta(), TitleID: titleID, Edition: 1, Pictures: []RefPicture{}}
		if in.Kind == nil {
			in.Kind = &r.Kind
		}
		if err := c.applySheet(&r, in); err != nil {
			return Reference{}, err
		}
		if err := s.r.references.Insert(c.tx, &r); err != nil {
			return Reference{}, fmt.Errorf("adding a reference sheet: %w", err)
		}
		return r, c.noteSheet("reference.added", &r)
	})
}

// EditReference changes a sheet. Its pictures have calls of their own.
func (s *Studio) EditReference(ctx context.Context, by Actor, id string, rev int64, in ReferenceIn) (Reference, error) {
	var out Reference
	err := s.update(ctx, by, func(c *change) error {
		r, err := s.sheetFor(c.tx, by, id)
		if err != nil {
			return err
		}
		if err := base(r.Rev, rev); err != nil {
			return err
		}
		verb := "reference.edited"
		switch was := r.Archived; {
		case in.Archived == nil || *in.Archived == was:
		case was:
			verb = "reference.restored"
		default:
			verb = "reference.archived"
		}
		if err := c.applySheet(r, in); err != nil {
			return err
		}
		out, err = c.putSheet(r, verb)
		return err
	})
	return out, err
}

// applySheet sets the fields that are given.
func (c *change) applySheet(r *Reference, in ReferenceIn) error {
	if in.Kind != nil {
		if !slices.Contains(refKinds(), *in.Kind) {
			return wrong("kind", "参考图分角色、服装、道具和场景四种，请选一种", "a reference sheet shows a character, a costume, a prop or a place; choose one")
		}
		r.Kind = *in.Kind
	}
	if in.ElementID != nil {
		r.ElementID = *in.ElementID
	}
	name := in.Name
	if r.ElementID != "" && (in.Kind != nil || in.ElementID != nil) {
		e, err := c.elementOf(r)
		if err != nil {
			return err
		}
		if name == nil && r.Name == "" {
			name = &e.Name
		}
	}
	if name == nil {
		name = &r.Name
	}
	var x setter
	x.needed("name", &r.Name, name)
	x.prose("prompt", &r.Prompt, in.Prompt)
	x.prose("note", &r.Note, in.Note)
	if in.Archived != nil {
		r.Archived = *in.Archived
	}
	return x.err
}

// elementOf is the element that a sheet says that it shows.
func (c *change) elementOf(r *Reference) (*Element, error) {
	e, err := found(c.s.r.elements.Get(c.tx, r.ElementID))("element")
	if IsKind(err, Unknown) || err == nil && e.TitleID != r.TitleID {
		return nil, wrong("element_id", "这部剧里没有这个角色、道具或场景，请重新选择", "the title has no such character, prop or place; choose again")
	}
	if err != nil {
		return nil, err
	}
	if !r.Kind.shows(e.Kind) {
		return nil, wrong("element_id", "参考图的种类和它画的东西对不上：角色和服装配角色，道具配道具，场景配场景",
			"the kind of the sheet does not fit what it shows: character and costume go with a character, prop with a prop, place with a place")
	}
	return e, nil
}

func (c *change) putSheet(r *Reference, verb string) (Reference, error) {
	r.Updated = c.now
	if err := c.s.r.references.Put(c.tx, r); err != nil {
		return Reference{}, fmt.Errorf("writing a reference sheet: %w", err)
	}
	if err := c.noteSheet(verb, r); err != nil {
		return Reference{}, err
	}
	return c.s.shownSheet(c.tx, r)
}

func (c *change) noteSheet(verb string, r *Reference) error {
	return c.note(event{Verb: verb, Kind: "reference", Object: r.ID, TitleID: r.TitleID,
		Params: map[string]string{"name": r.Name, "edition": fmt.Sprint(r.Edition)}})
}
