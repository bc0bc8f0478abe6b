package studio

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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

// Limits of notes.
const (
	noteLimit    = 5000       // characters of one
	maxTakeNotes = 1000       // on one take, deleted ones among them: a shot's notes are listed whole
	maxFrame     = 10_000_000 // where nobody has counted a clip's frames: half a week of film
)

// keptNote is a note as it is kept.
type keptNote struct {
	Note
	// Seq is the place in the order in which the house's notes were made. A clock that is set back does not mix it.
	Seq int64 `json:"seq"`
	// TakeGone is when its take was deleted; the note comes back with the take.
	TakeGone *time.Time `json:"take_gone,omitempty"`
	// DoneWith and DeletedWith mark an answer that was ticked off or deleted because the note that it answers was.
	DoneWith    bool `json:"done_with,omitempty"`
	DeletedWith bool `json:"deleted_with,omitempty"`
}

func (n *keptNote) live() bool { return n.Deleted == nil && n.TakeGone == nil }

func (n *keptNote) open() bool { return n.live() && n.Done == nil }

// countedOn is the shot that counts the note as open; empty for an answer and for what is not open.
func (n *keptNote) countedOn() string {
	if n.open() && n.Parent == "" {
		return n.ShotID
	}
	return ""
}

// shown is the note as everybody reads it: one whose take is deleted reads as deleted.
func (n *keptNote) shown() Note {
	out := n.Note
	if out.Deleted == nil {
		out.Deleted = n.TakeGone
	}
	return out
}

// AddNote makes a note on a take, or answers one.
func (s *Studio) AddNote(ctx context.Context, by Actor, takeID string, in NoteIn) (Note, error) {
	return create(ctx, s, by, func(c *change) (Note, error) {
		p, err := c.noting(takeID)
		if err != nil {
			return Note{}, err
		}
		n := &keptNote{Note: Note{Meta: c.meta(), TitleID: p.take.TitleID, ShotID: p.take.ShotID, TakeID: takeID, Parent: in.Parent, Frame: in.Frame, Last: in.Last,
			Author: by.Person.ID, AuthorName: by.Person.Name}}
		p.note = n
		if err := c.checkPlace(p, in); err != nil {
			return Note{}, err
		}
		if n.Drawing, err = cleanDrawing(in.Drawing); err != nil {
			return Note{}, err
		}
		if err := c.compose(n, in.Text, in.Mentions); err != nil {
			return Note{}, err
		}
		if err := c.insertNote(n); err != nil {
			return Note{}, err
		}
		verb := "note.added"
		if n.Parent != "" {
			verb = "note.answered"
		}
		return n.shown(), c.tellNote(verb, p)
	})
}

// placedNote is a note with the take and the shot that it stands on.
type placedNote struct {
	note *keptNote
	take *Take
	shot *Shot
}

// noting reads a take that the actor may write notes on: nobody writes on one that is deleted, or whose shot is.
func (c *change) noting(takeID string) (placedNote, error) {
	t, err := c.s.takeFor(c.tx, c.by, takeID, WriteNote)
	if err != nil {
		return placedNote{}, err
	}
	x, err := c.s.liveShot(c.tx, c.by, t.ShotID, WriteNote)
	return placedNote{take: t, shot: x}, err
}

// checkPlace checks what a new note answers, or which frames it is about.
func (c *change) checkPlace(p placedNote, in NoteIn) error {
	if in.Parent == "" {
		if err := c.s.freshMedia(c.tx, &p.take.Media); err != nil {
			return err
		}
		return checkFrames(p.take.Media, in.Frame, in.Last)
	}
	if in.Frame != nil || in.Last != nil {
		return wrong("frame", "回复不带帧号，它跟着所回复的批注", "an answer has no frame; it goes with the note that it answers")
	}
	if len(in.Drawing) > 0 {
		return drawnAnswer()
	}
	to, err := c.s.r.notes.GetMany(c.tx, []string{in.Parent})
	switch {
	case err != nil:
		return fmt.Errorf("reading the note to answer: %w", err)
	case to[0] == nil || to[0].TakeID != p.take.ID || !to[0].live():
		return wrong("parent", "要回复的批注不在这条候选上，或已被删除", "the note to answer is not on this take, or it was deleted")
	case to[0].Parent != "":
		return wrong("parent", "回复下面不能再回复，请回复最初那条批注", "an answer cannot be answered; answer the first note")
	}
	return nil
}

// checkFrames holds the frames of a note within its file. A still picture has none.
func checkFrames(m Media, first, last *int) error {
	frames := m.Frames
	if frames <= 0 {
		frames = maxFrame
	}
	switch {
	case first == nil && last == nil:
		return nil
	case first == nil:
		return wrong("last", "只有结束帧，请同时给出起始帧", "a range needs its first frame too")
	case !m.info().Clip() && !m.Animated:
		return wrong("frame", "图片没有帧，请不带帧号批注", "a still picture has no frames; leave the frame out")
	case *first < 0:
		return wrong("frame", "帧号不能小于 0", "a frame's index is 0 or more")
	case *first >= frames:
		return wrong("frame", "超出了片尾，请选片中的一帧", "this is behind the end of the clip; choose a frame of it")
	case last != nil && *last < *first:
		return wrong("last", "结束帧在起始帧之前", "the last frame is before the first one")
	case last != nil && *last >= frames:
		return wrong("last", "结束帧超出了片尾", "the last frame is behind the end of the clip")
	}
	return nil
}

