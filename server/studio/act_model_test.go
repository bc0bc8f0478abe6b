package studio_test

import (
	"fmt"
	"slices"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"

	"pgregory.net/rapid"
)

// plainDesk is one shot with five takes as plainly as can be: what stands, and what each of two people could take back.
type plainDesk struct {
	h      house
	shot   studio.Shot
	takes  []string
	people []*plainPerson
	marks  []plainMarks
	at     plainStanding
}

type plainPerson struct {
	studio.Actor
	done, undone []plainAct // the newest last
}

type plainMarks struct {
	verdict studio.Verdict
	reason  string
	stars   int
}

type plainStanding struct {
	state studio.ShotState
	pick  int // place of a take; -1: none
}

// plainAct holds all marks or the standing, before and after.
type plainAct struct {
	verb     string
	was, is  map[int]plainMarks
	from, to plainStanding
}

func (d *plainDesk) person(t *rapid.T) *plainPerson {
	return d.people[rapid.IntRange(0, 1).Draw(t, "person")]
}

func (p *plainPerson) did(a plainAct) {
	p.undone = nil
	if p.done = append(p.done, a); len(p.done) > 50 {
		p.done = p.done[1:]
	}
}

func (d *plainDesk) judge(t *rapid.T) {
	p := d.person(t)
	places := rapid.SliceOfNDistinct(rapid.IntRange(0, 4), 1, 5, rapid.ID[int]).Draw(t, "takes")
	var in studio.VerdictIn
	if rapid.Bool().Draw(t, "rate") {
		in.Stars = ptr(rapid.IntRange(0, 2).Draw(t, "stars"))
	}
	if in.Stars == nil || rapid.Bool().Draw(t, "judge") {
		in.Verdict = ptr(rapid.SampledFrom(studio.Verdicts()).Draw(t, "verdict"))
		in.Reason = rapid.SampledFrom([]string{"face", "hand"}).Draw(t, "reason")
	}
	a := plainAct{verb: "take.judged", was: map[int]plainMarks{}, is: map[int]plainMarks{}}
	want := ""
	for _, i := range places {
		in.Takes = append(in.Takes, d.takes[i])
		is := d.marks[i]
		if in.Stars != nil {
			is.stars = *in.Stars
		}
		if in.Verdict != nil {
			is.verdict, is.reason = *in.Verdict, map[bool]string{true: in.Reason}[*in.Verdict == studio.Rejected]
			if *in.Verdict == studio.Rejected && d.at.pick == i {
				want = "take.is_pick"
			}
		}
		if is != d.marks[i] {
			a.was[i], a.is[i] = d.marks[i], is
		}
	}
	_, err := d.h.Judge(d.h.t.Context(), p.Actor, in)
	if !agree(t, "judging", err, want) || len(a.is) == 0 {
		return
	}
	for i, m := range a.is {
		d.marks[i] = m
	}
	p.did(a)
}

func (d *plainDesk) id(place int) string {
	if place < 0 {
		return ""
	}
	return d.takes[place]
}

func (d *plainDesk) pick(t *rapid.T) {
	p, place := d.person(t), rapid.IntRange(-1, 4).Draw(t, "take")
	seen := d.at.pick
	if rapid.IntRange(0, 3).Draw(t, "old page") == 0 {
		seen = rapid.IntRange(-1, 4).Draw(t, "seen")
	}
	want := ""
	switch {
	case d.at.pick == place:
	case d.at.state == studio.ShotLocked:
		want = "shot.locked"
	case seen != d.at.pick && d.at.pick < 0:
		want = "pick.gone"
	case seen != d.at.pick:
		want = "pick.taken"
	case place >= 0 && d.marks[place].verdict == studio.Rejected:
		want = "take.rejected"
	}
	_, err := d.h.PickTake(d.h.t.Context(), p.Actor, d.shot.ID, studio.PickIn{TakeID: d.id(place), Replaces: d.id(seen)})
	if !agree(t, "picking", err, want) || d.at.pick == place {
		return
	}
	a := plainAct{verb: "pick", from: d.at, to: plainStanding{studio.ShotPicked, place}}
	if place < 0 {
		a.to.state = studio.ShotToReview
	}
	d.at = a.to
	p.did(a)
}

func (d *plainDesk) move(t *rapid.T) {
	p := d.person(t)
	to := rapid.SampledFrom([]studio.ShotState{studio.ShotPicked, studio.ShotLocked, studio.ShotRework}).Draw(t, "to")
	want := "shot.state"
	if d.at.pick >= 0 || d.at.state == to {
		want = ""
	}
	_, err := d.h.MoveShot(d.h.t.Context(), p.Actor, d.shot.ID, studio.StateIn{To: to, Reason: "光不对"})
	if !agree(t, "moving", err, want) || d.at.state == to {
		return
	}
	a := plainAct{verb: "move", from: d.at, to: plainStanding{to, d.at.pick}}
	if to == studio.ShotRework {
		a.to.pick = -1
	}
	d.at = a.to
	p.did(a)
}

// arrive logs a new attempt, which is nobody's act and answers a rework.
func (d *plainDesk) arrive(t *rapid.T) {
	want := map[bool]string{true: "shot.locked"}[d.at.state == studio.ShotLocked]
	_, err := d.h.LogAttempt(d.h.t.Context(), d.h.admin, d.shot.ID, studio.AttemptIn{Status: studio.Failed})
	if agree(t, "logging", err, want) && d.at.state == studio.ShotRework {
		d.at.state = studio.ShotDrawing
	}
}

