package studio

import (
	"context"
	"fmt"

	"chouka/store"
)

// notePages bounds how far one page looks for notes that its filter lets through.
const notePages = 20

// ShotNotes lists the notes on all takes of a shot, oldest first, answers among them.
func (s *Studio) ShotNotes(ctx context.Context, by Actor, shotID string) ([]Note, error) {
	out := []Note{}
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := s.shotFor(tx, by, shotID, ViewTitle); err != nil {
			return err
		}
		return s.r.notes.Each(tx, "shot", store.K().ID(shotID), func(n *keptNote) error {
			out = append(out, n.shown())
			return nil
		})
	})
	return out, err
}

// Note reads one note with where it stands, also a deleted one.
func (s *Studio) Note(ctx context.Context, by Actor, id string) (NoteRow, error) {
	if err := by.here(); err != nil {
		return NoteRow{}, err
	}
	var out NoteRow
	err := s.view(ctx, func(tx store.Txn) error {
		n, err := found(s.r.notes.Get(tx, id))("note")
		if err != nil {
			return err
		}
		if err := by.must(ViewTitle, n.TitleID, "note"); err != nil {
			return err
		}
		rows, err := s.noteRows(tx, []*keptNote{n}, false)
		if err != nil {
			return err
		}
		out = rows[0]
		return nil
	})
	return out, err
}

// TitleNotes lists the notes of a title that answer nothing, newest first.
func (s *Studio) TitleNotes(ctx context.Context, by Actor, titleID string, f NoteFilter, p Page) (List[NoteRow], error) {
	if err := by.must(ViewTitle, titleID, "title"); err != nil {
		return List[NoteRow]{}, err
	}
	idx := "title"
	if f.Open {
		idx = "open"
	}
	var out List[NoteRow]
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		var err error
		out, err = s.listNotes(tx, idx, store.K().ID(titleID), p, func(n *keptNote) bool { return f.Author == "" || n.Author == f.Author })
		return err
	})
	return out, err
}

// MyNotes lists the open notes that mention the asking person, newest first.
func (s *Studio) MyNotes(ctx context.Context, by Actor, p Page) (List[NoteRow], error) {
	if err := by.here(); err != nil {
		return List[NoteRow]{}, err
	}
	var out List[NoteRow]
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		out, err = s.notesOf(tx, by, p)
		return err
	})
	return out, err
}

// notesOf leaves out what somebody who left a title no longer sees.
func (s *Studio) notesOf(tx store.Txn, by Actor, p Page) (List[NoteRow], error) {
	return s.listNotes(tx, "mentioned", store.K().ID(by.Person.ID), p, func(n *keptNote) bool { return by.sees(n.TitleID) })
}

// listNotes gives a page of an index, newest first. Notes that keep drops, and those whose shot is deleted, take no
// room on it: the index is read on, but not without end.
func (s *Studio) listNotes(tx store.Txn, idx string, prefix store.Key, p Page, keep func(*keptNote) bool) (List[NoteRow], error) {
	want := p.Limit
	if want <= 0 {
		want = store.DefaultPage
	}
	want = min(want, store.MaxPage)
	out := List[NoteRow]{Items: []NoteRow{}}
	p.Reverse = true
	for range notePages {
		p.Limit = want - len(out.Items)
		got, err := s.r.notes.List(tx, idx, prefix, p)
		if err != nil {
			return List[NoteRow]{}, err
		}
		var kept []*keptNote
		for _, n := range got.Items {
			if keep(n) {
				kept = append(kept, n)
			}
		}
		rows, err := s.noteRows(tx, kept, true)
		if err != nil {
			return List[NoteRow]{}, err
		}
		out.Items, out.Next, p.After = append(out.Items, rows...), got.Next, got.Next
		if got.Next == "" || len(out.Items) == want {
			break
		}
	}
	return out, nil
}

// noteRows says of notes where they stand; with live, those whose shot is deleted are left out.
func (s *Studio) noteRows(tx store.Txn, notes []*keptNote, live bool) ([]NoteRow, error) {
	var takeIDs, shotIDs, titleIDs []string
	for _, n := range notes {
		takeIDs, shotIDs, titleIDs = append(takeIDs, n.TakeID), append(shotIDs, n.ShotID), append(titleIDs, n.TitleID)
	}
	takes, err := s.r.takes.GetMany(tx, takeIDs)
	if err != nil {
		return nil, fmt.Errorf("reading the takes of notes: %w", err)
	}
	shots, err := s.r.shots.GetMany(tx, shotIDs)
	if err != nil {
		return nil, fmt.Errorf("reading the shots of notes: %w", err)
	}
	titles, err := s.r.titles.GetMany(tx, titleIDs)
	if err != nil {
		return nil, fmt.Errorf("reading the titles of notes: %w", err)
	}
	out := make([]NoteRow, 0, len(notes))
	for i, n := range notes {
		if takes[i] == nil || shots[i] == nil || titles[i] == nil {
			return nil, fmt.Errorf("note %s stands nowhere: %w", n.ID, store.ErrDamaged)
		}
		if live && shots[i].Deleted != nil {
			continue
		}
		if err := s.freshMedia(tx, &takes[i].Media); err != nil {
			return nil, err
		}
		out = append(out, NoteRow{Note: n.shown(), Title: titles[i].Name, Label: shots[i].Label, TakeNumber: takes[i].Number,
			FirstFrame: titles[i].FirstFrame, Media: takes[i].Media})
	}
	return out, nil
}
