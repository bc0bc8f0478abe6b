package studio

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chouka/server/studio/sheet"
	"chouka/store"
)

// The states of a row of a table of slots.
const (
	slotNew     = "new"
	slotConfirm = "confirm" // the slot is there, tentative, and the table says that it is confirmed
	slotSame    = "same"    // the slot is there already
	slotBlocked = "blocked" // it would be confirmed, and something hard is in the way
	slotWrong   = "wrong"
	slotSkipped = "skipped" // the table says that it is cancelled
)

// slotPlan is what importing a table of slots would do.
type slotPlan struct{ rows []*plannedSlot }

type plannedSlot struct {
	SlotRow
	booking *Booking // nil where the row is wrong
	of      *Booking // what is to be confirmed: a booking, or an earlier row's
}

// slotReader reads the rows of a table of slots. What is found by name is looked up once.
type slotReader struct {
	s      *Studio
	tx     store.Txn
	by     Actor
	t      *readTable
	choice SlotChoice
	zone   *time.Location
	titles map[string]*Title
	places map[string]*Location
	codes  map[string]string // title ids by code, of titles that the actor sees; "" where two have it
}

// planSlots lays the columns out and works out what each row would do. Nothing is written.
func (s *Studio) planSlots(tx store.Txn, by Actor, t *readTable, in SlotChoice) (*slotPlan, error) {
	if err := t.layOut(nil); err != nil {
		return nil, err
	}
	if p := t.lacking(); p != nil {
		return &slotPlan{rows: []*plannedSlot{{SlotRow: SlotRow{Row: max(t.layout.HeaderRow, 1), State: slotWrong, Conflicts: []Clash{}, Errors: p.errors}}}}, nil
	}
	if len(t.rows) > maxSlotRows {
		return nil, refuse(TooLarge, "slots.rows", "行数太多，一次最多导入 500 个档期，请分开导入", "too many rows; a table has at most 500 slots. Import it in parts")
	}
	zone, err := s.zone(tx)
	if err != nil {
		return nil, err
	}
	r := slotReader{s: s, tx: tx, by: by, t: t, choice: in, zone: zone, titles: map[string]*Title{}, places: map[string]*Location{}}
	p := &slotPlan{}
	for _, row := range t.rows {
		x, err := r.plan(row)
		if err == nil && x.State == slotNew {
			err = r.compare(x, p.rows)
		}
		if err != nil {
			return nil, err
		}
		p.rows = append(p.rows, x)
	}
	return p, r.name(p)
}

// plan reads one row; every cell that cannot be taken is named.
func (r *slotReader) plan(row sheet.Row) (*plannedSlot, error) {
	x := &plannedSlot{SlotRow: SlotRow{Row: row.Number, State: slotNew, Conflicts: []Clash{}, Errors: []CellError{}}}
	b := &Booking{By: r.by.Person.ID, Zone: r.zone.String(), Overrides: []Override{}}
	failed := func(field string, err error) error {
		var e *Error
		if err != nil && !errors.As(err, &e) {
			return err
		}
		if err != nil {
			x.Errors = append(x.Errors, r.t.because(row.Number, field, err))
		}
		return nil
	}
	status, ok := sheet.SlotStatus(r.t.cell(row, sheet.FieldStatus))
	if b.Status = BookingStatus(status); !ok {
		x.Errors = append(x.Errors, r.t.at(row.Number, sheet.FieldStatus, sheet.FieldStatus, "状态写成“暂定”或“确认”", "the status is tentative or confirmed"))
	}
	if b.Status == Dropped {
		x.State = slotSkipped
		return x, nil
	}
	l, field, err := r.place(row, b)
	err = errors.Join(failed(field, err), failed(sheet.FieldTitle, r.title(row, b)))
	field, cause := r.times(row, b)
	note := r.t.cell(row, sheet.FieldNote)
	var set setter
	set.prose("note", &b.Note, &note)
	if err = errors.Join(err, failed(field, cause), failed(sheet.FieldNote, set.err)); err != nil {
		return nil, err
	}
	if len(x.Errors) > 0 {
		x.State = slotWrong
		return x, nil
	}
	b.LocationID, x.booking = l.ID, b
	return x, nil
}

