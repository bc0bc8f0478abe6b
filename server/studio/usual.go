package studio

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chouka/store"
)

// usualLeast is how many picked shots of one size there have to be before they are compared with each other alone.
const usualLeast = 5

// sizeKind is what shots are compared by: the size (景别) after NFKC and trimming.
func sizeKind(size string) string { return keyPart(strings.TrimSpace(norm.NFKC.String(size))) }

// drawsCounts lists the title's counter that a shot's pick is in: how many draws such a shot took. A deleted shot is in none.
func drawsCounts(x *Shot) []store.Key {
	if x.Deleted != nil || x.Pick == nil {
		return nil
	}
	return []store.Key{store.K().Text(countDraws).Text(sizeKind(x.Size)).Text(strconv.FormatInt(x.Pick.Draws, 10))}
}

// usualOf reads once how many draws the picks of a title took; the answer tells for each size what is usual: the lower
// median over the title's picked shots of that size, the asking one among them, or over all where there are too few of
// them or the shot has no size. Nil when nothing is picked.
func (s *Studio) usualOf(tx store.Txn, titleID string) (func(size string) *Usual, error) {
	bySize, all := map[string]map[int64]int64{}, map[int64]int64{}
	err := s.r.counts.Each(tx, countKey(titleID, countDraws), func(rest store.Key, n int64) error {
		parts, ok := rest.Texts()
		if !ok || len(parts) != 2 {
			return fmt.Errorf("a counter of draws: %w", store.ErrDamaged)
		}
		draws, err := strconv.ParseInt(parts[1], 10, 64)
		if err != nil {
			return fmt.Errorf("a counter of draws: %w", store.ErrDamaged)
		}
		if bySize[parts[0]] == nil {
			bySize[parts[0]] = map[int64]int64{}
		}
		bySize[parts[0]][draws] += n
		all[draws] += n
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is usual on a title: %w", err)
	}
	return func(size string) *Usual {
		kind := sizeKind(size)
		if m, n := lowerMedian(bySize[kind]); kind != "" && n >= usualLeast {
			return &Usual{Size: kind, Median: m, N: n}
		}
		m, n := lowerMedian(all)
		if n == 0 {
			return nil
		}
		return &Usual{Median: m, N: n}
	}, nil
}

// lowerMedian is the middle of values that stand there so often, the lower one of two, and how many there are.
func lowerMedian(often map[int64]int64) (value, n int64) {
	for _, k := range often {
		n += k
	}
	left := (n + 1) / 2
	for _, v := range slices.Sorted(maps.Keys(often)) {
		if left -= often[v]; left <= 0 {
			return v, n
		}
	}
	return 0, n
}
