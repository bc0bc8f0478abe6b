package studio

import (
	"fmt"
	"testing"

	"chouka/server/studio/tally"
	"chouka/store"
)

func TestTitlesThatWereOutBeforeGroupsAreFilled(t *testing.T) {
	s := benchStudio(t, false)
	releases := bookBench(t, s, 2)
	if err := sayDays(t, s, releases, 0, 40); err != nil {
		t.Fatal(err)
	}
	show := func() string {
		got, err := s.Groups(t.Context(), Console(), groupPlatform)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%+v", got)
	}
	want := show()
	// As it was kept before.
	err := s.update(t.Context(), Console(), func(c *change) error {
		for _, id := range []string{releases[0].TitleID, releases[len(releases)-1].TitleID} {
			x, err := s.r.accounts.Get(c.tx, id)
			if err != nil {
				return err
			}
			for i := range x.By[tally.MetricPlays].Lines {
				l := &x.By[tally.MetricPlays].Lines[i]
				l.Since, l.AtDay = "", nil
			}
			if err := s.r.accounts.Put(c.tx, x); err != nil {
				return err
			}
			if err := s.r.groupParts.Delete(c.tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if problems, err := s.Check(t.Context()); err != nil || len(problems) == 0 {
		t.Errorf("nothing is amiss before: %v", err)
	}
	for range 2 { // a step may run over what it did
		err := s.engine.Update(t.Context(), func(tx store.Txn) error { return migrateGroups(tx, s.r) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := show(); got != want || len(got) < 100 {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
}
