package studio

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"chouka/store"
)

// SeriesIn repeats a slot on weekdays: the first booking's wall times on every day that is meant.
type SeriesIn struct {
	BookingIn
	Weekdays []int  `json:"weekdays" doc:"1 Monday … 7 Sunday"`
	Until    string `json:"until" doc:"2006-01-02, the last day on which one may start"`
	Skip     bool   `json:"skip,omitempty" doc:"leave out slots that somebody holds, instead of refusing all"`
	Dry      bool   `json:"dry,omitempty" doc:"only say what would happen"`
}

// SeriesSlot is one slot of a series with what is in its way.
type SeriesSlot struct {
	Start     time.Time   `json:"start"`
	End       time.Time   `json:"end"`
	Conflicts []Clash     `json:"conflicts"`
	Booking   *BookingRow `json:"booking,omitempty"` // once it is made
}

// Series is what a repeated booking makes, all or nothing.
type Series struct {
	SeriesID string       `json:"series_id,omitempty"`
	Slots    []SeriesSlot `json:"slots"`
	Made     int          `json:"made"`
	Skipped  int          `json:"skipped"`
}

// SeriesEnd says which bookings of a series are cancelled.
type SeriesEnd struct {
	From time.Time `json:"from" doc:"those that start from then on"`
}

// maxSeries is how many slots one series has at most.
const maxSeries = 200

// BookSeries books a slot on weekdays, at most 200 times, by the wall clock of the booking's zone. All or nothing: what
// is in the way is refused as in Book, unless slots that somebody holds are to be left out.
func (s *Studio) BookSeries(ctx context.Context, by Actor, in SeriesIn) (Series, error) {
	if err := by.must(BookPlace, in.TitleID, "title"); err != nil {
		return Series{}, err
	}
	if in.Dry {
		var out Series
		err := s.view(ctx, func(tx store.Txn) error {
			plan, err := s.planSeries(tx, by, in)
			if err == nil {
				out = plan.answer(in.Skip)
			}
			return err
		})
		return out, err
	}
	return create(ctx, s, by, func(c *change) (Series, error) {
		plan, err := s.planSeries(c.tx, by, in)
		if err != nil {
			return Series{}, err
		}
		return c.bookSeries(plan, in)
	})
}

// series is a repeated booking that is planned: what each slot would be, and what is in its way.
type series struct {
	location *Location
	slots    []Booking
	clashes  [][]Clash
}

// planSeries works out the slots. Nothing is written.
func (s *Studio) planSeries(tx store.Txn, by Actor, in SeriesIn) (series, error) {
	first, err := s.newBooking(tx, by, in.BookingIn)
	if err != nil {
		return series{}, err
	}
	if err := checkSlot(first.Start, first.End); err != nil {
		return series{}, err
	}
	l, err := s.bookable(tx, in.LocationID, in.AreaID)
	if err != nil {
		return series{}, err
	}
	zone, err := s.bookingZone(tx, &first)
	if err != nil {
		return series{}, err
	}
	out := series{location: l}
	if out.slots, err = repeated(first, zone, in); err != nil {
		return series{}, err
	}
	for i := range out.slots {
		x, err := s.inTheWayOf(tx, by, &out.slots[i], l)
		if err != nil {
			return series{}, err
		}
		out.clashes = append(out.clashes, x)
	}
	return out, nil
}

