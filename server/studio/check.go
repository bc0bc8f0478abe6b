package studio

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"chouka/store"
)

// Check compares what is kept twice: every index with its records, every
// counter with what it counts, every shot's pick with its history. It reads
// everything and is meant for verify, restore and tests.
func (s *Studio) Check(ctx context.Context) ([]store.Problem, error) {
	problems, err := store.Check(ctx, s.engine, Schema())
	if err != nil {
		return nil, fmt.Errorf("checking indexes: %w", err)
	}
	err = s.engine.View(ctx, func(tx store.Txn) error {
		r := recount{s: s, tx: tx, want: map[string]int64{}, funnels: map[string]sums{}}
		if err := r.all(); err != nil {
			return err
		}
		problems = append(problems, r.problems...)
		return nil
	})
	return problems, err
}

// Digest is the SHA-256 over every record of the studio: two studios with the same digest hold the same.
func (s *Studio) Digest(ctx context.Context) (store.Sum, error) {
	return store.Digest(ctx, s.engine, Schema())
}

// recount counts everything anew.
type recount struct {
	s        *Studio
	tx       store.Txn
	want     map[string]int64 // owner, NUL, what
	funnels  map[string]sums  // of titles and episodes; a shot's are compared at once
	problems []store.Problem
}

func (r *recount) add(what string, owners ...string) {
	for _, o := range owners {
		r.want[o+"\x00"+what]++
	}
}

func (r *recount) wrong(where, format string, args ...any) {
	r.problems = append(r.problems, store.Problem{Where: where, What: fmt.Sprintf(format, args...)})
}

