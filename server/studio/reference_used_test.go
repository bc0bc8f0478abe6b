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

// drawing is a shot whose character has a face and a dress on sheets, beside the sheet of a roof that nobody asks for.
type drawing struct {
	house
	x                 studio.Shot
	face, dress, roof studio.Reference
}

// newDrawing leaves it to the test to say that the character is in the shot: so far only the scene needs it.
func newDrawing(t *testing.T) (d drawing, character string) {
	t.Helper()
	h := newHouse(t)
	x := h.oneShot()
	zhi := h.newElement(x.TitleID, studio.ElementCharacter, "沈枝")
	d = drawing{
		h, x,
		h.newSheet(x.TitleID, studio.RefCharacter, zhi, "脸", 1),
		h.newSheet(x.TitleID, studio.RefCostume, zhi, "裙", 2),
		h.newSheet(x.TitleID, studio.RefPlace, "", "顶", 3),
	}
	must(t, 0, errOf(h.SetNeeds(t.Context(), h.admin, x.SceneID, studio.NeedsIn{Add: []string{zhi}})))
	return d, zhi
}

// castDrawing says it: the character is in the shot.
func castDrawing(t *testing.T) drawing {
	t.Helper()
	d, zhi := newDrawing(t)
	must(t, 0, errOf(d.CastShot(t.Context(), d.admin, d.x.ID, []string{zhi})))
	return d
}

func (d drawing) logs(by studio.Actor, in studio.AttemptIn) (studio.Attempt, error) {
	in.Status = studio.Succeeded
	row, err := d.LogAttempt(d.t.Context(), by, d.x.ID, in)
	return row.Attempt, err
}

func (d drawing) log(in studio.AttemptIn) studio.Attempt {
	d.t.Helper()
	a, err := d.logs(d.admin, in)
	return must(d.t, a, err)
}

// is compares what the attempt was told to be drawn from with what is wanted and with what was kept.
func (d drawing) is(t *testing.T, a studio.Attempt, want string) {
	t.Helper()
	if got := from(a, d.face, d.dress, d.roof); got != want {
		t.Errorf("drawn from %q, want %q", got, want)
	}
	if kept := d.logged(a.ID); !slices.Equal(kept.Sheets, a.Sheets) || kept.Sheets == nil {
		t.Errorf("kept are %+v, told %+v", kept.Sheets, a.Sheets)
	}
}

func TestWhatAnAttemptWasDrawnFrom(t *testing.T) {
	d, zhi := newDrawing(t)
	ctx := t.Context()
	d.is(t, d.log(studio.AttemptIn{}), "") // what the whole scene needs says nothing about this shot
	must(t, 0, errOf(d.CastShot(ctx, d.admin, d.x.ID, []string{zhi})))
	d.is(t, d.log(studio.AttemptIn{}), "脸/1/shown 裙/1/shown")
	d.is(t, d.drop(d.x.ID, picture(t, 10, "")).Attempt, "脸/1/shown 裙/1/shown")
	d.is(t, d.log(studio.AttemptIn{Sheets: []studio.SheetIn{{ReferenceID: d.roof.ID}, {ReferenceID: d.face.ID}, {ReferenceID: d.face.ID}}}), "脸/1/chosen 裙/1/shown 顶/1/chosen")
	t.Run("a program sees no prompt", func(t *testing.T) {
		by := d.admin
		by.Token, by.Scopes = "t", []studio.Scope{studio.ScopeLog}
		a, err := d.logs(by, studio.AttemptIn{})
		d.is(t, must(t, a, err), "")
		row, err := d.PostAttempt(ctx, by, studio.AttemptPost{Shot: d.x.ID, TaskID: "task-0001", Sheets: []studio.SheetIn{{ReferenceID: d.dress.ID}}})
		d.is(t, must(t, row, err).Attempt, "裙/1/chosen")
		row, err = d.PostAttempt(ctx, by, studio.AttemptPost{Shot: d.x.ID, TaskID: "task-0001", Sheets: []studio.SheetIn{{ReferenceID: d.roof.ID}}})
		d.is(t, must(t, row, err).Attempt, "裙/1/chosen 顶/1/chosen")
	})
}

