package studio

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"chouka/store"
)

// funnelGroups bounds how many models and how many operators a funnel lists; those with the fewest takes are left out.
const funnelGroups = 500

// TitleFunnel gives the funnel of a title, from counters alone.
func (s *Studio) TitleFunnel(ctx context.Context, by Actor, titleID string) (TitleFunnel, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return TitleFunnel{}, err
	}
	var out TitleFunnel
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		shots, err := s.r.counts.Value(tx, countKey(titleID, "shots"))
		if err != nil {
			return err
		}
		if out.Funnel, err = s.funnel(tx, titleID, titleID, ""); err != nil {
			return err
		}
		out.Funnel.Shots = shots
		out.Episodes, err = s.episodeFunnels(tx, titleID)
		return err
	})
	return out, err
}

// EpisodeFunnel gives the funnel of an episode. What is usual is that of its title.
func (s *Studio) EpisodeFunnel(ctx context.Context, by Actor, episodeID string) (Funnel, error) {
	if err := by.here(); err != nil {
		return Funnel{}, err
	}
	var out Funnel
	err := s.view(ctx, func(tx store.Txn) error {
		e, err := found(s.r.episodes.Get(tx, episodeID))("episode")
		if err != nil {
			return err
		}
		if err := by.readsTitle(e.TitleID, "episode"); err != nil {
			return err
		}
		shots, err := s.r.counts.Value(tx, countKey(e.ID, "shots"))
		if err != nil {
			return err
		}
		out, err = s.funnel(tx, e.ID, e.TitleID, "")
		out.Shots = shots
		return err
	})
	return out, err
}

// ShotFunnel gives the funnel of a shot, also of a deleted one, with what is usual for its size.
func (s *Studio) ShotFunnel(ctx context.Context, by Actor, shotID string) (Funnel, error) {
	var out Funnel
	err := s.view(ctx, func(tx store.Txn) error {
		x, err := s.shotFor(tx, by, shotID, ViewTitle)
		if err != nil {
			return err
		}
		if err := by.reads(); err != nil {
			return err
		}
		if out, err = s.funnel(tx, x.ID, x.TitleID, x.Size); err != nil {
			return err
		}
		out.Shots = 1
		return nil
	})
	return out, err
}

