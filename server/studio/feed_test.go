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

	reader "github.com/emersion/go-ical"
)

// feed makes a feed and gives the file that its address ends with.
func (h house) feed(by studio.Actor, kind studio.FeedKind, id string) (studio.Feed, string) {
	h.t.Helper()
	m, err := h.MakeFeed(h.t.Context(), by, studio.FeedIn{Kind: kind, ObjectID: id})
	file, ok := strings.CutPrefix(must(h.t, m, err).Path, "/calendar/")
	if !ok {
		h.t.Fatalf("the address is %q", m.Path)
	}
	return m.Feed, file
}

// dates reads a calendar with another program's reader: a line for each event, by start.
func (h house) dates(file string) string {
	h.t.Helper()
	d, err := h.Calendar(h.t.Context(), file)
	must(h.t, d, err)
	c, err := reader.NewDecoder(bytes.NewReader(d.Data)).Decode()
	if err != nil {
		h.t.Fatalf("another reader: %v in\n%s", err, d.Data)
	}
	var out []string
	for _, e := range c.Events() {
		text := func(name string) string {
			s, err := e.Props.Text(name)
			return must(h.t, s, err)
		}
		start, err := e.DateTimeStart(time.UTC)
		must(h.t, start, err)
		out = append(out, fmt.Sprintf("%s %s %s", start.In(at(1, 0).Location()).Format("01-02T15"), text(reader.PropStatus), text(reader.PropSummary)))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func TestCalendarFeeds(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	c.pass(at(1, 0).Sub(c.Now()))
	title, other, l := h.title("娇藏京枝"), h.title("昼以继夜"), h.place("金沙湖大剧院", "观众厅")
	book := func(titleID, area string, day int, status studio.BookingStatus) studio.BookingRow {
		b, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, AreaID: area, TitleID: titleID, Start: at(day, 20), End: at(day+1, 2), Status: status, Note: "电话 13800000000"})
		return must(t, b, err)
	}
	book(title, l.Areas[0].ID, 3, studio.Tentative)
	b := book(title, "", 5, studio.Confirmed)
	book(other, "", 7, studio.Confirmed)
	scout := studiotest.Person(t, h.Studio, h.admin, "chen", studio.Member, title, studio.RoleScout)
	_, ofTitle := h.feed(scout, studio.FeedTitle, title)
	_, ofPlace := h.feed(scout, studio.FeedLocation, l.ID)
	_, mine := h.feed(h.admin, studio.FeedPerson, "")
	h.same("the title's calendar", h.dates(ofTitle), "03-03T20 TENTATIVE 《娇藏京枝》金沙湖大剧院 · 观众厅（暂定）\n03-05T20 CONFIRMED 《娇藏京枝》金沙湖大剧院")
	h.same("the place's calendar", h.dates(ofPlace), "03-03T20 TENTATIVE 《娇藏京枝》金沙湖大剧院 · 观众厅（暂定）\n03-05T20 CONFIRMED 《娇藏京枝》金沙湖大剧院\n03-07T20 CONFIRMED 已预订 金沙湖大剧院")
	if n := strings.Count(h.dates(mine), "\n"); n != 2 {
		t.Errorf("who booked sees %d", n+1)
	}
	t.Run("what is cancelled does not vanish, and counts on", func(t *testing.T) {
		before := h.lineOf(ofTitle, b.ID, "SEQUENCE")
		off := studio.Dropped
		must(t, 0, errOf(h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{Status: &off})))
		if got := h.dates(ofTitle); !strings.Contains(got, "03-05T20 CANCELLED 《娇藏京枝》金沙湖大剧院（已取消）") {
			t.Errorf("got %s", got)
		}
		if after := h.lineOf(ofTitle, b.ID, "SEQUENCE"); after <= before || h.lineOf(ofPlace, b.ID, "UID") != h.lineOf(ofTitle, b.ID, "UID") {
			t.Errorf("%s after %s", after, before)
		}
	})
	t.Run("nor does a day that is called off", func(t *testing.T) {
		d, err := h.AddDay(ctx, h.admin, title, studio.DayIn{Date: ptr("2027-03-09")})
		day := must(t, d, err).Day
		if got := h.dates(ofTitle); !strings.Contains(got, "03-09T08 CONFIRMED 《娇藏京枝》第 1 拍摄日") {
			t.Errorf("got %s", got)
		}
		before := h.lineOf(ofTitle, day.ID, "SEQUENCE")
		must(t, 0, h.DeleteDay(ctx, h.admin, day.ID, day.Rev))
		if got := h.dates(ofTitle); !strings.Contains(got, "03-09T08 CANCELLED 《娇藏京枝》拍摄（已取消）") || h.lineOf(ofTitle, day.ID, "SEQUENCE") <= before {
			t.Errorf("got %s", got)
		}
	})
	t.Run("no phone number stands in it", func(t *testing.T) {
		for _, f := range []string{ofTitle, ofPlace, mine} {
			d, err := h.Calendar(ctx, f)
			if bytes.Contains(must(t, d, err).Data, []byte("138")) {
				t.Errorf("got %s", d.Data)
			}
		}
	})
	t.Run("its last use is told", func(t *testing.T) {
		got, err := h.Feeds(ctx, scout)
		if must(t, got, err); len(got) != 2 || got[0].Used == nil || got[0].Kind != studio.FeedLocation || got[0].Name != "金沙湖大剧院" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("whoever leaves the title reads it no longer", func(t *testing.T) {
		m, err := h.Members(ctx, h.admin, title)
		i := slices.IndexFunc(must(t, m, err), func(x studio.MemberRow) bool { return x.PersonID == scout.Person.ID })
		must(t, 0, h.RemoveMember(ctx, h.admin, title, scout.Person.ID, m[i].Rev))
		refused(t, errOf(h.Calendar(ctx, ofTitle)), "unknown.feed")
		h.same("the place's calendar", h.dates(ofPlace), "03-03T20 TENTATIVE 已预订 金沙湖大剧院 · 观众厅（暂定）\n03-05T20 CANCELLED 已预订 金沙湖大剧院（已取消）\n03-07T20 CONFIRMED 已预订 金沙湖大剧院")
	})
}

// lineOf is a property of a booking's event, as it stands in the file.
func (h house) lineOf(file, id, name string) string {
	h.t.Helper()
	d, err := h.Calendar(h.t.Context(), file)
	c, err2 := reader.NewDecoder(bytes.NewReader(must(h.t, d, err).Data)).Decode()
	for _, e := range must(h.t, c, err2).Events() {
		if e.Props.Get(reader.PropUID).Value == id+"@chouka" {
			return e.Props.Get(name).Value
		}
	}
	h.t.Fatalf("no event of %s", id)
	return ""
}

func TestFeedsThatEnd(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	scout := studiotest.Person(t, h.Studio, h.admin, "chen", studio.Member, title, studio.RoleScout)
	f, file := h.feed(scout, studio.FeedTitle, title)
	must(t, 0, errOf(h.Calendar(ctx, file)))
	t.Run("only by its maker", func(t *testing.T) {
		refused(t, h.RevokeFeed(ctx, h.admin, f.ID, f.Rev), "unknown.feed")
		refused(t, h.RevokeFeed(ctx, scout, f.ID, f.Rev+1), "stale")
	})
	must(t, 0, h.RevokeFeed(ctx, scout, f.ID, f.Rev))
	for name, bad := range map[string]string{"ended": file, "nothing": "", "no ending": strings.TrimSuffix(file, ".ics"), "another secret": "0" + file[1:] + "0",
		"a mile of digits": strings.Repeat("0", 1<<20) + ".ics", "a path": "../../" + file} {
		t.Run(name, func(t *testing.T) { refused(t, errOf(h.Calendar(ctx, bad)), "unknown.feed") })
	}
	t.Run("with their maker", func(t *testing.T) {
		_, file := h.feed(scout, studio.FeedPerson, "")
		p, err := h.People(ctx, h.admin, studio.Page{})
		i := slices.IndexFunc(must(t, p, err).Items, func(x studio.Person) bool { return x.ID == scout.Person.ID })
		off := false
		must(t, 0, errOf(h.EditPerson(ctx, h.admin, scout.Person.ID, p.Items[i].Rev, studio.PersonEdit{Active: &off})))
		refused(t, errOf(h.Calendar(ctx, file)), "unknown.feed")
	})
	t.Run("what nobody may ask for", func(t *testing.T) {
		for code, in := range map[string]studio.FeedIn{"invalid.kind": {Kind: "house"}, "unknown.title": {Kind: studio.FeedTitle, ObjectID: "x"},
			"unknown.location": {Kind: studio.FeedLocation}, "invalid.lang": {Kind: studio.FeedPerson, Lang: "fr"}} {
			refused(t, errOf(h.MakeFeed(ctx, h.admin, in)), code)
		}
		for range 100 {
			must(t, 0, errOf(h.MakeFeed(ctx, h.admin, studio.FeedIn{Kind: studio.FeedPerson})))
		}
		refused(t, errOf(h.MakeFeed(ctx, h.admin, studio.FeedIn{Kind: studio.FeedPerson})), "feed.limit")
	})
}
