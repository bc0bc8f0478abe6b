package studio

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

func (k pageKey) compare(o pageKey) int {
	kinds := map[bool]int{true: 1}
	return cmp.Or(cmp.Compare(k.release, o.release), cmp.Compare(k.metric, o.metric), cmp.Compare(kinds[k.increment], kinds[o.increment]), cmp.Compare(k.month, o.month))
}

// read brings the pages with these ids into memory, but for those that are there and may have changed.
func (b *book) read(ids []string) error {
	have := make(map[string]bool, len(b.pages))
	for _, p := range b.pages {
		have[p.ID] = true
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return have[id] })
	got, err := b.s.r.pages.GetMany(b.tx, ids)
	if err != nil {
		return fmt.Errorf("reading pages of figures: %w", err)
	}
	for i, p := range got {
		if p == nil {
			return fmt.Errorf("reading page %s: %w", ids[i], store.ErrDamaged)
		}
		b.pages[p.pageKey()] = p
	}
	return nil
}

// walk brings the pages into memory that an index has below a prefix.
func (b *book) walk(index string, prefix store.Key) error {
	var ids []string
	err := b.s.r.pages.Keys(b.tx, index, prefix, func(_ store.Key, id string) error {
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for pages of figures: %w", err)
	}
	return b.read(ids)
}

// readMetric reads every page of the title and a metric.
func (b *book) readMetric(metric string) error {
	if b.whole[metric] {
		return nil
	}
	b.whole[metric] = true
	return b.walk("title", store.K().ID(b.titleID).Text(metric))
}

// readImport reads the pages on which an import said something.
func (b *book) readImport(importID string) error {
	return b.walk("import", store.K().ID(importID).ID(b.titleID))
}

// readings are all readings of the title and a metric as the pure rules take them.
func (b *book) readings(metric string) ([]tally.Reading, error) {
	if err := b.readMetric(metric); err != nil {
		return nil, err
	}
	n := 0
	for _, p := range b.pages {
		if p.Metric == metric {
			n += len(p.Lines)
		}
	}
	out := make([]tally.Reading, 0, n)
	for _, p := range b.pages {
		for i := range p.Lines {
			if p.Metric == metric {
				out = append(out, p.tallied(&p.Lines[i]))
			}
		}
	}
	return out, nil
}

// spot finds a reading and its page by its id, in memory first; nil where there is none.
func (b *book) spot(id string) (*readingPage, *pageLine, error) {
	for k := range b.changed {
		if l := b.pages[k].line(id); l != nil {
			return b.pages[k], l, nil
		}
	}
	ids, _, err := b.s.r.pages.IDs(b.tx, "reading", store.K().ID(id), Page{Limit: 1})
	if err != nil {
		return nil, nil, fmt.Errorf("looking for a reading: %w", err)
	}
	if len(ids) == 0 {
		return nil, nil, nil
	}
	if err := b.read(slices.Clone(ids)); err != nil {
		return nil, nil, err
	}
	for _, p := range b.pages {
		if p.ID == ids[0] {
			return p, p.line(id), nil
		}
	}
	return nil, nil, nil
}

// reading finds one reading as people see it, nil where there is none (any more).
func (b *book) reading(id string) (*Reading, error) {
	p, l, err := b.spot(id)
	if l == nil || err != nil {
		return nil, err
	}
	return p.reading(l), nil
}

// at gives the reading of a key, nil where there is none.
func (b *book) at(k pageKey, observed time.Time) (*Reading, error) {
	p, err := b.page(k)
	if err != nil {
		return nil, err
	}
	i, there := p.find(observed)
	if !there {
		return nil, nil
	}
	return p.reading(&p.Lines[i]), nil
}

// readingCalled finds a reading of any title.
func (s *Studio) readingCalled(tx store.Txn, id string) (*Reading, error) {
	p, err := s.r.pages.By(tx, "reading", store.K().ID(id))
	if err != nil {
		return nil, err
	}
	if l := p.line(id); l != nil {
		return p.reading(l), nil
	}
	return nil, fmt.Errorf("reading %s: %w", id, store.ErrDamaged)
}

// readingsCalled finds readings of any title, nil where there is none.
func (s *Studio) readingsCalled(tx store.Txn, ids []string) ([]*Reading, error) {
	out := make([]*Reading, len(ids))
	for i, id := range ids {
		r, err := s.readingCalled(tx, id)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		out[i] = r
	}
	return out, nil
}

// listedAt is where a list of readings has got to: the last one that was shown.
type listedAt struct {
	observed time.Time
	id       string
}

// before orders readings for lists: the last observed first, then by id.
func (a listedAt) before(o listedAt) int {
	return cmp.Or(o.observed.Compare(a.observed), cmp.Compare(o.id, a.id))
}

func (a listedAt) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(a.observed.UnixNano(), 36) + " " + a.id))
}

