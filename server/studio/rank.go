package studio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"chouka/store"
)

// Rank is a title's place on a list on a day (榜单), with where it was seen.
type Rank struct {
	store.Meta
	TitleID   string     `json:"title_id"`
	ReleaseID string     `json:"release_id,omitempty"`
	List      string     `json:"list"` // 红果热播榜
	Place     int        `json:"place"`
	Date      string     `json:"date"` // 2006-01-02
	Origin    Origin     `json:"origin"`
	By        string     `json:"by"`
	ByName    string     `json:"by_name"`
	Ended     *time.Time `json:"ended,omitempty"` // when it was withdrawn
	Why       string     `json:"why,omitempty"`
}

// RankIn enters or changes a rank; nil leaves a part as it is.
type RankIn struct {
	ReleaseID *string   `json:"release_id,omitempty"`
	List      *string   `json:"list,omitempty"`
	Place     *int      `json:"place,omitempty" minimum:"1" maximum:"10000"`
	Date      *string   `json:"date,omitempty" doc:"a day in any usual spelling"`
	Origin    *OriginIn `json:"origin,omitempty"`
}

// RankRow is a rank with its title, as lists over several titles show it.
type RankRow struct {
	Rank
	Title    string `json:"title"`
	Platform string `json:"platform,omitempty"`
}

const lastPlace = 10_000

// RecentRanks lists the newest ranks of the titles that the actor sees, without those that were withdrawn.
func (s *Studio) RecentRanks(ctx context.Context, by Actor, p Page) (List[RankRow], error) {
	out := List[RankRow]{Items: []RankRow{}}
	if err := by.reads(); err != nil {
		return out, err
	}
	p.Reverse = true
	err := s.view(ctx, func(tx store.Txn) error {
		var got store.List[Rank]
		var err error
		if by.wide() {
			got, err = s.r.ranks.List(tx, "date", store.K(), p)
		} else {
			got.Items, err = s.ranksOfMine(tx, by, p)
		}
		if err != nil {
			return fmt.Errorf("listing ranks: %w", err)
		}
		out.Next = got.Next
		out.Items, err = s.rankRows(tx, slices.DeleteFunc(got.Items, func(x *Rank) bool { return x.Ended != nil }))
		return err
	})
	return out, err
}

// ranksOfMine collects from the titles of a member, which are few, and comes at once: nobody walks over what others have.
func (s *Studio) ranksOfMine(tx store.Txn, by Actor, p Page) ([]*Rank, error) {
	var out []*Rank
	if p.Limit <= 0 || p.Limit > store.MaxPage {
		p.Limit = store.DefaultPage
	}
	for id := range by.Roles {
		if !by.sees(id) {
			continue
		}
		got, err := s.r.ranks.List(tx, "title", store.K().ID(id), Page{Limit: p.Limit, Reverse: true})
		if err != nil {
			return nil, err
		}
		out = append(out, got.Items...)
	}
	slices.SortFunc(out, func(a, b *Rank) int { return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.ID, a.ID)) })
	return out[:min(p.Limit, len(out))], nil
}

// TitleRanks lists a title's ranks, the newest first, withdrawn ones too.
func (s *Studio) TitleRanks(ctx context.Context, by Actor, titleID string, p Page) (List[RankRow], error) {
	out := List[RankRow]{Items: []RankRow{}}
	if err := by.readsTitle(titleID, "title"); err != nil {
		return out, err
	}
	p.Reverse = true
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		got, err := s.r.ranks.List(tx, "title", store.K().ID(titleID), p)
		if err != nil {
			return fmt.Errorf("listing a title's ranks: %w", err)
		}
		out.Next = got.Next
		out.Items, err = s.rankRows(tx, got.Items)
		return err
	})
	return out, err
}

