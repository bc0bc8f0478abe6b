package studio_test

import (
	"fmt"
	"testing"

	"chouka/server/studio"
)

// standing is everything that counts or lists notes of two shots, in one comparable text.
func (h house) standing(a, b studio.Shot, who studio.Actor) string {
	h.t.Helper()
	open := studio.NoteFilter{Open: true}
	return fmt.Sprintf("%s: %d, %s, %s | %s: %d, %s, %s | mine %s", h.said(a.ID), h.see(a.ID).Notes, h.onTitle(a.TitleID, studio.NoteFilter{}), h.onTitle(a.TitleID, open),
		h.said(b.ID), h.see(b.ID).Notes, h.onTitle(b.TitleID, studio.NoteFilter{}), h.onTitle(b.TitleID, open), h.mine(who))
}

func TestNotesGoWithTheirTake(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	a, b := h.oneShot(), h.shot(h.scene(h.title("娇藏京枝")).ID)
	lin := h.member("lin", a.TitleID, studio.RoleOperator)
	m, err := h.SetMember(ctx, h.admin, b.TitleID, lin.Person.ID, studio.RoleOperator)
	must(t, m, err)
	lin.Roles[b.TitleID] = studio.RoleOperator

	row := h.drop(a.ID, picture(t, 1, ""))
	tk := row.Takes[0]
	n := h.say(tk.ID, "@lin")
	h.note(lin, tk.ID, studio.NoteIn{Parent: n.ID, Text: "r"})
	must(t, 0, errOf(h.SetNoteDone(ctx, h.admin, h.say(tk.ID, "d").ID, true)))
	gone := h.say(tk.ID, "g")
	must(t, 0, errOf(h.DeleteNote(ctx, h.admin, gone.ID, 1)))
	h.say(h.take(a.ID, 2).ID, "o")
	h.say(h.take(b.ID, 3).ID, "p")

	const home, away = "@lin r d o: 2, o d @lin, o @lin | p: 1, p, p | mine @lin", "o: 1, o, o | @lin r d p: 2, p d @lin, p @lin | mine @lin"
	const without = "o: 1, o, o | p: 1, p, p | mine "
	step := func(what, want string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if got := h.standing(a, b, lin); got != want {
			t.Errorf("%s:\n got %s\nwant %s", what, got, want)
		}
	}
	step("at first", home, nil)
	move := func(to string) error { return errOf(h.MoveAttempt(ctx, h.admin, row.Attempt.ID, to)) }
	step("moved to another title", away, move(b.ID))
	for _, id := range []string{n.ID, gone.ID} {
		r, err := h.Studio.Note(ctx, h.admin, id)
		if must(t, r, err); r.Note.ShotID != b.ID || r.Note.TitleID != b.TitleID || r.Title != "娇藏京枝" || r.TakeNumber != 2 {
			t.Errorf("it stands at %+v", r)
		}
	}
	step("a deleted one comes back where its take is now", "o: 1, o, o | @lin r d g p: 3, p g d @lin, p g @lin | mine @lin", errOf(h.RestoreNote(ctx, h.admin, gone.ID)))
	step("and goes again", away, errOf(h.DeleteNote(ctx, h.admin, gone.ID, h.revOf(gone.ID))))
	step("moved back", home, move(a.ID))

	step("the attempt is deleted", without, h.remove(row.Attempt.ID))
	r, err := h.Studio.Note(ctx, h.admin, n.ID)
	if must(t, r, err); r.Note.Deleted == nil || r.Note.Text != "@lin" {
		t.Errorf("it reads %+v", r.Note)
	}
	for what, err := range map[string]error{
		"add":     errOf(h.AddNote(ctx, h.admin, tk.ID, studio.NoteIn{Text: "x"})),
		"edit":    errOf(h.EditNote(ctx, h.admin, n.ID, r.Note.Rev, studio.NoteEdit{Text: ptr("x")})),
		"done":    errOf(h.SetNoteDone(ctx, h.admin, n.ID, true)),
		"delete":  errOf(h.DeleteNote(ctx, h.admin, n.ID, r.Note.Rev)),
		"restore": errOf(h.RestoreNote(ctx, h.admin, gone.ID)),
	} {
		t.Run(what+" on a deleted take", func(t *testing.T) { refused(t, err, "unknown.take") })
	}
	step("the attempt is restored", home, errOf(h.RestoreAttempt(ctx, h.admin, row.Attempt.ID)))

	reject := studio.Rejected
	step("the take is rejected", home, errOf(h.Judge(ctx, h.admin, studio.VerdictIn{Takes: []string{tk.ID}, Verdict: &reject, Reason: "hand"})))
	usable := studio.Usable
	step("the take is usable again", home, errOf(h.Judge(ctx, h.admin, studio.VerdictIn{Takes: []string{tk.ID}, Verdict: &usable})))
	h.pick(a.ID, tk.ID, "")
	step("the take is picked", home, nil)
	other := h.take(a.ID, 4)
	h.pick(a.ID, other.ID, tk.ID)
	step("the pick is replaced", home, nil)
	h.move(a.ID, studio.ShotLocked)
	step("the shot is locked", home, nil)
	step("a note on a locked shot", "@lin r d o l: 3, l o d @lin, l o @lin | p: 1, p, p | mine @lin", errOf(h.AddNote(ctx, h.admin, other.ID, studio.NoteIn{Text: "l"})))
}
