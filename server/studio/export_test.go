package studio

import "context"

// KeepHouse does now what the background does once an hour.
func (s *Studio) KeepHouse(ctx context.Context) { s.keepHouse(ctx) }
