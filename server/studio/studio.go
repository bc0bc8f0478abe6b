// Package studio is what a micro-drama studio does: titles, scripts, shots,
// attempts, takes and picks, locations and bookings, releases and milestones.
// Every rule of Chouka lives here, once. It knows no HTTP, no SQL and no disk.
//
// Begin with the nouns (title.go, shot.go, attempt.go, take.go …): each file
// has the record on top and what may happen to it below. schema.go lists every
// collection, index and counter on one screen; actor.go decides who may do what;
// change.go is the one way in which anything is written.
package studio

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"chouka/assets"
	"chouka/store"

	"github.com/google/uuid"
	"golang.org/x/sync/semaphore"
)

// Options are the parts that a studio is made of. Engine and Library are needed, the rest has a usual value.
type Options struct {
	Engine  store.Engine
	Library *assets.Library
	Clock   func() time.Time // time.Now when nil
	IDs     func() string    // UUIDv7 when nil
	Log     *slog.Logger
}

// Studio is the whole of what a studio does. It is safe for concurrent use.
type Studio struct {
	engine  store.Engine
	library *assets.Library
	clock   func() time.Time
	ids     func() string
	log     *slog.Logger

	r       records
	hub     *hub
	hashing *semaphore.Weighted // argon2id is heavy on purpose; parallel sign-ins must not eat the memory
	tries   *tries
	pace    *pace
	work    chan struct{} // wakes the background when new files came in
	films   chan struct{} // wakes the work on clips
	ledgers chan struct{} // wakes the work on figures
	likes   sync.Mutex    // one picture at a time looks for its like
	zones   sync.Map      // *time.Location by name: loading one reads a file

	mu    sync.Mutex
	setup string // the one-time code of a studio without people; empty otherwise
	ends  time.Time
	swept time.Time
	held  time.Time // no sweep before
}

// New opens a studio on an engine whose schema is up to date (see Migrate).
func New(o Options) (*Studio, error) {
	if o.Engine == nil || o.Library == nil {
		return nil, errors.New("studio: an engine and a library are needed")
	}
	s := &Studio{engine: o.Engine, library: o.Library, clock: o.Clock, ids: o.IDs, log: o.Log,
		r: newRecords(), hub: newHub(), hashing: semaphore.NewWeighted(4), tries: newTries(), pace: newPace(), work: make(chan struct{}, 1), films: make(chan struct{}, 1),
		ledgers: make(chan struct{}, 1)}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.ids == nil {
		s.ids = newID
	}
	if s.log == nil {
		s.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	return s, nil
}

// newID gives a UUIDv7: text that sorts by time and keeps inserts at the end of their range.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Ready reports whether the store answers a read.
func (s *Studio) Ready(ctx context.Context) error {
	return s.engine.View(ctx, func(tx store.Txn) error {
		_, err := s.r.settings.Has(tx, settingsID)
		return err
	})
}

// Close ends every follower of activities. The engine is closed by whoever opened it.
func (s *Studio) Close() { s.hub.close() }

func (s *Studio) now() time.Time { return s.clock().UTC() }

// Page is a part of a list; see store.Page.
type Page = store.Page

// List is one page of things with the cursor of the next; empty at the end.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// view runs fn on one consistent state and turns the store's errors into the studio's.
func (s *Studio) view(ctx context.Context, fn func(store.Txn) error) error {
	return told(s.engine.View(ctx, fn))
}

// told turns what the store says into what a caller can act on.
func told(err error) error {
	var e *Error
	switch {
	case err == nil || errors.As(err, &e):
		return err
	case errors.Is(err, store.ErrCursor):
		return refuse(Invalid, "invalid.after", "翻页标记无效，请从头打开列表", "the page cursor is not valid; open the list from its start")
	case errors.Is(err, store.ErrConflict):
		return stale()
	}
	return err
}

func stale() *Error {
	return refuse(Stale, "stale", "别人刚改过这一条，请看过最新内容后再改", "somebody changed this meanwhile; look at the newest state and try again")
}

// found is a Get whose miss says what was missing: found(c.Get(tx, id))("shot").
func found[T any](rec *T, err error) func(kind string) (*T, error) {
	return func(kind string) (*T, error) {
		if errors.Is(err, store.ErrNotFound) {
			return nil, unknown(kind)
		}
		if err != nil {
			return nil, fmt.Errorf("reading a %s: %w", kind, err)
		}
		return rec, nil
	}
}

// base checks that a change is based on the present revision.
func base(have, want int64) error {
	if have != want {
		return stale()
	}
	return nil
}

func values[T any](in []*T) []T {
	out := make([]T, 0, len(in))
	for _, p := range in {
		if p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// secret gives n random bytes as text that fits a link.
func secret(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead (crypto/rand)
	return hex.EncodeToString(b)
}
