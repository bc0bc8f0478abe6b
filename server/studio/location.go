package studio

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chouka/server/studio/geo"
	"chouka/store"
)

// PlaceStatus is how far a location is secured.
type PlaceStatus string

// The statuses of a location, in order.
const (
	PlaceWanted    PlaceStatus = "wanted"
	PlaceScouting  PlaceStatus = "scouting"
	PlaceHeld      PlaceStatus = "held"
	PlaceConfirmed PlaceStatus = "confirmed"
	PlaceReleased  PlaceStatus = "released"
)

// Location is a place where shooting happens (取景地).
type Location struct {
	store.Meta
	Name    string      `json:"name"`
	Aliases []string    `json:"aliases"`
	Address string      `json:"address"`
	Note    string      `json:"note"`
	Status  PlaceStatus `json:"status" enum:"wanted,scouting,held,confirmed,released"`
	Areas   []Area      `json:"areas"`
	Photos  []Photo     `json:"photos"`
	Tags    []string    `json:"tags"`
	Point   *geo.Point  `json:"point,omitempty"` // WGS-84; nil: not known
	// Maps are links out to map services, each in its own coordinate system; worked out when it is read.
	Maps       *geo.Links      `json:"maps,omitempty"`
	Contacts   []Contact       `json:"contacts"` // phone numbers only for those who may edit places
	Price      Price           `json:"price"`
	Hours      []Hours         `json:"hours"` // when work is permitted; none: at any time
	Noise      string          `json:"noise"`
	Power      string          `json:"power"`
	Parking    string          `json:"parking"`
	LoadIn     string          `json:"load_in"`
	Hospital   Hospital        `json:"hospital"`  // the nearest
	Documents  []PlaceDocument `json:"documents"` // only for those who may edit places
	Blackouts  []Blackout      `json:"blackouts"` // times at which it cannot be had
	MergedInto string          `json:"merged_into,omitempty"`
	Merged     []MergedPlace   `json:"merged"`         // duplicates that this one took over
	Away       *int64          `json:"away,omitempty"` // metres from where a search stands
	Free       *PlaceFree      `json:"free,omitempty"` // in the time that a search wants
	Demo       bool            `json:"demo"`
}

// PlaceFree is what of a location nobody holds in the time that a search wants.
type PlaceFree struct {
	Whole bool   `json:"whole"` // all of it, with every area
	Areas []Area `json:"areas"`
}

// Contact is somebody to call about a location.
type Contact struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	Phone string `json:"phone"`
	Note  string `json:"note"`
}

// Price is what a location costs; money in 1/10,000 of the currency unit, 0: not agreed.
type Price struct {
	Currency string `json:"currency"` // ISO 4217; CNY when empty
	Flat     int64  `json:"flat"`
	Day      int64  `json:"day"`
	Hour     int64  `json:"hour"`
	Deposit  int64  `json:"deposit"`
	Note     string `json:"note"`
}

// Hours are when work is permitted on some weekdays, in the studio's zone. A To at or before From lies on the next day.
type Hours struct {
	Weekdays []int  `json:"weekdays"` // 1 Monday … 7 Sunday (ISO 8601); none: every day
	From     string `json:"from"`     // 15:04
	To       string `json:"to"`       // 15:04, 24:00 too
	Note     string `json:"note"`
}

// Hospital is the nearest one, for the call sheet.
type Hospital struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Phone   string `json:"phone"`
}

// Area is a part of a location that can be booked alone: hall, lobby, roof.
type Area struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Note string `json:"note"`
}

