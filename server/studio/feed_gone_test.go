package studio_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"

	reader "github.com/emersion/go-ical"
)

// entry is an event as a calendar program keeps it.
type entry struct {
	status, says string
	seq          int
}

// entries reads a calendar by what its events are known by.
func (h house) entries(file string) map[string]entry {
	h.t.Helper()
	d, err := h.Calendar(h.t.Context(), file)
	c, err2 := reader.NewDecoder(bytes.NewReader(must(h.t, d, err).Data)).Decode()
	out := map[string]entry{}
	for _, e := range must(h.t, c, err2).Events() {
		uid := e.Props.Get(reader.PropUID).Value
		if _, twice := out[uid]; twice {
			h.t.Errorf("%s stands twice in one calendar", uid)
		}
		seq, err := strconv.Atoi(e.Props.Get(reader.PropSequence).Value)
		says, err2 := e.Props.Text(reader.PropSummary)
		out[uid] = entry{e.Props.Get(reader.PropStatus).Value, must(h.t, says, err2), must(h.t, seq, err)}
	}
	return out
}

// follows is somebody who reads calendars again and again: what they held never vanishes, no event has two states, and
// one that changes its state counts on.
type follows struct {
	h     house
	files []string
	held  []map[string]entry
}

func (f *follows) read(when string) {
	t := f.h.t
	t.Helper()
	states := map[string]string{}
	for i, file := range f.files {
		now := f.h.entries(file)
		for uid, e := range now {
			if s, other := states[uid]; other && s != e.status {
				t.Errorf("%s: %s is %s in one calendar and %s in another", when, uid, s, e.status)
			}
			states[uid] = e.status
		}
		if len(f.held) <= i {
			f.held = append(f.held, now)
			continue
		}
		for uid, was := range f.held[i] {
			is, ok := now[uid]
			switch {
			case !ok:
				t.Errorf("%s: %s (%s) has vanished from calendar %d", when, uid, was.says, i)
			case is.seq < was.seq, is != was && is.seq == was.seq:
				t.Errorf("%s: %+v does not count on from %+v", when, is, was)
			}
		}
		f.held[i] = now
	}
}

// shows lists a calendar without the uids.
func (f *follows) shows(i int) string {
	f.h.t.Helper()
	return f.h.dates(f.files[i])
}

func TestABookingThatIsMovedIsCalledOffWhereItWas(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	theatre, tower := h.place("金沙湖大剧院", "观众厅"), h.place("水塔", "塔顶")
	b, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: theatre.ID, AreaID: theatre.Areas[0].ID, TitleID: title, Start: at(5, 20), End: at(6, 2), Status: studio.Confirmed, Note: "电话 13800000000"})
	must(t, b, err)
	edit := func(in studio.BookingEdit) {
		t.Helper()
		b, err = h.EditBooking(ctx, h.admin, b.ID, b.Rev, in)
		must(t, b, err)
	}
	f := &follows{h: h}
	for _, x := range []studio.FeedIn{{Kind: studio.FeedLocation, ObjectID: theatre.ID}, {Kind: studio.FeedLocation, ObjectID: tower.ID}, {Kind: studio.FeedTitle, ObjectID: title},
		{Kind: studio.FeedTitle, ObjectID: other}, {Kind: studio.FeedPerson}} {
		_, file := h.feed(h.admin, x.Kind, x.ObjectID)
		f.files = append(f.files, file)
	}
	const stands, gone = "03-05T20 CONFIRMED 《娇藏京枝》金沙湖大剧院 · 观众厅", "03-05T20 CANCELLED 《娇藏京枝》金沙湖大剧院 · 观众厅（已取消）"
	const tops, topGone = "03-05T20 CONFIRMED 《娇藏京枝》水塔 · 塔顶", "03-05T20 CANCELLED 《娇藏京枝》水塔 · 塔顶（已取消）"
	f.read("at first")
	home := h.lineOf(f.files[0], b.ID, "UID")
	edit(studio.BookingEdit{LocationID: &tower.ID, AreaID: &tower.Areas[0].ID})
	f.read("in an area of another place")
	h.same("where it was", f.shows(0), gone)
	h.same("where it is", f.shows(1), tops)
	h.same("the title's", f.shows(2), gone+"\n"+tops)
	h.same("its maker's", f.shows(4), gone+"\n"+tops)
	edit(studio.BookingEdit{LocationID: &theatre.ID, AreaID: &theatre.Areas[0].ID})
	f.read("back again")
	h.same("where it is again", f.shows(0), stands)
	h.same("where it is no longer", f.shows(1), topGone)
	if got := h.entries(f.files[0])[home]; got.status != "CONFIRMED" || b.UID != "" {
		t.Errorf("it came back as %+v, known by %q", got, b.UID)
	}
	edit(studio.BookingEdit{TitleID: &other})
	f.read("given to another title")
	h.same("the title that gave it", f.shows(2), topGone+"\n"+gone)
	h.same("the title that has it", f.shows(3), "03-05T20 CONFIRMED 《昼以继夜》金沙湖大剧院 · 观众厅")
	off := studio.Dropped
	edit(studio.BookingEdit{Status: &off})
	edit(studio.BookingEdit{TitleID: &title})
	f.read("cancelled, and given back")
	edit(studio.BookingEdit{Status: ptr(studio.Tentative)})
	edit(studio.BookingEdit{Start: ptr(at(6, 20)), End: ptr(at(7, 2)), LocationID: &tower.ID, AreaID: ptr("")})
	f.read("taken up, moved in time and place")
	h.same("the place shows when it was there", f.shows(0), "03-05T20 CANCELLED 《娇藏京枝》金沙湖大剧院 · 观众厅（已取消）\n03-05T20 CANCELLED 《昼以继夜》金沙湖大剧院 · 观众厅（已取消）")
	h.same("and the other when it is", f.shows(1), "03-06T20 TENTATIVE 《娇藏京枝》水塔（暂定）")
	for i := range f.files {
		if d, err := h.Calendar(ctx, f.files[i]); bytes.Contains(must(t, d, err).Data, []byte("138")) {
			t.Errorf("a phone number in %s", d.Data)
		}
	}
}

