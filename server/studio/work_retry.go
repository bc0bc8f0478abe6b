package studio

import (
	"context"
	"errors"
	"time"

	"chouka/assets"
	"chouka/store"
)

// Trouble is one file that the background could not work on, or a title whose figures it could not work out (step figures,
// without a take).
type Trouble struct {
	TakeID    string    `json:"take_id"`
	ShotID    string    `json:"shot_id"`
	ShotLabel string    `json:"shot_label"`
	TitleID   string    `json:"title_id"`
	File      string    `json:"file"` // or the title's name
	Step      string    `json:"step" enum:"picture,film,read,figures"`
	Code      string    `json:"code"` // why, as a code
	At        time.Time `json:"at"`
}

// RetryIn names the take whose work is tried again, or the title whose figures are; without one it is all that the asker may
// see.
type RetryIn struct {
	TakeID  string `json:"take_id,omitempty"`
	TitleID string `json:"title_id,omitempty"`
}

const (
	troubleTurns = 20   // pages looked through for one that the asker may see something of
	retryMost    = 5000 // contents tried again at one call
)

// Troubles lists what the background could not work on: titles whose figures failed, then files, the latest first. What
// only waits for ffmpeg is not among them: Work counts it.
func (s *Studio) Troubles(ctx context.Context, by Actor, p Page) (List[Trouble], error) {
	if err := by.reads(); err != nil {
		return List[Trouble]{}, err
	}
	p.Reverse = true
	out := List[Trouble]{Items: []Trouble{}}
	err := s.view(ctx, func(tx store.Txn) error {
		out = List[Trouble]{Items: []Trouble{}}
		if p.After == "" {
			var err error
			if out.Items, err = s.figureTroubles(tx, by); err != nil {
				return err
			}
		}
		for range troubleTurns {
			page, err := s.r.media.List(tx, "trouble", nil, p)
			if err != nil {
				return err
			}
			for _, w := range page.Items {
				if err := s.troublesOf(tx, by, w, &out); err != nil {
					return err
				}
			}
			if out.Next = page.Next; out.Next == "" || len(out.Items) > 0 {
				return nil
			}
			p.After = page.Next
		}
		return nil
	})
	return out, err
}

// troublesOf adds the troubles of one content on every take that the asker may see.
func (s *Studio) troublesOf(tx store.Txn, by Actor, w *mediaWork, out *List[Trouble]) error {
	return s.r.takes.Each(tx, "media", store.K().Text(w.ID), func(t *Take) error {
		if t.Deleted != nil || !by.sees(t.TitleID) {
			return nil
		}
		x, err := found(s.r.shots.Get(tx, t.ShotID))("shot")
		if err != nil {
			return err
		}
		for _, name := range steps() {
			if y := w.step(name); troubled(*y) {
				out.Items = append(out.Items, Trouble{TakeID: t.ID, ShotID: t.ShotID, ShotLabel: x.Label, TitleID: t.TitleID, File: t.File,
					Step: name, Code: y.Trouble, At: y.At})
			}
		}
		return nil
	})
}

// RetryWork gives what failed another try: on one take, on the figures of one title, or on all takes of the titles on which
// the actor logs and all figures that the actor enters.
func (s *Studio) RetryWork(ctx context.Context, by Actor, in RetryIn) error {
	if err := by.here(); err != nil {
		return err
	}
	if in.TitleID != "" {
		if err := by.must(EnterReading, in.TitleID, "title"); err != nil {
			return err
		}
		return s.retryFigures(ctx, by, in.TitleID)
	}
	if err := by.logsSomewhere(); in.TakeID == "" && err != nil {
		return err
	}
	if in.TakeID == "" {
		if err := s.retryFigures(ctx, by, ""); err != nil {
			return err
		}
	}
	return s.retryFiles(ctx, by, in)
}

// retryFiles gives the work on files another try.
func (s *Studio) retryFiles(ctx context.Context, by Actor, in RetryIn) error {
	var ids []string
	err := s.view(ctx, func(tx store.Txn) error {
		if in.TakeID != "" {
			t, err := s.takeFor(tx, by, in.TakeID, LogAttempt)
			if err == nil {
				ids = []string{t.Media.SHA256}
			}
			return err
		}
		ids = nil
		return s.r.media.Keys(tx, "trouble", nil, func(_ store.Key, id string) error {
			mine, err := s.worksOn(tx, by, id)
			if mine {
				ids = append(ids, id)
			}
			if err == nil && len(ids) == retryMost {
				return store.ErrStop
			}
			return err
		})
	})
	for len(ids) > 0 && err == nil {
		n := min(len(ids), 100)
		err = s.retry(ctx, ids[:n], func(x step) bool { return troubled(x) || withoutFFmpeg(x) })
		ids = ids[n:]
	}
	return err
}

// worksOn reports whether a content is the file of a take on which the actor may log.
func (s *Studio) worksOn(tx store.Txn, by Actor, sha string) (bool, error) {
	mine := false
	err := s.r.takes.Each(tx, "media", store.K().Text(sha), func(t *Take) error {
		if mine = t.Deleted == nil && by.Can(LogAttempt, t.TitleID); mine {
			return store.ErrStop
		}
		return nil
	})
	return mine, err
}

// retry sets the steps that pass back to waiting, with all their tries before them.
func (s *Studio) retry(ctx context.Context, ids []string, pass func(step) bool) error {
	defer s.wake()
	return s.update(ctx, Actor{}, func(c *change) error {
		for _, id := range ids {
			w, err := s.r.media.Get(c.tx, id)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err == nil {
				err = c.progress(w, func() {
					for _, name := range steps() {
						if x := w.step(name); pass(*x) {
							*x = step{State: WorkPending, At: c.now}
						}
					}
				})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TakeStrip opens the strip of frames of a clip.
func (s *Studio) TakeStrip(ctx context.Context, by Actor, id string) (*File, error) {
	return s.takeFilm(ctx, by, id, assets.Strip)
}

// TakeProxy opens the copy of a clip that every browser plays.
func (s *Studio) TakeProxy(ctx context.Context, by Actor, id string) (*File, error) {
	return s.takeFilm(ctx, by, id, assets.Proxy)
}

func (s *Studio) takeFilm(ctx context.Context, by Actor, id, name string) (*File, error) {
	t, err := s.take(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return s.openDerived(ctx, t.Media, name)
}