func TestFilesSayWhatAnAttemptWasDrawnFrom(t *testing.T) {
	d := castDrawing(t)
	ctx := t.Context()
	shown := d.log(studio.AttemptIn{})
	t.Run("its own file goes before what was shown", func(t *testing.T) {
		a := d.beside(shown.ID, 1)
		d.is(t, a, "脸/1/file 裙/1/shown")
		d.is(t, d.beside(a.ID, 99), "脸/1/file 裙/1/shown")
	})
	t.Run("a post that brings the picture", func(t *testing.T) {
		k, err := d.KeepBeside(ctx, d.admin, "first.png", bytes.NewReader(picture(t, 3, "")))
		must(t, k, err)
		row := d.post(studio.AttemptPost{Shot: d.x.ID}, d.kept("o.png", picture(t, 11, "")), k)
		d.is(t, row.Attempt, "脸/1/shown 裙/1/shown 顶/1/file")
	})
	t.Run("somebody's word on it replaces what was shown, not what the files show", func(t *testing.T) {
		a := d.logged(shown.ID)
		got, err := d.EditAttempt(ctx, d.admin, a.ID, a.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{{ReferenceID: d.roof.ID, Edition: 1}}})
		d.is(t, must(t, got, err), "脸/1/file 顶/1/chosen")
		got, err = d.EditAttempt(ctx, d.admin, a.ID, got.Rev, studio.AttemptEdit{Remark: ptr("x")})
		d.is(t, must(t, got, err), "脸/1/file 顶/1/chosen")
		got, err = d.EditAttempt(ctx, d.admin, a.ID, got.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{}})
		d.is(t, must(t, got, err), "脸/1/file")
	})
}

func TestTheEditionThatAnAttemptWasDrawnFrom(t *testing.T) {
	d := castDrawing(t)
	ctx := t.Context()
	t.Run("the edition of the day", func(t *testing.T) {
		d.draw(d.face.ID, 4, true)
		a := d.log(studio.AttemptIn{})
		d.is(t, a, "脸/2/shown 裙/1/shown")
		d.is(t, d.beside(a.ID, 1), "脸/1/file 裙/1/shown") // it stood there, and yet the older one was taken
		d.is(t, d.log(studio.AttemptIn{Sheets: []studio.SheetIn{{ReferenceID: d.face.ID, Edition: 1}, {ReferenceID: d.face.ID}}}), "脸/1/chosen 脸/2/chosen 裙/1/shown")
		d.draw(d.face.ID, 1, false) // the old picture comes back
		d.is(t, d.beside(d.log(studio.AttemptIn{}).ID, 1), "脸/2/file 裙/1/shown")
	})
	t.Run("an archived sheet is not shown", func(t *testing.T) {
		r, err := d.Reference(ctx, d.admin, d.dress.ID)
		must(t, r, err)
		must(t, 0, errOf(d.EditReference(ctx, d.admin, r.ID, r.Rev, studio.ReferenceIn{Archived: ptr(true)})))
		d.is(t, d.log(studio.AttemptIn{}), "脸/2/shown")
	})
}

func TestSheetsThatNoAttemptTakes(t *testing.T) {
	d := castDrawing(t)
	ctx := t.Context()
	shown := d.log(studio.AttemptIn{})
	foreign := d.newSheet(d.title("别的剧"), studio.RefProp, "", "灯", 1)
	for name, in := range map[string][]studio.SheetIn{
		"another title's sheet": {{ReferenceID: foreign.ID}},
		"no such sheet":         {{ReferenceID: "x"}},
		"an edition to come":    {{ReferenceID: d.roof.ID, Edition: 2}},
		"an edition before all": {{ReferenceID: d.roof.ID, Edition: -1}},
		"a hundred and one":     make([]studio.SheetIn, 101),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.logs(d.admin, studio.AttemptIn{Sheets: in})
			refused(t, err, "invalid.sheets")
			a := d.logged(shown.ID)
			_, err = d.EditAttempt(ctx, d.admin, a.ID, a.Rev, studio.AttemptEdit{Sheets: &in})
			refused(t, err, "invalid.sheets")
			_, err = d.PostAttempt(ctx, d.admin, studio.AttemptPost{Shot: d.x.ID, Sheets: in})
			refused(t, err, "invalid.sheets")
		})
	}
}

