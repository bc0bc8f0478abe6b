package studio

import (
	"context"
	"encoding/json"
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

// KeepDay writes a shooting day as it stands.
func (s *Studio) KeepDay(ctx context.Context, d ShootDay) (ShootDay, error) {
	err := s.update(ctx, Actor{}, func(c *change) error {
		d.Meta = c.meta()
		return s.r.days.Insert(c.tx, &d)
	})
	return d, err
}

// KeptDay reads it again.
func (s *Studio) KeptDay(ctx context.Context, id string) (out ShootDay, err error) {
	err = s.view(ctx, func(tx store.Txn) error {
		d, err := s.r.days.Get(tx, id)
		if err == nil {
			out = *d
		}
		return err
	})
	return out, err
}

// KeepFeed writes a calendar of a location.
func (s *Studio) KeepFeed(ctx context.Context, locationID string) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		f := keptFeed{Feed: Feed{Meta: c.meta(), Kind: FeedLocation, ObjectID: locationID}}
		f.Hash = f.ID
		return s.r.feeds.Insert(c.tx, &f)
	})
}

// Followed lists the locations that calendars show.
func (s *Studio) Followed(ctx context.Context) (ids []string, err error) {
	err = s.view(ctx, func(tx store.Txn) error {
		ids = nil
		return s.r.feeds.All(tx, func(f *keptFeed) error {
			ids = append(ids, f.ObjectID)
			return nil
		})
	})
	return ids, err
}

// CloseFor closes a location for a time, whatever is booked.
func (s *Studio) CloseFor(ctx context.Context, locationID string, b Blackout) error {
	return s.update(ctx, Actor{}, func(c *change) error {
		l, err := s.r.locations.Get(c.tx, locationID)
		if err != nil {
			return err
		}
		b.ID = s.ids()
		l.Blackouts = append(l.Blackouts, b)
		return s.r.locations.Put(c.tx, l)
	})
}

// MakeFigureless puts every reading into a record of its own again, as it was before pages, and says that the store is of
// the version before. Imports were not there yet.
func (s *Studio) MakeFigureless(ctx context.Context) error {
	return s.engine.Update(ctx, func(tx store.Txn) error {
		old := oldReadings()
		err := s.r.pages.All(tx, func(p *readingPage) error {
			var err error
			for i := range p.Lines {
				err = errors.Join(err, old.Insert(tx, oldReading(p.reading(&p.Lines[i]))))
			}
			return errors.Join(err, s.r.pages.Delete(tx, p.ID))
		})
		err = errors.Join(err, s.r.accounts.All(tx, func(x *accounts) error { return s.r.accounts.Delete(tx, x.ID) }))
		err = errors.Join(err, s.r.releases.All(tx, func(x *Release) error {
			x.Aliases = nil
			return s.r.releases.Put(tx, x)
		}))
		bare := store.NewCollection("summary", 1,
			maybe("released", func(x *summary) (store.Key, bool) { return store.K().Time(x.Created), x.Releases > 0 }))
		err = errors.Join(err, store.Rewrite(tx, s.r.summaries, bare, func(x *summary) (*summary, error) {
			x.Wall, x.OnAir, x.Odd, x.OddMoney, x.OddAt, x.Unsure, x.UnsureMoney, x.Day = nil, false, 0, 0, nil, 0, 0, ""
			return x, nil
		}))
		for _, what := range []string{countOdd, countUnsure} {
			n, bad := s.r.counts.Value(tx, countKey(figuresOwner, what))
			if _, more := s.r.counts.Add(tx, countKey(figuresOwner, what), -n); bad != nil || more != nil {
				err = errors.Join(err, bad, more)
			}
		}
		before := slices.IndexFunc(Schema().Migrations, func(m store.Migration) bool { return m.Name == "figures" })
		return errors.Join(err, tx.Put([]byte{'v'}, []byte(strconv.Itoa(before))))
	})
}

func oldReading(r *Reading) *reading0 {
	out := &reading0{Meta: r.Meta, TitleID: r.TitleID, ReleaseID: r.ReleaseID, Metric: r.Metric, Increment: r.Increment, Observed: r.Observed,
		DayOnly: r.DayOnly, Now: oldValue(r.Now), Past: []value0{}, Withdrawn: r.Withdrawn, Why: r.Why}
	for _, v := range r.Past {
		out.Past = append(out.Past, oldValue(v))
	}
	return out
}

func oldValue(v ReadingValue) value0 {
	out := value0{Text: v.Text, Figure: v.Figure, By: v.By, ByName: v.ByName, At: v.At, Why: v.Why}
	out.Origin.Kind, out.Origin.Note, out.Origin.URL = v.Origin.Kind, v.Origin.Note, v.Origin.URL
	return out
}

// KeptReadingBytes is how much the pages of readings hold, and how many readings there are.
func (s *Studio) KeptReadingBytes(ctx context.Context) (bytes, lines int, err error) {
	err = s.view(ctx, func(tx store.Txn) error {
		return s.r.pages.All(tx, func(p *readingPage) error {
			b, err := json.Marshal(p)
			bytes, lines = bytes+len(b), lines+len(p.Lines)
			return err
		})
	})
	return bytes, lines, err
}
