package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func keysOf(name string, keys ...string) studio.PrefsIn {
	return studio.PrefsIn{Keys: &map[string][]string{name: keys}}
}

func filtersOf(f ...studio.SavedFilter) studio.PrefsIn { return studio.PrefsIn{Filters: &f} }

func TestPreferencesAreOnesOwn(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("昼以继夜")
	other := studiotest.Person(t, h.Studio, h.admin, "xudao", studio.Member, title, studio.RoleDirector)
	p, err := h.MyPrefs(ctx, h.admin)
	if must(t, p, err); p.ID != h.admin.Person.ID || p.Rev != 0 || p.Keys == nil || p.Filters == nil || len(p.Keys)+len(p.Filters) > 0 {
		t.Errorf("nothing set up reads %+v", p)
	}
	must(t, 0, errOf(h.SetPrefs(ctx, h.admin, keysOf("take.pick", "p", " ", "Shift+P", "选"))))
	must(t, 0, errOf(h.SetPrefs(ctx, h.admin, filtersOf(studio.SavedFilter{Name: " 等了一天 ", TitleID: title, Filter: studio.QueueFilter{Hours: 24, Order: "script"}},
		studio.SavedFilter{Name: "等了一天"}))))
	p, err = h.MyPrefs(ctx, h.admin)
	if must(t, p, err); fmt.Sprint(p.Keys) != "map[take.pick:[p   Shift+P 选]]" || len(p.Filters) != 2 || p.Filters[0].Name != "等了一天" || p.Filters[0].Filter.Hours != 24 || p.Rev != 2 {
		t.Errorf("got %+v", p)
	}
	if p, err := h.MyPrefs(ctx, other); err != nil || len(p.Keys)+len(p.Filters) > 0 || p.ID != other.Person.ID {
		t.Errorf("somebody else reads %+v, %v", p, err)
	}
	t.Run("what is sent replaces that part and leaves the other", func(t *testing.T) {
		p, err := h.SetPrefs(ctx, h.admin, studio.PrefsIn{Keys: &map[string][]string{"take.pick": {}}})
		if must(t, p, err); len(p.Keys) != 1 || len(p.Keys["take.pick"]) != 0 || len(p.Filters) != 2 {
			t.Errorf("got %+v", p)
		}
		p, err = h.SetPrefs(ctx, h.admin, filtersOf())
		if must(t, p, err); len(p.Keys) != 1 || len(p.Filters) != 0 {
			t.Errorf("got %+v", p)
		}
	})
	t.Run("a filter goes out of sight with its title", func(t *testing.T) {
		must(t, 0, errOf(h.SetPrefs(ctx, other, filtersOf(studio.SavedFilter{Name: "一", TitleID: title}, studio.SavedFilter{Name: "二"}))))
		gone := other
		gone.Roles = map[string]studio.Role{}
		if p, err := h.MyPrefs(ctx, gone); err != nil || len(p.Filters) != 1 || p.Filters[0].Name != "二" {
			t.Errorf("got %+v, %v", p, err)
		}
		_, err := h.SetPrefs(ctx, gone, filtersOf(studio.SavedFilter{Name: "一", TitleID: title}))
		refused(t, err, "unknown.title")
	})
	t.Run("nobody else is told", func(t *testing.T) {
		l, err := h.Activities(ctx, h.admin, "", studio.Page{Limit: 500})
		for _, a := range must(t, l, err).Items {
			if strings.Contains(a.Verb, "pref") || strings.Contains(a.Verb, "place") {
				t.Errorf("there is an activity %s", a.Verb)
			}
		}
	})
	for name, a := range map[string]studio.Actor{"signed_out": {}, "token.browser": token(h.admin)} {
		_, err := h.MyPrefs(ctx, a)
		refused(t, err, name)
		_, err = h.SetPrefs(ctx, a, filtersOf())
		refused(t, err, name)
	}
}

// token is the same person by a token that may do everything.
func token(a studio.Actor) studio.Actor {
	a.Session, a.Token, a.Scopes = "", "token", studio.Scopes()
	return a
}

