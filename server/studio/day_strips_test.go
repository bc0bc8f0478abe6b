package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"

	"pgregory.net/rapid"
)

// several moves scenes as one: "1-1 1-2" from a day or the pool to a gap of another.
func (w crew) several(labels, from, to string, at int, reason string) (studio.StripMoved, error) {
	in := studio.StripsMove{Reason: reason}
	for i, label := range strings.Fields(labels) {
		in.Strips = append(in.Strips, studio.StripGo{SceneID: w.scenes[label], From: from, To: to, At: at + i})
	}
	return w.MoveStrips(w.t.Context(), w.admin, w.titleID, in)
}

// TestStripsMoveAsOne: in order, with one reason for all of what comes into the way, and one line in the activity.
func TestStripsMoveAsOne(t *testing.T) {
	s := newShoot(t)
	ctx := t.Context()
	second := s.crew.day("2027-03-09", "") // the hall is not booked on it
	dry := studio.StripsMove{Dry: true, Strips: []studio.StripGo{{SceneID: s.scenes["1-2"], From: s.day.Day.ID, To: second.Day.ID}, {SceneID: s.scenes["2-1"], To: second.Day.ID, At: 1}}}
	before := s.full()
	m, err := s.MoveStrips(ctx, s.admin, s.titleID, dry)
	must(t, m, err)
	var of []string
	for _, x := range m.Conflicts {
		of = append(of, string(x.Kind)+" "+x.ZH)
	}
	s.same("what is told first, of both", strings.Join(of, "; "), "unbooked 第 1-2 场在金沙湖大剧院 · 观众厅拍摄，2027-03-09 没有订档期; unbooked 第 2-1 场在金沙湖大剧院 · 后台拍摄，2027-03-09 没有订档期")
	s.same("a dry run writes nothing", s.full(), before)
	live := dry
	live.Dry = false
	refused(t, errOf(s.MoveStrips(ctx, s.admin, s.titleID, live)), "day.soft")
	s.same("nor does a refusal", s.full(), before)
	live.Reason = "场地口头答应了"
	m, err = s.MoveStrips(ctx, s.admin, s.titleID, live)
	if must(t, m, err); len(m.Days) != 2 {
		t.Errorf("%d days changed", len(m.Days))
	}
	s.same("both stand in order", s.board(), "2027-03-02 1/2: ; 2027-03-09 2/2: 1-2 2-1; pool: 1-1")
	if d := s.now(second.Day.ID); len(d.Overrides) != 1 || d.Overrides[0].Reason != "场地口头答应了" {
		t.Errorf("kept as %+v", d.Overrides)
	}
	s.activity("day.scenes_moved", "n=2 labels=1-2、2-1 day=2027-03-09")
	back := studio.StripsMove{Strips: []studio.StripGo{{SceneID: s.scenes["1-2"], From: second.Day.ID, To: s.day.Day.ID}, {SceneID: s.scenes["2-1"], From: second.Day.ID}}}
	must(t, 0, errOf(s.MoveStrips(ctx, s.admin, s.titleID, back)))
	s.same("and back without a reason", s.full(), before)
	must(t, 0, errOf(s.several("1-2", s.day.Day.ID, "", 0, "")))
	must(t, 0, errOf(s.several("1-2 1-1", "", s.day.Day.ID, 0, "测试")))
	must(t, 0, errOf(s.several("1-2 1-1", s.day.Day.ID, "", 0, "")))
	s.activity("day.scenes_removed", "n=2 labels=1-2、1-1 day=2027-03-02")
}

// activity checks the newest line of the title.
func (w crew) activity(verb, params string) {
	w.t.Helper()
	a, err := w.Activities(w.t.Context(), w.admin, w.titleID, studio.Page{Limit: 1})
	x := must(w.t, a, err).Items[0]
	w.same("the activity", fmt.Sprintf("%s n=%s labels=%s day=%s", x.Verb, x.Params["n"], x.Params["labels"], x.Params["day"]), verb+" "+params)
}

func TestStripsThatCannotMoveAsOne(t *testing.T) {
	w := newCrew(t)
	ctx := t.Context()
	d, other := w.day("2027-03-02", ""), w.day("2027-03-09", "")
	w.move("1-1", "", d.Day.ID, 0)
	w.move("1-2", "", d.Day.ID, 1)
	must(t, 0, errOf(w.EditDayScene(ctx, w.admin, d.Day.ID, w.scenes["1-2"], studio.DaySceneIn{Done: ptr(true)})))
	before := w.board()
	one := studio.StripGo{SceneID: w.scenes["1-1"], From: d.Day.ID, To: other.Day.ID}
	with := func(edit func(*studio.StripGo)) []studio.StripGo {
		x := studio.StripGo{SceneID: w.scenes["2-1"], To: other.Day.ID}
		edit(&x)
		return []studio.StripGo{one, x}
	}
	for name, c := range map[string]struct {
		strips []studio.StripGo
		code   string
	}{
		"none":                      {nil, "invalid.strips"},
		"too many":                  {slices.Repeat([]studio.StripGo{one}, 301), "invalid.strips"},
		"one twice":                 {with(func(x *studio.StripGo) { *x = one }), "invalid.strips"},
		"no such scene":             {with(func(x *studio.StripGo) { x.SceneID = "x" }), "unknown.scene"},
		"no such day":               {with(func(x *studio.StripGo) { x.To = "x" }), "unknown.day"},
		"from pool to pool":         {with(func(x *studio.StripGo) { x.To = "" }), "invalid.to"},
		"before the first":          {with(func(x *studio.StripGo) { x.At = -1 }), "invalid.at"},
		"it is not there":           {with(func(x *studio.StripGo) { x.From = d.Day.ID }), "day.moved"},
		"it is shot":                {with(func(x *studio.StripGo) { x.SceneID, x.From = w.scenes["1-2"], d.Day.ID }), "day.done"},
		"it stands there":           {with(func(x *studio.StripGo) { x.SceneID, x.To = w.scenes["1-2"], d.Day.ID }), "day.standing"},
		"one scene from two to one": {[]studio.StripGo{one, {SceneID: one.SceneID, To: other.Day.ID}}, "day.standing"},
	} {
		_, err := w.MoveStrips(ctx, w.admin, w.titleID, studio.StripsMove{Strips: c.strips, Reason: "测试"})
		if e := refused(t, err, c.code); e == nil {
			t.Error(name)
		}
	}
	w.same("where one cannot go none does", w.board(), before)
	viewer := studiotest.Person(t, w.Studio, w.admin, "wang", studio.Member, w.titleID, studio.RoleViewer)
	if err := errOf(w.MoveStrips(ctx, viewer, w.titleID, studio.StripsMove{Strips: []studio.StripGo{one}})); !studio.IsKind(err, studio.Forbidden) {
		t.Errorf("a viewer: %v", err)
	}
}

