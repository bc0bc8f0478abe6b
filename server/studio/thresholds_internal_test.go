package studio

import (
	"errors"
	"testing"

	"chouka/store"
)

// reckonAll works out everything that is due, and gives how many turns that took.
func reckonAll(t testing.TB, s *Studio) int {
	t.Helper()
	for n := 0; ; n++ {
		switch did, err := s.reckonOnce(t.Context()); {
		case err != nil:
			t.Fatal(err)
		case did == 0:
			return n
		}
	}
}

// newThreshold gives the studio one threshold of plays.
func newThreshold(t *testing.T, s *Studio, threshold int64) {
	t.Helper()
	set, err := s.StudioSettings(t.Context(), Console())
	if err == nil {
		_, err = s.EditSettings(t.Context(), Console(), set.Rev, SettingsEdit{Thresholds: &[]int64{threshold}})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestFiguresThatCannotBeWorkedOut(t *testing.T) {
	s, ctx := benchStudio(t, false), t.Context()
	var titles []string
	for _, name := range []string{"昼以继夜", "娇藏京枝"} {
		title, releases := heldTitle(t, s, name, "红果短剧")
		titles = append(titles, title)
		keptBook(t, s, title, func(b *book) error {
			_, _, _, err := b.say(bookRow(releases[0], "a", 1, 20_000_000))
			return err
		})
	}
	// The first title's page is gone while the indexes still name it.
	bare := store.NewCollection[readingPage]("reading_page", 1)
	var page *readingPage
	err := s.update(ctx, Console(), func(c *change) error {
		list, err := s.r.pages.List(c.tx, "title", store.K().ID(titles[0]), Page{Limit: 1})
		if err != nil {
			return err
		}
		page = list.Items[0]
		return bare.Delete(c.tx, page.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	newThreshold(t, s, 15_000_000)
	if n := reckonAll(t, s); n != maxTries+1 {
		t.Errorf("%d turns", n)
	}
	state := func() (Work, []Trouble) {
		w, err := s.Background(ctx, Console())
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.Troubles(ctx, Console(), Page{})
		if err != nil {
			t.Fatal(err)
		}
		return w, all.Items
	}
	w, all := state()
	if w.FiguresLeft != 0 || w.Failed != 1 || len(all) != 1 || all[0].TitleID != titles[0] || all[0].Step != stepFigures || all[0].File != "昼以继夜" {
		t.Fatalf("got %+v %+v", w, all)
	}
	t.Run("wait for somebody, and are tried again", func(t *testing.T) {
		if err := s.RetryWork(ctx, Console(), RetryIn{TitleID: titles[0]}); err != nil {
			t.Fatal(err)
		}
		if w, all := state(); w.FiguresLeft != 1 || w.Failed != 0 || len(all) != 0 {
			t.Errorf("got %+v %+v", w, all)
		}
		if n := reckonAll(t, s); n != maxTries {
			t.Errorf("%d turns", n)
		}
	})
	t.Run("and so they are with the next change of the settings", func(t *testing.T) {
		err := s.update(ctx, Console(), func(c *change) error {
			page.Rev = 0
			return bare.Insert(c.tx, page)
		})
		if err != nil {
			t.Fatal(err)
		}
		newThreshold(t, s, 12_000_000)
		if n := reckonAll(t, s); n != 2 {
			t.Errorf("%d turns", n)
		}
		if w, all := state(); w.FiguresLeft != 0 || w.FiguresTotal != 2 || w.Failed != 0 || len(all) != 0 {
			t.Errorf("got %+v %+v", w, all)
		}
	})
	mayNotRetry(t, s, titles[0])
	problems, err := s.Check(ctx)
	if err != nil || len(problems) > 0 {
		t.Errorf("got %v, %v", problems, err)
	}
}

// mayNotRetry asks for another try without the right to it.
func mayNotRetry(t *testing.T, s *Studio, title string) {
	t.Helper()
	for _, by := range []struct {
		who  Actor
		code string
	}{{Actor{}, "signed_out"}, {Actor{Person: Person{Meta: store.Meta{ID: "x"}, Active: true}}, "unknown.title"}} {
		if err := s.RetryWork(t.Context(), by.who, RetryIn{TitleID: title}); !codeIs(err, by.code) {
			t.Errorf("got %v, want %s", err, by.code)
		}
	}
}

// TestTheOldestNeedIsFirst works titles out in the order in which they became due.
func TestTheOldestNeedIsFirst(t *testing.T) {
	s := benchStudio(t, false)
	first, _ := heldTitle(t, s, "昼以继夜", "红果短剧")
	second, releases := heldTitle(t, s, "娇藏京枝", "红果短剧")
	newThreshold(t, s, 15_000_000)
	// The second has been worked out under these, the first has not.
	keptBook(t, s, second, func(b *book) error {
		_, _, _, err := b.say(bookRow(releases[0], "a", 1, 20_000_000))
		return err
	})
	newThreshold(t, s, 12_000_000)
	for _, want := range []string{first, second} {
		if did, err := s.reckonOnce(t.Context()); did != 1 || err != nil {
			t.Fatalf("got %d, %v", did, err)
		}
		err := s.view(t.Context(), func(tx store.Txn) error {
			l, err := s.ledger(tx, want)
			if err == nil && l.due() {
				t.Errorf("%s is still due", l.title.Name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func codeIs(err error, code string) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// TestAnOldStoreIsWorkedOutOnceMore makes the figures due that an earlier program kept.
func TestAnOldStoreIsWorkedOutOnceMore(t *testing.T) {
	s := benchStudio(t, false)
	title, releases := heldTitle(t, s, "昼以继夜", "红果短剧")
	keptBook(t, s, title, func(b *book) error {
		_, _, _, err := b.say(bookRow(releases[0], "a", 1, 20_000_000))
		return err
	})
	if err := s.update(t.Context(), Console(), func(c *change) error { return migrateReckoning(c.tx, s.r) }); err != nil {
		t.Fatal(err)
	}
	w, err := s.Background(t.Context(), Console())
	if err != nil || w.FiguresLeft != 1 || w.FiguresTotal != 1 {
		t.Errorf("got %+v, %v", w, err)
	}
	if n := reckonAll(t, s); n != 1 {
		t.Errorf("%d turns", n)
	}
	problems, err := s.Check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Errorf("got %v, %v", problems, err)
	}
}
