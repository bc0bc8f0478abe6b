package studio_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// film logs a clip of 24 frames, another one for each n.
func (h house) film(shotID string, n int) studio.Take {
	h.t.Helper()
	row, err := h.LogFile(h.t.Context(), h.admin, shotID, "a.mp4", bytes.NewReader(studio.Clip(24, n)))
	must(h.t, row, err)
	if len(row.Takes) != 1 || row.Takes[0].Media.Frames != 24 {
		h.t.Fatalf("got %+v, want one clip of 24 frames", row.Takes)
	}
	return row.Takes[0]
}

func (h house) note(by studio.Actor, takeID string, in studio.NoteIn) studio.Note {
	h.t.Helper()
	n, err := h.AddNote(h.t.Context(), by, takeID, in)
	return must(h.t, n, err)
}

func (h house) say(takeID, text string) studio.Note {
	h.t.Helper()
	return h.note(h.admin, takeID, studio.NoteIn{Text: text})
}

func (h house) revOf(noteID string) int64 {
	h.t.Helper()
	row, err := h.Studio.Note(h.t.Context(), h.admin, noteID)
	return must(h.t, row, err).Note.Rev
}

// said are the texts of the notes on a shot in their order.
func (h house) said(shotID string) string {
	h.t.Helper()
	notes, err := h.ShotNotes(h.t.Context(), h.admin, shotID)
	must(h.t, notes, err)
	out := []string{}
	for _, n := range notes {
		out = append(out, n.Text)
	}
	return strings.Join(out, " ")
}

func rowTexts(rows []studio.NoteRow) string {
	out := []string{}
	for _, r := range rows {
		out = append(out, r.Note.Text)
	}
	return strings.Join(out, " ")
}

// onTitle are the texts of a title's notes, newest first.
func (h house) onTitle(titleID string, f studio.NoteFilter) string {
	h.t.Helper()
	got, err := h.TitleNotes(h.t.Context(), h.admin, titleID, f, studio.Page{})
	must(h.t, got, err)
	return rowTexts(got.Items)
}

// mine are the texts of the open notes that mention somebody, newest first.
func (h house) mine(by studio.Actor) string {
	h.t.Helper()
	got, err := h.MyNotes(h.t.Context(), by, studio.Page{})
	must(h.t, got, err)
	return rowTexts(got.Items)
}

// member joins a title.
func (h house) member(login, titleID string, role studio.Role) studio.Actor {
	h.t.Helper()
	return studiotest.Person(h.t, h.Studio, h.admin, login, studio.Member, titleID, role)
}

