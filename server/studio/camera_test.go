package studio_test

import (
	"bytes"
	"testing"

	"chouka/server/studio"
)

// A clip of a real shoot is an attempt like any other, but no generator's: it answers none that waits.
func TestClipsOfAShoot(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x, y := h.oneShot(), h.oneShot()
	shoot := func(shot string, n int, in studio.Arrival) (studio.AttemptRow, error) {
		in.Name = "A001C003.png"
		return h.BookFile(ctx, h.admin, shot, in, bytes.NewReader(picture(t, n, duck)))
	}
	waits := h.post(studio.AttemptPost{Shot: x.ID, Status: string(studio.Running), Outputs: []studio.Output{{Name: "A001C003.png"}}})
	row, err := shoot(x.ID, 1, studio.Arrival{Camera: true})
	a := must(t, row, err).Attempt
	if a.Kind != "camera" || a.ID == waits.Attempt.ID || a.Status != studio.Succeeded || len(row.Takes) != 1 {
		t.Fatalf("got %+v", a)
	}
	t.Run("the same clip again is not booked twice", func(t *testing.T) {
		again, err := shoot(x.ID, 1, studio.Arrival{Camera: true})
		if must(t, again, err); !again.Duplicate || again.Attempt.ID != a.ID {
			t.Errorf("got %+v", again)
		}
	})
	t.Run("a second camera's clip joins it when that is said", func(t *testing.T) {
		more, err := shoot(x.ID, 2, studio.Arrival{Camera: true, Attempt: a.ID})
		if must(t, more, err); more.Attempt.ID != a.ID || len(more.Takes) != 2 {
			t.Errorf("got %+v", more)
		}
		refused(t, errOf(shoot(x.ID, 3, studio.Arrival{Camera: true, Attempt: waits.Attempt.ID})), "invalid.attempt")
	})
	t.Run("it is picked and counted like any other", func(t *testing.T) {
		h.pick(x.ID, row.Takes[0].ID, "")
		if f := h.shotFunnel(x.ID); h.see(x.ID).Shot.State != studio.ShotPicked || f.Attempts != 2 || f.Picked != 1 {
			t.Errorf("got %+v", f)
		}
	})
	t.Run("its day is the title's", func(t *testing.T) {
		refused(t, errOf(shoot(y.ID, 4, studio.Arrival{Camera: true, DayID: "x"})), "invalid.day")
		refused(t, errOf(shoot(y.ID, 4, studio.Arrival{DayID: "x"})), "invalid.day")
	})
}
