package api

import (
	"context"

	"chouka/server/studio"
)

func (a *API) settings(ctx context.Context, by studio.Actor, _ *struct{}) (*record[studio.Settings], error) {
	s, err := a.studio.StudioSettings(ctx, by)
	return one(s, s.Rev, err)
}

func (a *API) editSettings(ctx context.Context, by studio.Actor, rev int64, in *struct{ Body studio.SettingsEdit }) (*record[studio.Settings], error) {
	s, err := a.studio.EditSettings(ctx, by, rev, in.Body)
	return one(s, s.Rev, err)
}

func (a *API) loadDemo(ctx context.Context, by studio.Actor, _ *struct{}) (*record[studio.Settings], error) {
	s, err := a.studio.LoadDemo(ctx, by)
	return one(s, s.Rev, err)
}

func (a *API) home(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.Home], error) {
	return value(a.studio.Home(ctx, by, in.page()))
}

func (a *API) work(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[studio.Work], error) {
	return value(a.studio.Background(ctx, by))
}