func TestTheLifeOfANote(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	tk := h.film(x.ID, 1)
	lin := h.member("lin", x.TitleID, studio.RoleOperator)
	stroke := studio.Stroke{Tool: "pen", Colour: 1, Size: 8, Points: []int{1, 2, 3}}
	n := h.note(h.admin, tk.ID, studio.NoteIn{Frame: ptr(3), Last: ptr(8), Text: "  @lin 手崩了\n请重抽 @lin ", Drawing: []studio.Stroke{stroke}})
	if n.Text != "@lin 手崩了\n请重抽 @lin" || *n.Frame != 3 || *n.Last != 8 || n.TakeID != tk.ID || n.ShotID != x.ID || n.TitleID != x.TitleID || n.Author != h.admin.Person.ID ||
		n.AuthorName != h.admin.Person.Name || n.Done != nil || n.Edited != nil || n.Deleted != nil || n.Rev != 1 || len(n.Drawing) != 1 {
		t.Errorf("got %+v", n)
	}
	if len(n.Mentions) != 2 || n.Mentions[0] != (studio.Mention{PersonID: lin.Person.ID, Name: "lin", Start: 0, Length: 4}) || n.Mentions[1].Start != 13 {
		t.Errorf("mentions %+v", n.Mentions)
	}
	if h.see(x.ID).Notes != 1 || h.mine(lin) != n.Text || h.onTitle(x.TitleID, studio.NoteFilter{Open: true}) != n.Text {
		t.Error("the note stands in no list")
	}
	c.pass(time.Minute)
	done, err := h.SetNoteDone(ctx, lin, n.ID, true)
	if must(t, done, err); done.Done == nil || !done.Done.Equal(c.Now()) || done.DoneBy != "lin" {
		t.Errorf("done %+v", done)
	}
	if h.see(x.ID).Notes != 0 || h.mine(lin) != "" || h.onTitle(x.TitleID, studio.NoteFilter{Open: true}) != "" || h.onTitle(x.TitleID, studio.NoteFilter{}) != n.Text {
		t.Error("the done note is still open somewhere, or is lost")
	}
	again, err := h.SetNoteDone(ctx, h.admin, n.ID, true)
	if must(t, again, err); again.Rev != done.Rev || again.DoneBy != "lin" {
		t.Errorf("ticking off twice changed %+v", again)
	}
	open, err := h.SetNoteDone(ctx, lin, n.ID, false)
	if must(t, open, err); open.Done != nil || open.DoneBy != "" || h.see(x.ID).Notes != 1 || h.mine(lin) != n.Text {
		t.Errorf("opened again %+v", open)
	}
	c.pass(time.Minute)
	edited, err := h.EditNote(ctx, h.admin, n.ID, open.Rev, studio.NoteEdit{Text: ptr("好了")})
	if must(t, edited, err); edited.Text != "好了" || edited.Edited == nil || !edited.Edited.Equal(c.Now()) || len(edited.Mentions) != 0 || len(edited.Drawing) != 1 || h.mine(lin) != "" {
		t.Errorf("edited %+v", edited)
	}
	gone, err := h.DeleteNote(ctx, h.admin, n.ID, edited.Rev)
	if must(t, gone, err); gone.Deleted == nil || h.see(x.ID).Notes != 0 || h.said(x.ID) != "" || h.onTitle(x.TitleID, studio.NoteFilter{}) != "" {
		t.Errorf("deleted %+v", gone)
	}
	row, err := h.Studio.Note(ctx, lin, n.ID)
	if must(t, row, err); row.Note.Deleted == nil || row.Note.Text != "好了" || row.Title != "昼以继夜" || row.Label != x.Label || row.TakeNumber != 1 || row.Media.Frames != 24 {
		t.Errorf("the deleted one reads %+v", row)
	}
	back, err := h.RestoreNote(ctx, h.admin, n.ID)
	if must(t, back, err); back.Deleted != nil || back.Text != "好了" || h.see(x.ID).Notes != 1 {
		t.Errorf("restored %+v", back)
	}
	twice, err := h.RestoreNote(ctx, h.admin, n.ID)
	if must(t, twice, err); twice.Rev != back.Rev {
		t.Error("restoring twice changed it")
	}
	checkActs(t, h, x, n.ID)
}

// checkActs reads what the activities say of one note, oldest first.
func checkActs(t *testing.T, h house, x studio.Shot, id string) {
	t.Helper()
	got, err := h.Activities(t.Context(), h.admin, x.TitleID, studio.Page{Limit: 100})
	must(t, got, err)
	var verbs []string
	for _, a := range slices.Backward(got.Items) {
		if a.Object != id {
			continue
		}
		verbs = append(verbs, strings.TrimPrefix(a.Verb, "note."))
		if a.Kind != "note" || a.TitleID != x.TitleID || a.ShotID != x.ID || a.Params["label"] != x.Label || a.Params["number"] != "1" || a.Params["frame"] != "3" {
			t.Errorf("the activity says %+v", a)
		}
		if want := map[bool]string{true: "lin"}[len(verbs) < 4]; a.Params["mentions"] != want {
			t.Errorf("%s mentions %q, want %q", a.Verb, a.Params["mentions"], want)
		}
	}
	if got := strings.Join(verbs, " "); got != "added done reopened edited deleted restored" {
		t.Errorf("activities: %s", got)
	}
}