// rankRows adds the names of titles and platforms: two reads for all of them.
func (s *Studio) rankRows(tx store.Txn, ranks []*Rank) ([]RankRow, error) {
	titles, releases := make([]string, len(ranks)), make([]string, len(ranks))
	for i, x := range ranks {
		titles[i], releases[i] = x.TitleID, cmp.Or(x.ReleaseID, x.TitleID) // no release has a title's id
	}
	named, err := s.r.titles.GetMany(tx, titles)
	if err != nil {
		return nil, fmt.Errorf("reading the titles of ranks: %w", err)
	}
	on, err := s.r.releases.GetMany(tx, releases)
	if err != nil {
		return nil, fmt.Errorf("reading the releases of ranks: %w", err)
	}
	out := make([]RankRow, len(ranks))
	for i, x := range ranks {
		out[i].Rank = *x
		if named[i] != nil {
			out[i].Title = named[i].Name
		}
		if on[i] != nil {
			out[i].Platform = on[i].Platform
		}
	}
	return out, nil
}

// EnterRank enters a title's place on a list. The same list, day and platform twice is Conflict rank.exists.
func (s *Studio) EnterRank(ctx context.Context, by Actor, titleID string, in RankIn) (Rank, error) {
	if err := by.must(EditRelease, titleID, "title"); err != nil {
		return Rank{}, err
	}
	return create(ctx, s, by, func(c *change) (Rank, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return Rank{}, err
		}
		x := Rank{Meta: c.meta(), TitleID: titleID, By: by.Person.ID, ByName: by.Person.Name, Origin: Origin{Kind: "typed"}}
		in := in // may run again
		in.List, in.Place, in.Date = cmp.Or(in.List, new(string)), cmp.Or(in.Place, new(int)), cmp.Or(in.Date, new(string))
		if err := c.applyRank(&x, in); err != nil {
			return Rank{}, err
		}
		return x, c.keepRank(&x, s.r.ranks.Insert, "rank.entered")
	})
}

// EditRank changes a rank.
func (s *Studio) EditRank(ctx context.Context, by Actor, id string, rev int64, in RankIn) (Rank, error) {
	return s.changeRank(ctx, by, id, rev, func(c *change, x *Rank) (string, error) {
		if x.Ended != nil {
			return "", withdrawn("rank")
		}
		return "rank.edited", c.applyRank(x, in)
	})
}

// WithdrawRank strikes a rank out with a reason, or (an empty one) lets it stand again.
func (s *Studio) WithdrawRank(ctx context.Context, by Actor, id string, rev int64, in WithdrawIn) (Rank, error) {
	return s.changeRank(ctx, by, id, rev, func(c *change, x *Rank) (string, error) {
		return c.strike("rank", &x.Ended, &x.Why, in)
	})
}

func (s *Studio) changeRank(ctx context.Context, by Actor, id string, rev int64, fn func(*change, *Rank) (string, error)) (Rank, error) {
	return vouched[Rank]{"rank", s.r.ranks, func(x *Rank) (*store.Meta, string) { return &x.Meta, x.TitleID },
		func(c *change, x *Rank, verb string) error { return c.keepRank(x, s.r.ranks.Put, verb) }}.change(ctx, s, by, id, rev, fn)
}

// vouched is something that somebody says of a title, with where it stands: a rank or a claim.
type vouched[T any] struct {
	kind string
	all  *store.Collection[T]
	of   func(*T) (record *store.Meta, titleID string)
	keep func(c *change, x *T, verb string) error
}

// change changes one of them; fn gives the verb that is noted.
func (y vouched[T]) change(ctx context.Context, s *Studio, by Actor, id string, rev int64, fn func(*change, *T) (string, error)) (T, error) {
	var out T
	if by.Person.ID == "" {
		return out, by.must(EditRelease, "", y.kind)
	}
	err := s.update(ctx, by, func(c *change) error {
		x, err := found(y.all.Get(c.tx, id))(y.kind)
		if err != nil {
			return err
		}
		record, titleID := y.of(x)
		if err := by.must(EditRelease, titleID, y.kind); err != nil {
			return err
		}
		if err := base(record.Rev, rev); err != nil {
			return err
		}
		verb, err := fn(c, x)
		if err != nil {
			return err
		}
		record.Updated = c.now
		err = y.keep(c, x, verb)
		out = *x
		return err
	})
	return out, err
}

