package studio

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"chouka/store"
)

// BookingStatus is how firm a booking is. Only confirmed ones exclude each other.
type BookingStatus string

// The statuses of a booking.
const (
	Tentative BookingStatus = "tentative"
	Confirmed BookingStatus = "confirmed"
	Dropped   BookingStatus = "cancelled"
)

// Booking holds a location, or one area of it, for a title: the half-open
// interval [Start, End) (product.md, Places). It may pass midnight.
type Booking struct {
	store.Meta
	LocationID string        `json:"location_id"`
	AreaID     string        `json:"area_id,omitempty"` // empty: the whole place
	TitleID    string        `json:"title_id"`
	Start      time.Time     `json:"start"`
	End        time.Time     `json:"end"`
	Status     BookingStatus `json:"status" enum:"tentative,confirmed,cancelled"`
	Note       string        `json:"note"`
	By         string        `json:"by"`   // person id
	Zone       string        `json:"zone"` // IANA; the studio's when it was made, unless it says another
	SeriesID   string        `json:"series_id,omitempty"`
	Was        BookingStatus `json:"was,omitempty"` // before it was cancelled
	UID        string        `json:"uid,omitempty"` // what calendars know it by since it was moved; empty: its id
	Overrides  []Override    `json:"overrides"`     // soft conflicts that somebody accepted
}

// BookingRow is a booking with the names that lists show.
type BookingRow struct {
	Booking
	Location string `json:"location"`
	Area     string `json:"area"`
	Title    string `json:"title"` // empty where the asking person does not see the title
	ByName   string `json:"by_name"`
}

// BookingIn asks for a slot.
type BookingIn struct {
	LocationID string        `json:"location_id"`
	AreaID     string        `json:"area_id,omitempty"`
	TitleID    string        `json:"title_id"`
	Start      time.Time     `json:"start"`
	End        time.Time     `json:"end"`
	Status     BookingStatus `json:"status,omitempty" enum:"tentative,confirmed"`
	Note       string        `json:"note,omitempty"`
	Zone       string        `json:"zone,omitempty" doc:"IANA; the studio's when absent"`
	Reason     string        `json:"reason,omitempty" doc:"why soft conflicts are accepted; needed to confirm where there are any"`
}

// BookingEdit changes a booking; nil leaves a field as it is.
type BookingEdit struct {
	AreaID     *string        `json:"area_id,omitempty"`
	Start      *time.Time     `json:"start,omitempty"`
	End        *time.Time     `json:"end,omitempty"`
	Status     *BookingStatus `json:"status,omitempty" enum:"tentative,confirmed,cancelled"`
	Note       *string        `json:"note,omitempty"`
	LocationID *string        `json:"location_id,omitempty" doc:"moves it to another location; give area_id with it"`
	TitleID    *string        `json:"title_id,omitempty" doc:"gives it to another title, and takes it out of its series"`
	Reason     string         `json:"reason,omitempty" doc:"as in BookingIn"`
}

// Bookings' bounds. The longest slot bounds how far back a search for overlaps reads.
const (
	longestBooking = 60 * 24 * time.Hour
	firstYear      = 2000
	lastYear       = 2100
)

// bookingMoves is the table of a booking's statuses.
func bookingMoves(from BookingStatus) []BookingStatus {
	switch from {
	case Tentative:
		return []BookingStatus{Confirmed, Dropped}
	case Confirmed:
		return []BookingStatus{Tentative, Dropped}
	case Dropped:
		return []BookingStatus{Tentative}
	}
	return nil
}

// Book asks for a slot, tentative unless it says otherwise. To confirm it at once nothing hard may be in the way, else
// Conflict booking.overlap or booking.blackout names it, and what is soft needs a reason, else Conflict booking.soft.
func (s *Studio) Book(ctx context.Context, by Actor, in BookingIn) (BookingRow, error) {
	if err := by.must(BookPlace, in.TitleID, "title"); err != nil {
		return BookingRow{}, err
	}
	return create(ctx, s, by, func(c *change) (BookingRow, error) {
		b, err := s.newBooking(c.tx, by, in)
		if err != nil {
			return BookingRow{}, err
		}
		b.Meta = c.meta()
		fresh, err := c.mayHold(&b, nil, in.Reason)
		if err != nil {
			return BookingRow{}, err
		}
		if err := s.r.bookings.Insert(c.tx, &b); err != nil {
			return BookingRow{}, fmt.Errorf("booking a place: %w", err)
		}
		return c.noteBooking("booking.made", &b, fresh)
	})
}

