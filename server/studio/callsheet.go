package studio

import (
	"context"
	"errors"
	"time"

	"chouka/server/studio/geo"
	"chouka/store"
)

// CallSheet is the 通告单 of a shooting day: what people typed into it, and how often it was issued.
type CallSheet struct {
	store.Meta
	TitleID string    `json:"title_id"`
	DayID   string    `json:"day_id"`
	Typed   CallTyped `json:"typed"`
	Issued  int       `json:"issued"` // the newest version; 0: none yet
}

// CallTyped is what people type; everything else comes from the day, its places, scenes and cast.
type CallTyped struct {
	MakeupAt  string      `json:"makeup_at"` // 15:04, here and below; before the first call's hour: the next day
	OnSetAt   string      `json:"on_set_at"`
	ShootAt   string      `json:"shoot_at"` // 开机
	WrapAt    string      `json:"wrap_at"`
	Meals     []CallMeal  `json:"meals"`
	Weather   string      `json:"weather"`
	Transport string      `json:"transport"`
	Safety    string      `json:"safety"`
	Note      string      `json:"note"`
	Cast      []CallCast  `json:"cast"`
	Crew      []CallCrew  `json:"crew"`
	Contacts  []Contact   `json:"contacts"` // whom to call on the day
	Scenes    []CallNeeds `json:"scenes"`
}

// CallMeal is a meal with its time.
type CallMeal struct {
	Name string `json:"name"`
	At   string `json:"at"`
}

// CallCast is when one performer is wanted.
type CallCast struct {
	ElementID string `json:"element_id"` // the character
	Pickup    string `json:"pickup"`
	Makeup    string `json:"makeup"`
	Call      string `json:"call"` // on set
	Wrap      string `json:"wrap"`
	Note      string `json:"note"`
}

// CallCrew is when somebody of a department is wanted.
type CallCrew struct {
	Department string `json:"department"`
	Name       string `json:"name"`
	PersonID   string `json:"person_id,omitempty"`
	Phone      string `json:"phone"`
	Call       string `json:"call"`
	Note       string `json:"note"`
}

// CallNeeds is what one scene needs besides what the breakdown says.
type CallNeeds struct {
	SceneID   string `json:"scene_id"`
	Pages     string `json:"pages"`
	StoryLine string `json:"story_line"` // 剧情线 or synopsis
	Extras    string `json:"extras"`
	Wardrobe  string `json:"wardrobe"`
	Makeup    string `json:"makeup"`
	Props     string `json:"props"` // besides those of the breakdown
	Special   string `json:"special"`
}

// CallContent is a whole call sheet as it is shown, printed and, once issued, kept.
type CallContent struct {
	Title     string      `json:"title"`
	Company   string      `json:"company"`
	Date      string      `json:"date"`    // 2006-01-02
	Weekday   int         `json:"weekday"` // 1 Monday … 7 Sunday
	Unit      string      `json:"unit"`
	Number    int         `json:"number"` // day Number of Of
	Of        int         `json:"of"`
	Zone      string      `json:"zone"`
	CallAt    string      `json:"call_at"` // 15:04, the first call
	MakeupAt  string      `json:"makeup_at"`
	OnSetAt   string      `json:"on_set_at"`
	ShootAt   string      `json:"shoot_at"`
	WrapAt    string      `json:"wrap_at"`
	Meals     []CallMeal  `json:"meals"`
	Weather   string      `json:"weather"`
	Sunrise   string      `json:"sunrise"` // 15:04 at the first place that has a point; empty: none has
	Sunset    string      `json:"sunset"`
	Transport string      `json:"transport"`
	Places    []CallPlace `json:"places"`
	Scenes    []CallScene `json:"scenes"`
	Cast      []CallActor `json:"cast"`
	Crew      []CallCrew  `json:"crew"`
	Contacts  []Contact   `json:"contacts"`
	Safety    string      `json:"safety"`
	Note      string      `json:"note"`
	Next      []CallScene `json:"next"` // of the next day of this unit
	NextDate  string      `json:"next_date"`
}

