package studio

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"chouka/store"
)

// Limits of what is typed into a call sheet.
const (
	callMeals    = 20
	callCast     = 300
	callCrew     = 500
	callContacts = 50
	callScenes   = 300
	callProse    = 5000 // characters of transport, safety and the note
	callNeed     = 1000 // characters of what one scene needs of one kind
)

// EditCallSheet replaces what people typed.
func (s *Studio) EditCallSheet(ctx context.Context, by Actor, id string, rev int64, in CallTyped) (CallSheetPage, error) {
	var out CallSheetPage
	err := s.update(ctx, by, func(c *change) error {
		sheet, err := s.callSheetFor(c.tx, by, id, BookPlace)
		if err != nil {
			return err
		}
		if err := base(sheet.Rev, rev); err != nil {
			return err
		}
		typed, err := cleanCall(in)
		if err != nil {
			return err
		}
		if err := c.knownInCall(sheet, typed); err != nil {
			return err
		}
		sheet.Typed, sheet.Updated = typed, c.now
		if err := s.r.callSheets.Put(c.tx, sheet); err != nil {
			return err
		}
		if out, err = s.callPage(c.tx, by, sheet, 0); err != nil {
			return err
		}
		return c.noteCall("callsheet.edited", sheet, out.Content, nil)
	})
	return out, err
}

// noteCall notes something about a call sheet.
func (c *change) noteCall(verb string, sheet *CallSheet, of CallContent, more map[string]string) error {
	params := map[string]string{"title": of.Title, "date": of.Date, "unit": of.Unit}
	for k, v := range more {
		params[k] = v
	}
	return c.note(event{Verb: verb, Kind: "callsheet", Object: sheet.ID, TitleID: sheet.TitleID, Params: params})
}

// callCleaner cleans what was typed, field by field, and keeps the first refusal with the path of its field.
type callCleaner struct{ err error }

func (x *callCleaner) set(path string, text *string, clean func(field, in string) (string, error)) {
	if x.err != nil {
		return
	}
	out, err := clean(path, *text)
	var e *Error
	if errors.As(err, &e) { // a code names no row
		head, _, _ := strings.Cut(path, "[")
		if e.Code == "invalid."+path {
			e.Code = "invalid." + head
		}
	}
	*text, x.err = out, err
}

func (x *callCleaner) lines(path string, fields map[string]*string) {
	for name, text := range fields {
		x.set(path+name, text, line)
	}
}

func (x *callCleaner) times(path string, fields map[string]*string) {
	for name, text := range fields {
		x.set(path+name, text, callTime)
	}
}

func (x *callCleaner) texts(path string, most int, fields map[string]*string) {
	for name, text := range fields {
		x.set(path+name, text, func(field, in string) (string, error) {
			out, err := prose(field, strings.TrimSpace(in))
			if err == nil && utf8.RuneCountInString(out) > most {
				return "", wrong(field, fmt.Sprintf("太长了，请控制在 %d 字以内", most), fmt.Sprintf("too long; keep it within %d characters", most))
			}
			return out, err
		})
	}
}

// cut copies a list, so that cleaning it again begins with what was sent; a list that is too long is refused.
func cut[T any](x *callCleaner, field string, in []T, most int) []T {
	if x.err == nil && len(in) > most {
		x.err = wrong(field, fmt.Sprintf("最多 %d 行，请删去一些", most), fmt.Sprintf("at most %d rows; take some away", most))
	}
	return append([]T{}, in[:min(len(in), most)]...)
}

