package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"chouka/store"
)

// Status is how an attempt went (product.md, States).
type Status string

// The statuses of an attempt.
const (
	Queued    Status = "queued"
	Running   Status = "running"
	Succeeded Status = "succeeded"
	Failed    Status = "failed"  // a fault
	Refused   Status = "refused" // by the model's policy
	Cancelled Status = "cancelled"
)

// kindCamera is the kind of an attempt that was a real shoot: its takes are clips of a camera, and it is picked, counted
// and handed on like any other.
const kindCamera = "camera"

// Attempt is one submission to a generator (抽卡). It exists before and without a file.
type Attempt struct {
	store.Meta
	TitleID  string `json:"title_id"`
	ShotID   string `json:"shot_id"`
	Number   int64  `json:"number"` // 1, 2, 3 … within the shot
	Operator string `json:"operator"`
	Status   Status `json:"status" enum:"queued,running,succeeded,failed,refused,cancelled"`
	Kind     string `json:"kind" enum:",camera"`                          // camera: from a real shoot; empty: generated
	DayID    string `json:"day_id,omitempty"`                             // the shooting day of a camera attempt
	Way      string `json:"way" enum:"upload,typed,demo,paste,api,watch"` // how it came in
	Word     string `json:"word"`                                         // the service's own word for its status
	Generation
	Expanded   string            `json:"expanded"` // the prompt as the service rewrote it
	Params     map[string]string `json:"params"`   // everything else as read
	Sources    map[string]Source `json:"sources"`  // by field name: where it came from
	Notes      []string          `json:"notes"`    // what the reader could not settle, as codes
	Reader     int               `json:"reader"`   // version of the reader that filled it; 0: typed only
	Stack      string            `json:"stack"`    // 16 hex digits, the same for the same prompt, negative and model whatever the seed; empty without a prompt
	Refs       []Ref             `json:"refs"`
	Sheets     []UsedSheet       `json:"sheets"`     // editions of reference sheets it was drawn from
	Expected   []Expected        `json:"expected"`   // results that were announced
	Beside     []Beside          `json:"beside"`     // files kept beside the takes, as they came
	Candidates []Candidate       `json:"candidates"` // what a graph of several outputs leaves open
	Started    *time.Time        `json:"started,omitempty"`
	Finished   *time.Time        `json:"finished,omitempty"`
	Reason     string            `json:"reason"` // why it failed or was refused
	Remark     string            `json:"remark"`
	At         time.Time         `json:"at"`  // when it was drawn, or logged where that is unknown
	Day        string            `json:"day"` // At in the studio's zone, 2006-01-02
	Deleted    *time.Time        `json:"deleted,omitempty"`
}

// AttemptRow is an attempt with its takes.
type AttemptRow struct {
	Attempt Attempt `json:"attempt"`
	Takes   []Take  `json:"takes"`
	// Duplicate marks the answer to a file that this shot holds already: it was not booked again.
	Duplicate bool `json:"duplicate"`
	// Matched says by what a file or a post found the attempt that was waiting for it; empty when it found none.
	Matched string `json:"matched" enum:",task,name,sha256,wait"`
	// Elsewhere are other shots that hold the same bytes; only the answer to a file names them.
	Elsewhere []Elsewhere `json:"elsewhere"`
}

// AttemptIn types an attempt in, with no file.
type AttemptIn struct {
	Status Status `json:"status" enum:"queued,running,succeeded,failed,refused,cancelled"`
	Generation
	Reason string     `json:"reason,omitempty"`
	Remark string     `json:"remark,omitempty"`
	At     *time.Time `json:"at,omitempty"`
	Sheets []SheetIn  `json:"sheets,omitempty" doc:"reference sheets that it was drawn from"`
}

// Day is one person's day of drawing in the studio's zone.
type Day struct {
	Date     string       `json:"date"`
	Attempts int64        `json:"attempts"`
	Takes    int64        `json:"takes"`
	Items    []AttemptRow `json:"items"` // newest first
	Next     string       `json:"next,omitempty"`
}

