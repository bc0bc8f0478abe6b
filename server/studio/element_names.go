package studio

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"chouka/server/studio/script"
	"chouka/store"
)

// Limits of a title's elements. A name in characters; more elements than that are a reading gone wrong.
const (
	elementName     = 100
	elementAliases  = 100
	elementsInTitle = 5000
)

// elementKey is how names of elements are compared: as names are (R8), and with the marks and widths of scripts made one.
func elementKey(name string) string { return nameKey(script.Fold(name)) }

// spellings are the name and the aliases.
func (e *Element) spellings() []string { return append([]string{e.Name}, e.Aliases...) }

// elementNames are the keys of an element: no other of its title and kind has one of its spellings.
func elementNames(e *Element) []store.Key {
	var keys []store.Key
	var seen []string
	for _, name := range e.spellings() {
		if k := elementKey(name); !slices.Contains(seen, k) {
			seen, keys = append(seen, k), append(keys, spellingKey(e.TitleID, e.Kind, name))
		}
	}
	return keys
}

func spellingKey(titleID string, kind ElementKind, name string) store.Key {
	return store.K().ID(titleID).Text(string(kind)).Text(markOf(elementKey(name)))
}

// elementCalled finds an element by any of its spellings; nil where there is none.
func (s *Studio) elementCalled(tx store.Txn, titleID string, kind ElementKind, name string) (*Element, error) {
	e, err := s.r.elements.By(tx, "name", spellingKey(titleID, kind, name))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for an element: %w", err)
	}
	return e, nil
}

// applyElement sets what an edit gives. A former name stays as an alias, so that the next import still knows it.
func (c *change) applyElement(e *Element, in ElementIn) error {
	was := e.Name
	var x setter
	x.needed("name", &e.Name, in.Name)
	x.lines("aliases", &e.Aliases, in.Aliases)
	x.prose("note", &e.Note, in.Note)
	if x.err != nil {
		return x.err
	}
	if was != "" && was != e.Name {
		e.Aliases = append(slices.Clone(e.Aliases), was)
	}
	if err := cleanSpellings(e); err != nil {
		return err
	}
	if err := c.linkElement(e, in.LocationID); err != nil {
		return err
	}
	return c.castElement(e, in.PerformerID)
}

// cleanSpellings drops aliases that say the name or each other again, and refuses what cannot be a name.
func cleanSpellings(e *Element) error {
	var kept, seen []string
	for i, name := range e.spellings() {
		key, field := elementKey(name), "aliases"
		if i == 0 {
			field = "name"
		}
		switch {
		case key == "":
			return wrong(field, "名字里至少要有一个字", "a name has at least one letter")
		case utf8.RuneCountInString(name) > elementName:
			return wrong(field, "名字太长了，请控制在 100 个字以内", "a name is too long; keep it within 100 characters")
		case !slices.Contains(seen, key):
			seen, kept = append(seen, key), append(kept, name)
		}
	}
	if len(kept) > elementAliases+1 {
		return wrong("aliases", "别名最多 100 个", "at most 100 aliases")
	}
	e.Aliases = append([]string{}, kept[1:]...)
	return nil
}

// linkElement says which real place a place of the script is; an empty id takes the link off.
func (c *change) linkElement(e *Element, location *string) error {
	if location == nil || *location == e.LocationID {
		return nil
	}
	if *location == "" {
		e.LocationID = ""
		return nil
	}
	if e.Kind != ElementPlace {
		return wrong("location_id", "只有场景地点能关联取景地", "only a place of the script can be linked to a location")
	}
	if err := c.by.must(ViewPlaces, "", "location"); err != nil {
		return err
	}
	l, err := c.openPlace(*location)
	if err != nil {
		return err
	}
	e.LocationID = l.ID
	return c.addCandidate(e, l.ID, "")
}

// taken turns the store's refusal of a name into one that says who has it.
func (c *change) taken(err error) error {
	var t *store.TakenError
	if !errors.As(err, &t) || t.Index != "name" {
		return err
	}
	other, err := c.s.r.elements.Get(c.tx, t.ID)
	if err != nil {
		return fmt.Errorf("reading whose name it is: %w", err)
	}
	return conflict("element.name", "“%s”已经用了这个名字或别名，请把两个合并，或换一个名字", "“%s” has this name or alias already; merge the two, or choose another", other.Name)
}

// placeNames are the keys by which a location is found under its name and its aliases; a merged duplicate has none.
func placeNames(l *Location) []store.Key {
	var keys []store.Key
	var seen []string
	for _, name := range append([]string{l.Name}, l.Aliases...) {
		if l.MergedInto != "" {
			break
		}
		if k := elementKey(name); k != "" && !slices.Contains(seen, k) {
			seen, keys = append(seen, k), append(keys, store.K().Text(markOf(k)))
		}
	}
	return keys
}

// locationCalled finds the one location that a script's place names: by its whole text, or by what stands before a set
// inside it (金沙湖大剧院·后台). Where two have the name it is for a person to say.
func (s *Studio) locationCalled(tx store.Txn, place string) (string, error) {
	text := script.Fold(place)
	for text != "" {
		var ids []string
		err := s.r.locations.Keys(tx, "spelling", store.K().Text(markOf(elementKey(text))), func(_ store.Key, id string) error {
			ids = append(ids, id)
			return nil
		})
		if err != nil {
			return "", fmt.Errorf("looking for a location: %w", err)
		}
		if len(ids) == 1 {
			return ids[0], nil
		}
		cut := strings.LastIndexAny(text, "·-/ ,(、")
		if len(ids) > 1 || cut < 0 {
			return "", nil
		}
		text = text[:cut]
	}
	return "", nil
}
