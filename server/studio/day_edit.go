package studio

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"chouka/store"
)

// AddDay makes a shooting day; a title has one for each date and unit.
func (s *Studio) AddDay(ctx context.Context, by Actor, titleID string, in DayIn) (DayRow, error) {
	if err := by.must(BookPlace, titleID, "title"); err != nil {
		return DayRow{}, err
	}
	return create(ctx, s, by, func(c *change) (DayRow, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return DayRow{}, err
		}
		set, err := s.settings(c.tx)
		if err != nil {
			return DayRow{}, err
		}
		d := ShootDay{Meta: c.meta(), TitleID: titleID, Zone: set.Zone, Scenes: []DayScene{}, Overrides: []Override{}}
		if in.Date == nil && in.Start == nil {
			return DayRow{}, wrong("date", "请选择拍摄日期", "choose the date")
		}
		if err := c.applyDay(&d, in); err != nil {
			return DayRow{}, err
		}
		p, err := s.openPlan(c.tx, by, titleID, span{d.Start, d.End})
		if err != nil {
			return DayRow{}, err
		}
		if len(p.days) >= daysInTitle {
			return DayRow{}, tooManyDays()
		}
		p.put(&d)
		fresh, err := p.clashes(&d)
		if err != nil {
			return DayRow{}, err
		}
		why, err := c.letStand(&d, fresh, in.Reason)
		if err != nil {
			return DayRow{}, err
		}
		if err := s.r.days.Insert(c.tx, &d); err != nil {
			return DayRow{}, dayTaken(err, &d)
		}
		if err := c.noteDay("day.made", &d, map[string]string{"reason": why}); err != nil {
			return DayRow{}, err
		}
		return p.row(&d)
	})
}

// EditDay changes a shooting day. New soft conflicts need a reason: Conflict day.soft.
func (s *Studio) EditDay(ctx context.Context, by Actor, id string, rev int64, in DayIn) (DayRow, error) {
	var out DayRow
	err := s.update(ctx, by, func(c *change) error {
		d, err := c.dayFor(id)
		if err != nil {
			return err
		}
		if err := base(d.Rev, rev); err != nil {
			return err
		}
		if err := c.applyDay(d, in); err != nil {
			return err
		}
		if err := c.dateCalls(d); err != nil {
			return err
		}
		out, err = c.keepDay(d, in.Reason)
		return err
	})
	return out, err
}

// keepDay writes a changed day, if what is newly in its way is nothing or has a reason.
func (c *change) keepDay(d *ShootDay, reason string) (DayRow, error) {
	p, err := c.s.openPlan(c.tx, c.by, d.TitleID, span{d.Start, d.End})
	if err != nil {
		return DayRow{}, err
	}
	before, err := p.clashes(p.day(d.ID))
	if err != nil {
		return DayRow{}, err
	}
	p.put(d)
	after, err := p.clashes(d)
	if err != nil {
		return DayRow{}, err
	}
	why, err := c.letStand(d, newIn(after, before, nil), reason)
	if err != nil {
		return DayRow{}, err
	}
	if err := c.putDay(d); err != nil {
		return DayRow{}, err
	}
	if err := c.noteDay("day.edited", d, map[string]string{"reason": why}); err != nil {
		return DayRow{}, err
	}
	return p.row(d)
}

func (c *change) putDay(d *ShootDay) error {
	d.Updated = c.now
	return dayTaken(c.s.r.days.Put(c.tx, d), d)
}

// letStand accepts what is newly in a day's way for a reason, or refuses the change, naming the first. It gives the reason
// where one was needed.
func (c *change) letStand(d *ShootDay, fresh []Clash, reason string) (string, error) {
	_, made, err := c.accepted("day.soft", fresh, nil, reason)
	if err != nil || len(made) == 0 {
		return "", err
	}
	d.Overrides = append(slices.Clone(d.Overrides), made...)
	d.Overrides = d.Overrides[max(len(d.Overrides)-keptReasons, 0):]
	return made[0].Reason, nil
}

