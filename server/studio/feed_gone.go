package studio

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// goneBooking is how a booking stood at a place, or for a title, that it was moved away from. The calendars that showed it
// there say that it is called off; where it stands now it is another event, so that nobody who reads both calendars sees
// one event in two states. Its id is what calendars know it by.
type goneBooking struct {
	Booking
	Of   string `json:"of"`   // the booking's id
	Last int64  `json:"last"` // the booking's revision when it had left
}

// calledOff is an account that was taken off an issued call sheet, by hand or by a version on which it no longer stands:
// its calendar says that the day is called off. One that is on again stays, because its events count on from here.
type calledOff struct {
	store.Meta
	PersonID   string    `json:"person_id"`
	SheetID    string    `json:"sheet_id"`
	TitleID    string    `json:"title_id"`
	LocationID string    `json:"location_id,omitempty"` // where the day began
	Unit       string    `json:"unit"`
	Start      time.Time `json:"start"` // the day's, as it stood then
	End        time.Time `json:"end"`
	Turns      int64     `json:"turns"` // how often they were taken off and came back
	Last       int64     `json:"last"`  // the sequence of the event that calls it off
	Back       bool      `json:"back"`  // on it again
}

// newGoneSlots orders what bookings have left behind as bookings themselves, and finds it when they come back.
func newGoneSlots() *store.Collection[goneBooking] {
	return store.NewCollection("gone_booking", 1,
		index("location", func(b *goneBooking) store.Key { return store.K().ID(b.LocationID).Time(b.Start) }),
		index("title", func(b *goneBooking) store.Key { return store.K().ID(b.TitleID).Time(b.Start) }),
		index("by", func(b *goneBooking) store.Key { return store.K().ID(b.By).Time(b.Start) }),
		index("of", func(b *goneBooking) store.Key { return store.K().ID(b.Of).ID(b.LocationID).ID(b.TitleID) }))
}

// newCalledOff has one record for an account and a call sheet, and those that are off by when the day would have begun.
func newCalledOff() *store.Collection[calledOff] {
	return store.NewCollection("called_off", 1,
		unique("sheet", func(x *calledOff) store.Key { return store.K().ID(x.PersonID).ID(x.SheetID) }),
		maybe("person", func(x *calledOff) (store.Key, bool) { return store.K().ID(x.PersonID).Time(x.Start), !x.Back }))
}

// uid is what calendars know a booking by where it stands now.
func (b *Booking) uid() string {
	if b.UID == "" {
		return b.ID
	}
	return b.UID
}

// leaveSlot keeps how a booking stood before it went to another place or title, for the calendars there. Where it was before,
// it is the event again that it was. It comes before the booking is written.
func (c *change) leaveSlot(was, b *Booking) error {
	if was.LocationID == b.LocationID && was.TitleID == b.TitleID {
		return nil
	}
	gone := goneBooking{Booking: *was, Of: b.ID, Last: was.Rev + 1}
	gone.Meta, gone.Status = c.meta(), Dropped
	gone.ID = was.uid()
	back, err := c.s.r.goneSlots.List(c.tx, "of", store.K().ID(b.ID).ID(b.LocationID).ID(b.TitleID), Page{Limit: 1})
	if err != nil {
		return fmt.Errorf("looking for where a booking was: %w", err)
	}
	if b.UID = c.s.ids(); len(back.Items) > 0 {
		b.UID = back.Items[0].ID
		if err := c.s.r.goneSlots.Delete(c.tx, b.UID); err != nil {
			return fmt.Errorf("taking a booking back: %w", err)
		}
	}
	if b.UID == b.ID {
		b.UID = ""
	}
	if err := c.s.r.goneSlots.Insert(c.tx, &gone); err != nil {
		return fmt.Errorf("keeping where a booking was: %w", err)
	}
	return nil
}

