package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// ReviewPlace is where a person stopped reviewing a title.
type ReviewPlace struct {
	ShotID string      `json:"shot_id,omitempty"`
	TakeID string      `json:"take_id,omitempty"`
	View   string      `json:"view,omitempty" enum:",grid,loupe,compare,survey"`
	Filter QueueFilter `json:"filter"`
	At     *time.Time  `json:"at,omitempty"` // when; the server's own
}

// keptPlace is the place as it is kept, one for each person and title.
type keptPlace struct {
	store.Meta
	PersonID string      `json:"person_id"`
	TitleID  string      `json:"title_id"`
	Place    ReviewPlace `json:"place"`
}

// ReviewPlace is where the asking person stopped on a title; empty where they never began. What is gone by now is left out.
func (s *Studio) ReviewPlace(ctx context.Context, by Actor, titleID string) (ReviewPlace, error) {
	if err := by.ownPlace(titleID); err != nil {
		return ReviewPlace{}, err
	}
	var out ReviewPlace
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		k, err := s.r.places.By(tx, "pair", store.K().ID(by.Person.ID).ID(titleID))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a place of review: %w", err)
		}
		out = k.Place
		return s.tidyPlace(tx, titleID, &out)
	})
	return out, err
}

// ownPlace refuses tokens and whoever does not see the title.
func (a Actor) ownPlace(titleID string) error {
	if err := a.self(); err != nil {
		return err
	}
	return a.must(ViewTitle, titleID, "title")
}

// SetReviewPlace remembers where the asking person is. Nobody else is told: there is no activity. A shot, take or scene
// that is not the title's is dropped without a word, because the page may be older than what happened to it.
func (s *Studio) SetReviewPlace(ctx context.Context, by Actor, titleID string, in ReviewPlace) (ReviewPlace, error) {
	if err := by.ownPlace(titleID); err != nil {
		return ReviewPlace{}, err
	}
	if !slices.Contains([]string{"", "grid", "loupe", "compare", "survey"}, in.View) {
		return ReviewPlace{}, wrong("view", "没有这种看法", "there is no such view")
	}
	var out ReviewPlace
	err := s.update(ctx, by, func(c *change) error {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return err
		}
		at := c.now
		out = in
		out.At = &at
		if err := s.tidyPlace(c.tx, titleID, &out); err != nil {
			return err
		}
		if err := s.checkFilter(c.tx, titleID, out.Filter); err != nil {
			return err
		}
		return c.keepPlace(titleID, out)
	})
	return out, err
}

func (c *change) keepPlace(titleID string, p ReviewPlace) error {
	k, err := c.s.r.places.By(c.tx, "pair", store.K().ID(c.by.Person.ID).ID(titleID))
	switch {
	case errors.Is(err, store.ErrNotFound):
		err = c.s.r.places.Insert(c.tx, &keptPlace{Meta: c.meta(), PersonID: c.by.Person.ID, TitleID: titleID, Place: p})
	case err == nil:
		k.Place, k.Updated = p, c.now
		err = c.s.r.places.Put(c.tx, k)
	}
	if err != nil {
		return fmt.Errorf("keeping a place of review: %w", err)
	}
	return nil
}

// tidyPlace drops the ids that do not belong to the title, or no longer do.
func (s *Studio) tidyPlace(tx store.Txn, titleID string, p *ReviewPlace) error {
	miss := func(err error) bool { return errors.Is(err, store.ErrNotFound) }
	x, err := s.r.shots.Get(tx, p.ShotID)
	if err != nil && !miss(err) {
		return fmt.Errorf("reading a shot: %w", err)
	}
	if err != nil || x.TitleID != titleID || x.Deleted != nil {
		p.ShotID = ""
	}
	t, err := s.r.takes.Get(tx, p.TakeID)
	if err != nil && !miss(err) {
		return fmt.Errorf("reading a take: %w", err)
	}
	if err != nil || p.ShotID == "" || t.ShotID != p.ShotID || t.Deleted != nil {
		p.TakeID = ""
	}
	scene, err := s.r.scenes.Get(tx, p.Filter.Scene)
	if err != nil && !miss(err) {
		return fmt.Errorf("reading a scene: %w", err)
	}
	if err != nil || scene.TitleID != titleID {
		p.Filter.Scene = ""
	}
	return nil
}