func tooManyDays() error {
	return conflict("day.many", "一部剧最多 1000 个拍摄日", "a title has at most 1,000 shooting days")
}

// dayTaken says that the title has a day of this date and unit.
func dayTaken(err error, d *ShootDay) error {
	if !errors.Is(err, store.ErrTaken) {
		return err
	}
	at := d.called()
	return refuse(Conflict, "day.taken", "已经有"+setOff(at.ZH)+"的拍摄日了，请换个日期，或写上另一个组名", "there is a shooting day of "+at.EN+" already; choose another date, or name another unit")
}

// called is a day by its date and unit.
func (d *ShootDay) called() Text {
	if d.Unit == "" {
		return Text{d.Date, d.Date}
	}
	return Text{d.Date + " " + d.Unit + " 组", d.Date + ", unit " + d.Unit}
}

// mark is a day in a sentence of either language: 2026-12-01 A.
func (d *ShootDay) mark() string { return strings.TrimSpace(d.Date + " " + d.Unit) }

// dayFor reads a day that the actor may change.
func (c *change) dayFor(id string) (*ShootDay, error) {
	if err := c.by.here(); err != nil {
		return nil, err
	}
	d, err := found(c.s.r.days.Get(c.tx, id))("day")
	if err != nil {
		return nil, err
	}
	return d, c.by.must(BookPlace, d.TitleID, "day")
}

func (c *change) noteDay(verb string, d *ShootDay, params map[string]string) error {
	all := map[string]string{"date": d.Date, "unit": d.Unit, "day": d.mark()}
	for k, v := range params {
		all[k] = v
	}
	return c.note(event{Verb: verb, Kind: "day", Object: d.ID, TitleID: d.TitleID, Params: all})
}

// applyDay sets what an edit gives. A new date takes the day's hours along, and a new start its length.
func (c *change) applyDay(d *ShootDay, in DayIn) error {
	zone, err := c.s.zoneCalled(d.Zone)
	if err != nil {
		return err
	}
	var x setter
	x.line("unit", &d.Unit, in.Unit)
	x.prose("note", &d.Note, in.Note)
	if x.err != nil {
		return x.err
	}
	if d.Unit = strings.ToUpper(d.Unit); utf8.RuneCountInString(d.Unit) > dayUnit {
		return wrong("unit", "组名太长了，请控制在 20 个字以内", "a unit's name is too long; keep it within 20 characters")
	}
	if in.Date != nil && *in.Date != d.Date {
		err = d.moveTo(*in.Date, zone)
	} else if d.Date == "" {
		err = d.moveTo(in.Start.In(zone).Format(time.DateOnly), zone)
	}
	if err != nil {
		return err
	}
	if in.Start != nil {
		long := d.End.Sub(d.Start)
		d.Start = in.Start.UTC().Truncate(time.Minute)
		d.End = d.Start.Add(long)
	}
	if in.End != nil {
		d.End = in.End.UTC().Truncate(time.Minute)
	}
	return d.checkHours(zone)
}

// moveTo puts a day on another date with the same hours on the clock; a new one gets the usual hours.
func (d *ShootDay) moveTo(date string, zone *time.Location) error {
	on, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return wrong("date", "日期请写成 2026-12-01 这样", "write the date as 2026-12-01")
	}
	if on.Year() < firstYear || on.Year() > lastYear {
		return wrong("date", "日期的年份不对，请检查", "check the year of the date")
	}
	hour, minute, long := usualCall, 0, usualDay
	if d.Date != "" {
		at := d.Start.In(zone)
		hour, minute, long = at.Hour(), at.Minute(), d.End.Sub(d.Start)
	}
	d.Date = date
	d.Start = time.Date(on.Year(), on.Month(), on.Day(), hour, minute, 0, 0, zone).UTC()
	d.End = d.Start.Add(long)
	return nil
}

