package studio_test

import (
	"errors"
	"reflect"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

// TestAnOldStoreIsBroughtToPages opens a store of the program before pages: every reading was a record, with what it said before.
func TestAnOldStoreIsBroughtToPages(t *testing.T) {
	c := &clock{now: at(5, 10)}
	s, engine := studiotest.Open(t, c.Now)
	h := house{s, t, studiotest.Admin(t, s)}
	ctx := t.Context()
	title := h.title("昼以继夜")
	a, b := h.release(title, "红果短剧", "2026-03-01"), h.release(title, "抖音", "2026-02-20")
	first := h.enter(a, "plays", "1.0亿", "2026-03-06")
	for _, text := range []string{"9000万", "1.1亿"} { // at one instant
		out, err := h.CorrectReading(ctx, h.admin, first.Reading.ID, studio.CorrectIn{Text: text, Why: "抄错"})
		must(t, out, err)
	}
	gone := h.enter(b, "plays", "3亿", "2026-03-07")
	out, err := h.WithdrawReading(ctx, h.admin, gone.Reading.ID, studio.WithdrawIn{Why: "别的剧"})
	must(t, out, err)
	h.enter(b, "heat", "6000万", "2026-04-01 08:00")
	h.enter(b, "plays", "5000万", "2026-04-02")

	type kept struct {
		readings []studio.Reading
		figures  studio.Figures
		home     []studio.MilestoneRow
	}
	read := func() (out kept) {
		for _, r := range []studio.Release{a, b} {
			list, err := h.Readings(ctx, h.admin, r.ID, "", studio.Page{})
			out.readings = append(out.readings, must(t, list, err).Items...)
		}
		home, err := h.Home(ctx, h.admin, studio.Page{})
		out.figures, out.home = h.figures(title), must(t, home, err).Milestones
		return out
	}
	was := read()
	must(t, 0, h.MakeFigureless(ctx))
	must(t, 0, store.Migrate(ctx, engine, studio.Schema(), func(int, int) error { return nil }))
	is := read()
	for i := range was.readings {
		x, y := was.readings[i], is.readings[i]
		if y.ID != x.ID || !y.Observed.Equal(x.Observed) || y.Withdrawn != x.Withdrawn || y.Why != x.Why || y.Now.Text != x.Now.Text || y.Now.Figure != x.Now.Figure ||
			y.Now.ByName != x.Now.ByName || len(y.Past) != len(x.Past) {
			t.Errorf("reading %d became %+v, was %+v", i, y, x)
		}
		for j := range y.Past {
			if y.Past[j].Text != x.Past[j].Text || y.Past[j].Why != x.Past[j].Why {
				t.Errorf("reading %d said %+v, was %+v", i, y.Past, x.Past)
			}
		}
	}
	if show(is.figures.Milestones) != show(was.figures.Milestones) || show(is.home) != show(was.home) || !reflect.DeepEqual(is.figures.Plays, was.figures.Plays) ||
		!reflect.DeepEqual(is.figures.Curve, was.figures.Curve) || is.figures.Releases[0].Release.Aliases == nil {
		t.Errorf("got %+v\n%s\nwant %+v\n%s", is.figures.Releases, show(is.figures.Milestones), was.figures.Releases, show(was.figures.Milestones))
	}
	t.Run("it goes on from there", func(t *testing.T) {
		out := h.enter(a, "plays", "2.1亿", "2026-05-01")
		wantRows(t, out.Changes, "sum plays 2亿 05-01 exact stands", "红果短剧 plays 2亿 05-01 exact stands")
	})
	must(t, 0, store.Migrate(ctx, engine, studio.Schema(), func(int, int) error { return errors.New("migrated twice") }))
}
