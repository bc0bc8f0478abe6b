package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

func TestPerformersAreFoundAndTold(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	scout := h.as(studio.RoleScout, title)
	add := func(name, phone string, aliases ...string) studio.Performer {
		p, err := h.AddPerformer(t.Context(), scout, studio.PerformerIn{Name: &name, Phone: &phone, Aliases: &aliases})
		return must(t, p, err)
	}
	su := add("苏曼", "000-1", "曼曼")
	add("苏曼", "000-2") // another one of this name
	add("顾衍之", "000-3")
	names := func(by studio.Actor, q string) string {
		l, err := h.Performers(t.Context(), by, q, studio.Page{})
		var out []string
		for _, p := range must(t, l, err).Items {
			out = append(out, p.Name+p.Phone)
		}
		return strings.Join(out, " ")
	}
	for q, want := range map[string]string{"": "苏曼000-1 苏曼000-2 顾衍之000-3", "曼": "苏曼000-1 苏曼000-2", "suman": "苏曼000-1 苏曼000-2", "gyz": "顾衍之000-3", "mm": "苏曼000-1", "周": ""} {
		if got := names(scout, q); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
	if got := names(h.as(studio.RoleOperator, title), "gyz"); got != "顾衍之" {
		t.Errorf("an operator is told %q", got)
	}
	p, err := h.EditPerformer(t.Context(), scout, su.ID, su.Rev, studio.PerformerIn{Name: ptr("苏蔓"), Agent: ptr("周经纪"), PersonID: &h.admin.Person.ID})
	if must(t, p, err); p.Name != "苏蔓" || p.Agent != "周经纪" || p.Phone != "000-1" || p.PersonID == "" {
		t.Errorf("changed to %+v", p)
	}
	if got := names(scout, "sm"); got != "苏曼000-2 苏蔓000-1" && got != "苏蔓000-1 苏曼000-2" {
		t.Errorf("after the change: %q", got)
	}
	_, err = h.EditPerformer(t.Context(), scout, su.ID, su.Rev, studio.PerformerIn{})
	if !studio.IsKind(err, studio.Stale) {
		t.Errorf("an old revision: %v", err)
	}
	_, err = h.EditPerformer(t.Context(), scout, "nobody", 1, studio.PerformerIn{})
	refused(t, err, "unknown.performer")
	_, err = h.AddPerformer(t.Context(), h.as(studio.RoleDirector, title), studio.PerformerIn{Name: ptr("苏曼")})
	refused(t, err, "forbidden.location.edit")
}

func TestPerformersThatCannotBe(t *testing.T) {
	h := newHouse(t)
	many := []string{}
	for i := range 21 {
		many = append(many, fmt.Sprint("曼", i))
	}
	for name, c := range map[string]struct {
		in   studio.PerformerIn
		code string
	}{
		"no name":              {studio.PerformerIn{}, "invalid.name"},
		"blanks":               {studio.PerformerIn{Name: ptr("  ")}, "invalid.name"},
		"two lines":            {studio.PerformerIn{Name: ptr("苏\n曼")}, "invalid.name"},
		"a long name":          {studio.PerformerIn{Name: ptr(strings.Repeat("曼", 61))}, "invalid.name"},
		"a long alias":         {studio.PerformerIn{Name: ptr("苏曼"), Aliases: &[]string{strings.Repeat("曼", 61)}}, "invalid.aliases"},
		"21 aliases":           {studio.PerformerIn{Name: ptr("苏曼"), Aliases: &many}, "invalid.aliases"},
		"a long phone":         {studio.PerformerIn{Name: ptr("苏曼"), Phone: ptr(strings.Repeat("1", 201))}, "invalid.phone"},
		"a long note":          {studio.PerformerIn{Name: ptr("苏曼"), Note: ptr(strings.Repeat("注", 20_001))}, "invalid.note"},
		"an account of nobody": {studio.PerformerIn{Name: ptr("苏曼"), PersonID: ptr("nobody")}, "invalid.person_id"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.AddPerformer(t.Context(), h.admin, c.in)
			refused(t, err, c.code)
		})
	}
}

func TestACharacterIsPlayedByOne(t *testing.T) {
	w := newCrew(t)
	p, err := w.AddPerformer(t.Context(), w.admin, studio.PerformerIn{Name: ptr("苏曼")})
	must(t, p, err)
	e := w.edited(w.titleID, "沈枝", studio.ElementIn{PerformerID: &p.ID})
	if e.PerformerID != p.ID {
		t.Fatalf("played by %q", e.PerformerID)
	}
	edit := func(name, performer string) error {
		e := w.element(w.titleID, name)
		return errOf(w.EditElement(t.Context(), w.admin, e.ID, e.Rev, studio.ElementIn{PerformerID: &performer}))
	}
	refused(t, edit("行李箱", p.ID), "invalid.performer_id")
	refused(t, edit("沈枝", "nobody"), "unknown.performer")
	d := w.day("2027-03-02", "")
	w.move("1-1", "", d.Day.ID, 0)
	playing := func() string {
		b, err := w.DayBoard(t.Context(), w.admin, w.titleID)
		return strings.Join(must(t, b, err).Days[0].Performers, " ")
	}
	w.same("the day's performers", playing(), "苏曼")
	from, to := w.element(w.titleID, "沈枝"), w.element(w.titleID, "顾京")
	must(t, 0, errOf(w.MergeElement(t.Context(), w.admin, from.ID, to.ID)))
	w.same("after the merge", playing(), "苏曼")
	must(t, 0, edit("顾京", ""))
	w.same("taken off", playing(), "")
}