func TestAnswersGoWithTheirNote(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	tk, other := h.film(x.ID, 1), h.take(x.ID, 2)
	lin := h.member("lin", x.TitleID, studio.RoleOperator)
	n := h.say(tk.ID, "a")
	b := h.note(lin, tk.ID, studio.NoteIn{Parent: n.ID, Text: "b"})
	c := h.note(h.admin, tk.ID, studio.NoteIn{Parent: n.ID, Text: "c@lin"})
	if h.mine(lin) != "" || len(c.Mentions) != 0 {
		t.Error("an @ behind a letter is a mention")
	}
	d := h.note(h.admin, tk.ID, studio.NoteIn{Parent: n.ID, Text: "@lin"})
	if b.Parent != n.ID || h.said(x.ID) != "a b c@lin @lin" || h.onTitle(x.TitleID, studio.NoteFilter{}) != "a" || h.see(x.ID).Notes != 1 || h.mine(lin) != "@lin" {
		t.Errorf("said %s, %d open", h.said(x.ID), h.see(x.ID).Notes)
	}
	gone := h.say(tk.ID, "gone")
	must(t, 0, errOf(h.DeleteNote(ctx, h.admin, gone.ID, 1)))
	elsewhere := h.say(other.ID, "elsewhere")
	for name, in := range map[string]studio.NoteIn{
		"parent: an answer":          {Parent: b.ID, Text: "x"},
		"parent: a deleted note":     {Parent: gone.ID, Text: "x"},
		"parent: of another take":    {Parent: elsewhere.ID, Text: "x"},
		"parent: nothing":            {Parent: "x", Text: "x"},
		"frame: an answer with one":  {Parent: n.ID, Text: "x", Frame: ptr(1)},
		"frame: an answer with last": {Parent: n.ID, Text: "x", Last: ptr(1)},
		"drawing: an answer":         {Parent: n.ID, Text: "x", Drawing: []studio.Stroke{{Tool: "pen", Size: 1, Points: []int{1, 1, 1}}}},
		"text: an empty answer":      {Parent: n.ID, Text: " \n"},
	} {
		field, _, _ := strings.Cut(name, ":")
		_, err := h.AddNote(ctx, h.admin, tk.ID, in)
		refused(t, err, "invalid."+field)
	}
	_, err := h.EditNote(ctx, lin, b.ID, b.Rev, studio.NoteEdit{Drawing: &[]studio.Stroke{{Tool: "pen", Size: 1, Points: []int{1, 1, 1}}}})
	refused(t, err, "invalid.drawing")

	t.Run("a note that is ticked off takes its answers along, and back", func(t *testing.T) {
		must(t, 0, errOf(h.SetNoteDone(ctx, lin, b.ID, true))) // for itself
		must(t, 0, errOf(h.SetNoteDone(ctx, h.admin, n.ID, true)))
		if got := h.mine(lin); got != "" {
			t.Errorf("lin still has %s", got)
		}
		must(t, 0, errOf(h.SetNoteDone(ctx, h.admin, n.ID, false)))
		row, err := h.Studio.Note(ctx, h.admin, b.ID)
		if must(t, row, err); row.Note.Done == nil || h.mine(lin) != "@lin" || h.see(x.ID).Notes != 2 {
			t.Errorf("opened again %+v, lin has %s", row.Note, h.mine(lin))
		}
	})
	t.Run("a note that is deleted takes its answers along, and exactly those come back", func(t *testing.T) {
		must(t, 0, errOf(h.DeleteNote(ctx, h.admin, c.ID, h.revOf(c.ID)))) // for itself
		must(t, 0, errOf(h.DeleteNote(ctx, h.admin, n.ID, h.revOf(n.ID))))
		if got := h.said(x.ID); got != "elsewhere" || h.mine(lin) != "" || h.see(x.ID).Notes != 1 {
			t.Errorf("left is %s", got)
		}
		_, err = h.RestoreNote(ctx, h.admin, d.ID)
		refused(t, err, "note.parent")
		_, err = h.AddNote(ctx, h.admin, tk.ID, studio.NoteIn{Parent: n.ID, Text: "x"})
		refused(t, err, "invalid.parent")
		must(t, 0, errOf(h.RestoreNote(ctx, h.admin, n.ID)))
		if got := h.said(x.ID); got != "a b @lin elsewhere" || h.mine(lin) != "@lin" || h.see(x.ID).Notes != 2 {
			t.Errorf("back is %s", got)
		}
		must(t, 0, errOf(h.RestoreNote(ctx, h.admin, c.ID)))
		if got := h.said(x.ID); got != "a b c@lin @lin elsewhere" {
			t.Errorf("at last %s", got)
		}
	})
}

