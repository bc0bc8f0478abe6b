package api

import (
	"context"

	"chouka/server/studio"
)

// ReleasePath names one release.
type ReleasePath struct {
	Release string `path:"release"`
}

func (a *API) releases(ctx context.Context, by studio.Actor, in *struct {
	Paged
	Order string `query:"order" enum:"released,plays,yesterday" doc:"the latest released, most plays, or most growth since the day before first; released when absent"`
}) (*plain[studio.List[studio.Board]], error) {
	return page(a.studio.Releases(ctx, by, in.Order, in.page()))
}

func (a *API) curves(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Metric string `query:"metric" enum:"plays,heat,followers,likes,completion,revenue,spend" doc:"plays when absent"`
}) (*plain[studio.Curves], error) {
	return value(a.studio.Curves(ctx, by, in.Title, in.Metric))
}

func (a *API) health(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[studio.Health], error) {
	return value(a.studio.Health(ctx, by))
}

func (a *API) setThresholds(ctx context.Context, by studio.Actor, rev int64, in *struct {
	TitlePath
	Body studio.ThresholdsIn
}) (*record[studio.Title], error) {
	t, err := a.studio.SetThresholds(ctx, by, in.Title, rev, in.Body)
	return one(t, t.Rev, err)
}

func (a *API) figures(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[studio.Figures], error) {
	return value(a.studio.Figures(ctx, by, in.Title))
}

func (a *API) createRelease(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.ReleaseIn
}) (*record[studio.Release], error) {
	r, err := a.studio.CreateRelease(ctx, by, in.Title, in.Body)
	return one(r, r.Rev, err)
}

func (a *API) editRelease(ctx context.Context, by studio.Actor, rev int64, in *struct {
	ReleasePath
	Body studio.ReleaseIn
}) (*record[studio.Release], error) {
	r, err := a.studio.EditRelease(ctx, by, in.Release, rev, in.Body)
	return one(r, r.Rev, err)
}