// repeated puts the first slot's wall times on every weekday that is meant, so that a change of summer time moves none.
func repeated(first Booking, zone *time.Location, in SeriesIn) ([]Booking, error) {
	days := map[int]bool{}
	for _, d := range in.Weekdays {
		if d < 1 || d > 7 {
			return nil, wrong("weekdays", "星期写成 1（周一）到 7（周日）", "weekdays are 1 (Monday) to 7 (Sunday)")
		}
		days[d] = true
	}
	if len(days) == 0 {
		return nil, wrong("weekdays", "请至少选一个星期几", "choose at least one weekday")
	}
	until, err := time.ParseInLocation(time.DateOnly, in.Until, zone)
	if err != nil {
		return nil, wrong("until", "请写成 2026-12-31 这样的日期", "write a date such as 2026-12-31")
	}
	start, end := first.Start.In(zone), first.End.In(zone)
	var out []Booking
	for n := 0; ; n++ {
		b := first
		from, to := start.AddDate(0, 0, n), end.AddDate(0, 0, n)
		if !from.Before(until.AddDate(0, 0, 1)) {
			break
		}
		if !days[isoWeekday(from)] {
			continue
		}
		if len(out) == maxSeries {
			return nil, wrong("until", "一个系列最多 200 个档期，请把结束日期提前", "a series has at most 200 bookings; let it end earlier")
		}
		if !to.After(from) { // inside the hour that summer time leaves out
			to = from.Add(end.Sub(start))
		}
		b.Start, b.End = from.UTC(), to.UTC()
		if err := checkSlot(b.Start, b.End); err != nil {
			return nil, err
		}
		if i := len(out); i > 0 && out[i-1].End.After(b.Start) {
			return nil, wrong("end", "这些档期会互相重叠，请缩短每个档期", "these slots overlap each other; make each shorter")
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		return nil, wrong("until", "到结束日期为止没有选中的星期几", "none of the chosen weekdays comes before the end")
	}
	return out, nil
}

// answer says what would happen.
func (p series) answer(skip bool) Series {
	out := Series{Slots: []SeriesSlot{}}
	for i, b := range p.slots {
		out.Slots = append(out.Slots, SeriesSlot{Start: b.Start, End: b.End, Conflicts: p.clashes[i]})
		if skip && firstClash(p.clashes[i], levelHard) != nil {
			out.Skipped++
		}
	}
	return out
}

// bookSeries makes the bookings of a plan and tells of them once.
func (c *change) bookSeries(p series, in SeriesIn) (Series, error) {
	out := p.answer(in.Skip)
	out.SeriesID = c.s.ids()
	var made []*Booking
	var accepted []Override
	for i := range p.slots {
		b := &p.slots[i]
		if in.Skip && firstClash(p.clashes[i], levelHard) != nil {
			continue
		}
		fresh, err := c.accept(b, p.clashes[i], in.Reason)
		if err != nil {
			return Series{}, err
		}
		b.Meta, b.SeriesID = c.meta(), out.SeriesID
		if err := c.s.r.bookings.Insert(c.tx, b); err != nil {
			return Series{}, fmt.Errorf("booking a series: %w", err)
		}
		made, accepted = append(made, b), append(accepted, fresh...)
	}
	if len(made) == 0 {
		return Series{}, conflict("booking.series", "这些时段都已被占用，没有预订任何一个", "all of these slots are held; none was booked")
	}
	rows, err := c.s.bookingRows(c.tx, c.by, made)
	if err != nil {
		return Series{}, err
	}
	at := 0
	for i := range out.Slots {
		if at < len(rows) && out.Slots[i].Start.Equal(rows[at].Start) {
			out.Slots[i].Booking, at = &rows[at], at+1
		}
	}
	out.Made = len(made)
	return out, c.noteSeries("booking.series", rows, accepted)
}

// noteSeries tells of several bookings of one series at once.
func (c *change) noteSeries(verb string, rows []BookingRow, accepted []Override) error {
	told := map[string]bool{}
	for _, r := range rows {
		if !told[r.LocationID] {
			told[r.LocationID] = true
			if err := c.noteCalendar(r.LocationID); err != nil {
				return err
			}
		}
	}
	r := rows[0]
	params := map[string]string{"title": r.Title, "location": r.Location, "location_id": r.LocationID, "area": r.Area, "status": string(r.Status),
		"series": r.SeriesID, "n": strconv.Itoa(len(rows)), "start": r.Start.Format(time.RFC3339), "end": rows[len(rows)-1].End.Format(time.RFC3339)}
	if len(accepted) > 0 {
		params["reason"], params["conflicts"] = accepted[0].Reason, overrideKinds(accepted)
	}
	return c.note(event{Verb: verb, Kind: "booking", Object: r.ID, TitleID: r.TitleID, Params: params})
}

// EndSeries cancels the bookings of a series from a time on, and gives those that it cancelled.
func (s *Studio) EndSeries(ctx context.Context, by Actor, seriesID string, in SeriesEnd) ([]BookingRow, error) {
	if err := by.must(ViewPlaces, "", "series"); err != nil {
		return nil, err
	}
	var out []BookingRow
	err := s.update(ctx, by, func(c *change) error {
		all, err := c.seriesOf(seriesID)
		if err != nil {
			return err
		}
		var ended []*Booking
		for _, b := range all {
			if b.Status == Dropped || b.Start.Before(in.From) {
				continue
			}
			b.turn(Dropped)
			b.Updated = c.now
			if err := s.r.bookings.Put(c.tx, b); err != nil {
				return err
			}
			ended = append(ended, b)
		}
		if out, err = s.bookingRows(c.tx, by, ended); err != nil || len(ended) == 0 {
			return err
		}
		return c.noteSeries("booking.series_ended", out, nil)
	})
	return out, err
}

// seriesOf reads a series that the actor may change, by start.
func (c *change) seriesOf(id string) ([]*Booking, error) {
	var all []*Booking
	err := c.s.r.bookings.Each(c.tx, "series", store.K().ID(id), func(b *Booking) error {
		all = append(all, b)
		return c.by.must(BookPlace, b.TitleID, "series")
	})
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, unknown("series")
	}
	return all, nil
}
