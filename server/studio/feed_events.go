package studio

import (
	"fmt"
	"time"

	"chouka/server/studio/ical"
	"chouka/store"
)

// A calendar reaches from a quarter of a year ago to a year and a half ahead.
const (
	feedBack  = 90 * 24 * time.Hour
	feedAhead = 550 * 24 * time.Hour
)

// feed collects the events of one calendar as its maker may see them.
type feed struct {
	s      *Studio
	tx     store.Txn
	by     Actor
	lang   string
	in     span
	places map[string]*Location
	out    []ical.Event
}

func (s *Studio) calendar(tx store.Txn, by Actor, f *Feed) (*Document, error) {
	zone, err := s.zone(tx)
	if err != nil {
		return nil, err
	}
	now := s.now()
	w := feed{s: s, tx: tx, by: by, lang: f.Lang, in: span{now.Add(-feedBack), now.Add(feedAhead)}, places: map[string]*Location{}}
	var name string
	switch f.Kind {
	case FeedTitle:
		name, err = w.ofTitle(f.ObjectID)
	case FeedLocation:
		name, err = w.ofLocation(f.ObjectID)
	default:
		name, err = w.ofPerson()
	}
	if err != nil {
		return nil, err
	}
	data := ical.Write(ical.Calendar{Name: name, Zone: zone.String(), Events: w.out})
	return &Document{Name: "chouka.ics", Type: "text/calendar; charset=utf-8", Data: data}, nil
}

func (w *feed) say(zh, en string) string { return Text{zh, en}.In(w.lang) }

// ofTitle are a title's bookings and shooting days.
func (w *feed) ofTitle(id string) (string, error) {
	t, err := found(w.s.r.titles.Get(w.tx, id))("title")
	if err != nil {
		return "", err
	}
	if err := w.bookings("title", id); err != nil {
		return "", err
	}
	number, last := 0, ""
	err = w.s.r.days.Each(w.tx, "title", store.K().ID(id), func(d *ShootDay) error {
		if d.Date != last {
			number, last = number+1, d.Date
		}
		if !d.End.After(w.in.from) || !d.Start.Before(w.in.to) {
			return nil
		}
		return w.day(d, d.ID, t.Name, number, d.sequence())
	})
	if err != nil {
		return "", err
	}
	err = w.gone(t)
	return w.say("《"+t.Name+"》拍摄", "“"+t.Name+"” shooting"), err
}

// gone are a title's deleted days, as called off.
func (w *feed) gone(t *Title) error {
	prefix := store.K().ID(t.ID)
	for p := (Page{Limit: store.MaxPage}); ; {
		got, err := w.s.r.goneDays.ListRange(w.tx, "title", prefix.Time(w.in.from), prefix.Time(w.in.to), p)
		if err != nil {
			return err
		}
		for _, d := range got.Items {
			if err := w.dayOff(&d.ShootDay, d.ID, t.Name, d.Last+1); err != nil {
				return err
			}
		}
		if p.After = got.Next; got.Next == "" {
			return nil
		}
	}
}

// ofLocation are the bookings of a location; the titles of others stay untold.
func (w *feed) ofLocation(id string) (string, error) {
	l, err := w.place(id)
	if err != nil {
		return "", err
	}
	if l == nil {
		return "", unknown("location")
	}
	return w.say(l.Name+" 档期", l.Name+" bookings"), w.bookings("location", id)
}

// ofPerson are what the maker booked and the days whose call sheets they get.
func (w *feed) ofPerson() (string, error) {
	if err := w.bookings("by", w.by.Person.ID); err != nil {
		return "", err
	}
	from, to := store.K().ID(w.by.Person.ID).Text(w.in.from.Format(time.DateOnly)), store.K().ID(w.by.Person.ID).Text(w.in.to.Format(time.DateOnly))
	seen := map[string]bool{} // sheets: somebody may stand among the recipients twice
	for p := (Page{Limit: store.MaxPage}); ; {
		got, err := w.s.r.recipients.ListRange(w.tx, "person", from, to, p)
		if err != nil {
			return "", err
		}
		for _, r := range got.Items {
			if seen[r.SheetID] {
				continue
			}
			seen[r.SheetID] = true
			if err := w.called(r); err != nil {
				return "", err
			}
		}
		if p.After = got.Next; got.Next == "" {
			break
		}
	}
	name := w.say(w.by.Person.Name+" 的拍摄", w.by.Person.Name+"’s shoots")
	if err := w.off(); err != nil {
		return "", err
	}
	return name, w.uncalled(from, to)
}

