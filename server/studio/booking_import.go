package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"chouka/server/studio/charset"
	"chouka/store"
)

// SlotChoice is how to read a table of slots, as found or as changed by hand.
type SlotChoice struct {
	Encoding  Encoding `json:"encoding,omitempty"`
	Separator string   `json:"separator,omitempty" enum:",comma,semicolon,tab,wide"`
	Sheet     string   `json:"sheet,omitempty"`
	HeaderRow *int     `json:"header_row,omitempty"` // from 1; 0: the table has none
	Columns   []string `json:"columns,omitempty" doc:"the field of each column in order: place, area, title, date, start, end, status, note; empty: not used"`
	TitleID   string   `json:"title_id,omitempty" doc:"whose slots they are where a row names no title"`
	Year      int      `json:"year,omitempty" doc:"of dates without one"`
}

// SlotRow is one row of a table of slots.
type SlotRow struct {
	Row       int         `json:"row"` // in the file, from 1
	State     string      `json:"state" enum:"new,confirm,same,blocked,wrong,skipped"`
	Slot      *BookingRow `json:"slot,omitempty"`     // as it would be booked
	Conflicts []Clash     `json:"conflicts"`          // with bookings and with earlier rows of the file
	WithRow   int         `json:"with_row,omitempty"` // the earlier row that it overlaps
	Errors    []CellError `json:"errors"`
}

// SlotPreview is what importing a table of slots would do, row by row. Nothing is written.
type SlotPreview struct {
	SHA256    string     `json:"sha256"`
	Choice    SlotChoice `json:"choice"`
	Encodings []Encoding `json:"encodings"`
	Sheets    []string   `json:"sheets"`
	Header    []string   `json:"header"`
	Fields    []string   `json:"fields"`
	Sample    [][]string `json:"sample"` // the first five rows as they stand
	Rows      []SlotRow  `json:"rows"`
	New       int        `json:"new"`
	Confirm   int        `json:"confirm"` // tentative bookings that would be confirmed
	Same      int        `json:"same"`
	Blocked   int        `json:"blocked"` // hard conflicts
	Wrong     int        `json:"wrong"`
	Soft      int        `json:"soft"` // rows that need a reason to be confirmed
}

// KeptSlots is a table of slots that was previewed before, with how to read it and what to do with what is in the way.
type KeptSlots struct {
	SHA256 string     `json:"sha256"`
	Name   string     `json:"name"`
	Choice SlotChoice `json:"choice"`
	Skip   bool       `json:"skip,omitempty" doc:"leave out rows that somebody holds or that are wrong, instead of refusing all"`
	Reason string     `json:"reason,omitempty" doc:"why soft conflicts are accepted"`
}

// SlotOutcome is what an import has done.
type SlotOutcome struct {
	Bookings []BookingRow `json:"bookings"`
	// Confirmed are bookings that were there, tentative until now.
	Confirmed []BookingRow `json:"confirmed"`
	Same      int          `json:"same"`
	Skipped   int          `json:"skipped"`
	At        time.Time    `json:"at"`
}

// maxSlotRows is how many slots one table has at most.
const maxSlotRows = 500

// PreviewSlots keeps a table of slots for a day, reads it and lists every conflict.
func (s *Studio) PreviewSlots(ctx context.Context, by Actor, f TableFile) (SlotPreview, error) {
	if err := mayImportSlots(by, SlotChoice{}); err != nil {
		return SlotPreview{}, err
	}
	// Read before it is kept: what cannot be read need not wait for anybody.
	t, err := openTable(tableSlots, f.Data, TableChoice{})
	if err != nil {
		return SlotPreview{}, err
	}
	if t.sha, err = s.keepFor(ctx, by, by.Person.ID, f.Name, f.Data); err != nil {
		return SlotPreview{}, err
	}
	return s.previewSlots(ctx, by, t, SlotChoice{})
}

// PreviewKeptSlots previews a kept table again, as it was chosen to be read.
func (s *Studio) PreviewKeptSlots(ctx context.Context, by Actor, in KeptSlots) (SlotPreview, error) {
	t, err := s.openKeptSlots(ctx, by, in)
	if err != nil {
		return SlotPreview{}, err
	}
	return s.previewSlots(ctx, by, t, in.Choice)
}

