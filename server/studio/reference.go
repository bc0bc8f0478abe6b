package studio

import (
	"context"
	"errors"
	"io"
	"time"

	"chouka/store"
)

// ReferenceKind is what a sheet shows.
type ReferenceKind string

// The kinds of reference (参考图).
const (
	RefCharacter ReferenceKind = "character"
	RefCostume   ReferenceKind = "costume"
	RefProp      ReferenceKind = "prop"
	RefPlace     ReferenceKind = "place"
)

// Reference is a sheet that prompts reuse: pictures and words of a character, costume, prop or place. Replacing its
// pictures makes a new edition; the old ones stay, because picked takes may have been drawn from them.
type Reference struct {
	store.Meta
	TitleID   string        `json:"title_id"`
	Kind      ReferenceKind `json:"kind" enum:"character,costume,prop,place"`
	ElementID string        `json:"element_id,omitempty"` // whom or what it shows
	Name      string        `json:"name"`
	Prompt    string        `json:"prompt"` // words to put into a prompt
	Note      string        `json:"note"`
	Edition   int64         `json:"edition"` // 1, 2, 3 …; the current one
	Pictures  []RefPicture  `json:"pictures"`
	Archived  bool          `json:"archived"`
}

// RefPicture is one picture of one edition of a sheet, kept byte for byte.
type RefPicture struct {
	ID      string    `json:"id"`
	Edition int64     `json:"edition"`
	Media   Media     `json:"media"`
	File    string    `json:"file"`
	Caption string    `json:"caption"`
	By      string    `json:"by"` // person id
	At      time.Time `json:"at"`
}

// ReferenceIn makes or changes a sheet; nil leaves a part as it is.
type ReferenceIn struct {
	Kind      *ReferenceKind `json:"kind,omitempty" enum:"character,costume,prop,place"`
	ElementID *string        `json:"element_id,omitempty"`
	Name      *string        `json:"name,omitempty"`
	Prompt    *string        `json:"prompt,omitempty"`
	Note      *string        `json:"note,omitempty"`
	Archived  *bool          `json:"archived,omitempty"`
}

// UsedSheet is an edition of a sheet that an attempt was drawn from. How says why that is known: its picture was among
// the attempt's own (file), somebody named it (chosen), or it stood beside the prompt when the attempt was logged (shown).
type UsedSheet struct {
	ReferenceID string `json:"reference_id"`
	Edition     int64  `json:"edition"`
	How         string `json:"how" enum:"file,chosen,shown"`
}

// SheetUse is one take that was drawn from a sheet.
type SheetUse struct {
	Take     Take   `json:"take"`
	Label    string `json:"label"` // the shot's
	Edition  int64  `json:"edition"`
	How      string `json:"how" enum:"file,chosen,shown"`
	Picked   bool   `json:"picked"`
	Outdated bool   `json:"outdated"` // drawn from an edition that was replaced since
}

// References lists a title's sheets by kind and name; those of one element, or archived ones, on request.
func (s *Studio) References(ctx context.Context, by Actor, titleID, elementID string, archived bool) ([]Reference, error) {
	return nil, errors.New("seam")
}

// Reference reads one sheet with all its editions.
func (s *Studio) Reference(ctx context.Context, by Actor, id string) (Reference, error) {
	return Reference{}, errors.New("seam")
}

// ShotReferences are the sheets that an operator sees beside the prompt: those of what the shot shows, or else of what its scene needs.
func (s *Studio) ShotReferences(ctx context.Context, by Actor, shotID string) ([]Reference, error) {
	return nil, errors.New("seam")
}

// AddReference makes a sheet without pictures.
func (s *Studio) AddReference(ctx context.Context, by Actor, titleID string, in ReferenceIn) (Reference, error) {
	return Reference{}, errors.New("seam")
}

// EditReference changes a sheet.
func (s *Studio) EditReference(ctx context.Context, by Actor, id string, rev int64, in ReferenceIn) (Reference, error) {
	return Reference{}, errors.New("seam")
}

// AddRefPicture adds a picture to the current edition; with replace it begins a new edition, whose first picture it is.
func (s *Studio) AddRefPicture(ctx context.Context, by Actor, id, name, caption string, replace bool, r io.Reader) (Reference, error) {
	return Reference{}, errors.New("seam")
}

// RemoveRefPicture takes a picture off the current edition. One that a take was drawn from stays in the edition before.
func (s *Studio) RemoveRefPicture(ctx context.Context, by Actor, id, picture string, rev int64) (Reference, error) {
	return Reference{}, errors.New("seam")
}

// RefPicture opens a picture of a sheet: original, thumb or preview.
func (s *Studio) RefPicture(ctx context.Context, by Actor, id, picture, size string) (*File, error) {
	return nil, errors.New("seam")
}

// SheetUses lists the takes that were drawn from a sheet, picked and outdated ones first.
func (s *Studio) SheetUses(ctx context.Context, by Actor, id string, outdated bool, p Page) (List[SheetUse], error) {
	return List[SheetUse]{}, errors.New("seam")
}
