package studio_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

// byHand: what MoveShot answers in each state (rows) for each wanted state
// (columns, in the order of the rows): y moved, = already there, n the table
// forbids it, w it follows from work and is not set by hand.
const byHand = `
todo      = w w n n n
drawing   w = w w n n
to_review w w = w n n
picked    n n w = y y
locked    n n n y = y
rework    n w w w n =
`

func shotStates() []studio.ShotState {
	return []studio.ShotState{studio.ShotTodo, studio.ShotDrawing, studio.ShotToReview, studio.ShotPicked, studio.ShotLocked, studio.ShotRework}
}

// inState makes a shot that stands in the state, and its one take where it has one.
func (h house) inState(sceneID string, st studio.ShotState, n int) (studio.Shot, studio.Take) {
	h.t.Helper()
	x := h.shot(sceneID)
	var tk studio.Take
	switch st {
	case studio.ShotTodo:
		return x, tk
	case studio.ShotDrawing:
		h.typed(x.ID, studio.Queued)
		return h.see(x.ID).Shot, tk
	}
	tk = h.take(x.ID, n)
	if st != studio.ShotToReview {
		h.pick(x.ID, tk.ID, "")
	}
	if st == studio.ShotLocked || st == studio.ShotRework {
		h.move(x.ID, st)
	}
	if x = h.see(x.ID).Shot; x.State != st {
		h.t.Fatalf("made %s, want %s", x.State, st)
	}
	return x, tk
}

func TestEveryPairOfShotStatesByHand(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	n := 0
	for i, row := range strings.Split(strings.TrimSpace(byHand), "\n") {
		from, cells := shotStates()[i], strings.Fields(row)
		if cells[0] != string(from) {
			t.Fatalf("row %d is %s", i, cells[0])
		}
		for j, to := range shotStates() {
			n++
			x, _ := h.inState(sc.ID, from, n)
			got, err := h.MoveShot(ctx, h.admin, x.ID, studio.StateIn{To: to, Reason: "光不对"})
			switch want := cells[j+1]; want {
			case "n", "w":
				e := refused(t, err, "shot.state")
				if byWork := strings.Contains(e.Text.EN, "by hand"); byWork != (want == "w") {
					t.Errorf("%s to %s: %s", from, to, e.Text.EN)
				}
			default:
				if err != nil || got.State != to || want == "=" && got.Rev != x.Rev {
					t.Errorf("%s to %s: %s, %v", from, to, got.State, err)
				}
			}
			if kept := h.see(x.ID).Shot; err != nil && (kept.State != from || kept.Rev != x.Rev) {
				t.Errorf("%s to %s was refused and left %s", from, to, kept.State)
			}
		}
	}
	x := h.shot(sc.ID)
	for _, odd := range []studio.ShotState{"", "done", "TODO"} {
		_, err := h.MoveShot(ctx, h.admin, x.ID, studio.StateIn{To: odd})
		refused(t, err, "invalid.to")
	}
}

// byWork: the state of a shot after each kind of work, by the state before;
// "!code" is a refusal. A shot in todo and drawing has no take to pick.
const byWork = `
before    typed     file      pick      unpick     delete
todo      drawing   to_review -         todo       -
drawing   drawing   to_review -         drawing    todo
to_review to_review to_review picked    to_review  todo
picked    picked    picked    picked    to_review  !take.is_pick
locked    !shot.locked !shot.locked locked !shot.locked !take.is_pick
rework    drawing   to_review picked    rework     rework
`

func TestEveryShotStateByWork(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("昼以继夜"))
	n := 1000
	for _, row := range strings.Split(strings.TrimSpace(byWork), "\n")[1:] {
		cells := strings.Fields(row)
		for i, work := range []string{"typed", "file", "pick", "unpick", "delete"} {
			want := cells[i+1]
			if want == "-" {
				continue
			}
			n += 2
			x, tk := h.inState(sc.ID, studio.ShotState(cells[0]), n)
			err := h.do(work, x, tk, n+1)
			if code, no := strings.CutPrefix(want, "!"); no {
				refused(t, err, code)
				want = cells[0]
			} else if err != nil {
				t.Errorf("%s after %s: %v", cells[0], work, err)
			}
			if got := h.see(x.ID).Shot.State; string(got) != want {
				t.Errorf("%s after %s is %s, want %s", cells[0], work, got, want)
			}
		}
	}
}

