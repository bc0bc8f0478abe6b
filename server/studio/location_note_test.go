package studio_test

import (
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/geo"
	"chouka/server/studio/studiotest"
)

// sited lists the notes of a place as text@area, newest first, page by page.
func (h house) sited(l studio.Location) string {
	h.t.Helper()
	var all []string
	for p := (studio.Page{Limit: 2}); ; {
		got, err := h.SiteNotes(h.t.Context(), h.admin, l.ID, p)
		for _, n := range must(h.t, got, err).Items {
			all = append(all, n.Text+"@"+n.Area)
		}
		if p.After = got.Next; got.Next == "" {
			return strings.Join(all, " ")
		}
	}
}

func TestNotesFromTheSite(t *testing.T) {
	c := &clock{now: at(5, 12)}
	s, _ := studiotest.Open(t, c.Now)
	h := house{s, t, studiotest.Admin(t, s)}
	ctx := t.Context()
	l := h.place("金沙湖大剧院", "屋顶")
	title := h.title("娇藏京枝")
	scout := studiotest.Person(t, s, h.admin, "scout", studio.Member, title, studio.RoleScout)
	say := func(by studio.Actor, in studio.SiteNoteIn) studio.SiteNoteRow {
		n, err := h.AddSiteNote(ctx, by, l.ID, in)
		return must(t, n, err)
	}
	say(scout, studio.SiteNoteIn{Text: "现在"})
	roof := say(scout, studio.SiteNoteIn{Text: "上午", AreaID: l.Areas[0].ID, At: ptr(at(5, 9)), Point: &studio.PointIn{Lat: 30.3, Lon: 120.3, System: geo.WGS84}})
	say(h.admin, studio.SiteNoteIn{Text: "昨天", At: ptr(at(4, 9))})
	say(h.admin, studio.SiteNoteIn{Text: "钟快了", At: ptr(at(6, 12))})
	h.same("newest first, by when they were written", h.sited(l), "钟快了@ 现在@ 上午@屋顶 昨天@")
	if roof.ByName != "scout" || roof.By != scout.Person.ID || !roof.At.Equal(at(5, 9)) || roof.Point == nil {
		t.Errorf("got %+v", roof)
	}
	t.Run("sent again it is kept once", func(t *testing.T) {
		by := scout
		by.Once = studio.Once{Key: "k", Hash: "x"}
		in := studio.SiteNoteIn{Text: "排队", At: ptr(at(3, 9))}
		if a, b := say(by, in), say(by, in); a.ID != b.ID {
			t.Errorf("two notes: %s and %s", a.ID, b.ID)
		}
		h.same("the list", h.sited(l), "钟快了@ 现在@ 上午@屋顶 昨天@ 排队@")
	})
	t.Run("others read it without where the writer stood, and write none", func(t *testing.T) {
		viewer := h.as(studio.RoleViewer, title)
		got, err := h.SiteNotes(ctx, viewer, l.ID, studio.Page{})
		for _, n := range must(t, got, err).Items {
			if n.Point != nil {
				t.Errorf("got %+v", n)
			}
		}
		_, err = h.AddSiteNote(ctx, viewer, l.ID, studio.SiteNoteIn{Text: "x"})
		refused(t, err, "forbidden.location.edit")
	})
	for name, x := range map[string]struct {
		in   studio.SiteNoteIn
		code string
	}{
		"no text":                  {studio.SiteNoteIn{Text: " \n"}, "invalid.text"},
		"a book":                   {studio.SiteNoteIn{Text: strings.Repeat("长", 5001)}, "invalid.text"},
		"hidden characters":        {studio.SiteNoteIn{Text: "a\x00"}, "invalid.text"},
		"an area of elsewhere":     {studio.SiteNoteIn{Text: "x", AreaID: "y"}, "invalid.area_id"},
		"a time two days ahead":    {studio.SiteNoteIn{Text: "x", At: ptr(at(6, 12).Add(time.Second))}, "invalid.at"},
		"a time before telephones": {studio.SiteNoteIn{Text: "x", At: ptr(time.Unix(0, 0))}, "invalid.at"},
		"a point off the earth":    {studio.SiteNoteIn{Text: "x", Point: &studio.PointIn{Lat: 91, System: geo.WGS84}}, "invalid.point"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.AddSiteNote(ctx, h.admin, l.ID, x.in)
			refused(t, err, x.code)
		})
	}
	t.Run("one's own goes, and any for a lead", func(t *testing.T) {
		other := studiotest.Person(t, s, h.admin, "other", studio.Member, title, studio.RoleScout)
		refused(t, h.RemoveSiteNote(ctx, other, roof.ID, roof.Rev), "site_note.other")
		refused(t, h.RemoveSiteNote(ctx, scout, roof.ID, roof.Rev+1), "stale")
		must(t, 0, h.RemoveSiteNote(ctx, scout, roof.ID, roof.Rev))
		refused(t, h.RemoveSiteNote(ctx, scout, roof.ID, roof.Rev), "unknown.site_note")
		n := say(scout, studio.SiteNoteIn{Text: "走", At: ptr(at(1, 1))})
		must(t, 0, h.RemoveSiteNote(ctx, h.admin, n.ID, n.Rev))
		h.same("the rest", h.sited(l), "钟快了@ 现在@ 昨天@ 排队@")
	})
	_, err := h.SiteNotes(ctx, h.admin, "x", studio.Page{})
	refused(t, err, "unknown.location")
}
