package studio

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chouka/store"
)

// plan is what a title's shooting days are shown and checked with. Everything in it is read by indexes, and once.
type plan struct {
	s     *Studio
	tx    store.Txn
	by    Actor
	rules *Settings
	now   time.Time
	name  string // of the title; empty where the actor does not see it

	titleID  string
	days     []*ShootDay // by date and unit
	bookings []*Booking  // not cancelled, that touch the days
	elements map[string]*Element
	scenes   map[string]*Scene
	places   map[string]*Location
	players  map[string]*Performer
	areas    map[string]string // by place and spelling
	suns     map[string]span   // daylight, by place and date
	strips   map[string][]strip
	away     map[string][]*plan // other titles in which a performer plays
	near     map[string]*plan   // other titles, with their days around these
}

// strip is a scene on a day with what its clashes depend on.
type strip struct {
	on         DayScene
	x          *Scene
	place      *Location // nil: not known
	area       string
	booked     bool   // a booking of the title covers its place on the day
	slots      []span // when it may be shot: the day within those bookings, or all of it
	day, night bool   // when it plays
	performers []string
}

// openPlan reads a title's days with what they all need; also is a time outside the days for which bookings are wanted.
func (s *Studio) openPlan(tx store.Txn, by Actor, titleID string, also ...span) (*plan, error) {
	p := &plan{s: s, tx: tx, by: by, now: s.now(), titleID: titleID, elements: map[string]*Element{}, scenes: map[string]*Scene{}, places: map[string]*Location{},
		players: map[string]*Performer{}, areas: map[string]string{}, suns: map[string]span{}, strips: map[string][]strip{}, away: map[string][]*plan{}, near: map[string]*plan{}}
	t, err := found(s.r.titles.Get(tx, titleID))("title")
	if err != nil {
		return nil, err
	}
	if by.sees(titleID) {
		p.name = t.Name
	}
	if p.rules, err = s.settings(tx); err != nil {
		return nil, err
	}
	err = s.r.days.Each(tx, "title", store.K().ID(titleID), func(d *ShootDay) error {
		p.days = append(p.days, d)
		return nil
	})
	err = errors.Join(err, s.r.elements.Each(tx, "title", store.K().ID(titleID), func(e *Element) error {
		p.elements[e.ID] = e
		return nil
	}))
	if err != nil {
		return nil, fmt.Errorf("reading the days of a title: %w", err)
	}
	return p, p.readBookings(also)
}

// readBookings reads the bookings from the first day to the last, and those of the times that are wanted besides.
func (p *plan) readBookings(also []span) error {
	for _, d := range p.days {
		zone, err := p.zone(d)
		if err != nil {
			return err
		}
		from := d.Start.In(zone)
		also = append(also, span{d.Start, d.End}, span{time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, zone), time.Date(from.Year(), from.Month(), from.Day()+1, 0, 0, 0, 0, zone)})
	}
	if len(also) == 0 {
		return nil
	}
	in := also[0]
	for _, s := range also {
		if s.from.Before(in.from) {
			in.from = s.from
		}
		if s.to.After(in.to) {
			in.to = s.to
		}
	}
	// A day that is being changed may lie a day beside the span that its bookings begin on.
	in = span{in.from.Add(-24 * time.Hour), in.to.Add(24 * time.Hour)}
	err := p.s.eachBooking(p.tx, "title", store.K().ID(p.titleID), in, func(b *Booking) error {
		if b.Status != Dropped {
			p.bookings = append(p.bookings, b)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the bookings of a title: %w", err)
	}
	return nil
}

func (p *plan) zone(d *ShootDay) (*time.Location, error) { return p.s.zoneCalled(d.Zone) }

// day is a day of the title as the plan has it; nil when it has none of this id.
func (p *plan) day(id string) *ShootDay {
	if i := slices.IndexFunc(p.days, func(d *ShootDay) bool { return d.ID == id }); i >= 0 {
		return p.days[i]
	}
	return nil
}

// put sets a new or changed day into the plan.
func (p *plan) put(d *ShootDay) {
	if o := p.day(d.ID); o == nil || !o.Start.Equal(d.Start) || !o.End.Equal(d.End) {
		clear(p.away) // other days are around it now
		clear(p.near)
	}
	p.days = append(slices.DeleteFunc(slices.Clone(p.days), func(o *ShootDay) bool { return o.ID == d.ID }), d)
	slices.SortStableFunc(p.days, func(a, b *ShootDay) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Unit, b.Unit))
	})
	delete(p.strips, d.ID)
}