// do does one kind of work on a shot.
func (h house) do(work string, x studio.Shot, tk studio.Take, n int) error {
	ctx := h.t.Context()
	var err error
	switch work {
	case "typed":
		_, err = h.LogAttempt(ctx, h.admin, x.ID, studio.AttemptIn{Status: studio.Succeeded})
	case "file":
		_, err = h.LogFile(ctx, h.admin, x.ID, "a.png", strings.NewReader(string(picture(h.t, n, ""))))
	case "pick":
		_, err = h.PickTake(ctx, h.admin, x.ID, studio.PickIn{TakeID: tk.ID})
	case "unpick":
		in := studio.PickIn{}
		if x.Pick != nil {
			in.Replaces = x.Pick.TakeID
		}
		_, err = h.PickTake(ctx, h.admin, x.ID, in)
	case "delete":
		l, lerr := h.Attempts(ctx, h.admin, x.ID, studio.Page{})
		must(h.t, l, lerr)
		_, err = h.DeleteAttempt(ctx, h.admin, l.Items[0].Attempt.ID, l.Items[0].Attempt.Rev)
	}
	return err
}

func TestAFullRoundOfAShot(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	is := func(st studio.ShotState, want counted) {
		t.Helper()
		if got := h.see(x.ID).Shot.State; got != st || h.counted(x.TitleID) != want {
			t.Errorf("state %s, counted %+v; want %s, %+v", got, h.counted(x.TitleID), st, want)
		}
	}
	is(studio.ShotTodo, counted{Shots: 1})
	a := h.typed(x.ID, studio.Running)
	is(studio.ShotDrawing, counted{Shots: 1, Attempts: 1})
	tk := h.take(x.ID, 1)
	is(studio.ShotToReview, counted{Shots: 1, ToReview: 1, Attempts: 2, Takes: 1})
	h.pick(x.ID, tk.ID, "")
	is(studio.ShotPicked, counted{Shots: 1, Picked: 1, Attempts: 2, Takes: 1})
	_, err := h.MoveShot(ctx, h.admin, x.ID, studio.StateIn{To: studio.ShotRework, Reason: "  "})
	refused(t, err, "invalid.reason")
	h.move(x.ID, studio.ShotLocked)
	h.move(x.ID, studio.ShotRework)
	is(studio.ShotRework, counted{Shots: 1, Attempts: 2, Takes: 1})
	if got := h.see(x.ID).Shot; got.Reason != "光不对" || got.Pick != nil {
		t.Errorf("got %+v", got)
	}
	again := h.take(x.ID, 2)
	is(studio.ShotToReview, counted{Shots: 1, ToReview: 1, Attempts: 3, Takes: 2})
	if got := h.see(x.ID).Shot.Reason; got != "" {
		t.Errorf("still says why it was sent back: %s", got)
	}
	for _, id := range []string{again.AttemptID, tk.AttemptID} {
		l, err := h.Attempts(ctx, h.admin, x.ID, studio.Page{Limit: 1})
		row := must(t, l, err).Items[0]
		if row.Attempt.ID != id {
			t.Fatalf("newest is %s, want %s", row.Attempt.ID, id)
		}
		if _, err := h.DeleteAttempt(ctx, h.admin, id, row.Attempt.Rev); err != nil {
			t.Fatal(err)
		}
	}
	is(studio.ShotDrawing, counted{Shots: 1, Attempts: 1})
	if _, err := h.DeleteAttempt(ctx, h.admin, a.ID, a.Rev); err != nil {
		t.Fatal(err)
	}
	is(studio.ShotTodo, counted{Shots: 1})
}
