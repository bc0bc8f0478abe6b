package studio

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// groupPart is what groups of titles are read from. It stands apart from the summary because a group reads that of every title,
// and so it has to be small. Its id is the title's.
type groupPart struct {
	store.Meta
	Releases int   `json:"releases"`
	Plays    int64 `json:"plays"`
	daySums
	Spend   []Money `json:"spend,omitempty"`
	Revenue []Money `json:"revenue,omitempty"`
	// Platforms are []platformPart, which only groups of platforms read.
	Platforms json.RawMessage `json:"platforms"`
}

// platformPart is the part of one platform, its regions together.
type platformPart struct {
	Name    string  `json:"name"`
	Plays   int64   `json:"plays"`
	daySums         // after some days on this platform
	Spend   []Money `json:"spend,omitempty"`
	Revenue []Money `json:"revenue,omitempty"`
}

// daySums are the plays after 7 and after 30 days, nil where nobody saw them.
type daySums struct {
	Day7  *int64 `json:"day7,omitempty"`
	Day30 *int64 `json:"day30,omitempty"`
}

func (d *daySums) set(day int, n int64) {
	switch day {
	case 7:
		d.Day7 = &n
	case 30:
		d.Day30 = &n
	}
}

// groupPart works out what groups read of a title.
func (l *ledger) groupPart() (*groupPart, error) {
	plays, spend, revenue := l.accounts.of(tally.MetricPlays), l.accounts.of(tally.MetricSpend), l.accounts.of(tally.MetricRevenue)
	out := &groupPart{Meta: store.Meta{ID: l.title.ID}, Releases: len(l.releases)}
	for _, d := range l.atDay() {
		out.set(d.Day, d.Value)
	}
	if plays.Sum != nil {
		out.Plays = plays.Sum.Last.Value
	}
	parts, order := map[string][]*Release{}, []string{}
	for _, r := range l.releases {
		k := nameKey(r.Platform)
		if parts[k] == nil {
			order = append(order, k)
		}
		parts[k] = append(parts[k], r)
	}
	var platforms []platformPart
	var allSpent, allEarned moneySums
	for _, k := range order {
		p := platformPart{Name: parts[k][0].Platform, daySums: daysOn(plays, parts[k])}
		var spent, earned moneySums
		for _, r := range parts[k] {
			if last := plays.Line(r.ID).Last; last != nil {
				p.Plays = clipped(p.Plays, last.Figure.Value)
			}
			spent.addNow(spend.Line(r.ID))
			earned.addNow(revenue.Line(r.ID))
		}
		p.Spend, p.Revenue = spent.list(), earned.list()
		allSpent.addAll(p.Spend)
		allEarned.addAll(p.Revenue)
		platforms = append(platforms, p)
	}
	out.Spend, out.Revenue = allSpent.list(), allEarned.list()
	var err error
	if out.Platforms, err = json.Marshal(platforms); err != nil {
		return nil, fmt.Errorf("writing the platforms of a title: %w", err)
	}
	return out, nil
}

// atDay are the title's sums of plays after some days.
func (l *ledger) atDay() []tally.DaySum {
	if sum := l.accounts.of(tally.MetricPlays).Sum; sum != nil {
		return sum.AtDay
	}
	return nil
}

// daysOn adds the plays after some days up over the regions of a platform. Where one of them was not seen on a day, there is no
// sum of it.
func daysOn(plays tally.Account, on []*Release) daySums {
	var out daySums
	for _, n := range []int{7, 30} {
		sum, whole := int64(0), false
		for _, r := range on {
			line := plays.Line(r.ID)
			if line.Last == nil {
				continue
			}
			i := slices.IndexFunc(line.AtDay, func(d tally.DaySum) bool { return d.Day == n })
			if whole = i >= 0; !whole {
				break
			}
			sum = clipped(sum, line.AtDay[i].Value)
		}
		if whole {
			out.set(n, sum)
		}
	}
	return out
}

// addNow adds what a release brought in or took so far.
func (y *moneySums) addNow(line tally.Line) {
	now, _ := line.Now()
	for _, x := range now {
		y.add(Money{Amount: x.Figure.Value, Currency: x.Currency})
	}
}

func (y *moneySums) addAll(list []Money) {
	for _, m := range list {
		y.add(m)
	}
}

// keepGroupPart writes what groups read of a title.
func (l *ledger) keepGroupPart(now time.Time) error {
	tx, groupParts := l.book.tx, l.book.s.r.groupParts
	x, err := l.groupPart()
	if err != nil {
		return err
	}
	write := groupParts.Put
	was, err := groupParts.Get(tx, x.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		x.Created, write = now, groupParts.Insert
	case err != nil:
		return fmt.Errorf("reading what a title came to: %w", err)
	default:
		x.Meta = was.Meta
	}
	x.Updated = now
	if err := write(tx, x); err != nil {
		return fmt.Errorf("keeping what a title came to: %w", err)
	}
	return nil
}

// groupParts are those of all titles that are out and that the actor sees.
func (s *Studio) groupParts(tx store.Txn, by Actor) ([]*groupPart, error) {
	var out []*groupPart
	if by.wide() {
		err := s.r.groupParts.All(tx, func(x *groupPart) error {
			if x.Releases > 0 {
				out = append(out, x)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reading what titles came to: %w", err)
		}
		return out, nil
	}
	mine := slices.DeleteFunc(slices.Sorted(maps.Keys(by.Roles)), func(id string) bool { return !by.sees(id) })
	out, err := s.r.groupParts.GetMany(tx, mine)
	if err != nil {
		return nil, fmt.Errorf("reading what titles came to: %w", err)
	}
	return slices.DeleteFunc(out, func(x *groupPart) bool { return x == nil || x.Releases == 0 }), nil
}
