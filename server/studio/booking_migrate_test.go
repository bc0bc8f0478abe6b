package studio_test

import (
	"errors"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

func TestOldBookingsGetTheStudiosZone(t *testing.T) {
	s, engine := studiotest.Open(t, (&clock{now: at(5, 10)}).Now)
	h := house{s, t, studiotest.Admin(t, s)}
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	if _, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(5, 8), End: at(5, 18), Zone: "Europe/Berlin"}); err != nil {
		t.Fatal(err)
	}
	old, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(6, 8), End: at(6, 18)})
	if err != nil {
		t.Fatal(err)
	}
	must(t, 0, h.MakeZoneless(t.Context(), old.ID))
	if err := store.Migrate(t.Context(), engine, studio.Schema(), func(int, int) error { return nil }); err != nil {
		t.Fatal(err)
	}
	got, err := h.TitleBookings(t.Context(), h.admin, title)
	if err != nil || len(got) != 2 || got[0].Zone != "Europe/Berlin" || got[1].Zone != "Asia/Shanghai" || got[1].Overrides == nil {
		t.Fatalf("got %+v, %v", got, err)
	}
	if err := store.Migrate(t.Context(), engine, studio.Schema(), func(int, int) error { return errors.New("migrated twice") }); err != nil {
		t.Error(err)
	}
}