func TestWhatABookingLeftGoesWithADuplicate(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	twin, theatre, tower := h.place("金沙湖剧院", "观众厅"), h.place("金沙湖大剧院", "观众厅"), h.place("水塔")
	b, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: twin.ID, AreaID: twin.Areas[0].ID, TitleID: title, Start: at(5, 8), End: at(5, 18)})
	must(t, b, err)
	b, err = h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{LocationID: &tower.ID, AreaID: ptr("")})
	must(t, b, err)
	_, file := h.feed(h.admin, studio.FeedLocation, twin.ID)
	f := &follows{h: h, files: []string{file}}
	f.read("at first")
	must(t, 0, errOf(h.MergeLocation(ctx, h.admin, twin.ID, twin.Rev, studio.PlaceMergeIn{Into: theatre.ID})))
	h.same("after the merge", f.shows(0), "03-05T08 CANCELLED 《娇藏京枝》金沙湖大剧院 · 观众厅（已取消）")
	b, err = h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{LocationID: &theatre.ID})
	must(t, b, err)
	f.read("and it comes back there")
	h.same("what stands there", f.shows(0), "03-05T08 TENTATIVE 《娇藏京枝》金沙湖大剧院（暂定）")
}

func TestABookingIsGivenOnlyByRight(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	l := h.place("金沙湖大剧院")
	in := slotsSeries(l, title, "2027-03-10", 1)
	got, err := h.BookSeries(ctx, h.admin, in)
	b := *must(t, got, err).Slots[0].Booking
	scout := studiotest.Person(t, h.Studio, h.admin, "chen", studio.Member, title, studio.RoleScout)
	refused(t, errOf(h.EditBooking(ctx, scout, b.ID, b.Rev, studio.BookingEdit{TitleID: &other})), "unknown.title")
	refused(t, errOf(h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{TitleID: ptr("x")})), "unknown.title")
	b, err = h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{TitleID: &other})
	if must(t, b, err); b.Title != "昼以继夜" || b.SeriesID != "" {
		t.Errorf("got %+v", b)
	}
	for id, verb := range map[string]string{title: "booking.given", other: "booking.taken"} {
		log, err := h.Activities(ctx, h.admin, id, studio.Page{})
		if must(t, log, err); log.Items[0].Verb != verb {
			t.Errorf("the history says %s, not %s", log.Items[0].Verb, verb)
		}
	}
}

