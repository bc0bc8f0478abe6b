package studio

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chouka/server/studio/geo"
	"chouka/store"
)

// callDraft builds the content of a call sheet out of the day as it stands now and what people typed.
type callDraft struct {
	s     *Studio
	tx    store.Txn
	typed CallTyped
	day   *ShootDay
	clock callDay
	out   CallContent

	locations map[string]*Location
	needs     needReader
	who       map[string][]Element // the characters of each scene by its id
	booked    []*Booking           // of the title, that begin on the date, not cancelled
}

// draftCall is the call sheet of a day as it stands now.
func (s *Studio) draftCall(tx store.Txn, sheet *CallSheet) (CallContent, error) {
	day, err := found(s.r.days.Get(tx, sheet.DayID))("day")
	if err != nil {
		return CallContent{}, err
	}
	zone, err := s.callZone(tx, day)
	if err != nil {
		return CallContent{}, err
	}
	x := &callDraft{s: s, tx: tx, typed: sheet.Typed, day: day, clock: newCallDay(day, zone), locations: map[string]*Location{},
		needs: needReader{s: s, tx: tx, elements: map[string]*Element{}}, who: map[string][]Element{}}
	for _, step := range []func() error{x.head, x.numbered, x.bookings, x.scenes, x.places, x.cast, x.crew} {
		if err := step(); err != nil {
			return CallContent{}, fmt.Errorf("building a call sheet: %w", err)
		}
	}
	return x.out, nil
}

// callZone is the zone of a day; the studio's where its own is not known here.
func (s *Studio) callZone(tx store.Txn, d *ShootDay) (*time.Location, error) {
	if loc, ok := s.zones.Load(d.Zone); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(d.Zone)
	if err != nil || d.Zone == "" {
		return s.zone(tx)
	}
	s.zones.Store(d.Zone, loc)
	return loc, nil
}

// head fills in what concerns the whole day.
func (x *callDraft) head() error {
	title, err := found(x.s.r.titles.Get(x.tx, x.day.TitleID))("title")
	if err != nil {
		return err
	}
	date, err := time.Parse(time.DateOnly, x.day.Date)
	if err != nil {
		return fmt.Errorf("reading the date of a day: %w", err)
	}
	t := x.typed
	x.out = CallContent{Title: title.Name, Company: title.Company, Date: x.day.Date, Weekday: (int(date.Weekday())+6)%7 + 1,
		Unit: x.day.Unit, Zone: x.clock.zone.String(), CallAt: x.clock.clock(x.day.Start), MakeupAt: x.clock.on(t.MakeupAt),
		OnSetAt: x.clock.on(t.OnSetAt), ShootAt: x.clock.on(t.ShootAt), WrapAt: x.clock.end(t.WrapAt), Meals: []CallMeal{},
		Weather: t.Weather, Transport: t.Transport, Safety: t.Safety, Note: t.Note, Contacts: slices.Clone(t.Contacts)}
	if x.out.WrapAt == "" {
		x.out.WrapAt = x.clock.clock(x.day.End)
	}
	if x.out.Contacts == nil {
		x.out.Contacts = []Contact{}
	}
	for _, m := range t.Meals {
		x.out.Meals = append(x.out.Meals, CallMeal{Name: m.Name, At: x.clock.on(m.At)})
	}
	return nil
}

// numbered says which day of the unit this is, and what the one after it holds.
func (x *callDraft) numbered() error {
	var next *ShootDay
	err := x.s.r.days.Each(x.tx, "title", store.K().ID(x.day.TitleID), func(d *ShootDay) error {
		if d.Unit != x.day.Unit {
			return nil
		}
		x.out.Of++
		switch {
		case d.Date <= x.day.Date:
			x.out.Number++
		case next == nil:
			next = d
		}
		return nil
	})
	x.out.Next = []CallScene{}
	if err != nil || next == nil {
		return err
	}
	zone, err := x.s.callZone(x.tx, next)
	if err != nil {
		return err
	}
	y := &callDraft{s: x.s, tx: x.tx, day: next, clock: newCallDay(next, zone), locations: x.locations, needs: x.needs, who: map[string][]Element{}}
	err = y.scenes()
	x.out.Next, x.out.NextDate = y.out.Scenes, next.Date
	return err
}

