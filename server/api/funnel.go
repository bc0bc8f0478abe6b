package api

import (
	"context"

	"chouka/server/studio"
)

func (a *API) titleFunnel(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[studio.TitleFunnel], error) {
	return value(a.studio.TitleFunnel(ctx, by, in.Title))
}

func (a *API) episodeFunnel(ctx context.Context, by studio.Actor, in *EpisodePath) (*plain[studio.Funnel], error) {
	return value(a.studio.EpisodeFunnel(ctx, by, in.Episode))
}

func (a *API) shotFunnel(ctx context.Context, by studio.Actor, in *ShotPath) (*plain[studio.Funnel], error) {
	return value(a.studio.ShotFunnel(ctx, by, in.Shot))
}
