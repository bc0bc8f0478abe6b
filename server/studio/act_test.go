package studio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// actDesk is one shot with five takes, a producer and a director who review it.
type actDesk struct {
	house
	clock              *clock
	x                  studio.Shot
	takes              []studio.Take
	producer, director studio.Actor
}

func newActDesk(t *testing.T) *actDesk {
	t.Helper()
	h, c := clocked(t)
	d := &actDesk{house: h, clock: c, x: h.oneShot()}
	for i := range 5 {
		d.takes = append(d.takes, h.take(d.x.ID, i))
	}
	d.producer = studiotest.Person(t, h.Studio, h.admin, "赵制片", studio.Member, d.x.TitleID, studio.RoleProducer)
	d.director = studiotest.Person(t, h.Studio, h.admin, "许导", studio.Member, d.x.TitleID, studio.RoleDirector)
	return d
}

// judge marks takes by their place.
func (d *actDesk) judge(by studio.Actor, in studio.VerdictIn, takes ...int) {
	d.t.Helper()
	for _, i := range takes {
		in.Takes = append(in.Takes, d.takes[i].ID)
	}
	d.clock.pass(time.Second)
	must(d.t, 0, errOf(d.Judge(d.t.Context(), by, in)))
}

// choose picks a take by its place; -1 takes the pick away.
func (d *actDesk) choose(by studio.Actor, take int) {
	d.t.Helper()
	in := studio.PickIn{}
	if take >= 0 {
		in.TakeID = d.takes[take].ID
	}
	if p := d.see(d.x.ID).Shot.Pick; p != nil {
		in.Replaces = p.TakeID
	}
	d.clock.pass(time.Second)
	must(d.t, 0, errOf(d.PickTake(d.t.Context(), by, d.x.ID, in)))
}

func (d *actDesk) send(by studio.Actor, to studio.ShotState, reason string) {
	d.t.Helper()
	d.clock.pass(time.Second)
	must(d.t, 0, errOf(d.MoveShot(d.t.Context(), by, d.x.ID, studio.StateIn{To: to, Reason: reason})))
}

func (d *actDesk) undo(by studio.Actor) studio.ActOut {
	d.t.Helper()
	d.clock.pass(time.Second)
	out, err := d.Undo(d.t.Context(), by, studio.UndoIn{TitleID: d.x.TitleID})
	return must(d.t, out, err)
}

func (d *actDesk) redo(by studio.Actor) studio.ActOut {
	d.t.Helper()
	d.clock.pass(time.Second)
	out, err := d.Redo(d.t.Context(), by, studio.UndoIn{TitleID: d.x.TitleID})
	return must(d.t, out, err)
}

// state is the shot and the marks of its takes in one line.
func (d *actDesk) state() string {
	d.t.Helper()
	x := d.see(d.x.ID).Shot
	out := string(x.State)
	if x.Pick != nil {
		out += fmt.Sprintf(" pick %d", x.Pick.Number)
	}
	if x.Reason != "" {
		out += " " + x.Reason
	}
	for _, r := range takesOf(d.t, d.house, d.x.ID) {
		out += fmt.Sprintf(" | %s%s%s %d", r.Take.Verdict, r.Take.Reason, r.Take.ReasonText, r.Take.Stars)
		if r.Take.Colour > 0 {
			out += fmt.Sprintf(" colour %d", r.Take.Colour)
		}
	}
	return out
}

func (d *actDesk) acts(by studio.Actor) string {
	d.t.Helper()
	l, err := d.Acts(d.t.Context(), by, d.x.TitleID)
	out := ""
	for _, a := range must(d.t, l, err) {
		out += strings.Split(a.Verb, ".")[1]
		if a.Undone != nil {
			out += "(undone)"
		}
		out += " "
	}
	return out
}

func reject(reason, text string) studio.VerdictIn {
	return studio.VerdictIn{Verdict: ptr(studio.Rejected), Reason: reason, ReasonText: text}
}

