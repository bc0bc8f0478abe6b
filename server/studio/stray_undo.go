package studio

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"chouka/store"
)

// matchStep is what matching a name did.
type matchStep struct {
	Stray     Stray         `json:"stray"` // as it waited
	ReleaseID string        `json:"release_id"`
	Listed    bool          `json:"listed,omitempty"` // the release came with it
	Alias     bool          `json:"alias,omitempty"`  // the name became an alias with it
	Took      []matchedFile `json:"took"`
}

// matchedFile is what a match took in from one file.
type matchedFile struct {
	Import  string      `json:"import"`
	Rows    []int       `json:"rows"` // rising
	Count   ImportCount `json:"count"`
	Reached bool        `json:"reached,omitempty"` // the import had touched nothing of the title before
}

// checkStep is the confirmation of an anomaly.
type checkStep struct {
	ReadingID string    `json:"reading_id"`
	At        time.Time `json:"at"`
}

// keepCheck keeps the confirmation of a reading as an act, and gives its id.
func (c *change) keepCheck(r *Reading) (string, error) {
	o, err := c.s.outing(c.tx, r.TitleID)
	if err != nil {
		return "", err
	}
	params := map[string]string{"title": o.title.Name, "platform": o.platform(r.ReleaseID), "metric": r.Metric, "text": r.Now.Text}
	a := &keptAct{Act: Act{TitleID: r.TitleID, Verb: "reading.checked", Params: params}, Check: &checkStep{ReadingID: r.ID, At: c.now}}
	err = c.keepAct(a)
	return a.ID, err
}

