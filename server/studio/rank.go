package studio

import (
	"context"
	"errors"
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

// RecentRanks lists the newest ranks of the titles that the actor sees.
func (s *Studio) RecentRanks(ctx context.Context, by Actor, p Page) (List[RankRow], error) {
	return List[RankRow]{}, errors.New("seam")
}

// TitleRanks lists a title's ranks, the newest first, withdrawn ones too.
func (s *Studio) TitleRanks(ctx context.Context, by Actor, titleID string, p Page) (List[RankRow], error) {
	return List[RankRow]{}, errors.New("seam")
}

// EnterRank enters a title's place on a list. The same list, day and platform twice is Conflict rank.exists.
func (s *Studio) EnterRank(ctx context.Context, by Actor, titleID string, in RankIn) (Rank, error) {
	return Rank{}, errors.New("seam")
}

// EditRank changes a rank.
func (s *Studio) EditRank(ctx context.Context, by Actor, id string, rev int64, in RankIn) (Rank, error) {
	return Rank{}, errors.New("seam")
}

// WithdrawRank strikes a rank out with a reason, or (an empty one) lets it stand again.
func (s *Studio) WithdrawRank(ctx context.Context, by Actor, id string, rev int64, in WithdrawIn) (Rank, error) {
	return Rank{}, errors.New("seam")
}

// TitleClaims lists a title's claims, the newest first, withdrawn ones too.
func (s *Studio) TitleClaims(ctx context.Context, by Actor, titleID string) ([]FirstClaim, error) {
	return nil, errors.New("seam")
}

// EnterClaim enters a claim.
func (s *Studio) EnterClaim(ctx context.Context, by Actor, titleID string, in ClaimIn) (FirstClaim, error) {
	return FirstClaim{}, errors.New("seam")
}

// EditClaim changes a claim.
func (s *Studio) EditClaim(ctx context.Context, by Actor, id string, rev int64, in ClaimIn) (FirstClaim, error) {
	return FirstClaim{}, errors.New("seam")
}

// WithdrawClaim strikes a claim out with a reason, or (an empty one) lets it stand again.
func (s *Studio) WithdrawClaim(ctx context.Context, by Actor, id string, rev int64, in WithdrawIn) (FirstClaim, error) {
	return FirstClaim{}, errors.New("seam")
}
