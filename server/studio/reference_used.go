package studio

import (
	"errors"
	"fmt"
	"slices"

	"chouka/store"
)

// UsedSheet is an edition of a sheet that an attempt was drawn from. How says why that is known: its picture was among
// the attempt's own (file), somebody named it (chosen), or it stood beside the prompt when the attempt was logged (shown).
type UsedSheet struct {
	ReferenceID string `json:"reference_id"`
	Edition     int64  `json:"edition"`
	How         string `json:"how" enum:"file,chosen,shown"`
}

// The ways in which it is known that an attempt was drawn from a sheet, the surest first.
const (
	usedFile   = "file"
	usedChosen = "chosen"
	usedShown  = "shown"
)

// maxSheets is how many editions of sheets one attempt names.
const maxSheets = 100

// SheetIn names a sheet that an attempt was drawn from.
type SheetIn struct {
	ReferenceID string `json:"reference_id"`
	Edition     int64  `json:"edition,omitempty" doc:"the current one when absent"`
}

// surer reports whether way a says more than way b.
func surer(a, b string) bool {
	ways := []string{usedFile, usedChosen, usedShown}
	return slices.Index(ways, a) < slices.Index(ways, b)
}

// use notes editions of sheets, each once and by the surest way. What merely stood beside the prompt says nothing about
// a sheet of which the edition is known by a surer way.
func (a *Attempt) use(more ...UsedSheet) {
	for _, u := range more {
		i := slices.IndexFunc(a.Sheets, func(o UsedSheet) bool { return o.ReferenceID == u.ReferenceID && o.Edition == u.Edition })
		switch {
		case i >= 0 && surer(u.How, a.Sheets[i].How):
			a.Sheets[i].How = u.How
		case i < 0 && len(a.Sheets) < maxSheets:
			a.Sheets = append(a.Sheets, u)
		}
	}
	known := map[string]bool{}
	for _, u := range a.Sheets {
		known[u.ReferenceID] = known[u.ReferenceID] || u.How != usedShown
	}
	a.Sheets = slices.DeleteFunc(a.Sheets, func(u UsedSheet) bool { return u.How == usedShown && known[u.ReferenceID] })
}

// useShown notes what stood beside the prompt: the sheets of what the shot shows. Programs see no prompt, and cameras follow none.
func (c *change) useShown(x *Shot, a *Attempt) error {
	if c.by.Token != "" || a.Kind == kindCamera {
		return nil
	}
	sheets, err := c.s.r.sheetsOf(c.tx, x.TitleID, x.Cast)
	for _, r := range sheets {
		a.use(UsedSheet{ReferenceID: r.ID, Edition: r.Edition, How: usedShown})
	}
	return err
}

// useFiles notes the sheets of the title whose pictures are among the attempt's own, byte for byte.
func (c *change) useFiles(a *Attempt) error {
	for _, b := range a.Beside {
		if b.Kind != "picture" {
			continue
		}
		err := c.s.r.references.Each(c.tx, "picture", store.K().Text(b.SHA256).ID(a.TitleID), func(r *Reference) error {
			a.use(UsedSheet{ReferenceID: r.ID, Edition: r.editionOf(b.SHA256), How: usedFile})
			return nil
		})
		if err != nil {
			return fmt.Errorf("looking for the sheet of a picture: %w", err)
		}
	}
	return nil
}

