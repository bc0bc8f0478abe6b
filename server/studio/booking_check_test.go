package studio_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

// slotsPlace is a theatre with permitted hours, documents and the like put on without asking: other parts check what is typed.
func slotsPlace(h house, edit func(*studio.Location)) studio.Location {
	h.t.Helper()
	l := h.place("金沙湖大剧院", "大厅", "天台")
	if err := h.SetLocation(h.t.Context(), l.ID, edit); err != nil {
		h.t.Fatal(err)
	}
	l, err := h.Location(h.t.Context(), h.admin, l.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

// slotsKinds says what is in the way in short: hard overlap, soft hours.
func slotsKinds(in []studio.Clash) string {
	var out []string
	for _, x := range in {
		out = append(out, x.Level+" "+string(x.Kind))
	}
	return strings.Join(out, ", ")
}

func slotsAsk(l studio.Location, title string, from, to time.Time) studio.SlotAsk {
	return studio.SlotAsk{LocationID: l.ID, TitleID: title, Start: from, End: to}
}

func TestASlotIsCheckedBeforeItIsAskedFor(t *testing.T) {
	h := newHouse(t)
	mine, theirs := h.title("娇藏京枝"), h.title("昼以继夜")
	l := slotsPlace(h, func(l *studio.Location) {
		l.Hours = []studio.Hours{{From: "07:00", To: "22:00"}}
		l.Blackouts = []studio.Blackout{{ID: "k", AreaID: l.Areas[1].ID, Start: at(5, 12), End: at(5, 13), Reason: "检修"}}
	})
	held, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: l.Areas[0].ID, TitleID: theirs, Start: at(5, 8), End: at(5, 18), Status: studio.Confirmed})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: l.Areas[1].ID, TitleID: mine, Start: at(5, 9), End: at(5, 10)}); err != nil {
		t.Fatal(err)
	}
	t.Run("everything is named, the hardest first", func(t *testing.T) {
		got, err := h.CheckSlot(t.Context(), h.admin, slotsAsk(l, mine, at(5, 6), at(5, 18)))
		if err != nil || slotsKinds(got) != "hard overlap, hard blackout, soft hours, note tentative" {
			t.Fatalf("got %s, %v", slotsKinds(got), err)
		}
		for i, parts := range [][]string{{"《昼以继夜》", "金沙湖大剧院 · 大厅", "2027-03-05 08:00–18:00", "李丽"}, {"天台", "12:00–13:00", "检修"}, {"06:00–07:00", "每天 07:00–22:00"}, {"《娇藏京枝》", "暂定"}} {
			for _, p := range parts {
				if !strings.Contains(got[i].ZH, p) {
					t.Errorf("%q does not name %q", got[i].ZH, p)
				}
			}
			if got[i].EN == "" || strings.HasSuffix(got[i].EN, ".") {
				t.Errorf("the English is %q", got[i].EN)
			}
		}
		if got[0].Booking == nil || got[0].Booking.ID != held.ID {
			t.Errorf("the holder is %+v", got[0].Booking)
		}
	})
	t.Run("a booking is not in its own way", func(t *testing.T) {
		ask := slotsAsk(l, theirs, at(5, 8), at(5, 19))
		ask.ID, ask.AreaID = held.ID, l.Areas[0].ID
		if got, err := h.CheckSlot(t.Context(), h.admin, ask); err != nil || len(got) > 0 {
			t.Fatalf("got %s, %v", slotsKinds(got), err)
		}
	})
	t.Run("a title that one does not see is not named", func(t *testing.T) {
		got, err := h.CheckSlot(t.Context(), h.as(studio.RoleScout, mine), slotsAsk(l, mine, at(5, 8), at(5, 9)))
		if err != nil || len(got) == 0 || strings.Contains(got[0].ZH+got[0].EN+got[0].Booking.TitleID+got[0].Booking.Title, "昼以继夜") {
			t.Fatalf("got %+v, %v", got, err)
		}
		_, err = h.CheckSlot(t.Context(), h.as(studio.RoleScout, mine), slotsAsk(l, theirs, at(5, 8), at(5, 9)))
		refused(t, err, "unknown.title")
		_, err = h.CheckSlot(t.Context(), h.as(studio.RoleViewer, mine), slotsAsk(l, mine, at(5, 8), at(5, 9)))
		refused(t, err, "forbidden.booking.edit")
	})
}

