package studio

import (
	"context"
	"time"

	"chouka/store"
)

// Home is the first page by role.
type Home struct {
	Boards     []Board        `json:"boards"`
	Next       string         `json:"next,omitempty"`
	Milestones []MilestoneRow `json:"milestones"` // newest first, of the titles this person sees
	Shots      []ShotRow      `json:"shots"`      // assigned to this person and still open
	Day        Day            `json:"day"`        // this person's own day
	Queues     []Queue        `json:"queues"`     // titles with shots that wait for this person's pick
	Notes      []NoteRow      `json:"notes"`      // open ones that mention this person, newest first
	Work       Work           `json:"work"`
}

// Queue is the number of shots of one title that wait for a pick.
type Queue struct {
	TitleID string     `json:"title_id"`
	Name    string     `json:"name"`
	Shots   int64      `json:"shots"`
	Since   *time.Time `json:"since,omitempty"` // when the longest waiting one came in
}

// homeRows is how much of each list the first page shows.
const homeRows = 20

// Home is the first page: what each role comes for, from indexes and counters only.
func (s *Studio) Home(ctx context.Context, by Actor, p Page) (Home, error) {
	if err := by.reads(); err != nil {
		return Home{}, err
	}
	out := Home{Queues: []Queue{}}
	err := s.view(ctx, func(tx store.Txn) error {
		titles, err := s.titlesOf(tx, by, p)
		if err != nil {
			return err
		}
		out.Next = titles.Next
		if out.Boards, err = s.boards(tx, by, titles.Items); err != nil {
			return err
		}
		if out.Milestones, err = s.recentMilestones(tx, by, homeRows); err != nil {
			return err
		}
		mine, err := s.shotsOf(tx, by, Page{Limit: homeRows})
		if err != nil {
			return err
		}
		out.Shots = mine.Items
		zone, err := s.zone(tx)
		if err != nil {
			return err
		}
		if out.Day, err = s.day(tx, by, s.now().In(zone).Format(time.DateOnly), Page{Limit: homeRows}); err != nil {
			return err
		}
		if out.Queues, err = s.queues(tx, by, out.Boards); err != nil {
			return err
		}
		notes, err := s.notesOf(tx, by, Page{Limit: homeRows})
		if err != nil {
			return err
		}
		out.Notes = notes.Items
		out.Work, err = s.backlog(tx)
		return err
	})
	return out, err
}

// queues are the titles of this page whose shots wait for the actor's pick.
func (s *Studio) queues(tx store.Txn, by Actor, boards []Board) ([]Queue, error) {
	out := []Queue{}
	for _, b := range boards {
		if b.ToReview == 0 || !by.Can(PickTake, b.Title.ID) {
			continue
		}
		q := Queue{TitleID: b.Title.ID, Name: b.Title.Name, Shots: b.ToReview}
		oldest, err := s.r.shots.List(tx, "state", store.K().ID(b.Title.ID).Text(string(ShotToReview)), Page{Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(oldest.Items) == 1 {
			q.Since = &oldest.Items[0].StateAt
		}
		out = append(out, q)
	}
	return out, nil
}
