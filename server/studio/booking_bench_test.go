package studio

import (
	"context"
	"fmt"
	"testing"
	"time"

	"chouka/store"
)

// benchBookings fills 200 places with so many bookings, 500 a month: more of them are more months.
func benchBookings(b testing.TB, bookings int) (*Studio, []string, string) {
	b.Helper()
	s, name := benchStudio(b, false), "bench"
	board, err := s.CreateTitle(b.Context(), Console(), TitleIn{Name: &name})
	if err != nil {
		b.Fatal(err)
	}
	var places []string
	for i := range 200 {
		name := fmt.Sprintf("取景地%03d", i)
		l, err := s.CreateLocation(b.Context(), Console(), LocationIn{Name: &name})
		if err != nil {
			b.Fatal(err)
		}
		places = append(places, l.ID)
	}
	const batch = 500
	for done := 0; done < bookings; done += batch {
		err := s.update(b.Context(), Console(), func(c *change) error {
			for i := range batch {
				at := time.Date(2027, time.Month(1+done/batch), 1+i%28, i/200*8, 0, 0, 0, time.UTC)
				x := Booking{Meta: c.meta(), LocationID: places[i%200], TitleID: board.Title.ID, Start: at, End: at.Add(6 * time.Hour), Status: Confirmed, Zone: "Asia/Shanghai", Overrides: []Override{}}
				if err := s.r.bookings.Insert(c.tx, &x); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return s, places, board.Title.ID
}

// BenchmarkBookings checks a slot and reads a month among 1,000 and among 10,000 bookings of equal density.
func BenchmarkBookings(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		s, places, title := benchBookings(b, n)
		by, i := Console(), 0
		from := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
		b.Run(fmt.Sprintf("check/%d", n), func(b *testing.B) {
			for b.Loop() {
				i++
				at := from.AddDate(0, 0, i%28).Add(7 * time.Hour)
				if _, err := s.CheckSlot(b.Context(), by, SlotAsk{LocationID: places[i%200], TitleID: title, Start: at, End: at.Add(10 * time.Hour)}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("month/%d", n), func(b *testing.B) {
			for b.Loop() {
				if got, err := s.Bookings(b.Context(), by, from, from.AddDate(0, 1, 0)); err != nil || len(got) != 500 {
					b.Fatalf("%d, %v", len(got), err)
				}
			}
		})
	}
}

// countedEngine counts the records and index entries that reading transactions touch.
type countedEngine struct {
	store.Engine
	reads int
}

func (e *countedEngine) View(ctx context.Context, fn func(store.Txn) error) error {
	return e.Engine.View(ctx, func(tx store.Txn) error { return fn(countedTxn{tx, &e.reads}) })
}

type countedTxn struct {
	store.Txn
	reads *int
}

func (c countedTxn) Get(key []byte) ([]byte, error) {
	*c.reads++
	return c.Txn.Get(key)
}

func (c countedTxn) GetMany(keys [][]byte) ([][]byte, error) {
	*c.reads += len(keys)
	return c.Txn.GetMany(keys)
}

func (c countedTxn) Scan(r store.Range, visit func(key, value []byte) error) error {
	return c.Txn.Scan(r, func(key, value []byte) error {
		*c.reads++
		return visit(key, value)
	})
}

func TestBookingsAreReadByTheirIndexes(t *testing.T) {
	from := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	var check, month []int
	for _, n := range []int{1000, 3000} {
		s, places, title := benchBookings(t, n)
		e := &countedEngine{Engine: s.engine}
		s.engine = e
		count := func(call func() error) int {
			before := e.reads
			if err := call(); err != nil {
				t.Fatal(err)
			}
			return e.reads - before
		}
		check = append(check, count(func() error {
			_, err := s.CheckSlot(t.Context(), Console(), SlotAsk{LocationID: places[7], TitleID: title, Start: from, End: from.AddDate(0, 0, 20)})
			return err
		}))
		month = append(month, count(func() error {
			got, err := s.Bookings(t.Context(), Console(), from, from.AddDate(0, 1, 0))
			if err == nil && len(got) != 500 {
				err = fmt.Errorf("%d bookings in a month", len(got))
			}
			return err
		}))
	}
	if check[0] == 0 || check[1] > check[0]+1 || month[1] > month[0]+1 {
		t.Errorf("among 1,000 and 3,000 bookings a check reads %v, a month %v", check, month)
	}
	t.Logf("among 1,000 and 3,000 bookings a check reads %v entries, a month %v", check, month)
}
