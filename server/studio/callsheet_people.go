package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"chouka/store"
)

// recipientLimit is how many people get one call sheet.
const recipientLimit = 500

// AddRecipient adds somebody who gets the call sheet, with a secret address for those without an account.
func (s *Studio) AddRecipient(ctx context.Context, by Actor, id string, in RecipientIn) (MadeLink, error) {
	// Not through create: a kept answer would keep the secret.
	return s.changeRecipients(ctx, by, id, "callsheet.recipient_added", func(c *change, sheet *CallSheet) (MadeLink, error) {
		who, err := c.newRecipient(in)
		if err != nil {
			return MadeLink{}, err
		}
		have, err := s.callRecipients(c.tx, sheet.ID)
		if err != nil {
			return MadeLink{}, err
		}
		if len(have) >= recipientLimit {
			return MadeLink{}, conflict("recipient.many", "一张通告单最多 500 个接收人", "a call sheet has at most 500 recipients")
		}
		if slices.ContainsFunc(have, who.same) {
			return MadeLink{}, conflict("recipient.twice", "这个人已经在接收人里了", "this person gets the call sheet already")
		}
		r, key, err := c.addRecipient(sheet, who)
		return MadeLink{Recipient: r.Who, Secret: key}, err
	})
}

// RenewRecipient gives a recipient a new secret address; the old one ends.
func (s *Studio) RenewRecipient(ctx context.Context, by Actor, id, recipientID string) (MadeLink, error) {
	return s.changeRecipients(ctx, by, id, "callsheet.recipient_renewed", func(c *change, sheet *CallSheet) (MadeLink, error) {
		r, err := c.recipient(sheet, recipientID)
		if err != nil {
			return MadeLink{}, err
		}
		if r.Who.PersonID != "" {
			return MadeLink{}, conflict("recipient.account", "这个人有账号，登录后就能看到通告单，不需要链接", "this person has an account and sees the call sheet once signed in; no address is needed")
		}
		key := secret(24)
		r.Hash, r.Who.Linked, r.Updated = tokenHash(key), true, c.now
		return MadeLink{Recipient: r.Who, Secret: key}, s.r.recipients.Put(c.tx, r)
	})
}

// RemoveRecipient takes a recipient away; their address ends.
func (s *Studio) RemoveRecipient(ctx context.Context, by Actor, id, recipientID string) error {
	_, err := s.changeRecipients(ctx, by, id, "callsheet.recipient_removed", func(c *change, sheet *CallSheet) (MadeLink, error) {
		r, err := c.recipient(sheet, recipientID)
		if err != nil {
			return MadeLink{}, err
		}
		if err := s.r.recipients.Delete(c.tx, r.ID); err != nil {
			return MadeLink{}, err
		}
		return MadeLink{Recipient: r.Who}, c.callOffLost(sheet, r.Who.PersonID)
	})
	return err
}

// changeRecipients is one change to who gets a call sheet. The sheet itself stays as it is: nobody's edit is in the way.
func (s *Studio) changeRecipients(ctx context.Context, by Actor, id, verb string, fn func(*change, *CallSheet) (MadeLink, error)) (MadeLink, error) {
	var out MadeLink
	err := s.update(ctx, by, func(c *change) error {
		sheet, err := s.callSheetFor(c.tx, by, id, BookPlace)
		if err != nil {
			return err
		}
		if out, err = fn(c, sheet); err != nil {
			return err
		}
		return c.noteRecipient(verb, sheet, out.Recipient, nil)
	})
	return out, err
}

func (c *change) noteRecipient(verb string, sheet *CallSheet, who CallRecipient, more map[string]string) error {
	day, err := found(c.s.r.days.Get(c.tx, sheet.DayID))("day")
	if err != nil {
		return err
	}
	title, err := found(c.s.r.titles.Get(c.tx, sheet.TitleID))("title")
	if err != nil {
		return err
	}
	params := map[string]string{"name": who.Name}
	for k, v := range more {
		params[k] = v
	}
	return c.noteCall(verb, sheet, CallContent{Title: title.Name, Date: day.Date, Unit: day.Unit}, params)
}

