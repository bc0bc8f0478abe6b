package studio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"

	"chouka/assets"
	"chouka/store"
)

// rereadPage is how many attempts are read anew before the next are looked up.
const rereadPage = 20

// The counters of reading anew, by the version of the reader that does it.

func readingTotal() string { return "reading_total v" + strconv.Itoa(assets.ReaderVersion) }
func readingDone() string  { return "reading_done v" + strconv.Itoa(assets.ReaderVersion) }

// olderThan is the part of the index of readers that this reader still has to go through.
func olderThan(version int) (from, to store.Key) {
	return store.K().Int(1), store.K().Int(int64(version))
}

// rereadAll goes once through every attempt that an older reader filled. It goes on where it was stopped: what is done
// has left the index. A file that cannot be read stays for the next start.
func (s *Studio) rereadAll(ctx context.Context) error {
	if err := s.countOlder(ctx); err != nil {
		return err
	}
	from, to := olderThan(assets.ReaderVersion)
	for p := (Page{Limit: rereadPage}); ; {
		var page store.List[Attempt]
		err := s.view(ctx, func(tx store.Txn) (err error) {
			page, err = s.r.attempts.ListRange(tx, "reader", from, to, p)
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range page.Items {
			if err := s.reread(ctx, a); err != nil {
				if ctx.Err() != nil {
					return nil
				}
				s.log.Error("reading the files of an attempt anew", "attempt", a.ID, "err", err)
			}
		}
		if p.After = page.Next; p.After == "" {
			return nil
		}
	}
}

// countOlder sets how many attempts there are to go through, counted anew at each start so that the progress shown is true.
func (s *Studio) countOlder(ctx context.Context) error {
	left := int64(0)
	err := s.view(ctx, func(tx store.Txn) error {
		left = 0
		for v := 1; v < assets.ReaderVersion; v++ {
			err := s.r.attempts.Keys(tx, "reader", store.K().Int(int64(v)), func(store.Key, string) error {
				left++
				return ctx.Err()
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.update(ctx, Actor{}, func(c *change) error {
		n, err := s.r.counts.Values(c.tx, []store.Key{countKey(workOwner, readingTotal()), countKey(workOwner, readingDone())})
		if err != nil || n[0] == n[1]+left {
			return err
		}
		_, err = c.count(workOwner, readingTotal(), n[1]+left-n[0])
		return err
	})
}

// reread reads the files of an attempt, outside of any transaction, and then refills what files had filled.
func (s *Studio) reread(ctx context.Context, a *Attempt) error {
	var takes []*Take
	err := s.view(ctx, func(tx store.Txn) error {
		page, err := s.r.takes.List(tx, "attempt", store.K().ID(a.ID), Page{Limit: store.MaxPage})
		takes = page.Items
		return err
	})
	if err != nil {
		return err
	}
	var all []said
	byTake := map[string]assets.Saying{}
	for _, t := range takes {
		if err := ctx.Err(); err != nil {
			return err
		}
		x, err := s.library.Read(t.Media.SHA256, t.Media.hint(t.File))
		if err != nil {
			return err
		}
		all, byTake[t.ID] = append(all, said{x, "file"}), x
	}
	for _, b := range a.Beside {
		x, err := s.readBeside(b)
		if err != nil {
			return err
		}
		all = append(all, said{x, "beside"})
	}
	return s.update(ctx, Actor{}, func(c *change) error { return c.refilled(a.ID, all, byTake) })
}

// readBeside reads what lies beside the results of an attempt.
func (s *Studio) readBeside(b Beside) (assets.Saying, error) {
	if b.Kind == "picture" {
		return s.library.Read(b.SHA256, assets.Hint{Name: b.Name})
	}
	f, err := s.library.Open(b.SHA256)
	if err != nil {
		return assets.Saying{}, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, BesideLimit))
	if err != nil {
		return assets.Saying{}, fmt.Errorf("reading what lies beside: %w", err)
	}
	return assets.ReadBeside(b.Name, raw), nil
}

// refilled writes what the newer reader found. A file that came meanwhile was read by it already.
func (c *change) refilled(id string, all []said, byTake map[string]assets.Saying) error {
	a, err := c.s.r.attempts.Get(c.tx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading an attempt: %w", err)
	}
	if a.readBy() >= assets.ReaderVersion {
		return nil
	}
	before, sources := a.Generation, len(a.Sources)
	refill(a, all)
	if err := c.putAttempt(a); err != nil {
		return err
	}
	told, err := c.tellTakes(a.ID, byTake)
	if err != nil {
		return err
	}
	if _, err := c.count(workOwner, readingDone(), 1); err != nil {
		return err
	}
	if a.Deleted != nil || !told && a.Generation == before && len(a.Sources) == sources {
		return nil
	}
	return c.note(event{Verb: "attempt.reread", Kind: "attempt", Object: a.ID, TitleID: a.TitleID, ShotID: a.ShotID,
		Params: map[string]string{"number": strconv.FormatInt(a.Number, 10)}})
}

// tellTakes sets label, claim and generator of the takes anew and reports whether any changed.
func (c *change) tellTakes(attemptID string, byTake map[string]assets.Saying) (bool, error) {
	page, err := c.s.r.takes.List(c.tx, "attempt", store.K().ID(attemptID), Page{Limit: store.MaxPage})
	if err != nil {
		return false, err
	}
	changed := false
	for _, t := range page.Items {
		x, read := byTake[t.ID]
		if !read {
			continue
		}
		was := *t
		t.Label, t.Claim = nil, nil
		t.tell(x)
		if reflect.DeepEqual(was, *t) {
			continue
		}
		changed = true
		if err := c.s.r.takes.Put(c.tx, t); err != nil {
			return false, fmt.Errorf("telling a take what its file says: %w", err)
		}
	}
	return changed, nil
}
