package studio

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"chouka/server/studio/geo"
	"chouka/store"
)

// finding is one search for locations under way.
type finding struct {
	s    *Studio
	tx   store.Txn
	ask  PlaceQuery
	near *geo.Point
	tags []string // as nameKey gives them

	q       sought
	exact   bool // what the index offers is what was typed
	speller speller
	offered map[string]bool // ids that the index offers; nil: all
	taken   map[string]held // ids of places with a confirmed booking in the time that is wanted
}

// held is what of a place somebody has: the whole of it, or some areas.
type held struct {
	whole bool
	areas []string
}

// with adds what one more booking or blackout takes.
func (h held) with(areaID string) held {
	if areaID == "" {
		h.whole = true
	} else {
		h.areas = append(slices.Clip(h.areas), areaID)
	}
	return h
}

// newFinding checks what is asked.
func newFinding(s *Studio, q PlaceQuery) (*finding, error) {
	f := &finding{s: s, ask: q, speller: newSpeller()}
	text, err := line("q", q.Q)
	if err != nil {
		return nil, err
	}
	f.q = newSought(text)
	if f.near, err = nearPoint(q.Near); err != nil {
		return nil, err
	}
	if len(q.Tags) > queryTags {
		return nil, wrong("tag", "一次最多按 20 个标签查找", "search by at most 20 tags at once")
	}
	for _, t := range q.Tags {
		if t, err = line("tag", t); err != nil {
			return nil, err
		}
		if key := nameKey(t); key != "" {
			f.tags = append(f.tags, key)
		}
	}
	switch {
	case q.Status != "" && !slices.Contains(Places(), q.Status):
		return nil, wrong("status", "没有这个状态", "there is no such status")
	case q.MaxPrice < 0:
		return nil, wrong("max_price", "价格不能是负数", "a price cannot be below zero")
	case !slices.Contains([]PriceUnit{"", PriceDay, PriceHour, PriceFlat}, q.Unit):
		return nil, wrong("unit", "价格只能按天、小时或一口价比较", "prices are compared by day, hour or flat")
	case q.Currency != "" && !isCurrency(q.Currency):
		return nil, wrong("currency", "币种请用三个字母的代码，如 CNY", "write the currency as three letters, such as CNY")
	case q.WithinM < 0:
		return nil, wrong("within", "距离不能是负数", "a distance cannot be below zero")
	case q.WithinM > 0 && f.near == nil, q.Sort == "near" && f.near == nil:
		return nil, wrong("near", "按距离查找时，请给出从哪里算起", "to search by distance, say from where")
	case !slices.Contains([]string{"", "name", "near", "price"}, q.Sort):
		return nil, wrong("sort", "只能按名称、距离或价格排序", "sort by name, near or price")
	}
	f.ask.Currency = cmp.Or(q.Currency, usualCurrency)
	f.ask.Unit = cmp.Or(q.Unit, PriceDay)
	return f, f.checkFree()
}

