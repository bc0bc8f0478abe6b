package studio_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"chouka/server/studio"

	"pgregory.net/rapid"
)

// world is what the desk should hold, kept as plainly as can be: no counters, no history, only what is there.
type world struct {
	h        house
	scene    studio.Scene
	shots    []*worldShot
	attempts []*worldAttempt
	pictures int // different files so far
}

type worldShot struct {
	id      string
	state   studio.ShotState
	pick    string // take id
	deleted bool
}

type worldAttempt struct {
	id, take string // take is empty for one that was typed in
	shot     *worldShot
	picture  int
	deleted  bool
	rejected bool
}

func (w *world) live(x *worldShot) (attempts, takes int) {
	for _, a := range w.attempts {
		if a.shot == x && !a.deleted {
			attempts++
			takes += min(len(a.take), 1)
		}
	}
	return attempts, takes
}

func (w *world) holds(x *worldShot, picture int) bool {
	return slices.ContainsFunc(w.attempts, func(a *worldAttempt) bool {
		return a.shot == x && !a.deleted && a.take != "" && a.picture == picture
	})
}

// open is the refusal of a shot that takes no attempts, or nothing.
func (x *worldShot) open() string {
	switch {
	case x.deleted:
		return "unknown.shot"
	case x.state == studio.ShotLocked:
		return "shot.locked"
	}
	return ""
}

func (x *worldShot) arrived(take bool) {
	switch x.state {
	case studio.ShotTodo, studio.ShotRework:
		x.state = studio.ShotDrawing
		if take {
			x.state = studio.ShotToReview
		}
	case studio.ShotDrawing:
		if take {
			x.state = studio.ShotToReview
		}
	}
}

func (w *world) went(x *worldShot) {
	attempts, takes := w.live(x)
	if takes == 0 && x.state == studio.ShotToReview {
		x.state = studio.ShotDrawing
	}
	if attempts == 0 && x.state == studio.ShotDrawing {
		x.state = studio.ShotTodo
	}
}

// agree compares an answer with what the plain rules say; it reports whether the step was taken.
func agree(t *rapid.T, what string, err error, want string) bool {
	var e *studio.Error
	if errors.As(err, &e) && e.Code == want || err == nil && want == "" {
		return want == ""
	}
	t.Fatalf("%s gave %v, want %q", what, err, want)
	return false
}

func (w *world) anyShot(t *rapid.T) *worldShot {
	return rapid.SampledFrom(w.shots).Draw(t, "shot")
}

func (w *world) anyAttempt(t *rapid.T) *worldAttempt {
	return rapid.SampledFrom(w.attempts).Draw(t, "attempt")
}

func (w *world) addShot(t *rapid.T) {
	x, err := w.h.AddShot(w.h.t.Context(), w.h.admin, w.scene.ID, studio.ShotIn{})
	if agree(t, "adding a shot", err, "") {
		w.shots = append(w.shots, &worldShot{id: x.ID, state: studio.ShotTodo})
	}
}

func (w *world) logTyped(t *rapid.T) {
	x := w.anyShot(t)
	row, err := w.h.LogAttempt(w.h.t.Context(), w.h.admin, x.id, studio.AttemptIn{Status: studio.Failed})
	if agree(t, "typing an attempt", err, x.open()) {
		w.attempts = append(w.attempts, &worldAttempt{id: row.Attempt.ID, shot: x})
		x.arrived(false)
	}
}

func (w *world) logFile(t *rapid.T) {
	x, n := w.anyShot(t), w.pictures
	if n > 0 && rapid.IntRange(0, 3).Draw(t, "old") == 0 {
		n = rapid.IntRange(0, n-1).Draw(t, "picture")
	} else {
		w.pictures++
	}
	held := w.holds(x, n)
	row, err := w.h.LogFile(w.h.t.Context(), w.h.admin, x.id, "a.png", bytes.NewReader(picture(w.h.t, n, "")))
	if !agree(t, "dropping a file", err, x.open()) {
		return
	}
	if row.Duplicate != held {
		t.Fatalf("duplicate %t, want %t", row.Duplicate, held)
	}
	if !held {
		w.attempts = append(w.attempts, &worldAttempt{id: row.Attempt.ID, take: row.Takes[0].ID, shot: x, picture: n})
		x.arrived(true)
	}
}