// off are the days that the maker is no longer called for, as called off.
func (w *feed) off() error {
	prefix := store.K().ID(w.by.Person.ID)
	for p := (Page{Limit: store.MaxPage}); ; {
		got, err := w.s.r.calledOff.ListRange(w.tx, "person", prefix.Time(w.in.from), prefix.Time(w.in.to), p)
		if err != nil {
			return err
		}
		for _, x := range got.Items {
			t, err := found(w.s.r.titles.Get(w.tx, x.TitleID))("title")
			if err != nil {
				return err
			}
			d := ShootDay{Unit: x.Unit, Start: x.Start, End: x.End, Scenes: []DayScene{{LocationID: x.LocationID}}}
			d.Updated = x.Updated
			if err := w.dayOff(&d, callUID(x.PersonID, x.SheetID), t.Name, x.Last); err != nil {
				return err
			}
		}
		if p.After = got.Next; got.Next == "" {
			return nil
		}
	}
}

// uncalled are deleted days whose issued call sheets the maker got until then.
func (w *feed) uncalled(from, to store.Key) error {
	for p := (Page{Limit: store.MaxPage}); ; {
		got, err := w.s.r.goneSheets.ListRange(w.tx, "person", from, to, p)
		if err != nil {
			return err
		}
		for _, g := range got.Items {
			turns, off, err := w.turns(g.Sheet.ID)
			if err != nil {
				return err
			}
			if off {
				continue
			}
			d, err := found(w.s.r.goneDays.Get(w.tx, g.ID))("day")
			if err != nil {
				return err
			}
			t, err := found(w.s.r.titles.Get(w.tx, d.TitleID))("title")
			if err != nil {
				return err
			}
			uid := callUID(w.by.Person.ID, g.Sheet.ID)
			if err := w.dayOff(&d.ShootDay, uid, t.Name, d.Last+g.Sheet.sequence()+turns+1); err != nil {
				return err
			}
		}
		if p.After = got.Next; got.Next == "" {
			return nil
		}
	}
}

// dayOff is a day that is called off.
func (w *feed) dayOff(d *ShootDay, uid, title string, sequence int64) error {
	if err := w.day(d, uid, title, 0, sequence); err != nil {
		return err
	}
	e := &w.out[len(w.out)-1]
	e.Status = ical.Cancelled
	e.Summary += w.say("（已取消）", " (cancelled)")
	return nil
}

// turns counts how often the maker was taken off a call sheet and came back; off tells whether they are off now.
func (w *feed) turns(sheetID string) (n int64, off bool, err error) {
	x, err := w.s.offCall(w.tx, w.by.Person.ID, sheetID)
	if err != nil || x == nil {
		return 0, false, err
	}
	return x.Turns, !x.Back, nil
}

// called is a day whose issued call sheet the maker gets, unless they no longer stand on it.
func (w *feed) called(r *recipient) error {
	sheet, err := found(w.s.r.callSheets.Get(w.tx, r.SheetID))("callsheet")
	if err != nil || sheet.Issued == 0 {
		return err
	}
	turns, off, err := w.turns(sheet.ID)
	if err != nil || off {
		return err
	}
	d, err := found(w.s.r.days.Get(w.tx, sheet.DayID))("day")
	if err != nil {
		return err
	}
	t, err := found(w.s.r.titles.Get(w.tx, d.TitleID))("title")
	if err != nil {
		return err
	}
	return w.day(d, callUID(r.Who.PersonID, sheet.ID), t.Name, 0, d.sequence()+sheet.sequence()+turns)
}

