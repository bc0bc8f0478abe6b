package studio

import (
	"context"
	"errors"
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

// LocationLinks is what hangs on a location.
type LocationLinks struct {
	Places   []LinkedPlace `json:"places"`
	Sheets   []LinkedSheet `json:"sheets"`
	Bookings int64         `json:"bookings"` // not cancelled
	Days     int64         `json:"days"`     // shooting days with scenes here
	Notes    int64         `json:"notes"`
	Hidden   int64         `json:"hidden"` // titles that the asking person does not see
}

// LinkedPlace is a script's place that is, or may become, the location.
type LinkedPlace struct {
	Element Element `json:"element"`
	Title   string  `json:"title"` // its name
	Locked  bool    `json:"locked"`
	Scenes  int64   `json:"scenes"`
	Shots   int64   `json:"shots"`
}

// LinkedSheet is a reference sheet of such a place. Picks drawn from a replaced edition are outdated.
type LinkedSheet struct {
	ReferenceID string `json:"reference_id"`
	Name        string `json:"name"`
	TitleID     string `json:"title_id"`
	Title       string `json:"title"`
	Edition     int64  `json:"edition"`
	Picks       int64  `json:"picks"`
	Outdated    int64  `json:"outdated"`
}

// ScriptPlaces lists the places of a title's script with their candidates, by name.
func (s *Studio) ScriptPlaces(ctx context.Context, by Actor, titleID string) ([]ScriptPlace, error) {
	return nil, errors.New("seam")
}

// AddCandidate puts a location forward; one that is there already gets the new note.
func (s *Studio) AddCandidate(ctx context.Context, by Actor, elementID string, in CandidateIn) (Element, error) {
	return Element{}, errors.New("seam")
}

// RemoveCandidate takes a candidate back. A locked one is Conflict candidate.locked. rev is the element's.
func (s *Studio) RemoveCandidate(ctx context.Context, by Actor, elementID, locationID string, rev int64) (Element, error) {
	return Element{}, errors.New("seam")
}

// LocationLinks says what hangs on a location, as far as the asking person sees the titles.
func (s *Studio) LocationLinks(ctx context.Context, by Actor, id string) (LocationLinks, error) {
	return LocationLinks{}, errors.New("seam")
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
