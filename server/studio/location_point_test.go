package studio_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/geo"
	"chouka/server/studio/studiotest"
)

func TestAPastedPointIsReadInEverySystem(t *testing.T) {
	h := newHouse(t)
	got, err := h.ReadPoint(t.Context(), h.as("", ""), studio.PointText{Text: "https://uri.amap.com/marker?position=120.353965,30.306386&name=金沙湖大剧院"})
	if err != nil || got.System != geo.GCJ02 || !got.Sure || got.Name != "金沙湖大剧院" || got.Shift < 480 || got.Shift > 540 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if geo.DistanceM(got.Point, geo.Point{Lat: 30.3087, Lon: 120.3494}) > 0.2 || !strings.Contains(got.Maps.Amap, "position=120.353965%2C30.306386") {
		t.Errorf("it lies at %+v, %s", got.Point, got.Maps.Amap)
	}
	bare, err := h.ReadPoint(t.Context(), h.admin, studio.PointText{Text: "120.3494，30.3087"})
	if err != nil || bare.Sure || bare.System != geo.WGS84 {
		t.Errorf("bare numbers: %+v, %v", bare, err)
	}
	said, err := h.ReadPoint(t.Context(), h.admin, studio.PointText{Text: "120.3494，30.3087", System: geo.BD09})
	if err != nil || !said.Sure || said.System != geo.BD09 || geo.DistanceM(said.Point, bare.Point) < 500 || math.Abs(said.BD09.Lon-120.3494) > 1e-6 {
		t.Errorf("as the person says: %+v, %v", said, err)
	}
	abroad, err := h.ReadPoint(t.Context(), h.admin, studio.PointText{Text: "48.8566,2.3522"})
	if err != nil || abroad.Shift != 0 || !abroad.Sure {
		t.Errorf("abroad: %+v, %v", abroad, err)
	}
	for name, in := range map[string]studio.PointText{
		"nothing": {}, "a name": {Text: "金沙湖大剧院"}, "a short link": {Text: "https://surl.amap.com/abc"}, "half a point": {Text: "30.3"},
		"beyond": {Text: "91,181"}, "broken bytes": {Text: "\xff\xfe30,120"}, "a book": {Text: strings.Repeat("3", 2001)},
	} {
		_, err := h.ReadPoint(t.Context(), h.admin, in)
		if err == nil {
			t.Errorf("%s is read", name)
			continue
		}
		refused(t, err, "invalid.text")
	}
	_, err = h.ReadPoint(t.Context(), h.admin, studio.PointText{Text: "30,120", System: "mars"})
	refused(t, err, "invalid.system")
	_, err = h.ReadPoint(t.Context(), studio.Actor{}, studio.PointText{Text: "30,120"})
	refused(t, err, "signed_out")
}

