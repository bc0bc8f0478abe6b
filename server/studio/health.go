package studio

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

const (
	staleAfter   = 3 * 24 * time.Hour // without a figure
	healthListed = 100
)

// Health tells what keeps the figures of the titles that the actor sees from being trusted.
func (s *Studio) Health(ctx context.Context, by Actor) (Health, error) {
	if err := by.reads(); err != nil {
		return Health{}, err
	}
	out := Health{Stale: []StaleRelease{}, Strays: []StrayRow{}, Anomalies: []Anomaly{}, Provisional: []MilestoneRow{}}
	err := s.view(ctx, func(tx store.Txn) error {
		h := health{s: s, tx: tx, by: by, out: &out, titles: map[string]*Title{}}
		for _, step := range []func() error{h.mine, h.stale, h.anomalies, h.provisional, h.strays} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// health collects the parts of Health.
type health struct {
	s      *Studio
	tx     store.Txn
	by     Actor
	out    *Health
	own    []*summary // a member's titles; of those who see all the indexes tell
	titles map[string]*Title
}

func (h *health) mine() (err error) {
	if !h.by.wide() {
		h.own, err = h.s.summariesOf(h.tx, h.by)
	}
	return err
}

// title reads a title once.
func (h *health) title(id string) (*Title, error) {
	if h.titles[id] == nil {
		t, err := found(h.s.r.titles.Get(h.tx, id))("title")
		if err != nil {
			return nil, err
		}
		h.titles[id] = t
	}
	return h.titles[id], nil
}

// stale lists the releases that have had no figure for days.
func (h *health) stale() error {
	now := h.s.now()
	until := now.Add(-staleAfter)
	of := h.own
	if h.by.wide() {
		ids, edge := []string{}, store.K().Time(until)
		err := h.s.r.summaries.Keys(h.tx, "fresh", store.K(), func(key store.Key, id string) error {
			if bytes.Compare(key, edge) >= 0 {
				return store.ErrStop
			}
			if h.out.StaleCount++; h.out.StaleCount <= healthListed && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
			return nil
		})
		if err == nil {
			of, err = h.s.r.summaries.GetMany(h.tx, ids)
		}
		if err != nil {
			return fmt.Errorf("looking for releases without figures: %w", err)
		}
	}
	silent := map[string]time.Time{}
	for _, x := range of {
		if x == nil || x.Wall == nil || !x.OnAir {
			continue
		}
		t, err := h.title(x.ID)
		if err != nil {
			return err
		}
		for _, p := range x.Wall.Platforms {
			if since, waits := p.waits(); waits && since.Before(until) {
				silent[p.ReleaseID] = since
				h.out.Stale = append(h.out.Stale, StaleRelease{TitleID: t.ID, Title: t.Name, ReleaseID: p.ReleaseID, Platform: p.Platform,
					Fresh: p.Fresh, Days: int(now.Sub(since) / (24 * time.Hour))})
			}
		}
	}
	slices.SortFunc(h.out.Stale, func(a, b StaleRelease) int {
		return cmp.Or(silent[a.ReleaseID].Compare(silent[b.ReleaseID]), cmp.Compare(a.ReleaseID, b.ReleaseID))
	})
	h.out.StaleCount = max(h.out.StaleCount, len(h.out.Stale))
	h.out.Stale = h.out.Stale[:min(healthListed, len(h.out.Stale))]
	return nil
}

// anomalies lists the readings that wait for a person, the newest first.
func (h *health) anomalies() error {
	var ids []string
	if h.by.wide() {
		n, err := h.s.r.counts.Value(h.tx, countKey(figuresOwner, countOdd))
		if err == nil {
			ids, _, err = h.s.r.summaries.IDs(h.tx, "odd", store.K(), Page{Limit: healthListed, Reverse: true})
		}
		if err != nil {
			return fmt.Errorf("looking for anomalies: %w", err)
		}
		h.out.AnomalyCount = int(n)
	}
	for _, x := range h.own {
		if n, _ := x.open(h.by); n > 0 {
			ids, h.out.AnomalyCount = append(ids, x.ID), h.out.AnomalyCount+n
		}
	}
	shown := shownTo(h.by)
	for _, id := range ids {
		l, err := h.s.ledger(h.tx, id)
		if err != nil {
			return err
		}
		h.out.Anomalies = append(h.out.Anomalies, slices.DeleteFunc(l.anomalies(), func(a Anomaly) bool { return !shown(a.Metric, id) })...)
	}
	slices.SortFunc(h.out.Anomalies, func(a, b Anomaly) int {
		return cmp.Or(b.To.At.Compare(a.To.At), cmp.Compare(a.ReadingID, b.ReadingID))
	})
	h.out.Anomalies = h.out.Anomalies[:min(healthListed, len(h.out.Anomalies))]
	return nil
}

// provisional lists the standing milestones that rounding may undo, the newest first.
func (h *health) provisional() error {
	var all []*Milestone
	if h.by.wide() {
		n, err := h.s.r.counts.Value(h.tx, countKey(figuresOwner, countUnsure))
		if err != nil {
			return fmt.Errorf("counting provisional milestones: %w", err)
		}
		h.out.ProvisionalCount = int(n)
		// Each may have an echo on a platform.
		list, err := h.s.r.milestones.List(h.tx, "provisional", store.K(), Page{Limit: 2 * healthListed, Reverse: true})
		if err != nil {
			return fmt.Errorf("reading provisional milestones: %w", err)
		}
		all = list.Items
	}
	shown := shownTo(h.by)
	for _, x := range h.own {
		_, n := x.open(h.by)
		if n == 0 {
			continue
		}
		err := h.s.r.milestones.Each(h.tx, "title", store.K().ID(x.ID), func(m *Milestone) error {
			if m.State == Stands && m.Mark == tally.MarkProvisional && shown(m.Metric, m.TitleID) {
				all = append(all, m)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("reading provisional milestones: %w", err)
		}
		h.out.ProvisionalCount += n
	}
	all = slices.DeleteFunc(all, echoes(all))
	slices.SortFunc(all, (*Milestone).before)
	var err error
	h.out.Provisional, err = h.s.milestoneRows(h.tx, all[:min(healthListed, len(all))])
	return err
}

// strays lists the names that wait, those with most rows first.
func (h *health) strays() error {
	list, err := h.s.r.strays.List(h.tx, "rows", store.K(), Page{Limit: healthListed, Reverse: true})
	if err != nil {
		return fmt.Errorf("reading strays: %w", err)
	}
	if h.out.Strays, err = h.s.strayRows(h.tx, h.by, list.Items); err != nil {
		return err
	}
	if h.out.StrayCount = len(h.out.Strays); !h.by.wide() || list.Next == "" {
		return nil
	}
	h.out.StrayCount = 0
	return h.s.r.strays.Keys(h.tx, "rows", store.K(), func(store.Key, string) error {
		h.out.StrayCount++
		return nil
	})
}
