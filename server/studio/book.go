package studio

import (
	"errors"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// book is a title's readings while they are read or changed: only the pages that are asked for are read, and what is said
// to them stays in memory until keepBook writes it.
type book struct {
	titleID string
}

// stated is one statement about one key (R3): release, metric, kind and observed time.
type stated struct {
	ReleaseID string
	Metric    string
	Increment bool
	Observed  time.Time
	DayOnly   bool
	Text      string // as written
	Currency  string // of money
	tally.Statement
	By     string // person id
	ByName string
	At     time.Time // when it came in
	Origin Origin
	Why    string
}

// heard is what a statement did to its reading.
type heard string

// What something stated may do.
const (
	heardNew       heard = "new"
	heardDuplicate heard = "duplicate" // the value is there already
	heardUp        heard = "up"
	heardDown      heard = "down"
	heardOlder     heard = "older"   // a later statement says otherwise: kept as history
	heardRevived   heard = "revived" // the reading had been withdrawn
	heardWithdrawn heard = "withdrawn"
)

// openBook begins with a title's readings; nothing is read yet.
func (s *Studio) openBook(tx store.Txn, titleID string) *book {
	return &book{titleID: titleID}
}

// say adds a statement. It tells what that did and gives the reading as it is now and, unless it is new, as it was before.
func (b *book) say(x stated) (did heard, now, was *Reading, err error) {
	return "", nil, nil, errors.New("seam")
}

// forget takes back everything that an import said, and gives the readings that this changed.
func (b *book) forget(importID string) ([]*Reading, error) {
	return nil, errors.New("seam")
}

// foresee works out what the milestones would become, without writing anything.
func (b *book) foresee() ([]MilestoneRow, []Anomaly, error) {
	return nil, nil, errors.New("seam")
}

// keepBook writes the pages that changed, works the milestones of the title out again (R4), announces what came, moved or
// went, and brings the title's summary up to date. It notes no readings: that is the caller's.
func (c *change) keepBook(b *book, why string) ([]MilestoneRow, error) {
	return nil, errors.New("seam")
}
