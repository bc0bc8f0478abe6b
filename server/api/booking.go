package api

import (
	"context"
	"fmt"
	"io"
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

func (a *API) checkSlot(ctx context.Context, by studio.Actor, in *struct{ Body studio.SlotAsk }) (*plain[items[studio.Clash]], error) {
	return all(a.studio.CheckSlot(ctx, by, in.Body))
}

func (a *API) bookSeries(ctx context.Context, by studio.Actor, in *struct{ Body studio.SeriesIn }) (*plain[studio.Series], error) {
	return value(a.studio.BookSeries(ctx, by, in.Body))
}

func (a *API) endSeries(ctx context.Context, by studio.Actor, in *struct {
	Series string `path:"series"`
	Body   studio.SeriesEnd
}) (*plain[items[studio.BookingRow]], error) {
	return all(a.studio.EndSeries(ctx, by, in.Series, in.Body))
}

func (a *API) resumeSeries(ctx context.Context, by studio.Actor, in *struct {
	Series string `path:"series"`
	Body   studio.SeriesResume
}) (*plain[studio.SeriesBack], error) {
	return value(a.studio.ResumeSeries(ctx, by, in.Series, in.Body))
}

func (a *API) previewSlots(ctx context.Context, by studio.Actor, in *struct {
	Name string `query:"name" doc:"the file's name; empty for text that was pasted"`
	Raw
}) (*plain[studio.SlotPreview], error) {
	data, err := io.ReadAll(in.file)
	if err != nil {
		return nil, fmt.Errorf("receiving a table: %w", err)
	}
	return value(a.studio.PreviewSlots(ctx, by, studio.TableFile{Name: in.Name, Data: data}))
}

func (a *API) previewSlotsAgain(ctx context.Context, by studio.Actor, in *struct{ Body studio.KeptSlots }) (*plain[studio.SlotPreview], error) {
	return value(a.studio.PreviewKeptSlots(ctx, by, in.Body))
}

func (a *API) importSlots(ctx context.Context, by studio.Actor, in *struct{ Body studio.KeptSlots }) (*plain[studio.SlotOutcome], error) {
	return value(a.studio.ImportSlots(ctx, by, in.Body))
}
