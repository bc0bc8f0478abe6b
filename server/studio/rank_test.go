package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

func (h house) rank(titleID, list string, place int, date string) studio.Rank {
	h.t.Helper()
	x, err := h.EnterRank(h.t.Context(), h.admin, titleID, studio.RankIn{List: &list, Place: &place, Date: &date})
	return must(h.t, x, err)
}

// ranked tells ranks as a list shows them: title list place date.
func ranked(rows []studio.RankRow) string {
	var out []string
	for _, x := range rows {
		s := fmt.Sprintf("%s %s%s#%d %s", x.Title, x.Platform, x.List, x.Place, x.Date)
		if x.Ended != nil {
			s += " -"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestRanksOfATitle(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("气运三角洲")
	r := h.release(title, "番茄", "2026-02-10")
	pic := h.shown(title, 1)
	in := studio.RankIn{ReleaseID: &r.ID, List: ptr(" 日榜 "), Place: ptr(1), Date: ptr("2026年2月16日"),
		Origin: &studio.OriginIn{Kind: "platform", Note: "榜单页", URL: "https://example.com/rank", Evidence: []string{pic, pic}}}
	x, err := h.EnterRank(ctx, h.as(studio.RoleDistributor, title), title, in)
	must(t, x, err)
	if x.List != "日榜" || x.Place != 1 || x.Date != "2026-02-16" || x.Origin.Kind != "platform" || len(x.Origin.Evidence) != 1 || x.ByName != "李丽" {
		t.Errorf("got %+v", x)
	}
	t.Run("the same list, day and platform is entered once", func(t *testing.T) {
		_, err := h.EnterRank(ctx, h.admin, title, studio.RankIn{ReleaseID: &r.ID, List: ptr("日 榜"), Place: ptr(2), Date: ptr("2026-02-16 08:00")})
		refused(t, err, "rank.exists")
		h.rank(title, "日榜", 3, "2026-02-16") // of no platform: another list
		h.rank(title, "日榜", 2, "2026/2/17")
	})
	t.Run("it is changed, struck out and stands again", func(t *testing.T) {
		got, err := h.EditRank(ctx, h.admin, x.ID, x.Rev, studio.RankIn{Place: ptr(2)})
		if must(t, got, err); got.Place != 2 || got.List != "日榜" || len(got.Origin.Evidence) != 1 {
			t.Errorf("got %+v", got)
		}
		_, err = h.EditRank(ctx, h.admin, x.ID, x.Rev, studio.RankIn{})
		refused(t, err, "stale")
		_, err = h.WithdrawRank(ctx, h.admin, x.ID, got.Rev, studio.WithdrawIn{Why: " "})
		refused(t, err, "invalid.why")
		got, err = h.WithdrawRank(ctx, h.admin, x.ID, got.Rev, studio.WithdrawIn{Why: "看错了榜"})
		if must(t, got, err); got.Ended == nil || got.Why != "看错了榜" {
			t.Errorf("got %+v", got)
		}
		_, err = h.WithdrawRank(ctx, h.admin, x.ID, got.Rev, studio.WithdrawIn{Why: "又一次"})
		refused(t, err, "rank.withdrawn")
		_, err = h.EditRank(ctx, h.admin, x.ID, got.Rev, studio.RankIn{Place: ptr(1)})
		refused(t, err, "rank.withdrawn")
		l, err := h.TitleRanks(ctx, h.admin, title, studio.Page{})
		h.same("ranks", ranked(must(t, l, err).Items), "气运三角洲 日榜#2 2026-02-17, 气运三角洲 日榜#3 2026-02-16, 气运三角洲 番茄日榜#2 2026-02-16 -")
		l, err = h.RecentRanks(ctx, h.admin, studio.Page{})
		h.same("recent", ranked(must(t, l, err).Items), "气运三角洲 日榜#2 2026-02-17, 气运三角洲 日榜#3 2026-02-16")
		got, err = h.WithdrawRank(ctx, h.admin, x.ID, got.Rev, studio.WithdrawIn{})
		if must(t, got, err); got.Ended != nil || got.Why != "" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("it is told", func(t *testing.T) {
		h.same("verbs", strings.Join(h.verbs(title), " "), "title.created release.created evidence.added rank.entered rank.entered rank.entered rank.edited rank.withdrawn rank.restored")
	})
	t.Run("members see their titles", func(t *testing.T) {
		other := h.title("昼以继夜")
		h.rank(other, "周榜", 9, "2026-03-01")
		l, err := h.RecentRanks(ctx, h.as(studio.RoleViewer, other), studio.Page{})
		h.same("recent", ranked(must(t, l, err).Items), "昼以继夜 周榜#9 2026-03-01")
		l, err = h.RecentRanks(ctx, h.admin, studio.Page{Limit: 2})
		h.same("a page", ranked(must(t, l, err).Items), "昼以继夜 周榜#9 2026-03-01, 气运三角洲 日榜#2 2026-02-17")
		_, err = h.TitleRanks(ctx, h.as(studio.RoleLead, other), title, studio.Page{})
		refused(t, err, "unknown.title")
		_, err = h.EditRank(ctx, h.as(studio.RoleLead, other), x.ID, 1, studio.RankIn{})
		refused(t, err, "unknown.rank")
		_, err = h.WithdrawRank(ctx, studio.Actor{}, x.ID, 1, studio.WithdrawIn{})
		refused(t, err, "signed_out")
		_, err = h.EnterRank(ctx, h.as(studio.RoleDirector, title), title, studio.RankIn{})
		refused(t, err, "forbidden.release.edit")
	})
}

func TestRanksThatAreRefused(t *testing.T) {
	h := newHouse(t)
	title, other := h.title("气运三角洲"), h.title("昼以继夜")
	foreign, pic := h.release(other, "番茄", "").ID, h.shown(other, 1)
	for name, c := range map[string]struct {
		code   string
		change func(*studio.RankIn)
	}{
		"no list":                     {"invalid.list", func(in *studio.RankIn) { in.List = nil }},
		"a list on two lines":         {"invalid.list", func(in *studio.RankIn) { in.List = ptr("a\nb") }},
		"no place":                    {"invalid.place", func(in *studio.RankIn) { in.Place = nil }},
		"place nought":                {"invalid.place", func(in *studio.RankIn) { in.Place = ptr(0) }},
		"a place far down":            {"invalid.place", func(in *studio.RankIn) { in.Place = ptr(10_001) }},
		"no day":                      {"invalid.date", func(in *studio.RankIn) { in.Date = nil }},
		"a day without a year":        {"invalid.date", func(in *studio.RankIn) { in.Date = ptr("3月6日") }},
		"a day to come":               {"invalid.date", func(in *studio.RankIn) { in.Date = ptr("2099-01-01") }},
		"a release of another title":  {"invalid.release_id", func(in *studio.RankIn) { in.ReleaseID = &foreign }},
		"a release that is not there": {"invalid.release_id", func(in *studio.RankIn) { in.ReleaseID = ptr("x") }},
		"a picture of another title":  {"invalid.origin.evidence", func(in *studio.RankIn) { in.Origin = &studio.OriginIn{Evidence: []string{pic}} }},
		"a picture that is not there": {"invalid.origin.evidence", func(in *studio.RankIn) { in.Origin = &studio.OriginIn{Evidence: []string{""}} }},
		"seven pictures": {"invalid.origin.evidence", func(in *studio.RankIn) {
			in.Origin = &studio.OriginIn{Evidence: strings.Split("1 2 3 4 5 6 7", " ")}
		}},
		"a script for an address": {"invalid.origin.url", func(in *studio.RankIn) { in.Origin = &studio.OriginIn{URL: "javascript:alert(1)"} }},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			in := studio.RankIn{List: ptr("日榜"), Place: ptr(1), Date: ptr("2026-02-16")}
			c.change(&in)
			_, err := h.EnterRank(t.Context(), h.admin, title, in)
			refused(t, err, c.code)
		})
	}
	_, err := h.EnterRank(t.Context(), h.admin, "nothing", studio.RankIn{})
	refused(t, err, "unknown.title")
}