// turnFigures takes a step with figures back. It is gone then: to do it again is a new step.
func (c *change) turnFigures(id string, back bool) (ActOut, error) {
	a, err := c.s.r.acts.Get(c.tx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (a.PersonID != c.by.Person.ID || !a.figures() || !back) {
		return ActOut{}, conflict("undo.gone", "这一步已经撤销过，或者太久以前了", "this step was taken back before, or is too long ago")
	}
	if err != nil {
		return ActOut{}, fmt.Errorf("reading an act: %w", err)
	}
	out := ActOut{Takes: []Take{}}
	if a.Match != nil {
		out.Changes, err = c.unmatch(a)
	} else {
		out.Changes, err = c.uncheck(a)
	}
	if err != nil {
		return ActOut{}, err
	}
	at := c.now
	a.Undone = &at
	out.Act = a.Act
	if err := c.s.r.acts.Delete(c.tx, a.ID); err != nil {
		return ActOut{}, fmt.Errorf("dropping an act: %w", err)
	}
	return out, nil
}

// uncheck lets a reading wait for a person again.
func (c *change) uncheck(a *keptAct) ([]MilestoneRow, error) {
	if err := c.by.must(EnterReading, a.TitleID, "reading"); err != nil {
		return nil, err
	}
	b := c.s.openBook(c.tx, a.TitleID)
	p, l, err := b.spot(a.Check.ReadingID)
	if err != nil {
		return nil, err
	}
	if l == nil || l.withdrawn() || l.Checked == nil || !l.Checked.At.Equal(a.Check.At) || l.Checked.Value != l.Said[l.standing()].Value {
		return nil, conflict("check.changed", "确认之后这条读数又有改动，不能再撤销确认", "the reading has changed since it was confirmed; the confirmation can no longer be taken back")
	}
	l.Checked = nil
	l.Rev = max(l.Rev, 1) + 1
	b.mark(p, l.Observed, heardChecked, true)
	if err := c.noteReading(p.reading(l), "reading.unchecked", ""); err != nil {
		return nil, err
	}
	return c.keepBook(b, "")
}

// unmatch takes back what matching a name did: its rows leave again and wait, and the alias and the release that came with it go.
func (c *change) unmatch(a *keptAct) ([]MilestoneRow, error) {
	m := a.Match
	if err := errors.Join(c.by.mayImportFigures("stray"), c.by.must(EnterReading, a.TitleID, "stray")); err != nil {
		return nil, err
	}
	if err := c.by.must(EditRelease, a.TitleID, "stray"); err != nil {
		return nil, err
	}
	r, err := c.s.r.releases.Get(c.tx, m.ReleaseID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, conflict("match.release", "匹配到的上线已经不在了，不能再撤销", "the release that the name was matched to is gone; the match can no longer be taken back")
	}
	if err != nil {
		return nil, fmt.Errorf("reading a release: %w", err)
	}
	b := c.s.openBook(c.tx, r.TitleID)
	if err := c.restsOn(b, r, a); err != nil {
		return nil, err
	}
	for _, k := range slices.SortedFunc(maps.Keys(b.pages), pageKey.compare) {
		p := b.pages[k]
		b.forgetOn(p, func(s *pageStatement) bool { return m.brought(p, s) })
	}
	rows, err := c.keepBook(b, "撤销匹配 / match taken back: "+m.Stray.Name)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(c.unalias(r, m), c.uncount(r.TitleID, m), c.waitAgain(m)); err != nil {
		return nil, fmt.Errorf("taking a match back: %w", err)
	}
	return firstOf(rows), c.note(event{Verb: "stray.unmatched", Kind: "stray", Object: m.Stray.ID, TitleID: r.TitleID,
		Params: map[string]string{"title": a.Params["title"], "platform": r.Platform, "name": m.Stray.Name}})
}

// brought reports whether a statement of the release came in with the match: its row waited for the name.
func (m *matchStep) brought(p *readingPage, s *pageStatement) bool {
	at := slices.IndexFunc(m.Took, func(f matchedFile) bool { return f.Import == p.Sources[s.Source].Origin.Import })
	if at < 0 {
		return false
	}
	_, in := slices.BinarySearch(m.Took[at].Rows, s.Row)
	return in
}

// restsOn refuses to take a match back on which something later rests. It brings the release's pages into memory.
func (c *change) restsOn(b *book, r *Release, a *keptAct) error {
	if err := b.walk("key", store.K().ID(r.ID)); err != nil {
		return err
	}
	readings, others := map[string]bool{}, map[string]bool{}
	foreign := false
	for _, p := range b.pages {
		for i := range p.Lines {
			l := &p.Lines[i]
			mine, later := false, l.Checked != nil && l.Checked.At.After(a.Created)
			for j := range l.Said {
				from := &p.Sources[l.Said[j].Source]
				switch {
				case a.Match.brought(p, &l.Said[j]):
					mine = true
				case from.Origin.Import != "":
					others[from.Origin.Import], foreign = true, true
				default:
					later, foreign = later || from.At.After(a.Created), true
				}
			}
			if mine && later {
				return conflict("match.corrected", "匹配之后有人改过或确认过其中的读数，请先撤销那一步", "somebody has changed or confirmed a reading that came in with the match; take that back first")
			}
			readings[l.ID] = mine
		}
	}
	if err := c.laterImport(others, a.Created); err != nil {
		return err
	}
	if a.Match.Listed && (foreign || r.Rev > 1) {
		return conflict("match.release", "随匹配登记的上线后来又被修改或写入了别的读数，不能再撤销", "the release that was listed with the match was edited or got other readings since; the match can no longer be taken back")
	}
	return c.claimRests(r, readings)
}

// laterImport refuses where one of the imports came in after a moment.
func (c *change) laterImport(ids map[string]bool, after time.Time) error {
	var all []string
	for id := range ids {
		all = append(all, id)
	}
	slices.Sort(all)
	got, err := c.s.r.imports.GetMany(c.tx, all)
	if err != nil {
		return fmt.Errorf("reading later imports: %w", err)
	}
	for _, i := range got {
		if i != nil && i.Created.After(after) {
			return conflict("match.import", "匹配之后导入的「%[1]s」也写进了这条上线，请先撤销那次导入", "%[1]s was imported after the match and says figures of this release, too; take that import back first", i.Name)
		}
	}
	return nil
}

// claimRests refuses where a claim speaks of a milestone that the readings show.
func (c *change) claimRests(r *Release, readings map[string]bool) error {
	rests := false
	err := c.s.r.claims.Each(c.tx, "title", store.K().ID(r.TitleID), func(x *FirstClaim) error {
		if x.Ended != nil || x.MilestoneID == "" {
			return nil
		}
		m, err := c.s.r.milestones.Get(c.tx, x.MilestoneID)
		if err == nil {
			rests = rests || m.State == Stands && readings[m.ReadingID]
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("looking for claims: %w", err)
	}
	if rests {
		return conflict("match.claim", "有「首部」说法引用了由此产生的里程碑，请先撤回那条说法", "a claim speaks of a milestone that the match brought; withdraw that claim first")
	}
	return nil
}

// unalias takes the name off the release, or the release away that came with it. One with milestones that went stays, as
// after an import.
func (c *change) unalias(r *Release, m *matchStep) error {
	if m.Listed {
		if used, err := c.releaseUsed(r); err != nil || !used {
			if err == nil {
				err = c.s.r.releases.Delete(c.tx, r.ID)
			}
			return errors.Join(err, c.sumUp(r.TitleID))
		}
	}
	if !m.Alias {
		return nil
	}
	r.Aliases = slices.DeleteFunc(r.Aliases, func(x string) bool { return nameKey(x) == nameKey(m.Stray.Name) })
	r.Updated = c.now
	return c.s.r.releases.Put(c.tx, r)
}

// uncount takes what a match took in off the records of its imports.
func (c *change) uncount(titleID string, m *matchStep) error {
	for _, f := range m.Took {
		i, err := c.s.r.imports.Get(c.tx, f.Import)
		if err != nil {
			return err
		}
		if i.Undone != nil {
			continue
		}
		i.Count, i.Updated = i.Count.minus(f.Count), c.now
		err = c.s.r.imports.Put(c.tx, i)
		if err == nil && f.Reached {
			err = c.unreach(i.ID, titleID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unreach says that an import touches nothing of a title any more, unless a page still names it.
func (c *change) unreach(importID, titleID string) error {
	ids, _, err := c.s.r.pages.IDs(c.tx, "import", store.K().ID(importID).ID(titleID), Page{Limit: 1})
	if err != nil || len(ids) > 0 {
		return err
	}
	reach, err := c.s.r.reach.Get(c.tx, importID)
	if err != nil {
		return err
	}
	reach.Titles, reach.Updated = slices.DeleteFunc(reach.Titles, func(id string) bool { return id == titleID }), c.now
	return c.s.r.reach.Put(c.tx, reach)
}

// waitAgain lets the name wait again with the rows of the imports that are still in.
func (c *change) waitAgain(m *matchStep) error {
	x, err := c.s.r.strays.By(c.tx, "name", store.K().Text(nameKey(m.Stray.Platform)).Text(nameKey(m.Stray.Name)))
	fresh := errors.Is(err, store.ErrNotFound)
	if fresh {
		back := m.Stray
		back.Rev, back.Rows, back.Imports, back.Counts = 0, 0, []string{}, []int{}
		x, err = &back, nil
	}
	if err != nil {
		return err
	}
	for at, id := range m.Stray.Imports {
		i, err := c.s.r.imports.Get(c.tx, id)
		if err != nil {
			return err
		}
		if i.Undone == nil && !slices.Contains(x.Imports, id) {
			x.Imports, x.Counts = append(x.Imports, id), append(x.Counts, m.Stray.Counts[at])
			x.Rows += m.Stray.Counts[at]
		}
	}
	if len(x.Imports) == 0 {
		return nil
	}
	x.Updated = c.now
	return c.putStray(x, fresh)
}
