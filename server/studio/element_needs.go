package studio

import (
	"context"
	"fmt"
	"slices"

	"chouka/store"
)

// maxNeeds is how many elements one call adds, takes off or casts, and how many a scene has by hand.
const maxNeeds = 100

// Breakdown lists the live scenes of a title, or of one episode (its number), with what each needs.
func (s *Studio) Breakdown(ctx context.Context, by Actor, titleID string, episode int) ([]SceneNeeds, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	out := []SceneNeeds{}
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		prefix := store.K().ID(titleID)
		if episode != 0 {
			prefix = prefix.Int(int64(episode))
			if _, err := found(s.r.episodes.By(tx, "number", prefix))("episode"); err != nil {
				return err
			}
		}
		read := needReader{s: s, tx: tx, elements: map[string]*Element{}}
		return s.r.scenes.Each(tx, "order", prefix, func(x *Scene) error {
			if x.Archived {
				return nil
			}
			row, err := read.needs(x)
			out = append(out, row)
			return err
		})
	})
	return out, err
}

// needReader reads every element once, with its totals.
type needReader struct {
	s        *Studio
	tx       store.Txn
	elements map[string]*Element
}

func (r *needReader) needs(x *Scene) (SceneNeeds, error) {
	row, err := r.s.sceneRow(r.tx, x)
	if err != nil {
		return SceneNeeds{}, err
	}
	out := SceneNeeds{Scene: row, Episode: x.Episode, Elements: make([]Element, 0, len(x.Elements)), Speeches: slices.Clone(x.Speeches)}
	for _, id := range x.Elements {
		e := r.elements[id]
		if e == nil {
			if e, err = r.s.r.elements.Get(r.tx, id); err == nil {
				err = r.s.total(r.tx, e)
			}
			if err != nil {
				return SceneNeeds{}, fmt.Errorf("reading what a scene needs: %w", err)
			}
			r.elements[id] = e
		}
		out.Elements = append(out.Elements, *e)
	}
	return out, nil
}

// SetNeeds adds elements to a scene or takes them off.
func (s *Studio) SetNeeds(ctx context.Context, by Actor, sceneID string, in NeedsIn) (SceneNeeds, error) {
	var out SceneNeeds
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.sceneFor(c.tx, by, sceneID, EditShots)
		if err != nil {
			return err
		}
		if x.Archived {
			return conflict("scene.archived", "这一场已不在剧本里，请先把它导入回来", "the scene is no longer in the script; import it again first")
		}
		add, err := c.elementsOf(x.TitleID, "add", in.Add)
		if err != nil {
			return err
		}
		remove, err := c.elementsOf(x.TitleID, "remove", in.Remove)
		if err != nil {
			return err
		}
		if err := x.setNeeds(add, remove); err != nil {
			return err
		}
		if err := c.breakDown(x); err != nil {
			return err
		}
		x.Updated = c.now
		if err := s.r.scenes.Put(c.tx, x); err != nil {
			return fmt.Errorf("writing what a scene needs: %w", err)
		}
		read := needReader{s: s, tx: c.tx, elements: map[string]*Element{}}
		if out, err = read.needs(x); err != nil {
			return err
		}
		return c.note(event{Verb: "scene.needs", Kind: "scene", Object: x.ID, TitleID: x.TitleID, Params: map[string]string{"label": x.Label}})
	})
	return out, err
}

// setNeeds remembers what somebody added or took off, whatever the text says now or later.
func (x *Scene) setNeeds(add, remove []*Element) error {
	for _, e := range remove {
		if slices.ContainsFunc(add, func(o *Element) bool { return o.ID == e.ID }) {
			return wrong("remove", "同一项不能又加又减", "an element cannot be added and taken off at once")
		}
		x.Added = slices.DeleteFunc(x.Added, func(id string) bool { return id == e.ID })
		x.undrop(e.Kind, e.spellings())
		for _, name := range e.spellings() {
			x.Dropped = append(x.Dropped, dropKey(e.Kind, name))
		}
	}
	for _, e := range add {
		x.undrop(e.Kind, e.spellings())
		if !slices.Contains(x.Added, e.ID) {
			x.Added = append(x.Added, e.ID)
		}
	}
	if len(x.Added) > maxNeeds {
		return wrong("add", "一场最多手动加 100 项", "at most 100 elements are added to a scene by hand")
	}
	return nil
}

// elementsOf reads elements of a title by their ids, each once, in order.
func (c *change) elementsOf(titleID, field string, ids []string) ([]*Element, error) {
	if len(ids) > maxNeeds {
		return nil, wrong(field, "一次最多 100 项", "at most 100 elements at once")
	}
	out := []*Element{}
	got, err := c.s.r.elements.GetMany(c.tx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading elements: %w", err)
	}
	for _, e := range got {
		if e == nil || e.TitleID != titleID {
			return nil, wrong(field, "只能选这部剧的角色、道具和场景地点", "only characters, props and places of this title can be chosen")
		}
		if !slices.ContainsFunc(out, func(o *Element) bool { return o.ID == e.ID }) {
			out = append(out, e)
		}
	}
	return out, nil
}

// CastShot says which elements a shot shows, replacing what it had.
func (s *Studio) CastShot(ctx context.Context, by Actor, shotID string, elements []string) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.liveShot(c.tx, by, shotID, EditShots)
		if err != nil {
			return err
		}
		cast, err := c.elementsOf(x.TitleID, "elements", elements)
		if err != nil {
			return err
		}
		x.Cast = []string{}
		for _, e := range cast {
			x.Cast = append(x.Cast, e.ID)
		}
		if err := c.putShot(x); err != nil {
			return err
		}
		out = *x
		return c.note(event{Verb: "shot.cast", Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}})
	})
	return out, err
}
