package studio

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"chouka/server/studio/geo"
	"chouka/store"
)

const (
	// searchSpan is how many records one page looks at: a rare word then gives a short page with a cursor instead of a
	// long wait.
	searchSpan = 5000
	// queryTags is how many tags a query may name.
	queryTags = 20
)

// PlaceQuery narrows and orders a list of locations. Zero fields do not narrow.
type PlaceQuery struct {
	Q      string // characters, pinyin or initials of names, aliases, areas, addresses and tags
	Status PlaceStatus
	Tags   []string // all of them
	// MaxPrice is the most that a Unit may cost, in 1/10,000 of the Currency. Prices are compared within one unit and one
	// currency only: places without such a price are left out.
	MaxPrice int64
	Unit     PriceUnit // of MaxPrice and of the sort by price; a day when empty
	Currency string    // likewise, ISO 4217; CNY when empty
	// FreeFrom and FreeTo want the place, or one of its areas, without a confirmed booking and a blackout in that time. A
	// location that is found says which.
	FreeFrom, FreeTo time.Time
	Near             string // latitude,longitude in WGS-84
	WithinM          int64  // metres from Near
	// Sort is name, near or price. Without a point a place comes last. By price those of another currency come after those
	// of the one that is asked for, each currency by itself, and those without a price of the unit come last.
	Sort string
}

// PriceUnit is what a price is for. Prices of two units are never compared.
type PriceUnit string

// The units of a price.
const (
	PriceDay  PriceUnit = "day"
	PriceHour PriceUnit = "hour"
	PriceFlat PriceUnit = "flat" // for all of it
)

// per is the price of a unit, 0: not agreed.
func (p Price) per(u PriceUnit) int64 {
	switch u {
	case PriceHour:
		return p.Hour
	case PriceFlat:
		return p.Flat
	}
	return p.Day
}

// in is the currency of a price.
func (p Price) in() string { return cmp.Or(p.Currency, usualCurrency) }

// CurrencyCount is a currency with how many locations have a price in it.
type CurrencyCount struct {
	Currency  string `json:"currency"` // ISO 4217
	Locations int64  `json:"locations"`
}

// TagCount is a tag with how many locations have it.
type TagCount struct {
	Tag       string `json:"tag"`
	Locations int64  `json:"locations"`
}

// FindLocations lists locations as the query wants them, by name unless it says otherwise. A page by name may be short
// although more follow. Merged duplicates are in no list.
func (s *Studio) FindLocations(ctx context.Context, by Actor, q PlaceQuery, p Page) (List[Location], error) {
	out := List[Location]{Items: []Location{}}
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return out, err
	}
	f, err := newFinding(s, q)
	if err != nil {
		return out, inQuery(err)
	}
	err = s.view(ctx, func(tx store.Txn) error {
		if err := f.begin(tx); err != nil {
			return err
		}
		page := f.byName
		if q.Sort == "near" || q.Sort == "price" {
			page = f.byValue
		}
		got, err := page(p)
		if err != nil {
			return err
		}
		out.Next, out.Items = got.Next, out.Items[:0]
		for _, l := range got.Items {
			shown, err := s.shownPlace(tx, by, l)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, shown)
		}
		return nil
	})
	return out, err
}

// PlaceTags lists the tags in use, the most used first.
func (s *Studio) PlaceTags(ctx context.Context, by Actor) ([]TagCount, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return nil, err
	}
	var out []TagCount
	err := s.view(ctx, func(tx store.Txn) error {
		count := map[string]int64{}
		err := s.r.locations.All(tx, func(l *Location) error {
			if l.MergedInto == "" {
				for _, tag := range l.Tags {
					count[tag]++
				}
			}
			return nil
		})
		out = make([]TagCount, 0, len(count))
		for tag, n := range count {
			out = append(out, TagCount{tag, n})
		}
		return err
	})
	slices.SortFunc(out, func(a, b TagCount) int {
		if a.Locations != b.Locations {
			return int(b.Locations - a.Locations)
		}
		return strings.Compare(a.Tag, b.Tag)
	})
	return out, err
}

