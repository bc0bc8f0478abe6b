package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

func (h house) cost(titleID, kind, text, currency string) studio.Cost {
	h.t.Helper()
	x, err := h.AddCost(h.t.Context(), h.admin, titleID, studio.CostIn{Kind: &kind, Text: &text, Currency: &currency})
	return must(h.t, x, err)
}

// costs tells what a title cost: its parts, and the sums.
func (h house) costs(titleID string) string {
	h.t.Helper()
	r, err := h.TitleReturn(h.t.Context(), h.admin, titleID)
	must(h.t, r, err)
	var out []string
	for _, p := range r.Parts {
		out = append(out, fmt.Sprint(p.Kind, " ", p.Amount.Amount, p.Amount.Currency))
	}
	return strings.Join(out, ", ") + " = " + amounts(r.Costs)
}

func amounts(in []studio.Money) string {
	var out []string
	for _, m := range in {
		out = append(out, fmt.Sprint(m.Amount, m.Currency))
	}
	return strings.Join(out, ", ")
}

func TestWhatATitleCosts(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("从顽皮蛇开始吞噬进化")
	x, err := h.AddCost(ctx, h.as(studio.RoleProducer, title), title, studio.CostIn{Kind: ptr("labour"), Text: ptr("1.2万"), Date: ptr("2026年3月6日"), Note: ptr("剪辑")})
	if must(t, x, err); x.Amount != (studio.Money{Amount: 120_000_000, Currency: "CNY"}) || x.Date != "2026-03-06" || x.Note != "剪辑" || x.ByName != "李丽" {
		t.Errorf("got %+v", x)
	}
	h.cost(title, "place", "12,000.50", "")
	h.cost(title, "labour", "300", "usd")
	h.same("costs", h.costs(title), "labour 120000000CNY, labour 3000000USD, place 120005000CNY = 240005000CNY, 3000000USD")
	t.Run("it is changed and removed", func(t *testing.T) {
		got, err := h.EditCost(ctx, h.admin, x.ID, x.Rev, studio.CostIn{Kind: ptr("bought"), Text: ptr("2万"), Date: ptr("")})
		if must(t, got, err); got.Kind != "bought" || got.Amount.Amount != 200_000_000 || got.Date != "" || got.Note != "剪辑" {
			t.Errorf("got %+v", got)
		}
		got, err = h.EditCost(ctx, h.admin, x.ID, got.Rev, studio.CostIn{Currency: ptr("EUR")})
		must(t, got, err)
		h.same("costs", h.costs(title), "labour 3000000USD, bought 200000000EUR, place 120005000CNY = 120005000CNY, 200000000EUR, 3000000USD")
		_, err = h.EditCost(ctx, h.admin, x.ID, x.Rev, studio.CostIn{})
		refused(t, err, "stale")
		if err := h.RemoveCost(ctx, h.admin, x.ID, got.Rev); err != nil {
			t.Fatal(err)
		}
		refused(t, h.RemoveCost(ctx, h.admin, x.ID, got.Rev), "unknown.cost")
		h.same("costs", h.costs(title), "labour 3000000USD, place 120005000CNY = 120005000CNY, 3000000USD")
	})
	t.Run("it is for those who may see money", func(t *testing.T) {
		for _, role := range []studio.Role{studio.RoleDirector, studio.RoleViewer} {
			refused(t, errOf(h.TitleReturn(ctx, h.as(role, title), title)), "forbidden.money.view")
			l, err := h.Activities(ctx, h.as(role, title), title, studio.Page{})
			for _, a := range must(t, l, err).Items {
				if a.Kind == "cost" {
					t.Errorf("a %s reads %s", role, a.Verb)
				}
			}
		}
		refused(t, errOf(h.AddCost(ctx, h.as(studio.RoleDistributor, title), title, studio.CostIn{})), "forbidden.cost.edit")
		refused(t, errOf(h.EditCost(ctx, h.as(studio.RoleDistributor, title), h.cost(title, "other", "1", "").ID, 1, studio.CostIn{})), "forbidden.cost.edit")
		refused(t, errOf(h.TitleReturn(ctx, h.as(studio.RoleLead, h.title("昼以继夜")), title)), "unknown.title")
		refused(t, h.RemoveCost(ctx, studio.Actor{}, x.ID, 1), "signed_out")
		l, err := h.Activities(ctx, h.as(studio.RoleDistributor, title), title, studio.Page{})
		told := ""
		for _, a := range must(t, l, err).Items {
			if a.Kind == "cost" {
				told += a.Verb + " " + a.Params["kind"] + ", "
			}
			if a.Params["text"] != "" {
				t.Errorf("the history has the amount: %+v", a.Params)
			}
		}
		h.same("history", told, "cost.added other, cost.removed bought, cost.edited bought, cost.edited bought, cost.added labour, cost.added place, cost.added labour, ")
	})
}