// ImportSlots books the slots of a kept table in one transaction, and confirms those that are there, tentative, and that
// the table says are confirmed. Wrong rows and rows that somebody holds refuse all of
// it unless they are to be left out; soft conflicts of rows to be confirmed need a reason.
func (s *Studio) ImportSlots(ctx context.Context, by Actor, in KeptSlots) (SlotOutcome, error) {
	t, err := s.openKeptSlots(ctx, by, in)
	if err != nil {
		return SlotOutcome{}, err
	}
	return create(ctx, s, by, func(c *change) (SlotOutcome, error) {
		p, err := s.planSlots(c.tx, by, t, in.Choice)
		if err != nil {
			return SlotOutcome{}, err
		}
		if err := p.refused(in); err != nil {
			return SlotOutcome{}, err
		}
		return c.importSlots(p, in)
	})
}

// mayImportSlots is who may import slots: whoever may book for some title, which every row is asked about again.
func mayImportSlots(by Actor, in SlotChoice) error {
	if err := by.must(EditPlaces, "", "location"); err != nil || in.TitleID == "" {
		return err
	}
	return by.must(BookPlace, in.TitleID, "title")
}

func (s *Studio) openKeptSlots(ctx context.Context, by Actor, in KeptSlots) (*readTable, error) {
	if err := mayImportSlots(by, in.Choice); err != nil {
		return nil, err
	}
	if y := in.Choice.Year; y != 0 && (y < firstYear || y > lastYear) {
		return nil, wrong("choice", "年份不对，请检查", "check the year")
	}
	data, err := s.keptBytes(ctx, by.Person.ID, in.SHA256, func(tx store.Txn) error {
		if in.Choice.TitleID == "" {
			return nil
		}
		_, err := found(s.r.titles.Get(tx, in.Choice.TitleID))("title")
		return err
	})
	if err != nil {
		return nil, err
	}
	c := in.Choice
	t, err := openTable(tableSlots, data, TableChoice{Encoding: c.Encoding, Separator: c.Separator, Sheet: c.Sheet, HeaderRow: c.HeaderRow, Columns: c.Columns})
	if err == nil {
		t.sha = in.SHA256
	}
	return t, err
}

func (s *Studio) previewSlots(ctx context.Context, by Actor, t *readTable, in SlotChoice) (SlotPreview, error) {
	var out SlotPreview
	err := s.view(ctx, func(tx store.Txn) error {
		p, err := s.planSlots(tx, by, t, in)
		if err == nil {
			out = t.slotPreview(p, in)
		}
		return err
	})
	return out, err
}

func (t *readTable) slotPreview(p *slotPlan, in SlotChoice) SlotPreview {
	shown := t.preview(&tablePlan{})
	c := shown.Choice
	out := SlotPreview{SHA256: t.sha, Encodings: charset.Encodings(), Sheets: shown.Sheets, Header: shown.Header, Fields: shown.Fields, Sample: shown.Sample, Rows: []SlotRow{},
		Choice: SlotChoice{Encoding: c.Encoding, Separator: c.Separator, Sheet: c.Sheet, HeaderRow: c.HeaderRow, Columns: c.Columns, TitleID: in.TitleID, Year: in.Year}}
	for _, x := range p.rows {
		out.Rows = append(out.Rows, x.SlotRow)
		switch x.State {
		case slotNew, slotConfirm:
			if x.State == slotNew {
				out.New++
			} else {
				out.Confirm++
			}
			if x.Slot.Status == Confirmed && firstClash(x.Conflicts, levelSoft) != nil {
				out.Soft++
			}
		case slotSame:
			out.Same++
		case slotBlocked:
			out.Blocked++
		case slotWrong:
			out.Wrong++
		}
	}
	return out
}

