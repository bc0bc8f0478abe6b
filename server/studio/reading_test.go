package studio_test

import (
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/tally"
)

func (h house) enter(r studio.Release, metric, text, observed string) studio.ReadingOut {
	h.t.Helper()
	out, err := h.EnterReading(h.t.Context(), h.admin, r.ID, studio.ReadingIn{Metric: metric, Text: text, Observed: observed})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func (h house) figures(titleID string) studio.Figures {
	h.t.Helper()
	f, err := h.Figures(h.t.Context(), h.admin, titleID)
	if err != nil {
		h.t.Fatal(err)
	}
	return f
}

// verbs are what happened on a title, oldest first.
func (h house) verbs(titleID string) []string {
	h.t.Helper()
	got, err := h.Activities(h.t.Context(), h.admin, titleID, studio.Page{Limit: 500})
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for i := len(got.Items) - 1; i >= 0; i-- {
		out = append(out, got.Items[i].Verb)
	}
	return out
}

func TestEnteringAReading(t *testing.T) {
	h := newHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	r := h.release(title, "红果短剧", "2026-03-01")
	in := studio.ReadingIn{Metric: "plays", Text: " 2.1亿 ", Observed: "2026年3月6日",
		Origin: studio.OriginIn{Kind: "press", Note: "首日战报", URL: "https://example.com/news"}}
	out, err := h.EnterReading(t.Context(), h.admin, r.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("it keeps what was typed, by whom and from where", func(t *testing.T) {
		got, err := h.Reading(t.Context(), h.admin, out.Reading.ID)
		if err != nil {
			t.Fatal(err)
		}
		now := got.Now
		if now.Text != "2.1亿" || now.Figure != (tally.Figure{Value: 210_000_000, Step: 10_000_000, Bound: tally.Exact}) ||
			now.ByName != "李丽" || now.Origin.Kind != "press" || now.Origin.Note != in.Origin.Note || now.Origin.URL != in.Origin.URL || out.Outcome != "new" {
			t.Fatalf("got %+v", got)
		}
	})
	t.Run("a date alone is the end of that day in the studio's zone", func(t *testing.T) {
		want := time.Date(2026, 3, 6, 15, 59, 59, 999_999_999, time.UTC)
		if !out.Reading.DayOnly || !out.Reading.Observed.Equal(want) {
			t.Fatalf("got %v", out.Reading.Observed)
		}
	})
	t.Run("the same again changes nothing and announces nothing", func(t *testing.T) {
		before, figures := h.verbs(title), h.figures(title)
		again := h.enter(r, "plays", "２.１亿", "2026-03-06")
		if again.Outcome != "duplicate" || again.Reading.Rev != out.Reading.Rev || again.Reading.ID != out.Reading.ID || len(again.Changes) != 0 {
			t.Fatalf("got %+v", again)
		}
		if after := h.verbs(title); len(after) != len(before) || len(h.figures(title).Milestones) != len(figures.Milestones) {
			t.Fatalf("it told %v", after[len(before):])
		}
	})
	t.Run("another figure for the same moment corrects it and keeps the old one", func(t *testing.T) {
		got := h.enter(r, "plays", "2.2亿", "20260306")
		if got.Outcome != "corrected" || got.Reading.ID != out.Reading.ID || len(got.Reading.Past) != 1 || got.Reading.Past[0].Text != "2.1亿" {
			t.Fatalf("got %+v", got)
		}
	})
	t.Run("an increment of that day is another reading and reaches nothing", func(t *testing.T) {
		got, err := h.EnterReading(t.Context(), h.admin, r.ID, studio.ReadingIn{Metric: "plays", Text: "20亿", Observed: "2026-03-06", Increment: true})
		if err != nil || got.Outcome != "new" || len(got.Changes) != 0 || h.figures(title).Plays.Value != 220_000_000 {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
	t.Run("lists go from the last observed to the first", func(t *testing.T) {
		h.enter(r, "heat", "7300万", "2026-03-05 12:00")
		h.enter(r, "plays", "1.1亿", "2026-03-04")
		all, err := h.Readings(t.Context(), h.admin, r.ID, "", studio.Page{})
		if err != nil || len(all.Items) != 4 || all.Items[2].Metric != "heat" || all.Items[3].Now.Text != "1.1亿" {
			t.Fatalf("got %+v, %v", all.Items, err)
		}
		heat, err := h.Readings(t.Context(), h.admin, r.ID, "heat", studio.Page{})
		if err != nil || len(heat.Items) != 1 {
			t.Fatalf("got %+v, %v", heat.Items, err)
		}
		_, err = h.Readings(t.Context(), h.admin, r.ID, "money", studio.Page{})
		refused(t, err, "invalid.metric")
	})
}

func TestReadingsThatCannotBeRead(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "")
	before := h.verbs(title)
	good := studio.ReadingIn{Metric: "plays", Text: "1亿", Observed: "2026-03-06"}
	said := map[string]string{}
	for _, c := range []struct{ text, observed, code string }{
		{text: "", code: "invalid.text"}, {text: "1,23,456", code: "invalid.text"}, {text: "3万2亿", code: "invalid.text"},
		{text: "-5万", code: "invalid.text"}, {text: "1e8", code: "invalid.text"}, {text: "约1亿", code: "invalid.text"},
		{text: "1\u202e亿", code: "invalid.text"}, {text: "1.23456", code: "invalid.text"},
		{text: "99999999亿", code: "invalid.text"}, {text: "abc", code: "invalid.text"},
		{observed: "-", code: "invalid.observed"}, {observed: "3月6日", code: "invalid.observed"}, {observed: "2026-03", code: "invalid.observed"},
		{observed: "3/6/2026", code: "invalid.observed"}, {observed: "2026-02-30", code: "invalid.observed"},
		{observed: "2026-03\u202e-06", code: "invalid.observed"}, {observed: "前天", code: "invalid.observed"},
		{observed: "2990-01-01", code: "invalid.observed"},
	} {
		t.Run("figure "+c.text+" at "+c.observed+" is refused with what to write instead", func(t *testing.T) {
			in := good
			if c.code == "invalid.text" {
				in.Text = c.text
			} else {
				in.Observed = c.observed
			}
			_, err := h.EnterReading(t.Context(), h.admin, r.ID, in)
			e := refused(t, err, c.code)
			if len(e.Fields) != 1 || e.Fields[0].Location != "body."+strings.TrimPrefix(c.code, "invalid.") {
				t.Fatalf("got %+v", e.Fields)
			}
			if other, dup := said[e.Text.ZH]; dup && !strings.Contains(c.text+c.observed, "\u202e") {
				t.Errorf("%q and %q get the same answer", other, c.text+c.observed)
			}
			said[e.Text.ZH] = c.text + c.observed
		})
	}
	for name, spoil := range map[string]func(*studio.ReadingIn){
		"invalid.metric":      func(in *studio.ReadingIn) { in.Metric = "money" },
		"invalid.origin.kind": func(in *studio.ReadingIn) { in.Origin.Kind = "file" }, // only an import says that
		"invalid.origin.evidence": func(in *studio.ReadingIn) {
			in.Origin.Evidence = []string{"018f0000-0000-7000-8000-000000000000"} // none of this title
		},
		"invalid.origin.url":  func(in *studio.ReadingIn) { in.Origin.URL = "ftp://example.com" },
		"invalid.origin.note": func(in *studio.ReadingIn) { in.Origin.Note = strings.Repeat("页", 201) },
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			in := good
			spoil(&in)
			_, err := h.EnterReading(t.Context(), h.admin, r.ID, in)
			refused(t, err, name)
		})
	}
	t.Run("a figure that is seen tomorrow evening is not seen yet", func(t *testing.T) {
		in := good
		in.Observed = time.Now().Add(25 * time.Hour).Format(time.RFC3339)
		_, err := h.EnterReading(t.Context(), h.admin, r.ID, in)
		refused(t, err, "invalid.observed")
	})
	t.Run("a figure of today is taken, although the day is not over", func(t *testing.T) {
		before = append(before, "reading.entered", "milestone.reached", "milestone.reached", "milestone.reached")
		h.enter(r, "plays", "1亿+", time.Now().In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly))
	})
	t.Run("nothing of it was told", func(t *testing.T) {
		if after := h.verbs(title); strings.Join(after, " ") != strings.Join(before, " ") {
			t.Fatalf("got %v, want %v", after, before)
		}
	})
}

func TestCorrectingAndWithdrawing(t *testing.T) {
	h := newHouse(t)
	title := h.title("昼以继夜")
	r := h.release(title, "红果短剧", "2026-03-01")
	first := h.enter(r, "likes", "12万", "2026-03-06")
	correct := func(text, why string) (studio.ReadingOut, error) {
		return h.CorrectReading(t.Context(), h.admin, first.Reading.ID, studio.CorrectIn{Text: text, Why: why})
	}
	t.Run("both need a reason", func(t *testing.T) {
		_, err := correct("13万", " ")
		refused(t, err, "invalid.why")
		_, err = h.WithdrawReading(t.Context(), h.admin, first.Reading.ID, studio.WithdrawIn{})
		refused(t, err, "invalid.why")
	})
	t.Run("the same figure again is no correction", func(t *testing.T) {
		out, err := correct("12w", "看错")
		if err != nil || out.Outcome != "duplicate" || len(out.Reading.Past) != 0 {
			t.Fatalf("got %+v, %v", out, err)
		}
	})
	t.Run("a correction keeps the old value, newest first", func(t *testing.T) {
		for _, text := range []string{"13万", "130001"} {
			if _, err := correct(text, "看错"); err != nil {
				t.Fatal(err)
			}
		}
		got, err := h.Reading(t.Context(), h.admin, first.Reading.ID)
		if err != nil || got.Now.Figure.Value != 130_001 || got.Now.Why != "看错" || len(got.Past) != 2 || got.Past[0].Text != "13万" || got.Past[1].Text != "12万" {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
	t.Run("a withdrawn reading counts no more but stays visible", func(t *testing.T) {
		out, err := h.WithdrawReading(t.Context(), h.admin, first.Reading.ID, studio.WithdrawIn{Why: "别的剧"})
		if err != nil || out.Outcome != "withdrawn" || !out.Reading.Withdrawn || out.Reading.Why != "别的剧" {
			t.Fatalf("got %+v, %v", out, err)
		}
		if now := h.figures(title).Releases[0].Now; len(now) != 0 {
			t.Fatalf("it still shows %+v", now)
		}
		list, err := h.Readings(t.Context(), h.admin, r.ID, "likes", studio.Page{})
		if err != nil || len(list.Items) != 1 {
			t.Fatalf("got %+v, %v", list, err)
		}
	})
	t.Run("it can be neither corrected nor withdrawn again", func(t *testing.T) {
		_, err := correct("1万", "x")
		refused(t, err, "reading.withdrawn")
		_, err = h.WithdrawReading(t.Context(), h.admin, first.Reading.ID, studio.WithdrawIn{Why: "x"})
		refused(t, err, "reading.withdrawn")
	})
	t.Run("entering that moment anew brings it back", func(t *testing.T) {
		out := h.enter(r, "likes", "130001", "2026-03-06")
		if out.Outcome != "corrected" || out.Reading.Withdrawn || out.Reading.Why != "" || len(out.Reading.Past) != 3 {
			t.Fatalf("got %+v", out)
		}
		if now := h.figures(title).Releases[0].Now; len(now) != 1 || now[0].Figure.Value != 130_001 {
			t.Fatalf("got %+v", now)
		}
	})
}