func TestSlotsThatCannotBeAsked(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	for name, c := range map[string]struct {
		code  string
		spoil func(*studio.SlotAsk)
	}{
		"an empty slot":       {"invalid.end", func(a *studio.SlotAsk) { a.End = a.Start }},
		"a year far off":      {"invalid.start", func(a *studio.SlotAsk) { a.Start = a.Start.AddDate(-900, 0, 0) }},
		"an unknown place":    {"unknown.location", func(a *studio.SlotAsk) { a.LocationID = "x" }},
		"an unknown area":     {"invalid.area_id", func(a *studio.SlotAsk) { a.AreaID = "x" }},
		"an unknown title":    {"unknown.title", func(a *studio.SlotAsk) { a.TitleID = "x" }},
		"an unknown booking":  {"unknown.booking", func(a *studio.SlotAsk) { a.ID = "x" }},
		"an unknown zone":     {"invalid.zone", func(a *studio.SlotAsk) { a.Zone = "Asia/Atlantis" }},
		"the machine's zone":  {"invalid.zone", func(a *studio.SlotAsk) { a.Zone = "Local" }},
		"a zone out of a dir": {"invalid.zone", func(a *studio.SlotAsk) { a.Zone = "../../etc/passwd" }},
	} {
		t.Run(name, func(t *testing.T) {
			ask := slotsAsk(l, title, at(5, 8), at(5, 18))
			c.spoil(&ask)
			_, err := h.CheckSlot(t.Context(), h.admin, ask)
			refused(t, err, c.code)
		})
	}
}

func TestPermittedHours(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	// 5 March 2027 is a Friday.
	for _, c := range []struct {
		name     string
		hours    []studio.Hours
		from, to time.Time
		outside  string
	}{
		{"none are said", nil, at(5, 0), at(8, 0), ""},
		{"inside", []studio.Hours{{From: "08:00", To: "18:00"}}, at(5, 8), at(5, 18), ""},
		{"too early", []studio.Hours{{From: "08:00", To: "18:00"}}, at(5, 7), at(5, 18), "07:00–08:00"},
		{"too late", []studio.Hours{{From: "08:00", To: "18:00"}}, at(5, 17), at(5, 19), "18:00–19:00"},
		{"over night", []studio.Hours{{From: "08:00", To: "18:00"}}, at(5, 17), at(6, 9), "2027-03-05 18:00 – 2027-03-06 08:00"},
		{"another weekday", []studio.Hours{{Weekdays: []int{1, 6}, From: "08:00", To: "18:00"}}, at(5, 8), at(5, 18), "08:00–18:00"},
		{"the right weekday", []studio.Hours{{Weekdays: []int{1, 5}, From: "08:00", To: "18:00"}}, at(5, 8), at(5, 18), ""},
		{"hours past midnight", []studio.Hours{{Weekdays: []int{5}, From: "20:00", To: "06:00"}}, at(5, 20), at(6, 6), ""},
		{"the morning of the day before", []studio.Hours{{Weekdays: []int{4}, From: "20:00", To: "06:00"}}, at(5, 5), at(5, 6), ""},
		{"that morning too long", []studio.Hours{{Weekdays: []int{4}, From: "20:00", To: "06:00"}}, at(5, 5), at(5, 7), "06:00–07:00"},
		{"two parts that touch", []studio.Hours{{From: "12:00", To: "24:00"}, {From: "00:00", To: "12:00"}}, at(5, 3), at(9, 3), ""},
		{"a break at noon", []studio.Hours{{From: "00:00", To: "12:00"}, {From: "13:00", To: "24:00"}}, at(5, 3), at(5, 20), "12:00–13:00"},
		{"the whole day", []studio.Hours{{From: "00:00", To: "00:00"}}, at(5, 3), at(9, 3), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := slotsPlace(h, func(l *studio.Location) { l.Hours = c.hours })
			got, err := h.CheckSlot(t.Context(), h.admin, slotsAsk(l, title, c.from, c.to))
			if err != nil {
				t.Fatal(err)
			}
			if c.outside == "" {
				if len(got) > 0 {
					t.Fatalf("got %s", got[0].ZH)
				}
				return
			}
			if slotsKinds(got) != "soft hours" || !strings.Contains(got[0].ZH, c.outside) || !strings.Contains(got[0].EN, c.outside) {
				t.Fatalf("got %s: %+v", slotsKinds(got), got)
			}
		})
	}
	t.Run("in the zone of the booking", func(t *testing.T) {
		l := slotsPlace(h, func(l *studio.Location) { l.Hours = []studio.Hours{{From: "08:00", To: "18:00"}} })
		ask := slotsAsk(l, title, at(5, 15), at(5, 20)) // 08:00–13:00 in Berlin
		ask.Zone = "Europe/Berlin"
		if got, err := h.CheckSlot(t.Context(), h.admin, ask); err != nil || len(got) > 0 {
			t.Fatalf("got %s, %v", slotsKinds(got), err)
		}
	})
}

