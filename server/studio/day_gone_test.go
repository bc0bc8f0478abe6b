package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// sheetOf writes what a call sheet holds: its versions, what they say, and who read and confirmed which.
func (w *callDesk) sheetOf() string {
	w.t.Helper()
	p, err := w.CallSheet(w.t.Context(), w.admin, w.sheet.Sheet.ID, 0)
	must(w.t, p, err)
	var out strings.Builder
	fmt.Fprint(&out, p.Sheet.Issued, p.Sheet.Typed.Weather, p.Pending, p.Changed)
	for _, v := range p.Versions {
		old, err := w.CallSheet(w.t.Context(), w.admin, w.sheet.Sheet.ID, v.Number)
		must(w.t, old, err)
		fmt.Fprint(&out, "; ", v.Number, v.At, v.ByName, v.Note, old.Content.Weather, old.Changed)
	}
	for _, r := range p.Recipients {
		fmt.Fprint(&out, "; ", r.Name, r.Linked, r.Opened, r.Confirmed, r.ConfirmedAt)
	}
	return out.String()
}

// called is a day with two versions of its call sheet, read by somebody with an account and by somebody with an address.
func called(t *testing.T) (w *callDesk, account studio.Actor, secret string) {
	t.Helper()
	w = newCallDesk(t)
	ctx := t.Context()
	row, err := w.EditDayScene(ctx, w.admin, w.day.Day.ID, w.scenes["1-2"], studio.DaySceneIn{Minutes: ptr(75), Note: ptr("带伞")})
	w.day = must(t, row, err)
	account = studiotest.Person(t, w.Studio, w.admin, "zhao", studio.Member, w.titleID, studio.RoleViewer)
	w.typed(func(in *studio.CallTyped) {
		in.Weather = "晴"
		in.Crew = []studio.CallCrew{{Department: "灯光", Name: "赵师傅", PersonID: account.Person.ID, Call: "06:30"}}
	})
	w.issue()
	secret = w.add(studio.RecipientIn{Name: "王师傅"}).Secret
	must(t, 0, errOf(w.ConfirmLinkedCall(ctx, studio.Trace{Address: "10.0.0.9"}, secret, 1)))
	w.typed(func(in *studio.CallTyped) { in.Weather = "小雨" })
	w.issue()
	must(t, 0, errOf(w.ConfirmCall(ctx, account, w.sheet.Sheet.ID, 2)))
	return w, account, secret
}

// TestADeletedDayComesBackAsItWas: its scenes in order with minutes and notes, every version of its call sheet, what was
// read, the secret address, and its entry in calendars.
func TestADeletedDayComesBackAsItWas(t *testing.T) {
	w, account, secret := called(t)
	ctx, guest := t.Context(), studio.Trace{Address: "10.0.0.9"}
	id := w.day.Day.ID
	_, ofTitle := w.feed(w.admin, studio.FeedTitle, w.titleID)
	_, mine := w.feed(account, studio.FeedPerson, "")
	board, sheet := shoot{crew: w.crew}.full(), w.sheetOf()
	call := w.only(mine)
	before, told := w.lineOf(ofTitle, id, "SEQUENCE"), w.lineOf(mine, call, "SEQUENCE")
	drop := func() {
		t.Helper()
		must(t, 0, w.DeleteDay(ctx, w.admin, id, w.now(id).Rev))
	}
	drop()
	if c, s := w.lineOf(mine, call, "STATUS"), w.lineOf(mine, call, "SEQUENCE"); c != "CANCELLED" || !more(s, told) {
		t.Errorf("who was called reads %s %s after %s", c, s, told)
	}
	off, offMine := w.lineOf(ofTitle, id, "SEQUENCE"), w.lineOf(mine, call, "SEQUENCE")
	refused(t, errOf(w.LinkedCall(ctx, guest, secret)), "callsheet.off")
	refused(t, errOf(w.CallSheet(ctx, account, w.sheet.Sheet.ID, 0)), "unknown.callsheet")
	if got, err := w.MyCalls(ctx, account); err != nil || len(got) != 0 {
		t.Errorf("a day that is called off is in their list: %+v %v", got, err)
	}
	back, err := w.RestoreDay(ctx, w.admin, id)
	if must(t, back, err); back.Day.Day.ID != id || len(back.Elsewhere) != 0 || back.Day.Version != 2 {
		t.Errorf("came back as %+v", back)
	}
	w.same("the board", shoot{crew: w.crew}.full(), board)
	w.same("the call sheet", w.sheetOf(), sheet)
	if s := w.lineOf(ofTitle, id, "SEQUENCE"); w.lineOf(ofTitle, id, "STATUS") != "CONFIRMED" || !more(s, off) || !more(off, before) {
		t.Errorf("the title's calendar counts %s, %s, %s", before, off, s)
	}
	if s := w.lineOf(mine, call, "SEQUENCE"); w.lineOf(mine, call, "STATUS") != "CONFIRMED" || !more(s, offMine) {
		t.Errorf("the person's calendar counts %s, %s, %s", told, offMine, s)
	}
	p, err := w.LinkedCall(ctx, guest, secret)
	if must(t, p, err); p.Version != 2 || p.Confirmed != 1 {
		t.Errorf("the secret address gives %+v", p)
	}
	refused(t, errOf(w.RestoreDay(ctx, w.admin, id)), "unknown.day")
	// Deleted and brought back once more, calendars still count on.
	sheet = w.sheetOf() // the secret address was opened
	again := w.lineOf(ofTitle, id, "SEQUENCE")
	drop()
	twice := w.lineOf(ofTitle, id, "SEQUENCE")
	must(t, 0, errOf(w.RestoreDay(ctx, w.admin, id)))
	if s := w.lineOf(ofTitle, id, "SEQUENCE"); !more(twice, again) || !more(s, twice) {
		t.Errorf("then %s, %s, %s", again, twice, s)
	}
	w.same("the call sheet again", w.sheetOf(), sheet)
}

