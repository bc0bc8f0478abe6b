package studio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chouka/server/studio/sheet"
	"chouka/store"
)

// keepStrays lets the rows of unmatched names wait. Those of a file that was in before wait already.
func (c *change) keepStrays(p *figurePlan, i *Import, before *Import) error {
	for _, w := range p.strays {
		x, err := c.s.r.strays.By(c.tx, "name", store.K().Text(nameKey(w.platform)).Text(nameKey(w.name)))
		fresh := errors.Is(err, store.ErrNotFound)
		if fresh {
			x, err = &Stray{Meta: c.meta(), Platform: w.platform, Name: w.name, Imports: []string{}, Counts: []int{}}, nil
		}
		if err != nil {
			return fmt.Errorf("looking for a stray: %w", err)
		}
		if before != nil && !fresh {
			if held, err := c.holds(x, before.SHA256); held || err != nil {
				if err != nil {
					return err
				}
				continue
			}
		}
		x.Why, x.Updated = w.why, c.now
		x.Imports, x.Counts = append(x.Imports, i.ID), append(x.Counts, w.rows)
		x.Rows += w.rows
		if err := c.putStray(x, fresh); err != nil {
			return err
		}
	}
	return nil
}

// holds reports whether rows of the same file wait already.
func (c *change) holds(x *Stray, sha string) (bool, error) {
	got, err := c.s.r.imports.GetMany(c.tx, x.Imports)
	if err != nil {
		return false, fmt.Errorf("reading a stray's imports: %w", err)
	}
	return slices.ContainsFunc(got, func(i *Import) bool { return i != nil && i.SHA256 == sha }), nil
}

func (c *change) putStray(x *Stray, fresh bool) error {
	write := c.s.r.strays.Put
	if fresh {
		write = c.s.r.strays.Insert
	}
	if err := write(c.tx, x); err != nil {
		return fmt.Errorf("keeping a stray: %w", err)
	}
	return nil
}

// dropStrays lets the rows of an import wait no longer.
func (c *change) dropStrays(importID string) error {
	var all []*Stray
	err := c.s.r.strays.Each(c.tx, "import", store.K().ID(importID), func(x *Stray) error {
		all = append(all, x)
		return nil
	})
	for _, x := range all {
		at := slices.Index(x.Imports, importID)
		x.Rows -= x.Counts[at]
		x.Imports, x.Counts = slices.Delete(x.Imports, at, at+1), slices.Delete(x.Counts, at, at+1)
		if x.Updated = c.now; len(x.Imports) == 0 && !x.Ignored {
			err = errors.Join(err, c.s.r.strays.Delete(c.tx, x.ID))
			continue
		}
		err = errors.Join(err, c.s.r.strays.Put(c.tx, x))
	}
	if err != nil {
		return fmt.Errorf("dropping the strays of an import: %w", err)
	}
	return nil
}

// Strays lists the names that wait, those with most rows first: all for those who see every title, else those of the actor's own files.
func (s *Studio) Strays(ctx context.Context, by Actor, p Page) (List[StrayRow], error) {
	return s.strayPage(ctx, by, "rows", p)
}

// IgnoredStrays lists the names that were said to be none of the studio's, for those who see them among the Strays.
func (s *Studio) IgnoredStrays(ctx context.Context, by Actor, p Page) (List[StrayRow], error) {
	return s.strayPage(ctx, by, "ignored", p)
}

func (s *Studio) strayPage(ctx context.Context, by Actor, index string, p Page) (List[StrayRow], error) {
	out := List[StrayRow]{Items: []StrayRow{}}
	if err := by.mayImportFigures("stray"); err != nil {
		return out, err
	}
	if err := by.reads(); err != nil {
		return out, err
	}
	p.Reverse = true
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.r.strays.List(tx, index, store.K(), p)
		if err != nil {
			return err
		}
		out.Next = got.Next
		out.Items, err = s.strayRows(tx, by, got.Items)
		return err
	})
	return out, err
}

// strayRows are the strays that an actor may see, with whom they may mean.
func (s *Studio) strayRows(tx store.Txn, by Actor, all []*Stray) ([]StrayRow, error) {
	out := []StrayRow{}
	titles, err := s.titleBook(tx, by)
	if err != nil {
		return nil, err
	}
	releases := s.releaseBook(tx)
	for _, x := range all {
		sees, err := s.seesStray(tx, by, x)
		if err != nil {
			return nil, err
		}
		if !sees {
			continue
		}
		near, err := s.suggest(titles, releases, x.Platform, x.Name)
		if err != nil {
			return nil, err
		}
		out = append(out, StrayRow{Stray: *x, Suggestions: near})
	}
	return out, nil
}

