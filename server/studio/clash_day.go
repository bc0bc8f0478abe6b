package studio

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"chouka/server/studio/geo"
)

// clashes lists what is in a day's way, by its scenes in their order and then what concerns the whole of it. Taking a scene
// off a day never brings one that was not there: each rule looks at the day's hours and the bookings, not at how far the
// scenes before have got.
func (p *plan) clashes(d *ShootDay) ([]Clash, error) {
	out := []Clash{}
	strips, err := p.stripsOf(d)
	if err != nil {
		return nil, err
	}
	zone, err := p.zone(d)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, st := range strips {
		out = append(out, p.elsewhere(d, st)...)
		out = append(out, p.atNight(st, zone)...)
		late, err := p.tooLate(st, zone)
		if err != nil {
			return nil, err
		}
		out = append(out, late...)
		out = append(out, p.unbooked(st, d)...)
		if st.place != nil && !asked[st.place.ID] {
			asked[st.place.ID] = true
			out = append(out, p.unconfirmed(st.place, d, zone)...)
		}
	}
	out = append(out, p.moves(d, strips)...)
	out = append(out, p.unitRests(d)...)
	people, err := p.people(d)
	out = append(out, people...)
	sortClashes(out)
	return out, err
}

// key is what a clash is known by, however its figures change.
func (x Clash) key() string {
	parts := []string{string(x.Kind), x.SceneID, x.DayID, x.Performer}
	if x.SceneID == "" && x.DayID == "" {
		parts = append(parts, x.ZH)
	}
	return strings.Join(parts, "|")
}

// newIn are the clashes that were not there before, without those whose keys somebody has let stand.
func newIn(is, was []Clash, let []string) []Clash {
	known := slices.Clone(let)
	for _, x := range was {
		known = append(known, x.key())
	}
	return slices.DeleteFunc(slices.Clone(is), func(x Clash) bool { return slices.Contains(known, x.key()) })
}

// soft is a soft clash of one scene.
func (st strip) soft(kind ClashKind, zh, en string) Clash {
	out := newClash(kind, levelSoft, "第 "+st.x.Label+" 场"+zh, "Scene "+st.x.Label+" "+en)
	out.SceneID = st.x.ID
	return out
}

// elsewhere says that a scene is no longer in the script, was shot already, or stands on another day too.
func (p *plan) elsewhere(d *ShootDay, st strip) []Clash {
	var out []Clash
	if st.x.Archived {
		out = append(out, st.soft(ClashOmitted, "已不在当前剧本里", "is no longer in the script"))
	}
	if st.on.Done != nil {
		return out
	}
	for _, o := range p.days {
		i := o.at(st.x.ID)
		if o.ID == d.ID || i < 0 {
			continue
		}
		at := o.called()
		x := st.soft(ClashTwice, "也排在 "+at.ZH, "stands on "+at.EN+" too")
		if o.Scenes[i].Done != nil {
			x = st.soft(ClashShot, "已在 "+at.ZH+" 拍完", "was shot on "+at.EN+" already")
		}
		x.DayID = o.ID
		out = append(out, x)
	}
	return out
}

// atNight says that a day scene has only slots at night, or the reverse. A scene that plays by both suits any slot, and so
// does a slot that has both.
func (p *plan) atNight(st strip, zone *time.Location) []Clash {
	if st.day == st.night {
		return nil
	}
	for _, slot := range st.slots {
		light, dark := p.sunIn(st.place, slot, zone)
		if st.day && light || st.night && dark {
			return nil
		}
	}
	when := showSlot(st.slots[0].from.In(zone), st.slots[0].to.In(zone))
	if st.day {
		return []Clash{st.soft(ClashNight, "是日戏，时段却全在夜里（"+when+"）", "plays by day, but its time is all at night ("+when+")")}
	}
	return []Clash{st.soft(ClashNight, "是夜戏，时段却全在白天（"+when+"）", "plays at night, but its time is all by day ("+when+")")}
}

// sunIn says whether a slot has daylight and whether it has dark, by the sun over the place where its point is known.
func (p *plan) sunIn(l *Location, in span, zone *time.Location) (light, dark bool) {
	at := in.from
	for on := in.from.In(zone).AddDate(0, 0, -1); on.Before(in.to.Add(48 * time.Hour)); on = on.AddDate(0, 0, 1) {
		sun := p.daylight(l, on, zone)
		from, to := later(sun.from, at), sooner(sun.to, in.to)
		if !from.Before(to) {
			continue
		}
		light = true
		dark = dark || at.Before(from)
		at = to
	}
	return light, dark || at.Before(in.to)
}

// daylight is from sunrise to sunset on a date, or from 05:00 to 19:00 where nobody knows the point.
func (p *plan) daylight(l *Location, on time.Time, zone *time.Location) span {
	y, m, day := on.Date()
	id := "" // of the place that has a point
	if l != nil && l.Point != nil {
		id = l.ID
	}
	at := fmt.Sprint(id, " ", zone, " ", on.Format(time.DateOnly))
	if sun, ok := p.suns[at]; ok {
		return sun
	}
	out := span{time.Date(y, m, day, nightEnds, 0, 0, 0, zone), time.Date(y, m, day, nightBegins, 0, 0, 0, zone)}
	if id != "" {
		if rise, set, ok := geo.SunOf(*l.Point, y, m, day, zone); ok {
			out = span{rise, set}
		}
	}
	p.suns[at] = out
	return out
}

