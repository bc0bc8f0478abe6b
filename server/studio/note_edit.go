package studio

import (
	"context"

	"chouka/store"
)

// noteAt reads a note that the actor may write to, with its place. With own it must be theirs, or they may pick.
func (c *change) noteAt(id string, own bool) (placedNote, error) {
	if err := c.by.here(); err != nil {
		return placedNote{}, err
	}
	n, err := found(c.s.r.notes.Get(c.tx, id))("note")
	if err != nil {
		return placedNote{}, err
	}
	if err := c.by.must(WriteNote, n.TitleID, "note"); err != nil {
		return placedNote{}, err
	}
	if own && n.Author != c.by.Person.ID && !c.by.Can(PickTake, n.TitleID) {
		return placedNote{}, othersNote()
	}
	p, err := c.noting(n.TakeID)
	p.note = n
	return p, err
}

// liveNoteAt is noteAt of a note that is not deleted.
func (c *change) liveNoteAt(id string, own bool) (placedNote, error) {
	p, err := c.noteAt(id, own)
	if err == nil && p.note.Deleted != nil {
		return placedNote{}, unknown("note")
	}
	return p, err
}

func othersNote() error {
	return refuse(Forbidden, "note.others", "这是别人的批注，只有制片或导演能改", "this note is somebody else's; a producer or director can change it")
}

// EditNote changes a note: its author, or whoever may pick.
func (s *Studio) EditNote(ctx context.Context, by Actor, id string, rev int64, in NoteEdit) (Note, error) {
	var out Note
	err := s.update(ctx, by, func(c *change) error {
		p, err := c.liveNoteAt(id, true)
		if err != nil {
			return err
		}
		if err := base(p.note.Rev, rev); err != nil {
			return err
		}
		if in.Text == nil && in.Mentions == nil && in.Drawing == nil {
			out = p.note.shown()
			return nil // nothing changes, nothing is announced
		}
		if err := c.applyNote(p.note, in); err != nil {
			return err
		}
		at := c.now
		if err := c.putNote(p.note, func() { p.note.Edited = &at }); err != nil {
			return err
		}
		out = p.note.shown()
		return c.tellNote("note.edited", p)
	})
	return out, err
}

func (c *change) applyNote(n *keptNote, in NoteEdit) error {
	if in.Drawing != nil {
		if n.Parent != "" && len(*in.Drawing) > 0 {
			return drawnAnswer()
		}
		var err error
		if n.Drawing, err = cleanDrawing(*in.Drawing); err != nil {
			return err
		}
	}
	if in.Text == nil && in.Mentions == nil {
		return needsWords(n.Text, n.Drawing)
	}
	text := n.Text
	if in.Text != nil {
		text = *in.Text
	}
	return c.compose(n, text, in.Mentions)
}

// SetNoteDone ticks a note off, or opens it again. Anybody who may write notes may. Its answers go along: whoever is
// mentioned in one need not look after it any more.
func (s *Studio) SetNoteDone(ctx context.Context, by Actor, id string, done bool) (Note, error) {
	var out Note
	err := s.update(ctx, by, func(c *change) error {
		p, err := c.liveNoteAt(id, false)
		if err != nil {
			return err
		}
		if (p.note.Done != nil) == done {
			out = p.note.shown()
			return nil // already so
		}
		if err := c.tick(p.note, done, false); err != nil {
			return err
		}
		err = c.eachAnswer(p.note, func(a *keptNote) error {
			if done && a.Done == nil || !done && a.DoneWith {
				return c.tick(a, done, done)
			}
			return nil
		})
		if err != nil {
			return err
		}
		out = p.note.shown()
		verb := "note.reopened"
		if done {
			verb = "note.done"
		}
		return c.tellNote(verb, p)
	})
	return out, err
}

func (c *change) tick(n *keptNote, done, with bool) error {
	return c.putNote(n, func() {
		n.Done, n.DoneBy, n.DoneWith = nil, "", with
		if done {
			at := c.now
			n.Done, n.DoneBy = &at, c.by.Person.Name
		}
	})
}

// eachAnswer visits the answers to a note, deleted ones too.
func (c *change) eachAnswer(n *keptNote, visit func(*keptNote) error) error {
	return c.s.r.notes.Each(c.tx, "answers", store.K().ID(n.ID), visit)
}

// DeleteNote takes a note out of every list; its answers go with it. RestoreNote brings both back.
func (s *Studio) DeleteNote(ctx context.Context, by Actor, id string, rev int64) (Note, error) {
	var out Note
	err := s.update(ctx, by, func(c *change) error {
		p, err := c.liveNoteAt(id, true)
		if err != nil {
			return err
		}
		if err := base(p.note.Rev, rev); err != nil {
			return err
		}
		if err := c.bury(p.note, false); err != nil {
			return err
		}
		err = c.eachAnswer(p.note, func(a *keptNote) error {
			if a.Deleted != nil {
				return nil // somebody deleted it for itself; it does not come back with the note
			}
			return c.bury(a, true)
		})
		if err != nil {
			return err
		}
		out = p.note.shown()
		return c.tellNote("note.deleted", p)
	})
	return out, err
}

func (c *change) bury(n *keptNote, with bool) error {
	gone := c.now
	return c.putNote(n, func() { n.Deleted, n.DeletedWith = &gone, with })
}

// RestoreNote undoes DeleteNote.
func (s *Studio) RestoreNote(ctx context.Context, by Actor, id string) (Note, error) {
	var out Note
	err := s.update(ctx, by, func(c *change) error {
		p, err := c.noteAt(id, true)
		if err != nil {
			return err
		}
		if p.note.Deleted == nil {
			out = p.note.shown()
			return nil
		}
		if err := c.answersLive(p.note); err != nil {
			return err
		}
		if err := c.unbury(p.note); err != nil {
			return err
		}
		err = c.eachAnswer(p.note, func(a *keptNote) error {
			if !a.DeletedWith {
				return nil
			}
			return c.unbury(a)
		})
		if err != nil {
			return err
		}
		out = p.note.shown()
		return c.tellNote("note.restored", p)
	})
	return out, err
}

func (c *change) unbury(n *keptNote) error {
	return c.putNote(n, func() { n.Deleted, n.DeletedWith = nil, false })
}

// answersLive refuses to bring an answer back to a note that is deleted.
func (c *change) answersLive(n *keptNote) error {
	if n.Parent == "" {
		return nil
	}
	to, err := found(c.s.r.notes.Get(c.tx, n.Parent))("note")
	if err != nil {
		return err
	}
	if to.Deleted != nil {
		return conflict("note.parent", "它回复的批注已删除，请先恢复那一条", "the note that it answers is deleted; restore that one first")
	}
	return nil
}

// followTake takes a take's notes along wherever it goes: to another shot, out of every list, and back.
func (c *change) followTake(t *Take) error {
	return c.s.r.notes.Each(c.tx, "take", store.K().ID(t.ID), func(n *keptNote) error {
		return c.putNote(n, func() { n.TitleID, n.ShotID, n.TakeGone = t.TitleID, t.ShotID, t.Deleted })
	})
}