func TestEveryActGoesBackAndForth(t *testing.T) {
	for name, c := range map[string]struct {
		before func(*actDesk) // by somebody else
		act    func(*actDesk, studio.Actor)
		verb   string
		params string
	}{
		"a verdict": {nil, func(d *actDesk, by studio.Actor) { d.judge(by, studio.VerdictIn{Verdict: ptr(studio.Usable)}, 0) },
			"take.judged", "map[label:E01-S01-001 n:1 number:1 reason: verdict:usable]"},
		"a verdict over another with its reason": {func(d *actDesk) { d.judge(d.director, reject("other", "手里多一把刀"), 0) },
			func(d *actDesk, by studio.Actor) {
				d.judge(by, studio.VerdictIn{Verdict: ptr(studio.Shortlisted), Stars: ptr(4)}, 0)
			}, "take.judged", "map[label:E01-S01-001 n:1 number:1 reason: stars:4 verdict:shortlisted]"},
		"stars alone": {func(d *actDesk) { d.judge(d.director, studio.VerdictIn{Stars: ptr(2)}, 0) },
			func(d *actDesk, by studio.Actor) { d.judge(by, studio.VerdictIn{Stars: ptr(5)}, 0) }, "take.judged", "map[label:E01-S01-001 n:1 number:1 stars:5]"},
		"a colour beside stars that stay": {func(d *actDesk) { d.judge(d.director, studio.VerdictIn{Stars: ptr(2), Colour: ptr(1)}, 0) },
			func(d *actDesk, by studio.Actor) { d.judge(by, studio.VerdictIn{Colour: ptr(4)}, 0) }, "take.judged", "map[colour:4 label:E01-S01-001 n:1 number:1]"},
		"many at once": {func(d *actDesk) {
			d.judge(d.director, studio.VerdictIn{Verdict: ptr(studio.Usable), Stars: ptr(1)}, 1, 2)
		},
			func(d *actDesk, by studio.Actor) { d.judge(by, reject("face", ""), 0, 1, 2, 3, 4) }, "take.judged", "map[label:E01-S01-001 n:5 reason:face verdict:rejected]"},
		"a take named twice": {nil, func(d *actDesk, by studio.Actor) { d.judge(by, reject("face", ""), 0, 0) },
			"take.judged", "map[label:E01-S01-001 n:1 number:1 reason:face verdict:rejected]"},
		"a pick":    {nil, func(d *actDesk, by studio.Actor) { d.choose(by, 2) }, "take.picked", "map[label:E01-S01-001 number:3]"},
		"a replace": {func(d *actDesk) { d.choose(d.director, 1) }, func(d *actDesk, by studio.Actor) { d.choose(by, 2) }, "take.replaced", "map[label:E01-S01-001 number:3]"},
		"taking away": {func(d *actDesk) { d.choose(d.director, 1) }, func(d *actDesk, by studio.Actor) { d.choose(by, -1) },
			"take.unpicked", "map[label:E01-S01-001 number:2]"},
		"a lock": {func(d *actDesk) { d.choose(d.director, 1) }, func(d *actDesk, by studio.Actor) { d.send(by, studio.ShotLocked, "") },
			"shot.locked", "map[label:E01-S01-001 number:2]"},
		"an unlock": {func(d *actDesk) { d.choose(d.director, 1); d.send(d.director, studio.ShotLocked, "") },
			func(d *actDesk, by studio.Actor) { d.send(by, studio.ShotPicked, "") }, "shot.unlocked", "map[label:E01-S01-001 number:2]"},
		"a rework": {func(d *actDesk) { d.choose(d.director, 1) }, func(d *actDesk, by studio.Actor) { d.send(by, studio.ShotRework, "光不对") },
			"shot.rework", "map[label:E01-S01-001 number:2 reason:光不对]"},
		"a rework of a locked shot": {func(d *actDesk) { d.choose(d.director, 1); d.send(d.director, studio.ShotLocked, "") },
			func(d *actDesk, by studio.Actor) { d.send(by, studio.ShotRework, "光不对") }, "shot.rework", "map[label:E01-S01-001 number:2 reason:光不对]"},
		"a pick of a shot that was sent back": {func(d *actDesk) { d.choose(d.director, 1); d.send(d.director, studio.ShotRework, "光不对") },
			func(d *actDesk, by studio.Actor) { d.choose(by, 0) }, "take.picked", "map[label:E01-S01-001 number:1]"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newActDesk(t)
			if c.before != nil {
				c.before(d)
			}
			was := d.state()
			c.act(d, d.producer)
			is := d.state()
			acts, err := d.Acts(t.Context(), d.producer, "")
			if must(t, acts, err); len(acts) != 1 || acts[0].Verb != c.verb || fmt.Sprint(acts[0].Params) != c.params || acts[0].TitleID != d.x.TitleID || acts[0].ShotID != d.x.ID {
				t.Fatalf("kept as %+v", acts)
			}
			for range 3 {
				out := d.undo(d.producer)
				if d.state() != was || out.Skipped != 0 || out.Act.Undone == nil || len(out.Takes) == 0 && out.Shot == nil || out.Changed != nil {
					t.Fatalf("undone to %s, want %s; %+v", d.state(), was, out)
				}
				out = d.redo(d.producer)
				if d.state() != is || out.Skipped != 0 || out.Act.Undone != nil {
					t.Fatalf("done again to %s, want %s; %+v", d.state(), is, out)
				}
			}
			_, err = d.Redo(t.Context(), d.producer, studio.UndoIn{})
			refused(t, err, "redo.nothing")
			d.undo(d.producer)
			_, err = d.Undo(t.Context(), d.producer, studio.UndoIn{})
			refused(t, err, "undo.nothing")
			if l, err := d.Acts(t.Context(), d.admin, ""); err != nil || len(l) > 0 {
				t.Errorf("somebody else reads %+v, %v", l, err)
			}
		})
	}
}