// refused says why a table cannot be imported as it was asked.
func (p *slotPlan) refused(in KeptSlots) error {
	count := map[string]int{}
	for _, x := range p.rows {
		if count[x.State]++; x.State == slotBlocked && !in.Skip {
			first := firstClash(x.Conflicts, levelHard)
			return refuse(Conflict, "slots.blocked", fmt.Sprintf("第 %d 行：%s。请改好表格，或选择跳过这些行。现在什么都没有写入。", x.Row, first.ZH),
				fmt.Sprintf("Row %d: %s. Mend the table, or leave such rows out. Nothing was written.", x.Row, first.EN))
		}
	}
	switch {
	case count[slotWrong] > 0 && !in.Skip:
		return conflict("table.errors", "表格里有 %d 行读不通，改好后再导入，现在什么都没有写入", "%d rows of the table cannot be taken; mend them and import again. Nothing was written", count[slotWrong])
	case count[slotNew]+count[slotConfirm]+count[slotSame] == 0:
		return conflict("table.rows", "表格里没有可以导入的行", "the table has no row to import")
	}
	return nil
}

// importSlots books what is new, confirms what was tentative, and tells each title of it once.
func (c *change) importSlots(p *slotPlan, in KeptSlots) (SlotOutcome, error) {
	out := SlotOutcome{Bookings: []BookingRow{}, Confirmed: []BookingRow{}, At: c.now}
	var made, held []*Booking
	var accepted, let []Override
	for _, x := range p.rows {
		switch x.State {
		case slotSame:
			out.Same++
		case slotBlocked, slotWrong, slotSkipped:
			out.Skipped++
		case slotNew:
			fresh, err := c.accept(x.booking, x.Conflicts, in.Reason)
			if err != nil {
				return out, refusedRow(x.Row, err)
			}
			x.booking.Meta = c.meta()
			if err := c.s.r.bookings.Insert(c.tx, x.booking); err != nil {
				return out, fmt.Errorf("booking an imported slot: %w", err)
			}
			made, accepted = append(made, x.booking), append(accepted, fresh...)
		case slotConfirm:
			fresh, err := c.confirmSlot(x, in.Reason)
			if err != nil {
				return out, refusedRow(x.Row, err)
			}
			if !slices.Contains(made, x.of) { // an earlier row's is told of as new
				held = append(held, x.of)
			}
			let = append(let, fresh...)
		}
	}
	rows, err1 := c.s.bookingRows(c.tx, c.by, made)
	firm, err2 := c.s.bookingRows(c.tx, c.by, held)
	if err := errors.Join(err1, err2); err != nil {
		return out, err
	}
	out.Bookings, out.Confirmed = append(out.Bookings, rows...), append(out.Confirmed, firm...)
	return out, errors.Join(c.noteImport("booking.imported", rows, accepted), c.noteImport("booking.import_confirmed", firm, let))
}

// confirmSlot confirms the booking that a row found there.
func (c *change) confirmSlot(x *plannedSlot, reason string) ([]Override, error) {
	x.of.turn(Confirmed)
	x.of.Overrides, x.of.Updated = nil, c.now
	fresh, err := c.accept(x.of, x.Conflicts, reason)
	if err != nil {
		return nil, err
	}
	if err := c.s.r.bookings.Put(c.tx, x.of); err != nil {
		return nil, fmt.Errorf("confirming an imported slot: %w", err)
	}
	return fresh, nil
}

// refusedRow says in which row something is in the way.
func refusedRow(row int, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	return refuse(e.Kind, e.Code, fmt.Sprintf("第 %d 行：%s", row, e.Text.ZH), fmt.Sprintf("Row %d: %s", row, e.Text.EN))
}

// noteImport tells each place that its calendar changed, and each title how many slots it got.
func (c *change) noteImport(verb string, rows []BookingRow, accepted []Override) error {
	var order []string
	of, told := map[string][]BookingRow{}, map[string]bool{}
	for _, r := range rows {
		if of[r.TitleID] == nil {
			order = append(order, r.TitleID)
		}
		of[r.TitleID] = append(of[r.TitleID], r)
		if !told[r.LocationID] {
			told[r.LocationID] = true
			if err := c.noteCalendar(r.LocationID); err != nil {
				return err
			}
		}
	}
	for _, title := range order {
		first := of[title][0]
		params := map[string]string{"title": first.Title, "location": first.Location, "location_id": first.LocationID, "n": strconv.Itoa(len(of[title]))}
		if len(accepted) > 0 {
			params["reason"], params["conflicts"] = accepted[0].Reason, overrideKinds(accepted)
		}
		if err := c.note(event{Verb: verb, Kind: "booking", Object: first.ID, TitleID: title, Params: params}); err != nil {
			return err
		}
	}
	return nil
}
