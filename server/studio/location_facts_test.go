package studio_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/geo"
)

func (h house) editPlace(l studio.Location, in studio.LocationIn) (studio.Location, error) {
	h.t.Helper()
	now, err := h.Location(h.t.Context(), h.admin, l.ID)
	return h.EditLocation(h.t.Context(), h.admin, l.ID, must(h.t, now, err).Rev, in)
}

// theHall is everything that can be said about a place.
func theHall() studio.LocationIn {
	return studio.LocationIn{Name: ptr("金沙湖大剧院"), Aliases: &[]string{"剧院"}, Address: ptr("杭州钱塘区"), Note: ptr("第一行\n第二行"),
		Tags: &[]string{"剧院", "夜景", " 剧院 ", ""}, Point: &studio.PointIn{Lat: 30.3087, Lon: 120.3494, System: geo.WGS84},
		Contacts: &[]studio.Contact{{Name: "王经理", Role: "场地", Phone: "138 0000 0000", Note: "白天"}, {}, {Role: "门卫", Phone: "0571-000"}},
		Price:    &studio.Price{Currency: "cny", Day: 18_000_0000, Deposit: 1, Note: "含电"},
		Hours:    &[]studio.Hours{{Weekdays: []int{7, 6, 6}, From: "08:00", To: "02:00"}, {From: "08:00", To: "24:00", Note: "平日"}},
		Noise:    ptr("广场舞"), Power: ptr("63A"), Parking: ptr("四辆"), LoadIn: ptr("北门"), Hospital: &studio.Hospital{Name: "市一", Address: "路口", Phone: "120"}}
}

func TestEverythingAboutAPlaceIsKept(t *testing.T) {
	h := newHouse(t)
	l, err := h.CreateLocation(t.Context(), h.admin, theHall())
	must(t, l, err)
	got, err := h.Location(t.Context(), h.admin, l.ID)
	must(t, got, err)
	check := func(what string, ok bool) {
		t.Helper()
		if !ok {
			t.Errorf("%s: %+v", what, got)
		}
	}
	check("tags", slices.Equal(got.Tags, []string{"剧院", "夜景"}))
	check("point", got.Point != nil && *got.Point == geo.Point{Lat: 30.3087, Lon: 120.3494})
	check("links to maps", got.Maps != nil && strings.Contains(got.Maps.Google, "30.308700") && strings.HasPrefix(got.Maps.Amap, "https://"))
	check("contacts without the empty line", slices.Equal(got.Contacts, []studio.Contact{{Name: "王经理", Role: "场地", Phone: "138 0000 0000", Note: "白天"}, {Role: "门卫", Phone: "0571-000"}}))
	check("price", got.Price == studio.Price{Currency: "CNY", Day: 18_000_0000, Deposit: 1, Note: "含电"})
	check("hours", len(got.Hours) == 2 && slices.Equal(got.Hours[0].Weekdays, []int{6, 7}) && got.Hours[0].To == "02:00" && got.Hours[1].To == "24:00")
	check("facts", got.Noise+got.Power+got.Parking+got.LoadIn == "广场舞63A四辆北门")
	check("hospital", got.Hospital == studio.Hospital{Name: "市一", Address: "路口", Phone: "120"})
	t.Run("what is not said stays", func(t *testing.T) {
		after, err := h.editPlace(l, studio.LocationIn{Noise: ptr("安静")})
		must(t, after, err)
		after.Noise, after.Rev, after.Updated = got.Noise, got.Rev, got.Updated
		if a, b := asJSON(t, after), asJSON(t, got); a != b {
			t.Errorf("got %s, want %s", a, b)
		}
	})
	t.Run("the point goes when somebody says so", func(t *testing.T) {
		after, err := h.editPlace(l, studio.LocationIn{NoPoint: true})
		if must(t, after, err); after.Point != nil || after.Maps != nil {
			t.Errorf("got %+v", after.Point)
		}
	})
	t.Run("a point of another system is brought over", func(t *testing.T) {
		for _, system := range []geo.System{geo.GCJ02, geo.BD09} {
			p := geo.FromWGS84(geo.Point{Lat: 30.3087, Lon: 120.3494}, system)
			after, err := h.editPlace(l, studio.LocationIn{Point: &studio.PointIn{Lat: p.Lat, Lon: p.Lon, System: system}})
			if must(t, after, err); geo.DistanceM(*after.Point, geo.Point{Lat: 30.3087, Lon: 120.3494}) > 0.1 {
				t.Errorf("%s ends at %+v", system, after.Point)
			}
		}
	})
	t.Run("lists are never null", func(t *testing.T) {
		if text := asJSON(t, h.place("空地")); strings.Contains(text, "null") {
			t.Errorf("got %s", text)
		}
	})
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	return string(must(t, b, err))
}

