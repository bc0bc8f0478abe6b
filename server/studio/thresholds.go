package studio

import (
	"context"
	"errors"
)

// ThresholdsIn gives a title thresholds of its own for one metric, or (Usual) the studio's again.
type ThresholdsIn struct {
	Metric     string  `json:"metric" enum:"plays,heat,followers,likes,revenue"`
	Thresholds []int64 `json:"thresholds"` // rising, in single units, money in 1/10,000
	Usual      bool    `json:"usual,omitempty"`
}

// Thresholds are those that count for one metric of a title.
type Thresholds struct {
	Metric     string  `json:"metric"`
	Thresholds []int64 `json:"thresholds"`
	Own        bool    `json:"own"` // the title's; else the studio's
}

// SetThresholds changes a title's own thresholds and works its milestones out again. rev is the title's. Milestones of a
// threshold that was dropped stay.
func (s *Studio) SetThresholds(ctx context.Context, by Actor, titleID string, rev int64, in ThresholdsIn) (Title, error) {
	return Title{}, errors.New("seam")
}
