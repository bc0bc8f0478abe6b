package studio

import (
	"context"
	"errors"
	"time"
)

// SlotAsk is a slot that somebody thinks of: a new one, or a booking (ID) changed to it.
type SlotAsk struct {
	ID         string    `json:"id,omitempty"`
	LocationID string    `json:"location_id"`
	AreaID     string    `json:"area_id,omitempty"`
	TitleID    string    `json:"title_id"`
	Start      time.Time `json:"start"`
	End        time.Time `json:"end"`
}

// Blackout is a time at which a location, or one area of it, cannot be had.
type Blackout struct {
	ID     string    `json:"id"`
	AreaID string    `json:"area_id,omitempty"` // empty: the whole place
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
}

// BlackoutIn closes a location, or one area, for some time.
type BlackoutIn struct {
	AreaID string    `json:"area_id,omitempty"`
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Reason string    `json:"reason,omitempty"`
}

// CheckSlot lists what is in the way of a slot, the hardest first. Nothing is written.
func (s *Studio) CheckSlot(ctx context.Context, by Actor, in SlotAsk) ([]Clash, error) {
	return nil, errors.New("seam")
}

// AddBlackout closes a location. Confirmed bookings in that time are Conflict location.booked, naming the first.
func (s *Studio) AddBlackout(ctx context.Context, by Actor, id string, in BlackoutIn) (Location, error) {
	return Location{}, errors.New("seam")
}

// RemoveBlackout opens it again; rev is the location's.
func (s *Studio) RemoveBlackout(ctx context.Context, by Actor, id, blackoutID string, rev int64) (Location, error) {
	return Location{}, errors.New("seam")
}
