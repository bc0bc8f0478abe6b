package studio

import (
	"cmp"
	"fmt"
	"slices"

	"chouka/store"
)

// facts moves what stands in the duplicate's own record. What only it knows comes along; where both say something the
// other location's word stands, and the duplicate's stays readable on the trace.
func (m *placeMerge) facts() error {
	from, into := m.from, m.into
	for _, p := range from.Photos {
		p.AreaID = m.area(p.AreaID)
		into.Photos = append(into.Photos, p)
	}
	for _, b := range from.Blackouts {
		b.AreaID = m.area(b.AreaID)
		into.Blackouts = append(into.Blackouts, b)
	}
	into.Documents = append(into.Documents, from.Documents...)
	for _, p := range from.Contacts {
		if !slices.Contains(into.Contacts, p) {
			into.Contacts = append(into.Contacts, p)
		}
	}
	for _, t := range from.Tags {
		if !slices.ContainsFunc(into.Tags, func(o string) bool { return nameKey(o) == nameKey(t) }) {
			into.Tags = append(into.Tags, t)
		}
	}
	into.Aliases = append(append(slices.Clone(into.Aliases), from.Name), from.Aliases...)
	m.fill()
	// Each of them hangs on one location only.
	from.Photos, from.Documents, from.Blackouts = []Photo{}, []PlaceDocument{}, []Blackout{}
	from.Contacts, from.Tags = []Contact{}, []string{}
	if err := into.cleanAliases(); err != nil {
		return m.tooMany("aliases", Text{"别名", "aliases"}, placeAliases)
	}
	for _, x := range []struct {
		field      string
		what       Text
		have, most int
	}{
		{"areas", Text{"分区", "areas"}, len(into.Areas), areaLimit},
		{"photos", Text{"照片", "photos"}, len(into.Photos), photoLimit},
		{"documents", Text{"文件", "documents"}, len(into.Documents), placePapers},
		{"contacts", Text{"联系人", "contacts"}, len(into.Contacts), placeContacts},
		{"tags", Text{"标签", "tags"}, len(into.Tags), placeTags},
	} {
		if x.have > x.most {
			return m.tooMany(x.field, x.what, x.most)
		}
	}
	return nil
}

// fill takes over what the other location does not say.
func (m *placeMerge) fill() {
	from, into := m.from, m.into
	into.Note = joined(into.Note, from.Note)
	for _, x := range [][2]*string{{&into.Address, &from.Address}, {&into.Noise, &from.Noise}, {&into.Power, &from.Power},
		{&into.Parking, &from.Parking}, {&into.LoadIn, &from.LoadIn}} {
		*x[0] = cmp.Or(*x[0], *x[1])
	}
	if into.Point == nil {
		into.Point = from.Point
	}
	if len(into.Hours) == 0 {
		into.Hours = from.Hours
	}
	into.Price, into.Hospital = cmp.Or(into.Price, from.Price), cmp.Or(into.Hospital, from.Hospital)
	if secured(from.Status) > secured(into.Status) {
		into.Status = from.Status
	}
}

// secured is how far a status has come towards shooting there; a released place has to be wanted again.
func secured(s PlaceStatus) int {
	if s == PlaceReleased {
		return -1
	}
	return slices.Index(Places(), s)
}

func (m *placeMerge) tooMany(field string, what Text, most int) error {
	return refuse(Conflict, "location.merge_"+field,
		fmt.Sprintf("合并后%s会超过 %d 个，什么都丢不得，请先删去一些再合并", what.ZH, most),
		fmt.Sprintf("together they have more than %d %s, and nothing is to be lost; remove some first", most, what.EN))
}