// newBooking is a booking as it is asked for; whether it may be is not looked at yet.
func (s *Studio) newBooking(tx store.Txn, by Actor, in BookingIn) (Booking, error) {
	if in.Status == "" {
		in.Status = Tentative
	}
	if in.Status != Tentative && in.Status != Confirmed {
		return Booking{}, wrong("status", "新档期只能是暂定或确认", "a new booking is tentative or confirmed")
	}
	if _, err := found(s.r.titles.Get(tx, in.TitleID))("title"); err != nil {
		return Booking{}, err
	}
	zone, err := s.zoneFor(tx, in.Zone)
	if err != nil {
		return Booking{}, err
	}
	b := Booking{LocationID: in.LocationID, AreaID: in.AreaID, TitleID: in.TitleID, Start: in.Start.UTC(), End: in.End.UTC(),
		Status: in.Status, By: by.Person.ID, Zone: zone, Overrides: []Override{}}
	var x setter
	x.prose("note", &b.Note, &in.Note)
	return b, x.err
}

// zoneFor is the zone that somebody names, or the studio's.
func (s *Studio) zoneFor(tx store.Txn, name string) (string, error) {
	if name != "" {
		return zoneName("zone", name)
	}
	set, err := s.settings(tx)
	if err != nil {
		return "", err
	}
	return set.Zone, nil
}

// EditBooking changes a slot, moves it to another location, confirms it or cancels it. Statuses follow
// bookingMoves, else Conflict booking.status; what is in the way is refused as in Book.
func (s *Studio) EditBooking(ctx context.Context, by Actor, id string, rev int64, in BookingEdit) (BookingRow, error) {
	if err := by.must(ViewPlaces, "", "booking"); err != nil {
		return BookingRow{}, err
	}
	var out BookingRow
	err := s.update(ctx, by, func(c *change) error {
		b, err := found(s.r.bookings.Get(c.tx, id))("booking")
		if err != nil {
			return err
		}
		if err := by.must(BookPlace, b.TitleID, "booking"); err != nil {
			return err
		}
		if err := base(b.Rev, rev); err != nil {
			return err
		}
		was := *b
		if err := c.giveTo(b, in.TitleID); err != nil {
			return err
		}
		verb, err := applyBooking(b, in)
		if err != nil {
			return err
		}
		if was.TitleID != b.TitleID {
			verb = "booking.taken"
		}
		fresh, err := c.mayHold(b, &was, in.Reason)
		if err != nil {
			return err
		}
		if err := c.leaveSlot(&was, b); err != nil {
			return err
		}
		b.Updated = c.now
		if err := s.r.bookings.Put(c.tx, b); err != nil {
			return err
		}
		if err := c.noteLeft(&was, b); err != nil {
			return err
		}
		out, err = c.noteBooking(verb, b, fresh)
		return err
	})
	return out, err
}

// giveTo gives a booking to another title, for which the actor must be allowed to book too.
func (c *change) giveTo(b *Booking, titleID *string) error {
	if titleID == nil || *titleID == b.TitleID {
		return nil
	}
	if err := c.by.must(BookPlace, *titleID, "title"); err != nil {
		return err
	}
	if _, err := found(c.s.r.titles.Get(c.tx, *titleID))("title"); err != nil {
		return err
	}
	b.TitleID, b.SeriesID = *titleID, ""
	return nil
}

// noteLeft tells whoever looks at the place, or at the title, that a booking has left.
func (c *change) noteLeft(was, b *Booking) error {
	if was.LocationID != b.LocationID {
		if err := c.noteCalendar(was.LocationID); err != nil {
			return err
		}
	}
	if was.TitleID == b.TitleID {
		return nil
	}
	rows, err := c.s.bookingRows(c.tx, c.by, []*Booking{was})
	if err != nil {
		return err
	}
	return c.note(event{Verb: "booking.given", Kind: "booking", Object: was.ID, TitleID: was.TitleID, Params: rows[0].params()})
}

// applyBooking changes the fields and says what that is called.
func applyBooking(b *Booking, in BookingEdit) (string, error) {
	verb := "booking.edited"
	if in.LocationID != nil && *in.LocationID != b.LocationID {
		b.LocationID = *in.LocationID
		verb = "booking.moved"
	}
	if in.Status != nil && *in.Status != b.Status {
		if bookingMoves(*in.Status) == nil {
			return "", wrong("status", "没有这个状态", "there is no such status")
		}
		if !slices.Contains(bookingMoves(b.Status), *in.Status) {
			return "", conflict("booking.status", "已取消的档期要先恢复成暂定，再确认", "a cancelled booking becomes tentative before it can be confirmed")
		}
		b.turn(*in.Status)
		verb = "booking." + string(b.Status)
	}
	if in.AreaID != nil {
		b.AreaID = *in.AreaID
	}
	if in.Start != nil {
		b.Start = in.Start.UTC()
	}
	if in.End != nil {
		b.End = in.End.UTC()
	}
	var x setter
	x.prose("note", &b.Note, in.Note)
	return verb, x.err
}

