package api

import (
	"context"

	"chouka/server/studio"
)

// ReleasePath names one release.
type ReleasePath struct {
	Release string `path:"release"`
}

func (a *API) releases(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.Board]], error) {
	return page(a.studio.Releases(ctx, by, in.page()))
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
