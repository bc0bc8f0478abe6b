package studio

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"chouka/store"
)

// MergedPlace is the trace of a duplicate that a location took over.
type MergedPlace struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// PlaceMergeIn names the location that takes the duplicate over.
type PlaceMergeIn struct {
	Into string `json:"into"`
}

// MergeLocation gives everything that hangs on a duplicate to another location: bookings, areas, photos, documents,
// notes, links from scripts. The duplicate stays as a trace, is in no list, and says where it went. Confirmed bookings
// that would overlap are Conflict location.merge_overlap, naming both. rev is the duplicate's.
func (s *Studio) MergeLocation(ctx context.Context, by Actor, id string, rev int64, in PlaceMergeIn) (Location, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	var out Location
	err := s.update(ctx, by, func(c *change) error {
		from, err := c.openPlace(id)
		if err != nil {
			return err
		}
		if err := base(from.Rev, rev); err != nil {
			return err
		}
		if in.Into == id {
			return wrong("into", "不能和自己合并，请选另一个", "it cannot be merged with itself; choose another")
		}
		into, err := c.openPlace(in.Into)
		if err != nil {
			return err
		}
		m := placeMerge{c: c, s: s, from: from, into: into, name: from.Name, areas: map[string]string{"": ""}}
		if err := m.run(); err != nil {
			return err
		}
		out, err = s.shownPlace(c.tx, by, into)
		return err
	})
	return out, err
}

// placeMerge moves what hangs on one location to another.
type placeMerge struct {
	c          *change
	s          *Studio
	from, into *Location
	name       string            // the duplicate's
	areas      map[string]string // of the duplicate, and what they are in the other
	locked     []*Element        // scripts' places that were the duplicate
}

func (m *placeMerge) run() error {
	m.mapAreas()
	bookings, err := m.bookings()
	if err != nil {
		return err
	}
	if err := m.overlaps(bookings); err != nil {
		return err
	}
	for _, b := range bookings {
		b.LocationID, b.AreaID, b.Updated = m.into.ID, m.area(b.AreaID), m.c.now
		if err := m.s.r.bookings.Put(m.c.tx, b); err != nil {
			return fmt.Errorf("moving a booking: %w", err)
		}
	}
	for _, step := range []func() error{m.gone, m.notes, m.elements, m.days, m.feeds, m.media, m.traces} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := m.facts(); err != nil {
		return err
	}
	return m.put()
}

// mapAreas finds areas of the duplicate under their names in the other location, and takes the rest over as they are.
func (m *placeMerge) mapAreas() {
	for _, a := range m.from.Areas {
		i := slices.IndexFunc(m.into.Areas, func(o Area) bool { return nameKey(o.Name) == nameKey(a.Name) })
		if i < 0 {
			i = len(m.into.Areas)
			m.into.Areas = append(m.into.Areas, a)
		} else {
			m.into.Areas[i].Note = joined(m.into.Areas[i].Note, a.Note)
		}
		m.areas[a.ID] = m.into.Areas[i].ID
	}
}

// area is what an area of the duplicate has become; one that was removed long ago stays what it was.
func (m *placeMerge) area(id string) string {
	if to, ok := m.areas[id]; ok {
		return to
	}
	return id
}

