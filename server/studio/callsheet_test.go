package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/geo"
	"chouka/server/studio/studiotest"
)

// callDesk is a shooting day with two scenes at the theatre, a performer, and the call sheet of the day.
type callDesk struct {
	crew
	day   studio.DayRow
	place studio.Location
	star  studio.Performer
	sheet studio.CallSheetPage
}

func newCallDesk(t *testing.T) *callDesk {
	t.Helper()
	w := &callDesk{crew: newCrew(t)}
	ctx := t.Context()
	l := w.crew.place("金沙湖大剧院", "观众厅", "屋顶平台")
	in := studio.LocationIn{Address: ptr("钱塘区"), Parking: ptr("北门"), LoadIn: ptr("货梯"), Power: ptr("380 V"), Noise: ptr("22 点后安静"),
		Point: &studio.PointIn{Lat: 30.31, Lon: 120.33, System: geo.WGS84}, Contacts: &[]studio.Contact{{Name: "王经理", Phone: "13800000000"}},
		Hours:    &[]studio.Hours{{From: "08:00", To: "02:00"}, {Weekdays: []int{7}, From: "09:00", To: "12:00"}},
		Hospital: &studio.Hospital{Name: "邵逸夫", Phone: "120"}}
	l, err := w.EditLocation(ctx, w.admin, l.ID, l.Rev, in)
	w.place = must(t, l, err)
	w.star, err = w.AddPerformer(ctx, w.admin, studio.PerformerIn{Name: ptr("沈演员"), Phone: ptr("13911112222")})
	must(t, w.star, err)
	w.edited(w.titleID, "沈枝", studio.ElementIn{PerformerID: &w.star.ID})
	w.edited(w.titleID, "金沙湖大剧院·观众厅", studio.ElementIn{LocationID: &l.ID})
	w.day = w.crew.day("2027-03-02", "")
	w.crew.day("2027-03-01", "")
	w.move("1-2", "", w.day.Day.ID, 0)
	w.move("1-1", "", w.day.Day.ID, 1)
	next := w.crew.day("2027-03-04", "")
	w.move("2-1", "", next.Day.ID, 0)
	w.sheet, err = w.OpenCallSheet(ctx, w.admin, w.day.Day.ID)
	must(t, w.sheet, err)
	return w
}

// typed replaces what was typed.
func (w *callDesk) typed(edit func(*studio.CallTyped)) {
	w.t.Helper()
	in := w.sheet.Sheet.Typed
	edit(&in)
	p, err := w.EditCallSheet(w.t.Context(), w.admin, w.sheet.Sheet.ID, w.sheet.Sheet.Rev, in)
	w.sheet = must(w.t, p, err)
}

func (w *callDesk) issue() studio.CallSheetPage {
	w.t.Helper()
	p, err := w.IssueCallSheet(w.t.Context(), w.admin, w.sheet.Sheet.ID, w.sheet.Sheet.Rev, "")
	w.sheet = must(w.t, p, err)
	return w.sheet
}

func (w *callDesk) add(in studio.RecipientIn) studio.MadeLink {
	w.t.Helper()
	m, err := w.AddRecipient(w.t.Context(), w.admin, w.sheet.Sheet.ID, in)
	return must(w.t, m, err)
}

