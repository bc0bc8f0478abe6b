package studio

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chouka/server/studio/script"
	"chouka/store"
)

// textNeed is something that a scene's text names.
type textNeed struct {
	kind     ElementKind
	name     string
	speeches int64
	// nobody is true for a group, a voice or a label: an element only where somebody made it one by hand.
	nobody bool
}

// breakDown finds what a scene needs in its cast, speeches, props and place, makes elements that are new, and sets the
// scene's list. It is called after every change of a scene's text, before the scene is written. A scene that is no longer
// in the script needs nothing new; it is broken down when it comes back.
func (c *change) breakDown(x *Scene) error {
	if x.Archived {
		return nil
	}
	return c.s.resolve(c.tx, x, c.newElement)
}

// resolve sets a scene's elements: those that its text names, but for what somebody took off, and what somebody added.
// missing makes an element for a name that none has, or gives nil.
func (s *Studio) resolve(tx store.Txn, x *Scene, missing func(*Scene, textNeed) (*Element, error)) error {
	elements, speeches := []string{}, []int64{}
	add := func(id string, n int64) {
		if i := slices.Index(elements, id); i >= 0 {
			speeches[i] += n
			return
		}
		elements, speeches = append(elements, id), append(speeches, n)
	}
	for _, n := range namedIn(x) {
		e, err := s.elementCalled(tx, x.TitleID, n.kind, n.name)
		if err == nil && e == nil && !n.nobody && !slices.Contains(x.Dropped, dropKey(n.kind, n.name)) {
			e, err = missing(x, n)
		}
		if err != nil {
			return err
		}
		switch {
		case e == nil:
		case x.drops(e):
			x.drop(n.kind, n.name)
		default:
			add(e.ID, n.speeches)
		}
	}
	added := []string{}
	for _, id := range x.Added {
		has, err := s.r.elements.Has(tx, id)
		if err != nil {
			return fmt.Errorf("reading an element: %w", err)
		}
		if has && !slices.Contains(added, id) {
			added = append(added, id)
			add(id, 0)
		}
	}
	x.Elements, x.Speeches, x.Added, x.Dropped = elements, speeches, added, append([]string{}, x.Dropped...)
	return nil
}

// dropKey is how a scene remembers what was taken off it: by name, so that it holds even when the element was deleted since.
func dropKey(kind ElementKind, name string) string { return string(kind) + " " + elementKey(name) }

// drops says whether somebody took the element off the scene under one of its spellings.
func (x *Scene) drops(e *Element) bool {
	return len(x.Dropped) > 0 && slices.ContainsFunc(e.spellings(), func(name string) bool { return slices.Contains(x.Dropped, dropKey(e.Kind, name)) })
}

// drop remembers that a spelling is off the scene too: it was taken off under another one that its element may lose.
func (x *Scene) drop(kind ElementKind, name string) {
	if key := dropKey(kind, name); !slices.Contains(x.Dropped, key) {
		x.Dropped = append(slices.Clone(x.Dropped), key)
	}
}

// undrop forgets that spellings were taken off.
func (x *Scene) undrop(kind ElementKind, spellings []string) {
	x.Dropped = slices.DeleteFunc(x.Dropped, func(key string) bool {
		return slices.ContainsFunc(spellings, func(name string) bool { return key == dropKey(kind, name) })
	})
}

// namedIn lists what a scene's text names: its people, then its props, then its place. A speech by two counts for both.
func namedIn(x *Scene) []textNeed {
	var out []textNeed
	at := map[string]int{}
	add := func(kind ElementKind, name string, speeches int64, nobody bool) {
		name = cleanElement(name)
		key := dropKey(kind, name)
		if name == "" || elementKey(name) == "" {
			return
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, textNeed{kind: kind, name: name, nobody: nobody})
		}
		out[i].speeches += speeches
	}
	person := func(text string, speeches int64) {
		name, ok := script.Person(text)
		if !ok {
			name = text
		}
		add(ElementCharacter, name, speeches, !ok)
	}
	for _, name := range x.Cast {
		person(name, 0)
	}
	for i := range x.Lines {
		for _, said := range x.Lines[i].Speeches() {
			for name := range strings.SplitSeq(said.Speaker, "、") {
				person(name, 1)
			}
		}
	}
	for _, l := range x.Lines {
		for _, p := range script.Props(l) {
			add(ElementProp, p, 0, false)
		}
	}
	add(ElementPlace, x.Place, 0, false)
	return out
}

