package studio

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"chouka/store"
)

// Group is several titles taken together.
type Group struct {
	Name   string `json:"name"` // a company, a kind, a platform, a model, a person; empty: not said
	Titles int    `json:"titles"`
	Plays  int64  `json:"plays"`  // of all of them
	Median int64  `json:"median"` // plays of the middle title
	Best   string `json:"best"`   // name of the title with most plays
	BestID string `json:"best_id"`
	// Day7 and Day30 are the medians of the plays after so many days, of a platform from the day there; N7 and N30 how many titles
	// have been out so long.
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
	groupModel    = "model"
	groupTeam     = "team"
)

// groupWays lists how titles can be taken together.
func groupWays() []string {
	return []string{groupCompany, groupKind, groupPlatform, groupModel, groupTeam}
}

// grouped is a title on its way into a group, or the part of one platform.
type grouped struct {
	title *Title
	name  string
	plays int64
	daySums
	// Costs, spend and revenue are empty for those who may not see money.
	costs, spend, revenue []Money
}

// Groups takes the released titles that the actor sees together by company, kind, platform, model or team, most plays first.
// The model is the one that made most of a title's current picks; the team is called after the title's lead or else producer.
// It reads what is kept of each title for this and counters, no figures.
func (s *Studio) Groups(ctx context.Context, by Actor, how string) ([]Group, error) {
	if err := by.reads(); err != nil {
		return nil, err
	}
	if !slices.Contains(groupWays(), how) {
		return nil, inQuery(wrong("by", "请按公司、类型、平台、模型或团队分组", "group by company, kind, platform, model or team"))
	}
	var out []Group
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.groupParts(tx, by)
		if err != nil {
			return err
		}
		var all []grouped
		called := map[string]string{} // people by id
		for some := range slices.Chunk(got, store.MaxPage) {
			more, err := s.groupedTitles(tx, by, how, some, called)
			if err != nil {
				return err
			}
			all = append(all, more...)
		}
		out = groupsOf(all)
		return nil
	})
	return out, err
}

// groupedTitles reads what some titles bring into groups.
func (s *Studio) groupedTitles(tx store.Txn, by Actor, how string, some []*groupPart, called map[string]string) ([]grouped, error) {
	ids := make([]string, len(some))
	for i, x := range some {
		ids[i] = x.ID
	}
	titles, err := s.r.titles.GetMany(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading titles to group: %w", err)
	}
	var out []grouped
	for i, t := range titles {
		if t == nil {
			continue
		}
		x, rich := some[i], by.Can(ViewMoney, t.ID)
		if how == groupPlatform {
			parts, err := x.apart(t, rich)
			if err != nil {
				return nil, err
			}
			out = append(out, parts...)
			continue
		}
		g := grouped{title: t, plays: x.Plays, daySums: x.daySums}
		if rich {
			parts, err := s.costParts(tx, t.ID)
			if err != nil {
				return nil, err
			}
			g.costs, g.spend, g.revenue = costSums(parts), x.Spend, x.Revenue
		}
		if g.name, err = s.groupName(tx, t, how, called); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// apart parts a title by platform. What it cost is of all of them and stays out.
func (x *groupPart) apart(t *Title, rich bool) ([]grouped, error) {
	var parts []platformPart
	if err := json.Unmarshal(x.Platforms, &parts); err != nil {
		return nil, fmt.Errorf("reading the platforms of title %s: %w: %w", x.ID, store.ErrDamaged, err)
	}
	out := make([]grouped, len(parts))
	for i, p := range parts {
		out[i] = grouped{title: t, name: p.Name, plays: p.Plays, daySums: p.daySums}
		if rich {
			out[i].spend, out[i].revenue = p.Spend, p.Revenue
		}
	}
	return out, nil
}

// groupName is the group of a title.
func (s *Studio) groupName(tx store.Txn, t *Title, how string, called map[string]string) (string, error) {
	switch how {
	case groupCompany:
		return t.Company, nil
	case groupKind:
		return t.Kind, nil
	case groupModel:
		return s.mostPicked(tx, t.ID)
	}
	return s.teamOf(tx, t.ID, called)
}

// mostPicked is the model with most of a title's current picks, of equals the first by name; empty where no pick has one.
// The counters of the funnel know it.
func (s *Studio) mostPicked(tx store.Txn, titleID string) (string, error) {
	name, most := "", int64(0)
	err := s.r.counts.Each(tx, store.K().ID(titleID).Text(countModel), func(rest store.Key, n int64) error {
		if parts, ok := rest.Texts(); ok && len(parts) == 2 && parts[0] != "" && parts[1] == countPicked && n > most {
			name, most = parts[0], n
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("looking for the model of a title: %w", err)
	}
	return name, nil
}

// teamOf is the name of a title's lead, or else its producer, who was there first.
func (s *Studio) teamOf(tx store.Txn, titleID string, called map[string]string) (string, error) {
	first := map[Role]string{}
	err := s.r.memberships.Each(tx, "title", store.K().ID(titleID), func(m *Membership) error {
		if first[m.Role] == "" {
			first[m.Role] = m.PersonID
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("looking for the team of a title: %w", err)
	}
	id := cmp.Or(first[RoleLead], first[RoleProducer])
	if name, known := called[id]; known || id == "" {
		return name, nil
	}
	who, err := s.r.people.GetMany(tx, []string{id})
	if err != nil {
		return "", fmt.Errorf("reading the team of a title: %w", err)
	}
	if who[0] != nil {
		called[id] = who[0].Name
	}
	return called[id], nil
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
	var after7, after30 []*int64
	var costs, spend, revenue moneySums
	for _, g := range in {
		out.Plays = clipped(out.Plays, g.plays)
		plays = append(plays, g.plays)
		after7, after30 = append(after7, g.Day7), append(after30, g.Day30)
		costs.addAll(g.costs)
		spend.addAll(g.spend)
		revenue.addAll(g.revenue)
	}
	out.Median = middle(plays)
	out.Day7, out.N7 = middleSeen(after7)
	out.Day30, out.N30 = middleSeen(after30)
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

// middleSeen is the median of what was seen, and how many there are.
func middleSeen(in []*int64) (int64, int) {
	var seen []int64
	for _, n := range in {
		if n != nil {
			seen = append(seen, *n)
		}
	}
	return middle(seen), len(seen)
}
