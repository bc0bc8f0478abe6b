package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chouka/store"
)

// MergeElement makes one element another spelling of another: scenes, shots and references move over, the name becomes an alias.
func (s *Studio) MergeElement(ctx context.Context, by Actor, id, into string) (Element, error) {
	var out Element
	err := s.update(ctx, by, func(c *change) error {
		from, err := s.elementFor(c.tx, by, id, EditShots)
		if err != nil {
			return err
		}
		to, err := s.elementFor(c.tx, by, into, EditShots)
		if err != nil {
			return err
		}
		switch {
		case to.ID == from.ID:
			return wrong("into", "不能和自己合并，请选另一个", "it cannot be merged with itself; choose another")
		case to.TitleID != from.TitleID || to.Kind != from.Kind:
			return wrong("into", "只能和同一部剧、同一类的合并", "only elements of one title and one kind can be merged")
		}
		if err := c.merge(from, to); err != nil {
			return err
		}
		if err := s.total(c.tx, to); err != nil {
			return err
		}
		out = *to
		return c.note(event{Verb: "element.merged", Kind: "element", Object: to.ID, TitleID: to.TitleID, Params: map[string]string{"name": from.Name, "other": to.Name}})
	})
	return out, err
}

func (c *change) merge(from, to *Element) error {
	both := append(from.spellings(), to.spellings()...)
	scenes, err := c.scenesWith(from, to)
	if err != nil {
		return err
	}
	shots, err := c.shotsShowing(from)
	if err != nil {
		return err
	}
	if err := c.removeElement(from); err != nil {
		return err
	}
	to.Aliases = append(slices.Clone(to.Aliases), from.spellings()...)
	if err := cleanSpellings(to); err != nil {
		return err
	}
	if to.LocationID == "" {
		to.LocationID = from.LocationID
	}
	to.Candidates = oneOfEach(append(slices.Clone(to.Candidates), from.Candidates...))
	if to.PerformerID == "" {
		to.PerformerID = from.PerformerID
	}
	if to.Note == "" {
		to.Note = from.Note
	}
	to.Updated = c.now
	if err := c.s.r.elements.Put(c.tx, to); err != nil {
		return c.taken(err)
	}
	// A scene that needs either needs the one that is left: what was taken off it under the other name no longer counts.
	err = c.breakAgain(scenes, func(x *Scene) {
		x.undrop(to.Kind, both)
		x.Added = replaced(x.Added, from.ID, to.ID)
		if x.Archived {
			x.moveNeed(from.ID, to.ID)
		}
	})
	for _, x := range shots {
		x.Cast = replaced(x.Cast, from.ID, to.ID)
		err = errors.Join(err, c.putShot(x))
	}
	return errors.Join(err, c.moveReferences(from, to))
}

func (c *change) moveReferences(from, to *Element) error {
	var sheets []*Reference
	err := c.s.r.references.Each(c.tx, "element", store.K().ID(from.ID), func(r *Reference) error {
		sheets = append(sheets, r)
		return nil
	})
	for _, r := range sheets {
		r.ElementID, r.Updated = to.ID, c.now
		err = errors.Join(err, c.s.r.references.Put(c.tx, r))
	}
	return err
}

// replaced puts one id in another's place, or takes the other out where the one is there already or is empty.
func replaced(ids []string, was, is string) []string {
	out := []string{}
	for _, id := range ids {
		if id == was {
			id = is
		}
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// moveNeed does for a scene that is no longer in the script what breaking down does for one that is.
func (x *Scene) moveNeed(was, is string) {
	elements := replaced(x.Elements, was, is)
	speeches := make([]int64, len(elements))
	for i, id := range x.Elements {
		if id == was {
			id = is
		}
		if at := slices.Index(elements, id); at >= 0 && i < len(x.Speeches) {
			speeches[at] += x.Speeches[i]
		}
	}
	x.Elements, x.Speeches = elements, speeches
}

// scenesWith are the scenes that need one of the elements, archived ones too, each once.
func (c *change) scenesWith(elements ...*Element) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, e := range elements {
		for _, archived := range []bool{false, true} {
			ids, err := c.s.scenesNeeding(c.tx, e, archived)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				if !seen[id] {
					seen[id], out = true, append(out, id)
				}
			}
		}
	}
	return out, nil
}

// shotsShowing are the shots that show an element, deleted ones too.
func (c *change) shotsShowing(e *Element) ([]*Shot, error) {
	var out []*Shot
	err := c.s.r.shots.Each(c.tx, "cast", store.K().ID(e.ID), func(x *Shot) error {
		out = append(out, x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the shots that show an element: %w", err)
	}
	return out, nil
}

func (c *change) removeElement(e *Element) error {
	if err := c.s.r.elements.Delete(c.tx, e.ID); err != nil {
		return fmt.Errorf("removing an element: %w", err)
	}
	return c.countAll(countElements, -1, e.TitleID)
}

// DeleteElement takes an element out that nothing needs any more.
func (s *Studio) DeleteElement(ctx context.Context, by Actor, id string, rev int64) error {
	return s.update(ctx, by, func(c *change) error {
		e, err := s.elementFor(c.tx, by, id, EditShots)
		if err != nil {
			return err
		}
		if err := base(e.Rev, rev); err != nil {
			return err
		}
		shots, err := c.unneeded(e)
		if err != nil {
			return err
		}
		// Scenes that left the script and deleted shots may come back: they come without it.
		scenes, err := s.scenesNeeding(c.tx, e, true)
		if err != nil {
			return err
		}
		err = c.breakAgain(scenes, func(x *Scene) {
			x.Added = replaced(x.Added, e.ID, "")
			x.moveNeed(e.ID, "")
		})
		for _, x := range shots {
			x.Cast = replaced(x.Cast, e.ID, "")
			err = errors.Join(err, c.putShot(x))
		}
		return errors.Join(err, c.removeElement(e), c.noteElement("element.deleted", e))
	})
}

// unneeded refuses an element that a scene, a shot or a sheet needs, and gives the deleted shots that showed it.
func (c *change) unneeded(e *Element) ([]*Shot, error) {
	shots, err := c.shotsShowing(e)
	if err != nil {
		return nil, err
	}
	gone := slices.DeleteFunc(slices.Clone(shots), func(x *Shot) bool { return x.Deleted == nil })
	sheets := 0
	err = c.s.r.references.Keys(c.tx, "element", store.K().ID(e.ID), func(store.Key, string) error {
		sheets++
		return nil
	})
	if err = errors.Join(err, c.s.total(c.tx, e)); err != nil {
		return nil, err
	}
	if live := len(shots) - len(gone); e.Scenes > 0 || live > 0 || sheets > 0 {
		return nil, conflict("element.used", "还有 %d 场、%d 个镜头、%d 张参考图用到它，请先从那里移开", "%d scenes, %d shots and %d reference sheets still need it; take it off them first", e.Scenes, live, sheets)
	}
	return gone, nil
}