func (w *world) judge(t *rapid.T) {
	a := w.anyAttempt(t)
	v := rapid.SampledFrom(studio.Verdicts()).Draw(t, "verdict")
	want := ""
	switch {
	case a.take == "" || a.deleted:
		want = "unknown.take"
	case v == studio.Rejected && a.shot.pick == a.take:
		want = "take.is_pick"
	}
	_, err := w.h.Judge(w.h.t.Context(), w.h.admin, studio.VerdictIn{Takes: []string{a.take}, Verdict: &v, Reason: "face"})
	if agree(t, "judging", err, want) {
		a.rejected = v == studio.Rejected
	}
}

func (w *world) pickTake(t *rapid.T) {
	x, a := w.anyShot(t), w.anyAttempt(t)
	if a.take == "" {
		return // nothing to pick
	}
	want := x.open()
	switch {
	case want == "shot.locked" && x.pick == a.take:
		want = ""
	case want != "" || x.pick == a.take:
	case a.shot != x || a.deleted:
		want = "unknown.take"
	case a.rejected:
		want = "take.rejected"
	}
	_, err := w.h.PickTake(w.h.t.Context(), w.h.admin, x.id, studio.PickIn{TakeID: a.take, Replaces: x.pick})
	if agree(t, "picking", err, want) && x.pick != a.take {
		x.pick, x.state = a.take, studio.ShotPicked
	}
}

func (w *world) unpick(t *rapid.T) {
	x := w.anyShot(t)
	_, err := w.h.PickTake(w.h.t.Context(), w.h.admin, x.id, studio.PickIn{Replaces: x.pick})
	if agree(t, "taking the pick away", err, x.open()) && x.pick != "" {
		x.pick, x.state = "", studio.ShotToReview
	}
}

func (w *world) byHand(t *rapid.T) {
	x := w.anyShot(t)
	to := rapid.SampledFrom([]studio.ShotState{studio.ShotPicked, studio.ShotLocked, studio.ShotRework}).Draw(t, "to")
	want := "shot.state"
	switch {
	case x.deleted:
		want = "unknown.shot"
	case x.pick != "" || x.state == to:
		want = ""
	}
	_, err := w.h.MoveShot(w.h.t.Context(), w.h.admin, x.id, studio.StateIn{To: to, Reason: "光不对"})
	if agree(t, "moving to "+string(to), err, want) {
		if x.state = to; to == studio.ShotRework {
			x.pick = ""
		}
	}
}

func (w *world) deleteShot(t *rapid.T) {
	x := w.anyShot(t)
	_, err := w.h.DeleteShot(w.h.t.Context(), w.h.admin, x.id, w.h.see(x.id).Shot.Rev)
	if agree(t, "deleting a shot", err, x.open()) {
		x.deleted = true
	}
}

func (w *world) restoreShot(t *rapid.T) {
	x := w.anyShot(t)
	_, err := w.h.RestoreShot(w.h.t.Context(), w.h.admin, x.id)
	if agree(t, "restoring a shot", err, "") {
		x.deleted = false
	}
}

func (w *world) deleteAttempt(t *rapid.T) {
	a := w.anyAttempt(t)
	want := ""
	switch {
	case a.deleted:
		want = "unknown.attempt"
	case a.take != "" && a.shot.pick == a.take:
		want = "take.is_pick"
	}
	err := w.h.remove(a.id)
	if agree(t, "deleting an attempt", err, want) {
		a.deleted = true
		w.went(a.shot)
	}
}