func TestWhatIsNoAct(t *testing.T) {
	d := newActDesk(t)
	ctx := t.Context()
	d.judge(d.producer, studio.VerdictIn{Verdict: ptr(studio.Unseen), Stars: ptr(0)}, 0, 1)
	d.choose(d.producer, -1)
	d.choose(d.director, 0)
	must(t, 0, errOf(d.PickTake(ctx, d.producer, d.x.ID, studio.PickIn{TakeID: d.takes[0].ID})))
	d.send(d.producer, studio.ShotPicked, "")
	_, err := d.MoveShot(ctx, d.producer, d.x.ID, studio.StateIn{To: studio.ShotRework})
	refused(t, err, "invalid.reason")
	_, err = d.Judge(ctx, d.producer, studio.VerdictIn{Takes: []string{d.takes[1].ID, d.takes[0].ID}, Verdict: ptr(studio.Rejected), Reason: "face"})
	refused(t, err, "take.is_pick")
	if got := d.acts(d.producer); got != "" {
		t.Errorf("kept %s", got)
	}
	for i, by := range []studio.Actor{studio.Console(), {Person: d.producer.Person, Roles: d.producer.Roles}} {
		d.judge(by, studio.VerdictIn{Stars: ptr(1 + i)}, 1)
		if l, err := d.Acts(ctx, by, ""); err != nil || len(l) > 0 {
			t.Errorf("the console or the program has acts %+v, %v", l, err)
		}
	}
	_, err = d.Acts(ctx, studio.Actor{}, "")
	refused(t, err, "signed_out")
	_, err = d.Undo(ctx, studio.Actor{}, studio.UndoIn{})
	refused(t, err, "signed_out")
	t.Run("what a token does can be taken back in the browser", func(t *testing.T) {
		d.judge(token(d.producer), studio.VerdictIn{Stars: ptr(3)}, 2)
		if out := d.undo(d.producer); len(out.Takes) != 1 || out.Takes[0].Stars != 0 {
			t.Errorf("got %+v", out)
		}
	})
}