// turn is an undo or a redo; top is taken off one stack and laid on the other unless nothing could be turned.
func (d *plainDesk) turn(t *rapid.T, back bool) {
	p := d.person(t)
	from, to, code := &p.undone, &p.done, "redo.nothing"
	call := d.h.Redo
	if back {
		from, to, code, call = &p.done, &p.undone, "undo.nothing", d.h.Undo
	}
	want := ""
	if len(*from) == 0 {
		want = code
	}
	out, err := call(d.h.t.Context(), p.Actor, studio.UndoIn{TitleID: d.shot.TitleID})
	if !agree(t, "turning", err, want) {
		return
	}
	a := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	var turned, skipped int
	if a.verb == "take.judged" {
		turned, skipped = d.turnMarks(&a, back)
	} else {
		turned, skipped = d.turnStanding(a, back)
	}
	if out.Skipped != skipped || (len(out.Takes) > 0 || out.Shot != nil) != (turned > 0) || a.is != nil && len(out.Takes) != turned || (out.Changed != nil) != (skipped > 0) {
		t.Fatalf("turned %d takes, shot %v, skipped %d; want %d and %d", len(out.Takes), out.Shot, out.Skipped, turned, skipped)
	}
	if turned > 0 {
		*to = append(*to, a)
	}
}

func (d *plainDesk) turnMarks(a *plainAct, back bool) (turned, skipped int) {
	from, to := a.was, a.is
	if back {
		from, to = to, from
	}
	var left []int
	for i := range d.marks {
		f, in := from[i]
		if !in {
			continue
		}
		n, have := to[i], d.marks[i]
		verdict, stars := f.verdict != n.verdict || f.reason != n.reason, f.stars != n.stars
		if verdict && (have.verdict != f.verdict || have.reason != f.reason || n.verdict == studio.Rejected && d.at.pick == i) || stars && have.stars != f.stars {
			left = append(left, i)
			continue
		}
		if verdict {
			d.marks[i].verdict, d.marks[i].reason = n.verdict, n.reason
		}
		if stars {
			d.marks[i].stars = n.stars
		}
		turned++
	}
	for _, i := range left { // none of this act's business any more
		if turned > 0 {
			delete(a.was, i)
			delete(a.is, i)
		}
	}
	return turned, len(left)
}

func (d *plainDesk) turnStanding(a plainAct, back bool) (turned, skipped int) {
	from, to := a.from, a.to
	if back {
		from, to = to, from
	}
	stands := d.at == from
	if from.pick < 0 && from.state != studio.ShotRework {
		stands = d.at.pick < 0 && d.at.state != studio.ShotRework
	}
	if !stands || to.pick >= 0 && to.pick != from.pick && d.marks[to.pick].verdict == studio.Rejected {
		return 0, 1
	}
	if to.pick < 0 && to.state != studio.ShotRework {
		to.state = studio.ShotToReview
	}
	d.at = to
	return 1, 0
}

// compare holds the desk against the plain one.
func (d *plainDesk) compare(t *rapid.T) {
	x := d.h.see(d.shot.ID).Shot
	pick := ""
	if x.Pick != nil {
		pick = x.Pick.TakeID
	}
	if x.State != d.at.state || pick != d.id(d.at.pick) || (x.Reason != "") != (x.State == studio.ShotRework) {
		t.Fatalf("the shot is %s %q (%s), want %+v", x.State, pick, x.Reason, d.at)
	}
	rows, err := d.h.Takes(d.h.t.Context(), d.h.admin, d.shot.ID, false)
	if err != nil || len(rows) != len(d.takes) {
		t.Fatal(len(rows), err)
	}
	for i, r := range rows {
		if got := (plainMarks{r.Take.Verdict, r.Take.Reason, r.Take.Stars}); got != d.marks[i] {
			t.Fatalf("take %d is %+v, want %+v", i+1, got, d.marks[i])
		}
	}
	for _, p := range d.people {
		acts, err := d.h.Acts(d.h.t.Context(), p.Actor, d.shot.TitleID)
		if err != nil {
			t.Fatal(err)
		}
		undone := len(slices.DeleteFunc(slices.Clone(acts), func(a studio.Act) bool { return a.Undone == nil }))
		if len(acts)-undone != len(p.done) || undone != len(p.undone) {
			t.Fatalf("%s keeps %d acts and %d undone, want %d and %d", p.Person.Name, len(acts)-undone, undone, len(p.done), len(p.undone))
		}
	}
}

// TestUndoAgainstAPlainDesk lets two people mark, pick, move, undo and redo in any order.
func TestUndoAgainstAPlainDesk(t *testing.T) {
	h := newHouse(t)
	one := studiotest.Person(t, h.Studio, h.admin, "one", studio.Lead, "", "")
	two := studiotest.Person(t, h.Studio, h.admin, "two", studio.Lead, "", "")
	pictures := 0
	rapid.Check(t, func(t *rapid.T) {
		d := &plainDesk{h: h, shot: h.shot(h.scene(h.title(fmt.Sprint("剧 ", pictures))).ID), people: []*plainPerson{{Actor: one}, {Actor: two}}, at: plainStanding{studio.ShotToReview, -1}}
		for range 5 {
			pictures++
			d.takes = append(d.takes, h.take(d.shot.ID, pictures).ID)
			d.marks = append(d.marks, plainMarks{verdict: studio.Unseen})
		}
		steps := []func(*rapid.T){d.judge, d.judge, d.pick, d.pick, d.move, d.arrive,
			func(t *rapid.T) { d.turn(t, true) }, func(t *rapid.T) { d.turn(t, true) }, func(t *rapid.T) { d.turn(t, true) },
			func(t *rapid.T) { d.turn(t, false) }, func(t *rapid.T) { d.turn(t, false) }}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")](t)
			d.compare(t)
		}
	})
}