func TestACallSheetIsBuiltFromTheDay(t *testing.T) {
	w := newCallDesk(t)
	w.typed(func(in *studio.CallTyped) {
		in.ShootAt, in.WrapAt, in.MakeupAt = "9:00", "１：３０", "06:00"
		in.Cast = []studio.CallCast{{ElementID: w.element(w.titleID, "沈枝").ID, Call: "7:30"}}
		in.Crew = []studio.CallCrew{{Department: "灯光", Name: "赵师傅", Call: "06:30"}}
		in.Scenes = []studio.CallNeeds{{SceneID: w.scenes["1-1"], Props: "雨伞", Extras: "路人 10"}}
	})
	c := w.sheet.Content
	w.same("the head", fmt.Sprint(c.Title, c.Date, c.Weekday, c.Number, c.Of, c.Zone, c.CallAt, c.MakeupAt, c.ShootAt, c.WrapAt), "娇藏京枝2027-03-022 2 3Asia/Shanghai08:0006:0009:0001:30+1")
	if c.Sunrise < "06:15" || c.Sunrise > "06:30" || c.Sunset < "17:50" || c.Sunset > "18:05" {
		t.Errorf("the sun rises at %s and sets at %s in Hangzhou in March", c.Sunrise, c.Sunset)
	}
	var scenes []string
	for _, x := range c.Scenes {
		scenes = append(scenes, strings.Join([]string{x.Code, string(x.Light), x.Location, x.Area, x.Begins, strings.Join(x.Cast, "、"), x.Props, x.Extras}, "|"))
	}
	w.same("scenes", strings.Join(scenes, "; "), "1-2|day_in|金沙湖大剧院|观众厅|08:00|沈枝、顾京、枝姐||; 1-1|day_out||||沈枝|行李箱、海报、雨伞|路人 10")
	if len(c.Cast) == 0 || c.Cast[0].Character != "沈枝" || c.Cast[0].Performer != "沈演员" || c.Cast[0].Call != "07:30" || fmt.Sprint(c.Cast[0].Scenes) != "[1-2 1-1]" {
		t.Errorf("cast %+v", c.Cast)
	}
	if len(c.Places) != 1 {
		t.Fatalf("places %+v", c.Places)
	}
	p := c.Places[0]
	w.same("the place", strings.Join([]string{p.Name, p.Areas[0], p.Address, p.Parking, p.LoadIn, p.Power, p.Noise, p.Hours, p.Hospital.Name, p.Contacts[0].Phone}, "|"),
		"金沙湖大剧院|观众厅|钱塘区|北门|货梯|380 V|22 点后安静|08:00–02:00+1|邵逸夫|13800000000")
	if p.Maps == nil || p.Maps.Amap == "" {
		t.Error("no links to maps")
	}
	if c.NextDate != "2027-03-04" || len(c.Next) != 1 || c.Next[0].Code != "2-1" {
		t.Errorf("next %s %+v", c.NextDate, c.Next)
	}
	if strings.Contains(fmt.Sprintf("%+v", c), w.star.Phone) {
		t.Error("a performer's own phone is on the sheet")
	}
	again, err := w.OpenCallSheet(t.Context(), w.admin, w.day.Day.ID)
	if must(t, again, err); again.Sheet.ID != w.sheet.Sheet.ID || !again.Pending || len(again.Changed) > 0 {
		t.Errorf("opened again: %+v", again.Sheet)
	}
}

func TestACallSheetIsIssuedAndMarked(t *testing.T) {
	w := newCallDesk(t)
	w.typed(func(in *studio.CallTyped) { in.Weather = "晴" })
	stale := w.sheet.Sheet.Rev
	if p := w.issue(); p.Version != 1 || p.Pending || len(p.Changed) > 0 || len(p.Versions) != 1 || p.Versions[0].ByName != "李丽" {
		t.Errorf("version 1: %+v", p.Versions)
	}
	_, err := w.IssueCallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, stale, "")
	refused(t, err, "stale")
	_, err = w.IssueCallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, w.sheet.Sheet.Rev, "")
	refused(t, err, "callsheet.unchanged")
	w.typed(func(in *studio.CallTyped) { in.Weather = "小雨" })
	w.move("1-1", w.day.Day.ID, w.day.Day.ID, 0)
	draft, err := w.CallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, 0)
	if must(t, draft, err); !draft.Pending || !slices.Contains(draft.Changed, "weather") {
		t.Errorf("the draft marks %v", draft.Changed)
	}
	p := w.issue()
	if p.Version != 2 || !slices.Contains(p.Changed, "weather") || !slices.ContainsFunc(p.Changed, func(x string) bool { return strings.HasSuffix(x, ".order") }) {
		t.Errorf("version %d marks %v", p.Version, p.Changed)
	}
	first, err := w.CallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, 1)
	if must(t, first, err); first.Content.Weather != "晴" || len(first.Versions) != 2 || first.Versions[0].Number != 2 {
		t.Errorf("version 1 became %+v", first.Content.Weather)
	}
	_, err = w.CallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, 3)
	refused(t, err, "unknown.callsheet_version")
	empty := w.crew.day("2027-03-09", "")
	sheet, err := w.OpenCallSheet(t.Context(), w.admin, empty.Day.ID)
	must(t, sheet, err)
	_, err = w.IssueCallSheet(t.Context(), w.admin, sheet.Sheet.ID, sheet.Sheet.Rev, "")
	refused(t, err, "callsheet.empty")
	for role, sees := range map[studio.Role]bool{studio.RoleViewer: false, studio.RoleScout: true} {
		got, err := w.CallSheet(t.Context(), w.as(role, w.titleID), w.sheet.Sheet.ID, 0)
		if must(t, got, err); got.Version != map[bool]int{true: 0, false: 2}[sees] || (got.Content.Places[0].Contacts[0].Phone != "") != sees {
			t.Errorf("%s reads version %d with %+v", role, got.Version, got.Content.Places[0].Contacts)
		}
		_, err = w.CallSheet(t.Context(), w.as(role, w.titleID), sheet.Sheet.ID, 0)
		if !sees {
			refused(t, err, "callsheet.draft")
		}
	}
}

