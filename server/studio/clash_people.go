package studio

import (
	"fmt"
	"slices"
	"strings"

	"chouka/server/studio/geo"
	"chouka/store"
)

// stay is what a performer does on one day.
type stay struct {
	strips []strip
	span   span // from the first slot to the end of the last
}

// staysOn are the performers of a day with what each does.
func (p *plan) staysOn(d *ShootDay) (map[string]*stay, error) {
	if got, ok := p.stays[d.ID]; ok {
		return got, nil
	}
	strips, err := p.stripsOf(d)
	if err != nil {
		return nil, err
	}
	out := map[string]*stay{}
	for _, st := range strips {
		for _, id := range st.performers {
			at := out[id]
			if at == nil {
				at = &stay{span: st.slots[0]}
				out[id] = at
			}
			at.strips = append(at.strips, st)
			in := hull(st.slots)
			at.span = span{sooner(at.span.from, in.from), later(at.span.to, in.to)}
		}
	}
	p.stays[d.ID] = out
	return out, nil
}

// people says where a performer of a day is wanted elsewhere at that time, has too little rest, or cannot get there: on
// other days and units of the title, and of other titles that have the same performer.
func (p *plan) people(d *ShootDay) ([]Clash, error) {
	here, err := p.staysOn(d)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(here))
	for id := range here {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var out []Clash
	for _, id := range ids {
		who, err := p.player(id)
		if err != nil {
			return nil, err
		}
		plans, err := p.plansWith(id)
		if err != nil {
			return nil, err
		}
		for _, of := range append([]*plan{p}, plans...) {
			got, err := p.meets(d, here[id], who, of)
			if err != nil {
				return nil, err
			}
			out = append(out, got...)
		}
	}
	return out, nil
}

// meets compares what a performer does on a day with the days of one title around it.
func (p *plan) meets(d *ShootDay, here *stay, who *Performer, of *plan) ([]Clash, error) {
	var out []Clash
	if who == nil {
		return nil, nil
	}
	for _, o := range of.days {
		if o.ID == d.ID || apart(span{d.Start, d.End}, span{o.Start, o.End}) >= longestDay {
			continue
		}
		all, err := of.staysOn(o)
		if err != nil {
			return nil, err
		}
		there := all[who.ID]
		if there == nil {
			continue
		}
		for _, x := range p.pair(d, here, o, there, who, of) {
			if x.Performer = who.Name; of.name == "" {
				x.DayID = ""
			}
			out = append(out, x)
		}
	}
	return out, nil
}

// pair is what one performer's two days have against each other.
func (p *plan) pair(d *ShootDay, here *stay, o *ShootDay, there *stay, who *Performer, of *plan) []Clash {
	at := of.dayNamed(o, p)
	var out []Clash
	add := func(x Clash) {
		x.DayID = o.ID
		out = append(out, x)
	}
	eachPair(here, there, func(a, b strip) bool {
		if !always(a.slots, b.slots) {
			return true
		}
		add(newClash(ClashPerformer, levelSoft,
			fmt.Sprintf("%s同一时间要在两处：这里在%s，%s在%s", who.Name, a.place.Name, strings.TrimLeft(setOff(at.ZH), " "), of.placeNamed(b.place).ZH),
			fmt.Sprintf("%s is wanted in two places at once: here at %s, on %s at %s", who.Name, a.place.Name, at.EN, of.placeNamed(b.place).EN)))
		return false
	})
	if len(out) > 0 {
		return out
	}
	// Where the whole unit has too little rest it is not said again of each. Two units on one date are one working day.
	told := of == p && o.Unit == d.Unit && apart(span{d.Start, d.End}, span{o.Start, o.End}) < p.rules.rest()
	if gap := apart(here.span, there.span); o.Date != d.Date && gap < p.rules.rest() && !told {
		add(p.rests(Text{who.Name, who.Name}, o.ID, at, gap))
	}
	eachPair(here, there, func(a, b strip) bool {
		x, ok := p.ride(a, b, who, of, at)
		if ok {
			add(x)
		}
		return !ok
	})
	return out
}

