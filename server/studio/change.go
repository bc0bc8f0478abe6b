package studio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"chouka/store"
)

// change is one business step: one transaction, one actor, one instant. What
// it notes becomes the activity, written with it and published after the commit.
type change struct {
	tx  store.Txn
	s   *Studio
	by  Actor
	now time.Time
	log []Activity
	// turning is undo or redo while an act is taken back or done again; activities are marked with it.
	turning string
}

// update runs fn in exactly one transaction. The engine may run it again, so
// fn changes nothing outside that a second run would not set anew.
func (s *Studio) update(ctx context.Context, by Actor, fn func(*change) error) error {
	c := &change{s: s, by: by}
	err := s.engine.Update(ctx, func(tx store.Txn) error {
		c.tx, c.now, c.log, c.turning = tx, s.now(), nil, ""
		return fn(c)
	})
	if err != nil {
		return told(err)
	}
	s.hub.publish(c.log)
	return nil
}

// create is update for calls that make something. With an Idempotency-Key the
// first answer is kept in the same transaction and given again to the same
// call; the same key with another body is refused.
func create[T any](ctx context.Context, s *Studio, by Actor, fn func(*change) (T, error)) (T, error) {
	var out T
	err := s.update(ctx, by, func(c *change) error {
		var zero T
		out = zero
		kept, err := c.answered(&out)
		if kept || err != nil {
			return err
		}
		if out, err = fn(c); err != nil {
			return err
		}
		return c.keepAnswer(out)
	})
	return out, err
}

// once is the kept answer of a creating call.
type once struct {
	store.Meta
	PersonID string          `json:"person_id"`
	Key      string          `json:"key"`
	Hash     string          `json:"hash"`
	Answer   json.RawMessage `json:"answer"`
}

func (c *change) answered(out any) (bool, error) {
	if c.by.Once.Key == "" {
		return false, nil
	}
	o, err := c.s.r.onces.By(c.tx, "key", store.K().ID(c.by.Person.ID).Text(c.by.Once.Key))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking for an earlier answer: %w", err)
	}
	if o.Hash != c.by.Once.Hash {
		return true, refuse(Invalid, "once.mismatch", "这个 Idempotency-Key 已用于另一个请求，请换一个", "this Idempotency-Key was used for another request; take a new one")
	}
	return true, json.Unmarshal(o.Answer, out)
}

func (c *change) keepAnswer(answer any) error {
	if c.by.Once.Key == "" {
		return nil
	}
	b, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("keeping the answer: %w", err)
	}
	return c.s.r.onces.Insert(c.tx, &once{Meta: c.meta(), PersonID: c.by.Person.ID, Key: c.by.Once.Key, Hash: c.by.Once.Hash, Answer: b})
}

// meta is the head of a new record.
func (c *change) meta() store.Meta {
	return store.Meta{ID: c.s.ids(), Created: c.now, Updated: c.now}
}

// count moves a counter of an owner (a title, a shot, a person's day).
func (c *change) count(owner, what string, delta int64) (int64, error) {
	n, err := c.s.r.counts.Add(c.tx, countKey(owner, what), delta)
	if err != nil {
		return 0, fmt.Errorf("counting %s: %w", what, err)
	}
	return n, nil
}

func countKey(owner, what string) store.Key { return store.K().ID(owner).Text(what) }

// countAll moves the same counter of several owners.
func (c *change) countAll(what string, delta int64, owners ...string) error {
	for _, o := range owners {
		if _, err := c.count(o, what, delta); err != nil {
			return err
		}
	}
	return nil
}
