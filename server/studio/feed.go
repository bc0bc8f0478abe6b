package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chouka/store"
)

// FeedKind is whose calendar a feed is.
type FeedKind string

// The kinds of feed.
const (
	FeedPerson   FeedKind = "person" // the maker's own: what they booked, and the days that they are called for
	FeedTitle    FeedKind = "title"
	FeedLocation FeedKind = "location"
)

// Feed is a calendar that a calendar program subscribes to by a secret address. It shows what its maker may see.
type Feed struct {
	store.Meta
	PersonID string     `json:"person_id"` // the maker
	Kind     FeedKind   `json:"kind" enum:"person,title,location"`
	ObjectID string     `json:"object_id,omitempty"`
	Name     string     `json:"name"` // of the title, the location or the person
	Lang     string     `json:"lang" enum:"zh,en"`
	Used     *time.Time `json:"used,omitempty"` // last read, to five minutes
}

// keptFeed is a feed with the hash of its secret.
type keptFeed struct {
	Feed
	Hash string `json:"hash"`
}

// FeedIn asks for a feed.
type FeedIn struct {
	Kind     FeedKind `json:"kind" enum:"person,title,location"`
	ObjectID string   `json:"object_id,omitempty" doc:"the title's or the location's id"`
	Lang     string   `json:"lang,omitempty" enum:",zh,en"`
}

// MadeFeed is a new feed with its address, shown once: a path below the API's prefix.
type MadeFeed struct {
	Feed Feed   `json:"feed"`
	Path string `json:"path"` // /calendar/{secret}.ics
}

const (
	feedLimit  = 100 // feeds of one person
	feedSecret = 32  // random bytes
	feedEnding = ".ics"
)

// Feeds lists the asking person's feeds, newest first.
func (s *Studio) Feeds(ctx context.Context, by Actor) ([]Feed, error) {
	if err := by.self(); err != nil {
		return nil, err
	}
	out := []Feed{}
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.r.feeds.List(tx, "person", store.K().ID(by.Person.ID), Page{Limit: store.MaxPage, Reverse: true})
		if err != nil {
			return err
		}
		for _, f := range got.Items {
			use, err := s.r.tokenUses.Get(tx, f.ID)
			if err == nil {
				f.Used = &use.At
			} else if !errors.Is(err, store.ErrNotFound) {
				return err
			}
			out = append(out, f.Feed)
		}
		return nil
	})
	return out, err
}

// MakeFeed makes a calendar feed for the asking person, who must sit at a browser.
func (s *Studio) MakeFeed(ctx context.Context, by Actor, in FeedIn) (MadeFeed, error) {
	if err := by.self(); err != nil {
		return MadeFeed{}, err
	}
	if !slices.Contains([]FeedKind{FeedPerson, FeedTitle, FeedLocation}, in.Kind) {
		return MadeFeed{}, wrong("kind", "日历只能是我的、一部剧的或一个取景地的", "a calendar is one's own, a title's or a location's")
	}
	if !slices.Contains([]string{"", "zh", "en"}, in.Lang) {
		return MadeFeed{}, wrong("lang", "语言只能是 zh 或 en", "the language is zh or en")
	}
	if in.Lang == "" {
		in.Lang = "zh"
	}
	var out MadeFeed
	// Not through create: a kept answer would keep the secret.
	err := s.update(ctx, by, func(c *change) error {
		key := secret(feedSecret)
		f := keptFeed{Feed: Feed{Meta: c.meta(), PersonID: by.Person.ID, Kind: in.Kind, ObjectID: in.ObjectID, Lang: in.Lang}, Hash: tokenHash(key)}
		if err := c.mayFeed(&f.Feed); err != nil {
			return err
		}
		if err := s.r.feeds.Insert(c.tx, &f); err != nil {
			return fmt.Errorf("making a feed: %w", err)
		}
		out = MadeFeed{Feed: f.Feed, Path: "/calendar/" + key + feedEnding}
		return c.note(event{Verb: "feed.made", Kind: "feed", Object: f.ID, Params: map[string]string{"name": f.Name, "kind": string(f.Kind)}})
	})
	return out, err
}