// place finds the location and the area that a row names. The field to blame comes with the refusal.
func (r *slotReader) place(row sheet.Row, b *Booking) (*Location, string, error) {
	name, area := r.t.cell(row, sheet.FieldPlace), r.t.cell(row, sheet.FieldArea)
	if name == "" {
		return nil, sheet.FieldPlace, wrong("place", "没有写取景地", "the location is missing")
	}
	l, err := r.location(name)
	if area == "" && IsKind(err, Unknown) { // 金沙湖大剧院·大厅 in one cell
		if i := strings.LastIndexAny(name, "·•・-－—/／ 　"); i > 0 {
			if in, err2 := r.location(name[:i]); err2 == nil {
				l, area, err = in, strings.Trim(name[i:], "·•・-－—/／ 　"), nil
			}
		}
	}
	if err != nil {
		return nil, sheet.FieldPlace, err
	}
	switch nameKey(area) {
	case "", "整个场地", "全部", "全场", "整场", "whole", "all", "thewholeplace":
		return l, "", nil
	}
	for _, a := range l.Areas {
		if nameKey(a.Name) == nameKey(area) {
			b.AreaID = a.ID
			return l, "", nil
		}
	}
	return nil, sheet.FieldArea, wrong("area", "“"+l.Name+"”没有这个分区，请改用已有的名称，或先添加分区", "“"+l.Name+"” has no such area; use a name that it has, or add the area first")
}

// location finds a location by its name or an alias. A duplicate that was merged leads to the one that took it over.
func (r *slotReader) location(name string) (*Location, error) {
	key := elementKey(name)
	if l := r.places[key]; l != nil {
		return l, nil
	}
	got, err := r.s.r.locations.List(r.tx, "spelling", store.K().Text(markOf(key)), Page{Limit: store.MaxPage})
	if err != nil {
		return nil, fmt.Errorf("looking for a location: %w", err)
	}
	hits := map[string]*Location{}
	for _, l := range got.Items {
		if l.MergedInto != "" {
			if l, err = r.s.r.locations.Get(r.tx, l.MergedInto); err != nil {
				return nil, fmt.Errorf("looking for a merged location: %w", err)
			}
		}
		hits[l.ID] = l
	}
	switch len(hits) {
	case 0:
		return nil, refuse(Unknown, "unknown.location", "没有叫这个名字的取景地，请先添加，或改用已有的名称", "no location has this name; add it first, or use a name that there is")
	case 1:
		for _, l := range hits {
			r.places[key] = l
		}
		return r.places[key], nil
	}
	return nil, conflict("location.several", "有几个取景地叫这个名字，请给其中一个起别名，并在表格里用别名", "several locations have this name; give one an alias and use it in the table")
}

// title finds the title that a row books for. Those that the actor does not see are not told from those that are not there.
func (r *slotReader) title(row sheet.Row, b *Booking) error {
	name := r.t.cell(row, sheet.FieldTitle)
	if name == "" {
		if b.TitleID = r.choice.TitleID; b.TitleID == "" {
			return wrong("title", "没有写剧目，请加一列剧目，或为整个表格选一部", "the title is missing; add a column, or choose one for the whole table")
		}
		name = b.TitleID
	}
	t := r.titles[name]
	if t == nil {
		var err error
		if t, err = r.titleCalled(name); err != nil {
			return err
		}
		r.titles[name] = t
	}
	b.TitleID = t.ID
	return r.by.must(BookPlace, t.ID, "title")
}

