package studio_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

func (h house) release(titleID, platform, date string) studio.Release {
	h.t.Helper()
	r, err := h.CreateRelease(h.t.Context(), h.admin, titleID, studio.ReleaseIn{Platform: &platform, Date: &date})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func TestReleasesOfATitle(t *testing.T) {
	h := newHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	r, err := h.CreateRelease(t.Context(), h.admin, title, studio.ReleaseIn{Platform: ptr("红果短剧"), Date: ptr("2026-03-01"), Episodes: ptr(80), URL: ptr("https://example.com/a?b=1")})
	if err != nil || r.Region != "CN" || r.Rev != 1 {
		t.Fatalf("got %+v, %v", r, err)
	}
	t.Run("the same platform and region twice is refused, however it is written", func(t *testing.T) {
		_, err := h.CreateRelease(t.Context(), h.admin, title, studio.ReleaseIn{Platform: ptr("《红果 短剧》"), Region: ptr("cn")})
		refused(t, err, "release.exists")
	})
	t.Run("another region and another title are other releases", func(t *testing.T) {
		us, err := h.CreateRelease(t.Context(), h.admin, title, studio.ReleaseIn{Platform: ptr("红果短剧"), Region: ptr("us")})
		if err != nil || us.Region != "US" {
			t.Fatalf("got %+v, %v", us, err)
		}
		h.release(h.title("昼以继夜"), "红果短剧", "")
		_, err = h.EditRelease(t.Context(), h.admin, us.ID, us.Rev, studio.ReleaseIn{Region: ptr("")})
		refused(t, err, "release.exists")
	})
	t.Run("an edit changes only what it names", func(t *testing.T) {
		got, err := h.EditRelease(t.Context(), h.admin, r.ID, r.Rev, studio.ReleaseIn{Note: ptr("首发"), Date: ptr("")})
		if err != nil || got.Episodes != 80 || got.Platform != "红果短剧" || got.Note != "首发" || got.Date != "" || got.Rev != 2 {
			t.Fatalf("got %+v, %v", got, err)
		}
		_, err = h.EditRelease(t.Context(), h.admin, r.ID, r.Rev, studio.ReleaseIn{})
		refused(t, err, "stale")
	})
	for _, c := range []struct {
		name, code string
		in         studio.ReleaseIn
	}{
		{"no platform", "invalid.platform", studio.ReleaseIn{}},
		{"a very long platform", "invalid.platform", studio.ReleaseIn{Platform: ptr(strings.Repeat("红", 41))}},
		{"a date of another spelling", "invalid.date", studio.ReleaseIn{Date: ptr("2026/3/1")}},
		{"a day that does not exist", "invalid.date", studio.ReleaseIn{Date: ptr("2026-02-30")}},
		{"a date far off", "invalid.date", studio.ReleaseIn{Date: ptr("0001-01-01")}},
		{"a script for an address", "invalid.url", studio.ReleaseIn{URL: ptr("javascript:alert(1)")}},
		{"an address without a host", "invalid.url", studio.ReleaseIn{URL: ptr("https:///x")}},
		{"an address with a name that hides it", "invalid.url", studio.ReleaseIn{URL: ptr("https://good.example@bad.example/")}},
		{"an address with a line break", "invalid.url", studio.ReleaseIn{URL: ptr("https://a.example/\nx")}},
		{"an endless address", "invalid.url", studio.ReleaseIn{URL: ptr("https://a.example/" + strings.Repeat("x", 2000))}},
		{"a negative number of episodes", "invalid.episodes", studio.ReleaseIn{Episodes: ptr(-1)}},
		{"a hidden direction mark", "invalid.platform", studio.ReleaseIn{Platform: ptr("红果\u202e短剧")}},
	} {
		t.Run(c.name+" is refused", func(t *testing.T) {
			if c.code != "invalid.platform" {
				c.in.Platform = ptr("抖音")
			}
			_, err := h.CreateRelease(t.Context(), h.admin, title, c.in)
			refused(t, err, c.code)
		})
	}
}

func TestWhoMayReleaseAndEnterFigures(t *testing.T) {
	h := newHouse(t)
	title, other := h.title("爸，我带您来办业务了"), h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	out := h.enter(r, "plays", "9000万", "2026-03-02")
	in := studio.ReadingIn{Metric: "plays", Text: "1亿", Observed: "2026-03-03"}
	for _, c := range []struct {
		name       string
		by         studio.Actor
		code, what string
	}{
		{"an operator of the title", h.as(studio.RoleOperator, title), "forbidden.release.edit", "forbidden.reading.enter"},
		{"a distributor of another title", h.as(studio.RoleDistributor, other), "unknown.release", "unknown."},
		{"nobody", studio.Actor{}, "signed_out", "signed_out"},
	} {
		t.Run(c.name+" changes nothing", func(t *testing.T) {
			want := func(kind string) string {
				if c.what == "unknown." {
					return c.what + kind
				}
				return c.what
			}
			_, err := h.EditRelease(t.Context(), c.by, r.ID, r.Rev, studio.ReleaseIn{})
			refused(t, err, c.code)
			_, err = h.EnterReading(t.Context(), c.by, r.ID, in)
			refused(t, err, want("release"))
			_, err = h.CorrectReading(t.Context(), c.by, out.Reading.ID, studio.CorrectIn{Text: "1亿", Why: "x"})
			refused(t, err, want("reading"))
			_, err = h.WithdrawReading(t.Context(), c.by, out.Reading.ID, studio.WithdrawIn{Why: "x"})
			refused(t, err, want("reading"))
		})
	}
	t.Run("a member of another title sees no figure", func(t *testing.T) {
		by := h.as(studio.RoleDistributor, other)
		_, err := h.Figures(t.Context(), by, title)
		refused(t, err, "unknown.title")
		_, err = h.Reading(t.Context(), by, out.Reading.ID)
		refused(t, err, "unknown.reading")
		_, err = h.Readings(t.Context(), by, r.ID, "", studio.Page{})
		refused(t, err, "unknown.release")
		for _, by := range []studio.Actor{by, h.as("", title)} {
			got, err := h.Releases(t.Context(), by, "", studio.Page{})
			if err != nil || len(got.Items) != 0 {
				t.Fatalf("got %+v, %v", got, err)
			}
		}
	})
	t.Run("a distributor of the title does all of it", func(t *testing.T) {
		by := h.as(studio.RoleDistributor, title)
		if _, err := h.EnterReading(t.Context(), by, r.ID, in); err != nil {
			t.Fatal(err)
		}
		got, err := h.Releases(t.Context(), by, "", studio.Page{})
		if err != nil || len(got.Items) != 1 || got.Items[0].Title.ID != title || got.Items[0].Plays.Value != 100_000_000 {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
}
