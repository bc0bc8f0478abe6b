package studio

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chouka/assets"
	"chouka/store"

	"golang.org/x/sync/errgroup"
)

const (
	workers  = 2                // pictures made at once; the library bounds their memory
	maxTries = 3                // of one file, for faults that are not the file's
	idle     = 30 * time.Second // looks for work even when nobody called
	sweepAge = 24 * time.Hour   // a file that no record named for so long is swept
)

// wake tells the background that there is work.
func (s *Studio) wake() {
	select {
	case s.work <- struct{}{}:
	default:
	}
}

// Work makes thumbs and previews until ctx ends. What is to be done stands in
// the store, so a crash loses none of it.
func (s *Studio) Work(ctx context.Context) error {
	if err := s.retryMissing(ctx); err != nil {
		return err
	}
	timer := time.NewTicker(idle)
	defer timer.Stop()
	for {
		n, err := s.workOnce(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			s.log.Error("background work", "err", err)
		}
		if n > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.work:
		case <-timer.C:
			s.keepHouse(ctx)
		}
	}
}

// workOnce does one page of what is pending and says how many it did.
func (s *Studio) workOnce(ctx context.Context) (int, error) {
	var page store.List[mediaWork]
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		page, err = s.r.media.List(tx, "work", store.K().Text(string(WorkPending)), Page{Limit: 20})
		return err
	})
	if err != nil {
		return 0, err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, w := range page.Items {
		g.Go(func() error { return s.derive(ctx, w) })
	}
	return len(page.Items), g.Wait()
}

// derive makes the pictures of one content and records how that went.
func (s *Studio) derive(ctx context.Context, w *mediaWork) error {
	info, err := s.library.Probe(w.ID)
	if err == nil {
		err = s.library.Derive(ctx, w.ID, info)
	}
	var bad *assets.BadMediaError
	switch {
	case err == nil:
		return s.derived(ctx, w.ID, WorkReady, "")
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, assets.ErrNoPoster):
		return s.derived(ctx, w.ID, WorkMissing, "no_ffmpeg")
	case errors.As(err, &bad):
		return s.derived(ctx, w.ID, WorkFailed, bad.Code)
	}
	s.log.Error("making a picture", "media", w.ID, "try", w.Tries+1, "err", err)
	if w.Tries+1 >= maxTries {
		return s.derived(ctx, w.ID, WorkFailed, "fault")
	}
	return s.derived(ctx, w.ID, WorkPending, "")
}

// derived records the state of a content's pictures and tells whoever shows it.
func (s *Studio) derived(ctx context.Context, sha string, to WorkState, trouble string) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		w, err := found(s.r.media.Get(c.tx, sha))("media")
		if err != nil {
			return err
		}
		if w.State == WorkReady && to == WorkMissing {
			return nil // a browser's poster came while the background found that it cannot make one
		}
		err = errors.Join(c.countAll(string(w.State), -1, workOwner), c.countAll(string(to), 1, workOwner))
		if err != nil {
			return err
		}
		w.State, w.Trouble, w.Tries, w.Updated = to, trouble, w.Tries+1, c.now
		if err := s.r.media.Put(c.tx, w); err != nil {
			return fmt.Errorf("recording background work: %w", err)
		}
		if to == WorkPending {
			return nil
		}
		return c.noteMedia(w)
	})
}

func (c *change) noteMedia(w *mediaWork) error {
	if w.Location != "" {
		return c.note(event{Verb: "media." + string(w.State), Kind: "location", Object: w.Location})
	}
	var takes []*Take
	err := c.s.r.takes.Each(c.tx, "media", store.K().Text(w.ID), func(t *Take) error {
		takes = append(takes, t)
		return nil
	})
	for _, t := range takes {
		err = errors.Join(err, c.note(event{Verb: "media." + string(w.State), Kind: "take", Object: t.ID, TitleID: t.TitleID, ShotID: t.ShotID}))
	}
	return err
}

// retryMissing gives clips another try when ffmpeg has come to this machine.
func (s *Studio) retryMissing(ctx context.Context) error {
	for s.library.HasFFmpeg() {
		var page store.List[mediaWork]
		err := s.view(ctx, func(tx store.Txn) error {
			var err error
			page, err = s.r.media.List(tx, "work", store.K().Text(string(WorkMissing)), Page{Limit: 100})
			return err
		})
		if err != nil || len(page.Items) == 0 {
			return err
		}
		for _, w := range page.Items {
			if err := s.derived(ctx, w.ID, WorkPending, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepHouse sweeps files that no record names and answers that nobody will ask for again.
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
	if n, err := s.library.Sweep(ctx, func(sha string) (bool, error) { return s.named(ctx, sha) }, sweepAge); err != nil {
		s.log.Error("sweeping media", "err", err)
	} else if n > 0 {
		s.log.Info("swept media that nothing names", "files", n)
	}
	if err := s.forgetOnces(ctx); err != nil {
		s.log.Error("forgetting old answers", "err", err)
	}
}

// named reports whether any record names these bytes.
func (s *Studio) named(ctx context.Context, sha string) (bool, error) {
	var have bool
	err := s.engine.View(ctx, func(tx store.Txn) error {
		var err error
		if have, err = s.r.media.Has(tx, sha); have || err != nil {
			return err
		}
		if have, err = s.besideNamed(tx, sha); have || err != nil {
			return err
		}
		got, err := s.r.scripts.List(tx, "file", store.K().Text(sha), Page{Limit: 1})
		have = len(got.Items) > 0
		return err
	})
	return have, err
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
	n, err := s.r.counts.Values(tx, []store.Key{countKey(workOwner, string(WorkPending)), countKey(workOwner, string(WorkFailed))})
	if err != nil {
		return Work{}, fmt.Errorf("reading the work counters: %w", err)
	}
	return Work{Pending: n[0], Failed: n[1]}, nil
}