// PlaceCurrencies lists the currencies in which locations have prices, the usual one first and then the most used.
func (s *Studio) PlaceCurrencies(ctx context.Context, by Actor) ([]CurrencyCount, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return nil, err
	}
	out := []CurrencyCount{}
	err := s.view(ctx, func(tx store.Txn) error {
		count := map[string]int64{}
		err := s.r.locations.All(tx, func(l *Location) error {
			if p := l.Price; l.MergedInto == "" && p.Day+p.Hour+p.Flat > 0 {
				count[p.in()]++
			}
			return nil
		})
		out = out[:0]
		for currency, n := range count {
			out = append(out, CurrencyCount{currency, n})
		}
		return err
	})
	slices.SortFunc(out, func(a, b CurrencyCount) int {
		switch usualCurrency {
		case a.Currency:
			return -1
		case b.Currency:
			return 1
		}
		return cmp.Or(cmp.Compare(b.Locations, a.Locations), strings.Compare(a.Currency, b.Currency))
	})
	return out, err
}

// PlacesGeoJSON writes locations that have a point as GeoJSON (RFC 7946): longitude first, WGS-84, no contacts.
func (s *Studio) PlacesGeoJSON(ctx context.Context, by Actor, q PlaceQuery) (*Document, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return nil, err
	}
	f, err := newFinding(s, q)
	if err != nil {
		return nil, inQuery(err)
	}
	var features []feature
	err = s.view(ctx, func(tx store.Txn) error {
		features = []feature{}
		if err := f.begin(tx); err != nil {
			return err
		}
		all, err := f.all()
		for _, l := range all {
			if l.Point != nil {
				features = append(features, newFeature(l))
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
	if err != nil {
		return nil, fmt.Errorf("writing GeoJSON: %w", err)
	}
	return &Document{Name: "locations.geojson", Type: "application/geo+json", Data: data}, nil
}

// feature is a place in GeoJSON (RFC 7946 §3.2).
type feature struct {
	Type       string            `json:"type"`
	ID         string            `json:"id"`
	Geometry   geometry          `json:"geometry"`
	Properties featureProperties `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude, latitude
}

// featureProperties hold nothing about people and money: the file leaves the house.
type featureProperties struct {
	Name   string      `json:"name"`
	Status PlaceStatus `json:"status"`
	Areas  []string    `json:"areas"`
	Tags   []string    `json:"tags"`
}

func newFeature(l *Location) feature {
	p := featureProperties{Name: l.Name, Status: l.Status, Areas: []string{}, Tags: append([]string{}, l.Tags...)}
	for _, a := range l.Areas {
		p.Areas = append(p.Areas, a.Name)
	}
	return feature{Type: "Feature", ID: l.ID, Geometry: geometry{"Point", [2]float64{l.Point.Lon, l.Point.Lat}}, Properties: p}
}

// nearPoint reads latitude,longitude as a query has it; "" is nowhere.
func nearPoint(text string) (*geo.Point, error) {
	if text == "" {
		return nil, nil
	}
	lat, lon, _ := strings.Cut(text, ",")
	var p geo.Point
	var err1, err2 error
	p.Lat, err1 = strconv.ParseFloat(lat, 64)
	p.Lon, err2 = strconv.ParseFloat(lon, 64)
	if err1 != nil || err2 != nil || !p.Valid() {
		return nil, wrong("near", "位置要写成“纬度,经度”，例如 30.3087,120.3494", "write the place as latitude,longitude, such as 30.3087,120.3494")
	}
	return &p, nil
}

// away is how far a place is from a point in whole metres; nil without one of them.
func away(l *Location, from *geo.Point) *int64 {
	if l.Point == nil || from == nil {
		return nil
	}
	m := int64(math.Round(geo.DistanceM(*from, *l.Point)))
	return &m
}
