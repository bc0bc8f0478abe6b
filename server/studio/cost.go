package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chouka/store"
)

// Cost is something that a title cost besides its attempts.
type Cost struct {
	store.Meta
	TitleID string `json:"title_id"`
	Kind    string `json:"kind" enum:"labour,bought,place,other"`
	Amount  Money  `json:"amount"`
	Date    string `json:"date,omitempty"` // 2006-01-02
	Note    string `json:"note"`
	By      string `json:"by"`
	ByName  string `json:"by_name"`
}

// CostIn enters or changes a cost; nil leaves a part as it is.
type CostIn struct {
	Kind     *string `json:"kind,omitempty" enum:"labour,bought,place,other"`
	Text     *string `json:"text,omitempty" doc:"the amount as people write it: 3万, 12,000.50"`
	Currency *string `json:"currency,omitempty" doc:"ISO 4217; CNY when absent"`
	Date     *string `json:"date,omitempty" doc:"a day in any usual spelling"`
	Note     *string `json:"note,omitempty"`
}

const (
	titleCosts = 2000 // entries of one title
	costNote   = 500  // characters

	costGeneration = "generation"

	countCosts = "costs" // typed costs; behind it the kind and the currency
)

// costKinds lists what a cost can be that is typed in, in the order in which kinds are shown.
func costKinds() []string { return []string{"labour", "bought", "place", "other"} }

// AddCost enters a cost.
func (s *Studio) AddCost(ctx context.Context, by Actor, titleID string, in CostIn) (Cost, error) {
	if err := by.must(EditCosts, titleID, "title"); err != nil {
		return Cost{}, err
	}
	return create(ctx, s, by, func(c *change) (Cost, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return Cost{}, err
		}
		n := 0
		err := s.r.costs.Keys(c.tx, "title", store.K().ID(titleID), func(store.Key, string) error {
			n++
			return nil
		})
		if err != nil {
			return Cost{}, fmt.Errorf("counting costs: %w", err)
		}
		if n >= titleCosts {
			return Cost{}, conflict("cost.limit", "一部剧最多 %d 笔成本，请合并一些", "a title has at most %d costs; put some together", titleCosts)
		}
		x := Cost{Meta: c.meta(), TitleID: titleID, By: by.Person.ID, ByName: by.Person.Name}
		in := in // may run again
		if in.Kind == nil {
			in.Kind = new(string)
		}
		if in.Text == nil {
			in.Text = new(string)
		}
		if err := c.applyCost(&x, in); err != nil {
			return Cost{}, err
		}
		if err := s.r.costs.Insert(c.tx, &x); err != nil {
			return Cost{}, fmt.Errorf("entering a cost: %w", err)
		}
		return x, c.costed("cost.added", nil, &x)
	})
}

// EditCost changes a cost.
func (s *Studio) EditCost(ctx context.Context, by Actor, id string, rev int64, in CostIn) (Cost, error) {
	var out Cost
	err := s.changeCost(ctx, by, id, rev, func(c *change, x *Cost) error {
		was := *x
		if err := c.applyCost(x, in); err != nil {
			return err
		}
		x.Updated = c.now
		if err := s.r.costs.Put(c.tx, x); err != nil {
			return fmt.Errorf("changing a cost: %w", err)
		}
		out = *x
		return c.costed("cost.edited", &was, x)
	})
	return out, err
}

// RemoveCost removes a cost.
func (s *Studio) RemoveCost(ctx context.Context, by Actor, id string, rev int64) error {
	return s.changeCost(ctx, by, id, rev, func(c *change, x *Cost) error {
		if err := s.r.costs.Delete(c.tx, x.ID); err != nil {
			return fmt.Errorf("removing a cost: %w", err)
		}
		return c.costed("cost.removed", x, nil)
	})
}

func (s *Studio) changeCost(ctx context.Context, by Actor, id string, rev int64, fn func(*change, *Cost) error) error {
	if by.Person.ID == "" {
		return by.must(EditCosts, "", "cost")
	}
	return s.update(ctx, by, func(c *change) error {
		x, err := found(s.r.costs.Get(c.tx, id))("cost")
		if err != nil {
			return err
		}
		if err := by.must(EditCosts, x.TitleID, "cost"); err != nil {
			return err
		}
		if err := base(x.Rev, rev); err != nil {
			return err
		}
		return fn(c, x)
	})
}

func (c *change) applyCost(x *Cost, in CostIn) error {
	if in.Kind != nil {
		if !slices.Contains(costKinds(), *in.Kind) {
			return wrong("kind", "请选择人工、外购、场地或其他", "choose labour, bought, place or other")
		}
		x.Kind = *in.Kind
	}
	var set setter
	set.set("note", &x.Note, in.Note, short(prose, costNote))
	if set.err != nil {
		return set.err
	}
	if err := x.applyAmount(in); err != nil {
		return err
	}
	if in.Date == nil || strings.TrimSpace(*in.Date) == "" {
		if in.Date != nil {
			x.Date = ""
		}
		return nil
	}
	zone, err := c.s.zone(c.tx)
	if err != nil {
		return err
	}
	at, err := readDay(*in.Date, zone)
	if err != nil {
		return err
	}
	x.Date, err = calendarDay("date", at.In(zone).Format(time.DateOnly))
	return err
}

