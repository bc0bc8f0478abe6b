package studio

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"chouka/server/studio/geo"
)

// findCity is a studio with many places around Hangzhou and bookings over a year.
func findCity(b testing.TB, places, bookings int) *Studio {
	b.Helper()
	s := benchStudio(b, false)
	kinds := []string{"剧院", "厂房", "码头", "茶楼", "医院", "学校", "天台", "地铁站"}
	in := make([]Location, places)
	for i := range in {
		in[i] = Location{Name: fmt.Sprintf("%d号%s", i, kinds[i%len(kinds)]), Address: fmt.Sprintf("杭州市钱塘区金沙大道%d号", i), Tags: []string{kinds[i%len(kinds)], "夜景"},
			Areas: []Area{{ID: "a", Name: "大厅"}, {ID: "b", Name: "后台"}}, Point: &geo.Point{Lat: 30 + float64(i%97)/100, Lon: 120 + float64(i%89)/100}, Price: Price{Day: int64(i%50) * 1_000_000}}
	}
	var ids []string
	for part := range slices.Chunk(in, 250) { // a place has some hundred entries in the index of names
		ids = append(ids, findPlaces(b, s, part...)...)
	}
	err := s.update(b.Context(), Console(), func(c *change) error {
		for i := range bookings {
			start := findDay(8).Add(time.Duration(i%365) * 24 * time.Hour)
			x := Booking{Meta: c.meta(), LocationID: ids[i*7%places], Start: start, End: start.Add(10 * time.Hour), Status: Confirmed}
			if err := s.r.bookings.Insert(c.tx, &x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkFindLocations looks for places in every way among 5,000 with 10,000 bookings, and among 200.
func BenchmarkFindLocations(b *testing.B) {
	for _, size := range []struct{ places, bookings int }{{200, 10_000}, {5_000, 10_000}} {
		s := findCity(b, size.places, size.bookings)
		at := findDay(9).AddDate(0, 3, 0)
		for _, c := range []struct {
			name string
			q    PlaceQuery
		}{
			{"by name", PlaceQuery{}},
			{"one text", PlaceQuery{Q: "117号"}},
			{"initials", PlaceQuery{Q: "hjy"}},
			{"a text that all have", PlaceQuery{Q: "金沙"}},
			{"mixed letters", PlaceQuery{Q: "钱塘qu"}},
			{"tag and price", PlaceQuery{Tags: []string{"茶楼"}, MaxPrice: 5_000_000}},
			{"nearest", PlaceQuery{Near: "30.3087,120.3494", Sort: "near"}},
			{"within and free", PlaceQuery{Near: "30.3087,120.3494", WithinM: 3000, FreeFrom: at, FreeTo: at.Add(time.Hour)}},
			{"free", PlaceQuery{FreeFrom: at, FreeTo: at.Add(time.Hour)}},
			{"cheapest", PlaceQuery{Sort: "price"}},
			{"nothing fits", PlaceQuery{Status: PlaceReleased}},
		} {
			b.Run(fmt.Sprintf("%d/%s", size.places, c.name), func(b *testing.B) {
				for b.Loop() {
					if _, err := s.FindLocations(b.Context(), Console(), c.q, Page{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(fmt.Sprintf("%d/geojson", size.places), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.PlacesGeoJSON(b.Context(), Console(), PlaceQuery{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d/tags", size.places), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.PlaceTags(b.Context(), Console()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
