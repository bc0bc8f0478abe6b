package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
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
	// Before counts the changes until its day was deleted and came back, as the day does.
	Before int64 `json:"before,omitempty"`
}

// CallTyped is what people type; everything else comes from the day, its places, scenes and cast.
type CallTyped struct {
	MakeupAt  string      `json:"makeup_at"` // 15:04 here and below, or 02:00+1; what is long before the first call, and a wrap before it, is after midnight
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
	CallAt    string      `json:"call_at"` // the first call; 15:04 here and below, 02:00+1 where it lies on the day after
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
	Changed    []string         `json:"changed"` // cells that differ from the version before, as paths: "call_at", "scenes.<id>.props", "cast.<element id>.call", "crew.<department>/<name>.call"; a new row is "scenes.<id>", one that stands elsewhere "scenes.<id>.order"
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

// OpenCallSheet gives the call sheet of a day and makes it where there is none, with the crew and the contacts of the
// last sheet of this unit. Those who may not book get it once it was issued.
func (s *Studio) OpenCallSheet(ctx context.Context, by Actor, dayID string) (CallSheetPage, error) {
	if err := by.here(); err != nil {
		return CallSheetPage{}, err
	}
	var out CallSheetPage
	err := s.update(ctx, by, func(c *change) error {
		day, err := found(s.r.days.Get(c.tx, dayID))("day")
		if err != nil {
			return err
		}
		if err := by.must(ViewTitle, day.TitleID, "day"); err != nil {
			return err
		}
		if !by.Can(BookPlace, day.TitleID) {
			if err := by.reads(); err != nil {
				return err
			}
		}
		sheet, err := s.callSheetOf(c.tx, day.ID)
		if err == nil && sheet == nil {
			sheet, err = c.makeCallSheet(day)
		}
		if err != nil {
			return err
		}
		out, err = s.callPage(c.tx, by, sheet, 0)
		return err
	})
	return out, err
}

// callSheetOf is the call sheet of a day; nil where it has none.
func (s *Studio) callSheetOf(tx store.Txn, dayID string) (*CallSheet, error) {
	sheet, err := s.r.callSheets.By(tx, "day", store.K().ID(dayID))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for a day's call sheet: %w", err)
	}
	return sheet, nil
}

func (c *change) makeCallSheet(day *ShootDay) (*CallSheet, error) {
	if !c.by.personCan(BookPlace, day.TitleID) {
		return nil, noCallYet()
	}
	if err := c.by.must(BookPlace, day.TitleID, "day"); err != nil {
		return nil, err
	}
	last, err := c.s.lastCall(c.tx, day)
	if err != nil {
		return nil, err
	}
	sheet := &CallSheet{Meta: c.meta(), TitleID: day.TitleID, DayID: day.ID, Typed: last.carried()}
	if err := c.s.r.callSheets.Insert(c.tx, sheet); err != nil {
		return nil, fmt.Errorf("opening a call sheet: %w", err)
	}
	title, err := found(c.s.r.titles.Get(c.tx, day.TitleID))("title")
	if err != nil {
		return nil, err
	}
	return sheet, c.noteCall("callsheet.made", sheet, CallContent{Title: title.Name, Date: day.Date, Unit: day.Unit}, nil)
}

// noCallYet tells those who see the title, and nobody else, that there is nothing to read yet.
func noCallYet() error {
	return refuse(Unknown, "callsheet.draft", "这一天的通告单还没有发布", "the call sheet of this day has not been issued yet")
}

// lastCall is what was typed for the nearest day of the unit before this one.
func (s *Studio) lastCall(tx store.Txn, day *ShootDay) (CallTyped, error) {
	ids := map[string]string{} // dates by day
	err := s.r.days.Each(tx, "title", store.K().ID(day.TitleID), func(d *ShootDay) error {
		if d.Unit == day.Unit && d.Date < day.Date {
			ids[d.ID] = d.Date
		}
		return nil
	})
	out, date := CallTyped{}, ""
	if err != nil {
		return out, err
	}
	return out, s.r.callSheets.Each(tx, "title", store.K().ID(day.TitleID), func(x *CallSheet) error {
		if at := ids[x.DayID]; at > date {
			out, date = x.Typed, at
		}
		return nil
	})
}