// cleanElement is a name as it can be kept; nothing where the text is no name.
func cleanElement(text string) string {
	name, err := line("name", text)
	if err != nil {
		name, err = line("name", script.Fold(text))
	}
	if err != nil || utf8.RuneCountInString(name) > elementName {
		return ""
	}
	return name
}

// newElement makes an element for a name that a script brings, unless the title has too many.
func (c *change) newElement(x *Scene, n textNeed) (*Element, error) {
	have, err := c.s.r.counts.Value(c.tx, countKey(x.TitleID, countElements))
	if err != nil || have >= elementsInTitle {
		return nil, err
	}
	e := &Element{TitleID: x.TitleID, Kind: n.kind, Name: n.name, Aliases: []string{}}
	if n.kind == ElementPlace {
		if e.LocationID, err = c.s.locationCalled(c.tx, n.name); err != nil {
			return nil, err
		}
		if e.LocationID != "" {
			e.Candidates = append(e.Candidates, PlaceCandidate{LocationID: e.LocationID, By: c.by.Person.ID, At: c.now})
		}
	}
	return e, c.addElement(e)
}

// countElements counts the elements of a title.
const countElements = "elements"

// addElement writes a new element; its spellings must be free among the title's of its kind.
func (c *change) addElement(e *Element) error {
	e.Meta, e.Candidates = c.meta(), some(e.Candidates)
	if err := c.s.r.elements.Insert(c.tx, e); err != nil {
		return fmt.Errorf("adding an element: %w", err)
	}
	return c.countAll(countElements, 1, e.TitleID)
}

// breakAgain breaks scenes down anew, after change has changed them where it is given, and writes those that differ.
func (c *change) breakAgain(ids []string, change func(*Scene)) error {
	for _, id := range ids {
		x, err := c.s.r.scenes.Get(c.tx, id)
		if err != nil {
			return fmt.Errorf("breaking a scene down: %w", err)
		}
		was := *x
		was.Added, was.Dropped = slices.Clone(x.Added), slices.Clone(x.Dropped)
		if change != nil {
			change(x)
		}
		if err := c.breakDown(x); err != nil {
			return err
		}
		if slices.Equal(was.Elements, x.Elements) && slices.Equal(was.Speeches, x.Speeches) && slices.Equal(was.Added, x.Added) && slices.Equal(was.Dropped, x.Dropped) {
			continue
		}
		x.Updated = c.now
		if err := c.s.r.scenes.Put(c.tx, x); err != nil {
			return fmt.Errorf("writing what a scene needs: %w", err)
		}
	}
	return nil
}

// needKeys are a scene's entries under what it needs, with the speeches of each: counting them counts scenes and speeches.
func needKeys(x *Scene) []store.Key {
	keys := make([]store.Key, 0, len(x.Elements))
	for i, id := range x.Elements {
		n := int64(0)
		if i < len(x.Speeches) {
			n = x.Speeches[i]
		}
		keys = append(keys, needKey(x.TitleID, id, x.Archived).Text(strconv.FormatInt(n, 10)))
	}
	return keys
}

func needKey(titleID, element string, archived bool) store.Key {
	return store.K().ID(titleID).ID(element).Bool(archived)
}

// castKeys are a shot's entries under what it shows. Deleted ones stand apart: they may be restored.
func castKeys(x *Shot) []store.Key {
	keys := make([]store.Key, 0, len(x.Cast))
	for _, id := range x.Cast {
		keys = append(keys, store.K().ID(id).Bool(x.Deleted != nil))
	}
	return keys
}

// total fills in how many live scenes need an element and how many speeches it has in them.
func (s *Studio) total(tx store.Txn, e *Element) error {
	e.Scenes, e.Lines = 0, 0
	prefix := needKey(e.TitleID, e.ID, false)
	err := s.r.scenes.Keys(tx, "element", prefix, func(key store.Key, _ string) error {
		parts, ok := key[len(prefix):].Texts()
		if !ok || len(parts) != 1 {
			return store.ErrDamaged
		}
		n, err := strconv.ParseInt(parts[0], 10, 64)
		e.Scenes, e.Lines = e.Scenes+1, e.Lines+n
		return err
	})
	if err != nil {
		return fmt.Errorf("counting what needs an element: %w", err)
	}
	return nil
}

// scenesNeeding are the ids of the scenes that need an element, archived ones or live ones.
func (s *Studio) scenesNeeding(tx store.Txn, e *Element, archived bool) ([]string, error) {
	var ids []string
	err := s.r.scenes.Keys(tx, "element", needKey(e.TitleID, e.ID, archived), func(_ store.Key, id string) error {
		ids = append(ids, id)
		return nil
	})
	return ids, err
}