func TestPreferencesThatAreRefused(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	other := h.scene(h.title("娇藏京枝"))
	many := map[string][]string{}
	for i := range 201 {
		many[fmt.Sprintf("act.%d", i)] = []string{"x"}
	}
	var filters []studio.SavedFilter
	for i := range 51 {
		filters = append(filters, studio.SavedFilter{Name: fmt.Sprint(i)})
	}
	with := func(f studio.QueueFilter) studio.PrefsIn {
		return filtersOf(studio.SavedFilter{Name: "x", TitleID: x.TitleID, Filter: f})
	}
	for name, c := range map[string]struct {
		in   studio.PrefsIn
		code string
	}{
		"too many acts":              {studio.PrefsIn{Keys: &many}, "invalid.keys"},
		"too many keys":              {keysOf("a", "1", "2", "3", "4", "5"), "invalid.keys"},
		"no name":                    {keysOf("", "x"), "invalid.keys"},
		"a capital":                  {keysOf("Take", "x"), "invalid.keys"},
		"a digit first":              {keysOf("1a", "x"), "invalid.keys"},
		"a dot first":                {keysOf(".a", "x"), "invalid.keys"},
		"a long name":                {keysOf(strings.Repeat("a", 61), "x"), "invalid.keys"},
		"a Chinese name":             {keysOf("选片", "x"), "invalid.keys"},
		"a blank in a name":          {keysOf("a b", "x"), "invalid.keys"},
		"an empty key":               {keysOf("a", ""), "invalid.keys"},
		"a long key":                 {keysOf("a", strings.Repeat("键", 41)), "invalid.keys"},
		"a control character":        {keysOf("a", "a\x1b"), "invalid.keys"},
		"a line break":               {keysOf("a", "\n"), "invalid.keys"},
		"a direction mark":           {keysOf("a", "\u202e"), "invalid.keys"},
		"no text":                    {keysOf("a", "\xff"), "invalid.keys"},
		"too many filters":           {filtersOf(filters...), "invalid.filters"},
		"a filter without a name":    {filtersOf(studio.SavedFilter{Name: "  "}), "invalid.filters"},
		"a filter of a long name":    {filtersOf(studio.SavedFilter{Name: strings.Repeat("长", 201)}), "invalid.filters"},
		"two filters of one name":    {filtersOf(studio.SavedFilter{Name: "等 一天"}, studio.SavedFilter{Name: "《等一天》"}), "invalid.filters"},
		"a title that is not there":  {filtersOf(studio.SavedFilter{Name: "x", TitleID: "nothing"}), "unknown.title"},
		"a wrong order":              {with(studio.QueueFilter{Order: "x"}), "invalid.order"},
		"a negative number":          {with(studio.QueueFilter{Hours: -1}), "invalid.hours"},
		"a scene of another title":   {with(studio.QueueFilter{Scene: other.ID}), "unknown.scene"},
		"a scene for every title":    {filtersOf(studio.SavedFilter{Name: "x", Filter: studio.QueueFilter{Scene: x.SceneID}}), "unknown.scene"},
		"an operator that is no id ": {with(studio.QueueFilter{Operator: "\x01"}), "invalid.operator"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.SetPrefs(ctx, h.admin, c.in)
			refused(t, err, c.code)
		})
	}
	if p, err := h.MyPrefs(ctx, h.admin); err != nil || p.Rev != 0 {
		t.Errorf("a refusal was kept: %+v, %v", p, err)
	}
	delete(many, "act.200")
	longest := "a" + strings.Repeat("z", 59)
	many["act.0"] = []string{strings.Repeat("键", 40), "2", "3", "4"}
	delete(many, "act.1")
	many[longest] = nil
	p, err := h.SetPrefs(ctx, h.admin, studio.PrefsIn{Keys: &many, Filters: ptr(filters[:50])})
	if must(t, p, err); len(p.Keys) != 200 || len(p.Filters) != 50 {
		t.Errorf("at the limits: %d acts, %d filters", len(p.Keys), len(p.Filters))
	}
}

func FuzzKeys(f *testing.F) {
	for _, s := range []string{"", "take.pick", "A", "键", "\xff", "\u202e", strings.Repeat("a", 61)} {
		f.Add(s, s)
	}
	h := newHouseFor(f)
	f.Fuzz(func(t *testing.T, name, key string) {
		p, err := h.SetPrefs(t.Context(), h.admin, keysOf(name, key))
		if err != nil {
			if !studio.IsKind(err, studio.Invalid) {
				t.Fatalf("%q %q: %v", name, key, err)
			}
			return
		}
		if got := p.Keys[name]; len(got) != 1 || got[0] != key || len(name) > 60 || len([]rune(key)) > 40 {
			t.Fatalf("%q %q is kept as %v", name, key, p.Keys)
		}
	})
}

// newHouseFor is a house for a fuzz target.
func newHouseFor(f *testing.F) house {
	s := studiotest.New(f)
	return house{Studio: s, admin: studiotest.Admin(f, s)}
}

