package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// DayBoard reads a title's shooting days, by date and unit, with the pool.
func (s *Studio) DayBoard(ctx context.Context, by Actor, titleID string) (DayBoard, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return DayBoard{}, err
	}
	var out DayBoard
	err := s.view(ctx, func(tx store.Txn) error {
		p, err := s.openPlan(tx, by, titleID)
		if err != nil {
			return err
		}
		out, err = p.board()
		return err
	})
	return out, err
}

func (p *plan) board() (DayBoard, error) {
	out := DayBoard{Days: []DayRow{}, Pool: []StripScene{}}
	gone := map[string]bool{} // episodes that are no longer in the script
	err := p.s.r.episodes.Each(p.tx, "number", store.K().ID(p.titleID), func(e *Episode) error {
		gone[e.ID] = e.Archived
		return nil
	})
	var all []*Scene
	err = errors.Join(err, p.s.r.scenes.Each(p.tx, "order", store.K().ID(p.titleID), func(x *Scene) error {
		all = append(all, x)
		p.scenes[x.ID] = x
		return nil
	}))
	if err != nil {
		return out, fmt.Errorf("reading the scenes of a title: %w", err)
	}
	long, err := p.lengths("")
	if err != nil {
		return out, err
	}
	standing, shot := map[string]bool{}, map[string]bool{}
	for _, d := range p.days {
		for _, on := range d.Scenes {
			standing[on.SceneID] = true
			if on.Done != nil {
				shot[on.SceneID] = true
			}
		}
		row, err := p.rowWith(d, long)
		if err != nil {
			return out, err
		}
		out.Days = append(out.Days, row)
	}
	out.Shot = len(shot)
	for _, x := range all {
		if x.Archived || gone[x.EpisodeID] || standing[x.ID] {
			continue
		}
		st := strip{x: x}
		if st.place, st.area, err = p.placeOf(x, nil); err != nil {
			return out, err
		}
		row, err := p.stripScene(st, long[x.ID])
		if err != nil {
			return out, err
		}
		out.Pool = append(out.Pool, row)
	}
	return out, nil
}

// row is one day as the board shows it.
func (p *plan) row(d *ShootDay) (DayRow, error) {
	long := map[string]int64{}
	for _, on := range d.Scenes {
		of, err := p.lengths(on.SceneID)
		if err != nil {
			return DayRow{}, err
		}
		long[on.SceneID] = of[on.SceneID]
	}
	return p.rowWith(d, long)
}

func (p *plan) rowWith(d *ShootDay, long map[string]int64) (DayRow, error) {
	out := DayRow{Day: *d, Scenes: []StripScene{}, Bookings: []BookingRow{}, Conflicts: []Clash{}, Performers: []string{}}
	out.Number, out.Of = p.number(d)
	strips, err := p.stripsOf(d)
	if err != nil {
		return DayRow{}, err
	}
	ms, begins, planned := int64(0), d.Start, true
	for _, st := range strips {
		row, err := p.stripScene(st, long[st.x.ID])
		if err != nil {
			return DayRow{}, err
		}
		on := st.on
		row.OnDay = &on
		if planned {
			at := begins
			row.Begins = &at
		}
		planned = planned && on.Minutes > 0
		begins = begins.Add(time.Duration(on.Minutes) * time.Minute)
		ms += long[st.x.ID]
		out.Scenes = append(out.Scenes, row)
		for _, id := range st.performers {
			who, err := p.player(id)
			if err != nil {
				return DayRow{}, err
			}
			if who != nil && !slices.Contains(out.Performers, who.Name) {
				out.Performers = append(out.Performers, who.Name)
			}
		}
	}
	out.Seconds = wholeSeconds(ms)
	if out.Bookings, err = p.beginning(d); err != nil {
		return DayRow{}, err
	}
	if out.Conflicts, err = p.clashes(d); err != nil {
		return DayRow{}, err
	}
	sheet, err := p.s.callSheetOf(p.tx, d.ID)
	if err != nil {
		return DayRow{}, err
	}
	if sheet != nil {
		out.CallSheet, out.Version = sheet.ID, sheet.Issued
	}
	return out, nil
}

// number says which day of the title it is, of how many. Units that shoot on one date share the number.
func (p *plan) number(d *ShootDay) (n, of int) {
	last := ""
	for _, o := range p.days {
		if o.Date != last {
			last = o.Date
			of++
		}
		if o.Date == d.Date {
			n = of
		}
	}
	return n, of
}

// beginning are the title's bookings that start on the date of a day: a night slot stands on its starting day.
func (p *plan) beginning(d *ShootDay) ([]BookingRow, error) {
	zone, err := p.zone(d)
	if err != nil {
		return nil, err
	}
	var out []*Booking
	for _, b := range p.bookings {
		if b.Start.In(zone).Format(time.DateOnly) == d.Date {
			out = append(out, b)
		}
	}
	return p.s.bookingRows(p.tx, p.by, out)
}

// stripScene is a scene as the board shows it; ms is the planned length of its shots.
func (p *plan) stripScene(st strip, ms int64) (StripScene, error) {
	head, err := p.s.sceneRow(p.tx, st.x)
	if err != nil {
		return StripScene{}, err
	}
	out := StripScene{Scene: head, Episode: st.x.Episode, Light: lightOf(st.x), Cast: []string{}, Seconds: wholeSeconds(ms)}
	if st.place != nil {
		out.LocationID, out.Location = st.place.ID, st.place.Name
		out.Area, _ = st.place.areaName(st.area)
	}
	for _, id := range st.x.Elements {
		if e := p.elements[id]; e != nil && e.Kind == ElementCharacter {
			out.Cast = append(out.Cast, e.Name)
		}
	}
	return out, nil
}

// wholeSeconds rounds milliseconds.
func wholeSeconds(ms int64) int64 { return (ms + 500) / 1000 }
