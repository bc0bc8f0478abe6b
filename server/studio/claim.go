package studio

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// FirstClaim is a first-of-its-kind statement (2026年首部破2亿): somebody claims it, with evidence; Chouka does not vouch for it.
type FirstClaim struct {
	store.Meta
	TitleID     string     `json:"title_id"`
	ReleaseID   string     `json:"release_id,omitempty"`
	MilestoneID string     `json:"milestone_id,omitempty"` // that it is about
	Text        string     `json:"text"`
	Date        string     `json:"date"` // of which day it is said
	Origin      Origin     `json:"origin"`
	By          string     `json:"by"`
	ByName      string     `json:"by_name"`
	Ended       *time.Time `json:"ended,omitempty"`
	Why         string     `json:"why,omitempty"`
	// Earlier are titles of this studio that the ledger shows past the same threshold before; only in answers.
	Earlier []MilestoneRow `json:"earlier"`
}

// ClaimIn enters or changes a claim; nil leaves a part as it is. A claim needs an address, a picture or a note of where it stands.
type ClaimIn struct {
	ReleaseID   *string   `json:"release_id,omitempty"`
	MilestoneID *string   `json:"milestone_id,omitempty"`
	Text        *string   `json:"text,omitempty"`
	Date        *string   `json:"date,omitempty" doc:"a day in any usual spelling"`
	Origin      *OriginIn `json:"origin,omitempty"`
}

const (
	titleClaims = 200 // claims of one title
	claimLength = 200 // characters
	claimRivals = 10  // earlier titles that are told
	rivalSpan   = 500 // milestones that are looked at for them
)

