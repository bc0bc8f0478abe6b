package studio_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

// hanging says everything that hangs on some locations together, each link by what is on its other end.
func (h house) hanging(title string, days []string, ids ...string) map[string]int {
	h.t.Helper()
	ctx, n := h.t.Context(), map[string]int{}
	once := func(key string) { n[key] = 1 }
	for _, id := range ids {
		l, err := h.Location(ctx, h.admin, id)
		must(h.t, l, err)
		for _, name := range append([]string{l.Name}, l.Aliases...) {
			once("name " + name)
		}
		for _, c := range l.Contacts {
			once("contact " + c.Name + c.Phone)
		}
		for _, tag := range l.Tags {
			once("tag " + tag)
		}
		areas := map[string]string{"": "whole"}
		for _, a := range l.Areas {
			once("area " + a.Name)
			areas[a.ID] = a.Name
		}
		for _, p := range l.Photos {
			n["photo "+p.Media.SHA256+areas[p.AreaID]]++
		}
		for _, d := range l.Documents {
			n["document "+d.ID]++
		}
		for _, b := range l.Blackouts {
			n["blackout "+b.ID+areas[b.AreaID]]++
		}
		rows, err := h.LocationBookings(ctx, h.admin, id, at(1, 0), at(300, 0))
		for _, b := range must(h.t, rows, err) {
			n["booking "+b.ID+b.Area+string(b.Status)]++
		}
		notes, err := h.SiteNotes(ctx, h.admin, id, studio.Page{Limit: 500})
		for _, s := range must(h.t, notes, err).Items {
			n["note "+s.Text+s.Area]++
		}
		for _, d := range days {
			got, err := h.KeptDay(ctx, d)
			for _, x := range must(h.t, got, err).Scenes {
				if x.LocationID == id {
					n["day "+d+x.SceneID+areas[x.AreaID]]++
				}
			}
		}
		places, err := h.ScriptPlaces(ctx, h.admin, title)
		for _, p := range must(h.t, places, err) {
			if p.Locked != nil && p.Locked.ID == id {
				n["locked "+p.Element.Name]++
			}
			for _, c := range p.Candidates {
				if c.LocationID == id {
					once("candidate " + p.Element.Name)
				}
			}
		}
	}
	return n
}

// furnish hangs something of every kind on a location, at random.
func (h house) furnish(rnd *rand.Rand, l studio.Location, title string, seed int, scenes []studio.SceneRow) (day string) {
	h.t.Helper()
	ctx := h.t.Context()
	area := func() string { return append(l.Areas, studio.Area{})[rnd.IntN(len(l.Areas)+1)].ID }
	for i := range 1 + rnd.IntN(4) {
		start := at(1+seed*20+i, 8)
		b, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, AreaID: area(), TitleID: title, Start: start, End: start.Add(time.Hour),
			Status: []studio.BookingStatus{studio.Tentative, studio.Confirmed}[rnd.IntN(2)]})
		if must(h.t, b, err); rnd.IntN(4) == 0 {
			must(h.t, 0, errOf(h.EditBooking(ctx, h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)})))
		}
	}
	for i := range rnd.IntN(3) {
		must(h.t, 0, errOf(h.AddPhoto(ctx, h.admin, l.ID, "a.png", area(), "", bytes.NewReader(picture(h.t, seed*10+i, "")))))
		must(h.t, 0, errOf(h.AddSiteNote(ctx, h.admin, l.ID, studio.SiteNoteIn{Text: fmt.Sprint("记录", seed, i), AreaID: area()})))
		must(h.t, 0, h.CloseFor(ctx, l.ID, studio.Blackout{AreaID: area(), Start: at(200+seed*5+i, 8), End: at(200+seed*5+i, 9)}))
	}
	h.paper(l, studio.DocPermit, "", "2027-03-31")
	must(h.t, 0, errOf(h.editPlace(l, studio.LocationIn{Tags: &[]string{"同", fmt.Sprint("标", seed)}, Aliases: &[]string{fmt.Sprint("别名", seed)},
		Contacts: &[]studio.Contact{{Name: "同"}, {Name: "王", Phone: fmt.Sprint(seed)}}})))
	places, err := h.ScriptPlaces(ctx, h.admin, title)
	for _, p := range must(h.t, places, err) {
		if rnd.IntN(2) == 0 {
			must(h.t, 0, errOf(h.AddCandidate(ctx, h.admin, p.Element.ID, studio.CandidateIn{LocationID: l.ID, Note: fmt.Sprint(seed)})))
		}
		if rnd.IntN(3) == 0 {
			h.edited(title, p.Element.Name, studio.ElementIn{LocationID: &l.ID})
		}
	}
	var on []studio.DayScene
	for _, x := range scenes {
		if rnd.IntN(2) == 0 {
			on = append(on, studio.DayScene{SceneID: x.ID, LocationID: l.ID, AreaID: area()})
		}
	}
	d, err := h.KeepDay(ctx, studio.ShootDay{TitleID: title, Date: fmt.Sprintf("2027-03-%02d", seed+1), Zone: "Asia/Shanghai", Scenes: on})
	must(h.t, 0, h.KeepFeed(ctx, l.ID))
	return must(h.t, d, err).ID
}

