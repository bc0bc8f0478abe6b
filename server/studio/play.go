package studio

import (
	"context"
	"fmt"

	"chouka/server/studio/script"
	"chouka/store"
)

// Play is an episode as its picks stand: scene after scene, shot after shot.
type Play struct {
	TitleID    string      `json:"title_id"`
	Title      string      `json:"title"`
	FirstFrame int         `json:"first_frame"`
	Episode    Episode     `json:"episode"`
	Scenes     []PlayScene `json:"scenes"`
	Previous   string      `json:"previous,omitempty"` // episode ids
	Next       string      `json:"next,omitempty"`
}

// PlayScene is one scene with its shots in order.
type PlayScene struct {
	ID      string        `json:"id"`
	Label   string        `json:"label"`
	Heading string        `json:"heading"`
	Lines   []script.Line `json:"lines"` // for the slate of a shot without a pick
	Shots   []PlayShot    `json:"shots"`
}

// PlayShot is a shot with its pick, or without one.
type PlayShot struct {
	Shot  Shot  `json:"shot"`
	Take  *Take `json:"take,omitempty"` // the current pick
	Takes int64 `json:"takes"`
}

// Play lists an episode's shots in order with their picks. A scene that the script no longer has is there as long as it
// has shots.
func (s *Studio) Play(ctx context.Context, by Actor, episodeID string) (Play, error) {
	if err := by.here(); err != nil {
		return Play{}, err
	}
	var out Play
	err := s.view(ctx, func(tx store.Txn) error {
		e, err := found(s.r.episodes.Get(tx, episodeID))("episode")
		if err != nil {
			return err
		}
		if err := by.must(ViewTitle, e.TitleID, "episode"); err != nil {
			return err
		}
		t, err := found(s.r.titles.Get(tx, e.TitleID))("title")
		if err != nil {
			return err
		}
		out = Play{TitleID: t.ID, Title: t.Name, FirstFrame: t.FirstFrame, Episode: *e}
		if out.Scenes, err = s.playScenes(tx, e); err != nil {
			return err
		}
		out.Previous, out.Next, err = s.episodesBeside(tx, e)
		return err
	})
	return out, err
}

func (s *Studio) playScenes(tx store.Txn, e *Episode) ([]PlayScene, error) {
	part := store.K().ID(e.TitleID).Int(int64(e.Number))
	var shots []*Shot
	err := s.r.shots.Each(tx, "title", part, func(x *Shot) error {
		shots = append(shots, x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing an episode's shots: %w", err)
	}
	played, err := s.playShots(tx, shots)
	if err != nil {
		return nil, err
	}
	byScene := map[string][]PlayShot{}
	for _, x := range played {
		byScene[x.Shot.SceneID] = append(byScene[x.Shot.SceneID], x)
	}
	out := []PlayScene{}
	err = s.r.scenes.Each(tx, "order", part, func(x *Scene) error {
		if shots := byScene[x.ID]; !x.Archived || len(shots) > 0 {
			out = append(out, PlayScene{ID: x.ID, Label: x.Label, Heading: x.Heading, Lines: x.Lines, Shots: shots})
		}
		return nil
	})
	return out, err
}

// playShots adds to shots their picks and how many takes they have: one read of takes and one of counters for all.
func (s *Studio) playShots(tx store.Txn, shots []*Shot) ([]PlayShot, error) {
	out := make([]PlayShot, len(shots))
	var keys []store.Key
	for i, x := range shots {
		out[i].Shot = *x
		keys = append(keys, countKey(x.ID, "takes"))
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading shots' counters: %w", err)
	}
	picks, err := s.pickedTakes(tx, shots)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Takes, out[i].Take = n[i], picks[i]
	}
	return out, nil
}

// pickedTakes reads the current picks of shots as they are now, nil where there is none.
func (s *Studio) pickedTakes(tx store.Txn, shots []*Shot) ([]*Take, error) {
	ids := make([]string, len(shots))
	for i, x := range shots {
		if x != nil && x.Pick != nil {
			ids[i] = x.Pick.TakeID
		}
	}
	out, err := s.r.takes.GetMany(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading picked takes: %w", err)
	}
	for _, t := range out {
		if t != nil {
			if err := s.freshTake(tx, t); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// episodesBeside are the episodes before and behind by number, without those that the script no longer has and that have
// no shots either.
func (s *Studio) episodesBeside(tx store.Txn, e *Episode) (before, behind string, err error) {
	err = s.r.episodes.Each(tx, "number", store.K().ID(e.TitleID), func(o *Episode) error {
		if o.ID == e.ID {
			return nil
		}
		if o.Archived {
			shots, _, err := s.r.shots.IDs(tx, "title", store.K().ID(o.TitleID).Int(int64(o.Number)), Page{Limit: 1})
			if err != nil || len(shots) == 0 {
				return err
			}
		}
		if o.Number > e.Number {
			behind = o.ID
			return store.ErrStop
		}
		before = o.ID
		return nil
	})
	return before, behind, err
}