func TestFiftyActsAreKept(t *testing.T) {
	d := newActDesk(t)
	for i := range 120 {
		if i%7 == 3 {
			d.clock.pass(-time.Hour) // clocks are set back now and then
		}
		d.judge(d.producer, studio.VerdictIn{Stars: ptr(1 + i/5%5)}, i%5)
	}
	d.judge(d.director, studio.VerdictIn{Verdict: ptr(studio.Usable)}, 0)
	l, err := d.Acts(t.Context(), d.producer, "")
	if must(t, l, err); len(l) != 50 {
		t.Fatalf("%d are kept", len(l))
	}
	for i := range 50 {
		n := 119 - i
		if out := d.undo(d.producer); out.Takes[0].ID != d.takes[n%5].ID || out.Act.ID != l[i].ID {
			t.Fatalf("step %d took %+v back, want that of %d", i, out.Act, n)
		}
	}
	_, err = d.Undo(t.Context(), d.producer, studio.UndoIn{})
	refused(t, err, "undo.nothing")
	for i := range 20 {
		if out := d.redo(d.producer); out.Act.ID != l[49-i].ID {
			t.Fatalf("step %d did %+v again", i, out.Act)
		}
	}
	t.Run("a new act ends what can be done again", func(t *testing.T) {
		d.judge(d.producer, studio.VerdictIn{Verdict: ptr(studio.Shortlisted)}, 1)
		_, err := d.Redo(t.Context(), d.producer, studio.UndoIn{})
		refused(t, err, "redo.nothing")
		if l, err := d.Acts(t.Context(), d.producer, ""); err != nil || len(l) != 21 {
			t.Errorf("%d are kept, %v", len(l), err)
		}
	})
	if got := d.acts(d.director); got != "judged " {
		t.Errorf("the other person keeps %s", got)
	}
}

func TestUndoLeavesWhatOthersDidSince(t *testing.T) {
	d := newActDesk(t)
	t.Run("some takes of many", func(t *testing.T) {
		d.judge(d.producer, reject("hand", ""), 0, 1, 2, 3)
		d.judge(d.director, studio.VerdictIn{Verdict: ptr(studio.Usable)}, 1)
		d.judge(d.director, studio.VerdictIn{Stars: ptr(2)}, 2) // another part: none of this act's business
		d.judge(d.director, reject("face", ""), 3)
		at := d.clock.Now()
		out := d.undo(d.producer)
		if len(out.Takes) != 2 || out.Skipped != 2 || out.Changed == nil || out.Changed.ByName != "许导" || !out.Changed.At.Equal(at) {
			t.Errorf("got %+v, %+v", out, out.Changed)
		}
		if want := "to_review | unseen 0 | usable 0 | unseen 2 | rejectedface 0 | unseen 0"; d.state() != want {
			t.Errorf("got  %s\nwant %s", d.state(), want)
		}
		d.judge(d.director, studio.VerdictIn{Verdict: ptr(studio.Unseen)}, 1)
		if out := d.redo(d.producer); len(out.Takes) != 2 || out.Skipped != 0 {
			t.Errorf("done again %+v", out)
		}
		if want := "to_review | rejectedhand 0 | unseen 0 | rejectedhand 2 | rejectedface 0 | unseen 0"; d.state() != want {
			t.Errorf("got  %s\nwant %s", d.state(), want)
		}
		d.undo(d.producer)
	})
}