// newRecipient reads who is meant: an account, a performer, or a name alone.
func (c *change) newRecipient(in RecipientIn) (CallRecipient, error) {
	out := CallRecipient{PersonID: in.PersonID, PerformerID: in.PerformerID}
	var x setter
	x.line("name", &out.Name, &in.Name)
	switch {
	case x.err != nil:
		return out, x.err
	case in.PersonID != "" && in.PerformerID != "":
		return out, wrong("performer_id", "账号和演员只选一个", "choose an account or a performer, not both")
	case in.PersonID == "" && in.PerformerID == "":
		x.needed("name", &out.Name, &in.Name)
		return out, x.err
	}
	return out, c.nameRecipient(&out)
}

// nameRecipient takes the name, and of a performer the account, as they are now.
func (c *change) nameRecipient(who *CallRecipient) error {
	if who.PerformerID != "" {
		p, err := found(c.s.r.performers.Get(c.tx, who.PerformerID))("performer")
		if err != nil {
			return err
		}
		who.Name = p.Name
		if p.PersonID != "" {
			who.PersonID = p.PersonID
		}
		return nil
	}
	p, err := found(c.s.r.people.Get(c.tx, who.PersonID))("person")
	if err != nil {
		return err
	}
	if !p.Active {
		return unknown("person")
	}
	who.Name = p.Name
	return nil
}

// same reports whether two recipients are one person: two bare names may be two people.
func (r CallRecipient) same(o CallRecipient) bool {
	return r.PersonID != "" && r.PersonID == o.PersonID || r.PerformerID != "" && r.PerformerID == o.PerformerID
}

// addRecipient keeps a recipient; those without an account get a secret address.
func (c *change) addRecipient(sheet *CallSheet, who CallRecipient) (*recipient, string, error) {
	day, err := found(c.s.r.days.Get(c.tx, sheet.DayID))("day")
	if err != nil {
		return nil, "", err
	}
	r, key := &recipient{Meta: c.meta(), SheetID: sheet.ID, Date: day.Date, Who: who}, ""
	r.Who.ID = r.ID
	if who.PersonID == "" {
		key = secret(24)
		r.Hash, r.Who.Linked = tokenHash(key), true
	}
	if err := c.s.r.recipients.Insert(c.tx, r); err != nil {
		return nil, "", fmt.Errorf("adding a recipient: %w", err)
	}
	return r, key, c.callBack(sheet, who.PersonID)
}

// recipient reads one of a call sheet's.
func (c *change) recipient(sheet *CallSheet, id string) (*recipient, error) {
	r, err := found(c.s.r.recipients.Get(c.tx, id))("recipient")
	if err != nil {
		return nil, err
	}
	if r.SheetID != sheet.ID {
		return nil, unknown("recipient")
	}
	return r, nil
}

func (s *Studio) callRecipients(tx store.Txn, sheetID string) ([]CallRecipient, error) {
	out := []CallRecipient{}
	err := s.r.recipients.Each(tx, "sheet", store.K().ID(sheetID), func(r *recipient) error {
		out = append(out, r.Who)
		return nil
	})
	return out, err
}

// recipientOf finds an account among those who get a call sheet; nil when it is not there.
func (s *Studio) recipientOf(tx store.Txn, sheet *CallSheet, personID string) (*recipient, error) {
	var out *recipient
	err := s.r.recipients.Each(tx, "sheet", store.K().ID(sheet.ID), func(r *recipient) error {
		if r.Who.PersonID == personID {
			out = r
		}
		return nil
	})
	return out, err
}

// eachRecipient changes every recipient of a call sheet.
func (c *change) eachRecipient(sheet *CallSheet, edit func(*recipient) error) error {
	var all []*recipient
	err := c.s.r.recipients.Each(c.tx, "sheet", store.K().ID(sheet.ID), func(r *recipient) error {
		all = append(all, r)
		return nil
	})
	for _, r := range all {
		if err == nil {
			err = edit(r)
		}
	}
	return err
}

