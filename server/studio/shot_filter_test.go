package studio_test

import (
	"testing"

	"chouka/server/studio"
)

func TestTheShotsOfAnEpisodeNameTheirNewestTake(t *testing.T) {
	h := newHouse(t)
	first := h.scene(h.title("昼以继夜"))
	other, err := h.AddEpisode(t.Context(), h.admin, first.TitleID, studio.EpisodeIn{})
	must(t, other, err)
	second, err := h.AddScene(t.Context(), h.admin, other.ID, studio.SceneIn{})
	must(t, second, err)
	a, b, c := h.shot(first.ID), h.shot(first.ID), h.shot(second.ID)
	h.take(a.ID, 1)
	newest := h.take(a.ID, 2)
	h.take(c.ID, 3)
	list := func(f studio.ShotFilter) []studio.ShotRow {
		t.Helper()
		l, err := h.TitleShots(t.Context(), h.admin, first.TitleID, f, studio.Page{})
		must(t, l, err)
		return l.Items
	}
	for name, f := range map[string]studio.ShotFilter{
		"by the order of the script": {Episode: 1},
		"of a scene of it":           {Episode: 1, Scene: first.ID},
	} {
		got := list(f)
		if len(got) != 2 || got[0].Shot.ID != a.ID || got[1].Shot.ID != b.ID || got[0].LastTake != newest.ID || got[1].LastTake != "" {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	if got := list(studio.ShotFilter{Episode: 1, State: studio.ShotToReview}); len(got) != 1 || got[0].Shot.ID != a.ID {
		t.Errorf("those to review: got %+v", got)
	}
	if got := list(studio.ShotFilter{}); len(got) != 3 || got[0].LastTake != "" {
		t.Errorf("the whole title: got %+v", got)
	}
	if got := list(studio.ShotFilter{Stale: true}); len(got) != 0 {
		t.Errorf("none is stale: got %+v", got)
	}
}