// eachPair visits the scenes of two days that are shot at different places, until visit has seen enough.
func eachPair(here, there *stay, visit func(a, b strip) (more bool)) {
	for _, a := range here.strips {
		for _, b := range there.strips {
			if a.place == nil || b.place == nil || a.place.ID == b.place.ID {
				continue
			}
			if !visit(a, b) {
				return
			}
		}
	}
}

// always says that two scenes overlap whichever of their slots are taken.
func always(a, b []span) bool {
	for _, x := range a {
		for _, y := range b {
			if !x.from.Before(y.to) || !y.from.Before(x.to) {
				return false
			}
		}
	}
	return true
}

// ride says that a performer cannot get from one scene to another in the time between their slots.
func (p *plan) ride(a, b strip, who *Performer, of *plan, at Text) (Clash, bool) {
	gap := apart(hull(a.slots), hull(b.slots))
	if gap < 0 || a.place.Point == nil || b.place.Point == nil {
		return Clash{}, false
	}
	metres := geo.DistanceM(*a.place.Point, *b.place.Point)
	need := p.rules.drive(metres)
	if need <= gap {
		return Clash{}, false
	}
	there := of.placeNamed(b.place)
	return newClash(ClashTravel, levelSoft,
		fmt.Sprintf("%s要在这里的%s和%s的%s之间赶路，需 %s，只有 %s", who.Name, a.place.Name, setOff(at.ZH), there.ZH, lasting(need).ZH, lasting(gap).ZH),
		fmt.Sprintf("%s has to get between %s here and %s on %s: that takes %s, and there is %s", who.Name, a.place.Name, there.EN, at.EN, lasting(need).EN, lasting(gap).EN)), true
}

// hull is from the beginning of the first to the end of the last.
func hull(slots []span) span {
	out := slots[0]
	for _, in := range slots {
		out = span{sooner(out.from, in.from), later(out.to, in.to)}
	}
	return out
}

// dayNamed is a day with its title where that is another one, named only to those who see it.
func (p *plan) dayNamed(d *ShootDay, from *plan) Text {
	at := d.called()
	switch {
	case p == from:
		return at
	case p.name == "":
		return Text{"另一部剧（" + d.Date + "）", d.Date + " of another title"}
	}
	return Text{"《" + p.name + "》" + at.ZH, at.EN + " of “" + p.name + "”"}
}

// placeNamed is a place of a title, named only to those who see the title.
func (p *plan) placeNamed(l *Location) Text {
	if p.name == "" {
		return Text{"别处", "somewhere else"}
	}
	return Text{l.Name, l.Name}
}

// plansWith are the other titles in which a performer plays, with their days around the days of this one.
func (p *plan) plansWith(performer string) ([]*plan, error) {
	if got, ok := p.away[performer]; ok {
		return got, nil
	}
	var titles []string
	err := p.s.r.elements.Each(p.tx, "performer", store.K().ID(performer), func(e *Element) error {
		if e.TitleID != p.titleID && !slices.Contains(titles, e.TitleID) {
			titles = append(titles, e.TitleID)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for what else a performer plays in: %w", err)
	}
	out := []*plan{}
	for _, id := range titles {
		of, err := p.planNear(id)
		if err != nil {
			return nil, err
		}
		out = append(out, of)
	}
	p.away[performer] = out
	return out, nil
}

// planNear is the plan of another title with those of its days that lie around the days of this one. It is read once,
// however many performers the two share.
func (p *plan) planNear(titleID string) (*plan, error) {
	if got, ok := p.near[titleID]; ok {
		return got, nil
	}
	of, err := p.s.openPlan(p.tx, p.by, titleID)
	if err != nil {
		return nil, err
	}
	of.days = slices.DeleteFunc(of.days, func(o *ShootDay) bool {
		return !slices.ContainsFunc(p.days, func(d *ShootDay) bool {
			return apart(span{d.Start, d.End}, span{o.Start, o.End}) < longestDay
		})
	})
	var ids []string
	for _, d := range of.days {
		for _, on := range d.Scenes {
			ids = append(ids, on.SceneID)
		}
	}
	p.near[titleID] = of
	return of, of.load(ids)
}
