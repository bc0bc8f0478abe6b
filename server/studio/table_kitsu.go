package studio

import (
	"fmt"
	"strings"

	"chouka/server/studio/script"
	"chouka/server/studio/sheet"
	"chouka/store"
)

// kitsuType is the name that Kitsu's users give a kind of element.
func kitsuType(k ElementKind) string {
	switch k {
	case ElementCharacter:
		return "Characters"
	case ElementPlace:
		return "Environment"
	}
	return "Props"
}

// typeKind reads the type of an asset. What is neither somebody nor a place counts as a prop; its own type is kept.
func typeKind(cell string) ElementKind {
	switch strings.ToLower(strings.ReplaceAll(script.Fold(cell), " ", "")) {
	case "character", "characters", "char", "chars", "人物", "角色":
		return ElementCharacter
	case "environment", "environments", "env", "set", "sets", "location", "locations", "place", "场景", "取景地", "地点":
		return ElementPlace
	}
	return ElementProp
}

// elementBook finds a title's elements by kind and any of their spellings.
type elementBook struct {
	all    []*Element
	byName map[string]*Element
}

func bookKey(kind ElementKind, name string) string { return string(kind) + " " + elementKey(name) }

func (s *Studio) elementBook(tx store.Txn, titleID string) (*elementBook, error) {
	b := &elementBook{byName: map[string]*Element{}}
	err := s.r.elements.Each(tx, "title", store.K().ID(titleID), func(e *Element) error {
		b.all = append(b.all, e)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing elements: %w", err)
	}
	for _, e := range b.all {
		for _, a := range e.Aliases {
			b.byName[bookKey(e.Kind, a)] = e
		}
	}
	for _, e := range b.all { // a name goes before another's alias
		b.byName[bookKey(e.Kind, e.Name)] = e
	}
	return b, nil
}

// named finds an element by its name; an empty kind is any.
func (b *elementBook) named(kind ElementKind, name string) *Element {
	for _, k := range []ElementKind{ElementCharacter, ElementProp, ElementPlace} {
		if e := b.byName[bookKey(k, name)]; e != nil && (kind == "" || kind == k) {
			return e
		}
	}
	return nil
}

// tableElement is what one row of assets does.
type tableElement struct {
	element *Element
	fresh   bool
	changed bool
	keep    map[string]string
}

// planAssets makes elements of Kitsu's assets: somebody, something or some place.
func (s *Studio) planAssets(tx store.Txn, titleID string, t *readTable) (*tablePlan, error) {
	book, err := s.elementBook(tx, titleID)
	if err != nil {
		return nil, err
	}
	p := &tablePlan{}
	var todo []*tableElement
	met := map[string]bool{}
	for _, r := range t.rows {
		name, kind, note := t.cell(r, sheet.FieldName), typeKind(t.cell(r, sheet.FieldType)), t.cell(r, sheet.FieldDescription)
		x := &tableElement{keep: sheet.Kept(r, t.layout)}
		if cell := t.cell(r, sheet.FieldType); cell != "" && cell != kitsuType(kind) {
			x.keep["Type"] = cell
		}
		if bad := t.checkElement(r, name, note, x.keep); len(bad) > 0 {
			p.errors = append(p.errors, bad...)
			continue
		}
		have := book.named(kind, name)
		key := bookKey(kind, name)
		if have != nil {
			key = have.ID
		}
		if met[key] {
			p.errors = append(p.errors, t.at(r.Number, sheet.FieldName, "twice", "表格里这个名字出现了两次", "the table has this name twice"))
			continue
		}
		met[key] = true
		kept := map[string]*keptColumns{}
		if have != nil {
			if kept, err = s.columnsOf(tx, []string{have.ID}); err != nil {
				return nil, err
			}
		}
		switch x.element = have; {
		case have == nil:
			x.element, x.fresh = &Element{TitleID: titleID, Kind: kind, Name: name, Aliases: []string{}, Note: note}, true
			p.new++
		case t.choice.Update && (note != "" && cellText(note) != cellText(have.Note) || kept[have.ID].adds(t.kind, x.keep)):
			if x.changed = note != "" && cellText(note) != cellText(have.Note); x.changed {
				have.Note = note
			}
			p.changed++
		default:
			p.same++
			continue
		}
		todo = append(todo, x)
	}
	p.apply = func(c *change) error { return c.writeElements(todo) }
	return p, nil
}

func (t *readTable) checkElement(r sheet.Row, name, note string, keep map[string]string) []CellError {
	var bad []CellError
	if t.cell(r, sheet.FieldType) == "" {
		bad = append(bad, t.at(r.Number, sheet.FieldType, "type", "请写类型，如 Characters、Props、Environment", "write a type, such as Characters, Props or Environment"))
	}
	if _, err := needed("name", name); err != nil {
		bad = append(bad, t.because(r.Number, sheet.FieldName, err))
	}
	if _, err := prose("note", note); err != nil {
		bad = append(bad, t.because(r.Number, sheet.FieldDescription, err))
	}
	if column, err := checkKept(keep); err != nil {
		e := t.because(r.Number, sheet.FieldKeep, err)
		e.Column = column
		bad = append(bad, e)
	}
	return bad
}

func (c *change) writeElements(todo []*tableElement) error {
	for _, x := range todo {
		switch {
		case x.fresh:
			if err := c.addElement(x.element); err != nil {
				return err
			}
		case x.changed:
			x.element.Updated = c.now
			if err := c.s.r.elements.Put(c.tx, x.element); err != nil {
				return fmt.Errorf("changing an element: %w", err)
			}
		}
		if err := c.keepColumns(x.element.ID, TableKitsuAssets, x.keep); err != nil {
			return err
		}
	}
	return nil
}
