package studio

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"chouka/store"
)

// The counters of a funnel, kept alike for each title, each episode and each shot. Their keys are texts behind the
// owner's id: one of these names, and for some of them what it is of.
const (
	countAttempts    = "attempts" // draws
	countReturned    = "returned" // draws that have a live take
	countTakes       = "takes"
	countSeen        = "seen"
	countShortlisted = "shortlisted"
	countPicked      = "picked"
	countLocked      = "locked"
	countReason      = "reason"   // reason: rejected takes
	countModel       = "model"    // model: takes; model, picked; model, rejected, reason
	countOperator    = "operator" // the same by person
	countRejected    = "rejected"
	countSpan        = "span" // stage, doubling: takes that waited about so long for it
	countWait        = "wait" // stage, step of a doubling: the same in full; the last name, so that a reader can stop before it

	// countDraws is kept for titles alone: size, draws: picks that took so many.
	countDraws = "draws"
)

// funnelCounts are the first texts of all counters that a funnel and the usual number of draws are read from.
func funnelCounts() []string {
	return []string{countAttempts, countReturned, countTakes, countSeen, countShortlisted, countPicked, countLocked,
		countReason, countModel, countOperator, countSpan, countWait, countDraws}
}

// owners names whose counters the work on a shot is part of. That of a deleted shot stays with the shot alone.
func (x *Shot) owners() []string {
	if x.Deleted != nil {
		return []string{x.ID}
	}
	return []string{x.TitleID, x.EpisodeID, x.ID}
}

// takeCounts lists the counters of its owners that a take is part of, for the model of its attempt and its shot. Who
// changes something and who counts anew both ask here, so that the two cannot disagree.
func takeCounts(t *Take, model string, x *Shot) []store.Key {
	if t.Deleted != nil {
		return nil
	}
	var out []store.Key
	add := func(parts ...string) {
		k := store.K()
		for _, p := range parts {
			k = k.Text(p)
		}
		out = append(out, k)
	}
	group := func(parts ...string) {
		add(append([]string{countModel, keyPart(model)}, parts...)...)
		add(append([]string{countOperator, t.Operator}, parts...)...)
	}
	wait := func(stage string, from, to time.Time) {
		step := waitStep(to.Sub(from))
		add(countSpan, stage, strconv.Itoa(step/waitSteps))
		add(countWait, stage, strconv.Itoa(step))
	}
	add(countTakes)
	group()
	if t.Place == 0 { // takes come and go with their attempt, so this one stands for it
		add(countReturned)
	}
	if t.SeenAt != nil {
		add(countSeen)
		wait(countSeen, t.Created, *t.SeenAt)
	}
	picked := x.Pick != nil && x.Pick.TakeID == t.ID
	if t.ShortlistedAt != nil || picked {
		add(countShortlisted)
	}
	if t.SeenAt != nil && t.ShortlistedAt != nil {
		wait(countShortlisted, *t.SeenAt, *t.ShortlistedAt)
	}
	if t.Verdict == Rejected {
		add(countReason, t.Reason)
		group(countRejected, t.Reason)
	}
	if !picked {
		return out
	}
	add(countPicked)
	group(countPicked)
	if t.ShortlistedAt != nil {
		wait(countPicked, *t.ShortlistedAt, x.Pick.At)
	}
	if x.State == ShotLocked {
		add(countLocked)
		wait(countLocked, x.Pick.At, x.StateAt)
	}
	return out
}

// keyPart makes any text fit to be a part of a counter's key: one that is too long is cut, with a mark of all of it behind.
func keyPart(s string) string {
	const most = 700 // bytes; the longest line of Chinese has 600
	if len(s) <= most {
		return s
	}
	at := most
	for !utf8.RuneStart(s[at]) {
		at--
	}
	return s[:at] + "… " + markOf(s)[:8]
}

// waitSteps is into how many steps each doubling of a wait is divided, so that no step is wider than a tenth. Doublings
// are counted too: a median is looked for among them first, and then among the steps of one.
const waitSteps = 10

// waitStep gives the step of the table of waits in which a wait lies. What a clock that was set back makes negative is no wait.
func waitStep(d time.Duration) int {
	s := uint64(max(d/time.Second, 0)) + 1
	doublings := bits.Len64(s) - 1
	return doublings*waitSteps + int(s*waitSteps>>doublings) - waitSteps
}

// waitOf is the middle of a step, in seconds.
func waitOf(step int64) int64 {
	doublings, nth := step/waitSteps, step%waitSteps+waitSteps
	from := (nth<<doublings + waitSteps - 1) / waitSteps
	to := ((nth+1)<<doublings + waitSteps - 1) / waitSteps
	return (from+to-1)/2 - 1
}

// sums are numbers by what stands behind the owner in a counter's key.
type sums map[string]int64

func (y sums) add(keys []store.Key, n int64) {
	for _, k := range keys {
		y[string(k)] += n
	}
}

func (y sums) merge(x sums) {
	for k, n := range x {
		y[k] += n
	}
}

// countSums adds sums to the counters of an owner.
func (r records) countSums(tx store.Txn, owner string, y sums, times int64) error {
	for _, k := range slices.Sorted(maps.Keys(y)) {
		if _, err := r.counts.Add(tx, append(store.K().ID(owner), k...), y[k]*times); err != nil {
			return fmt.Errorf("counting for a funnel: %w", err)
		}
	}
	return nil
}

