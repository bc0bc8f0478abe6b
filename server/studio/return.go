package studio

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// Return is a title's cost against what it brought in. Amounts of different currencies are never added up.
type Return struct {
	Entries []Cost      `json:"entries"` // the newest first
	Parts   []CostPart  `json:"parts"`   // all costs by kind and currency
	Costs   []Money     `json:"costs"`   // by currency, without spend
	Spend   []MoneyFrom `json:"spend"`   // 投流, by currency
	Revenue []MoneyFrom `json:"revenue"` // by currency
	Seconds int64       `json:"seconds"` // of finished film; 0: not known
	// SecondsFrom is typed on the title, or the length of its current picks.
	SecondsFrom string `json:"seconds_from" enum:",typed,picks"`
	PerMinute   *Money `json:"per_minute,omitempty"` // costs / minutes, cut
	ROI         *ROI   `json:"roi,omitempty"`
	// Payback is the first day on which revenue so far was at or above all costs and the spend so far.
	Payback *Payback `json:"payback,omitempty"`
	// Lacking is why something is not worked out: cost, seconds, spend, revenue, currencies (several that do not compare), not_yet.
	Lacking []string `json:"lacking"`
}

// CostPart is the cost of one kind; generation is that of the attempts.
type CostPart struct {
	Kind   string `json:"kind" enum:"generation,labour,bought,place,other"`
	Amount Money  `json:"amount"`
}

// MoneyFrom is an amount with the readings that it is added up from.
type MoneyFrom struct {
	Amount Money     `json:"amount"`
	At     time.Time `json:"at"`    // of the newest
	Parts  []Latest  `json:"parts"` // of each release
}

// ROI is revenue / spend, in 1/1,000, cut (domain-api-security.md §1.4).
type ROI struct {
	Milli    int64  `json:"milli"`
	Currency string `json:"currency"`
}

// Payback is when a title had earned back what it cost.
type Payback struct {
	At   tally.Point `json:"at"`
	Days *int        `json:"days,omitempty"` // from the first day of release
}

// What may be lacking.
const (
	lacksCost       = "cost"
	lacksSeconds    = "seconds"
	lacksSpend      = "spend"
	lacksRevenue    = "revenue"
	lacksCurrencies = "currencies"
	lacksTime       = "not_yet"
)

// The sources of a length.
const (
	secondsTyped = "typed"
	secondsPicks = "picks"
)

// TitleReturn works out a title's cost against what it brought in.
func (s *Studio) TitleReturn(ctx context.Context, by Actor, titleID string) (Return, error) {
	if err := by.must(ViewMoney, titleID, "title"); err != nil {
		return Return{}, err
	}
	var out Return
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := s.ledger(tx, titleID)
		if err != nil {
			return err
		}
		if out, err = s.returnOf(tx, l); err != nil {
			return err
		}
		out.Entries, err = s.costEntries(tx, titleID)
		return err
	})
	return out, err
}