// TestRefusedNotesWriteNothing sends what no note may hold: nothing is kept, numbered, counted or announced.
func TestRefusedNotesWriteNothing(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	tk := h.film(x.ID, 1)
	n := h.say(tk.ID, "好")
	before := must(t, h.digest(), nil)
	for name, c := range map[string]struct {
		in   studio.NoteIn
		code string
	}{
		"nothing at all":               {studio.NoteIn{}, "invalid.text"},
		"blanks":                       {studio.NoteIn{Text: " \u3000\n"}, "invalid.text"},
		"5,001 characters":             {studio.NoteIn{Text: strings.Repeat("蛇", 5001)}, "invalid.text"},
		"20,001 characters":            {studio.NoteIn{Text: strings.Repeat("蛇", 20_001)}, "invalid.text"},
		"writing from right to left":   {studio.NoteIn{Text: "好\u202E看"}, "invalid.text"},
		"an isolate":                   {studio.NoteIn{Text: "好\u2067看"}, "invalid.text"},
		"a direction mark":             {studio.NoteIn{Text: "好\u200F看"}, "invalid.text"},
		"a control character":          {studio.NoteIn{Text: "好\x00看"}, "invalid.text"},
		"an escape":                    {studio.NoteIn{Text: "好\x1b[31m看"}, "invalid.text"},
		"broken text":                  {studio.NoteIn{Text: "好\xe5\xbc看"}, "invalid.text"},
		"a frame behind the end":       {studio.NoteIn{Text: "好", Frame: ptr(24)}, "invalid.frame"},
		"a drawing of nothing":         {studio.NoteIn{Text: "好", Drawing: []studio.Stroke{{}}}, "invalid.drawing"},
		"somebody chosen who is not @": {studio.NoteIn{Text: "好", Mentions: []studio.MentionIn{{PersonID: h.admin.Person.ID}}}, "invalid.mentions"},
	} {
		_, err := h.AddNote(ctx, h.admin, tk.ID, c.in)
		if e := refused(t, err, c.code); e.Kind != studio.Invalid || len(e.Fields) != 1 {
			t.Errorf("%s: %+v", name, e)
		}
		if c.in.Frame != nil {
			continue
		}
		_, err = h.EditNote(ctx, h.admin, n.ID, n.Rev, studio.NoteEdit{Text: &c.in.Text, Drawing: &c.in.Drawing, Mentions: c.in.Mentions})
		refused(t, err, c.code)
	}
	for name, err := range map[string]error{
		"unknown.take": errOf(h.AddNote(ctx, h.admin, "x", studio.NoteIn{Text: "好"})),
		"unknown.note": errOf(h.Studio.Note(ctx, h.admin, "x")),
		"unknown.shot": errOf(h.ShotNotes(ctx, h.admin, "x")),
		"stale":        errOf(h.EditNote(ctx, h.admin, n.ID, n.Rev+1, studio.NoteEdit{Text: ptr("x")})),
	} {
		refused(t, err, name)
	}
	refused(t, errOf(h.DeleteNote(ctx, h.admin, n.ID, n.Rev+1)), "stale")
	for _, err := range []error{errOf(h.EditNote(ctx, h.admin, "x", 1, studio.NoteEdit{})), errOf(h.SetNoteDone(ctx, h.admin, "x", true)), errOf(h.DeleteNote(ctx, h.admin, "x", 1)),
		errOf(h.RestoreNote(ctx, h.admin, "x"))} {
		refused(t, err, "unknown.note")
	}
	if _, err := h.EditNote(ctx, h.admin, n.ID, n.Rev, studio.NoteEdit{}); err != nil {
		t.Error(err)
	}
	if h.digest() != before {
		t.Error("a refusal wrote something")
	}
	// What an older program did not count, the work on the file has counted since.
	must(t, 0, h.SpoilTake(ctx, tk.ID, func(x *studio.Take) { x.Media.Frames = 0 }))
	_, err := h.AddNote(ctx, h.admin, tk.ID, studio.NoteIn{Text: "好", Frame: ptr(24)})
	refused(t, err, "invalid.frame")
	longest := h.say(tk.ID, " "+strings.Repeat("蛇", 5000)+" ")
	if len([]rune(longest.Text)) != 5000 {
		t.Errorf("%d characters", len([]rune(longest.Text)))
	}
	drawn := h.note(h.admin, tk.ID, studio.NoteIn{Drawing: []studio.Stroke{{Tool: "pen", Size: 1, Points: []int{1, 1, 1}}}})
	_, err = h.EditNote(ctx, h.admin, drawn.ID, drawn.Rev, studio.NoteEdit{Drawing: &[]studio.Stroke{}})
	refused(t, err, "invalid.text")
}