// load reads scenes that are not there yet.
func (p *plan) load(ids []string) error {
	var missing []string
	asked := map[string]bool{}
	for _, id := range ids {
		if p.scenes[id] == nil && !asked[id] {
			asked[id], missing = true, append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	got, err := p.s.r.scenes.GetMany(p.tx, missing)
	if err != nil {
		return fmt.Errorf("reading the scenes of a day: %w", err)
	}
	for _, x := range got {
		if x != nil {
			p.scenes[x.ID] = x
		}
	}
	return nil
}

// scene is a scene of the title.
func (p *plan) scene(id string) (*Scene, error) {
	if err := p.load([]string{id}); err != nil {
		return nil, err
	}
	x := p.scenes[id]
	if x == nil || x.TitleID != p.titleID {
		return nil, unknown("scene")
	}
	return x, nil
}

// place reads a location, or the one that took it over; nil where there is none.
func (p *plan) place(id string) (*Location, error) {
	if l, ok := p.places[id]; ok {
		return l, nil
	}
	at := id
	for range 10 {
		l, err := p.s.r.locations.Get(p.tx, at)
		if errors.Is(err, store.ErrNotFound) {
			p.places[id] = nil
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading a location: %w", err)
		}
		p.places[id] = l
		if at = l.MergedInto; at == "" {
			break
		}
	}
	return p.places[id], nil
}

// player reads a performer; nil where there is none.
func (p *plan) player(id string) (*Performer, error) {
	if x, ok := p.players[id]; ok {
		return x, nil
	}
	x, err := p.s.r.performers.Get(p.tx, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("reading a performer: %w", err)
	}
	p.players[id] = x
	return x, nil
}

// placeOf says where a scene is shot: where its day says, or where the place of its script is locked. The area is the
// day's, or the one whose name ends the place's spelling: 金沙湖大剧院·观众厅.
func (p *plan) placeOf(x *Scene, on *DayScene) (*Location, string, error) {
	if on != nil && on.LocationID != "" {
		l, err := p.place(on.LocationID)
		return l, areaIn(l, on.AreaID), err
	}
	for _, id := range x.Elements {
		e := p.elements[id]
		if e == nil || e.Kind != ElementPlace || e.LocationID == "" {
			continue
		}
		l, err := p.place(e.LocationID)
		if err != nil || l == nil {
			return nil, "", err
		}
		if on != nil && areaIn(l, on.AreaID) != "" {
			return l, on.AreaID, nil
		}
		return l, p.areaSpelled(l, e.Name), nil
	}
	return nil, "", nil
}

func areaIn(l *Location, area string) string {
	if l == nil {
		return ""
	}
	if _, ok := l.areaName(area); !ok {
		return ""
	}
	return area
}

// areaSpelled is the area of a location whose name ends how a script spells the place; the longest of several.
func (p *plan) areaSpelled(l *Location, spelling string) string {
	at := l.ID + " " + spelling
	if area, ok := p.areas[at]; ok {
		return area
	}
	text, best := elementKey(spelling), 0
	p.areas[at] = ""
	for _, a := range l.Areas {
		if name := elementKey(a.Name); len(name) > best && strings.HasSuffix(text, name) {
			p.areas[at], best = a.ID, len(name)
		}
	}
	return p.areas[at]
}

// stripsOf are the scenes of a day in shooting order. A scene that is gone altogether is left out.
func (p *plan) stripsOf(d *ShootDay) ([]strip, error) {
	if got, ok := p.strips[d.ID]; ok {
		return got, nil
	}
	ids := make([]string, len(d.Scenes))
	for i, on := range d.Scenes {
		ids[i] = on.SceneID
	}
	if err := p.load(ids); err != nil {
		return nil, err
	}
	out := []strip{}
	for _, on := range d.Scenes {
		x := p.scenes[on.SceneID]
		if x == nil {
			continue
		}
		st := strip{on: on, x: x}
		var err error
		if st.place, st.area, err = p.placeOf(x, &on); err != nil {
			return nil, err
		}
		st.day, st.night = playsAt(x.Time)
		st.slots, st.booked = p.slotsOf(d, st.place, st.area)
		for _, id := range x.Elements {
			if e := p.elements[id]; e != nil && e.PerformerID != "" && !x.Archived && !slices.Contains(st.performers, e.PerformerID) {
				st.performers = append(st.performers, e.PerformerID)
			}
		}
		out = append(out, st)
	}
	p.strips[d.ID] = out
	return out, nil
}

// slotsOf is when something may be shot at a place on a day: while the title has it booked, or all day where it has not.
func (p *plan) slotsOf(d *ShootDay, l *Location, area string) (slots []span, booked bool) {
	if l != nil {
		for _, b := range p.bookings {
			if b.LocationID != l.ID || area != "" && b.AreaID != "" && b.AreaID != area || !b.Start.Before(d.End) || !d.Start.Before(b.End) {
				continue
			}
			slots = append(slots, span{later(b.Start, d.Start), sooner(b.End, d.End)})
		}
	}
	if len(slots) == 0 {
		return []span{{d.Start, d.End}}, false
	}
	return slots, true
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func sooner(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// lengthKey is a shot's entry with its planned length: adding entries up adds a scene's seconds up.
func lengthKey(x *Shot) store.Key {
	return store.K().ID(x.TitleID).Text(x.SceneID).Text(strconv.FormatInt(x.Milliseconds, 10))
}

// lengths adds up the planned milliseconds of shots, of one scene or, without one, of each of the title's.
func (p *plan) lengths(scene string) (map[string]int64, error) {
	out := map[string]int64{}
	title := store.K().ID(p.titleID)
	prefix := title
	if scene != "" {
		prefix = prefix.Text(scene)
	}
	err := p.s.r.shots.Keys(p.tx, "length", prefix, func(key store.Key, _ string) error {
		parts, ok := key[len(title):].Texts()
		if !ok || len(parts) != 2 {
			return store.ErrDamaged
		}
		n, err := strconv.ParseInt(parts[1], 10, 64)
		out[parts[0]] += n
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("adding up the lengths of shots: %w", err)
	}
	return out, nil
}
