package studio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

// wallHouse has a clock at noon of 10 March 2027 in Shanghai.
func wallHouse(t *testing.T) (house, *clock) {
	t.Helper()
	h, c := clocked(t)
	c.pass(at(10, 12).Sub(c.Now()))
	return h, c
}

// daily enters plays at the end of days of March 2027, from the first on; empty texts are left out.
func (h house) daily(r studio.Release, first int, texts ...string) {
	h.t.Helper()
	for i, text := range texts {
		if text != "" {
			h.enter(r, "plays", text, fmt.Sprintf("2027-03-%02d", first+i))
		}
	}
}

func (h house) wall(by studio.Actor, titleID string) studio.Wall {
	h.t.Helper()
	b, err := h.TitleBoard(h.t.Context(), by, titleID)
	if err != nil || b.Wall == nil {
		h.t.Fatalf("got %+v, %v", b, err)
	}
	return *b.Wall
}

func TestTheWallOfATitle(t *testing.T) {
	h, c := wallHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	red, dou := h.release(title, "红果短剧", "2027-03-01"), h.release(title, "抖音", "2027-03-03")
	h.daily(red, 1, "100万", "200万", "300万", "400万", "500万", "600万", "700万", "800万", "900万")
	h.daily(dou, 7, "10万", "20万", "30万")
	h.enter(red, "heat", "5799万", "2027-03-08")
	w := h.wall(h.admin, title)
	if w.Since != "2027-03-01" || w.Days == nil || *w.Days != 9 {
		t.Errorf("since %s, days %v", w.Since, w.Days)
	}
	if w.Yesterday == nil || w.Yesterday.Value != 1_100_000 || w.Week == nil || w.Week.Value != 9_300_000-2_000_000 {
		t.Errorf("yesterday %+v, week %+v", w.Yesterday, w.Week)
	}
	if f := w.Next; f == nil || f.Threshold != 10_000_000 || f.Left != 700_000 || f.Days != 6 || f.Fast != 1_100_000 || f.Slow != 1_000_000 || f.Earliest != "2027-03-10" || f.Latest != "2027-03-10" {
		t.Errorf("next %+v", w.Next)
	}
	if len(w.Platforms) != 2 || w.Platforms[0].Platform != "红果短剧" || len(w.Platforms[0].Now) != 2 || w.Platforms[0].Now[0].Text != "900万" || w.Platforms[0].Now[1].Metric != "heat" {
		t.Errorf("platforms %+v", w.Platforms)
	}
	t.Run("money is not on it, but its figures are fresh ones", func(t *testing.T) {
		h.enter(dou, "revenue", "12000元", "2027-03-10 08:00")
		p := h.wall(h.admin, title).Platforms[1]
		if len(p.Now) != 1 || p.Fresh == nil || !p.Fresh.Equal(at(10, 8)) {
			t.Errorf("got %+v", p)
		}
	})
	t.Run("days are counted when it is looked at", func(t *testing.T) {
		c.pass(24 * time.Hour)
		if w := h.wall(h.admin, title); *w.Days != 10 {
			t.Errorf("%d days", *w.Days)
		}
	})
	t.Run("what is doubtful is counted, of money for those who see it", func(t *testing.T) {
		h.enter(red, "plays", "800.01万", "2027-03-10")
		h.enter(dou, "revenue", "10000元", "2027-03-11 08:00")
		h.enter(dou, "likes", "1千万", "2027-03-09")
		if w := h.wall(h.admin, title); w.Anomalies != 2 {
			t.Errorf("%d anomalies", w.Anomalies)
		}
		if w := h.wall(h.as(studio.RoleViewer, title), title); w.Anomalies != 1 {
			t.Errorf("%d anomalies for one who sees no money", w.Anomalies)
		}
		h.enter(red, "plays", "1.0千万", "2027-03-11")
		if w := h.wall(h.admin, title); w.Provisional != 2 { // of the sum and of the platform
			t.Errorf("%d provisional", w.Provisional)
		}
	})
	t.Run("a title that is not out has none", func(t *testing.T) {
		b, err := h.TitleBoard(t.Context(), h.admin, h.title("昼以继夜"))
		if err != nil || b.Wall != nil {
			t.Errorf("got %+v, %v", b.Wall, err)
		}
	})
}

func (h house) wallNames(by studio.Actor, order string, p studio.Page) (names, next string) {
	h.t.Helper()
	got, err := h.Releases(h.t.Context(), by, order, p)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, b := range got.Items {
		names += b.Title.Name + " "
	}
	return strings.TrimSpace(names), got.Next
}

