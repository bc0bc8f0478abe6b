package studio

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"chouka/store"
)

// Sheet adds a reference sheet of an element, or unlinks the one with that id.
func (s *Studio) Sheet(ctx context.Context, titleID, elementID, unlink string) (string, error) {
	id := unlink
	err := s.update(ctx, Console(), func(c *change) error {
		if unlink != "" {
			r, err := s.r.references.Get(c.tx, unlink)
			if err != nil {
				return err
			}
			r.ElementID = ""
			return s.r.references.Put(c.tx, r)
		}
		r := &Reference{Meta: c.meta(), TitleID: titleID, ElementID: elementID, Kind: RefCharacter, Name: "定妆"}
		id = r.ID
		return s.r.references.Insert(c.tx, r)
	})
	return id, err
}

// SheetShows is the element of a sheet.
func (s *Studio) SheetShows(ctx context.Context, id string) (string, error) {
	var out string
	err := s.view(ctx, func(tx store.Txn) error {
		r, err := s.r.references.Get(tx, id)
		if err == nil {
			out = r.ElementID
		}
		return err
	})
	return out, err
}

// MakeUnbroken takes out of the store what came with breakdown, and says that it is of the version before.
func (s *Studio) MakeUnbroken(ctx context.Context) error {
	return s.engine.Update(ctx, func(tx store.Txn) error {
		c := &change{tx: tx, s: s}
		err := s.r.scenes.All(tx, func(x *Scene) error {
			x.Elements, x.Speeches, x.Added, x.Dropped = nil, nil, nil, nil
			return s.r.scenes.Put(tx, x)
		})
		var all []*Element
		err = errors.Join(err, s.r.elements.All(tx, func(e *Element) error {
			all = append(all, e)
			return nil
		}))
		for _, e := range all {
			err = errors.Join(err, c.removeElement(e))
		}
		// Locations were not found by their spellings; one that is written without them drops its entries.
		old := store.NewCollection("location", 1, store.Index[Location]{Name: "spelling", Keys: func(*Location) []store.Key { return nil }},
			index("name", func(l *Location) store.Key { return store.K().Text(l.Name) }))
		before := slices.IndexFunc(Schema().Migrations, func(m store.Migration) bool { return m.Name == "breakdown" })
		return errors.Join(err, store.Reindex(tx, old), tx.Put([]byte{'v'}, []byte(strconv.Itoa(before))))
	})
}
