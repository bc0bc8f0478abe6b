package studio_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

// TestAnOldStoreIsBroughtToPlaces opens a store of the program before shooting days: one contact of a place, one link of a
// script's place.
func TestAnOldStoreIsBroughtToPlaces(t *testing.T) {
	s, engine := studiotest.Open(t, (&clock{now: at(5, 10)}).Now)
	h := house{s, t, studiotest.Admin(t, s)}
	ctx := t.Context()
	hall := h.place("金沙湖大剧院", "观众厅")
	title := h.title("娇藏京枝")
	h.importText(title, theatre)
	b, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: hall.ID, AreaID: hall.Areas[0].ID, TitleID: title, Start: at(9, 8), End: at(9, 12)})
	must(t, b, err)
	must(t, 0, h.MakePlaceless(ctx, "王经理", "138 0000 0000"))
	must(t, 0, store.Migrate(ctx, engine, studio.Schema(), func(int, int) error { return nil }))

	l, err := h.Location(ctx, h.admin, hall.ID)
	must(t, l, err)
	if len(l.Contacts) != 1 || l.Contacts[0] != (studio.Contact{Name: "王经理", Phone: "138 0000 0000"}) || l.Name != hall.Name || l.Rev != hall.Rev || len(l.Areas) != 1 {
		t.Errorf("got %+v", l)
	}
	e := h.element(title, "金沙湖大剧院·观众厅")
	if e.LocationID != hall.ID || len(e.Candidates) != 1 || e.Candidates[0].LocationID != hall.ID {
		t.Errorf("the script's place is %+v", e)
	}
	rows, err := h.TitleBookings(ctx, h.admin, title)
	if must(t, rows, err); rows[0].Zone != "Asia/Shanghai" || !rows[0].Start.Equal(at(9, 8)) {
		t.Errorf("the booking is %+v", rows[0])
	}
	for what, x := range map[string]any{"the location": l, "an element": e, "another element": h.element(title, "沈枝"), "the booking": rows[0]} {
		b, err := json.Marshal(x)
		if err != nil || strings.Contains(string(b), "null") {
			t.Errorf("%s has a list that is none: %s, %v", what, b, err)
		}
	}
	t.Run("it is found as before", func(t *testing.T) {
		list, err := h.FindLocations(ctx, h.admin, studio.PlaceQuery{}, studio.Page{})
		if must(t, list, err); len(list.Items) != 1 {
			t.Errorf("listed %+v", list.Items)
		}
		hits, err := h.Search(ctx, h.admin, "jshdjy", "", 0)
		if must(t, hits, err); len(hits) == 0 {
			t.Error("nothing is found")
		}
		links, err := h.LocationLinks(ctx, h.admin, hall.ID)
		if must(t, links, err); len(links.Places) == 0 || links.Bookings != 1 {
			t.Errorf("got %+v", links)
		}
	})
	must(t, 0, store.Migrate(ctx, engine, studio.Schema(), func(int, int) error { return errors.New("migrated twice") }))
}

// TestAnOldPlaceWithoutAContactGetsNone says nothing about a place that the old record did not say.
func TestAnOldPlaceWithoutAContactGetsNone(t *testing.T) {
	s, engine := studiotest.Open(t, time.Now)
	h := house{s, t, studiotest.Admin(t, s)}
	l := h.place("老厂房")
	must(t, 0, h.MakePlaceless(t.Context(), "", ""))
	must(t, 0, store.Migrate(t.Context(), engine, studio.Schema(), func(int, int) error { return nil }))
	got, err := h.Location(t.Context(), h.admin, l.ID)
	if must(t, got, err); len(got.Contacts) != 0 || got.Contacts == nil {
		t.Errorf("got %+v", got.Contacts)
	}
}
