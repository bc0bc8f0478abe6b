package studio

import (
	"fmt"

	"chouka/store"
)

// migrateWall works out what the lead's page shows of the titles that were out before it was there. Their readings lie on
// pages already. Milestones stay as they are until the background works them out under the thresholds of today.
func migrateWall(tx store.Txn, r records) error {
	old := store.NewCollection("summary", 1,
		maybe("released", func(x *summary) (store.Key, bool) { return store.K().Time(x.Created), x.Releases > 0 }))
	var ids []string
	err := store.Rewrite(tx, old, r.summaries, func(x *summary) (*summary, error) {
		ids = append(ids, x.ID)
		return x, nil
	})
	s := &Studio{r: r, ids: newID}
	for _, id := range ids {
		if err == nil {
			err = s.fillWall(tx, id)
		}
	}
	if err != nil {
		return fmt.Errorf("filling the wall: %w", err)
	}
	return nil
}

// fillWall works out the state of a title's figures and its summary from all readings.
func (s *Studio) fillWall(tx store.Txn, titleID string) error {
	l, err := s.ledger(tx, titleID)
	if err != nil {
		return err
	}
	for _, metric := range Metrics() {
		a, _, err := l.anew(metric)
		if err != nil {
			return err
		}
		if !a.Newest.IsZero() {
			l.accounts.By[metric] = a
		}
	}
	if err := l.sumUp(); err != nil {
		return err
	}
	_, err = s.r.counts.Add(tx, countKey(figuresOwner, countOdd), int64(l.summary.Odd+l.summary.OddMoney))
	if err == nil {
		_, err = s.r.counts.Add(tx, countKey(figuresOwner, countUnsure), int64(l.summary.Unsure+l.summary.UnsureMoney))
	}
	if err != nil {
		return err
	}
	return l.keep(l.summary.Updated)
}