// carried is what a new sheet takes over from the last one: who is there and whom to call, not when.
func (t CallTyped) carried() CallTyped {
	out := CallTyped{Meals: []CallMeal{}, Cast: []CallCast{}, Crew: []CallCrew{}, Contacts: append([]Contact{}, t.Contacts...), Scenes: []CallNeeds{}}
	for _, c := range t.Crew {
		out.Crew = append(out.Crew, CallCrew{Department: c.Department, Name: c.Name, PersonID: c.PersonID, Phone: c.Phone})
	}
	return out
}

// CallSheet reads a call sheet: version 0 is the draft as it stands now. Those who may not book see issued versions only.
func (s *Studio) CallSheet(ctx context.Context, by Actor, id string, version int) (CallSheetPage, error) {
	var out CallSheetPage
	err := s.view(ctx, func(tx store.Txn) error {
		sheet, err := s.callSheetFor(tx, by, id, ViewTitle)
		if err != nil {
			return err
		}
		if err := by.reads(); err != nil {
			return err
		}
		out, err = s.callPage(tx, by, sheet, version)
		return err
	})
	return out, err
}

// callSheetFor reads a call sheet of a title on which the actor may do something.
func (s *Studio) callSheetFor(tx store.Txn, by Actor, id string, a Action) (*CallSheet, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	sheet, err := found(s.r.callSheets.Get(tx, id))("callsheet")
	if err != nil {
		return nil, err
	}
	return sheet, by.must(a, sheet.TitleID, "callsheet")
}

// callPage is a version of a call sheet as the actor may see it.
func (s *Studio) callPage(tx store.Txn, by Actor, sheet *CallSheet, version int) (CallSheetPage, error) {
	out := CallSheetPage{Sheet: *sheet, Version: version, Recipients: []CallRecipient{}, Conflicts: []Clash{}}
	var err error
	if out.Versions, err = s.callVersions(tx, sheet); err != nil {
		return out, err
	}
	if by.Can(BookPlace, sheet.TitleID) {
		return out, s.callDesk(tx, by, &out)
	}
	out.Sheet.Typed = CallTyped{}.carried()
	if sheet.Issued == 0 {
		return out, noCallYet()
	}
	if version == 0 {
		out.Version = sheet.Issued
	}
	if out.Content, err = s.callVersion(tx, sheet, out.Version); err != nil {
		return out, err
	}
	if out.Changed, out.Gone, err = s.callSince(tx, sheet, out.Version-1, out.Content); err != nil {
		return out, err
	}
	return out, s.hushCall(tx, by, sheet, &out.Content)
}

// callDesk adds what those work with who may book: the draft, who gets the sheet, and what is in the way of the day.
func (s *Studio) callDesk(tx store.Txn, by Actor, out *CallSheetPage) error {
	sheet := &out.Sheet
	p, err := s.openPlan(tx, by, sheet.TitleID)
	if err != nil {
		return err
	}
	draft, err := p.draft(sheet)
	if err != nil {
		return err
	}
	changed, gone, err := s.callSince(tx, sheet, sheet.Issued, draft)
	if err != nil {
		return err
	}
	out.Pending = sheet.Issued == 0 || len(changed)+len(gone) > 0
	out.Content, out.Changed, out.Gone = draft, changed, gone
	if out.Version > 0 {
		if out.Content, err = s.callVersion(tx, sheet, out.Version); err != nil {
			return err
		}
		if out.Changed, out.Gone, err = s.callSince(tx, sheet, out.Version-1, out.Content); err != nil {
			return err
		}
	}
	if out.Conflicts, err = p.clashes(p.day(sheet.DayID)); err != nil {
		return err
	}
	out.Recipients, err = s.callRecipients(tx, sheet.ID)
	return err
}

// callVersion is the content of an issued version.
func (s *Studio) callVersion(tx store.Txn, sheet *CallSheet, version int) (CallContent, error) {
	v, err := found(s.r.callIssues.By(tx, "number", store.K().ID(sheet.ID).Int(int64(version))))("callsheet_version")
	if err != nil {
		return CallContent{}, err
	}
	return v.Content, nil
}

