package studio

import (
	"time"

	"chouka/server/studio/sheet"
)

// wall is a slot as a row says it, piece by piece.
type wall struct {
	day, endDay *sheet.Day
	start, end  *sheet.When
}

// times reads when a row's slot begins and ends. The field to blame comes with the refusal.
func (r *slotReader) times(row sheet.Row, b *Booking) (string, error) {
	var w wall
	for _, field := range []string{sheet.FieldDate, sheet.FieldStart, sheet.FieldEnd} {
		cell := r.t.cell(row, field)
		if cell == "" {
			continue
		}
		got, ok := sheet.ReadWhen(cell)
		if !ok {
			return field, wrong(field, "读不懂这个日期或时间，请写成 2026-12-03、8:00 或 20:00–次日02:00 这样", "this date or time cannot be read; write it like 2026-12-03, 8:00 or 20:00-次日02:00")
		}
		if err := w.take(field, got); err != nil {
			return field, err
		}
	}
	switch {
	case w.day == nil:
		return sheet.FieldDate, wrong("date", "没有写日期", "the date is missing")
	case w.start == nil:
		return sheet.FieldStart, wrong("start", "没有写开始时间", "the start is missing")
	case w.end == nil:
		return sheet.FieldEnd, wrong("end", "没有写结束时间", "the end is missing")
	}
	return r.put(w, b)
}

// take puts what a cell says into its place.
func (w *wall) take(field string, got []sheet.When) error {
	first, last := got[0], got[len(got)-1]
	timed := func(x sheet.When) bool { return x.Minute >= 0 }
	switch {
	case field == sheet.FieldDate && first.Day == nil:
		return wrong("date", "这一列要写日期", "this column is for dates")
	case field == sheet.FieldEnd && len(got) == 2, field == sheet.FieldStart && len(got) == 2 && !timed(last):
		return wrong(field, "这一格只能写一个时间", "this cell holds one time only")
	case field == sheet.FieldDate && len(got) == 2 && !(timed(first) && timed(last)):
		return wrong("date", "一行写一个档期，请把每一天分成一行", "one row is one slot; give each day a row of its own")
	}
	if field == sheet.FieldEnd {
		if w.endDay = first.Day; timed(first) {
			w.end = &first
		}
		return nil
	}
	if first.Day != nil {
		w.day = first.Day
	}
	if timed(first) {
		w.start = &first
	}
	if len(got) == 2 {
		w.end, w.endDay = &last, last.Day
	}
	return nil
}

// put works the times out by the wall clock of the zone. An end at or before the start is on the next day.
func (r *slotReader) put(w wall, b *Booking) (string, error) {
	at := func(d sheet.Day, next bool, minute int) time.Time {
		if next {
			d.Day++
		}
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, minute, 0, 0, r.zone)
	}
	day, err := r.dated(*w.day, r.choice.Year, r.s.now().In(r.zone).AddDate(0, -6, 0))
	if err != nil {
		return sheet.FieldDate, err
	}
	start := at(day, w.start.Next, w.start.Minute)
	endDay := day
	if w.endDay != nil {
		if endDay, err = r.dated(*w.endDay, 0, start.AddDate(0, 0, -1)); err != nil {
			return sheet.FieldEnd, err
		}
	}
	end := at(endDay, w.end.Next, w.end.Minute)
	if w.endDay == nil && !w.end.Next {
		end = at(day, w.start.Next || w.end.Minute <= w.start.Minute, w.end.Minute)
		if w.start.Next && w.end.Minute <= w.start.Minute {
			end = end.AddDate(0, 0, 1)
		}
	}
	b.Start, b.End = start.UTC(), end.UTC()
	if err := checkSlot(b.Start, b.End); err != nil {
		return sheet.FieldDate, err
	}
	return "", nil
}

// dated gives a day without a year the chosen one, else the first in which it is not before a time.
func (r *slotReader) dated(d sheet.Day, year int, since time.Time) (sheet.Day, error) {
	on := func() time.Time { return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, r.zone) }
	if d.Year == 0 {
		if d.Year = year; year == 0 {
			d.Year = since.Year()
			if on().Before(since) {
				d.Year++
			}
		}
	}
	if on().Day() != d.Day {
		return d, wrong("date", "这一年没有这一天", "that year has no such day")
	}
	return d, nil
}
