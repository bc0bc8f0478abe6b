package studio

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"chouka/store"
)

// SheetUse is one take that was drawn from a sheet.
type SheetUse struct {
	Take     Take   `json:"take"`
	Label    string `json:"label"` // the shot's
	Edition  int64  `json:"edition"`
	How      string `json:"how" enum:"file,chosen,shown"`
	Picked   bool   `json:"picked"`
	Outdated bool   `json:"outdated"` // drawn from an edition that was replaced since
}

// SheetUses lists the takes that were drawn from a sheet: picked ones first, those from replaced editions before the
// others. A take that was drawn from several editions stands under the oldest. The takes of one attempt are not parted,
// so that a page may be longer than its limit by as many.
func (s *Studio) SheetUses(ctx context.Context, by Actor, id string, outdated bool, p Page) (List[SheetUse], error) {
	out := List[SheetUse]{Items: []SheetUse{}}
	err := s.view(ctx, func(tx store.Txn) error {
		r, err := s.sheetSeen(tx, by, id)
		if err != nil {
			return err
		}
		u := uses{s: s, tx: tx, sheet: r, end: r.Edition + 1, limit: p.Limit, shots: map[string]*Shot{}, out: []SheetUse{}}
		if outdated {
			u.end = r.Edition
		}
		if u.limit <= 0 {
			u.limit = store.DefaultPage
		}
		u.limit = min(u.limit, store.MaxPage)
		out.Next, err = u.read(p.After)
		out.Items = u.out
		return err
	})
	return out, err
}

// uses reads one page: first the shots whose picks were drawn from the sheet, then the attempts.
type uses struct {
	s     *Studio
	tx    store.Txn
	sheet *Reference
	end   int64 // the edition behind the last one that is wanted
	limit int
	shots map[string]*Shot
	out   []SheetUse
}

// The two parts of the list, as they stand before the cursor.
const (
	partPicks    = "p"
	partAttempts = "a"
)

func (u *uses) read(after string) (string, error) {
	part, cursor, _ := strings.Cut(after, ".")
	switch {
	case part == partAttempts && strings.Contains(after, "."):
	case after == "" || part == partPicks && cursor != "":
		next, err := u.picks(cursor)
		if err != nil {
			return "", err
		}
		if next != "" {
			return partPicks + "." + next, nil
		}
		cursor = ""
	default:
		return "", store.ErrCursor
	}
	next, more, err := u.attempts(cursor)
	if err != nil || !more {
		return "", err
	}
	return partAttempts + "." + next, nil
}

// picks adds shots whose picks were drawn from the sheet, and gives the cursor of the next ones.
func (u *uses) picks(cursor string) (string, error) {
	key := func(edition int64) store.Key { return store.K().ID(u.sheet.ID).Int(edition) }
	got, err := u.s.r.shots.ListRange(u.tx, "sheet", key(0), key(u.end), Page{Limit: u.limit, After: cursor})
	if err != nil {
		return "", err
	}
	for _, x := range got.Items {
		t, err := u.s.r.takes.Get(u.tx, x.Pick.TakeID)
		if err != nil {
			return "", fmt.Errorf("reading a pick: %w", err)
		}
		if err := u.add(t, x, x.Pick.Sheets, true); err != nil {
			return "", err
		}
	}
	return got.Next, nil
}

// attempts adds what attempts gave besides picks, and says whether there is more, and from where.
func (u *uses) attempts(cursor string) (string, bool, error) {
	for range store.MaxPage {
		got, err := u.s.r.attempts.ListRange(u.tx, "sheet", useKey(u.sheet.ID, useLive, 0), useKey(u.sheet.ID, useLive, u.end), Page{Limit: 1, After: cursor})
		if err != nil || len(got.Items) == 0 {
			return "", false, err
		}
		if len(u.out) >= u.limit {
			return cursor, true, nil
		}
		if err := u.takes(got.Items[0]); err != nil {
			return "", false, err
		}
		if cursor = got.Next; cursor == "" {
			return "", false, nil
		}
	}
	return cursor, true, nil
}

// takes adds the live takes of an attempt that are no pick.
func (u *uses) takes(a *Attempt) error {
	x := u.shots[a.ShotID]
	if x == nil {
		var err error
		if x, err = u.s.r.shots.Get(u.tx, a.ShotID); err != nil {
			return fmt.Errorf("reading the shot of an attempt: %w", err)
		}
		u.shots[a.ShotID] = x
	}
	if x.Deleted != nil {
		return nil
	}
	return u.s.r.takes.Each(u.tx, "attempt", store.K().ID(a.ID), func(t *Take) error {
		if t.Deleted != nil || x.Pick != nil && x.Pick.TakeID == t.ID {
			return nil
		}
		return u.add(t, x, a.Sheets, false)
	})
}

func (u *uses) add(t *Take, x *Shot, sheets []UsedSheet, picked bool) error {
	from := oldest(sheets)
	i := slices.IndexFunc(from, func(o UsedSheet) bool { return o.ReferenceID == u.sheet.ID })
	if i < 0 {
		return fmt.Errorf("take %s stands under a sheet that it does not name", t.ID)
	}
	use := SheetUse{Take: *t, Label: x.Label, Edition: from[i].Edition, How: from[i].How, Picked: picked, Outdated: from[i].Edition < u.sheet.Edition}
	if err := u.s.freshTake(u.tx, &use.Take); err != nil {
		return err
	}
	u.out = append(u.out, use)
	return nil
}