func TestWhatACallSheetNames(t *testing.T) {
	w := newCallDesk(t)
	other, place := w.title("昼以继夜"), w.element(w.titleID, "金沙湖大剧院·观众厅").ID
	for code, in := range map[string]studio.CallTyped{
		"invalid.callsheet_row":   {Cast: []studio.CallCast{{ElementID: place, Call: "08:00"}}},
		"invalid.callsheet_twice": {Scenes: []studio.CallNeeds{{SceneID: w.scenes["1-1"], Props: "伞"}, {SceneID: w.scenes["1-1"], Props: "帽"}}},
	} {
		_, err := w.EditCallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, w.sheet.Sheet.Rev, in)
		refused(t, err, code)
	}
	for _, in := range []studio.CallTyped{{Scenes: []studio.CallNeeds{{SceneID: other, Props: "伞"}}}, {Crew: []studio.CallCrew{{Name: "赵", PersonID: other}}},
		{Cast: []studio.CallCast{{ElementID: "", Call: "08:00"}}}} {
		_, err := w.EditCallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, w.sheet.Sheet.Rev, in)
		refused(t, err, "invalid.callsheet_row")
	}
	// A scene that leaves the day keeps what was typed for it, and comes back with it.
	w.typed(func(in *studio.CallTyped) {
		in.Scenes = []studio.CallNeeds{{SceneID: w.scenes["1-1"], Special: "威亚"}}
	})
	w.move("1-1", w.day.Day.ID, "", 0)
	w.typed(func(in *studio.CallTyped) { in.Weather = "晴" })
	if len(w.sheet.Content.Scenes) != 1 || len(w.sheet.Sheet.Typed.Scenes) != 1 {
		t.Errorf("shown %d, kept %d", len(w.sheet.Content.Scenes), len(w.sheet.Sheet.Typed.Scenes))
	}
	w.move("1-1", "", w.day.Day.ID, 0)
	p, err := w.CallSheet(t.Context(), w.admin, w.sheet.Sheet.ID, 0)
	if must(t, p, err); p.Content.Scenes[0].Special != "威亚" {
		t.Errorf("came back as %+v", p.Content.Scenes[0].CallNeeds)
	}
}

