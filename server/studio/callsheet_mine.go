package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/store"
)

// lateHours is how long after midnight the call sheet of the day before is still shown: a night slot may not be over.
const lateHours = 6 * time.Hour

// MyCalls lists the newest issued call sheets of today and later in which the asking person stands.
func (s *Studio) MyCalls(ctx context.Context, by Actor) ([]MyCall, error) {
	if err := by.reads(); err != nil {
		return nil, err
	}
	out := []MyCall{}
	err := s.view(ctx, func(tx store.Txn) error {
		zone, err := s.zone(tx)
		if err != nil {
			return err
		}
		from := s.now().Add(-lateHours).In(zone).Format(time.DateOnly)
		got, err := s.r.recipients.ListRange(tx, "person", store.K().ID(by.Person.ID).Text(from), store.K().ID(by.Person.ID).Text("9999-99-99"), Page{Limit: homeRows})
		if err != nil {
			return err
		}
		for _, r := range got.Items {
			row, err := s.myCall(tx, r)
			if err != nil {
				return err
			}
			if row.Version > 0 {
				out = append(out, row)
			}
		}
		return nil
	})
	return out, err
}

// myCall is a call sheet in somebody's list; version 0 is one that was not issued yet.
func (s *Studio) myCall(tx store.Txn, r *recipient) (MyCall, error) {
	sheet, err := found(s.r.callSheets.Get(tx, r.SheetID))("callsheet")
	if err != nil || sheet.Issued == 0 {
		return MyCall{}, err
	}
	p, err := s.personCall(tx, sheet, r.Who)
	if err != nil {
		return MyCall{}, err
	}
	out := MyCall{SheetID: sheet.ID, Title: p.Content.Title, Date: p.Content.Date, First: p.First, Version: p.Version, Confirmed: p.Confirmed}
	if len(p.Content.Places) > 0 {
		out.Place = p.Content.Places[0].Name
	}
	return out, nil
}

// MyCallSheet is the newest issued version as the asking person gets it; reading it is noted.
func (s *Studio) MyCallSheet(ctx context.Context, by Actor, id string) (PersonCall, error) {
	return s.mine(ctx, by, id, func(c *change, sheet *CallSheet, r *recipient) error {
		if r == nil {
			return nil // somebody of the title who only looks
		}
		return c.got(r, sheet.Issued, false)
	})
}

// ConfirmCall notes that the asking person got a version.
func (s *Studio) ConfirmCall(ctx context.Context, by Actor, id string, version int) (PersonCall, error) {
	return s.mine(ctx, by, id, func(c *change, sheet *CallSheet, r *recipient) error {
		if r == nil {
			return conflict("callsheet.not_recipient", "你不在这张通告单的接收人里，不需要确认", "you are not among those who get this call sheet; there is nothing to confirm")
		}
		return c.confirm(sheet, r, version)
	})
}

// mine gives the asking person their call sheet after fn noted what they did with it.
func (s *Studio) mine(ctx context.Context, by Actor, id string, fn func(*change, *CallSheet, *recipient) error) (PersonCall, error) {
	if err := by.self(); err != nil {
		return PersonCall{}, err
	}
	var out PersonCall
	err := s.update(ctx, by, func(c *change) error {
		sheet, err := found(s.r.callSheets.Get(c.tx, id))("callsheet")
		if err != nil {
			return err
		}
		r, err := s.recipientOf(c.tx, sheet, by.Person.ID)
		if err != nil {
			return err
		}
		switch {
		case r == nil && !by.sees(sheet.TitleID):
			return unknown("callsheet")
		case sheet.Issued == 0:
			return noCallYet()
		}
		if err := fn(c, sheet, r); err != nil {
			return err
		}
		who := CallRecipient{Name: by.Person.Name, PersonID: by.Person.ID}
		if r != nil {
			who = r.Who
		}
		if out, err = s.personCall(c.tx, sheet, who); err != nil {
			return err
		}
		return s.hushCall(c.tx, by, sheet, &out.Content)
	})
	return out, err
}

// LinkedCall is MyCallSheet for whoever has the secret address. It names no phone numbers but those on the sheet.
func (s *Studio) LinkedCall(ctx context.Context, from Trace, secret string) (PersonCall, error) {
	return s.linked(ctx, from, secret, func(c *change, sheet *CallSheet, r *recipient) error {
		return c.got(r, sheet.Issued, false)
	})
}

// ConfirmLinkedCall notes that whoever has the secret address got a version.
func (s *Studio) ConfirmLinkedCall(ctx context.Context, from Trace, secret string, version int) (PersonCall, error) {
	return s.linked(ctx, from, secret, func(c *change, sheet *CallSheet, r *recipient) error {
		return c.confirm(sheet, r, version)
	})
}

