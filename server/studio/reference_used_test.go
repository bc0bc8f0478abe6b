package studio_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
)

// from says what an attempt was drawn from, as name/edition/how in the order of the names.
func from(a studio.Attempt, sheets ...studio.Reference) string {
	out := []string{}
	for _, u := range a.Sheets {
		i := slices.IndexFunc(sheets, func(r studio.Reference) bool { return r.ID == u.ReferenceID })
		if i < 0 {
			return "a strange sheet"
		}
		out = append(out, fmt.Sprintf("%s/%d/%s", sheets[i].Name, u.Edition, u.How))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (h house) logged(id string) studio.Attempt {
	h.t.Helper()
	d, err := h.Attempt(h.t.Context(), h.admin, id)
	return must(h.t, d, err).Row.Attempt
}

func (h house) beside(attempt string, n int) studio.Attempt {
	h.t.Helper()
	row, err := h.AddBeside(h.t.Context(), h.admin, attempt, "ref.png", bytes.NewReader(picture(h.t, n, "")))
	return must(h.t, row, err).Attempt
}

// uses lists what was drawn from a sheet as label#number:edition/how, with * for a pick and ! for a replaced edition.
func (h house) uses(sheet string, outdated bool) string {
	h.t.Helper()
	var all []string
	for p := (studio.Page{Limit: 2}); ; {
		l, err := h.SheetUses(h.t.Context(), h.admin, sheet, outdated, p)
		for _, u := range must(h.t, l, err).Items {
			mark := map[bool]string{true: "*"}[u.Picked] + map[bool]string{true: "!"}[u.Outdated]
			all = append(all, fmt.Sprintf("%s#%d:%d/%s%s", u.Label, u.Take.Number, u.Edition, u.How, mark))
		}
		if p.After = l.Next; l.Next == "" {
			return strings.Join(all, " ")
		}
	}
}

func TestWhatAnAttemptWasDrawnFrom(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	title := x.TitleID
	zhi := h.newElement(title, studio.ElementCharacter, "沈枝")
	face := h.newSheet(title, studio.RefCharacter, zhi, "脸", 1)
	dress := h.newSheet(title, studio.RefCostume, zhi, "裙", 2)
	roof := h.newSheet(title, studio.RefPlace, "", "顶", 3)
	must(t, 0, errOf(h.SetNeeds(ctx, h.admin, x.SceneID, studio.NeedsIn{Add: []string{zhi}})))
	typed := func(by studio.Actor, in studio.AttemptIn) (studio.Attempt, error) {
		in.Status = studio.Succeeded
		row, err := h.LogAttempt(ctx, by, x.ID, in)
		return row.Attempt, err
	}
	is := func(a studio.Attempt, want string) {
		t.Helper()
		if got := from(a, face, dress, roof); got != want {
			t.Errorf("drawn from %q, want %q", got, want)
		}
		if kept := h.logged(a.ID); !slices.Equal(kept.Sheets, a.Sheets) || kept.Sheets == nil {
			t.Errorf("kept are %+v, told %+v", kept.Sheets, a.Sheets)
		}
	}
	log := func(in studio.AttemptIn) studio.Attempt {
		t.Helper()
		a, err := typed(h.admin, in)
		return must(t, a, err)
	}
	is(log(studio.AttemptIn{}), "") // what the whole scene needs says nothing about this shot
	must(t, 0, errOf(h.CastShot(ctx, h.admin, x.ID, []string{zhi})))
	shown := log(studio.AttemptIn{})
	is(shown, "脸/1/shown 裙/1/shown")
	is(h.drop(x.ID, picture(t, 10, "")).Attempt, "脸/1/shown 裙/1/shown")
	is(log(studio.AttemptIn{Sheets: []studio.SheetIn{{ReferenceID: roof.ID}, {ReferenceID: face.ID}, {ReferenceID: face.ID}}}), "脸/1/chosen 裙/1/shown 顶/1/chosen")
	t.Run("a program sees no prompt", func(t *testing.T) {
		by := h.admin
		by.Token, by.Scopes = "t", []studio.Scope{studio.ScopeLog}
		a, err := typed(by, studio.AttemptIn{})
		is(must(t, a, err), "")
		row, err := h.PostAttempt(ctx, by, studio.AttemptPost{Shot: x.ID, TaskID: "task-0001", Sheets: []studio.SheetIn{{ReferenceID: dress.ID}}})
		is(must(t, row, err).Attempt, "裙/1/chosen")
		row, err = h.PostAttempt(ctx, by, studio.AttemptPost{Shot: x.ID, TaskID: "task-0001", Sheets: []studio.SheetIn{{ReferenceID: roof.ID}}})
		is(must(t, row, err).Attempt, "裙/1/chosen 顶/1/chosen")
	})
	t.Run("its own file goes before what was shown", func(t *testing.T) {
		a := h.beside(shown.ID, 1)
		is(a, "脸/1/file 裙/1/shown")
		is(h.beside(a.ID, 99), "脸/1/file 裙/1/shown")
	})
	t.Run("a post that brings the picture", func(t *testing.T) {
		k, err := h.KeepBeside(ctx, h.admin, "first.png", bytes.NewReader(picture(t, 3, "")))
		must(t, k, err)
		row := h.post(studio.AttemptPost{Shot: x.ID}, h.kept("o.png", picture(t, 11, "")), k)
		is(row.Attempt, "脸/1/shown 裙/1/shown 顶/1/file")
	})
	t.Run("somebody's word on it replaces what was shown, not what the files show", func(t *testing.T) {
		a := h.logged(shown.ID)
		got, err := h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{{ReferenceID: roof.ID, Edition: 1}}})
		is(must(t, got, err), "脸/1/file 顶/1/chosen")
		got, err = h.EditAttempt(ctx, h.admin, a.ID, got.Rev, studio.AttemptEdit{Remark: ptr("x")})
		is(must(t, got, err), "脸/1/file 顶/1/chosen")
		got, err = h.EditAttempt(ctx, h.admin, a.ID, got.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{}})
		is(must(t, got, err), "脸/1/file")
	})
	t.Run("the edition of the day", func(t *testing.T) {
		h.draw(face.ID, 4, true)
		a := log(studio.AttemptIn{})
		is(a, "脸/2/shown 裙/1/shown")
		is(h.beside(a.ID, 1), "脸/1/file 裙/1/shown") // it stood there, and yet the older one was taken
		is(log(studio.AttemptIn{Sheets: []studio.SheetIn{{ReferenceID: face.ID, Edition: 1}, {ReferenceID: face.ID}}}), "脸/1/chosen 脸/2/chosen 裙/1/shown")
		h.draw(face.ID, 1, false) // the old picture comes back
		is(h.beside(log(studio.AttemptIn{}).ID, 1), "脸/2/file 裙/1/shown")
	})
	t.Run("an archived sheet is not shown", func(t *testing.T) {
		r, err := h.Reference(ctx, h.admin, dress.ID)
		must(t, r, err)
		must(t, 0, errOf(h.EditReference(ctx, h.admin, r.ID, r.Rev, studio.ReferenceIn{Archived: ptr(true)})))
		is(log(studio.AttemptIn{}), "脸/2/shown")
	})
	foreign := h.newSheet(h.title("别的剧"), studio.RefProp, "", "灯", 1)
	for name, in := range map[string][]studio.SheetIn{
		"another title's sheet": {{ReferenceID: foreign.ID}},
		"no such sheet":         {{ReferenceID: "x"}},
		"an edition to come":    {{ReferenceID: roof.ID, Edition: 2}},
		"an edition before all": {{ReferenceID: roof.ID, Edition: -1}},
		"a hundred and one":     make([]studio.SheetIn, 101),
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := typed(h.admin, studio.AttemptIn{Sheets: in})
			refused(t, err, "invalid.sheets")
			a := h.logged(shown.ID)
			_, err = h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{Sheets: &in})
			refused(t, err, "invalid.sheets")
			_, err = h.PostAttempt(ctx, h.admin, studio.AttemptPost{Shot: x.ID, Sheets: in})
			refused(t, err, "invalid.sheets")
		})
	}
}