// statusMoves is the table of what may follow what: an attempt runs once, and
// between failed and refused only the reading of the answer differs.
func statusMoves(from Status) []Status {
	switch from {
	case Queued:
		return []Status{Running, Succeeded, Failed, Refused, Cancelled}
	case Running:
		return []Status{Succeeded, Failed, Refused, Cancelled}
	case Failed:
		return []Status{Refused}
	case Refused:
		return []Status{Failed}
	case Succeeded, Cancelled:
		return []Status{}
	}
	return nil
}

// LogAttempt types an attempt in, with no file: also one that failed or was refused.
func (s *Studio) LogAttempt(ctx context.Context, by Actor, shotID string, in AttemptIn) (AttemptRow, error) {
	return create(ctx, s, by, func(c *change) (AttemptRow, error) {
		x, err := s.drawable(c.tx, by, shotID)
		if err != nil {
			return AttemptRow{}, err
		}
		a := Attempt{Status: in.Status, Way: "typed", Generation: in.Generation, Reason: in.Reason, Remark: in.Remark, At: c.now}
		if statusMoves(in.Status) == nil {
			return AttemptRow{}, wrong("status", "没有这个状态", "there is no such status")
		}
		if in.At != nil {
			if in.At.After(c.now.Add(24*time.Hour)) || in.At.Year() < 2000 {
				return AttemptRow{}, wrong("at", "时间不对，请填已经发生的时间", "the time is off; give one that has passed")
			}
			a.At = in.At.UTC()
		}
		a.Sources = typedSources(a.Generation)
		if a.Sheets, err = c.chosen(x.TitleID, in.Sheets); err != nil {
			return AttemptRow{}, err
		}
		if err := c.addAttempt(x, &a); err != nil {
			return AttemptRow{}, err
		}
		return AttemptRow{Attempt: a, Takes: []Take{}, Elsewhere: []Elsewhere{}}, c.noteAttempt("attempt.logged", x, &a)
	})
}

// drawable is a shot that may get attempts: not deleted, not locked.
func (s *Studio) drawable(tx store.Txn, by Actor, shotID string) (*Shot, error) {
	x, err := s.liveShot(tx, by, shotID, LogAttempt)
	if err == nil && x.State == ShotLocked {
		return nil, lockedShot()
	}
	return x, err
}

// addAttempt checks and inserts an attempt, counts it and moves the shot on.
func (c *change) addAttempt(x *Shot, a *Attempt) error {
	if err := cleanGeneration(&a.Generation); err != nil {
		return err
	}
	var set setter
	set.line("reason", &a.Reason, &a.Reason)
	set.prose("remark", &a.Remark, &a.Remark)
	if set.err != nil {
		return set.err
	}
	zone, err := c.s.zone(c.tx)
	if err != nil {
		return err
	}
	a.Meta, a.TitleID, a.ShotID, a.Operator = c.meta(), x.TitleID, x.ID, c.by.Person.ID
	a.Day = a.At.In(zone).Format(time.DateOnly)
	if err := errors.Join(c.useShown(x, a), c.useFiles(a)); err != nil {
		return err
	}
	a.settle()
	if a.Number, err = c.count(x.ID, "attempt_no", 1); err != nil {
		return err
	}
	if err := c.s.r.attempts.Insert(c.tx, a); err != nil {
		return fmt.Errorf("logging an attempt: %w", err)
	}
	if err := c.countAttempt(x, a, 1); err != nil {
		return err
	}
	return c.drawn(x, false)
}

// countAttempt keeps the counters that an attempt is part of.
func (c *change) countAttempt(x *Shot, a *Attempt, delta int64) error {
	return errors.Join(c.countAll(countAttempts, delta, x.owners()...), c.countAll(dayCount(a.Day, "attempts"), delta, a.Operator), c.paid(a, delta))
}

// countTake keeps a person's day; what else a take is part of follows from its record.
func (c *change) countTake(t *Take, day string, delta int64) error {
	return c.countAll(dayCount(day, "takes"), delta, t.Operator)
}

func dayCount(day, what string) string { return day + " " + what }