func TestWhereOneStopped(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	y := h.shot(x.SceneID)
	a, b := h.take(x.ID, 1), h.take(y.ID, 2)
	foreign := h.oneShot()
	strange := h.take(foreign.ID, 3)
	director := studiotest.Person(t, h.Studio, h.admin, "xudao", studio.Member, x.TitleID, studio.RoleDirector)
	if p, err := h.ReviewPlace(ctx, director, x.TitleID); err != nil || p != (studio.ReviewPlace{}) {
		t.Errorf("before the first time: %+v, %v", p, err)
	}
	for name, s := range map[string]struct {
		in, want studio.ReviewPlace
	}{
		"all of it": {studio.ReviewPlace{ShotID: x.ID, TakeID: a.ID, View: "loupe", Filter: studio.QueueFilter{Scene: x.SceneID, Hours: 3, Order: "script"}},
			studio.ReviewPlace{ShotID: x.ID, TakeID: a.ID, View: "loupe", Filter: studio.QueueFilter{Scene: x.SceneID, Hours: 3, Order: "script"}}},
		"a take of another shot":   {studio.ReviewPlace{ShotID: x.ID, TakeID: b.ID, View: "grid"}, studio.ReviewPlace{ShotID: x.ID, View: "grid"}},
		"a take without its shot":  {studio.ReviewPlace{TakeID: b.ID}, studio.ReviewPlace{}},
		"a shot of another title":  {studio.ReviewPlace{ShotID: foreign.ID, TakeID: strange.ID, View: "survey"}, studio.ReviewPlace{View: "survey"}},
		"a scene of another title": {studio.ReviewPlace{Filter: studio.QueueFilter{Scene: foreign.SceneID, Episode: 2}}, studio.ReviewPlace{Filter: studio.QueueFilter{Episode: 2}}},
		"nonsense":                 {studio.ReviewPlace{ShotID: "\x00", TakeID: strings.Repeat("x", 1<<16), Filter: studio.QueueFilter{Scene: "\xff"}}, studio.ReviewPlace{}},
		"a time of one's own":      {studio.ReviewPlace{ShotID: y.ID, At: ptr(at(1, 1))}, studio.ReviewPlace{ShotID: y.ID}},
	} {
		t.Run(name, func(t *testing.T) {
			now := c.Now()
			for _, read := range []func() (studio.ReviewPlace, error){
				func() (studio.ReviewPlace, error) { return h.SetReviewPlace(ctx, director, x.TitleID, s.in) },
				func() (studio.ReviewPlace, error) { return h.ReviewPlace(ctx, director, x.TitleID) },
			} {
				p, err := read()
				if must(t, p, err); p.At == nil || !p.At.Equal(now) {
					t.Fatalf("at %v", p.At)
				}
				if p.At = nil; p != s.want {
					t.Errorf("got %+v", p)
				}
			}
		})
	}
	for _, bad := range []struct {
		in   studio.ReviewPlace
		code string
	}{{studio.ReviewPlace{View: "wall"}, "invalid.view"}, {studio.ReviewPlace{Filter: studio.QueueFilter{Order: "x"}}, "invalid.order"},
		{studio.ReviewPlace{Filter: studio.QueueFilter{Hours: -3}}, "invalid.hours"}} {
		_, err := h.SetReviewPlace(ctx, director, x.TitleID, bad.in)
		refused(t, err, bad.code)
	}
	if p, err := h.ReviewPlace(ctx, director, x.TitleID); err != nil || p.At == nil {
		t.Errorf("a refusal took the place away: %+v, %v", p, err)
	}
	t.Run("what is gone by now is left out, each has a place of their own", func(t *testing.T) {
		must(t, 0, errOf(h.SetReviewPlace(ctx, director, x.TitleID, studio.ReviewPlace{ShotID: x.ID, TakeID: a.ID})))
		if p, err := h.ReviewPlace(ctx, h.admin, x.TitleID); err != nil || p.At != nil {
			t.Errorf("somebody else reads %+v, %v", p, err)
		}
		got := h.see(x.ID).Shot
		must(t, 0, errOf(h.DeleteShot(ctx, h.admin, x.ID, got.Rev)))
		if p, err := h.ReviewPlace(ctx, director, x.TitleID); err != nil || p.ShotID != "" || p.TakeID != "" || p.At == nil {
			t.Errorf("got %+v, %v", p, err)
		}
	})
	for code, by := range map[string]studio.Actor{"signed_out": {}, "token.browser": token(h.admin), "unknown.title": h.as(studio.RoleLead, foreign.TitleID)} {
		_, err := h.ReviewPlace(ctx, by, x.TitleID)
		refused(t, err, code)
		_, err = h.SetReviewPlace(ctx, by, x.TitleID, studio.ReviewPlace{})
		refused(t, err, code)
	}
	_, err := h.SetReviewPlace(ctx, h.admin, "nothing", studio.ReviewPlace{})
	refused(t, err, "unknown.title")
}
