package studio_test

import (
	"fmt"
	"testing"

	"chouka/server/studio"
)

func TestReadingsOfMoney(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "ReelShort", "2026-03-01")
	yuan := h.enter(r, "revenue", "12.5万元", "2026-03-05")
	h.enter(r, "plays", "100万", "2026-03-05")
	if now := yuan.Reading.Now; now.Currency != "CNY" || now.Figure.Value != 1_250_000_000 {
		t.Fatalf("got %+v", now)
	}
	t.Run("another currency is another figure", func(t *testing.T) {
		out, err := h.EnterReading(t.Context(), h.admin, r.ID, studio.ReadingIn{Metric: "revenue", Text: "12.5万", Currency: "usd", Observed: "2026-03-05"})
		if must(t, out, err); out.Outcome != "corrected" || out.Reading.Now.Currency != "USD" || out.Reading.Past[0].Currency != "CNY" {
			t.Fatalf("got %+v", out)
		}
		again, err := h.CorrectReading(t.Context(), h.admin, out.Reading.ID, studio.CorrectIn{Text: "125000", Why: "确切"})
		if must(t, again, err); again.Outcome != "corrected" || again.Reading.Now.Currency != "USD" || again.Reading.Now.Figure.Step != 10_000 {
			t.Fatalf("got %+v", again)
		}
		_, err = h.EnterReading(t.Context(), h.admin, r.ID, studio.ReadingIn{Metric: "revenue", Text: "1", Currency: "dollar", Observed: "2026-03-05"})
		refused(t, err, "invalid.currency")
	})
	viewer := h.as(studio.RoleViewer, title)
	t.Run("is not for everybody", func(t *testing.T) {
		_, err := h.Reading(t.Context(), viewer, yuan.Reading.ID)
		refused(t, err, "forbidden.money.view")
		_, err = h.Readings(t.Context(), viewer, r.ID, "revenue", studio.Page{})
		refused(t, err, "forbidden.money.view")
		all, err := h.Readings(t.Context(), viewer, r.ID, "", studio.Page{})
		if must(t, all, err); len(all.Items) != 1 || all.Items[0].Metric != "plays" {
			t.Fatalf("got %+v", all.Items)
		}
		f, err := h.Figures(t.Context(), viewer, title)
		if must(t, f, err); len(f.Releases[0].Now) != 1 {
			t.Fatalf("got %+v", f.Releases[0].Now)
		}
		told, err := h.Activities(t.Context(), viewer, title, studio.Page{})
		must(t, told, err)
		for _, a := range told.Items {
			if a.Params["metric"] == "revenue" {
				t.Fatalf("it is told: %+v", a)
			}
		}
	})
	t.Run("is for whoever may see it", func(t *testing.T) {
		got, err := h.Readings(t.Context(), h.as(studio.RoleDistributor, title), r.ID, "revenue", studio.Page{})
		if must(t, got, err); len(got.Items) != 1 {
			t.Fatalf("got %+v", got.Items)
		}
	})
	t.Run("a share is a share", func(t *testing.T) {
		if out := h.enter(r, "completion", "34.5%", "2026-03-05"); out.Reading.Now.Figure.Value != 3450 || out.Reading.Now.Currency != "" {
			t.Fatalf("got %+v", out.Reading.Now)
		}
	})
}

func TestReadingsArePaged(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	want := map[string]bool{}
	for i := range 25 {
		observed := fmt.Sprintf("2026-%02d-%02d", 1+i%5, 1+i)
		for _, metric := range []string{"plays", "likes"} {
			want[h.enter(r, metric, fmt.Sprint(1000+i), observed).Reading.ID] = true
		}
	}
	out, err := h.EnterReading(t.Context(), h.admin, r.ID, studio.ReadingIn{Metric: "plays", Text: "5", Observed: "2026-03-03", Increment: true})
	want[must(t, out, err).Reading.ID] = true
	for metric, n := range map[string]int{"": 51, "plays": 26, "likes": 25} {
		got, seen, p := []studio.Reading{}, map[string]bool{}, studio.Page{Limit: 4}
		for {
			list, err := h.Readings(t.Context(), h.admin, r.ID, metric, p)
			must(t, list, err)
			got = append(got, list.Items...)
			if p.After = list.Next; list.Next == "" {
				break
			}
		}
		for i, x := range got {
			if seen[x.ID] || !want[x.ID] || i > 0 && x.Observed.After(got[i-1].Observed) {
				t.Fatalf("%s: reading %d is out of place", metric, i)
			}
			seen[x.ID] = true
		}
		if len(got) != n {
			t.Fatalf("%s: got %d, want %d", metric, len(got), n)
		}
	}
	for _, after := range []string{"x", "!!", "AAAAAAAAAAAA", "MSAx"} {
		if after == "MSAx" { // a place that was never there is one, too
			list, err := h.Readings(t.Context(), h.admin, r.ID, "", studio.Page{After: after})
			if must(t, list, err); len(list.Items) != 0 {
				t.Fatalf("got %+v", list)
			}
			continue
		}
		_, err := h.Readings(t.Context(), h.admin, r.ID, "", studio.Page{After: after})
		if !studio.IsKind(err, studio.Invalid) {
			t.Fatalf("%q: got %v", after, err)
		}
	}
}
