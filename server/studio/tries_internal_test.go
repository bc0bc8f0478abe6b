package studio

import (
	"testing"
	"time"
)

func TestAnAddressIsSlowedOnlyByManyGuesses(t *testing.T) {
	x, now := newTries(), time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC)
	for range officeTries - 1 {
		x.failed(now, "from:10.0.0.1")
	}
	if w := x.wait(now, "from:10.0.0.1"); w != 0 {
		t.Errorf("an office waits %s before its limit", w)
	}
	x.failed(now, "from:10.0.0.1")
	if w := x.wait(now, "login:other", "from:10.0.0.1"); w != time.Second {
		t.Errorf("at the limit it waits %s", w)
	}
	if w := x.wait(now.Add(triesKept+time.Second), "from:10.0.0.1"); w != 0 {
		t.Errorf("a quarter of an hour later it still waits %s", w)
	}
}