func TestEverybodyGetsTheirOwnCall(t *testing.T) {
	w := newCallDesk(t)
	ctx, id := t.Context(), w.sheet.Sheet.ID
	actor := studiotest.Person(t, w.Studio, w.admin, "actor", studio.Member, "", "")
	star, err := w.EditPerformer(ctx, w.admin, w.star.ID, w.star.Rev, studio.PerformerIn{PersonID: &actor.Person.ID})
	must(t, star, err)
	w.typed(func(in *studio.CallTyped) {
		in.Cast = []studio.CallCast{{ElementID: w.element(w.titleID, "沈枝").ID, Pickup: "05:30", Call: "07:30"}}
		in.Crew = []studio.CallCrew{{Department: "灯光", Name: "赵师傅", Call: "06:30"}}
	})
	link := w.add(studio.RecipientIn{Name: " 赵师傅 "})
	_, err = w.LinkedCall(ctx, studio.Trace{}, link.Secret)
	refused(t, err, "unknown.callsheet")
	w.issue()
	mine, err := w.MyCallSheet(ctx, actor, id) // who stands on it with an account gets it
	if must(t, mine, err); mine.First != "05:30" || len(mine.Mine) != 1 || fmt.Sprint(mine.MyScenes) != "[1-2 1-1]" || mine.Content.Places[0].Contacts[0].Phone == "" {
		t.Errorf("the actor gets %s %+v %v", mine.First, mine.Mine, mine.MyScenes)
	}
	theirs, err := w.LinkedCall(ctx, studio.Trace{}, link.Secret)
	if must(t, theirs, err); theirs.First != "06:30" || len(theirs.MyCrew) != 1 || theirs.Name != "赵师傅" || len(theirs.MyScenes) != 2 {
		t.Errorf("the link gives %s %+v", theirs.First, theirs.MyCrew)
	}
	theirs, err = w.ConfirmLinkedCall(ctx, studio.Trace{}, link.Secret, 1)
	if must(t, theirs, err); theirs.Confirmed != 1 {
		t.Errorf("confirmed %d", theirs.Confirmed)
	}
	w.typed(func(in *studio.CallTyped) { in.Weather = "小雨" })
	page := w.issue()
	receipts := func(p studio.CallSheetPage) string {
		var out []string
		for _, r := range p.Recipients {
			out = append(out, fmt.Sprintf("%s %d/%d", r.Name, r.Opened, r.Confirmed))
		}
		return strings.Join(out, ", ")
	}
	w.same("receipts of the version before", receipts(page), "赵师傅 1/1, 沈演员 1/0")
	mine, err = w.ConfirmCall(ctx, actor, id, 2)
	if must(t, mine, err); fmt.Sprint(mine.Changed) != "[weather]" {
		t.Errorf("marks %v", mine.Changed)
	}
	page, err = w.CallSheet(ctx, w.admin, id, 2)
	w.same("receipts", receipts(must(t, page, err)), "赵师傅 1/1, 沈演员 2/2")
	calls, err := w.MyCalls(ctx, actor)
	if must(t, calls, err); len(calls) != 1 || calls[0].Version != 2 || calls[0].First != "05:30" || calls[0].Place != "金沙湖大剧院" || calls[0].Confirmed != 2 {
		t.Errorf("calls %+v", calls)
	}
	// The day goes to a date that is over: nobody's home page shows it.
	board, err := w.DayBoard(ctx, w.admin, w.titleID)
	must(t, board, err)
	day := board.Days[slices.IndexFunc(board.Days, func(d studio.DayRow) bool { return d.Day.ID == w.day.Day.ID })].Day
	moved, err := w.EditDay(ctx, w.admin, day.ID, day.Rev, studio.DayIn{Date: ptr("2020-03-02"), Reason: "测试"})
	must(t, moved, err)
	if calls, err = w.MyCalls(ctx, actor); len(must(t, calls, err)) != 0 {
		t.Errorf("calls %+v", calls)
	}
}

func TestSecretAddressesOfACall(t *testing.T) {
	w := newCallDesk(t)
	ctx, id := t.Context(), w.sheet.Sheet.ID
	w.issue()
	link := w.add(studio.RecipientIn{PerformerID: w.star.ID})
	if !link.Recipient.Linked || link.Recipient.Name != "沈演员" || len(link.Secret) != 48 {
		t.Errorf("made %+v", link.Recipient)
	}
	for code, in := range map[string]studio.RecipientIn{"invalid.name": {Name: " "}, "recipient.twice": {PerformerID: w.star.ID}, "unknown.person": {PersonID: id},
		"unknown.performer": {PerformerID: id}, "invalid.performer_id": {PersonID: id, PerformerID: id}} {
		_, err := w.AddRecipient(ctx, w.admin, id, in)
		refused(t, err, code)
	}
	fresh, err := w.RenewRecipient(ctx, w.admin, id, link.Recipient.ID)
	must(t, fresh, err)
	_, err = w.LinkedCall(ctx, studio.Trace{}, link.Secret)
	refused(t, err, "unknown.callsheet")
	got, err := w.LinkedCall(ctx, studio.Trace{}, fresh.Secret)
	if must(t, got, err); strings.Contains(fmt.Sprintf("%+v", got), w.star.Phone) {
		t.Error("a performer's own phone is told")
	}
	must(t, 0, w.RemoveRecipient(ctx, w.admin, id, link.Recipient.ID))
	_, err = w.LinkedCall(ctx, studio.Trace{}, fresh.Secret)
	refused(t, err, "unknown.callsheet")
	refused(t, w.RemoveRecipient(ctx, w.admin, id, link.Recipient.ID), "unknown.recipient")
	for i := range 250 {
		if _, err = w.LinkedCall(ctx, studio.Trace{Address: "203.0.113.9"}, fmt.Sprint(i)); studio.IsKind(err, studio.TooMany) {
			break
		}
	}
	refused(t, err, "too_many")
	_, err = w.LinkedCall(ctx, studio.Trace{Address: "203.0.113.10"}, "x")
	refused(t, err, "unknown.callsheet")
}