func TestUndoOfWhatOthersHaveChanged(t *testing.T) {
	d := newActDesk(t)
	// Each row is an act with what somebody else did after it; nothing can be restored, and the act below is next.
	for _, c := range []struct {
		name  string
		act   func(studio.Actor)
		since func()
		by    string
	}{
		{"marks", func(by studio.Actor) { d.judge(by, studio.VerdictIn{Stars: ptr(4)}, 2) }, func() { d.judge(d.director, studio.VerdictIn{Stars: ptr(1)}, 2) }, "许导"},
		{"a rejected take that was picked", func(by studio.Actor) {
			d.judge(d.director, reject("face", ""), 4)
			d.judge(by, studio.VerdictIn{Verdict: ptr(studio.Usable)}, 4)
		}, func() { d.choose(d.director, 4) }, "许导"},
		{"a pick that was replaced", func(by studio.Actor) { d.choose(by, 1) }, func() { d.choose(d.director, 2) }, "许导"},
		{"a pick that was taken away", func(by studio.Actor) { d.choose(by, 1) }, func() { d.choose(d.director, -1) }, "许导"},
		{"a pick that was locked", func(by studio.Actor) { d.choose(by, 1) }, func() { d.send(d.director, studio.ShotLocked, "") }, "许导"},
		{"a lock that was opened", func(by studio.Actor) { d.choose(d.director, 1); d.send(by, studio.ShotLocked, "") },
			func() { d.send(d.director, studio.ShotPicked, "") }, "许导"},
		{"an unlock, and another pick", func(by studio.Actor) {
			d.choose(d.director, 1)
			d.send(d.director, studio.ShotLocked, "")
			d.send(by, studio.ShotPicked, "")
		}, func() { d.choose(d.director, 3) }, "许导"},
		{"a replaced take that was rejected", func(by studio.Actor) { d.choose(d.director, 1); d.choose(by, 2) }, func() { d.judge(d.director, reject("face", ""), 1) }, "许导"},
		{"a rework, and its pick was rejected", func(by studio.Actor) { d.choose(d.director, 3); d.send(by, studio.ShotRework, "重来") },
			func() { d.judge(d.director, reject("face", ""), 3) }, "许导"},
		{"a rework that was answered", func(by studio.Actor) { d.choose(d.director, 0); d.send(by, studio.ShotRework, "重来") }, func() {
			d.clock.pass(time.Second)
			d.take(d.x.ID, 99)
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d.see(d.x.ID).Shot.State == studio.ShotLocked {
				d.send(d.director, studio.ShotPicked, "")
			}
			d.choose(d.director, -1)
			d.judge(d.producer, studio.VerdictIn{Stars: ptr(d.takesStars(0)%5 + 1)}, 0) // the act below
			below := d.state()
			c.act(d.producer)
			c.since()
			at, is := d.clock.Now(), d.state()
			if c.by == "" {
				at = d.see(d.x.ID).Shot.StateAt
			}
			out := d.undo(d.producer)
			if len(out.Takes) > 0 || out.Shot != nil || out.Skipped != 1 || d.state() != is {
				t.Errorf("got %+v, state %s, want %s", out, d.state(), is)
			}
			if out.Changed == nil || out.Changed.ByName != c.by || !out.Changed.At.Equal(at) {
				t.Errorf("changed %+v, want %q at %v", out.Changed, c.by, at)
			}
			if got := d.undo(d.producer); got.Act.Verb != "take.judged" || len(got.Takes) != 1 || got.Takes[0].ID != d.takes[0].ID {
				t.Errorf("the act below is not next: %+v; before %s", got, below)
			}
		})
	}
}

func (d *actDesk) takesStars(i int) int { return takesOf(d.t, d.house, d.x.ID)[i].Take.Stars }

func TestUndoOfWhatIsGone(t *testing.T) {
	d := newActDesk(t)
	ctx := t.Context()
	gone := func(i int) {
		t.Helper()
		a, err := d.Attempt(ctx, d.admin, d.takes[i].AttemptID)
		must(t, 0, errOf(d.DeleteAttempt(ctx, d.admin, d.takes[i].AttemptID, must(t, a, err).Row.Attempt.Rev)))
	}
	d.judge(d.producer, studio.VerdictIn{Stars: ptr(3)}, 0, 1)
	gone(0)
	if out := d.undo(d.producer); len(out.Takes) != 1 || out.Skipped != 1 || out.Changed.ByName != "" {
		t.Errorf("one take is gone: %+v", out)
	}
	d.judge(d.producer, studio.VerdictIn{Stars: ptr(3)}, 1)
	gone(1)
	if out := d.undo(d.producer); len(out.Takes) != 0 || out.Skipped != 1 {
		t.Errorf("the take is gone: %+v", out)
	}
	d.choose(d.producer, 2)
	d.choose(d.producer, 3)
	gone(2)
	if out := d.undo(d.producer); out.Shot != nil || out.Skipped != 1 {
		t.Errorf("the take before is gone: %+v", out)
	}
	t.Run("a take that moved to another shot keeps its marks' way back", func(t *testing.T) {
		d.judge(d.producer, studio.VerdictIn{Stars: ptr(3)}, 4)
		must(t, 0, errOf(d.MoveAttempt(ctx, d.admin, d.takes[4].AttemptID, d.shot(d.x.SceneID).ID)))
		if out := d.undo(d.producer); len(out.Takes) != 1 || out.Takes[0].Stars != 0 {
			t.Errorf("got %+v", out)
		}
	})
	d.choose(d.producer, -1)
	x := d.see(d.x.ID).Shot
	must(t, 0, errOf(d.DeleteShot(ctx, d.admin, x.ID, x.Rev)))
	if out := d.undo(d.producer); out.Shot != nil || out.Skipped != 1 {
		t.Errorf("the shot is gone: %+v", out)
	}
}

