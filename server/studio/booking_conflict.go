package studio

import (
	"errors"
	"fmt"
	"time"

	"chouka/store"
)

// span is a half-open stretch of time.
type span struct{ from, to time.Time }

// lastStart lies behind every start that a booking can have.
func lastStart() time.Time { return time.Date(lastYear+1, 1, 2, 0, 0, 0, 0, time.UTC) }

// eachBooking visits the bookings under prefix that touch the span, by start.
// store.ErrStop ends it. The index must continue with the start.
func (s *Studio) eachBooking(tx store.Txn, index string, prefix store.Key, in span, visit func(*Booking) error) error {
	from, to := prefix.Time(in.from.Add(-longestBooking)), prefix.Time(in.to)
	p := Page{Limit: store.MaxPage}
	for {
		got, err := s.r.bookings.ListRange(tx, index, from, to, p)
		if err != nil {
			return err
		}
		for _, b := range got.Items {
			if !b.End.After(in.from) {
				continue
			}
			if err := visit(b); errors.Is(err, store.ErrStop) {
				return nil
			} else if err != nil {
				return err
			}
		}
		if got.Next == "" {
			return nil
		}
		p.After = got.Next
	}
}

// free refuses a slot that a confirmed booking holds. Updates run one after the
// other, so of two that confirm at once the second one sees the first.
func (c *change) free(b *Booking, l *Location) error {
	var holder *Booking
	err := c.s.eachBooking(c.tx, "location", store.K().ID(b.LocationID), span{b.Start, b.End}, func(o *Booking) error {
		if o.ID != b.ID && o.Status == Confirmed && o.blocks(b) {
			holder = o
			return store.ErrStop
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for overlapping bookings: %w", err)
	}
	if holder != nil {
		return c.overlap(holder, l)
	}
	return nil
}

// blocks reports whether two slots of one location exclude each other: the whole
// place blocks all, areas only themselves; touching slots do not (product.md, Places).
func (b *Booking) blocks(o *Booking) bool {
	if b.AreaID != "" && o.AreaID != "" && b.AreaID != o.AreaID {
		return false
	}
	return b.Start.Before(o.End) && o.Start.Before(b.End)
}

// overlap names who holds the slot, and the title only to those who see it.
func (c *change) overlap(holder *Booking, l *Location) error {
	rows, err := c.s.bookingRows(c.tx, c.by, []*Booking{holder})
	if err != nil {
		return err
	}
	zone, err := c.s.zone(c.tx)
	if err != nil {
		return err
	}
	title, area := Text{"另一部剧", "another title"}, Text{"整个场地", "the whole place"}
	if name := rows[0].Title; name != "" {
		title = Text{"《" + name + "》", "“" + name + "”"}
	}
	if name, _ := l.areaName(holder.AreaID); name != "" {
		area = Text{name, name}
	}
	slot, who := showSlot(holder.Start.In(zone), holder.End.In(zone)), rows[0].ByName
	return refuse(Conflict, "booking.overlap",
		fmt.Sprintf("这个时段已被%s占用：%s，%s，预订人%s。请换个时间或分区，或与对方商量。", title.ZH, area.ZH, slot, who),
		fmt.Sprintf("%s holds this time: %s, %s, booked by %s. Choose another time or area, or talk to them.", title.EN, area.EN, slot, who))
}

func showSlot(start, end time.Time) string {
	const minute = "2006-01-02 15:04"
	if start.Format(time.DateOnly) == end.Format(time.DateOnly) {
		return start.Format(minute) + "–" + end.Format("15:04")
	}
	return start.Format(minute) + " – " + end.Format(minute)
}
