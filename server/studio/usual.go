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
	d := draws{}
	err := s.r.counts.Each(tx, countKey(titleID, countDraws), func(rest store.Key, n int64) error {
		parts, _ := rest.Texts()
		return d.add(parts, n)
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is usual on a title: %w", err)
	}
	return d.usual, nil
}

// draws is how often picks took so many draws, by the size of their shot.
type draws map[string]map[int64]int64

// add takes in one counter by what stands behind its name: size, draws.
func (d draws) add(of []string, n int64) error {
	if len(of) != 2 {
		return fmt.Errorf("a counter of draws: %w", store.ErrDamaged)
	}
	took, err := strconv.ParseInt(of[1], 10, 64)
	if err != nil {
		return fmt.Errorf("a counter of draws: %w", store.ErrDamaged)
	}
	if d[of[0]] == nil {
		d[of[0]] = map[int64]int64{}
	}
	d[of[0]][took] += n
	return nil
}

func (d draws) usual(size string) *Usual {
	kind := sizeKind(size)
	if m := medianOf(d[kind]); kind != "" && m.n >= usualLeast {
		return &Usual{Size: kind, Median: m.value, N: m.n}
	}
	all := map[int64]int64{}
	for _, often := range d {
		for took, n := range often {
			all[took] += n
		}
	}
	m := medianOf(all)
	if m.n == 0 {
		return nil
	}
	return &Usual{Median: m.value, N: m.n}
}

// median is the middle of n values, the lower one of two. Among the values equal to it, it is the nth, from 1.
type median struct{ value, nth, n int64 }

// medianOf finds the median of values that stand there so often.
func medianOf(often map[int64]int64) median {
	var m median
	for _, k := range often {
		m.n += k
	}
	m.nth = (m.n + 1) / 2
	for _, m.value = range slices.Sorted(maps.Keys(often)) {
		if m.nth <= often[m.value] {
			break
		}
		m.nth -= often[m.value]
	}
	return m
}
