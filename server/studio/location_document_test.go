package studio_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// paper adds a document and gives its place and its id.
func (h house) paper(l studio.Location, kind studio.DocumentKind, from, until string) (studio.Location, string) {
	h.t.Helper()
	l, err := h.AddDocument(h.t.Context(), h.admin, l.ID, studio.DocumentIn{Kind: &kind, Name: ptr("许可"), From: &from, Until: &until})
	must(h.t, l, err)
	return l, l.Documents[len(l.Documents)-1].ID
}

func TestDocumentsOfAPlace(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	l := h.place("金沙湖大剧院")
	l, err := h.AddDocument(ctx, h.admin, l.ID, studio.DocumentIn{Kind: ptr(studio.DocPermit), Name: ptr(" 拍摄许可 "), Number: ptr("2027-1"), From: ptr("2027-03-01"), Until: ptr("2027-03-31"), Note: ptr("甲\n乙")})
	must(t, l, err)
	d := l.Documents[0]
	if d.Name != "拍摄许可" || d.Number != "2027-1" || d.Until != "2027-03-31" || d.By != h.admin.Person.ID || d.At.IsZero() || d.File != nil {
		t.Errorf("got %+v", d)
	}
	t.Run("it is for those who edit places", func(t *testing.T) {
		for _, a := range []studio.Actor{h.as(studio.RoleDirector, title), h.as("", "")} {
			got, err := h.Location(ctx, a, l.ID)
			if must(t, got, err); got.Documents == nil || len(got.Documents) != 0 {
				t.Errorf("got %+v", got.Documents)
			}
			_, err = h.AddDocument(ctx, a, l.ID, studio.DocumentIn{Kind: ptr(studio.DocPermit)})
			refused(t, err, "forbidden.location.edit")
			_, err = h.Paper(ctx, a, l.ID, d.ID)
			refused(t, err, "forbidden.location.edit")
		}
	})
	t.Run("a part is changed and the rest stays", func(t *testing.T) {
		l, err = h.EditDocument(ctx, h.admin, l.ID, d.ID, l.Rev, studio.DocumentIn{Until: ptr("")})
		if must(t, l, err); l.Documents[0].Until != "" || l.Documents[0].Number != "2027-1" {
			t.Errorf("got %+v", l.Documents[0])
		}
		_, err = h.EditDocument(ctx, h.admin, l.ID, d.ID, l.Rev-1, studio.DocumentIn{})
		refused(t, err, "stale")
		_, err = h.EditDocument(ctx, h.admin, l.ID, "x", l.Rev, studio.DocumentIn{})
		refused(t, err, "unknown.document")
	})
	for name, c := range map[string]struct {
		in   studio.DocumentIn
		code string
	}{
		"no kind":                     {studio.DocumentIn{Name: ptr("x")}, "invalid.kind"},
		"a strange kind":              {studio.DocumentIn{Kind: ptr(studio.DocumentKind("visa"))}, "invalid.kind"},
		"a day that is none":          {studio.DocumentIn{Kind: ptr(studio.DocPermit), Until: ptr("2027-02-29")}, "invalid.until"},
		"a day in another style":      {studio.DocumentIn{Kind: ptr(studio.DocPermit), From: ptr("2027/3/1")}, "invalid.from"},
		"a day before computers":      {studio.DocumentIn{Kind: ptr(studio.DocPermit), From: ptr("1970-01-01")}, "invalid.from"},
		"an end before its beginning": {studio.DocumentIn{Kind: ptr(studio.DocPermit), From: ptr("2027-03-02"), Until: ptr("2027-03-01")}, "invalid.until"},
		"a name on two lines":         {studio.DocumentIn{Kind: ptr(studio.DocPermit), Name: ptr("a\nb")}, "invalid.name"},
		"a note that is a book":       {studio.DocumentIn{Kind: ptr(studio.DocPermit), Note: ptr(strings.Repeat("长", 2001))}, "invalid.note"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.AddDocument(ctx, h.admin, l.ID, c.in)
			refused(t, err, c.code)
		})
	}
	t.Run("a hundred are enough", func(t *testing.T) {
		full := h.place("档案馆")
		for range 100 {
			h.paper(full, studio.DocOther, "", "")
		}
		_, err := h.AddDocument(ctx, h.admin, full.ID, studio.DocumentIn{Kind: ptr(studio.DocOther)})
		refused(t, err, "location.documents")
	})
	t.Run("it is removed once", func(t *testing.T) {
		l, err = h.RemoveDocument(ctx, h.admin, l.ID, d.ID, l.Rev)
		if must(t, l, err); len(l.Documents) != 0 {
			t.Errorf("got %+v", l.Documents)
		}
		_, err = h.RemoveDocument(ctx, h.admin, l.ID, d.ID, l.Rev)
		refused(t, err, "unknown.document")
	})
}

