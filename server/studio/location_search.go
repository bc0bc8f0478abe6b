package studio

import (
	"context"
	"slices"
	"strings"

	"chouka/store"
)

// searchSpan is how many places one search looks at: a rare word then gives a
// short page with a cursor instead of a long wait.
const searchSpan = 5000

// Locations lists places by name. q is looked for in names, aliases, addresses
// and areas, whatever its case and width; a page may then be short although more follow.
func (s *Studio) Locations(ctx context.Context, by Actor, q string, p Page) (List[Location], error) {
	out := List[Location]{Items: []Location{}}
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return out, err
	}
	q, err := line("q", q)
	if err != nil {
		return out, inQuery(err)
	}
	p.Reverse = false
	err = s.view(ctx, func(tx store.Txn) error {
		got, err := s.searchPlaces(tx, nameKey(q), p)
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

// searchPlaces reads no more than the page still lacks at a time, so that its
// cursor always stands behind the last place looked at.
func (s *Studio) searchPlaces(tx store.Txn, key string, p Page) (store.List[Location], error) {
	if key == "" {
		return s.r.locations.List(tx, "name", store.K(), p)
	}
	if p.Limit <= 0 {
		p.Limit = store.DefaultPage
	}
	want := min(p.Limit, store.MaxPage)
	var out store.List[Location]
	for seen := 0; seen < searchSpan; {
		p.Limit = want - len(out.Items)
		got, err := s.r.locations.List(tx, "name", store.K(), p)
		if err != nil {
			return out, err
		}
		for _, l := range got.Items {
			if l.matches(key) {
				out.Items = append(out.Items, l)
			}
		}
		seen += len(got.Items)
		out.Next, p.After = got.Next, got.Next
		if got.Next == "" || len(out.Items) == want {
			break
		}
	}
	return out, nil
}

// matches compares after NFKC, without quotes, blanks and case (R8).
func (l *Location) matches(key string) bool {
	hit := func(text string) bool { return strings.Contains(nameKey(text), key) }
	return hit(l.Name) || hit(l.Address) || slices.ContainsFunc(l.Aliases, hit) ||
		slices.ContainsFunc(l.Areas, func(a Area) bool { return hit(a.Name) })
}