func TestAPhotoBringsWhatTheCameraWrote(t *testing.T) {
	h := newHouse(t)
	l := h.place("金沙湖大剧院", "大厅")
	photo := studiotest.PhonePhoto(t, 1)
	l, err := h.AddPhoto(t.Context(), h.admin, l.ID, "IMG_1.jpg", "", "", bytes.NewReader(photo))
	if err != nil {
		t.Fatal(err)
	}
	p := l.Photos[0]
	if p.Taken != "2026-11-28T16:20:05+08:00" || p.Camera != "HUAWEI Mate 60 Pro" || p.Point == nil || geo.DistanceM(*p.Point, geo.Point{Lat: 30.3087, Lon: 120.3494}) > 0.01 {
		t.Fatalf("it says %+v", p)
	}
	t.Run("the place itself does not move", func(t *testing.T) {
		if l.Point != nil {
			t.Fatalf("it lies at %v", l.Point)
		}
	})
	t.Run("where it was taken is for those who edit places", func(t *testing.T) {
		got, err := h.Location(t.Context(), h.as("", ""), l.ID)
		if err != nil || got.Photos[0].Point != nil || got.Photos[0].Taken == "" {
			t.Fatalf("got %+v, %v", got.Photos[0], err)
		}
		list, err := h.FindLocations(t.Context(), h.as("", ""), studio.PlaceQuery{}, studio.Page{})
		if err != nil || list.Items[0].Photos[0].Point != nil {
			t.Fatalf("got %+v, %v", list.Items, err)
		}
	})
	t.Run("one that came through a chat says nothing", func(t *testing.T) {
		bare := append([]byte{0xFF, 0xD8}, photo[4+int(photo[4])<<8+int(photo[5]):]...) // without its first segment
		got, err := h.AddPhoto(t.Context(), h.admin, l.ID, "mmexport1.jpg", "", "", bytes.NewReader(bare))
		if err != nil {
			t.Fatal(err)
		}
		if p := got.Photos[1]; p.Taken != "" || p.Camera != "" || p.Point != nil {
			t.Fatalf("it says %+v", p)
		}
	})
	t.Run("a telephone's own format is refused in its own words", func(t *testing.T) {
		heic := "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + strings.Repeat("\x00", 64)
		_, err := h.AddPhoto(t.Context(), h.admin, l.ID, "IMG_2.HEIC", "", "", strings.NewReader(heic))
		if e := refused(t, err, "media.heic"); !strings.Contains(e.Text.ZH, "HEIC") {
			t.Fatalf("it says %s", e.Text.ZH)
		}
	})
	t.Run("it is shared without where", func(t *testing.T) {
		d, err := h.SharedPhoto(t.Context(), h.as("", ""), l.ID, p.ID)
		if err != nil || d.Name != "IMG_1.jpg" || d.Type != "image/jpeg" || len(d.Data) != len(photo) || bytes.Equal(d.Data, photo) {
			t.Fatalf("got %v, %v", d, err)
		}
		if !bytes.Contains(d.Data, []byte("Mate 60 Pro")) || !bytes.Contains(d.Data, []byte("2026:11:28")) {
			t.Error("more than the position is gone")
		}
		again, err := h.AddPhoto(t.Context(), h.admin, l.ID, "shared.jpg", "", "", bytes.NewReader(d.Data))
		if err != nil || again.Photos[len(again.Photos)-1].Point != nil || again.Photos[len(again.Photos)-1].Taken == "" {
			t.Fatalf("the copy says %+v, %v", again.Photos, err)
		}
	})
	t.Run("whoever may not edit places gets the original of no photo that says where", func(t *testing.T) {
		_, err := h.PhotoFile(t.Context(), h.as("", ""), l.ID, p.ID, "original")
		refused(t, err, "location.photo_point")
	})
	t.Run("and kept as it came", func(t *testing.T) {
		f, err := h.PhotoFile(t.Context(), h.admin, l.ID, p.ID, "original")
		if err != nil {
			t.Fatal(err)
		}
		kept, err := io.ReadAll(f)
		if err = errors.Join(err, f.Close()); err != nil || !bytes.Equal(kept, photo) {
			t.Fatalf("%d of %d bytes, %v", len(kept), len(photo), err)
		}
	})
	t.Run("not by those who are nobody, and not one that is none", func(t *testing.T) {
		_, err := h.SharedPhoto(t.Context(), studio.Actor{}, l.ID, p.ID)
		refused(t, err, "signed_out")
		_, err = h.SharedPhoto(t.Context(), h.admin, l.ID, l.ID)
		refused(t, err, "unknown.photo")
		_, err = h.SharedPhoto(t.Context(), h.admin, p.ID, p.ID)
		refused(t, err, "unknown.location")
	})
}

func TestWhatIsSaidAboutAPhotoCanBeChanged(t *testing.T) {
	h := newHouse(t)
	l := h.place("金沙湖大剧院", "大厅")
	var err error
	for i := range 3 {
		if l, err = h.AddPhoto(t.Context(), h.admin, l.ID, "a.jpg", "", "", bytes.NewReader(studiotest.PhonePhoto(t, uint8(i)))); err != nil {
			t.Fatal(err)
		}
	}
	last, hall := l.Photos[2].ID, l.Areas[0].ID
	got, err := h.EditPhoto(t.Context(), h.admin, l.ID, last, l.Rev, studio.PhotoEdit{AreaID: &hall, Note: ptr("入口"), First: true})
	if err != nil || len(got.Photos) != 3 || got.Photos[0].ID != last || got.Photos[0].AreaID != hall || got.Photos[0].Note != "入口" || got.Photos[1].ID != l.Photos[0].ID || got.Photos[2].ID != l.Photos[1].ID {
		t.Fatalf("got %+v, %v", got.Photos, err)
	}
	kept, err := h.EditPhoto(t.Context(), h.admin, l.ID, last, got.Rev, studio.PhotoEdit{AreaID: ptr("")})
	if err != nil || kept.Photos[0].AreaID != "" || kept.Photos[0].Note != "入口" || kept.Photos[0].Camera == "" {
		t.Fatalf("got %+v, %v", kept.Photos[0], err)
	}
	for name, c := range map[string]struct {
		by    studio.Actor
		photo string
		rev   int64
		in    studio.PhotoEdit
		code  string
	}{
		"an area of another place": {h.admin, last, kept.Rev, studio.PhotoEdit{AreaID: ptr("nowhere")}, "invalid.area_id"},
		"a note without end":       {h.admin, last, kept.Rev, studio.PhotoEdit{Note: ptr(strings.Repeat("长", 20_001))}, "invalid.note"},
		"no photo":                 {h.admin, l.ID, kept.Rev, studio.PhotoEdit{First: true}, "unknown.photo"},
		"an old revision":          {h.admin, last, got.Rev, studio.PhotoEdit{First: true}, "stale"},
		"a viewer":                 {h.as("", ""), last, kept.Rev, studio.PhotoEdit{First: true}, "forbidden.location.edit"},
		"nobody":                   {studio.Actor{}, last, kept.Rev, studio.PhotoEdit{First: true}, "signed_out"},
	} {
		_, err := h.EditPhoto(t.Context(), c.by, l.ID, c.photo, c.rev, c.in)
		if err == nil {
			t.Errorf("%s: was taken", name)
			continue
		}
		refused(t, err, c.code)
	}
}
