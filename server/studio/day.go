package studio

import (
	"time"

	"chouka/store"
)

// ShootDay is one day of shooting of one unit of a title (拍摄日). It may pass midnight and stands under the day on which it begins.
type ShootDay struct {
	store.Meta
	TitleID   string     `json:"title_id"`
	Date      string     `json:"date"` // 2006-01-02 in Zone
	Unit      string     `json:"unit"` // A, B …; empty: the only one
	Zone      string     `json:"zone"`
	Start     time.Time  `json:"start"`  // the first call
	End       time.Time  `json:"end"`    // the planned wrap
	Scenes    []DayScene `json:"scenes"` // in shooting order
	Note      string     `json:"note"`
	Overrides []Override `json:"overrides"`
	// Left are scenes that were moved lately; one that comes back is as it was, and what was in its way needs no new reason.
	Left []LeftScene `json:"left,omitempty"`
	// Before counts the changes until it was deleted and came back: calendars go by the sum with its revision.
	Before int64 `json:"before,omitempty"`
}

// LeftScene is how a scene stood on a day before it was moved.
type LeftScene struct {
	Was     DayScene `json:"was"`
	Clashes []string `json:"clashes,omitempty"` // that went with it, as keys
}

// goneDay is a day that was deleted: calendars say that it is called off, instead of losing it without a word, and it can come back.
type goneDay struct {
	ShootDay
	Last  int64               `json:"last"`            // its sequence when it was deleted
	Since time.Time           `json:"since,omitzero"`  // when it was made
	Twice map[string][]string `json:"twice,omitempty"` // the other days on which its scenes stood then, by scene
}

// goneSheet is the call sheet of a deleted day, under the day's id, with its versions and who got it.
type goneSheet struct {
	store.Meta
	Date   string      `json:"date"`
	Sheet  CallSheet   `json:"sheet"`
	Issues []callIssue `json:"issues"`
	Who    []recipient `json:"who"`
}

// DayScene is a scene on a day.
type DayScene struct {
	SceneID    string     `json:"scene_id"`
	LocationID string     `json:"location_id,omitempty"` // where it is shot, if not where its place is locked
	AreaID     string     `json:"area_id,omitempty"`
	Minutes    int        `json:"minutes"` // how long it is planned to take; 0: not planned
	Note       string     `json:"note"`
	Done       *time.Time `json:"done,omitempty"` // when it was marked as shot
	DoneBy     string     `json:"done_by,omitempty"`
}

// DayIn makes or changes a shooting day; nil leaves a part as it is.
type DayIn struct {
	Date   *string    `json:"date,omitempty"`
	Unit   *string    `json:"unit,omitempty"`
	Start  *time.Time `json:"start,omitempty" doc:"08:00 of the date when absent"`
	End    *time.Time `json:"end,omitempty" doc:"12 hours after the start when absent"`
	Note   *string    `json:"note,omitempty"`
	Reason string     `json:"reason,omitempty" doc:"why soft conflicts are accepted"`
}

// Light is when a scene plays and where: the colour of its strip.
type Light string

// The lights, as headings of scenes say them (内/外 × 日/夜).
const (
	LightDayIn    Light = "day_in"
	LightDayOut   Light = "day_out"
	LightNightIn  Light = "night_in"
	LightNightOut Light = "night_out"
	LightUnknown  Light = "unknown"
)

// StripScene is a scene as the board shows it.
type StripScene struct {
	Scene      SceneRow   `json:"scene"`
	Episode    int        `json:"episode"`
	Light      Light      `json:"light" enum:"day_in,day_out,night_in,night_out,unknown"`
	LocationID string     `json:"location_id,omitempty"`
	Location   string     `json:"location"`
	Area       string     `json:"area"`
	Cast       []string   `json:"cast"`    // character names, by their order in the scene
	Seconds    int64      `json:"seconds"` // planned, of its shots
	OnDay      *DayScene  `json:"on_day,omitempty"`
	Begins     *time.Time `json:"begins,omitempty"` // as the minutes before it say, where all have some
}