// bookings finds what the title holds on the date.
func (x *callDraft) bookings() error {
	from, err := time.ParseInLocation(time.DateOnly, x.day.Date, x.clock.zone)
	if err != nil {
		return err
	}
	got, err := x.s.r.bookings.ListRange(x.tx, "title", store.K().ID(x.day.TitleID).Time(from),
		store.K().ID(x.day.TitleID).Time(from.AddDate(0, 0, 1)), Page{Limit: store.MaxPage})
	x.booked = slices.DeleteFunc(got.Items, func(b *Booking) bool { return b.Status == Dropped })
	return err
}

func (x *callDraft) location(id string) (*Location, error) {
	if l, known := x.locations[id]; known || id == "" {
		return l, nil
	}
	l, err := x.s.r.locations.Get(x.tx, id)
	if errors.Is(err, store.ErrNotFound) {
		l, err = nil, nil
	}
	x.locations[id] = l
	return l, err
}

// scenes are those of the day, with what they need from the breakdown and from hand.
func (x *callDraft) scenes() error {
	typed := map[string]CallNeeds{}
	for _, n := range x.typed.Scenes {
		typed[n.SceneID] = n
	}
	begins, known := x.day.Start, true
	x.out.Scenes = []CallScene{}
	for _, at := range x.day.Scenes {
		row, err := x.scene(at, typed[at.SceneID])
		if err != nil {
			return err
		}
		if row == nil {
			continue
		}
		if known {
			row.Begins = x.clock.clock(begins)
		}
		known = known && at.Minutes > 0
		begins = begins.Add(time.Duration(at.Minutes) * time.Minute)
		x.out.Scenes = append(x.out.Scenes, *row)
	}
	return nil
}

