package studio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// slotsHouse is a house whose clock stands in November 2026.
func slotsHouse(t *testing.T) house {
	t.Helper()
	s, _ := studiotest.Open(t, (&clock{now: time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC)}).Now)
	return house{s, t, studiotest.Admin(t, s)}
}

func (h house) previewSlots(by studio.Actor, table string) studio.SlotPreview {
	h.t.Helper()
	got, err := h.PreviewSlots(h.t.Context(), by, studio.TableFile{Name: "档期.csv", Data: []byte(table)})
	if err != nil {
		h.t.Fatal(err)
	}
	return got
}

// slotsRows says what each row would do: 2 new 12-03 08:00–18:00.
func slotsRows(p studio.SlotPreview) string {
	zone := time.FixedZone("CST", 8*3600)
	var out []string
	for _, r := range p.Rows {
		s := fmt.Sprintf("%d %s", r.Row, r.State)
		if r.Slot != nil {
			s += " " + r.Slot.Start.In(zone).Format("06-01-02 15:04") + "–" + r.Slot.End.In(zone).Format("02 15:04")
		}
		for _, e := range r.Errors {
			s += " " + e.Code
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

// fortySlots is a table of 40 nights and days at the theatre without a clash.
func fortySlots() string {
	var b strings.Builder
	b.WriteString("拍摄日期,取景地,分区,剧目,时段,状态,备注\n")
	for i := range 40 {
		day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/2)
		area, when := "大厅", "08:00-18:00"
		if i%2 == 1 {
			area, when = "天台", "20:00–次日02:00"
		}
		fmt.Fprintf(&b, "%s,金沙湖大剧院,%s,《娇藏京枝》,%s,确认,第 %d 场\n", day.Format("2006/1/2"), area, when, i+1)
	}
	return b.String()
}

func TestFortySlotsAreImportedOnce(t *testing.T) {
	h := slotsHouse(t)
	title, l := h.title("娇藏京枝"), h.place("金沙湖大剧院", "大厅", "天台")
	p := h.previewSlots(h.admin, fortySlots())
	if p.New != 40 || p.Same+p.Blocked+p.Wrong+p.Soft != 0 || len(p.Rows) != 40 {
		t.Fatalf("got %d new, %d same, %d blocked, %d wrong:\n%s", p.New, p.Same, p.Blocked, p.Wrong, slotsRows(p))
	}
	kept := studio.KeptSlots{SHA256: p.SHA256, Choice: p.Choice}
	got, err := h.ImportSlots(t.Context(), h.admin, kept)
	if err != nil || len(got.Bookings) != 40 || got.Bookings[1].Area != "天台" || got.Bookings[1].Note != "第 2 场" || got.Bookings[0].Status != studio.Confirmed {
		t.Fatalf("got %+v, %v", got, err)
	}
	again, err := h.PreviewKeptSlots(t.Context(), h.admin, kept)
	if err != nil || again.Same != 40 || again.New != 0 {
		t.Fatalf("again: %d same, %d new, %v", again.Same, again.New, err)
	}
	got, err = h.ImportSlots(t.Context(), h.admin, kept)
	if err != nil || len(got.Bookings) != 0 || got.Same != 40 {
		t.Fatalf("again: %+v, %v", got, err)
	}
	all, err := h.TitleBookings(t.Context(), h.admin, title)
	if err != nil || len(all) != 40 || all[0].LocationID != l.ID || all[0].Zone != "Asia/Shanghai" {
		t.Fatalf("there are %d, %v", len(all), err)
	}
}

func TestWaysToWriteASlot(t *testing.T) {
	h := slotsHouse(t)
	h.title("娇藏京枝")
	l := h.place("金沙湖大剧院", "大厅")
	if _, err := h.EditLocation(t.Context(), h.admin, l.ID, l.Rev, studio.LocationIn{Aliases: &[]string{"Jinsha Lake Theatre"}}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ table, want string }{
		"headers in any order":    {"备注,结束,开始,日期,剧名,场地\n,18:00,8:00,2026-12-03,娇藏京枝,金沙湖大剧院", "2 new 26-12-03 08:00–03 18:00"},
		"english, with tabs":      {"Title\tLocation\tDate\tStart\tEnd\n娇藏京枝\tjinsha lake theatre\t2026-12-03\t8:00 AM\t6:00 PM", "2 new 26-12-03 08:00–03 18:00"},
		"one cell for both times": {"地点,日期,时间,剧目\n金沙湖大剧院,12月3日,20:00–次日02:00,娇藏京枝", "2 new 26-12-03 20:00–04 02:00"},
		"past midnight":           {"地点,日期,开始,结束,剧目\n金沙湖大剧院,2026年12月3日,20:00,2:00,娇藏京枝", "2 new 26-12-03 20:00–04 02:00"},
		"to midnight":             {"地点,日期,开始,结束,剧目\n金沙湖大剧院,2026年12月3日,20:00,24:00,娇藏京枝", "2 new 26-12-03 20:00–04 00:00"},
		"a whole day":             {"地点,日期,开始,结束,剧目\n金沙湖大剧院,2026年12月3日,8:00,8:00,娇藏京枝", "2 new 26-12-03 08:00–04 08:00"},
		"full times":              {"地点,开始时间,结束时间,剧目\n金沙湖大剧院,2026-12-31 20:00,2027-01-01 02:00,娇藏京枝", "2 new 26-12-31 20:00–01 02:00"},
		"next year without one":   {"地点,日期,时间,剧目\n金沙湖大剧院,1月5日,8-18,娇藏京枝", "2 new 27-01-05 08:00–05 18:00"},
		"into the next year":      {"地点,开始,结束,剧目\n金沙湖大剧院,12月31日 20:00,1月1日 2:00,娇藏京枝", "2 new 26-12-31 20:00–01 02:00"},
		"area in the same cell":   {"地点,日期,时间,剧目\n金沙湖大剧院·大厅,1月5日,8-18,娇藏京枝", "2 new 27-01-05 08:00–05 18:00"},
		"cancelled":               {"地点,日期,时间,剧目,状态\n金沙湖大剧院,1月5日,8-18,娇藏京枝,取消", "2 skipped"},
		"a total and blank rows":  {"地点,日期,时间,剧目\n\n金沙湖大剧院,1月5日,8-18,娇藏京枝\n合计,1,,\n", "3 new 27-01-05 08:00–05 18:00"},
		"a number for a date":     {"地点,日期,开始,结束,剧目\n金沙湖大剧院,46359,0.333333333,0.75,娇藏京枝", "2 new 26-12-03 08:00–03 18:00"},
	} {
		t.Run(name, func(t *testing.T) {
			h := h
			h.t = t
			if got := slotsRows(h.previewSlots(h.admin, c.table)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestCellsOfSlotsThatAreWrong(t *testing.T) {
	h := slotsHouse(t)
	mine, theirs := h.title("娇藏京枝"), h.title("秘密剧目")
	h.place("金沙湖大剧院", "大厅")
	h.place("双名")
	h.place("双名")
	scout := h.as(studio.RoleScout, mine)
	scout.Roles[h.title("旁观")] = studio.RoleViewer
	head := "取景地,分区,剧目,日期,开始,结束,状态,备注\n"
	for row, want := range map[string]string{
		",,娇藏京枝,2026-12-03,8:00,18:00,,":                                 "place",
		"没有的地方,,娇藏京枝,2026-12-03,8:00,18:00,,":                            "place",
		"双名,,娇藏京枝,2026-12-03,8:00,18:00,,":                               "place",
		"金沙湖大剧院,后台,娇藏京枝,2026-12-03,8:00,18:00,,":                         "area",
		"金沙湖大剧院,,,2026-12-03,8:00,18:00,,":                               "title",
		"金沙湖大剧院,,没有的剧,2026-12-03,8:00,18:00,,":                           "title",
		"金沙湖大剧院,,秘密剧目,2026-12-03,8:00,18:00,,":                           "title",
		"金沙湖大剧院,,旁观,2026-12-03,8:00,18:00,,":                             "title",
		"金沙湖大剧院,,娇藏京枝,,8:00,18:00,,":                                     "date",
		"金沙湖大剧院,,娇藏京枝,8:00,8:00,18:00,,":                                 "date",
		"金沙湖大剧院,,娇藏京枝,2026-02-30,8:00,18:00,,":                           "date",
		"金沙湖大剧院,,娇藏京枝,2027年2月29日,8:00,18:00,,":                           "date",
		"金沙湖大剧院,,娇藏京枝,2月29日,8:00,18:00,,":                                "date",
		"金沙湖大剧院,,娇藏京枝,12月3日-12月5日,8:00,18:00,,":                          "date",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,,18:00,,":                               "start",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,8:00,,,":                                "end",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,25:00,18:00,,":                          "start",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,8:00,晚点,,":                              "end",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,8:00,17:00-18:00,,":                     "end",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,8:00,2027-06-03 8:00,,":                 "date",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,8:00,2026-12-02 8:00,,":                 "date",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,8:00,18:00,大概,":                         "status",
		"金沙湖大剧院,,娇藏京枝,2026-12-03,8:00,18:00,,\x07":                       "note",
		"没有的地方,,没有的剧,2026-13-03,8:00,18:00,大概," + strings.Repeat("长", 3): "status place title date",
	} {
		t.Run(row, func(t *testing.T) {
			h := h
			h.t = t
			p := h.previewSlots(scout, head+row+"\n")
			if got := slotsRows(p); got != "2 wrong "+want {
				t.Fatalf("got %s, want %s", got, want)
			}
			for _, e := range p.Rows[0].Errors {
				if e.ZH == "" || e.EN == "" || e.Column == "" || strings.Contains(e.ZH+e.EN, "秘密") {
					t.Errorf("got %+v", e)
				}
			}
			_, err := h.ImportSlots(t.Context(), scout, studio.KeptSlots{SHA256: p.SHA256})
			refused(t, err, "table.errors")
		})
	}
	unseen := h.previewSlots(scout, head+"金沙湖大剧院,,秘密剧目,2026-12-03,8:00,18:00,,\n").Rows[0].Errors
	absent := h.previewSlots(scout, head+"金沙湖大剧院,,没有的剧,2026-12-03,8:00,18:00,,\n").Rows[0].Errors
	if fmt.Sprint(unseen) != fmt.Sprint(absent) {
		t.Errorf("a title that one does not see is told from one that is not there: %v and %v", unseen, absent)
	}
	_, err := h.PreviewKeptSlots(t.Context(), scout, studio.KeptSlots{Choice: studio.SlotChoice{TitleID: theirs}})
	refused(t, err, "unknown.title")
}

func TestATableOfSlotsThatClashes(t *testing.T) {
	h := slotsHouse(t)
	title := h.title("娇藏京枝")
	l := slotsPlace(h, func(l *studio.Location) { l.Hours = []studio.Hours{{From: "06:00", To: "22:00"}} })
	day := func(hour int) time.Time { return time.Date(2026, 12, 3, hour, 0, 0, 0, time.FixedZone("CST", 8*3600)) }
	if _, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: l.Areas[0].ID, TitleID: h.title("昼以继夜"), Start: day(8), End: day(10), Status: studio.Confirmed}); err != nil {
		t.Fatal(err)
	}
	p := h.previewSlots(h.admin, "取景地,分区,剧目,日期,时间,状态\n"+
		"金沙湖大剧院,大厅,娇藏京枝,12月3日,9:00-12:00,确认\n"+ // held
		"金沙湖大剧院,天台,娇藏京枝,12月3日,9:00-12:00,确认\n"+
		"金沙湖大剧院,,娇藏京枝,12月3日,11:00-13:00,确认\n"+ // row 3, and row 2 if that were booked
		"金沙湖大剧院,天台,娇藏京枝,12月3日,9:00-12:00,确认\n"+ // row 3 again
		"金沙湖大剧院,,娇藏京枝,12月3日,9:30-12:00,意向\n"+ // tentative ones only show it
		"金沙湖大剧院,,娇藏京枝,12月4日,20:00-24:00,确认\n") // too late
	var said []string
	for _, r := range p.Rows {
		said = append(said, fmt.Sprintf("%d %s, with %d: %s", r.Row, r.State, r.WithRow, slotsKinds(r.Conflicts)))
	}
	if got, want := strings.Join(said, "\n"), `2 blocked, with 0: hard overlap
3 new, with 0: 
4 blocked, with 2: hard overlap, note tentative
5 same, with 3: 
6 new, with 2: hard overlap, hard overlap, note tentative, note tentative
7 new, with 0: soft hours`; got != want {
		t.Errorf("got\n%s", got)
	}
	if p.New != 3 || p.Same != 1 || p.Blocked != 2 || p.Soft != 1 || !strings.Contains(p.Rows[2].Conflicts[0].ZH, "第 3 行") {
		t.Errorf("got %+v", p)
	}
	in := studio.KeptSlots{SHA256: p.SHA256}
	_, err := h.ImportSlots(t.Context(), h.admin, in)
	if e := refused(t, err, "slots.blocked"); !strings.Contains(e.Text.ZH, "第 2 行") || !strings.Contains(e.Text.ZH, "《昼以继夜》") {
		t.Errorf("got %s", e.Text.ZH)
	}
	in.Skip = true
	_, err = h.ImportSlots(t.Context(), h.admin, in)
	if e := refused(t, err, "booking.soft"); !strings.HasPrefix(e.Text.ZH, "第 7 行：") {
		t.Errorf("got %s", e.Text.ZH)
	}
	if all, err := h.TitleBookings(t.Context(), h.admin, title); err != nil || len(all) > 0 {
		t.Fatalf("something was written: %+v, %v", all, err)
	}
	in.Reason = "剧院同意"
	got, err := h.ImportSlots(t.Context(), h.admin, in)
	if err != nil || len(got.Bookings) != 3 || got.Same != 1 || got.Skipped != 2 || len(got.Bookings[2].Overrides) != 1 {
		t.Fatalf("got %+v, %v", got, err)
	}
}

func TestTablesOfSlotsThatCannotBeRead(t *testing.T) {
	h := slotsHouse(t)
	title := h.title("娇藏京枝")
	h.place("金沙湖大剧院")
	for name, c := range map[string]struct{ code, table string }{
		"nothing":       {"table.empty", ""},
		"a picture":     {"table.binary", "\x89PNG\r\n\x1a\n\x00\x00\x00"},
		"a bad archive": {"table.broken", "PK\x03\x04xx"},
		"too many rows": {"slots.rows", "取景地,日期\n" + strings.Repeat("金沙湖大剧院,2026-12-03\n", 501)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.PreviewSlots(t.Context(), h.admin, studio.TableFile{Data: []byte(c.table)})
			refused(t, err, c.code)
		})
	}
	p := h.previewSlots(h.admin, "甲,乙\n1,2\n")
	if p.Wrong != 1 || p.Rows[0].Errors[0].Code != "columns" {
		t.Errorf("got %+v", p.Rows)
	}
	plain := "金沙湖大剧院,2026-12-03,8:00-18:00\n"
	p = h.previewSlots(h.admin, plain)
	none := 0
	in := studio.KeptSlots{SHA256: p.SHA256, Choice: studio.SlotChoice{HeaderRow: &none, Separator: "comma", Columns: []string{"place", "date", "start"}, TitleID: title}}
	if p, err := h.PreviewKeptSlots(t.Context(), h.admin, in); err != nil || slotsRows(p) != "1 new 26-12-03 08:00–03 18:00" || p.Choice.TitleID != title {
		t.Errorf("columns by hand: %s, %v", slotsRows(p), err)
	}
	for name, spoil := range map[string]func(*studio.KeptSlots){
		"invalid.choice": func(in *studio.KeptSlots) { in.Choice.Columns = []string{"price"} },
		"unknown.title":  func(in *studio.KeptSlots) { in.Choice.TitleID = "x" },
		"kept.gone":      func(in *studio.KeptSlots) { in.SHA256 = "x" },
	} {
		t.Run(name, func(t *testing.T) {
			in := in
			spoil(&in)
			_, err := h.PreviewKeptSlots(t.Context(), h.admin, in)
			refused(t, err, name)
		})
	}
	far := in
	far.Choice.Year = 99
	_, err := h.PreviewKeptSlots(t.Context(), h.admin, far)
	refused(t, err, "invalid.choice")
	_, err = h.ImportSlots(t.Context(), h.as(studio.RoleViewer, title), in)
	refused(t, err, "forbidden.location.edit")
	_, err = h.PreviewSlots(t.Context(), h.as(studio.RoleOperator, title), studio.TableFile{Data: []byte(plain)})
	refused(t, err, "forbidden.location.edit")
}