func TestUsesOfASheet(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("娇藏京枝"))
	title := sc.TitleID
	face := h.newSheet(title, studio.RefCharacter, "", "脸", 1)
	x, y := h.shot(sc.ID), h.shot(sc.ID)
	drawn := func(shot string, n int) studio.Take {
		t.Helper()
		k := h.take(shot, n)
		h.beside(k.AttemptID, 1)
		return k
	}
	if got := h.uses(face.ID, false); got != "" {
		t.Errorf("of a new one: %s", got)
	}
	a, b := drawn(x.ID, 11), drawn(x.ID, 12)
	c := drawn(y.ID, 13)
	h.pick(y.ID, c.ID, "")
	is := func(t *testing.T, outdated bool, want string) {
		t.Helper()
		if got := strings.NewReplacer(x.Label, "x", y.Label, "y").Replace(h.uses(face.ID, outdated)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	is(t, false, "y#1:1/file* x#1:1/file x#2:1/file")
	is(t, true, "")
	h.draw(face.ID, 2, true)
	is(t, true, "y#1:1/file*! x#1:1/file! x#2:1/file!")
	d := h.take(x.ID, 14)
	h.beside(d.AttemptID, 2)
	is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	h.pick(x.ID, d.ID, "")
	is(t, false, "y#1:1/file*! x#3:2/file* x#1:1/file! x#2:1/file!")
	is(t, true, "y#1:1/file*! x#1:1/file! x#2:1/file!")
	t.Run("a pick follows what its attempt says", func(t *testing.T) {
		at := h.logged(d.AttemptID)
		must(t, 0, errOf(h.EditAttempt(ctx, h.admin, at.ID, at.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{{ReferenceID: face.ID, Edition: 1}}})))
		is(t, true, "x#3:1/chosen*! y#1:1/file*! x#1:1/file! x#2:1/file!") // of several the oldest counts
		at = h.logged(d.AttemptID)
		must(t, 0, errOf(h.EditAttempt(ctx, h.admin, at.ID, at.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{}})))
		is(t, true, "y#1:1/file*! x#1:1/file! x#2:1/file!")
		is(t, false, "y#1:1/file*! x#3:2/file* x#1:1/file! x#2:1/file!")
	})
	t.Run("another pick", func(t *testing.T) {
		h.pick(x.ID, a.ID, d.ID)
		is(t, false, "x#1:1/file*! y#1:1/file*! x#2:1/file! x#3:2/file")
		h.pick(x.ID, "", a.ID)
		is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	})
	t.Run("a deleted attempt is in no list until it is back", func(t *testing.T) {
		must(t, 0, h.remove(b.AttemptID))
		is(t, false, "y#1:1/file*! x#1:1/file! x#3:2/file")
		must(t, 0, errOf(h.RestoreAttempt(ctx, h.admin, b.AttemptID)))
		is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	})
	t.Run("a deleted shot too", func(t *testing.T) {
		z := h.see(y.ID).Shot
		must(t, 0, errOf(h.DeleteShot(ctx, h.admin, y.ID, z.Rev)))
		is(t, false, "x#1:1/file! x#2:1/file! x#3:2/file")
		must(t, 0, errOf(h.RestoreShot(ctx, h.admin, y.ID)))
		is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	})
	t.Run("a moved attempt takes it along", func(t *testing.T) {
		must(t, 0, errOf(h.MoveAttempt(ctx, h.admin, b.AttemptID, y.ID)))
		is(t, false, "y#1:1/file*! x#1:1/file! y#2:1/file! x#3:2/file")
	})
	t.Run("in another title only its own files say something", func(t *testing.T) {
		far := h.oneShot()
		at := h.logged(b.AttemptID)
		must(t, 0, errOf(h.EditAttempt(ctx, h.admin, at.ID, at.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{{ReferenceID: face.ID}}})))
		must(t, 0, errOf(h.MoveAttempt(ctx, h.admin, b.AttemptID, far.ID)))
		is(t, false, "y#1:1/file*! x#1:1/file! x#3:2/file")
		if got := h.logged(b.AttemptID).Sheets; len(got) != 0 {
			t.Errorf("it says %+v there", got)
		}
		theirs := h.newSheet(far.TitleID, studio.RefCharacter, "", "脸", 1)
		must(t, 0, errOf(h.MoveAttempt(ctx, h.admin, b.AttemptID, x.ID)))
		is(t, false, "y#1:1/file*! x#1:1/file! x#4:1/file! x#3:2/file")
		must(t, 0, errOf(h.MoveAttempt(ctx, h.admin, b.AttemptID, far.ID)))
		if got := h.uses(theirs.ID, false); !strings.Contains(got, "1/file") {
			t.Errorf("got %q there", got)
		}
	})
	t.Run("a picture that was drawn from stays", func(t *testing.T) {
		r, err := h.Reference(ctx, h.admin, face.ID)
		must(t, r, err)
		r = h.draw(face.ID, 3, false)
		i := slices.IndexFunc(r.Pictures, func(p studio.RefPicture) bool { return p.File == "p2.png" })
		r, err = h.RemoveRefPicture(ctx, h.admin, face.ID, r.Pictures[i].ID, r.Rev)
		if must(t, r, err); pictures(r) != "1/p1.png 2/p2.png 2/p3.png 3/p3.png" || r.Edition != 3 {
			t.Errorf("got %s of edition %d", pictures(r), r.Edition)
		}
		is(t, true, "y#1:1/file*! x#1:1/file! x#3:2/file!")
	})
	t.Run("a cursor of anything else is refused", func(t *testing.T) {
		for _, after := range []string{"x", "p", "p.", "p.x", "a.x", "z.", "\x00"} {
			_, err := h.SheetUses(ctx, h.admin, face.ID, false, studio.Page{After: after})
			refused(t, err, "invalid.after")
		}
	})
	t.Run("nobody else", func(t *testing.T) {
		_, err := h.SheetUses(ctx, h.as(studio.RoleLead, "another"), face.ID, false, studio.Page{})
		refused(t, err, "unknown.reference")
	})
}

