package studio

import (
	"path/filepath"
	"testing"
	"time"

	"chouka/store"
	"chouka/store/bolt"
)

func TestOldAttemptsAreAddedUp(t *testing.T) {
	e, err := bolt.Open(filepath.Join(t.TempDir(), "chouka.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	attempts := newAttempts()
	milestones := store.NewCollection("milestone", 1,
		index("title", func(m *Milestone) store.Key { return store.K().ID(m.TitleID).Time(m.At) }),
		index("at", func(m *Milestone) store.Key { return store.K().Time(m.At) }))
	before := store.Schema{Collections: []store.AnyCollection{attempts, milestones}, Counters: []*store.Counter{newRecords().counts}, Migrations: Schema().Migrations[:7]}
	if err := store.Migrate(t.Context(), e, before, nil); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	meta := func(id string) store.Meta { return store.Meta{ID: id, Created: at, Updated: at} }
	err = e.Update(t.Context(), func(tx store.Txn) error {
		for id, a := range map[string]Attempt{
			"a": {TitleID: "t", Generation: Generation{Cost: Money{Amount: 500, Currency: "CNY"}}},
			"b": {TitleID: "t", Generation: Generation{Cost: Money{Amount: 30, Currency: "CNY"}}},
			"c": {TitleID: "t", Generation: Generation{Cost: Money{Amount: 7, Currency: "credit"}}},
			"d": {TitleID: "t", Generation: Generation{Cost: Money{Amount: 9000, Currency: "CNY"}}, Deleted: &at},
			"e": {TitleID: "u", Generation: Generation{Cost: Money{Currency: "CNY"}}},
		} {
			a.Meta = meta(id)
			if err := attempts.Insert(tx, &a); err != nil {
				return err
			}
		}
		for id, m := range map[string]Milestone{
			"m": {TitleID: "t", Metric: "plays", Threshold: 100, At: at, State: Stands},
			"n": {TitleID: "t", Metric: "plays", Threshold: 100, At: at, State: Stands, ReleaseID: "r"},
			"o": {TitleID: "t", Metric: "plays", Threshold: 100, At: at, State: Withdrawn},
		} {
			m.Meta = meta(id)
			if err := milestones.Insert(tx, &m); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = store.Migrate(t.Context(), e, Schema(), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if problems, err := store.Check(t.Context(), e, Schema()); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	err = e.View(t.Context(), func(tx store.Txn) error {
		r := newRecords()
		for key, want := range map[[2]string]int64{{"t", "CNY"}: 530, {"t", "credit"}: 7, {"t", "USD"}: 0, {"u", "CNY"}: 0} {
			if n, err := r.counts.Value(tx, countKey(key[0], drawCost(key[1]))); n != want || err != nil {
				t.Errorf("%v: %d, %v", key, n, err)
			}
		}
		ids, _, err := r.milestones.IDs(tx, "level", store.K().Text("plays").Int(100), Page{})
		if len(ids) != 1 || ids[0] != "m" {
			t.Errorf("found %v", ids)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