// gone moves what bookings have left at a duplicate along with it.
func (m *placeMerge) gone() error {
	var left []*goneBooking
	err := m.s.r.goneSlots.Each(m.c.tx, "location", store.K().ID(m.from.ID), func(b *goneBooking) error {
		left = append(left, b)
		return nil
	})
	for _, b := range left {
		b.LocationID, b.AreaID, b.Updated = m.into.ID, m.area(b.AreaID), m.c.now
		err = errors.Join(err, m.s.r.goneSlots.Put(m.c.tx, b))
	}
	return err
}

// offCall is what is kept of an account and a call sheet; nil where it was never taken off.
func (s *Studio) offCall(tx store.Txn, personID, sheetID string) (*calledOff, error) {
	x, err := s.r.calledOff.By(tx, "sheet", store.K().ID(personID).ID(sheetID))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return x, err
}

// callOff notes that an account no longer stands on an issued call sheet, unless it is still among those who get it by
// another line.
func (c *change) callOff(sheet *CallSheet, personID string) error {
	if personID == "" || sheet.Issued == 0 {
		return nil
	}
	x, err := c.s.offCall(c.tx, personID, sheet.ID)
	if err != nil || x != nil && !x.Back {
		return err
	}
	d, err := found(c.s.r.days.Get(c.tx, sheet.DayID))("day")
	if err != nil {
		return err
	}
	put := c.s.r.calledOff.Put
	if x == nil {
		x, put = &calledOff{Meta: c.meta(), PersonID: personID, SheetID: sheet.ID, TitleID: sheet.TitleID}, c.s.r.calledOff.Insert
	}
	x.Turns, x.Back, x.Updated = x.Turns+1, false, c.now
	x.Unit, x.Start, x.End, x.LocationID = d.Unit, d.Start, d.End, d.begins()
	x.Last = d.sequence() + sheet.sequence() + x.Turns
	if err := put(c.tx, x); err != nil {
		return fmt.Errorf("calling somebody off: %w", err)
	}
	return nil
}

// callBack notes that an account that was called off is on again.
func (c *change) callBack(sheet *CallSheet, personID string) error {
	if personID == "" {
		return nil
	}
	x, err := c.s.offCall(c.tx, personID, sheet.ID)
	if err != nil || x == nil || x.Back {
		return err
	}
	x.Turns, x.Back, x.Updated = x.Turns+1, true, c.now
	if err := c.s.r.calledOff.Put(c.tx, x); err != nil {
		return fmt.Errorf("calling somebody back: %w", err)
	}
	return nil
}

// callOffLost calls off an account whose last line among the recipients has gone.
func (c *change) callOffLost(sheet *CallSheet, personID string) error {
	have, err := c.s.callRecipients(c.tx, sheet.ID)
	if err != nil || slices.ContainsFunc(have, func(r CallRecipient) bool { return r.PersonID == personID }) {
		return err
	}
	return c.callOff(sheet, personID)
}

// callTurns follows a new version: who stood on the one before and no longer does is called off, who does is on.
func (c *change) callTurns(sheet *CallSheet, before, now, have []CallRecipient) error {
	for _, who := range have {
		is := slices.ContainsFunc(now, who.same)
		was := slices.ContainsFunc(before, who.same)
		var err error
		if was && !is {
			err = c.callOff(sheet, who.PersonID)
		} else if is {
			err = c.callBack(sheet, who.PersonID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// begins is the place that a day names for the first of its scenes that has one.
func (d *ShootDay) begins() string {
	for _, x := range d.Scenes {
		if x.LocationID != "" {
			return x.LocationID
		}
	}
	return ""
}

// callUID is what calendars know somebody's call for a day by. It is not the day's: the day may stand in a title's calendar
// while one person is off it. A name-based UUID (RFC 9562, 5.8), because an event names nobody (RFC 7986, 5.3).
func callUID(personID, sheetID string) string {
	sum := sha256.Sum256([]byte("call\x00" + personID + "\x00" + sheetID))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
