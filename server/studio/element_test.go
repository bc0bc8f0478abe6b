package studio_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
)

const theatre = `第一集 归来

1-1 日 外 金沙湖·剧院广场
人物：沈枝、众人
道具：行李箱、海报（大）
△薄雾。
沈枝（OS）：三年了。
众人：回来了！

1-2 日 内 金沙湖大剧院·观众厅
人物：沈枝、顾京（后入）、前场所有人、群演若干
沈枝：我回来了。
枝姐（OS）：别怕。
沈枝、顾京：走！
旁白：那一夜。
特写：她的手。

第二集 屋顶

2-1 夜 外 金沙湖大剧院 后台
人物：李丽、李莉
李丽：你是谁？
李莉：我是李莉。
李丽：不对。
`

// elements writes a title's elements of a kind as one line: name, scenes, speeches, aliases in brackets.
func (h house) elements(titleID string, kind studio.ElementKind) string {
	h.t.Helper()
	l, err := h.Elements(h.t.Context(), h.admin, titleID, kind)
	var out []string
	for _, e := range must(h.t, l, err) {
		s := fmt.Sprintf("%s %d/%d", e.Name, e.Scenes, e.Lines)
		if len(e.Aliases) > 0 {
			s += " (" + strings.Join(e.Aliases, " ") + ")"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// element finds one by its name.
func (h house) element(titleID, name string) studio.Element {
	h.t.Helper()
	l, err := h.Elements(h.t.Context(), h.admin, titleID, "")
	for _, e := range must(h.t, l, err) {
		if e.Name == name {
			return e
		}
	}
	h.t.Fatalf("no element %s", name)
	return studio.Element{}
}

// needs writes what the live scenes of a title need: each scene's elements with their speeches in it.
func (h house) needs(titleID string, episode int) string {
	h.t.Helper()
	rows, err := h.Breakdown(h.t.Context(), h.admin, titleID, episode)
	var out []string
	for _, r := range must(h.t, rows, err) {
		var in []string
		for i, e := range r.Elements {
			s := e.Name
			if r.Speeches[i] > 0 {
				s += fmt.Sprint(" ", r.Speeches[i])
			}
			in = append(in, s)
		}
		out = append(out, r.Scene.Label+": "+strings.Join(in, ", "))
	}
	return strings.Join(out, "; ")
}

func (h house) same(what, got, want string) {
	h.t.Helper()
	if got != want {
		h.t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

// broken is a title with the script of the theatre.
func broken(t *testing.T) (house, string) {
	t.Helper()
	h := newHouse(t)
	title := h.title("娇藏京枝")
	h.importText(title, theatre)
	return h, title
}

func (h house) edited(titleID, name string, in studio.ElementIn) studio.Element {
	h.t.Helper()
	e := h.element(titleID, name)
	out, err := h.EditElement(h.t.Context(), h.admin, e.ID, e.Rev, in)
	return must(h.t, out, err)
}

func (h house) setNeeds(titleID, label string, in studio.NeedsIn) {
	h.t.Helper()
	must(h.t, 0, errOf(h.SetNeeds(h.t.Context(), h.admin, h.sceneOf(titleID, label).ID, in)))
}

func TestAnImportBreaksScenesDown(t *testing.T) {
	h, title := broken(t)
	h.same("characters", h.elements(title, studio.ElementCharacter), "李丽 1/2, 李莉 1/1, 枝姐 1/1, 沈枝 2/3, 顾京 1/1")
	h.same("props", h.elements(title, studio.ElementProp), "海报 1/0, 行李箱 1/0")
	h.same("places", h.elements(title, studio.ElementPlace), "金沙湖·剧院广场 1/0, 金沙湖大剧院 后台 1/0, 金沙湖大剧院·观众厅 1/0")
	const all = "1-1: 沈枝 1, 行李箱, 海报, 金沙湖·剧院广场; 1-2: 沈枝 2, 顾京 1, 枝姐 1, 金沙湖大剧院·观众厅"
	h.same("the first episode", h.needs(title, 1), all)
	h.same("the whole", h.needs(title, 0), all+"; 2-1: 李丽 2, 李莉 1, 金沙湖大剧院 后台")
	_, err := h.Breakdown(t.Context(), h.admin, title, 9)
	refused(t, err, "unknown.episode")
	t.Run("the same again makes nothing new", func(t *testing.T) {
		before := h.element(title, "沈枝")
		h.importText(title, theatre)
		if now := h.element(title, "沈枝"); now.ID != before.ID || now.Rev != before.Rev {
			t.Errorf("got %+v", now)
		}
		h.same("the first episode", h.needs(title, 1), all)
	})
	t.Run("spelt with other widths and blanks it is the same", func(t *testing.T) {
		h.importText(title, strings.NewReplacer("沈枝", "沈\u3000枝", "金沙湖大剧院·观众厅", "金沙湖大剧院・观众厅").Replace(theatre))
		h.same("the first episode", h.needs(title, 1), all)
	})
	t.Run("archived scenes count for nothing", func(t *testing.T) {
		h.importText(title, theatre[:strings.Index(theatre, "第二集")])
		h.same("characters", h.elements(title, studio.ElementCharacter), "李丽 0/0, 李莉 0/0, 枝姐 1/1, 沈枝 2/3, 顾京 1/1")
		h.same("the whole", h.needs(title, 0), all)
	})
	t.Run("and count again when they come back", func(t *testing.T) {
		h.importText(title, theatre)
		h.same("characters", h.elements(title, studio.ElementCharacter), "李丽 1/2, 李莉 1/1, 枝姐 1/1, 沈枝 2/3, 顾京 1/1")
	})
	t.Run("a scene added by hand has its place", func(t *testing.T) {
		rows, err := h.Outline(t.Context(), h.admin, title)
		x, err := h.AddScene(t.Context(), h.admin, must(t, rows, err)[1].Episode.ID, studio.SceneIn{Place: "屋顶"})
		if must(t, x, err); len(x.Elements) != 1 || h.element(title, "屋顶").Scenes != 1 {
			t.Errorf("got %+v", x)
		}
	})
}

func TestARenamedElementIsKnownToTheNextImport(t *testing.T) {
	h, title := broken(t)
	e := h.edited(title, "枝姐", studio.ElementIn{Name: ptr("化妆师"), Note: ptr("第二场起")})
	if e.Name != "化妆师" || !slices.Equal(e.Aliases, []string{"枝姐"}) || e.Scenes != 1 || e.Lines != 1 {
		t.Errorf("got %+v", e)
	}
	h.importText(title, theatre+"\n李莉：枝姐呢？\n化妆师（VO）：在。\n枝姐：在这。\n")
	h.same("characters", h.elements(title, studio.ElementCharacter), "化妆师 2/3 (枝姐), 李丽 1/2, 李莉 1/2, 沈枝 2/3, 顾京 1/1")
	t.Run("an alias that is taken off is somebody again", func(t *testing.T) {
		h.edited(title, "化妆师", studio.ElementIn{Aliases: &[]string{}})
		h.same("characters", h.elements(title, studio.ElementCharacter), "化妆师 1/1, 李丽 1/2, 李莉 1/2, 枝姐 2/2, 沈枝 2/3, 顾京 1/1")
	})
	t.Run("names are nobody else's", func(t *testing.T) {
		e := h.element(title, "沈枝")
		for _, in := range []studio.ElementIn{{Name: ptr("李丽")}, {Aliases: &[]string{"阿枝", "李 丽"}}} {
			_, err := h.EditElement(t.Context(), h.admin, e.ID, e.Rev, in)
			if x := refused(t, err, "element.name"); !strings.Contains(x.Text.ZH, "李丽") || !strings.Contains(x.Text.EN, "李丽") {
				t.Errorf("it does not say whose: %v", x)
			}
		}
		_, err := h.AddElement(t.Context(), h.admin, title, studio.ElementIn{Kind: ptr(studio.ElementCharacter), Name: ptr("枝姐")})
		refused(t, err, "element.name")
		p, err := h.AddElement(t.Context(), h.admin, title, studio.ElementIn{Kind: ptr(studio.ElementProp), Name: ptr("枝姐")})
		must(t, p, err)
		_, err = h.EditElement(t.Context(), h.admin, e.ID, e.Rev+1, studio.ElementIn{Note: ptr("x")})
		refused(t, err, "stale")
	})
	t.Run("another title has its own", func(t *testing.T) {
		other := h.title("昼以继夜")
		h.importText(other, theatre)
		if h.element(other, "沈枝").ID == h.element(title, "沈枝").ID {
			t.Error("two titles share a character")
		}
		into := h.element(other, "沈枝").ID
		_, err := h.MergeElement(t.Context(), h.admin, h.element(title, "沈枝").ID, into)
		refused(t, err, "invalid.into")
	})
}

func TestMergingElements(t *testing.T) {
	h, title := broken(t)
	ctx := t.Context()
	from, to, prop := h.element(title, "枝姐"), h.element(title, "沈枝"), h.element(title, "海报")
	scene := h.sceneOf(title, "1-2")
	x, y := h.shot(scene.ID), h.shot(scene.ID)
	must(t, 0, errOf(h.CastShot(ctx, h.admin, x.ID, []string{from.ID, to.ID, prop.ID})))
	must(t, 0, errOf(h.CastShot(ctx, h.admin, y.ID, []string{from.ID})))
	must(t, 0, errOf(h.DeleteShot(ctx, h.admin, y.ID, h.see(y.ID).Shot.Rev)))
	h.setNeeds(title, "2-1", studio.NeedsIn{Add: []string{from.ID}})
	h.setNeeds(title, "1-1", studio.NeedsIn{Remove: []string{from.ID}})
	sheet := h.sheetOf(title, from.ID)
	for id, into := range map[string]string{from.ID: from.ID, prop.ID: to.ID} {
		_, err := h.MergeElement(ctx, h.admin, id, into)
		refused(t, err, "invalid.into")
	}
	_, err := h.MergeElement(ctx, h.admin, from.ID, "nobody")
	refused(t, err, "unknown.element")
	e, err := h.MergeElement(ctx, h.admin, from.ID, to.ID)
	if must(t, e, err); e.Scenes != 3 || e.Lines != 4 || !slices.Equal(e.Aliases, []string{"枝姐"}) {
		t.Errorf("got %+v", e)
	}
	h.same("characters", h.elements(title, studio.ElementCharacter), "李丽 1/2, 李莉 1/1, 沈枝 3/4 (枝姐), 顾京 1/1")
	h.same("needs", h.needs(title, 0), "1-1: 沈枝 1, 行李箱, 海报, 金沙湖·剧院广场; 1-2: 沈枝 3, 顾京 1, 金沙湖大剧院·观众厅; 2-1: 李丽 2, 李莉 1, 金沙湖大剧院 后台, 沈枝")
	if got := h.see(x.ID).Shot.Cast; !slices.Equal(got, []string{to.ID, prop.ID}) {
		t.Errorf("the shot shows %v", got)
	}
	back, err := h.RestoreShot(ctx, h.admin, y.ID)
	if must(t, back, err); !slices.Equal(back.Cast, []string{to.ID}) {
		t.Errorf("the restored shot shows %v", back.Cast)
	}
	if got := h.shows(sheet); got != to.ID {
		t.Errorf("the sheet shows %s", got)
	}
	_, err = h.MergeElement(ctx, h.admin, from.ID, to.ID)
	refused(t, err, "unknown.element")
	h.importText(title, theatre)
	h.same("after an import", h.elements(title, studio.ElementCharacter), "李丽 1/2, 李莉 1/1, 沈枝 3/4 (枝姐), 顾京 1/1")
}

func TestWhatPeopleSetStays(t *testing.T) {
	h, title := broken(t)
	ctx := t.Context()
	knife, err := h.AddElement(ctx, h.admin, title, studio.ElementIn{Kind: ptr(studio.ElementProp), Name: ptr("匕首")})
	must(t, knife, err)
	gu, jie := h.element(title, "顾京"), h.element(title, "枝姐")
	h.setNeeds(title, "1-2", studio.NeedsIn{Add: []string{knife.ID}, Remove: []string{gu.ID, jie.ID}})
	const want = "1-2: 沈枝 2, 金沙湖大剧院·观众厅, 匕首"
	is := func(what string) {
		t.Helper()
		h.same(what, strings.Split(h.needs(title, 1), "; ")[1], want)
	}
	is("by hand")
	h.importText(title, theatre)
	is("the same script")
	h.importText(title, strings.Replace(theatre, "走！", "快走！", 1))
	is("another draft")
	h.importText(title, "第一集\n\n1-1 日 外 湖边\n沈枝：在。\n")
	if h.element(title, "匕首").Scenes != 0 {
		t.Error("an archived scene counts")
	}
	h.importText(title, theatre)
	is("out of the script and back")
	v := h.importText(title, "第一集\n\n1-1 日 外 湖边\n顾京（OS）：在。\n")
	h.edited(title, "沈枝", studio.ElementIn{Name: ptr("枝枝")})
	must(t, 0, errOf(h.UndoImport(ctx, h.admin, v.ID)))
	h.edited(title, "枝枝", studio.ElementIn{Name: ptr("沈枝")})
	h.edited(title, "沈枝", studio.ElementIn{Aliases: &[]string{}})
	is("an import taken back")
	h.edited(title, "匕首", studio.ElementIn{Name: ptr("短刀")})
	h.edited(title, "短刀", studio.ElementIn{Name: ptr("匕首"), Aliases: &[]string{}})
	is("renamed and back")
	t.Run("taken off everywhere and deleted, it does not come back", func(t *testing.T) {
		must(t, 0, h.DeleteElement(ctx, h.admin, jie.ID, jie.Rev))
		h.importText(title, theatre)
		is("deleted")
		h.same("characters", h.elements(title, studio.ElementCharacter), "李丽 1/2, 李莉 1/1, 沈枝 2/3, 顾京 0/0")
	})
	t.Run("until somebody adds it", func(t *testing.T) {
		h.setNeeds(title, "1-2", studio.NeedsIn{Add: []string{gu.ID}, Remove: []string{knife.ID}})
		h.same("needs", strings.Split(h.needs(title, 1), "; ")[1], "1-2: 沈枝 2, 顾京 1, 金沙湖大剧院·观众厅")
	})
	t.Run("a name that was taken off may become an alias", func(t *testing.T) {
		h.edited(title, "沈枝", studio.ElementIn{Aliases: &[]string{"枝姐"}})
		h.same("needs", strings.Split(h.needs(title, 1), "; ")[1], "1-2: 沈枝 3, 顾京 1, 金沙湖大剧院·观众厅")
	})
	t.Run("a group is an element once somebody makes it one", func(t *testing.T) {
		e, err := h.AddElement(ctx, h.admin, title, studio.ElementIn{Kind: ptr(studio.ElementCharacter), Name: ptr("旁白"), Aliases: &[]string{"众人"}})
		if must(t, e, err); e.Scenes != 2 || e.Lines != 2 {
			t.Errorf("got %+v", e)
		}
		h.importText(title, theatre)
		if e := h.element(title, "旁白"); e.Scenes != 2 || e.Lines != 2 {
			t.Errorf("after an import %+v", e)
		}
	})
	bad := map[string]studio.NeedsIn{
		"invalid.remove": {Add: []string{gu.ID}, Remove: []string{gu.ID}}, "invalid.add": {Add: []string{jie.ID}},
	}
	for code, in := range bad {
		_, err := h.SetNeeds(ctx, h.admin, h.sceneOf(title, "1-1").ID, in)
		refused(t, err, code)
	}
	_, err = h.SetNeeds(ctx, h.admin, h.sceneOf(title, "1-1").ID, studio.NeedsIn{Add: slices.Repeat([]string{gu.ID}, 101)})
	refused(t, err, "invalid.add")
	gone := h.sceneOf(title, "2-1").ID
	h.importText(title, theatre[:strings.Index(theatre, "第二集")])
	_, err = h.SetNeeds(ctx, h.admin, gone, studio.NeedsIn{Add: []string{gu.ID}})
	refused(t, err, "scene.archived")
}

func TestDeletingAnElement(t *testing.T) {
	h, title := broken(t)
	ctx := t.Context()
	e := h.element(title, "李丽")
	x := h.shot(h.sceneOf(title, "2-1").ID)
	must(t, 0, errOf(h.CastShot(ctx, h.admin, x.ID, []string{e.ID, e.ID})))
	used := func(want string) {
		t.Helper()
		err := h.DeleteElement(ctx, h.admin, e.ID, e.Rev)
		if r := refused(t, err, "element.used"); !strings.HasPrefix(r.Text.EN, want) {
			t.Errorf("got %v", r)
		}
	}
	used("1 scenes, 1 shots and 0 ")
	h.importText(title, theatre[:strings.Index(theatre, "第二集")])
	used("0 scenes, 1 shots and 0 ")
	must(t, 0, errOf(h.DeleteShot(ctx, h.admin, x.ID, h.see(x.ID).Shot.Rev)))
	sheet := h.sheetOf(title, e.ID)
	used("0 scenes, 0 shots and 1 ")
	h.unsheet(sheet)
	refused(t, h.DeleteElement(ctx, h.admin, e.ID, e.Rev+1), "stale")
	must(t, 0, h.DeleteElement(ctx, h.admin, e.ID, e.Rev))
	refused(t, h.DeleteElement(ctx, h.admin, e.ID, e.Rev), "unknown.element")
	back, err := h.RestoreShot(ctx, h.admin, x.ID)
	if must(t, back, err); len(back.Cast) != 0 {
		t.Errorf("it shows %v", back.Cast)
	}
	h.importText(title, theatre)
	if again := h.element(title, "李丽"); again.ID == e.ID || again.Lines != 2 {
		t.Errorf("got %+v", again)
	}
}

func TestPlacesAreLinkedOnce(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	hall := h.place("金沙湖大剧院", "观众厅")
	l, err := h.EditLocation(ctx, h.admin, hall.ID, hall.Rev, studio.LocationIn{Aliases: &[]string{"剧院"}})
	must(t, l, err)
	h.place("茶馆")
	h.place("茶 馆")
	title := h.title("娇藏京枝")
	h.importText(title, theatre+"\n2-2 夜 内 剧院\n△空。\n\n2-3 夜 内 茶馆\n△空。\n\n2-4 夜 内 金沙湖大剧苑\n△空。\n")
	linked := func(name string) string { return h.element(title, name).LocationID }
	for name, want := range map[string]string{"金沙湖大剧院·观众厅": hall.ID, "金沙湖大剧院 后台": hall.ID, "剧院": hall.ID, "茶馆": "", "金沙湖大剧苑": "", "金沙湖·剧院广场": ""} {
		if got := linked(name); got != want {
			t.Errorf("%s is linked to %q", name, got)
		}
	}
	rows, err := h.Breakdown(ctx, h.admin, title, 1)
	if must(t, rows, err); rows[1].Elements[3].LocationID != hall.ID {
		t.Errorf("got %+v", rows[1])
	}
	h.edited(title, "剧院", studio.ElementIn{LocationID: ptr("")})
	h.edited(title, "金沙湖·剧院广场", studio.ElementIn{LocationID: &hall.ID})
	h.importText(title, theatre)
	if linked("剧院") != "" || linked("金沙湖·剧院广场") != hall.ID {
		t.Error("an import changed a link that somebody set")
	}
	e := h.element(title, "剧院")
	_, err = h.EditElement(ctx, h.admin, e.ID, e.Rev, studio.ElementIn{LocationID: ptr("nowhere")})
	refused(t, err, "unknown.location")
	e = h.element(title, "沈枝")
	_, err = h.EditElement(ctx, h.admin, e.ID, e.Rev, studio.ElementIn{LocationID: &hall.ID})
	refused(t, err, "invalid.location_id")
}

func TestElementsThatCannotBe(t *testing.T) {
	h, title := broken(t)
	ctx := t.Context()
	kind := ptr(studio.ElementProp)
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprint("名", i)
	}
	for what, c := range map[string]struct {
		in   studio.ElementIn
		code string
	}{
		"no kind":          {studio.ElementIn{Name: ptr("x")}, "invalid.kind"},
		"a strange kind":   {studio.ElementIn{Kind: ptr(studio.ElementKind("costume")), Name: ptr("x")}, "invalid.kind"},
		"no name":          {studio.ElementIn{Kind: kind}, "invalid.name"},
		"quotes alone":     {studio.ElementIn{Kind: kind, Name: ptr("《》")}, "invalid.name"},
		"a long name":      {studio.ElementIn{Kind: kind, Name: ptr(strings.Repeat("长", 101))}, "invalid.name"},
		"two lines":        {studio.ElementIn{Kind: kind, Name: ptr("a\nb")}, "invalid.name"},
		"no UTF-8":         {studio.ElementIn{Kind: kind, Name: ptr("\xff")}, "invalid.name"},
		"a long alias":     {studio.ElementIn{Kind: kind, Name: ptr("x"), Aliases: &[]string{strings.Repeat("长", 101)}}, "invalid.aliases"},
		"many aliases":     {studio.ElementIn{Kind: kind, Name: ptr("x"), Aliases: &many}, "invalid.aliases"},
		"a long note":      {studio.ElementIn{Kind: kind, Name: ptr("x"), Note: ptr(strings.Repeat("长", 20001))}, "invalid.note"},
		"a linked prop":    {studio.ElementIn{Kind: kind, Name: ptr("x"), LocationID: ptr("l")}, "invalid.location_id"},
		"a strange link":   {studio.ElementIn{Kind: ptr(studio.ElementPlace), Name: ptr("x"), LocationID: ptr("l")}, "unknown.location"},
		"a name that is":   {studio.ElementIn{Kind: kind, Name: ptr("“海 报”")}, "element.name"},
		"an alias that is": {studio.ElementIn{Kind: kind, Name: ptr("x"), Aliases: &[]string{"海报"}}, "element.name"},
	} {
		t.Run(what, func(t *testing.T) { refused(t, errOf(h.AddElement(ctx, h.admin, title, c.in)), c.code) })
	}
	h.same("props", h.elements(title, studio.ElementProp), "海报 1/0, 行李箱 1/0")
	e := h.element(title, "海报")
	refused(t, errOf(h.EditElement(ctx, h.admin, e.ID, e.Rev, studio.ElementIn{Kind: ptr(studio.ElementPlace)})), "invalid.kind")
	refused(t, errOf(h.AddElement(ctx, h.admin, "nothing", studio.ElementIn{Kind: kind, Name: ptr("x")})), "unknown.title")
	x := h.shot(h.sceneOf(title, "1-1").ID)
	refused(t, errOf(h.CastShot(ctx, h.admin, x.ID, []string{"nobody"})), "invalid.elements")
	refused(t, errOf(h.CastShot(ctx, h.admin, x.ID, slices.Repeat([]string{e.ID}, 101))), "invalid.elements")
	t.Run("who may", func(t *testing.T) {
		op, out := h.as(studio.RoleOperator, title), h.as(studio.RoleLead, "another")
		for by, code := range map[*studio.Actor]string{&op: "forbidden.shot.edit", &out: ""} {
			for kind, err := range map[string]error{
				"element": errors.Join(errOf(h.EditElement(ctx, *by, e.ID, e.Rev, studio.ElementIn{}))),
				"title":   errOf(h.AddElement(ctx, *by, title, studio.ElementIn{Kind: ptr(studio.ElementProp), Name: ptr("y")})),
				"shot":    errOf(h.CastShot(ctx, *by, x.ID, nil)),
				"scene":   errOf(h.SetNeeds(ctx, *by, x.SceneID, studio.NeedsIn{})),
			} {
				want := code
				if want == "" {
					want = "unknown." + kind
				}
				refused(t, err, want)
			}
		}
	})
	t.Run("it happens once for one key", func(t *testing.T) {
		by := h.admin
		by.Once = studio.Once{Key: "k", Hash: "h"}
		in := studio.ElementIn{Kind: kind, Name: ptr("匕首")}
		a, err := h.AddElement(ctx, by, title, in)
		must(t, a, err)
		b, err := h.AddElement(ctx, by, title, in)
		if must(t, b, err); a.ID != b.ID {
			t.Error("made twice")
		}
	})
	for _, verb := range []string{"element.added", "script.imported"} {
		if !slices.Contains(h.verbs(title), verb) {
			t.Errorf("nothing tells of %s: %v", verb, h.verbs(title))
		}
	}
}

func TestATitleHasOnlySoManyElements(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	text := strings.Builder{}
	text.WriteString("第一集\n")
	for i := range 51 {
		fmt.Fprintf(&text, "\n1-%d 日 内 湖边\n人物：", i+1)
		for k := range 100 {
			fmt.Fprintf(&text, "甲%d号、", i*100+k)
		}
		text.WriteString("\n△空。\n")
	}
	h.importText(title, text.String())
	l, err := h.Elements(t.Context(), h.admin, title, "")
	if must(t, l, err); len(l) != 5000 {
		t.Errorf("%d elements", len(l))
	}
	in := studio.ElementIn{Kind: ptr(studio.ElementProp), Name: ptr("匕首")}
	refused(t, errOf(h.AddElement(t.Context(), h.admin, title, in)), "element.many")
	e := h.element(title, "甲0号")
	h.setNeeds(title, "1-1", studio.NeedsIn{Remove: []string{e.ID}})
	must(t, 0, h.DeleteElement(t.Context(), h.admin, e.ID, e.Rev))
	must(t, 0, errOf(h.AddElement(t.Context(), h.admin, title, in)))
}

func (h house) sheetOf(titleID, elementID string) string {
	h.t.Helper()
	id, err := h.Sheet(h.t.Context(), titleID, elementID, "")
	return must(h.t, id, err)
}

func (h house) unsheet(id string) {
	h.t.Helper()
	must(h.t, 0, errOf(h.Sheet(h.t.Context(), "", "", id)))
}

func (h house) shows(sheet string) string {
	h.t.Helper()
	id, err := h.SheetShows(h.t.Context(), sheet)
	return must(h.t, id, err)
}

// TestWhatWasTakenOffStaysOffUnderEverySpelling: 莉莉 is taken off a scene, and is another spelling of 小丽 when the scene
// comes back; that 小丽 is deleted then leaves nothing open.
func TestWhatWasTakenOffStaysOffUnderEverySpelling(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	const first = "第一集\n\n1-1 日 内 湖边\n人物：小丽、莉莉\n△雨从傍晚下到半夜，屋檐的水一直没有停过。\n小丽：话。\n莉莉：话。\n"
	const second = "\n1-2 夜 外 站台\n△火车进站，汽笛拉得很长，月台尽头空无一人。\n"
	h.importText(title, first+second)
	lili := h.element(title, "莉莉")
	h.setNeeds(title, "1-1", studio.NeedsIn{Remove: []string{lili.ID}})
	must(t, 0, h.DeleteElement(t.Context(), h.admin, lili.ID, lili.Rev))
	h.importText(title, "第一集\n"+second)
	xiao := h.element(title, "小丽")
	xiao, err := h.EditElement(t.Context(), h.admin, xiao.ID, xiao.Rev, studio.ElementIn{Aliases: &[]string{"莉莉"}})
	must(t, xiao, err)
	h.importText(title, first+second)
	if got := h.needs(title, 0); strings.Contains(got, "小丽") {
		t.Errorf("got %s", got)
	}
	must(t, 0, h.DeleteElement(t.Context(), h.admin, xiao.ID, xiao.Rev)) // the check after the test finds a name without an element
}