func TestOrdersOfTheWall(t *testing.T) {
	h, _ := wallHouse(t)
	ids := map[string]string{}
	for name, x := range map[string]struct {
		date  string
		first int
		plays []string
	}{
		"甲": {"2027-03-01", 8, []string{"5亿", "5.1亿"}},
		"乙": {"2027-03-05", 8, []string{"100万", "900万"}},
		"丙": {"2027-03-03", 6, []string{"1000万", "9000万"}}, // grew most, but days ago
		"丁": {"2027-03-04", 9, nil},
	} {
		ids[name] = h.title(name)
		h.daily(h.release(ids[name], "红果短剧", x.date), x.first, x.plays...)
	}
	h.title("未上线")
	all := h.as(studio.RoleViewer, ids["甲"])
	for _, id := range ids {
		all.Roles[id] = studio.RoleViewer
	}
	for order, want := range map[string]string{"": "乙 丁 丙 甲", "released": "乙 丁 丙 甲", "plays": "甲 丙 乙 丁", "yesterday": "甲 乙 丙 丁"} {
		if got, _ := h.wallNames(h.admin, order, studio.Page{}); got != want {
			t.Errorf("%s: %s, want %s", order, got, want)
		}
		if got, _ := h.wallNames(all, order, studio.Page{}); got != want {
			t.Errorf("%s for a member: %s, want %s", order, got, want)
		}
		first, next := h.wallNames(h.admin, order, studio.Page{Limit: 3})
		rest, _ := h.wallNames(h.admin, order, studio.Page{Limit: 3, After: next})
		if first+" "+rest != want {
			t.Errorf("%s in pages: %s, %s", order, first, rest)
		}
	}
	if got, _ := h.wallNames(h.as(studio.RoleViewer, ids["丙"]), "plays", studio.Page{}); got != "丙" {
		t.Errorf("a member of one title sees %s", got)
	}
	_, err := h.Releases(t.Context(), h.admin, "heat", studio.Page{})
	refused(t, err, "invalid.order")
}