// Photo is a picture of a location, or of one area of it.
type Photo struct {
	ID     string    `json:"id"`
	AreaID string    `json:"area_id,omitempty"`
	File   string    `json:"file"`
	Note   string    `json:"note"`
	Media  Media     `json:"media"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	// What the camera wrote into the file (EXIF).
	Taken  string     `json:"taken,omitempty"`  // 2006-01-02T15:04:05, with +08:00 behind where the camera says it
	Camera string     `json:"camera,omitempty"` // make and model
	Point  *geo.Point `json:"point,omitempty"`  // only for those who may edit places
}

// LocationIn creates or, with nil fields left as they are, changes a location.
// Areas without an id are new; an area that is left out is removed, unless it is booked.
type LocationIn struct {
	Name     *string      `json:"name,omitempty"`
	Aliases  *[]string    `json:"aliases,omitempty"`
	Address  *string      `json:"address,omitempty"`
	Note     *string      `json:"note,omitempty"`
	Status   *PlaceStatus `json:"status,omitempty" enum:"wanted,scouting,held,confirmed,released"`
	Areas    *[]AreaIn    `json:"areas,omitempty"`
	Tags     *[]string    `json:"tags,omitempty"`
	Point    *PointIn     `json:"point,omitempty"`
	NoPoint  bool         `json:"no_point,omitempty" doc:"takes the point off"`
	Contacts *[]Contact   `json:"contacts,omitempty"`
	Price    *Price       `json:"price,omitempty"`
	Hours    *[]Hours     `json:"hours,omitempty"`
	Noise    *string      `json:"noise,omitempty"`
	Power    *string      `json:"power,omitempty"`
	Parking  *string      `json:"parking,omitempty"`
	LoadIn   *string      `json:"load_in,omitempty"`
	Hospital *Hospital    `json:"hospital,omitempty"`
}

// PointIn is a point as somebody gives it, with the coordinate system that it is in.
type PointIn struct {
	Lat    float64    `json:"lat" minimum:"-90" maximum:"90"`
	Lon    float64    `json:"lon" minimum:"-180" maximum:"180"`
	System geo.System `json:"system" enum:"wgs84,gcj02,bd09"`
}

// AreaIn is an area as a form sends it.
type AreaIn struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
}

// Places lists the statuses of a location in their order.
func Places() []PlaceStatus {
	return []PlaceStatus{PlaceWanted, PlaceScouting, PlaceHeld, PlaceConfirmed, PlaceReleased}
}

// placeMoves is the table of a location's statuses: one step on or back, and a
// released place may be wanted again.
func placeMoves(from PlaceStatus) []PlaceStatus {
	switch from {
	case PlaceWanted:
		return []PlaceStatus{PlaceScouting}
	case PlaceScouting:
		return []PlaceStatus{PlaceWanted, PlaceHeld}
	case PlaceHeld:
		return []PlaceStatus{PlaceScouting, PlaceConfirmed}
	case PlaceConfirmed:
		return []PlaceStatus{PlaceHeld, PlaceReleased}
	case PlaceReleased:
		return []PlaceStatus{PlaceConfirmed, PlaceWanted}
	}
	return nil
}

// Location reads one place. Phone numbers and documents are only for those who may edit places.
func (s *Studio) Location(ctx context.Context, by Actor, id string) (Location, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	var out Location
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := found(s.r.locations.Get(tx, id))("location")
		if err != nil {
			return err
		}
		out, err = s.shownPlace(tx, by, l)
		return err
	})
	return out, err
}

// CreateLocation adds a place, at whatever status it already has. Two places may share a name.
func (s *Studio) CreateLocation(ctx context.Context, by Actor, in LocationIn) (Location, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	if in.Name == nil {
		in.Name = new(string)
	}
	return create(ctx, s, by, func(c *change) (Location, error) {
		l := Location{Meta: c.meta(), Status: PlaceWanted}
		l.settle()
		if in.Status != nil && slices.Contains(Places(), *in.Status) {
			l.Status = *in.Status
		}
		if err := c.applyLocation(&l, in); err != nil {
			return Location{}, err
		}
		if err := s.r.locations.Insert(c.tx, &l); err != nil {
			return Location{}, fmt.Errorf("adding a location: %w", err)
		}
		if err := c.notePlace("location.created", &l); err != nil {
			return Location{}, err
		}
		return s.shownPlace(c.tx, by, &l)
	})
}

// EditLocation changes a place. Its status follows one table: a step on or back,
// and from released to wanted; anything else is Conflict location.status.
func (s *Studio) EditLocation(ctx context.Context, by Actor, id string, rev int64, in LocationIn) (Location, error) {
	return s.changePlace(ctx, by, id, rev, func(c *change, l *Location) (string, error) {
		was := l.Status
		err := c.applyLocation(l, in)
		if was != l.Status {
			return "location.status", err
		}
		return "location.edited", err
	})
}

// changePlace is one change to a location; edit says what to call it.
func (s *Studio) changePlace(ctx context.Context, by Actor, id string, rev int64, edit func(*change, *Location) (string, error)) (Location, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	var out Location
	err := s.update(ctx, by, func(c *change) error {
		l, err := c.openPlace(id)
		if err != nil {
			return err
		}
		if err := base(l.Rev, rev); err != nil {
			return err
		}
		verb, err := edit(c, l)
		if err != nil {
			return err
		}
		out, err = c.putPlace(l, verb)
		return err
	})
	return out, err
}

func (c *change) putPlace(l *Location, verb string) (Location, error) {
	l.Updated = c.now
	if err := c.s.r.locations.Put(c.tx, l); err != nil {
		return Location{}, err
	}
	if err := c.notePlace(verb, l); err != nil {
		return Location{}, err
	}
	return c.s.shownPlace(c.tx, c.by, l)
}

func (c *change) notePlace(verb string, l *Location) error {
	return c.note(event{Verb: verb, Kind: "location", Object: l.ID, Params: map[string]string{"location": l.Name, "status": string(l.Status)}})
}

func (c *change) applyLocation(l *Location, in LocationIn) error {
	was := l.Name
	var x setter
	x.needed("name", &l.Name, in.Name)
	x.lines("aliases", &l.Aliases, in.Aliases)
	x.line("address", &l.Address, in.Address)
	x.prose("note", &l.Note, in.Note)
	x.facts(l, in)
	if x.err != nil {
		return x.err
	}
	if was != "" && was != l.Name {
		l.Aliases = append(slices.Clone(l.Aliases), was) // scripts and people go on saying it
	}
	if err := l.cleanAliases(); err != nil {
		return err
	}
	if err := setPlaceStatus(l, in.Status); err != nil {
		return err
	}
	if in.Areas == nil {
		return nil
	}
	return c.applyAreas(l, *in.Areas)
}

// cleanAliases drops aliases that say the name or each other again.
func (l *Location) cleanAliases() error {
	out, seen := []string{}, []string{nameKey(l.Name)}
	for _, a := range l.Aliases {
		if k := nameKey(a); !slices.Contains(seen, k) {
			seen, out = append(seen, k), append(out, a)
		}
	}
	if len(out) > placeAliases {
		return wrong("aliases", "别名最多 100 个，请先删去一些", "at most 100 aliases; remove some first")
	}
	l.Aliases = out
	return nil
}

func setPlaceStatus(l *Location, to *PlaceStatus) error {
	switch {
	case to == nil || *to == l.Status:
		return nil
	case !slices.Contains(Places(), *to):
		return wrong("status", "没有这个状态", "there is no such status")
	case !slices.Contains(placeMoves(l.Status), *to):
		return conflict("location.status", "取景地的状态要一步一步改，不能直接跳到那个状态", "a location's status changes one step at a time; that one cannot follow the present one")
	}
	l.Status = *to
	return nil
}
