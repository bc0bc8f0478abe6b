package studio_test

import (
	"errors"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

func TestAnOldStoreIsBroughtToBreakdown(t *testing.T) {
	s, engine := studiotest.Open(t, (&clock{now: at(5, 10)}).Now)
	h := house{s, t, studiotest.Admin(t, s)}
	hall := h.place("金沙湖大剧院")
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	h.importText(title, theatre)
	h.importText(title, theatre[:len(theatre)-1])
	h.importText(other, theatre)
	h.importText(other, "第一集\n\n1-1 日 外 湖边\n沈枝（OS）：在。\n")
	x := h.shot(h.sceneOf(title, "1-1").ID)
	needs, rest := h.needs(title, 0), h.needs(other, 0)
	must(t, 0, h.MakeUnbroken(t.Context()))
	h.same("the old store", h.needs(title, 1), "1-1: ; 1-2: ")
	if l := h.elements(title, ""); l != "" {
		t.Fatalf("the old store has %s", l)
	}
	if err := store.Migrate(t.Context(), engine, studio.Schema(), func(int, int) error { return nil }); err != nil {
		t.Fatal(err)
	}
	h.same("needs", h.needs(title, 0), needs)
	h.same("needs of another", h.needs(other, 0), rest)
	h.same("characters of another: those of archived scenes come with them", h.elements(other, studio.ElementCharacter), "沈枝 1/1")
	if e := h.element(title, "金沙湖大剧院·观众厅"); e.LocationID != hall.ID {
		t.Errorf("got %+v", e)
	}
	if got := h.see(x.ID).Shot; len(got.Cast) != 0 {
		t.Errorf("the shot shows %v", got.Cast)
	}
	h.importText(other, theatre)
	h.same("all of another", h.needs(other, 0), needs)
	if err := store.Migrate(t.Context(), engine, studio.Schema(), func(int, int) error { return errors.New("migrated twice") }); err != nil {
		t.Error(err)
	}
}