// TestNoLinkIsLostByAMerge hangs things on four locations at random, merges them one after the other, and counts every
// link before and after. The engine runs everything twice.
func TestNoLinkIsLostByAMerge(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			h := openAgain(t, func() {}, func() {})
			rnd := rand.New(rand.NewPCG(seed, 6))
			title := h.title("娇藏京枝")
			h.importText(title, theatre)
			var scenes []studio.SceneRow
			for _, label := range []string{"1-1", "1-2", "2-1"} {
				scenes = append(scenes, h.sceneOf(title, label))
			}
			var left []string
			var days []string
			for i, areas := range [][]string{{"大厅", "屋顶"}, {"《大厅》", "后台"}, {}, {"屋顶", "大堂"}} {
				l := h.place(fmt.Sprint("剧院", i), areas...)
				left, days = append(left, l.ID), append(days, h.furnish(rnd, l, title, i, scenes))
			}
			all := slices.Clone(left)
			for len(left) > 1 {
				rnd.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
				from, into := left[0], left[1]
				before := h.hanging(title, days, left...)
				l, err := h.Location(t.Context(), h.admin, from)
				must(t, l, err)
				got, err := h.MergeLocation(t.Context(), h.admin, from, l.Rev, studio.PlaceMergeIn{Into: into})
				if must(t, got, err); got.ID != into {
					t.Fatalf("got %+v", got)
				}
				left = left[1:]
				if after := h.hanging(title, days, left...); !maps.Equal(folded(after), folded(before)) {
					t.Fatalf("before %v\nafter  %v", folded(before), folded(after))
				}
			}
			for _, id := range all {
				l, err := h.Location(t.Context(), h.admin, id)
				if must(t, l, err); id != left[0] && l.MergedInto != left[0] || id == left[0] && len(l.Merged) != 3 {
					t.Errorf("%s leads to %q and took over %d", l.Name, l.MergedInto, len(l.Merged))
				}
			}
			if ids, err := h.Followed(t.Context()); err != nil || len(ids) != 4 || slices.ContainsFunc(ids, func(id string) bool { return id != left[0] }) {
				t.Errorf("calendars show %v, %v", ids, err)
			}
		})
	}
}

// folded has areas of one name in one spelling.
func folded(n map[string]int) map[string]int {
	out := map[string]int{}
	for k, v := range n {
		key := strings.NewReplacer("《", "", "》", "").Replace(k)
		if out[key] += v; strings.HasPrefix(k, "area ") {
			out[key] = 1
		}
	}
	return out
}