func TestPapersOfAPlace(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	doc := func(kind studio.DocumentKind, name, from, until string) studio.PlaceDocument {
		return studio.PlaceDocument{Kind: kind, Name: name, From: from, Until: until}
	}
	for _, c := range []struct {
		name string
		docs []studio.PlaceDocument
		said string // empty: nothing is in the way
	}{
		{"without dates", []studio.PlaceDocument{doc(studio.DocPermit, "", "", "")}, ""},
		{"ends on the day", []studio.PlaceDocument{doc(studio.DocPermit, "", "", "2027-03-05")}, ""},
		{"ended the day before", []studio.PlaceDocument{doc(studio.DocPermit, "拍摄许可", "", "2027-03-04")}, "许可“拍摄许可”只到 2027-03-04"},
		{"begins the day after", []studio.PlaceDocument{doc(studio.DocInsurance, "", "2027-03-06", "")}, "保险从 2027-03-06 起"},
		{"begins on the day", []studio.PlaceDocument{doc(studio.DocContract, "", "2027-03-05", "2027-03-05")}, ""},
		{"another paper", []studio.PlaceDocument{doc(studio.DocOther, "平面图", "", "2020-01-01")}, ""},
		{"carried on by another", []studio.PlaceDocument{doc(studio.DocPermit, "许可", "2026-01-01", "2026-12-31"), doc(studio.DocPermit, "许可", "2027-01-01", "")}, ""},
		{"carried on too late", []studio.PlaceDocument{doc(studio.DocPermit, "许可", "2026-01-01", "2026-12-31"), doc(studio.DocPermit, "许可", "2027-04-01", "")}, "只到 2026-12-31"},
		{"another kind holds", []studio.PlaceDocument{doc(studio.DocPermit, "", "", "2027-03-01"), doc(studio.DocContract, "", "", "2030-03-01")}, "许可只到 2027-03-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := slotsPlace(h, func(l *studio.Location) { l.Documents = c.docs })
			got, err := h.CheckSlot(t.Context(), h.admin, slotsAsk(l, title, at(5, 8), at(5, 18)))
			if err != nil || c.said == "" && len(got) > 0 || c.said != "" && (slotsKinds(got) != "soft document" || !strings.Contains(got[0].ZH, c.said)) {
				t.Fatalf("got %+v, %v", got, err)
			}
		})
	}
	t.Run("which ends during a night slot", func(t *testing.T) {
		l := slotsPlace(h, func(l *studio.Location) {
			l.Documents = []studio.PlaceDocument{doc(studio.DocPermit, "", "", "2027-03-05")}
		})
		if got, err := h.CheckSlot(t.Context(), h.admin, slotsAsk(l, title, at(5, 20), at(6, 1))); err != nil || slotsKinds(got) != "soft document" {
			t.Fatalf("got %s, %v", slotsKinds(got), err)
		}
	})
}