func readCursor(cursor string) (listedAt, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	at, id, ok := strings.Cut(string(raw), " ")
	n, bad := strconv.ParseInt(at, 36, 64)
	if err != nil || bad != nil || !ok || len(cursor) > 100 {
		return listedAt{}, fmt.Errorf("listing readings: %w", store.ErrCursor)
	}
	return listedAt{time.Unix(0, n).UTC(), id}, nil
}

// listReadings lists a release's readings that keep lets through, newest first. Pages are read by month, until there are enough.
func (s *Studio) listReadings(tx store.Txn, releaseID, metric string, keep func(metric string) bool, p Page) (List[Reading], error) {
	out := List[Reading]{Items: []Reading{}}
	from := listedAt{observed: time.Unix(1<<40, 0)}
	if p.After != "" {
		var err error
		if from, err = readCursor(p.After); err != nil {
			return out, err
		}
	}
	months, err := s.monthsOf(tx, releaseID, metric, keep)
	if err != nil {
		return out, err
	}
	limit := p.Limit
	if limit <= 0 {
		limit = store.DefaultPage
	}
	limit = min(limit, store.MaxPage)
	for _, m := range slices.Backward(months) {
		if m.month > monthOf(from.observed) {
			continue
		}
		pages, err := s.r.pages.GetMany(tx, m.ids)
		if err != nil {
			return out, fmt.Errorf("reading pages of figures: %w", err)
		}
		for _, r := range listed(pages, from) {
			if len(out.Items) == limit {
				last := out.Items[limit-1]
				out.Next = listedAt{last.Observed, last.ID}.cursor()
				return out, nil
			}
			out.Items = append(out.Items, *r)
		}
	}
	return out, nil
}

// listed are the readings on pages of one month that come after a place in the list.
func listed(pages []*readingPage, from listedAt) []*Reading {
	type place struct {
		listedAt
		page *readingPage
		line *pageLine
	}
	var all []place
	for _, p := range pages {
		for i := range p.Lines {
			at := listedAt{p.Lines[i].Observed, p.Lines[i].ID}
			if from.before(at) < 0 {
				all = append(all, place{at, p, &p.Lines[i]})
			}
		}
	}
	slices.SortFunc(all, func(a, b place) int { return a.before(b.listedAt) })
	out := make([]*Reading, len(all))
	for i, x := range all {
		out[i] = x.page.reading(x.line)
	}
	return out
}

// pageMonth are the pages of one month.
type pageMonth struct {
	month string
	ids   []string
}

// monthsOf are the pages of a release by month, the first month first. They are not read.
func (s *Studio) monthsOf(tx store.Txn, releaseID, metric string, keep func(metric string) bool) ([]pageMonth, error) {
	ids := map[string][]string{}
	metrics := Metrics()
	if metric != "" {
		metrics = []string{metric}
	}
	for _, m := range slices.DeleteFunc(metrics, func(m string) bool { return !keep(m) }) {
		prefix := store.K().ID(releaseID).Text(m)
		err := s.r.pages.Keys(tx, "key", prefix, func(key store.Key, id string) error {
			month, ok := key[len(prefix)+1:].Texts() // behind the kind
			if !ok || len(month) != 1 {
				return fmt.Errorf("reading the key of page %s: %w", id, store.ErrDamaged)
			}
			ids[month[0]] = append(ids[month[0]], id)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for pages of figures: %w", err)
		}
	}
	out := make([]pageMonth, 0, len(ids))
	for month, of := range ids {
		out = append(out, pageMonth{month, of})
	}
	slices.SortFunc(out, func(a, b pageMonth) int { return cmp.Compare(a.month, b.month) })
	return out, nil
}
