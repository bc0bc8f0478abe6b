package studio

import (
	"context"
	"errors"

	"chouka/server/studio/geo"
)

// PointText is a point as it was pasted: numbers, or a link of a map service.
type PointText struct {
	Text   string     `json:"text" maxLength:"2000"`
	System geo.System `json:"system,omitempty" enum:",wgs84,gcj02,bd09" doc:"as the person says it; what the text shows when absent"`
}

// PointRead is what a pasted text says, in every system.
type PointRead struct {
	Point  geo.Point  `json:"point"` // WGS-84
	GCJ02  geo.Point  `json:"gcj02"`
	BD09   geo.Point  `json:"bd09"`
	System geo.System `json:"system" enum:"wgs84,gcj02,bd09"` // in which it was read
	Sure   bool       `json:"sure"`                           // the text itself shows the system; else the person is asked
	Name   string     `json:"name"`                           // of the place, where a link has it
	Shift  int64      `json:"shift"`                          // metres between the systems here: how far a mix-up would be off
	Maps   geo.Links  `json:"maps"`
}

// PhotoEdit changes what is said about a photo; nil leaves a part as it is.
type PhotoEdit struct {
	AreaID *string `json:"area_id,omitempty"`
	Note   *string `json:"note,omitempty"`
	First  bool    `json:"first,omitempty" doc:"puts it in front of the others"`
}

// ReadPoint reads a pasted point. What holds no point is Invalid.
func (s *Studio) ReadPoint(ctx context.Context, by Actor, in PointText) (PointRead, error) {
	return PointRead{}, errors.New("seam")
}

// EditPhoto changes what is said about a photo; rev is the location's.
func (s *Studio) EditPhoto(ctx context.Context, by Actor, id, photoID string, rev int64, in PhotoEdit) (Location, error) {
	return Location{}, errors.New("seam")
}

// SharedPhoto is the photo to hand out: the original's bytes with the GPS position blanked and nothing else changed.
func (s *Studio) SharedPhoto(ctx context.Context, by Actor, id, photoID string) (*Document, error) {
	return nil, errors.New("seam")
}
