package studio

import (
	"sync"
	"time"
)

// pace bounds how fast one person's attempts come in, over every way together:
// a bucket that holds paceBurst and gets paceRate a second. A thousand files dropped at once still pass.
type pace struct {
	mu   sync.Mutex
	held map[string]bucket
}

type bucket struct {
	left float64
	last time.Time
}

const (
	paceBurst  = 3000
	paceRate   = 100 // a second
	paceKept   = 10_000
	paceFilled = paceBurst / paceRate * time.Second // after which a bucket is full again
)

func newPace() *pace { return &pace{held: map[string]bucket{}} }

// take asks for n attempts and says how long the person has to wait for them; 0 when they are granted.
func (p *pace) take(now time.Time, person string, n int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	b, known := p.held[person]
	if !known {
		p.forget(now)
		b = bucket{left: paceBurst, last: now}
	}
	if passed := now.Sub(b.last); passed > 0 {
		b.left, b.last = min(paceBurst, b.left+passed.Seconds()*paceRate), now
	}
	missing := float64(n) - b.left
	if missing <= 0 {
		b.left -= float64(n)
	}
	p.held[person] = b
	if missing <= 0 {
		return 0
	}
	return time.Duration(missing / paceRate * float64(time.Second))
}

// forget drops buckets that are full again, once there are many.
func (p *pace) forget(now time.Time) {
	if len(p.held) < paceKept {
		return
	}
	for k, b := range p.held {
		if now.Sub(b.last) > paceFilled {
			delete(p.held, k)
		}
	}
}

// paced refuses attempts that come too fast.
func (s *Studio) paced(by Actor) error {
	wait := s.pace.take(s.now(), by.Person.ID, 1)
	if wait == 0 {
		return nil
	}
	secs := int(wait.Seconds()) + 1
	e := conflict("attempt.pace", "记得太快了，请 %d 秒后再发", "attempts come too fast; send again in %d seconds", secs)
	e.Kind, e.Err = TooMany, &WaitError{Seconds: secs}
	return e
}
