package studio_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

// passed enters one figure of a title on a platform of its own and gives the milestone of the sum at a threshold.
func (h house) passed(titleID, text, day string, threshold int64) string {
	h.t.Helper()
	h.enter(h.release(titleID, "红果", "2026-01-01"), "plays", text, day)
	for _, m := range h.figures(titleID).Milestones {
		if m.Threshold == threshold && m.ReleaseID == "" {
			return m.ID
		}
	}
	h.t.Fatalf("no milestone of %d", threshold)
	return ""
}

// rivals tells the titles that passed earlier.
func rivals(x studio.FirstClaim) string {
	var out []string
	for _, m := range x.Earlier {
		out = append(out, m.Title)
	}
	return strings.Join(out, " ")
}

func TestAClaimStandsBesideTheLedger(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, early, last, late := h.title("顽皮蛇"), h.title("早"), h.title("去年"), h.title("晚")
	m := h.passed(title, "2.1亿", "2026-03-06", 200_000_000)
	h.passed(early, "2.05亿", "2026-02-01", 200_000_000)
	h.passed(last, "3亿", "2025-12-31", 200_000_000)
	h.passed(late, "2亿", "2026-03-07", 200_000_000)
	h.passed(h.title("不够"), "1.9亿", "2026-01-15", 100_000_000)
	in := studio.ClaimIn{MilestoneID: &m, Text: ptr("2026年首部破2亿"), Date: ptr("2026-03-06"), Origin: &studio.OriginIn{Kind: "press", Note: "出品方战报"}}
	x, err := h.EnterClaim(ctx, h.admin, title, in)
	if must(t, x, err); x.Text != "2026年首部破2亿" || rivals(x) != "早" || x.Earlier[0].Threshold != 200_000_000 {
		t.Fatalf("got %+v", x)
	}
	t.Run("titles that one does not see are not told", func(t *testing.T) {
		l, err := h.TitleClaims(ctx, h.as(studio.RoleViewer, title), title)
		if must(t, l, err); len(l) != 1 || l[0].Earlier == nil || rivals(l[0]) != "" {
			t.Errorf("got %+v", l)
		}
	})
	t.Run("a claim of another year, or about no milestone, has none before it", func(t *testing.T) {
		got, err := h.EditClaim(ctx, h.admin, x.ID, x.Rev, studio.ClaimIn{MilestoneID: ptr("")})
		if must(t, got, err); got.Earlier == nil || rivals(got) != "" {
			t.Errorf("got %+v", got)
		}
		got, err = h.EditClaim(ctx, h.admin, x.ID, got.Rev, studio.ClaimIn{MilestoneID: &m, Date: ptr("2025-06-01")})
		if must(t, got, err); rivals(got) != "去年 早" {
			t.Errorf("got %s", rivals(got))
		}
		x = got
	})
	t.Run("it is struck out and stands again", func(t *testing.T) {
		got, err := h.WithdrawClaim(ctx, h.admin, x.ID, x.Rev, studio.WithdrawIn{Why: "不是首部"})
		if must(t, got, err); got.Ended == nil || got.Why != "不是首部" {
			t.Errorf("got %+v", got)
		}
		_, err = h.EditClaim(ctx, h.admin, x.ID, got.Rev, studio.ClaimIn{})
		refused(t, err, "claim.withdrawn")
		got, err = h.WithdrawClaim(ctx, h.admin, x.ID, got.Rev, studio.WithdrawIn{})
		if must(t, got, err); got.Ended != nil {
			t.Errorf("got %+v", got)
		}
		verbs := strings.Join(h.verbs(title), " ")
		if !strings.HasSuffix(verbs, "claim.entered claim.edited claim.edited claim.withdrawn claim.restored") {
			t.Errorf("it told %s", verbs)
		}
	})
	t.Run("what one platform alone shows is compared with nothing", func(t *testing.T) {
		r := h.release(title, "抖音", "")
		h.enter(r, "heat", "1.2亿", "2026-05-01")
		for _, m := range h.figures(title).Milestones {
			if m.Metric == "heat" && m.Threshold == 100_000_000 {
				got, err := h.EnterClaim(ctx, h.admin, title, studio.ClaimIn{MilestoneID: &m.ID, Text: ptr("首部热度破亿"), Date: ptr("2026-05-01"), Origin: &studio.OriginIn{Note: "x"}})
				if must(t, got, err); rivals(got) != "" {
					t.Errorf("got %+v", got)
				}
			}
		}
	})
}

func TestClaimsThatAreRefused(t *testing.T) {
	h := newHouse(t)
	title, other := h.title("顽皮蛇"), h.title("昼以继夜")
	foreign := h.passed(other, "1.2亿", "2026-03-06", 100_000_000)
	pic := h.shown(title, 1)
	for name, c := range map[string]struct {
		code   string
		change func(*studio.ClaimIn)
	}{
		"nothing said":                 {"invalid.text", func(in *studio.ClaimIn) { in.Text = nil }},
		"a speech":                     {"invalid.text", func(in *studio.ClaimIn) { in.Text = ptr(strings.Repeat("破", 201)) }},
		"no day":                       {"invalid.date", func(in *studio.ClaimIn) { in.Date = nil }},
		"no source":                    {"invalid.origin", func(in *studio.ClaimIn) { in.Origin = nil }},
		"an empty source":              {"invalid.origin", func(in *studio.ClaimIn) { in.Origin = &studio.OriginIn{Kind: "press", Note: "  "} }},
		"a milestone of another title": {"invalid.milestone_id", func(in *studio.ClaimIn) { in.MilestoneID = &foreign }},
		"a release that is not there":  {"invalid.release_id", func(in *studio.ClaimIn) { in.ReleaseID = ptr("x") }},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			in := studio.ClaimIn{Text: ptr("首部"), Date: ptr("2026-03-06"), Origin: &studio.OriginIn{Evidence: []string{pic}}}
			c.change(&in)
			_, err := h.EnterClaim(t.Context(), h.admin, title, in)
			refused(t, err, c.code)
		})
	}
	t.Run("a picture alone is a source, and it stays needed", func(t *testing.T) {
		x, err := h.EnterClaim(t.Context(), h.admin, title, studio.ClaimIn{Text: ptr("首部"), Date: ptr("2026-03-06"), Origin: &studio.OriginIn{Evidence: []string{pic}}})
		must(t, x, err)
		_, err = h.EditClaim(t.Context(), h.admin, x.ID, x.Rev, studio.ClaimIn{Origin: &studio.OriginIn{}})
		refused(t, err, "invalid.origin")
		_, err = h.EditClaim(t.Context(), h.as(studio.RoleLead, other), x.ID, x.Rev, studio.ClaimIn{})
		refused(t, err, "unknown.claim")
		_, err = h.TitleClaims(t.Context(), h.as(studio.RoleLead, other), title)
		refused(t, err, "unknown.title")
		_, err = h.WithdrawClaim(t.Context(), h.as(studio.RoleViewer, title), x.ID, x.Rev, studio.WithdrawIn{Why: "x"})
		refused(t, err, "forbidden.release.edit")
		_, err = h.EditClaim(t.Context(), studio.Actor{}, x.ID, x.Rev, studio.ClaimIn{})
		refused(t, err, "signed_out")
	})
}