func TestADuplicateThatWasMerged(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	into := h.place("金沙湖大剧院", "大厅")
	from, err := h.CreateLocation(ctx, h.admin, studio.LocationIn{Name: ptr("金沙湖剧场"), Status: ptr(studio.PlaceConfirmed), Noise: ptr("安静"), Note: ptr("乙"), Areas: &[]studio.AreaIn{{Name: "大厅", Note: "千座"}}})
	must(t, from, err)
	into, err = h.editPlace(into, studio.LocationIn{Note: ptr("甲")})
	must(t, into, err)
	got, err := h.MergeLocation(ctx, h.admin, from.ID, from.Rev, studio.PlaceMergeIn{Into: into.ID})
	must(t, got, err)
	if got.Noise != "安静" || got.Note != "甲\n\n乙" || got.Status != studio.PlaceConfirmed || len(got.Areas) != 1 || got.Areas[0].Note != "千座" || !slices.Contains(got.Aliases, "金沙湖剧场") {
		t.Errorf("got %+v", got)
	}
	if m := got.Merged; len(m) != 1 || m[0].ID != from.ID || m[0].Name != "金沙湖剧场" || m[0].By != h.admin.Person.ID || m[0].At.IsZero() {
		t.Errorf("the trace is %+v", m)
	}
	trace, err := h.Location(ctx, h.admin, from.ID)
	if must(t, trace, err); trace.MergedInto != into.ID || trace.Name != "金沙湖剧场" || trace.Noise != "安静" {
		t.Errorf("the duplicate is %+v", trace)
	}
	t.Run("it is in no list, and its name finds the other", func(t *testing.T) {
		list, err := h.FindLocations(ctx, h.admin, studio.PlaceQuery{}, studio.Page{})
		if must(t, list, err); len(list.Items) != 1 || list.Items[0].ID != into.ID {
			t.Errorf("listed %d", len(list.Items))
		}
		hits, err := h.Search(ctx, h.admin, "jshjc", "", 0)
		if must(t, hits, err); len(hits) != 1 || hits[0].ID != into.ID {
			t.Errorf("found %+v", hits)
		}
		h.importText(title, "第一集\n\n1-1 日 内 金沙湖剧场\n沈枝：在。\n")
		if e := h.element(title, "金沙湖剧场"); e.LocationID != into.ID {
			t.Errorf("a script's place is linked to %q", e.LocationID)
		}
	})
	place := h.element(title, "金沙湖剧场")
	for name, do := range map[string]func() error{
		"an edit": func() error {
			return errOf(h.EditLocation(ctx, h.admin, from.ID, trace.Rev, studio.LocationIn{Noise: ptr("x")}))
		},
		"a booking": func() error {
			return errOf(h.Book(ctx, h.admin, studio.BookingIn{LocationID: from.ID, TitleID: title, Start: at(1, 8), End: at(1, 9)}))
		},
		"a photo": func() error {
			return errOf(h.AddPhoto(ctx, h.admin, from.ID, "a.png", "", "", bytes.NewReader(picture(t, 1, ""))))
		},
		"a document": func() error {
			return errOf(h.AddDocument(ctx, h.admin, from.ID, studio.DocumentIn{Kind: ptr(studio.DocPermit)}))
		},
		"a note": func() error { return errOf(h.AddSiteNote(ctx, h.admin, from.ID, studio.SiteNoteIn{Text: "x"})) },
		"a candidate": func() error {
			return errOf(h.AddCandidate(ctx, h.admin, place.ID, studio.CandidateIn{LocationID: from.ID}))
		},
		"a lock": func() error {
			return errOf(h.EditElement(ctx, h.admin, place.ID, place.Rev, studio.ElementIn{LocationID: &from.ID}))
		},
		"another merge": func() error {
			return errOf(h.MergeLocation(ctx, h.admin, from.ID, trace.Rev, studio.PlaceMergeIn{Into: into.ID}))
		},
		"a merge into it": func() error {
			return errOf(h.MergeLocation(ctx, h.admin, into.ID, got.Rev, studio.PlaceMergeIn{Into: from.ID}))
		},
	} {
		t.Run(name+" is refused and the other named", func(t *testing.T) {
			if e := refused(t, do(), "location.merged"); !strings.Contains(e.Text.ZH, "金沙湖大剧院") || !strings.Contains(e.Text.EN, "金沙湖大剧院") {
				t.Errorf("it says %s", e.Text.ZH)
			}
		})
	}
}

// TestAMergeKeepsTheAreaOfAScene is about a scene that stands on its day in an area of where its place is locked.
func TestAMergeKeepsTheAreaOfAScene(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	from, into := h.place("金沙湖大剧院", "观众厅"), h.place("金沙湖文化中心", "大堂", "观众厅")
	h.importText(title, theatre)
	d, err := h.KeepDay(t.Context(), studio.ShootDay{TitleID: title, Date: "2027-03-09", Scenes: []studio.DayScene{{SceneID: h.sceneOf(title, "1-2").ID, AreaID: from.Areas[0].ID}}})
	must(t, d, err)
	must(t, 0, errOf(h.MergeLocation(t.Context(), h.admin, from.ID, from.Rev, studio.PlaceMergeIn{Into: into.ID})))
	d, err = h.KeptDay(t.Context(), d.ID)
	if x := must(t, d, err).Scenes[0]; x.AreaID != into.Areas[1].ID || x.LocationID != "" {
		t.Errorf("got %+v", x)
	}
}