func TestAnEditionThatOnlyADeletedAttemptNames(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	for name, in := range map[string]struct {
		sheets []int64
		gone   bool
	}{"one that is deleted": {[]int64{2}, true}, "one that names an older one too": {[]int64{1, 2}, false}} {
		t.Run(name, func(t *testing.T) {
			r := h.newSheet(x.TitleID, studio.RefProp, "", name, 1)
			r = h.draw(r.ID, 2, true)
			var sheets []studio.SheetIn
			for _, n := range in.sheets {
				sheets = append(sheets, studio.SheetIn{ReferenceID: r.ID, Edition: n})
			}
			row, err := h.LogAttempt(ctx, h.admin, x.ID, studio.AttemptIn{Status: studio.Succeeded, Sheets: sheets})
			must(t, row, err)
			if in.gone {
				must(t, 0, h.remove(row.Attempt.ID))
			}
			r, err = h.RemoveRefPicture(ctx, h.admin, r.ID, r.Pictures[1].ID, r.Rev)
			if must(t, r, err); pictures(r) != "1/p1.png 2/p2.png" || r.Edition != 3 {
				t.Errorf("got %s of edition %d", pictures(r), r.Edition)
			}
		})
	}
}

// TestAnAttemptFromBeforeThereWereSheets: its record has no list, and yet every answer has one.
func TestAnAttemptFromBeforeThereWereSheets(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	id := h.take(x.ID, 1).AttemptID
	must(t, 0, h.Spoil(ctx, id, func(a *studio.Attempt) { a.Sheets = nil }))
	a := h.logged(id)
	if a.Sheets == nil {
		t.Error("an attempt has no list of sheets")
	}
	list, err := h.Attempts(ctx, h.admin, x.ID, studio.Page{})
	if must(t, list, err).Items[0].Attempt.Sheets == nil {
		t.Error("in the list it has none")
	}
	edited, err := h.EditAttempt(ctx, h.admin, id, a.Rev, studio.AttemptEdit{Remark: ptr("x")})
	if must(t, edited, err).Sheets == nil {
		t.Error("edited it has none")
	}
	must(t, 0, h.Spoil(ctx, id, func(a *studio.Attempt) { a.Sheets = nil }))
	gone, err := h.DeleteAttempt(ctx, h.admin, id, edited.Rev+1)
	if must(t, gone, err).Sheets == nil {
		t.Error("deleted it has none")
	}
}
