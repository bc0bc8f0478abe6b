package studio

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestTheCheckFindsStrayNotes spoils a note in each way that a fault of ours could, and reads what the check says.
func TestTheCheckFindsStrayNotes(t *testing.T) {
	s := benchStudio(t, true)
	put := func(fn func(*change) error) {
		t.Helper()
		if err := s.update(t.Context(), Console(), fn); err != nil {
			t.Fatal(err)
		}
	}
	var shot Shot
	var take Take
	var attempt Attempt
	var top, answer keptNote
	put(func(c *change) error {
		shot = Shot{Meta: c.meta(), TitleID: s.ids(), State: ShotTodo}
		attempt = Attempt{Meta: c.meta(), TitleID: shot.TitleID, ShotID: shot.ID, Status: Succeeded}
		take = Take{Meta: c.meta(), TitleID: shot.TitleID, ShotID: shot.ID, AttemptID: attempt.ID}
		top = keptNote{Note: Note{Meta: c.meta(), TitleID: shot.TitleID, ShotID: shot.ID, TakeID: take.ID, Text: "a"}}
		answer = top
		answer.Meta, answer.Parent = c.meta(), top.ID
		if err := s.r.shots.Insert(c.tx, &shot); err != nil {
			return err
		}
		if err := s.r.attempts.Insert(c.tx, &attempt); err != nil {
			return err
		}
		if err := s.r.takes.Insert(c.tx, &take); err != nil {
			return err
		}
		if err := c.insertNote(&top); err != nil {
			return err
		}
		return c.insertNote(&answer)
	})
	problems := func() string {
		t.Helper()
		got, err := s.Check(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, p := range got {
			if strings.Contains(p.Where, "note") {
				out = append(out, strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(p.Where, top.ID, "top"), answer.ID, "answer"), shot.ID, "shot")+": "+p.What)
			}
		}
		return strings.Join(out, "\n")
	}
	if got := problems(); got != "" {
		t.Fatalf("a good store has problems: %s", got)
	}
	for name, test := range strayNotes(&top, &answer, s.now(), s.ids()) {
		t.Run(name, func(t *testing.T) {
			put(func(c *change) error {
				n, err := s.r.notes.Get(c.tx, test.note.ID)
				if err != nil {
					return err
				}
				test.spoil(n)
				return s.r.notes.Put(c.tx, n)
			})
			if got := problems(); !strings.Contains(got, test.want) {
				t.Errorf("the check says %q, want %q", got, test.want)
			}
			put(func(c *change) error {
				now, err := s.r.notes.Get(c.tx, test.note.ID)
				if err != nil {
					return err
				}
				good := *test.note
				good.Rev = now.Rev
				return s.r.notes.Put(c.tx, &good)
			})
			if got := problems(); got != "" {
				t.Fatalf("mended, it says %s", got)
			}
		})
	}
}

type stray struct {
	note  *keptNote
	spoil func(*keptNote)
	want  string
}

// strayNotes are the ways in which a note can be where it should not be; other is an id that nothing has.
func strayNotes(top, answer *keptNote, gone time.Time, other string) map[string]stray {
	return map[string]stray{
		"a note of another shot":             {top, func(n *keptNote) { n.ShotID = other }, "note top: on shot"},
		"a note of another title":            {top, func(n *keptNote) { n.TitleID = other }, "note top: on shot"},
		"a note of no take":                  {top, func(n *keptNote) { n.TakeID = other }, "note top: on a take that is not there"},
		"a note that thinks its take gone":   {top, func(n *keptNote) { n.TakeGone = &gone }, "note top: its take is deleted or not"},
		"a note that nobody counted as done": {top, func(n *keptNote) { n.Done = &gone }, "counter notes of shot: says 1 where there are 0"},
		"an answer without its note":         {top, func(n *keptNote) { n.Deleted = &gone }, "note answer: an answer to a deleted note is not deleted"},
		"an answer to nothing":               {answer, func(n *keptNote) { n.Parent = other }, "note answer: an answer to what is no note of its take"},
		"an answer to itself":                {answer, func(n *keptNote) { n.Parent = n.ID }, "note answer: an answer to what is no note of its take"},
	}
}