// keptSums reads the counters of an owner that funnels are read from.
func (r records) keptSums(tx store.Txn, owner string) (sums, error) {
	out, names := sums{}, funnelCounts()
	err := r.counts.Each(tx, store.K().ID(owner), func(rest store.Key, n int64) error {
		if parts, ok := rest.Texts(); ok && len(parts) > 0 && slices.Contains(names, parts[0]) {
			out[string(rest)] = n
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the counters of a funnel: %w", err)
	}
	return out, nil
}

// sumsOf counts the work on a shot anew, from its records.
func (r records) sumsOf(tx store.Txn, x *Shot) (sums, error) {
	out, models := sums{}, map[string]string{}
	err := r.attempts.Keys(tx, "shot", store.K().ID(x.ID), func(store.Key, string) error {
		out.add([]store.Key{store.K().Text(countAttempts)}, 1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.takes.Each(tx, "shot", store.K().ID(x.ID), func(t *Take) error {
		model, known := models[t.AttemptID]
		if !known {
			a, err := r.attempts.Get(tx, t.AttemptID)
			if err != nil {
				return fmt.Errorf("reading the attempt of a take: %w", err)
			}
			model = a.Model
			models[t.AttemptID] = model
		}
		out.add(takeCounts(t, model, x), 1)
		return nil
	})
	return out, err
}

// recount moves the counters of owners from what they were part of before to what they are part of now.
func (c *change) recount(before, now []store.Key, owners ...string) error {
	y := sums{}
	y.add(before, -1)
	y.add(now, 1)
	for _, o := range owners {
		if err := c.s.r.countSums(c.tx, o, y, 1); err != nil {
			return err
		}
	}
	return nil
}

// putTake writes a changed take with the counters that it is part of. One that comes to another shot was deleted on the
// one before, and so was in no counter.
func (c *change) putTake(t *Take) error {
	was, err := c.s.r.takes.Get(c.tx, t.ID)
	if err != nil {
		return fmt.Errorf("reading a take: %w", err)
	}
	if err := c.s.r.takes.Put(c.tx, t); err != nil {
		return fmt.Errorf("writing a take: %w", err)
	}
	a, err := c.s.r.attempts.Get(c.tx, t.AttemptID)
	if err != nil {
		return fmt.Errorf("reading the attempt of a take: %w", err)
	}
	x, err := c.s.r.shots.Get(c.tx, t.ShotID)
	if err != nil {
		return fmt.Errorf("reading the shot of a take: %w", err)
	}
	return c.recount(takeCounts(was, a.Model, x), takeCounts(t, a.Model, x), x.owners()...)
}

// remodel moves an attempt's takes to the counters of another model.
func (c *change) remodel(a *Attempt, was string) error {
	if was == a.Model {
		return nil
	}
	x, err := c.s.r.shots.Get(c.tx, a.ShotID)
	if err != nil {
		return fmt.Errorf("reading the shot of an attempt: %w", err)
	}
	return c.s.r.takes.Each(c.tx, "attempt", store.K().ID(a.ID), func(t *Take) error {
		return c.recount(takeCounts(t, was, x), takeCounts(t, a.Model, x), x.owners()...)
	})
}

// reshot keeps the counters that follow from a shot: whose pick is whose and since when, whether it is locked, its
// size, and for which episode and title its work counts.
func (c *change) reshot(was, is *Shot) error {
	if err := c.restage(was, is); err != nil {
		return err
	}
	if err := c.recount(drawsCounts(was), drawsCounts(is), is.TitleID); err != nil {
		return err
	}
	if (was.Deleted == nil) == (is.Deleted == nil) && (is.Deleted != nil || was.EpisodeID == is.EpisodeID) {
		return nil
	}
	own, err := c.s.r.keptSums(c.tx, is.ID)
	if err != nil {
		return err
	}
	times := map[string]int64{} // owners that come, go, or stay
	for _, o := range was.owners() {
		times[o]--
	}
	for _, o := range is.owners() {
		times[o]++
	}
	for _, o := range slices.Sorted(maps.Keys(times)) {
		if times[o] == 0 {
			continue
		}
		if err := c.s.r.countSums(c.tx, o, own, times[o]); err != nil {
			return err
		}
	}
	return nil
}

// restage moves the takes that are or were a shot's pick to the counters of where they stand now.
func (c *change) restage(was, is *Shot) error {
	var ids []string
	for _, p := range []*Pick{was.Pick, is.Pick} {
		if p != nil && !slices.Contains(ids, p.TakeID) {
			ids = append(ids, p.TakeID)
		}
	}
	same := was.Pick != nil && is.Pick != nil && was.Pick.TakeID == is.Pick.TakeID && was.Pick.At.Equal(is.Pick.At)
	if len(ids) == 0 || same && was.State == is.State && was.StateAt.Equal(is.StateAt) {
		return nil
	}
	for _, id := range ids {
		t, err := c.s.r.takes.Get(c.tx, id)
		if err != nil {
			return fmt.Errorf("reading a pick: %w", err)
		}
		a, err := c.s.r.attempts.Get(c.tx, t.AttemptID)
		if err != nil {
			return fmt.Errorf("reading the attempt of a pick: %w", err)
		}
		if err := c.recount(takeCounts(t, a.Model, was), takeCounts(t, a.Model, is), was.owners()...); err != nil {
			return err
		}
	}
	return nil
}
