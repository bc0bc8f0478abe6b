package studio

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

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

// RereadAll reads anew what an older reader left.
func (s *Studio) RereadAll(ctx context.Context) error { return s.rereadAll(ctx) }

// Spoil changes an attempt behind everybody's back, but for the counters.
func (s *Studio) Spoil(ctx context.Context, id string, spoil func(*Attempt)) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		a, err := s.r.attempts.Get(c.tx, id)
		if err != nil {
			return err
		}
		model := a.Model
		spoil(a)
		return errors.Join(s.r.attempts.Put(c.tx, a), c.remodel(a, model))
	})
}

// SpoilTake is Spoil for a take.
func (s *Studio) SpoilTake(ctx context.Context, id string, spoil func(*Take)) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		t, err := s.r.takes.Get(c.tx, id)
		if err != nil {
			return err
		}
		spoil(t)
		return s.r.takes.Put(c.tx, t)
	})
}

// Shelve keeps bytes that no record names.
func (s *Studio) Shelve(ctx context.Context, r io.Reader) (string, error) {
	blob, err := s.library.Put(ctx, r, 1<<20)
	return blob.SHA256, err
}

// Named reports whether the sweep spares these bytes.
func (s *Studio) Named(ctx context.Context, sha string) (bool, error) { return s.named(ctx, sha) }

// MakeOld takes out of the store what came with review, and says that it is of the version before.
func (s *Studio) MakeOld(ctx context.Context) error {
	return s.engine.Update(ctx, func(tx store.Txn) error {
		c, r := &change{tx: tx, s: s}, s.r
		err := r.takes.All(tx, func(t *Take) error {
			t.SeenBy, t.SeenAt, t.ShortlistedAt, t.Colour = "", nil, nil, 0
			return r.takes.Put(tx, t)
		})
		clear := func(owner string) error {
			have, err := r.keptSums(tx, owner)
			return errors.Join(err, r.countSums(tx, owner, have, -1))
		}
		// A title counted the work on deleted shots too.
		err = errors.Join(err, r.titles.All(tx, func(t *Title) error { return clear(t.ID) }))
		err = errors.Join(err, r.shots.All(tx, func(x *Shot) error {
			have, err := r.counts.Values(tx, []store.Key{countKey(x.ID, "attempts"), countKey(x.ID, "takes")})
			if err != nil {
				return err
			}
			err = errors.Join(clear(x.ID), clear(x.EpisodeID), c.countAll("attempts", have[0], x.TitleID, x.ID), c.countAll("takes", have[1], x.TitleID, x.ID))
			if x.Deleted == nil {
				err = errors.Join(err, c.countAll("shots", -1, x.EpisodeID))
			}
			if x.Pick == nil {
				return err
			}
			x.Pick.Draws = 0
			if x.Deleted == nil {
				err = errors.Join(err, c.countAll("picked", 1, x.TitleID))
			}
			return errors.Join(err, r.shots.Put(tx, x))
		}))
		err = errors.Join(err, r.picks.All(tx, func(p *PickRow) error {
			p.Pick.Draws = 0
			return r.picks.Put(tx, p)
		}))
		return errors.Join(err, tx.Put([]byte{'v'}, []byte("1")))
	})
}

// Clip is a clip of so many frames, which differs for each n.
func Clip(frames, n int) []byte { return demoClip(1, 1, frames, 24, n) }

// KeepFor keeps a previewed file.
func (s *Studio) KeepFor(ctx context.Context, by Actor, titleID, name string, data []byte) (string, error) {
	return s.keepFor(ctx, by, titleID, name, data)
}

// KeptFor reads a previewed file again.
func (s *Studio) KeptFor(ctx context.Context, by Actor, titleID, sha string) ([]byte, error) {
	return s.kept(ctx, by, titleID, sha)
}

// MakeLineless takes out of the store what came with versions, and says that it is of the version before.
func (s *Studio) MakeLineless(ctx context.Context) error {
	return s.engine.Update(ctx, func(tx store.Txn) error {
		err := s.r.scenes.All(tx, func(x *Scene) error {
			x.LineIDs, x.CodeEpisode = nil, 0
			return s.r.scenes.Put(tx, x)
		})
		err = errors.Join(err, s.r.shots.All(tx, func(x *Shot) error {
			x.Lines, x.Cast = nil, nil
			return s.r.shots.Put(tx, x)
		}))
		err = errors.Join(err, s.r.scripts.All(tx, func(v *ScriptVersion) error {
			return errors.Join(s.r.steps.Delete(tx, v.ID), s.r.texts.Delete(tx, v.ID))
		}))
		before := slices.IndexFunc(Schema().Migrations, func(m store.Migration) bool { return m.Name == "lines" })
		return errors.Join(err, tx.Put([]byte{'v'}, []byte(strconv.Itoa(before))))
	})
}

// MakePlaceless takes out of the store what came with shooting days, and says that it is of the version before. Every
// location has the contact and the number.
func (s *Studio) MakePlaceless(ctx context.Context, contact, phone string) error {
	return s.engine.Update(ctx, func(tx store.Txn) error {
		old := store.NewCollection[location0]("location", 1)
		err := store.Rewrite(tx, s.r.locations, old, func(l *Location) (*location0, error) {
			return &location0{Meta: l.Meta, Name: l.Name, Aliases: l.Aliases, Address: l.Address, Contact: contact, Phone: phone, Note: l.Note,
				Status: l.Status, Areas: l.Areas, Photos: l.Photos, Demo: l.Demo}, nil
		})
		err = errors.Join(err, s.r.elements.All(tx, func(e *Element) error {
			e.Candidates = nil
			return s.r.elements.Put(tx, e)
		}))
		err = errors.Join(err, s.r.bookings.All(tx, func(b *Booking) error {
			b.Zone, b.Overrides = "", nil
			return s.r.bookings.Put(tx, b)
		}))
		before := slices.IndexFunc(Schema().Migrations, func(m store.Migration) bool { return m.Name == "places" })
		return errors.Join(err, tx.Put([]byte{'v'}, []byte(strconv.Itoa(before))))
	})
}
