package studio

import (
	"context"
	"errors"
	"time"
)

// PlaceQuery narrows and orders a list of locations. Zero fields do not narrow.
type PlaceQuery struct {
	Q        string // characters, pinyin or initials of names and aliases; characters of addresses, areas, tags
	Status   PlaceStatus
	Tags     []string // all of them
	DayPrice int64    // at most, in 1/10,000 of the currency unit; places without a price are left out
	// FreeFrom and FreeTo want the whole place, or an area of it, without a confirmed booking and without a blackout.
	FreeFrom, FreeTo time.Time
	Near             string // latitude,longitude in WGS-84
	WithinM          int64  // metres from Near
	Sort             string // name, near, price
}

// TagCount is a tag with how many locations have it.
type TagCount struct {
	Tag       string `json:"tag"`
	Locations int64  `json:"locations"`
}

// FindLocations lists locations as the query wants them. Merged duplicates are in no list.
func (s *Studio) FindLocations(ctx context.Context, by Actor, q PlaceQuery, p Page) (List[Location], error) {
	return s.Locations(ctx, by, q.Q, p)
}

// PlaceTags lists the tags in use, the most used first.
func (s *Studio) PlaceTags(ctx context.Context, by Actor) ([]TagCount, error) {
	return nil, errors.New("seam")
}

// PlacesGeoJSON writes locations that have a point as GeoJSON (RFC 7946): longitude first, WGS-84, no contacts.
func (s *Studio) PlacesGeoJSON(ctx context.Context, by Actor, q PlaceQuery) (*Document, error) {
	return nil, errors.New("seam")
}
