package studio_test

import (
	"errors"
	"slices"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

// TestOldScenesGetTheIdsOfTheirLines opens a store of the program before versions could be compared.
func TestOldScenesGetTheIdsOfTheirLines(t *testing.T) {
	s, engine := studiotest.Open(t, (&clock{now: at(5, 10)}).Now)
	h := house{s, t, studiotest.Admin(t, s)}
	ctx := t.Context()
	title := h.title("娇藏京枝")
	first := h.importText(title, theDraft)
	x := h.shot(h.sceneOf(title, "1-1").ID)
	y := h.shot(h.sceneOf(title, "1-2").ID)
	labels := h.shotsOf(title)
	must(t, 0, h.MakeLineless(ctx))
	if got := h.sceneText(x.SceneID); got.LineIDs != nil || got.CodeEpisode != 0 {
		t.Fatalf("the store is not old: %+v", got)
	}
	must(t, 0, store.Migrate(ctx, engine, studio.Schema(), func(int, int) error { return nil }))
	seen := map[string]bool{}
	for _, label := range []string{"1-1", "1-2", "2-1"} {
		sc := h.sceneText(h.sceneOf(title, label).ID)
		if len(sc.LineIDs) != len(sc.Lines) || sc.CodeEpisode != sc.Episode {
			t.Errorf("scene %s has %d ids for %d lines", label, len(sc.LineIDs), len(sc.Lines))
		}
		for _, id := range sc.LineIDs {
			if id == "" || seen[id] {
				t.Errorf("scene %s has the id %q", label, id)
			}
			seen[id] = true
		}
	}
	if got := h.see(x.ID).Shot; got.Lines == nil || got.Cast == nil {
		t.Errorf("the shot is %+v", got)
	}
	line := h.sceneText(x.SceneID).LineIDs[3]
	must(t, 0, errOf(h.LinkLines(ctx, h.admin, x.ID, []string{line})))
	v := h.importText(title, change(theDraft, "三年，", "五年，"))
	if got := h.staleLabels(title); !slices.Equal(got, []string{x.Label}) || h.see(y.ID).Shot.Stale != nil || h.shotsOf(title) != labels {
		t.Errorf("stale %v, shots %s", got, h.shotsOf(title))
	}
	t.Run("what was imported before is compared by its file, and not taken back", func(t *testing.T) {
		got, err := h.CompareScripts(ctx, h.admin, first.ID, v.ID)
		must(t, got, err)
		var said []studio.SceneChange
		for _, c := range got {
			said = append(said, c.Change)
		}
		if !slices.Equal(said, []studio.SceneChange{studio.SceneEdited, studio.SceneSame, studio.SceneSame}) || got[0].SceneID != x.SceneID {
			t.Errorf("compared %v, %+v", said, got[0])
		}
		must(t, 0, errOf(h.UndoImport(ctx, h.admin, v.ID)))
		_, err = h.UndoImport(ctx, h.admin, first.ID)
		refused(t, err, "script.no_way_back")
	})
	if err := store.Migrate(ctx, engine, studio.Schema(), func(int, int) error { return errors.New("migrated twice") }); err != nil {
		t.Error(err)
	}
}