// isCurrency reports whether a text is written like a currency of ISO 4217.
func isCurrency(text string) bool {
	return len(text) == 3 && !strings.ContainsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func (f *finding) checkFree() error {
	from, to := f.ask.FreeFrom, f.ask.FreeTo
	switch {
	case from.IsZero() && to.IsZero():
		return nil
	case from.IsZero():
		return wrong("free_from", "请给出空闲时段的开始", "say from when it has to be free")
	case to.IsZero():
		return wrong("free_to", "请给出空闲时段的结束", "say until when it has to be free")
	case from.Year() < firstYear-1 || from.Year() > lastYear+1:
		return wrong("free_from", "开始日期的年份不对，请检查", "check the year of the beginning")
	case !to.After(from):
		return wrong("free_to", "结束时间要晚于开始时间", "the end must be later than the beginning")
	case to.Sub(from) > longestCalendar:
		return wrong("free_to", "空闲时段最长 62 天，请缩短", "ask for at most 62 days at once")
	}
	return nil
}

// begin reads what every page needs: which places the index offers, and which are taken.
func (f *finding) begin(tx store.Txn) error {
	f.tx, f.offered, f.taken = tx, nil, map[string]held{}
	if f.ask.Q != "" {
		if err := f.offer(); err != nil {
			return err
		}
	}
	if f.ask.FreeFrom.IsZero() {
		return nil
	}
	err := f.s.eachBooking(tx, "start", store.K(), span{f.ask.FreeFrom, f.ask.FreeTo}, func(b *Booking) error {
		if b.Status == Confirmed {
			f.taken[b.LocationID] = f.taken[b.LocationID].with(b.AreaID)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for free places: %w", err)
	}
	return nil
}

// offer asks the index of names. It holds whole texts up to a length; of longer ones and of characters mixed with letters
// it knows the beginning, and the names are compared.
func (f *finding) offer() error {
	f.offered = map[string]bool{}
	if f.q.text == "" {
		return nil
	}
	letters := 0
	for _, r := range f.q.runes {
		if r < unicode.MaxASCII {
			letters++
		}
	}
	f.exact = len(f.q.runes) <= findSpan && (letters == 0 || letters == len(f.q.runes))
	for _, head := range f.q.heads() {
		err := f.s.r.locations.Keys(f.tx, "find", head, func(_ store.Key, id string) error {
			f.offered[id] = true
			return nil
		})
		if err != nil {
			return fmt.Errorf("searching names of places: %w", err)
		}
	}
	return nil
}

// fits reports whether a place is what is asked for, and notes how far away it is and what of it is free.
func (f *finding) fits(l *Location) bool {
	l.Away, l.Free = away(l, f.near), f.free(l)
	switch {
	case l.MergedInto != "",
		f.ask.Status != "" && l.Status != f.ask.Status,
		f.ask.MaxPrice > 0 && !f.affordable(l.Price),
		f.ask.WithinM > 0 && (l.Away == nil || *l.Away > f.ask.WithinM),
		l.Free != nil && !l.Free.Whole && len(l.Free.Areas) == 0:
		return false
	}
	for _, tag := range f.tags {
		if !slices.ContainsFunc(l.Tags, func(t string) bool { return nameKey(t) == tag }) {
			return false
		}
	}
	return f.offered == nil || f.exact || slices.ContainsFunc(l.names(), func(name string) bool {
		_, _, ok := f.q.in(f.speller.spell(name))
		return ok
	})
}

// affordable reports whether a price is known in the unit and the currency that are asked for, and is not above them.
func (f *finding) affordable(p Price) bool {
	n := p.per(f.ask.Unit)
	return n > 0 && n <= f.ask.MaxPrice && p.in() == f.ask.Currency
}

// free is what of a place is free in the time that is wanted; nil where none is. Areas do not block each other, and the
// whole place blocks them all (product.md, Places).
func (f *finding) free(l *Location) *PlaceFree {
	if f.ask.FreeFrom.IsZero() {
		return nil
	}
	h := f.taken[l.ID]
	for _, x := range l.Blackouts {
		if x.Start.Before(f.ask.FreeTo) && f.ask.FreeFrom.Before(x.End) {
			h = h.with(x.AreaID)
		}
	}
	out := &PlaceFree{Whole: !h.whole && len(h.areas) == 0, Areas: []Area{}}
	for _, a := range l.Areas {
		if !h.whole && !slices.Contains(h.areas, a.ID) {
			out.Areas = append(out.Areas, a)
		}
	}
	return out
}

// list reads a part of the places that the index offers, by name.
func (f *finding) list(p Page) (store.List[Location], error) {
	var keep func(string) bool
	if f.offered != nil {
		keep = func(id string) bool { return f.offered[id] }
	}
	return f.s.r.locations.ListWhere(f.tx, "name", store.K(), nil, keep, p)
}

// byName reads no more than the page still lacks at a time, so that its cursor always stands behind the last place
// looked at.
func (f *finding) byName(p Page) (store.List[Location], error) {
	p.Reverse = false
	want := pageSize(p)
	var out store.List[Location]
	for seen := 0; seen < searchSpan; {
		p.Limit = want - len(out.Items)
		got, err := f.list(p)
		if err != nil {
			return out, err
		}
		for _, l := range got.Items {
			if f.fits(l) {
				out.Items = append(out.Items, l)
			}
		}
		seen += len(got.Items)
		out.Next, p.After = got.Next, got.Next
		if got.Next == "" || len(out.Items) == want {
			break
		}
	}
	return out, nil
}

func pageSize(p Page) int {
	if p.Limit <= 0 {
		return store.DefaultPage
	}
	return min(p.Limit, store.MaxPage)
}

// all are the places that fit, by name.
func (f *finding) all() ([]*Location, error) {
	var out []*Location
	for p := (Page{Limit: store.MaxPage}); ; {
		got, err := f.list(p)
		if err != nil {
			return nil, err
		}
		for _, l := range got.Items {
			if f.fits(l) {
				out = append(out, l)
			}
		}
		if p.After = got.Next; got.Next == "" {
			return out, nil
		}
	}
}

// ranked is where a place stands in an order that no index has.
type ranked struct {
	group string // what values are compared within; prices of other currencies come after, named by it
	value int64
	id    string
	place *Location
}

func (a ranked) compare(b ranked) int {
	return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.value, b.value), cmp.Compare(a.id, b.id))
}

// groups of an order, three bytes each as currencies are: they sort before and after every currency.
const (
	firstGroup = "   "
	lastGroup  = "~~~"
)

// byValue orders the places that fit by distance or price. The cursor names the last one's value and id, so a page goes
// on where it was left whatever came or went meanwhile.
func (f *finding) byValue(p Page) (store.List[Location], error) {
	var after *ranked
	if p.After != "" {
		r, err := f.position(p.After)
		if err != nil {
			return store.List[Location]{}, err
		}
		after = &r
	}
	all, err := f.all()
	if err != nil {
		return store.List[Location]{}, err
	}
	rows := make([]ranked, 0, len(all))
	for _, l := range all {
		if r := f.rank(l); after == nil || r.compare(*after) > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, ranked.compare)
	var out store.List[Location]
	n := min(pageSize(p), len(rows))
	for _, r := range rows[:n] {
		out.Items = append(out.Items, r.place)
	}
	if n < len(rows) {
		out.Next = f.cursor(rows[n-1])
	}
	return out, nil
}

// rank is what a place is ordered by; what is not known comes last.
func (f *finding) rank(l *Location) ranked {
	out := ranked{group: lastGroup, id: l.ID, place: l}
	switch price := l.Price.per(f.ask.Unit); {
	case f.ask.Sort == "near" && l.Away != nil:
		out.group, out.value = firstGroup, *l.Away
	case f.ask.Sort == "price" && price > 0 && l.Price.in() == f.ask.Currency:
		out.group, out.value = firstGroup, price
	case f.ask.Sort == "price" && price > 0:
		out.group, out.value = l.Price.in(), price
	}
	return out
}

// order names what a cursor belongs to: the kind of order, and of prices their unit.
func (f *finding) order() []byte {
	if f.ask.Sort == "price" {
		return []byte{f.ask.Sort[0], f.ask.Unit[0]}
	}
	return []byte{f.ask.Sort[0], 0}
}

// cursor is the order, the group, the value and the id.
func (f *finding) cursor(r ranked) string {
	b := binary.BigEndian.AppendUint64(append(f.order(), r.group...), uint64(r.value))
	return base64.RawURLEncoding.EncodeToString(append(b, r.id...))
}

func (f *finding) position(cursor string) (ranked, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) < 14 || len(b) > 100 || !bytes.HasPrefix(b, f.order()) {
		return ranked{}, fmt.Errorf("list locations by %s: %w", f.ask.Sort, store.ErrCursor)
	}
	return ranked{group: string(b[2:5]), value: int64(binary.BigEndian.Uint64(b[5:])), id: string(b[13:])}, nil
}