// DayRow is a day on the board.
type DayRow struct {
	Day        ShootDay     `json:"day"`
	Number     int          `json:"number"` // day Number of Of
	Of         int          `json:"of"`
	Scenes     []StripScene `json:"scenes"`
	Bookings   []BookingRow `json:"bookings"` // of the title that start on this date
	Conflicts  []Clash      `json:"conflicts"`
	Seconds    int64        `json:"seconds"`
	Performers []string     `json:"performers"`
	CallSheet  string       `json:"call_sheet,omitempty"` // its id
	Version    int          `json:"version"`              // issued; 0: none
}

// DayBoard is a title's shooting days with the scenes that stand on none.
type DayBoard struct {
	Days []DayRow     `json:"days"`
	Pool []StripScene `json:"pool"` // not on any day, not shot
	Shot int          `json:"shot"` // scenes that are done
}

// StripMove puts a scene on a day, moves it, or takes it back to the pool.
type StripMove struct {
	SceneID string `json:"scene_id"`
	From    string `json:"from,omitempty" doc:"the day it stands on; empty: the pool"`
	To      string `json:"to,omitempty" doc:"the day it goes to; empty: the pool"`
	At      int    `json:"at" doc:"its place on that day, from 0"`
	Keep    bool   `json:"keep,omitempty" doc:"leave it on the day it came from too"`
	Dry     bool   `json:"dry,omitempty" doc:"only say what would be in the way"`
	Reason  string `json:"reason,omitempty" doc:"why new soft conflicts are accepted"`
}

// StripsMove moves several strips at once: all of them leave, then they arrive in this order.
type StripsMove struct {
	Strips []StripGo `json:"strips" minItems:"1" maxItems:"300"`
	Dry    bool      `json:"dry,omitempty" doc:"only say what would be in the way"`
	Reason string    `json:"reason,omitempty" doc:"why new soft conflicts are accepted"`
}

// StripGo is where one of several strips comes from and goes to.
type StripGo struct {
	SceneID string `json:"scene_id"`
	From    string `json:"from,omitempty" doc:"the day it stands on; empty: the pool"`
	To      string `json:"to,omitempty" doc:"the day it goes to; empty: the pool"`
	At      int    `json:"at" doc:"its place on that day, from 0, counted when those before it have arrived"`
}

// Limits of shooting days.
const (
	dayScenes   = 60
	daysInTitle = 1000
	dayUnit     = 20             // characters
	dayNote     = 2000           // characters, of a scene on a day
	longestDay  = 24 * time.Hour // from the first call to the wrap
	usualCall   = 8              // o'clock
	usualDay    = 12 * time.Hour
	keptLeft    = 60  // scenes that a day remembers: all that can leave it at once
	stripsMost  = 300 // moved at once
	keptReasons = 100 // of a day
)

// DayBack is a deleted day that came back.
type DayBack struct {
	Day       DayRow         `json:"day"`
	Elsewhere []DayElsewhere `json:"elsewhere"` // its scenes that were put on other days meanwhile, and stay there
}

// DayElsewhere is a scene that did not come back with its day.
type DayElsewhere struct {
	SceneID string `json:"scene_id"`
	Label   string `json:"label"`
	Episode int    `json:"episode"`
	DayID   string `json:"day_id"` // where it stands now
	Date    string `json:"date"`
	Unit    string `json:"unit"`
}

// StripMoved is what a move did, or would do.
type StripMoved struct {
	Conflicts []Clash  `json:"conflicts"` // that the move brings
	Days      []DayRow `json:"days"`      // those that changed
}

// DaySceneIn changes a scene on a day; nil leaves a part as it is.
type DaySceneIn struct {
	LocationID *string `json:"location_id,omitempty"`
	AreaID     *string `json:"area_id,omitempty"`
	Minutes    *int    `json:"minutes,omitempty" minimum:"0" maximum:"1440"`
	Note       *string `json:"note,omitempty"`
	Done       *bool   `json:"done,omitempty"`
}
