package ingest

import (
	"context"
	"time"
)

// Sweep is Watch without events from the system, which no test clock can hold still.
func Sweep(ctx context.Context, o Options) (Summary, error) {
	e, err := newEngine(o, false)
	if err != nil {
		return Summary{}, err
	}
	return e.work(ctx, nil)
}

// MaxPause is the longest pause while a desk is away.
const MaxPause time.Duration = maxPause