// CallPlace is a place of the day.
type CallPlace struct {
	LocationID string     `json:"location_id"`
	Name       string     `json:"name"`
	Areas      []string   `json:"areas"`
	Address    string     `json:"address"`
	Maps       *geo.Links `json:"maps,omitempty"`
	Parking    string     `json:"parking"`
	LoadIn     string     `json:"load_in"`
	Power      string     `json:"power"`
	Noise      string     `json:"noise"`
	Hours      string     `json:"hours"` // permitted, as a sentence of figures
	Hospital   Hospital   `json:"hospital"`
	Contacts   []Contact  `json:"contacts"`
}

// CallScene is a scene in shooting order.
type CallScene struct {
	SceneID  string   `json:"scene_id"`
	Code     string   `json:"code"` // 3-2: episode and scene
	Heading  string   `json:"heading"`
	Set      string   `json:"set"` // the place as the script spells it
	Light    Light    `json:"light" enum:"day_in,day_out,night_in,night_out,unknown"`
	Location string   `json:"location"`
	Area     string   `json:"area"`
	Begins   string   `json:"begins"` // 15:04, where minutes are planned
	Minutes  int      `json:"minutes"`
	Seconds  int64    `json:"seconds"` // on screen, of its shots
	Shots    int64    `json:"shots"`
	Cast     []string `json:"cast"` // names of characters
	CallNeeds
}

// CallActor is a performer of the day.
type CallActor struct {
	CallCast
	Character   string   `json:"character"`
	PerformerID string   `json:"performer_id,omitempty"`
	Performer   string   `json:"performer"`
	Scenes      []string `json:"scenes"` // codes
}

// CallSheetPage is a call sheet with the version that is looked at.
type CallSheetPage struct {
	Sheet      CallSheet        `json:"sheet"`
	Version    int              `json:"version"` // 0: the draft
	Content    CallContent      `json:"content"`
	Changed    []string         `json:"changed"` // cells that differ from the version before, as paths: "call_at", "scenes.<id>.props", "cast.<element id>.call"
	Gone       []string         `json:"gone"`    // what the version before had and this one has not, as paths
	Pending    bool             `json:"pending"` // the draft differs from the newest version
	Versions   []CallVersionRow `json:"versions"`
	Recipients []CallRecipient  `json:"recipients"` // only for those who may book
	Conflicts  []Clash          `json:"conflicts"`
}

// CallVersionRow is an issued version in a list.
type CallVersionRow struct {
	Number int       `json:"number"`
	At     time.Time `json:"at"`
	ByName string    `json:"by_name"`
	Note   string    `json:"note"`
}

// CallRecipient is somebody who gets the call sheet, with what they have read of it.
type CallRecipient struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	PersonID    string     `json:"person_id,omitempty"`
	PerformerID string     `json:"performer_id,omitempty"`
	Linked      bool       `json:"linked"` // has a secret address
	Opened      int        `json:"opened"` // the newest version they opened; 0: none
	OpenedAt    *time.Time `json:"opened_at,omitempty"`
	Confirmed   int        `json:"confirmed"` // the newest version that they said they got
	ConfirmedAt *time.Time `json:"confirmed_at,omitempty"`
}

// RecipientIn adds a recipient: an account, a performer, or a name alone.
type RecipientIn struct {
	Name        string `json:"name,omitempty"`
	PersonID    string `json:"person_id,omitempty"`
	PerformerID string `json:"performer_id,omitempty"`
}

// MadeLink is a recipient with the secret part of their address, shown once: /call/{secret}.
type MadeLink struct {
	Recipient CallRecipient `json:"recipient"`
	Secret    string        `json:"secret"`
}

