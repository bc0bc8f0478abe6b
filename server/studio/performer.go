package studio

import (
	"context"
	"errors"

	"chouka/store"
)

// Performer is somebody who plays characters (演员), in the whole house: two titles may want the same one on one day.
type Performer struct {
	store.Meta
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases"`
	Phone    string   `json:"phone"` // only for those who may book places
	Agent    string   `json:"agent"`
	PersonID string   `json:"person_id,omitempty"` // their account here
	Note     string   `json:"note"`
	Demo     bool     `json:"demo"`
}

// PerformerIn makes or changes a performer; nil leaves a part as it is.
type PerformerIn struct {
	Name     *string   `json:"name,omitempty"`
	Aliases  *[]string `json:"aliases,omitempty"`
	Phone    *string   `json:"phone,omitempty"`
	Agent    *string   `json:"agent,omitempty"`
	PersonID *string   `json:"person_id,omitempty"`
	Note     *string   `json:"note,omitempty"`
}

// Performers lists performers by name; q is characters, pinyin or initials.
func (s *Studio) Performers(ctx context.Context, by Actor, q string, p Page) (List[Performer], error) {
	return List[Performer]{}, errors.New("seam")
}

// AddPerformer makes a performer. Two may share a name.
func (s *Studio) AddPerformer(ctx context.Context, by Actor, in PerformerIn) (Performer, error) {
	return Performer{}, errors.New("seam")
}

// EditPerformer changes a performer.
func (s *Studio) EditPerformer(ctx context.Context, by Actor, id string, rev int64, in PerformerIn) (Performer, error) {
	return Performer{}, errors.New("seam")
}

// names are what a search finds a performer by.
func (p *Performer) names() []string { return append([]string{p.Name}, p.Aliases...) }