func TestWhatCannotBeMerged(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	a, b := h.place("剧院", "大厅"), h.place("剧场", "大厅", "屋顶")
	merge := func(by studio.Actor, id string, rev int64, into string) error {
		return errOf(h.MergeLocation(ctx, by, id, rev, studio.PlaceMergeIn{Into: into}))
	}
	refused(t, merge(h.as(studio.RoleDirector, title), a.ID, a.Rev, b.ID), "forbidden.location.edit")
	refused(t, merge(h.admin, a.ID, a.Rev+1, b.ID), "stale")
	refused(t, merge(h.admin, a.ID, a.Rev, a.ID), "invalid.into")
	refused(t, merge(h.admin, a.ID, a.Rev, "x"), "unknown.location")
	book := func(l studio.Location, area, title string, from, to int) studio.BookingRow {
		got, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, AreaID: area, TitleID: title, Start: at(9, from), End: at(9, to), Status: studio.Confirmed})
		return must(t, got, err)
	}
	book(b, b.Areas[1].ID, other, 8, 18)
	hall := book(b, b.Areas[0].ID, other, 8, 12)
	mine := book(a, a.Areas[0].ID, title, 11, 13)
	e := refused(t, merge(h.admin, a.ID, a.Rev, b.ID), "location.merge_overlap")
	for _, want := range []string{"娇藏京枝", "昼以继夜", "剧院", "剧场", "大厅", "2027-03-09 08:00–12:00", "2027-03-09 11:00–13:00"} {
		if !strings.Contains(e.Text.ZH, want) || !strings.Contains(e.Text.EN, want) {
			t.Errorf("%s is not in %s", want, e.Text.ZH)
		}
	}
	t.Run("a title that is not seen is not named", func(t *testing.T) {
		e := refused(t, merge(h.as(studio.RoleScout, title), a.ID, a.Rev, b.ID), "location.merge_overlap")
		if strings.Contains(e.Text.ZH+e.Text.EN, "昼以继夜") || !strings.Contains(e.Text.ZH, "另一部剧") {
			t.Errorf("it says %s", e.Text.ZH)
		}
	})
	must(t, 0, errOf(h.EditBooking(ctx, h.admin, hall.ID, hall.Rev, studio.BookingEdit{Status: ptr(studio.Tentative)})))
	must(t, 0, h.CloseFor(ctx, b.ID, studio.Blackout{AreaID: b.Areas[0].ID, Start: at(9, 12), End: at(9, 14)}))
	closed := refused(t, merge(h.admin, a.ID, a.Rev, b.ID), "location.merge_overlap")
	if !strings.Contains(closed.Text.ZH, "2027-03-09 12:00–14:00") {
		t.Errorf("it says %s", closed.Text.ZH)
	}
	now, err := h.Location(ctx, h.admin, b.ID)
	refused(t, merge(h.admin, b.ID, must(t, now, err).Rev, a.ID), "location.merge_overlap")
	must(t, 0, errOf(h.EditBooking(ctx, h.admin, mine.ID, mine.Rev, studio.BookingEdit{End: ptr(at(9, 12))})))
	must(t, 0, merge(h.admin, a.ID, a.Rev, b.ID))
	t.Run("nothing is dropped to make room", func(t *testing.T) {
		a, b := h.place("档案馆"), h.place("图书馆")
		for range 51 {
			h.paper(a, studio.DocOther, "", "")
			b, _ = h.paper(b, studio.DocOther, "", "")
		}
		refused(t, merge(h.admin, b.ID, b.Rev, a.ID), "location.merge_documents")
		got, err := h.Location(ctx, h.admin, b.ID)
		if must(t, got, err); len(got.Documents) != 51 || got.MergedInto != "" {
			t.Errorf("half of it is done: %+v", got)
		}
	})
	t.Run("nor a name", func(t *testing.T) {
		a, b := h.place("天桥"), h.place("天台")
		a, err := h.editPlace(a, studio.LocationIn{Aliases: ptr(many(100))})
		must(t, a, err)
		refused(t, merge(h.admin, b.ID, b.Rev, a.ID), "location.merge_aliases")
	})
}