func TestWhatCannotBeSaidAboutAPlace(t *testing.T) {
	h := newHouse(t)
	l, err := h.CreateLocation(t.Context(), h.admin, theHall())
	must(t, l, err)
	hours := func(x studio.Hours) studio.LocationIn { return studio.LocationIn{Hours: &[]studio.Hours{x}} }
	point := func(lat, lon float64, system geo.System) studio.LocationIn {
		return studio.LocationIn{Point: &studio.PointIn{Lat: lat, Lon: lon, System: system}}
	}
	long := strings.Repeat("长", 2001)
	for name, c := range map[string]struct {
		in   studio.LocationIn
		code string
	}{
		"a name that is empty":             {studio.LocationIn{Name: ptr(" ")}, "invalid.name"},
		"a tag with a comma":               {studio.LocationIn{Tags: &[]string{"夜,景"}}, "invalid.tags"},
		"a tag with a wide comma":          {studio.LocationIn{Tags: &[]string{"夜，景"}}, "invalid.tags"},
		"a tag that is too long":           {studio.LocationIn{Tags: ptr([]string{strings.Repeat("长", 41)})}, "invalid.tags"},
		"a tag that turns the text":        {studio.LocationIn{Tags: &[]string{"a\u202eb"}}, "invalid.tags"},
		"a hundred and one tags":           {studio.LocationIn{Tags: ptr(slices.Repeat([]string{"a"}, 101))}, "invalid.tags"},
		"fifty-one tags":                   {studio.LocationIn{Tags: ptr(many(51))}, "invalid.tags"},
		"a latitude too far north":         {point(90.01, 0, geo.WGS84), "invalid.point"},
		"a longitude too far west":         {point(0, -180.5, geo.WGS84), "invalid.point"},
		"a point that is no number":        {point(math.NaN(), 0, geo.WGS84), "invalid.point"},
		"a point without its system":       {point(30, 120, ""), "invalid.point"},
		"a point of an unknown system":     {point(30, 120, "mars"), "invalid.point"},
		"a point given and taken off":      {studio.LocationIn{NoPoint: true, Point: &studio.PointIn{System: geo.WGS84}}, "invalid.no_point"},
		"a contact with a number only":     {studio.LocationIn{Contacts: &[]studio.Contact{{Phone: "138"}}}, "invalid.contacts"},
		"a number that is too long":        {studio.LocationIn{Contacts: &[]studio.Contact{{Name: "王", Phone: strings.Repeat("1", 61)}}}, "invalid.contacts"},
		"a name on two lines":              {studio.LocationIn{Contacts: &[]studio.Contact{{Name: "王\n经理"}}}, "invalid.contacts"},
		"fifty-one contacts":               {studio.LocationIn{Contacts: ptr(make([]studio.Contact, 51))}, "invalid.contacts"},
		"a price below nought":             {studio.LocationIn{Price: &studio.Price{Day: -1}}, "invalid.price"},
		"a price beyond everything":        {studio.LocationIn{Price: &studio.Price{Deposit: math.MaxInt64}}, "invalid.price"},
		"a currency that is none":          {studio.LocationIn{Price: &studio.Price{Currency: "元"}}, "invalid.price"},
		"a currency of digits":             {studio.LocationIn{Price: &studio.Price{Currency: "C1Y"}}, "invalid.price"},
		"a weekday that is none":           {hours(studio.Hours{Weekdays: []int{8}, From: "08:00", To: "09:00"}), "invalid.hours"},
		"Sunday as nought":                 {hours(studio.Hours{Weekdays: []int{0}, From: "08:00", To: "09:00"}), "invalid.hours"},
		"hours without minutes":            {hours(studio.Hours{From: "8", To: "09:00"}), "invalid.hours"},
		"hours with one digit":             {hours(studio.Hours{From: "8:00", To: "09:00"}), "invalid.hours"},
		"hours that begin at the end":      {hours(studio.Hours{From: "24:00", To: "09:00"}), "invalid.hours"},
		"hours beyond the day":             {hours(studio.Hours{From: "08:00", To: "24:30"}), "invalid.hours"},
		"hours that are missing":           {hours(studio.Hours{}), "invalid.hours"},
		"twenty-two lines of hours":        {studio.LocationIn{Hours: ptr(slices.Repeat([]studio.Hours{{From: "08:00", To: "09:00"}}, 22))}, "invalid.hours"},
		"noise that is a book":             {studio.LocationIn{Noise: &long}, "invalid.noise"},
		"power that is a book":             {studio.LocationIn{Power: &long}, "invalid.power"},
		"parking that is a book":           {studio.LocationIn{Parking: &long}, "invalid.parking"},
		"load-in with hidden characters":   {studio.LocationIn{LoadIn: ptr("a\x00b")}, "invalid.load_in"},
		"a hospital on two lines":          {studio.LocationIn{Hospital: &studio.Hospital{Name: "a\nb"}}, "invalid.hospital"},
		"a hospital with a strange number": {studio.LocationIn{Hospital: &studio.Hospital{Phone: strings.Repeat("1", 61)}}, "invalid.hospital"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.editPlace(l, c.in)
			refused(t, err, c.code)
			got, err := h.Location(t.Context(), h.admin, l.ID)
			if must(t, got, err); asJSON(t, got) != asJSON(t, l) {
				t.Errorf("half of it was written: %+v", got)
			}
		})
	}
}

