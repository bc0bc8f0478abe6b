package studio

import (
	"context"
	"errors"
	"time"
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
	State     string      `json:"state" enum:"new,same,blocked,wrong,skipped"`
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
	Same     int          `json:"same"`
	Skipped  int          `json:"skipped"`
	At       time.Time    `json:"at"`
}

// PreviewSlots keeps a table of slots for a day, reads it and lists every conflict.
func (s *Studio) PreviewSlots(ctx context.Context, by Actor, f TableFile) (SlotPreview, error) {
	return SlotPreview{}, errors.New("seam")
}

// PreviewKeptSlots previews a kept table again, as it was chosen to be read.
func (s *Studio) PreviewKeptSlots(ctx context.Context, by Actor, in KeptSlots) (SlotPreview, error) {
	return SlotPreview{}, errors.New("seam")
}

// ImportSlots books the slots of a kept table in one transaction.
func (s *Studio) ImportSlots(ctx context.Context, by Actor, in KeptSlots) (SlotOutcome, error) {
	return SlotOutcome{}, errors.New("seam")
}