// strike withdraws something with a reason, or without one lets it stand again, and gives the verb of the activity.
func (c *change) strike(kind string, ended **time.Time, why *string, in WithdrawIn) (string, error) {
	reason, err := line("why", in.Why)
	switch {
	case err != nil:
		return "", err
	case *ended != nil && reason != "":
		return "", withdrawn(kind)
	case *ended != nil:
		*ended, *why = nil, ""
		return kind + ".restored", nil
	case reason == "":
		return "", wrong("why", "请写下撤回的原因", "say why it is withdrawn")
	}
	now := c.now
	*ended, *why = &now, reason
	return kind + ".withdrawn", nil
}

func withdrawn(kind string) *Error {
	return refuse(Conflict, kind+".withdrawn", "这一条已经撤回，请先恢复它", "this was withdrawn; let it stand again first")
}

func (c *change) keepRank(x *Rank, write func(store.Txn, *Rank) error, verb string) error {
	err := write(c.tx, x)
	var taken *store.TakenError
	if errors.As(err, &taken) {
		return conflict("rank.exists", "这部剧当天在这个榜单上已经登记过名次，请直接修改或恢复那一条", "this title's place on this list and day is entered already; change it or let it stand again")
	}
	if err != nil {
		return fmt.Errorf("keeping a rank: %w", err)
	}
	rows, err := c.s.rankRows(c.tx, []*Rank{x})
	if err != nil {
		return err
	}
	params := map[string]string{"title": rows[0].Title, "list": x.List, "place": strconv.Itoa(x.Place), "date": x.Date}
	if x.Why != "" {
		params["why"] = x.Why
	}
	return c.note(event{Verb: verb, Kind: "rank", Object: x.ID, TitleID: x.TitleID, Params: params})
}

func (c *change) applyRank(x *Rank, in RankIn) error {
	var set setter
	set.needed("list", &x.List, in.List)
	if set.err != nil {
		return set.err
	}
	if in.Place != nil {
		if *in.Place < 1 || *in.Place > lastPlace {
			return wrong("place", "名次请填 1 到 10000 的整数", "give the place as a whole number from 1 to 10,000")
		}
		x.Place = *in.Place
	}
	var err error
	if in.Date != nil {
		if x.Date, err = c.saidDay(*in.Date); err != nil {
			return err
		}
	}
	if in.ReleaseID != nil {
		if x.ReleaseID, err = c.releaseOf(x.TitleID, *in.ReleaseID); err != nil {
			return err
		}
	}
	if in.Origin != nil {
		x.Origin, err = c.seenAt(x.TitleID, *in.Origin)
	}
	return err
}

// saidDay reads a day in any spelling, or a time, of which it is the day in the studio's zone (R1). It has begun somewhere.
func (c *change) saidDay(text string) (string, error) {
	zone, err := c.s.zone(c.tx)
	if err != nil {
		return "", err
	}
	at, err := readDay(text, zone)
	if err != nil {
		return "", err
	}
	day := at.In(zone).Format(time.DateOnly)
	if day > c.now.Add(24*time.Hour).In(zone).Format(time.DateOnly) {
		return "", wrong("date", "日期在将来，请检查", "this lies in the future; check the date")
	}
	return day, nil
}

// readDay is readObserved for a field called date.
func readDay(text string, zone *time.Location) (time.Time, error) {
	at, err := readObserved(text, zone)
	var e *Error
	if errors.As(err, &e) {
		return time.Time{}, wrong("date", e.Text.ZH, e.Text.EN)
	}
	return at.At, err
}

// releaseOf gives the id of a release of the title, or empty for none.
func (c *change) releaseOf(titleID, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	r, err := c.s.r.releases.Get(c.tx, id)
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrKey) || err == nil && r.TitleID != titleID {
		return "", wrong("release_id", "这部剧没有这条上线，请重新选择", "the title has no such release; choose again")
	}
	if err != nil {
		return "", fmt.Errorf("reading a release: %w", err)
	}
	return id, nil
}

// seenAt is where something that is typed was read, with its pictures, each once.
func (c *change) seenAt(titleID string, in OriginIn) (Origin, error) {
	in.Evidence = unrepeated(in.Evidence)
	out, err := checkOrigin(in)
	if err != nil {
		return Origin{}, err
	}
	return out, c.s.checkEvidence(c.tx, titleID, out.Evidence)
}

// unrepeated keeps the first of equal ids.
func unrepeated(ids []string) []string {
	var out []string
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