// usedSheet is a sheet of one picture, and the takes of two shots that were drawn from it.
type usedSheet struct {
	house
	face       string
	x, y       studio.Shot
	a, b, c, d studio.Take
}

func newUsedSheet(t *testing.T) *usedSheet {
	t.Helper()
	h := newHouse(t)
	sc := h.scene(h.title("娇藏京枝"))
	face := h.newSheet(sc.TitleID, studio.RefCharacter, "", "脸", 1)
	return &usedSheet{house: h, face: face.ID, x: h.shot(sc.ID), y: h.shot(sc.ID)}
}

// drawn logs picture n as a take that was drawn from picture ref.
func (u *usedSheet) drawn(shot string, n, ref int) studio.Take {
	u.t.Helper()
	k := u.take(shot, n)
	u.beside(k.AttemptID, ref)
	return k
}

// drawFirst takes from the first edition: a and b of shot x, and c, the pick of shot y.
func (u *usedSheet) drawFirst() {
	u.t.Helper()
	u.a, u.b = u.drawn(u.x.ID, 11, 1), u.drawn(u.x.ID, 12, 1)
	u.c = u.drawn(u.y.ID, 13, 1)
	u.pick(u.y.ID, u.c.ID, "")
}

// usedTwice has d of shot x too, which was drawn from a second edition.
func usedTwice(t *testing.T) *usedSheet {
	t.Helper()
	u := newUsedSheet(t)
	u.drawFirst()
	u.draw(u.face, 2, true)
	u.d = u.drawn(u.x.ID, 14, 2)
	return u
}

func (u *usedSheet) is(t *testing.T, outdated bool, want string) {
	t.Helper()
	if got := strings.NewReplacer(u.x.Label, "x", u.y.Label, "y").Replace(u.uses(u.face, outdated)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUsesOfASheet(t *testing.T) {
	u := newUsedSheet(t)
	ctx := t.Context()
	if got := u.uses(u.face, false); got != "" {
		t.Errorf("of a new one: %s", got)
	}
	u.drawFirst()
	u.is(t, false, "y#1:1/file* x#1:1/file x#2:1/file")
	u.is(t, true, "")
	u.draw(u.face, 2, true)
	u.is(t, true, "y#1:1/file*! x#1:1/file! x#2:1/file!")
	u.drawn(u.x.ID, 14, 2)
	u.is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	t.Run("a cursor of anything else is refused", func(t *testing.T) {
		for _, after := range []string{"x", "p", "p.", "p.x", "a.x", "z.", "\x00"} {
			_, err := u.SheetUses(ctx, u.admin, u.face, false, studio.Page{After: after})
			refused(t, err, "invalid.after")
		}
	})
	t.Run("nobody else", func(t *testing.T) {
		_, err := u.SheetUses(ctx, u.as(studio.RoleLead, "another"), u.face, false, studio.Page{})
		refused(t, err, "unknown.reference")
	})
}

func TestPicksAmongTheUsesOfASheet(t *testing.T) {
	u := usedTwice(t)
	ctx := t.Context()
	u.pick(u.x.ID, u.d.ID, "")
	u.is(t, false, "y#1:1/file*! x#3:2/file* x#1:1/file! x#2:1/file!")
	u.is(t, true, "y#1:1/file*! x#1:1/file! x#2:1/file!")
	t.Run("a pick follows what its attempt says", func(t *testing.T) {
		at := u.logged(u.d.AttemptID)
		must(t, 0, errOf(u.EditAttempt(ctx, u.admin, at.ID, at.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{{ReferenceID: u.face, Edition: 1}}})))
		u.is(t, true, "x#3:1/chosen*! y#1:1/file*! x#1:1/file! x#2:1/file!") // of several the oldest counts
		at = u.logged(u.d.AttemptID)
		must(t, 0, errOf(u.EditAttempt(ctx, u.admin, at.ID, at.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{}})))
		u.is(t, true, "y#1:1/file*! x#1:1/file! x#2:1/file!")
		u.is(t, false, "y#1:1/file*! x#3:2/file* x#1:1/file! x#2:1/file!")
	})
	t.Run("another pick", func(t *testing.T) {
		u.pick(u.x.ID, u.a.ID, u.d.ID)
		u.is(t, false, "x#1:1/file*! y#1:1/file*! x#2:1/file! x#3:2/file")
		u.pick(u.x.ID, "", u.a.ID)
		u.is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	})
}