// callSince says what differs from a version; nothing where there is none before.
func (s *Studio) callSince(tx store.Txn, sheet *CallSheet, before int, is CallContent) (changed, gone []string, err error) {
	if before < 1 {
		return []string{}, []string{}, nil
	}
	was, err := s.callVersion(tx, sheet, before)
	if err != nil {
		return nil, nil, err
	}
	return changesOf(was, is)
}

// callVersions lists the issued versions, newest first.
func (s *Studio) callVersions(tx store.Txn, sheet *CallSheet) ([]CallVersionRow, error) {
	out, ids := []CallVersionRow{}, []string{}
	err := s.r.callIssues.Each(tx, "number", store.K().ID(sheet.ID), func(v *callIssue) error {
		ids = append(ids, v.By)
		out = append(out, CallVersionRow{Number: v.Number, At: v.Created, Note: v.Note})
		return nil
	})
	if err != nil {
		return nil, err
	}
	people, err := s.r.people.GetMany(tx, ids)
	for i, p := range people {
		if p != nil {
			out[i].ByName = p.Name
		}
	}
	slices.Reverse(out)
	return out, err
}

// hushCall leaves out the phones of a location's people, but for those who work with places and who get the sheet.
func (s *Studio) hushCall(tx store.Txn, by Actor, sheet *CallSheet, of *CallContent) error {
	if by.Can(EditPlaces, "") {
		return nil
	}
	mine, err := s.recipientOf(tx, sheet, by.Person.ID)
	if err != nil || mine != nil {
		return err
	}
	of.Places = slices.Clone(of.Places)
	for i := range of.Places {
		p := &of.Places[i]
		p.Contacts = slices.Clone(p.Contacts)
		for j := range p.Contacts {
			p.Contacts[j].Phone, p.Contacts[j].Note = "", ""
		}
	}
	return nil
}

// IssueCallSheet freezes the draft as the next version. An unchanged one is Conflict callsheet.unchanged, one of a day
// without scenes Conflict callsheet.empty. Who stands on it with an account and did not before becomes a recipient.
func (s *Studio) IssueCallSheet(ctx context.Context, by Actor, id string, rev int64, note string) (CallSheetPage, error) {
	var out CallSheetPage
	err := s.update(ctx, by, func(c *change) error {
		sheet, err := s.callSheetFor(c.tx, by, id, BookPlace)
		if err != nil {
			return err
		}
		if err := base(sheet.Rev, rev); err != nil {
			return err
		}
		v, err := c.freezeCall(sheet, note)
		if err != nil {
			return err
		}
		if err := c.callEverybody(sheet, v.Content); err != nil {
			return err
		}
		sheet.Issued, sheet.Updated = v.Number, c.now
		if err := s.r.callSheets.Put(c.tx, sheet); err != nil {
			return err
		}
		if out, err = s.callPage(c.tx, by, sheet, v.Number); err != nil {
			return err
		}
		return c.noteCall("callsheet.issued", sheet, v.Content, map[string]string{"number": strconv.Itoa(v.Number)})
	})
	return out, err
}

// freezeCall keeps the draft as the next version.
func (c *change) freezeCall(sheet *CallSheet, note string) (*callIssue, error) {
	v := &callIssue{Meta: c.meta(), SheetID: sheet.ID, Number: sheet.Issued + 1, By: c.by.Person.ID}
	var x setter
	if x.line("note", &v.Note, &note); x.err != nil {
		return nil, x.err
	}
	var err error
	if v.Content, err = c.draftCall(sheet); err != nil {
		return nil, err
	}
	if len(v.Content.Scenes) == 0 {
		return nil, conflict("callsheet.empty", "这一天还没有排场次，请先把场次排到这一天，再发布通告单", "no scenes stand on this day; put some on it, then issue the call sheet")
	}
	changed, gone, err := c.s.callSince(c.tx, sheet, sheet.Issued, v.Content)
	if err != nil {
		return nil, err
	}
	if sheet.Issued > 0 && len(changed)+len(gone) == 0 {
		return nil, conflict("callsheet.unchanged", "和第 %d 版一样，没有要发布的改动", "nothing has changed since version %d", sheet.Issued)
	}
	if err := c.s.r.callIssues.Insert(c.tx, v); err != nil {
		return nil, fmt.Errorf("issuing a call sheet: %w", err)
	}
	return v, nil
}