// compose cleans a note's text and finds who is mentioned in it. The drawing is there already: one of the two must be.
func (c *change) compose(n *keptNote, text string, chosen []MentionIn) error {
	clean, err := noteText(text)
	if err != nil {
		return err
	}
	if err := needsWords(clean, n.Drawing); err != nil {
		return err
	}
	var people []called
	if strings.ContainsFunc(clean, isAt) || len(chosen) > 0 {
		if people, err = c.mentionable(n); err != nil {
			return err
		}
	}
	// Places are given in the text as it was sent; what was trimmed in front of it moves them.
	lead := utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeftFunc(text, unicode.IsSpace))
	chosen = slices.Clone(chosen)
	for i := range chosen {
		chosen[i].Start -= lead
	}
	n.Text = clean
	n.Mentions, err = findMentions(clean, people, chosen)
	return err
}

func needsWords(text string, drawing []Stroke) error {
	if text == "" && len(drawing) == 0 {
		return wrong("text", "请写点什么，或者画一笔", "write something, or draw")
	}
	return nil
}

func drawnAnswer() error {
	return wrong("drawing", "回复里不能画图，请另写一条批注", "an answer has no drawing; make a note of its own")
}

// noteText cleans the text of a note by the rules of prose. A note is read in a list among others, so it
// may not turn the direction of writing either.
func noteText(in string) (string, error) {
	out := strings.TrimSpace(in)
	if utf8.RuneCountInString(out) > noteLimit {
		return "", wrong("text", "太长了，请控制在 5000 字以内", "too long; keep it within 5,000 characters")
	}
	if strings.ContainsFunc(out, bidi) {
		return "", wrong("text", "含有看不见的控制字符，请删去后再试", "it holds invisible control characters; remove them and try again")
	}
	return prose("text", out)
}

// mentionable are the people who may be mentioned in a note: whoever is active on its title, and its author.
func (c *change) mentionable(n *keptNote) ([]called, error) {
	members, err := c.s.members(c.tx, n.TitleID)
	if err != nil {
		return nil, err
	}
	var out []called
	for _, m := range members {
		if m.Active && m.PersonID != n.Author {
			out = append(out, called{m.PersonID, m.Name})
		}
	}
	author, err := c.s.r.people.GetMany(c.tx, []string{n.Author})
	if err != nil {
		return nil, fmt.Errorf("reading a note's author: %w", err)
	}
	if a := author[0]; a != nil && a.Active {
		out = append(out, called{a.ID, a.Name})
	}
	return out, nil
}

// insertNote numbers, writes and counts a new note.
func (c *change) insertNote(n *keptNote) error {
	made, err := c.count(n.TakeID, "note_no", 1)
	if err != nil {
		return err
	}
	if made > maxTakeNotes {
		return conflict("note.many", "这条候选上的批注已满 1000 条", "this take has its 1,000 notes")
	}
	if n.Seq, err = c.s.r.counts.Next(c.tx, store.K().Text("note")); err != nil {
		return fmt.Errorf("numbering a note: %w", err)
	}
	if err := c.s.r.notes.Insert(c.tx, n); err != nil {
		return fmt.Errorf("writing a note: %w", err)
	}
	return c.countNote("", n.countedOn())
}

// putNote writes a changed note and keeps the counter of open notes.
func (c *change) putNote(n *keptNote, edit func()) error {
	was := n.countedOn()
	edit()
	n.Updated = c.now
	if err := c.s.r.notes.Put(c.tx, n); err != nil {
		return fmt.Errorf("writing a note: %w", err)
	}
	return c.countNote(was, n.countedOn())
}

// countNote moves an open note from one shot's counter to another's; empty is none.
func (c *change) countNote(from, to string) error {
	if from == to {
		return nil
	}
	if from != "" {
		if _, err := c.count(from, "notes", -1); err != nil {
			return err
		}
	}
	if to != "" {
		if _, err := c.count(to, "notes", 1); err != nil {
			return err
		}
	}
	return nil
}

// tellNote notes one act on a note as an activity. The text stays out of it.
func (c *change) tellNote(verb string, p placedNote) error {
	params := map[string]string{"label": p.shot.Label, "number": strconv.FormatInt(p.take.Number, 10)}
	if p.note.Frame != nil {
		params["frame"] = strconv.Itoa(*p.note.Frame)
	}
	var names, seen []string
	for _, m := range p.note.Mentions {
		if !slices.Contains(seen, m.PersonID) {
			names, seen = append(names, m.Name), append(seen, m.PersonID)
		}
	}
	if len(names) > 0 {
		params["mentions"] = strings.Join(names, "、")
	}
	return c.note(event{Verb: verb, Kind: "note", Object: p.note.ID, TitleID: p.take.TitleID, ShotID: p.take.ShotID, Params: params})
}
