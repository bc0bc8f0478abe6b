package studio

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chouka/server/studio/charset"
	"chouka/store"
)

// importReach says which titles an import has touched. Its id is the import's.
type importReach struct {
	store.Meta
	Titles []string `json:"titles"`
}

// preview says what a plan would do.
func (p *figurePlan) preview(before *Import) (FigurePreview, error) {
	shown := p.t.readTable.preview(&tablePlan{})
	c := p.t.choice
	c.Encoding, c.Separator, c.Sheet, c.HeaderRow, c.Columns = shown.Choice.Encoding, shown.Choice.Separator, shown.Choice.Sheet, shown.Choice.HeaderRow, shown.Choice.Columns
	out := FigurePreview{SHA256: p.t.sha, Name: p.t.name, Choice: c, Remembered: shown.Remembered, ExportedFrom: p.t.from, Encodings: charset.Encodings(),
		Sheets: shown.Sheets, Header: shown.Header, Fields: shown.Fields, Lacking: p.t.lacks(), Sample: shown.Sample, Before: before,
		Corrections: []FigureChange{}, Unmatched: []UnmatchedName{}, NewReleases: []NewRelease{}, Anomalies: []Anomaly{}, Gaps: []FigureGap{}, Errors: []CellError{}, Milestones: []MilestoneRow{}}
	p.tell = true
	err := p.hear(func(t *figureTitle, b *book) error {
		rows, odd, gaps, err := b.foresee()
		out.Gaps = firstOf(append(out.Gaps, p.seen(t, gaps)...))
		out.Milestones, out.Anomalies = firstOf(append(out.Milestones, p.named(rows)...)), firstOf(append(out.Anomalies, odd...))
		return err
	})
	if err != nil {
		return out, err
	}
	out.Count, out.Corrections, out.Errors = p.count, append(out.Corrections, firstOf(p.changes)...), append(out.Errors, firstOf(p.errors)...)
	skipped := append(p.t.skipped, p.empty...)
	slices.SortStableFunc(skipped, func(a, b SkippedRow) int { return a.Row - b.Row })
	out.Skipped = append([]SkippedRow{}, firstOf(skipped)...)
	slices.SortStableFunc(p.strays, func(a, b *strayRef) int { return b.rows - a.rows })
	for _, w := range firstOf(p.strays) {
		near, err := p.suggest(w.platform, w.name)
		if err != nil {
			return out, err
		}
		out.Unmatched = append(out.Unmatched, UnmatchedName{Platform: w.platform, Name: w.name, Rows: w.rows, Row: w.first, Why: w.why, Suggestions: near})
	}
	out.NewReleases = append(out.NewReleases, firstOf(p.newReleases())...)
	return out, nil
}

func firstOf[T any](in []T) []T { return in[:min(len(in), importListed)] }

// named names the platforms of releases that are not listed yet.
func (p *figurePlan) named(rows []MilestoneRow) []MilestoneRow {
	for i := range rows {
		for _, r := range p.fresh {
			if rows[i].ReleaseID == r.ID {
				rows[i].Platform = r.Platform
			}
		}
	}
	return rows
}

func (p *figurePlan) newReleases() []NewRelease {
	rows := map[string]int{}
	for _, x := range p.order {
		if x.fresh {
			rows[x.release.ID] += len(x.rows)
		}
	}
	var out []NewRelease
	for _, r := range p.fresh {
		out = append(out, NewRelease{TitleID: r.TitleID, Title: p.titles.all[p.titles.byID[r.TitleID]].name, Platform: r.Platform, Region: r.Region, Rows: rows[r.ID]})
	}
	return out
}

