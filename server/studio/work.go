package studio

import (
	"context"
	"errors"
	"slices"
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
	s.wakeFilms()
	s.wakeLedgers()
}

func (s *Studio) wakeFilms() {
	select {
	case s.films <- struct{}{}:
	default:
	}
}

func (s *Studio) wakeLedgers() {
	select {
	case s.ledgers <- struct{}{}:
	default:
	}
}

// Work does what the store says is still to be done, until ctx ends: pictures and
// records as they come, clips one at a time beside them, the figures of titles after
// a change of thresholds, and once what an older reader left. A crash loses none of it.
func (s *Studio) Work(ctx context.Context) error {
	s.lookForFFmpeg(ctx)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.keepWorking(ctx, s.work, s.workOnce, s.keepHouse) })
	g.Go(func() error { return s.keepWorking(ctx, s.films, s.filmOnce, s.lookForFFmpeg) })
	g.Go(func() error { return s.keepWorking(ctx, s.ledgers, s.reckonOnce, func(context.Context) {}) })
	g.Go(func() error {
		if err := s.rereadAll(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("reading files anew", "err", err)
		}
		return nil
	})
	return g.Wait()
}

// keepWorking calls once for as long as it finds something, then waits for a call or for the idle turn.
func (s *Studio) keepWorking(ctx context.Context, line chan struct{}, once func(context.Context) (int, error), turn func(context.Context)) error {
	timer := time.NewTicker(idle)
	defer timer.Stop()
	for {
		n, err := once(ctx)
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
		case <-line:
		case <-timer.C:
			turn(ctx)
		}
	}
}

// waitingOn is a page of the contents for which a step waits.
func (s *Studio) waitingOn(ctx context.Context, name string, limit int) ([]*mediaWork, error) {
	var page store.List[mediaWork]
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		page, err = s.r.media.List(tx, "work", waitingFor(name), Page{Limit: limit})
		return err
	})
	return page.Items, err
}

// workOnce does one page of pictures or, when none waits, of readings, and says how many it did.
func (s *Studio) workOnce(ctx context.Context) (int, error) {
	for _, name := range []string{stepPicture, stepRead} {
		page, err := s.waitingOn(ctx, name, 20)
		if err != nil {
			return 0, err
		}
		if len(page) == 0 {
			continue
		}
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(workers)
		for _, w := range page {
			g.Go(func() error { return s.workOn(ctx, w) })
		}
		return len(page), g.Wait()
	}
	return 0, nil
}

// outcome is what a turn of work on one content gave; nil means that the step was not tried.
type outcome struct {
	info                *assets.Info
	picture, read, film *result
	hash                string
	made                assets.Film
}

// result is how one step went.
type result struct {
	state   WorkState
	trouble string
}

// workOn makes the pictures of one content and reads its records, as far as these wait.
func (s *Studio) workOn(ctx context.Context, w *mediaWork) error {
	out := outcome{hash: w.Hash}
	info, err := s.library.Probe(w.ID)
	if err == nil {
		out.info = &info
	}
	if waiting(w.Picture) {
		hash := ""
		if err == nil {
			hash, err = s.library.Derive(ctx, w.ID, info)
		}
		out.picture, out.hash = s.judged(w.ID, stepPicture, w.Picture, err), hash
	}
	if waiting(w.Read) {
		_, err := s.library.Records(w.ID)
		if err == nil && out.hash == "" && w.Picture.State == WorkReady {
			if out.hash, err = s.library.Hash(w.ID); errors.Is(err, assets.ErrMissing) {
				err = nil // made again when somebody asks for it
			}
		}
		out.read = s.judged(w.ID, stepRead, w.Read, err)
	}
	if ctx.Err() != nil {
		return nil
	}
	defer s.wakeFilms()
	return s.worked(ctx, w.ID, out)
}

// filmOnce works on the clip that has waited longest.
func (s *Studio) filmOnce(ctx context.Context) (int, error) {
	page, err := s.waitingOn(ctx, stepFilm, 1)
	if err != nil || len(page) == 0 {
		return 0, err
	}
	w, out := page[0], outcome{}
	info, err := s.library.Probe(w.ID)
	if err == nil {
		out.info = &info
		out.made, err = s.library.Film(ctx, w.ID, info)
	}
	if ctx.Err() != nil {
		return 0, nil
	}
	out.film = s.judged(w.ID, stepFilm, w.Film, err)
	return 1, s.worked(ctx, w.ID, out)
}

