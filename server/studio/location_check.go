package studio

import "fmt"

// places checks that whatever hangs on a location hangs on one that is there and was not merged into another, and that
// traces lead to one of these.
func (r *recount) places() error {
	live := map[string]bool{}
	err := r.s.r.locations.All(r.tx, func(l *Location) error {
		live[l.ID] = l.MergedInto == ""
		return nil
	})
	if err != nil {
		return err
	}
	on := func(where, id string) {
		if is, there := live[id]; id != "" && !is {
			r.wrong(where, "hangs on a location that is %s", map[bool]string{true: "merged", false: "not there"}[there])
		}
	}
	err = r.s.r.locations.All(r.tx, func(l *Location) error {
		on("location "+l.ID, l.MergedInto)
		if l.MergedInto != "" && len(l.Photos)+len(l.Documents)+len(l.Blackouts) > 0 {
			r.wrong("location "+l.ID, "is merged and still has photos, documents or closed times")
		}
		for _, p := range l.Photos {
			if has, err := r.s.r.media.Has(r.tx, p.Media.SHA256); err != nil || !has {
				r.wrong("location "+l.ID, "nothing keeps its photo %s", p.ID)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = r.s.r.elements.All(r.tx, func(e *Element) error {
		on("element "+e.ID, e.LocationID)
		for _, x := range e.Candidates {
			on("element "+e.ID, x.LocationID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = r.s.r.bookings.All(r.tx, func(b *Booking) error {
		on("booking "+b.ID, b.LocationID)
		return nil
	})
	if err != nil {
		return err
	}
	err = r.s.r.siteNotes.All(r.tx, func(n *SiteNote) error {
		on("site note "+n.ID, n.LocationID)
		return nil
	})
	if err != nil {
		return err
	}
	return r.s.r.days.All(r.tx, func(d *ShootDay) error {
		for i, x := range d.Scenes {
			on(fmt.Sprintf("day %s, scene %d", d.ID, i), x.LocationID)
		}
		return nil
	})
}