func (w *feed) day(d *ShootDay, uid, title string, number int, sequence int64) error {
	e := ical.Event{UID: uid + "@chouka", Sequence: int(sequence), Changed: d.Updated, Start: d.Start, End: d.End, Status: ical.Confirmed,
		Summary: w.say("《"+title+"》拍摄", "“"+title+"” shoot")}
	if number > 0 {
		e.Summary = w.say(fmt.Sprintf("《%s》第 %d 拍摄日", title, number), fmt.Sprintf("“%s” day %d", title, number))
	}
	if d.Unit != "" {
		e.Summary += w.say(" · "+d.Unit+" 组", " · unit "+d.Unit)
	}
	for _, x := range d.Scenes {
		l, err := w.place(x.LocationID)
		if err != nil {
			return err
		}
		if l != nil {
			e.Place, e.Lat, e.Lon = placed(l)
			break // where the day begins
		}
	}
	w.out = append(w.out, e)
	return nil
}

// bookings are those of an owner by start, with what was cancelled and what has left for another place or title, so that
// nothing vanishes from calendars without a word.
func (w *feed) bookings(index, id string) error {
	got, err := w.s.touching(w.tx, index, store.K().ID(id), w.in)
	if err != nil {
		return err
	}
	rows, err := w.s.bookingRows(w.tx, w.by, got)
	if err != nil {
		return err
	}
	for _, b := range rows {
		if err := w.booking(b); err != nil {
			return err
		}
	}
	return w.left(index, store.K().ID(id))
}

// left are bookings that have left an owner.
func (w *feed) left(index string, prefix store.Key) error {
	for p := (Page{Limit: store.MaxPage}); ; {
		got, err := w.s.r.goneSlots.ListRange(w.tx, index, prefix.Time(w.in.from.Add(-longestBooking)), prefix.Time(w.in.to), p)
		if err != nil {
			return err
		}
		var slots []*Booking
		for _, b := range got.Items {
			if b.Rev, b.UID = b.Last, ""; b.End.After(w.in.from) {
				slots = append(slots, &b.Booking)
			}
		}
		rows, err := w.s.bookingRows(w.tx, w.by, slots)
		if err != nil {
			return err
		}
		for _, b := range rows {
			if err := w.booking(b); err != nil {
				return err
			}
		}
		if p.After = got.Next; got.Next == "" {
			return nil
		}
	}
}

func (w *feed) booking(b BookingRow) error {
	e := ical.Event{UID: b.uid() + "@chouka", Sequence: int(b.Rev), Changed: b.Updated, Start: b.Start, End: b.End}
	where := b.Location
	if b.Area != "" {
		where += " · " + b.Area
	}
	e.Summary = w.say("已预订 ", "Booked: ") + where
	if b.Title != "" {
		e.Summary = w.say("《"+b.Title+"》", "“"+b.Title+"” ") + where
	}
	switch b.Status {
	case Tentative:
		e.Status = ical.Tentative
		e.Summary += w.say("（暂定）", " (tentative)")
	case Confirmed:
		e.Status = ical.Confirmed
	case Dropped:
		e.Status = ical.Cancelled
		e.Summary += w.say("（已取消）", " (cancelled)")
	}
	l, err := w.place(b.LocationID)
	if err != nil {
		return err
	}
	if l != nil {
		e.Place, e.Lat, e.Lon = placed(l)
	}
	w.out = append(w.out, e)
	return nil
}

// place reads a location once; nil where there is none.
func (w *feed) place(id string) (*Location, error) {
	if l, ok := w.places[id]; ok || id == "" {
		return l, nil
	}
	got, err := byID(w.tx, w.s.r.locations, []string{id})
	if err != nil {
		return nil, err
	}
	w.places[id] = got[id]
	return got[id], nil
}

// placed is a location as calendars name it.
func placed(l *Location) (name string, lat, lon float64) {
	name = l.Name
	if l.Address != "" {
		name += ", " + l.Address
	}
	if l.Point != nil {
		lat, lon = l.Point.Lat, l.Point.Lon
	}
	return name, lat, lon
}
