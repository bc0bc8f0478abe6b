package studio

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"chouka/server/studio/geo"
)

// callDraft builds the content of a call sheet out of the day as it stands now and what people typed.
type callDraft struct {
	*plan
	typed CallTyped
	day   *ShootDay
	clock callDay
	out   CallContent
	who   map[string][]*Element // the characters of each scene by its id
}

// draftCall is the call sheet of a day as it stands now.
func (c *change) draftCall(sheet *CallSheet) (CallContent, error) {
	p, err := c.s.openPlan(c.tx, c.by, sheet.TitleID)
	if err != nil {
		return CallContent{}, err
	}
	return p.draft(sheet)
}

func (p *plan) draft(sheet *CallSheet) (CallContent, error) {
	day := p.day(sheet.DayID)
	if day == nil {
		return CallContent{}, unknown("day")
	}
	x, err := p.callOf(day)
	if err != nil {
		return CallContent{}, err
	}
	x.typed = sheet.Typed
	for _, step := range []func() error{x.head, x.scenesOn, x.placesOf, x.cast, x.crew, x.next} {
		if err := step(); err != nil {
			return CallContent{}, fmt.Errorf("building a call sheet: %w", err)
		}
	}
	return x.out, nil
}

func (p *plan) callOf(day *ShootDay) (*callDraft, error) {
	zone, err := p.zone(day)
	return &callDraft{plan: p, day: day, clock: newCallDay(day, zone), who: map[string][]*Element{}}, err
}

// head fills in what concerns the whole day.
func (x *callDraft) head() error {
	title, err := found(x.s.r.titles.Get(x.tx, x.titleID))("title")
	if err != nil {
		return err
	}
	date, err := time.Parse(time.DateOnly, x.day.Date)
	if err != nil {
		return fmt.Errorf("reading the date of a day: %w", err)
	}
	t := x.typed
	x.out = CallContent{Title: title.Name, Company: title.Company, Date: x.day.Date, Weekday: isoWeekday(date),
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
	x.out.Number, x.out.Of = x.number(x.day)
	return nil
}

// next is what the day after this one of its unit holds.
func (x *callDraft) next() error {
	x.out.Next = []CallScene{}
	i := slices.IndexFunc(x.days, func(d *ShootDay) bool { return d.Unit == x.day.Unit && d.Date > x.day.Date })
	if i < 0 {
		return nil
	}
	y, err := x.callOf(x.days[i])
	if err != nil {
		return err
	}
	err = y.scenesOn()
	x.out.Next, x.out.NextDate = y.out.Scenes, y.day.Date
	return err
}

// scenesOn are those of the day, with what they need from the breakdown and from hand.
func (x *callDraft) scenesOn() error {
	typed := map[string]CallNeeds{}
	for _, n := range x.typed.Scenes {
		typed[n.SceneID] = n
	}
	strips, err := x.stripsOf(x.day)
	if err != nil {
		return err
	}
	begins, planned := x.day.Start, true
	x.out.Scenes = []CallScene{}
	for _, st := range strips {
		row, err := x.callScene(st, typed[st.x.ID])
		if err != nil {
			return err
		}
		if planned {
			row.Begins = x.clock.clock(begins)
		}
		planned = planned && st.on.Minutes > 0
		begins = begins.Add(time.Duration(st.on.Minutes) * time.Minute)
		x.out.Scenes = append(x.out.Scenes, row)
	}
	return nil
}

// callScene is one scene with its place, its characters and what it needs.
func (x *callDraft) callScene(st strip, typed CallNeeds) (CallScene, error) {
	long, err := x.lengths(st.x.ID)
	if err != nil {
		return CallScene{}, err
	}
	on, err := x.stripScene(st, long[st.x.ID])
	if err != nil {
		return CallScene{}, err
	}
	typed.SceneID = st.x.ID
	row := CallScene{SceneID: st.x.ID, Code: callCode(st.x), Heading: st.x.Heading, Set: st.x.Place, Light: on.Light, Location: on.Location, Area: on.Area,
		Minutes: st.on.Minutes, Seconds: on.Seconds, Shots: on.Scene.Shots, Cast: on.Cast, CallNeeds: typed}
	props := []string{}
	for _, id := range st.x.Elements {
		switch e := x.elements[id]; {
		case e == nil:
		case e.Kind == ElementCharacter:
			x.who[st.x.ID] = append(x.who[st.x.ID], e)
		case e.Kind == ElementProp:
			props = append(props, e.Name)
		}
	}
	if typed.Props != "" {
		props = append(props, typed.Props)
	}
	row.Props = strings.Join(props, "、")
	if st.place != nil {
		x.here(st.place, on.Area)
	}
	return row, nil
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

// placesOf are those of the scenes in shooting order, then those that are booked besides.
func (x *callDraft) placesOf() error {
	for _, b := range x.bookings {
		if b.Start.In(x.clock.zone).Format(time.DateOnly) != x.day.Date {
			continue
		}
		l, err := x.place(b.LocationID)
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
		l, err := x.place(p.LocationID)
		if err != nil {
			return err
		}
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
func (x *callDraft) actor(e *Element, typed CallCast) (CallActor, error) {
	out := CallActor{Character: e.Name, Scenes: []string{}, CallCast: CallCast{ElementID: e.ID, Pickup: x.clock.on(typed.Pickup),
		Makeup: x.clock.on(typed.Makeup), Call: x.clock.on(typed.Call), Wrap: x.clock.end(typed.Wrap), Note: typed.Note}}
	if e.PerformerID == "" {
		return out, nil
	}
	p, err := x.player(e.PerformerID)
	if p != nil {
		out.PerformerID, out.Performer = p.ID, p.Name
	}
	return out, err
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