// tooLate says that a scene's time lies outside the permitted hours of its place, as for a booking.
func (p *plan) tooLate(st strip, zone *time.Location) ([]Clash, error) {
	if st.place == nil {
		return nil, nil
	}
	for _, in := range st.slots {
		got, err := slot{b: &Booking{Start: in.from, End: in.to}, l: st.place, zone: zone}.outsideHours()
		if err != nil || len(got) > 0 {
			for i := range got {
				got[i].SceneID = st.x.ID
				got[i].ZH, got[i].EN = "第 "+st.x.Label+" 场："+got[i].ZH, "Scene "+st.x.Label+": "+got[i].EN
			}
			return got, err
		}
	}
	return nil, nil
}

// unbooked says that no booking of the title covers a scene's place on the day.
func (p *plan) unbooked(st strip, d *ShootDay) []Clash {
	if st.place == nil || st.booked {
		return nil
	}
	where := st.place.part(st.area)
	return []Clash{st.soft(ClashUnbooked, "在"+where.ZH+"拍摄，"+d.Date+" 没有订档期", "is shot at "+where.EN+", which is not booked on "+d.Date)}
}

// unconfirmed says that a place is not confirmed while the day is at most two days away.
func (p *plan) unconfirmed(l *Location, d *ShootDay, zone *time.Location) []Clash {
	today := p.now.In(zone)
	if l.Status == PlaceConfirmed || d.Date < today.Format(time.DateOnly) || d.Date > today.AddDate(0, 0, 2).Format(time.DateOnly) {
		return nil
	}
	return []Clash{newClash(ClashUnconfirmed, levelSoft, d.Date+" 就要拍摄，"+l.Name+"还没有确认", l.Name+" is not confirmed, and is needed on "+d.Date)}
}

// moves says when the day has no time left to get from one scene to the next: the hours of the day that no scene is
// planned to take are what there is for moving. Without any minutes planned nobody knows. Scenes whose place has no point are passed over.
func (p *plan) moves(d *ShootDay, strips []strip) []Clash {
	left, planned := d.End.Sub(d.Start), false
	for _, st := range strips {
		left -= time.Duration(st.on.Minutes) * time.Minute
		planned = planned || st.on.Minutes > 0
	}
	if !planned {
		return nil
	}
	var last *Location
	for _, st := range strips {
		if st.place == nil || st.place.Point == nil {
			continue
		}
		if last != nil && last.ID != st.place.ID {
			metres := geo.DistanceM(*last.Point, *st.place.Point)
			need := p.rules.drive(metres)
			if need > left {
				free := max(left, 0)
				return []Clash{st.soft(ClashTravel,
					fmt.Sprintf("要从%s转到%s，约 %.1f 公里，连装卸 %s，当天计划只剩 %s", last.Name, st.place.Name, metres/1000, lasting(need).ZH, lasting(free).ZH),
					fmt.Sprintf("comes after a move from %s to %s, about %.1f km and %s with the loading; the day's plan leaves %s", last.Name, st.place.Name, metres/1000, lasting(need).EN, lasting(free).EN))}
			}
			left -= need
		}
		last = st.place
	}
	return nil
}

// unitRests says that there are too few hours between the wrap of a unit and its next call, on the day before or after.
func (p *plan) unitRests(d *ShootDay) []Clash {
	var out []Clash
	for _, o := range p.days {
		if o.Date == d.Date || o.Unit != d.Unit {
			continue
		}
		if gap := apart(span{d.Start, d.End}, span{o.Start, o.End}); gap < p.rules.rest() {
			out = append(out, p.rests(Text{"全组", "The unit"}, o.ID, o.called(), gap))
		}
	}
	return out
}

// rests is the clash of too few hours between this day and another.
func (p *plan) rests(who Text, dayID string, at Text, gap time.Duration) Clash {
	has, long := lasting(max(gap, 0)), lasting(p.rules.rest())
	x := newClash(ClashRest, levelSoft,
		fmt.Sprintf("%s距%s只有 %s休息，不足 %s", who.ZH, setOff(at.ZH), has.ZH, long.ZH),
		fmt.Sprintf("%s has %s of rest between this day and %s, less than %s", who.EN, has.EN, at.EN, long.EN))
	x.DayID = dayID
	return x
}

// setOff parts what begins or ends with a figure from the characters around it.
func setOff(text string) string {
	if text != "" && text[0] < utf8.RuneSelf {
		text = " " + text
	}
	if text != "" && text[len(text)-1] < utf8.RuneSelf {
		text += " "
	}
	return text
}

// apart is the time from the end of the earlier one to the beginning of the later one; below 0 when they overlap.
func apart(a, b span) time.Duration {
	if b.from.Before(a.from) {
		a, b = b, a
	}
	return b.from.Sub(a.to)
}

// lasting says how long something takes.
func lasting(d time.Duration) Text {
	h, m := int(d.Minutes())/60, int(d.Minutes())%60
	switch {
	case h == 0:
		return Text{fmt.Sprintf("%d 分钟", m), fmt.Sprintf("%d min", m)}
	case m == 0:
		return Text{fmt.Sprintf("%d 小时", h), fmt.Sprintf("%d h", h)}
	}
	return Text{fmt.Sprintf("%d 小时 %d 分钟", h, m), fmt.Sprintf("%d h %d min", h, m)}
}
