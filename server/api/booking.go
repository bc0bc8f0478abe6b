package api

import (
	"context"
	"time"

	"chouka/server/studio"
)

// BookingPath names one booking.
type BookingPath struct {
	Booking string `path:"booking"`
}

// Window is a stretch of time, its end not in it.
type Window struct {
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true"`
}

func (a *API) locationBookings(ctx context.Context, by studio.Actor, in *struct {
	LocationPath
	Window
}) (*plain[items[studio.BookingRow]], error) {
	return all(a.studio.LocationBookings(ctx, by, in.Location, in.From, in.To))
}

func (a *API) titleBookings(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[items[studio.BookingRow]], error) {
	return all(a.studio.TitleBookings(ctx, by, in.Title))
}

func (a *API) bookings(ctx context.Context, by studio.Actor, in *Window) (*plain[items[studio.BookingRow]], error) {
	return all(a.studio.Bookings(ctx, by, in.From, in.To))
}

func (a *API) book(ctx context.Context, by studio.Actor, in *struct{ Body studio.BookingIn }) (*record[studio.BookingRow], error) {
	b, err := a.studio.Book(ctx, by, in.Body)
	return one(b, b.Rev, err)
}

func (a *API) editBooking(ctx context.Context, by studio.Actor, rev int64, in *struct {
	BookingPath
	Body studio.BookingEdit
}) (*record[studio.BookingRow], error) {
	b, err := a.studio.EditBooking(ctx, by, in.Booking, rev, in.Body)
	return one(b, b.Rev, err)
}
