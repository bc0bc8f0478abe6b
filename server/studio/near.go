package studio

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"chouka/assets"
	"chouka/store"
)

// Near is an earlier take of the same title that looks almost the same.
type Near struct {
	TakeID   string `json:"take_id"`
	ShotID   string `json:"shot_id"`
	Number   int64  `json:"number"`
	Distance int    `json:"distance"` // differing bits of 64
}

// NearRow is Near with the shot's label.
type NearRow struct {
	TakeID    string `json:"take_id"`
	ShotID    string `json:"shot_id"`
	ShotLabel string `json:"shot_label"`
	Number    int64  `json:"number"`
	Distance  int    `json:"distance"`
}

const (
	nearRadius = 8  // differing bits up to which two pictures are called almost the same
	nearMost   = 20 // of the list
	nearLater  = 50 // later takes that learn of one earlier one
)

// lookKey puts a take into the order in which its like is looked for: the title, then how it looks and when it
// came, eight bytes each. All of the search is a walk over these keys.
func lookKey(t *Take) (store.Key, bool) {
	hash, ok := assets.ParseHash(t.Media.Hash)
	if !ok || t.Deleted != nil {
		return nil, false
	}
	k := store.K().ID(t.TitleID)
	for _, n := range []uint64{hash, uint64(t.Created.UnixNano())} {
		for _, b := range binary.BigEndian.AppendUint64(nil, n) {
			k = k.Byte(b)
		}
	}
	return k, true
}

// look is one take as the index of looks gives it.
type look struct {
	id       string
	at       int64 // when it came, nanoseconds
	distance int
}

// alike visits the takes of a title that look like the hash, within the radius.
func (s *Studio) alike(tx store.Txn, titleID string, hash uint64, visit func(look)) error {
	return s.r.takes.Keys(tx, "hash", store.K().ID(titleID), func(key store.Key, id string) error {
		if len(key) < 16 {
			return fmt.Errorf("reading the look of a take: %w", store.ErrDamaged)
		}
		tail := key[len(key)-16:]
		if d := assets.Distance(hash, binary.BigEndian.Uint64(tail)); d <= nearRadius {
			visit(look{id: id, at: int64(binary.BigEndian.Uint64(tail[8:])), distance: d})
		}
		return nil
	})
}

// NearTakes lists the takes of the same title that look almost like this one, the nearest first.
func (s *Studio) NearTakes(ctx context.Context, by Actor, id string) ([]NearRow, error) {
	out := []NearRow{}
	err := s.view(ctx, func(tx store.Txn) error {
		t, err := s.takeFor(tx, by, id, ViewTitle)
		if err != nil {
			return err
		}
		hash, ok := assets.ParseHash(t.Media.Hash)
		if !ok {
			return nil
		}
		var near []look
		err = s.alike(tx, t.TitleID, hash, func(l look) {
			if l.id != t.ID {
				near = append(near, l)
			}
		})
		if err != nil {
			return err
		}
		slices.SortFunc(near, func(a, b look) int {
			return cmp.Or(a.distance-b.distance, cmp.Compare(b.at, a.at), cmp.Compare(a.id, b.id))
		})
		out, err = s.nearRows(tx, near[:min(len(near), nearMost)])
		return err
	})
	return out, err
}

func (s *Studio) nearRows(tx store.Txn, near []look) ([]NearRow, error) {
	out := []NearRow{}
	for _, l := range near {
		t, err := found(s.r.takes.Get(tx, l.id))("take")
		if err != nil {
			return nil, err
		}
		x, err := found(s.r.shots.Get(tx, t.ShotID))("shot")
		if err != nil {
			return nil, err
		}
		out = append(out, NearRow{TakeID: t.ID, ShotID: x.ID, ShotLabel: x.Label, Number: t.Number, Distance: l.distance})
	}
	return out, nil
}

// freshNear makes true what a take remembers of its like, which may have moved to another shot or be gone.
func (s *Studio) freshNear(tx store.Txn, t *Take) error {
	if t.Near == nil {
		return nil
	}
	like, err := s.r.takes.Get(tx, t.Near.TakeID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("reading the like of a take: %w", err)
	}
	if err != nil || like.Deleted != nil || like.TitleID != t.TitleID {
		t.Near = nil
		return nil
	}
	t.Near = &Near{TakeID: like.ID, ShotID: like.ShotID, Number: like.Number, Distance: t.Near.Distance}
	return nil
}

// kin is what the search found for one take: the nearest that came before it, and those that came after it.
type kin struct {
	earlier *look
	later   []look
}

// kinOf looks for the like of a take.
func (s *Studio) kinOf(tx store.Txn, t *Take, hash uint64) (kin, error) {
	var k kin
	mine := t.Created.UnixNano()
	err := s.alike(tx, t.TitleID, hash, func(l look) {
		switch {
		case l.id == t.ID:
		case l.at < mine || l.at == mine && l.id < t.ID:
			if k.earlier == nil || l.distance < k.earlier.distance || l.distance == k.earlier.distance && l.at > k.earlier.at {
				k.earlier = &l
			}
		case len(k.later) < nearLater:
			k.later = append(k.later, l)
		}
	})
	return k, err
}

// workedLook is worked for a content that has got its look. The search walks over a whole title, so it is done
// before the transaction that writes; one at a time, so that of two alike one sees the other.
func (s *Studio) workedLook(ctx context.Context, sha string, out outcome) error {
	hash, ok := assets.ParseHash(out.hash)
	if !ok {
		out.hash = ""
		return s.worked(ctx, sha, out)
	}
	s.likes.Lock()
	defer s.likes.Unlock()
	found := map[string]kin{}
	err := s.view(ctx, func(tx store.Txn) error {
		return s.r.takes.Each(tx, "media", store.K().Text(sha), func(t *Take) error {
			k, err := s.kinOf(tx, t, hash)
			found[t.ID] = k
			return err
		})
	})
	if err != nil {
		return err
	}
	return s.update(ctx, Actor{}, func(c *change) error {
		if _, err := c.worked(sha, out); err != nil {
			return err
		}
		var takes []*Take
		err := s.r.takes.Each(c.tx, "media", store.K().Text(sha), func(t *Take) error {
			takes = append(takes, t)
			return nil
		})
		for _, t := range takes {
			if err == nil {
				err = c.setLook(t, out.hash, found[t.ID])
			}
		}
		return err
	})
}

// setLook writes how a take looks and what it looks like, and tells the later ones that look like it.
func (c *change) setLook(t *Take, hash string, k kin) error {
	was := *t
	t.Media.Hash, t.Near = hash, nil
	if k.earlier != nil {
		t.Near = &Near{TakeID: k.earlier.id, Distance: k.earlier.distance}
	}
	if was.Media.Hash != t.Media.Hash || !sameNear(was.Near, t.Near) {
		if err := c.s.r.takes.Put(c.tx, t); err != nil {
			return fmt.Errorf("recording the look of a take: %w", err)
		}
	}
	if t.Deleted != nil {
		return nil
	}
	for _, l := range k.later {
		other, err := c.s.r.takes.Get(c.tx, l.id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading the like of a take: %w", err)
		}
		if other.Near != nil && other.Near.Distance <= l.distance {
			continue
		}
		other.Near = &Near{TakeID: t.ID, Distance: l.distance}
		if err := c.s.r.takes.Put(c.tx, other); err != nil {
			return fmt.Errorf("recording the like of a take: %w", err)
		}
	}
	return nil
}

func sameNear(a, b *Near) bool {
	return a == b || a != nil && b != nil && a.TakeID == b.TakeID && a.Distance == b.Distance
}