// importFigures takes a table in. A file that is in already, and says nothing new to this person, changes nothing (R10).
func (c *change) importFigures(t *figureTable) (ImportOutcome, error) {
	out := ImportOutcome{Outcome: "done", Changes: []MilestoneRow{}}
	before, err := c.s.importedBefore(c.tx, t.sha)
	if err != nil {
		return out, err
	}
	t.sameExport(before)
	p, err := c.s.planFigures(c.tx, c.by, t, c.now)
	if err != nil {
		return out, err
	}
	if len(t.lacks()) > 0 {
		return out, conflict("table.columns", "还缺必需的列：%[1]s，请先指定", "these columns are still missing: %[1]s; say which they are first", strings.Join(t.lacks(), ", "))
	}
	if before != nil {
		if err := p.hear(func(*figureTitle, *book) error { return nil }); err != nil {
			return out, err
		}
		if p.count.changed() == 0 && len(p.fresh) == 0 {
			out.Import, out.Outcome, out.Count = *before, "same", p.count
			return out, nil
		}
		if p, err = c.s.planFigures(c.tx, c.by, t, c.now); err != nil {
			return out, err
		}
	}
	return c.takeIn(p, before)
}

// takeIn writes what a plan says: the new releases, the readings with their milestones, the names that wait, the record.
func (c *change) takeIn(p *figurePlan, before *Import) (ImportOutcome, error) {
	i := Import{Meta: c.meta(), Name: p.t.name, SHA256: p.t.sha, Bytes: p.t.bytes, ExportedAt: p.t.exported, By: c.by.Person.ID, ByName: c.by.Person.Name}
	i.Choice = p.t.whole()
	p.importID = i.ID
	out := ImportOutcome{Outcome: "done", Changes: []MilestoneRow{}}
	if err := c.listReleases(p, i.ID); err != nil {
		return out, err
	}
	reach := importReach{Meta: i.Meta, Titles: []string{}}
	err := p.hear(func(t *figureTitle, b *book) error {
		nothing := len(b.said) == 0
		rows, err := c.keepBook(b, i.Name)
		if err == nil && nothing && t.lists() {
			err = c.sumUp(t.named.id)
		}
		reach.Titles, out.Changes = append(reach.Titles, t.named.id), firstOf(append(out.Changes, rows...))
		return err
	})
	if err != nil {
		return out, err
	}
	if i.Count = p.count; p.count.said()+p.count.Unmatched == 0 {
		return out, conflict("table.rows", "表格里没有可以导入的行，现在什么都没有写入", "the table has no row to import; nothing was written")
	}
	out.Import, out.Count = i, i.Count
	err = errors.Join(c.s.r.imports.Insert(c.tx, &i), c.s.r.reach.Insert(c.tx, &reach), c.keepStrays(p, &i, before), c.rememberFigures(p.t))
	if err != nil {
		return out, fmt.Errorf("keeping an import: %w", err)
	}
	out.Import = i
	return out, c.note(event{Verb: "figures.imported", Kind: "import", Object: i.ID, Params: map[string]string{"name": i.Name,
		"rows": strconv.Itoa(i.Count.Rows), "new": strconv.Itoa(i.Count.New), "corrections": strconv.Itoa(i.Count.Up + i.Count.Down + i.Count.Revived)}})
}

// whole is the choice with everything that was found, so that the file is read the same way again.
func (t *figureTable) whole() FigureChoice {
	shown := t.readTable.preview(&tablePlan{}).Choice
	c := t.choice
	c.Encoding, c.Separator, c.Sheet, c.HeaderRow, c.Columns = shown.Encoding, shown.Separator, shown.Sheet, shown.HeaderRow, shown.Columns
	return c
}

// listReleases lists the titles on platforms where they are not listed yet.
func (c *change) listReleases(p *figurePlan, importID string) error {
	for _, r := range p.fresh {
		id := r.ID
		if r.Meta, r.ImportID = c.meta(), importID; id != "" {
			r.ID = id
		}
		if err := c.s.r.releases.Insert(c.tx, r); errors.Is(err, store.ErrTaken) {
			return conflict("release.exists", "这部剧在这个平台和地区已经登记过上线，请直接修改那一条", "this title is already listed on this platform in this region; change that entry instead")
		} else if err != nil {
			return fmt.Errorf("listing a release: %w", err)
		}
	}
	return nil
}