// manyScenes is a script of one episode with so many scenes.
func manyScenes(n int) string {
	var out strings.Builder
	out.WriteString("第一集\n\n")
	for i := range n {
		fmt.Fprintf(&out, "1-%d 日 外 街口\n人物：沈枝\n△沈枝走过街口 %d。\n\n", i+1, i+1)
	}
	return out.String()
}

// TestADayIsFullForAllOfThem: sixty go at once and come back as they stood; the sixty-first keeps all of them where they are.
func TestADayIsFullForAllOfThem(t *testing.T) {
	w := newCrew(t)
	title := w.title("六十场")
	w.importText(title, manyScenes(61))
	w = crew{w.house, title, w.sceneIDs(title)}
	d, other := w.day("2027-03-02", ""), w.day("2027-03-09", "")
	var all []string
	for i := range 61 {
		all = append(all, fmt.Sprint("1-", i+1))
	}
	refused(t, errOf(w.several(strings.Join(all, " "), "", d.Day.ID, 0, "测试")), "day.full")
	must(t, 0, errOf(w.several(strings.Join(all[:60], " "), "", d.Day.ID, 0, "测试")))
	for i, label := range all[:60] {
		must(t, 0, errOf(w.EditDayScene(t.Context(), w.admin, d.Day.ID, w.scenes[label], studio.DaySceneIn{Minutes: ptr(i + 1)})))
	}
	s := shoot{crew: w}
	before := s.full()
	must(t, 0, errOf(w.several(strings.Join(all[:60], " "), d.Day.ID, other.Day.ID, 0, "测试")))
	must(t, 0, errOf(w.several(strings.Join(all[:60], " "), other.Day.ID, d.Day.ID, 0, "")))
	s.same("over and back", s.full(), before)
	must(t, 0, errOf(w.several(strings.Join(all[:60], " "), d.Day.ID, "", 0, "")))
	must(t, 0, errOf(w.several(strings.Join(all[:60], " "), "", d.Day.ID, 0, "")))
	s.same("to the pool and back, every minute kept", s.full(), before)
}

// TestAnyMoveOfSeveralIsTakenBack draws moves of some of twelve scenes over three days and takes each back with the reverse
// list, by where they stood: the board is as it was.
func TestAnyMoveOfSeveralIsTakenBack(t *testing.T) {
	w := newCrew(t)
	title := w.title("十二场")
	w.importText(title, manyScenes(12))
	w = crew{w.house, title, w.sceneIDs(title)}
	days := []string{"", w.day("2027-03-02", "").Day.ID, w.day("2027-03-05", "").Day.ID, w.day("2027-03-09", "").Day.ID}
	s := shoot{crew: w}
	rapid.Check(t, func(rt *rapid.T) {
		b, err := w.DayBoard(t.Context(), w.admin, w.titleID)
		must(t, b, err)
		var all []studio.StripGo // where every scene stands
		for _, x := range b.Pool {
			all = append(all, studio.StripGo{SceneID: x.Scene.ID})
		}
		for _, d := range b.Days {
			for i, x := range d.Scenes {
				all = append(all, studio.StripGo{SceneID: x.Scene.ID, From: d.Day.ID, At: i})
			}
		}
		to, at := rapid.SampledFrom(days).Draw(rt, "to"), rapid.IntRange(0, 12).Draw(rt, "at")
		var gone, back []studio.StripGo
		for _, x := range all {
			if rapid.Bool().Draw(rt, "taken") && (x.From != "" || to != "") {
				gone = append(gone, studio.StripGo{SceneID: x.SceneID, From: x.From, To: to, At: at + len(gone)})
				back = append(back, studio.StripGo{SceneID: x.SceneID, From: to, To: x.From, At: x.At})
			}
		}
		if len(gone) == 0 {
			return
		}
		before := s.full()
		must(t, 0, errOf(w.MoveStrips(t.Context(), w.admin, w.titleID, studio.StripsMove{Strips: gone, Reason: "测试"})))
		moved := s.full()
		must(t, 0, errOf(w.MoveStrips(t.Context(), w.admin, w.titleID, studio.StripsMove{Strips: back})))
		s.same("taken back", s.full(), before)
		must(t, 0, errOf(w.MoveStrips(t.Context(), w.admin, w.titleID, studio.StripsMove{Strips: gone, Reason: "测试"})))
		s.same("and done again", s.full(), moved)
	})
}