// cleanCall checks every text, time and list; rows in which nothing stands are dropped.
func cleanCall(in CallTyped) (CallTyped, error) {
	x := &callCleaner{}
	out := in
	x.times("", map[string]*string{"makeup_at": &out.MakeupAt, "on_set_at": &out.OnSetAt, "shoot_at": &out.ShootAt, "wrap_at": &out.WrapAt})
	x.lines("", map[string]*string{"weather": &out.Weather})
	x.texts("", callProse, map[string]*string{"transport": &out.Transport, "safety": &out.Safety, "note": &out.Note})
	out.Meals = cut(x, "meals", in.Meals, callMeals)
	for i := range out.Meals {
		m, at := &out.Meals[i], fmt.Sprintf("meals[%d].", i)
		x.lines(at, map[string]*string{"name": &m.Name})
		x.times(at, map[string]*string{"at": &m.At})
	}
	out.Cast = cut(x, "cast", in.Cast, callCast)
	for i := range out.Cast {
		c, at := &out.Cast[i], fmt.Sprintf("cast[%d].", i)
		x.times(at, map[string]*string{"pickup": &c.Pickup, "makeup": &c.Makeup, "call": &c.Call, "wrap": &c.Wrap})
		x.lines(at, map[string]*string{"note": &c.Note})
	}
	out.Crew = cut(x, "crew", in.Crew, callCrew)
	for i := range out.Crew {
		c, at := &out.Crew[i], fmt.Sprintf("crew[%d].", i)
		x.lines(at, map[string]*string{"department": &c.Department, "name": &c.Name, "phone": &c.Phone, "note": &c.Note})
		x.times(at, map[string]*string{"call": &c.Call})
	}
	out.Contacts = cut(x, "contacts", in.Contacts, callContacts)
	for i := range out.Contacts {
		c, at := &out.Contacts[i], fmt.Sprintf("contacts[%d].", i)
		x.lines(at, map[string]*string{"name": &c.Name, "role": &c.Role, "phone": &c.Phone, "note": &c.Note})
	}
	out.Scenes = cut(x, "scenes", in.Scenes, callScenes)
	for i := range out.Scenes {
		n, at := &out.Scenes[i], fmt.Sprintf("scenes[%d].", i)
		x.lines(at, map[string]*string{"pages": &n.Pages})
		x.texts(at, callNeed, map[string]*string{"story_line": &n.StoryLine, "extras": &n.Extras, "wardrobe": &n.Wardrobe,
			"makeup": &n.Makeup, "props": &n.Props, "special": &n.Special})
	}
	if x.err != nil {
		return CallTyped{}, x.err
	}
	out.dropEmpty()
	return out, nil
}

// dropEmpty takes away the rows of a form that nobody filled in.
func (t *CallTyped) dropEmpty() {
	t.Meals = filledRows(t.Meals, CallMeal{})
	t.Crew = filledRows(t.Crew, CallCrew{})
	t.Contacts = filledRows(t.Contacts, Contact{})
	cast, scenes := []CallCast{}, []CallNeeds{}
	for _, c := range t.Cast {
		if c != (CallCast{ElementID: c.ElementID}) {
			cast = append(cast, c)
		}
	}
	for _, n := range t.Scenes {
		if n != (CallNeeds{SceneID: n.SceneID}) {
			scenes = append(scenes, n)
		}
	}
	t.Cast, t.Scenes = cast, scenes
}

func filledRows[T comparable](rows []T, empty T) []T {
	out := []T{}
	for _, r := range rows {
		if r != empty {
			out = append(out, r)
		}
	}
	return out
}

// knownInCall refuses characters, scenes and people that the title and the house do not have. What stood on the sheet
// before and has left the script since may stay: it is not shown, and comes back when it does.
func (c *change) knownInCall(sheet *CallSheet, in CallTyped) error {
	had := map[string]bool{}
	for _, x := range sheet.Typed.Cast {
		had[x.ElementID] = true
	}
	for _, x := range sheet.Typed.Scenes {
		had[x.SceneID] = true
	}
	for _, x := range sheet.Typed.Crew {
		had[x.PersonID] = true
	}
	seen := map[string]bool{}
	for i, x := range in.Cast {
		e, err := c.s.r.elements.Get(c.tx, x.ElementID)
		fits := err == nil && e.TitleID == sheet.TitleID && e.Kind == ElementCharacter
		if err := known(err, fits || had[x.ElementID], seen[x.ElementID], fmt.Sprintf("cast[%d].element_id", i)); err != nil {
			return err
		}
		seen[x.ElementID] = true
	}
	for i, x := range in.Scenes {
		rec, err := c.s.r.scenes.Get(c.tx, x.SceneID)
		fits := err == nil && rec.TitleID == sheet.TitleID
		if err := known(err, fits || had[x.SceneID], seen[x.SceneID], fmt.Sprintf("scenes[%d].scene_id", i)); err != nil {
			return err
		}
		seen[x.SceneID] = true
	}
	for i, x := range in.Crew {
		if x.PersonID == "" {
			continue
		}
		p, err := c.s.r.people.Get(c.tx, x.PersonID)
		fits := err == nil && p.Active
		if err := known(err, fits || had[x.PersonID], false, fmt.Sprintf("crew[%d].person_id", i)); err != nil {
			return err
		}
	}
	return nil
}

// known says what is wrong with the id of a row: not there, or there twice.
func known(err error, fits, twice bool, field string) error {
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return fmt.Errorf("reading what a call sheet names: %w", err)
	case !fits:
		e := wrong(field, "通告单里的角色、场次或成员已不在这里，请刷新后再改", "a character, scene or person of the call sheet is not there; reload and try again")
		e.Code = "invalid.callsheet_row"
		return e
	case twice:
		e := wrong(field, "同一个角色或同一场只写一行", "a character and a scene have one row each")
		e.Code = "invalid.callsheet_twice"
		return e
	}
	return nil
}
