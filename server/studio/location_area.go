package studio

import (
	"fmt"
	"slices"

	"chouka/store"
)

// areaLimit is how many areas one location may have.
const areaLimit = 100

// applyAreas replaces the areas of a location: those with an id stay, those
// without are new, those left out go unless they are booked from now on.
func (c *change) applyAreas(l *Location, in []AreaIn) error {
	if len(in) > areaLimit {
		return wrong("areas", "一个取景地最多 100 个分区", "a location has at most 100 areas")
	}
	gone := map[string]Area{}
	for _, a := range l.Areas {
		gone[a.ID] = a
	}
	areas, names := make([]Area, 0, len(in)), map[string]bool{}
	for _, a := range in {
		area, err := c.area(a, gone)
		if err != nil {
			return err
		}
		if key := nameKey(area.Name); names[key] {
			return wrong("areas", "分区的名称不能重复", "two areas of a location cannot share a name")
		} else {
			names[key] = true
		}
		delete(gone, area.ID)
		areas = append(areas, area)
	}
	if err := c.freeAreas(l, gone); err != nil {
		return err
	}
	l.Areas = areas
	l.Blackouts = slices.DeleteFunc(l.Blackouts, func(k Blackout) bool { _, lost := gone[k.AreaID]; return lost })
	for i := range l.Photos {
		if _, lost := gone[l.Photos[i].AreaID]; lost {
			l.Photos[i].AreaID = ""
		}
	}
	return nil
}

// area reads one area of the form; had are the areas that no line claimed yet.
func (c *change) area(in AreaIn, had map[string]Area) (Area, error) {
	out := Area{ID: in.ID}
	if _, ok := had[in.ID]; !ok && in.ID != "" {
		return Area{}, wrong("areas", "有一个分区已不存在，请刷新后再改", "one of the areas is no longer there; reload and try again")
	}
	var x setter
	x.needed("areas", &out.Name, &in.Name)
	x.line("areas", &out.Note, &in.Note)
	if in.ID == "" {
		out.ID = c.s.ids()
	}
	return out, x.err
}

// freeAreas refuses to take away areas that somebody holds from now on.
func (c *change) freeAreas(l *Location, gone map[string]Area) error {
	if len(gone) == 0 {
		return nil
	}
	var held string
	slots := span{from: c.now, to: lastStart()}
	err := c.s.eachBooking(c.tx, "location", store.K().ID(l.ID), slots, func(b *Booking) error {
		if a, ok := gone[b.AreaID]; ok && b.Status != Dropped {
			held = a.Name
			return store.ErrStop
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for bookings of an area: %w", err)
	}
	if held != "" {
		return conflict("location.area_booked", "分区“%s”还有未取消的档期，请先取消档期再删除分区", "area “%s” still has bookings; cancel them before you remove it", held)
	}
	return nil
}

// areaName names an area of a location; the whole place has no name.
func (l *Location) areaName(id string) (string, bool) {
	for _, a := range l.Areas {
		if a.ID == id {
			return a.Name, true
		}
	}
	return "", id == ""
}
