package studio

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"chouka/store"
)

// Longest stretches of time that one list of bookings covers.
const (
	longestCalendar = 62 * 24 * time.Hour  // of the whole house
	longestDiary    = 400 * 24 * time.Hour // of one location
)

// LocationBookings lists the bookings of a place that touch [from, to), by start,
// cancelled ones too. Missing ends mean a month ago and a year after the beginning.
func (s *Studio) LocationBookings(ctx context.Context, by Actor, id string, from, to time.Time) ([]BookingRow, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return nil, err
	}
	in, err := s.window(from, to, 366*24*time.Hour, longestDiary)
	if err != nil {
		return nil, err
	}
	return s.bookingsIn(ctx, by, func(tx store.Txn) ([]*Booking, error) {
		if _, err := found(s.r.locations.Get(tx, id))("location"); err != nil {
			return nil, err
		}
		return s.touching(tx, "location", store.K().ID(id), in)
	})
}

// Bookings lists the bookings of every place that touch [from, to), by start, at
// most 62 days of them. Missing ends mean a month ago and 62 days after the beginning.
func (s *Studio) Bookings(ctx context.Context, by Actor, from, to time.Time) ([]BookingRow, error) {
	if err := by.must(ViewPlaces, "", "booking"); err != nil {
		return nil, err
	}
	in, err := s.window(from, to, longestCalendar, longestCalendar)
	if err != nil {
		return nil, err
	}
	return s.bookingsIn(ctx, by, func(tx store.Txn) ([]*Booking, error) {
		return s.touching(tx, "start", store.K(), in)
	})
}

// TitleBookings lists every booking of a title, by start, cancelled ones too.
func (s *Studio) TitleBookings(ctx context.Context, by Actor, titleID string) ([]BookingRow, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	return s.bookingsIn(ctx, by, func(tx store.Txn) ([]*Booking, error) {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return nil, err
		}
		var out []*Booking
		err := s.r.bookings.Each(tx, "title", store.K().ID(titleID), func(b *Booking) error {
			out = append(out, b)
			return nil
		})
		return out, err
	})
}

// window checks the ends of a list of bookings and fills in missing ones.
func (s *Studio) window(from, to time.Time, usual, longest time.Duration) (span, error) {
	if from.IsZero() {
		from = s.now().AddDate(0, -1, 0)
	}
	if to.IsZero() {
		to = from.Add(usual)
	}
	switch {
	case from.Year() < firstYear-1 || from.Year() > lastYear+1:
		return span{}, inQuery(wrong("from", "开始日期的年份不对，请检查", "check the year of the beginning"))
	case !to.After(from):
		return span{}, inQuery(wrong("to", "结束日期要晚于开始日期", "the end must be later than the beginning"))
	case to.Sub(from) > longest:
		return span{}, inQuery(wrong("to", "时间跨度太长，请分段查看", "this is too long a time at once; look at it in parts"))
	}
	return span{from, to}, nil
}

func (s *Studio) touching(tx store.Txn, index string, prefix store.Key, in span) ([]*Booking, error) {
	var out []*Booking
	err := s.eachBooking(tx, index, prefix, in, func(b *Booking) error {
		out = append(out, b)
		return nil
	})
	return out, err
}

func (s *Studio) bookingsIn(ctx context.Context, by Actor, list func(store.Txn) ([]*Booking, error)) ([]BookingRow, error) {
	var out []BookingRow
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := list(tx)
		if err != nil {
			return err
		}
		out, err = s.bookingRows(tx, by, got)
		return err
	})
	return out, err
}

// bookingRows adds the names. Whose a slot is stays hidden, with its note, from
// those who do not see the title; who booked it does not.
func (s *Studio) bookingRows(tx store.Txn, by Actor, in []*Booking) ([]BookingRow, error) {
	var places, titles, people []string
	for _, b := range in {
		places, titles, people = append(places, b.LocationID), append(titles, b.TitleID), append(people, b.By)
	}
	at, err1 := byID(tx, s.r.locations, places)
	of, err2 := byID(tx, s.r.titles, titles)
	who, err3 := byID(tx, s.r.people, people)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, fmt.Errorf("reading the names of bookings: %w", err)
	}
	out := make([]BookingRow, len(in))
	for i, b := range in {
		out[i] = BookingRow{Booking: *b}
		if l := at[b.LocationID]; l != nil {
			out[i].Location = l.Name
			out[i].Area, _ = l.areaName(b.AreaID)
		}
		if p := who[b.By]; p != nil {
			out[i].ByName = p.Name
		}
		if t := of[b.TitleID]; t != nil && by.sees(b.TitleID) {
			out[i].Title = t.Name
		} else {
			out[i].TitleID, out[i].Note = "", ""
		}
	}
	return out, nil
}

// byID reads records by their ids, each once however often it is named.
func byID[T any](tx store.Txn, c *store.Collection[T], ids []string) (map[string]*T, error) {
	out := make(map[string]*T, len(ids))
	var once []string
	for _, id := range ids {
		if _, seen := out[id]; !seen {
			out[id], once = nil, append(once, id)
		}
	}
	got, err := c.GetMany(tx, once)
	if err != nil {
		return nil, err
	}
	for i, id := range once {
		out[id] = got[i]
	}
	return out, nil
}

// inQuery says that a refused field came in the address, not in the body.
func inQuery(err error) error {
	var e *Error
	if errors.As(err, &e) {
		for i := range e.Fields {
			e.Fields[i].Location = strings.Replace(e.Fields[i].Location, "body.", "query.", 1)
		}
	}
	return err
}
