package ingest

import (
	"math/rand/v2"
	"time"
)

// The pauses while a desk is away.
const (
	firstPause = time.Second
	maxPause   = 5 * time.Minute
	maxAdvice  = time.Hour // of a Retry-After
)

// gate lets groups go or holds all of them back while the desk is away.
type gate struct {
	until time.Time
	pause time.Duration
	down  time.Time // since when nobody answers; zero: somebody does
	words string
}

func (g *gate) open(now time.Time) bool { return !now.Before(g.until) }

// since is how long nobody has answered.
func (g *gate) since(now time.Time) time.Duration {
	if g.down.IsZero() {
		return 0
	}
	return now.Sub(g.down)
}

// shut closes the gate for as long as the desk advises, or else for twice the
// last pause with jitter. Groups that failed together count once; it reports whether this one counted.
func (g *gate) shut(now time.Time, x *awayError) bool {
	if !g.open(now) {
		return false
	}
	g.words = x.words
	if x.after > 0 {
		g.until = now.Add(min(x.after, maxAdvice))
		return true
	}
	if g.down.IsZero() {
		g.down = now
	}
	g.pause = min(max(2*g.pause, firstPause), maxPause)
	g.until = now.Add(g.pause/2 + rand.N(g.pause/2))
	return true
}

// up opens the gate after an answer. It reports whether the desk had been away.
func (g *gate) up() bool {
	was := !g.down.IsZero()
	*g = gate{}
	return was
}