func TestUndoAsksForTheRightsOfNow(t *testing.T) {
	d := newActDesk(t)
	ctx := t.Context()
	d.judge(d.producer, studio.VerdictIn{Stars: ptr(3)}, 0)
	d.choose(d.producer, 1)
	now := func(role studio.Role) studio.Actor {
		a := d.producer
		a.Roles = map[string]studio.Role{d.x.TitleID: role}
		return a
	}
	is := d.state()
	for _, by := range []studio.Actor{now(studio.RoleOperator), now(studio.RoleViewer)} {
		_, err := d.Undo(ctx, by, studio.UndoIn{})
		if e := refused(t, err, "forbidden.take.pick"); e.Kind != studio.Forbidden || d.state() != is {
			t.Errorf("%s, state %s", e.Kind, d.state())
		}
	}
	reads := token(d.producer)
	reads.Scopes = []studio.Scope{studio.ScopeRead}
	_, err := d.Undo(ctx, reads, studio.UndoIn{})
	if !studio.IsKind(err, studio.Forbidden) {
		t.Errorf("a token that reads: %v", err)
	}
	d.undo(d.producer)
	_, err = d.Redo(ctx, now(studio.RoleOperator), studio.UndoIn{})
	refused(t, err, "forbidden.take.pick")
	if out := d.undo(now(studio.RoleOperator)); len(out.Takes) != 1 {
		t.Errorf("an operator may still rate: %+v", out)
	}
	t.Run("acts on a title that is out of sight are out of reach", func(t *testing.T) {
		d.redo(d.producer)
		out := d.producer
		out.Roles = map[string]studio.Role{}
		if l, err := d.Acts(ctx, out, ""); err != nil || len(l) != 0 {
			t.Errorf("got %+v, %v", l, err)
		}
		_, err := d.Acts(ctx, out, d.x.TitleID)
		refused(t, err, "unknown.title")
		_, err = d.Undo(ctx, out, studio.UndoIn{TitleID: d.x.TitleID})
		refused(t, err, "unknown.title")
		_, err = d.Undo(ctx, out, studio.UndoIn{})
		refused(t, err, "undo.nothing")
	})
}

func TestUndoOnOneTitle(t *testing.T) {
	d := newActDesk(t)
	ctx := t.Context()
	y := d.oneShot()
	other := d.take(y.ID, 50)
	star := func(n int) {
		t.Helper()
		must(t, 0, errOf(d.Judge(ctx, d.admin, studio.VerdictIn{Takes: []string{other.ID}, Stars: &n})))
	}
	d.judge(d.admin, studio.VerdictIn{Stars: ptr(1)}, 0)
	star(1)
	d.judge(d.admin, studio.VerdictIn{Stars: ptr(2)}, 0)
	star(2)
	step := func(what func() (studio.ActOut, error), title string, stars int) {
		t.Helper()
		out, err := what()
		if must(t, out, err); out.Act.TitleID != title || out.Takes[0].Stars != stars {
			t.Errorf("got %+v, want %d stars on %s", out, stars, title)
		}
	}
	undo := func(title string) func() (studio.ActOut, error) {
		return func() (studio.ActOut, error) { return d.Undo(ctx, d.admin, studio.UndoIn{TitleID: title}) }
	}
	redo := func(title string) func() (studio.ActOut, error) {
		return func() (studio.ActOut, error) { return d.Redo(ctx, d.admin, studio.UndoIn{TitleID: title}) }
	}
	a, b := d.x.TitleID, y.TitleID
	step(undo(a), a, 1)
	step(undo(""), b, 1)
	step(undo(""), b, 0)
	step(redo(""), b, 1)
	step(redo(a), a, 2)
	step(undo(""), a, 1) // it was done last
	step(redo(b), b, 2)
	step(redo(""), a, 2)
	l, err := d.Acts(ctx, d.admin, b)
	if must(t, l, err); len(l) != 2 || l[0].Params["stars"] != "2" || l[1].Params["stars"] != "1" {
		t.Errorf("got %+v", l)
	}
	t.Run("takes of several shots are one act", func(t *testing.T) {
		z := d.take(d.shot(d.x.SceneID).ID, 51)
		in := studio.VerdictIn{Takes: []string{d.takes[1].ID, z.ID}, Verdict: ptr(studio.Shortlisted)}
		must(t, 0, errOf(d.Judge(ctx, d.admin, in)))
		out, err := d.Undo(ctx, d.admin, studio.UndoIn{})
		if must(t, out, err); len(out.Takes) != 2 || out.Act.ShotID != "" || out.Act.Params["label"] != "" || out.Act.Params["n"] != "2" {
			t.Errorf("got %+v", out)
		}
	})
}

