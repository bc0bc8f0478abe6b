package studio

import (
	"context"

	"chouka/store"
)

// decides reports whether an activity is a decision on a shot or its takes. Only these are found by their shot, so that
// the many others, of attempts above all, cost nothing more.
func (a *audit) decides() bool {
	if a.ShotID == "" {
		return false
	}
	switch a.Verb {
	case "take.picked", "take.replaced", "take.unpicked", "take.judged", "shot.locked", "shot.unlocked", "shot.rework":
		return true
	}
	return false
}

// Decisions lists who decided what on a shot and when: picks, marks, locks, reworks, newest first.
func (s *Studio) Decisions(ctx context.Context, by Actor, shotID string, p Page) (List[Activity], error) {
	p.Reverse = true
	out := List[Activity]{Items: []Activity{}}
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := s.shotFor(tx, by, shotID, ViewTitle); err != nil {
			return err
		}
		got, err := s.r.activity.List(tx, "shot", store.K().ID(shotID), p)
		out.Next = got.Next
		for _, a := range got.Items {
			out.Items = append(out.Items, a.Activity)
		}
		return err
	})
	return out, err
}
