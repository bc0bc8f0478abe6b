package ingest

import "time"

const (
	// emptyTime is how long an empty file holds back its group: an encoder opens
	// its output long before the first byte.
	emptyTime = 10 * time.Minute
	// stubborn is how many looks Run gives a file that is still being written.
	stubborn = 60
)

// sight is what is known of one file from looking at it again and again.
type sight struct {
	file
	first time.Time // seen
	since time.Time // size and mtime are as they are
	looks int       // that found it so
	done  bool      // the ledger holds it, or the desk refused it
}

// look takes note of a file's present size and time.
func (s *sight) look(at stamp, now time.Time) {
	if s.looks > 0 && s.stamp() == at {
		s.looks++
		return
	}
	if s.first.IsZero() {
		s.first = now
	}
	s.size, s.mtime, s.since, s.looks, s.done = at.size, at.mtime, now, 1, false
}

// settled says whether two looks, far enough apart, found the same. A half file
// has a valid digest of its own and would come in twice.
func (s *sight) settled(now time.Time, apart time.Duration) bool {
	return s.looks >= 2 && now.Sub(s.since) >= apart
}

// opening says whether an empty file may yet get its first byte.
func (s *sight) opening(now time.Time) bool {
	return s.size == 0 && now.Sub(s.first) < emptyTime && now.Sub(time.Unix(0, s.mtime)) < emptyTime
}