// linked gives the holder of a secret address their call sheet. A wrong address, one that ended and one of a sheet that
// was never issued are all answered alike, and wrong ones ever more slowly.
func (s *Studio) linked(ctx context.Context, from Trace, secret string, fn func(*change, *CallSheet, *recipient) error) (PersonCall, error) {
	key := "from:call:" + network(from.Address)
	if wait := s.tries.wait(s.now(), key); wait > 0 {
		return PersonCall{}, tooMany(wait)
	}
	var out PersonCall
	// A guess is looked up first, so that guessing writes nothing.
	err := s.view(ctx, func(tx store.Txn) error {
		_, _, err := s.linkedTo(tx, secret)
		return err
	})
	if IsKind(err, Unknown) {
		s.tries.failed(s.now(), key)
	}
	if err != nil {
		return PersonCall{}, err
	}
	err = s.update(ctx, Actor{Trace: from}, func(c *change) error {
		sheet, r, err := s.linkedTo(c.tx, secret)
		if err != nil {
			return err
		}
		if err := fn(c, sheet, r); err != nil {
			return err
		}
		out, err = s.personCall(c.tx, sheet, r.Who)
		return err
	})
	return out, err
}

// linkedTo is the issued call sheet of a secret address, with whose it is.
func (s *Studio) linkedTo(tx store.Txn, secret string) (*CallSheet, *recipient, error) {
	hash := store.K().Text(tokenHash(secret))
	r, err := s.r.recipients.By(tx, "hash", hash)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil, s.calledOff(tx, hash)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("looking for a secret address: %w", err)
	}
	sheet, err := found(s.r.callSheets.Get(tx, r.SheetID))("callsheet")
	if err == nil && sheet.Issued == 0 {
		err = unknown("callsheet")
	}
	return sheet, r, err
}

// calledOff tells the holder of a secret address that the day was deleted after its call sheet was issued.
func (s *Studio) calledOff(tx store.Txn, hash store.Key) error {
	g, err := found(s.r.goneSheets.By(tx, "hash", hash))("callsheet")
	if err != nil {
		return err
	}
	if g.Sheet.Issued == 0 {
		return unknown("callsheet")
	}
	return conflict("callsheet.off", "%s 的拍摄已取消，通告单作废；有疑问请联系剧组", "the shooting day of %s is called off, and its call sheet no longer holds; ask the crew if in doubt", g.Date)
}

// personCall is the newest version as one person gets it. What changed is told against the version that they said they
// have, where that is an older one than the last but one.
func (s *Studio) personCall(tx store.Txn, sheet *CallSheet, who CallRecipient) (PersonCall, error) {
	content, err := s.callVersion(tx, sheet, sheet.Issued)
	if err != nil {
		return PersonCall{}, err
	}
	out := PersonCall{SheetID: sheet.ID, Name: who.Name, Version: sheet.Issued, Content: content, Confirmed: who.Confirmed}
	if err := s.standsOn(tx, who, &out); err != nil {
		return PersonCall{}, err
	}
	before := sheet.Issued - 1
	if who.Confirmed > 0 {
		before = min(before, who.Confirmed)
	}
	out.Changed, _, err = s.callSince(tx, sheet, before, content)
	return out, err
}

// standsOn finds a person's own rows: by performer and account first, by name where those say nothing.
func (s *Studio) standsOn(tx store.Txn, who CallRecipient, out *PersonCall) error {
	mine, err := s.performersOf(tx, who, out.Content.Cast)
	if err != nil {
		return err
	}
	out.Mine, out.MyCrew, out.MyScenes = []CallActor{}, []CallCrew{}, []string{}
	name := nameKey(who.Name)
	take := func(actor func(CallActor) bool, crew func(CallCrew) bool) {
		for _, a := range out.Content.Cast {
			if actor(a) {
				out.Mine = append(out.Mine, a)
			}
		}
		for _, k := range out.Content.Crew {
			if crew(k) {
				out.MyCrew = append(out.MyCrew, k)
			}
		}
	}
	take(func(a CallActor) bool { return mine[a.PerformerID] },
		func(k CallCrew) bool { return k.PersonID != "" && k.PersonID == who.PersonID })
	if len(out.Mine)+len(out.MyCrew) == 0 && name != "" {
		take(func(a CallActor) bool { return nameKey(a.Performer) == name },
			func(k CallCrew) bool { return k.PersonID == "" && nameKey(k.Name) == name })
	}
	times := []string{}
	for _, a := range out.Mine {
		times = append(times, a.Pickup, a.Makeup, a.Call)
	}
	for _, k := range out.MyCrew {
		times = append(times, k.Call)
	}
	if out.First = earliestCall(times...); out.First == "" {
		out.First = out.Content.CallAt
	}
	for _, row := range out.Content.Scenes {
		// The crew is there for every scene.
		if len(out.MyCrew) > 0 || slices.ContainsFunc(out.Mine, func(a CallActor) bool { return slices.Contains(a.Scenes, row.Code) }) {
			out.MyScenes = append(out.MyScenes, row.Code)
		}
	}
	return nil
}

// performersOf are the performers on the sheet who are this person.
func (s *Studio) performersOf(tx store.Txn, who CallRecipient, cast []CallActor) (map[string]bool, error) {
	out, ids := map[string]bool{}, []string{}
	for _, a := range cast {
		if a.PerformerID != "" {
			ids = append(ids, a.PerformerID)
		}
	}
	got, err := s.r.performers.GetMany(tx, ids)
	for i, id := range ids {
		p := got[i]
		out[id] = id == who.PerformerID || p != nil && p.PersonID != "" && p.PersonID == who.PersonID
	}
	return out, err
}
