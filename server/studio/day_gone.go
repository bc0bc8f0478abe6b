package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"chouka/store"
)

// DeleteDay takes a day away; its scenes go back to the pool. One with scenes that are marked as shot is Conflict day.shot.
// RestoreDay brings it back; until then whoever got its call sheet is told that it is called off.
func (s *Studio) DeleteDay(ctx context.Context, by Actor, id string, rev int64) error {
	return s.update(ctx, by, func(c *change) error {
		d, err := c.dayFor(id)
		if err != nil {
			return err
		}
		if err := base(d.Rev, rev); err != nil {
			return err
		}
		if slices.ContainsFunc(d.Scenes, func(x DayScene) bool { return x.Done != nil }) {
			return conflict("day.shot", "这一天有已拍完的场次，请先取消“已拍完”再删除", "scenes of this day are marked as shot; take the marks off before you delete it")
		}
		if err := c.putAwaySheet(d); err != nil {
			return err
		}
		if err := s.r.days.Delete(c.tx, d.ID); err != nil {
			return fmt.Errorf("deleting a day: %w", err)
		}
		gone := goneDay{ShootDay: *d, Last: d.sequence(), Since: d.Created}
		gone.Meta = c.meta()
		gone.ID = d.ID
		if gone.Twice, err = c.alsoOn(d); err != nil {
			return err
		}
		if err := s.r.goneDays.Insert(c.tx, &gone); err != nil {
			return fmt.Errorf("keeping that a day was called off: %w", err)
		}
		return c.noteDay("day.deleted", d, nil)
	})
}

// sequence counts the changes of a day, also those before it was deleted and came back.
func (d *ShootDay) sequence() int64 { return d.Before + d.Rev }

// sequence counts the changes of a call sheet in the same way.
func (x *CallSheet) sequence() int64 { return x.Before + x.Rev }

