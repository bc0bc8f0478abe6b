package studio

import (
	"context"
	"fmt"
	"strings"
	"time"

	"chouka/server/studio/geo"
	"chouka/store"
)

// SiteNote is what somebody noted on site (现场记录). A phone may have kept it for hours before it reached us.
type SiteNote struct {
	store.Meta
	LocationID string     `json:"location_id"`
	AreaID     string     `json:"area_id,omitempty"`
	Text       string     `json:"text"`
	Point      *geo.Point `json:"point,omitempty"` // WGS-84; only for those who may edit places
	By         string     `json:"by"`
	At         time.Time  `json:"at"` // when it was written, by the phone's clock
}

// SiteNoteRow is a note with the names that lists show.
type SiteNoteRow struct {
	SiteNote
	ByName string `json:"by_name"`
	Area   string `json:"area"`
}

// SiteNoteIn notes something on site. Sent with an Idempotency-Key it can be sent again.
type SiteNoteIn struct {
	AreaID string     `json:"area_id,omitempty"`
	Text   string     `json:"text"`
	Point  *PointIn   `json:"point,omitempty"`
	At     *time.Time `json:"at,omitempty" doc:"when it was written; now when absent"`
}

const (
	siteNoteLength = 5000           // characters
	siteNoteAhead  = 24 * time.Hour // how far a phone's clock may be fast
)

// SiteNotes lists the notes of a location, newest first.
func (s *Studio) SiteNotes(ctx context.Context, by Actor, id string, p Page) (List[SiteNoteRow], error) {
	out := List[SiteNoteRow]{Items: []SiteNoteRow{}}
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return out, err
	}
	p.Reverse = true
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := found(s.r.locations.Get(tx, id))("location")
		if err != nil {
			return err
		}
		got, err := s.r.siteNotes.List(tx, "location", store.K().ID(id), p)
		if err != nil {
			return err
		}
		out.Next = got.Next
		out.Items, err = s.siteNoteRows(tx, by, l, got.Items)
		return err
	})
	return out, err
}

// AddSiteNote keeps a note.
func (s *Studio) AddSiteNote(ctx context.Context, by Actor, id string, in SiteNoteIn) (SiteNoteRow, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return SiteNoteRow{}, err
	}
	return create(ctx, s, by, func(c *change) (SiteNoteRow, error) {
		l, err := c.openPlace(id)
		if err != nil {
			return SiteNoteRow{}, err
		}
		n := SiteNote{Meta: c.meta(), LocationID: l.ID, By: by.Person.ID, At: c.now}
		if err := n.apply(l, in); err != nil {
			return SiteNoteRow{}, err
		}
		if err := s.r.siteNotes.Insert(c.tx, &n); err != nil {
			return SiteNoteRow{}, fmt.Errorf("keeping a site note: %w", err)
		}
		if err := c.notePlace("location.noted", l); err != nil {
			return SiteNoteRow{}, err
		}
		rows, err := s.siteNoteRows(c.tx, by, l, []*SiteNote{&n})
		if err != nil {
			return SiteNoteRow{}, err
		}
		return rows[0], nil
	})
}

func (n *SiteNote) apply(l *Location, in SiteNoteIn) error {
	var x setter
	x.set("text", &n.Text, &in.Text, short(prose, siteNoteLength))
	if x.err == nil && strings.TrimSpace(n.Text) == "" {
		x.err = wrong("text", "请写下看到了什么", "write down what you saw")
	}
	if x.err != nil {
		return x.err
	}
	if _, ok := l.areaName(in.AreaID); !ok {
		return wrong("area_id", "这个取景地没有那个分区，请重新选择", "the location has no such area; choose again")
	}
	n.AreaID = in.AreaID
	if in.Point != nil {
		p, err := in.Point.wgs84()
		if err != nil {
			return err
		}
		n.Point = &p
	}
	if in.At == nil {
		return nil
	}
	if in.At.Year() < firstYear || in.At.After(n.Created.Add(siteNoteAhead)) {
		return wrong("at", "记录的时间不对，请检查手机的时钟", "check the time of the note, or the telephone's clock")
	}
	n.At = in.At.UTC()
	return nil
}

// RemoveSiteNote takes a note away: one's own, or any for a lead.
func (s *Studio) RemoveSiteNote(ctx context.Context, by Actor, noteID string, rev int64) error {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error {
		n, err := found(s.r.siteNotes.Get(c.tx, noteID))("site_note")
		if err != nil {
			return err
		}
		if n.By != by.Person.ID && !by.wide() {
			return refuse(Forbidden, "site_note.other", "这条记录是别人写的，只有本人和负责人能删", "somebody else wrote this note; they and leads can remove it")
		}
		if err := base(n.Rev, rev); err != nil {
			return err
		}
		l, err := found(s.r.locations.Get(c.tx, n.LocationID))("location")
		if err != nil {
			return err
		}
		if err := s.r.siteNotes.Delete(c.tx, n.ID); err != nil {
			return fmt.Errorf("removing a site note: %w", err)
		}
		return c.notePlace("location.note_removed", l)
	})
}

// siteNoteRows adds the names, and leaves out where a writer stood for those who may not edit places.
func (s *Studio) siteNoteRows(tx store.Txn, by Actor, l *Location, in []*SiteNote) ([]SiteNoteRow, error) {
	people := make([]string, len(in))
	for i, n := range in {
		people[i] = n.By
	}
	who, err := byID(tx, s.r.people, people)
	if err != nil {
		return nil, fmt.Errorf("reading who wrote site notes: %w", err)
	}
	out := make([]SiteNoteRow, len(in))
	for i, n := range in {
		out[i] = SiteNoteRow{SiteNote: *n}
		out[i].Area, _ = l.areaName(n.AreaID)
		if p := who[n.By]; p != nil {
			out[i].ByName = p.Name
		}
		if !by.Can(EditPlaces, "") {
			out[i].Point = nil
		}
	}
	return out, nil
}
