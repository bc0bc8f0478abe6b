package studio

import (
	"context"
	"errors"

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
	TitleID    string      `json:"title_id"`
	Kind       ElementKind `json:"kind" enum:"character,prop,place"`
	Name       string      `json:"name"`
	Aliases    []string    `json:"aliases"`
	Note       string      `json:"note"`
	LocationID string      `json:"location_id,omitempty"` // of a place
	Scenes     int64       `json:"scenes"`                // how many live scenes need it
	Lines      int64       `json:"lines"`                 // speeches, of a character
}

// ElementIn makes or changes an element; nil leaves a part as it is.
type ElementIn struct {
	Kind       *ElementKind `json:"kind,omitempty" enum:"character,prop,place"`
	Name       *string      `json:"name,omitempty"`
	Aliases    *[]string    `json:"aliases,omitempty"`
	Note       *string      `json:"note,omitempty"`
	LocationID *string      `json:"location_id,omitempty"` // empty: no location
}

// SceneNeeds is what one scene needs.
type SceneNeeds struct {
	Scene    SceneRow  `json:"scene"`
	Episode  int       `json:"episode"`
	Elements []Element `json:"elements"`
}

// NeedsIn adds elements to a scene or takes them off by hand; an import then leaves these alone.
type NeedsIn struct {
	Add    []string `json:"add,omitempty"` // element ids
	Remove []string `json:"remove,omitempty"`
}

// Elements lists a title's elements of a kind, or all, by kind and name.
func (s *Studio) Elements(ctx context.Context, by Actor, titleID string, kind ElementKind) ([]Element, error) {
	return nil, errors.New("seam")
}

// AddElement makes an element by hand.
func (s *Studio) AddElement(ctx context.Context, by Actor, titleID string, in ElementIn) (Element, error) {
	return Element{}, errors.New("seam")
}

// EditElement changes an element. A place that gets a location is remembered: scenes of the same spelling have it from then on.
func (s *Studio) EditElement(ctx context.Context, by Actor, id string, rev int64, in ElementIn) (Element, error) {
	return Element{}, errors.New("seam")
}

// MergeElement makes one element another spelling of another: scenes, shots and references move over, the name becomes an alias.
func (s *Studio) MergeElement(ctx context.Context, by Actor, id, into string) (Element, error) {
	return Element{}, errors.New("seam")
}

// DeleteElement takes an element out that nothing needs any more.
func (s *Studio) DeleteElement(ctx context.Context, by Actor, id string, rev int64) error {
	return errors.New("seam")
}

// Breakdown lists the live scenes of a title, or of one episode (its number), with what each needs.
func (s *Studio) Breakdown(ctx context.Context, by Actor, titleID string, episode int) ([]SceneNeeds, error) {
	return nil, errors.New("seam")
}

// SetNeeds adds elements to a scene or takes them off.
func (s *Studio) SetNeeds(ctx context.Context, by Actor, sceneID string, in NeedsIn) (SceneNeeds, error) {
	return SceneNeeds{}, errors.New("seam")
}

// CastShot says which elements a shot shows, replacing what it had.
func (s *Studio) CastShot(ctx context.Context, by Actor, shotID string, elements []string) (Shot, error) {
	return Shot{}, errors.New("seam")
}