// overlaps refuses a merge after which two confirmed bookings, or one and a closed time, would hold the same place.
func (m *placeMerge) overlaps(bookings []*Booking) error {
	for _, b := range bookings {
		if b.Status != Confirmed {
			continue
		}
		moved := *b
		moved.LocationID, moved.AreaID = m.into.ID, m.area(b.AreaID)
		if err := m.held(&moved, func(o *Booking) error { return m.clash(b, o) }); err != nil {
			return err
		}
		for _, x := range m.into.Blackouts {
			if closed := x.slot(); closed.blocks(&moved) {
				return m.closed(b, m.from, &closed, m.into)
			}
		}
	}
	for _, x := range m.from.Blackouts {
		closed := x.slot()
		closed.LocationID, closed.AreaID = m.into.ID, m.area(x.AreaID)
		if err := m.held(&closed, func(o *Booking) error { return m.closed(o, m.into, &closed, m.from) }); err != nil {
			return err
		}
	}
	return nil
}

// slot is a blackout as the time that it takes.
func (b Blackout) slot() Booking { return Booking{AreaID: b.AreaID, Start: b.Start, End: b.End} }

// held looks for a confirmed booking of the other location that a slot there would overlap, and says what that is.
func (m *placeMerge) held(slot *Booking, say func(*Booking) error) error {
	var holder *Booking
	err := m.s.eachBooking(m.c.tx, "location", store.K().ID(m.into.ID), span{slot.Start, slot.End}, func(o *Booking) error {
		if o.Status == Confirmed && o.blocks(slot) {
			holder = o
			return store.ErrStop
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for overlapping bookings: %w", err)
	}
	if holder == nil {
		return nil
	}
	return say(holder)
}

func (m *placeMerge) clash(a, b *Booking) error {
	one, err := m.words(a, m.from)
	if err != nil {
		return err
	}
	two, err := m.words(b, m.into)
	if err != nil {
		return err
	}
	return refuse(Conflict, "location.merge_overlap",
		fmt.Sprintf("两边都有已确认的档期，时间重叠：%s；%s。请先取消或改期其中一个，再合并。", one.ZH, two.ZH),
		fmt.Sprintf("both have confirmed bookings that overlap: %s; %s. Cancel or move one of them, then merge.", one.EN, two.EN))
}

// closed says that a booking of one location lies in a closed time of the other.
func (m *placeMerge) closed(b *Booking, at *Location, closed *Booking, by *Location) error {
	said, err := m.words(b, at)
	if err != nil {
		return err
	}
	zone, err := m.s.zone(m.c.tx)
	if err != nil {
		return err
	}
	slot := showSlot(closed.Start.In(zone), closed.End.In(zone))
	return refuse(Conflict, "location.merge_overlap",
		fmt.Sprintf("已确认的档期落在“%s”的停用时段里（%s）：%s。请先改期或取消停用，再合并。", by.Name, slot, said.ZH),
		fmt.Sprintf("a confirmed booking lies in a time at which “%s” is closed (%s): %s. Move it or open that time, then merge.", by.Name, slot, said.EN))
}

// words say a booking, with its title only for those who see it.
func (m *placeMerge) words(b *Booking, l *Location) (Text, error) {
	rows, err := m.s.bookingRows(m.c.tx, m.c.by, []*Booking{b})
	if err != nil {
		return Text{}, err
	}
	zone, err := m.s.zone(m.c.tx)
	if err != nil {
		return Text{}, err
	}
	title, area := Text{"另一部剧", "another title"}, Text{"整个场地", "the whole place"}
	if name := rows[0].Title; name != "" {
		title = Text{"《" + name + "》", "“" + name + "”"}
	}
	if name, _ := l.areaName(b.AreaID); name != "" {
		area = Text{name, name}
	}
	slot := showSlot(b.Start.In(zone), b.End.In(zone))
	return Text{ZH: fmt.Sprintf("%s在“%s”的%s，%s", title.ZH, l.Name, area.ZH, slot),
		EN: fmt.Sprintf("%s at “%s”, %s, %s", title.EN, l.Name, area.EN, slot)}, nil
}