func TestALostAnswerDoesNotUndoTwice(t *testing.T) {
	d := newActDesk(t)
	ctx := t.Context()
	for i := range 3 {
		d.judge(d.producer, studio.VerdictIn{Stars: ptr(i + 1)}, i)
	}
	by := d.producer
	for n, turn := range []func(studio.Actor) (studio.ActOut, error){
		func(a studio.Actor) (studio.ActOut, error) { return d.Undo(ctx, a, studio.UndoIn{}) },
		func(a studio.Actor) (studio.ActOut, error) { return d.Redo(ctx, a, studio.UndoIn{}) },
	} {
		by.Once = studio.Once{Key: fmt.Sprint("turn ", n), Hash: "x"}
		first, err := turn(by)
		must(t, first, err)
		is := d.state()
		again, err := turn(by)
		if must(t, again, err); again.Act.ID != first.Act.ID || again.Takes[0].Rev != first.Takes[0].Rev || d.state() != is {
			t.Errorf("again %+v, first %+v", again, first)
		}
		by.Once.Hash = "y"
		_, err = turn(by)
		refused(t, err, "once.mismatch")
	}
	t.Run("nor does one that could restore nothing", func(t *testing.T) {
		d.judge(d.director, studio.VerdictIn{Stars: ptr(5)}, 2)
		by.Once = studio.Once{Key: "none", Hash: "x"}
		for range 2 {
			out, err := d.Undo(ctx, by, studio.UndoIn{})
			if must(t, out, err); out.Skipped != 1 || out.Changed == nil || out.Changed.ByName != "许导" {
				t.Errorf("got %+v", out)
			}
		}
		if got := d.acts(d.producer); got != "judged judged " {
			t.Errorf("left %s", got)
		}
	})
}

func TestTheHistoryTellsAWayBack(t *testing.T) {
	d := newActDesk(t)
	d.choose(d.producer, 1)
	d.send(d.producer, studio.ShotLocked, "")
	d.send(d.producer, studio.ShotRework, "重来")
	d.judge(d.producer, studio.VerdictIn{Stars: ptr(2)}, 0)
	for range 2 {
		d.undo(d.producer)
	}
	d.redo(d.producer)
	l, err := d.Decisions(t.Context(), d.admin, d.x.ID, studio.Page{})
	got := ""
	for _, a := range must(t, l, err).Items {
		got += a.Verb + map[bool]string{true: "<"}[a.Params["undo"] == "1"] + map[bool]string{true: ">"}[a.Params["redo"] == "1"] + " "
	}
	if want := "shot.rework> shot.locked< take.picked< take.judged< take.judged shot.rework shot.locked take.picked "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	t.Run("a pick out of a rework that is taken back is no second rework", func(t *testing.T) {
		d.choose(d.director, 3)
		d.undo(d.director)
		l, err := d.Decisions(t.Context(), d.admin, d.x.ID, studio.Page{Limit: 1})
		if a := must(t, l, err).Items[0]; a.Verb != "take.unpicked" || a.Params["undo"] != "1" {
			t.Errorf("got %+v", a)
		}
	})
}