// PersonCall is a call sheet as one person gets it: their own times first.
type PersonCall struct {
	SheetID   string      `json:"sheet_id"`
	Name      string      `json:"name"`
	Version   int         `json:"version"`
	Mine      []CallActor `json:"mine"`      // as a performer
	MyCrew    []CallCrew  `json:"my_crew"`   // in a department
	MyScenes  []string    `json:"my_scenes"` // codes, in shooting order
	First     string      `json:"first"`     // the earliest time of theirs, 15:04
	Content   CallContent `json:"content"`
	Changed   []string    `json:"changed"`
	Confirmed int         `json:"confirmed"` // the version that they said they got
}

// MyCall is a coming call sheet in somebody's list.
type MyCall struct {
	SheetID   string `json:"sheet_id"`
	Title     string `json:"title"`
	Date      string `json:"date"`
	First     string `json:"first"`
	Place     string `json:"place"`
	Version   int    `json:"version"`
	Confirmed int    `json:"confirmed"`
}

// OpenCallSheet gives the call sheet of a day and makes it where there is none.
func (s *Studio) OpenCallSheet(ctx context.Context, by Actor, dayID string) (CallSheetPage, error) {
	return CallSheetPage{}, errors.New("seam")
}

// CallSheet reads a call sheet: version 0 is the draft as it stands now. Those who may not book see issued versions only.
func (s *Studio) CallSheet(ctx context.Context, by Actor, id string, version int) (CallSheetPage, error) {
	return CallSheetPage{}, errors.New("seam")
}

// EditCallSheet replaces what people typed.
func (s *Studio) EditCallSheet(ctx context.Context, by Actor, id string, rev int64, in CallTyped) (CallSheetPage, error) {
	return CallSheetPage{}, errors.New("seam")
}

// IssueCallSheet freezes the draft as the next version. An unchanged one is Conflict callsheet.unchanged.
func (s *Studio) IssueCallSheet(ctx context.Context, by Actor, id string, rev int64, note string) (CallSheetPage, error) {
	return CallSheetPage{}, errors.New("seam")
}

// AddRecipient adds somebody who gets the call sheet, with a secret address for those without an account.
func (s *Studio) AddRecipient(ctx context.Context, by Actor, id string, in RecipientIn) (MadeLink, error) {
	return MadeLink{}, errors.New("seam")
}

// RenewRecipient gives a recipient a new secret address; the old one ends.
func (s *Studio) RenewRecipient(ctx context.Context, by Actor, id, recipientID string) (MadeLink, error) {
	return MadeLink{}, errors.New("seam")
}

// RemoveRecipient takes a recipient away; their address ends.
func (s *Studio) RemoveRecipient(ctx context.Context, by Actor, id, recipientID string) error {
	return errors.New("seam")
}

// MyCalls lists the newest issued call sheets of today and later in which the asking person stands.
func (s *Studio) MyCalls(ctx context.Context, by Actor) ([]MyCall, error) {
	return nil, errors.New("seam")
}

// MyCallSheet is the newest issued version as the asking person gets it; reading it is noted.
func (s *Studio) MyCallSheet(ctx context.Context, by Actor, id string) (PersonCall, error) {
	return PersonCall{}, errors.New("seam")
}

// ConfirmCall notes that the asking person got a version.
func (s *Studio) ConfirmCall(ctx context.Context, by Actor, id string, version int) (PersonCall, error) {
	return PersonCall{}, errors.New("seam")
}

// LinkedCall is MyCallSheet for whoever has the secret address. It names no phone numbers but those on the sheet.
func (s *Studio) LinkedCall(ctx context.Context, secret string) (PersonCall, error) {
	return PersonCall{}, errors.New("seam")
}

// ConfirmLinkedCall notes that whoever has the secret address got a version.
func (s *Studio) ConfirmLinkedCall(ctx context.Context, secret string, version int) (PersonCall, error) {
	return PersonCall{}, errors.New("seam")
}
