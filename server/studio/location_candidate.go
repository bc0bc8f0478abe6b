package studio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// PlaceCandidate is a location that may become a script's place (候选取景地).
type PlaceCandidate struct {
	LocationID string    `json:"location_id"`
	Note       string    `json:"note"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
}

// CandidateIn puts a location forward for a script's place.
type CandidateIn struct {
	LocationID string `json:"location_id"`
	Note       string `json:"note,omitempty"`
}

// ScriptPlace is a place of a title's script with the locations that may become it.
type ScriptPlace struct {
	Element    Element        `json:"element"`
	Locked     *Location      `json:"locked,omitempty"` // as anybody may see it
	Candidates []CandidateRow `json:"candidates"`
	Shots      int64          `json:"shots"` // in its scenes
}

// CandidateRow is a candidate with its location.
type CandidateRow struct {
	PlaceCandidate
	Location Location `json:"location"`
	Locked   bool     `json:"locked"`
}

// ScriptPlaces lists the places of a title's script with their candidates, by name.
func (s *Studio) ScriptPlaces(ctx context.Context, by Actor, titleID string) ([]ScriptPlace, error) {
	out := []ScriptPlace{}
	if err := by.readsTitle(titleID, "title"); err != nil {
		return out, err
	}
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		out = []ScriptPlace{}
		places := map[string]*Location{} // shown
		return s.r.elements.Each(tx, "title", store.K().ID(titleID).Text(string(ElementPlace)), func(e *Element) error {
			p, err := s.scriptPlace(tx, e, places)
			out = append(out, p)
			return err
		})
	})
	slices.SortStableFunc(out, func(a, b ScriptPlace) int {
		return cmp.Compare(elementKey(a.Element.Name), elementKey(b.Element.Name))
	})
	return out, err
}

// scriptPlace adds the locations to a script's place, each as anybody may see it. One that is not there any more is left out.
func (s *Studio) scriptPlace(tx store.Txn, e *Element, places map[string]*Location) (ScriptPlace, error) {
	if err := s.total(tx, e); err != nil {
		return ScriptPlace{}, err
	}
	out := ScriptPlace{Element: *e, Candidates: []CandidateRow{}}
	var err error
	if out.Shots, err = s.shotsIn(tx, e); err != nil {
		return out, err
	}
	if out.Locked, err = s.placeForAll(tx, e.LocationID, places); err != nil {
		return out, err
	}
	for _, x := range e.Candidates {
		l, err := s.placeForAll(tx, x.LocationID, places)
		if err != nil {
			return out, err
		}
		if l != nil {
			out.Candidates = append(out.Candidates, CandidateRow{PlaceCandidate: x, Location: *l, Locked: l.ID == e.LocationID})
		}
	}
	return out, nil
}

// placeForAll is a location as anybody may see it, read once; nil where there is none.
func (s *Studio) placeForAll(tx store.Txn, id string, read map[string]*Location) (*Location, error) {
	if l, ok := read[id]; ok || id == "" {
		return l, nil
	}
	l, err := s.r.locations.Get(tx, id)
	if errors.Is(err, store.ErrNotFound) {
		read[id] = nil
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading a candidate: %w", err)
	}
	shown, err := s.shownPlace(tx, Actor{}, l)
	read[id] = &shown
	return &shown, err
}

// shotsIn counts the shots of the live scenes that need an element.
func (s *Studio) shotsIn(tx store.Txn, e *Element) (int64, error) {
	scenes, err := s.scenesNeeding(tx, e, false)
	if err != nil {
		return 0, err
	}
	keys := make([]store.Key, len(scenes))
	for i, id := range scenes {
		keys[i] = countKey(id, "shots")
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return 0, fmt.Errorf("counting shots: %w", err)
	}
	var sum int64
	for _, v := range n {
		sum += v
	}
	return sum, nil
}

// AddCandidate puts a location forward; one that is there already gets the new note.
func (s *Studio) AddCandidate(ctx context.Context, by Actor, elementID string, in CandidateIn) (Element, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return Element{}, err
	}
	return create(ctx, s, by, func(c *change) (Element, error) {
		e, err := c.scriptPlace(elementID)
		if err != nil {
			return Element{}, err
		}
		var note string
		var x setter
		if x.set("note", &note, &in.Note, short(prose, factLength)); x.err != nil {
			return Element{}, x.err
		}
		l, err := c.openPlace(in.LocationID)
		if err != nil {
			return Element{}, err
		}
		if i := e.candidate(l.ID); i >= 0 {
			e.Candidates[i].Note = note
		} else if err := c.addCandidate(e, l.ID, note); err != nil {
			return Element{}, err
		}
		return c.putCandidates("element.candidate_added", e, l)
	})
}

// RemoveCandidate takes a candidate back. A locked one is Conflict candidate.locked. rev is the element's.
func (s *Studio) RemoveCandidate(ctx context.Context, by Actor, elementID, locationID string, rev int64) (Element, error) {
	var out Element
	err := s.update(ctx, by, func(c *change) error {
		e, err := c.scriptPlace(elementID)
		if err != nil {
			return err
		}
		if err := base(e.Rev, rev); err != nil {
			return err
		}
		i := e.candidate(locationID)
		if i < 0 {
			return unknown("candidate")
		}
		if e.LocationID == locationID {
			return conflict("candidate.locked", "这个取景地已定为“%s”，请先取消锁定再移除", "this location is locked for “%s”; unlock it before you take it back", e.Name)
		}
		l, err := s.r.locations.Get(c.tx, locationID)
		if errors.Is(err, store.ErrNotFound) {
			l, err = &Location{}, nil // a link that leads nowhere can be taken off too
		}
		if err != nil {
			return fmt.Errorf("reading a candidate: %w", err)
		}
		e.Candidates = slices.Delete(e.Candidates, i, i+1)
		out, err = c.putCandidates("element.candidate_removed", e, l)
		return err
	})
	return out, err
}

// scriptPlace reads a place of a script for whoever may shape its scenes or book places for its title.
func (c *change) scriptPlace(id string) (*Element, error) {
	e, err := c.s.elementFor(c.tx, c.by, id, ViewTitle)
	if err != nil {
		return nil, err
	}
	if !c.by.Can(EditShots, e.TitleID) {
		if err := c.by.must(BookPlace, e.TitleID, "element"); err != nil {
			return nil, err
		}
	}
	if e.Kind != ElementPlace {
		return nil, conflict("candidate.kind", "只有场景地点能有候选取景地", "only a place of the script can have candidates")
	}
	return e, nil
}

// addCandidate puts a location forward that is not there yet.
func (c *change) addCandidate(e *Element, locationID, note string) error {
	if e.candidate(locationID) >= 0 {
		return nil
	}
	if len(e.Candidates) >= candidateLimit {
		return conflict("candidate.many", "一个场景地点最多 %d 个候选取景地，请先移除一些", "a place of the script has at most %d candidates; take some back first", candidateLimit)
	}
	e.Candidates = append(e.Candidates, PlaceCandidate{LocationID: locationID, Note: note, By: c.by.Person.ID, At: c.now})
	return nil
}

func (c *change) putCandidates(verb string, e *Element, l *Location) (Element, error) {
	e.Updated = c.now
	if err := c.s.r.elements.Put(c.tx, e); err != nil {
		return Element{}, fmt.Errorf("writing candidates: %w", err)
	}
	if err := c.s.total(c.tx, e); err != nil {
		return Element{}, err
	}
	return *e, c.note(event{Verb: verb, Kind: "element", Object: e.ID, TitleID: e.TitleID, Params: map[string]string{"name": e.Name, "location": l.Name}})
}

// candidateLimit is how many locations may be put forward for one place of a script.
const candidateLimit = 30

func (e *Element) candidate(locationID string) int {
	return slices.IndexFunc(e.Candidates, func(x PlaceCandidate) bool { return x.LocationID == locationID })
}

// oneOfEach keeps the first candidate of each location, with the notes of all.
func oneOfEach(in []PlaceCandidate) []PlaceCandidate {
	out := []PlaceCandidate{}
	for _, x := range in {
		i := slices.IndexFunc(out, func(o PlaceCandidate) bool { return o.LocationID == x.LocationID })
		switch {
		case i < 0:
			out = append(out, x)
		case x.Note != "" && out[i].Note != x.Note:
			out[i].Note = joined(out[i].Note, x.Note)
		}
	}
	return out
}

// joined is two texts in one, with an empty line between them where both say something.
func joined(a, b string) string {
	if a == "" || b == "" || a == b {
		return cmp.Or(a, b)
	}
	return a + "\n\n" + b
}

// placesOf are the locations that a script's place is, or may become: the locked one and the candidates, each once.
func placesOf(e *Element) []store.Key {
	var ids []string
	if e.LocationID != "" {
		ids = append(ids, e.LocationID)
	}
	for _, c := range e.Candidates {
		if !slices.Contains(ids, c.LocationID) {
			ids = append(ids, c.LocationID)
		}
	}
	keys := make([]store.Key, len(ids))
	for i, id := range ids {
		keys[i] = store.K().ID(id).ID(e.TitleID)
	}
	return keys
}