// seesStray lets those see a stray who see every title, and those in whose files it stands.
func (s *Studio) seesStray(tx store.Txn, by Actor, x *Stray) (bool, error) {
	if by.wide() {
		return true, nil
	}
	got, err := s.r.imports.GetMany(tx, x.Imports)
	if err != nil {
		return false, fmt.Errorf("reading a stray's imports: %w", err)
	}
	return slices.ContainsFunc(got, func(i *Import) bool { return i != nil && i.By == by.Person.ID }), nil
}

// stray reads one that the actor may see.
func (s *Studio) stray(tx store.Txn, by Actor, id string) (*Stray, error) {
	x, err := found(s.r.strays.Get(tx, id))("stray")
	if err != nil {
		return nil, err
	}
	if sees, err := s.seesStray(tx, by, x); err != nil || !sees {
		return nil, errors.Join(err, unless(err, unknown("stray")))
	}
	return x, nil
}

// unless gives the second error where there is no first.
func unless(err error, then *Error) error {
	if err != nil {
		return nil
	}
	return then
}

// MatchStray makes a name an alias of a release on its platform and takes the rows in that waited for it.
func (s *Studio) MatchStray(ctx context.Context, by Actor, id string, in MatchIn) (ImportOutcome, error) {
	if err := by.mayImportFigures("stray"); err != nil {
		return ImportOutcome{}, err
	}
	var x *Stray
	var waits []waitingFile
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		if x, err = s.stray(tx, by, id); err != nil {
			return err
		}
		waits, err = s.waitingFor(tx, x)
		return err
	})
	if err != nil {
		return ImportOutcome{}, err
	}
	for i := range waits { // before the transaction: reading files takes its time
		if err := waits[i].read(s, x); err != nil {
			return ImportOutcome{}, err
		}
	}
	return create(ctx, s, by, func(c *change) (ImportOutcome, error) {
		now, err := s.stray(c.tx, by, id)
		if err != nil {
			return ImportOutcome{}, err
		}
		if now.Rev != x.Rev {
			return ImportOutcome{}, stale()
		}
		step := &matchStep{Stray: *now}
		r, err := c.matchTo(x, in, step)
		if err != nil {
			return ImportOutcome{}, err
		}
		return c.takeWaiting(now, r, waits, step)
	})
}

// waitingFile is a file in which rows wait for a name.
type waitingFile struct {
	record *Import
	table  *figureTable
}

func (s *Studio) waitingFor(tx store.Txn, x *Stray) ([]waitingFile, error) {
	got, err := s.r.imports.GetMany(tx, x.Imports)
	if err != nil {
		return nil, fmt.Errorf("reading a stray's imports: %w", err)
	}
	var out []waitingFile
	for _, i := range got {
		if i != nil && i.Undone == nil {
			out = append(out, waitingFile{record: i})
		}
	}
	return out, nil
}

// read reads a file again as it was read then, and keeps only the rows of the name.
func (w *waitingFile) read(s *Studio, x *Stray) error {
	data, err := s.importBytes(w.record.SHA256)
	if err != nil {
		return err
	}
	t, err := openFigures(w.record.Name, data, w.record.Choice)
	if err != nil {
		return err
	}
	if err := t.layOut(nil); err != nil {
		return err
	}
	t.place()
	t.sha, t.bytes, w.table = w.record.SHA256, w.record.Bytes, t
	kept := t.rows[:0]
	for _, row := range t.rows {
		name := cmp.Or(row.Cell(t.columns.title), row.Cell(t.columns.external))
		if strayKey(cmp.Or(row.Cell(t.columns.platform), t.choice.Platform), name) == strayKey(x.Platform, x.Name) {
			row.Cells = slices.Clone(row.Cells)
			kept = append(kept, row)
		}
	}
	t.rows, t.grid = slices.Clone(kept), nil
	return nil
}

