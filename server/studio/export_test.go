package studio

import "context"

// KeepHouse does now what the background does once an hour.
func (s *Studio) KeepHouse(ctx context.Context) { s.keepHouse(ctx) }

// NoPoster says what the background says of a clip that it cannot make a picture of.
func (s *Studio) NoPoster(ctx context.Context, sha string) error {
	return s.worked(ctx, sha, outcome{picture: &result{WorkMissing, noFFmpeg}})
}