// turn gives a booking another status. A cancelled one remembers what it was.
func (b *Booking) turn(to BookingStatus) {
	b.Was = ""
	if to == Dropped {
		b.Was = b.Status
	}
	b.Status = to
}

// mayHold checks the slot itself, its place and, once it is confirmed, what is in the way. was is the booking before the
// change, nil for a new one. It keeps the soft conflicts that are accepted and gives those that are new.
func (c *change) mayHold(b, was *Booking, reason string) ([]Override, error) {
	if err := checkSlot(b.Start, b.End); err != nil {
		return nil, err
	}
	if b.Status == Dropped {
		_, err := found(c.s.r.locations.Get(c.tx, b.LocationID))("location")
		return nil, err
	}
	l, err := c.s.bookable(c.tx, b.LocationID, b.AreaID)
	if err != nil {
		return nil, err
	}
	if b.Status == Tentative {
		return c.accept(b, nil, "")
	}
	if was == nil || was.Status != Confirmed || !was.sameSlot(b) {
		b.Overrides = nil
	}
	clashes, err := c.s.inTheWayOf(c.tx, c.by, b, l)
	if err != nil {
		return nil, err
	}
	return c.accept(b, clashes, reason)
}

// accept refuses a confirmed booking for what is hard and keeps what is soft and accepted; it gives what is newly accepted.
// A tentative one has nothing to accept.
func (c *change) accept(b *Booking, clashes []Clash, reason string) ([]Override, error) {
	if b.Status == Tentative {
		b.Overrides = []Override{}
		return nil, nil
	}
	if first := firstClash(clashes, levelHard); first != nil {
		return nil, heldBy(*first)
	}
	all, fresh, err := c.accepted("booking.soft", clashes, b.Overrides, reason)
	b.Overrides = all
	return fresh, err
}

// sameSlot reports whether two states of a booking take the same place at the same time.
func (b *Booking) sameSlot(o *Booking) bool {
	return b.LocationID == o.LocationID && b.AreaID == o.AreaID && b.Start.Equal(o.Start) && b.End.Equal(o.End)
}

// bookable gives a location that can be booked, as a whole or by the area.
func (s *Studio) bookable(tx store.Txn, id, areaID string) (*Location, error) {
	l, err := found(s.r.locations.Get(tx, id))("location")
	if err != nil {
		return nil, err
	}
	if err := s.unmerged(tx, l); err != nil {
		return nil, err
	}
	if _, ok := l.areaName(areaID); !ok {
		return nil, wrong("area_id", "这个取景地没有那个分区，请重新选择", "the location has no such area; choose again")
	}
	return l, nil
}

func checkSlot(start, end time.Time) error {
	switch {
	case start.Year() < firstYear || start.Year() > lastYear:
		return wrong("start", "开始时间的年份不对，请检查", "check the year of the start")
	case !end.After(start):
		return wrong("end", "结束时间要晚于开始时间", "the end must be later than the start")
	case end.Sub(start) > longestBooking:
		return wrong("end", "一个档期最长 60 天，请分成几段预订", "a booking lasts at most 60 days; book it in parts")
	}
	return nil
}

// noteBooking writes down what happened to a booking, and why conflicts were accepted where some were.
func (c *change) noteBooking(verb string, b *Booking, accepted []Override) (BookingRow, error) {
	rows, err := c.s.bookingRows(c.tx, c.by, []*Booking{b})
	if err != nil {
		return BookingRow{}, err
	}
	row := rows[0]
	if err := c.noteCalendar(b.LocationID); err != nil {
		return BookingRow{}, err
	}
	if err := c.note(event{Verb: verb, Kind: "booking", Object: b.ID, TitleID: b.TitleID, Params: row.params()}); err != nil || len(accepted) == 0 {
		return row, err
	}
	p := row.params()
	p["reason"], p["conflicts"] = accepted[0].Reason, overrideKinds(accepted)
	return row, c.note(event{Verb: "booking.accepted", Kind: "booking", Object: b.ID, TitleID: b.TitleID, Params: p})
}

// params are what the sentence about a booking needs.
func (r BookingRow) params() map[string]string {
	return map[string]string{"title": r.Title, "location": r.Location, "location_id": r.LocationID, "area": r.Area, "status": string(r.Status),
		"start": r.Start.Format(time.RFC3339), "end": r.End.Format(time.RFC3339)}
}

// noteCalendar tells whoever looks at a place's calendar that it changed, without the title that they may not see.
func (c *change) noteCalendar(locationID string) error {
	return c.note(event{Verb: "location.calendar", Kind: "location", Object: locationID})
}

// overrideKinds lists what was accepted: document, hours.
func overrideKinds(in []Override) string {
	var kinds []string
	for _, o := range in {
		if !slices.Contains(kinds, string(o.Kind)) {
			kinds = append(kinds, string(o.Kind))
		}
	}
	return strings.Join(kinds, ", ")
}
