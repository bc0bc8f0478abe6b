package studio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio/geo"
)

// findPlaces inserts places as they are.
func findPlaces(t testing.TB, s *Studio, places ...Location) []string {
	t.Helper()
	ids := make([]string, len(places))
	err := s.update(t.Context(), Console(), func(c *change) error {
		for i, l := range places {
			l.Meta = c.meta()
			if l.Status == "" {
				l.Status = PlaceWanted
			}
			if err := s.r.locations.Insert(c.tx, &l); err != nil {
				return err
			}
			ids[i] = l.ID
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func findNames(t testing.TB, s *Studio, q PlaceQuery) []string {
	t.Helper()
	got, err := s.FindLocations(t.Context(), Console(), q, Page{})
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	names := []string{}
	for _, l := range got.Items {
		names = append(names, l.Name)
	}
	return names
}

func findDay(hour int) time.Time {
	return time.Date(2026, 12, 5, hour, 0, 0, 0, time.FixedZone("CST", 8*3600))
}

// findTown is a handful of places around 金沙湖.
func findTown(t testing.TB, s *Studio) {
	t.Helper()
	at := func(lat, lon float64) *geo.Point { return &geo.Point{Lat: lat, Lon: lon} }
	ids := findPlaces(t, s,
		Location{Name: "金沙湖大剧院", Status: PlaceConfirmed, Areas: []Area{{ID: "a1", Name: "大厅"}, {ID: "a2", Name: "天台"}}, Tags: []string{"剧场", "夜景"}, Point: at(30.3087, 120.3494), Price: Price{Day: 80_000_000},
			Contacts: []Contact{{Name: "王经理", Phone: "13800000000"}}, Address: "钱塘区金沙大道"},
		Location{Name: "老厂房", Tags: []string{"夜景", "Loft"}, Point: at(30.3187, 120.3494), Price: Price{Day: 20_000_000}},
		Location{Name: "望江楼", Tags: []string{"古建"}, Point: at(30.2, 120.17), Price: Price{Flat: 50_000_000}},
		Location{Name: "旧码头", Tags: []string{"夜景"}, Blackouts: []Blackout{{ID: "b", AreaID: "x", Start: findDay(8), End: findDay(12)}}},
		Location{Name: "金沙湖大剧院（重复）", Tags: []string{"剧场"}, MergedInto: "x", Point: at(30.3087, 120.3494)})
	err := s.update(t.Context(), Console(), func(c *change) error {
		for _, b := range []Booking{
			{LocationID: ids[0], AreaID: "a1", Start: findDay(9), End: findDay(11), Status: Confirmed},
			{LocationID: ids[1], Start: findDay(9), End: findDay(11), Status: Tentative},
			{LocationID: ids[2], Start: findDay(9), End: findDay(11), Status: Dropped},
		} {
			b.Meta = c.meta()
			if err := s.r.bookings.Insert(c.tx, &b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFindingNarrowsAndOrders(t *testing.T) {
	s := benchStudio(t, false)
	findTown(t, s)
	for name, c := range map[string]struct {
		q    PlaceQuery
		want []string
	}{
		"all, without merged duplicates":           {PlaceQuery{}, []string{"旧码头", "望江楼", "老厂房", "金沙湖大剧院"}},
		"by characters":                            {PlaceQuery{Q: "剧院"}, []string{"金沙湖大剧院"}},
		"by pinyin":                                {PlaceQuery{Q: "wangjiang"}, []string{"望江楼"}},
		"by initials":                              {PlaceQuery{Q: "jshdjy"}, []string{"金沙湖大剧院"}},
		"by characters and letters":                {PlaceQuery{Q: "金沙hu"}, []string{"金沙湖大剧院"}},
		"by characters and letters of no name":     {PlaceQuery{Q: "金沙wu"}, []string{}},
		"by a text longer than the index holds":    {PlaceQuery{Q: "jinshahudajuyuan"}, []string{"金沙湖大剧院"}},
		"by one that begins like it":               {PlaceQuery{Q: "jinshahudajuyuaa"}, []string{}},
		"by an area":                               {PlaceQuery{Q: "天台"}, []string{"金沙湖大剧院"}},
		"by an address":                            {PlaceQuery{Q: "钱塘"}, []string{"金沙湖大剧院"}},
		"by the text of a tag":                     {PlaceQuery{Q: "古建"}, []string{"望江楼"}},
		"by marks alone":                           {PlaceQuery{Q: "，。"}, []string{}},
		"by a tag":                                 {PlaceQuery{Tags: []string{"夜景"}}, []string{"旧码头", "老厂房", "金沙湖大剧院"}},
		"by a tag in another case and width":       {PlaceQuery{Tags: []string{"ｌｏｆｔ"}}, []string{"老厂房"}},
		"by all of some tags":                      {PlaceQuery{Tags: []string{"夜景", "剧场"}}, []string{"金沙湖大剧院"}},
		"by status":                                {PlaceQuery{Status: PlaceConfirmed}, []string{"金沙湖大剧院"}},
		"by price":                                 {PlaceQuery{MaxPrice: 80_000_000}, []string{"老厂房", "金沙湖大剧院"}},
		"by a lower price":                         {PlaceQuery{MaxPrice: 79_999_999}, []string{"老厂房"}},
		"cheapest first, unknown ones last":        {PlaceQuery{Sort: "price"}, []string{"老厂房", "金沙湖大剧院", "望江楼", "旧码头"}},
		"nearest first, unknown ones last":         {PlaceQuery{Near: "30.3190,120.3494", Sort: "near"}, []string{"老厂房", "金沙湖大剧院", "望江楼", "旧码头"}},
		"within a kilometre":                       {PlaceQuery{Near: "30.3190,120.3494", WithinM: 1000}, []string{"老厂房"}},
		"free, tentative and cancelled ones too":   {PlaceQuery{FreeFrom: findDay(9), FreeTo: findDay(10)}, []string{"望江楼", "老厂房", "金沙湖大剧院"}},
		"free before, touching":                    {PlaceQuery{FreeFrom: findDay(7), FreeTo: findDay(8)}, []string{"旧码头", "望江楼", "老厂房", "金沙湖大剧院"}},
		"free after, touching":                     {PlaceQuery{FreeFrom: findDay(12), FreeTo: findDay(18)}, []string{"旧码头", "望江楼", "老厂房", "金沙湖大剧院"}},
		"free of bookings though closed till noon": {PlaceQuery{FreeFrom: findDay(11), FreeTo: findDay(12)}, []string{"望江楼", "老厂房", "金沙湖大剧院"}},
		"everything at once":                       {PlaceQuery{Q: "lcf", Tags: []string{"夜景"}, Status: PlaceWanted, MaxPrice: 30_000_000, FreeFrom: findDay(9), FreeTo: findDay(10), Near: "30.3087,120.3494", WithinM: 5000, Sort: "near"}, []string{"老厂房"}},
	} {
		if got := findNames(t, s, c.q); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	got, err := s.FindLocations(t.Context(), Console(), PlaceQuery{Near: "30.3087,120.3494"}, Page{})
	if err != nil || len(got.Items) != 4 || got.Items[0].Away != nil || got.Items[2].Away == nil || *got.Items[2].Away != 1112 {
		t.Errorf("distances: %+v, %v", got.Items, err)
	}
}

func TestFindingRefusesWhatMeansNothing(t *testing.T) {
	s := benchStudio(t, false)
	for name, c := range map[string]struct {
		q     PlaceQuery
		field string
	}{
		"no comma":                  {PlaceQuery{Near: "30.3"}, "near"},
		"a word":                    {PlaceQuery{Near: "a,b"}, "near"},
		"three numbers":             {PlaceQuery{Near: "1,2,3"}, "near"},
		"not a number":              {PlaceQuery{Near: "NaN,NaN"}, "near"},
		"endless":                   {PlaceQuery{Near: "1,Inf"}, "near"},
		"beyond the pole":           {PlaceQuery{Near: "91,0"}, "near"},
		"longitude first":           {PlaceQuery{Near: "120.3494,30.3087"}, "near"},
		"within, from nowhere":      {PlaceQuery{WithinM: 5}, "near"},
		"nearest, from nowhere":     {PlaceQuery{Sort: "near"}, "near"},
		"within less than nothing":  {PlaceQuery{Near: "1,1", WithinM: -1}, "within"},
		"an order that is none":     {PlaceQuery{Sort: "age"}, "sort"},
		"a status that is none":     {PlaceQuery{Status: "gone"}, "status"},
		"a price below zero":        {PlaceQuery{MaxPrice: -1}, "max_price"},
		"a unit that is none":       {PlaceQuery{Unit: "week"}, "unit"},
		"a currency in small":       {PlaceQuery{Currency: "cny"}, "currency"},
		"a currency of two letters": {PlaceQuery{Currency: "US"}, "currency"},
		"a currency of signs":       {PlaceQuery{Currency: "~~~"}, "currency"},
		"only a beginning":          {PlaceQuery{FreeFrom: findDay(1)}, "free_to"},
		"only an end":               {PlaceQuery{FreeTo: findDay(1)}, "free_from"},
		"an end before its start":   {PlaceQuery{FreeFrom: findDay(2), FreeTo: findDay(1)}, "free_to"},
		"no time at all":            {PlaceQuery{FreeFrom: findDay(2), FreeTo: findDay(2)}, "free_to"},
		"the year 9999":             {PlaceQuery{FreeFrom: findDay(2).AddDate(7000, 0, 0), FreeTo: findDay(2).AddDate(7000, 0, 1)}, "free_from"},
		"a year at once":            {PlaceQuery{FreeFrom: findDay(2), FreeTo: findDay(2).AddDate(1, 0, 0)}, "free_to"},
		"a text that is too long":   {PlaceQuery{Q: strings.Repeat("长", 201)}, "q"},
		"a text with a hidden mark": {PlaceQuery{Q: "a\u202eb"}, "q"},
		"a text of broken bytes":    {PlaceQuery{Q: "\xff"}, "q"},
		"too many tags":             {PlaceQuery{Tags: make([]string, 21)}, "tag"},
		"a tag with a line break":   {PlaceQuery{Tags: []string{"a\nb"}}, "tag"},
	} {
		_, err := s.FindLocations(t.Context(), Console(), c.q, Page{})
		_, other := s.PlacesGeoJSON(t.Context(), Console(), c.q)
		for _, err := range []error{err, other} {
			var e *Error
			if !errors.As(err, &e) || e.Code != "invalid."+c.field || len(e.Fields) != 1 || e.Fields[0].Location != "query."+c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestFindingGoesOnWhereItsPageEnded(t *testing.T) {
	s := benchStudio(t, false)
	for i := range 30 {
		l := Location{Name: fmt.Sprintf("棚%02d", i), Price: Price{Day: int64(1 + i%3), Currency: []string{"", "USD", "HKD"}[i/2%3]}}
		if i%2 == 0 {
			l.Point, l.Tags = &geo.Point{Lat: 30 + float64(i%5)/100, Lon: 120}, []string{"双"}
		}
		findPlaces(t, s, l)
	}
	for _, q := range []PlaceQuery{{}, {Q: "棚"}, {Tags: []string{"双"}}, {Sort: "price"}, {Near: "30,120", Sort: "near"}, {Q: "peng", Sort: "price", Near: "30,120"}} {
		want, seen := 30, map[string]int{}
		if q.Tags != nil {
			want = 15
		}
		var last string
		for p, pages := (Page{Limit: 4}), 0; ; pages++ {
			got, err := s.FindLocations(t.Context(), Console(), q, p)
			if err != nil || pages > 20 {
				t.Fatal(err, pages)
			}
			for _, l := range got.Items {
				seen[l.ID]++
				if q.Sort == "price" {
					is := fmt.Sprint(l.Price.Currency, l.Price.Day) // those of the studio's name none
					if is < last {
						t.Errorf("%+v: %s after %s", q, is, last)
					}
					last = is
				}
			}
			// One more, that sorts before what was shown, moves nothing.
			findPlaces(t, s, Location{Name: "a early", MergedInto: "x", Price: Price{Day: 1}})
			if p.After = got.Next; got.Next == "" {
				break
			}
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("%+v: %s came %d times", q, id, n)
			}
		}
		if len(seen) != want {
			t.Errorf("%+v: %d places, want %d", q, len(seen), want)
		}
	}
	for _, cursor := range []string{"x", "AAAA", "////", strings.Repeat("A", 400)} {
		for _, q := range []PlaceQuery{{}, {Sort: "price"}, {Sort: "near", Near: "1,1"}} {
			if _, err := s.FindLocations(t.Context(), Console(), q, Page{After: cursor}); !IsKind(err, Invalid) {
				t.Errorf("the cursor %.10s of %q: %v", cursor, q.Sort, err)
			}
		}
	}
	priced, err := s.FindLocations(t.Context(), Console(), PlaceQuery{Sort: "price"}, Page{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []PlaceQuery{{Sort: "near", Near: "1,1"}, {Sort: "price", Unit: PriceHour}} {
		if _, err := s.FindLocations(t.Context(), Console(), q, Page{After: priced.Next}); !IsKind(err, Invalid) {
			t.Errorf("a cursor of another order, %+v: %v", q, err)
		}
	}
}

func TestTagsAreCounted(t *testing.T) {
	s := benchStudio(t, false)
	if got, err := s.PlaceTags(t.Context(), Console()); err != nil || got == nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
	findTown(t, s)
	got, err := s.PlaceTags(t.Context(), Console())
	if want := []TagCount{{"夜景", 3}, {"Loft", 1}, {"剧场", 1}, {"古建", 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := s.PlaceTags(t.Context(), Actor{}); !IsKind(err, SignedOut) {
		t.Errorf("nobody: %v", err)
	}
}

// strictGeoJSON is RFC 7946 as far as places use it; anything else is refused.
type strictGeoJSON struct {
	Type     string `json:"type"`
	Features []struct {
		Type     string `json:"type"`
		ID       string `json:"id"`
		Geometry struct {
			Type        string    `json:"type"`
			Coordinates []float64 `json:"coordinates"`
		} `json:"geometry"`
		Properties struct {
			Name   string   `json:"name"`
			Status string   `json:"status"`
			Areas  []string `json:"areas"`
			Tags   []string `json:"tags"`
		} `json:"properties"`
	} `json:"features"`
}

func findGeoJSON(t *testing.T, s *Studio, q PlaceQuery) (strictGeoJSON, []byte) {
	t.Helper()
	d, err := s.PlacesGeoJSON(t.Context(), Console(), q)
	if err != nil {
		t.Fatal(err)
	}
	if d.Type != "application/geo+json" || d.Name != "locations.geojson" {
		t.Errorf("the file is %s, %s", d.Name, d.Type)
	}
	var out strictGeoJSON
	in := json.NewDecoder(bytes.NewReader(d.Data))
	in.DisallowUnknownFields()
	if err := in.Decode(&out); err != nil {
		t.Fatalf("%v in %s", err, d.Data)
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("something follows: %v", err)
	}
	if out.Type != "FeatureCollection" || out.Features == nil {
		t.Errorf("it is %s", d.Data)
	}
	for _, f := range out.Features {
		lon, lat := f.Geometry.Coordinates[0], f.Geometry.Coordinates[1]
		if f.Type != "Feature" || f.ID == "" || f.Geometry.Type != "Point" || len(f.Geometry.Coordinates) != 2 || lon < 120 || lon > 121 || lat < 30 || lat > 31 {
			t.Errorf("a feature is %+v", f)
		}
		if f.Properties.Areas == nil || f.Properties.Tags == nil {
			t.Errorf("a list is null: %+v", f)
		}
	}
	return out, d.Data
}

func TestPlacesLeaveAsGeoJSON(t *testing.T) {
	s := benchStudio(t, false)
	if got, _ := findGeoJSON(t, s, PlaceQuery{}); len(got.Features) != 0 {
		t.Errorf("of nothing: %+v", got)
	}
	findTown(t, s)
	got, raw := findGeoJSON(t, s, PlaceQuery{})
	if len(got.Features) != 3 { // without the one that has no point and the duplicate
		t.Errorf("%d features", len(got.Features))
	}
	for _, secret := range []string{"1380000", "王经理", "price", "contact", "phone", "重复"} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%s left the house", secret)
		}
	}
	got, _ = findGeoJSON(t, s, PlaceQuery{Q: "jsh"})
	if len(got.Features) != 1 || got.Features[0].Properties.Name != "金沙湖大剧院" || got.Features[0].Properties.Status != "confirmed" || len(got.Features[0].Properties.Areas) != 2 {
		t.Errorf("narrowed: %+v", got)
	}
	if _, err := s.PlacesGeoJSON(t.Context(), Actor{}, PlaceQuery{}); !IsKind(err, SignedOut) {
		t.Errorf("nobody: %v", err)
	}
}
