package studio

import "slices"

// elements checks that every live scene has exactly what its text and its people say, and that nothing points at an
// element that is not there.
func (r *recount) elements() error {
	titles := map[string]string{} // of elements
	err := r.s.r.elements.All(r.tx, func(e *Element) error {
		titles[e.ID] = e.TitleID
		r.add(countElements, e.TitleID)
		return nil
	})
	if err != nil {
		return err
	}
	foreign := func(where, titleID string, ids []string) {
		for _, id := range ids {
			if titles[id] != titleID {
				r.wrong(where, "element %s is none of its title's", id)
			}
		}
	}
	err = r.s.r.scenes.All(r.tx, func(x *Scene) error {
		foreign("scene "+x.ID, x.TitleID, x.Elements)
		return r.needs(x)
	})
	if err != nil {
		return err
	}
	err = r.s.r.shots.All(r.tx, func(x *Shot) error {
		foreign("shot "+x.ID, x.TitleID, x.Cast)
		return nil
	})
	if err != nil {
		return err
	}
	return r.s.r.references.All(r.tx, func(x *Reference) error {
		if x.ElementID != "" {
			foreign("reference "+x.ID, x.TitleID, []string{x.ElementID})
		}
		return nil
	})
}

// needs breaks a live scene down anew. A title that has, or had before somebody cleared up, too many elements has names that are none.
func (r *recount) needs(x *Scene) error {
	if x.Archived {
		return nil
	}
	have, err := r.s.r.counts.Value(r.tx, countKey(x.TitleID, countElements))
	if err != nil {
		return err
	}
	want := *x
	err = r.s.resolve(r.tx, &want, func(_ *Scene, n textNeed) (*Element, error) {
		if have < elementsInTitle/2 {
			r.wrong("scene "+x.ID, "names a %s that is no element", n.kind)
		}
		return nil, nil
	})
	if err == nil && (!slices.Equal(want.Elements, x.Elements) || !slices.Equal(want.Speeches, x.Speeches) || !slices.Equal(want.Added, x.Added)) {
		r.wrong("scene "+x.ID, "needs %d elements where it has %d, or other ones", len(want.Elements), len(x.Elements))
	}
	return err
}
