package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/assets"
	"chouka/store"
)

// The steps of background work on one content, in the order of their urgency.
const (
	stepPicture = "picture" // the thumb and the preview
	stepRead    = "read"    // the raw records of the file
	stepFilm    = "film"    // the strip, the proxy and the loudness of a clip
)

func steps() []string { return []string{stepPicture, stepRead, stepFilm} }

// The codes of trouble that are not the file's.
const (
	noFFmpeg  = "no_ffmpeg"
	noDecoder = "no_decoder" // nothing here reads this coding
	fault     = "fault"      // ours, after so many tries
)

// mediaWork is the background's record of one content: what it is and how far its work is. Its ID is the SHA-256.
type mediaWork struct {
	store.Meta
	Type     string      `json:"type"`
	Info     assets.Info `json:"info"`
	Picture  step        `json:"picture"`
	Read     step        `json:"read"`
	Film     step        `json:"film"` // without a state for a still
	Made     assets.Film `json:"made"`
	Hash     string      `json:"hash,omitempty"`     // how it looks; see assets.Library.Hash
	Location string      `json:"location,omitempty"` // whose page shows it
}

// step is how far one kind of work is.
type step struct {
	State   WorkState `json:"state"`
	Trouble string    `json:"trouble,omitempty"`
	Tries   int       `json:"tries,omitempty"` // since somebody last asked
	At      time.Time `json:"at,omitzero"`     // of its last change
}

func (w *mediaWork) step(name string) *step {
	switch name {
	case stepPicture:
		return &w.Picture
	case stepRead:
		return &w.Read
	}
	return &w.Film
}

// Tests of a step, for the indexes.

func waiting(x step) bool       { return x.State == WorkPending }
func withoutFFmpeg(x step) bool { return x.State == WorkMissing && x.Trouble == noFFmpeg }
func troubled(x step) bool {
	return x.State == WorkFailed || x.State == WorkMissing && x.Trouble != noFFmpeg
}

// keys puts a content once for each step that passes: the most urgent step first, then the oldest content.
func (w *mediaWork) keys(pass func(step) bool) []store.Key {
	var keys []store.Key
	for i, name := range steps() {
		if pass(*w.step(name)) {
			keys = append(keys, urgent(i).Time(w.Created))
		}
	}
	return keys
}

func urgent(i int) store.Key { return store.K().Byte(byte(i)) }

// waitingFor is the part of the index in which a step waits.
func waitingFor(name string) store.Key { return urgent(slices.Index(steps(), name)) }

// troubleKeys puts a content with any trouble once, by when the last of it was met.
func troubleKeys(w *mediaWork) []store.Key {
	var last time.Time
	any := false
	for _, name := range steps() {
		if x := *w.step(name); troubled(x) {
			any = true
			if x.At.After(last) {
				last = x.At
			}
		}
	}
	if !any {
		return nil
	}
	return []store.Key{store.K().Time(last)}
}

// workOwner owns the counters of background work.
const workOwner = "work"

// workCounts names the counters of background work.
func workCounts() []string {
	return []string{"pending", "read_pending", "film_pending", "failed", "missing"}
}

// counted names the counters that a content is part of.
func (w *mediaWork) counted() []string {
	var out []string
	for i, name := range []string{"pending", "read_pending", "film_pending"} {
		if waiting(*w.step(steps()[i])) {
			out = append(out, name)
		}
	}
	any := func(state WorkState) bool {
		return slices.ContainsFunc(steps(), func(name string) bool { return w.step(name).State == state })
	}
	if any(WorkFailed) {
		out = append(out, "failed")
	}
	if any(WorkMissing) {
		out = append(out, "missing")
	}
	return out
}

