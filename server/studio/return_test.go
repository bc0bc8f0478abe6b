package studio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
)

// money enters an amount that a release brought in or took; with a + in front it is of the period that ends then.
func (h house) money(r studio.Release, metric, text, observed string) {
	h.t.Helper()
	text, added := strings.CutPrefix(text, "+")
	out, err := h.EnterReading(h.t.Context(), h.admin, r.ID, studio.ReadingIn{Metric: metric, Text: text, Observed: observed, Increment: added})
	must(h.t, out, err)
}

func (h house) returned(titleID string) studio.Return {
	h.t.Helper()
	r, err := h.TitleReturn(h.t.Context(), h.admin, titleID)
	return must(h.t, r, err)
}

// told is a return in one line.
func told(r studio.Return) string {
	from := func(in []studio.MoneyFrom) string {
		var out []string
		for _, m := range in {
			out = append(out, fmt.Sprintf("%d%s of %d", m.Amount.Amount/10_000, m.Amount.Currency, len(m.Parts)))
		}
		return strings.Join(out, "+")
	}
	out := fmt.Sprintf("spend %s, revenue %s", from(r.Spend), from(r.Revenue))
	if r.PerMinute != nil {
		out += fmt.Sprintf(", %d%s a minute", r.PerMinute.Amount, r.PerMinute.Currency)
	}
	if r.ROI != nil {
		out += fmt.Sprintf(", ROI %d", r.ROI.Milli)
	}
	if r.Payback != nil {
		out += fmt.Sprintf(", paid back %s", r.Payback.At.At.In(time.FixedZone("", 8*3600)).Format(time.DateOnly))
		if r.Payback.Days != nil {
			out += fmt.Sprintf(" day %d", *r.Payback.Days)
		}
	}
	return out + ", lacks " + strings.Join(r.Lacking, " ")
}

func TestCostAgainstReturn(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("从顽皮蛇开始吞噬进化")
	h.same("of nothing", told(h.returned(title)), "spend , revenue , lacks cost seconds spend revenue")
	a, b := h.release(title, "红果", "2026-03-01"), h.release(title, "番茄", "2026-03-02")
	h.cost(title, "labour", "1万", "")
	h.cost(title, "bought", "¥2,000.50", "")
	// 红果 says running totals, and the days too, which then do not count; 番茄 says days only.
	h.money(a, "revenue", "4000", "2026-03-03")
	h.money(a, "revenue", "9000元", "2026-03-05")
	h.money(a, "revenue", "+5000", "2026-03-05")
	h.money(b, "revenue", "+6000", "2026-03-04")
	h.money(b, "revenue", "+7000", "2026-03-06")
	h.money(a, "spend", "+3000", "2026-03-03")
	h.money(a, "spend", "+4000", "2026-03-05")
	h.same("without a length", told(h.returned(title)), "spend 7000CNY of 1, revenue 22000CNY of 2, ROI 3142, paid back 2026-03-06 day 5, lacks seconds")
	r := h.returned(title)
	if p := r.Revenue[0].Parts; p[0].Summed || !p[1].Summed || p[1].ReadingID == "" || p[0].Text != "9000元" || len(r.Entries) != 2 || r.Entries[0].Kind != "bought" {
		t.Errorf("parts %+v", p)
	}
	t.Run("a minute costs, cut", func(t *testing.T) {
		got, err := h.EditTitle(ctx, h.admin, title, 1, studio.TitleIn{Seconds: ptr(int64(7))})
		must(t, got, err)
		// 12,000.50 yuan × 60 / 7 s = 102,861.4285…
		h.same("return", told(h.returned(title)), "spend 7000CNY of 1, revenue 22000CNY of 2, 1028614285CNY a minute, ROI 3142, paid back 2026-03-06 day 5, lacks ")
		for _, n := range []int64{-1, 1_000_001} {
			_, err := h.EditTitle(ctx, h.admin, title, 2, studio.TitleIn{Seconds: &n})
			refused(t, err, "invalid.seconds")
		}
	})
	t.Run("what costs more is not paid back yet", func(t *testing.T) {
		h.cost(title, "place", "1万", "")
		if got := told(h.returned(title)); !strings.HasSuffix(got, "lacks not_yet") || strings.Contains(got, "paid back") {
			t.Errorf("got %s", got)
		}
	})
	t.Run("currencies are never added up", func(t *testing.T) {
		h.money(h.release(title, "ReelShort", ""), "revenue", "$100", "2026-03-07")
		h.same("return", told(h.returned(title)), "spend 7000CNY of 1, revenue 22000CNY of 2+100USD of 1, 1885757142CNY a minute, lacks currencies")
		h.cost(title, "other", "5", "USD")
		h.same("return", told(h.returned(title)), "spend 7000CNY of 1, revenue 22000CNY of 2+100USD of 1, lacks currencies")
	})
	t.Run("figures of money are for those who may see money", func(t *testing.T) {
		f, err := h.Figures(ctx, h.as(studio.RoleDirector, title), title)
		must(t, f, err)
		seen, err := h.Figures(ctx, h.as(studio.RoleDistributor, title), title)
		must(t, seen, err)
		n := 0
		for i := range f.Releases {
			n += len(seen.Releases[i].Now)
			if len(f.Releases[i].Now) != 0 {
				t.Errorf("a director reads %+v", f.Releases[i].Now)
			}
		}
		if n != 4 {
			t.Errorf("a distributor reads %d figures", n)
		}
	})
}

