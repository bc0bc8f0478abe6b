package studio

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// PlaceNotice says that a document of a location ends soon, or has ended.
type PlaceNotice struct {
	LocationID string        `json:"location_id"`
	Location   string        `json:"location"`
	Document   PlaceDocument `json:"document"`
	Days       int           `json:"days"`                  // left in the studio's zone; 0: ends today; below: ended
	Level      int           `json:"level" enum:"30,7,1,0"` // within how many days; 0: has ended
	Next       *BookingRow   `json:"next,omitempty"`        // the next booking that it no longer covers
}

// noticeDays is how many days before its end a document is first spoken of.
const noticeDays = 30

// PlaceNotices lists documents that end within 30 days or have ended, of locations that are held or confirmed or booked
// from now on, the first to end in front. One that another of its kind follows without a gap is not spoken of.
func (s *Studio) PlaceNotices(ctx context.Context, by Actor) ([]PlaceNotice, error) {
	out := []PlaceNotice{}
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return out, err
	}
	err := s.view(ctx, func(tx store.Txn) error {
		zone, err := s.zone(tx)
		if err != nil {
			return err
		}
		n := notices{s: s, tx: tx, by: by, zone: zone, now: s.now(), out: []PlaceNotice{}}
		if err := n.read(); err != nil {
			return err
		}
		out = n.out
		return nil
	})
	slices.SortStableFunc(out, func(a, b PlaceNotice) int {
		return cmp.Or(cmp.Compare(a.Days, b.Days), cmp.Compare(a.Location, b.Location))
	})
	return out, err
}

// notices reads the locations whose first document ends soon, by the index of these.
type notices struct {
	s    *Studio
	tx   store.Txn
	by   Actor
	zone *time.Location
	now  time.Time
	out  []PlaceNotice
}

func (n *notices) read() error {
	after := n.now.In(n.zone).AddDate(0, 0, noticeDays+1).Format(time.DateOnly)
	p := Page{Limit: store.MaxPage}
	for {
		got, err := n.s.r.locations.ListRange(n.tx, "until", nil, store.K().Text(after), p)
		if err != nil {
			return fmt.Errorf("looking for documents that end: %w", err)
		}
		for _, l := range got.Items {
			if err := n.location(l); err != nil {
				return err
			}
		}
		if p.After = got.Next; got.Next == "" {
			return nil
		}
	}
}

func (n *notices) location(l *Location) error {
	if l.Status != PlaceHeld && l.Status != PlaceConfirmed {
		next, err := n.s.nextBooking(n.tx, l.ID, n.now)
		if err != nil || next == nil {
			return err
		}
	}
	for _, d := range l.Documents {
		days, ok := n.left(d)
		if !ok || days > noticeDays || l.followed(d) {
			continue
		}
		x := PlaceNotice{LocationID: l.ID, Location: l.Name, Document: d, Days: days, Level: noticeLevel(days)}
		if err := n.next(&x); err != nil {
			return err
		}
		n.out = append(n.out, x)
	}
	return nil
}

// left is how many days a document still holds after today.
func (n *notices) left(d PlaceDocument) (int, bool) {
	until, err := time.Parse(time.DateOnly, d.Until)
	if err != nil {
		return 0, false // it does not end
	}
	y, m, day := n.now.In(n.zone).Date()
	return int(until.Sub(time.Date(y, m, day, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour)), true
}

// next adds the first booking that reaches beyond a document's last day.
func (n *notices) next(x *PlaceNotice) error {
	until, err := time.ParseInLocation(time.DateOnly, x.Document.Until, n.zone)
	if err != nil {
		return fmt.Errorf("reading the end of a document: %w", err)
	}
	ends := until.AddDate(0, 0, 1)
	if ends.Before(n.now) {
		ends = n.now
	}
	b, err := n.s.nextBooking(n.tx, x.LocationID, ends)
	if err != nil || b == nil {
		return err
	}
	rows, err := n.s.bookingRows(n.tx, n.by, []*Booking{b})
	if err == nil {
		x.Next = &rows[0]
	}
	return err
}

func noticeLevel(days int) int {
	switch {
	case days < 0:
		return 0
	case days <= 1:
		return 1
	case days <= 7:
		return 7
	}
	return noticeDays
}

// followed reports whether another document of the same kind goes on without a gap where this one ends.
func (l *Location) followed(d PlaceDocument) bool {
	until, err := time.Parse(time.DateOnly, d.Until)
	if err != nil || d.Kind == DocOther {
		return false
	}
	next := until.AddDate(0, 0, 1).Format(time.DateOnly)
	return slices.ContainsFunc(l.Documents, func(o PlaceDocument) bool {
		return o.ID != d.ID && o.Kind == d.Kind && o.From <= next && (o.Until == "" || o.Until > d.Until)
	})
}

// nextBooking is the first booking of a location, not cancelled, that goes on after a time; nil where there is none.
func (s *Studio) nextBooking(tx store.Txn, locationID string, after time.Time) (*Booking, error) {
	var next *Booking
	err := s.eachBooking(tx, "location", store.K().ID(locationID), span{after, lastStart()}, func(b *Booking) error {
		if b.Status == Dropped {
			return nil
		}
		next = b
		return store.ErrStop
	})
	return next, err
}
