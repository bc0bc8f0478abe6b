package studio

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chouka/store"
)

// Release is a title on one platform in one region (上线).
type Release struct {
	store.Meta
	TitleID  string `json:"title_id"`
	Platform string `json:"platform"`
	Region   string `json:"region"` // CN unless said otherwise
	Date     string `json:"date"`   // 2006-01-02 in the studio's zone
	Episodes int    `json:"episodes"`
	URL      string `json:"url"`
	Note     string `json:"note"`
	// ExternalID is the platform's own id of the title; files name it.
	ExternalID string `json:"external_id"`
	PriceModel string `json:"price_model" enum:",free,ads,paid,member,mixed"`
	PriceNote  string `json:"price_note"`
	// Aliases are other names of the title on this platform that somebody approved (R8).
	Aliases []string `json:"aliases"`
	Quiet   bool     `json:"quiet"` // no more figures are expected
	// ImportID is the import that listed it, empty where a person did.
	ImportID string `json:"import_id,omitempty"`
}

// ReleaseRow is a release with its current figures.
type ReleaseRow struct {
	Release Release  `json:"release"`
	Title   string   `json:"title"`
	Now     []Latest `json:"now"` // by metric
}

// ReleaseIn creates or, with nil fields left as they are, changes a release.
type ReleaseIn struct {
	Platform *string `json:"platform,omitempty"`
	Region   *string `json:"region,omitempty"`
	Date     *string `json:"date,omitempty"`
	Episodes *int    `json:"episodes,omitempty"`
	URL      *string `json:"url,omitempty"`
	Note     *string `json:"note,omitempty"`

	ExternalID *string   `json:"external_id,omitempty"`
	PriceModel *string   `json:"price_model,omitempty" enum:",free,ads,paid,member,mixed"`
	PriceNote  *string   `json:"price_note,omitempty"`
	Aliases    *[]string `json:"aliases,omitempty"`
	Quiet      *bool     `json:"quiet,omitempty"`
}

const (
	usualRegion   = "CN"
	platformLimit = 40 // characters
	regionLimit   = 20
	urlLimit      = 2000

	externalLimit  = 100
	releaseAliases = 50 // of one release
)

// CreateRelease puts a title on a platform, in region CN unless it says otherwise.
// The same title, platform and region twice is Conflict release.exists.
func (s *Studio) CreateRelease(ctx context.Context, by Actor, titleID string, in ReleaseIn) (Release, error) {
	if err := by.must(EditRelease, titleID, "title"); err != nil {
		return Release{}, err
	}
	if in.Platform == nil {
		in.Platform = new(string)
	}
	return create(ctx, s, by, func(c *change) (Release, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return Release{}, err
		}
		r := Release{Meta: c.meta(), TitleID: titleID, Region: usualRegion, Aliases: []string{}}
		if err := applyRelease(&r, in); err != nil {
			return Release{}, err
		}
		return r, c.keepRelease(&r, s.r.releases.Insert, "release.created")
	})
}

// EditRelease changes a release. Its readings and milestones stay its own.
func (s *Studio) EditRelease(ctx context.Context, by Actor, id string, rev int64, in ReleaseIn) (Release, error) {
	if by.Person.ID == "" {
		return Release{}, by.must(EditRelease, "", "release")
	}
	var out Release
	err := s.update(ctx, by, func(c *change) error {
		r, err := found(s.r.releases.Get(c.tx, id))("release")
		if err != nil {
			return err
		}
		if err := by.must(EditRelease, r.TitleID, "release"); err != nil {
			return err
		}
		if err := base(r.Rev, rev); err != nil {
			return err
		}
		if err := applyRelease(r, in); err != nil {
			return err
		}
		r.Updated = c.now
		err = c.keepRelease(r, s.r.releases.Put, "release.edited")
		out = *r
		return err
	})
	return out, err
}

// keepRelease writes a release and brings the title's summary up to date.
func (c *change) keepRelease(r *Release, write func(store.Txn, *Release) error, verb string) error {
	if err := c.freeNames(r); err != nil {
		return err
	}
	err := write(c.tx, r)
	var taken *store.TakenError
	if errors.As(err, &taken) {
		return c.takenRelease(r, taken)
	}
	if err != nil {
		return err
	}
	l, err := c.s.ledger(c.tx, r.TitleID)
	if err != nil {
		return err
	}
	if err := c.relist(l); err != nil {
		return err
	}
	return c.note(event{Verb: verb, Kind: "release", Object: r.ID, TitleID: r.TitleID,
		Params: map[string]string{"title": l.title.Name, "platform": r.Platform, "region": r.Region, "date": r.Date}})
}

func applyRelease(r *Release, in ReleaseIn) error {
	var x setter
	x.set("platform", &r.Platform, in.Platform, short(needed, platformLimit))
	x.set("region", &r.Region, in.Region, short(line, regionLimit))
	x.set("date", &r.Date, in.Date, calendarDay)
	x.set("url", &r.URL, in.URL, webAddress)
	x.prose("note", &r.Note, in.Note)
	x.set("external_id", &r.ExternalID, in.ExternalID, short(line, externalLimit))
	x.line("price_note", &r.PriceNote, in.PriceNote)
	x.aliases(&r.Aliases, in.Aliases)
	if x.err != nil {
		return x.err
	}
	if in.PriceModel != nil {
		if !slices.Contains(priceModels(), *in.PriceModel) {
			return wrong("price_model", "没有这种收费方式，请重新选择", "there is no such price model; choose again")
		}
		r.PriceModel = *in.PriceModel
	}
	if in.Quiet != nil {
		r.Quiet = *in.Quiet
	}
	if r.Region = strings.ToUpper(r.Region); r.Region == "" {
		r.Region = usualRegion
	}
	if in.Episodes != nil {
		if *in.Episodes < 0 || *in.Episodes > 10_000 {
			return wrong("episodes", "集数请填 0 到 10000 的整数", "give the number of episodes as a whole number from 0 to 10,000")
		}
		r.Episodes = *in.Episodes
	}
	return nil
}

// short narrows a cleaner of text to fewer characters.
func short(clean func(string, string) (string, error), limit int) func(string, string) (string, error) {
	return func(field, in string) (string, error) {
		out, err := clean(field, in)
		if err == nil && utf8.RuneCountInString(out) > limit {
			return "", wrong(field, fmt.Sprintf("太长了，请控制在 %d 个字以内", limit), fmt.Sprintf("too long; keep it within %d characters", limit))
		}
		return out, err
	}
}

// calendarDay is 2006-01-02 or empty.
func calendarDay(field, in string) (string, error) {
	if in == "" {
		return "", nil
	}
	day, err := time.Parse(time.DateOnly, in)
	if err != nil || day.Year() < firstYear || day.Year() > lastYear {
		return "", wrong(field, "日期请写成 2026-03-06 的样子，也可以留空", "write the date like 2026-03-06, or leave it empty")
	}
	return in, nil
}

// webAddress is an http or https address or empty: anything else may not become a link.
func webAddress(field, in string) (string, error) {
	out := strings.TrimSpace(in)
	if out == "" {
		return "", nil
	}
	bad := wrong(field, "请填以 http:// 或 https:// 开头的网址", "give an address that begins with http:// or https://")
	hidden := func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || bidi(r) }
	if len(out) > urlLimit || !utf8.ValidString(out) || strings.ContainsFunc(out, hidden) {
		return "", bad
	}
	u, err := url.Parse(out)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil {
		return "", bad
	}
	return out, nil
}
