package api

import (
	"context"

	"chouka/server/studio"
)

// TakePath names one take.
type TakePath struct {
	Take string `path:"take"`
}

func (a *API) takes(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Blind bool `query:"blind" doc:"leave out who drew them, with what, for how much and under which file name"`
}) (*plain[items[studio.TakeRow]], error) {
	return all(a.studio.Takes(ctx, by, in.Shot, in.Blind))
}

func (a *API) judge(ctx context.Context, by studio.Actor, in *struct{ Body studio.VerdictIn }) (*plain[items[studio.Take]], error) {
	return all(a.studio.Judge(ctx, by, in.Body))
}

func (a *API) takeOriginal(ctx context.Context, by studio.Actor, in *TakePath) (*studio.File, error) {
	return a.studio.TakeOriginal(ctx, by, in.Take)
}

func (a *API) takeThumb(ctx context.Context, by studio.Actor, in *TakePath) (*studio.File, error) {
	return a.studio.TakePicture(ctx, by, in.Take, "thumb")
}

func (a *API) takePreview(ctx context.Context, by studio.Actor, in *TakePath) (*studio.File, error) {
	return a.studio.TakePicture(ctx, by, in.Take, "preview")
}

func (a *API) putPoster(ctx context.Context, by studio.Actor, in *struct {
	TakePath
	Raw
}) (*record[studio.Take], error) {
	t, err := a.studio.PutPoster(ctx, by, in.Take, in.file)
	return one(t, t.Rev, err)
}

func (a *API) takeStrip(ctx context.Context, by studio.Actor, in *TakePath) (*studio.File, error) {
	return a.studio.TakeStrip(ctx, by, in.Take)
}

func (a *API) takeProxy(ctx context.Context, by studio.Actor, in *TakePath) (*studio.File, error) {
	return a.studio.TakeProxy(ctx, by, in.Take)
}

func (a *API) takeRecords(ctx context.Context, by studio.Actor, in *TakePath) (*plain[studio.TakeRecords], error) {
	return value(a.studio.TakeRecords(ctx, by, in.Take))
}

func (a *API) nearTakes(ctx context.Context, by studio.Actor, in *TakePath) (*plain[items[studio.NearRow]], error) {
	return all(a.studio.NearTakes(ctx, by, in.Take))
}
