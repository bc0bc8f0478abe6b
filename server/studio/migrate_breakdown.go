package studio

import (
	"fmt"
	"time"

	"chouka/store"
)

// migrateBreakdown brings a store to breakdown: locations are found by their spellings, and every live scene has the
// elements that its text names.
func migrateBreakdown(tx store.Txn, r records) error {
	if err := store.AddIndex(tx, r.locations, "spelling"); err != nil {
		return err
	}
	c := &change{tx: tx, s: &Studio{r: r, ids: newID}, now: time.Now().UTC()}
	return r.titles.All(tx, func(t *Title) error {
		var scenes []*Scene
		err := r.scenes.Each(tx, "order", store.K().ID(t.ID), func(x *Scene) error {
			if !x.Archived {
				scenes = append(scenes, x)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("reading the scenes of a title: %w", err)
		}
		for _, x := range scenes {
			if err := c.breakDown(x); err != nil {
				return fmt.Errorf("breaking a scene down: %w", err)
			}
			if err := r.scenes.Put(tx, x); err != nil {
				return fmt.Errorf("writing what a scene needs: %w", err)
			}
		}
		return nil
	})
}
