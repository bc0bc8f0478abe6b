package studio

import (
	"fmt"
	"slices"
	"testing"

	"chouka/store"
)

func TestTheRadiusOfLikeness(t *testing.T) {
	s := benchStudio(t, true)
	hash := uint64(0x0123456789abcdef)
	err := s.update(t.Context(), Console(), func(c *change) error {
		for i, differ := range []uint64{0x00, 0x0F, 0xFF, 0x1FF, 1 << 63} {
			x := Take{Meta: c.meta(), TitleID: "a", Number: int64(i), Media: Media{SHA256: fmt.Sprintf("%064d", i), Hash: fmt.Sprintf("%016x", hash^differ)}}
			if err := s.r.takes.Insert(c.tx, &x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	err = s.view(t.Context(), func(tx store.Txn) error {
		return s.alike(tx, "a", hash, func(l look) { got = append(got, l.distance) })
	})
	slices.Sort(got)
	if err != nil || fmt.Sprint(got) != "[0 1 4 8]" {
		t.Errorf("distances %v, %v; nine bits are too many", got, err)
	}
}

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
