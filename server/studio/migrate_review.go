package studio

import (
	"fmt"
	"time"

	"chouka/store"
)

// migrate2 brings a store to review: takes know when they were first seen and shortlisted, picks how many draws they
// took, and the counters of the funnel are there. What was not noted at the time is taken from what was: the last
// judgement, the picks and the attempts that are still there.
func migrate2(tx store.Txn, r records) error {
	if err := r.takes.All(tx, func(t *Take) error { return markJudged(tx, r, t) }); err != nil {
		return fmt.Errorf("marking judged takes: %w", err)
	}
	if err := r.shots.All(tx, func(x *Shot) error { return markPicks(tx, r, x) }); err != nil {
		return fmt.Errorf("marking picks: %w", err)
	}
	if err := r.titles.All(tx, func(t *Title) error { return r.clearSums(tx, t.ID) }); err != nil {
		return fmt.Errorf("emptying the counters of titles: %w", err)
	}
	if err := r.shots.All(tx, func(x *Shot) error { return countAnew(tx, r, x) }); err != nil {
		return fmt.Errorf("counting the work on shots anew: %w", err)
	}
	return nil
}

// markJudged notes for a take that was judged when that was.
func markJudged(tx store.Txn, r records, t *Take) error {
	if t.JudgedAt == nil {
		return nil
	}
	t.look(t.JudgedBy, *t.JudgedAt)
	t.advance(t.JudgedBy, *t.JudgedAt)
	return r.takes.Put(tx, t)
}

// markPicks counts the draws up to every pick that a shot ever had, and notes for the picked takes that they were seen.
func markPicks(tx store.Txn, r records, x *Shot) error {
	var rows []*PickRow
	err := r.picks.Each(tx, "shot", store.K().ID(x.ID), func(p *PickRow) error {
		p.Pick.Draws = 0
		rows = append(rows, p)
		return nil
	})
	if err != nil || len(rows) == 0 {
		return err
	}
	err = r.attempts.Each(tx, "shot", store.K().ID(x.ID), func(a *Attempt) error {
		for _, p := range rows {
			if !a.Created.After(p.Pick.At) {
				p.Pick.Draws++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range rows {
		p.Pick.Draws = max(p.Pick.Draws, 1) // that of the picked take, whatever the clocks say
		if err := r.picks.Put(tx, p); err != nil {
			return err
		}
		if err := markPicked(tx, r, p.Pick.TakeID, p.Pick.By, p.Pick.At); err != nil {
			return err
		}
		if p.Ended == nil && x.Pick != nil {
			x.Pick.Draws = p.Pick.Draws
		}
	}
	if x.Pick == nil {
		return nil
	}
	return r.shots.Put(tx, x)
}

// markPicked notes that a take was seen when it was picked, unless it was before.
func markPicked(tx store.Txn, r records, id, by string, at time.Time) error {
	t, err := r.takes.Get(tx, id)
	if err != nil {
		return fmt.Errorf("reading a pick: %w", err)
	}
	if t.SeenAt != nil && !at.Before(*t.SeenAt) {
		return nil
	}
	t.SeenBy, t.SeenAt = by, &at
	return r.takes.Put(tx, t)
}

// clearSums brings an owner's counters of the funnel back to nought.
func (r records) clearSums(tx store.Txn, owner string) error {
	have, err := r.keptSums(tx, owner)
	if err != nil {
		return err
	}
	return r.countSums(tx, owner, have, -1)
}

// countAnew counts the work on a shot anew, for it and for its episode and title.
func countAnew(tx store.Txn, r records, x *Shot) error {
	if err := r.clearSums(tx, x.ID); err != nil {
		return err
	}
	y, err := r.sumsOf(tx, x)
	if err != nil {
		return err
	}
	for _, o := range x.owners() {
		if err := r.countSums(tx, o, y, 1); err != nil {
			return err
		}
	}
	if x.Deleted != nil {
		return nil
	}
	draws := sums{}
	draws.add(drawsCounts(x), 1)
	if err := r.countSums(tx, x.TitleID, draws, 1); err != nil {
		return err
	}
	_, err = r.counts.Add(tx, countKey(x.EpisodeID, "shots"), 1)
	return err
}
