package ingest

import (
	"context"
	"errors"
	"slices"
	"time"
)

// The pauses before a held group is tried again.
const (
	holdPause  = time.Minute
	faultPause = 10 * time.Second
	maxHold    = time.Hour
	maxFaults  = 3 // tries of a Run
)

// take hears what a worker brings back. An error ends everything.
func (e *engine) take(r result) error {
	now := time.Now()
	delete(e.flying, r.g.key)
	e.settleAccounts(r)
	defer e.progress()
	var (
		stop *StopError
		away *awayError
	)
	switch {
	case r.err == nil:
		e.answered()
		e.release(r.g)
		delete(e.holds, r.g.key)
		if slices.ContainsFunc(r.did, func(b became) bool { return b.What == Refused }) {
			e.again(r.g) // without a refused clip, its first frame is a result
		}
	case errors.As(r.err, &stop):
		return stop
	case errors.As(r.err, &away):
		if e.waiting[r.g.key] == nil {
			e.order = append([]string{r.g.key}, e.order...)
			e.waiting[r.g.key] = r.g
		}
		if e.gate.shut(now, away) {
			e.o.Tell(Event{What: Away, Words: away.words, Wait: int64(e.gate.until.Sub(now).Round(time.Second) / time.Second)})
		}
	case errors.Is(r.err, errChanged):
		e.release(r.g)
		delete(e.holds, r.g.key)
		e.again(r.g)
	case errors.Is(r.err, context.Canceled):
		e.release(r.g)
	default:
		e.release(r.g)
		e.park(r, now)
	}
	return nil
}

// answered opens the gate and says so if it was shut.
func (e *engine) answered() {
	if e.gate.up() {
		e.o.Tell(Event{What: Back})
	}
}

// again has the folder of a group looked at anew, and its archive opened anew.
func (e *engine) again(g *group) {
	if g.pack != nil {
		delete(e.packs, g.pack.file.path)
	}
	if e.folders[g.dir] != nil {
		var names []string
		for _, f := range g.members() {
			names = append(names, f.name)
		}
		e.warm(g.dir, names...)
	}
}

func (e *engine) release(g *group) {
	if g.pack != nil {
		g.pack.release()
	}
}

// park holds a group for later. The reason is told once, not at every try.
func (e *engine) park(r result, now time.Time) {
	h := e.holds[r.g.key]
	if h == nil {
		h = &hold{}
		e.holds[r.g.key] = h
	}
	h.g, h.why = r.g, Held
	words, pause, fault := wordsOf(r.err), holdPause, true
	if no, ok := errors.AsType[*refusal](r.err); ok {
		e.answered()
		fault = no.status >= 500
		if no.code == noShotCode {
			h.why = NoShot
		}
	}
	if fault {
		pause = faultPause
	}
	if e.once {
		pause = firstPause
		h.final = !fault || h.tries+1 >= maxFaults
	}
	h.until = now.Add(min(pause<<min(h.tries, 10), maxHold))
	h.tries++
	if told := string(h.why) + words; h.told != told && (h.final || !e.once) {
		h.told = told
		for _, f := range e.left(r.g) {
			e.o.Tell(Event{What: h.why, Path: f.path, Bytes: f.size, Title: r.g.to.Title, Shot: r.g.to.Shot, Words: words})
		}
	}
}

// left lists the files of a group that the desk has not confirmed.
func (e *engine) left(g *group) []file {
	return slices.DeleteFunc(g.members(), func(f file) bool {
		_, ok := e.held(&f)
		return ok || e.refused(&f)
	})
}

// wordsOf gives a reason in one sentence.
func wordsOf(err error) string {
	if no, ok := errors.AsType[*refusal](err); ok {
		return no.words
	}
	return plainError(err)
}

// settleAccounts counts and tells what became of files.
func (e *engine) settleAccounts(r result) {
	for _, b := range r.did {
		if n := e.sum.counter(b.What); n != nil {
			*n++
		}
		if b.What == Refused {
			e.stamps[b.f.path] = b.f.stamp()
		}
		e.seen[b.f.path] = true
		e.o.Tell(b.Event)
	}
}

func (e *engine) refuse(f *file, words string) {
	if !e.refused(f) {
		e.stamps[f.path] = f.stamp()
		e.o.Tell(Event{What: Refused, Path: f.path, Bytes: f.size, Words: words})
	}
}

func (s *Summary) counter(w What) *int {
	switch w {
	case New:
		return &s.New
	case Joined:
		return &s.Joined
	case Duplicate:
		return &s.Duplicate
	case Beside:
		return &s.Beside
	case Known:
		return &s.Known
	}
	return nil
}

// summary counts what is held, refused and waiting now; the rest was counted as it happened.
func (e *engine) summary() Summary {
	s := e.sum
	s.Refused = len(e.stamps)
	for _, h := range e.holds {
		if e.waiting[h.g.key] != nil || e.flying[h.g.key] != nil {
			continue
		}
		if h.why == NoShot {
			s.NoShot += len(e.left(h.g))
		} else {
			s.Held += len(e.left(h.g))
		}
	}
	s.Unsent += e.queued()
	for _, n := range e.lone {
		s.Ignored += n
	}
	s.Bytes = e.sender.sent.Load()
	return s
}

// queued counts the files that wait or travel.
func (e *engine) queued() int {
	n := 0
	for _, g := range e.waiting {
		n += len(e.left(g))
	}
	for key, g := range e.flying {
		if e.waiting[key] == nil {
			n += len(e.left(g))
		}
	}
	return n
}

func (e *engine) progress() {
	e.o.Tell(Event{What: Progress, Queued: len(e.waiting) + len(e.flying), Sent: e.sender.sent.Load()})
}
