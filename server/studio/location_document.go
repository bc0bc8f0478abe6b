package studio

import (
	"context"
	"errors"
	"io"
	"time"
)

// DocumentKind is what a document of a location is.
type DocumentKind string

// The kinds of document.
const (
	DocPermit    DocumentKind = "permit"
	DocContract  DocumentKind = "contract"
	DocInsurance DocumentKind = "insurance"
	DocOther     DocumentKind = "other"
)

// PlaceDocument is a paper of a location with the days on which it holds.
type PlaceDocument struct {
	ID     string       `json:"id"`
	Kind   DocumentKind `json:"kind" enum:"permit,contract,insurance,other"`
	Name   string       `json:"name"`
	Number string       `json:"number"`
	From   string       `json:"from,omitempty"`  // 2006-01-02, the first day
	Until  string       `json:"until,omitempty"` // the last day
	Note   string       `json:"note"`
	File   *KeptPaper   `json:"file,omitempty"`
	By     string       `json:"by"`
	At     time.Time    `json:"at"`
}

// KeptPaper is a document's file, kept byte for byte.
type KeptPaper struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Type   string `json:"type"`
}

// DocumentIn adds or changes a document; nil leaves a part as it is.
type DocumentIn struct {
	Kind   *DocumentKind `json:"kind,omitempty" enum:"permit,contract,insurance,other"`
	Name   *string       `json:"name,omitempty"`
	Number *string       `json:"number,omitempty"`
	From   *string       `json:"from,omitempty" doc:"2006-01-02; empty: not said"`
	Until  *string       `json:"until,omitempty" doc:"2006-01-02; empty: does not end"`
	Note   *string       `json:"note,omitempty"`
}

// PlaceNotice says that a document of a location ends soon, or has ended.
type PlaceNotice struct {
	LocationID string        `json:"location_id"`
	Location   string        `json:"location"`
	Document   PlaceDocument `json:"document"`
	Days       int           `json:"days"`                  // left in the studio's zone; 0: ends today; below: ended
	Level      int           `json:"level" enum:"30,7,1,0"` // within how many days; 0: has ended
	Next       *BookingRow   `json:"next,omitempty"`        // the next booking that it no longer covers
}

// AddDocument adds a document to a location.
func (s *Studio) AddDocument(ctx context.Context, by Actor, id string, in DocumentIn) (Location, error) {
	return Location{}, errors.New("seam")
}

// EditDocument changes a document; rev is the location's.
func (s *Studio) EditDocument(ctx context.Context, by Actor, id, documentID string, rev int64, in DocumentIn) (Location, error) {
	return Location{}, errors.New("seam")
}

// RemoveDocument takes a document off a location; rev is the location's.
func (s *Studio) RemoveDocument(ctx context.Context, by Actor, id, documentID string, rev int64) (Location, error) {
	return Location{}, errors.New("seam")
}

// AddPaper keeps the file of a document: PDF or a picture, at most 64 MiB.
func (s *Studio) AddPaper(ctx context.Context, by Actor, id, documentID, name string, r io.Reader) (Location, error) {
	return Location{}, errors.New("seam")
}

// Paper opens the file of a document. The caller closes it.
func (s *Studio) Paper(ctx context.Context, by Actor, id, documentID string) (*File, error) {
	return nil, errors.New("seam")
}

// PlaceNotices lists documents that end within 30 days or have ended, of locations that are held or confirmed or booked from now on.
func (s *Studio) PlaceNotices(ctx context.Context, by Actor) ([]PlaceNotice, error) {
	return nil, errors.New("seam")
}