func (c *change) mayFeed(f *Feed) error {
	have, _, err := c.s.r.feeds.IDs(c.tx, "person", store.K().ID(f.PersonID), Page{Limit: feedLimit})
	if err != nil {
		return fmt.Errorf("counting feeds: %w", err)
	}
	if len(have) >= feedLimit {
		return conflict("feed.limit", "每人最多 %d 个日历订阅，请先停用不用的", "a person has at most %d calendar feeds; end one that is not used", feedLimit)
	}
	if f.Kind == FeedPerson {
		f.ObjectID = ""
	}
	f.Name, err = c.s.feedName(c.tx, c.by, f)
	return err
}

// feedName names what a feed shows, and refuses what its maker may not see.
func (s *Studio) feedName(tx store.Txn, by Actor, f *Feed) (string, error) {
	switch f.Kind {
	case FeedTitle:
		if err := by.must(ViewTitle, f.ObjectID, "title"); err != nil {
			return "", err
		}
		t, err := found(s.r.titles.Get(tx, f.ObjectID))("title")
		if err != nil {
			return "", err
		}
		return t.Name, nil
	case FeedLocation:
		if err := by.must(ViewPlaces, "", "location"); err != nil {
			return "", err
		}
		l, err := found(s.r.locations.Get(tx, f.ObjectID))("location")
		if err != nil {
			return "", err
		}
		return l.Name, s.unmerged(tx, l)
	}
	return by.Person.Name, nil
}

// RevokeFeed ends a feed: its address answers as if it had never been.
func (s *Studio) RevokeFeed(ctx context.Context, by Actor, id string, rev int64) error {
	if err := by.self(); err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error {
		f, err := found(s.r.feeds.Get(c.tx, id))("feed")
		if err != nil {
			return err
		}
		if f.PersonID != by.Person.ID {
			return unknown("feed")
		}
		if err := base(f.Rev, rev); err != nil {
			return err
		}
		return c.endFeed(f)
	})
}

func (c *change) endFeed(f *keptFeed) error {
	if err := c.s.r.feeds.Delete(c.tx, f.ID); err != nil {
		return fmt.Errorf("ending a feed: %w", err)
	}
	if err := c.forgetUse(f.ID); err != nil {
		return fmt.Errorf("ending a feed: %w", err)
	}
	return c.note(event{Verb: "feed.ended", Kind: "feed", Object: f.ID, Params: map[string]string{"name": f.Name, "kind": string(f.Kind)}})
}

// endFeeds ends every feed of a person.
func (c *change) endFeeds(personID string) error {
	got, err := c.s.r.feeds.List(c.tx, "person", store.K().ID(personID), Page{Limit: store.MaxPage})
	for _, f := range got.Items {
		err = errors.Join(err, c.endFeed(f))
	}
	return err
}

// Calendar writes the calendar of a secret address (RFC 5545), as its maker may see it now. It names no phone numbers and
// no free text, in which some might stand.
func (s *Studio) Calendar(ctx context.Context, file string) (*Document, error) {
	key, ok := strings.CutSuffix(file, feedEnding)
	if !ok || len(key) != 2*feedSecret {
		return nil, unknown("feed")
	}
	var out *Document
	var used time.Time
	var by Actor
	var id string
	err := s.view(ctx, func(tx store.Txn) error {
		f, err := found(s.r.feeds.By(tx, "hash", store.K().Text(tokenHash(key))))("feed")
		if err != nil {
			return err
		}
		by = Actor{}
		if err := s.loadActor(tx, &by, f.PersonID); err != nil {
			return err
		}
		if _, err := s.feedName(tx, by, &f.Feed); err != nil || !by.Person.Active {
			return unknown("feed")
		}
		use, err := s.r.tokenUses.Get(tx, f.ID)
		if err == nil {
			used = use.At
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		id = f.ID
		out, err = s.calendar(tx, by, &f.Feed)
		return err
	})
	if err == nil && s.now().Sub(used) > seenEvery {
		err = s.update(ctx, by, func(c *change) error {
			if have, err := s.r.feeds.Has(c.tx, id); !have || err != nil {
				return err // ended meanwhile
			}
			return c.used(id)
		})
	}
	return out, err
}