func (h house) digest() string {
	h.t.Helper()
	sum, err := h.Digest(h.t.Context())
	must(h.t, sum, err)
	return fmt.Sprint(sum)
}

func TestNamesakesOnATitle(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	tk := h.film(x.ID, 1)
	first, second := h.member("wei1", x.TitleID, studio.RoleOperator), h.member("wei2", x.TitleID, studio.RoleViewer)
	away, outside := h.member("weiwei", x.TitleID, studio.RoleOperator), h.member("outside", h.title("娇藏京枝"), studio.RoleOperator)
	for a, name := range map[*studio.Actor]string{&first: "张伟", &second: "张伟", &away: "张伟伟", &outside: "李莉"} {
		p, err := h.EditPerson(ctx, h.admin, a.Person.ID, a.Person.Rev, studio.PersonEdit{Name: &name})
		must(t, p, err)
		a.Person = p
	}
	_, err := h.AddNote(ctx, h.admin, tk.ID, studio.NoteIn{Text: "@张伟，请重抽"})
	if e := refused(t, err, "note.who"); e.Text.ZH != "有 2 位「张伟」，请点选是哪一位" || e.Kind != studio.Invalid || e.Fields[0].Location != "body.mentions" {
		t.Errorf("says %+v", e)
	}
	n := h.note(h.admin, tk.ID, studio.NoteIn{Text: " \n@张伟，请重抽", Mentions: []studio.MentionIn{{PersonID: second.Person.ID, Start: 2}}})
	if len(n.Mentions) != 1 || n.Mentions[0] != (studio.Mention{PersonID: second.Person.ID, Name: "张伟", Start: 0, Length: 3}) || h.mine(second) != n.Text || h.mine(first) != "" {
		t.Errorf("mentions %+v", n.Mentions)
	}
	_, err = h.EditNote(ctx, h.admin, n.ID, n.Rev, studio.NoteEdit{Text: ptr("@张伟 再看")})
	refused(t, err, "note.who")
	n, err = h.EditNote(ctx, h.admin, n.ID, n.Rev, studio.NoteEdit{Mentions: []studio.MentionIn{{PersonID: first.Person.ID}}})
	if must(t, n, err); n.Text != "@张伟，请重抽" || h.mine(first) != n.Text || h.mine(second) != "" {
		t.Errorf("now mentions %+v", n.Mentions)
	}
	t.Run("only who is active and on the title is named, and the author", func(t *testing.T) {
		if n := h.say(tk.ID, "@张伟伟 @李莉 @李丽"); len(n.Mentions) != 2 || n.Mentions[0].PersonID != away.Person.ID || n.Mentions[1].PersonID != h.admin.Person.ID {
			t.Errorf("mentions %+v", n.Mentions)
		}
		p, err := h.EditPerson(ctx, h.admin, away.Person.ID, away.Person.Rev, studio.PersonEdit{Active: ptr(false)})
		must(t, p, err)
		members, err := h.Members(ctx, h.admin, x.TitleID)
		must(t, members, err)
		for _, m := range members {
			if m.PersonID == second.Person.ID {
				must(t, 0, h.RemoveMember(ctx, h.admin, x.TitleID, m.PersonID, m.Rev))
			}
		}
		// With 张伟伟 away, the name that is left is 张伟; with the second one gone, it is one person's.
		if n := h.say(tk.ID, "@张伟伟"); len(n.Mentions) != 1 || n.Mentions[0] != (studio.Mention{PersonID: first.Person.ID, Name: "张伟", Start: 0, Length: 3}) {
			t.Errorf("mentions %+v", n.Mentions)
		}
	})
}