// TestWhoWasTakenOffBeforeHearsNothingNew: their calendar has called the day off once, and it stays that one event.
func TestWhoWasTakenOffBeforeHearsNothingNew(t *testing.T) {
	w, account, _ := called(t)
	ctx, id := t.Context(), w.day.Day.ID
	_, mine := w.feed(account, studio.FeedPerson, "")
	w.typed(func(in *studio.CallTyped) { in.Crew = nil })
	w.issue()
	off := w.entries(mine)[w.only(mine)+"@chouka"]
	if off.status != "CANCELLED" {
		t.Fatalf("taken off reads %+v", off)
	}
	must(t, 0, w.DeleteDay(ctx, w.admin, id, w.now(id).Rev))
	if now := w.entries(mine)[w.only(mine)+"@chouka"]; now != off {
		t.Errorf("after the day was deleted %+v, before %+v", now, off)
	}
	must(t, 0, errOf(w.RestoreDay(ctx, w.admin, id)))
	if now := w.entries(mine)[w.only(mine)+"@chouka"]; now != off {
		t.Errorf("after the day came back %+v, before %+v", now, off)
	}
}

// only is what the one event of a calendar is known by.
func (h house) only(file string) string {
	h.t.Helper()
	all := h.entries(file)
	for uid := range all {
		if len(all) == 1 {
			return strings.TrimSuffix(uid, "@chouka")
		}
	}
	h.t.Fatalf("%d events", len(all))
	return ""
}

// more compares two numbers as texts.
func more(a, b string) bool { return len(a) > len(b) || len(a) == len(b) && a > b }

// now is a day as it stands.
func (w crew) now(id string) studio.ShootDay {
	w.t.Helper()
	b, err := w.DayBoard(w.t.Context(), w.admin, w.titleID)
	for _, d := range must(w.t, b, err).Days {
		if d.Day.ID == id {
			return d.Day
		}
	}
	w.t.Fatal("no such day")
	return studio.ShootDay{}
}

