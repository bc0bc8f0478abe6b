package studio

import (
	"fmt"
	"testing"

	"chouka/store"
)

// BenchmarkNear looks for the like of one take among ten thousand of its title, and lists them.
func BenchmarkNear(b *testing.B) {
	s := benchStudio(b, true)
	const takes = 10_000
	title := s.ids()
	var last *Take
	err := s.update(b.Context(), Console(), func(c *change) error {
		hash := uint64(1)
		for i := range takes {
			hash = hash*6364136223846793005 + 1442695040888963407
			t := Take{Meta: c.meta(), TitleID: title, ShotID: title, Number: int64(i), Media: Media{SHA256: fmt.Sprintf("%064d", i), Hash: fmt.Sprintf("%016x", hash)}}
			if err := s.r.takes.Insert(c.tx, &t); err != nil {
				return err
			}
			last = &t
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("scan of 10000", func(b *testing.B) {
		for b.Loop() {
			err := s.view(b.Context(), func(tx store.Txn) error {
				_, err := s.kinOf(tx, last, 42)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