// matchTo gives the release that a name is to mean and makes it an alias there; a title is listed on the platform where it is not yet.
func (c *change) matchTo(x *Stray, in MatchIn, step *matchStep) (*Release, error) {
	r, err := c.releaseMeant(x, in)
	if err != nil {
		return nil, err
	}
	t, err := found(c.s.r.titles.Get(c.tx, r.TitleID))("title")
	if err != nil {
		return nil, err
	}
	own := func(name string) bool { return nameKey(name) == nameKey(x.Name) }
	known := slices.ContainsFunc(append([]string{t.Name}, t.Aliases...), own) && x.Why == whyNoRelease || slices.ContainsFunc(r.Aliases, own)
	write := c.s.r.releases.Put
	if r.ID == "" {
		r.Meta, write, step.Listed = c.meta(), c.s.r.releases.Insert, true
	}
	if step.Alias = !known; step.Alias {
		r.Aliases = append(r.Aliases, x.Name)
	}
	step.ReleaseID = r.ID
	r.Updated = c.now
	switch err := write(c.tx, r); {
	case errors.Is(err, store.ErrTaken):
		return nil, conflict("release.alias", "这个名称在该平台上已经属于另一条上线，请先改那一条", "another release on this platform has this name already; change that one first")
	case err != nil:
		return nil, fmt.Errorf("keeping an alias: %w", err)
	}
	return r, nil
}

// releaseMeant is the release that somebody named, or the one of a title on the stray's platform, which may be new.
func (c *change) releaseMeant(x *Stray, in MatchIn) (*Release, error) {
	if in.ReleaseID != "" {
		r, err := found(c.s.r.releases.Get(c.tx, in.ReleaseID))("release")
		if err != nil {
			return nil, err
		}
		if err := errors.Join(c.by.must(EnterReading, r.TitleID, "release")); err != nil {
			return nil, err
		}
		if err := c.by.must(EditRelease, r.TitleID, "release"); err != nil {
			return nil, err
		}
		if nameKey(r.Platform) != nameKey(x.Platform) {
			return nil, wrong("release_id", "这条上线在另一个平台，请选择同一平台的上线", "this release is on another platform; choose one on the same")
		}
		return r, nil
	}
	if err := c.by.must(EnterReading, in.TitleID, "title"); err != nil {
		return nil, err
	}
	if err := c.by.must(EditRelease, in.TitleID, "title"); err != nil {
		return nil, err
	}
	all, err := c.s.releaseBook(c.tx).title(in.TitleID)
	if err != nil {
		return nil, err
	}
	var here []*Release
	for _, r := range all {
		if nameKey(r.Platform) == nameKey(x.Platform) {
			here = append(here, r)
		}
	}
	if r := oneIn(here); r != nil {
		return r, nil
	}
	if len(here) > 0 {
		return nil, wrong("release_id", "这部剧在该平台有几条上线，请选择其中一条", "the title has several releases on this platform; choose one of them")
	}
	return &Release{TitleID: in.TitleID, Platform: x.Platform, Region: usualRegion, Aliases: []string{}}, nil
}

// takeWaiting takes in the rows that waited, each under its own import.
func (c *change) takeWaiting(x *Stray, r *Release, waits []waitingFile, step *matchStep) (ImportOutcome, error) {
	out := ImportOutcome{Outcome: "done", Changes: []MilestoneRow{}}
	if err := c.sumUp(r.TitleID); err != nil { // the release may be new
		return out, err
	}
	b := c.s.openBook(c.tx, r.TitleID)
	for _, w := range waits {
		n, took, err := c.takeRows(b, r, w, x.Counts[slices.Index(x.Imports, w.record.ID)])
		if err != nil {
			return out, err
		}
		step.Took = append(step.Took, took)
		out.Import, out.Count = *w.record, out.Count.plus(n)
	}
	rows, err := c.keepBook(b, x.Name)
	if err != nil {
		return out, err
	}
	out.Changes = firstOf(append(out.Changes, rows...))
	if err := c.s.r.strays.Delete(c.tx, x.ID); err != nil {
		return out, fmt.Errorf("ending a stray: %w", err)
	}
	t, err := found(c.s.r.titles.Get(c.tx, r.TitleID))("title")
	if err != nil {
		return out, err
	}
	params := map[string]string{"title": t.Name, "platform": r.Platform, "name": x.Name, "n": strconv.Itoa(out.Count.New)}
	a := &keptAct{Act: Act{TitleID: r.TitleID, Verb: "stray.matched", Params: params}, Match: step}
	if err := c.keepAct(a); err != nil {
		return out, err
	}
	out.ActID = a.ID
	return out, c.note(event{Verb: a.Verb, Kind: "release", Object: r.ID, TitleID: r.TitleID, Params: params})
}