// drawn moves a shot on after an attempt: to review where there is a take to
// look at, else to drawing. It writes the shot only when its state changes.
func (c *change) drawn(x *Shot, take bool) error {
	to := x.State
	switch {
	case take && slices.Contains([]ShotState{ShotTodo, ShotDrawing, ShotRework}, x.State):
		to = ShotToReview
	case !take && slices.Contains([]ShotState{ShotTodo, ShotRework}, x.State):
		to = ShotDrawing
	}
	if to == x.State {
		return nil
	}
	if err := c.move(x, to, ""); err != nil {
		return err
	}
	return c.putShot(x)
}

func (c *change) noteAttempt(verb string, x *Shot, a *Attempt) error {
	return c.note(event{Verb: verb, Kind: "attempt", Object: a.ID, TitleID: x.TitleID, ShotID: x.ID,
		Params: map[string]string{"label": x.Label, "number": strconv.FormatInt(a.Number, 10), "status": string(a.Status)}})
}

// Attempts lists a shot's attempts with their takes, newest first.
func (s *Studio) Attempts(ctx context.Context, by Actor, shotID string, p Page) (List[AttemptRow], error) {
	p.Reverse = true
	var out List[AttemptRow]
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := s.shotFor(tx, by, shotID, ViewTitle); err != nil {
			return err
		}
		got, err := s.r.attempts.List(tx, "shot", store.K().ID(shotID), p)
		if err != nil {
			return err
		}
		out.Next = got.Next
		out.Items, err = s.attemptRows(tx, got.Items)
		return err
	})
	return out, err
}

func (s *Studio) attemptRows(tx store.Txn, in []*Attempt) ([]AttemptRow, error) {
	out := make([]AttemptRow, len(in))
	for i, a := range in {
		var err error
		if out[i], err = s.attemptRow(tx, a); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Studio) attemptRow(tx store.Txn, a *Attempt) (AttemptRow, error) {
	takes, err := s.takesOf(tx, a.ID)
	row := AttemptRow{Attempt: *a, Takes: takes, Elsewhere: []Elsewhere{}}
	if row.Attempt.Sheets == nil { // kept before there were sheets
		row.Attempt.Sheets = []UsedSheet{}
	}
	return row, err
}

// takesOf reads the takes of an attempt in the order of the batch.
func (s *Studio) takesOf(tx store.Txn, attemptID string) ([]Take, error) {
	got, err := s.r.takes.List(tx, "attempt", store.K().ID(attemptID), Page{Limit: store.MaxPage})
	if err != nil {
		return nil, err
	}
	out := values(got.Items)
	for i := range out {
		if err := s.freshTake(tx, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// MyDay lists what the asking person drew on a day of the studio's zone; an empty date is today.
func (s *Studio) MyDay(ctx context.Context, by Actor, date string, p Page) (Day, error) {
	if err := by.reads(); err != nil {
		return Day{}, err
	}
	var out Day
	err := s.view(ctx, func(tx store.Txn) error {
		if date == "" {
			zone, err := s.zone(tx)
			if err != nil {
				return err
			}
			date = s.now().In(zone).Format(time.DateOnly)
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return refuse(Invalid, "invalid.date", "日期请写成 2026-03-06 这样", "write the date like 2026-03-06")
		}
		var err error
		out, err = s.day(tx, by, date, p)
		return err
	})
	return out, err
}

func (s *Studio) day(tx store.Txn, by Actor, date string, p Page) (Day, error) {
	n, err := s.r.counts.Values(tx, []store.Key{countKey(by.Person.ID, dayCount(date, "attempts")), countKey(by.Person.ID, dayCount(date, "takes"))})
	if err != nil {
		return Day{}, fmt.Errorf("reading a day's counters: %w", err)
	}
	p.Reverse = true
	got, err := s.r.attempts.List(tx, "day", store.K().ID(by.Person.ID).Text(date), p)
	if err != nil {
		return Day{}, err
	}
	got.Items = slices.DeleteFunc(got.Items, func(a *Attempt) bool { return !by.sees(a.TitleID) })
	items, err := s.attemptRows(tx, got.Items)
	return Day{Date: date, Attempts: n[0], Takes: n[1], Items: items, Next: got.Next}, err
}
