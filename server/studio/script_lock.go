package studio

import (
	"context"
	"fmt"
)

// LockEpisode keeps an episode from every import, or opens it again.
func (s *Studio) LockEpisode(ctx context.Context, by Actor, id string, locked bool) (Episode, error) {
	var out Episode
	err := s.update(ctx, by, func(c *change) error {
		if err := by.here(); err != nil {
			return err
		}
		e, err := found(s.r.episodes.Get(c.tx, id))("episode")
		if err != nil {
			return err
		}
		if err := by.must(ImportScript, e.TitleID, "episode"); err != nil {
			return err
		}
		if e.Locked == locked {
			out = *e
			return nil
		}
		e.Locked, e.Updated = locked, c.now
		if err := s.r.episodes.Put(c.tx, e); err != nil {
			return fmt.Errorf("locking an episode: %w", err)
		}
		out = *e
		verb := "episode.unlocked"
		if locked {
			verb = "episode.locked"
		}
		return c.note(event{Verb: verb, Kind: "episode", Object: e.ID, TitleID: e.TitleID, Params: map[string]string{"label": fmt.Sprintf("E%02d", e.Number)}})
	})
	return out, err
}