// many are n texts that differ.
func many(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = string(rune('一' + i))
	}
	return out
}

func TestARenamedPlaceLosesNothing(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	l := h.place("金沙湖大剧院", "观众厅")
	title := h.title("娇藏京枝")
	h.importText(title, theatre)
	b, err := h.Book(ctx, h.admin, studio.BookingIn{LocationID: l.ID, AreaID: l.Areas[0].ID, TitleID: title, Start: at(9, 8), End: at(9, 12)})
	must(t, b, err)
	e := h.element(title, "金沙湖大剧院·观众厅")
	h.newSheet(title, studio.RefPlace, e.ID, "观众厅", 1)
	before, err := h.LocationLinks(ctx, h.admin, l.ID)
	must(t, before, err)
	l, err = h.editPlace(l, studio.LocationIn{Name: ptr("金沙湖文化中心")})
	if must(t, l, err); !slices.Equal(l.Aliases, []string{"金沙湖大剧院"}) {
		t.Errorf("the old name is not among %v", l.Aliases)
	}
	after, err := h.LocationLinks(ctx, h.admin, l.ID)
	if must(t, after, err); asJSON(t, after) != asJSON(t, before) || len(after.Places) != 2 || after.Bookings != 1 || len(after.Sheets) != 1 {
		t.Errorf("got %+v, had %+v", after, before)
	}
	rows, err := h.LocationBookings(ctx, h.admin, l.ID, at(1, 0), at(30, 0))
	if must(t, rows, err); len(rows) != 1 || rows[0].Location != "金沙湖文化中心" {
		t.Errorf("booked %+v", rows)
	}
	for _, q := range []string{"jshdjy", "金沙湖大剧院", "文化中心"} {
		if got := h.find(h.admin, q, ""); !strings.Contains(got, "金沙湖文化中心") {
			t.Errorf("%s finds %s", q, got)
		}
	}
	other := h.title("昼以继夜")
	h.importText(other, theatre)
	if e := h.element(other, "金沙湖大剧院·观众厅"); e.LocationID != l.ID {
		t.Errorf("a new script's place is linked to %q", e.LocationID)
	}
	t.Run("back and forth keeps each name once", func(t *testing.T) {
		l, err = h.editPlace(l, studio.LocationIn{Name: ptr("金沙湖大剧院")})
		if must(t, l, err); !slices.Equal(l.Aliases, []string{"金沙湖文化中心"}) {
			t.Errorf("got %v", l.Aliases)
		}
	})
	t.Run("a name that was a slip can be taken off", func(t *testing.T) {
		l, err = h.editPlace(l, studio.LocationIn{Aliases: &[]string{}})
		if must(t, l, err); len(l.Aliases) != 0 {
			t.Errorf("got %v", l.Aliases)
		}
	})
}
