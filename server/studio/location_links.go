package studio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chouka/store"
)

// LocationLinks is what hangs on a location.
type LocationLinks struct {
	Places   []LinkedPlace `json:"places"`
	Sheets   []LinkedSheet `json:"sheets"`
	Bookings int64         `json:"bookings"` // not cancelled
	Days     int64         `json:"days"`     // shooting days with scenes here
	Notes    int64         `json:"notes"`
	Hidden   int64         `json:"hidden"` // titles that the asking person does not see
}

// LinkedPlace is a script's place that is, or may become, the location.
type LinkedPlace struct {
	Element Element `json:"element"`
	Title   string  `json:"title"` // its name
	Locked  bool    `json:"locked"`
	Scenes  int64   `json:"scenes"`
	Shots   int64   `json:"shots"`
}

// LinkedSheet is a reference sheet of such a place. Picks drawn from a replaced edition are outdated.
type LinkedSheet struct {
	ReferenceID string `json:"reference_id"`
	Name        string `json:"name"`
	TitleID     string `json:"title_id"`
	Title       string `json:"title"`
	Edition     int64  `json:"edition"`
	Picks       int64  `json:"picks"`
	Outdated    int64  `json:"outdated"`
}

// LocationLinks says what hangs on a location, as far as the asking person sees the titles. Bookings and days of other
// titles are in the figures, because they hold the place all the same.
func (s *Studio) LocationLinks(ctx context.Context, by Actor, id string) (LocationLinks, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return LocationLinks{}, err
	}
	var out LocationLinks
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.locations.Get(tx, id))("location"); err != nil {
			return err
		}
		x := links{s: s, tx: tx, by: by, id: id, titles: map[string]string{}, days: map[string]bool{},
			out: LocationLinks{Places: []LinkedPlace{}, Sheets: []LinkedSheet{}}}
		if err := errors.Join(x.places(), x.bookings(), x.ownDays(), x.notes()); err != nil {
			return err
		}
		out = x.sum()
		return nil
	})
	return out, err
}

// links gathers what hangs on one location.
type links struct {
	s      *Studio
	tx     store.Txn
	by     Actor
	id     string
	titles map[string]string // names by id; empty: not seen by who asks
	days   map[string]bool   // ids of shooting days
	out    LocationLinks
}

// title is the name of a title, and whether the asking person sees it.
func (x *links) title(id string) (string, bool, error) {
	name, ok := x.titles[id]
	if !ok && x.by.readsTitle(id, "title") == nil {
		t, err := x.s.r.titles.Get(x.tx, id)
		if err != nil {
			return "", false, fmt.Errorf("reading a title: %w", err)
		}
		name = t.Name
	}
	x.titles[id] = name
	return name, name != "", nil
}

// places adds the scripts' places that are or may become the location, with the sheets of these.
func (x *links) places() error {
	return x.s.r.elements.Each(x.tx, "location", store.K().ID(x.id), func(e *Element) error {
		if e.LocationID == x.id {
			if err := x.daysOf(e); err != nil {
				return err
			}
		}
		title, seen, err := x.title(e.TitleID)
		if err != nil || !seen {
			return err
		}
		if err := x.s.total(x.tx, e); err != nil {
			return err
		}
		shots, err := x.s.shotsIn(x.tx, e)
		if err != nil {
			return err
		}
		x.out.Places = append(x.out.Places, LinkedPlace{Element: *e, Title: title, Locked: e.LocationID == x.id, Scenes: e.Scenes, Shots: shots})
		return x.sheets(e, title)
	})
}

func (x *links) sheets(e *Element, title string) error {
	return x.s.r.references.Each(x.tx, "element", store.K().ID(e.ID), func(r *Reference) error {
		sheet := LinkedSheet{ReferenceID: r.ID, Name: r.Name, TitleID: r.TitleID, Title: title, Edition: r.Edition}
		count := func(to *int64, prefix store.Key) error {
			return x.s.r.shots.Keys(x.tx, "sheet", prefix, func(store.Key, string) error {
				*to++
				return nil
			})
		}
		var current int64
		err := errors.Join(count(&sheet.Picks, store.K().ID(r.ID)), count(&current, store.K().ID(r.ID).Int(r.Edition)))
		sheet.Outdated = sheet.Picks - current
		x.out.Sheets = append(x.out.Sheets, sheet)
		return err
	})
}

func (x *links) bookings() error {
	return x.s.r.bookings.Each(x.tx, "location", store.K().ID(x.id), func(b *Booking) error {
		if b.Status == Dropped {
			return nil
		}
		x.out.Bookings++
		_, _, err := x.title(b.TitleID)
		return err
	})
}

// daysOf adds the days on which a scene of a place that is locked here stands without a place of its own.
func (x *links) daysOf(e *Element) error {
	scenes, err := x.s.scenesNeeding(x.tx, e, false)
	for _, id := range scenes {
		err = errors.Join(err, x.s.r.days.Each(x.tx, "scene", store.K().ID(id), func(d *ShootDay) error {
			if slices.ContainsFunc(d.Scenes, func(o DayScene) bool { return o.SceneID == id && o.LocationID == "" }) {
				return x.day(d)
			}
			return nil
		}))
	}
	return err
}

// ownDays adds the days on which a scene is put here.
func (x *links) ownDays() error {
	return x.s.r.days.Each(x.tx, "location", store.K().ID(x.id), x.day)
}

func (x *links) day(d *ShootDay) error {
	x.days[d.ID] = true
	_, _, err := x.title(d.TitleID)
	return err
}

func (x *links) notes() error {
	return x.s.r.siteNotes.Keys(x.tx, "location", store.K().ID(x.id), func(store.Key, string) error {
		x.out.Notes++
		return nil
	})
}

func (x *links) sum() LocationLinks {
	out := x.out
	out.Days = int64(len(x.days))
	for _, name := range x.titles {
		if name == "" {
			out.Hidden++
		}
	}
	slices.SortStableFunc(out.Places, func(a, b LinkedPlace) int {
		return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(elementKey(a.Element.Name), elementKey(b.Element.Name)))
	})
	slices.SortStableFunc(out.Sheets, func(a, b LinkedSheet) int {
		return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(a.Name, b.Name))
	})
	return out
}

// dayPlaces are the locations at which a day has scenes of its own choice.
func dayPlaces(d *ShootDay) []store.Key {
	var ids []string
	for _, x := range d.Scenes {
		if x.LocationID != "" && !slices.Contains(ids, x.LocationID) {
			ids = append(ids, x.LocationID)
		}
	}
	keys := make([]store.Key, len(ids))
	for i, id := range ids {
		keys[i] = store.K().ID(id).Text(d.Date)
	}
	return keys
}
