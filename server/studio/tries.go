package studio

import (
	"strings"
	"sync"
	"time"
)

// tries slows down guessing: a growing delay per login and per address, never a
// lock, so that nobody can shut somebody else out for good (ASVS 5.0 6.3).
type tries struct {
	mu   sync.Mutex
	seen map[string]try
}

type try struct {
	wrong int
	last  time.Time
}

const (
	freeTries   = 5                // wrong guesses for one login before waiting begins
	officeTries = 200              // wrong guesses from one address before waiting begins
	triesKept   = 15 * time.Minute // after which a wrong guess is forgotten
	longestTry  = 5 * time.Minute
	triesLimit  = 20_000 // keys kept; the oldest go first
)

func newTries() *tries { return &tries{seen: map[string]try{}} }

// wait says how long the caller has to wait before the next guess, 0 for not at all.
func (t *tries) wait(now time.Time, keys ...string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	var longest time.Duration
	for _, k := range keys {
		x := t.seen[k]
		over := x.wrong - free(k)
		if over < 0 || now.Sub(x.last) > triesKept {
			continue
		}
		delay := min(time.Second<<min(over, 12), longestTry)
		longest = max(longest, delay-now.Sub(x.last))
	}
	return longest
}

// free is how many wrong guesses a key has before waiting begins. A whole office
// may sit behind one address: a few forgotten passwords must not slow everybody.
func free(key string) int {
	if strings.HasPrefix(key, "from:") {
		return officeTries
	}
	return freeTries
}

func (t *tries) failed(now time.Time, keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.seen) > triesLimit {
		t.forget(now)
	}
	for _, k := range keys {
		x := t.seen[k]
		if now.Sub(x.last) > triesKept {
			x.wrong = 0
		}
		t.seen[k] = try{wrong: x.wrong + 1, last: now}
	}
}

// forget drops what is old; when a flood made all of it new, everything goes.
func (t *tries) forget(now time.Time) {
	for k, x := range t.seen {
		if now.Sub(x.last) > triesKept {
			delete(t.seen, k)
		}
	}
	if len(t.seen) > triesLimit {
		clear(t.seen)
	}
}

func (t *tries) succeeded(keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range keys {
		delete(t.seen, k)
	}
}
