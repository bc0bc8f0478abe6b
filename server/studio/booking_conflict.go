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

// blocks reports whether two slots of one location exclude each other: the whole
// place blocks all, areas only themselves; touching slots do not (product.md, Places).
func (b *Booking) blocks(o *Booking) bool {
	if b.AreaID != "" && o.AreaID != "" && b.AreaID != o.AreaID {
		return false
	}
	return b.Start.Before(o.End) && o.Start.Before(b.End)
}

// slot is a booking as the rules look at it.
type slot struct {
	s    *Studio
	tx   store.Txn
	by   Actor
	b    *Booking
	l    *Location
	zone *time.Location // the booking's, in which it is spoken of
}

// bookingZone loads the zone of a booking; those from before zones are in the studio's.
func (s *Studio) bookingZone(tx store.Txn, b *Booking) (*time.Location, error) {
	if b.Zone == "" {
		return s.zone(tx)
	}
	return s.zoneCalled(b.Zone)
}

// inTheWayOf lists what is in the way of a booking, the hardest first. Updates run one after the other, so of two that
// confirm at once the second one sees the first.
func (s *Studio) inTheWayOf(tx store.Txn, by Actor, b *Booking, l *Location) ([]Clash, error) {
	zone, err := s.bookingZone(tx, b)
	if err != nil {
		return nil, err
	}
	out, x := []Clash{}, slot{s, tx, by, b, l, zone}
	for _, rule := range []func(slot) ([]Clash, error){slot.booked, slot.closed, slot.outsideHours, slot.outsidePapers} {
		got, err := rule(x)
		if err != nil {
			return nil, fmt.Errorf("looking for what is in the way of a booking: %w", err)
		}
		out = append(out, got...)
	}
	sortClashes(out)
	return out, nil
}

// booked names who holds the slot already, and who else has asked for it.
func (x slot) booked() ([]Clash, error) {
	var others []*Booking
	err := x.s.eachBooking(x.tx, "location", store.K().ID(x.b.LocationID), span{x.b.Start, x.b.End}, func(o *Booking) error {
		if o.ID != x.b.ID && o.Status != Dropped && o.blocks(x.b) {
			others = append(others, o)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err := x.s.bookingRows(x.tx, x.by, others)
	if err != nil {
		return nil, err
	}
	out := make([]Clash, len(rows))
	for i, r := range rows {
		out[i] = x.taken(r)
	}
	return out, nil
}

// taken says whose another slot is: place and area, time and who booked it; the title only to those who see it.
func (x slot) taken(r BookingRow) Clash {
	title := Text{"另一部剧", "another title"}
	if r.Title != "" {
		title = Text{"《" + r.Title + "》", "“" + r.Title + "”"}
	}
	where, when := x.l.part(r.AreaID), showSlot(r.Start.In(x.zone), r.End.In(x.zone))
	kind, level := ClashTentative, levelNote
	zh, en := "%s也在考虑这个时段（暂定）：%s，%s，预订人%s", "%s has asked for this time too, not confirmed: %s, %s, booked by %s"
	if r.Status == Confirmed {
		kind, level, zh, en = ClashOverlap, levelHard, "这个时段已被%s占用：%s，%s，预订人%s", "%s holds this time: %s, %s, booked by %s"
	}
	out := newClash(kind, level, fmt.Sprintf(zh, title.ZH, where.ZH, when, r.ByName), fmt.Sprintf(en, title.EN, where.EN, when, r.ByName))
	return out.with(r)
}

// part names a location with one of its areas, or as a whole.
func (l *Location) part(areaID string) Text {
	if name, _ := l.areaName(areaID); name != "" {
		return Text{l.Name + " · " + name, l.Name + ", " + name}
	}
	return Text{l.Name + "（整个场地）", l.Name + " (the whole place)"}
}

// heldBy refuses what nobody can override.
func heldBy(x Clash) *Error {
	if x.Kind == ClashOverlap {
		return refuse(Conflict, "booking.overlap", x.ZH+"。请换个时间或分区，或与对方商量。", x.EN+". Choose another time or area, or talk to them.")
	}
	return refuse(Conflict, "booking."+string(x.Kind), x.ZH+"。请换个时间或分区。", x.EN+". Choose another time or area.")
}

func showSlot(start, end time.Time) string {
	const minute = "2006-01-02 15:04"
	if start.Format(time.DateOnly) == end.Format(time.DateOnly) {
		return start.Format(minute) + "–" + end.Format("15:04")
	}
	return start.Format(minute) + " – " + end.Format(minute)
}