func TestSoftConflictsNeedAReason(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	l := slotsPlace(h, func(l *studio.Location) { l.Hours = []studio.Hours{{From: "08:00", To: "18:00"}} })
	in := studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(5, 8), End: at(5, 20), Status: studio.Confirmed}
	_, err := h.Book(t.Context(), h.admin, in)
	if e := refused(t, err, "booking.soft"); !strings.Contains(e.Text.ZH, "18:00–20:00") || !strings.Contains(e.Text.EN, "permitted hours") {
		t.Fatalf("got %s %s", e.Text.ZH, e.Text.EN)
	}
	in.Reason = "  \t"
	_, err = h.Book(t.Context(), h.admin, in)
	refused(t, err, "booking.soft")
	in.Reason = strings.Repeat("长", 201)
	_, err = h.Book(t.Context(), h.admin, in)
	refused(t, err, "invalid.reason")
	in.Status, in.Reason = studio.Tentative, ""
	b, err := h.Book(t.Context(), h.admin, in)
	if err != nil || len(b.Overrides) > 0 {
		t.Fatalf("a tentative one: %+v, %v", b, err)
	}
	edit := func(e studio.BookingEdit) error {
		got, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, e)
		if err == nil {
			b = got
		}
		return err
	}
	refused(t, edit(studio.BookingEdit{Status: ptr(studio.Confirmed)}), "booking.soft")
	if err := edit(studio.BookingEdit{Status: ptr(studio.Confirmed), Reason: " 物业同意加班 "}); err != nil {
		t.Fatal(err)
	}
	if o := b.Overrides; len(o) != 1 || o[0].Kind != studio.ClashHours || o[0].Reason != "物业同意加班" || o[0].By != h.admin.Person.ID || o[0].At.IsZero() {
		t.Fatalf("got %+v", o)
	}
	log, err := h.Activities(t.Context(), h.admin, title, studio.Page{})
	if err != nil || !slices.ContainsFunc(log.Items, func(a studio.Activity) bool {
		return a.Verb == "booking.accepted" && a.Params["reason"] == "物业同意加班" && a.Params["conflicts"] == "hours"
	}) {
		t.Fatalf("the history does not tell: %+v, %v", log.Items, err)
	}
	if err := edit(studio.BookingEdit{Note: ptr("带发电车")}); err != nil || len(b.Overrides) != 1 {
		t.Fatalf("a note needs no reason again: %v, %+v", err, b.Overrides)
	}
	refused(t, edit(studio.BookingEdit{End: ptr(at(5, 22))}), "booking.soft")
	if err := edit(studio.BookingEdit{End: ptr(at(5, 18))}); err != nil || len(b.Overrides) != 0 {
		t.Fatalf("back inside the hours: %v, %+v", err, b.Overrides)
	}
}

func TestNoReasonOverridesWhatIsHard(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	l := slotsPlace(h, func(l *studio.Location) {
		l.Blackouts = []studio.Blackout{{ID: "k", Start: at(6, 0), End: at(7, 0), Reason: "演出"}}
	})
	in := studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(5, 8), End: at(5, 18), Status: studio.Confirmed}
	if _, err := h.Book(t.Context(), h.admin, in); err != nil {
		t.Fatal(err)
	}
	in.Reason = "无论如何"
	_, err := h.Book(t.Context(), h.admin, in)
	refused(t, err, "booking.overlap")
	in.Start, in.End = at(5, 20), at(6, 1)
	_, err = h.Book(t.Context(), h.admin, in)
	if e := refused(t, err, "booking.blackout"); !strings.Contains(e.Text.ZH, "演出") {
		t.Fatalf("got %s", e.Text.ZH)
	}
	in.Status = studio.Tentative
	if _, err := h.Book(t.Context(), h.admin, in); err != nil {
		t.Fatalf("a tentative one only shows it: %v", err)
	}
}

func TestABookingMovesToAnotherPlace(t *testing.T) {
	h := newHouse(t)
	title, from, to := h.title("娇藏京枝"), h.place("金沙湖大剧院", "大厅"), h.place("旧码头", "仓库")
	in := studio.BookingIn{LocationID: from.ID, AreaID: from.Areas[0].ID, TitleID: title, Start: at(5, 8), End: at(5, 18), Status: studio.Confirmed}
	b, err := h.Book(t.Context(), h.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{LocationID: &to.ID})
	refused(t, err, "invalid.area_id")
	in.LocationID, in.AreaID = to.ID, ""
	other, err := h.Book(t.Context(), h.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	move := studio.BookingEdit{LocationID: &to.ID, AreaID: &to.Areas[0].ID}
	_, err = h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, move)
	refused(t, err, "booking.overlap")
	if _, err := h.EditBooking(t.Context(), h.admin, other.ID, other.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)}); err != nil {
		t.Fatal(err)
	}
	got, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, move)
	if err != nil || got.Location != "旧码头" || got.Area != "仓库" || got.Status != studio.Confirmed || got.Zone != "Asia/Shanghai" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if left, err := h.LocationBookings(t.Context(), h.admin, from.ID, at(1, 0), at(9, 0)); err != nil || len(left) > 0 {
		t.Fatalf("it is still there: %+v, %v", left, err)
	}
}

