package studio

import (
	"slices"
	"time"
)

// ClashKind is why a slot or a shooting day is in somebody's way.
type ClashKind string

// The kinds of conflict. What is hard cannot be confirmed; what is soft can, with a reason; a note only tells.
const (
	ClashOverlap     ClashKind = "overlap"     // hard: a confirmed booking holds it
	ClashBlackout    ClashKind = "blackout"    // hard: the place cannot be had
	ClashTentative   ClashKind = "tentative"   // note: somebody else has asked for it
	ClashHours       ClashKind = "hours"       // soft: outside permitted hours
	ClashDocument    ClashKind = "document"    // soft: a permit, contract or insurance has ended by then
	ClashUnconfirmed ClashKind = "unconfirmed" // soft: a place is not confirmed two days before
	ClashNight       ClashKind = "night"       // soft: a day scene in a night slot, or the reverse
	ClashTwice       ClashKind = "twice"       // soft: the scene stands on two days
	ClashOmitted     ClashKind = "omitted"     // soft: the scene is no longer in the script
	ClashShot        ClashKind = "shot"        // soft: the scene is shot already
	ClashPerformer   ClashKind = "performer"   // soft: a performer in two places at once
	ClashRest        ClashKind = "rest"        // soft: too few hours between a wrap and the next call
	ClashTravel      ClashKind = "travel"      // soft: no time to get from place to place
	ClashUnbooked    ClashKind = "unbooked"    // soft: no booking covers the scene's place on that day
)

// Clash is one thing in the way, said in both languages and naming what it collides with.
type Clash struct {
	Kind      ClashKind   `json:"kind" enum:"overlap,blackout,tentative,hours,document,unconfirmed,night,twice,omitted,shot,performer,rest,travel,unbooked"`
	Level     string      `json:"level" enum:"hard,soft,note"`
	ZH        string      `json:"zh"`
	EN        string      `json:"en"`
	Booking   *BookingRow `json:"booking,omitempty"` // the other booking
	DayID     string      `json:"day_id,omitempty"`  // the other shooting day
	SceneID   string      `json:"scene_id,omitempty"`
	Performer string      `json:"performer,omitempty"` // the name
}

// The levels of a conflict.
const (
	levelHard = "hard"
	levelSoft = "soft"
	levelNote = "note"
)

// Override is a soft conflict that somebody accepted.
type Override struct {
	Kind   ClashKind `json:"kind"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// newClash says what is in the way in both languages, without a full stop at the end.
func newClash(kind ClashKind, level, zh, en string) Clash {
	return Clash{Kind: kind, Level: level, ZH: zh, EN: en}
}

// with names the other booking.
func (x Clash) with(other BookingRow) Clash {
	x.Booking = &other
	return x
}

// sortClashes puts what is hard before what is soft, and notes last; within a level the order stays.
func sortClashes(in []Clash) {
	rank := func(x Clash) int { return slices.Index([]string{levelHard, levelSoft, levelNote}, x.Level) }
	slices.SortStableFunc(in, func(a, b Clash) int { return rank(a) - rank(b) })
}

// firstClash is the first one of a level; nil when there is none.
func firstClash(in []Clash, level string) *Clash {
	if i := slices.IndexFunc(in, func(x Clash) bool { return x.Level == level }); i >= 0 {
		return &in[i]
	}
	return nil
}

// accepted turns the soft conflicts in the way into overrides. Those of a kind that had has already stay as they are; new
// ones need a reason, else Conflict code names the first of them. It gives all that hold now, and the new ones.
func (c *change) accepted(code string, clashes []Clash, had []Override, reason string) (all, fresh []Override, err error) {
	if reason, err = line("reason", reason); err != nil {
		return nil, nil, err
	}
	all = []Override{}
	for _, x := range clashes {
		of := func(o Override) bool { return o.Kind == x.Kind }
		if x.Level != levelSoft || slices.ContainsFunc(all, of) {
			continue
		}
		if i := slices.IndexFunc(had, of); i >= 0 {
			all = append(all, had[i])
			continue
		}
		if reason == "" {
			return nil, nil, refuse(Conflict, code, x.ZH+"。如果仍要这样安排，请写明理由。", x.EN+". Give a reason to go ahead all the same.")
		}
		o := Override{Kind: x.Kind, Reason: reason, By: c.by.Person.ID, At: c.now}
		all, fresh = append(all, o), append(fresh, o)
	}
	return all, fresh, nil
}
