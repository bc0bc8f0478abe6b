package studio

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// SlotAsk is a slot that somebody thinks of: a new one, or a booking (ID) changed to it.
type SlotAsk struct {
	ID         string    `json:"id,omitempty"`
	LocationID string    `json:"location_id"`
	AreaID     string    `json:"area_id,omitempty"`
	TitleID    string    `json:"title_id"`
	Start      time.Time `json:"start"`
	End        time.Time `json:"end"`
	Zone       string    `json:"zone,omitempty" doc:"IANA; the booking's or the studio's when absent"`
}

// Blackout is a time at which a location, or one area of it, cannot be had.
type Blackout struct {
	ID     string    `json:"id"`
	AreaID string    `json:"area_id,omitempty"` // empty: the whole place
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
}

// BlackoutIn closes a location, or one area, for some time.
type BlackoutIn struct {
	AreaID string    `json:"area_id,omitempty"`
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Reason string    `json:"reason,omitempty"`
}

// The bounds of blackouts.
const (
	maxBlackouts    = 200 // of one location
	longestBlackout = 366 * 24 * time.Hour
)

// CheckSlot lists what is in the way of a slot, the hardest first. Nothing is written.
func (s *Studio) CheckSlot(ctx context.Context, by Actor, in SlotAsk) ([]Clash, error) {
	if err := by.must(BookPlace, in.TitleID, "title"); err != nil {
		return nil, err
	}
	if err := checkSlot(in.Start, in.End); err != nil {
		return nil, err
	}
	var out []Clash
	err := s.view(ctx, func(tx store.Txn) error {
		b, err := s.askedSlot(tx, by, in)
		if err != nil {
			return err
		}
		l, err := s.bookable(tx, b.LocationID, b.AreaID)
		if err != nil {
			return err
		}
		out, err = s.inTheWayOf(tx, by, b, l)
		return err
	})
	return out, err
}

// askedSlot is the booking that a slot would become.
func (s *Studio) askedSlot(tx store.Txn, by Actor, in SlotAsk) (*Booking, error) {
	if _, err := found(s.r.titles.Get(tx, in.TitleID))("title"); err != nil {
		return nil, err
	}
	b := &Booking{}
	if in.ID != "" {
		var err error
		if b, err = found(s.r.bookings.Get(tx, in.ID))("booking"); err != nil {
			return nil, err
		}
		if err := by.must(BookPlace, b.TitleID, "booking"); err != nil {
			return nil, err
		}
	}
	if in.Zone != "" || b.Zone == "" {
		zone, err := s.zoneFor(tx, in.Zone)
		if err != nil {
			return nil, err
		}
		b.Zone = zone
	}
	b.LocationID, b.AreaID, b.TitleID, b.Start, b.End = in.LocationID, in.AreaID, in.TitleID, in.Start.UTC(), in.End.UTC()
	return b, nil
}

// AddBlackout closes a location. Confirmed bookings in that time are Conflict location.booked, naming the first.
func (s *Studio) AddBlackout(ctx context.Context, by Actor, id string, in BlackoutIn) (Location, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	return create(ctx, s, by, func(c *change) (Location, error) {
		k, err := c.blackout(in)
		if err != nil {
			return Location{}, err
		}
		l, err := s.bookable(c.tx, id, in.AreaID)
		if err != nil {
			return Location{}, err
		}
		if len(l.Blackouts) >= maxBlackouts {
			return Location{}, conflict("location.blackouts", "一个取景地最多 200 个停用时段，请先删去已过去的", "a location has at most 200 closed times; take off those that are over")
		}
		if err := c.nobodyThere(l, k); err != nil {
			return Location{}, err
		}
		l.Blackouts = append(l.Blackouts, k)
		slices.SortStableFunc(l.Blackouts, func(a, b Blackout) int { return a.Start.Compare(b.Start) })
		if err := c.noteCalendar(l.ID); err != nil {
			return Location{}, err
		}
		return c.putPlace(l, "location.closed")
	})
}

// blackout checks a blackout by itself.
func (c *change) blackout(in BlackoutIn) (Blackout, error) {
	k := Blackout{ID: c.s.ids(), AreaID: in.AreaID, Start: in.Start.UTC(), End: in.End.UTC(), By: c.by.Person.ID}
	switch {
	case k.Start.Year() < firstYear || k.Start.Year() > lastYear:
		return k, wrong("start", "开始时间的年份不对，请检查", "check the year of the start")
	case !k.End.After(k.Start):
		return k, wrong("end", "结束时间要晚于开始时间", "the end must be later than the start")
	case k.End.Sub(k.Start) > longestBlackout:
		return k, wrong("end", "一个停用时段最长 366 天，请分成几段", "a place is closed for at most 366 days at once; enter it in parts")
	}
	var x setter
	x.line("reason", &k.Reason, &in.Reason)
	return k, x.err
}

// nobodyThere refuses to close what somebody holds.
func (c *change) nobodyThere(l *Location, k Blackout) error {
	var holder *Booking
	err := c.s.eachBooking(c.tx, "location", store.K().ID(l.ID), span{k.Start, k.End}, func(o *Booking) error {
		if o.Status == Confirmed && o.blocks(k.booking()) {
			holder = o
			return store.ErrStop
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for bookings in a blackout: %w", err)
	}
	if holder == nil {
		return nil
	}
	rows, err := c.s.bookingRows(c.tx, c.by, []*Booking{holder})
	if err != nil {
		return err
	}
	zone, err := c.s.zone(c.tx)
	if err != nil {
		return err
	}
	x := slot{l: l, zone: zone}.taken(rows[0])
	return refuse(Conflict, "location.booked", x.ZH+"。请先与对方商量，取消或挪开那个档期，再停用。", x.EN+". Have that booking cancelled or moved before you close the place.")
}

// RemoveBlackout opens it again; rev is the location's.
func (s *Studio) RemoveBlackout(ctx context.Context, by Actor, id, blackoutID string, rev int64) (Location, error) {
	return s.changePlace(ctx, by, id, rev, func(c *change, l *Location) (string, error) {
		i := slices.IndexFunc(l.Blackouts, func(k Blackout) bool { return k.ID == blackoutID })
		if i < 0 {
			return "", unknown("blackout")
		}
		l.Blackouts = slices.Delete(l.Blackouts, i, i+1)
		return "location.opened", c.noteCalendar(l.ID)
	})
}