func TestUsesOfASheetThatAreDeleted(t *testing.T) {
	u := usedTwice(t)
	ctx := t.Context()
	t.Run("a deleted attempt is in no list until it is back", func(t *testing.T) {
		must(t, 0, u.remove(u.b.AttemptID))
		u.is(t, false, "y#1:1/file*! x#1:1/file! x#3:2/file")
		must(t, 0, errOf(u.RestoreAttempt(ctx, u.admin, u.b.AttemptID)))
		u.is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	})
	t.Run("a deleted shot too", func(t *testing.T) {
		z := u.see(u.y.ID).Shot
		must(t, 0, errOf(u.DeleteShot(ctx, u.admin, u.y.ID, z.Rev)))
		u.is(t, false, "x#1:1/file! x#2:1/file! x#3:2/file")
		must(t, 0, errOf(u.RestoreShot(ctx, u.admin, u.y.ID)))
		u.is(t, false, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file")
	})
}

func TestUsesOfASheetThatMove(t *testing.T) {
	u := usedTwice(t)
	ctx := t.Context()
	t.Run("a moved attempt takes it along", func(t *testing.T) {
		must(t, 0, errOf(u.MoveAttempt(ctx, u.admin, u.b.AttemptID, u.y.ID)))
		u.is(t, false, "y#1:1/file*! x#1:1/file! y#2:1/file! x#3:2/file")
	})
	t.Run("in another title only its own files say something", func(t *testing.T) {
		far := u.oneShot()
		at := u.logged(u.b.AttemptID)
		must(t, 0, errOf(u.EditAttempt(ctx, u.admin, at.ID, at.Rev, studio.AttemptEdit{Sheets: &[]studio.SheetIn{{ReferenceID: u.face}}})))
		must(t, 0, errOf(u.MoveAttempt(ctx, u.admin, u.b.AttemptID, far.ID)))
		u.is(t, false, "y#1:1/file*! x#1:1/file! x#3:2/file")
		if got := u.logged(u.b.AttemptID).Sheets; len(got) != 0 {
			t.Errorf("it says %+v there", got)
		}
		theirs := u.newSheet(far.TitleID, studio.RefCharacter, "", "脸", 1)
		must(t, 0, errOf(u.MoveAttempt(ctx, u.admin, u.b.AttemptID, u.x.ID)))
		u.is(t, false, "y#1:1/file*! x#1:1/file! x#4:1/file! x#3:2/file")
		must(t, 0, errOf(u.MoveAttempt(ctx, u.admin, u.b.AttemptID, far.ID)))
		if got := u.uses(theirs.ID, false); !strings.Contains(got, "1/file") {
			t.Errorf("got %q there", got)
		}
	})
}

func TestAPictureThatWasDrawnFromStays(t *testing.T) {
	u := usedTwice(t)
	ctx := t.Context()
	r, err := u.Reference(ctx, u.admin, u.face)
	must(t, r, err)
	r = u.draw(u.face, 3, false)
	i := slices.IndexFunc(r.Pictures, func(p studio.RefPicture) bool { return p.File == "p2.png" })
	r, err = u.RemoveRefPicture(ctx, u.admin, u.face, r.Pictures[i].ID, r.Rev)
	if must(t, r, err); pictures(r) != "1/p1.png 2/p2.png 2/p3.png 3/p3.png" || r.Edition != 3 {
		t.Errorf("got %s of edition %d", pictures(r), r.Edition)
	}
	u.is(t, true, "y#1:1/file*! x#1:1/file! x#2:1/file! x#3:2/file!")
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
