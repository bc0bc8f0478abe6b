package studio

import (
	"context"
	"errors"
	"time"

	"chouka/server/studio/geo"
	"chouka/store"
)

// SiteNote is what somebody noted on site (勘景记录). A phone may have kept it for hours before it reached us.
type SiteNote struct {
	store.Meta
	LocationID string     `json:"location_id"`
	AreaID     string     `json:"area_id,omitempty"`
	Text       string     `json:"text"`
	Point      *geo.Point `json:"point,omitempty"` // WGS-84
	By         string     `json:"by"`
	At         time.Time  `json:"at"` // when it was written, by the phone's clock
}

// SiteNoteRow is a note with the names that lists show.
type SiteNoteRow struct {
	SiteNote
	ByName string `json:"by_name"`
	Area   string `json:"area"`
}

// SiteNoteIn notes something on site. Sent with an Idempotency-Key it can be sent again.
type SiteNoteIn struct {
	AreaID string     `json:"area_id,omitempty"`
	Text   string     `json:"text"`
	Point  *PointIn   `json:"point,omitempty"`
	At     *time.Time `json:"at,omitempty" doc:"when it was written; now when absent"`
}

// SiteNotes lists the notes of a location, newest first.
func (s *Studio) SiteNotes(ctx context.Context, by Actor, id string, p Page) (List[SiteNoteRow], error) {
	return List[SiteNoteRow]{}, errors.New("seam")
}

// AddSiteNote keeps a note.
func (s *Studio) AddSiteNote(ctx context.Context, by Actor, id string, in SiteNoteIn) (SiteNoteRow, error) {
	return SiteNoteRow{}, errors.New("seam")
}

// RemoveSiteNote takes a note away: one's own, or any for a lead.
func (s *Studio) RemoveSiteNote(ctx context.Context, by Actor, noteID string, rev int64) error {
	return errors.New("seam")
}
