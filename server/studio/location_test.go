package studio_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/png"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// house is a studio with an administrator, for places and releases.
type house struct {
	*studio.Studio
	t     *testing.T
	admin studio.Actor
}

func newHouse(t *testing.T) house {
	t.Helper()
	s := studiotest.New(t)
	code, err := s.IssueSetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	in := studio.SetupIn{Code: code, Studio: "过儿传媒", Name: "李丽", Login: "lili", Password: "一只白鹭飞过金沙湖面", Zone: "Asia/Shanghai"}
	session, err := s.Setup(t.Context(), studio.Trace{}, "test", in)
	if err != nil {
		t.Fatal(err)
	}
	admin, err := s.ActorFor(t.Context(), session.Token, studio.Trace{})
	if err != nil {
		t.Fatal(err)
	}
	return house{s, t, admin}
}

// as is the administrator with nothing but the role on the title.
func (h house) as(role studio.Role, titleID string) studio.Actor {
	a := h.admin
	a.Person.House = studio.Member
	a.Roles = map[string]studio.Role{titleID: role}
	return a
}

func (h house) title(name string) string {
	h.t.Helper()
	b, err := h.CreateTitle(h.t.Context(), h.admin, studio.TitleIn{Name: &name})
	if err != nil {
		h.t.Fatal(err)
	}
	return b.Title.ID
}

func (h house) place(name string, areas ...string) studio.Location {
	h.t.Helper()
	in := studio.LocationIn{Name: &name, Areas: &[]studio.AreaIn{}}
	for _, a := range areas {
		*in.Areas = append(*in.Areas, studio.AreaIn{Name: a})
	}
	l, err := h.CreateLocation(h.t.Context(), h.admin, in)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

// refused checks that err is the refusal with this code.
func refused(t *testing.T, err error, code string) *studio.Error {
	t.Helper()
	var e *studio.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("got %v, want the refusal %s", err, code)
	}
	if e.Text.ZH == "" || e.Text.EN == "" {
		t.Fatalf("%s has no sentence in one language", code)
	}
	return e
}

func ptr[T any](v T) *T { return &v }

func TestEveryPairOfPlaceStatuses(t *testing.T) {
	h := newHouse(t)
	allowed := map[string]bool{"wanted>scouting": true, "scouting>wanted": true, "scouting>held": true, "held>scouting": true,
		"held>confirmed": true, "confirmed>held": true, "confirmed>released": true, "released>confirmed": true, "released>wanted": true}
	for _, from := range studio.Places() {
		for _, to := range studio.Places() {
			t.Run(fmt.Sprintf("%s to %s", from, to), func(t *testing.T) {
				l, err := h.CreateLocation(t.Context(), h.admin, studio.LocationIn{Name: ptr("金沙湖大剧院"), Status: &from})
				if err != nil || l.Status != from {
					t.Fatalf("created %v, %v", l.Status, err)
				}
				l, err = h.EditLocation(t.Context(), h.admin, l.ID, l.Rev, studio.LocationIn{Status: &to})
				if from != to && !allowed[string(from+">"+to)] {
					refused(t, err, "location.status")
					return
				}
				if err != nil || l.Status != to {
					t.Fatalf("got %v, %v", l.Status, err)
				}
			})
		}
	}
	l := h.place("望江楼")
	_, err := h.EditLocation(t.Context(), h.admin, l.ID, l.Rev, studio.LocationIn{Status: ptr(studio.PlaceStatus("gone"))})
	refused(t, err, "invalid.status")
	_, err = h.CreateLocation(t.Context(), h.admin, studio.LocationIn{Name: ptr("望江楼"), Status: ptr(studio.PlaceStatus("gone"))})
	refused(t, err, "invalid.status")
}

