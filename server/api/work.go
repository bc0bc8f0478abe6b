package api

import (
	"context"

	"chouka/server/studio"
)

func (a *API) troubles(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.Trouble]], error) {
	return page(a.studio.Troubles(ctx, by, in.page()))
}

func (a *API) retryWork(ctx context.Context, by studio.Actor, in *struct{ Body studio.RetryIn }) (*empty, error) {
	return done(a.studio.RetryWork(ctx, by, in.Body))
}