func TestTheLengthOfATitleIsThatOfItsPicks(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	clip := h.film(x.ID, 1) // 24 frames a second
	h.pick(x.ID, h.drop(x.ID, studio.Clip(60, 2)).Takes[0].ID, "")
	if r := h.returned(x.TitleID); r.Seconds != 3 || r.SecondsFrom != "picks" { // 2.5 s, to the nearest
		t.Errorf("got %d from %s, a clip of %d ms", r.Seconds, r.SecondsFrom, clip.Media.DurationMS)
	}
	b, err := h.EditTitle(t.Context(), h.admin, x.TitleID, 1, studio.TitleIn{Seconds: ptr(int64(5400))})
	must(t, b, err)
	if r := h.returned(x.TitleID); r.Seconds != 5400 || r.SecondsFrom != "typed" {
		t.Errorf("got %d from %s", r.Seconds, r.SecondsFrom)
	}
}

func TestTitlesSideBySide(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	a, b := h.title("顽皮蛇"), h.title("气运三角洲")
	ra, rb := h.release(a, "红果", "2026-03-01"), h.release(b, "番茄", "2026-04-01")
	h.release(a, "番茄", "2026-03-05")
	h.enter(ra, "plays", "100万", "2026-03-02")
	h.enter(ra, "plays", "700万", "2026-03-08")
	h.enter(ra, "heat", "5000", "2026-03-08")
	h.enter(rb, "plays", "300万", "2026-04-02")
	h.money(ra, "revenue", "9000", "2026-03-08")
	h.cost(a, "labour", "1000", "")
	line := func(x studio.CompareLine) string {
		out := fmt.Sprintf("%s since %s:", x.Title, x.Since)
		for _, p := range x.Points {
			out += fmt.Sprint(" ", p.Value)
		}
		for _, d := range x.AtDay {
			out += fmt.Sprintf(" d%d=%d", d.Day, d.Value)
		}
		if x.Return != nil {
			out += " costs " + amounts(x.Return.Costs)
		}
		return out
	}
	got, err := h.CompareTitles(ctx, h.admin, []string{b, a, "", b}, "", "")
	if must(t, got, err); len(got) != 2 || got[1].Plays.Value != 7_000_000 || len(got[1].Return.Entries) != 0 || got[1].Return.Entries == nil {
		t.Fatalf("got %+v", got)
	}
	h.same("plays", line(got[0])+"; "+line(got[1]), "气运三角洲 since 2026-04-01: 3000000 d1=3000000 costs ; 顽皮蛇 since 2026-03-01: 1000000 7000000 d1=1000000 d7=7000000 costs 10000000CNY")
	got, err = h.CompareTitles(ctx, h.as(studio.RoleViewer, a), []string{a}, "heat", "《红 果》")
	h.same("heat", line(must(t, got, err)[0]), "顽皮蛇 since 2026-03-01: 5000 d1=1000000 d7=7000000")
	got, err = h.CompareTitles(ctx, h.admin, []string{a}, "plays", "番茄")
	if h.same("no figures", line(must(t, got, err)[0]), "顽皮蛇 since 2026-03-05: d1=1000000 d7=7000000 costs 10000000CNY"); got[0].Points == nil {
		t.Error("null points")
	}
	for code, c := range map[string]struct {
		by               studio.Actor
		titles           []string
		metric, platform string
	}{
		"invalid.titles":   {h.admin, nil, "", ""},
		"invalid.metric":   {h.admin, []string{a}, "stars", ""},
		"invalid.platform": {h.admin, []string{a}, "heat", " "},
		"unknown.title":    {h.as(studio.RoleViewer, a), []string{a, b}, "", ""},
		"signed_out":       {studio.Actor{}, []string{a}, "", ""},
	} {
		_, err := h.CompareTitles(ctx, c.by, c.titles, c.metric, c.platform)
		refused(t, err, code)
	}
	_, err = h.CompareTitles(ctx, h.admin, strings.Split("1 2 3 4 5 6 7 8 9", " "), "", "")
	refused(t, err, "invalid.titles")
}

