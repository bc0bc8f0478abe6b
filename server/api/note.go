package api

import (
	"context"

	"chouka/server/studio"
)

// NotePath names one note.
type NotePath struct {
	Note string `path:"note"`
}

func (a *API) shotNotes(ctx context.Context, by studio.Actor, in *ShotPath) (*plain[items[studio.Note]], error) {
	return all(a.studio.ShotNotes(ctx, by, in.Shot))
}

func (a *API) titleNotes(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Paged
	Open   bool   `query:"open" doc:"only what is not done"`
	Author string `query:"author" doc:"a person's id"`
}) (*plain[studio.List[studio.NoteRow]], error) {
	return page(a.studio.TitleNotes(ctx, by, in.Title, studio.NoteFilter{Open: in.Open, Author: in.Author}, in.page()))
}

func (a *API) myNotes(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.NoteRow]], error) {
	return page(a.studio.MyNotes(ctx, by, in.page()))
}

func (a *API) addNote(ctx context.Context, by studio.Actor, in *struct {
	TakePath
	Body studio.NoteIn
}) (*record[studio.Note], error) {
	n, err := a.studio.AddNote(ctx, by, in.Take, in.Body)
	return one(n, n.Rev, err)
}

func (a *API) note(ctx context.Context, by studio.Actor, in *NotePath) (*record[studio.NoteRow], error) {
	n, err := a.studio.Note(ctx, by, in.Note)
	return one(n, n.Note.Rev, err)
}

func (a *API) editNote(ctx context.Context, by studio.Actor, rev int64, in *struct {
	NotePath
	Body studio.NoteEdit
}) (*record[studio.Note], error) {
	n, err := a.studio.EditNote(ctx, by, in.Note, rev, in.Body)
	return one(n, n.Rev, err)
}

func (a *API) setNoteDone(ctx context.Context, by studio.Actor, in *struct {
	NotePath
	Body struct {
		Done bool `json:"done"`
	} `nameHint:"DoneIn"`
}) (*record[studio.Note], error) {
	n, err := a.studio.SetNoteDone(ctx, by, in.Note, in.Body.Done)
	return one(n, n.Rev, err)
}

func (a *API) deleteNote(ctx context.Context, by studio.Actor, rev int64, in *NotePath) (*record[studio.Note], error) {
	n, err := a.studio.DeleteNote(ctx, by, in.Note, rev)
	return one(n, n.Rev, err)
}

func (a *API) restoreNote(ctx context.Context, by studio.Actor, in *NotePath) (*record[studio.Note], error) {
	n, err := a.studio.RestoreNote(ctx, by, in.Note)
	return one(n, n.Rev, err)
}
