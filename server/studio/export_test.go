package studio

import (
	"context"

	"chouka/store"
)

// KeepHouse does now what the background does once an hour.
func (s *Studio) KeepHouse(ctx context.Context) { s.keepHouse(ctx) }

// NoPoster says what the background says of a clip that it cannot make a picture of.
func (s *Studio) NoPoster(ctx context.Context, sha string) error {
	return s.worked(ctx, sha, outcome{picture: &result{WorkMissing, noFFmpeg}})
}

// LookForFFmpeg does now what the background does at an idle turn.
func (s *Studio) LookForFFmpeg(ctx context.Context) { s.lookForFFmpeg(ctx) }

// WorkOnce does one page of what waits and says how many it did.
func (s *Studio) WorkOnce(ctx context.Context) (int, error) { return s.workOnce(ctx) }

// WorkOnFile does what waits for one content.
func (s *Studio) WorkOnFile(ctx context.Context, sha string) error {
	var w *mediaWork
	err := s.view(ctx, func(tx store.Txn) (err error) {
		w, err = s.r.media.Get(tx, sha)
		return err
	})
	if err != nil {
		return err
	}
	return s.workOn(ctx, w)
}