func TestWhoMayChangeANote(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	tk := h.film(x.ID, 1)
	lin, wang := h.member("lin", x.TitleID, studio.RoleOperator), h.member("wang", x.TitleID, studio.RoleOperator)
	director, viewer := h.member("xudao", x.TitleID, studio.RoleDirector), h.member("viewer", x.TitleID, studio.RoleViewer)
	stranger := h.member("stranger", h.title("娇藏京枝"), studio.RoleLead)
	n := h.note(lin, tk.ID, studio.NoteIn{Text: "a"})
	try := func(by studio.Actor, code string) {
		t.Helper()
		for _, err := range []error{errOf(h.EditNote(ctx, by, n.ID, n.Rev, studio.NoteEdit{Text: ptr("b")})), errOf(h.DeleteNote(ctx, by, n.ID, n.Rev)), errOf(h.RestoreNote(ctx, by, n.ID))} {
			refused(t, err, code)
		}
	}
	try(wang, "note.others")
	try(viewer, "forbidden.note.write")
	try(stranger, "unknown.note")
	try(studio.Actor{}, "signed_out")
	for by, code := range map[*studio.Actor]string{&viewer: "forbidden.note.write", &stranger: "unknown.take", {}: "signed_out"} {
		_, err := h.AddNote(ctx, *by, tk.ID, studio.NoteIn{Text: "x"})
		refused(t, err, code)
	}
	for by, code := range map[*studio.Actor]string{&viewer: "forbidden.note.write", &stranger: "unknown.note", {}: "signed_out"} {
		_, err := h.SetNoteDone(ctx, *by, n.ID, true)
		refused(t, err, code)
	}
	for by, codes := range map[*studio.Actor][]string{&stranger: {"unknown.shot", "unknown.note", "unknown.title"}, {}: {"signed_out", "signed_out", "signed_out"}} {
		for i, err := range []error{errOf(h.ShotNotes(ctx, *by, x.ID)), errOf(h.Studio.Note(ctx, *by, n.ID)), errOf(h.TitleNotes(ctx, *by, x.TitleID, studio.NoteFilter{}, studio.Page{}))} {
			refused(t, err, codes[i])
		}
	}
	_, err := h.MyNotes(ctx, studio.Actor{}, studio.Page{})
	refused(t, err, "signed_out")
	if notes, err := h.ShotNotes(ctx, viewer, x.ID); err != nil || len(notes) != 1 {
		t.Errorf("a viewer reads %v, %v", notes, err)
	}
	must(t, 0, errOf(h.SetNoteDone(ctx, wang, n.ID, true)))
	n, err = h.EditNote(ctx, director, n.ID, n.Rev+1, studio.NoteEdit{Text: ptr("@lin 看")})
	if must(t, n, err); n.Author != lin.Person.ID || len(n.Mentions) != 1 {
		t.Errorf("a director's edit left %+v", n)
	}
	n, err = h.EditNote(ctx, lin, n.ID, n.Rev, studio.NoteEdit{Text: ptr("c")})
	must(t, n, err)
	t.Run("nobody writes on a deleted note", func(t *testing.T) {
		must(t, 0, errOf(h.DeleteNote(ctx, lin, n.ID, n.Rev)))
		for _, err := range []error{errOf(h.EditNote(ctx, lin, n.ID, n.Rev+1, studio.NoteEdit{Text: ptr("b")})), errOf(h.DeleteNote(ctx, lin, n.ID, n.Rev+1)), errOf(h.SetNoteDone(ctx, lin, n.ID, true))} {
			refused(t, err, "unknown.note")
		}
		must(t, 0, errOf(h.RestoreNote(ctx, lin, n.ID)))
	})
	t.Run("nobody writes on a deleted shot, and no list names it", func(t *testing.T) {
		must(t, 0, errOf(h.DeleteShot(ctx, h.admin, x.ID, h.see(x.ID).Shot.Rev)))
		_, err := h.AddNote(ctx, h.admin, tk.ID, studio.NoteIn{Text: "x"})
		refused(t, err, "unknown.shot")
		_, err = h.SetNoteDone(ctx, h.admin, n.ID, false)
		refused(t, err, "unknown.shot")
		if got := h.onTitle(x.TitleID, studio.NoteFilter{}); got != "" {
			t.Errorf("the title lists %s", got)
		}
		must(t, 0, errOf(h.RestoreShot(ctx, h.admin, x.ID)))
		if got := h.onTitle(x.TitleID, studio.NoteFilter{}); got != "c" {
			t.Errorf("the title lists %s", got)
		}
	})
}