func (d *ShootDay) checkHours(zone *time.Location) error {
	switch {
	case d.Start.In(zone).Format(time.DateOnly) != d.Date:
		return wrong("start", "开始时间要在这个日期当天；过零点的夜戏算在开始的那一天", "the start lies on the date; a night that passes midnight stands under the day on which it begins")
	case !d.End.After(d.Start):
		return wrong("end", "收工时间要晚于开始时间", "the wrap must be later than the start")
	case d.End.Sub(d.Start) > longestDay:
		return wrong("end", "一个拍摄日最长 24 小时，请分成两天", "a shooting day lasts at most 24 hours; make two of it")
	}
	return nil
}

// EditDayScene changes a scene on a day, or marks it as shot. What comes into the way is told, not refused.
func (s *Studio) EditDayScene(ctx context.Context, by Actor, id, sceneID string, in DaySceneIn) (DayRow, error) {
	var out DayRow
	err := s.update(ctx, by, func(c *change) error {
		d, err := c.dayFor(id)
		if err != nil {
			return err
		}
		i := d.at(sceneID)
		if i < 0 {
			return unknown("scene")
		}
		p, err := s.openPlan(c.tx, by, d.TitleID, span{d.Start, d.End})
		if err != nil {
			return err
		}
		x, err := p.scene(sceneID)
		if err != nil {
			return err
		}
		d.Scenes = slices.Clone(d.Scenes)
		verb, err := c.applyDayScene(p, &d.Scenes[i], x, in)
		if err != nil {
			return err
		}
		if err := c.putDay(d); err != nil {
			return err
		}
		p.put(d)
		if err := c.noteDay(verb, d, map[string]string{"label": x.Label}); err != nil {
			return err
		}
		out, err = p.row(d)
		return err
	})
	return out, err
}

// applyDayScene sets what an edit gives, and says what that is called.
func (c *change) applyDayScene(p *plan, on *DayScene, x *Scene, in DaySceneIn) (string, error) {
	if in.Minutes != nil {
		if *in.Minutes < 0 || *in.Minutes > 24*60 {
			return "", wrong("minutes", "请填 0 到 1440 分钟", "give 0 to 1,440 minutes")
		}
		on.Minutes = *in.Minutes
	}
	var set setter
	if set.prose("note", &on.Note, in.Note); set.err != nil {
		return "", set.err
	}
	if utf8.RuneCountInString(on.Note) > dayNote {
		return "", wrong("note", "太长了，请控制在 2000 个字以内", "too long; keep it within 2,000 characters")
	}
	if err := c.placeScene(p, on, x, in); err != nil {
		return "", err
	}
	if in.Done == nil || *in.Done == (on.Done != nil) {
		return "day.scene_edited", nil
	}
	if !*in.Done {
		on.Done, on.DoneBy = nil, ""
		return "day.scene_unshot", nil
	}
	now := c.now
	on.Done, on.DoneBy = &now, c.by.Person.ID
	return "day.scene_shot", nil
}

// placeScene says where a scene is shot on a day. Another location takes the area off, unless one is given with it.
func (c *change) placeScene(p *plan, on *DayScene, x *Scene, in DaySceneIn) error {
	if in.LocationID != nil && *in.LocationID != on.LocationID {
		on.LocationID, on.AreaID = *in.LocationID, ""
		if on.LocationID != "" {
			if err := c.by.must(ViewPlaces, "", "location"); err != nil {
				return err
			}
			if _, err := c.openPlace(on.LocationID); err != nil {
				return err
			}
		}
	}
	if in.AreaID == nil {
		return nil
	}
	if on.AreaID = *in.AreaID; on.AreaID == "" {
		return nil
	}
	l, _, err := p.placeOf(x, &DayScene{LocationID: on.LocationID})
	if err != nil {
		return err
	}
	if l != nil {
		if _, ok := l.areaName(on.AreaID); ok {
			return nil
		}
	}
	return wrong("area_id", "这个取景地没有那个分区，请重新选择", "the location has no such area; choose again")
}

// at is where a scene stands on a day; -1 when it does not.
func (d *ShootDay) at(sceneID string) int {
	return slices.IndexFunc(d.Scenes, func(x DayScene) bool { return x.SceneID == sceneID })
}
