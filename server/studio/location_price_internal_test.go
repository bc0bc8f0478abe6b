package studio

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// priceTown is a studio whose places have prices of every unit in three currencies.
func priceTown(t *testing.T) *Studio {
	t.Helper()
	s := benchStudio(t, false)
	findPlaces(t, s,
		Location{Name: "甲", Price: Price{Day: 300, Hour: 50}},
		Location{Name: "乙", Price: Price{Day: 200, Hour: 90, Currency: "CNY"}},
		Location{Name: "丙", Price: Price{Day: 100, Hour: 10, Currency: "USD"}},
		Location{Name: "丁", Price: Price{Day: 900, Currency: "HKD"}},
		Location{Name: "戊", Price: Price{Day: 250, Currency: "USD"}},
		Location{Name: "己", Price: Price{Flat: 1}},
		Location{Name: "庚", Price: Price{Deposit: 5, Currency: "EUR"}})
	return s
}

func TestPricesAreComparedWithinOneUnitAndCurrency(t *testing.T) {
	s := priceTown(t)
	for name, c := range map[string]struct {
		q    PlaceQuery
		want string
	}{
		"by the day, of the studio":    {PlaceQuery{Sort: "price"}, "乙 甲 丁 丙 戊 己 庚"},
		"by the day, in dollars":       {PlaceQuery{Sort: "price", Currency: "USD"}, "丙 戊 乙 甲 丁 己 庚"},
		"by the hour":                  {PlaceQuery{Sort: "price", Unit: PriceHour}, "甲 乙 丙 丁 戊 己 庚"},
		"flat":                         {PlaceQuery{Sort: "price", Unit: PriceFlat}, "己 甲 乙 丙 丁 戊 庚"},
		"in a currency that none has":  {PlaceQuery{Sort: "price", Currency: "JPY"}, "乙 甲 丁 丙 戊 己 庚"},
		"at most, in yuan only":        {PlaceQuery{MaxPrice: 250, Sort: "price"}, "乙"},
		"at most, in dollars only":     {PlaceQuery{MaxPrice: 250, Currency: "USD", Sort: "price"}, "丙 戊"},
		"at most by the hour":          {PlaceQuery{MaxPrice: 60, Unit: PriceHour}, "甲"},
		"at most flat, no day's price": {PlaceQuery{MaxPrice: 1_000_000, Unit: PriceFlat}, "己"},
	} {
		if got := strings.Join(findNames(t, s, c.q), " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestCurrenciesInUse(t *testing.T) {
	s := benchStudio(t, false)
	if got, err := s.PlaceCurrencies(t.Context(), Console()); err != nil || got == nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
	s = priceTown(t)
	got, err := s.PlaceCurrencies(t.Context(), Console())
	if want := []CurrencyCount{{"CNY", 3}, {"USD", 2}, {"HKD", 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := s.PlaceCurrencies(t.Context(), Actor{}); !IsKind(err, SignedOut) {
		t.Errorf("nobody: %v", err)
	}
}

func TestWhatOfAPlaceIsFree(t *testing.T) {
	s := benchStudio(t, false)
	areas := []Area{{ID: "a", Name: "大厅"}, {ID: "b", Name: "天台"}}
	ids := findPlaces(t, s,
		Location{Name: "甲", Areas: areas},
		Location{Name: "乙", Areas: areas, Blackouts: []Blackout{{ID: "k", AreaID: "b", Start: findDay(9), End: findDay(10)}}},
		Location{Name: "丙", Areas: areas, Blackouts: []Blackout{{ID: "k", Start: findDay(9), End: findDay(10)}}},
		Location{Name: "丁", Areas: areas},
		Location{Name: "戊"},
		Location{Name: "己", Areas: areas})
	err := s.update(t.Context(), Console(), func(c *change) error {
		for _, b := range []Booking{
			{LocationID: ids[1], AreaID: "a", Start: findDay(9), End: findDay(11), Status: Tentative},
			{LocationID: ids[3], Start: findDay(9), End: findDay(11), Status: Confirmed},
			{LocationID: ids[4], AreaID: "gone", Start: findDay(9), End: findDay(11), Status: Confirmed},
			{LocationID: ids[5], AreaID: "a", Start: findDay(8), End: findDay(9), Status: Confirmed},
			{LocationID: ids[5], AreaID: "b", Start: findDay(9), End: findDay(11), Status: Confirmed},
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
	free := func(q PlaceQuery) string {
		got, err := s.FindLocations(t.Context(), Console(), q, Page{})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, l := range got.Items {
			line := l.Name
			if l.Free != nil {
				line += fmt.Sprint(" ", l.Free.Whole)
				for _, a := range l.Free.Areas {
					line += " " + a.Name
				}
			}
			out = append(out, line)
		}
		slices.Sort(out)
		return strings.Join(out, "; ")
	}
	if got := free(PlaceQuery{FreeFrom: findDay(9), FreeTo: findDay(10)}); got != "乙 false 大厅; 己 false 大厅; 甲 true 大厅 天台" {
		t.Errorf("free on that day: %s", got)
	}
	if got := free(PlaceQuery{FreeFrom: findDay(9), FreeTo: findDay(10), Sort: "price"}); got != "乙 false 大厅; 己 false 大厅; 甲 true 大厅 天台" {
		t.Errorf("and by price: %s", got)
	}
	if got := free(PlaceQuery{FreeFrom: findDay(11), FreeTo: findDay(12)}); got != "丁 true 大厅 天台; 丙 true 大厅 天台; 乙 true 大厅 天台; 己 true 大厅 天台; 戊 true; 甲 true 大厅 天台" {
		t.Errorf("free when all is over: %s", got)
	}
	if got := free(PlaceQuery{}); got != "丁; 丙; 乙; 己; 戊; 甲" {
		t.Errorf("asked for no time: %s", got)
	}
}