// applyAmount reads an amount as people write it. A currency alone says what the amount was in all along.
func (x *Cost) applyAmount(in CostIn) error {
	currency := x.Amount.Currency
	if in.Currency != nil {
		currency = *in.Currency
	}
	if in.Text == nil {
		if in.Currency == nil {
			return nil
		}
		code, err := currencyCode(currency)
		x.Amount.Currency = code
		return err
	}
	amount, err := readAmount(*in.Text, currency)
	if err != nil {
		return err
	}
	if amount.Amount == 0 {
		return wrong("text", "金额要大于零", "an amount is more than zero")
	}
	x.Amount = amount
	return nil
}

// costed keeps the sums of typed costs and notes the change, without the amount: the history is for everybody on the title.
func (c *change) costed(verb string, was, is *Cost) error {
	for x, sign := range map[*Cost]int64{was: -1, is: 1} {
		if x == nil {
			continue
		}
		if _, err := c.s.r.counts.Add(c.tx, costKey(x.TitleID, x.Kind, x.Amount.Currency), sign*x.Amount.Amount); err != nil {
			return fmt.Errorf("adding up costs: %w", err)
		}
	}
	x := is
	if x == nil {
		x = was
	}
	t, err := found(c.s.r.titles.Get(c.tx, x.TitleID))("title")
	if err != nil {
		return err
	}
	return c.note(event{Verb: verb, Kind: "cost", Object: x.ID, TitleID: x.TitleID, Params: map[string]string{"title": t.Name, "kind": x.Kind}})
}

// costKey is the counter of a title's typed costs of one kind and currency.
func costKey(titleID, kind, currency string) store.Key {
	return store.K().ID(titleID).Text(countCosts).Text(kind).Text(currency)
}

// drawCosts lists the currencies in which attempts are paid (cleanMoney).
func drawCosts() []string { return []string{"CNY", "USD", "credit"} }

// drawCost is the counter of what a title's attempts cost in one currency, the deleted ones left out. What was spent on a
// shot that is deleted stays spent.
func drawCost(currency string) string { return "cost:" + currency }

// paid adds what an attempt cost to its title's counter, or with a negative delta takes it off.
func (c *change) paid(a *Attempt, delta int64) error {
	if a.Cost.Amount == 0 {
		return nil
	}
	_, err := c.count(a.TitleID, drawCost(a.Cost.Currency), delta*a.Cost.Amount)
	return err
}

// repaid follows a change of what an attempt cost.
func (c *change) repaid(was, is *Attempt) error {
	if was.Deleted != nil || is.Deleted != nil || was.Cost == is.Cost {
		return nil
	}
	return errors.Join(c.paid(was, -1), c.paid(is, 1))
}

// costParts reads all costs of a title by kind and currency from their counters, generation first.
func (s *Studio) costParts(tx store.Txn, titleID string) ([]CostPart, error) {
	out := []CostPart{}
	keys := make([]store.Key, len(drawCosts()))
	for i, currency := range drawCosts() {
		keys[i] = countKey(titleID, drawCost(currency))
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading what attempts cost: %w", err)
	}
	for i, currency := range drawCosts() {
		if n[i] != 0 {
			out = append(out, CostPart{Kind: costGeneration, Amount: Money{Amount: n[i], Currency: currency}})
		}
	}
	typed := map[string][]CostPart{}
	err = s.r.counts.Each(tx, store.K().ID(titleID).Text(countCosts), func(rest store.Key, n int64) error {
		if parts, ok := rest.Texts(); ok && len(parts) == 2 && n != 0 {
			typed[parts[0]] = append(typed[parts[0]], CostPart{Kind: parts[0], Amount: Money{Amount: n, Currency: parts[1]}})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading costs: %w", err)
	}
	for _, kind := range costKinds() {
		out = append(out, typed[kind]...)
	}
	return out, nil
}

// costSums adds parts up by currency.
func costSums(parts []CostPart) []Money {
	var sums moneySums
	for _, p := range parts {
		sums.add(p.Amount)
	}
	return sums.list()
}

// moneySums are amounts by currency: different currencies are never added up.
type moneySums map[string]int64

func (y *moneySums) add(m Money) {
	if *y == nil {
		*y = moneySums{}
	}
	(*y)[m.Currency] = clipped((*y)[m.Currency], m.Amount)
}

// clipped adds without running over.
func clipped(a, b int64) int64 {
	if sum := a + b; (sum > a) == (b > 0) {
		return sum
	}
	return a
}

// list gives the amounts, yuan first, then by currency.
func (y moneySums) list() []Money {
	out := []Money{}
	for currency, n := range y {
		if n != 0 {
			out = append(out, Money{Amount: n, Currency: currency})
		}
	}
	slices.SortFunc(out, func(a, b Money) int { return compareCurrencies(a.Currency, b.Currency) })
	return out
}

func compareCurrencies(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == usualCurrency:
		return -1
	case b == usualCurrency:
		return 1
	}
	return strings.Compare(a, b)
}
