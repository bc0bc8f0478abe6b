package studio

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chouka/server/studio/sheet"
	"chouka/server/studio/tally"
	"chouka/store"
)

// Why a name is no title's.
const (
	whyNoTitle   = "no_title"
	whySeveral   = "several"
	whyNoRelease = "no_release"
)

// spotKey is what a row says of whom its figures are.
type spotKey struct{ platform, region, external, name string }

// figureSpot is whom rows of one spotKey mean.
type figureSpot struct {
	key      spotKey
	platform string // as written, or chosen
	region   string // empty: not said
	release  *Release
	fresh    bool // the import lists it
	title    namedTitle
	why      string    // unmatched
	err      error     // its rows are wrong
	field    string    // to blame
	rows     []int32   // places in the table's rows
	wait     *strayRef // where they wait
}

// strayRef is a name of a file that waits, with all its rows.
type strayRef struct {
	platform, name, why string
	rows, first         int
}

// namedTitle is what a title is known by.
type namedTitle struct {
	id, name string
	aliases  []string
}

// titleBook finds the titles that an actor may enter figures for.
type titleBook struct {
	all   []namedTitle
	byID  map[string]int
	byKey map[string][]int
	runes map[rune][]int // titles that have a character, for suggestions
}

func (s *Studio) titleBook(tx store.Txn, by Actor) (*titleBook, error) {
	b := &titleBook{byID: map[string]int{}, byKey: map[string][]int{}}
	err := s.r.titles.All(tx, func(t *Title) error {
		if !by.Can(EnterReading, t.ID) {
			return nil
		}
		at := len(b.all)
		b.all = append(b.all, namedTitle{t.ID, t.Name, t.Aliases})
		b.byID[t.ID] = at
		for _, name := range append([]string{t.Name}, t.Aliases...) {
			if key := nameKey(name); key != "" && !slices.Contains(b.byKey[key], at) {
				b.byKey[key] = append(b.byKey[key], at)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the names of titles: %w", err)
	}
	return b, nil
}

// suggested is how many titles are looked at closely for one name, and how many are shown.
const (
	suggestedLooked = 24
	suggestedShown  = 5
	suggestedLike   = 40 // of 100
)

// like finds the titles whose names are nearest to one. Only those that share the most characters are measured.
func (b *titleBook) like(name string) []Suggestion {
	if b.runes == nil {
		b.runes = map[rune][]int{}
		for at, t := range b.all {
			for _, n := range append([]string{t.name}, t.aliases...) {
				for _, r := range nameKey(n) {
					if in := b.runes[r]; len(in) == 0 || in[len(in)-1] != at {
						b.runes[r] = append(in, at)
					}
				}
			}
		}
	}
	shared := map[int]int{}
	for _, r := range nameKey(name) {
		for _, at := range b.runes[r] {
			shared[at]++
		}
	}
	near := make([]int, 0, len(shared))
	for at := range shared {
		near = append(near, at)
	}
	slices.SortFunc(near, func(x, y int) int { return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x, y)) })
	out := []Suggestion{}
	for _, at := range near[:min(len(near), suggestedLooked)] {
		t, best := b.all[at], 0
		for _, n := range append([]string{t.name}, t.aliases...) {
			best = max(best, tally.Likeness(name, n))
		}
		if best >= suggestedLike {
			out = append(out, Suggestion{TitleID: t.id, Title: t.name, Likeness: best})
		}
	}
	slices.SortStableFunc(out, func(x, y Suggestion) int { return cmp.Compare(y.Likeness, x.Likeness) })
	return out[:min(len(out), suggestedShown)]
}

// releaseBook finds releases by what files say of them. What was found is found once.
type releaseBook struct {
	s        *Studio
	tx       store.Txn
	named    map[string]map[string][]string // by the index, then platform, region and name: ids
	read     map[string]bool
	releases map[string]*Release
	of       map[string][]*Release // by the title
}

func (s *Studio) releaseBook(tx store.Txn) *releaseBook {
	return &releaseBook{s: s, tx: tx, named: map[string]map[string][]string{"alias": {}, "external": {}}, read: map[string]bool{},
		releases: map[string]*Release{}, of: map[string][]*Release{}}
}

// title reads the releases of a title once.
func (b *releaseBook) title(id string) ([]*Release, error) {
	if got, ok := b.of[id]; ok {
		return got, nil
	}
	out := []*Release{}
	err := b.s.r.releases.Each(b.tx, "place", store.K().ID(id), func(r *Release) error {
		out, b.releases[r.ID] = append(out, r), r
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading a title's releases: %w", err)
	}
	b.of[id] = out
	return out, nil
}

func (b *releaseBook) get(id string) (*Release, error) {
	if r := b.releases[id]; r != nil {
		return r, nil
	}
	r, err := found(b.s.r.releases.Get(b.tx, id))("release")
	if err == nil {
		b.releases[id] = r
	}
	return r, err
}

// find looks for the releases of a platform, in one region or in all, that an index has under a name.
func (b *releaseBook) find(index, platform, region, name string) ([]*Release, error) {
	if at := index + "\x00" + platform; !b.read[at] {
		b.read[at] = true
		err := b.s.r.releases.Keys(b.tx, index, store.K().Text(platform), func(key store.Key, id string) error {
			if parts, ok := key.Texts(); ok && len(parts) == 2 {
				for _, in := range []string{parts[0], ""} {
					k := strings.Join([]string{platform, in, parts[1]}, "\x00")
					b.named[index][k] = append(b.named[index][k], id)
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for releases: %w", err)
		}
	}
	var out []*Release
	for _, id := range b.named[index][strings.Join([]string{platform, region, name}, "\x00")] {
		r, err := b.get(id)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// keyOf reads what a row says of whom its figures are.
func (p *figurePlan) keyOf(row sheet.Row) spotKey {
	c := p.t.columns
	return spotKey{row.Cell(c.platform), row.Cell(c.region), row.Cell(c.external), row.Cell(c.title)}
}

// matchAll finds whom each row means.
func (p *figurePlan) matchAll() error {
	for i, row := range p.t.rows {
		key := p.keyOf(row)
		spot := p.spots[key]
		if spot == nil {
			spot = &figureSpot{key: key}
			if err := p.match(spot); err != nil {
				return err
			}
			p.spots[key] = spot
			p.order = append(p.order, spot)
		}
		spot.rows = append(spot.rows, int32(i))
	}
	for _, spot := range p.order {
		p.wait(spot)
	}
	return nil
}

// match finds the release that a spot means: by the platform's own id, by an approved alias, by the title's names (R8).
func (p *figurePlan) match(x *figureSpot) error {
	if p.forced != nil {
		x.release, x.title, x.platform = p.forced, p.forcedTitle, p.forced.Platform
		return nil
	}
	x.platform, x.region = cmp.Or(x.key.platform, p.t.choice.Platform), strings.ToUpper(cmp.Or(x.key.region, p.t.choice.Region))
	name := cmp.Or(x.key.name, x.key.external)
	for field, text := range map[string]*string{sheet.FieldPlatform: &x.platform, sheet.FieldTitle: &name} {
		clean, err := short(needed, map[string]int{sheet.FieldPlatform: platformLimit, sheet.FieldTitle: lineLimit}[field])(field, *text)
		if err != nil && (x.err == nil || field == sheet.FieldTitle) {
			x.err, x.field = err, field
		}
		*text = clean
	}
	if x.err != nil {
		return nil
	}
	if _, err := short(line, regionLimit)(sheet.FieldRegion, x.region); err != nil {
		x.err, x.field = err, sheet.FieldRegion
		return nil
	}
	platform, region := nameKey(x.platform), nameKey(x.region)
	for _, look := range []struct{ index, name string }{{"external", x.key.external}, {"alias", nameKey(name)}} {
		if look.name == "" {
			continue
		}
		got, err := p.releases.find(look.index, platform, region, look.name)
		if err != nil {
			return err
		}
		got = slices.DeleteFunc(slices.Clone(got), func(r *Release) bool { return !p.by.Can(EnterReading, r.TitleID) })
		if r := oneIn(got); r != nil {
			return p.meant(x, r)
		}
		if len(got) > 0 {
			x.why = whySeveral
			return nil
		}
	}
	return p.byName(x, name)
}

// oneIn gives the only release, or of several in different regions the usual one.
func oneIn(in []*Release) *Release {
	if len(in) == 1 {
		return in[0]
	}
	for _, r := range in {
		if r.Region == usualRegion && len(in) > 0 && !slices.ContainsFunc(in, func(o *Release) bool { return o != r && o.Region == usualRegion }) {
			return r
		}
	}
	return nil
}

func (p *figurePlan) meant(x *figureSpot, r *Release) error {
	x.release = r
	if at, ok := p.titles.byID[r.TitleID]; ok {
		x.title = p.titles.all[at]
		return nil
	}
	return fmt.Errorf("a release without its title: %w", store.ErrDamaged)
}

func (p *figurePlan) byName(x *figureSpot, name string) error {
	titles := p.titles.byKey[nameKey(name)]
	if len(titles) != 1 {
		if x.why = whyNoTitle; len(titles) > 1 {
			x.why = whySeveral
		}
		return nil
	}
	x.title = p.titles.all[titles[0]]
	all, err := p.releases.title(x.title.id)
	if err != nil {
		return err
	}
	var here []*Release
	for _, r := range all {
		if nameKey(r.Platform) == nameKey(x.platform) && (x.region == "" || nameKey(r.Region) == nameKey(x.region)) {
			here = append(here, r)
		}
	}
	if x.release = oneIn(here); x.release != nil {
		return nil
	}
	if len(here) > 0 {
		x.why = whySeveral
		return nil
	}
	if p.t.choice.NewReleases && p.by.Can(EditRelease, x.title.id) {
		x.release, x.fresh = p.list(x), true
		return nil
	}
	x.why = whyNoRelease
	return nil
}

// list makes the release that an import would list; two names of one title get one.
func (p *figurePlan) list(x *figureSpot) *Release {
	r := &Release{TitleID: x.title.id, Platform: x.platform, Region: cmp.Or(x.region, usualRegion), Aliases: []string{}, ExternalID: x.key.external}
	if line, err := line("external_id", r.ExternalID); err != nil || line != r.ExternalID {
		r.ExternalID = ""
	}
	key := strings.Join([]string{r.TitleID, nameKey(r.Platform), nameKey(r.Region)}, "\x00")
	if o := p.listed[key]; o != nil {
		return o
	}
	r.ID = p.s.ids()
	p.fresh, p.listed[key] = append(p.fresh, r), r
	return r
}

// wait counts the rows of an unmatched name.
func (p *figurePlan) wait(x *figureSpot) {
	if x.why == "" || x.err != nil {
		return
	}
	name := cmp.Or(x.key.name, x.key.external)
	key := strayKey(x.platform, name)
	w := p.waiting[key]
	if w == nil {
		w = &strayRef{platform: x.platform, name: strings.TrimSpace(name), why: x.why, first: p.t.rows[x.rows[0]].Number}
		p.waiting[key] = w
		p.strays = append(p.strays, w)
	}
	w.rows += len(x.rows)
	w.first = min(w.first, p.t.rows[x.rows[0]].Number)
	x.wait = w
	p.count.Unmatched += len(x.rows)
}

func strayKey(platform, name string) string { return nameKey(platform) + "\x00" + nameKey(name) }

// suggest finds whom a name may mean. A title that it is the name of comes first.
func (p *figurePlan) suggest(platform, name string) ([]Suggestion, error) {
	return p.s.suggest(p.titles, p.releases, platform, name)
}

func (s *Studio) suggest(titles *titleBook, releases *releaseBook, platform, name string) ([]Suggestion, error) {
	out := titles.like(name)
	for i := range out {
		all, err := releases.title(out[i].TitleID)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		for _, r := range all {
			if nameKey(r.Platform) == nameKey(platform) && (out[i].ReleaseID == "" || r.Region == usualRegion) {
				out[i].ReleaseID = r.ID
			}
		}
	}
	return out, nil
}
