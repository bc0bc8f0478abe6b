package studio

import (
	"context"
	"errors"
	"time"

	"chouka/store"
)

// Note is a remark on a take, on one of its frames or on a range of them, perhaps with a drawing. It stays with the
// take it was made on, wherever that goes.
type Note struct {
	store.Meta
	TitleID    string     `json:"title_id"`
	ShotID     string     `json:"shot_id"`
	TakeID     string     `json:"take_id"`
	Parent     string     `json:"parent,omitempty"` // the note that this one answers
	Frame      *int       `json:"frame,omitempty" doc:"index of the frame within the file, from 0; absent: the whole take"`
	Last       *int       `json:"last,omitempty" doc:"the last frame of a range, included"`
	Text       string     `json:"text"`
	Mentions   []Mention  `json:"mentions"`
	Drawing    []Stroke   `json:"drawing"`
	Author     string     `json:"author"` // person id
	AuthorName string     `json:"author_name"`
	Done       *time.Time `json:"done,omitempty"`
	DoneBy     string     `json:"done_by,omitempty"` // a person's name
	Edited     *time.Time `json:"edited,omitempty"`
	Deleted    *time.Time `json:"deleted,omitempty"`
}

// Mention is a person named in a note's text.
type Mention struct {
	PersonID string `json:"person_id"`
	Name     string `json:"name"`
	Start    int    `json:"start" doc:"where the @ stands in the text, in characters (code points) from 0"`
	Length   int    `json:"length" doc:"of the @ with the name, in characters"`
}

// Stroke is one mark of a drawing, in a picture's own measures, so that it fits every size in which the picture is shown.
type Stroke struct {
	Tool   string `json:"tool" enum:"pen,arrow,box,text"`
	Colour int    `json:"colour" minimum:"0" maximum:"5" doc:"place in the palette"`
	Size   int    `json:"size" minimum:"1" maximum:"200" doc:"thickness, or height of the text, in 1/1000 of the picture's shorter side"`
	Points []int  `json:"points" doc:"x, y, pressure, x, y, pressure …: 1/10000 of width and height, pressure 0 to 1000; arrow and box have two points, text has one"`
	Text   string `json:"text,omitempty"`
}

// NoteIn makes a note. Mentions settles who is meant where two people share a name; a name that only one has needs none.
type NoteIn struct {
	Parent   string      `json:"parent,omitempty"`
	Frame    *int        `json:"frame,omitempty"`
	Last     *int        `json:"last,omitempty"`
	Text     string      `json:"text"`
	Mentions []MentionIn `json:"mentions,omitempty"`
	Drawing  []Stroke    `json:"drawing,omitempty"`
}

// MentionIn says who is meant by the @ at a place of the text, in characters (code points) from 0.
type MentionIn struct {
	PersonID string `json:"person_id"`
	Start    int    `json:"start"`
}

// NoteEdit changes a note; nil leaves a part as it is. A new text asks for its mentions anew.
type NoteEdit struct {
	Text     *string     `json:"text,omitempty"`
	Mentions []MentionIn `json:"mentions,omitempty"`
	Drawing  *[]Stroke   `json:"drawing,omitempty"`
}

// NoteRow is a note with what a list or a link says of the place it was made at.
type NoteRow struct {
	Note       Note   `json:"note"`
	Title      string `json:"title"` // the title's name
	Label      string `json:"label"` // the shot's
	TakeNumber int64  `json:"take_number"`
	FirstFrame int    `json:"first_frame"` // number of a clip's first frame on this title
	Media      Media  `json:"media"`
}

// NoteFilter narrows a title's notes. Zero fields do not narrow.
type NoteFilter struct {
	Open   bool   // not done
	Author string // person id
}

// ShotNotes lists the notes on all takes of a shot, oldest first, answers among them.
func (s *Studio) ShotNotes(ctx context.Context, by Actor, shotID string) ([]Note, error) {
	return nil, errors.New("seam")
}

// Note reads one note with where it stands, also a deleted one.
func (s *Studio) Note(ctx context.Context, by Actor, id string) (NoteRow, error) {
	return NoteRow{}, errors.New("seam")
}

// TitleNotes lists the notes of a title that answer nothing, newest first.
func (s *Studio) TitleNotes(ctx context.Context, by Actor, titleID string, f NoteFilter, p Page) (List[NoteRow], error) {
	return List[NoteRow]{}, errors.New("seam")
}

// MyNotes lists the open notes that mention the asking person, newest first.
func (s *Studio) MyNotes(ctx context.Context, by Actor, p Page) (List[NoteRow], error) {
	return List[NoteRow]{}, errors.New("seam")
}

// AddNote makes a note on a take, or answers one.
func (s *Studio) AddNote(ctx context.Context, by Actor, takeID string, in NoteIn) (Note, error) {
	return Note{}, errors.New("seam")
}

// EditNote changes a note: its author, or whoever may pick.
func (s *Studio) EditNote(ctx context.Context, by Actor, id string, rev int64, in NoteEdit) (Note, error) {
	return Note{}, errors.New("seam")
}

// SetNoteDone ticks a note off, or opens it again. Anybody who may write notes may.
func (s *Studio) SetNoteDone(ctx context.Context, by Actor, id string, done bool) (Note, error) {
	return Note{}, errors.New("seam")
}

// DeleteNote takes a note out of every list; its answers go with it. RestoreNote brings both back.
func (s *Studio) DeleteNote(ctx context.Context, by Actor, id string, rev int64) (Note, error) {
	return Note{}, errors.New("seam")
}

// RestoreNote undoes DeleteNote.
func (s *Studio) RestoreNote(ctx context.Context, by Actor, id string) (Note, error) {
	return Note{}, errors.New("seam")
}