func (m *placeMerge) bookings() ([]*Booking, error) {
	var out []*Booking
	err := m.s.r.bookings.Each(m.c.tx, "location", store.K().ID(m.from.ID), func(b *Booking) error {
		out = append(out, b)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the bookings of a duplicate: %w", err)
	}
	return out, nil
}

func (m *placeMerge) notes() error {
	var notes []*SiteNote
	err := m.s.r.siteNotes.Each(m.c.tx, "location", store.K().ID(m.from.ID), func(n *SiteNote) error {
		notes = append(notes, n)
		return nil
	})
	for _, n := range notes {
		n.LocationID, n.AreaID, n.Updated = m.into.ID, m.area(n.AreaID), m.c.now
		err = errors.Join(err, m.s.r.siteNotes.Put(m.c.tx, n))
	}
	return err
}

// elements links the places of scripts that were or might have become the duplicate.
func (m *placeMerge) elements() error {
	var places []*Element
	err := m.s.r.elements.Each(m.c.tx, "location", store.K().ID(m.from.ID), func(e *Element) error {
		places = append(places, e)
		return nil
	})
	for _, e := range places {
		if e.LocationID == m.from.ID {
			e.LocationID, m.locked = m.into.ID, append(m.locked, e)
		}
		for i := range e.Candidates {
			if e.Candidates[i].LocationID == m.from.ID {
				e.Candidates[i].LocationID = m.into.ID
			}
		}
		e.Candidates, e.Updated = oneOfEach(e.Candidates), m.c.now
		err = errors.Join(err, m.s.r.elements.Put(m.c.tx, e))
	}
	return err
}

// days moves the scenes that were put on the duplicate, and those that stand in an area of it because their place was locked.
func (m *placeMerge) days() error {
	days := map[string]*ShootDay{}
	add := func(d *ShootDay) error {
		days[d.ID] = d
		return nil
	}
	err := m.s.r.days.Each(m.c.tx, "location", store.K().ID(m.from.ID), add)
	for _, e := range m.locked {
		for _, archived := range []bool{false, true} {
			scenes, err2 := m.s.scenesNeeding(m.c.tx, e, archived)
			err = errors.Join(err, err2)
			for _, id := range scenes {
				err = errors.Join(err, m.s.r.days.Each(m.c.tx, "scene", store.K().ID(id), add))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(days)) {
		d := days[id]
		for i := range d.Scenes {
			x := &d.Scenes[i]
			if x.LocationID == m.from.ID {
				x.LocationID = m.into.ID
			}
			x.AreaID = m.area(x.AreaID) // ids of areas are their own: those of other locations stay
		}
		d.Updated = m.c.now
		err = errors.Join(err, m.s.r.days.Put(m.c.tx, d))
	}
	return err
}

// feeds keeps calendars of the duplicate alive: whoever subscribed to one sees the other's from then on.
func (m *placeMerge) feeds() error {
	var feeds []*keptFeed
	err := m.s.r.feeds.All(m.c.tx, func(f *keptFeed) error {
		if f.Kind == FeedLocation && f.ObjectID == m.from.ID {
			feeds = append(feeds, f)
		}
		return nil
	})
	for _, f := range feeds {
		f.ObjectID, f.Name, f.Updated = m.into.ID, m.into.Name, m.c.now
		err = errors.Join(err, m.s.r.feeds.Put(m.c.tx, f))
	}
	return err
}

// media tells the background on whose page the duplicate's photos are now.
func (m *placeMerge) media() error {
	for _, p := range m.from.Photos {
		w, err := m.s.r.media.Get(m.c.tx, p.Media.SHA256)
		if err != nil {
			return fmt.Errorf("reading the work on a photo: %w", err)
		}
		if w.Location != m.from.ID {
			continue
		}
		w.Location = m.into.ID
		if err := m.s.r.media.Put(m.c.tx, w); err != nil {
			return fmt.Errorf("moving a photo: %w", err)
		}
	}
	return nil
}

// traces lead duplicates of the duplicate to where it went itself.
func (m *placeMerge) traces() error {
	for _, t := range m.from.Merged {
		l, err := m.s.r.locations.Get(m.c.tx, t.ID)
		if err != nil {
			return fmt.Errorf("reading a trace: %w", err)
		}
		l.MergedInto, l.Updated = m.into.ID, m.c.now
		if err := m.s.r.locations.Put(m.c.tx, l); err != nil {
			return fmt.Errorf("leading a trace on: %w", err)
		}
	}
	return nil
}

// put writes both locations and notes it for those who look at either.
func (m *placeMerge) put() error {
	c := m.c
	m.into.Merged = append(append(m.into.Merged, m.from.Merged...), MergedPlace{ID: m.from.ID, Name: m.name, By: c.by.Person.ID, At: c.now})
	m.from.MergedInto, m.from.Merged = m.into.ID, []MergedPlace{}
	m.into.Updated, m.from.Updated = c.now, c.now
	for _, l := range []*Location{m.from, m.into} {
		if err := m.s.r.locations.Put(c.tx, l); err != nil {
			return fmt.Errorf("writing a merged location: %w", err)
		}
	}
	err := c.note(event{Verb: "location.calendar", Kind: "location", Object: m.from.ID})
	return errors.Join(err, c.note(event{Verb: "location.merged", Kind: "location", Object: m.into.ID,
		Params: map[string]string{"name": m.name, "location": m.into.Name}}))
}
