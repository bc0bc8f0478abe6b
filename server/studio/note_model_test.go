package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"

	"pgregory.net/rapid"
)

// plainNote is a note as a plain list holds it; its text is its name.
type plainNote struct {
	id, text     string
	take         int
	parent       *plainNote
	mentions     bool
	done, gone   bool
	doneW, goneW bool // along with the note that it answers
}

// noteWorld is what should be there: takes on shots, and notes on takes in the order in which they were made.
type noteWorld struct {
	h     house
	lin   studio.Actor
	shots []studio.Shot
	takes []studio.AttemptRow
	at    []int // the shot of each take
	away  []bool
	notes []*plainNote
}

func (w *noteWorld) any(t *rapid.T) *plainNote { return rapid.SampledFrom(w.notes).Draw(t, "note") }

func (w *noteWorld) answers(n *plainNote) []*plainNote {
	return slices.DeleteFunc(slices.Clone(w.notes), func(a *plainNote) bool { return a.parent != n })
}

func (w *noteWorld) live(n *plainNote) bool { return !n.gone && !w.away[n.take] }

func (w *noteWorld) add(t *rapid.T) {
	n := &plainNote{text: fmt.Sprintf("n%d", len(w.notes)), take: rapid.IntRange(0, len(w.takes)-1).Draw(t, "take"), mentions: rapid.Bool().Draw(t, "mentions")}
	in, want := studio.NoteIn{}, ""
	if len(w.notes) > 0 && rapid.Bool().Draw(t, "answers") {
		n.parent = w.any(t)
		in.Parent, n.take = n.parent.id, n.parent.take
		if n.parent.gone || n.parent.parent != nil {
			want = "invalid.parent"
		}
	}
	if in.Text = n.text; n.mentions {
		in.Text += " @lin"
	}
	if w.away[n.take] {
		want = "unknown.take"
	}
	got, err := w.h.AddNote(w.h.t.Context(), w.h.admin, w.takes[n.take].Takes[0].ID, in)
	if agree(t, "adding a note", err, want) {
		n.id = got.ID
		w.notes = append(w.notes, n)
	}
}

func (w *noteWorld) tick(t *rapid.T) {
	n, done, want := w.any(t), rapid.Bool().Draw(t, "done"), ""
	switch {
	case w.away[n.take]:
		want = "unknown.take"
	case n.gone:
		want = "unknown.note"
	}
	_, err := w.h.SetNoteDone(w.h.t.Context(), w.h.admin, n.id, done)
	if !agree(t, "ticking a note off", err, want) || n.done == done {
		return
	}
	n.done, n.doneW = done, false
	for _, a := range w.answers(n) {
		if done && !a.done || !done && a.doneW {
			a.done, a.doneW = done, done
		}
	}
}

func (w *noteWorld) remove(t *rapid.T) {
	n, want := w.any(t), ""
	switch {
	case w.away[n.take]:
		want = "unknown.take"
	case n.gone:
		want = "unknown.note"
	}
	_, err := w.h.DeleteNote(w.h.t.Context(), w.h.admin, n.id, w.h.revOf(n.id))
	if !agree(t, "deleting a note", err, want) {
		return
	}
	n.gone = true
	for _, a := range w.answers(n) {
		if !a.gone {
			a.gone, a.goneW = true, true
		}
	}
}

func (w *noteWorld) restore(t *rapid.T) {
	n, want := w.any(t), ""
	switch {
	case w.away[n.take]:
		want = "unknown.take"
	case n.gone && n.parent != nil && n.parent.gone:
		want = "note.parent"
	}
	_, err := w.h.RestoreNote(w.h.t.Context(), w.h.admin, n.id)
	if !agree(t, "restoring a note", err, want) || !n.gone {
		return
	}
	n.gone, n.goneW = false, false
	for _, a := range w.answers(n) {
		if a.goneW {
			a.gone, a.goneW = false, false
		}
	}
}

