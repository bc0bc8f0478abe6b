package studio

import (
	"context"
	"io"

	"chouka/store"
)

// seenAttempt reads an attempt that the actor may see, a deleted one too.
func (s *Studio) seenAttempt(tx store.Txn, by Actor, id string) (*Attempt, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	a, err := found(s.r.attempts.Get(tx, id))("attempt")
	if err != nil {
		return nil, err
	}
	return a, by.must(ViewTitle, a.TitleID, "attempt")
}

// Attempt gives one attempt with the one before it on its shot.
func (s *Studio) Attempt(ctx context.Context, by Actor, id string) (AttemptDetail, error) {
	var out AttemptDetail
	err := s.view(ctx, func(tx store.Txn) error {
		a, err := s.seenAttempt(tx, by, id)
		if err != nil {
			return err
		}
		if out, err = s.attemptDetail(tx, by, a); err != nil {
			return err
		}
		before, err := s.r.attempts.ListRange(tx, "shot", store.K().ID(a.ShotID), store.K().ID(a.ShotID).Int(a.Number), Page{Limit: 1, Reverse: true})
		if err != nil || len(before.Items) == 0 {
			return err
		}
		row, err := s.attemptRow(tx, before.Items[0])
		out.Previous = &row
		return err
	})
	return out, err
}

func (s *Studio) attemptDetail(tx store.Txn, by Actor, a *Attempt) (AttemptDetail, error) {
	var out AttemptDetail
	x, err := found(s.r.shots.Get(tx, a.ShotID))("shot")
	if err != nil {
		return out, err
	}
	out.ShotLabel = x.Label
	who, err := s.r.people.GetMany(tx, []string{a.Operator})
	if err != nil {
		return out, err
	}
	if who[0] != nil {
		out.OperatorName = who[0].Name
	}
	if out.Row, err = s.attemptRow(tx, a); err != nil {
		return out, err
	}
	var shas []string
	for _, t := range out.Row.Takes {
		shas = append(shas, t.Media.SHA256)
	}
	out.Row.Elsewhere, err = s.elsewhere(tx, by, a.ShotID, shas)
	return out, err
}

// AddBeside keeps a file beside an attempt, byte for byte, and fills with what it says what is still empty.
func (s *Studio) AddBeside(ctx context.Context, by Actor, id, name string, r io.Reader) (AttemptRow, error) {
	err := s.view(ctx, func(tx store.Txn) error {
		_, err := s.openAttempt(tx, by, id)
		return err
	})
	if err != nil {
		return AttemptRow{}, err
	}
	k, err := s.keepBeside(ctx, by, name, r)
	if err != nil {
		return AttemptRow{}, err
	}
	return create(ctx, s, by, func(c *change) (AttemptRow, error) {
		a, err := s.openAttempt(c.tx, by, id)
		if err != nil {
			return AttemptRow{}, err
		}
		x, err := found(s.r.shots.Get(c.tx, a.ShotID))("shot")
		if err != nil {
			return AttemptRow{}, err
		}
		if len(a.Beside) >= maxBeside {
			return AttemptRow{}, conflict("attempt.full", "一次抽卡旁边最多 %d 个文件", "at most %d files are kept beside an attempt", maxBeside)
		}
		had := len(a.Beside)
		if err := c.extend(x, a, nil, incoming{beside: []Kept{k}}); err != nil {
			return AttemptRow{}, err
		}
		row, err := s.attemptRow(c.tx, a)
		row.Duplicate = len(a.Beside) == had
		return row, err
	})
}

// openAttempt is attemptFor of one that is not deleted.
func (s *Studio) openAttempt(tx store.Txn, by Actor, id string) (*Attempt, error) {
	a, err := s.attemptFor(tx, by, id)
	if err == nil && a.Deleted != nil {
		return nil, unknown("attempt")
	}
	return a, err
}

// BesideFile opens a file that is kept beside an attempt.
func (s *Studio) BesideFile(ctx context.Context, by Actor, id, sha string) (*File, error) {
	var b *Beside
	err := s.view(ctx, func(tx store.Txn) error {
		a, err := s.seenAttempt(tx, by, id)
		if err != nil {
			return err
		}
		for i := range a.Beside {
			if a.Beside[i].SHA256 == sha {
				b = &a.Beside[i]
				return nil
			}
		}
		return unknown("beside")
	})
	if err != nil {
		return nil, err
	}
	return s.openBeside(*b)
}