func TestMoneyOfTitlesSideBySide(t *testing.T) {
	h := newHouse(t)
	a, b := h.title("顽皮蛇"), h.title("气运三角洲")
	home, abroad, rb := h.release(a, "红果", "2026-03-01"), h.release(a, "ReelShort", "2026-03-05"), h.release(b, "番茄", "2026-04-01")
	h.money(home, "revenue", "9000", "2026-03-08")
	h.money(h.release(a, "番茄", "2026-03-02"), "revenue", "+500", "2026-03-09")
	h.money(abroad, "revenue", "$100", "2026-03-07")
	h.money(abroad, "revenue", "$250", "2026-03-10")
	h.money(rb, "revenue", "700", "2026-04-02")
	h.money(rb, "spend", "50", "2026-04-02")
	show := func(by studio.Actor, metric, platform string) string {
		got, err := h.CompareTitles(t.Context(), by, []string{a, b}, metric, platform)
		var out []string
		for _, l := range must(t, got, err) {
			s := l.Title
			if l.Hidden {
				s += " hidden"
			}
			if len(l.Points) > 0 || l.Points == nil || l.Amounts == nil {
				t.Errorf("points %v, amounts %v", l.Points, l.Amounts)
			}
			for _, m := range l.Amounts {
				s += " " + m.Currency
				for _, p := range m.Points {
					s += fmt.Sprint(" ", p.Value/10_000)
				}
			}
			out = append(out, s)
		}
		return strings.Join(out, "; ")
	}
	h.same("currencies stand apart", show(h.admin, "revenue", ""), "顽皮蛇 CNY 9000 9500 USD 100 250; 气运三角洲 CNY 700")
	h.same("of one platform", show(h.admin, "revenue", "reelshort"), "顽皮蛇 USD 100 250; 气运三角洲")
	h.same("spend", show(h.admin, "spend", ""), "顽皮蛇; 气运三角洲 CNY 50")
	some := h.as(studio.RoleViewer, a)
	some.Roles[b] = studio.RoleDistributor
	h.same("what one may not see is named", show(some, "revenue", ""), "顽皮蛇 hidden; 气运三角洲 CNY 700")
	some.Roles[b] = studio.RoleDirector
	h.same("of none", show(some, "spend", "番茄"), "顽皮蛇 hidden; 气运三角洲 hidden")
	got, err := h.CompareTitles(t.Context(), some, []string{a}, "plays", "")
	if must(t, got, err); got[0].Hidden || got[0].Return != nil {
		t.Errorf("plays hide nothing, and show no money: %+v", got[0])
	}
}

func TestTitlesByTheModelOfTheirPicks(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	picked := func(title string, models ...string) (shots []studio.Shot) {
		scene := h.scene(title).ID
		for i, model := range models {
			x := h.shot(scene)
			row := h.drop(x.ID, picture(t, len(title)+i*7, title))
			a, err := h.EditAttempt(ctx, h.admin, row.Attempt.ID, row.Attempt.Rev, studio.AttemptEdit{Model: &model})
			must(t, a, err)
			shots = append(shots, h.pick(x.ID, row.Takes[0].ID, ""))
		}
		return shots
	}
	a, b, c, d := h.title("甲"), h.title("乙"), h.title("丙"), h.title("丁")
	for id, plays := range map[string]string{a: "700万", b: "300万", c: "100万", d: "50万"} {
		h.enter(h.release(id, "红果", "2026-03-01"), "plays", plays, "2026-03-08")
	}
	shots := picked(a, "可灵 2.1", "可灵 2.1", "Seedance")
	picked(b, "Seedance", "可灵 2.1", "Seedance")
	picked(c, "可灵2.1", "", "")
	show := func() string {
		var out []string
		got, err := h.Groups(ctx, h.admin, "model")
		for _, g := range must(t, got, err) {
			out = append(out, fmt.Sprintf("%q %d", g.Name, g.Titles))
		}
		return strings.Join(out, ", ")
	}
	h.same("models", show(), `"可灵 2.1" 2, "Seedance" 1, "" 1`)
	// A pick that goes counts no more.
	for _, x := range shots[:2] {
		x, err := h.PickTake(ctx, h.admin, x.ID, studio.PickIn{Replaces: x.Pick.TakeID})
		must(t, x, err)
	}
	h.same("after unpicking", show(), `"Seedance" 2, "可灵2.1" 1, "" 1`)
}