// judged turns the end of a step into its state. A fault that is not the file's gets some more tries.
func (s *Studio) judged(sha, name string, was step, err error) *result {
	var bad *assets.BadMediaError
	switch {
	case err == nil:
		return &result{WorkReady, ""}
	case errors.Is(err, assets.ErrNoDecoder):
		return &result{WorkMissing, noDecoder}
	case errors.Is(err, assets.ErrNoPoster), errors.Is(err, assets.ErrNoFFmpeg):
		return &result{WorkMissing, noFFmpeg}
	case errors.As(err, &bad):
		return &result{WorkFailed, bad.Code}
	}
	s.log.Error("background work on a file", "media", sha, "step", name, "try", was.Tries+1, "err", err)
	if was.Tries+1 >= maxTries {
		return &result{WorkFailed, fault}
	}
	return &result{WorkPending, ""}
}

// worked records what a turn of work gave and tells whoever shows it.
func (s *Studio) worked(ctx context.Context, sha string, out outcome) error {
	if out.hash != "" {
		return s.workedLook(ctx, sha, out)
	}
	return s.update(ctx, Actor{}, func(c *change) error {
		_, err := c.worked(sha, out)
		return err
	})
}

func (c *change) worked(sha string, out outcome) (*mediaWork, error) {
	w, err := found(c.s.r.media.Get(c.tx, sha))("media")
	if err != nil {
		return nil, err
	}
	var ended []string
	err = c.progress(w, func() {
		ended = nil
		if out.info != nil {
			w.Info, w.Type = *out.info, out.info.Type
		}
		switch clip := w.Info.Clip(); {
		case clip && w.Film.State == "":
			w.Film = step{State: WorkPending, At: c.now} // an older program took it for a still
		case !clip:
			w.Film, out.film = step{}, nil
		}
		if out.hash != "" {
			w.Hash = out.hash
		}
		for name, r := range map[string]*result{stepPicture: out.picture, stepRead: out.read, stepFilm: out.film} {
			if x := w.step(name); r != nil && c.stepped(x, *r) && !waiting(*x) {
				ended = append(ended, name)
			}
		}
		if out.film != nil && out.film.state == WorkReady {
			w.Made = out.made
		}
	})
	if err != nil {
		return nil, err
	}
	return w, c.noteMedia(w, ended)
}

// stepped moves a step on and reports whether it did.
func (c *change) stepped(x *step, r result) bool {
	if x.State == WorkReady && r.state == WorkMissing {
		return false // a browser's poster came while the background found that it cannot make one
	}
	*x = step{State: r.state, Trouble: r.trouble, Tries: x.Tries + 1, At: c.now}
	return true
}

// noteMedia tells whoever shows a content that a step of its work has ended: media.ready for the pictures,
// media.film_ready for a clip. That records were read is nobody's news unless it failed.
func (c *change) noteMedia(w *mediaWork, ended []string) error {
	var verbs []string
	for _, name := range ended {
		switch x := *w.step(name); {
		case name == stepPicture:
			verbs = append(verbs, "media."+string(x.State))
		case name == stepFilm:
			verbs = append(verbs, "media.film_"+string(x.State))
		case x.State != WorkReady:
			verbs = append(verbs, "media.read_"+string(x.State))
		}
	}
	slices.Sort(verbs)
	if len(verbs) == 0 {
		return nil
	}
	var to []event
	if w.Location != "" {
		to = append(to, event{Kind: "location", Object: w.Location})
	}
	err := c.s.r.takes.Each(c.tx, "media", store.K().Text(w.ID), func(t *Take) error {
		to = append(to, event{Kind: "take", Object: t.ID, TitleID: t.TitleID, ShotID: t.ShotID})
		return nil
	})
	sheets, found := c.s.r.sheetsWith(c.tx, w.ID)
	to, err = append(to, sheets...), errors.Join(err, found)
	for _, e := range to {
		for _, e.Verb = range verbs {
			err = errors.Join(err, c.note(e))
		}
	}
	return err
}

// lookForFFmpeg looks whether ffmpeg came to this machine, and gives what waited for it another try.
func (s *Studio) lookForFFmpeg(ctx context.Context) {
	for s.library.LookForFFmpeg() {
		var ids []string
		err := s.view(ctx, func(tx store.Txn) (err error) {
			ids, _, err = s.r.media.IDs(tx, "missing", nil, Page{Limit: 100})
			return err
		})
		if err == nil && len(ids) > 0 {
			err = s.retry(ctx, ids, withoutFFmpeg)
		}
		if err != nil && ctx.Err() == nil {
			s.log.Error("giving clips another try", "err", err)
		}
		if err != nil || len(ids) == 0 {
			return
		}
	}
}