// remove deletes an attempt at whatever revision it has.
func (h house) remove(id string) error {
	for rev := int64(1); ; rev++ {
		_, err := h.DeleteAttempt(h.t.Context(), h.admin, id, rev)
		if !studio.IsKind(err, studio.Stale) || rev > 1000 {
			return err
		}
	}
}

func (w *world) restoreAttempt(t *rapid.T) {
	a := w.anyAttempt(t)
	want := ""
	if a.deleted {
		if want = a.shot.open(); want == "" && a.take != "" && w.holds(a.shot, a.picture) {
			want = "take.held"
		}
	}
	_, err := w.h.RestoreAttempt(w.h.t.Context(), w.h.admin, a.id)
	if agree(t, "restoring an attempt", err, want) && a.deleted {
		a.deleted = false
		a.shot.arrived(a.take != "")
	}
}

func (w *world) moveAttempt(t *rapid.T) {
	a, to := w.anyAttempt(t), w.anyShot(t)
	want := ""
	switch {
	case a.deleted:
		want = "unknown.attempt"
	case a.shot == to:
	case to.open() != "":
		want = to.open()
	case a.take != "" && a.shot.pick == a.take:
		want = "take.is_pick"
	case a.take != "" && w.holds(to, a.picture):
		want = "take.held"
	}
	_, err := w.h.MoveAttempt(w.h.t.Context(), w.h.admin, a.id, to.id)
	if agree(t, "moving an attempt", err, want) && a.shot != to {
		from := a.shot
		a.shot = to
		w.went(from)
		to.arrived(a.take != "")
	}
}

// compare holds the desk against the world: every state and pick, every counter, the review queue.
func (w *world) compare(t *rapid.T) {
	var want counted
	for _, x := range w.shots {
		p := w.h.see(x.id)
		pick := ""
		if p.Shot.Pick != nil {
			pick = p.Shot.Pick.TakeID
		}
		attempts, takes := w.live(x)
		if p.Shot.State != x.state || pick != x.pick || (p.Shot.Deleted != nil) != x.deleted || p.Attempts != int64(attempts) || p.Takes != int64(takes) {
			t.Fatalf("shot %s: %s, pick %q, %d attempts, %d takes, want %+v, %d, %d", p.Shot.Number, p.Shot.State, pick, p.Attempts, p.Takes, *x, attempts, takes)
		}
		if x.deleted {
			continue
		}
		want.Shots++
		want.Attempts, want.Takes = want.Attempts+int64(attempts), want.Takes+int64(takes)
		if x.pick != "" {
			want.Picked++
		}
		if x.state == studio.ShotToReview {
			want.ToReview++
		}
	}
	if got := w.h.counted(w.scene.TitleID); got != want {
		t.Fatalf("counted %+v, want %+v", got, want)
	}
	q, err := w.h.ReviewQueue(w.h.t.Context(), w.h.admin, w.scene.TitleID, studio.QueueFilter{}, studio.Page{})
	if err != nil || int64(len(q.Items)) != want.ToReview {
		t.Fatalf("%d wait for review, want %d, %v", len(q.Items), want.ToReview, err)
	}
}

// TestTheDeskAgainstAPlainWorld does what people do in any order. Each answer
// must be what the plain rules say, and each counter what a count gives.
func TestTheDeskAgainstAPlainWorld(t *testing.T) {
	h := newHouse(t)
	rapid.Check(t, func(t *rapid.T) {
		w := &world{h: h, scene: h.scene(h.title("昼以继夜"))}
		w.addShot(t)
		steps := []func(*rapid.T){w.addShot, w.logTyped, w.logFile, w.logFile, w.logFile, w.judge, w.pickTake, w.pickTake, w.pickTake, w.unpick, w.byHand, w.byHand,
			w.deleteShot, w.restoreShot, w.deleteAttempt, w.restoreAttempt, w.moveAttempt}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			i := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
			if len(w.attempts) == 0 && i > 4 || i == 0 && len(w.shots) > 3 {
				i = 2
			}
			steps[i](t)
			w.compare(t)
		}
	})
}
