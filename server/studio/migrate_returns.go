package studio

import (
	"fmt"

	"chouka/store"
)

// migrateReturns adds up what attempts cost, and finds the sums that passed one threshold.
func migrateReturns(tx store.Txn, r records) error {
	sums := map[string]map[string]int64{}
	err := r.attempts.All(tx, func(a *Attempt) error {
		if a.Deleted != nil || a.Cost.Amount == 0 {
			return nil
		}
		if sums[a.TitleID] == nil {
			sums[a.TitleID] = map[string]int64{}
		}
		sums[a.TitleID][a.Cost.Currency] += a.Cost.Amount
		return nil
	})
	if err != nil {
		return fmt.Errorf("adding up what attempts cost: %w", err)
	}
	for titleID, by := range sums {
		for currency, n := range by {
			if _, err := r.counts.Add(tx, countKey(titleID, drawCost(currency)), n); err != nil {
				return fmt.Errorf("adding up what attempts cost: %w", err)
			}
		}
	}
	return store.AddIndex(tx, r.milestones, "level")
}
