package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

// thirty are notes on one take in the order in which they were made, by a clock that runs backwards. All of them mention
// lin, every tenth is hers, and of three the second is ticked off.
func (h house) thirty(c *clock, takeID string, lin studio.Actor) []studio.Note {
	h.t.Helper()
	var all []studio.Note
	for i := range 30 {
		c.pass(-time.Hour) // clocks are set back now and then
		by := h.admin
		if i%10 == 0 {
			by = lin
		}
		all = append(all, h.note(by, takeID, studio.NoteIn{Text: fmt.Sprintf("%02d@lin @lin", i)}))
	}
	for i, n := range all {
		if i%3 == 1 {
			must(h.t, 0, errOf(h.SetNoteDone(h.t.Context(), h.admin, n.ID, true)))
		}
	}
	return all
}

type noteList func(studio.Page) (studio.List[studio.NoteRow], error)

// numbers reads a list to its end and gives the numbers of its notes.
func (list noteList) numbers(t *testing.T, limit int) []string {
	t.Helper()
	var out []string
	p := studio.Page{Limit: limit}
	for {
		got, err := list(p)
		must(t, got, err)
		if len(got.Items) > limit || got.Next != "" && len(got.Items) < limit {
			t.Errorf("a page of %d, next %q", len(got.Items), got.Next)
		}
		for _, r := range got.Items {
			out = append(out, r.Note.Text[:2])
		}
		if p.After = got.Next; p.After == "" {
			return out
		}
	}
}

func TestListsOfNotes(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	lin := h.member("lin", x.TitleID, studio.RoleOperator)
	all := h.thirty(c, h.film(x.ID, 1).ID, lin)
	onTitle := func(f studio.NoteFilter) noteList {
		return func(p studio.Page) (studio.List[studio.NoteRow], error) {
			return h.TitleNotes(ctx, lin, x.TitleID, f, p)
		}
	}
	mine := func(p studio.Page) (studio.List[studio.NoteRow], error) { return h.MyNotes(ctx, lin, p) }
	open, hers := func(i int) bool { return i%3 != 1 }, func(i int) bool { return i%10 == 0 }
	for name, l := range map[string]struct {
		list noteList
		keep func(int) bool
	}{
		"all":                {onTitle(studio.NoteFilter{}), func(int) bool { return true }},
		"open":               {onTitle(studio.NoteFilter{Open: true}), open},
		"of one author":      {onTitle(studio.NoteFilter{Author: lin.Person.ID}), hers},
		"open of one author": {onTitle(studio.NoteFilter{Open: true, Author: lin.Person.ID}), func(i int) bool { return open(i) && hers(i) }},
		"of the other one":   {onTitle(studio.NoteFilter{Author: h.admin.Person.ID}), func(i int) bool { return !hers(i) }},
		"of nobody":          {onTitle(studio.NoteFilter{Author: "x"}), func(int) bool { return false }},
		"mine":               {mine, open},
	} {
		t.Run(name, func(t *testing.T) {
			var want []string
			for i := len(all) - 1; i >= 0; i-- {
				if l.keep(i) {
					want = append(want, fmt.Sprintf("%02d", i))
				}
			}
			for _, limit := range []int{2, 7, 500} {
				if got := l.list.numbers(t, limit); !slices.Equal(got, want) {
					t.Errorf("by %d: %v, want %v", limit, got, want)
				}
			}
		})
	}
	notes, err := h.ShotNotes(ctx, lin, x.ID)
	must(t, notes, err)
	for i, n := range notes {
		if n.ID != all[i].ID {
			t.Fatalf("the shot's notes are out of order at %d", i)
		}
	}
	for _, list := range []noteList{onTitle(studio.NoteFilter{}), mine} {
		_, err := list(studio.Page{After: "x"})
		refused(t, err, "invalid.after")
	}
}

func TestNotesOnTheFirstPage(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	tk := h.film(x.ID, 1)
	lin := h.member("lin", x.TitleID, studio.RoleOperator)
	y := h.shot(h.scene(h.title("娇藏京枝")).ID)
	m, err := h.SetMember(ctx, h.admin, y.TitleID, lin.Person.ID, studio.RoleOperator)
	must(t, m, err)
	old := h.say(h.take(y.ID, 9).ID, "@lin 旧")
	lin.Roles[y.TitleID] = studio.RoleOperator
	h.thirty(c, tk.ID, lin)
	h.say(tk.ID, "@lin 新")
	home, err := h.Home(ctx, lin, studio.Page{})
	must(t, home, err)
	if got := rowTexts(home.Notes); len(home.Notes) != 20 || !strings.HasPrefix(got, "@lin 新 29@lin @lin 27@lin @lin") || home.Notes[0].Label != x.Label || home.Notes[0].Title != "昼以继夜" {
		t.Errorf("home shows %d: %s", len(home.Notes), got)
	}
	if home, err := h.Home(ctx, h.admin, studio.Page{}); err != nil || home.Notes == nil || len(home.Notes) != 0 {
		t.Errorf("somebody whom nobody mentions sees %v, %v", home.Notes, err)
	}
	// Whoever leaves a title no longer sees its notes; the older ones of others are not hidden behind them.
	members, err := h.Members(ctx, h.admin, x.TitleID)
	must(t, members, err)
	must(t, 0, h.RemoveMember(ctx, h.admin, x.TitleID, lin.Person.ID, members[0].Rev))
	delete(lin.Roles, x.TitleID)
	home, err = h.Home(ctx, lin, studio.Page{})
	if must(t, home, err); rowTexts(home.Notes) != old.Text {
		t.Errorf("home shows %s", rowTexts(home.Notes))
	}
}
