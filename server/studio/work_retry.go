package studio

import (
	"context"
	"time"
)

// Trouble is one file that the background could not work on.
type Trouble struct {
	TakeID    string    `json:"take_id"`
	ShotID    string    `json:"shot_id"`
	ShotLabel string    `json:"shot_label"`
	TitleID   string    `json:"title_id"`
	File      string    `json:"file"`
	Step      string    `json:"step" enum:"picture,film,read"`
	Code      string    `json:"code"` // why, as a code
	At        time.Time `json:"at"`
}

// RetryIn names the take whose work is tried again; without one it is all that the asker may see.
type RetryIn struct {
	TakeID string `json:"take_id,omitempty"`
}

// Troubles lists the files that the background could not work on.
func (s *Studio) Troubles(ctx context.Context, by Actor, p Page) (List[Trouble], error) {
	return List[Trouble]{Items: []Trouble{}}, by.here()
}

// RetryWork gives what failed another try.
func (s *Studio) RetryWork(ctx context.Context, by Actor, in RetryIn) error {
	if err := by.here(); err != nil {
		return err
	}
	return unknown("work")
}

// TakeStrip opens the strip of frames of a clip.
func (s *Studio) TakeStrip(ctx context.Context, by Actor, id string) (*File, error) {
	if _, err := s.take(ctx, by, id); err != nil {
		return nil, err
	}
	return nil, unknown("strip")
}

// TakeProxy opens the copy of a clip that every browser plays.
func (s *Studio) TakeProxy(ctx context.Context, by Actor, id string) (*File, error) {
	if _, err := s.take(ctx, by, id); err != nil {
		return nil, err
	}
	return nil, unknown("proxy")
}
