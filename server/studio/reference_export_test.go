package studio

import "context"

// PutElement adds an element as it is.
func (s *Studio) PutElement(ctx context.Context, titleID string, kind ElementKind, name string) (Element, error) {
	var e Element
	err := s.update(ctx, Actor{}, func(c *change) error {
		e = Element{Meta: c.meta(), TitleID: titleID, Kind: kind, Name: name, Aliases: []string{}}
		return s.r.elements.Insert(c.tx, &e)
	})
	return e, err
}

// PutCast sets what a shot shows.
func (s *Studio) PutCast(ctx context.Context, shotID string, elements ...string) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		x, err := s.r.shots.Get(c.tx, shotID)
		if err != nil {
			return err
		}
		x.Cast = elements
		return c.putShot(x)
	})
}

// PutNeeds sets what a scene needs.
func (s *Studio) PutNeeds(ctx context.Context, sceneID string, elements ...string) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		x, err := s.r.scenes.Get(c.tx, sceneID)
		if err != nil {
			return err
		}
		x.Elements = elements
		return s.r.scenes.Put(c.tx, x)
	})
}
