package studio

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio/geo"
)

func TestTimesOfACallSheet(t *testing.T) {
	for in, want := range map[string]string{"": "", "  ": "", "08:00": "08:00", "7:05": "07:05", "0:00": "00:00", "23:59": "23:59", "０７：０５": "07:05",
		" 18:30 ": "18:30", "02:00+1": "02:00+1", "2:00＋1": "02:00+1", "次日02:00": "02:00+1", "次日 ２：００": "02:00+1"} {
		if got, err := callTime("makeup_at", in); err != nil || got != want {
			t.Errorf("%q is read as %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"24:00", "26:00", "8", "08", "0800", "8:5", "8:60", "-1:00", "+1", "08:00+2", "08:00+1+1", "08:00:00", "8.30", "008:00", "aa:bb", "八点",
		"1e:00", "0x:10", " : ", "08:00\x00", "08:00 am", "٠٨:٠٠", "08:\n00", "次日", strings.Repeat("0", 5000) + ":00"} {
		got, err := callTime("makeup_at", in)
		var e *Error
		if got != "" || !errors.As(err, &e) || e.Code != "invalid.time" || e.Fields[0].Location != "body.makeup_at" {
			t.Errorf("%.20q is read as %q, %v", in, got, err)
		}
	}
}

func FuzzCallTime(f *testing.F) {
	for _, seed := range []string{"08:00", "２：００＋１", "次日1:05", "24:00", ":", "+1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out, err := callTime("at", in)
		if err != nil || out == "" {
			return
		}
		if again, err := callTime("at", out); err != nil || again != out {
			t.Errorf("%q is read as %q, and that as %q, %v", in, out, again, err)
		}
		if callMinute(out) < 0 {
			t.Errorf("%q is read as %q, which is no time", in, out)
		}
	})
}

func TestWhichDayATimeLiesOn(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	at := func(hour int) callDay {
		return newCallDay(&ShootDay{Date: "2026-11-28", Start: time.Date(2026, 11, 28, hour, 0, 0, 0, zone)}, zone)
	}
	for _, c := range []struct {
		first     int
		typed     string
		call, end string
	}{
		{7, "05:30", "05:30", "05:30+1"}, {7, "03:00", "03:00", "03:00+1"}, {7, "02:59", "02:59+1", "02:59+1"}, {7, "20:00", "20:00", "20:00"},
		{18, "16:00", "16:00", "16:00+1"}, {18, "02:00", "02:00+1", "02:00+1"}, {18, "23:00", "23:00", "23:00"}, {18, "18:00", "18:00", "18:00+1"},
		{18, "20:00+1", "20:00+1", "20:00+1"}, {2, "00:00", "00:00", "00:00+1"}, {7, "", "", ""},
	} {
		day := at(c.first)
		if got := day.on(c.typed); got != c.call {
			t.Errorf("%s on a day that begins at %d is %s, want %s", c.typed, c.first, got, c.call)
		}
		if got := day.end(c.typed); got != c.end {
			t.Errorf("a wrap at %s on a day that begins at %d is %s, want %s", c.typed, c.first, got, c.end)
		}
	}
	day := at(18)
	for hours, want := range map[int]string{0: "18:00", 5: "23:00", 6: "00:00+1", 8: "02:00+1", 31: "01:00+2"} {
		if got := day.clock(time.Date(2026, 11, 28, 18+hours, 0, 0, 0, zone)); got != want {
			t.Errorf("%d hours on it is %s, want %s", hours, got, want)
		}
	}
	if got := earliestCall("", "02:00+1", "19:00", "23:00"); got != "19:00" {
		t.Errorf("the first time is %s", got)
	}
}

// wholeCall is a call sheet in which every field holds something.
func wholeCall() CallContent {
	needs := func(id string) CallNeeds {
		return CallNeeds{SceneID: id, Pages: "1/8", StoryLine: "归来", Extras: "10", Wardrobe: "黑裙", Makeup: "淡妆", Props: "话筒", Special: "追光"}
	}
	scene := func(id, code string) CallScene {
		return CallScene{SceneID: id, Code: code, Heading: code + " 日 内", Set: "观众厅", Light: LightDayIn, Location: "金沙湖大剧院", Area: "观众厅", Begins: "08:00",
			Minutes: 60, Seconds: 9, Shots: 3, Cast: []string{"沈枝", "顾京"}, CallNeeds: needs(id)}
	}
	return CallContent{Title: "娇藏京枝", Company: "过儿传媒", Date: "2026-11-28", Weekday: 6, Unit: "A", Number: 2, Of: 5, Zone: "Asia/Shanghai", CallAt: "07:00",
		MakeupAt: "06:00", OnSetAt: "07:30", ShootAt: "08:00", WrapAt: "20:00", Meals: []CallMeal{{"午饭", "12:00"}, {"晚饭", "18:00"}},
		Weather: "小雨", Sunrise: "06:35", Sunset: "16:59", Transport: "大巴",
		Places: []CallPlace{{LocationID: "l1", Name: "金沙湖大剧院", Areas: []string{"观众厅", "大堂"}, Address: "钱塘区", Maps: &geo.Links{Google: "https://maps.google.com/?q=30,120"},
			Parking: "北门", LoadIn: "货梯", Power: "380 V", Noise: "22 点后安静", Hours: "08:00–22:00", Hospital: Hospital{"邵逸夫", "下沙路", "120"},
			Contacts: []Contact{{"王经理", "场务", "138", "周一不在"}}}},
		Scenes:   []CallScene{scene("s1", "1-1"), scene("s2", "1-2"), scene("s3", "2-1")},
		Cast:     []CallActor{{CallCast: CallCast{"e1", "05:30", "06:00", "07:30", "18:00", "带伞"}, Character: "沈枝", PerformerID: "p1", Performer: "李丽", Scenes: []string{"1-1", "1-2"}}},
		Crew:     []CallCrew{{"灯光", "赵师傅", "u1", "139", "06:30", "自带"}, {"灯光", "钱师傅", "u2", "137", "07:00", "新来"}},
		Contacts: []Contact{{"周屿", "制片", "136", "全天"}}, Safety: "高空作业", Note: "带身份证", Next: []CallScene{scene("s9", "3-1")}, NextDate: "2026-11-29"}
}

func TestNoEditChangesNoCell(t *testing.T) {
	changed, gone, err := changesOf(wholeCall(), wholeCall())
	if err != nil || len(changed)+len(gone) != 0 {
		t.Errorf("the same sheet differs in %v, lost %v, %v", changed, gone, err)
	}
}

// TestEachEditMarksItsCell changes every field of a call sheet by itself, one after the other, and looks for its mark.
func TestEachEditMarksItsCell(t *testing.T) {
	was := wholeCall()
	edits := 0
	for _, path := range callFields(reflect.ValueOf(was), nil) {
		is := wholeCall()
		v, name := reflect.ValueOf(&is).Elem(), ""
		for _, i := range path {
			if v.Kind() == reflect.Pointer {
				v = v.Elem()
			}
			if v.Kind() == reflect.Slice {
				v = v.Index(i)
				continue
			}
			name = cmp.Or(callTag(v.Type().Field(i)), name)
			v = v.Field(i)
		}
		if v.Kind() == reflect.String {
			v.SetString(v.String() + "改")
		} else {
			v.SetInt(v.Int() + 1)
		}
		changed, gone, err := changesOf(was, is)
		if err != nil {
			t.Fatal(err)
		}
		edits++
		if slices.Contains([]string{"name", "department", "location_id", "element_id"}, name) && len(gone) == 1 && len(changed) == 1 {
			continue // what the row is known by: it is another row
		}
		if name == "google" {
			name = "maps"
		}
		if len(changed) != 1 || len(gone) != 0 || changed[0] != name && !strings.HasSuffix(changed[0], "."+name) {
			t.Errorf("an edit of %s at %v marks %v and loses %v", name, path, changed, gone)
		}
	}
	if edits < 100 {
		t.Errorf("only %d fields were tried", edits)
	}
}

func callTag(f reflect.StructField) string {
	tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return tag
}

// callFields are the ways to every word and number that is no id: an id that changes is another row. Of the links the
// last stands for all, because they are of one point.
func callFields(v reflect.Value, at []int) [][]int {
	step := func(i int) []int { return append(slices.Clone(at), i) }
	var out [][]int
	switch v.Kind() {
	case reflect.Pointer:
		return callFields(v.Elem(), at)
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, callFields(v.Index(i), step(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if slices.Contains([]string{"SceneID", "Amap", "Tencent", "Baidu", "Apple"}, f.Name) {
				continue
			}
			out = append(out, callFields(v.Field(i), step(i))...)
		}
	default:
		out = append(out, at)
	}
	return out
}

func TestMarksOfACallSheet(t *testing.T) {
	for _, c := range []struct {
		name          string
		edit          func(*CallContent)
		changed, gone string
	}{
		{"a time", func(c *CallContent) { c.CallAt = "06:00" }, "call_at", ""},
		{"what a scene needs", func(c *CallContent) { c.Scenes[1].Props = "话筒、花" }, "scenes.s2.props", ""},
		{"a cell that is emptied", func(c *CallContent) { c.Cast[0].Call = "" }, "cast.e1.call", ""},
		{"another performer", func(c *CallContent) { c.Cast[0].PerformerID, c.Cast[0].Performer = "", "" }, "cast.e1.performer cast.e1.performer_id", ""},
		{"a scene more", func(c *CallContent) { c.Scenes = append(c.Scenes, CallScene{SceneID: "s4"}) }, "scenes.s4", ""},
		{"a scene less", func(c *CallContent) { c.Scenes = c.Scenes[1:] }, "", "scenes.s1"},
		{"the last scene first", func(c *CallContent) { c.Scenes = []CallScene{c.Scenes[2], c.Scenes[0], c.Scenes[1]} }, "scenes.s3.order", ""},
		{"a place less takes its people along", func(c *CallContent) { c.Places = []CallPlace{} }, "", "places.l1"},
		{"another contact of a place", func(c *CallContent) { c.Places[0].Contacts = []Contact{{Name: "孙工"}} }, "places.l1.contacts.孙工", "places.l1.contacts.王经理"},
		{"a hospital", func(c *CallContent) { c.Places[0].Hospital.Phone = "" }, "places.l1.hospital.phone", ""},
		{"a point that is gone", func(c *CallContent) { c.Places[0].Maps = nil }, "places.l1.maps", ""},
		{"a second of the same name", func(c *CallContent) {
			c.Crew = append(c.Crew, c.Crew[0])
			c.Crew[2].Call = "09:00"
		}, "crew.灯光/赵师傅#2", ""},
		{"a meal less", func(c *CallContent) { c.Meals = c.Meals[:1] }, "", "meals.晚饭"},
		{"no next day", func(c *CallContent) { c.Next, c.NextDate = []CallScene{}, "" }, "next_date", "next.s9"},
	} {
		is := wholeCall()
		c.edit(&is)
		changed, gone, err := changesOf(wholeCall(), is)
		if got := strings.Join(changed, " "); err != nil || got != c.changed || strings.Join(gone, " ") != c.gone {
			t.Errorf("%s: changed %q, gone %v, %v; want %q, %q", c.name, got, gone, err, c.changed, c.gone)
		}
	}
}

// TestMovedScenesAreFew compares with trying every set of scenes that could have kept its place.
func TestMovedScenesAreFew(t *testing.T) {
	was := []string{"a", "b", "c", "d", "e"}
	var permute func(rest, head []string)
	permute = func(rest, head []string) {
		if len(rest) > 0 {
			for i, x := range rest {
				permute(append(slices.Clone(rest[:i]), rest[i+1:]...), append(slices.Clone(head), x))
			}
			return
		}
		moved, most := movedIn(was, head), 0
		for set := range 1 << len(head) {
			var kept []string
			for i, x := range head {
				if set>>i&1 == 1 {
					kept = append(kept, x)
				}
			}
			if slices.IsSorted(kept) {
				most = max(most, len(kept))
			}
		}
		if len(moved) != len(head)-most {
			t.Errorf("%v: moved %v, where %d could stay", head, moved, most)
		}
	}
	permute(was, nil)
}

// TestHostileCalls is what no call sheet may hold.
func TestHostileCalls(t *testing.T) {
	long := strings.Repeat("长", 201)
	longer := strings.Repeat("长", 5001)
	for _, c := range []struct {
		name, field, code string
		in                CallTyped
	}{
		{"a NUL in the weather", "weather", "invalid.weather", CallTyped{Weather: "晴\x00"}},
		{"a broken character", "weather", "invalid.weather", CallTyped{Weather: "\xff"}},
		{"a mark that turns the line", "crew[0].name", "invalid.crew", CallTyped{Crew: []CallCrew{{Name: "赵\u202e师傅"}}}},
		{"a line break in a phone", "contacts[0].phone", "invalid.contacts", CallTyped{Contacts: []Contact{{Name: "周", Phone: "138\n139"}}}},
		{"a long name", "crew[1].department", "invalid.crew", CallTyped{Crew: []CallCrew{{Name: "赵"}, {Department: long}}}},
		{"a long note", "note", "invalid.note", CallTyped{Note: longer}},
		{"a long need", "scenes[0].props", "invalid.scenes", CallTyped{Scenes: []CallNeeds{{SceneID: "s", Props: longer}}}},
		{"a NUL in a need", "scenes[0].extras", "invalid.scenes", CallTyped{Scenes: []CallNeeds{{SceneID: "s", Extras: "a\x00"}}}},
		{"a time of no clock", "wrap_at", "invalid.time", CallTyped{WrapAt: "24:00"}},
		{"a time in a row", "cast[0].pickup", "invalid.time", CallTyped{Cast: []CallCast{{ElementID: "e", Pickup: "早上"}}}},
		{"a meal at no time", "meals[0].at", "invalid.time", CallTyped{Meals: []CallMeal{{Name: "饭", At: "12点"}}}},
		{"many meals", "meals", "invalid.meals", CallTyped{Meals: make([]CallMeal, callMeals+1)}},
		{"many characters", "cast", "invalid.cast", CallTyped{Cast: make([]CallCast, callCast+1)}},
		{"a great crew", "crew", "invalid.crew", CallTyped{Crew: make([]CallCrew, 100_000)}},
		{"many contacts", "contacts", "invalid.contacts", CallTyped{Contacts: make([]Contact, callContacts+1)}},
		{"many scenes", "scenes", "invalid.scenes", CallTyped{Scenes: make([]CallNeeds, callScenes+1)}},
	} {
		out, err := cleanCall(c.in)
		var e *Error
		if !errors.As(err, &e) || e.Kind != Invalid || e.Code != c.code || e.Fields[0].Location != "body."+c.field || e.Text.ZH == "" || e.Text.EN == "" {
			t.Errorf("%s: %v", c.name, err)
		}
		if !reflect.DeepEqual(out, CallTyped{}) {
			t.Errorf("%s: something was kept", c.name)
		}
	}
}

func TestEmptyRowsAreDropped(t *testing.T) {
	in := CallTyped{Weather: " 晴 ", Meals: []CallMeal{{}, {Name: "午饭", At: "１２：００"}}, Crew: []CallCrew{{Name: " "}}, Contacts: []Contact{{}},
		Cast: []CallCast{{ElementID: "e1"}, {ElementID: "e2", Call: "7:00"}}, Scenes: []CallNeeds{{SceneID: "s1"}, {SceneID: "s2", Props: "伞"}}}
	before := fmt.Sprint(in)
	got, err := cleanCall(in)
	want := CallTyped{Weather: "晴", Meals: []CallMeal{{"午饭", "12:00"}}, Crew: []CallCrew{}, Contacts: []Contact{}, Cast: []CallCast{{ElementID: "e2", Call: "07:00"}},
		Scenes: []CallNeeds{{SceneID: "s2", Props: "伞"}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if fmt.Sprint(in) != before {
		t.Error("what was sent was changed; a transaction that runs again would see it")
	}
}
