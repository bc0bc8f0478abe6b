package studio

import (
	"maps"
	"slices"
	"strings"

	"chouka/store"
)

// costs adds the typed costs of every title up anew, and looks for sums of costs that are not there.
func (r *recount) costs() error {
	want := map[string]sums{}
	err := r.s.r.costs.All(r.tx, func(x *Cost) error {
		if want[x.TitleID] == nil {
			want[x.TitleID] = sums{}
		}
		want[x.TitleID].add([]store.Key{store.K().Text(x.Kind).Text(x.Amount.Currency)}, x.Amount.Amount)
		return nil
	})
	if err != nil {
		return err
	}
	return r.s.r.titles.All(r.tx, func(t *Title) error {
		due, have := want[t.ID], sums{}
		err := r.s.r.counts.Each(r.tx, store.K().ID(t.ID).Text(countCosts), func(rest store.Key, n int64) error {
			have[string(rest)] = n
			return nil
		})
		if err != nil {
			return err
		}
		both := maps.Clone(have)
		maps.Copy(both, due)
		for _, k := range slices.Sorted(maps.Keys(both)) {
			if have[k] != due[k] {
				parts, _ := store.Key(k).Texts()
				r.wrong("costs "+strings.Join(parts, " ")+" of title "+t.ID, "says %d where there are %d", have[k], due[k])
			}
		}
		return nil
	})
}
