package studio_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

// usual is what a shot's page says, as text.
func (h house) usual(shotID string) string {
	h.t.Helper()
	u := h.see(shotID).Usual
	if u == nil {
		return "nothing"
	}
	return fmt.Sprintf("%q %d of %d", u.Size, u.Median, u.N)
}

// sized adds a shot of a size with so many draws, of which the last is picked.
func (h house) sized(sceneID, size string, draws int) studio.Shot {
	h.t.Helper()
	x, err := h.AddShot(h.t.Context(), h.admin, sceneID, studio.ShotIn{ShotText: studio.ShotText{Size: size}})
	must(h.t, x, err)
	for range draws - 1 {
		h.typed(x.ID, studio.Failed)
	}
	return h.pick(x.ID, h.take(x.ID, 1).ID, "")
}

func (h house) resize(shotID, size string) {
	h.t.Helper()
	x, err := h.EditShot(h.t.Context(), h.admin, shotID, h.see(shotID).Shot.Rev, studio.ShotEdit{Size: &size})
	must(h.t, x, err)
}

func TestHowManyDrawsAreUsual(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	asking, err := h.AddShot(ctx, h.admin, sc.ID, studio.ShotIn{ShotText: studio.ShotText{Size: "近景"}})
	must(t, asking, err)
	want := func(name, usual string) {
		t.Helper()
		if got := h.usual(asking.ID); got != usual {
			t.Errorf("%s: %s, want %s", name, got, usual)
		}
	}
	want("nothing is picked", "nothing")
	for _, draws := range []int{9, 2, 4, 6} {
		h.sized(sc.ID, "近景", draws)
	}
	want("four of the size are too few, so all are taken, the lower of the middle two", `"" 4 of 4`)
	far := h.sized(sc.ID, "ＦＳ ", 1)
	want("one of another size joins them", `"" 4 of 5`)
	fifth := h.sized(sc.ID, "近景", 5)
	want("five of the size are enough", `"近景" 5 of 5`)
	h.typed(fifth.ID, studio.Failed)
	want("what is drawn after the pick does not count", `"近景" 5 of 5`)
	h.resize(far.ID, " 近景")
	want("a picked shot is of another size now", `"近景" 4 of 6`)
	h.resize(far.ID, "FS")
	want("and back", `"近景" 5 of 5`)
	other, err := h.LogFile(ctx, h.admin, fifth.ID, "b.png", bytes.NewReader(picture(t, 2, "")))
	must(t, other, err)
	h.pick(fifth.ID, other.Takes[0].ID, fifth.Pick.TakeID)
	want("another pick has its own draws", `"近景" 6 of 5`)
	h.move(fifth.ID, studio.ShotLocked)
	want("a lock changes nothing", `"近景" 6 of 5`)
	h.move(fifth.ID, studio.ShotPicked)
	gone, err := h.DeleteShot(ctx, h.admin, fifth.ID, h.see(fifth.ID).Shot.Rev)
	must(t, gone, err)
	want("a deleted shot is none", `"" 4 of 5`)
	back, err := h.RestoreShot(ctx, h.admin, fifth.ID)
	must(t, back, err)
	want("it is back", `"近景" 6 of 5`)
	halves, err := h.SplitShot(ctx, h.admin, fifth.ID, studio.SplitIn{First: studio.ShotText{Size: "FS"}, Second: studio.ShotText{Size: "近景"}})
	must(t, halves, err)
	want("the first half of a split keeps the pick, with its new size", `"" 4 of 6`)
	h.resize(fifth.ID, "近景")
	h.move(fifth.ID, studio.ShotRework)
	want("sent back", `"" 4 of 5`)
	h.resize(asking.ID, "")
	for range 5 {
		h.sized(sc.ID, "", 1)
	}
	want("without a size there is no kind, however many are without", `"" 1 of 10`)
	t.Run("the longest sizes are told apart", func(t *testing.T) {
		sc := h.scene(h.title("娇藏京枝"))
		long := strings.Repeat("\uFDFA", 199)
		for range 5 {
			h.sized(sc.ID, long+"a", 2)
			h.sized(sc.ID, long+"b", 3)
		}
		x := h.sized(sc.ID, long+"b", 3)
		if u := h.see(x.ID).Usual; u.Median != 3 || u.N != 6 || u.Size == "" {
			t.Errorf("got %+v", u)
		}
	})
}
