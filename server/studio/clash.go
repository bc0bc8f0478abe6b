package studio

import "time"

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
