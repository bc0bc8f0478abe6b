package studio

import (
	"fmt"

	"chouka/server/studio/tally"
	"chouka/store"
)

// migrateGroups works out what groups read of the titles that were out before it was kept, with the plays after some days on
// each platform. Milestones stay as they are.
func migrateGroups(tx store.Txn, r records) error {
	var ids []string
	err := r.summaries.All(tx, func(x *summary) error {
		ids = append(ids, x.ID)
		return nil
	})
	s := &Studio{r: r, ids: newID}
	for _, id := range ids {
		if err == nil {
			err = s.fillGroupPart(tx, id)
		}
	}
	if err != nil {
		return fmt.Errorf("filling groups: %w", err)
	}
	return nil
}

// fillGroupPart works the plays of a title out anew, with the thresholds that count.
func (s *Studio) fillGroupPart(tx store.Txn, titleID string) error {
	l, err := s.ledger(tx, titleID)
	if err != nil {
		return err
	}
	// A studio that moved works all out anew with the next reading.
	if was, there := l.accounts.By[tally.MetricPlays]; there && was.Zone == l.zone.String() {
		readings, err := l.book.readings(tally.MetricPlays)
		if err != nil {
			return err
		}
		l.accounts.By[tally.MetricPlays], _ = tally.NewAccount(l.basis(tally.MetricPlays, was.Levels), readings)
	}
	return l.keep(l.summary.Updated)
}