// TitleClaims lists a title's claims, the newest first, withdrawn ones too.
func (s *Studio) TitleClaims(ctx context.Context, by Actor, titleID string) ([]FirstClaim, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	var out []FirstClaim
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		got, err := s.r.claims.List(tx, "title", store.K().ID(titleID), Page{Limit: titleClaims, Reverse: true})
		if err != nil {
			return fmt.Errorf("listing claims: %w", err)
		}
		out = values(got.Items)
		for i := range out {
			if err := s.rivals(tx, by, &out[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// rivals finds titles that the actor sees whose sum of plays passed the same threshold before, in the calendar year of the
// claim's day: what speaks against the claim. It reads a piece of one index.
func (s *Studio) rivals(tx store.Txn, by Actor, x *FirstClaim) error {
	x.Earlier = []MilestoneRow{}
	if x.MilestoneID == "" {
		return nil
	}
	m, err := s.r.milestones.Get(tx, x.MilestoneID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the milestone of a claim: %w", err)
	}
	zone, err := s.zone(tx)
	if err != nil {
		return err
	}
	day, err := time.ParseInLocation(time.DateOnly, x.Date, zone)
	if err != nil {
		return fmt.Errorf("reading the day of a claim: %w", err)
	}
	from := time.Date(day.Year(), 1, 1, 0, 0, 0, 0, zone)
	if m.ReleaseID != "" || !tally.Summable(m.Metric) || !m.At.After(from) {
		return nil // what one platform shows is not compared (R5)
	}
	level := func(at time.Time) store.Key { return store.K().Text(m.Metric).Int(m.Threshold).Time(at) }
	got, err := s.r.milestones.ListRange(tx, "level", level(from), level(m.At), Page{Limit: rivalSpan})
	if err != nil {
		return fmt.Errorf("looking for earlier milestones: %w", err)
	}
	for _, rival := range got.Items {
		if rival.TitleID == x.TitleID || !by.sees(rival.TitleID) || len(x.Earlier) == claimRivals {
			continue
		}
		o, err := s.outing(tx, rival.TitleID)
		if err != nil {
			return err
		}
		x.Earlier = append(x.Earlier, o.row(rival, nil))
	}
	return nil
}

// EnterClaim enters a claim.
func (s *Studio) EnterClaim(ctx context.Context, by Actor, titleID string, in ClaimIn) (FirstClaim, error) {
	if err := by.must(EditRelease, titleID, "title"); err != nil {
		return FirstClaim{}, err
	}
	return create(ctx, s, by, func(c *change) (FirstClaim, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return FirstClaim{}, err
		}
		ids, _, err := s.r.claims.IDs(c.tx, "title", store.K().ID(titleID), Page{Limit: titleClaims})
		if err != nil {
			return FirstClaim{}, fmt.Errorf("counting claims: %w", err)
		}
		if len(ids) >= titleClaims {
			return FirstClaim{}, conflict("claim.limit", "一部剧最多 %d 条首破声明", "a title has at most %d claims", titleClaims)
		}
		x := FirstClaim{Meta: c.meta(), TitleID: titleID, By: by.Person.ID, ByName: by.Person.Name}
		in := in // may run again
		if in.Text == nil {
			in.Text = new(string)
		}
		if in.Date == nil {
			in.Date = new(string)
		}
		if err := c.applyClaim(&x, in); err != nil {
			return FirstClaim{}, err
		}
		return x, c.keepClaim(&x, s.r.claims.Insert, "claim.entered")
	})
}

// EditClaim changes a claim.
func (s *Studio) EditClaim(ctx context.Context, by Actor, id string, rev int64, in ClaimIn) (FirstClaim, error) {
	return s.changeClaim(ctx, by, id, rev, func(c *change, x *FirstClaim) (string, error) {
		if x.Ended != nil {
			return "", withdrawn("claim")
		}
		return "claim.edited", c.applyClaim(x, in)
	})
}

// WithdrawClaim strikes a claim out with a reason, or (an empty one) lets it stand again.
func (s *Studio) WithdrawClaim(ctx context.Context, by Actor, id string, rev int64, in WithdrawIn) (FirstClaim, error) {
	return s.changeClaim(ctx, by, id, rev, func(c *change, x *FirstClaim) (string, error) {
		return c.strike("claim", &x.Ended, &x.Why, in)
	})
}

func (s *Studio) changeClaim(ctx context.Context, by Actor, id string, rev int64, fn func(*change, *FirstClaim) (string, error)) (FirstClaim, error) {
	return vouched[FirstClaim]{"claim", s.r.claims, func(x *FirstClaim) (*store.Meta, string) { return &x.Meta, x.TitleID },
		func(c *change, x *FirstClaim, verb string) error { return c.keepClaim(x, s.r.claims.Put, verb) }}.change(ctx, s, by, id, rev, fn)
}

// keepClaim writes a claim without what speaks against it, which is worked out whenever it is asked for.
func (c *change) keepClaim(x *FirstClaim, write func(store.Txn, *FirstClaim) error, verb string) error {
	x.Earlier = []MilestoneRow{}
	if err := write(c.tx, x); err != nil {
		return fmt.Errorf("keeping a claim: %w", err)
	}
	t, err := found(c.s.r.titles.Get(c.tx, x.TitleID))("title")
	if err != nil {
		return err
	}
	params := map[string]string{"title": t.Name, "text": x.Text, "date": x.Date}
	if x.Why != "" {
		params["why"] = x.Why
	}
	if err := c.note(event{Verb: verb, Kind: "claim", Object: x.ID, TitleID: x.TitleID, Params: params}); err != nil {
		return err
	}
	return c.s.rivals(c.tx, c.by, x)
}

func (c *change) applyClaim(x *FirstClaim, in ClaimIn) error {
	var set setter
	set.set("text", &x.Text, in.Text, short(needed, claimLength))
	if set.err != nil {
		return set.err
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
	if in.MilestoneID != nil {
		if x.MilestoneID, err = c.milestoneOf(x.TitleID, *in.MilestoneID); err != nil {
			return err
		}
	}
	if in.Origin != nil {
		if x.Origin, err = c.seenAt(x.TitleID, *in.Origin); err != nil {
			return err
		}
	}
	if o := x.Origin; o.Note == "" && o.URL == "" && len(o.Evidence) == 0 {
		return wrong("origin", "请写明出处：网址、截图或一句说明，至少一样", "say where it stands: an address, a screenshot or a note, at least one of them")
	}
	return nil
}

// milestoneOf gives the id of a milestone of the title, or empty for none.
func (c *change) milestoneOf(titleID, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	m, err := c.s.r.milestones.Get(c.tx, id)
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrKey) || err == nil && m.TitleID != titleID {
		return "", wrong("milestone_id", "这部剧没有这个里程碑，请重新选择", "the title has no such milestone; choose again")
	}
	if err != nil {
		return "", fmt.Errorf("reading a milestone: %w", err)
	}
	return id, nil
}
