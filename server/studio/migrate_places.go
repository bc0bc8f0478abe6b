package studio

import (
	"errors"

	"chouka/store"
)

// location0 is a Location before shooting days: one contact with one number, and few facts.
type location0 struct {
	store.Meta
	Name    string      `json:"name"`
	Aliases []string    `json:"aliases"`
	Address string      `json:"address"`
	Contact string      `json:"contact"`
	Phone   string      `json:"phone"`
	Note    string      `json:"note"`
	Status  PlaceStatus `json:"status"`
	Areas   []Area      `json:"areas"`
	Photos  []Photo     `json:"photos"`
	Demo    bool        `json:"demo"`
}

// migratePlaces brings a store to shooting days: the contact of a location is the first of several, places of scripts are
// found by the locations that they are or may become, characters by who plays them, bookings by who made them; bookings say
// their zone, and the lengths of a title's shots are read without the shots.
func migratePlaces(tx store.Txn, r records) error {
	err := store.Rewrite(tx, store.NewCollection[location0]("location", 1), r.locations, func(old *location0) (*Location, error) {
		l := &Location{Meta: old.Meta, Name: old.Name, Aliases: old.Aliases, Address: old.Address, Note: old.Note, Status: old.Status,
			Areas: old.Areas, Photos: old.Photos, Demo: old.Demo}
		if old.Contact != "" || old.Phone != "" {
			l.Contacts = []Contact{{Name: old.Contact, Phone: old.Phone}}
		}
		l.settle()
		return l, nil
	})
	if err != nil {
		return err
	}
	err = store.Rewrite(tx, r.elements, r.elements, func(e *Element) (*Element, error) {
		if e.Candidates = some(e.Candidates); e.LocationID != "" && len(e.Candidates) == 0 {
			e.Candidates = append(e.Candidates, PlaceCandidate{LocationID: e.LocationID, At: e.Updated})
		}
		return e, nil
	})
	if err != nil {
		return err
	}
	return errors.Join(zoneBookings(tx, r), store.AddIndex(tx, r.shots, "length"))
}

// zoneBookings gives bookings from before zones that of the studio, and a list of what was accepted.
func zoneBookings(tx store.Txn, r records) error {
	set, err := r.settings.Get(tx, settingsID)
	if errors.Is(err, store.ErrNotFound) {
		return nil // nobody has set the studio up, so nobody has booked
	}
	if err != nil {
		return err
	}
	return store.Rewrite(tx, r.bookings, r.bookings, func(b *Booking) (*Booking, error) {
		if b.Zone == "" {
			b.Zone = set.Zone
		}
		if b.Overrides == nil {
			b.Overrides = []Override{}
		}
		return b, nil
	})
}
