package studio

import (
	"slices"

	"chouka/server/studio/geo"
	"chouka/store"
)

// shownPlace is a location as the actor may see it, with the present state of its pictures and its links to maps.
func (s *Studio) shownPlace(tx store.Txn, by Actor, l *Location) (Location, error) {
	out := *l
	out.Photos = slices.Clone(l.Photos)
	if !by.Can(EditPlaces, "") {
		out.hush()
	}
	if out.Point != nil {
		maps := geo.LinksOf(*out.Point, out.Name)
		out.Maps = &maps
	}
	for i := range out.Photos {
		if err := s.freshMedia(tx, &out.Photos[i].Media); err != nil {
			return Location{}, err
		}
	}
	return out, nil
}

// hush leaves out what only those who may edit places see: how to reach people, papers, and where a photographer stood.
func (l *Location) hush() {
	l.Documents, l.Contacts = []PlaceDocument{}, slices.Clone(l.Contacts)
	for i := range l.Contacts {
		l.Contacts[i].Phone, l.Contacts[i].Note = "", ""
	}
	for i := range l.Photos {
		l.Photos[i].Point = nil
	}
}

// settle gives a location the lists that it does not have: none of them is nil.
func (l *Location) settle() {
	l.Aliases, l.Areas, l.Photos, l.Tags = some(l.Aliases), some(l.Areas), some(l.Photos), some(l.Tags)
	l.Contacts, l.Hours, l.Documents = some(l.Contacts), some(l.Hours), some(l.Documents)
	l.Blackouts, l.Merged = some(l.Blackouts), some(l.Merged)
}

// some is a list that is not nil, so that it is written as [].
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// openPlace reads a location that is to be changed, or that something is to hang on.
func (c *change) openPlace(id string) (*Location, error) {
	l, err := found(c.s.r.locations.Get(c.tx, id))("location")
	if err != nil {
		return nil, err
	}
	return l, c.s.unmerged(c.tx, l)
}

// unmerged refuses a duplicate that another location took over, and names that one.
func (s *Studio) unmerged(tx store.Txn, l *Location) error {
	if l.MergedInto == "" {
		return nil
	}
	into, err := found(s.r.locations.Get(tx, l.MergedInto))("location")
	if err != nil {
		return err
	}
	return conflict("location.merged", "“%s”已并入“%s”，请到那里操作", "“%s” was merged into “%s”; use that one", l.Name, into.Name)
}
