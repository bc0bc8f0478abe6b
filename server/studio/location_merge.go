package studio

import (
	"context"
	"errors"
	"time"
)

// MergedPlace is the trace of a duplicate that a location took over.
type MergedPlace struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// PlaceMergeIn names the location that takes the duplicate over.
type PlaceMergeIn struct {
	Into string `json:"into"`
}

// MergeLocation gives everything that hangs on a duplicate to another location: bookings, areas, photos, documents,
// notes, links from scripts. The duplicate stays as a trace, is in no list, and says where it went. Confirmed bookings
// that would overlap are Conflict location.merge_overlap, naming both. rev is the duplicate's.
func (s *Studio) MergeLocation(ctx context.Context, by Actor, id string, rev int64, in PlaceMergeIn) (Location, error) {
	return Location{}, errors.New("seam")
}
