package api

import (
	"context"

	"chouka/server/studio"
)

// ReadingPath names one reading.
type ReadingPath struct {
	Reading string `path:"reading"`
}

func (a *API) readings(ctx context.Context, by studio.Actor, in *struct {
	ReleasePath
	Paged
	Metric string `query:"metric" enum:"plays,heat,followers,likes,completion,revenue,spend" doc:"only this metric"`
}) (*plain[studio.List[studio.Reading]], error) {
	return page(a.studio.Readings(ctx, by, in.Release, in.Metric, in.page()))
}

func (a *API) enterReading(ctx context.Context, by studio.Actor, in *struct {
	ReleasePath
	Body studio.ReadingIn
}) (*record[studio.ReadingOut], error) {
	r, err := a.studio.EnterReading(ctx, by, in.Release, in.Body)
	return one(r, r.Reading.Rev, err)
}

func (a *API) correctReading(ctx context.Context, by studio.Actor, in *struct {
	ReadingPath
	Body studio.CorrectIn
}) (*record[studio.ReadingOut], error) {
	r, err := a.studio.CorrectReading(ctx, by, in.Reading, in.Body)
	return one(r, r.Reading.Rev, err)
}

func (a *API) withdrawReading(ctx context.Context, by studio.Actor, in *struct {
	ReadingPath
	Body studio.WithdrawIn
}) (*record[studio.ReadingOut], error) {
	r, err := a.studio.WithdrawReading(ctx, by, in.Reading, in.Body)
	return one(r, r.Reading.Rev, err)
}

func (a *API) checkReading(ctx context.Context, by studio.Actor, in *struct {
	ReadingPath
	Body studio.CheckIn
}) (*record[studio.ReadingOut], error) {
	r, err := a.studio.CheckReading(ctx, by, in.Reading, in.Body)
	return one(r, r.Reading.Rev, err)
}

func (a *API) reading(ctx context.Context, by studio.Actor, in *ReadingPath) (*record[studio.Reading], error) {
	r, err := a.studio.Reading(ctx, by, in.Reading)
	return one(r, r.Rev, err)
}
