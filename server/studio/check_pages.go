package studio

import "chouka/server/studio/tally"

// pages checks that every reading lies where it is looked for and that its statements are in order, and that the milestones
// which hold have readings.
func (r *recount) pages() error {
	titles, readings := map[string]string{}, map[string]bool{}
	err := r.s.r.releases.All(r.tx, func(x *Release) error {
		titles[x.ID] = x.TitleID
		return nil
	})
	if err != nil {
		return err
	}
	err = r.s.r.pages.All(r.tx, func(p *readingPage) error {
		if titles[p.ReleaseID] != p.TitleID {
			r.wrong("page "+p.ID, "of release %s, which is not of title %s", p.ReleaseID, p.TitleID)
		}
		if len(p.Lines) == 0 || len(p.Lines) > pageLines {
			r.wrong("page "+p.ID, "has %d lines", len(p.Lines))
		}
		for i := range p.Lines {
			r.line(p, i)
			readings[p.Lines[i].ID] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.s.r.milestones.All(r.tx, func(m *Milestone) error {
		switch {
		case m.State != Stands:
		case !readings[m.ReadingID]:
			r.wrong("milestone "+m.ID, "comes from a reading that is not there")
		case m.Previous != nil && !readings[m.Previous.Reading]:
			r.wrong("milestone "+m.ID, "follows a reading that is not there")
		}
		return nil
	})
}

// line checks one line of a page.
func (r *recount) line(p *readingPage, i int) {
	l, where := &p.Lines[i], "reading "+p.Lines[i].ID
	if monthOf(l.Observed) != p.Month {
		r.wrong(where, "of %s is on the page of %s", monthOf(l.Observed), p.Month)
	}
	if i > 0 && !p.Lines[i-1].Observed.Before(l.Observed) {
		r.wrong(where, "is not later than the one before it")
	}
	if len(l.Said) == 0 {
		r.wrong(where, "was said by nobody")
	}
	for j := range l.Said {
		if at := l.Said[j].Source; at < 0 || at >= len(p.Sources) {
			r.wrong(where, "comes from a source that is not there")
			return
		}
		if j > 0 && tally.CompareStatements(p.tally(&l.Said[j-1]), p.tally(&l.Said[j])) >= 0 {
			r.wrong(where, "has statements out of order")
		}
	}
}