// episodeFunnels reads the main figures of every episode of a title. One that the script no longer has is listed while
// there is work on it.
func (s *Studio) episodeFunnels(tx store.Txn, titleID string) ([]EpisodeFunnel, error) {
	var all []*Episode
	var keys []store.Key
	names := []string{"shots", countAttempts, countReturned, countTakes, countSeen, countShortlisted, countPicked, countLocked}
	err := s.r.episodes.Each(tx, "number", store.K().ID(titleID), func(e *Episode) error {
		all = append(all, e)
		for _, what := range names {
			keys = append(keys, countKey(e.ID, what))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing a title's episodes: %w", err)
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading episodes' counters: %w", err)
	}
	out := []EpisodeFunnel{}
	for i, e := range all {
		v := n[i*len(names):]
		if e.Archived && v[0] == 0 {
			continue
		}
		out = append(out, EpisodeFunnel{ID: e.ID, Number: e.Number, Name: e.Name, Shots: v[0], Attempts: v[1], Returned: v[2], Takes: v[3],
			Seen: v[4], Shortlisted: v[5], Picked: v[6], Locked: v[7]})
	}
	return out, nil
}

// funnel reads an owner's counters in one scan.
func (s *Studio) funnel(tx store.Txn, owner, titleID, size string) (Funnel, error) {
	b := funnelBuilder{spans: map[string]map[int64]int64{}, reasons: map[string]int64{}, models: map[string]*FunnelGroup{},
		operators: map[string]*FunnelGroup{}, draws: draws{}}
	err := s.r.counts.Each(tx, store.K().ID(owner), func(rest store.Key, n int64) error {
		parts, ok := rest.Texts()
		switch {
		case !ok || len(parts) == 0:
			return nil
		case parts[0] >= countWait:
			return store.ErrStop
		}
		return b.add(parts[0], parts[1:], n)
	})
	if err != nil {
		return Funnel{}, fmt.Errorf("reading a funnel: %w", err)
	}
	out := b.build()
	if out.Waits, err = s.waits(tx, owner, b.spans); err != nil {
		return Funnel{}, err
	}
	if err := s.nameOperators(tx, out.Operators); err != nil {
		return Funnel{}, err
	}
	usual := b.draws.usual
	if owner != titleID {
		if usual, err = s.usualOf(tx, titleID); err != nil {
			return Funnel{}, err
		}
	}
	out.Usual = usual(size)
	return out, nil
}

// waits finds the doubling in which each median lies, and in one read the step of it.
func (s *Studio) waits(tx store.Txn, owner string, spans map[string]map[int64]int64) ([]Wait, error) {
	stages := []string{countSeen, countShortlisted, countPicked, countLocked}
	var keys []store.Key
	var found []median
	for _, stage := range stages {
		m := medianOf(spans[stage])
		found = append(found, m)
		for i := range int64(waitSteps) {
			keys = append(keys, countKey(owner, countWait).Text(stage).Text(strconv.FormatInt(m.value*waitSteps+i, 10)))
		}
	}
	steps, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading how long takes waited: %w", err)
	}
	out, from := []Wait{}, "drawn"
	for i, to := range stages {
		w := Wait{From: from, To: to, N: found[i].n}
		nth := found[i].nth
		for step, n := range steps[i*waitSteps : (i+1)*waitSteps] {
			if w.N > 0 && nth > 0 && nth <= n {
				w.Median = waitOf(found[i].value*waitSteps + int64(step))
			}
			nth -= n
		}
		out, from = append(out, w), to
	}
	return out, nil
}

func (s *Studio) nameOperators(tx store.Txn, groups []FunnelGroup) error {
	ids := make([]string, len(groups))
	for i, g := range groups {
		ids[i] = g.ID
	}
	people, err := s.r.people.GetMany(tx, ids)
	if err != nil {
		return fmt.Errorf("reading who drew: %w", err)
	}
	for i, p := range people {
		if p != nil {
			groups[i].Name = p.Name
		}
	}
	return nil
}

// funnelBuilder puts a funnel together, counter by counter.
type funnelBuilder struct {
	out               Funnel
	spans             map[string]map[int64]int64 // stage, doubling
	reasons           map[string]int64
	models, operators map[string]*FunnelGroup
	draws             draws
}

// add takes in one counter: its name and what stands behind it. The owner's other counters are passed over.
func (b *funnelBuilder) add(name string, of []string, n int64) error {
	switch {
	case name == countReason && len(of) == 1:
		b.out.Rejected += n
		b.reasons[of[0]] += n
	case name == countSpan && len(of) == 2:
		return b.addSpan(of[0], of[1], n)
	case name == countDraws:
		return b.draws.add(of, n)
	case name == countModel && len(of) > 0:
		addGroup(b.models, of, n)
	case name == countOperator && len(of) > 0:
		addGroup(b.operators, of, n)
	case len(of) == 0:
		b.addPlain(name, n)
	}
	return nil
}

func (b *funnelBuilder) addPlain(name string, n int64) {
	switch name {
	case countAttempts:
		b.out.Attempts = n
	case countReturned:
		b.out.Returned = n
	case countTakes:
		b.out.Takes = n
	case countSeen:
		b.out.Seen = n
	case countShortlisted:
		b.out.Shortlisted = n
	case countPicked:
		b.out.Picked = n
	case countLocked:
		b.out.Locked = n
	}
}

func (b *funnelBuilder) addSpan(stage, doubling string, n int64) error {
	at, err := strconv.ParseUint(doubling, 10, 6)
	if err != nil {
		return fmt.Errorf("a counter of waits: %w", store.ErrDamaged)
	}
	if b.spans[stage] == nil {
		b.spans[stage] = map[int64]int64{}
	}
	b.spans[stage][int64(at)] += n
	return nil
}

func addGroup(groups map[string]*FunnelGroup, of []string, n int64) {
	g := groups[of[0]]
	if g == nil {
		g = &FunnelGroup{Reasons: []ReasonCount{}}
		groups[of[0]] = g
	}
	switch {
	case len(of) == 1:
		g.Takes = n
	case of[1] == countPicked:
		g.Picked = n
	case of[1] == countRejected && len(of) == 3:
		g.Rejected += n
		g.Reasons = append(g.Reasons, ReasonCount{Reason: of[2], N: n})
	}
}

func (b *funnelBuilder) build() Funnel {
	out := b.out
	out.Reasons = []ReasonCount{}
	for r, n := range b.reasons {
		out.Reasons = append(out.Reasons, ReasonCount{Reason: r, N: n})
	}
	sortReasons(out.Reasons)
	for name, g := range b.models {
		g.Name = name
	}
	for id, g := range b.operators {
		g.ID = id
	}
	out.Models, out.Operators = topGroups(b.models), topGroups(b.operators)
	return out
}

// topGroups are the groups with the most takes.
func topGroups(groups map[string]*FunnelGroup) []FunnelGroup {
	out := []FunnelGroup{}
	for _, g := range groups {
		sortReasons(g.Reasons)
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b FunnelGroup) int {
		return cmp.Or(cmp.Compare(b.Takes, a.Takes), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return out[:min(len(out), funnelGroups)]
}

// sortReasons puts the most frequent first, and equals in the order in which reasons are listed everywhere.
func sortReasons(in []ReasonCount) {
	order := Reasons()
	slices.SortFunc(in, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(slices.Index(order, a.Reason), slices.Index(order, b.Reason)))
	})
}