// chosen are the sheets of a title that somebody named.
func (c *change) chosen(titleID string, in []SheetIn) ([]UsedSheet, error) {
	if len(in) > maxSheets {
		return nil, wrong("sheets", "参考图最多 100 张", "at most 100 reference sheets")
	}
	var out []UsedSheet
	for _, x := range in {
		r, err := c.s.r.references.Get(c.tx, x.ReferenceID)
		if errors.Is(err, store.ErrNotFound) || err == nil && r.TitleID != titleID {
			return nil, wrong("sheets", "这部剧里没有这张参考图，请重新选择", "the title has no such reference sheet; choose again")
		}
		if err != nil {
			return nil, fmt.Errorf("reading a reference sheet: %w", err)
		}
		if x.Edition == 0 {
			x.Edition = r.Edition
		}
		if x.Edition < 1 || x.Edition > r.Edition {
			return nil, wrong("sheets", "这张参考图没有那一版，请重新选择", "the reference sheet has no such edition; choose again")
		}
		if u := (UsedSheet{ReferenceID: r.ID, Edition: x.Edition, How: usedChosen}); !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out, nil
}

// rechoose sets what an attempt was drawn from to what somebody says: only what its own files show stays besides.
func (c *change) rechoose(a *Attempt, in []SheetIn) error {
	named, err := c.chosen(a.TitleID, in)
	if err != nil {
		return err
	}
	a.Sheets = slices.DeleteFunc(a.Sheets, func(u UsedSheet) bool { return u.How != usedFile })
	a.use(named...)
	return nil
}

// resheet is for an attempt that comes to another title, whose sheets are others: only its own files say something there.
func (c *change) resheet(a *Attempt) error {
	a.Sheets, a.DayID = []UsedSheet{}, "" // its shooting day is the other title's too
	return c.useFiles(a)
}

// oldest gives each sheet once, by its oldest edition: of a take that was drawn from several, that one is what counts.
func oldest(sheets []UsedSheet) []UsedSheet {
	var out []UsedSheet
	for _, u := range sheets {
		i := slices.IndexFunc(out, func(o UsedSheet) bool { return o.ReferenceID == u.ReferenceID })
		switch {
		case i < 0:
			out = append(out, u)
		case u.Edition < out[i].Edition:
			out[i] = u
		}
	}
	return out
}

// drawnFrom reports whether any attempt, a deleted or failed one too, names an edition.
func (c *change) drawnFrom(sheet string, edition int64) (bool, error) {
	for _, part := range []byte{useLive, useGone, useAlso} {
		ids, _, err := c.s.r.attempts.IDs(c.tx, "sheet", useKey(sheet, part, edition), Page{Limit: 1})
		if err != nil || len(ids) > 0 {
			return len(ids) > 0, err
		}
	}
	return false, nil
}

// The parts of the index of attempts by sheet.
const (
	useLive byte = iota // those that gave something, by the oldest edition that they name
	useGone             // the others, deleted ones too
	useAlso             // all, by each further edition that they name
)

func useKey(sheet string, part byte, edition int64) store.Key {
	return store.K().ID(sheet).Byte(part).Int(edition)
}

// useKeys puts an attempt under each sheet that it was drawn from.
func useKeys(a *Attempt) []store.Key {
	part := useLive
	if a.Deleted != nil || a.Status != Succeeded {
		part = useGone
	}
	var keys []store.Key
	first := oldest(a.Sheets)
	for _, u := range a.Sheets {
		if !slices.Contains(first, u) {
			keys = append(keys, useKey(u.ReferenceID, useAlso, u.Edition))
			continue
		}
		keys = append(keys, useKey(u.ReferenceID, part, u.Edition).Time(a.At))
	}
	return keys
}

// pickKeys puts a shot under each sheet that its pick was drawn from.
func pickKeys(x *Shot) []store.Key {
	var keys []store.Key
	if x.Pick == nil || x.Deleted != nil {
		return nil
	}
	for _, u := range oldest(x.Pick.Sheets) {
		keys = append(keys, store.K().ID(u.ReferenceID).Int(u.Edition).Int(int64(x.Episode)).Int(x.SceneAt).Int(x.Order))
	}
	return keys
}

// tellPick tells the pick of a shot when its attempt's sheets have changed.
func (c *change) tellPick(was, is *Attempt) error {
	if slices.Equal(was.Sheets, is.Sheets) {
		return nil
	}
	x, err := c.s.r.shots.Get(c.tx, is.ShotID)
	if err != nil {
		return fmt.Errorf("reading the shot of an attempt: %w", err)
	}
	if x.Pick == nil {
		return nil
	}
	t, err := c.s.r.takes.Get(c.tx, x.Pick.TakeID)
	if err != nil {
		return fmt.Errorf("reading a pick: %w", err)
	}
	if t.AttemptID != is.ID {
		return nil
	}
	x.Pick.Sheets = slices.Clone(is.Sheets)
	return c.putShot(x)
}

// sheets checks that what attempts and picks say that they were drawn from is there, and that both say the same.
func (r *recount) sheets() error {
	editions := map[string]*Reference{}
	err := r.s.r.references.All(r.tx, func(x *Reference) error {
		editions[x.ID] = x
		for _, p := range x.Pictures {
			if has, err := r.s.r.media.Has(r.tx, p.Media.SHA256); err != nil || !has {
				r.wrong("reference "+x.ID, "nothing keeps its picture %s", p.ID)
			}
			if p.Edition < 1 || p.Edition > x.Edition {
				r.wrong("reference "+x.ID, "a picture of edition %d of %d", p.Edition, x.Edition)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = r.s.r.attempts.All(r.tx, func(a *Attempt) error {
		for _, u := range a.Sheets {
			if x := editions[u.ReferenceID]; x == nil || x.TitleID != a.TitleID || u.Edition < 1 || u.Edition > x.Edition {
				r.wrong("attempt "+a.ID, "drawn from edition %d of a sheet that its title does not have", u.Edition)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.s.r.shots.All(r.tx, func(x *Shot) error {
		if x.Pick == nil {
			return nil
		}
		t, err := r.s.r.takes.Get(r.tx, x.Pick.TakeID)
		if errors.Is(err, store.ErrNotFound) {
			return nil // said by pick
		}
		if err != nil {
			return err
		}
		a, err := r.s.r.attempts.Get(r.tx, t.AttemptID)
		if err == nil && !slices.Equal(a.Sheets, x.Pick.Sheets) {
			r.wrong("shot "+x.ID, "its pick and the attempt of it differ in what they were drawn from")
		}
		return err
	})
}