func TestPlaysAfterSomeDaysOnAPlatform(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("甲")
	home := h.release(title, "红果", "2026-03-01")
	h.enter(home, "plays", "100万", "2026-03-08")
	h.enter(home, "plays", "400万", "2026-03-31")
	days := func() string {
		var out []string
		got, err := h.Groups(ctx, h.admin, "platform")
		for _, g := range must(t, got, err) {
			out = append(out, fmt.Sprintf("%s %d/%d %d/%d", g.Name, g.Day7/10_000, g.N7, g.Day30/10_000, g.N30))
		}
		return strings.Join(out, ", ")
	}
	h.same("one region", days(), "红果 100/1 400/1")
	// Another platform counts from its own day, another region of this one too; where a region was not looked at, there is no sum.
	h.enter(h.release(title, "番茄", "2026-04-01"), "plays", "30万", "2026-04-08")
	abroad, err := h.CreateRelease(ctx, h.admin, title, studio.ReleaseIn{Platform: ptr("红果"), Region: ptr("US"), Date: ptr("2026-05-01")})
	must(t, abroad, err)
	h.same("without figures", days(), "红果 100/1 400/1, 番茄 30/1 0/0")
	h.enter(abroad, "plays", "5万", "2026-05-08")
	h.same("two regions", days(), "红果 105/1 0/0, 番茄 30/1 0/0")
	moved, err := h.EditRelease(ctx, h.admin, home.ID, home.Rev, studio.ReleaseIn{Date: ptr("2026-03-24")})
	must(t, moved, err)
	h.same("after the day of release moved", days(), "红果 405/1 0/0, 番茄 30/1 0/0")
}

func TestTitlesTakenTogether(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	add := func(name, company, kind, plays string) string {
		got, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: &name, Company: &company, Kind: &kind})
		id := must(t, got, err).Title.ID
		r := h.release(id, "红果", "2026-03-01")
		if plays != "" {
			h.enter(r, "plays", plays, "2026-03-08")
		}
		h.money(r, "spend", "+100", "2026-03-08")
		h.money(r, "revenue", "+300", "2026-03-08")
		h.cost(id, "labour", "1000", "")
		return id
	}
	a := add("甲", "过儿传媒", "真人", "700万")
	add("乙", "过儿 传媒", "AI漫剧", "100万")
	c := add("丙", "掌玩科技", "真人", "300万")
	add("丁", "", "真人", "")
	h.enter(h.release(c, "番茄", "2026-03-02"), "plays", "50万", "2026-03-09")
	h.title("还没上线")
	m, err := h.SetMember(ctx, h.admin, a, h.admin.Person.ID, studio.RoleProducer)
	must(t, m, err)
	show := func(by studio.Actor, how string) string {
		l, err := h.Groups(ctx, by, how)
		var out []string
		for _, g := range must(t, l, err) {
			s := fmt.Sprintf("%s %d: %d median %d best %s d7 %d/%d", g.Name, g.Titles, g.Plays/10_000, g.Median/10_000, g.Best, g.Day7/10_000, g.N7)
			if len(g.Costs)+len(g.Spend)+len(g.Revenue) > 0 {
				s += fmt.Sprintf(" %s|%s|%s", amounts(g.Costs), amounts(g.Spend), amounts(g.Revenue))
			}
			out = append(out, s)
		}
		return strings.Join(out, "; ")
	}
	h.same("companies", show(h.admin, "company"), "过儿传媒 2: 800 median 100 best 甲 d7 100/2 20000000CNY|2000000CNY|6000000CNY; "+
		"掌玩科技 1: 350 median 350 best 丙 d7 300/1 10000000CNY|1000000CNY|3000000CNY;  1: 0 median 0 best 丁 d7 0/0 10000000CNY|1000000CNY|3000000CNY")
	h.same("kinds", show(h.as(studio.RoleViewer, a), "kind"), "真人 1: 700 median 700 best 甲 d7 700/1")
	h.same("platforms", show(h.admin, "platform"), "红果 4: 1100 median 100 best 甲 d7 300/3 |4000000CNY|12000000CNY; 番茄 1: 50 median 50 best 丙 d7 50/1")
	h.same("teams", show(h.as(studio.RoleDistributor, a), "team"), "李丽 1: 700 median 700 best 甲 d7 700/1 10000000CNY|1000000CNY|3000000CNY")
	_, err = h.Groups(ctx, h.admin, "mood")
	refused(t, err, "invalid.by")
	_, err = h.Groups(ctx, studio.Actor{}, "team")
	refused(t, err, "signed_out")
}
