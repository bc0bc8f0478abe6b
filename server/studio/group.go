package studio

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"chouka/server/studio/tally"
	"chouka/store"
)

// Group is several titles taken together.
type Group struct {
	Name   string `json:"name"` // a company, a kind, a platform, a person; empty: not said
	Titles int    `json:"titles"`
	Plays  int64  `json:"plays"`  // of all of them
	Median int64  `json:"median"` // plays of the middle title
	Best   string `json:"best"`   // name of the title with most plays
	BestID string `json:"best_id"`
	// Day7 and Day30 are the medians of the plays after so many days; N7 and N30 how many titles have been out so long.
	Day7  int64 `json:"day7"`
	N7    int   `json:"n7"`
	Day30 int64 `json:"day30"`
	N30   int   `json:"n30"`
	// Costs, Spend and Revenue are added up by currency; empty for those who may not see money.
	Costs   []Money `json:"costs"`
	Spend   []Money `json:"spend"`
	Revenue []Money `json:"revenue"`
}

// How titles can be taken together.
const (
	groupCompany  = "company"
	groupKind     = "kind"
	groupPlatform = "platform"
	groupTeam     = "team"
)

// grouped is a title on its way into a group: what its summary keeps, or the part of one platform.
type grouped struct {
	title *Title
	name  string
	plays int64
	days  []tally.DaySum
	costs []Money
	money []releaseMoney
}

// Groups takes the released titles that the actor sees together by company, kind, platform or team (the lead or else the
// producer of the title), most plays first. It reads summaries and counters, no figures.
func (s *Studio) Groups(ctx context.Context, by Actor, how string) ([]Group, error) {
	if err := by.reads(); err != nil {
		return nil, err
	}
	if !slices.Contains([]string{groupCompany, groupKind, groupPlatform, groupTeam}, how) {
		return nil, inQuery(wrong("by", "请按公司、类型、平台或团队分组", "group by company, kind, platform or team"))
	}
	var out []Group
	err := s.view(ctx, func(tx store.Txn) error {
		var all []grouped
		for p := (Page{Limit: store.MaxPage}); ; {
			ids, next, err := s.released(tx, by, WallNewest, p)
			if err != nil {
				return err
			}
			got, err := s.groupedTitles(tx, by, how, ids)
			if err != nil {
				return err
			}
			all = append(all, got...)
			if p.After = next; next == "" {
				break
			}
		}
		out = groupsOf(all)
		return nil
	})
	return out, err
}

// groupedTitles reads what a page of titles brings into groups.
func (s *Studio) groupedTitles(tx store.Txn, by Actor, how string, ids []string) ([]grouped, error) {
	titles, err := s.r.titles.GetMany(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading titles to group: %w", err)
	}
	sums, err := s.r.summaries.GetMany(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading summaries to group: %w", err)
	}
	var out []grouped
	for i, t := range titles {
		if t == nil || sums[i] == nil {
			continue
		}
		g := grouped{title: t, days: sums[i].AtDay}
		if sums[i].Plays != nil {
			g.plays = sums[i].Plays.Value
		}
		if by.Can(ViewMoney, t.ID) {
			g.money = sums[i].Money
		}
		if how == groupPlatform {
			out = append(out, g.platforms(sums[i].Wall)...)
			continue
		}
		if by.Can(ViewMoney, t.ID) {
			parts, err := s.costParts(tx, t.ID)
			if err != nil {
				return nil, err
			}
			g.costs = costSums(parts)
		}
		if g.name, err = s.groupName(tx, t, how); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// groupName is the group of a title. The team is called after its lead, or else its producer, who was there first.
func (s *Studio) groupName(tx store.Txn, t *Title, how string) (string, error) {
	switch how {
	case groupCompany:
		return t.Company, nil
	case groupKind:
		return t.Kind, nil
	}
	found := map[Role]string{}
	err := s.r.memberships.Each(tx, "title", store.K().ID(t.ID), func(m *Membership) error {
		if found[m.Role] == "" {
			found[m.Role] = m.PersonID
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("looking for the team of a title: %w", err)
	}
	id := cmp.Or(found[RoleLead], found[RoleProducer])
	if id == "" {
		return "", nil
	}
	who, err := s.r.people.GetMany(tx, []string{id})
	if err != nil || who[0] == nil {
		return "", err
	}
	return who[0].Name, nil
}

// platforms parts a title by platform. What it cost, and its sums after some days, are of all of them and stay out.
func (g grouped) platforms(w *Wall) []grouped {
	if w == nil {
		return nil
	}
	var out []grouped
	for _, p := range w.Platforms {
		i := slices.IndexFunc(out, func(x grouped) bool { return nameKey(x.name) == nameKey(p.Platform) })
		if i < 0 {
			out, i = append(out, grouped{title: g.title, name: p.Platform}), len(out)
		}
		x := &out[i]
		for _, now := range p.Now {
			if now.Metric == tally.MetricPlays && !now.Summed {
				x.plays += now.Figure.Value
			}
		}
		for _, m := range g.money {
			if m.ReleaseID == p.ReleaseID {
				x.money = append(x.money, m)
			}
		}
	}
	return out
}

// groupsOf puts titles of one name together. Names that compare alike are one; that of the title with most plays is shown.
func groupsOf(all []grouped) []Group {
	parts, order := map[string][]grouped{}, []string{}
	for _, g := range all {
		k := nameKey(g.name)
		if parts[k] == nil {
			order = append(order, k)
		}
		parts[k] = append(parts[k], g)
	}
	out := make([]Group, len(order))
	for i, k := range order {
		out[i] = groupOf(parts[k])
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Or(cmp.Compare(b.Plays, a.Plays), cmp.Compare(a.Name, b.Name)) })
	return out
}

func groupOf(in []grouped) Group {
	slices.SortFunc(in, func(a, b grouped) int {
		return cmp.Or(cmp.Compare(b.plays, a.plays), cmp.Compare(a.title.ID, b.title.ID))
	})
	best := in[0].title
	out := Group{Name: in[0].name, Titles: len(in), Best: best.Name, BestID: best.ID}
	var plays []int64
	after := map[int][]int64{}
	var costs, spend, revenue moneySums
	for _, g := range in {
		out.Plays = clipped(out.Plays, g.plays)
		plays = append(plays, g.plays)
		for _, d := range g.days {
			after[d.Day] = append(after[d.Day], d.Value)
		}
		for _, m := range g.costs {
			costs.add(m)
		}
		for _, m := range g.money {
			if m.Metric == tally.MetricSpend {
				spend.add(m.Money)
			} else {
				revenue.add(m.Money)
			}
		}
	}
	out.Median = middle(plays)
	out.Day7, out.N7 = middle(after[7]), len(after[7])
	out.Day30, out.N30 = middle(after[30]), len(after[30])
	out.Costs, out.Spend, out.Revenue = costs.list(), spend.list(), revenue.list()
	return out
}

// middle is the median; of two in the middle the lower, so that it is one that was seen. Nought where there is none.
func middle(in []int64) int64 {
	if len(in) == 0 {
		return 0
	}
	slices.Sort(in)
	return in[(len(in)-1)/2]
}