func TestAMergedPlaceCannotBeBooked(t *testing.T) {
	h := newHouse(t)
	title, into := h.title("娇藏京枝"), h.place("金沙湖大剧院")
	l := slotsPlace(h, func(l *studio.Location) { l.MergedInto = into.ID })
	_, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, TitleID: title, Start: at(5, 8), End: at(5, 18)})
	if e := refused(t, err, "location.merged"); !strings.Contains(e.Text.ZH, "金沙湖大剧院") {
		t.Fatalf("got %s", e.Text.ZH)
	}
}

func TestBlackouts(t *testing.T) {
	h := newHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院", "大厅", "天台")
	hall, roof := l.Areas[0].ID, l.Areas[1].ID
	if _, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: hall, TitleID: title, Start: at(5, 8), End: at(5, 18), Status: studio.Confirmed}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: roof, TitleID: title, Start: at(5, 8), End: at(5, 18)}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, code string
		in         studio.BlackoutIn
	}{
		{"over a confirmed booking", "location.booked", studio.BlackoutIn{Start: at(5, 17), End: at(6, 0)}},
		{"of that area", "location.booked", studio.BlackoutIn{AreaID: hall, Start: at(5, 17), End: at(6, 0)}},
		{"an empty one", "invalid.end", studio.BlackoutIn{Start: at(6, 0), End: at(6, 0)}},
		{"without times", "invalid.start", studio.BlackoutIn{}},
		{"of more than a year", "invalid.end", studio.BlackoutIn{Start: at(6, 0), End: at(6, 0).AddDate(1, 0, 2)}},
		{"of an unknown area", "invalid.area_id", studio.BlackoutIn{AreaID: "x", Start: at(6, 0), End: at(7, 0)}},
		{"with a long reason", "invalid.reason", studio.BlackoutIn{Start: at(6, 0), End: at(7, 0), Reason: strings.Repeat("x", 201)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := h.AddBlackout(t.Context(), h.admin, l.ID, c.in)
			if e := refused(t, err, c.code); c.code == "location.booked" && !strings.Contains(e.Text.ZH, "《娇藏京枝》") {
				t.Errorf("%q does not name the holder", e.Text.ZH)
			}
		})
	}
	for _, in := range []studio.BlackoutIn{{Start: at(5, 18), End: at(6, 0), Reason: "演出"}, {AreaID: roof, Start: at(5, 8), End: at(5, 9)}} {
		got, err := h.AddBlackout(t.Context(), h.admin, l.ID, in)
		if err != nil {
			t.Fatalf("touching a booking, or over a tentative one: %v", err)
		}
		l = got
	}
	if len(l.Blackouts) != 2 || l.Blackouts[0].AreaID != roof || l.Blackouts[1].Reason != "演出" {
		t.Fatalf("got %+v", l.Blackouts)
	}
	_, err := h.RemoveBlackout(t.Context(), h.admin, l.ID, "x", l.Rev)
	refused(t, err, "unknown.blackout")
	got, err := h.RemoveBlackout(t.Context(), h.admin, l.ID, l.Blackouts[0].ID, l.Rev)
	if err != nil || len(got.Blackouts) != 1 {
		t.Fatalf("got %+v, %v", got.Blackouts, err)
	}
	_, err = h.AddBlackout(t.Context(), h.as(studio.RoleViewer, title), l.ID, studio.BlackoutIn{Start: at(9, 0), End: at(10, 0)})
	refused(t, err, "forbidden.location.edit")
	t.Run("go with their area", func(t *testing.T) {
		l, err := h.AddBlackout(t.Context(), h.admin, l.ID, studio.BlackoutIn{AreaID: h.place("别处", "x").Areas[0].ID, Start: at(9, 0), End: at(10, 0)})
		refused(t, err, "invalid.area_id")
		l = h.place("旧码头", "仓库")
		if l, err = h.AddBlackout(t.Context(), h.admin, l.ID, studio.BlackoutIn{AreaID: l.Areas[0].ID, Start: at(9, 0), End: at(10, 0)}); err != nil {
			t.Fatal(err)
		}
		l, err = h.EditLocation(t.Context(), h.admin, l.ID, l.Rev, studio.LocationIn{Areas: &[]studio.AreaIn{}})
		if err != nil || len(l.Blackouts) > 0 {
			t.Fatalf("got %+v, %v", l.Blackouts, err)
		}
	})
}
