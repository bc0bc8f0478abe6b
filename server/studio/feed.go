package studio

import (
	"context"
	"errors"
	"time"

	"chouka/store"
)

// FeedKind is whose calendar a feed is.
type FeedKind string

// The kinds of feed.
const (
	FeedPerson   FeedKind = "person" // the maker's own
	FeedTitle    FeedKind = "title"
	FeedLocation FeedKind = "location"
)

// Feed is a calendar that a calendar program subscribes to by a secret address. It shows what its maker may see.
type Feed struct {
	store.Meta
	PersonID string     `json:"person_id"` // the maker
	Kind     FeedKind   `json:"kind" enum:"person,title,location"`
	ObjectID string     `json:"object_id,omitempty"`
	Name     string     `json:"name"` // of the title or location
	Lang     string     `json:"lang" enum:"zh,en"`
	Used     *time.Time `json:"used,omitempty"` // last read, to the hour
}

// FeedIn asks for a feed.
type FeedIn struct {
	Kind     FeedKind `json:"kind" enum:"person,title,location"`
	ObjectID string   `json:"object_id,omitempty"`
	Lang     string   `json:"lang,omitempty" enum:",zh,en"`
}

// MadeFeed is a new feed with its address, shown once: a path below the API's prefix.
type MadeFeed struct {
	Feed Feed   `json:"feed"`
	Path string `json:"path"` // /calendar/{secret}.ics
}

// Feeds lists the asking person's feeds, newest first.
func (s *Studio) Feeds(ctx context.Context, by Actor) ([]Feed, error) {
	return nil, errors.New("seam")
}

// MakeFeed makes a calendar feed.
func (s *Studio) MakeFeed(ctx context.Context, by Actor, in FeedIn) (MadeFeed, error) {
	return MadeFeed{}, errors.New("seam")
}

// RevokeFeed ends a feed: its address answers as if it had never been.
func (s *Studio) RevokeFeed(ctx context.Context, by Actor, id string, rev int64) error {
	return errors.New("seam")
}

// Calendar writes the calendar of a secret address (RFC 5545). It names no phone numbers.
func (s *Studio) Calendar(ctx context.Context, secret string) (*Document, error) {
	return nil, errors.New("seam")
}

// keptFeed is a feed with the hash of its secret.
type keptFeed struct {
	Feed
	Hash string `json:"hash"`
}