// addMedia gives a content its background work, once however often it is used.
func (c *change) addMedia(m Media, location string) error {
	w, err := c.s.r.media.Get(c.tx, m.SHA256)
	switch {
	case err == nil && w.Hash != "" && w.Read.State != WorkPending:
		// The new take does not know yet how it looks: the background tells it.
		return c.progress(w, func() { w.Read.State = WorkPending })
	case err == nil:
		return nil
	case !errors.Is(err, store.ErrNotFound):
		return fmt.Errorf("looking for background work: %w", err)
	}
	w = &mediaWork{Meta: c.meta(), Type: m.Type, Info: m.info(), Location: location,
		Picture: step{State: WorkPending, At: c.now}, Read: step{State: WorkPending, At: c.now}}
	w.ID = m.SHA256
	if w.Info.Clip() {
		w.Film = w.Picture
	}
	if err := c.s.r.media.Insert(c.tx, w); err != nil {
		return fmt.Errorf("recording background work: %w", err)
	}
	for _, what := range w.counted() {
		if err := c.countAll(what, 1, workOwner); err != nil {
			return err
		}
	}
	return nil
}

// progress writes a changed content and keeps the counters true.
func (c *change) progress(w *mediaWork, apply func()) error {
	before := w.counted()
	apply()
	after := w.counted()
	for _, what := range workCounts() {
		delta := int64(0)
		if slices.Contains(before, what) {
			delta--
		}
		if slices.Contains(after, what) {
			delta++
		}
		if delta == 0 {
			continue
		}
		if err := c.countAll(what, delta, workOwner); err != nil {
			return err
		}
	}
	w.Updated = c.now
	if err := c.s.r.media.Put(c.tx, w); err != nil {
		return fmt.Errorf("recording background work: %w", err)
	}
	return nil
}

// freshMedia fills in how far the work on a content is, and what it found.
func (s *Studio) freshMedia(tx store.Txn, m *Media) error {
	w, err := s.r.media.Get(tx, m.SHA256)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading background work: %w", err)
	}
	m.measure(w.Info)
	m.Derived, m.Trouble, m.Film, m.FilmTrouble, m.Hash = w.Picture.State, w.Picture.Trouble, w.Film.State, w.Film.Trouble, w.Hash
	m.Strip, m.Proxy, m.Loudness = nil, w.Made.Proxy, nil
	if t := w.Made.Strip; t.Tiles > 0 {
		m.Strip = &Strip{Tiles: t.Tiles, Columns: t.Columns, Width: t.Width, Height: t.Height}
	}
	if l := w.Made.Loudness; l != nil {
		m.Loudness = &Loudness{LUFSx10: l.LUFS, PeakX10: l.Peak}
	}
	return nil
}

// freshTake is freshMedia for a take, which also knows its like.
func (s *Studio) freshTake(tx store.Txn, t *Take) error {
	if err := s.freshMedia(tx, &t.Media); err != nil {
		return err
	}
	return s.freshNear(tx, t)
}

// hint is what helps a reader to choose between outputs of one graph.
func (m Media) hint(name string) assets.Hint {
	return assets.Hint{Name: name, Width: m.Width, Height: m.Height}
}

// remake has a derived file made again that was called ready and is gone.
func (s *Studio) remake(ctx context.Context, m Media, name, stepName string) error {
	gone := func(tx store.Txn) (*mediaWork, error) {
		w, err := found(s.r.media.Get(tx, m.SHA256))("media")
		if err != nil {
			return nil, err
		}
		x := w.step(stepName)
		if x.State == "" || name == assets.Proxy && x.State == WorkReady && !w.Made.Proxy {
			return nil, unknown(name)
		}
		if x.State != WorkReady {
			return nil, nil
		}
		return w, nil
	}
	var w *mediaWork
	err := s.view(ctx, func(tx store.Txn) (err error) {
		w, err = gone(tx)
		return err
	})
	if err != nil || w == nil {
		return err
	}
	defer s.wake()
	return s.update(ctx, Actor{}, func(c *change) error {
		w, err := gone(c.tx)
		if err != nil || w == nil {
			return err
		}
		return c.progress(w, func() { *w.step(stepName) = step{State: WorkPending, At: c.now} })
	})
}