// alsoOn are the days on which a day's scenes stand now, by scene.
func (c *change) alsoOn(d *ShootDay) (map[string][]string, error) {
	out := map[string][]string{}
	for _, x := range d.Scenes {
		err := c.s.r.days.Keys(c.tx, "scene", store.K().ID(x.SceneID), func(_ store.Key, id string) error {
			if id != d.ID {
				out[x.SceneID] = append(out[x.SceneID], id)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for the days of a scene: %w", err)
		}
	}
	return out, nil
}

// putAwaySheet takes a day's call sheet, its versions and its recipients out of use, as one record.
func (c *change) putAwaySheet(d *ShootDay) error {
	sheet, err := c.s.callSheetOf(c.tx, d.ID)
	if err != nil || sheet == nil {
		return err
	}
	g := &goneSheet{Meta: c.meta(), Date: d.Date, Sheet: *sheet, Issues: []callIssue{}, Who: []recipient{}}
	g.ID = d.ID
	err = c.s.r.callIssues.Each(c.tx, "number", store.K().ID(sheet.ID), func(v *callIssue) error {
		g.Issues = append(g.Issues, *v)
		return nil
	})
	err = errors.Join(err, c.s.r.recipients.Each(c.tx, "sheet", store.K().ID(sheet.ID), func(r *recipient) error {
		g.Who = append(g.Who, *r)
		return nil
	}))
	for _, v := range g.Issues {
		err = errors.Join(err, c.s.r.callIssues.Delete(c.tx, v.ID))
	}
	for _, r := range g.Who {
		err = errors.Join(err, c.s.r.recipients.Delete(c.tx, r.ID))
	}
	if err = errors.Join(err, c.s.r.callSheets.Delete(c.tx, sheet.ID), c.s.r.goneSheets.Insert(c.tx, g)); err != nil {
		return fmt.Errorf("putting a call sheet away: %w", err)
	}
	return nil
}

// RestoreDay brings a deleted day back as it was: its scenes in order, its call sheet with every version, what was read
// and the secret addresses. Scenes that were put on other days meanwhile stay there. A day that took its date and unit is
// Conflict day.taken. What has come into its way since is told, not refused.
func (s *Studio) RestoreDay(ctx context.Context, by Actor, id string) (DayBack, error) {
	if err := by.here(); err != nil {
		return DayBack{}, err
	}
	var out DayBack
	err := s.update(ctx, by, func(c *change) error {
		gone, err := found(s.r.goneDays.Get(c.tx, id))("day")
		if err != nil {
			return err
		}
		if err := by.must(BookPlace, gone.TitleID, "day"); err != nil {
			return err
		}
		d := gone.ShootDay
		d.Meta = c.meta()
		d.ID, d.Before = gone.ID, gone.Last+1
		if !gone.Since.IsZero() { // those that an older program deleted do not say when they were made
			d.Created = gone.Since
		}
		p, err := s.openPlan(c.tx, by, d.TitleID, span{d.Start, d.End})
		if err != nil {
			return err
		}
		if len(p.days) >= daysInTitle {
			return tooManyDays()
		}
		if out.Elsewhere, err = p.withoutTaken(&d, gone.Twice); err != nil {
			return err
		}
		if err := s.r.goneDays.Delete(c.tx, gone.ID); err != nil {
			return fmt.Errorf("bringing a day back: %w", err)
		}
		if err := s.r.days.Insert(c.tx, &d); err != nil {
			return dayTaken(err, &d)
		}
		if err := c.bringSheet(&d); err != nil {
			return err
		}
		p.put(&d)
		if out.Day, err = p.row(&d); err != nil {
			return err
		}
		return c.noteDay("day.restored", &d, elsewhere(out.Elsewhere))
	})
	return out, err
}

// withoutTaken leaves out of a day the scenes that stand on days on which they did not stand when it was deleted.
func (p *plan) withoutTaken(d *ShootDay, twice map[string][]string) ([]DayElsewhere, error) {
	out := []DayElsewhere{}
	var kept []DayScene
	for _, on := range d.Scenes {
		i := slices.IndexFunc(p.days, func(o *ShootDay) bool {
			return o.at(on.SceneID) >= 0 && !slices.Contains(twice[on.SceneID], o.ID)
		})
		if i < 0 {
			kept = append(kept, on)
			continue
		}
		x, err := p.scene(on.SceneID)
		if err != nil {
			return nil, err
		}
		o := p.days[i]
		out = append(out, DayElsewhere{SceneID: x.ID, Label: x.Label, Episode: x.Episode, DayID: o.ID, Date: o.Date, Unit: o.Unit})
	}
	d.Scenes = append([]DayScene{}, kept...)
	return out, nil
}

// elsewhere says for the activity how many scenes stayed on other days, and which.
func elsewhere(of []DayElsewhere) map[string]string {
	if len(of) == 0 {
		return nil
	}
	var labels []string
	for _, x := range of {
		labels = append(labels, x.Label)
	}
	return map[string]string{"n": strconv.Itoa(len(of)), "labels": shortList(labels)}
}

// bringSheet puts the call sheet of a day that came back into use again, with what people read of it.
func (c *change) bringSheet(d *ShootDay) error {
	g, err := c.s.r.goneSheets.Get(c.tx, d.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking for a call sheet that was put away: %w", err)
	}
	sheet := g.Sheet
	sheet.Before, sheet.Updated = sheet.sequence(), c.now
	err = errors.Join(c.s.r.goneSheets.Delete(c.tx, g.ID), c.s.r.callSheets.Insert(c.tx, &sheet))
	for i := range g.Issues {
		err = errors.Join(err, c.s.r.callIssues.Insert(c.tx, &g.Issues[i]))
	}
	for i := range g.Who {
		err = errors.Join(err, c.s.r.recipients.Insert(c.tx, &g.Who[i]))
	}
	if err != nil {
		return fmt.Errorf("bringing a call sheet back: %w", err)
	}
	return nil
}