func (r *slotReader) titleCalled(name string) (*Title, error) {
	t, err := r.s.namedTitle(r.tx, r.by, name)
	if !IsKind(err, Unknown) {
		return t, err
	}
	if r.codes == nil {
		r.codes = map[string]string{}
		err := r.s.r.titles.All(r.tx, func(t *Title) error {
			if key := nameKey(t.Code); key != "" && r.by.sees(t.ID) {
				if _, twice := r.codes[key]; twice {
					r.codes[key] = ""
				} else {
					r.codes[key] = t.ID
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for a title by its code: %w", err)
		}
	}
	if id := r.codes[nameKey(name)]; id != "" {
		return found(r.s.r.titles.Get(r.tx, id))("title")
	}
	return nil, err
}

// compare looks for what is in the way of a row: bookings, and earlier rows of the table.
func (r *slotReader) compare(x *plannedSlot, earlier []*plannedSlot) error {
	b := x.booking
	same, err := r.alreadyThere(b)
	if err != nil {
		return err
	}
	if e := confirmedBy(same, earlier); e != nil {
		x.State, x.booking, x.WithRow = slotSame, same, e.Row
		return nil
	}
	if same != nil && (same.Status == Confirmed || b.Status == Tentative) {
		x.State, x.booking = slotSame, same
		return nil
	}
	if same != nil {
		r.confirms(x, same)
		b = x.booking
	}
	l, err := r.s.bookable(r.tx, b.LocationID, b.AreaID)
	if err != nil {
		return err
	}
	if x.Conflicts, err = r.s.inTheWayOf(r.tx, r.by, b, l); err != nil {
		return err
	}
	for _, e := range earlier {
		if e.booking == nil || e.booking.LocationID != b.LocationID || !e.booking.blocks(b) || e.State == slotSame {
			continue // what is there already stands among the bookings, or is another row's
		}
		if (e.State == slotNew || e.State == slotConfirm) && e.booking.sameSlot(b) && e.booking.TitleID == b.TitleID {
			x.WithRow = e.Row
			if b.Status == Tentative || e.booking.Status == Confirmed {
				x.State, x.Conflicts = slotSame, []Clash{}
				return nil
			}
			r.confirms(x, e.booking)
			b = x.booking
			continue
		}
		if x.WithRow == 0 {
			x.WithRow = e.Row
		}
		if e.of != nil { // the booking that it confirms stands among what is in the way, as it was
			x.Conflicts = slices.DeleteFunc(x.Conflicts, func(k Clash) bool { return k.Booking != nil && k.Booking.ID == e.of.ID })
		}
		x.Conflicts = append(x.Conflicts, r.rowClash(e, l))
	}
	sortClashes(x.Conflicts)
	if b.Status == Confirmed && firstClash(x.Conflicts, levelHard) != nil {
		x.State = slotBlocked
	}
	return nil
}

// confirms makes a row one that confirms a booking: the slot as it is there, with nothing changed but its status.
func (r *slotReader) confirms(x *plannedSlot, of *Booking) {
	firm := *of
	firm.Status = Confirmed
	x.State, x.of, x.booking = slotConfirm, of, &firm
}

// confirmedBy is the earlier row that confirms a booking already.
func confirmedBy(b *Booking, earlier []*plannedSlot) *plannedSlot {
	i := slices.IndexFunc(earlier, func(e *plannedSlot) bool { return b != nil && e.State == slotConfirm && e.of.ID == b.ID })
	if i < 0 {
		return nil
	}
	return earlier[i]
}

// rowClash says that an earlier row wants the time too. Only one that will be confirmed is in the way of another.
func (r *slotReader) rowClash(e *plannedSlot, l *Location) Clash {
	kind, level := ClashTentative, levelNote
	if e.booking.Status == Confirmed && (e.State == slotNew || e.State == slotConfirm) {
		kind, level = ClashOverlap, levelHard
	}
	where, when := l.part(e.booking.AreaID), showSlot(e.booking.Start.In(r.zone), e.booking.End.In(r.zone))
	return newClash(kind, level, fmt.Sprintf("与表格第 %d 行重叠：%s，%s", e.Row, where.ZH, when), fmt.Sprintf("overlaps row %d of the table: %s, %s", e.Row, where.EN, when))
}

// alreadyThere finds the same slot of the same title, a confirmed one before a tentative one; nil when it is new.
func (r *slotReader) alreadyThere(b *Booking) (*Booking, error) {
	var same *Booking
	err := r.s.eachBooking(r.tx, "location", store.K().ID(b.LocationID), span{b.Start, b.End}, func(o *Booking) error {
		if o.Status != Dropped && o.TitleID == b.TitleID && o.sameSlot(b) {
			if same = o; o.Status == Confirmed {
				return store.ErrStop
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the same booking: %w", err)
	}
	return same, nil
}

// name gives the rows the names that lists show.
func (r *slotReader) name(p *slotPlan) error {
	var slots []*Booking
	for _, x := range p.rows {
		if x.booking != nil {
			slots = append(slots, x.booking)
		}
	}
	rows, err := r.s.bookingRows(r.tx, r.by, slots)
	if err != nil {
		return err
	}
	at := 0
	for _, x := range p.rows {
		if x.booking != nil {
			x.Slot, at = &rows[at], at+1
		}
	}
	return nil
}