// scene is one scene with its place, its characters and what it needs; nil when it is gone altogether.
func (x *callDraft) scene(at DayScene, typed CallNeeds) (*CallScene, error) {
	rec, err := x.s.r.scenes.Get(x.tx, at.SceneID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	needs, err := x.needs.needs(rec)
	if err != nil {
		return nil, err
	}
	typed.SceneID = rec.ID
	row := CallScene{SceneID: rec.ID, Code: callCode(rec), Heading: rec.Heading, Set: rec.Place, Light: callLight(rec), Minutes: at.Minutes,
		Shots: needs.Scene.Shots, Cast: []string{}, CallNeeds: typed}
	if row.Seconds, err = x.s.callSeconds(x.tx, rec.ID); err != nil {
		return nil, err
	}
	props, locationID := []string{}, at.LocationID
	for _, e := range needs.Elements {
		switch e.Kind {
		case ElementCharacter:
			row.Cast = append(row.Cast, e.Name)
			x.who[rec.ID] = append(x.who[rec.ID], e)
		case ElementProp:
			props = append(props, e.Name)
		case ElementPlace:
			locationID = cmp.Or(locationID, e.LocationID)
		}
	}
	if typed.Props != "" {
		props = append(props, typed.Props)
	}
	row.Props = strings.Join(props, "、")
	l, err := x.location(locationID)
	if l != nil {
		row.Location = l.Name
		row.Area, _ = l.areaName(at.AreaID)
		x.here(l, row.Area)
	}
	return &row, err
}

// here puts a place, and a part of it, among the places of the day.
func (x *callDraft) here(l *Location, area string) {
	i := slices.IndexFunc(x.out.Places, func(p CallPlace) bool { return p.LocationID == l.ID })
	if i < 0 {
		i = len(x.out.Places)
		x.out.Places = append(x.out.Places, CallPlace{LocationID: l.ID, Areas: []string{}})
	}
	if p := &x.out.Places[i]; area != "" && !slices.Contains(p.Areas, area) {
		p.Areas = append(p.Areas, area)
	}
}

// places are those of the scenes in shooting order, then those that are booked besides.
func (x *callDraft) places() error {
	for _, b := range x.booked {
		l, err := x.location(b.LocationID)
		if err != nil {
			return err
		}
		if l != nil {
			area, _ := l.areaName(b.AreaID)
			x.here(l, area)
		}
	}
	if x.out.Places == nil {
		x.out.Places = []CallPlace{}
	}
	for i := range x.out.Places {
		p := &x.out.Places[i]
		l := x.locations[p.LocationID]
		p.Name, p.Address, p.Parking, p.LoadIn, p.Power, p.Noise, p.Hospital = l.Name, l.Address, l.Parking, l.LoadIn, l.Power, l.Noise, l.Hospital
		p.Hours = callHours(l.Hours, x.out.Weekday)
		p.Contacts = append([]Contact{}, l.Contacts...)
		if l.Point == nil {
			continue
		}
		links := geo.LinksOf(*l.Point, l.Name)
		p.Maps = &links
		if x.out.Sunrise == "" {
			x.sun(*l.Point)
		}
	}
	return nil
}

// sun tells when it rises and sets where the day begins.
func (x *callDraft) sun(at geo.Point) {
	date, err := time.Parse(time.DateOnly, x.day.Date)
	if err != nil {
		return
	}
	if rise, set, ok := geo.SunOf(at, date.Year(), date.Month(), date.Day(), x.clock.zone); ok {
		x.out.Sunrise, x.out.Sunset = rise.Round(time.Minute).Format("15:04"), set.Round(time.Minute).Format("15:04")
	}
}

// callHours says in figures when work is permitted on a weekday; empty: at any time.
func callHours(hours []Hours, weekday int) string {
	out := []string{}
	for _, h := range hours {
		if len(h.Weekdays) > 0 && !slices.Contains(h.Weekdays, weekday) {
			continue
		}
		text := h.From + "–" + h.To
		if h.To <= h.From {
			text += nextDay
		}
		if h.Note != "" {
			text += " " + h.Note
		}
		out = append(out, text)
	}
	return strings.Join(out, " · ")
}

// cast are the characters of the scenes, in the order in which they are needed, with who plays them.
func (x *callDraft) cast() error {
	typed := map[string]CallCast{}
	for _, c := range x.typed.Cast {
		typed[c.ElementID] = c
	}
	at := map[string]int{}
	x.out.Cast = []CallActor{}
	for _, row := range x.out.Scenes {
		for _, e := range x.who[row.SceneID] {
			i, known := at[e.ID]
			if !known {
				who, err := x.actor(e, typed[e.ID])
				if err != nil {
					return err
				}
				i, at[e.ID] = len(x.out.Cast), len(x.out.Cast)
				x.out.Cast = append(x.out.Cast, who)
			}
			x.out.Cast[i].Scenes = append(x.out.Cast[i].Scenes, row.Code)
		}
	}
	return nil
}

// actor is who plays a character, with the times that were typed for it.
func (x *callDraft) actor(e Element, typed CallCast) (CallActor, error) {
	out := CallActor{Character: e.Name, Scenes: []string{}, CallCast: CallCast{ElementID: e.ID, Pickup: x.clock.on(typed.Pickup),
		Makeup: x.clock.on(typed.Makeup), Call: x.clock.on(typed.Call), Wrap: x.clock.end(typed.Wrap), Note: typed.Note}}
	if e.PerformerID == "" {
		return out, nil
	}
	p, err := x.s.r.performers.Get(x.tx, e.PerformerID)
	if errors.Is(err, store.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.PerformerID, out.Performer = p.ID, p.Name
	return out, nil
}

// crew are those who were typed.
func (x *callDraft) crew() error {
	x.out.Crew = []CallCrew{}
	for _, c := range x.typed.Crew {
		c.Call = x.clock.on(c.Call)
		x.out.Crew = append(x.out.Crew, c)
	}
	return nil
}

// callCode is a scene's code as a crew says it: 3-2A is scene 2A of episode 3.
func callCode(x *Scene) string {
	return fmt.Sprintf("%d-%s", x.CodeEpisode, cmp.Or(strings.TrimLeft(x.Code, "0"), x.Code))
}

// callSeconds is the planned length of a scene's shots.
func (s *Studio) callSeconds(tx store.Txn, sceneID string) (int64, error) {
	var ms int64
	err := s.r.shots.Each(tx, "scene", store.K().ID(sceneID), func(x *Shot) error {
		ms += x.Milliseconds
		return nil
	})
	return (ms + 500) / 1000, err
}

// callLight is when a scene plays and where, as its heading says.
func callLight(x *Scene) Light {
	in := strings.Contains(x.Interior, "内")
	out := strings.Contains(x.Interior, "外")
	night := strings.ContainsAny(x.Time, "夜晚")
	switch {
	case in == out || x.Time == "":
		return LightUnknown
	case in && night:
		return LightNightIn
	case in:
		return LightDayIn
	case night:
		return LightNightOut
	}
	return LightDayOut
}
