package studio

import (
	"context"
	"errors"
	"time"

	"chouka/store"
)

// Act is one step of a reviewer that can be taken back: marks on one or many takes, a pick, a lock, a rework.
// The last fifty of a person are kept, so that the way back outlives the page.
type Act struct {
	store.Meta
	PersonID string            `json:"person_id"`
	TitleID  string            `json:"title_id"`
	ShotID   string            `json:"shot_id"`
	Verb     string            `json:"verb"`   // that of the activity: take.judged, take.picked, take.replaced, take.unpicked, shot.locked, shot.unlocked, shot.rework
	Params   map[string]string `json:"params"` // for the sentence: label, number, n, verdict, reason, stars
	Undone   *time.Time        `json:"undone,omitempty"`
}

// ActOut is what taking an act back, or doing it again, has changed.
type ActOut struct {
	Act     Act    `json:"act"`
	Takes   []Take `json:"takes"`
	Shot    *Shot  `json:"shot,omitempty"`
	Skipped int    `json:"skipped"` // takes that somebody has marked otherwise since; they stay as they are
}

// UndoIn narrows what is taken back; empty: the person's newest act.
type UndoIn struct {
	TitleID string `json:"title_id,omitempty"`
}

// Acts lists the asking person's kept acts, newest first.
func (s *Studio) Acts(ctx context.Context, by Actor, titleID string) ([]Act, error) {
	return nil, errors.New("seam")
}

// Undo takes the asking person's newest act back. What somebody else has changed since is not touched.
func (s *Studio) Undo(ctx context.Context, by Actor, in UndoIn) (ActOut, error) {
	return ActOut{}, errors.New("seam")
}

// Redo does the act again that was taken back last. A new act ends what can be done again.
func (s *Studio) Redo(ctx context.Context, by Actor, in UndoIn) (ActOut, error) {
	return ActOut{}, errors.New("seam")
}

// Decisions lists who decided what on a shot and when: picks, marks, locks, reworks, newest first.
func (s *Studio) Decisions(ctx context.Context, by Actor, shotID string, p Page) (List[Activity], error) {
	return List[Activity]{}, errors.New("seam")
}
