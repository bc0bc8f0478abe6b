package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// stages: a row says what may follow; the columns are in the order of the rows.
const stages = `
idea     .x.........
script   x.xx.......
board    xx.x.......
making   xxx.x......
post     xxxx.x.....
self     ...xx.xx...
filing   ...xxx.x...
ready    ....xxx.x..
on       .........xx
finished ........x.x
off      .......xx..
`

func TestEveryPairOfStages(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	rows := strings.Split(strings.TrimSpace(stages), "\n")
	var names []studio.Stage
	for _, r := range rows {
		names = append(names, studio.Stage(strings.Fields(r)[0]))
	}
	if fmt.Sprint(names) != fmt.Sprint(studio.Stages()) {
		t.Fatalf("the table has %v, the studio %v", names, studio.Stages())
	}
	for i, from := range names {
		for j, to := range names {
			b, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: ptr(string(from + " to " + to)), Stage: &from})
			must(t, b, err)
			if b.Title.Stage != from {
				t.Fatalf("created at %s, want %s", b.Title.Stage, from)
			}
			got, err := h.EditTitle(ctx, h.admin, b.Title.ID, b.Title.Rev, studio.TitleIn{Stage: &to})
			switch allowed := strings.Fields(rows[i])[1][j] == 'x' || i == j; {
			case !allowed:
				refused(t, err, "title.stage")
			case err != nil || got.Title.Stage != to:
				t.Errorf("%s to %s: %v, %v", from, to, got.Title.Stage, err)
			}
		}
	}
	for _, odd := range []studio.Stage{"", "IDEA", "gone"} {
		_, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: ptr("x"), Stage: &odd})
		refused(t, err, "invalid.stage")
	}
}

func TestFieldsOfATitle(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	_, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{})
	refused(t, err, "invalid.name")
	for _, code := range []string{"娇藏", "A B", "A/B", "../x", "A\u00e9"} {
		_, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: ptr("娇藏京枝"), Code: &code})
		refused(t, err, "invalid.code")
	}
	b, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: ptr("  娇藏京枝 "), Code: ptr("JC-jz_1"), Kind: ptr("真人"), Company: ptr("过儿传媒"),
		Note: ptr("第一行\n第二行"), Paused: ptr(true), Aliases: &[]string{"京枝", " ", "京枝", " 娇藏 "}})
	got := must(t, b, err).Title
	if got.Name != "娇藏京枝" || got.Code != "JC-jz_1" || !got.Paused || fmt.Sprint(got.Aliases) != "[京枝 娇藏]" || got.Stage != studio.StageIdea {
		t.Errorf("got %+v", got)
	}
	t.Run("an edit leaves what it does not name", func(t *testing.T) {
		b, err := h.EditTitle(ctx, h.admin, got.ID, got.Rev, studio.TitleIn{Paused: ptr(false)})
		if next := must(t, b, err).Title; next.Paused || next.Company != "过儿传媒" || next.Note != got.Note || next.Rev == got.Rev {
			t.Errorf("got %+v", next)
		}
	})
	t.Run("an edit of an older state is refused", func(t *testing.T) {
		_, err := h.EditTitle(ctx, h.admin, got.ID, got.Rev, studio.TitleIn{Name: ptr("别的")})
		if refused(t, err, "stale").Kind != studio.Stale || h.board(got.ID).Title.Name != "娇藏京枝" {
			t.Error("an old edit was taken")
		}
	})
	t.Run("a title that is not there is unknown even to the administrator", func(t *testing.T) {
		_, err := h.EditTitle(ctx, h.admin, "nope", 1, studio.TitleIn{})
		refused(t, err, "unknown.title")
		_, err = h.Outline(ctx, h.admin, "nope")
		refused(t, err, "unknown.title")
	})
}

func TestTitlesThatOneSees(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	var ids []string
	for i := range 5 {
		ids = append(ids, h.title(fmt.Sprint("剧 ", i)))
	}
	seen := func(a studio.Actor, p studio.Page) (out []string, next string) {
		l, err := h.Titles(ctx, a, p)
		for _, b := range must(t, l, err).Items {
			out = append(out, b.Title.Name)
		}
		return out, l.Next
	}
	got, next := seen(h.admin, studio.Page{Limit: 3})
	rest, end := seen(h.admin, studio.Page{Limit: 3, After: next})
	if fmt.Sprint(got, rest) != "[剧 4 剧 3 剧 2] [剧 1 剧 0]" || end != "" {
		t.Errorf("got %v %v %q", got, rest, end)
	}
	a := h.as(studio.RoleViewer, ids[1])
	a.Roles[ids[3]], a.Roles["gone"] = studio.RoleLead, studio.RoleLead
	if got, _ := seen(a, studio.Page{}); fmt.Sprint(got) != "[剧 3 剧 1]" {
		t.Errorf("a member sees %v", got)
	}
	if l, err := h.Titles(ctx, a, studio.Page{}); err != nil || l.Items[0].Role != studio.RoleLead || l.Items[1].Role != studio.RoleViewer {
		t.Errorf("roles %v, %v", l.Items, err)
	}
	for _, bad := range []string{"x", "!!", "AAAA", strings.Repeat("A", 5000)} {
		_, err := h.Titles(ctx, h.admin, studio.Page{After: bad})
		refused(t, err, "invalid.after")
	}
}

func TestMembersOfATitle(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("昼以继夜")
	a := studiotest.Person(t, h.Studio, h.admin, "zhouyu", studio.Member, "", "")
	_, err := h.SetMember(ctx, h.admin, title, a.Person.ID, "boss")
	refused(t, err, "invalid.role")
	_, err = h.SetMember(ctx, h.admin, title, "nobody", studio.RoleViewer)
	refused(t, err, "unknown.person")
	_, err = h.SetMember(ctx, h.admin, "nothing", a.Person.ID, studio.RoleViewer)
	refused(t, err, "unknown.title")
	first, err := h.SetMember(ctx, h.admin, title, a.Person.ID, studio.RoleOperator)
	must(t, first, err)
	row, err := h.SetMember(ctx, h.admin, title, a.Person.ID, studio.RoleProducer)
	if must(t, row, err); row.ID != first.ID || row.Role != studio.RoleProducer || row.Login != "zhouyu" {
		t.Errorf("got %+v", row)
	}
	members, err := h.Members(ctx, h.admin, title)
	if must(t, members, err); len(members) != 1 || members[0].Role != studio.RoleProducer {
		t.Fatalf("members %+v", members)
	}
	refused(t, h.RemoveMember(ctx, h.admin, title, a.Person.ID, first.Rev), "stale")
	if err := h.RemoveMember(ctx, h.admin, title, a.Person.ID, row.Rev); err != nil {
		t.Fatal(err)
	}
	refused(t, h.RemoveMember(ctx, h.admin, title, a.Person.ID, row.Rev), "unknown.person")
	if members, err := h.Members(ctx, h.admin, title); err != nil || len(members) != 0 {
		t.Errorf("members %+v, %v", members, err)
	}
}