// TestWhatWentElsewhereStaysThere: a scene that was put on another day meanwhile stays, and is named; one that stood on two
// days before comes back to both.
func TestWhatWentElsewhereStaysThere(t *testing.T) {
	w := newCrew(t)
	ctx := t.Context()
	d, other := w.day("2027-03-02", ""), w.day("2027-03-05", "B")
	for i, label := range []string{"2-1", "1-1", "1-2"} {
		w.move(label, "", d.Day.ID, i)
	}
	keep := studio.StripMove{SceneID: w.scenes["1-2"], From: d.Day.ID, To: other.Day.ID, Keep: true, Reason: "分两天拍"}
	must(t, 0, errOf(w.MoveStrip(ctx, w.admin, w.titleID, keep)))
	must(t, 0, w.DeleteDay(ctx, w.admin, d.Day.ID, w.now(d.Day.ID).Rev))
	w.same("while it is gone", w.board(), "2027-03-05B 1/1: 1-2; pool: 1-1 2-1")
	w.move("1-1", "", other.Day.ID, 0)
	back, err := w.RestoreDay(ctx, w.admin, d.Day.ID)
	if must(t, back, err); len(back.Elsewhere) != 1 || back.Elsewhere[0].Label != "1-1" || back.Elsewhere[0].Date != "2027-03-05" || back.Elsewhere[0].Unit != "B" || back.Elsewhere[0].DayID != other.Day.ID {
		t.Errorf("elsewhere: %+v", back.Elsewhere)
	}
	w.same("afterwards", w.board(), "2027-03-02 1/2: 2-1 1-2; 2027-03-05B 2/2: 1-1 1-2; pool: ")
	w.activity("day.restored", "n=1 labels=1-1 day=2027-03-02")
}

func TestADayThatCannotComeBack(t *testing.T) {
	w := newCrew(t)
	ctx := t.Context()
	d := w.day("2027-03-02", "")
	w.move("1-1", "", d.Day.ID, 0)
	refused(t, errOf(w.RestoreDay(ctx, w.admin, d.Day.ID)), "unknown.day")
	must(t, 0, w.DeleteDay(ctx, w.admin, d.Day.ID, w.now(d.Day.ID).Rev))
	stranger := studiotest.Person(t, w.Studio, w.admin, "li", studio.Member, w.title("昼以继夜"), studio.RoleScout)
	refused(t, errOf(w.RestoreDay(ctx, stranger, d.Day.ID)), "unknown.day")
	viewer := studiotest.Person(t, w.Studio, w.admin, "wang", studio.Member, w.titleID, studio.RoleViewer)
	if err := errOf(w.RestoreDay(ctx, viewer, d.Day.ID)); !studio.IsKind(err, studio.Forbidden) {
		t.Errorf("a viewer: %v", err)
	}
	taken := w.day("2027-03-02", "")
	refused(t, errOf(w.RestoreDay(ctx, w.admin, d.Day.ID)), "day.taken")
	w.same("nothing is half done", w.board(), "2027-03-02 1/1: ; pool: 1-1 1-2 2-1")
	must(t, 0, w.DeleteDay(ctx, w.admin, taken.Day.ID, taken.Day.Rev))
	must(t, 0, errOf(w.RestoreDay(ctx, w.admin, d.Day.ID)))
	w.same("when its date is free", w.board(), "2027-03-02 1/1: 1-1; pool: 1-2 2-1")
}

// TestADraftThatNobodyGotIsNotCalledOff: without an issued version nobody is told anything.
func TestADraftThatNobodyGotIsNotCalledOff(t *testing.T) {
	w := newCallDesk(t)
	ctx := t.Context()
	account := studiotest.Person(t, w.Studio, w.admin, "zhao", studio.Member, w.titleID, studio.RoleViewer)
	w.add(studio.RecipientIn{PersonID: account.Person.ID})
	secret := w.add(studio.RecipientIn{Name: "王师傅"}).Secret
	_, mine := w.feed(account, studio.FeedPerson, "")
	must(t, 0, w.DeleteDay(ctx, w.admin, w.day.Day.ID, w.now(w.day.Day.ID).Rev))
	w.same("their calendar", w.dates(mine), "")
	refused(t, errOf(w.LinkedCall(ctx, studio.Trace{Address: "10.0.0.9"}, secret)), "unknown.callsheet")
	must(t, 0, errOf(w.RestoreDay(ctx, w.admin, w.day.Day.ID)))
	p, err := w.CallSheet(ctx, w.admin, w.sheet.Sheet.ID, 0)
	if must(t, p, err); len(p.Recipients) != 2 || !p.Recipients[0].Linked && !p.Recipients[1].Linked {
		t.Errorf("came back with %+v", p.Recipients)
	}
}
