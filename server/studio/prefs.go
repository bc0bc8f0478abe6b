package studio

import (
	"context"
	"errors"
	"time"

	"chouka/store"
)

// Prefs is what a person has set up for themself, in whatever browser they sit: one record each.
type Prefs struct {
	store.Meta                     // ID is the person's
	Keys       map[string][]string `json:"keys"`    // by the name of an act: the keys that do it, instead of the usual ones; none: no key
	Filters    []SavedFilter       `json:"filters"` // of the review queue
}

// SavedFilter is a filter of the review queue under a name.
type SavedFilter struct {
	Name    string      `json:"name"`
	TitleID string      `json:"title_id,omitempty"` // empty: for every title
	Filter  QueueFilter `json:"filter"`
}

// PrefsIn replaces parts of the preferences; nil leaves a part as it is.
type PrefsIn struct {
	Keys    *map[string][]string `json:"keys,omitempty"`
	Filters *[]SavedFilter       `json:"filters,omitempty"`
}

// ReviewPlace is where a person stopped reviewing a title.
type ReviewPlace struct {
	ShotID string      `json:"shot_id,omitempty"`
	TakeID string      `json:"take_id,omitempty"`
	View   string      `json:"view,omitempty" enum:",grid,loupe,compare,survey"`
	Filter QueueFilter `json:"filter"`
	At     *time.Time  `json:"at,omitempty"` // when; the server's own
}

// MyPrefs reads what the asking person has set up.
func (s *Studio) MyPrefs(ctx context.Context, by Actor) (Prefs, error) {
	return Prefs{}, errors.New("seam")
}

// SetPrefs changes what the asking person has set up; the last call wins.
func (s *Studio) SetPrefs(ctx context.Context, by Actor, in PrefsIn) (Prefs, error) {
	return Prefs{}, errors.New("seam")
}

// ReviewPlace is where the asking person stopped on a title; empty where they never began.
func (s *Studio) ReviewPlace(ctx context.Context, by Actor, titleID string) (ReviewPlace, error) {
	return ReviewPlace{}, errors.New("seam")
}

// SetReviewPlace remembers where the asking person is. Nobody else is told.
func (s *Studio) SetReviewPlace(ctx context.Context, by Actor, titleID string, in ReviewPlace) (ReviewPlace, error) {
	return ReviewPlace{}, errors.New("seam")
}
