package studio

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chouka/store"
)

// keepHouse sweeps previewed files that nobody imported, files that no record names and answers that nobody will ask for
// again.
func (s *Studio) keepHouse(ctx context.Context) {
	s.mu.Lock()
	due := s.now().Sub(s.swept) > time.Hour
	if due {
		s.swept = s.now()
	}
	s.mu.Unlock()
	if !due {
		return
	}
	if err := s.update(ctx, Actor{}, func(c *change) error { return c.forgetKept() }); err != nil {
		s.log.Error("forgetting previewed files", "err", err)
	}
	if n, err := s.Sweep(ctx, sweepAge); err != nil {
		s.log.Error("sweeping media", "err", err)
	} else if n > 0 {
		s.log.Info("swept media that nothing names", "files", n)
	}
	if err := s.forgetOnces(ctx); err != nil {
		s.log.Error("forgetting old answers", "err", err)
	}
}

// sweepHold is how long files stay after a backup has listed them, for it to copy them.
const sweepHold = 6 * time.Hour

// HoldSweep leaves every file where it is for some hours. A backup calls it before it copies the store, whose files it
// copies after that: what a record gives up meanwhile it still finds.
func (s *Studio) HoldSweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = s.now().Add(sweepHold)
}

func (s *Studio) sweepHeld() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now().Before(s.held)
}

// Sweep removes kept files that are older than age and that no record names, and says how many went. Age leaves time to
// an upload whose record is still to be written. It removes none while HoldSweep holds.
func (s *Studio) Sweep(ctx context.Context, age time.Duration) (int, error) {
	keep := func(sha string) (bool, error) {
		if s.sweepHeld() {
			return true, nil
		}
		return s.named(ctx, sha)
	}
	return s.library.Sweep(ctx, keep, age)
}

// forgetOnces drops kept answers after a day.
func (s *Studio) forgetOnces(ctx context.Context) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		old, err := s.r.onces.ListRange(c.tx, "created", nil, store.K().Time(c.now.Add(-24*time.Hour)), Page{Limit: store.MaxPage})
		for _, o := range old.Items {
			err = errors.Join(err, s.r.onces.Delete(c.tx, o.ID))
		}
		return err
	})
}

// Background says how much the background still has to do.
func (s *Studio) Background(ctx context.Context, by Actor) (Work, error) {
	if err := by.reads(); err != nil {
		return Work{}, err
	}
	var out Work
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		out, err = s.backlog(tx)
		return err
	})
	return out, err
}

func (s *Studio) backlog(tx store.Txn) (Work, error) {
	keys := []store.Key{}
	for _, what := range []string{"pending", "failed", "missing", "film_pending", readingTotal(), readingDone(), countDue, countStuck, dueTotal} {
		keys = append(keys, countKey(workOwner, what))
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return Work{}, fmt.Errorf("reading the work counters: %w", err)
	}
	return Work{Pending: n[0], Failed: n[1] + n[7], FiguresLeft: n[6], FiguresTotal: n[8], Missing: n[2], FilmPending: n[3], ReadingTotal: n[4], ReadingLeft: max(0, n[4]-n[5]),
		FFmpeg: s.library.HasFFmpeg()}, nil
}