func TestSearchingPlaces(t *testing.T) {
	h := newHouse(t)
	h.place("金沙湖大剧院", "大厅", "天台 Roof")
	h.place("金沙湖大剧苑")
	l, err := h.CreateLocation(t.Context(), h.admin, studio.LocationIn{Name: ptr("老厂房"), Aliases: &[]string{"LOFT 49"}, Address: ptr("杭州拱墅区")})
	if err != nil {
		t.Fatal(err)
	}
	for q, want := range map[string][]string{
		"":       {"老厂房", "金沙湖大剧苑", "金沙湖大剧院"},
		"大剧院":    {"金沙湖大剧院"},
		"金沙湖":    {"金沙湖大剧苑", "金沙湖大剧院"},
		"roof":   {"金沙湖大剧院"},
		"ＬＯＦＴ４９": {"老厂房"},
		"拱墅":     {"老厂房"},
		"没有的地方":  {},
	} {
		t.Run("it finds what "+q+" names", func(t *testing.T) {
			got, err := h.FindLocations(t.Context(), h.admin, studio.PlaceQuery{Q: q}, studio.Page{})
			if err != nil {
				t.Fatal(err)
			}
			names := []string{}
			for _, l := range got.Items {
				names = append(names, l.Name)
			}
			if slices.Sort(names); !slices.Equal(names, sorted(want)) || got.Next != "" {
				t.Fatalf("got %v, want %v", names, want)
			}
		})
	}
	t.Run("two places may share a name and stay two", func(t *testing.T) {
		if other := h.place("老厂房"); other.ID == l.ID {
			t.Fatal("one place was given back for two")
		}
	})
	t.Run("a search goes on where its page ended", func(t *testing.T) {
		seen := map[string]int{}
		for p := (studio.Page{Limit: 1}); ; {
			got, err := h.FindLocations(t.Context(), h.admin, studio.PlaceQuery{Q: "金沙湖"}, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range got.Items {
				seen[l.Name]++
			}
			if p.After = got.Next; p.After == "" {
				break
			}
		}
		if !maps.Equal(seen, map[string]int{"金沙湖大剧院": 1, "金沙湖大剧苑": 1}) {
			t.Fatalf("saw %v", seen)
		}
	})
}

func sorted(in []string) []string { out := slices.Clone(in); slices.Sort(out); return out }

func TestWhoMayDoWhatWithPlaces(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	l, err := h.CreateLocation(t.Context(), h.admin, studio.LocationIn{Name: ptr("金沙湖大剧院"), Contacts: &[]studio.Contact{{Name: "王经理", Role: "场地", Phone: "13800000000", Note: "微信同号"}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("those who edit places see whom to call", func(t *testing.T) {
		got, err := h.Location(t.Context(), h.as(studio.RoleScout, title), l.ID)
		if err != nil || got.Contacts[0].Phone == "" || got.Contacts[0].Note == "" {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
	t.Run("everybody else sees the place without the phone number", func(t *testing.T) {
		for _, a := range []studio.Actor{h.as(studio.RoleOperator, title), h.as(studio.RoleViewer, title), h.as("", "")} {
			got, err := h.Location(t.Context(), a, l.ID)
			if err != nil || got.Contacts[0].Name == "" || got.Contacts[0].Phone != "" || got.Contacts[0].Note != "" {
				t.Fatalf("got %+v, %v", got, err)
			}
			list, err := h.FindLocations(t.Context(), a, studio.PlaceQuery{}, studio.Page{})
			if err != nil || len(list.Items) != 1 || list.Items[0].Contacts[0].Phone != "" {
				t.Fatalf("got %+v, %v", list, err)
			}
		}
	})
	t.Run("an operator changes nothing", func(t *testing.T) {
		a := h.as(studio.RoleOperator, title)
		_, err := h.CreateLocation(t.Context(), a, studio.LocationIn{Name: ptr("x")})
		refused(t, err, "forbidden.location.edit")
		_, err = h.EditLocation(t.Context(), a, l.ID, l.Rev, studio.LocationIn{Name: ptr("x")})
		refused(t, err, "forbidden.location.edit")
		_, err = h.AddPhoto(t.Context(), a, l.ID, "a.png", "", "", strings.NewReader("x"))
		refused(t, err, "forbidden.location.edit")
	})
	t.Run("nobody signed in sees nothing", func(t *testing.T) {
		_, err := h.Location(t.Context(), studio.Actor{}, l.ID)
		refused(t, err, "signed_out")
		_, err = h.FindLocations(t.Context(), studio.Actor{}, studio.PlaceQuery{}, studio.Page{})
		refused(t, err, "signed_out")
	})
	t.Run("a change on an old revision is refused", func(t *testing.T) {
		_, err := h.EditLocation(t.Context(), h.admin, l.ID, l.Rev+1, studio.LocationIn{Name: ptr("x")})
		refused(t, err, "stale")
	})
}

func TestAreasOfAPlace(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	l := h.place("金沙湖大剧院", "大厅", "天台", "后台")
	hall, roof, back := l.Areas[0], l.Areas[1], l.Areas[2]
	soon := time.Now().Add(24 * time.Hour)
	b, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: hall.ID, TitleID: title, Start: soon, End: soon.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	past := time.Now().Add(-48 * time.Hour)
	if _, err := h.Book(t.Context(), h.admin, studio.BookingIn{LocationID: l.ID, AreaID: back.ID, TitleID: title, Start: past, End: past.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	edit := func(rev int64, areas ...studio.AreaIn) (studio.Location, error) {
		return h.EditLocation(t.Context(), h.admin, l.ID, rev, studio.LocationIn{Areas: &areas})
	}
	t.Run("an area with a booking ahead cannot be removed", func(t *testing.T) {
		_, err := edit(l.Rev, studio.AreaIn{ID: roof.ID, Name: "天台"})
		if e := refused(t, err, "location.area_booked"); !strings.Contains(e.Text.ZH, "大厅") {
			t.Fatalf("it does not name the area: %s", e.Text.ZH)
		}
	})
	t.Run("one that is free or was booked long ago can", func(t *testing.T) {
		got, err := edit(l.Rev, studio.AreaIn{ID: hall.ID, Name: "一号大厅"}, studio.AreaIn{Name: "楼梯"})
		if err != nil || len(got.Areas) != 2 || got.Areas[0].ID != hall.ID || got.Areas[0].Name != "一号大厅" || got.Areas[1].ID == "" {
			t.Fatalf("got %+v, %v", got.Areas, err)
		}
		l = got
	})
	t.Run("after the booking is cancelled the area can go", func(t *testing.T) {
		if _, err := h.EditBooking(t.Context(), h.admin, b.ID, b.Rev, studio.BookingEdit{Status: ptr(studio.Dropped)}); err != nil {
			t.Fatal(err)
		}
		got, err := edit(l.Rev)
		if err != nil || len(got.Areas) != 0 {
			t.Fatalf("got %+v, %v", got.Areas, err)
		}
		l = got
	})
	for name, areas := range map[string][]studio.AreaIn{
		"an unknown area":           {{ID: hall.ID, Name: "大厅"}},
		"an area without a name":    {{Name: "  "}},
		"two areas of one name":     {{Name: "大厅"}, {Name: "《大厅》"}},
		"more than a hundred areas": make([]studio.AreaIn, 101),
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := edit(l.Rev, areas...)
			refused(t, err, "invalid.areas")
		})
	}
}

func TestPhotosOfAPlace(t *testing.T) {
	h := newHouse(t)
	l := h.place("金沙湖大剧院", "大厅")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 48))); err != nil {
		t.Fatal(err)
	}
	picture := b.Bytes()
	got, err := h.AddPhoto(t.Context(), h.admin, l.ID, `C:\photos\hall.png`, l.Areas[0].ID, "早上的光", bytes.NewReader(picture))
	if err != nil || len(got.Photos) != 1 {
		t.Fatalf("got %+v, %v", got.Photos, err)
	}
	p := got.Photos[0]
	t.Run("it is kept byte for byte with what it is", func(t *testing.T) {
		if p.File != "hall.png" || p.Media.Type != "image/png" || p.Media.Width != 64 || p.Media.Height != 48 || p.By != h.admin.Person.ID {
			t.Fatalf("got %+v", p)
		}
		f, err := h.PhotoFile(t.Context(), h.as("", ""), l.ID, p.ID, "original")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if kept, err := io.ReadAll(f); err != nil || !bytes.Equal(kept, picture) {
			t.Fatalf("%d bytes came back, %v", len(kept), err)
		}
	})
	t.Run("what is no picture is refused", func(t *testing.T) {
		_, err := h.AddPhoto(t.Context(), h.admin, l.ID, "a.png", "", "", strings.NewReader("<svg xmlns='http://www.w3.org/2000/svg'/>"))
		refused(t, err, "location.photo_type")
		var moving bytes.Buffer
		if err := gif.Encode(&moving, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
			t.Fatal(err)
		}
		_, err = h.AddPhoto(t.Context(), h.admin, l.ID, "a.gif", "", "", &moving)
		refused(t, err, "location.photo_type")
	})
	t.Run("an unknown area is refused", func(t *testing.T) {
		_, err := h.AddPhoto(t.Context(), h.admin, l.ID, "a.png", "x", "", bytes.NewReader(picture))
		if e := refused(t, err, "invalid.area"); e.Fields[0].Location != "query.area" {
			t.Fatalf("got %+v", e.Fields)
		}
	})
	t.Run("a photo of a removed area belongs to the whole place", func(t *testing.T) {
		got, err = h.EditLocation(t.Context(), h.admin, l.ID, got.Rev, studio.LocationIn{Areas: &[]studio.AreaIn{}})
		if err != nil || got.Photos[0].AreaID != "" {
			t.Fatalf("got %+v, %v", got.Photos, err)
		}
	})
	t.Run("it can be removed once", func(t *testing.T) {
		after, err := h.RemovePhoto(t.Context(), h.admin, l.ID, p.ID, got.Rev)
		if err != nil || len(after.Photos) != 0 {
			t.Fatalf("got %+v, %v", after.Photos, err)
		}
		_, err = h.RemovePhoto(t.Context(), h.admin, l.ID, p.ID, after.Rev)
		refused(t, err, "unknown.photo")
		_, err = h.PhotoFile(t.Context(), h.admin, l.ID, p.ID, "thumb")
		refused(t, err, "unknown.photo")
	})
}