// takeRows says the rows of one file to a release, and brings its import's record up to date.
func (c *change) takeRows(b *book, r *Release, w waitingFile, waited int) (ImportCount, matchedFile, error) {
	i, err := found(c.s.r.imports.Get(c.tx, w.record.ID))("import")
	if err != nil {
		return ImportCount{}, matchedFile{}, err
	}
	t := *w.table
	if t.zone, err = c.s.zone(c.tx); err != nil {
		return ImportCount{}, matchedFile{}, err
	}
	t.exported, t.days = i.ExportedAt, map[string]figureInstant{}
	p := &figurePlan{s: c.s, tx: c.tx, by: c.by, t: &t, now: c.now, importID: i.ID, wrongRows: map[int32]bool{}}
	spot := &figureSpot{release: r, title: namedTitle{id: r.TitleID}, platform: r.Platform}
	p.releases = c.s.releaseBook(c.tx)
	took := matchedFile{Import: i.ID}
	for row := range t.rows {
		if other, err := p.elsewhere(t.rows[row], r); err != nil {
			return p.count, took, err
		} else if other {
			continue
		}
		took.Rows = append(took.Rows, t.rows[row].Number)
		if err := p.row(b, spot, int32(row)); err != nil {
			return p.count, took, err
		}
	}
	p.count.Wrong, p.count.Skipped, p.count.Rows, p.count.Titles = len(p.wrongRows), len(p.empty), len(t.rows), 1
	reach, err := c.s.r.reach.Get(c.tx, i.ID)
	if err != nil {
		return p.count, took, fmt.Errorf("reading what an import touched: %w", err)
	}
	n := p.count
	if n.Rows = 0; slices.Contains(reach.Titles, r.TitleID) {
		n.Titles = 0
	} else {
		reach.Titles, took.Reached = append(reach.Titles, r.TitleID), true
	}
	n.Unmatched = -waited
	took.Count = n
	i.Count, i.Updated = i.Count.plus(n), c.now
	*w.record = *i
	if err := errors.Join(c.s.r.imports.Put(c.tx, i), c.s.r.reach.Put(c.tx, reach)); err != nil {
		return p.count, took, fmt.Errorf("keeping an import: %w", err)
	}
	return p.count, took, nil
}

// elsewhere reports whether the platform's own id on a row is another release's: such a row never waited, whatever name it has.
func (p *figurePlan) elsewhere(row sheet.Row, r *Release) (bool, error) {
	external := row.Cell(p.t.columns.external)
	if external == "" || external == r.ExternalID {
		return false, nil
	}
	region := strings.ToUpper(cmp.Or(row.Cell(p.t.columns.region), p.t.choice.Region))
	got, err := p.releases.find("external", nameKey(r.Platform), nameKey(region), external)
	return len(got) > 0, err
}

// plus adds two counts.
func (n ImportCount) plus(o ImportCount) ImportCount {
	return ImportCount{Rows: n.Rows + o.Rows, New: n.New + o.New, Duplicate: n.Duplicate + o.Duplicate, Up: n.Up + o.Up, Down: n.Down + o.Down, Older: n.Older + o.Older,
		Revived: n.Revived + o.Revived, Unmatched: n.Unmatched + o.Unmatched, Wrong: n.Wrong + o.Wrong, Skipped: n.Skipped + o.Skipped, Releases: n.Releases + o.Releases, Titles: n.Titles + o.Titles}
}

// minus takes one count off another.
func (n ImportCount) minus(o ImportCount) ImportCount {
	return ImportCount{Rows: n.Rows - o.Rows, New: n.New - o.New, Duplicate: n.Duplicate - o.Duplicate, Up: n.Up - o.Up, Down: n.Down - o.Down, Older: n.Older - o.Older,
		Revived: n.Revived - o.Revived, Unmatched: n.Unmatched - o.Unmatched, Wrong: n.Wrong - o.Wrong, Skipped: n.Skipped - o.Skipped, Releases: n.Releases - o.Releases, Titles: n.Titles - o.Titles}
}

// IgnoreStray says that a name is none of the studio's, or (ignore false) that it waits again.
func (s *Studio) IgnoreStray(ctx context.Context, by Actor, id string, ignore bool) (Stray, error) {
	if err := by.mayImportFigures("stray"); err != nil {
		return Stray{}, err
	}
	var out Stray
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.stray(c.tx, by, id)
		if err != nil {
			return err
		}
		if out = *x; x.Ignored == ignore {
			return nil
		}
		x.Ignored, x.Updated = ignore, c.now
		if err := c.putStray(x, false); err != nil {
			return err
		}
		out = *x
		verb := "stray.ignored"
		if !ignore {
			verb = "stray.back"
		}
		return c.note(event{Verb: verb, Kind: "stray", Object: x.ID, Params: map[string]string{"name": x.Name, "platform": x.Platform}})
	})
	return out, err
}
