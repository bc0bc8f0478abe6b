package studio_test

import (
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

const confirmHead = "取景地,分区,剧目,日期,时间,状态\n"

// asked is a tentative booking of the hall on a day of December 2026.
func (h house) asked(title string, l studio.Location, day int) studio.BookingRow {
	h.t.Helper()
	zone := time.FixedZone("CST", 8*3600)
	b, err := h.Book(h.t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: l.Areas[0].ID, TitleID: title, Note: "先占着",
		Start: time.Date(2026, 12, day, 8, 0, 0, 0, zone), End: time.Date(2026, 12, day, 18, 0, 0, 0, zone)})
	return must(h.t, b, err)
}

func states(p studio.SlotPreview) string {
	var out []string
	for _, r := range p.Rows {
		out = append(out, r.State)
	}
	return strings.Join(out, " ")
}

func TestARowConfirmsWhatIsThere(t *testing.T) {
	h := slotsHouse(t)
	ctx := t.Context()
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院", "大厅", "天台")
	b, kept := h.asked(title, l, 3), h.asked(title, l, 4)
	row := func(area, day, status string) string {
		return "金沙湖大剧院," + area + ",娇藏京枝,12月" + day + "日,8:00-18:00," + status + "\n"
	}
	p := h.previewSlots(h.admin, confirmHead+row("大厅", "3", "确认")+row("大厅", "4", "暂定")+row("天台", "3", "确认")+row("大厅", "3", "确认"))
	h.same("the dry run", states(p), "confirm same new same")
	if p.Confirm != 1 || p.New != 1 || p.Same != 2 || p.Rows[3].WithRow != 2 || p.Rows[0].Slot.ID != b.ID || p.Rows[0].Slot.Status != studio.Confirmed || p.Rows[0].Slot.Note != "先占着" {
		t.Errorf("the dry run: %+v", p)
	}
	in := studio.KeptSlots{SHA256: p.SHA256, Choice: p.Choice}
	got, err := h.ImportSlots(ctx, h.admin, in)
	if must(t, got, err); len(got.Confirmed) != 1 || len(got.Bookings) != 1 || got.Same != 2 || got.Confirmed[0].ID != b.ID || got.Confirmed[0].Status != studio.Confirmed || got.Confirmed[0].Rev != b.Rev+1 {
		t.Fatalf("got %+v", got)
	}
	all, err := h.TitleBookings(ctx, h.admin, title)
	if must(t, all, err); len(all) != 3 || all[2].Status != studio.Tentative || all[2].Rev != kept.Rev {
		t.Errorf("there are %+v", all)
	}
	log, err := h.Activities(ctx, h.admin, title, studio.Page{})
	if must(t, log, err); log.Items[0].Verb != "booking.import_confirmed" || log.Items[0].Params["n"] != "1" || log.Items[1].Verb != "booking.imported" {
		t.Errorf("the history says %+v", log.Items[:2])
	}
	again, err := h.PreviewKeptSlots(ctx, h.admin, in)
	h.same("again", states(must(t, again, err)), "same same same same")
	got, err = h.ImportSlots(ctx, h.admin, in)
	if must(t, got, err); len(got.Confirmed)+len(got.Bookings) != 0 || got.Same != 4 {
		t.Errorf("again: %+v", got)
	}
	b, err = h.EditBooking(ctx, h.admin, b.ID, b.Rev+1, studio.BookingEdit{Status: ptr(studio.Tentative)})
	if must(t, b, err); b.Note != "先占着" || len(b.Overrides) != 0 {
		t.Errorf("taken back: %+v", b)
	}
}

func TestARowThatMayNotConfirm(t *testing.T) {
	h := slotsHouse(t)
	ctx := t.Context()
	title, other, l := h.title("娇藏京枝"), h.title("昼以继夜"), h.place("金沙湖大剧院", "大厅", "天台")
	b := h.asked(title, l, 3)
	rival := h.asked(other, l, 3)
	row := "金沙湖大剧院,大厅,娇藏京枝,12月3日,8:00-18:00,确认\n"
	both := h.previewSlots(h.admin, confirmHead+row+"金沙湖大剧院,大厅,昼以继夜,12月3日,8:00-18:00,确认\n")
	h.same("of two rows the first confirms", states(both), "confirm blocked")
	if n := len(both.Rows[1].Conflicts); n != 1 || both.Rows[1].WithRow != 2 {
		t.Errorf("it is told %d times: %+v", n, both.Rows[1])
	}
	must(t, 0, errOf(h.EditBooking(ctx, h.admin, rival.ID, rival.Rev, studio.BookingEdit{Status: ptr(studio.Confirmed)})))
	p := h.previewSlots(h.admin, confirmHead+row)
	h.same("held by another", states(p), "blocked")
	in := studio.KeptSlots{SHA256: p.SHA256, Choice: p.Choice}
	if e := refused(t, errOf(h.ImportSlots(ctx, h.admin, in)), "slots.blocked"); !strings.Contains(e.Text.ZH, "昼以继夜") {
		t.Errorf("got %s", e.Text.ZH)
	}
	all, err := h.TitleBookings(ctx, h.admin, title)
	if must(t, all, err); all[0].Status != studio.Tentative || all[0].Rev != b.Rev {
		t.Errorf("it was changed: %+v", all[0])
	}
}

func TestARowThatNeedsAReasonToConfirm(t *testing.T) {
	h := slotsHouse(t)
	ctx := t.Context()
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院", "大厅")
	l, err := h.EditLocation(ctx, h.admin, l.ID, l.Rev, studio.LocationIn{Hours: &[]studio.Hours{{From: "06:00", To: "12:00"}}})
	must(t, l, err)
	h.asked(title, l, 3)
	p := h.previewSlots(h.admin, confirmHead+"金沙湖大剧院,大厅,娇藏京枝,12月3日,8:00-18:00,确认\n")
	if p.Confirm != 1 || p.Soft != 1 {
		t.Fatalf("got %+v", p)
	}
	in := studio.KeptSlots{SHA256: p.SHA256, Choice: p.Choice}
	refused(t, errOf(h.ImportSlots(ctx, h.admin, in)), "booking.soft")
	in.Reason = "与剧院说好了"
	got, err := h.ImportSlots(ctx, h.admin, in)
	if must(t, got, err); len(got.Confirmed) != 1 || got.Confirmed[0].Overrides[0].Reason != "与剧院说好了" {
		t.Errorf("got %+v", got)
	}
}

func TestALaterRowConfirmsAnEarlierOne(t *testing.T) {
	h := slotsHouse(t)
	ctx := t.Context()
	title, _ := h.title("娇藏京枝"), h.place("金沙湖大剧院", "大厅")
	p := h.previewSlots(h.admin, confirmHead+"金沙湖大剧院,大厅,娇藏京枝,12月3日,8:00-18:00,暂定\n金沙湖大剧院,大厅,娇藏京枝,12月3日,8:00-18:00,确认\n")
	h.same("the dry run", states(p), "new confirm")
	got, err := h.ImportSlots(ctx, h.admin, studio.KeptSlots{SHA256: p.SHA256, Choice: p.Choice})
	if must(t, got, err); len(got.Bookings) != 1 || len(got.Confirmed) != 0 || got.Bookings[0].Status != studio.Confirmed {
		t.Errorf("got %+v", got)
	}
	all, err := h.TitleBookings(ctx, h.admin, title)
	if must(t, all, err); len(all) != 1 || all[0].Status != studio.Confirmed {
		t.Errorf("there are %+v", all)
	}
}
