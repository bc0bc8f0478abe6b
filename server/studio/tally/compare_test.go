package tally_test

import (
	"slices"
	"testing"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

func TestCompareAfterACorrection(t *testing.T) {
	old := []tally.Reading{plays(t, "a", "r", 1, "90000000"), plays(t, "b", "r", 3, "210000000"), plays(t, "c", "r", 4, "220000000")}
	cases := []struct {
		name string
		now  []tally.Reading
		want []tally.Kind
	}{
		{"nothing new gives no change", old, nil},
		{"a later figure at the threshold moves it", correct(t, old, "b", "99999999"), []tally.Kind{tally.Moved, tally.Moved}},
		{"no figure left above withdraws the higher one", correct(t, correct(t, old, "b", "150000000"), "c", "160000000"), []tally.Kind{tally.Changed, tally.Withdrawn}},
		{"an earlier reading between narrows the interval", append([]tally.Reading{plays(t, "d", "r", 2, "95000000")}, old...), []tally.Kind{tally.Changed, tally.Changed}},
		{"another mark at the same moment is a change", correct(t, old, "b", "破2亿"), []tally.Kind{tally.Changed, tally.Changed}},
		{"everything taken back withdraws all", nil, []tally.Kind{tally.Withdrawn, tally.Withdrawn}},
	}
	levels := only(1e8, 2e8)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before, after := of("r", tally.Milestones(old, levels)), of("r", tally.Milestones(c.now, levels))
			if got := kinds(tally.Compare(before, after)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	t.Run("the same moment in another zone is no change", func(t *testing.T) {
		before := of("r", tally.Milestones(old, levels))
		after := slices.Clone(before)
		for i := range after {
			after[i].At = after[i].At.In(shanghai())
		}
		if got := tally.Compare(before, after); got != nil {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("the first figures reach", func(t *testing.T) {
		changes := tally.Compare(nil, of("r", tally.Milestones(old, levels)))
		if got := kinds(changes); !slices.Equal(got, []tally.Kind{tally.Reached, tally.Reached}) {
			t.Fatalf("got %v", got)
		}
		if changes[0].Old != nil || changes[0].New.Threshold != 1e8 || changes[1].New.Threshold != 2e8 {
			t.Errorf("got %+v", changes)
		}
	})
}

func correct(t *testing.T, readings []tally.Reading, id, text string) []tally.Reading {
	t.Helper()
	now := slices.Clone(readings)
	for i := range now {
		if now[i].ID == id {
			now[i].Figure = plays(t, id, "r", 0, text).Figure
		}
	}
	return now
}

func kinds(changes []tally.Change) []tally.Kind {
	var out []tally.Kind
	for _, c := range changes {
		out = append(out, c.Kind)
	}
	return out
}

func TestCompareTurnsOneWorkingIntoTheOther(t *testing.T) {
	type place struct {
		scope, metric string
		threshold     int64
	}
	at := func(m tally.Milestone) place { return place{m.Scope, m.Metric, m.Threshold} }
	rapid.Check(t, func(t *rapid.T) {
		levels := only(1, 50, 100, 1000)
		old, now := tally.Milestones(drawReadings(t), levels), tally.Milestones(drawReadings(t), levels)
		state := make(map[place]tally.Milestone)
		for _, m := range old {
			state[at(m)] = m
		}
		for _, c := range tally.Compare(old, now) {
			if c.Old != nil {
				delete(state, at(*c.Old))
			}
			if c.New != nil {
				state[at(*c.New)] = *c.New
			}
		}
		if len(state) != len(now) {
			t.Fatalf("%d milestones after the changes, want %d", len(state), len(now))
		}
		for _, m := range now {
			got, ok := state[at(m)]
			if !ok || len(tally.Compare([]tally.Milestone{got}, []tally.Milestone{m})) != 0 || !got.At.Equal(m.At) || got.Value != m.Value {
				t.Fatalf("after the changes %+v, want %+v", got, m)
			}
		}
	})
}