func (w *noteWorld) move(t *rapid.T) {
	i, to := rapid.IntRange(0, len(w.takes)-1).Draw(t, "take"), rapid.IntRange(0, len(w.shots)-1).Draw(t, "to")
	want := ""
	if w.away[i] {
		want = "unknown.attempt"
	}
	_, err := w.h.MoveAttempt(w.h.t.Context(), w.h.admin, w.takes[i].Attempt.ID, w.shots[to].ID)
	if agree(t, "moving an attempt", err, want) {
		w.at[i] = to
	}
}

func (w *noteWorld) drop(t *rapid.T) {
	i := rapid.IntRange(0, len(w.takes)-1).Draw(t, "take")
	if w.away[i] {
		_, err := w.h.RestoreAttempt(w.h.t.Context(), w.h.admin, w.takes[i].Attempt.ID)
		agree(t, "restoring an attempt", err, "")
	} else {
		agree(t, "deleting an attempt", w.h.remove(w.takes[i].Attempt.ID), "")
	}
	w.away[i] = !w.away[i]
}

// compare holds every list and counter against the plain world.
func (w *noteWorld) compare(t *rapid.T) {
	var mine []string
	for s, x := range w.shots {
		var all, top, open []string
		for _, n := range w.notes {
			if w.at[n.take] != s || !w.live(n) {
				continue
			}
			all = append(all, n.text)
			if n.parent == nil {
				top = append([]string{n.text}, top...)
			}
			if n.parent == nil && !n.done {
				open = append([]string{n.text}, open...)
			}
		}
		short := func(s string) string { return strings.ReplaceAll(s, " @lin", "") }
		if got := short(w.h.said(x.ID)); got != strings.Join(all, " ") {
			t.Fatalf("shot %d lists %s, want %v", s, got, all)
		}
		if got := short(w.h.onTitle(x.TitleID, studio.NoteFilter{})); got != strings.Join(top, " ") {
			t.Fatalf("title %d lists %s, want %v", s, got, top)
		}
		if got := short(w.h.onTitle(x.TitleID, studio.NoteFilter{Open: true})); got != strings.Join(open, " ") || w.h.see(x.ID).Notes != int64(len(open)) {
			t.Fatalf("title %d lists open %s, counts %d, want %v", s, got, w.h.see(x.ID).Notes, open)
		}
	}
	for _, n := range w.notes {
		if w.live(n) && !n.done && n.mentions {
			mine = append([]string{n.text + " @lin"}, mine...)
		}
	}
	if got := w.h.mine(w.lin); got != strings.Join(mine, " ") {
		t.Fatalf("mine are %s, want %v", got, mine)
	}
}

// TestNotesAgainstAPlainWorld does what people do with notes and attempts in any order.
func TestNotesAgainstAPlainWorld(t *testing.T) {
	h := newHouse(t)
	lin := h.member("lin", h.title("昼以继夜"), studio.RoleOperator)
	pictures := 0
	rapid.Check(t, func(t *rapid.T) {
		w := &noteWorld{h: h, lin: lin}
		for range 2 {
			x := h.oneShot()
			w.shots = append(w.shots, x)
			w.lin.Roles[x.TitleID] = studio.RoleOperator
			m, err := h.SetMember(h.t.Context(), h.admin, x.TitleID, lin.Person.ID, studio.RoleOperator)
			must(h.t, m, err)
		}
		defer func() { // what is left would stand in the next world's list
			for _, x := range w.shots {
				delete(w.lin.Roles, x.TitleID)
			}
			for i, row := range w.takes {
				if !w.away[i] {
					agree(t, "clearing up", h.remove(row.Attempt.ID), "")
				}
			}
		}()
		for i := range 3 {
			pictures++
			w.takes, w.at, w.away = append(w.takes, h.drop(w.shots[i%2].ID, picture(h.t, pictures, ""))), append(w.at, i%2), append(w.away, false)
		}
		steps := []func(*rapid.T){w.add, w.add, w.add, w.tick, w.tick, w.remove, w.restore, w.restore, w.move, w.drop}
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			i := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
			if len(w.notes) == 0 && i < 8 {
				i = 0
			}
			steps[i](t)
			w.compare(t)
		}
	})
}