func (r *recount) all() error {
	for _, step := range []func() error{r.outline, r.elements, r.places, r.shots, r.attempts, r.takes, r.costs, r.notes, r.sheets, r.holders, r.works, r.pages, r.figures, r.compare} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *recount) outline() error {
	err := r.s.r.episodes.All(r.tx, func(e *Episode) error {
		if !e.Archived {
			r.add("episodes", e.TitleID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.s.r.scenes.All(r.tx, func(x *Scene) error {
		if !x.Archived {
			r.add("scenes", x.TitleID)
		}
		return nil
	})
}

func (r *recount) shots() error {
	var all []*Shot
	err := r.s.r.shots.All(r.tx, func(x *Shot) error {
		all = append(all, x)
		return nil
	})
	for _, x := range all {
		if err != nil {
			return err
		}
		if x.Deleted == nil {
			r.add("shots", x.TitleID, x.EpisodeID, x.SceneID)
			if x.State == ShotToReview {
				r.add("to_review", x.TitleID)
			}
			if x.Pick != nil {
				r.add(countPicked, x.SceneID)
			}
		}
		r.want[x.ID+"\x00notes"] += 0
		err = errors.Join(r.pick(x), r.funnel(x))
	}
	return err
}

// pick checks that a shot's history has exactly one open line, for its current pick.
func (r *recount) pick(x *Shot) error {
	open := 0
	err := r.s.r.picks.Each(r.tx, "shot", store.K().ID(x.ID), func(p *PickRow) error {
		if p.Ended == nil {
			open++
			if x.Pick == nil || x.Pick.TakeID != p.Pick.TakeID {
				r.wrong("shot "+x.ID, "an open pick that is not the current one")
			}
		}
		return nil
	})
	if want := map[bool]int{true: 1}[x.Pick != nil]; open != want {
		r.wrong("shot "+x.ID, "%d open picks, not %d", open, want)
	}
	if x.Pick != nil {
		if t, err := r.s.r.takes.Get(r.tx, x.Pick.TakeID); err != nil || t.SeenAt == nil || t.Deleted != nil {
			r.wrong("shot "+x.ID, "a pick that is gone or was never seen")
		}
	}
	if picked := x.State == ShotPicked || x.State == ShotLocked; picked != (x.Pick != nil) {
		r.wrong("shot "+x.ID, "state %s with pick %t", x.State, x.Pick != nil)
	}
	return err
}

func (r *recount) attempts() error {
	return r.s.r.attempts.All(r.tx, func(a *Attempt) error {
		if a.Deleted == nil {
			r.add(dayCount(a.Day, "attempts"), a.Operator)
			if a.Cost.Amount != 0 {
				r.want[a.TitleID+"\x00"+drawCost(a.Cost.Currency)] += a.Cost.Amount
			}
		}
		return nil
	})
}

func (r *recount) takes() error {
	days, firsts := map[string]string{}, map[string]int{}
	err := r.s.r.attempts.All(r.tx, func(a *Attempt) error {
		days[a.ID] = a.Day
		return nil
	})
	if err != nil {
		return err
	}
	err = r.s.r.takes.All(r.tx, func(t *Take) error {
		if t.Deleted == nil {
			firsts[t.AttemptID] += map[bool]int{true: 1}[t.Place == 0]
			r.stages(t)
			r.add(dayCount(days[t.AttemptID], "takes"), t.Operator)
		}
		return nil
	})
	for id, n := range firsts {
		if n != 1 { // the counter "returned" goes by it
			r.wrong("attempt "+id, "%d of its results are the first", n)
		}
	}
	return err
}

// stages checks that a take has been through what its verdict says.
func (r *recount) stages(t *Take) {
	if t.SeenAt == nil && t.Verdict != Unseen || t.ShortlistedAt == nil && t.Verdict == Shortlisted {
		r.wrong("take "+t.ID, "is %s but was never marked so", t.Verdict)
	}
}

// funnel counts the work on a shot anew and adds it to what its title and its episode should have.
func (r *recount) funnel(x *Shot) error {
	want, err := r.s.r.sumsOf(r.tx, x)
	if errors.Is(err, store.ErrNotFound) {
		r.wrong("shot "+x.ID, "a take of no attempt")
		return nil
	}
	if err != nil {
		return err
	}
	for _, o := range x.owners() {
		if o != x.ID {
			r.sums(o).merge(want)
		}
	}
	r.sums(x.TitleID).add(drawsCounts(x), 1)
	return r.compareSums(x.ID, want)
}

func (r *recount) sums(owner string) sums {
	if r.funnels[owner] == nil {
		r.funnels[owner] = sums{}
	}
	return r.funnels[owner]
}

// compareSums looks up both ways: what should be there, and what should not.
func (r *recount) compareSums(owner string, want sums) error {
	have, err := r.s.r.keptSums(r.tx, owner)
	if err != nil {
		return err
	}
	for k := range have {
		want[k] += 0
	}
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if have[k] != want[k] {
			parts, _ := store.Key(k).Texts()
			r.wrong("counter "+strings.Join(parts, " ")+" of "+owner, "says %d where there are %d", have[k], want[k])
		}
	}
	return nil
}

// notes counts the open notes of shots and checks that each note is where its take is.
func (r *recount) notes() error {
	return r.s.r.notes.All(r.tx, func(n *keptNote) error {
		if on := n.countedOn(); on != "" {
			r.add("notes", on)
		}
		takes, err := r.s.r.takes.GetMany(r.tx, []string{n.TakeID})
		if err != nil {
			return err
		}
		switch t := takes[0]; {
		case t == nil:
			r.wrong("note "+n.ID, "on a take that is not there")
		case n.ShotID != t.ShotID || n.TitleID != t.TitleID:
			r.wrong("note "+n.ID, "on shot %s of title %s, its take on %s of %s", n.ShotID, n.TitleID, t.ShotID, t.TitleID)
		case (n.TakeGone == nil) != (t.Deleted == nil):
			r.wrong("note "+n.ID, "its take is deleted or not, and it does not know")
		}
		return r.answer(n)
	})
}

// answer checks that an answer is one to a note of its take, and not there without it.
func (r *recount) answer(n *keptNote) error {
	if n.Parent == "" {
		return nil
	}
	to, err := r.s.r.notes.GetMany(r.tx, []string{n.Parent})
	if err != nil {
		return err
	}
	switch p := to[0]; {
	case p == nil || p.Parent != "" || p.TakeID != n.TakeID:
		r.wrong("note "+n.ID, "an answer to what is no note of its take")
	case p.Deleted != nil && n.Deleted == nil:
		r.wrong("note "+n.ID, "an answer to a deleted note is not deleted")
	}
	return nil
}

func (r *recount) works() error {
	for _, what := range workCounts() {
		r.want[workOwner+"\x00"+what] += 0
	}
	return r.s.r.media.All(r.tx, func(w *mediaWork) error {
		for _, what := range w.counted() {
			r.add(what, workOwner)
		}
		return nil
	})
}

// compare looks every counted figure up, and every title's that should be nought.
func (r *recount) compare() error {
	err := r.s.r.titles.All(r.tx, func(t *Title) error {
		r.want[t.ID+"\x00"+countElements] += 0
		for _, currency := range drawCosts() {
			r.want[t.ID+"\x00"+drawCost(currency)] += 0
		}
		for _, what := range boardCounts() {
			if !slices.Contains(funnelCounts(), what) {
				r.want[t.ID+"\x00"+what] += 0
			}
		}
		return r.compareSums(t.ID, r.sums(t.ID))
	})
	if err != nil {
		return err
	}
	err = r.s.r.episodes.All(r.tx, func(e *Episode) error {
		r.want[e.ID+"\x00shots"] += 0
		return r.compareSums(e.ID, r.sums(e.ID))
	})
	if err != nil {
		return err
	}
	for key, want := range r.want {
		owner, what, _ := strings.Cut(key, "\x00")
		have, err := r.s.r.counts.Value(r.tx, countKey(owner, what))
		if err != nil {
			return err
		}
		if have != want {
			r.wrong("counter "+what+" of "+owner, "says %d where there are %d", have, want)
		}
	}
	return nil
}