// undoFigures takes back what an import said, title by title, and the releases that it listed and nothing else needs.
func (c *change) undoFigures(i *Import) (ImportOutcome, error) {
	out := ImportOutcome{Outcome: "undone", Count: ImportCount{}, Changes: []MilestoneRow{}}
	reach, err := c.s.r.reach.Get(c.tx, i.ID)
	if err != nil {
		return out, fmt.Errorf("reading what an import touched: %w", err)
	}
	for _, id := range reach.Titles {
		if err := c.by.must(EnterReading, id, "import"); err != nil {
			return out, err
		}
	}
	for _, id := range reach.Titles {
		b := c.s.openBook(c.tx, id)
		gone, err := b.forget(i.ID)
		if err != nil {
			return out, err
		}
		rows, err := c.keepBook(b, "撤销导入 / import undone: "+i.Name)
		if err != nil {
			return out, err
		}
		out.Changes = append(out.Changes, rows...)
		if out.Count.New += len(gone); len(gone) > 0 {
			out.Count.Titles++
		}
	}
	if err := errors.Join(c.unlist(i.ID, &out.Count), c.dropStrays(i.ID)); err != nil {
		return out, err
	}
	at := c.now
	i.Undone, i.UndoneBy, i.Updated = &at, c.by.Person.Name, c.now
	if err := c.s.r.imports.Put(c.tx, i); err != nil {
		return out, fmt.Errorf("taking an import back: %w", err)
	}
	out.Import, out.Changes = *i, firstOf(out.Changes)
	return out, c.note(event{Verb: "figures.undone", Kind: "import", Object: i.ID, Params: map[string]string{"name": i.Name, "figures": strconv.Itoa(out.Count.New)}})
}

// unlist removes the releases that an import listed, unless something else hangs on them or somebody has edited them.
func (c *change) unlist(importID string, n *ImportCount) error {
	var gone []*Release
	err := c.s.r.releases.Each(c.tx, "import", store.K().ID(importID), func(r *Release) error {
		gone = append(gone, r)
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for the releases of an import: %w", err)
	}
	for _, r := range gone {
		used, err := c.releaseUsed(r)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := c.s.r.releases.Delete(c.tx, r.ID); err != nil {
			return fmt.Errorf("removing a release: %w", err)
		}
		n.Releases++
		if err := c.sumUp(r.TitleID); err != nil {
			return err
		}
	}
	return nil
}

// sumUp brings the summary of a title up to date whose releases have changed and whose readings have not.
func (c *change) sumUp(titleID string) error {
	l, err := c.s.ledger(c.tx, titleID)
	if err != nil {
		return err
	}
	return c.summarize(l)
}

// lists says whether an import lists a release of the title.
func (t *figureTitle) lists() bool {
	return slices.ContainsFunc(t.spots, func(x *figureSpot) bool { return x.fresh })
}

// releaseUsed reports whether anything but its import hangs on a release.
func (c *change) releaseUsed(r *Release) (bool, error) {
	if r.Rev > 1 {
		return true, nil
	}
	pages, _, err := c.s.r.pages.IDs(c.tx, "key", store.K().ID(r.ID), Page{Limit: 1})
	if err != nil || len(pages) > 0 {
		return true, err
	}
	used := false
	err = c.s.r.ranks.Each(c.tx, "title", store.K().ID(r.TitleID), func(x *Rank) error {
		used = used || x.ReleaseID == r.ID
		return nil
	})
	var told []*Milestone
	err = errors.Join(err, c.s.r.milestones.Each(c.tx, "title", store.K().ID(r.TitleID), func(m *Milestone) error {
		told = append(told, m)
		return nil
	}))
	if err != nil {
		return false, fmt.Errorf("looking for what hangs on a release: %w", err)
	}
	echo := echoes(told)
	return used || slices.ContainsFunc(told, func(m *Milestone) bool { return m.ReleaseID == r.ID && !echo(m) }), nil
}