func TestCostsThatAreRefused(t *testing.T) {
	h := newHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	for name, c := range map[string]struct {
		code   string
		change func(*studio.CostIn)
	}{
		"no kind":             {"invalid.kind", func(in *studio.CostIn) { in.Kind = nil }},
		"what attempts cost":  {"invalid.kind", func(in *studio.CostIn) { in.Kind = ptr("generation") }},
		"no amount":           {"invalid.text", func(in *studio.CostIn) { in.Text = nil }},
		"nought":              {"invalid.text", func(in *studio.CostIn) { in.Text = ptr("0") }},
		"less than nought":    {"invalid.text", func(in *studio.CostIn) { in.Text = ptr("-5") }},
		"a guess":             {"invalid.text", func(in *studio.CostIn) { in.Text = ptr("约3万") }},
		"too much":            {"invalid.text", func(in *studio.CostIn) { in.Text = ptr("100万亿") }},
		"a strange currency":  {"invalid.currency", func(in *studio.CostIn) { in.Currency = ptr("元") }},
		"credits":             {"invalid.currency", func(in *studio.CostIn) { in.Currency = ptr("credit") }},
		"a day that is none":  {"invalid.date", func(in *studio.CostIn) { in.Date = ptr("2026-02-30") }},
		"a day far off":       {"invalid.date", func(in *studio.CostIn) { in.Date = ptr("2500-01-01") }},
		"a note like a novel": {"invalid.note", func(in *studio.CostIn) { in.Note = ptr(strings.Repeat("长", 501)) }},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			in := studio.CostIn{Kind: ptr("labour"), Text: ptr("3万")}
			c.change(&in)
			_, err := h.AddCost(t.Context(), h.admin, title, in)
			refused(t, err, c.code)
		})
	}
	refused(t, errOf(h.AddCost(t.Context(), h.admin, "nothing", studio.CostIn{})), "unknown.title")
	h.same("costs", h.costs(title), " = ")
}

// TestWhatDrawingCosts follows the counter through everything that may happen to an attempt; the check at the end of the
// test counts anew.
func TestWhatDrawingCosts(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x, other := h.oneShot(), h.title("娇藏京枝")
	log := func(n int64, currency string) studio.Attempt {
		row, err := h.LogAttempt(ctx, h.admin, x.ID, studio.AttemptIn{Status: studio.Failed, Generation: studio.Generation{Cost: studio.Money{Amount: n, Currency: currency}}})
		return must(t, row, err).Attempt
	}
	a, b := log(5_0000, "CNY"), log(300, "credit")
	log(7_0000, "CNY")
	h.same("after logging", h.costs(x.TitleID), "generation 120000CNY, generation 300credit = 120000CNY, 300credit")
	got, err := h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{Cost: &studio.Money{Amount: 2_0000, Currency: "USD"}})
	a = must(t, got, err)
	h.same("after an edit", h.costs(x.TitleID), "generation 70000CNY, generation 20000USD, generation 300credit = 70000CNY, 20000USD, 300credit")
	got, err = h.DeleteAttempt(ctx, h.admin, b.ID, b.Rev)
	must(t, got, err)
	h.same("after a deletion", h.costs(x.TitleID), "generation 70000CNY, generation 20000USD = 70000CNY, 20000USD")
	row, err := h.RestoreAttempt(ctx, h.admin, b.ID)
	must(t, row, err)
	to := h.shot(h.scene(other).ID)
	row, err = h.MoveAttempt(ctx, h.admin, b.ID, to.ID)
	must(t, row, err)
	h.same("after a move", h.costs(x.TitleID)+"; "+h.costs(other), "generation 70000CNY, generation 20000USD = 70000CNY, 20000USD; generation 300credit = 300credit")
	shot := h.see(to.ID).Shot
	gone, err := h.DeleteShot(ctx, h.admin, to.ID, shot.Rev)
	must(t, gone, err)
	h.same("what a deleted shot cost stays spent", h.costs(other), "generation 300credit = 300credit")
}