func TestTheFileOfADocument(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	l, id := h.paper(h.place("金沙湖大剧院"), studio.DocPermit, "", "2027-03-31")
	pdf := []byte("\n\n%PDF-1.7\n% 示例\n%%EOF\n")
	for name, file := range map[string][]byte{"许可.pdf": pdf, "scan.png": picture(t, 1, "")} {
		t.Run(name+" comes back byte for byte, to be saved", func(t *testing.T) {
			got, err := h.AddPaper(ctx, h.admin, l.ID, id, `C:\papers\`+name, bytes.NewReader(file))
			must(t, got, err)
			if f := got.Documents[0].File; f == nil || f.Name != name || f.SHA256 != hashOf(file) || f.Bytes != int64(len(file)) {
				t.Fatalf("got %+v", f)
			}
			f, err := h.Paper(ctx, h.admin, l.ID, id)
			b, err2 := io.ReadAll(must(t, f, err))
			if must(t, b, err2); !bytes.Equal(b, file) || f.Name != name || f.Inline || f.Close() != nil {
				t.Errorf("%d bytes of %s, %t", len(b), f.Name, f.Inline)
			}
		})
	}
	got, err := h.AddPaper(ctx, h.admin, l.ID, id, "许可.pdf", bytes.NewReader(pdf))
	must(t, got, err)
	t.Run("the sweep, verify and a backup know it", func(t *testing.T) {
		// The picture that the PDF took the place of may go.
		if n, err := h.Sweep(ctx, 0); n != 1 || err != nil {
			t.Errorf("%d swept, %v", n, err)
		}
		files, err := h.Files(ctx)
		if !slices.Contains(must(t, files, err), hashOf(pdf)) {
			t.Error("the PDF is not among the files")
		}
		f, err := h.Paper(ctx, h.admin, l.ID, id)
		must(t, 0, must(t, f, err).Close())
	})
	heic := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1")
	for name, c := range map[string]struct {
		file []byte
		code string
	}{
		"a text":             {[]byte("hello"), "location.paper_type"},
		"a page":             {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "location.paper_type"},
		"a PDF far inside":   {append(bytes.Repeat([]byte(" "), 1024), pdf...), "location.paper_type"},
		"a telephone's HEIC": {heic, "media.heic"},
		"nothing":            {nil, "media.empty"},
	} {
		t.Run(name+" is refused, and the old one stays", func(t *testing.T) {
			_, err := h.AddPaper(ctx, h.admin, l.ID, id, "x.pdf", bytes.NewReader(c.file))
			refused(t, err, c.code)
			got, err := h.Location(ctx, h.admin, l.ID)
			if f := must(t, got, err).Documents[0].File; f == nil || f.SHA256 != hashOf(pdf) {
				t.Errorf("got %+v", f)
			}
		})
	}
	t.Run("a document that is not there takes none", func(t *testing.T) {
		_, err := h.AddPaper(ctx, h.admin, l.ID, "x", "x.pdf", bytes.NewReader(pdf))
		refused(t, err, "unknown.document")
		_, err = h.Paper(ctx, h.admin, l.ID, "x")
		refused(t, err, "unknown.document")
		l, bare := h.paper(l, studio.DocOther, "", "")
		_, err = h.Paper(ctx, h.admin, l.ID, bare)
		refused(t, err, "unknown.document")
	})
}

// noticed lists notices as place kind days/level, with the day of the next booking.
func (h house) noticed() string {
	h.t.Helper()
	list, err := h.PlaceNotices(h.t.Context(), h.admin)
	var out []string
	for _, n := range must(h.t, list, err) {
		s := fmt.Sprintf("%s %s %d/%d", n.Location, n.Document.Kind, n.Days, n.Level)
		if n.Next != nil {
			s += " " + n.Next.Start.In(at(1, 0).Location()).Format("01-02")
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestDocumentsThatEnd(t *testing.T) {
	c := &clock{now: at(1, 10)}
	s, _ := studiotest.Open(t, c.Now)
	h := house{s, t, studiotest.Admin(t, s)}
	held, err := h.CreateLocation(t.Context(), h.admin, studio.LocationIn{Name: ptr("剧院"), Status: ptr(studio.PlaceHeld)})
	must(t, held, err)
	h.paper(held, studio.DocPermit, "", "2027-03-31")
	h.paper(held, studio.DocContract, "", "")
	wanted := h.place("仓库")
	h.paper(wanted, studio.DocInsurance, "2026-01-01", "2027-03-08")
	title := h.title("娇藏京枝")
	h.same("30 days before, of the place that is held", h.noticed(), "剧院 permit 30/30")
	book := func(l studio.Location, from, to time.Time) studio.BookingRow {
		b, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, TitleID: title, Start: from, End: to})
		return must(t, b, err)
	}
	b := book(wanted, at(8, 20), at(9, 2)) // goes on into the day after the last
	book(held, at(31, 8), at(31, 24))      // to the very end of the last day
	h.same("one that is booked too, with what it does not cover", h.noticed(), "仓库 insurance 7/7 03-08; 剧院 permit 30/30")
	must(t, 0, errOf(h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)})))
	h.same("not one whose booking is off", h.noticed(), "剧院 permit 30/30")
	book(held, time.Date(2027, 4, 2, 8, 0, 0, 0, time.UTC), time.Date(2027, 4, 2, 9, 0, 0, 0, time.UTC))
	for _, x := range []struct {
		now  time.Time
		want string
	}{
		{at(1, 0).Add(-time.Second), ""}, // 31 days in the studio's zone
		{at(23, 23), "剧院 permit 8/30 04-02"},
		{at(24, 0), "剧院 permit 7/7 04-02"},
		{at(29, 23), "剧院 permit 2/7 04-02"},
		{at(30, 1), "剧院 permit 1/1 04-02"},
		{at(31, 23), "剧院 permit 0/1 04-02"},
		{at(32, 0), "剧院 permit -1/0 04-02"},
		{at(40, 0), "剧院 permit -9/0"},
	} {
		c.mu.Lock()
		c.now = x.now
		c.mu.Unlock()
		h.same(x.now.String(), h.noticed(), x.want)
	}
	_, id := h.paper(held, studio.DocPermit, "2027-04-01", "2027-12-31")
	h.same("one that another follows", h.noticed(), "")
	got, err := h.Location(t.Context(), h.admin, held.ID)
	must(t, got, err)
	must(t, 0, errOf(h.EditDocument(t.Context(), h.admin, held.ID, id, got.Rev, studio.DocumentIn{From: ptr("2027-04-02")})))
	h.same("with a day between", h.noticed(), "剧院 permit -9/0")
	_, err = h.PlaceNotices(t.Context(), h.as(studio.RoleDirector, title))
	refused(t, err, "forbidden.location.edit")
}
