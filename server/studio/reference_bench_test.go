package studio

import (
	"fmt"
	"testing"

	"chouka/assets"
)

// benchSheet fills a studio with n attempts of one take each, all drawn from one sheet that was replaced, and gives its
// id. Every tenth shot has a pick.
func benchSheet(b *testing.B, s *Studio, n int) string {
	b.Helper()
	shots := benchShots(b, s, 1, 1000)
	sheet := Reference{TitleID: shots[0].TitleID, Kind: RefProp, Name: "话筒", Edition: 2, Pictures: []RefPicture{}}
	const batch = 2000
	for at := 0; at < n; at += batch {
		err := s.update(b.Context(), Console(), func(c *change) error {
			if at == 0 {
				sheet.Meta = c.meta()
				if err := s.r.references.Insert(c.tx, &sheet); err != nil {
					return err
				}
			}
			for i := at; i < min(at+batch, n); i++ {
				if err := c.benchUse(shots[i%len(shots)].ID, sheet.ID, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return sheet.ID
}

func (c *change) benchUse(shot, sheet string, i int) error {
	x, err := c.s.r.shots.Get(c.tx, shot)
	if err != nil {
		return err
	}
	a := Attempt{Status: Succeeded, Way: "upload", Generation: benchAttempt().Generation, At: c.now, Sheets: []UsedSheet{{sheet, int64(i%2 + 1), usedFile}}}
	if err := c.addAttempt(x, &a); err != nil {
		return err
	}
	t, err := c.addTake(x, &a, Kept{name: "bench.png", media: Media{SHA256: fmt.Sprintf("%064d", i), Type: assets.TypePNG}}, 0)
	if err != nil || i%10 != 0 || x.Pick != nil {
		return err
	}
	return c.pick(x, t.ID)
}

// BenchmarkSheetUses measures the first page of what was drawn from a sheet, of a hundred attempts and of ten thousand.
func BenchmarkSheetUses(b *testing.B) {
	small, large := benchStudio(b, true), benchStudio(b, true)
	few, many := benchSheet(b, small, 100), benchSheet(b, large, 10_000)
	for name, c := range map[string]struct {
		outdated bool
		after    string
	}{"picks": {false, ""}, "outdated": {true, ""}, "behind the picks": {false, "a."}} {
		b.Run(name, func(b *testing.B) {
			read := func(s *Studio, sheet string) func() (int, error) {
				return func() (int, error) {
					got, err := s.SheetUses(b.Context(), Console(), sheet, c.outdated, Page{Limit: 50, After: c.after})
					return len(got.Items), err
				}
			}
			for b.Loop() {
				a, z := medians(b, read(small, few), read(large, many))
				b.ReportMetric(float64(a.Microseconds()), "100-µs")
				b.ReportMetric(float64(z.Microseconds()), "10k-µs")
				b.ReportMetric(float64(z)/float64(a), "ratio")
			}
		})
	}
}
