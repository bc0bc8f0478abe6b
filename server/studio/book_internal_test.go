package studio

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// bookRow is one statement about the only moment of a test: file, day on which it was said, value.
func bookRow(release, file string, day int, value int64) stated {
	return stated{ReleaseID: release, Metric: tally.MetricPlays, Observed: time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC), Text: fmt.Sprint(value), By: "p",
		At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Origin: Origin{Kind: "file", Import: "import " + file, File: file},
		Statement: tally.Statement{Said: time.Date(2026, 5, day, 0, 0, 0, 0, time.UTC), Source: file, Row: 2, Figure: tally.Figure{Value: value, Step: 1, Bound: tally.Exact}}}
}

// keptBook runs a step on a book of a title in a transaction of its own.
func keptBook(t *testing.T, s *Studio, title string, fn func(*book) error) []MilestoneRow {
	t.Helper()
	var out []MilestoneRow
	err := s.update(t.Context(), Console(), func(c *change) error {
		b := s.openBook(c.tx, title)
		err := fn(b)
		if err == nil {
			out, err = c.keepBook(b, "后台数据.csv")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWhatAStatementDoes(t *testing.T) {
	s := benchStudio(t, false)
	title, releases := heldTitle(t, s, "昼以继夜", "红果短剧")
	gone := bookRow(releases[0], "typed", 9, 120)
	gone.Withdrawn, gone.Origin = true, Origin{Kind: "typed"}
	for _, c := range []struct {
		name string
		x    stated
		want heard
		now  int64
		past int
	}{
		{"the first", bookRow(releases[0], "b", 3, 100), heardNew, 100, 0},
		{"the same row of the same file", bookRow(releases[0], "b", 3, 100), heardDuplicate, 100, 0},
		{"a later file with the same value", bookRow(releases[0], "c", 4, 100), heardDuplicate, 100, 0},
		{"an older file with another value", bookRow(releases[0], "a", 2, 50), heardOlder, 100, 1},
		{"a later file with more", bookRow(releases[0], "d", 5, 120), heardUp, 120, 2},
		{"a later file with less", bookRow(releases[0], "e", 6, 110), heardDown, 110, 3},
		{"the same row read otherwise", bookRow(releases[0], "e", 6, 115), heardUp, 115, 3},
		{"somebody who withdraws it", gone, heardWithdrawn, 115, 3},
		{"a file from before that", bookRow(releases[0], "f", 7, 130), heardOlder, 130, 4},
		{"a file from after that", bookRow(releases[0], "g", 10, 140), heardRevived, 140, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			keptBook(t, s, title, func(b *book) error {
				did, now, was, err := b.say(c.x)
				if err != nil || did != c.want || now.Now.Figure.Value != c.now || len(now.Past) != c.past || (was == nil) != (did == heardNew) {
					t.Errorf("%s: %+v, %v", did, now, err)
				}
				return err
			})
		})
	}
	t.Run("the value that holds names the first who said it, and its row", func(t *testing.T) {
		r := bookReading(t, s, title)
		from := r.Past[len(r.Past)-2]
		if from.Figure.Value != 100 || from.Origin.File != "b" || from.Origin.Row != 2 || r.Now.Origin.Import != "import g" || r.Rev != 9 {
			t.Errorf("got %+v", r)
		}
	})
	t.Run("what an undone import said holds no more", func(t *testing.T) {
		for _, file := range []string{"g", "c"} {
			keptBook(t, s, title, func(b *book) error {
				_, err := b.forget("import " + file)
				return err
			})
			if r := bookReading(t, s, title); fmt.Sprint(r.Now.Figure.Value, r.Withdrawn) != "130 true" {
				t.Errorf("without %s it is %+v", file, r)
			}
		}
	})
}

// bookReading is the one reading of a title.
func bookReading(t *testing.T, s *Studio, title string) Reading {
	t.Helper()
	f, err := s.Figures(t.Context(), Console(), title)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Readings(t.Context(), Console(), f.Releases[0].Release.ID, "", Page{})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("got %+v, %v", list.Items, err)
	}
	return list.Items[0]
}

func TestAnUndoneImportWithdrawsItsMilestones(t *testing.T) {
	s := benchStudio(t, false)
	title, releases := heldTitle(t, s, "昼以继夜", "红果短剧")
	rows := keptBook(t, s, title, func(b *book) error {
		_, _, _, err := b.say(bookRow(releases[0], "a", 2, 60_000_000))
		return err
	})
	if len(rows) != 2 || rows[0].State != Stands {
		t.Fatalf("got %+v", rows)
	}
	rows = keptBook(t, s, title, func(b *book) error {
		changed, err := b.forget("import a")
		if len(changed) != 1 || !changed[0].Withdrawn {
			t.Errorf("it changed %+v", changed)
		}
		return err
	})
	if len(rows) != 2 || rows[0].State != Withdrawn || rows[0].Why != "后台数据.csv" || rows[0].Reading != nil {
		t.Fatalf("got %+v", rows)
	}
	err := s.view(t.Context(), func(tx store.Txn) error {
		n, err := s.r.pages.Count(tx)
		if n != 0 {
			t.Errorf("%d pages are left", n)
		}
		return err
	})
	if problems, bad := s.Check(t.Context()); err != nil || bad != nil || len(problems) > 0 {
		t.Errorf("got %v, %v, %v", problems, err, bad)
	}
}

// TestAPageThatIsFull takes no more lines; the statement changes nothing.
func TestAPageThatIsFull(t *testing.T) {
	s := benchStudio(t, false)
	title, releases := heldTitle(t, s, "昼以继夜", "红果短剧")
	keptBook(t, s, title, func(b *book) error {
		x := bookRow(releases[0], "a", 2, 1)
		for i := range pageLines {
			x.Observed = time.Date(2026, 3, 1, 0, 0, i, 0, time.UTC)
			if _, _, _, err := b.say(x); err != nil {
				return err
			}
		}
		x.Observed = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
		if _, _, _, err := b.say(x); !IsKind(err, TooLarge) {
			t.Errorf("got %v", err)
		}
		x.Observed = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
		_, _, _, err := b.say(x)
		return err
	})
}

// TestForeseeingWritesNothing tells what a book would do, twice, and then it is done.
func TestForeseeingWritesNothing(t *testing.T) {
	s := benchStudio(t, false)
	title, releases := heldTitle(t, s, "昼以继夜", "红果短剧")
	say := func(b *book) error {
		x := bookRow(releases[0], "a", 2, 60_000_000)
		if _, _, _, err := b.say(x); err != nil {
			return err
		}
		x.Observed, x.Figure.Value = x.Observed.AddDate(0, 0, 1), 10_000_000
		_, _, _, err := b.say(x)
		return err
	}
	var told []string
	for range 2 {
		before, err := s.Digest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		err = s.view(t.Context(), func(tx store.Txn) error {
			b := s.openBook(tx, title)
			if err := say(b); err != nil {
				return err
			}
			rows, odd, _, err := b.foresee()
			told = append(told, bookRows(rows))
			if len(odd) != 1 || odd[0].Kind != tally.Drop || odd[0].ReadingID != "" {
				t.Errorf("got %+v", odd)
			}
			return err
		})
		after, bad := s.Digest(t.Context())
		if err != nil || bad != nil || after != before {
			t.Fatalf("it wrote: %v, %v", err, bad)
		}
	}
	told = append(told, bookRows(keptBook(t, s, title, say)))
	if slices.Sort(told); told[0] != told[2] || told[0] == "" {
		t.Errorf("got\n%s", strings.Join(told, "\n"))
	}
}

func bookRows(rows []MilestoneRow) string {
	var out []string
	for _, m := range rows {
		out = append(out, fmt.Sprint(m.Platform, m.Metric, m.Threshold, m.At, m.Value, m.State))
	}
	return strings.Join(out, "; ")
}
