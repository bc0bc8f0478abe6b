package api

import (
	"context"

	"chouka/server/studio"
)

// RankPath names one rank.
type RankPath struct {
	Rank string `path:"rank"`
}

// ClaimPath names one claim.
type ClaimPath struct {
	Claim string `path:"claim"`
}

func (a *API) recentRanks(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.RankRow]], error) {
	return page(a.studio.RecentRanks(ctx, by, in.page()))
}

func (a *API) titleRanks(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Paged
}) (*plain[studio.List[studio.RankRow]], error) {
	return page(a.studio.TitleRanks(ctx, by, in.Title, in.page()))
}

func (a *API) enterRank(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.RankIn
}) (*record[studio.Rank], error) {
	r, err := a.studio.EnterRank(ctx, by, in.Title, in.Body)
	return one(r, r.Rev, err)
}

func (a *API) editRank(ctx context.Context, by studio.Actor, rev int64, in *struct {
	RankPath
	Body studio.RankIn
}) (*record[studio.Rank], error) {
	r, err := a.studio.EditRank(ctx, by, in.Rank, rev, in.Body)
	return one(r, r.Rev, err)
}

func (a *API) withdrawRank(ctx context.Context, by studio.Actor, rev int64, in *struct {
	RankPath
	Body studio.WithdrawIn
}) (*record[studio.Rank], error) {
	r, err := a.studio.WithdrawRank(ctx, by, in.Rank, rev, in.Body)
	return one(r, r.Rev, err)
}

func (a *API) titleClaims(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[items[studio.FirstClaim]], error) {
	return all(a.studio.TitleClaims(ctx, by, in.Title))
}

func (a *API) enterClaim(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.ClaimIn
}) (*record[studio.FirstClaim], error) {
	x, err := a.studio.EnterClaim(ctx, by, in.Title, in.Body)
	return one(x, x.Rev, err)
}

func (a *API) editClaim(ctx context.Context, by studio.Actor, rev int64, in *struct {
	ClaimPath
	Body studio.ClaimIn
}) (*record[studio.FirstClaim], error) {
	x, err := a.studio.EditClaim(ctx, by, in.Claim, rev, in.Body)
	return one(x, x.Rev, err)
}

func (a *API) withdrawClaim(ctx context.Context, by studio.Actor, rev int64, in *struct {
	ClaimPath
	Body studio.WithdrawIn
}) (*record[studio.FirstClaim], error) {
	x, err := a.studio.WithdrawClaim(ctx, by, in.Claim, rev, in.Body)
	return one(x, x.Rev, err)
}