// callEverybody brings the recipients up to date when a sheet is issued: performers who have an account by now lose
// their address, and accounts that stand on the sheet and did not before get it.
func (c *change) callEverybody(sheet *CallSheet, is CallContent) error {
	err := c.eachRecipient(sheet, func(r *recipient) error {
		was := r.Who
		if err := c.nameRecipient(&r.Who); err != nil && !IsKind(err, Unknown) {
			return err
		}
		if r.Who == was {
			return nil
		}
		if r.Who.PersonID != "" {
			r.Hash, r.Who.Linked = "", false
		}
		r.Updated = c.now
		if err := c.s.r.recipients.Put(c.tx, r); err != nil || was.PersonID == r.Who.PersonID {
			return err
		}
		if err := c.callOffLost(sheet, was.PersonID); err != nil {
			return err
		}
		return c.callBack(sheet, r.Who.PersonID)
	})
	if err != nil {
		return err
	}
	now, err := c.s.accountsOn(c.tx, is)
	if err != nil {
		return err
	}
	var before []CallRecipient
	if sheet.Issued > 0 {
		was, err := c.s.callVersion(c.tx, sheet, sheet.Issued)
		if err != nil {
			return err
		}
		if before, err = c.s.accountsOn(c.tx, was); err != nil {
			return err
		}
	}
	have, err := c.s.callRecipients(c.tx, sheet.ID)
	if err != nil {
		return err
	}
	if err := c.callTurns(sheet, before, now, have); err != nil {
		return err
	}
	for _, who := range now {
		if err != nil || len(have) >= recipientLimit {
			return err
		}
		if slices.ContainsFunc(before, who.same) || slices.ContainsFunc(have, who.same) {
			continue
		}
		have = append(have, who)
		_, _, err = c.addRecipient(sheet, who)
	}
	return err
}

// accountsOn are those on a call sheet who sign in here.
func (s *Studio) accountsOn(tx store.Txn, of CallContent) ([]CallRecipient, error) {
	out := []CallRecipient{}
	add := func(who CallRecipient) error {
		p, err := s.r.people.Get(tx, who.PersonID)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err == nil && p.Active && !slices.ContainsFunc(out, who.same) {
			out = append(out, who)
		}
		return err
	}
	for _, a := range of.Cast {
		p, err := s.r.performers.GetMany(tx, []string{a.PerformerID})
		if err != nil {
			return nil, err
		}
		if p[0] != nil && p[0].PersonID != "" {
			if err := add(CallRecipient{Name: p[0].Name, PersonID: p[0].PersonID, PerformerID: p[0].ID}); err != nil {
				return nil, err
			}
		}
	}
	for _, k := range of.Crew {
		if k.PersonID != "" {
			if err := add(CallRecipient{Name: k.Name, PersonID: k.PersonID}); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// dateCalls lets the recipients of a day's call sheet follow its date, by which their home page finds them.
func (c *change) dateCalls(day *ShootDay) error {
	sheet, err := c.s.callSheetOf(c.tx, day.ID)
	if err != nil || sheet == nil {
		return err
	}
	return c.eachRecipient(sheet, func(r *recipient) error {
		r.Date, r.Updated = day.Date, c.now
		return c.s.r.recipients.Put(c.tx, r)
	})
}

// got notes the newest version that somebody opened or said they have.
func (c *change) got(r *recipient, version int, confirmed bool) error {
	who := &r.Who
	if version <= who.Opened && (!confirmed || version <= who.Confirmed) {
		return nil
	}
	at := c.now
	if version > who.Opened {
		who.Opened, who.OpenedAt = version, &at
	}
	if confirmed && version > who.Confirmed {
		who.Confirmed, who.ConfirmedAt = version, &at
	}
	r.Updated = at
	return c.s.r.recipients.Put(c.tx, r)
}

func (c *change) confirm(sheet *CallSheet, r *recipient, version int) error {
	if version < 1 || version > sheet.Issued {
		return wrong("version", "没有这一版通告单，请刷新后再确认", "the call sheet has no such version; reload and confirm again")
	}
	fresh := version > r.Who.Confirmed
	if err := c.got(r, version, true); err != nil || !fresh {
		return err
	}
	return c.noteRecipient("callsheet.got", sheet, r.Who, map[string]string{"number": strconv.Itoa(version)})
}
