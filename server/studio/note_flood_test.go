package studio_test

import (
	"fmt"
	"sync"
	"testing"

	"chouka/server/studio"
)

// TestFiftyPeopleNoteOneTake lets them add notes while others tick off what is there: nothing is lost, nothing counted twice.
func TestFiftyPeopleNoteOneTake(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	tk := h.film(x.ID, 1)
	const people, each = 50, 10
	made := make(chan string, people*each)
	var adding, ticking sync.WaitGroup
	for i := range people {
		adding.Go(func() {
			by := h.admin
			by.Person.Name = fmt.Sprintf("制片 %02d 号", i)
			for j := range each {
				n, err := h.AddNote(t.Context(), by, tk.ID, studio.NoteIn{Frame: ptr(j), Text: fmt.Sprintf("%02d-%d @李丽", i, j)})
				if err != nil {
					t.Error(err)
					return
				}
				made <- n.ID
			}
		})
	}
	for range 5 {
		ticking.Go(func() {
			odd := false
			for id := range made {
				if odd = !odd; !odd {
					continue
				}
				// Twice, as two people do; and some are opened again.
				for _, done := range []bool{true, true, len(id)%2 == 0, true} {
					if _, err := h.SetNoteDone(t.Context(), h.admin, id, done); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	adding.Wait()
	close(made)
	ticking.Wait()
	notes, err := h.ShotNotes(t.Context(), h.admin, x.ID)
	must(t, notes, err)
	texts, open := map[string]bool{}, 0
	for _, n := range notes {
		texts[n.Text] = true
		if n.Done == nil {
			open++
		}
	}
	if len(notes) != people*each || len(texts) != people*each {
		t.Errorf("%d notes with %d texts, want %d", len(notes), len(texts), people*each)
	}
	mine, err := h.MyNotes(t.Context(), h.admin, studio.Page{Limit: 500})
	must(t, mine, err)
	if counted := h.see(x.ID).Notes; open == 0 || open == len(notes) || counted != int64(open) || len(mine.Items) != open {
		t.Errorf("%d of %d open, %d counted, %d mine", open, len(notes), counted, len(mine.Items))
	}
}

func TestATakeHoldsAThousandNotes(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	a, b := h.take(x.ID, 1), h.take(x.ID, 2)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			for range 50 {
				if _, err := h.AddNote(t.Context(), h.admin, a.ID, studio.NoteIn{Text: "满"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	_, err := h.AddNote(t.Context(), h.admin, a.ID, studio.NoteIn{Text: "满"})
	refused(t, err, "note.many")
	if h.say(b.ID, "还有"); h.see(x.ID).Notes != 1001 {
		t.Errorf("%d notes", h.see(x.ID).Notes)
	}
}

// TestANoteThatIsWrittenTwice runs each change again, as an engine does when two of them meet.
func TestANoteThatIsWrittenTwice(t *testing.T) {
	h := openAgain(t, func() {}, func() {})
	x := h.oneShot()
	tk := h.take(x.ID, 1)
	in := studio.NoteIn{Text: " @李丽 看", Mentions: []studio.MentionIn{{PersonID: h.admin.Person.ID, Start: 1}}, Drawing: []studio.Stroke{{Tool: "text", Size: 9, Points: []int{1, 1, 1}, Text: " 手 "}}}
	h.admin.Person.Name = "李丽"
	p, err := h.EditPerson(t.Context(), h.admin, h.admin.Person.ID, h.admin.Person.Rev, studio.PersonEdit{Name: &h.admin.Person.Name})
	must(t, p, err)
	n := h.note(h.admin, tk.ID, in)
	if len(n.Mentions) != 1 || n.Mentions[0].Start != 0 || in.Mentions[0].Start != 1 || in.Drawing[0].Text != " 手 " || n.Drawing[0].Text != "手" {
		t.Errorf("got %+v of %+v", n, in)
	}
	n, err = h.EditNote(t.Context(), h.admin, n.ID, n.Rev, studio.NoteEdit{Text: &in.Text, Mentions: in.Mentions})
	if must(t, n, err); n.Mentions[0].Start != 0 || n.Rev != 2 {
		t.Errorf("got %+v", n)
	}
	for _, done := range []bool{true, false} {
		must(t, 0, errOf(h.SetNoteDone(t.Context(), h.admin, n.ID, done)))
	}
	if h.see(x.ID).Notes != 1 {
		t.Errorf("%d open", h.see(x.ID).Notes)
	}
}
