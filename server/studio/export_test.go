package studio

import "context"

// KeepHouse does now what the background does once an hour.
func (s *Studio) KeepHouse(ctx context.Context) { s.keepHouse(ctx) }

// NoPoster says what the background says of a clip that it cannot make a picture of.
func (s *Studio) NoPoster(ctx context.Context, sha string) error {
	return s.derived(ctx, sha, WorkMissing, "no_ffmpeg")
}

// Named reports whether the sweep spares these bytes.
func (s *Studio) Named(ctx context.Context, sha string) (bool, error) { return s.named(ctx, sha) }
