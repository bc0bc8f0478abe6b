package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

func TestWhatAReleaseIsCalledAndCosts(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("从顽皮蛇开始吞噬进化")
	r, err := h.CreateRelease(ctx, h.admin, title, studio.ReleaseIn{Platform: ptr("红果"), ExternalID: ptr(" 7451 "), PriceModel: ptr("mixed"), PriceNote: ptr("前 10 集免费"),
		Aliases: &[]string{"从赖皮蛇开始吞噬进化", " 《从赖皮蛇开始 吞噬进化》", "蛇", ""}, Quiet: ptr(true)})
	must(t, r, err)
	if r.ExternalID != "7451" || r.PriceModel != "mixed" || r.PriceNote != "前 10 集免费" || strings.Join(r.Aliases, "|") != "从赖皮蛇开始吞噬进化|蛇" || !r.Quiet {
		t.Errorf("got %+v", r)
	}
	t.Run("an edit changes only what it names", func(t *testing.T) {
		got, err := h.EditRelease(ctx, h.admin, r.ID, r.Rev, studio.ReleaseIn{Quiet: ptr(false), PriceModel: ptr("")})
		if must(t, got, err); got.Quiet || got.PriceModel != "" || got.ExternalID != "7451" || len(got.Aliases) != 2 {
			t.Errorf("got %+v", got)
		}
		r = got
	})
	other := h.title("赖皮蛇")
	mine := h.release(other, "红果", "")
	t.Run("a name of another title on this platform is taken", func(t *testing.T) {
		for _, name := range []string{"从赖皮蛇开始吞噬进化", "《蛇》", "Ｓnake"} {
			_, err := h.EditRelease(ctx, h.admin, mine.ID, mine.Rev, studio.ReleaseIn{Aliases: &[]string{"甲", name}})
			if name == "Ｓnake" {
				must(t, 0, err)
				continue
			}
			if e := refused(t, err, "release.alias_taken"); !strings.Contains(e.Text.ZH, "《从顽皮蛇开始吞噬进化》") || !strings.Contains(e.Text.EN, "“从顽皮蛇开始吞噬进化”") {
				t.Errorf("it says %+v", e.Text)
			}
		}
		_, err := h.EditRelease(ctx, h.admin, r.ID, r.Rev, studio.ReleaseIn{Aliases: &[]string{"赖皮蛇"}})
		refused(t, err, "release.alias_taken")
	})
	t.Run("the other title is not named to those who do not see it", func(t *testing.T) {
		_, err := h.CreateRelease(ctx, h.as(studio.RoleDistributor, other), other, studio.ReleaseIn{Platform: ptr("红果"), Region: ptr("us"), Aliases: &[]string{"snake"}})
		must(t, 0, err)
		_, err = h.EditRelease(ctx, h.as(studio.RoleDistributor, other), mine.ID, 2, studio.ReleaseIn{Aliases: &[]string{"蛇"}})
		if e := refused(t, err, "release.alias_taken"); strings.Contains(e.Text.ZH+e.Text.EN, "顽皮蛇") {
			t.Errorf("it says %+v", e.Text)
		}
		_, err = h.EditRelease(ctx, h.as(studio.RoleDistributor, other), mine.ID, 2, studio.ReleaseIn{ExternalID: ptr("7451")})
		if e := refused(t, err, "release.external_taken"); strings.Contains(e.Text.ZH+e.Text.EN, "顽皮蛇") || !strings.Contains(e.Text.ZH, "7451") {
			t.Errorf("it says %+v", e.Text)
		}
	})
	t.Run("on another platform it is free", func(t *testing.T) {
		_, err := h.CreateRelease(ctx, h.admin, other, studio.ReleaseIn{Platform: ptr("番茄"), ExternalID: ptr("7451"), Aliases: &[]string{"蛇", "从顽皮蛇开始吞噬进化"}})
		must(t, 0, err)
	})
	many := []string{}
	for i := range 51 {
		many = append(many, fmt.Sprint("名", i))
	}
	for name, c := range map[string]struct {
		code string
		in   studio.ReleaseIn
	}{
		"an endless id":         {"invalid.external_id", studio.ReleaseIn{ExternalID: ptr(strings.Repeat("7", 101))}},
		"an id on two lines":    {"invalid.external_id", studio.ReleaseIn{ExternalID: ptr("7\n7")}},
		"a strange price model": {"invalid.price_model", studio.ReleaseIn{PriceModel: ptr("barter")}},
		"an endless price note": {"invalid.price_note", studio.ReleaseIn{PriceNote: ptr(strings.Repeat("元", 201))}},
		"an alias of quotes":    {"invalid.aliases", studio.ReleaseIn{Aliases: &[]string{"《 》"}}},
		"an alias with a mark":  {"invalid.aliases", studio.ReleaseIn{Aliases: &[]string{"a\u202eb"}}},
		"too many aliases":      {"invalid.aliases", studio.ReleaseIn{Aliases: &many}},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.EditRelease(ctx, h.admin, r.ID, r.Rev, c.in)
			refused(t, err, c.code)
		})
	}
}