// costEntries are the typed costs of a title, the newest first.
func (s *Studio) costEntries(tx store.Txn, titleID string) ([]Cost, error) {
	out := []Cost{}
	err := s.r.costs.Each(tx, "title", store.K().ID(titleID), func(x *Cost) error {
		out = append(out, *x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing costs: %w", err)
	}
	slices.Reverse(out)
	return out, nil
}

// returnOf is a title's return without the single entries.
func (s *Studio) returnOf(tx store.Txn, l *ledger) (Return, error) {
	out := Return{Entries: []Cost{}, Spend: l.moneyFrom(tally.MetricSpend), Revenue: l.moneyFrom(tally.MetricRevenue), Lacking: []string{}}
	var err error
	if out.Parts, err = s.costParts(tx, l.title.ID); err != nil {
		return out, err
	}
	out.Costs = costSums(out.Parts)
	if out.Seconds, out.SecondsFrom, err = s.secondsOf(tx, l.title); err != nil {
		return out, err
	}
	out.lack(lacksCost, len(out.Costs) == 0)
	out.lack(lacksSeconds, out.Seconds == 0)
	out.lack(lacksSpend, len(out.Spend) == 0)
	out.lack(lacksRevenue, len(out.Revenue) == 0)
	out.perMinute()
	out.roi()
	return out, out.payback(l)
}

func (r *Return) lack(what string, lacking bool) {
	if lacking && !slices.Contains(r.Lacking, what) {
		r.Lacking = append(r.Lacking, what)
	}
}

// perMinute divides the costs by the length. Costs of several currencies have no sum.
func (r *Return) perMinute() {
	r.lack(lacksCurrencies, len(r.Costs) > 1)
	if len(r.Costs) == 1 && r.Seconds > 0 {
		r.PerMinute = &Money{Amount: share(r.Costs[0].Amount, 60, r.Seconds), Currency: r.Costs[0].Currency}
	}
}

// roi divides what came in by what was spent on advertising, where both are of one currency.
func (r *Return) roi() {
	if len(r.Spend) == 0 || len(r.Revenue) == 0 {
		return
	}
	spend, revenue := r.Spend[0].Amount, r.Revenue[0].Amount
	if len(r.Spend) > 1 || len(r.Revenue) > 1 || spend.Currency != revenue.Currency {
		r.lack(lacksCurrencies, true)
		return
	}
	if spend.Amount > 0 {
		r.ROI = &ROI{Milli: share(revenue.Amount, 1000, spend.Amount), Currency: spend.Currency}
	}
}

// payback looks for the first figure of the revenue at which it had earned back all costs and what was spent until then.
func (r *Return) payback(l *ledger) error {
	if len(r.Costs) == 0 || len(r.Revenue) == 0 {
		return nil
	}
	currency := r.Revenue[0].Amount.Currency
	if len(r.Costs) > 1 || len(r.Revenue) > 1 || len(r.Spend) > 1 || r.Costs[0].Currency != currency || len(r.Spend) == 1 && r.Spend[0].Amount.Currency != currency {
		r.lack(lacksCurrencies, true)
		return nil
	}
	revenue, err := l.moneyCurve(tally.MetricRevenue, currency)
	if err != nil {
		return err
	}
	spend, err := l.moneyCurve(tally.MetricSpend, currency)
	if err != nil {
		return err
	}
	at, ok := tally.Payback(revenue, spend, r.Costs[0].Amount)
	if !ok {
		r.lack(lacksTime, true)
		return nil
	}
	r.Payback = &Payback{At: at, Days: l.days(&Milestone{At: at.At})}
	return nil
}

// moneyFrom adds a metric of money up over the releases, by currency, with what each of them has.
func (l *ledger) moneyFrom(metric string) []MoneyFrom {
	out := []MoneyFrom{}
	a := l.accounts.of(metric)
	for _, r := range l.releases {
		for _, now := range latest(metric, a.Line(r.ID)) {
			i := slices.IndexFunc(out, func(m MoneyFrom) bool { return m.Amount.Currency == now.Currency })
			if i < 0 {
				out, i = append(out, MoneyFrom{Amount: Money{Currency: now.Currency}}), len(out)
			}
			m := &out[i]
			m.Amount.Amount, m.Parts = clipped(m.Amount.Amount, now.Figure.Value), append(m.Parts, now)
			if now.Observed.After(m.At) {
				m.At = now.Observed
			}
		}
	}
	slices.SortFunc(out, func(a, b MoneyFrom) int { return compareCurrencies(a.Amount.Currency, b.Amount.Currency) })
	return out
}

// moneyCurve is the sum over the releases after each figure of one currency.
func (l *ledger) moneyCurve(metric, currency string) ([]tally.Point, error) {
	readings, err := l.book.readings(metric)
	if err != nil {
		return nil, err
	}
	return tally.AddUp(coursesIn(readings, metric, l.releases)[currency]...), nil
}

// coursesIn are the running amounts of some releases by currency.
func coursesIn(readings []tally.Reading, metric string, of []*Release) map[string][][]tally.Point {
	out := map[string][][]tally.Point{}
	for _, c := range tally.Courses(readings, metric) {
		if slices.ContainsFunc(of, func(r *Release) bool { return r.ID == c.Release }) {
			out[c.Currency] = append(out[c.Currency], c.Points)
		}
	}
	return out
}

// secondsOf is the length of a title: as typed, else that of the clips that are picked.
func (s *Studio) secondsOf(tx store.Txn, t *Title) (int64, string, error) {
	if t.Seconds > 0 {
		return t.Seconds, secondsTyped, nil
	}
	var picks []string
	err := s.r.shots.Each(tx, "title", store.K().ID(t.ID), func(x *Shot) error {
		if x.Pick != nil {
			picks = append(picks, x.Pick.TakeID)
		}
		return nil
	})
	if err != nil {
		return 0, "", fmt.Errorf("looking for picks: %w", err)
	}
	ms := int64(0)
	for some := range slices.Chunk(picks, store.MaxPage) {
		takes, err := s.r.takes.GetMany(tx, some)
		if err != nil {
			return 0, "", fmt.Errorf("reading picks: %w", err)
		}
		for _, x := range takes {
			if x != nil {
				ms += x.Media.DurationMS
			}
		}
	}
	if seconds := wholeSeconds(ms); seconds > 0 {
		return seconds, secondsPicks, nil
	}
	return 0, "", nil
}

// share is n × times / by, cut, and never more than what fits.
func share(n, times, by int64) int64 {
	x := new(big.Int).Mul(big.NewInt(n), big.NewInt(times))
	if x.Quo(x, big.NewInt(cmp.Or(by, 1))); !x.IsInt64() {
		return math.MaxInt64
	}
	return x.Int64()
}