func TestCurves(t *testing.T) {
	h, _ := wallHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	red, dou := h.release(title, "红果短剧", "2027-03-01"), h.release(title, "抖音", "2027-03-03")
	h.daily(red, 1, "100万", "200万", "", "400万")
	h.daily(dou, 2, "10万", "20万")
	h.enter(dou, "revenue", "5元", "2027-03-03")
	for _, day := range []string{"2027-03-02", "2027-03-03"} {
		_, err := h.EnterReading(t.Context(), h.admin, red.ID, studio.ReadingIn{Metric: "revenue", Text: "1万元", Observed: day, Increment: true})
		must(t, 0, err)
	}
	values := func(points []tally.Point) string {
		var out []string
		for _, p := range points {
			out = append(out, tally.Show(p.Value, "zh"))
		}
		return strings.Join(out, " ")
	}
	got, err := h.Curves(t.Context(), h.admin, title, "")
	if err != nil || got.Metric != "plays" || len(got.Lines) != 2 || got.Lines[0].Platform != "红果短剧" || values(got.Lines[0].Points) != "100万 200万 400万" ||
		values(got.Lines[1].Points) != "10万 20万" || values(got.Sum) != "100万 210万 220万 420万" {
		t.Errorf("got %+v, %v", got, err)
	}
	got, err = h.Curves(t.Context(), h.admin, title, "revenue")
	if err != nil || len(got.Lines) != 2 || !got.Lines[0].Summed || values(got.Lines[0].Points) != "1亿 2亿" || got.Lines[0].Currency != "CNY" || got.Lines[1].Summed || got.Sum == nil || len(got.Sum) > 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	got, err = h.Curves(t.Context(), h.admin, title, "heat")
	if err != nil || got.Lines == nil || len(got.Lines) > 0 || got.Sum == nil {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err = h.Curves(t.Context(), h.admin, title, "shares")
	refused(t, err, "invalid.metric")
	_, err = h.Curves(t.Context(), h.as(studio.RoleViewer, title), title, "revenue")
	refused(t, err, "forbidden.money.view")
	_, err = h.Curves(t.Context(), h.as(studio.RoleViewer, h.title("昼以继夜")), title, "plays")
	refused(t, err, "unknown.title")
}

func TestConfirmingAFigureThatDoesNotFit(t *testing.T) {
	h, _ := wallHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	r := h.release(title, "红果短剧", "2027-03-01")
	h.daily(r, 1, "100万", "200万")
	fits := h.enter(r, "plays", "300万", "2027-03-03").Reading
	odd := h.enter(r, "plays", "250万", "2027-03-04").Reading
	if f := h.figures(title); len(f.Anomalies) != 1 || f.Anomalies[0].ReadingID != odd.ID || f.Anomalies[0].Kind != "drop" || f.Anomalies[0].From.Value != 3_000_000 {
		t.Fatalf("got %+v", f.Anomalies)
	}
	_, err := h.CheckReading(t.Context(), h.admin, fits.ID, studio.CheckIn{Why: "后台一致"})
	refused(t, err, "reading.fits")
	_, err = h.CheckReading(t.Context(), h.admin, odd.ID, studio.CheckIn{})
	refused(t, err, "invalid.why")
	_, err = h.CheckReading(t.Context(), h.as(studio.RoleViewer, title), odd.ID, studio.CheckIn{Why: "后台一致"})
	refused(t, err, "forbidden.reading.enter")
	_, err = h.CheckReading(t.Context(), h.as(studio.RoleProducer, h.title("昼以继夜")), odd.ID, studio.CheckIn{Why: "后台一致"})
	refused(t, err, "unknown.reading")
	out, err := h.CheckReading(t.Context(), h.admin, odd.ID, studio.CheckIn{Why: "平台清理了刷量"})
	if err != nil || out.Outcome != "checked" || out.Reading.Checked == nil || out.Reading.Checked.Why != "平台清理了刷量" || out.Changes == nil || len(out.Changes) > 0 {
		t.Fatalf("got %+v, %v", out, err)
	}
	if f := h.figures(title); len(f.Anomalies) != 0 || h.wall(h.admin, title).Anomalies != 0 {
		t.Errorf("got %+v", f.Anomalies)
	}
	again, err := h.CheckReading(t.Context(), h.admin, odd.ID, studio.CheckIn{Why: "再看一次"})
	if err != nil || again.Reading.Checked.Why != "平台清理了刷量" {
		t.Errorf("got %+v, %v", again, err)
	}
	if v := h.verbs(title); v[len(v)-1] != "reading.checked" {
		t.Errorf("noted %v", v)
	}
	t.Run("another value is looked at anew", func(t *testing.T) {
		_, err := h.CorrectReading(t.Context(), h.admin, odd.ID, studio.CorrectIn{Text: "220万", Why: "又看错了"})
		must(t, 0, err)
		if f := h.figures(title); len(f.Anomalies) != 1 {
			t.Errorf("got %+v", f.Anomalies)
		}
	})
	t.Run("one that was withdrawn is refused", func(t *testing.T) {
		_, err := h.WithdrawReading(t.Context(), h.admin, odd.ID, studio.WithdrawIn{Why: "看错"})
		must(t, 0, err)
		_, err = h.CheckReading(t.Context(), h.admin, odd.ID, studio.CheckIn{Why: "后台一致"})
		refused(t, err, "reading.withdrawn")
	})
}

// TestWhateverIsEnteredTheWallIsThatOfAllReadings lets Check compare what went on step by step with the full working.
func TestWhateverIsEnteredTheWallIsThatOfAllReadings(t *testing.T) {
	h, _ := wallHouse(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		title := h.title(fmt.Sprint("剧", n))
		releases := []studio.Release{h.release(title, "红果短剧", "2027-03-01"), h.release(title, "抖音", "")}
		var ids []string
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			r := releases[rapid.IntRange(0, 1).Draw(rt, "release")]
			day := rapid.IntRange(1, 10).Draw(rt, "day")
			metric := rapid.SampledFrom([]string{"plays", "plays", "likes", "revenue"}).Draw(rt, "metric")
			value := fmt.Sprint(rapid.IntRange(0, 3000).Draw(rt, "value"), "万")
			switch what := rapid.IntRange(0, 9).Draw(rt, "what"); {
			case what == 0 && len(ids) > 0: // may have been withdrawn already
				_, _ = h.WithdrawReading(t.Context(), h.admin, ids[rapid.IntRange(0, len(ids)-1).Draw(rt, "of")], studio.WithdrawIn{Why: "看错"})
			case what == 1 && len(ids) > 0: // may fit
				_, _ = h.CheckReading(t.Context(), h.admin, ids[rapid.IntRange(0, len(ids)-1).Draw(rt, "of")], studio.CheckIn{Why: "看过"})
			default:
				ids = append(ids, h.enter(r, metric, value, fmt.Sprintf("2027-03-%02d", day)).Reading.ID)
			}
		}
	})
	problems, err := h.Check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", problems, err)
	}
}