func TestWhoIsTakenOffACallSheetKeepsTheDayAsCalledOff(t *testing.T) {
	w := newCallDesk(t)
	ctx := t.Context()
	gaffer := studiotest.Person(t, w.Studio, w.admin, "zhao", studio.Member, w.titleID, studio.RoleOperator)
	guest := studiotest.Person(t, w.Studio, w.admin, "wang", studio.Member, w.titleID, studio.RoleOperator)
	_, own := w.feed(gaffer, studio.FeedPerson, "")
	_, guests := w.feed(guest, studio.FeedPerson, "")
	_, ofTitle := w.feed(gaffer, studio.FeedTitle, w.titleID)
	f := &follows{h: w.house, files: []string{own, ofTitle, guests}}
	crew := func(rows ...studio.CallCrew) {
		w.typed(func(in *studio.CallTyped) { in.Crew = rows })
	}
	unnamed := studio.CallCrew{Department: "灯光", Name: "赵师傅", Call: "06:30"}
	named := unnamed
	named.PersonID = gaffer.Person.ID
	crew(named)
	f.read("before it is issued")
	w.issue()
	f.read("issued")
	on := "03-02T08 CONFIRMED 《娇藏京枝》拍摄"
	off := "03-02T08 CANCELLED 《娇藏京枝》拍摄（已取消）"
	h, days := w.house, f.shows(1)
	h.same("called", f.shows(0), on)
	crew(unnamed)
	w.issue()
	f.read("off in the second version")
	h.same("off by a version", f.shows(0), off)
	h.same("the title's calendar stays", f.shows(1), days)
	crew(named)
	h.same("not before it is issued", f.shows(0), off)
	w.issue()
	f.read("on in the third")
	h.same("on again", f.shows(0), on)
	id := func(who studio.Actor) string {
		p, err := w.CallSheet(ctx, w.admin, w.sheet.Sheet.ID, 0)
		for _, r := range must(t, p, err).Recipients {
			if r.PersonID == who.Person.ID {
				return r.ID
			}
		}
		t.Fatalf("%s does not get it", who.Person.Name)
		return ""
	}
	must(t, 0, w.RemoveRecipient(ctx, w.admin, w.sheet.Sheet.ID, id(gaffer)))
	f.read("taken off by hand")
	h.same("off by hand", f.shows(0), off)
	crew(named, studio.CallCrew{Department: "摄影", Name: "周", Call: "07:00"})
	w.issue()
	f.read("a version that does not call them back")
	h.same("still off", f.shows(0), off)
	w.add(studio.RecipientIn{PersonID: gaffer.Person.ID})
	f.read("put on by hand")
	h.same("on by hand", f.shows(0), on)
	w.add(studio.RecipientIn{PersonID: guest.Person.ID})
	f.read("a guest")
	crew(named)
	w.issue()
	f.read("a guest never stood on it")
	h.same("and gets it all the same", f.shows(2), on)
	must(t, 0, w.RemoveRecipient(ctx, w.admin, w.sheet.Sheet.ID, id(guest)))
	f.read("the guest is off")
	h.same("off", f.shows(2), off)
	if got := h.entries(own); len(got) != 1 || strings.Contains(fmt.Sprint(got), gaffer.Person.ID) {
		t.Errorf("their calendar has %v", got)
	}
}

func TestWhoWasNeverCalledIsNotCalledOff(t *testing.T) {
	w := newCallDesk(t)
	guest := studiotest.Person(t, w.Studio, w.admin, "wang", studio.Member, w.titleID, studio.RoleOperator)
	_, own := w.feed(guest, studio.FeedPerson, "")
	m := w.add(studio.RecipientIn{PersonID: guest.Person.ID})
	must(t, 0, w.RemoveRecipient(t.Context(), w.admin, w.sheet.Sheet.ID, m.Recipient.ID))
	w.issue()
	w.house.same("nothing was issued to them", w.dates(own), "")
}

func TestAPerformerWithAnotherAccount(t *testing.T) {
	w := newCallDesk(t)
	ctx := t.Context()
	first := studiotest.Person(t, w.Studio, w.admin, "shen", studio.Member, w.titleID, studio.RoleOperator)
	second := studiotest.Person(t, w.Studio, w.admin, "shen2", studio.Member, w.titleID, studio.RoleOperator)
	link := func(who studio.Actor) {
		p, err := w.EditPerformer(ctx, w.admin, w.star.ID, w.star.Rev, studio.PerformerIn{PersonID: &who.Person.ID})
		w.star = must(t, p, err)
	}
	link(first)
	w.issue()
	_, one := w.feed(first, studio.FeedPerson, "")
	_, two := w.feed(second, studio.FeedPerson, "")
	w.house.same("the first", w.dates(one), "03-02T08 CONFIRMED 《娇藏京枝》拍摄")
	link(second)
	w.typed(func(in *studio.CallTyped) { in.Weather = "雨" })
	w.issue()
	w.house.same("no longer theirs", w.dates(one), "03-02T08 CANCELLED 《娇藏京枝》拍摄（已取消）")
	w.house.same("but the second's", w.dates(two), "03-02T08 CONFIRMED 《娇藏京枝》拍摄")
}
